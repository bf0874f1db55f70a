"""Who could stand in: ranked as by trying every plan, and exchanges that change nothing that counts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giliran.audit import audit
from giliran.domain.lottery import lottery_order
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.status import Status
from giliran.errors import InputError
from giliran.files.loading import load_instance
from giliran.files.substitutes import SubstitutesFile
from giliran.generating import GenerateOptions, generate, parse_families
from giliran.instance import Instance
from giliran.messages import LANGUAGES
from giliran.solving import Engine, SolveOptions, solve
from giliran.whatif.stand_ins import Substitute
from giliran.whatif.substitutes import substitutes
from giliran.whatif.substitutes_text import substitutes_lines, swap_lines
from giliran.whatif.swaps import Swap, swaps
from tests.builders import make_schedule
from tests.tiny import instances
from tests.whatif.small import HOUSE, all_plans, house

TWO_DAYS = {"horizon": {"start": "2021-07-12", "end": "2021-07-13"}}


def ids(instance: Instance, found: tuple[Substitute, ...]) -> str:
    """Ids of substitutes in their order."""
    return "".join(instance.facts.staff.ids[one.person] for one in found)


def prices(one: Substitute) -> tuple[int, ...]:
    """Changes of all tiers."""
    return tuple(cost.change for cost in one.costs)


@pytest.mark.parametrize("engine", Engine)
def test_prices_are_differences_of_two_solves(engine: Engine, tmp_path: Path) -> None:
    """In a generated agency every price is that of a plan solved from nothing with both cells pinned."""
    families = parse_families(["caps", "duty", "absences", "wishes", "ledger"])
    generate(GenerateOptions(24, families=families)).write(tmp_path)
    instance = load_instance(tmp_path / "instance.yaml")
    facts, result = instance.facts, solve(instance)
    free = instance.view.free & result.schedule.office
    person, day = (int(k) for k in np.argwhere(free)[5])
    answer = substitutes(instance, result.schedule, facts.staff.ids[person], facts.dates[day])
    assert len(answer.ranked) >= 3
    for one in answer.ranked:
        rows = [(person, Place.HOME), (one.person, Place.OFFICE)]
        pins = [{"staff_id": facts.staff.ids[e], "date": facts.dates[day].isoformat(), "place": place.word} for e, place in rows]
        found = solve(instance.with_pins(pins), SolveOptions(engine=engine))
        assert prices(one) == tuple(new.value - old.value for new, old in zip(found.tiers, result.tiers, strict=True))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(instances(), st.data())
def test_ranking_is_that_of_all_plans(sections: dict[str, Any], data: st.DataObject) -> None:
    """On tiny instances everybody asked costs what the best of all plans with the two cells held costs, and the order is by price."""
    try:
        instance = Instance.build(sections)
    except InputError:
        return
    plans = all_plans(instance)
    there = [] if not plans else np.argwhere(min(plans, key=lambda each: each[0])[1].office & instance.facts.present).tolist()
    if not there:
        return
    costs, plan = min(plans, key=lambda each: each[0])
    person, day = data.draw(st.sampled_from(there))
    facts = instance.facts
    answer = substitutes(instance, plan, facts.staff.ids[person], facts.dates[day])
    order = lottery_order(facts.staff.ids, instance.seed, facts.dates[0]).tolist()
    expected = []
    for e in [one.person for one in answer.ranked] + list(answer.impossible):
        held = [value for value, each in plans if each.office[e, day] and not each.office[person, day]]
        if held:
            price = tuple(new - old for new, old in zip(min(held), costs, strict=True))
            last = max((facts.dates[d].toordinal() for d in range(day) if plan.office[e, d]), default=0)
            expected.append((price, last, order.index(e), e))
    assert [(prices(one), one.person) for one in answer.ranked] == [(price, e) for price, _, _, e in sorted(expected)]


def test_least_recently_called_first() -> None:
    """Of equal prices Dewi, who was called in June, comes before Citra, called in July; whoever was called on Monday comes last."""
    rows = [("C", "2021-07-08"), ("D", "2021-06-30"), ("B", "2021-07-01")]
    ledger = [{"staff_id": e, "account": "office", "period": "w", "balance": "0", "last_called": day} for e, day in rows]
    instance = house(**TWO_DAYS, ledger=ledger, goals=[{"kind": "office_target", "aim": "most_office"}, {"kind": "fair_share"}])
    answer = substitutes(instance, make_schedule(instance.facts, "11 10 01 00"), "A", "2021-07-13")
    assert ids(instance, answer.ranked) == "DB"
    assert [one.last_called for one in answer.ranked] == [dt.date(2021, 6, 30), dt.date(2021, 7, 12)]


def test_losses_are_told() -> None:
    """Budi would come on two days instead of one, a whole day above his share, although he wishes to stay at home."""
    instance = house(**TWO_DAYS, wishes=[{"staff_id": "B", "date": "2021-07-13", "place": "home"}])
    answer = substitutes(instance, make_schedule(instance.facts, "01 10 01 10"), "A", "2021-07-13")
    loss = {one.person: one.loss for one in answer.ranked}[1]
    assert loss is not None and loss.wish and loss.days_before == 1
    text = "\n".join(line.said.text(lang) for lang in LANGUAGES for line in substitutes_lines(answer))
    assert "a wish not to come that day goes unmet" in text and "keinginan tidak WFO" in text


def test_duty_is_first_of_those_in_the_office() -> None:
    """Ayu's duty: Budi is in the office anyway, Citra and Dewi would have to come; nobody who is named already is asked."""
    instance = house(**TWO_DAYS)
    plan = make_schedule(instance.facts, "10 10 01 01", own_duty=["10", "00", "01", "00"])
    answer = substitutes(instance, plan, "A", "2021-07-12", duty="own/duty")
    assert ids(instance, answer.ranked)[0] == "B" and sorted(ids(instance, answer.ranked)) == ["B", "C", "D"]
    first = answer.ranked[0]
    assert first.in_office and first.moves == () and set(prices(first)) == {0}
    assert first.loss is not None and (first.loss.days_before, first.loss.days) == (0, 1)
    drawn = lottery_order(instance.facts.staff.ids, instance.seed, instance.facts.dates[0], "")
    assert [one.person for one in answer.ranked[1:]] == [e for e in drawn.tolist() if e in (2, 3)]  # no earlier day has their duty


def test_who_comes_for_the_duty_is_told() -> None:
    """Whoever is at home that day has to come: that move is told, as the question was about the name alone."""
    instance = house(**TWO_DAYS)
    plan = make_schedule(instance.facts, "10 10 01 01", own_duty=["10", "00", "01", "00"])
    answer = substitutes(instance, plan, "A", "2021-07-12", duty="own/duty")
    assert not answer.ranked[1].in_office
    name = instance.facts.staff.called(answer.ranked[1].person)
    lines = [line.said.text() for line in substitutes_lines(answer)]
    assert f"{name}, Monday 12 July 2021: at home → in the office" in lines
    assert "days of duty 1 → 2; not called before" in lines


def test_fixed_people_are_told_with_their_rule() -> None:
    """Whom a rule puts there nobody replaces; the rule is told, and what to do in case of leave."""
    instance = house(**TWO_DAYS, rules=[{"id": "boss", "kind": "fixed_days", "place": "office", "applies_to": {"ids": ["A"]}}])
    answer = substitutes(instance, solve(instance).schedule, "A", "2021-07-12")
    assert answer.ranked == () and "own/boss" in [reason.rule for reason in answer.fixed]
    assert "add the absence" in substitutes_lines(answer)[1].said.text()


def test_a_plan_that_breaks_a_rule_says_so() -> None:
    """Three in two seats: before the prices, which are those of the best plan, stands how many rules are broken."""
    instance = house(**TWO_DAYS)
    plan = make_schedule(instance.facts, "10 10 11 01")
    answer = substitutes(instance, plan, "A", "2021-07-12")
    assert (answer.broken, answer.gaps) == (len(audit(instance, plan).broken), 0) == (1, 0)
    assert "breaks rules at 1 place" in substitutes_lines(answer)[1].said.text()
    assert '"broken": 1' in SubstitutesFile.of(answer, None).text()
    kept = substitutes(instance, make_schedule(instance.facts, "10 10 01 01"), "A", "2021-07-12")
    assert kept.broken == 0 and "breaks rules" not in " ".join(line.said.text() for line in substitutes_lines(kept))


def test_nobody_says_who_was_looked_for() -> None:
    """Everybody is there already, or alone may be named: the answer says of whom there is nobody."""
    everybody = Instance.build({**HOUSE, **TWO_DAYS, "rules": HOUSE["rules"][1:]})
    plan = make_schedule(everybody.facts, "11 11 11 11", own_duty=["11", "00", "00", "00"])
    lines = [line.said.text() for line in substitutes_lines(substitutes(everybody, plan, "A", "2021-07-12"))]
    assert lines[1:] == ["nobody of the same unit, and nobody counted with Ayu by a limit or duty, is at home that day and free to come"]
    alone = Instance.build({**HOUSE, **TWO_DAYS, "staff": HOUSE["staff"][:1], "rules": HOUSE["rules"][1:]})
    plan = make_schedule(alone.facts, "11", own_duty=["11"])
    lines = [line.said.text() for line in substitutes_lines(substitutes(alone, plan, "A", "2021-07-12", duty="own/duty"))]
    assert lines[1:] == ["nobody else may be named that day"]


def test_impossible_people_are_named() -> None:
    """Citra may come on one day only and does: nobody else can do without her, and she cannot come on the other."""
    rules = [{"id": "one", "kind": "days_per_person", "window": "week", "most": 1, "least": 1}]
    instance = house(**TWO_DAYS, rules=rules)
    plan = make_schedule(instance.facts, "10 10 01 01")
    answer = substitutes(instance, plan, "A", "2021-07-12")
    assert {one.status for one in answer.ranked} == {Status.OPTIMAL} and answer.impossible == ()
    narrower = house(
        **TWO_DAYS,
        rules=[*rules, {"kind": "fixed_days", "place": "office", "applies_to": {"ids": ["C"]}, "days": {"dates": ["2021-07-13"]}}],
    )
    answer = substitutes(narrower, plan, "A", "2021-07-12")
    assert ids(narrower, answer.ranked) == "D" and [narrower.facts.staff.ids[e] for e in answer.impossible] == ["C"]


def test_whom_a_larger_limit_counts_is_asked_where_nobody_is_nearer() -> None:
    """Of 50 people in units of one each, under one limit, all who are at home are asked; where two share a unit, that one alone."""
    staff = [{"id": f"P{k:02}", "unit": f"u{k}"} for k in range(50)]
    units = [{"id": "o", "level": "opd"}, *({"id": f"u{k}", "level": "seksi", "parent": "o"} for k in range(50))]
    sections = {
        **TWO_DAYS,
        "units": units,
        "rules": [{"kind": "office_cap", "max": 20}],
        "goals": [{"kind": "office_target", "aim": "most_office"}],
    }
    for moved, asked in ((staff[49], 30), ({"id": "P49", "unit": "u0"}, 1)):
        instance = Instance.build({**sections, "staff": [*staff[:49], moved]})
        plan = make_schedule(instance.facts, ["11"] * 20 + ["00"] * 30)
        answer = substitutes(instance, plan, "P00", "2021-07-12")
        assert len(answer.ranked) == asked and {prices(one) for one in answer.ranked} == {(0, 0)}


def test_exchanges_leave_everything_as_it_is() -> None:
    """Ayu's Monday for Citra's or Dewi's Tuesday; duty goes with the days, and the audit finds nothing changed."""
    instance = house(**TWO_DAYS)
    plan = make_schedule(instance.facts, "10 10 01 01", own_duty=["10", "00", "01", "00"])
    found = swaps(instance, plan, "A", "2021-07-12")
    assert {(swap.other, swap.other_day) for swap in found} == {(2, 1), (3, 1)}
    at_hand = audit(instance, plan)
    for swap in found:
        after = audit(instance, exchanged(plan, swap))
        assert after.broken == () and after.tiers == at_hand.tiers
        assert swap.duties == ("own/duty",)
    assert "duty goes with the days" in swap_lines(instance.facts, found)[1].said.text()


def exchanged(plan: Schedule, swap: Swap) -> Schedule:
    """The plan with two people in each other's place on two days, told one by one."""
    place, duty = plan.place.copy(), {rule: table.copy() for rule, table in plan.duty.items()}
    for d in (swap.day, swap.other_day):
        for array, old in ((place, plan.place), *((duty[rule], plan.duty[rule]) for rule in duty)):
            array[swap.person, d], array[swap.other, d] = old[swap.other, d], old[swap.person, d]
    return Schedule(place, duty)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(instances(), st.data())
def test_exchanges_are_all_there_are(sections: dict[str, Any], data: st.DataObject) -> None:
    """Of all exchanges with those who could come, those are told that break nothing and cost the same, and no others."""
    try:
        instance = Instance.build(sections)
    except InputError:
        return
    plan, facts = solve(instance).schedule, instance.facts
    free = instance.view.free & (facts.pinned == Place.NONE)
    there = np.argwhere(plan.office & free).tolist()
    if not there:
        return
    person, day = data.draw(st.sampled_from(there))
    at_hand = audit(instance, plan)
    found = {(swap.other, swap.other_day) for swap in swaps(instance, plan, facts.staff.ids[person], facts.dates[day])}
    asked = substitutes(instance, plan, facts.staff.ids[person], facts.dates[day])
    for e in [one.person for one in asked.ranked] + list(asked.impossible):
        for d in range(facts.num_days):
            swap = Swap(person, day, e, d)
            if d != day and free[e, d] and free[person, d] and plan.office[e, d] and not plan.office[person, d]:
                after = audit(instance, exchanged(plan, swap))
                right = after.tiers == at_hand.tiers and len(after.broken) <= len(at_hand.broken)
                assert ((e, d) in found) == right


def test_nobody_elses_reason_of_absence() -> None:
    """Who is away is not asked, and why is told nowhere."""
    instance = house(**TWO_DAYS, absences=[{"staff_id": "B", "from": "2021-07-12", "to": "2021-07-12", "reason": "rehabilitasi"}])
    answer = substitutes(instance, solve(instance).schedule, _somebody(instance), "2021-07-12")
    text = SubstitutesFile.of(answer, None).text() + "".join(line.said.text() for line in substitutes_lines(answer))
    assert "rehabilitasi" not in text and "B" not in ids(instance, answer.ranked)


def _somebody(instance: Instance) -> str:
    """Id of the first person who is in the office on Monday in the best plan."""
    return instance.facts.staff.ids[int(np.flatnonzero(solve(instance).schedule.office[:, 0])[0])]


def test_questions_about_nobody_are_refused() -> None:
    """Somebody at home needs no substitute; an unknown duty rule is told with the near one, and a name that is not there."""
    instance = house(**TWO_DAYS)
    plan = make_schedule(instance.facts, "10 10 01 01", own_duty=["10", "00", "01", "00"])
    for staff, duty, words in (
        ("C", None, "Citra is not in the office on Monday 12 July 2021"),
        ("A", "own/dutty", "own/duty"),
        ("B", "own/duty", "does not name Budi for own/duty"),
        ("X", None, "nobody here has the id"),
    ):
        with pytest.raises(InputError) as caught:
            substitutes(instance, plan, staff, "2021-07-12", duty=duty)
        assert words in caught.value.text()

"""Why somebody is where a plan has them: every price is the difference of two solves, and nobody's secrets are told."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giliran.audit import audit
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.status import Status
from giliran.errors import InputError
from giliran.files.loading import load_instance
from giliran.files.why import WhyFile
from giliran.generating import GenerateOptions, generate, parse_families
from giliran.instance import Instance
from giliran.messages import LANGUAGES, bilingual
from giliran.solving import Engine, SolveOptions, solve
from giliran.whatif.costs import better, price_text, same
from giliran.whatif.reasons import Reason, reason_said
from giliran.whatif.why import DayOfPlan, Why, why
from giliran.whatif.why_text import why_lines
from tests.builders import make_schedule
from tests.tiny import instances
from tests.whatif.small import HOUSE, all_plans, house


def pinned(instance: Instance, person: int, day: int, place: Place) -> Instance:
    """The instance with one cell held, as somebody else would do it."""
    facts = instance.facts
    return instance.with_pins([{"staff_id": facts.staff.ids[person], "date": facts.dates[day].isoformat(), "place": place.word}])


def prices(day: DayOfPlan) -> list[int]:
    """Changes of all tiers."""
    assert day.opposite is not None
    return [cost.change for cost in day.opposite.costs]


def scratch(instance: Instance, schedule: Schedule, person: int, day: DayOfPlan, engine: Engine = Engine.AUTO) -> list[int] | None:
    """The price of the opposite by a solve of its own, from nothing; None where there is no such plan."""
    assert day.opposite is not None
    found = solve(pinned(instance, person, day.day, day.opposite.place), SolveOptions(engine=engine))
    if found.status is Status.INFEASIBLE:
        return None
    at_hand = audit(instance, schedule)
    return [tier.value - at_hand.tiers[tier.name] for tier in found.tiers]


def text_of(answer: Why) -> str:
    """Everything that people and programs are told."""
    lines = [line.said.text(lang) for lang in LANGUAGES for line in why_lines(answer)]
    return "\n".join([*lines, WhyFile.of(answer).text()])


@pytest.mark.parametrize("engine", Engine)
@pytest.mark.parametrize("families", ["caps,duty,absences,wishes", "caps,duty,wishes,sequences,ledger", "caps,duty,skills,wishes,agency"])
def test_prices_are_differences_of_two_solves(families: str, engine: Engine, tmp_path: Path) -> None:
    """For some people of generated agencies every price of the week is that of a plan solved from nothing with the cell pinned."""
    generate(GenerateOptions(24, families=parse_families(families.split(",")))).write(tmp_path)
    instance = load_instance(tmp_path / "instance.yaml")
    plan = solve(instance).schedule
    asked = 0
    for person in (3, 11, 19):
        for day in why(instance, plan, instance.facts.staff.ids[person]).days:
            if day.opposite is not None and not day.fixed:
                expected = scratch(instance, plan, person, day, engine)
                assert expected == (prices(day) if day.opposite.possible else None)
                asked += 1
    assert asked >= 5


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(instances(), st.data())
def test_prices_are_those_of_all_plans(sections: dict[str, Any], data: st.DataObject) -> None:
    """On tiny instances the opposite is as dear as the best of all plans with it, and impossible where no plan has it."""
    try:
        instance = Instance.build(sections)
    except InputError:
        return
    plans = all_plans(instance)
    if not plans:
        return
    costs, plan = min(plans, key=lambda each: each[0])
    person = data.draw(st.integers(0, instance.facts.num_people - 1))
    for day in why(instance, plan, instance.facts.staff.ids[person]).days:
        if day.opposite is None:
            continue
        office = day.opposite.place == Place.OFFICE
        others = [each for each in plans if each[1].office[person, day.day] == office]
        assert day.opposite.possible == bool(others)
        if others:
            best = min(others, key=lambda each: each[0])[0]
            assert prices(day) == [new - old for new, old in zip(best, costs, strict=True)]
            moved = _moved(instance, plan, day)
            assert audit(instance, moved).broken == () and tuple(audit(instance, moved).tiers.values()) == best
            fewest = min(int((each.office != plan.office).sum()) for value, each in others if value == best)
            assert len(day.opposite.moves) == fewest


def _moved(instance: Instance, plan: Schedule, day: DayOfPlan) -> Schedule:
    assert day.opposite is not None
    place = plan.place.copy()
    for move in day.opposite.moves:
        assert place[move.person, move.day] == move.was
        place[move.person, move.day] = move.becomes
    return Schedule(place)


def test_who_moves_is_told_as_an_exchange() -> None:
    """Ayu and Budi come on Monday, Citra and Dewi on Tuesday, and so on; Ayu at home on Monday is one exchange, and costs nothing."""
    instance = house(horizon={"start": "2021-07-12", "end": "2021-07-13"})
    answer = why(instance, make_schedule(instance.facts, "10 10 01 01"), "Ayu", "2021-07-12")
    [day] = answer.days
    assert day.opposite is not None and same(day.opposite.costs)
    assert day.opposite.swapped_with in (2, 3) and len(day.opposite.moves) == 4
    assert "possible, costs nothing, in exchange with" in text_of(answer)


def test_what_one_alone_would_break_is_told_with_its_sum() -> None:
    """The third of two seats is one too many: 50 % of 4."""
    instance = house()
    answer = why(instance, solve(instance).schedule, "A")
    home = next(day for day in answer.days if day.place == Place.HOME)
    assert [reason.rule for reason in home.reasons] == ["own/cap"]
    assert "50 % × 4 = 2 → at most 2" in home.reasons[0].said.text()


def test_what_should_hold_is_told_with_what_it_costs() -> None:
    """Ayu alone has the key: she comes every day, because of a rule that only should hold."""
    key = {"id": "key", "kind": "office_floor", "min": 1, "strength": "should", "applies_to": {"ids": ["A"]}}
    instance = house(rules=[key], horizon={"start": "2021-07-12", "end": "2021-07-13"})
    answer = why(instance, make_schedule(instance.facts, "11 10 00 01", own_duty=["11", "00", "00", "00"]), "A", "2021-07-12")
    [day] = answer.days
    assert day.reasons == () and [reason.rule for reason in day.costly] == ["own/key"]
    lines = [line.said.text() for line in why_lines(answer)]
    at = next(k for k, line in enumerate(lines) if line.startswith("If at home and nobody else moves: possible, costs: 1 more person-day"))
    assert lines[at + 1].endswith("[own/key]") and "1 too few" in lines[at + 1]
    assert '"costly"' in text_of(answer)


def test_a_row_that_the_letter_does_not_have_is_not_told_as_one() -> None:
    """Rules of the general letter stand in rows that nobody knows; those of others are named with theirs."""
    said = bilingual(en="Too many", id="Terlalu banyak")
    rows = {row: reason_said(Reason("umum/limit", row, said)) for row in ("own", "", "L4", "none")}
    assert {row: text.text() for row, text in rows.items()} == {
        "own": "Too many [umum/limit]",
        "": "Too many [umum/limit]",
        "L4": "Too many [umum/limit, row L4]",
        "none": "Too many [umum/limit, not in the letter]",
    }
    assert rows["L4"].text("id") == "Terlalu banyak [umum/limit, baris L4]"


def test_fixed_days_are_told_and_not_priced() -> None:
    """A pin leaves no choice; its reason is the person's own."""
    instance = house(pins=[{"staff_id": "A", "date": "2021-07-12", "place": "home", "reason": "audit"}])
    answer = why(instance, solve(instance).schedule, "A", "2021-07-12")
    [day] = answer.days
    assert day.fixed and day.opposite is not None and day.opposite.status is Status.INFEASIBLE
    assert "facts/pins" in [reason.rule for reason in day.reasons] and "audit" in text_of(answer)


def test_impossible_has_its_sum() -> None:
    """Of four three are away on Monday: the last one has the duty, and no plan can do without."""
    instance = house(absences=[{"staff_id": id_, "from": "2021-07-12", "to": "2021-07-12", "reason": "sakit"} for id_ in "BCD"])
    answer = why(instance, solve(instance).schedule, "A", "2021-07-12")
    [day] = answer.days
    assert not day.fixed and day.opposite is not None and day.opposite.status is Status.INFEASIBLE
    assert any("needed 1 of 1 available" in reason.said.text() for reason in day.opposite.reasons)


def test_absent_and_free_days_have_no_opposite() -> None:
    """Who is away, and days that nobody works, are told as such."""
    instance = house(
        horizon={"start": "2021-07-16", "end": "2021-07-17"},
        absences=[{"staff_id": "A", "from": "2021-07-16", "to": "2021-07-16", "reason": "sakit"}],
    )
    answer = why(instance, solve(instance).schedule, "A")
    assert [day.opposite for day in answer.days] == [None, None]
    text = text_of(answer)
    assert "Friday 16 July 2021: absent" in text and "Saturday 17 July 2021: not a working day" in text


def test_a_plan_changed_by_hand_is_not_the_best() -> None:
    """One seat stands empty: the best plan is better anyway, and so is Ayu in it."""
    instance = house(horizon={"start": "2021-07-12", "end": "2021-07-12"})
    answer = why(instance, make_schedule(instance.facts, "0 1 0 0"), "A")
    assert better(answer.best) and answer.broken == 0
    [day] = answer.days
    assert day.opposite is not None and better(day.opposite.costs)
    assert price_text(day.opposite.costs).text().startswith("is better: 1 more person-day in the office")
    assert "not the best anyway; better would be: 1 more person-day in the office." in text_of(answer)


def test_a_plan_that_breaks_a_rule_is_priced_from_the_best() -> None:
    """Three of two seats: prices are counted from the best plan, in which Ayu may well stay at home."""
    instance = house(horizon={"start": "2021-07-12", "end": "2021-07-12"})
    answer = why(instance, make_schedule(instance.facts, "1 1 1 0"), "A")
    assert answer.broken == 1 and answer.best == ()
    [day] = answer.days
    assert day.opposite is not None and same(day.opposite.costs)
    assert "breaks rules at 1 place" in text_of(answer)


def test_how_a_person_stands() -> None:
    """Two days of two seats for four: one day each; Ayu has two, the others 0 to 1, and has duty on one day."""
    instance = house(horizon={"start": "2021-07-12", "end": "2021-07-13"})
    plan = make_schedule(instance.facts, "11 10 01 00", own_duty=["10", "00", "01", "00"])
    answer = why(instance, plan, "A", "2021-07-12")
    [turns], [duty] = answer.turns, answer.duties
    assert (turns.days, turns.share, turns.balance, turns.difference) == (2, 1000, 0, 1000)
    assert turns.group is not None
    assert (turns.group.members, turns.group.lowest, turns.group.highest, turns.group.mean) == (4, 0, 2, 1000)
    assert duty.days == 1 and duty.group is not None and (duty.group.lowest, duty.group.highest, duty.group.mean) == (0, 1, 500)
    assert answer.days[0].duties == ("own/duty",)


def test_duty_is_compared_among_those_who_may_have_it() -> None:
    """Dewi works at home only: she is not compared with those who share the duty, and has no line about it."""
    staff = [*HOUSE["staff"][:3], {**HOUSE["staff"][3], "home_only": "yes"}]
    instance = house(staff=staff, horizon={"start": "2021-07-12", "end": "2021-07-13"})
    plan = make_schedule(instance.facts, "11 10 01 00", own_duty=["10", "00", "01", "00"])
    [duty] = why(instance, plan, "A", "2021-07-12").duties
    assert duty.group is not None and (duty.group.members, duty.group.mean) == (3, 667)
    assert why(instance, plan, "D", "2021-07-12").duties == ()


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ("10 10 01 01", "Bidang Gizi, 4 people: 1 day each"),
        ("11 10 01 00", "Bidang Gizi, 4 people: 0 to 2 days, 1 on average"),
    ],
)
def test_equal_days_are_told_as_such(plan: str, words: str) -> None:
    """One day for everybody is no range, and no mean is needed."""
    instance = house(horizon={"start": "2021-07-12", "end": "2021-07-13"})
    assert words in text_of(why(instance, make_schedule(instance.facts, plan), "A", "2021-07-12"))


def test_whoever_is_compared_with_nobody() -> None:
    """Alone in the house, Ayu is not set beside herself."""
    instance = Instance.build({**HOUSE, "horizon": {"start": "2021-07-12", "end": "2021-07-12"}, "staff": HOUSE["staff"][:1], "rules": []})
    text = text_of(why(instance, make_schedule(instance.facts, "1"), "A"))
    assert "difference 0; nobody else is compared" in text and "tidak ada yang dibandingkan" in text


SPOUSES = {"id": "spouses", "kind": "separation", "not_all": "home", "sets": [["A", "C"]], "private": True}


@pytest.mark.parametrize("person", ["A", "B", "D"])
def test_nobody_elses_secrets(person: str) -> None:
    """Reasons of absence, wishes and balances of others, and what a private arrangement is, stand nowhere."""
    instance = house(
        wishes=[{"staff_id": "C", "date": "2021-07-13", "place": "home", "weight": 77}],
        absences=[{"staff_id": "C", "from": "2021-07-14", "to": "2021-07-14", "reason": "rehabilitasi"}],
        ledger=[{"staff_id": "C", "account": "office", "period": "2021-W27", "balance": "-1.234"}],
        rules=[SPOUSES],
    )
    text = text_of(why(instance, solve(instance).schedule, person))
    assert [word for word in ("rehabilitasi", "spouses", "go together", "Citra wish", "77", "1.23", "1,23", "1234") if word in text] == []


def test_ones_own_arrangement_is_not_told_either() -> None:
    """Ayu may not stay at home while Citra does; the answer says that there is an arrangement, not what or with whom."""
    instance = house(rules=[SPOUSES])
    [day] = why(instance, make_schedule(instance.facts, "10000 11000 00000 00000"), "A", "2021-07-12").days
    assert [(reason.rule, reason.said.text()) for reason in day.reasons] == [("", "An arrangement between some people.")]


def test_unknown_people_and_days_are_told() -> None:
    """The nearest name; everybody of a part of a name; a date outside."""
    instance = house(staff=[*HOUSE["staff"], {"id": "E", "name": "Budiman", "unit": "b"}])
    plan = solve(instance).schedule
    for staff, day, words in (
        ("F", None, "Known: A, B, C, D and E"),
        ("Bud", None, "Budi (B) and Budiman (E)"),
        ("A", "2021-07-19", "outside the horizon"),
        ("A", "soon", "soon"),
    ):
        with pytest.raises(InputError) as caught:
            why(instance, plan, staff, day)
        assert words in caught.value.text()
    assert why(instance, plan, "budi", "12/7/2021").person == 1


@pytest.mark.parametrize(
    ("staff", "day", "words"),
    [
        (6, None, "staff: found 6; expected a text"),
        (None, None, "staff: found nothing; expected a text"),
        ("A", 3, "day: found 3; expected a date"),
    ],
)
def test_people_and_days_of_other_types(staff: Any, day: Any, words: str) -> None:
    """What is neither a text nor a date is told as what it is."""
    instance = house()
    with pytest.raises(InputError) as caught:
        why(instance, solve(instance).schedule, staff, day)
    assert words in caught.value.text()


def test_a_schedule_for_other_dates() -> None:
    """It has other days than the instance."""
    shorter = house(horizon={"start": "2021-07-12", "end": "2021-07-13"})
    with pytest.raises(InputError, match="the schedule has 4 people and 5 days"):
        why(shorter, solve(house()).schedule, "A")


def test_what_was_not_searched_is_not_known() -> None:
    """Ended from outside an answer is neither a price nor impossible, and says so; what the audit finds is there."""
    ended = threading.Event()
    ended.set()
    instance = house()
    plan = solve(instance).schedule
    answer = why(instance, plan, "A", cancel=ended)
    assert {day.opposite.status for day in answer.days if day.opposite is not None} == {Status.UNKNOWN}
    assert answer.best == () and all(day.reasons or day.alone for day in answer.days)
    assert "not known: time was up" in text_of(answer)


def test_other_things_than_options_are_refused() -> None:
    """Options are `SolveOptions`, and an event is an event."""
    instance = house()
    plan = solve(instance).schedule
    with pytest.raises(InputError, match="expected SolveOptions"):
        why(instance, plan, "A", options={"time_limit_s": 1})  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"expected a threading\.Event"):
        why(instance, plan, "A", cancel=True)  # type: ignore[arg-type]

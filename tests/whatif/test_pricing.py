"""What each rule costs: every price is the difference of two plans that know nothing of each other."""

from __future__ import annotations

import pickle
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from giliran.domain.status import Status
from giliran.engine.base.outcome import Progress
from giliran.errors import InfeasibleError, InputError
from giliran.files.loading import load_instance
from giliran.instance import Instance
from giliran.messages import LANGUAGES, bilingual
from giliran.result import Result
from giliran.rules.base import Rule
from giliran.solving import Engine, SolveOptions, solve
from giliran.whatif.costs import TierCost
from giliran.whatif.measures import Measures, measured
from giliran.whatif.pricing import Price, price
from giliran.whatif.pricing_text import _price
from tests.test_brute_force import TOLERANT, built
from tests.tiny import best_by_trying, instances

INSTANCES = Path(__file__).parents[2] / "instances"
ALONE = SolveOptions(workers=1, engine=Engine.CPSAT)
"""CP-SAT alone, from scratch."""
QUICK = SolveOptions(workers=1)

SMALL: dict[str, Any] = {
    "horizon": {"start": "2021-07-12", "end": "2021-07-16"},
    "calendars": {"office": {"holidays": "none"}},
    "units": [
        {"id": "o", "name": "Dinas", "level": "opd"},
        {"id": "u", "name": "Bidang Satu", "level": "bidang", "parent": "o"},
        {"id": "v", "name": "Bidang Dua", "level": "bidang", "parent": "o"},
    ],
    "staff": [{"id": id_, "name": id_, "unit": "u" if id_ in "ABCD" else "v"} for id_ in "ABCDEFG"],
    "absences": [{"staff_id": "A", "from": "2021-07-12", "to": "2021-07-13", "reason": "cuti"}],
    "wishes": [{"staff_id": id_, "weekday": "fri", "place": "home"} for id_ in "ABEF"],
    "rules": [
        {"id": "cap", "kind": "office_cap", "share": "50%", "per": "bidang"},
        {"id": "duty", "kind": "duty_officers", "per": "bidang", "count": 1},
        {"id": "days", "kind": "days_per_person", "window": "week", "least": 1, "most": 4},
        {"id": "run", "kind": "consecutive", "place": "office", "max": 3},
        {"id": "floor", "kind": "office_floor", "min": 3, "strength": "should"},
        {"id": "home", "kind": "home_cap", "share": "75%"},
    ],
    "goals": [{"kind": "office_target", "aim": "most_office"}, {"kind": "fair_share"}, {"kind": "wishes"}],
}


def small(**sections: Any) -> Instance:
    """Seven people of two units, five days, rules of every kind with a number."""
    return Instance.build({**SMALL, **sections})


def values(result: Result) -> dict[str, int]:
    """Values of the tiers, all of them proven."""
    assert all(tier.proven for tier in result.tiers)
    return {tier.name: tier.value for tier in result.tiers}


def changed(instance: Instance, step: Price) -> Instance:
    """The instance of a step."""
    rule = instance.view.by_id[step.rule]
    assert isinstance(rule, Rule)
    return instance.with_rules(rule.eased(step.by, step.unit)[step.field])


def test_prices_are_differences_of_independent_solves() -> None:
    """Every step, single units too, is what CP-SAT alone finds for the two instances, and both agree where there is no plan."""
    instance = small()
    prices = price(instance, options=QUICK, by_unit=True)
    before = values(solve(instance, ALONE))
    assert {(step.rule, step.field) for step in prices.steps} == {
        ("own/cap", "share"),
        ("own/duty", "count"),
        ("own/days", "least"),
        ("own/days", "most"),
        ("own/run", "max"),
        ("own/floor", "min"),
        ("own/home", "share"),
    }
    assert {step.unit for step in prices.steps if step.rule in ("own/cap", "own/duty")} == {"", "u", "v"}
    assert {step.by for step in prices.steps} == {1, -1} and prices.whole
    for step in prices.steps:
        after = solve(changed(instance, step), ALONE)
        assert step.status is after.status and step.proven, step
        if step.status is Status.OPTIMAL:
            found = {cost.tier: cost.change for cost in step.tiers}
            assert found == {name: value - before[name] for name, value in values(after).items()}, step
            assert all((cost.before, cost.after) == (before[cost.tier], before[cost.tier] + cost.change) for cost in step.tiers)
        else:
            assert step.tiers == () and step.measures is None
            assert step.why is not None and all(step.why.text(lang) for lang in LANGUAGES)
    assert any(cost.change for step in prices.steps for cost in step.tiers)
    assert any(step.status is Status.INFEASIBLE for step in prices.steps), "nothing impossible was tried"


@pytest.mark.parametrize("name", ["circulars/umum", "situations/zone-2020", "situations/saturday-duty", "tiny/relaxed-for-the-queue"])
def test_shipped(name: str) -> None:
    """The same on shipped instances, with circulars, zones, call days and a second limit."""
    path = INSTANCES / f"{name}.yaml"
    instance = load_instance(path if path.exists() else INSTANCES / name / "instance.yaml")
    prices = price(instance, options=QUICK)
    before = values(prices.result)
    assert prices.steps and prices.costs == prices.result.costs() and prices.binding == prices.result.binding()
    for step in prices.steps:
        after = solve(changed(instance, step), ALONE)
        assert step.status is after.status
        assert {cost.tier: cost.after for cost in step.tiers} == ({} if step.status is not Status.OPTIMAL else values(after))
        assert all(cost.before == before[cost.tier] for cost in step.tiers)


@pytest.mark.once
@settings(TOLERANT, max_examples=12)
@given(sections=instances())
def test_prices_by_trying_everything(sections: dict[str, Any]) -> None:
    """On random tiny instances the tiers after a step are the least over all schedules, and no plan means that none keeps the rules."""
    instance = built(sections)
    base = solve(instance, QUICK)
    if base.status is not Status.OPTIMAL:
        with pytest.raises(InfeasibleError):
            price(instance, base, QUICK)
        return
    prices = price(instance, base, QUICK)
    for step in prices.steps[:4]:
        if step.status is None:
            with pytest.raises(InputError):
                changed(instance, step)
            continue
        best = best_by_trying(changed(instance, step))
        assert (best is None) == (step.status is Status.INFEASIBLE)
        if best is not None:
            assert tuple(cost.after for cost in step.tiers) == best


def test_a_limit_that_does_not_bind_may_move_fair_shares() -> None:
    """One more seat that nobody takes: fewest in the office are wanted, so that nothing changes; a looser floor moves what is fair."""
    instance = small(
        rules=[{"id": "cap", "kind": "office_cap", "max": 6}, {"id": "floor", "kind": "office_floor", "min": 2}],
        goals=[{"kind": "office_target", "aim": "most_home"}, {"kind": "fair_share"}],
    )
    prices = price(instance, options=QUICK)
    cap, _, floor, _ = prices.steps
    assert (cap.rule, cap.moved, [cost.change for cost in cap.tiers]) == ("own/cap", (), [0, 0, 0])
    assert floor.moved == ("fair_share",) and {cost.tier: cost.change for cost in floor.tiers}["office_target"] == -5
    assert [each.rule for each in prices.binding] == ["own/floor"]


def test_only_what_is_asked_for() -> None:
    """Rules are named with their circular or own/, or without; others are not tried."""
    instance = small()
    assert {step.rule for step in price(instance, options=QUICK, rules=["cap", "own/run"]).steps} == {"own/cap", "own/run"}


def test_people_whom_a_rule_means() -> None:
    """A rule that means nobody has no price."""
    nobody = {"id": "none", "kind": "office_cap", "max": 1, "applies_to": {"units": "v"}, "days": {"dates": ["2021-07-17"]}}
    instance = small(rules=[*SMALL["rules"], nobody])
    assert "own/none" not in {step.rule for step in price(instance, options=QUICK).steps}


def test_wrong_names_are_told_together() -> None:
    """Unknown rules, and rules without a number, each with the nearest name."""
    instance = small(rules=[*SMALL["rules"], {"id": "sep", "kind": "separation", "not_all": "office", "sets": [["A", "B"]]}])
    with pytest.raises(InputError) as caught:
        price(instance, options=QUICK, rules=["cup", "sep"])
    text = caught.value.text()
    assert "there is no rule cup with a number" in text and "Did you mean own/cap?" in text and "there is no rule sep with a number" in text
    assert "tidak ada aturan cup yang memuat angka" in caught.value.text("id")


def test_no_plan_no_price() -> None:
    """Where the instance itself has no plan, that is the answer."""
    instance = small(rules=[{"kind": "office_cap", "max": 0}, {"kind": "office_floor", "min": 1}])
    with pytest.raises(InfeasibleError):
        price(instance, options=QUICK)


def test_cancelled() -> None:
    """A cancel leaves the steps that are done, and says that others were not tried."""
    instance, cancel = small(), threading.Event()
    result = solve(instance, QUICK)
    cancel.set()
    prices = price(instance, result, QUICK, cancel=cancel)
    assert not prices.whole and prices.steps == () and prices.binding == result.binding()


def test_a_cancel_while_solving() -> None:
    """What a cancel cut short is no price: only steps that were proven before it stand."""

    class Later(threading.Event):
        """Set when it was looked at so many times."""

        looks = 0

        def is_set(self) -> bool:
            self.looks += 1
            return self.looks > 10

    instance = small()
    prices = price(instance, solve(instance, QUICK), QUICK, cancel=Later())
    assert not prices.whole and all(step.proven for step in prices.steps)


def test_arguments_that_are_none() -> None:
    """What is no instance, no options, or the result of another instance is told, as `solve` tells it."""
    instance, other = small(), small(title="other", rules=SMALL["rules"][1:])
    wrong: Any = "week.yaml"
    with pytest.raises(InputError, match=r"load_instance\('week.yaml'\)"):
        price(wrong)
    with pytest.raises(InputError, match=r"result: found the text 'week\.yaml'; expected a result of `solve`"):
        price(instance, wrong)
    with pytest.raises(InputError, match="the result is one of another instance"):
        price(instance, solve(other, QUICK))
    assert price(small(), solve(instance, QUICK), QUICK, rules="cap").whole  # equal instances are the same


def test_progress_counts_steps() -> None:
    """Every step is told once, of as many as there are."""
    seen: list[Progress] = []
    steps = price(small(), options=QUICK, rules=["cap", "days"], progress=seen.append).steps
    assert [step.done for step in seen] == [1, 2, 3, 4, 5, 6] and {step.total for step in seen} == {len(steps)} == {6}


def test_prices_travel() -> None:
    """Prices can be pickled and compared, as results can."""
    prices = price(small(), options=QUICK, rules=["cap"])
    again = pickle.loads(pickle.dumps(prices))
    assert again == prices and again.steps[0].tiers == prices.steps[0].tiers


def test_measures_by_hand() -> None:
    """One of two is in the office on each of three days, Ani twice: her share is 1.5 days; one wish of two is not met."""
    instance = Instance.build(
        horizon={"start": "2021-07-12", "end": "2021-07-14"},
        units=[{"id": "u", "level": "bidang"}],
        staff=[{"id": "Ani", "unit": "u"}, {"id": "Budi", "unit": "u"}],
        wishes=[{"staff_id": "Ani", "date": day, "place": "home"} for day in ("2021-07-12", "2021-07-13")],
        rules=[
            {"id": "cap", "kind": "office_cap", "max": 1},
            {"id": "duty", "kind": "duty_officers", "count": 3},
            {"id": "pin", "kind": "fixed_days", "place": "home", "applies_to": {"ids": "Budi"}, "days": {"dates": ["2021-07-12"]}},
        ],
        goals=[{"kind": "office_target", "aim": "most_office"}, {"kind": "wishes"}],
    )
    with pytest.raises(InfeasibleError):
        price(instance, options=QUICK)  # two officers are needed, and one may come
    found = measured(solve(instance.with_rules({"id": "duty", "kind": "duty_officers", "count": 1}), QUICK))
    assert (found.office_days, found.fullest_day, found.wishes, found.unmet, found.missing_officers) == (3, 1, 2, 1, 0)
    assert found.largest_difference is None and found.squares is None
    many = instance.with_rules({"id": "cap", "kind": "office_cap", "max": 2})
    # Two are there on two days, on Monday Ani alone: 1 + 1 missing of three, and 2 on Monday.
    assert measured(solve(many, QUICK)).missing_officers == 4


def test_open_prices_say_so() -> None:
    """A step whose plan is not proven best is no exact price."""
    step = Price("own/cap", "max", 1, "", Status.FEASIBLE)
    assert not step.proven and Price("own/cap", "max", -1, "", Status.INFEASIBLE).proven
    assert not Price("own/cap", "max", 1, "", Status.UNKNOWN).proven


def told(step: Price) -> str:
    """A step in words, beside a plan whose largest difference is a quarter of a day."""
    before = Measures(10, 2, 250, 0, 0, 0, 0, 0)
    return _price(before, step).text()


def tier(name: str, change: int) -> TierCost:
    """A tier that costs so much more."""
    return TierCost(name, 0, change, bilingual(en=f"{name} {change:+}", id=f"{name} {change:+}"))


def test_words_where_fair_shares_move() -> None:
    """Tiers before the shares say whether it is better; those after follow from other shares, and are no price of the step."""
    after = Measures(10, 2, 500, 0, 0, 0, 0, 0)
    step = Price("r", "max", 1, "", Status.OPTIMAL, (tier("target", 0), tier("fair", -3), tier("wishes", 4)), after, ("fair",))
    assert told(step) == "moves fair shares (largest difference from them 0.25 → 0.5 days); then wishes +4"
    better = replace(step, tiers=(tier("target", -2), *step.tiers[1:]))
    assert told(better) == "is better: target -2; moves fair shares (largest difference from them 0.25 → 0.5 days); then wishes +4"
    only = replace(step, tiers=(tier("target", 0), tier("fair", -3)), measures=Measures(10, 2, 250, 0, 0, 0, 0, 0))
    assert told(only) == "costs nothing; moves fair shares"
    assert told(replace(step, moved=())).startswith("is better: fair -3; then wishes +4")
    assert told(replace(step, status=Status.UNKNOWN, tiers=())) == "has no plan in the time given, nothing is proved"

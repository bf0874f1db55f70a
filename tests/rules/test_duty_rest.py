"""duty_officers with `rest`: whoever had duty on a call day is at one place on the next working days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from giliran import InputError, Instance, SolveOptions, Status, check, solve
from giliran.domain.place import Strength
from giliran.domain.schedule import Schedule
from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract
from tests.rules.test_duty_officers import TREE, people

EVERY = {"weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}
"""Days that name call days too."""


def guard(rest: int = 1, place: str = "home", **fields: Any) -> dict[str, Any]:
    """One person on duty on the call day, who rests afterwards."""
    return {"kind": "duty_officers", "count": 1, "days": {"weekdays": ["mon"]}, "rest": {"days": rest, "place": place}, **fields}


def facts_on_call(staff: str | Sequence[Mapping[str, Any]] = "AB", days: int = 3, **more: Any):
    """Monday is a call day, Tuesday to Friday are working days."""
    return make_facts(staff, days=days, call_days=(0,), workdays=(1, 2, 3, 4), **more)


def judged(facts, rule: Mapping[str, Any], places: str, named: str | None = None):
    """Findings but notes, on a schedule and perhaps names."""
    view = make_view(facts, [rule])
    plan = make_schedule(view.facts, places)
    duty = {} if named is None else {"own/0": np.array([[letter == "1" for letter in row] for row in named.split()])}
    plan = Schedule(plan.place, duty)
    return [f for r in view.rules for f in r.audit(view, plan) if f.strength is not Strength.NOTE and f.rule == "own/0"]


@pytest.mark.parametrize(
    ("days", "place", "places", "amount"),
    [
        (1, "home", "100 -00", 0),
        (1, "home", "110 -00", 1),  # A had duty and comes on Tuesday
        (1, "home", "110 100", 0),  # B can have had it
        (1, "home", "101 -00", 0),  # Wednesday is no day of rest any more
        (2, "home", "101 -00", 1),
        (1, "office", "110 -00", 0),
        (2, "office", "110 -00", 1),
    ],
)
def test_rest(days: int, place: str, places: str, amount: int) -> None:
    """Only those count for Monday who are at the place on the next working days."""
    assert sum(finding.amount for finding in judged(facts_on_call(), guard(days, place), places)) == amount


@pytest.mark.parametrize("strength", ["must", "should"])
@pytest.mark.parametrize(("days", "place"), [(1, "home"), (2, "home"), (2, "office")])
def test_contract(strength: str, days: int, place: str) -> None:
    """The program and the audit agree on every schedule."""
    assert_contract(make_view(facts_on_call(days=3), [guard(days, place, strength=strength)]))


def test_units_that_share_people() -> None:
    """Where S serves either unit it would be open for which: that is refused."""
    view = make_view(facts_on_call(people("A:b1 S:b1 B:b2", S="b2"), days=2, units=TREE), [guard(per="bidang")])
    [problem] = view.by_id["own/0"].problems(view)
    assert "`rest` cannot stand where somebody may have the duty of two units" in problem.text()


def test_some_rest_and_others_do_not() -> None:
    """On the last but one day A works on, and must rest; B has no day of work any more."""
    facts = facts_on_call([{"id": "A"}, {"id": "B"}], days=2, absent={"B": [1]})
    assert_contract(make_view(facts, [guard(count=2)]))
    assert_contract(make_view(facts, [guard(count=2, strength="should")]))


def test_an_absence_is_a_day_of_rest() -> None:
    """Who is away on Tuesday has rested on it, and comes on Wednesday as they like."""
    facts = facts_on_call(absent={"A": [1]})
    assert not judged(facts, guard(), "1a1 -00")
    assert_contract(make_view(facts, [guard()]))


def test_the_last_day_binds_nothing() -> None:
    """Duty on the last day of the horizon is followed by no day that is planned."""
    facts = make_facts("A", days=2, call_days=(1,), workdays=(0, 2, 3, 4))
    assert not judged(facts, guard(days={"weekdays": ["tue"]}), "11")


def test_whoever_cannot_rest_is_not_in_e() -> None:
    """A is fixed in the office on Tuesday, so B alone can have the duty of Monday."""
    fixed = {"kind": "fixed_days", "place": "office", "applies_to": {"ids": ["A"]}, "days": {"weekdays": ["tue"]}}
    view = make_view(facts_on_call(), [guard(), fixed])
    [duty] = view.duties
    assert [(int(k), bool(duty.open[k, 0])) for k in range(2)] == [(0, False), (1, True)]
    assert_contract(view)


def test_names() -> None:
    """A is named for Monday but comes on Tuesday, while B rests and could be named."""
    found = judged(facts_on_call(), guard(), "110 100", "100 000")
    assert "A is named for duty on Monday 12 July 2021 but is not at home on the working days after it" in found[0].said.text("en")
    assert not judged(facts_on_call(), guard(), "110 100", "000 100")


def instance(rule: Mapping[str, Any], **sections: Any) -> Instance:
    """Three people; Saturday 17 July 2021 is a call day, Monday to Wednesday follow, on which at least two of three come."""
    return Instance.build(
        horizon={"start": "2021-07-17", "end": "2021-07-21"},
        calendars={"office": {"workdays": ["mon", "tue", "wed", "thu", "fri"], "call_days": ["sat"], "holidays": "none"}},
        units=[{"id": "u", "level": "bidang"}],
        staff=[{"id": id_, "unit": "u"} for id_ in "ABC"],
        rules=[{"id": "guard", **rule}, {"id": "two", "kind": "office_floor", "min": 2}],
        goals=[{"kind": "office_target", "aim": "most_office"}],
        **sections,
    )


def test_solved() -> None:
    """Whoever is named for Saturday is at home on Monday, over the Sunday that is no day of work; everybody else comes."""
    result = solve(instance(guard(days={"weekdays": ["sat"]})), SolveOptions(workers=1))
    [names] = result.duty
    [person] = names.people
    e = result.instance.facts.staff.ids.index(person)
    assert result.status is Status.OPTIMAL and not check(result.instance, result.schedule).broken
    assert result.schedule.home[:, 2].tolist() == [k == e for k in range(3)]


@pytest.mark.parametrize("known", ["pinned", "frozen"])
def test_names_that_are_known(known: str) -> None:
    """A pinned name, and one of a frozen Saturday, binds Monday."""
    rule = guard(days={"weekdays": ["sat"]})
    pins = {"pins": [{"staff_id": "B", "date": "2021-07-17", "duty": "own/guard"}]}
    rows = [{"staff_id": "B", "date": "2021-07-17", "place": "office", "duty": "own/guard"}]
    frozen = {"published": {"rows": rows, "frozen_to": "2021-07-17"}}
    one = instance(rule, **(pins if known == "pinned" else frozen))
    result = solve(one, SolveOptions(workers=1))
    assert [names.people for names in result.duty] == [("B",)]
    assert result.schedule.home[1, 2] and not check(one, result.schedule).broken
    place = result.schedule.place.copy()
    place[1, 2] = 1
    assert any("B has had duty on a call day before" in f.said.text() for f in check(one, Schedule(place)).broken)


@pytest.mark.parametrize("field", [{"exactly": True}, {"everybody": True}, {"one_each": "pos"}, {"against_caps": "pool"}])
def test_not_beside(field: dict[str, Any]) -> None:
    """What would leave open who has the duty is refused."""
    with pytest.raises(InputError, match="`rest` cannot stand beside"):
        instance({**guard(), **field})


def test_in_words() -> None:
    """The rule says how long, and where."""
    view = make_view(facts_on_call(), [guard(2)])
    assert view.by_id["own/0"].describe(view).text("en").endswith("After duty on a call day the next working days (2) at home.")


def test_days_that_are_never_call_days() -> None:
    """Without a date or weekday the rule means working days alone, after which nobody rests: refused, with what to write."""
    with pytest.raises(InputError, match=r"`days` of this rule names none\n.*weekdays: \[sat, sun\]"):
        instance({key: value for key, value in guard().items() if key != "days"})

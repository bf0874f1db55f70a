"""What clashes: sums, irreducible sets, disjoint ones, each held against trying everything or a hand-solved example."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from giliran import ClashProof, Explanation, InputError, Instance, SolveOptions, Status, Stopped, explain
from giliran.explaining import irreducible as module
from giliran.explaining.clashing import Clashing
from giliran.explaining.irreducible import irreducible
from giliran.explaining.occurrences import demands
from giliran.explaining.searching import Clock, OutOfTimeError, possible, searched
from giliran.program import HARD, INFINITE, Program
from tests.explaining.impossible import holds, impossible

ONE = SolveOptions(workers=1)
ALONE = {"coef": 1, "lo": 2, "hi": INFINITE, "tier": HARD, "weight": 0, "rule": 0, "group": -1, "day": -1, "person": -1}
"""A row that wants a choice of 0 or 1 to be 2."""

WEEK = {"start": "2026-08-03", "end": "2026-08-07"}


def made(people: str, *rules: Mapping[str, Any], **sections: Any) -> Instance:
    """An instance with a person per letter in one unit."""
    staff = [{"id": letter, "unit": "u"} for letter in people]
    units = [{"id": "u", "name": "Unit", "level": "bidang"}]
    return Instance.build({"horizon": WEEK, "units": units, "staff": staff, "rules": list(rules), **sections})


def explained(instance: Instance) -> Explanation:
    """The explanation, which must say that there is no plan."""
    found = explain(instance, ONE)
    assert found.status is Status.INFEASIBLE
    assert found.stopped is None
    return found


def rules_of(found: Explanation) -> list[set[str]]:
    """Ids of the rules of every clash."""
    return [{member.rule for member in clash.members} for clash in found.clashes]


def test_a_feasible_instance_has_nothing_to_explain() -> None:
    """Where there is a plan nothing clashes, nothing is bent and nothing repaired."""
    found = explain(made("AB", {"id": "cap", "kind": "office_cap", "max": 1}), ONE)
    assert found.status is Status.FEASIBLE
    assert (found.clashes, found.bends, found.bent, found.repairs) == ((), None, (), ())


def test_what_is_about_nobody_ends_the_search() -> None:
    """A choice that cannot be made and ties nobody stands in no clash: that there is more is told at once, not when time is over."""
    instance = made("A", {"id": "cap", "kind": "office_cap", "max": 1})
    must = demands(instance.view)
    program, rows = must.program, must.program.rows
    longer = {name: np.append(getattr(rows, name), value) for name, value in {**ALONE, "col": program.num_columns}.items()}
    longer["start"] = np.append(rows.start, len(rows.col) + 1)
    aux = {"aux_lo": np.append(program.aux_lo, 0), "aux_hi": np.append(program.aux_hi, 1)}
    must = replace(must, program=replace(program, rows=replace(rows, **longer), **aux))
    clock = Clock(2.0, 1, 0)
    clashing = Clashing(instance.view, must, clock)
    clashing.find(searched(must.whole, clock))
    assert (clashing.found, clashing.more, clock.over) == ([], True, False)


def test_quotas_against_a_cap() -> None:
    """Four people with two days each, one seat on five days: three quotas are 6 > 5, so three people and all days are the set."""
    cap, quota = {"id": "cap", "kind": "office_cap", "max": 1}, {"id": "min", "kind": "days_per_person", "least": 2, "window": "week"}
    found = explained(made("ABCD", cap, quota))
    [clash] = found.clashes
    assert clash.proof is ClashProof.IRREDUCIBLE
    assert {member.rule: member.occurrences for member in clash.members} == {"own/cap": 5, "own/min": 3}


def test_four_seats_on_seven_days() -> None:
    """4 × 7 = 28 > 5 × 5 = 25; with four people's quotas alone 28 > 4 × 5 + 7 = 27, with three 28 ≤ 15 + 14: four of five."""
    horizon = {"start": "2026-06-01", "end": "2026-06-07"}
    every = {"k": {"workdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "holidays": "none"}}
    floor, quota = {"id": "f", "kind": "office_floor", "min": 4}, {"id": "q", "kind": "days_per_person", "most": 5, "window": "week"}
    units = [{"id": "u", "level": "bidang", "calendar": "k"}]
    [clash] = explained(made("ABCDE", floor, quota, horizon=horizon, calendars=every, units=units)).clashes
    assert {member.rule: member.occurrences for member in clash.members} == {"own/f": 7, "own/q": 4}


def test_runs_against_duty() -> None:
    """The only eligible person is needed on three days in a row and may come on two: days 1 to 3 and one run."""
    duty = {"id": "d", "kind": "duty_officers", "count": 1, "eligible": {"ids": "A"}}
    run = {"id": "r", "kind": "consecutive", "place": "office", "max": 2}
    first, *_ = explained(made("AB", duty, run)).clashes
    assert {member.rule: member.occurrences for member in first.members} == {"own/d": 3, "own/r": 1}
    assert [member.people for member in first.members] == [(0,), (0,)]


def test_a_pin_against_a_fixed_day() -> None:
    """One cell, put in by a pin and out by a rule: both and nothing else."""
    home = {"id": "home", "kind": "fixed_days", "place": "home", "days": {"weekdays": ["fri"]}}
    found = explained(made("AB", home, pins=[{"staff_id": "A", "date": "2026-08-07", "place": "office", "reason": "audit"}]))
    assert rules_of(found) == [{"facts/pins", "own/home"}]
    assert {(member.people, member.days, member.occurrences) for member in found.clashes[0].members} == {((0,), (4,), 1)}


FORCED = {"id": "forced", "kind": "fixed_days", "place": "office", "applies_to": {"ids": ["A", "B", "C"]}}
SHAPES: dict[str, tuple[list[dict[str, Any]], set[str]]] = {
    "forced above a cap": ([FORCED, {"id": "cap", "kind": "office_cap", "max": 2}], {"own/forced", "own/cap"}),
    "duty above a cap": (
        [{"id": "duty", "kind": "duty_officers", "count": 3}, {"id": "cap", "kind": "office_cap", "max": 2}],
        {"own/duty", "own/cap"},
    ),
    "a floor above a cap": (
        [{"id": "floor", "kind": "office_floor", "min": 3}, {"id": "cap", "kind": "office_cap", "share": "50%"}],
        {"own/floor", "own/cap"},
    ),
    "home and office caps of an odd number": (
        [{"id": "home", "kind": "home_cap", "share": "50%"}, {"id": "cap", "kind": "office_cap", "share": "50%"}],
        {"own/home", "own/cap"},
    ),
    "two letters about one day": (
        [FORCED, {"id": "friday", "kind": "fixed_days", "place": "home", "days": {"weekdays": ["fri"]}}],
        {"own/forced", "own/friday"},
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_of_conflicts(name: str) -> None:
    """Each of the usual conflicts is told with the rules that make it, whatever else there is."""
    rules, expected = SHAPES[name]
    beside = {"id": "beside", "kind": "office_cap", "max": 4, "days": {"weekdays": ["mon"]}}
    found = explained(made("ABCDE", *rules, beside))
    assert all(rules == expected for rules in rules_of(found))
    assert all(clash.proof is not ClashProof.IMPOSSIBLE for clash in found.clashes)


def test_clashes_are_disjoint() -> None:
    """Every day clashes by itself: five clashes, no day in two."""
    found = explained(made("ABC", FORCED, {"id": "cap", "kind": "office_cap", "max": 2}))
    days = [member.days for clash in found.clashes for member in clash.members if member.rule == "own/cap"]
    assert sorted(day for some in days for day in some) == [0, 1, 2, 3, 4]


def test_one_broken_unit_does_not_hide_another() -> None:
    """Clashes of two units that have nothing in common are both told."""
    units = [{"id": "u", "level": "bidang"}, {"id": "v", "level": "bidang"}]
    staff = [{"id": f"{unit}{k}", "unit": unit} for unit in "uv" for k in range(2)]
    monday = {"days": {"weekdays": ["mon"]}}
    rules = [
        {"id": "all", "kind": "fixed_days", "place": "office", **monday},
        {"id": "cap", "kind": "office_cap", "per": "bidang", "max": 1, **monday},
    ]
    found = explained(made("", *rules, units=units, staff=staff))
    assert sorted(clash.members[-1].people for clash in found.clashes) == [(0, 1), (2, 3)]


def test_a_pinned_day_that_uses_up_a_quota() -> None:
    """What clashes on Tuesday follows from a pin on Monday, which no row of Tuesday holds: the pin and the quota stand in the set."""
    duty = {"id": "d", "kind": "duty_officers", "count": 3, "days": {"weekdays": ["tue"]}}
    quota = {"id": "q", "kind": "days_per_person", "most": 1, "window": "week"}
    pins = [{"staff_id": "A", "date": "2026-08-03", "place": "office"}]
    assert rules_of(explained(made("ABC", duty, quota, pins=pins))) == [{"own/d", "own/q", "facts/pins"}]


def sets_are_irreducible(number: int, first: int) -> None:
    """What is left of everything that must hold is impossible together, and without any one possible, by trying all values."""
    tried = 0
    for seed, instance in impossible(number, first):
        every = demands(instance.view).within(instance.facts.present.reshape(-1))
        core = irreducible(every, np.ones(len(every), dtype=np.bool_), Clock(None, 1, 1))
        assert core.irreducible
        assert core.chosen.any()
        for k in (-1, *np.flatnonzero(core.chosen).tolist()):
            wanted = core.chosen & (np.arange(len(every)) != k)
            found = holds(every.few(wanted))
            tried += found is not None
            assert found is None or found is (k >= 0), (seed, k)
    assert tried > number


def test_random_sets_are_irreducible() -> None:
    """On random small instances."""
    sets_are_irreducible(20, 0)


@pytest.mark.slow
def test_many_random_sets_are_irreducible() -> None:
    """On 300 more."""
    sets_are_irreducible(300, 10_000)


def test_told_clashes_are_impossible_and_disjoint() -> None:
    """Every clash of an explanation names rules that are there, and no occurrence twice; something always clashes."""
    for seed, instance in impossible(6, 5_000):
        found = explained(instance)
        assert found.clashes, seed
        assert {rule for rules in rules_of(found) for rule in rules} <= set(instance.view.by_id), seed
        assert all(clash.proof is ClashProof.IRREDUCIBLE for clash in found.clashes), seed
        cells = [(member.rule, said.text()) for clash in found.clashes for member in clash.members for said in member.said]
        assert len(cells) == len(set(cells)), seed


def test_seats_of_a_factory() -> None:
    """88 of 102 people on each of 7 days are 616 person-days, 102 × 6 are 612: the seats and the quotas, and 87 seats would do."""
    horizon = {"start": "2026-06-01", "end": "2026-06-07"}
    every = {"k": {"workdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "holidays": "none"}}
    floor, quota = {"id": "f", "kind": "office_floor", "min": 88}, {"id": "q", "kind": "days_per_person", "most": 6, "window": "week"}
    units, staff = [{"id": "u", "level": "bidang", "calendar": "k"}], [{"id": f"E{k:03}", "unit": "u"} for k in range(102)]
    found = explained(made("", floor, quota, horizon=horizon, calendars=every, units=units, staff=staff))
    assert rules_of(found) == [{"own/f", "own/q"}]
    assert found.bends is not None
    assert found.bends.total == 4
    assert "own/f: `min: 87` (now 88)" in {change.said.text() for repair in found.repairs for change in repair.changes}


def test_what_time_did_not_allow_to_ask_is_not_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the time ends within a set, what is left is impossible together, and nobody says that all of it is needed."""
    cap, quota = {"id": "cap", "kind": "office_cap", "max": 1}, {"id": "min", "kind": "days_per_person", "least": 2, "window": "week"}
    every = demands(made("ABCD", cap, quota).view).within(np.ones(20, dtype=np.bool_))
    asked = 0

    def hurried(program: Program, clock: Clock) -> bool:
        nonlocal asked
        asked += 1
        if asked > 6:
            raise OutOfTimeError
        return possible(program, clock)

    monkeypatch.setattr(module, "possible", hurried)
    core = irreducible(every, np.ones(len(every), dtype=np.bool_), Clock(None, 1, 1))
    assert not core.irreducible
    assert not possible(every.few(core.chosen), Clock(None, 1, 1))


def test_time_over_is_told() -> None:
    """With no time nothing is known, and that is said; nothing is claimed."""
    found = explain(made("ABC", FORCED, {"id": "cap", "kind": "office_cap", "max": 2}), SolveOptions(time_limit_s=1e-9, workers=1))
    assert (found.status, found.stopped) == (Status.UNKNOWN, Stopped.TIME_LIMIT)
    assert (found.clashes, found.repairs) == ((), ())


def test_a_cancel_is_told() -> None:
    """A cancel from outside ends it with what is known."""
    cancel = threading.Event()
    cancel.set()
    found = explain(made("ABC", FORCED), ONE, cancel=cancel)
    assert (found.status, found.stopped) == (Status.UNKNOWN, Stopped.CANCELLED)


def test_only_instances_are_explained() -> None:
    """Something else is told."""
    with pytest.raises(InputError, match="instance"):
        explain("file.yaml")  # type: ignore[arg-type]

"""A changed instance is the one that a file with the change would give, and a solve from a result finds what a solve from scratch finds."""

from __future__ import annotations

import datetime as dt
import pickle
import random
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from giliran import InputError, Instance, Place, Result, SolveOptions, Status, check, load_instance, solve
from giliran.rules.kinds.office_cap.rule import OfficeCap
from tests.examples import ROOT

ONE = SolveOptions(workers=1)

PEOPLE = [{"id": f"p{k}", "name": f"Person {k}", "unit": "a" if k < 6 else "b", "rank": "pelaksana"} for k in range(12)]
BASE: dict[str, Any] = {
    "title": "Small",
    "horizon": {"start": "2026-08-03", "end": "2026-08-07"},
    "units": [{"id": "a", "name": "Bidang A", "level": "bidang"}, {"id": "b", "name": "Bidang B", "level": "bidang"}],
    "staff": PEOPLE,
    "absences": [{"staff_id": "p1", "from": "2026-08-04", "to": "2026-08-05", "reason": "cuti"}],
    "pins": [{"staff_id": "p2", "date": "2026-08-03", "place": "office", "reason": "key"}],
    "circulars": [{"name": "umum", "choose": {"limit": "50%", "per": "whole", "leaders": "left_out"}}],
    "rules": [{"id": "cap", "kind": "office_cap", "per": "bidang", "share": "50%"}],
    "goals": [{"kind": "wishes"}, {"id": "keep", "kind": "stability"}],
    "wishes": [{"staff_id": "p3", "weekday": "fri", "place": "home"}],
}


def written(change: Mapping[str, Any]) -> Instance:
    """The instance with other sections, built from the beginning."""
    return Instance.build({**BASE, **change})


def rows(schedule: Any, instance: Instance) -> list[dict[str, Any]]:
    """A schedule as rows of a published plan."""
    facts = instance.facts
    return [
        {
            "staff_id": facts.staff.ids[e],
            "date": facts.dates[d],
            "place": Place(int(schedule.place[e, d])).word,
            "duty": ";".join(rule for rule, cells in schedule.duty.items() if cells[e, d]),
        }
        for e, d in zip(*np.nonzero(schedule.place), strict=True)
    ]


def same(one: Instance, other: Instance) -> None:
    """Two instances say the same: statements, tiers, facts as arrays, and what must be told."""
    assert {s.id: s for s in one.view.statements} == {s.id: s for s in other.view.statements}
    assert one.tiers == other.tiers
    assert {note.said.text() for note in one.notes} == {note.said.text() for note in other.notes}
    for name in ("absent", "published", "pinned", "frozen", "frozen_days", "past", "home_only"):
        assert np.array_equal(getattr(one.facts, name), getattr(other.facts, name)), name
    assert dict(one.facts.pin_reasons) == dict(other.facts.pin_reasons)
    for name in ("pinned_duty", "published_duty"):
        tables = [{rule: cells.tolist() for rule, cells in getattr(i.facts, name).items() if cells.any()} for i in (one, other)]
        assert tables[0] == tables[1], name
    words = [np.array([*f.absence_reasons, ""])[f.reason] for f in (one.facts, other.facts)]
    assert np.array_equal(*words)


CAP = {"id": "cap", "kind": "office_cap", "per": "bidang", "max": 2}
SPARING = {"id": "few", "kind": "office_cap", "max": 4, "exempt": ["guard"]}
DUTY = {"id": "guard", "kind": "duty_officers", "count": 1}
FLOOR = {"kind": "office_floor", "per": "bidang", "min": 1}
CHANGES: dict[str, tuple[Callable[[Instance], Instance], dict[str, Any]]] = {
    "a rule in place of another": (lambda i: i.with_rules(CAP), {"rules": [CAP]}),
    "a further rule without an id": (lambda i: i.with_rules(FLOOR), {"rules": [*BASE["rules"], FLOOR]}),
    "two rules without an id": (
        lambda i: i.with_rules(FLOOR, {**FLOOR, "per": "whole"}),
        {"rules": [*BASE["rules"], FLOOR, {**FLOOR, "per": "whole"}]},
    ),
    "a rule that names one after it": (lambda i: i.with_rules(SPARING, DUTY), {"rules": [*BASE["rules"], SPARING, DUTY]}),
    "a typed rule": (
        lambda i: i.with_rules(OfficeCap(id="few", per="bidang", max=3)),
        {"rules": [*BASE["rules"], {**CAP, "id": "few", "max": 3}]},
    ),
    "no rule": (lambda i: i.with_rules(without=["cap"]), {"rules": []}),
    "another goal": (
        lambda i: i.with_rules(goals=[{"kind": "smooth_weeks"}], without=["own/keep"]),
        {"goals": [{"kind": "wishes"}, {"kind": "smooth_weeks"}]},
    ),
    "another choice": (
        lambda i: i.with_choices("umum", {"limit": "25%"}),
        {"circulars": [{"name": "umum", "choose": {"limit": "25%", "per": "whole", "leaders": "left_out"}}]},
    ),
    "a choice that is a number": (
        lambda i: i.with_choices("umum", {"duty": 1}),
        {"circulars": [{"name": "umum", "choose": {"limit": "50%", "per": "whole", "leaders": "left_out", "duty": 1}}]},
    ),
    "somebody ill": (
        lambda i: i.with_absences([{"staff_id": "p7", "from": "2026-08-06", "to": "2026-08-07", "reason": "sakit"}]),
        {"absences": [*BASE["absences"], {"staff_id": "p7", "from": "2026-08-06", "to": "2026-08-07", "reason": "sakit"}]},
    ),
    "somebody back": (lambda i: i.with_absences(without=[("p1", "2026-08-04"), ("Person 1", dt.date(2026, 8, 5))]), {"absences": []}),
    "another pin": (
        lambda i: i.with_pins([{"staff_id": "p2", "date": "2026-08-03", "place": "home", "reason": "asked"}]),
        {"pins": [{"staff_id": "p2", "date": "2026-08-03", "place": "home", "reason": "asked"}]},
    ),
    "no pin": (lambda i: i.with_pins(without=[("p2", "2026-08-03")]), {"pins": []}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_instance_is_the_one_that_would_be_written(name: str) -> None:
    """Statements, tiers, facts and notes are those of an instance built with the change; the old instance stays as it is."""
    change, sections = CHANGES[name]
    base = written({})
    before = pickle.dumps(base)
    same(change(base), written(sections))
    assert pickle.loads(before) == base


@pytest.mark.parametrize("frozen_to", [None, "2026-08-04"])
def test_a_plan_can_be_published_without_a_file(frozen_to: str | None) -> None:
    """`with_published` is what the section `published` with the rows of the schedule is, teams left out here."""
    base = written({})
    plan = solve(base, ONE).schedule
    day = None if frozen_to is None else dt.date.fromisoformat(frozen_to)
    sections = {"published": {"rows": rows(plan, base), **({"frozen_to": frozen_to} if frozen_to else {})}}
    changed = base.with_published(plan, frozen_to=day)
    other = written(sections)
    same(changed, other)
    assert (solve(changed, ONE).schedule.place == solve(other, ONE).schedule.place).all()
    ill = {"staff_id": "p3", "from": "2026-08-03", "to": "2026-08-07", "reason": "sakit"}
    same(changed.with_absences([ill]), written({**sections, "absences": [*BASE["absences"], ill]}))


def changed_at_random(dice: random.Random, instance: Instance, sections: dict[str, Any]) -> Instance:
    """One change of an instance, and of the sections that it would be built from."""
    person, day = f"p{dice.randrange(12)}", f"2026-08-0{dice.randint(3, 7)}"
    change = dice.randrange(5)
    if change == 0:
        row = {"staff_id": person, "from": day, "to": day, "reason": "cuti"}
        sections["absences"].append(row)
        return instance.with_absences([row])
    if change == 1 and sections["absences"]:
        row = sections["absences"].pop()
        sections["absences"] = [other for other in sections["absences"] if other["staff_id"] != row["staff_id"]]
        week = [(row["staff_id"], f"2026-08-0{d}") for d in range(3, 8)]
        return instance.with_absences(without=week)
    if change == 2:
        row = {"staff_id": person, "date": day, "reason": dice.choice("xy"), **dice.choice([{"place": "home"}, {"duty": "own/guard"}])}
        sections["pins"] = [pin for pin in sections["pins"] if (pin["staff_id"], pin["date"]) != (person, day)] + [row]
        return instance.with_pins([row])
    if change == 3:
        sections["rules"][0] = {**CAP, "max": dice.randint(2, 5)}
        return instance.with_rules(sections["rules"][0])
    plan, frozen_to = solve(instance, ONE).schedule, dt.date(2026, 7, 31) + dt.timedelta(days=dice.randrange(6))
    sections["published"] = {"rows": rows(plan, instance), "frozen_to": frozen_to, "few_changes": True}
    return instance.with_published(plan, frozen_to=frozen_to, few_changes=True)


@pytest.mark.parametrize("seed", range(25))
def test_changes_in_any_order_are_those_of_a_file_with_all_of_them(seed: int) -> None:
    """Leave, returns, pins, duties, published plans and rules one after another: facts and notes keep nothing of what was before."""
    dice = random.Random(seed)
    sections = {**BASE, "absences": [*BASE["absences"]], "pins": [*BASE["pins"]], "rules": [*BASE["rules"], DUTY]}
    instance = written(sections)
    for _ in range(6):
        instance = changed_at_random(dice, instance, sections)
        same(instance, written(sections))


IN_VAIN: dict[str, tuple[Callable[[Instance], Instance], str]] = {
    "pins": (lambda i: i.with_pins(without=[("p3", "2026-08-03"), ("p2", "2026-08-03")]), "to be pinned no longer"),
    "absences": (lambda i: i.with_absences(without=[("p3", "2026-08-03"), ("p1", "2026-08-04")]), "said to be back"),
}


@pytest.mark.parametrize("name", IN_VAIN)
def test_freed_of_nothing_is_told(name: str) -> None:
    """Whoever was neither pinned nor away on any day given is told, by name, until cells of that sort change again; others are not."""
    change, said = IN_VAIN[name]
    changed = change(written({}))
    [note] = [note.said.text() for note in changed.notes if note.said.text().startswith(said)]
    assert note.endswith("days given: Person 3")
    again = changed.with_absences().with_pins()
    assert {note.said.text() for note in again.notes} == {note.said.text() for note in written({}).notes}


WRONG: dict[str, tuple[Callable[[Any], Instance], str]] = {
    "unknown person": (lambda i: i.with_absences([{"staff_id": "p77", "from": "2026-08-04"}]), "p7"),
    "unknown person to free": (lambda i: i.with_pins(without=[("p22", "2026-08-04")]), "p2"),
    "a day outside": (lambda i: i.with_pins([{"staff_id": "p2", "date": "2027-01-01", "place": "home"}]), "3 August 2026"),
    "a day outside to free": (lambda i: i.with_absences(without=[("p2", "2027-01-01")]), "3 August 2026"),
    "unknown rule": (lambda i: i.with_rules(without=["own/capp"]), "own/cap"),
    "a key that no file may have": (lambda i: i.with_rules({**FLOOR, "yields_to": ["own/cap"]}), "unknown key yields_to"),
    "a goal for a rule": (lambda i: i.with_rules(i.goals[-1]), "belongs under `goals`"),
    "unknown kind": (lambda i: i.with_rules({"kind": "office_capp", "max": 2}), "office_cap"),
    "unknown circular": (lambda i: i.with_choices("umun", {"limit": "25%"}), "umum"),
    "unknown choice": (lambda i: i.with_choices("umum", {"limitt": "25%"}), "limit"),
    "impossible choice": (lambda i: i.with_choices("umum", {"limit": "125%"}), "125"),
    "a rule about nobody": (lambda i: i.with_rules({"kind": "office_cap", "max": 2, "applies_to": {"ids": ["p99"]}}), "p9"),
    "rows as a text": (lambda i: i.with_pins("p2"), "pins: found the text 'p2'; expected a list of rows"),
    "a row as rows": (lambda i: i.with_absences({"staff_id": "p2", "from": "2026-08-04"}), "absences: found keys with values"),
    "no rows": (lambda i: i.with_absences(None), "absences: found nothing"),
    "a cell as cells": (lambda i: i.with_pins(without=("p2", "2026-08-03")), "a list of pairs"),
    "people as cells": (lambda i: i.with_pins(without=["p2"]), "a list of pairs"),
    "a list as a rule": (lambda i: i.with_rules([{"kind": "office_cap", "max": 2}]), "rules[0]: found a list; expected a rule"),
    "a goal as goals": (lambda i: i.with_rules(goals={"kind": "wishes"}), "goals: found keys with values"),
    "an id as ids": (lambda i: i.with_rules(without="own/cap"), "without: found the text 'own/cap'; expected a list of ids"),
    "an id with a space": (lambda i: i.with_rules({"id": "a b", "kind": "office_cap", "max": 2}), "rules[0].id: a b cannot be an id"),
    "choices as a list": (lambda i: i.with_choices("umum", ["limit"]), "choices: found a list"),
    "a circular by number": (lambda i: i.with_choices(1, {"limit": "25%"}), "circular: found 1; expected a text"),
    "no plan": (lambda i: i.with_published(None), "schedule: found nothing; expected a schedule"),
    "frozen to a text": (lambda i: i.with_published(solve(i, ONE).schedule, frozen_to="soon"), "frozen_to: found the text 'soon'"),
    "refill in words": (lambda i: i.with_published(solve(i, ONE).schedule, refill="ya"), "refill: found the text 'ya'"),
    "a plan of others": (lambda i: i.with_published(solve(load_instance(ROOT / "instances" / "tiny" / "cap-quarter.yaml")).schedule), "12"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_change_is_refused_with_what_was_meant(name: str) -> None:
    """An input error that names what is known; nothing of the instance is changed."""
    change, word = WRONG[name]
    base = written({})
    with pytest.raises(InputError) as caught:
        change(base)
    assert word in str(caught.value)
    assert base == written({})


def test_a_moment_is_its_day() -> None:
    """Python takes a moment for a date: its day is meant."""
    base = written({})
    plan = solve(base, ONE).schedule
    same(base.with_published(plan, frozen_to=dt.datetime(2026, 8, 4, 9)), base.with_published(plan, frozen_to=dt.date(2026, 8, 4)))
    same(base.with_absences(without=[("p1", dt.datetime(2026, 8, 4, 9))]), base.with_absences(without=[("p1", dt.date(2026, 8, 4))]))


def costs(result: Result) -> list[tuple[str, int, int]]:
    """Values and bounds of the tiers."""
    return [(tier.name, tier.value, tier.bound) for tier in result.tiers]


@pytest.mark.parametrize("name", CHANGES)
def test_from_a_result_the_same_is_proven_as_from_scratch(name: str) -> None:
    """Status, values and bounds are the same with and without a start, and the plan keeps what it must."""
    base = written({})
    changed = CHANGES[name][0](base)
    begun, anew = solve(changed, ONE, start=solve(base, ONE)), solve(changed, ONE)
    assert (begun.status, costs(begun)) == (anew.status, costs(anew))
    assert not check(changed, begun.schedule).broken or begun.status is Status.INFEASIBLE


def test_nothing_changed_nothing_moves() -> None:
    """A solve from a result of the same instance gives the same plan, names and proofs, and searches no part."""
    base = load_instance(ROOT / "instances" / "departments" / "dept-400")
    first = solve(base, ONE)
    again = solve(base, ONE, start=first)
    assert again.schedule == first.schedule
    assert costs(again) == costs(first)
    assert all(part.seconds == 0 for part in again.parts)


def test_parts_that_do_not_change_are_not_solved_again() -> None:
    """Illness in one bidang leaves the answer of the other as it is, and is solved alone."""
    base = written({"circulars": []})
    first = solve(base, ONE)
    ill = base.with_absences([{"staff_id": "p8", "from": "2026-08-06", "reason": "sakit"}])
    again = solve(ill, ONE, start=first)
    searched = {e for part in again.parts if part.seconds for e in part.people}
    assert searched
    assert searched <= set(range(6, 12))
    assert (again.schedule.place[:6] == first.schedule.place[:6]).all()


@pytest.mark.parametrize("seed", range(30))
def test_chains_of_random_changes_prove_the_same(seed: int) -> None:
    """After several changes, each solved from the result before, the costs are those of a solve from scratch by CP-SAT alone."""
    dice = random.Random(seed)
    instance = written({})
    result = solve(instance, ONE)
    for _ in range(4):
        person, day = f"p{dice.randrange(12)}", dt.date(2026, 8, 3) + dt.timedelta(days=dice.randrange(5))
        change = dice.randrange(4)
        if change == 0:
            instance = instance.with_rules({**CAP, "max": dice.randint(1, 5)})
        elif change == 1:
            instance = instance.with_absences([{"staff_id": person, "from": day, "reason": "sakit"}])
        elif change == 2:
            instance = instance.with_pins([{"staff_id": person, "date": day, "place": dice.choice(["office", "home"])}])
        elif result.status is not Status.INFEASIBLE:
            instance = instance.with_published(result.schedule, frozen_to=day)
        result = solve(instance, ONE, start=result)
    anew = solve(instance, SolveOptions(workers=1, engine="cpsat"))
    assert (result.status, costs(result)) == (anew.status, costs(anew))


def test_a_result_of_others_is_no_start() -> None:
    """One sentence says so."""
    other = solve(load_instance(ROOT / "instances" / "tiny" / "cap-quarter.yaml"), ONE)
    with pytest.raises(InputError, match="other people or other days"):
        solve(written({}), ONE, start=other)
    with pytest.raises(InputError, match="expected a result"):
        solve(written({}), ONE, start="plan.json")


def test_a_result_that_travelled_is_still_a_start() -> None:
    """A pickle leaves out what was proven about parts; its plan is where searches begin, and the answer is the same."""
    base = written({})
    first = solve(base, ONE)
    again = solve(base, ONE, start=pickle.loads(pickle.dumps(first)))
    assert costs(again) == costs(first)

"""Edits by hand that stay: what cannot is told apart from what was not found out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from giliran import Instance, Place, Result, Schedule, Status, solve
from giliran.whatif.held_edits import held


@pytest.mark.parametrize(("status", "told"), [(Status.INFEASIBLE, "no plan that keeps every rule"), (Status.UNKNOWN, "in the time given")])
def test_no_plan_in_time_is_not_no_plan(status: Status, told: str) -> None:
    """Where a solve with an edit ends without a plan, its own verdict is what is told; the plan without the edit is given."""
    instance = Instance.build(
        horizon={"start": "2021-07-12", "end": "2021-07-12"},
        calendars={"office": {"holidays": "none"}},
        units=[{"id": "u", "level": "opd"}],
        staff=[{"id": who, "name": who, "unit": "u"} for who in ("Ani", "Budi")],
        rules=[{"id": "batas", "kind": "office_cap", "max": 1}],
        goals=[{"kind": "office_target", "aim": "most_office"}],
    )
    found = solve(instance)
    plan = replace(found.schedule, place=np.where(found.schedule.place == Place.HOME, Place.OFFICE, found.schedule.place).astype(np.int8))

    def judged(asked: Instance) -> Result:
        return replace(found, status=status) if (asked.facts.pinned != Place.NONE).any() else found

    result, lost = held(instance, plan, found.schedule, np.ones(1, dtype=np.bool_), judged)
    assert result is found
    assert [told in said.text() for said in lost] == [True]


def crowd(people: int, most: int, **sections: Any) -> tuple[Instance, Schedule, Schedule]:
    """People of whom some may be in the office on one day, a plan with nobody there, and the same with everybody put there by hand."""
    instance = Instance.build(
        horizon={"start": "2021-07-12", "end": "2021-07-12"},
        calendars={"office": {"holidays": "none"}},
        units=[{"id": "u", "level": "opd"}],
        staff=[{"id": f"P{k}", "name": f"Pegawai {k}", "unit": "u"} for k in range(people)],
        rules=[{"id": "batas", "kind": "office_cap", "max": most}, *sections.get("rules", ())],
        goals=[{"kind": "office_target", "aim": "most_home"}],
    )
    home = np.full(instance.facts.shape, Place.HOME, dtype=np.int8)
    return instance, Schedule(np.full_like(home, Place.OFFICE)), Schedule(home)


def test_earlier_edits_stay_where_not_all_can() -> None:
    """Of eight people put into the office by hand where three have room the first three stay, the others are told in their order."""
    instance, edited, before = crowd(8, 3)
    result, lost = held(instance, edited, before, np.ones(1, dtype=np.bool_), solve)
    assert result.schedule.office[:, 0].tolist() == [True] * 3 + [False] * 5
    assert [said.text().partition(" was put")[0] for said in lost] == [f"Pegawai {k}" for k in range(3, 8)]


def test_an_edit_against_a_rule_about_the_person_costs_no_search() -> None:
    """One who must stay at home is told as lost without a solve of its own; the seven others stay, in one."""
    fixed = {"id": "rumah", "kind": "fixed_days", "place": "home", "applies_to": {"ids": ["P4"]}}
    instance, edited, before = crowd(8, 7, rules=[fixed])
    asked: list[Instance] = []

    def counted(each: Instance) -> Result:
        asked.append(each)
        return solve(each)

    result, lost = held(instance, edited, before, np.ones(1, dtype=np.bool_), counted)
    assert np.flatnonzero(~result.schedule.office[:, 0]).tolist() == [4]
    assert ([said.text().partition(" was put")[0] for said in lost], len(asked)) == (["Pegawai 4"], 1)

"""Duty officers from the instance to the names in the plan."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from giliran.domain.place import Strength
from giliran.domain.status import Status
from giliran.instance import Instance
from giliran.result import Result
from giliran.rules import duty_unions
from giliran.solving import Engine, SolveOptions, solve

UNITS = [{"id": "o", "level": "opd"}, *({"id": f"u{k}", "level": "bidang", "parent": "o"} for k in (1, 2, 3))]


def build(staff: list[Any], *, days: int = 5, **sections: Any) -> Instance:
    """An instance from Monday 1 June 2026 on; staff as "A" (of u1), "A:u2" or rows."""
    rows = [dict(zip(("id", "unit"), f"{row}:u1".split(":"), strict=False)) if isinstance(row, str) else row for row in staff]
    given = {
        "horizon": {"start": "2026-06-01", "end": f"2026-06-{days:02}"},
        "calendars": {"office": {"holidays": "none"}},
        "units": UNITS,
        "staff": rows,
        "goals": [{"id": "aim", "kind": "office_target", "aim": "most_home"}, {"id": "fair", "kind": "fair_share"}],
        **sections,
    }
    return Instance.build(**given)


def run(instance: Instance, **options: Any) -> Result:
    """The proven best plan."""
    result = solve(instance, SolveOptions(workers=1, **options))
    assert result.status is Status.OPTIMAL
    return result


def names(result: Result, rule: str = "own/piket") -> list[str]:
    """Ids of those named on each day."""
    schedule, ids = result.require(), np.array(result.instance.facts.staff.ids)
    return ["".join(ids[day]) for day in schedule.duty[rule].T]


def test_one_person_two_duty_units() -> None:
    """S serves two units: with A and B on leave on Monday one unit has nobody, which is told; on Tuesday two officers come."""
    instance = build(
        ["A", {"id": "S", "unit": "u1", "also": "u2"}, "B:u2"],
        days=2,
        absences=[{"staff_id": id_, "from": "2026-06-01", "reason": "cuti"} for id_ in "AB"],
        rules=[{"id": "piket", "kind": "duty_officers", "per": "bidang", "count": 1}],
    )
    result = run(instance)
    assert [len(day) for day in names(result)] == [1, 2]
    [note] = [finding for finding in result.findings if finding.rule == "own/piket"]
    assert (note.strength, note.days, note.amount) == (Strength.NOTE, (0,), 1)


@pytest.mark.parametrize("most", [duty_unions.MOST_UNITED, 1])
@pytest.mark.parametrize("more", [{}, {"exactly": True}, {"strength": "should"}])
def test_engines_agree_where_units_share_people(more: dict[str, Any], most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both engines reach the same tiers, under a cap that leaves little room, by either way to write the rows."""
    monkeypatch.setattr(duty_unions, "MOST_UNITED", most)
    staff = ["A", {"id": "B", "unit": "u1", "also": "u2"}, {"id": "C", "unit": "u2", "also": "u3"}, "D:u3", "E:u3"]
    instance = build(
        staff,
        rules=[
            {"id": "piket", "kind": "duty_officers", "per": "bidang", "count": 1, **more},
            {"id": "batas", "kind": "office_cap", "max": 3, "per": "opd"},
        ],
        absences=[{"staff_id": "A", "from": "2026-06-02", "reason": "cuti"}],
    )
    found = [run(instance, engine=engine) for engine in Engine]
    assert found[0].tiers == found[1].tiers
    assert all(len(day) == 3 for day in names(found[0]))


def test_two_duties_one_person() -> None:
    """Five share five days of first line, four of them five days of second line; nobody has both on one day, and E has first line."""
    both = {"unit": "u1", "tags": ["first", "second"]}
    rule = {"kind": "duty_officers", "per": "bidang", "count": 1}
    instance = build(
        [*({"id": id_, **both} for id_ in "ABCD"), {"id": "E", "unit": "u1", "tags": ["first"]}],
        rules=[
            {"id": "first", **rule, "eligible": {"tags": ["first"]}},
            {"id": "second", **rule, "eligible": {"tags": ["second"]}},
            {"id": "dua", "kind": "office_floor", "min": 2},
        ],
    )
    result = run(instance)
    duty = result.require().duty
    assert not (duty["own/first"] & duty["own/second"]).any()
    assert duty["own/first"].sum(axis=0).tolist() == duty["own/second"].sum(axis=0).tolist() == [1] * 5

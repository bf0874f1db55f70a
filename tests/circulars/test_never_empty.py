"""`never_empty` of the packaged circular: no unit stands empty, and somebody responsible is there, as far as the limit allows."""

from __future__ import annotations

from typing import Any

from giliran.domain.status import Status
from giliran.instance import Instance
from giliran.result import Result
from giliran.rules.base import STAFFED
from giliran.solving import SolveOptions, solve

UNITS = [
    {"id": "d", "name": "Dinas Contoh", "level": "opd"},
    {"id": "s", "name": "Sekretariat", "level": "sekretariat", "parent": "d"},
    {"id": "a", "name": "Bidang A", "level": "bidang", "parent": "d"},
    {"id": "b", "name": "Bidang B", "level": "bidang", "parent": "d"},
]


def person(id_: str, unit: str, rank: str = "pelaksana", **more: Any) -> dict[str, Any]:
    """Somebody of a unit."""
    return {"id": id_, "unit": unit, "rank": rank, "status": "pns", **more}


STAFF = [
    person("K", "d", "jpt_pratama"),
    *(person(f"S{k}", "s", "administrator" if k == 0 else "pelaksana") for k in range(3)),
    *(person(f"A{k}", "a") for k in range(2)),
    *(person(f"B{k}", "b") for k in range(2)),
]


def planned(staff: list[dict[str, Any]] = STAFF, **choose: Any) -> Result:
    """The plan of five days under the ordinary letter."""
    horizon = {"start": "2021-07-12", "end": "2021-07-16"}
    circular = {"name": "umum", "choose": choose}
    result = solve(Instance.build(horizon=horizon, units=UNITS, staff=staff, circulars=[circular]), SolveOptions(workers=1))
    assert result.status is Status.OPTIMAL
    return result


def days_empty(result: Result, *ids: str) -> int:
    """Days on which nobody of some people is in the office."""
    rows = [result.instance.facts.staff.index[id_] for id_ in ids]
    return int((~result.schedule.office[rows].any(axis=0)).sum())


def staffed(result: Result) -> int:
    """The value of the tier."""
    [tier] = [tier for tier in result.tiers if tier.name == STAFFED]
    return tier.value


def test_with_room_for_everybody_no_unit_stands_empty() -> None:
    """Half of eight are four seats for three units and a leader: everything is staffed on all five days."""
    result = planned(limit="50%")
    assert staffed(result) == 0
    assert [days_empty(result, f"{u}0", f"{u}1") for u in "AB"] == [0, 0]
    assert days_empty(result, "S0", "S1", "S2") == 0 and days_empty(result, "K", "S0") == 0


def test_the_limit_stands_where_it_leaves_no_room() -> None:
    """A quarter of eight are two seats: one of three units is empty on each of five days, never two, and the leader is there."""
    result = planned(limit="25%")
    assert staffed(result) == 5
    assert result.schedule.office.sum(axis=0).tolist() == [2] * 5
    assert days_empty(result, "K", "S0") == 0
    assert {finding.kind for finding in result.findings if finding.tier == STAFFED} == {"office_floor"}


def test_it_can_be_turned_off() -> None:
    """Without it nothing of the kind is asked for."""
    assert STAFFED not in [tier.name for tier in planned(limit="25%", never_empty="no").tiers]


def test_others_than_civil_servants_do_not_staff_a_unit() -> None:
    """A bidang of a civil servant and a contract worker: the civil servant is asked for."""
    staff = [*STAFF[:-1], person("B1", "b", status="kontrak")]
    assert days_empty(planned(staff, limit="50%"), "B0") == 0


def test_holders_of_a_mark_are_not_all_at_home() -> None:
    """The treasurer and the operator are never at home on the same day."""
    staff = [{**row, "tags": {"A0": "bendahara", "B0": "operator"}.get(row["id"], "")} for row in STAFF]
    assert days_empty(planned(staff, limit="50%"), "A0", "B0") == 0
    assert staffed(planned(staff, limit="50%", sole_marks=["arsiparis"])) == 0


def test_a_home_day_stays_a_home_day() -> None:
    """On the letter's own home day nobody is asked to come; the headline tells that the office is empty."""
    result = planned(limit="50%", home_day="fri")
    assert staffed(result) == 0 and not result.schedule.office[:, 4].any()
    assert [finding.said.text() for finding in result.findings if finding.kind == "empty_units"] == [
        "Dinas Contoh: nobody is in the office on Friday 16 July 2021"
    ]

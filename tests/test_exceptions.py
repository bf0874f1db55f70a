"""Exceptions of rules reach whom they mean, and nobody else: whole instances that once went wrong."""

from __future__ import annotations

from typing import Any

from giliran.domain.status import Status
from giliran.instance import Instance
from giliran.result import Result
from giliran.solving import SolveOptions, solve

TWO_DAYS = {"start": "2021-07-19", "end": "2021-07-20"}
EVERY_WEEKDAY = {"k": {"workdays": ["mon", "tue", "wed", "thu", "fri"], "holidays": "none"}}


def planned(**sections: Any) -> Result:
    """The best plan of an instance on Monday 19 and Tuesday 20 July 2021, without holidays."""
    instance = Instance.build({"title": "Uji", "horizon": TWO_DAYS, "calendars": EVERY_WEEKDAY, **sections})
    return solve(instance, SolveOptions(workers=1))


def unit(id_: str, level: str = "opd") -> dict[str, str]:
    """A unit on the calendar of these tests."""
    return {"id": id_, "level": level, "calendar": "k"}


def values(result: Result) -> dict[str, int | None]:
    """The value of every tier."""
    return {tier.name: tier.value for tier in result.tiers}


def test_duty_of_one_unit_does_not_lift_the_cap_of_another() -> None:
    """Two leaders fixed in a unit of two under 50 % are impossible, although officers of the other unit may exceed their cap."""
    result = planned(
        units=[unit("a"), unit("b")],
        staff=[{"id": id_, "unit": "a" if id_ in "AB" else "b"} for id_ in "ABCD"],
        rules=[
            {"id": "leaders", "kind": "fixed_days", "applies_to": {"ids": ["A", "B"]}, "place": "office"},
            {"id": "cap", "kind": "office_cap", "per": "opd", "share": "50%"},
            {"id": "piket", "kind": "duty_officers", "applies_to": {"units": ["b"]}, "per": "opd", "count": 1, "against_caps": "exceed"},
        ],
        goals=[{"id": "aim", "kind": "office_target", "aim": "most_office"}],
    )
    assert result.status is Status.INFEASIBLE
    assert [finding.rule for finding in result.findings if "forced 2" in finding.said.text("en")] == ["own/cap"]


def test_duty_of_another_time_does_not_lift_a_cap() -> None:
    """Two people fixed under a cap of one are impossible in July, although officers may exceed it in August."""
    result = planned(
        units=[unit("a")],
        staff=[{"id": id_, "unit": "a"} for id_ in "ABC"],
        rules=[
            {"id": "lead", "kind": "fixed_days", "applies_to": {"ids": ["A", "B"]}, "place": "office"},
            {"id": "cap", "kind": "office_cap", "max": 1},
            {"id": "d", "kind": "duty_officers", "count": 1, "against_caps": "exceed", "days": {"dates": ["2021-08-04"]}},
        ],
        goals=[{"id": "aim", "kind": "office_target", "aim": "most_office"}],
    )
    assert result.status is Status.INFEASIBLE
    assert any("at most 1 in the office" in finding.said.text("en") for finding in result.findings if finding.rule == "own/cap")


def test_exempt_officers_fill_the_office_under_a_relaxed_cap() -> None:
    """25 % of 4 and one exempt officer are two people a day, so four cells at home, whether or not the cap may be relaxed."""
    cap = {"id": "cap", "kind": "office_cap", "share": "25%", "exempt": ["own/duty"]}
    for more in ({}, {"relax_to": {"share": "50%"}}):
        result = planned(
            units=[unit("a")],
            staff=[{"id": f"P{k}", "unit": "a"} for k in range(4)],
            reasons={"own/cap": "antrean"},
            rules=[{"id": "duty", "kind": "duty_officers", "count": 1}, {**cap, **more}],
            goals=[{"id": "aim", "kind": "office_target", "aim": "most_office"}, {"id": "f", "kind": "fair_share"}],
        )
        assert result.status is Status.OPTIMAL
        assert values(result)["office_target"] == 4
        assert not values(result)["relaxations"]


def test_unit_on_leave_does_not_make_a_share_impossible() -> None:
    """Both people of one unit are on leave on Tuesday: nobody of theirs comes, which is noted, and the other unit keeps its half."""
    result = planned(
        units=[unit("d"), {"id": "d/1", "level": "seksi", "parent": "d"}, {"id": "d/2", "level": "seksi", "parent": "d"}],
        staff=[{"id": id_, "unit": "d/1" if id_ in "AB" else "d/2"} for id_ in "ABCDEF"],
        absences=[{"staff_id": id_, "from": "2021-07-20", "to": "2021-07-20", "reason": "cuti"} for id_ in "AB"],
        rules=[{"id": "half", "kind": "office_share", "per": "seksi", "share": "50%", "of": "assigned"}],
        goals=[{"id": "fair", "kind": "fair_share"}],
    )
    assert result.status is Status.OPTIMAL
    assert result.schedule.office.sum(axis=0).tolist() == [3, 2]
    assert [(f.amount, f.days) for f in result.findings if f.rule == "own/half"] == [(1, (1,))]


def test_teams_that_nobody_fits_are_impossible() -> None:
    """Three of four are fixed at home on the only day and the fourth is sick: no two teams of two, and no error of ours."""
    result = planned(
        units=[unit("d")],
        staff=[{"id": id_, "unit": "d"} for id_ in "ABCD"],
        horizon={"start": "2021-07-19", "end": "2021-07-19"},
        absences=[{"staff_id": "A", "from": "2021-07-19", "to": "2021-07-19", "reason": "sakit"}],
        rules=[
            {"id": "teams", "kind": "team_rotation", "teams": 2, "choose_teams": True, "anchor": "2021-07-19"},
            {"id": "home", "kind": "fixed_days", "place": "home"},
        ],
    )
    assert result.status is Status.INFEASIBLE
    [finding] = result.findings
    assert finding.people == (1, 2, 3)
    assert "no plan exists for 3 people (d)" in finding.said.text("en")

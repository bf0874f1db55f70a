"""Exceptions of rules reach whom they mean, and nobody else: whole instances that once went wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from giliran.audit import audit
from giliran.domain.place import Strength
from giliran.domain.schedule import schedule_of
from giliran.domain.status import Status
from giliran.errors import InputError
from giliran.instance import Instance
from giliran.result import Result
from giliran.solving import Engine, SolveOptions, solve

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
    [told] = [finding for finding in result.findings if finding.strength is Strength.MUST]
    assert told.rule == "own/cap"
    assert "2 must be in the office: 2 fixed by own/leaders (A and B)" in told.said.text("en")


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
    assert finding.rule == "own/teams"
    assert "3 kept out by own/home" in finding.said.text("en")


def unruled(result: Result) -> tuple[str, ...]:
    """Ids of the people who are under no rule."""
    facts = result.instance.facts
    people = {e for finding in result.instance.notes if finding.rule == "facts/unruled" for e in finding.people}
    return tuple(facts.staff.ids[e] for e in sorted(people))


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "separation", "not_all": "office", "sets": [["A", "B"]]},
        {"kind": "separation", "not_all": "office", "sets": [["A", "B"]], "applies_to": {"ids": ["A", "B"]}},
        {"kind": "separation", "not_all": "office", "applies_to": {"ids": ["A", "B"]}},
        {"kind": "separation", "cohorts": [{"ids": ["A"]}, {"ids": ["B"]}]},
        {"kind": "meeting"},
        {"kind": "office_floor", "min": 1, "eligible": {"ids": ["A", "B"]}},
        {"kind": "duty_officers", "count": 1, "eligible": {"ids": ["A", "B"]}},
    ],
    ids=str,
)
def test_kinds_with_lists_of_people_reach_those_alone(rule: dict[str, Any]) -> None:
    """C and D, who are in no list, are under no rule, and so in the office as usual, with `applies_to` and without."""
    result = planned(
        units=[unit("u", "bidang")],
        staff=[{"id": id_, "unit": "u"} for id_ in "ABCD"],
        meetings=[{"id": "m", "date": "2021-07-19", "required": ["A", "B"]}],
        rules=[{"id": "pair", **rule}],
    )
    assert unruled(result) == ("C", "D")
    assert result.schedule.office[2:].all()


@pytest.mark.parametrize("absences", [[], [{"staff_id": "P1", "from": "2021-07-19", "to": "2021-07-19", "reason": "sakit"}]])
def test_sick_day_does_not_change_whom_the_rules_mean(absences: list[dict[str, str]]) -> None:
    """P1 is wanted at home on Monday, sick or not, so P1 is under a rule, and stays at home on Tuesday too."""
    result = planned(
        units=[unit("a")],
        staff=[{"id": "P1", "unit": "a"}, {"id": "P4", "unit": "a", "rank": "pengawas"}],
        absences=absences,
        rules=[{"id": "r1", "kind": "office_cap", "applies_to": {"ranks": ["pengawas"]}, "max": 1}],
        goals=[{"id": "aim", "kind": "office_target", "aim": "most_home", "days": {"dates": ["2021-07-19"]}}],
    )
    assert unruled(result) == ()
    assert not result.schedule.office[0].any()


def test_opposite_aims_for_somebody_who_is_away() -> None:
    """Two goals that want opposite places for A on Monday are refused whether A is sick then or not."""
    goals = [
        {"id": "in", "kind": "office_target", "aim": "most_office"},
        {"id": "out", "kind": "office_target", "aim": "most_home", "applies_to": {"ids": ["A"]}},
    ]
    absences = [{"staff_id": "A", "from": "2021-07-19", "to": "2021-07-20", "reason": "sakit"}]
    with pytest.raises(InputError, match="own/out wants A at home"):
        planned(units=[unit("a")], staff=[{"id": "A", "unit": "a"}, {"id": "B", "unit": "a"}], absences=absences, goals=goals)


def test_meeting_is_not_on_a_day_of_the_absent() -> None:
    """H, who joins by video, is on sick leave on Monday: the meeting of A and H is on Tuesday, and a plan with it on Monday is refused."""
    result = planned(
        units=[unit("a", "bidang")],
        staff=[{"id": "A", "unit": "a"}, {"id": "H", "unit": "a", "home_only": True}],
        absences=[{"staff_id": "H", "from": "2021-07-19", "to": "2021-07-19", "reason": "sakit"}],
        meetings=[{"id": "rapat", "required": ["A", "H"], "choose_from": ["2021-07-19", "2021-07-20"]}],
        goals=[{"id": "g", "kind": "office_target", "aim": "most_home"}],
    )
    assert result.status is Status.OPTIMAL
    assert result.schedule.office.tolist() == [[False, True], [False, False]]
    monday = schedule_of(result.instance.facts, np.array([[True, False], [False, False]]))
    assert [finding.days for finding in audit(result.instance, monday).broken] == [(1,)]


@pytest.mark.parametrize("repeat", [{}, {"repeat": "week"}])
@pytest.mark.parametrize("absent", ["A", "B"])
def test_single_day_to_choose_from(repeat: dict[str, str], absent: str) -> None:
    """On a single day to choose from whoever is there comes and who is away is told, whether the meeting repeats or not."""
    result = planned(
        units=[unit("a", "bidang")],
        staff=[{"id": "A", "unit": "a"}, {"id": "B", "unit": "a"}],
        absences=[{"staff_id": absent, "from": "2021-07-19", "to": "2021-07-19", "reason": "sakit"}],
        meetings=[{"id": "rapat", "required": ["A", "B"], "choose_from": ["2021-07-19"], **repeat}],
        goals=[{"id": "g", "kind": "office_target", "aim": "most_home"}],
    )
    assert result.schedule.office.sum(axis=0).tolist() == [1, 0]
    assert ("AB".index(absent),) in [finding.people for finding in result.findings]


@pytest.mark.parametrize("absences", [[], [{"staff_id": "S", "from": "2021-07-19", "to": "2021-07-20", "reason": "sakit"}]])
@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "office_floor", "min": 1, "eligible": {"ids": ["S"]}},
        {"kind": "duty_officers", "count": 1, "eligible": {"ids": ["S"]}},
        {"kind": "office_floor", "min": 1},
    ],
    ids=str,
)
def test_sick_leave_does_not_turn_a_file_into_bad_input(rule: dict[str, Any], absences: list[dict[str, str]]) -> None:
    """A unit of which one person is asked to come has its answer about the office, whether that person is sick throughout or not."""
    result = planned(
        units=[unit("u", "bidang")],
        staff=[{"id": id_, "unit": "u"} for id_ in "SAB"],
        absences=absences,
        rules=[{"id": "cap", "kind": "office_cap", "max": 2}, {"id": "one", **rule}],
        goals=[{"id": "fair", "kind": "fair_share"}],
    )
    assert result.status is Status.OPTIMAL


def test_one_exempt_officer_for_two_fixed_people_of_two_groups() -> None:
    """A and B are fixed in the office under two limits of nobody, and one officer in all is not counted: impossible, by every method."""
    staff = [{"id": "A", "unit": "o", "function": "service"}, {"id": "B", "unit": "p", "function": "service"}, {"id": "C", "unit": "o"}]
    units = [{"id": "o", "name": "O", "level": "opd"}, {"id": "p", "name": "P", "level": "opd"}]
    rules = [
        {"id": "piket", "kind": "duty_officers", "count": 1},
        {"id": "cap", "kind": "office_cap", "per": "opd", "share": "0%", "exempt": ["own/piket"]},
        {"id": "full", "kind": "full_service", "mode": "require", "applies_to": {"functions": ["service"]}},
    ]
    instance = Instance.build(horizon={"start": "2021-07-15", "end": "2021-07-15"}, units=units, staff=staff, rules=rules)
    for options in (SolveOptions(workers=1), SolveOptions(workers=1, split=False), SolveOptions(workers=1, engine=Engine.CPSAT)):
        assert solve(instance, options).status is Status.INFEASIBLE

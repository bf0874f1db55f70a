"""What a plan chooses besides places, as fields of results and audits."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

from giliran import Instance, Result, SolveOptions, check, export, read_schedule, solve
from giliran.chosen import Chosen, DutyNames, MeetingDays, Team
from giliran.domain.schedule import Schedule, schedule_of
from giliran.files.schema import schema

MONDAY = dt.date(2021, 7, 12)


def office(staff: Sequence[dict[str, Any]], days: int = 3, **sections: Any) -> Instance:
    """Two units under one, from Monday 12 July 2021."""
    return Instance.build(
        horizon={"start": str(MONDAY), "end": str(MONDAY + dt.timedelta(days=days - 1))},
        calendars={"office": {"workdays": ["mon", "tue", "wed", "thu", "fri"], "holidays": "none"}},
        units=[
            {"id": "o", "level": "office"},
            {"id": "u", "level": "bidang", "parent": "o"},
            {"id": "v", "level": "bidang", "parent": "o"},
        ],
        staff=list(staff),
        **sections,
    )


def team_of_four(**sections: Any) -> Instance:
    """Four people of one unit."""
    return office([{"id": id_, "unit": "u"} for id_ in "ABCD"], **sections)


def placed(instance: Instance, rows: str, named: dict[str, str] | None = None) -> Schedule:
    """A schedule from bit strings of places, and of names for duty by rule."""
    duty = {rule: _bits(text) for rule, text in (named or {}).items()}
    return Schedule(schedule_of(instance.facts, _bits(rows)).place, duty)


def _bits(rows: str) -> np.ndarray:
    return np.array([[letter == "1" for letter in row] for row in rows.split()])


MEETINGS = [
    {"id": "apbd", "name": "Rapat APBD", "choose_from": [str(MONDAY), "2021-07-13", "2021-07-14"], "required": ["A", "B"]},
    {"id": "apel", "name": "Apel", "date": "2021-07-13", "required": ["C"]},
]


@pytest.mark.parametrize(("rows", "day"), [("001 001 010 000", 2), ("111 011 010 000", 1), ("100 010 010 000", 0)])
def test_days_of_meetings(rows: str, day: int) -> None:
    """An open meeting is on the first day with the fewest missing, one with a date on its own."""
    instance = team_of_four(meetings=MEETINGS)
    assert check(instance, placed(instance, rows)).chosen.meetings == (
        MeetingDays("apbd", "Rapat APBD", (MONDAY + dt.timedelta(days=day),), True),
        MeetingDays("apel", "Apel", (dt.date(2021, 7, 13),), False),
    )


def test_days_of_a_weekly_meeting() -> None:
    """A meeting of every week has a day in each week."""
    weekly = [{"id": "m", "choose_from": [{"from": "2021-07-12", "to": "2021-07-23"}], "required": ["A"], "repeat": "week"}]
    instance = team_of_four(days=12, meetings=weekly)
    rows = "010000000010 000000000000 000000000000 000000000000"
    assert check(instance, placed(instance, rows)).chosen.meetings[0].dates == (dt.date(2021, 7, 13), dt.date(2021, 7, 22))


def test_a_meeting_without_a_day() -> None:
    """While somebody required has no place, an open meeting has no day."""
    instance = team_of_four(meetings=MEETINGS)
    plan = placed(instance, "001 001 010 000")
    place = plan.place.copy()
    place[0, 2] = 0
    assert check(instance, Schedule(place)).chosen.meetings[0].dates == ()


def test_whoever_is_named_stands_for_a_unit() -> None:
    """A may stand for both units, B for u alone: A is named for v, where nobody else could be, and B for u."""
    staff = [{"id": "A", "unit": "u", "also": "v"}, {"id": "B", "unit": "u"}, {"id": "C", "unit": "v"}]
    rules = [{"id": "piket", "kind": "duty_officers", "per": "bidang", "count": 1}]
    instance = office(staff, days=2, rules=rules)
    found = check(instance, placed(instance, "10 10 01", {"own/piket": "10 10 01"})).chosen.duty
    assert found == (DutyNames("own/piket", "u", MONDAY, ("B",)), DutyNames("own/piket", "v", MONDAY, ("A",))) + (
        DutyNames("own/piket", "v", dt.date(2021, 7, 13), ("C",)),
    )


def test_an_audit_that_has_travelled_still_tells_what_is_chosen() -> None:
    """What is looked up when asked for is the same on the other side of a pickle."""
    rules = [{"id": "piket", "kind": "duty_officers", "per": "bidang", "count": 1}]
    instance = office([{"id": "A", "unit": "u"}], days=2, rules=rules)
    found = check(instance, placed(instance, "10", {"own/piket": "10"}))
    assert pickle.loads(pickle.dumps(found)).chosen.duty == (DutyNames("own/piket", "u", MONDAY, ("A",)),)


def test_strangers_stand_for_no_unit() -> None:
    """Whoever is named and cannot be an officer that day is told without a unit, as everybody named for the whole selection."""
    rules = [
        {"id": "piket", "kind": "duty_officers", "per": "bidang", "count": 1, "eligible": {"ids": ["A"]}},
        {"id": "jaga", "kind": "duty_officers", "count": 1},
    ]
    instance = team_of_four(days=1, rules=rules)
    found = check(instance, placed(instance, "1 1 0 0", {"own/jaga": "1 0 0 0", "own/piket": "1 1 0 0"})).chosen.duty
    assert [(names.rule, names.unit, names.people) for names in found] == [
        ("own/jaga", None, ("A",)),
        ("own/piket", None, ("B",)),
        ("own/piket", "u", ("A",)),
    ]


@pytest.fixture(scope="module")
def solved() -> Result:
    """A plan with a meeting to choose, two teams and a duty."""
    rules = [
        {"id": "teams", "kind": "team_rotation", "teams": 2, "choose_teams": True, "turn": "day", "anchor": str(MONDAY), "per": "bidang"},
        {"id": "piket", "kind": "duty_officers", "per": "bidang", "count": 1},
    ]
    return solve(team_of_four(days=2, rules=rules), SolveOptions(workers=1))


def test_teams_of_a_plan(solved: Result) -> None:
    """Teams have the people that the schedule puts into them, everybody once."""
    [rule] = solved.schedule.team
    team = solved.schedule.team[rule].tolist()
    assert solved.teams == tuple(
        Team(rule, number, tuple(id_ for id_, mine in zip("ABCD", team, strict=True) if mine == number)) for number in (1, 2)
    )
    assert sorted(id_ for team in solved.teams for id_ in team.people) == [*"ABCD"]


def test_a_chosen_day_in_a_result() -> None:
    """The day in a result is one on which everybody required is in the office."""
    goals = [{"kind": "office_target", "aim": "most_home"}]
    result = solve(team_of_four(meetings=MEETINGS, goals=goals), SolveOptions(workers=1))
    [day] = [result.instance.facts.dates.index(date) for date in result.meetings[0].dates]
    assert result.schedule.office[:2, day].all() and not np.delete(result.schedule.office[:2], day, axis=1).any()


def test_read_back(solved: Result, tmp_path: Path) -> None:
    """A plan that was written, as JSON or CSV, and read again chooses the same."""
    for name in ("plan.json", "plan.csv"):
        export(solved, tmp_path / name)
        again = read_schedule(tmp_path / name, solved.instance)
        assert check(solved.instance, again).chosen == solved.chosen == Chosen((), solved.teams, solved.duty)


def test_in_json(solved: Result) -> None:
    """The file of a result says them under keys of their own, as its schema has them."""
    data = json.loads(solved.to_json())
    jsonschema.validate(data, schema("result"))
    assert data["meetings"] == []
    assert data["teams"] == [{"rule": "own/teams", "number": team.number, "people": [*team.people]} for team in solved.teams]
    assert [(row["rule"], row["unit"], row["date"]) for row in data["duty"]] == [
        ("own/piket", "u", "2021-07-12"),
        ("own/piket", "u", "2021-07-13"),
    ]
    named = {(row["date"], id_) for row in data["duty"] for id_ in row["people"]}
    assert named == {(row["date"], row["staff_id"]) for row in data["assignments"] if row["duty"]}

"""What the solver chooses freely, a meeting's day, teams and cohorts, against trying every schedule and every choice."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giliran.audit import audit
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.domain.status import Status
from giliran.files.schedules import read_schedule
from giliran.instance import Instance
from giliran.records.assignments import schedule_csv
from giliran.solving import SolveOptions, solve
from tests.test_brute_force import TOLERANT, compare
from tests.tiny import DAYS, instances

MEETING = {"id": "m", "name": "Rapat", "choose_from": list(DAYS)}
TEAMS = {"id": "teams", "kind": "team_rotation", "teams": 2, "choose_teams": True, "anchor": "2021-07-12"}


@st.composite
def choosing(draw: st.DrawFn) -> dict[str, Any]:
    """A random tiny instance in which something is chosen freely."""
    sections = draw(instances())
    ids = [person["id"] for person in sections["staff"]]
    last = sections["horizon"]["end"]
    sections["meetings"] = [
        {"id": f"m{k}", "choose_from": [day for day in DAYS if day <= last], "required": required, "repeat": repeat, "same_weekday": same}
        for k, (required, repeat, same) in enumerate(
            draw(
                st.lists(
                    st.tuples(st.lists(st.sampled_from(ids), min_size=1, unique=True), st.sampled_from([None, "week"]), st.booleans()),
                    max_size=2,
                )
            )
        )
    ]
    chosen = [
        st.builds(
            lambda turn, per: {**TEAMS, "turn": turn, "per": per}, st.sampled_from(["day", "week"]), st.sampled_from(["whole", "leaf"])
        ),
        st.builds(
            lambda cut, strength: {
                "id": "apart",
                "kind": "separation",
                "cohorts": [{"ids": ids[:cut]}, {"ids": ids[cut:]}],
                "strength": strength,
            },
            st.integers(1, len(ids) - 1),
            st.sampled_from(["must", "should"]),
        ),
    ]
    sections["rules"] = [*sections["rules"][:2], *draw(st.lists(st.one_of(*chosen), max_size=2, unique_by=lambda rule: rule["id"]))]
    if draw(st.booleans()):
        sections["rules"].append({"id": "meetings", "kind": "meeting", "strength": "should", "weight": 2})
    return sections


@pytest.mark.once
@settings(TOLERANT, max_examples=20)
@given(choosing())
def test_solve_equals_trying_everything(sections: dict[str, Any]) -> None:
    """Status and tier values of the solver are those of brute force, which tries every schedule and asks the audit."""
    compare(sections)


def instance(people: int, *, rules: list[dict[str, Any]] | None = None, files: Path | None = None, **sections: Any) -> Instance:
    """A week of a few people in one unit, for whom most office days are wanted."""
    goals = [
        {"id": "aim", "kind": "office_target", "aim": "most_office"},
        {"id": "fair", "kind": "fair_share"},
        {"id": "wishes", "kind": "wishes"},
    ]
    data = {
        "horizon": {"start": "2021-07-12", "end": "2021-07-16"},
        "calendars": {"office": {"holidays": "none"}},
        "units": [{"id": "o", "name": "O", "level": "opd"}],
        "staff": [{"id": f"P{e}", "unit": "o"} for e in range(people)],
        "rules": rules or [],
        "goals": goals,
    }
    return Instance.build({**data, **sections}, files=files)


CAP = {"id": "cap", "kind": "office_cap", "per": "whole", "max": 2}


def test_the_day_of_a_meeting() -> None:
    """Three of four must meet under a cap of two that rises to three on Wednesday: the meeting is on Wednesday."""
    wide = {"id": "wide", "kind": "office_cap", "per": "whole", "max": 3, "days": {"weekdays": ["wed"]}}
    cap = {**CAP, "days": {"weekdays": ["mon", "tue", "thu", "fri"]}}
    meeting = {"id": "m", "name": "Rapat", "choose_from": [{"from": "2021-07-12", "to": "2021-07-16"}], "required": ["P0", "P1", "P3"]}
    result = solve(instance(4, rules=[cap, wide], meetings=[meeting]), SolveOptions(workers=1))
    assert result.status is Status.OPTIMAL
    assert result.schedule.office[:, 2].tolist() == [True, True, False, True]
    [note] = [finding for finding in result.findings if finding.kind == "meeting"]
    assert (note.strength, note.days) == (Strength.NOTE, (2,))
    assert note.said.text("id") == "Rapat diadakan pada Rabu 14 Juli 2021"


def test_a_meeting_on_its_only_day_where_others_cannot_be_planned() -> None:
    """Nothing can be planned for S and T; A or B may come: B, who is in three meetings, and A misses two, at 2 each."""
    people = [("A",), ("A", "S", "T"), ("B",), ("B", "S"), ("B", "S")]
    result = solve(
        Instance.build(
            horizon={"start": "2021-07-12", "end": "2021-07-12"},
            staff=[{"id": "S", "function": "service"}, {"id": "T", "function": "service"}, {"id": "A"}, {"id": "B"}],
            rules=[
                {"id": "service", "kind": "full_service", "mode": "require", "applies_to": {"functions": "service"}},
                {"id": "apart", "kind": "separation", "cohorts": [{"ids": ["S"]}, {"ids": ["T"]}], "strength": "must"},
                {"id": "cap", "kind": "office_cap", "max": 1, "per": "whole", "applies_to": [{"ids": ["A", "B"]}]},
                {"id": "meet", "kind": "meeting", "strength": "should", "weight": 2},
            ],
            goals=[{"id": "aim", "kind": "office_target", "aim": "most_home"}],
            meetings=[{"id": f"m{k}", "choose_from": ["2021-07-12"], "required": [*some]} for k, some in enumerate(people)],
        ),
        SolveOptions(workers=1),
    )
    assert result.status is Status.INFEASIBLE
    assert result.schedule.office[:, 0].tolist() == [False, False, False, True]
    assert [tier.value for tier in result.tiers] == [4, 1]


def test_a_meeting_that_pins_make_impossible() -> None:
    """Pins that keep the two apart on both days: infeasible, said so, and nobody's plan is taken for one."""
    days = ["2021-07-12", "2021-07-13"]
    pins = [
        {"staff_id": f"P{e}", "date": day, "place": "office" if e == d else "home", "reason": "x"}
        for e in (0, 1)
        for d, day in enumerate(days)
    ]
    meeting = {"id": "m", "choose_from": days, "required": ["P0", "P1"]}
    result = solve(instance(3, rules=[CAP], meetings=[meeting], pins=pins), SolveOptions(workers=1))
    assert result.status is Status.INFEASIBLE
    assert [finding for finding in result.findings if finding.strength is Strength.MUST]
    assert (result.schedule.place[:2, :2] == Place.NONE).all()


def test_pins_that_fit_no_team() -> None:
    """Somebody pinned to the office on two days of different turns: infeasible, said so."""
    pins = [{"staff_id": "P0", "date": day, "place": "office", "reason": "x"} for day in ("2021-07-12", "2021-07-13")]
    result = solve(instance(4, rules=[{**TEAMS, "turn": "day"}], pins=pins), SolveOptions(workers=1))
    assert result.status is Status.INFEASIBLE
    assert [finding for finding in result.findings if finding.strength is Strength.MUST]


def test_two_cohorts_pinned_on_one_day() -> None:
    """Two people of different cohorts pinned to one day: infeasible, said so."""
    apart = {"id": "apart", "kind": "separation", "cohorts": [{"ids": ["P0"]}, {"ids": ["P1"]}]}
    pins = [{"staff_id": f"P{e}", "date": "2021-07-12", "place": "office", "reason": "x"} for e in (0, 1)]
    result = solve(instance(3, rules=[apart], pins=pins), SolveOptions(workers=1))
    assert result.status is Status.INFEASIBLE
    assert [finding for finding in result.findings if finding.strength is Strength.MUST]


@pytest.mark.parametrize("turn", ["day", "week"])
def test_teams_are_written_and_kept(turn: str, tmp_path: Any) -> None:
    """Chosen teams go into the schedule, are read again, audited clean, and kept next time though a wish speaks against it."""
    rule = {**TEAMS, "turn": turn}
    first = solve(instance(5, rules=[rule]), SolveOptions(workers=1))
    team = first.schedule.team["own/teams"]
    assert sorted(np.bincount(team, minlength=3).tolist()) == [0, 2, 3]
    path = tmp_path / "plan.csv"
    path.write_text(schedule_csv(first.instance.view, first.schedule), encoding="utf-8")
    found = read_schedule(path, first.instance)
    assert found.team["own/teams"].tolist() == team.tolist()
    assert not audit(first.instance, found).broken
    against = [{"staff_id": f"P{e}", "date": "2021-07-12", "place": "home" if team[e] == 1 else "office"} for e in range(5)]
    again = solve(instance(6, rules=[rule], wishes=against, published={"file": path.name}, files=tmp_path), SolveOptions(workers=1))
    kept = again.schedule.team["own/teams"].tolist()
    assert kept[:5] == team.tolist()
    assert sorted(np.bincount(kept, minlength=3).tolist()) == [0, 3, 3]


def test_teams_follow_wishes() -> None:
    """Of all teams of equal size the solver forms those that meet most wishes: tried against every team."""
    wishes = [{"staff_id": f"P{e}", "date": "2021-07-12", "place": "office"} for e in (1, 3)]
    built = instance(4, rules=[{**TEAMS, "turn": "day"}], wishes=wishes)
    result = solve(built, SolveOptions(workers=1))
    best = None
    for chosen in itertools.combinations(range(4), 2):
        office = np.array([[(e in chosen) == (d % 2 == 0) for d in range(5)] for e in range(4)])
        place = np.where(office, Place.OFFICE, Place.HOME).astype(np.int8)
        teams = np.array([1 if e in chosen else 2 for e in range(4)], dtype=np.int16)
        found = audit(built, Schedule(place, team={"own/teams": teams}))
        assert not found.broken
        values = tuple(found.tiers.values())
        best = values if best is None or values < best else best
    assert tuple(tier.value for tier in result.tiers) == best
    assert result.schedule.team["own/teams"].tolist() == [2, 1, 2, 1]


def test_cohorts_alternate() -> None:
    """Two cohorts of two share the week: most office days, nobody meets the other cohort."""
    apart = {"id": "apart", "kind": "separation", "cohorts": [{"ids": ["P0", "P1"]}, {"ids": ["P2", "P3"]}]}
    result = solve(instance(4, rules=[apart]), SolveOptions(workers=1))
    office = result.schedule.office
    assert result.status is Status.OPTIMAL
    assert not (office[:2].any(axis=0) & office[2:].any(axis=0)).any()
    assert sorted(office.sum(axis=1).tolist()) == [2, 2, 3, 3]


def test_a_soft_choice_among_unplanned_cells_costs_nothing() -> None:
    """Two people whom pins put into no team have no plan; a `should` about their cohorts then costs nothing, as in the audit."""
    pins = [{"staff_id": "P0", "date": day, "place": "office", "reason": "x"} for day in ("2021-07-12", "2021-07-13")]
    pins += [{"staff_id": "P1", "date": "2021-07-12", "place": "office", "reason": "x"}]
    apart = {"id": "apart", "kind": "separation", "cohorts": [{"ids": ["P0"]}, {"ids": ["P1", "P2"]}], "strength": "should"}
    result = solve(instance(3, rules=[{**TEAMS, "turn": "day"}, apart], pins=pins), SolveOptions(workers=1))
    assert result.status is Status.INFEASIBLE


@pytest.mark.parametrize("split", [True, False])
def test_fixed_cells_of_an_impossible_choice_have_no_plan(split: bool) -> None:
    """Two cohorts that duty calls in on one day clash, solved in parts or as one, though others could be planned."""
    duty = {"id": "duty", "kind": "office_floor", "min": 1, "per": "whole", "days": {"weekdays": ["mon"]}}
    rules = [{**duty, "id": f"duty{e}", "applies_to": {"ids": [f"P{e}"]}} for e in (0, 1)]
    apart = {"id": "apart", "kind": "separation", "cohorts": [{"ids": ["P0"]}, {"ids": ["P1", "P2"]}]}
    absent = [{"staff_id": "P2", "from": "2021-07-12", "to": "2021-07-12", "reason": "cuti"}]
    result = solve(instance(3, rules=[*rules, apart], absences=absent), SolveOptions(workers=1, split=split))
    assert result.status is Status.INFEASIBLE
    assert (result.schedule.place[:2, 0] == Place.NONE).all()

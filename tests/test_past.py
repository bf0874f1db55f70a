"""The past: what is frozen stays, and no rule is broken by what nobody can change any more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giliran.audit import audit, findings_of
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule, schedule_of
from giliran.domain.status import Status
from giliran.instance import Instance
from giliran.preparing import compile_program
from giliran.program import FREE
from giliran.solving import SolveOptions, solve
from tests.builders import make_facts, make_schedule, make_view
from tests.numbers import few_or_many
from tests.rules.contract import assert_contract
from tests.test_brute_force import TOLERANT, built
from tests.tiny import DAYS, best_by_trying, instances

MORE_RULES: tuple[list[dict[str, Any]], ...] = (
    [],
    [{"id": "d", "kind": "duty_officers", "per": "opd", "count": 1}, {"id": "e", "kind": "office_cap", "max": 0, "exempt": ["d"]}],
    [{"id": "d", "kind": "duty_officers", "count": 1}, {"id": "e", "kind": "office_cap", "per": "leaf", "max": 0, "exempt": ["d"]}],
    [{"id": "apart", "kind": "separation", "cohorts": [{"functions": "admin"}, {"functions": "service"}]}],
    [{"id": "runs", "kind": "consecutive", "place": "office", "min": 2}],
    [{"id": "home", "kind": "fixed_days", "place": "home", "days": {"weekdays": ["fri"]}}],
    [{"id": "teams", "kind": "team_rotation", "teams": ["red", "blue"], "turn": "day", "anchor": "2021-07-15"}],
)
"""What random instances lack: columns beside cells, patterns that end after the frozen days, fixed cells of everybody."""


@st.composite
def announced(draw: st.DrawFn, whole: bool = False) -> dict[str, Any]:
    """A random instance with a published plan, some of it frozen; with `whole` everything is published and frozen."""
    sections = draw(instances())
    days = [day for day in DAYS if day <= sections["horizon"]["end"]]
    places = ["office", "home"] if whole else ["office", "home", "home", "office", "absent", None]
    rows = [
        {"staff_id": person["id"], "date": day, "place": place}
        for person in sections["staff"]
        for day in days
        if (place := draw(st.sampled_from(places))) is not None
    ]
    for person in sections["staff"]:
        person["team"] = draw(st.sampled_from(["red", "blue"]))
    frozen_to = days[-1] if whole else draw(st.sampled_from(days))
    pins = [] if whole else draw(st.lists(st.sampled_from(sections["staff"]), max_size=1))
    return sections | {
        "published": {"rows": rows, "frozen_to": frozen_to, "refill": draw(st.booleans())},
        "pins": [{"staff_id": person["id"], "date": days[0], "place": "office"} for person in pins],
        "rules": [*sections["rules"], *draw(st.sampled_from(MORE_RULES))],
        "goals": [*sections["goals"], {"id": "keep", "kind": "stability"}],
    }


@pytest.mark.once
@few_or_many(20, 60)
def test_contract(examples: int) -> None:
    """Compile and audit agree about the past on every schedule, and on what is fixed there."""

    @settings(TOLERANT, max_examples=examples)
    @given(announced())
    def agree(sections: dict[str, Any]) -> None:
        view = built(sections).view
        assert_contract(view)
        fixed = (compile_program(built(sections)).fixed != FREE).reshape(view.facts.shape)
        assert np.array_equal(view.settled, fixed & view.facts.frozen_days)

    agree()


@pytest.mark.once
@few_or_many(15, 40)
def test_solve_equals_trying_everything(examples: int) -> None:
    """With frozen days too the solver's tiers are those of brute force."""

    @settings(TOLERANT, max_examples=examples)
    @given(announced())
    def equal(sections: dict[str, Any]) -> None:
        instance = built(sections)
        best, result = best_by_trying(instance), solve(instance, SolveOptions(workers=1))
        assert result.status is (Status.INFEASIBLE if best is None else Status.OPTIMAL)
        if best is not None:
            assert tuple(tier.value for tier in result.tiers) == best

    equal()


@pytest.mark.once
@few_or_many(15, 40)
def test_the_past_is_never_impossible(examples: int) -> None:
    """Whatever rules and absences there are, a plan that is frozen to its last day stands as it was published."""

    @settings(TOLERANT, max_examples=examples)
    @given(announced(whole=True))
    def stands(sections: dict[str, Any]) -> None:
        instance = built(sections)
        result = solve(instance, SolveOptions(workers=1))
        assert result.status is Status.OPTIMAL
        kept = instance.facts.present & ~instance.facts.home_only
        assert np.array_equal(result.schedule.place[kept], instance.facts.published[kept])

    stands()


SICK = {"published": {"A": "100", "B": "010", "C": "001"}, "frozen_days": [0, 1], "days": 3, "absent": {"B": [1]}}
DUTY = {"kind": "duty_officers", "count": 1}


def test_an_absence_on_a_frozen_day_is_a_note() -> None:
    """B was to come on Tuesday and fell ill; the others stay at home, and the missing officer is told, not mended."""
    facts = make_facts("ABC", **SICK)
    instance = Instance(facts, *_statements(facts, [DUTY]))
    result = solve(instance, SolveOptions(workers=1))
    assert result.status is Status.OPTIMAL
    assert not (result.schedule.place == Place.NONE)[facts.has_cell].any()
    [note] = [finding for finding in result.findings if finding.rule == "facts/frozen"]
    assert (note.strength, note.amount, note.days) == (Strength.NOTE, 1, (1,))
    assert note.said.text("en").startswith(
        "frozen, so it stays although own/0 does not allow it: everybody concerned, Tuesday 13 July 2021"
    )
    assert "sudah dibekukan, jadi tetap meskipun tidak sesuai dengan own/0" in note.said.text("id")


def test_somebody_who_can_still_come_does() -> None:
    """C has no published place on the frozen Tuesday: the rule holds, and C is called."""
    facts = make_facts("ABC", **{**SICK, "published": {"A": "100", "B": "010", "C": "0?1"}})
    result = solve(Instance(facts, *_statements(facts, [DUTY])), SolveOptions(workers=1))
    assert result.schedule.place[2, 1] == Place.OFFICE
    assert not [finding for finding in result.findings if finding.rule == "facts/frozen"]


def test_published_places_stand_against_fixed_days_and_pins() -> None:
    """A is fixed in the office and B pinned there, both were published at home on the frozen day: the place stands, each is a note."""
    facts = make_facts("AB", days=2, published={"A": "00", "B": "00"}, frozen_days=[0], pins={("B", 0): "office"})
    rules = [{"kind": "fixed_days", "place": "office", "applies_to": {"ids": ["A"]}}, {"kind": "office_cap", "max": 2}]
    result = solve(Instance(facts, *_statements(facts, rules)), SolveOptions(workers=1))
    assert result.status is Status.OPTIMAL
    assert (result.schedule.place[:, 0] == Place.HOME).all()
    assert result.schedule.place[0, 1] == Place.OFFICE
    notes = [finding.said.text() for finding in result.findings if finding.rule == "facts/frozen"]
    assert ["own/0" in notes[0], "what is known today" in notes[1]] == [True, True]


def test_a_frozen_place_that_was_changed_is_broken() -> None:
    """A checked schedule that moves somebody on a frozen day is wrong, whatever rules it keeps by that."""
    facts = make_facts("ABC", **SICK)
    instance = Instance(facts, *_statements(facts, [DUTY]))
    office = np.array([[1, 1, 0], [0, 0, 0], [0, 0, 1]], dtype=bool)
    broken = audit(instance, schedule_of(facts, office)).broken
    assert [(finding.rule, finding.people, finding.days) for finding in broken] == [("facts/frozen", (0,), (1,))]


def test_the_published_plan_itself_is_no_offence() -> None:
    """The plan as it was published has B in the office on the day of the illness: a note; on an open day the same is wrong."""
    facts = make_facts("ABC", days=3, published={"A": "100", "B": "011", "C": "001"}, frozen_days=[0, 1], absent={"B": [1, 2]})
    instance = Instance(facts, *_statements(facts, [DUTY]))
    found = audit(instance, Schedule(facts.published))
    assert [(finding.rule, finding.days) for finding in found.broken] == [("facts/absences", (2,))]
    assert [finding.days for finding in found.findings if finding.rule == "facts/frozen"] == [(1,), (1,)]


def test_a_week_that_goes_on_after_the_frozen_days_must_still_hold() -> None:
    """Frozen at home on Monday, A still has Tuesday for the one day that the week asks for."""
    facts = make_facts("A", days=2, published={"A": "00"}, frozen_days=[0])
    result = solve(
        Instance(facts, *_statements(facts, [{"kind": "days_per_person", "least": 1, "window": "horizon"}])), SolveOptions(workers=1)
    )
    assert result.schedule.place[0, 1] == Place.OFFICE


@pytest.mark.parametrize(
    ("quota", "plan", "absent", "told"),
    [
        # 40 % of five days are 2; with Tuesday lost 40 % of four are 1, and Monday and Wednesday are 2 already.
        ({"most": "40%"}, "10100", {"A": [1]}, "2, 1 too many already"),
        # Three days are asked for; at home to Wednesday and away on Friday, only Thursday is left.
        ({"least": 3}, "0001?", {"A": [4]}, "wanted 3, possible 1"),
    ],
)
def test_a_week_that_frozen_days_have_used_up(quota: dict[str, Any], plan: str, absent: dict[str, list[int]], told: str) -> None:
    """Days that are frozen are behind everybody: what is left of the quota is asked for, and the rest is told."""
    facts = make_facts("A", published={"A": plan}, frozen_days=[0, 1, 2], absent=absent)
    rule = {"kind": "days_per_person", "window": "horizon", **quota}
    result = solve(Instance(facts, *_statements(facts, [rule])), SolveOptions(workers=1))
    assert result.status is Status.OPTIMAL
    assert (result.schedule.place[0, 3] == Place.OFFICE) == ("least" in quota)
    [note] = [finding.said.text() for finding in result.findings if finding.rule == "own/0"]
    assert told in note


def test_a_run_is_past_only_where_every_stretch_of_it_is() -> None:
    """C may only work at home; Tuesday and Wednesday were not published, so two days in a row at home are no matter of the past."""
    facts = make_facts("C", days=3, published={"C": "0??"}, frozen_days=[0, 1, 2], home_only=["C"])
    frozen = replace(facts, frozen_dates=facts.dates)
    view = make_view(frozen, [{"kind": "consecutive", "place": "home", "max": 1}])
    assert assert_contract(view) == 0


def test_an_overfull_frozen_day_uses_no_relaxation() -> None:
    """A fell ill: on Monday both limits of two people are 1, two are there, and that is past; on Tuesday the second limit is 2 of three."""
    facts = make_facts("ABC", days=2, published={"A": "00", "B": "1?", "C": "1?"}, frozen_days=[0], absent={"A": [0]})
    relaxed = {"share": "67%", "reason": "optional"}
    view = make_view(facts, [{"kind": "office_cap", "share": "34%", "of": "present", "relax_to": relaxed}])
    assert assert_contract(view) == 7


def test_a_day_that_is_left_on_a_frozen_day_counts() -> None:
    """Frozen on Monday, A has no published place on the frozen Tuesday and is pinned at home there: two days cannot be reached."""
    facts = make_facts("A", days=2, published={"A": "1a"}, frozen_days=[0, 1], pins={("A", 1): "home"})
    view = make_view(facts, [{"kind": "days_per_person", "least": 2, "window": "horizon"}])
    assert assert_contract(view) == 0


@pytest.mark.parametrize("absent", [{}, {"A": [1]}])
def test_a_short_run_that_ends_after_the_frozen_day_must_still_hold(absent: dict[str, list[int]]) -> None:
    """Home, office on the frozen days: a run of at least two goes on, unless an absence cuts it off."""
    facts = make_facts("A", days=3, published={"A": "01?"}, frozen_days=[0, 1], absent=absent)
    view = make_view(facts, [{"kind": "consecutive", "place": "office", "min": 2}])
    assert assert_contract(view) == (2 if absent else 1)


def _statements(facts: Any, rules: list[dict[str, Any]]) -> tuple[Any, Any, Any]:
    view = make_view(facts, rules, [{"kind": "office_target", "aim": "most_home"}])
    return view.rules, view.goals, view.tiers


def test_somebody_frozen_at_home_helps_no_unit_of_several() -> None:
    """A, of two duty units, is frozen at home: the unit that only A could serve is short, B serves the other, nothing is impossible."""
    units = [{"id": "o", "name": "Dinas", "level": "opd"}, {"id": "b", "name": "Bidang", "level": "bidang"}]
    staff = [{"id": "A", "unit": "o", "also": "b"}, {"id": "B", "unit": "b"}]
    day = {"start": "2021-08-02", "end": "2021-08-02"}
    frozen = {"rows": [{"staff_id": "A", "date": "2021-08-02", "place": "home"}], "frozen_to": "2021-08-02"}
    rules = [{"id": "piket", "kind": "duty_officers", "per": ["bidang", "opd"]}]
    result = solve(Instance.build(horizon=day, units=units, staff=staff, rules=rules, published=frozen), SolveOptions(workers=1))
    assert result.status is Status.OPTIMAL and result.schedule.office[:, 0].tolist() == [False, True]
    assert not audit(result.instance, result.schedule).broken


def test_somebody_frozen_at_home_cannot_come_to_a_meeting() -> None:
    """Of two people required on a frozen day the one frozen at home is told to be missing, the other still comes."""
    day = {"start": "2021-07-15", "end": "2021-07-15"}
    frozen = {"rows": [{"staff_id": "B", "date": "2021-07-15", "place": "home"}], "frozen_to": "2021-07-15"}
    meeting = {"id": "rapat", "required": ["A", "B"], "choose_from": ["2021-07-15"]}
    staff = [{"id": "A", "unit": "u"}, {"id": "B", "unit": "u"}]
    result = solve(Instance.build(horizon=day, staff=staff, meetings=[meeting], published=frozen), SolveOptions(workers=1))
    assert result.status is Status.OPTIMAL and result.schedule.office[:, 0].tolist() == [True, False]
    assert any("although required: B" in finding.said.text() for finding in result.findings)


def test_whoever_is_frozen_above_a_cap_takes_no_seat_that_another_group_needs() -> None:
    """One officer is not counted. A is in the office on a frozen day, though nobody of U may be: a note; so B of V is the one."""
    people, units = [{"id": "A", "unit": "u"}, {"id": "B", "unit": "v"}], [{"id": "u"}, {"id": "v"}]
    facts = make_facts(people, units=units, days=1, published={"A": "1", "B": "?"}, frozen_days=[0])
    rules = [{"kind": "duty_officers", "count": 1}, {"kind": "office_cap", "per": "leaf", "max": 0, "exempt": ["own/0"]}]
    view = make_view(facts, rules)
    assert assert_contract(view) == 2
    found = [(finding.strength, finding.days) for finding in findings_of(view.by_id["own/1"], view, make_schedule(facts, "1 1"))]
    assert found == [(Strength.NOTE, (0,))]


TEAMS = {"kind": "team_rotation", "teams": 2, "choose_teams": True, "turn": "day", "anchor": "2021-07-12"}


def _in_the_office(*cells: str) -> dict[str, Any]:
    """A published plan, frozen to its last day, from a letter and the day of the month each."""
    rows = [{"staff_id": cell[0], "date": f"2021-07-{cell[1:]}", "place": "office"} for cell in cells]
    return {"rows": rows, "frozen_to": max(row["date"] for row in rows)}


CONTRADICTED: dict[str, dict[str, Any]] = {
    "a person's days": {
        "rules": [{"id": "few", "kind": "days_per_person", "strength": "should", "most": "50%"}, {**TEAMS, "turn": "week", "teams": 3}],
        "published": _in_the_office("A13", "B13"),
    },
    "a set that costs once": {
        "rules": [{"id": "pair", "kind": "together", "strength": "should", "cost": "set"}, TEAMS],
        "published": _in_the_office("A12", "A13", "B13"),
    },
    "events of everybody": {
        "rules": [
            {"kind": "frequency", "happens": "any", "window": "week", "strength": "should", "place": "home", "total": True, "most": 0},
            {"kind": "frequency", "each": "pair", "happens": "all", "window": "day", "most": 1},
            {"kind": "fixed_days", "place": "home"},
            {**TEAMS, "applies_to": {"ids": ["A"]}},
        ],
    },
}
"""Who is where two teams would be: A and B on the days that are published, A always."""


@pytest.mark.parametrize("name", CONTRADICTED)
def test_a_plan_beside_days_that_cannot_be_is_counted(name: str) -> None:
    """Where settled days put somebody into both teams the plan of the others is given, and costs what the audit counts of it."""
    sections = CONTRADICTED[name]
    rules = [{"id": f"r{k}", **rule} for k, rule in enumerate(sections["rules"])]
    horizon = {"start": "2021-07-12", "end": "2021-07-14"}
    staff = [{"id": letter, "unit": "u"} for letter in "AB"]
    result = solve(Instance.build({"horizon": horizon, "staff": staff, **sections, "rules": rules}), SolveOptions(workers=1))
    assert result.status is Status.INFEASIBLE
    assert result.schedule.unplanned is not None and 0 < result.schedule.unplanned.sum() < result.schedule.place.size
    assert {tier.name: tier.value for tier in result.tiers} == dict(audit(result.instance, result.schedule).tiers)

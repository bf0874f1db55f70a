"""Rules, goals and circulars of an instance: ids, references, replacement, notes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from giliran.errors import InputError
from giliran.instance import Instance
from giliran.messages import Lang
from giliran.rules.base import Statement
from giliran.text import Table

DAYS = {"start": "2021-07-12", "end": "2021-07-16"}
UNITS = [{"id": "a", "level": "opd"}, {"id": "a/b", "level": "bidang", "parent": "a"}]
STAFF = [{"id": "P1", "unit": "a"}, {"id": "P2", "unit": "a/b"}]
AIM = {"id": "aim", "kind": "office_target", "aim": "most_office"}
LETTER = """\
schema: giliran-circular/1
name: {name}
title: Letter
issuer: Somebody
authority: regency
in_force: {{from: 2021-07-12, to: 2021-07-14}}
rules:
  - {{id: R1, kind: office_cap, share: 50%, source: {{row: 1, via: x}}}}
  - {{id: R2, kind: office_cap, max: 5, applies_to: {{unit_tags: [front]}}, source: {{row: 2, via: x}}}}
goals:
  - {{id: aim, kind: office_target, aim: {aim}}}
"""


def build(files: Path | None = None, **sections: Any) -> Instance:
    """An instance of five days, two units and two people."""
    given = {"horizon": DAYS, "calendars": {"office": {"holidays": "none"}}, "units": UNITS, "staff": STAFF, **sections}
    return Instance.build(given, files=files)


def statement(instance: Instance, id_: str) -> Statement:
    """A statement by id."""
    return instance.view.by_id[id_]


def notes(instance: Instance) -> list[str]:
    """Every note in English."""
    return [note.said.text("en") for note in instance.notes]


def letters(folder: Path, **aims: str) -> list[dict[str, str]]:
    """Circular files with a goal each, and the section that lists them."""
    for name, aim in aims.items():
        (folder / f"{name}.yaml").write_text(LETTER.format(name=name, aim=aim), encoding="utf-8")
    return [{"file": f"{name}.yaml"} for name in aims]


def test_own_ids_and_references() -> None:
    """Own rules are `own/…`, and name each other without it."""
    rules = [
        {"id": "cap", "kind": "office_cap", "max": 1, "exempt": ["own/duty"]},
        {"id": "duty", "kind": "duty_officers", "count": 1},
        {"id": "open", "kind": "full_service", "mode": "permit", "lifts": "cap"},
    ]
    instance = build(rules=rules, goals=[AIM])
    assert {s.id for s in instance.view.statements} >= {"own/cap", "own/duty", "own/open", "own/aim"}
    lift = statement(instance, "own/open").lifts(instance.view)
    assert lift is not None
    assert lift.rules == {"own/cap"}


def test_facts_imply_statements() -> None:
    """Absences and home-only people bring statements that nobody wrote."""
    instance = build(staff=[{**STAFF[0], "home_only": "yes"}, STAFF[1]], goals=[AIM])
    assert {s.id for s in instance.rules if s.id.startswith("facts/")} >= {"facts/home_only"}


def test_own_goals_replace_those_of_circulars(tmp_path: Path) -> None:
    """An own goal counts on the cells that it shares with a circular's goal of its kind, and only there."""
    own = {"id": "home", "kind": "office_target", "aim": "most_home", "applies_to": {"units": ["a/b"]}}
    instance = build(files=tmp_path, circulars=letters(tmp_path, one="most_office"), goals=[own])
    assert instance.view.cells(statement(instance, "one/aim")).sum(axis=1).tolist() == [5, 0]
    assert instance.view.cells(statement(instance, "own/home")).sum(axis=1).tolist() == [0, 5]
    assert "own/home counts instead of one/aim where both reach: days of people 5" in notes(instance)


def test_later_circular_counts(tmp_path: Path) -> None:
    """Between circulars the goal of the one listed last counts, with a note."""
    instance = build(files=tmp_path, circulars=letters(tmp_path, one="most_office", two="most_home"))
    assert not instance.view.cells(statement(instance, "one/aim")).any()
    assert instance.view.cells(statement(instance, "two/aim")).all()
    assert any(text.startswith("two/aim counts instead of one/aim") for text in notes(instance))


def test_goals_of_different_kinds_stand_side_by_side(tmp_path: Path) -> None:
    """A goal replaces only those of its own kind."""
    instance = build(files=tmp_path, circulars=letters(tmp_path, one="most_office"), goals=[{"id": "fair", "kind": "fair_share"}])
    assert instance.view.cells(statement(instance, "one/aim")).all()


def test_circular_in_part_of_the_horizon(tmp_path: Path) -> None:
    """`from` and `to` of the instance narrow a circular's rules and goals."""
    [entry] = letters(tmp_path, one="most_office")
    instance = build(files=tmp_path, circulars=[{**entry, "from": "2021-07-13", "to": "2021-07-14"}], goals=[{**AIM, "aim": "most_home"}])
    assert instance.view.cells(statement(instance, "one/R1"))[0].tolist() == [False, True, True, False, False]


def test_circular_outside_its_period(tmp_path: Path) -> None:
    """The circular's own period is not enforced; days outside it are a note."""
    instance = build(files=tmp_path, circulars=letters(tmp_path, one="most_office"))
    assert instance.view.cells(statement(instance, "one/R1")).all()
    assert any(
        text.startswith("the circular one is in force from Monday 12 July 2021 to Wednesday 14 July 2021") for text in notes(instance)
    )


def test_replaced_circular(tmp_path: Path) -> None:
    """A circular that replaces another, or one of its rules, does so while it is in force."""
    one, two = letters(tmp_path, one="most_office", two="most_office")
    circulars = [one, {**two, "from": "2021-07-15", "replaces": ["one/R1"]}]
    instance = build(files=tmp_path, circulars=circulars)
    assert instance.view.cells(statement(instance, "one/R1"))[0].tolist() == [True, True, True, False, False]
    assert any(text.startswith("one/R1 do not hold from Thursday 15 July 2021") for text in notes(instance))


def test_not_applicable_here(tmp_path: Path) -> None:
    """Rules of a circular that select nobody are told in one line."""
    assert "not applicable here: R2" in notes(build(files=tmp_path, circulars=letters(tmp_path, one="most_office")))


def test_people_under_no_rule() -> None:
    """People whom no rule and no aim reaches are in the office, and listed."""
    rules = [{"id": "cap", "kind": "office_cap", "max": 0, "applies_to": {"ids": ["P1"]}}]
    instance = build(rules=rules)
    assert instance.view.forced_office.sum(axis=1).tolist() == [0, 5]
    assert "under no rule, so in the office as usual and not counted: 1 (P2)" in notes(instance)


def test_aim_reaches_people() -> None:
    """Whoever a goal wants somewhere is not fixed in the office."""
    instance = build(rules=[{"id": "cap", "kind": "office_cap", "max": 0, "applies_to": {"ids": ["P1"]}}], goals=[AIM])
    assert not instance.view.forced_office.any()


def test_word_that_nobody_has() -> None:
    """A tag that nothing has is told when the rule means somebody all the same."""
    units = [{**UNITS[0], "tags": ["front"]}, UNITS[1]]
    rules = [{"id": "cap", "kind": "office_cap", "max": 1, "applies_to": {"unit_tags": ["front", "hospital"]}}]
    assert "own/cap names words that nothing here has: hospital (unit_tags)" in notes(build(units=units, rules=rules, goals=[AIM]))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"weight": 7, "tier": "wishes"}, "`tier` and `weight`"),
        ({"weight": 7}, "`weight`"),
        ({"weight": 1}, None),
        ({"weight": 7, "strength": "should"}, None),
    ],
)
def test_costs_of_a_rule_that_must_hold(fields: dict[str, Any], told: str | None) -> None:
    """Whoever weighs a rule most likely means one that may be missed; that it must hold all the same is told."""
    instance = build(rules=[{"id": "cap", "kind": "office_cap", "max": 1, **fields}], goals=[AIM])
    said = [text for text in notes(instance) if "own/cap" in text]
    expected = f"own/cap must hold, so nothing comes of {told}; with `strength: should` it may be missed at a cost"
    assert said == ([] if told is None else [expected])


def test_condition_that_no_rule_asks_for() -> None:
    """A condition with a name that no rule asks for is told with the nearest one that is."""
    rules = [{"id": "cap", "kind": "office_cap", "share": {"zone": {"low": "50%"}}}]
    conditions = {"zone": [{"value": "low"}], "zona": [{"value": "low"}]}
    instance = build(rules=rules, goals=[AIM], conditions=conditions)
    assert "no rule asks for the condition zona; did you mean zone?" in notes(instance)


def test_tiers() -> None:
    """Tiers may be reordered and merged."""
    goals = [AIM, {"id": "fair", "kind": "fair_share"}, {"id": "wish", "kind": "wishes"}]
    instance = build(goals=goals, tiers=["wishes", {"office_target": 1, "fair_share": 2}])
    assert instance.tiers.names[1:3] == ("wishes", "office_target+fair_share")


def test_switched_off_references_are_dropped() -> None:
    """A rule that a circular's choices switch off may still be named by an own rule."""
    rules = [{"id": "open", "kind": "full_service", "mode": "permit", "lifts": ["umum/limit-home"]}]
    instance = build(circulars=["umum"], rules=rules)
    assert "own/open" in instance.view.by_id


def test_reasons_reach_the_facts() -> None:
    """A reason for a rule is kept under the rule's id."""
    instance = build(rules=[{"id": "cap", "kind": "office_cap", "max": 1}], goals=[AIM], reasons={"own/cap": "queue"})
    assert instance.facts.reasons == {"own/cap": "queue"}


def test_problem_of_a_rule_is_told_by_its_place() -> None:
    """What a rule finds wrong with the facts names the field where it is written."""
    goals = [AIM, {"id": "home", "kind": "office_target", "aim": "most_home"}]
    with pytest.raises(InputError) as caught:
        build(goals=goals)
    assert str(caught.value.problems[0].where) == "goals[0].aim"


@pytest.mark.parametrize(("lang", "said"), [("en", "the day of the change is missing"), ("id", "tanggal perubahan belum diisi")])
@pytest.mark.parametrize("empty", ["", " ", None])
def test_change_without_a_day(empty: str | None, lang: Lang, said: str) -> None:
    """A move whose day is empty is told at its cell, and not left out."""
    changes = [{"staff_id": "P2", "from": "2021-07-14", "unit": "a"}, {"staff_id": "P1", "from": empty, "unit": "a/b"}]
    with pytest.raises(InputError) as caught:
        build(changes=changes)
    assert [problem.text(lang) for problem in caught.value.problems] == [f"changes[1].from: {said}"]


def test_many_changes_without_a_day() -> None:
    """The first twenty are told one by one, the others as a number."""
    with pytest.raises(InputError) as caught:
        build(changes=Table.from_records([{"staff_id": "P1", "from": "", "unit": "a"}] * 22, file="changes.csv", lines=range(2, 24)))
    texts = [problem.text() for problem in caught.value.problems]
    assert len(texts) == 21 and "and 2 more changes without a day" in texts[0] + texts[-1]

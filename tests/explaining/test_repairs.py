"""What would help: every repair plans, in the order of who may decide, and as little as suffices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from giliran import Decider, Explanation, Instance, Repair, SolveOptions, Status, explain, solve
from giliran.explaining.changing import Unpin
from tests.explaining.impossible import impossible, least_bend

ONE = SolveOptions(workers=1)
WEEK = {"start": "2026-08-03", "end": "2026-08-07"}


def made(people: str, *rules: Mapping[str, Any], **sections: Any) -> Instance:
    """An instance with a person per letter in one unit, A to C leaders where ranks are asked for."""
    ranks = {letter: "administrator" if letter in "AB" else "pelaksana" for letter in people}
    staff = [{"id": letter, "unit": "u", "rank": ranks[letter]} for letter in people]
    units = [{"id": "u", "name": "Unit", "level": "bidang"}]
    return Instance.build({"horizon": WEEK, "units": units, "staff": staff, "rules": list(rules), **sections})


def said(found: Explanation) -> list[tuple[Decider, str]]:
    """Who decides and what changes, of every repair."""
    return [(repair.decider, "; ".join(change.said.text() for change in repair.changes)) for repair in found.repairs]


def repaired(instance: Instance, repair: Repair) -> Instance:
    """The instance with all changes of a repair."""
    for change in repair.changes:
        instance = change.made(instance)
    return instance


def test_leaders_left_out_of_a_letter() -> None:
    """20 % of 10 are 2, two leaders and one officer are 3: what the letter leaves open comes first, its number last."""
    chosen = {"limit": "20%", "per": "whole", "duty": 1, "duty_per": "whole", "leaders_place": "office"}
    found = explain(made("ABCDEFGHIJ", circulars=[{"name": "umum", "choose": chosen}]), ONE)
    told = said(found)
    assert (Decider.CHOICE, "umum: `leaders: left_out` (now counted)") in told
    assert (Decider.CHOICE, "umum: `rounding: half_up` (now down)") not in told
    assert (Decider.LETTER, "umum: `limit: 30%` (now 20%)") in told
    assert (Decider.LETTER, "umum: `side: home` (now office)") in told  # the limit itself goes: that is what the letter says
    order = [decider for decider, _ in told]
    assert order == sorted(order, key=list(Decider).index)
    [then] = [repair.then for repair, (_, text) in zip(found.repairs, told, strict=True) if "left_out" in text and "leaders" in text]
    assert then is not None
    assert "20 % × 8 = 1.6 → at most 1" in then.text()


def test_a_number_changes_no_more_than_needed() -> None:
    """Three forced, at most one: the limit must be 3, not more."""
    forced = {"id": "forced", "kind": "fixed_days", "place": "office", "applies_to": {"ids": ["A", "B", "C"]}}
    told = said(explain(made("ABCDE", forced, {"id": "cap", "kind": "office_cap", "max": 1}), ONE))
    assert (Decider.OWN, "own/cap: `max: 3` (now 1)") in told
    assert (Decider.OWN, "own/forced: `strength: should` (now must)") in told


def test_duty_left_out_of_a_cap() -> None:
    """Two officers, one seat: leave them out of the count, raise the cap for them, or ask for one."""
    duty = {"id": "duty", "kind": "duty_officers", "count": 2}
    told = {text for _, text in said(explain(made("ABC", duty, {"id": "cap", "kind": "office_cap", "max": 1}), ONE))}
    assert {
        "own/cap: `exempt: [own/duty]` (now not set)",
        "own/cap: `max: 2` (now 1)",
        "own/duty: `against_caps: exceed` (now keep)",
        "own/duty: `count: 1` (now 2)",
        "own/duty: `strength: should` (now must)",
    } <= told


def test_pins_and_leave_can_go() -> None:
    """A pin beside two forced under a cap of two: without the pin there is a plan; moving leave helps where people are too few."""
    forced = {"id": "forced", "kind": "fixed_days", "place": "office", "applies_to": {"ids": ["A", "B"]}}
    pins = [{"staff_id": "C", "date": "2026-08-04", "place": "office", "reason": "audit"}]
    found = explain(made("ABC", forced, {"id": "cap", "kind": "office_cap", "max": 2}, pins=pins), ONE)
    assert (Decider.FACT, "without the pin of C on Tuesday 4 August 2026") in said(found)


def test_leave_that_can_move() -> None:
    """One of two eligible is on leave for three days, and nobody may come more than two days in a row: with her back it works."""
    duty = {
        "id": "duty",
        "kind": "duty_officers",
        "count": 1,
        "eligible": {"ids": ["A", "B"]},
        "days": {"except": {"weekdays": ["thu", "fri"]}},
    }
    run = {"id": "run", "kind": "consecutive", "place": "office", "max": 2}
    away = [{"staff_id": "B", "from": "2026-08-03", "to": "2026-08-05", "reason": "cuti"}]
    found = explain(made("ABC", duty, run, absences=away), ONE)
    assert any(decider is Decider.FACT and text.startswith("B not away") for decider, text in said(found))


def test_several_changes_where_one_is_not_enough() -> None:
    """Two units, each with its own cap too low: both caps have to rise, and one repair says so."""
    units = [{"id": "u", "level": "bidang"}, {"id": "v", "level": "bidang"}]
    staff = [{"id": f"{unit}{k}", "unit": unit} for unit in "uv" for k in range(3)]
    rules = [
        *({"id": f"in-{unit}", "kind": "office_floor", "min": 2, "applies_to": {"units": unit}} for unit in "uv"),
        *({"id": f"cap-{unit}", "kind": "office_cap", "max": 1, "applies_to": {"units": unit}} for unit in "uv"),
    ]
    instance = made("", *rules, units=units, staff=staff)
    [repair] = explain(instance, ONE).repairs
    assert len(repair.changes) == 2
    assert solve(repaired(instance, repair), ONE).status is Status.OPTIMAL


def test_a_higher_letter_needs_its_issuer(tmp_path: Any) -> None:
    """A number of a province's letter comes last and is marked."""
    letter = """
schema: giliran-circular/1
name: prov
title: Letter
issuer: Province
authority: province
in_force: {from: 2020-01-01, to: open}
rules:
  - {id: cap, kind: office_cap, max: 1}
"""
    (tmp_path / "prov.yaml").write_text(letter, encoding="utf-8")
    forced = {"id": "forced", "kind": "fixed_days", "place": "office", "applies_to": {"ids": ["A", "B"]}}
    sections = {
        "horizon": WEEK,
        "units": [{"id": "u", "level": "bidang"}],
        "staff": [{"id": letter, "unit": "u"} for letter in "ABC"],
        "circulars": [{"file": "prov.yaml"}],
        "rules": [forced],
    }
    found = explain(Instance.build(sections, files=tmp_path), ONE)
    assert said(found) == [
        (Decider.OWN, "own/forced: `strength: should` (now must)"),
        (Decider.ISSUER, "prov/cap: `max: 2` (now 1)"),
    ]
    assert found.bends is not None
    assert (found.bends.total, found.bends.proven) == (5, True)  # five days of one person, rather than 1,000 a day
    assert {finding.rule for finding in found.bent} == {"own/forced"}


def all_repairs_plan(number: int, first: int) -> None:
    """Every repair of random instances plans, and the least bend is that of trying everything."""
    for seed, instance in impossible(number, first):
        found = explain(instance, ONE)
        assert found.repairs, seed
        for repair in found.repairs:
            result = solve(repaired(instance, repair), ONE)
            assert result.status is Status.OPTIMAL, (seed, [change.said.text() for change in repair.changes])
        assert found.bends is not None
        assert (found.bends.total, found.bends.proven) == (least_bend(instance), True), seed


def test_every_repair_plans() -> None:
    """On random small instances."""
    all_repairs_plan(6, 20_000)


@pytest.mark.slow
def test_every_repair_of_many_plans() -> None:
    """On 300 more."""
    all_repairs_plan(300, 30_000)


def test_two_pins_without_touching_the_letter() -> None:
    """A pin too many on Tuesday, everybody pinned home on Thursday: two pins less are a repair of their own beside one with a choice."""
    pins = [{"staff_id": letter, "date": "2026-08-04", "place": "office"} for letter in "CD"]
    pins += [{"staff_id": letter, "date": "2026-08-06", "place": "home"} for letter in "CDE"]
    chosen = {"limit": "20%", "per": "bidang", "duty": 1}
    found = explain(made("ABCDE", circulars=[{"name": "umum", "choose": chosen}], pins=pins), ONE)
    alone = [repair for repair in found.repairs if all(isinstance(change, Unpin) for change in repair.changes)]
    assert [(repair.decider, len(repair.changes)) for repair in alone] == [(Decider.FACT, 2)]
    assert all(solve(repaired(found.instance, repair), ONE).status is Status.OPTIMAL for repair in found.repairs)

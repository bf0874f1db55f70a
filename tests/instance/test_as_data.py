"""Instances as data and back: nothing is lost, whatever they came from."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
import yaml

import giliran
from giliran.certificate.digest import digest_of
from giliran.instance import Instance
from giliran.instance.as_data import statement_data
from giliran.preparing import compile_program
from giliran.rules.registry import example, goal_kinds, parse_goal, parse_rule, rule_kinds
from tests.plans import small_instance

ROOT = Path(__file__).resolve().parents[2] / "instances"
SHIPPED = sorted([*ROOT.glob("*/*/instance.yaml"), *ROOT.glob("tiny/*.yaml")])
LARGE = ("lampung-2021", "kaltim-2021", "bandar-lampung-2020", "muba-2020", "tubaba-2021", "friday-2026", "dept-10000")


def same(one: Instance, other: Instance, *, in_order: bool = True) -> None:
    """See that two instances are the same to rules, and print the same; whether their rules stand in the same order."""
    for name in ("title", "dates", "staff", "wishes", "meetings", "conditions", "reasons", "pin_reasons"):
        assert getattr(one.facts, name) == getattr(other.facts, name), name
    for name in ("kind", "absent", "published", "pinned", "frozen", "past", "unit", "births", "home_only", "office_only"):
        assert np.array_equal(getattr(one.facts, name), getattr(other.facts, name)), name
    for name in ("published_duty", "pinned_duty", "published_team"):
        assert {rule: cells.tolist() for rule, cells in getattr(one.facts, name).items()} == {
            rule: cells.tolist() for rule, cells in getattr(other.facts, name).items()
        }
    assert why_away(one) == why_away(other)
    assert (one.facts.units.ids, one.facts.units.names) == (other.facts.units.ids, other.facts.units.names)
    assert {name: account.balance.tolist() for name, account in one.facts.ledger.items()} == {
        name: account.balance.tolist() for name, account in other.facts.ledger.items()
    }
    assert {each.id: each for each in one.view.statements} == {each.id: each for each in other.view.statements}
    assert (one.tiers, one.document) == (other.tiers, other.document)
    assert not in_order or digest(one) == digest(other)


def why_away(instance: Instance) -> list[str]:
    """Reasons of absence, cell by cell."""
    facts = instance.facts
    return [facts.absence_reasons[code] for code in facts.reason[facts.absent].tolist()]


def digest(instance: Instance) -> str:
    """The digest of what an instance compiles to."""
    return digest_of(compile_program(instance), instance.facts.staff.ids, instance.facts.dates)


def again(instance: Instance, files: Path | None = None) -> Instance:
    """The instance by way of JSON."""
    return Instance.from_dict(json.loads(json.dumps(instance.to_dict())), files=files)


@pytest.mark.parametrize(
    "path", [path for path in SHIPPED if path.parent.name not in LARGE], ids=lambda path: path.parent.name + "-" + path.stem
)
def test_shipped(path: Path) -> None:
    """Every shipped instance is the same after its data went through JSON; they keep to the schema."""
    instance = giliran.load_instance(path)
    jsonschema.validate(instance.to_dict(), giliran.json_schema("instance"))
    same(again(instance, path.parent), instance)


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGE)
def test_shipped_large(name: str) -> None:
    """The large ones too."""
    [path] = [path for path in SHIPPED if path.parent.name == name]
    instance = giliran.load_instance(path)
    same(again(instance, path.parent), instance)


@pytest.mark.parametrize("family", ["caps", "sequences", "skills", "ledger", "agency", "wishes"])
def test_generated(family: str) -> None:
    """Instances of every family are the same after their data went through JSON."""
    instance = giliran.generate(60, weeks=2, families=[family])
    same(again(instance), instance)


RICH = """
title: Dinas
horizon: {start: 2021-07-12, end: 2021-07-23}
calendars:
  office: {holidays: none, call_days: sat}
  six: {workdays: [mon, wed], holidays: {extra: [2021-07-14]}}
units:
  - {id: a, level: opd, sector: essential, tags: x}
  - {id: b, level: bidang, parent: a, tags: [y], calendar: six}
  - {id: c, level: bidang, parent: a, sector: [critical]}
staff:
  - {id: P1, unit: a, name: Ani, head: true, workdays: mon;tue, born: 1980-02-03, rank: eselon_3}
  - {id: P2, unit: b, hired: 2021-07-14, left: 2021-07-20, tags: [bendahara, z]}
  - {id: P3, unit: c, also: a, home_only: 2021-07-13..2021-07-15, status: PNS}
  - {id: P4, unit: c, office_only: 2021-07-12; 2021-07-15, team: "1", function: admin, phone: "0812"}
  - {id: P5, unit: c, left: 2021-07-01}
  - {id: P6, unit: b, employed: ..2021-07-13; 2021-07-19..2021-07-20}
changes:
  - {staff_id: P3, from: 2021-07-19, unit: a, head: yes, workdays: mon}
  - {staff_id: P1, from: 2021-07-15, head: no}
absences: [{staff_id: P1, from: 2021-07-12, to: 2021-07-19, reason: cuti}]
wishes:
  - {staff_id: P4, weekday: sat, place: home, weight: 3}
  - {staff_id: P3, date: 2021-07-16, place: office}
pins:
  - {staff_id: P4, date: 2021-07-19, duty: own/duty, reason: apel}
  - {staff_id: P3, date: 2021-07-19, place: home}
ledger:
  - {staff_id: P1, period: 2021-06, burden: 3, share: "2.25", last_called: 2021-06-09}
  - {staff_id: P4, balance: "-1.5"}
published:
  frozen_to: 2021-07-12
  rows:
    - {staff_id: P4, date: 2021-07-09, place: office, duty: own/duty}
    - {staff_id: P4, date: 2021-07-12, place: office, duty: own/duty}
conditions: {zone: [{from: 2021-07-12, to: 2021-07-16, value: red}, {from: 2021-07-17, value: green}]}
rules:
  - {id: cap, kind: office_cap, share: {zone: {red: 50%, green: 62.5%}}, per: opd}
  - {id: duty, kind: duty_officers, count: 1, per: opd, days: {weekdays: [mon], except: {dates: 2021-07-13}}}
goals: [{kind: office_target, aim: most_office}, {kind: stability}, {kind: fair_share}, {kind: wishes}]
meetings: [{id: m, choose_from: [2021-07-13, {from: 2021-07-19, to: 2021-07-20}], required: [P4]}]
tiers: [relaxations, stability, office_target, {fair_share: 2, wishes: 1}]
document: {number: 1/2021, date: 2021-07-01, signer: {name: Ani}}
reasons: {own/cap: surat}
"""


def rich() -> Instance:
    """People who come, go, move and work part of the week, with marks, pins, ledger, meetings and a published plan."""
    return Instance.build(yaml.safe_load(RICH))


def test_everything() -> None:
    """Everything that tables and sections can say is said again."""
    same(again(rich()), rich())


def test_changed_ones() -> None:
    """An instance that was changed says what it is now."""
    instance = giliran.load_sample("umum")
    first, day = instance.facts.staff.ids[0], instance.facts.dates[3]
    plan = giliran.Schedule.from_office(instance, instance.facts.present & (np.arange(64)[:, None] % 2 == 0))
    changed = instance.with_choices("umum", {"limit": "25%"}).with_rules({"id": "cap", "kind": "home_cap", "share": "90%"})
    changed = changed.with_published(plan, frozen_to=day, few_changes=True).with_pins([{"staff_id": first, "date": day, "place": "home"}])
    changed = changed.with_absences(without=[(first, instance.facts.dates[0])])
    same(again(changed), changed, in_order=False)


def test_promises_without_a_place() -> None:
    """Somebody published as off on a day of work has no published place, yet a team and a name for duty: both come along."""
    row = {"staff_id": "A", "date": "2021-07-12", "place": "off"}
    instance = Instance.build(
        horizon={"start": "2021-07-12", "end": "2021-07-13"},
        staff=[{"id": "A"}, {"id": "B"}],
        rules=[
            {"id": "teams", "kind": "team_rotation", "teams": 2, "choose_teams": True, "turn": "day", "anchor": "2021-07-12"},
            {"id": "duty", "kind": "duty_officers", "count": 1},
        ],
        published={"rows": [{**row, "team": "own/teams=2"}, {**row, "date": "2021-07-13", "duty": "own/duty"}]},
    )
    assert instance.facts.published_team["own/teams"].tolist()[0] == 2 and instance.facts.published_duty["own/duty"][0, 1]
    same(instance, Instance.from_dict(instance.to_dict()))


def test_what_no_file_can_say() -> None:
    """Rules of a letter that were changed one by one, and instances put together by hand, are refused."""
    instance = giliran.load_sample("umum")
    name = next(rule.id for rule in instance.rules if rule.id.startswith("umum/"))
    with pytest.raises(giliran.InputError, match=name):
        instance.with_rules(without=[name]).to_dict()
    facts = instance.facts
    with pytest.raises(giliran.InputError, match="by hand"):
        Instance(facts, instance.rules, instance.goals, instance.tiers).to_dict()


@pytest.mark.parametrize("kind", [*rule_kinds(), *goal_kinds()])
def test_kinds(kind: str) -> None:
    """What a typed statement says is read as the same statement again."""
    parse: Any = parse_rule if kind in rule_kinds() else parse_goal
    statement = parse(example(kind))
    assert parse(json.loads(json.dumps(statement_data(statement)))) == statement


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_files(ending: str, tmp_path: Path) -> None:
    """An instance is written to a file that is read as the same one, also over one that was written before."""
    path = tmp_path / f"instance.{ending}"
    assert rich().write(path) == path and rich().write(path) == path
    same(giliran.load_instance(path), rich())


def test_files_of_others(tmp_path: Path) -> None:
    """No list of somebody, no source of the instance and no other kind of file is written over."""
    other, source = tmp_path / "list.json", tmp_path / "instance.yaml"
    other.write_text('{"a": 1}', encoding="utf-8")
    small_instance().write(source)
    for target, said in ((other, "no instance"), (source, "read from"), (tmp_path / "x.csv", "ending in .yaml, .yml, .json")):
        with pytest.raises(giliran.InputError, match=said):
            giliran.load_instance(source).write(target)
    assert other.read_text(encoding="utf-8") == '{"a": 1}'
    assert dt.date(2021, 7, 12) == giliran.load_instance(source).facts.dates[0]

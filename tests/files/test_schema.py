"""JSON Schemas: they accept every file that comes with giliran and refuse what the readers refuse."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from giliran.errors import InputError
from giliran.files.schema import SCHEMAS, schema
from giliran.rules.registry import example, goal_kinds, rule_kinds
from giliran.text import parse_document, read_document

ROOT = Path(__file__).parents[2]
INSTANCES = sorted([*ROOT.glob("instances/*/*/instance.yaml"), *ROOT.glob("instances/tiny/*.yaml")])
CIRCULARS = sorted(entry.name for entry in resources.files("giliran.circulars").iterdir() if entry.name.endswith(".yaml"))
CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "bad_input.yaml").read_text(encoding="utf-8"))


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    """A validator for files of one kind."""
    return jsonschema.Draft202012Validator(schema(name))


def errors(name: str, data: object) -> list[str]:
    """What a schema says against a document."""
    return [error.message for error in validator(name).iter_errors(data)]


def instance(**lines: str) -> object:
    """The good file of the bad input cases, some lines replaced."""
    text = "".join(f"{line}\n" for line in {**CASES["good"], **lines}.values())
    return parse_document(text, "instance.yaml").data


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_one(name: str) -> None:
    """Every schema is a valid JSON Schema that names its dialect and itself, by the word and number that its files hold."""
    made = schema(name)
    jsonschema.Draft202012Validator.check_schema(made)
    assert made["$schema"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"]
    word = "giliran" if name == "instance" else f"giliran-{name}"
    assert made["$id"] == f"urn:giliran:{name}:{made['properties']['schema']['const'].removeprefix(f'{word}/')}"


@pytest.mark.parametrize("name", SCHEMAS)
def test_names_of_a_schema_are_words(name: str) -> None:
    """Definitions are named as the guide names things, never by a module of ours because two of them have one name."""
    assert [each for each in schema(name)["$defs"] if not re.fullmatch(r"[A-Z][A-Za-z]*", each)] == []


@pytest.mark.parametrize("path", INSTANCES, ids=lambda path: str(path.relative_to(ROOT / "instances")))
def test_instances_fit(path: Path) -> None:
    """Every instance that comes with giliran fits its schema."""
    assert errors("instance", read_document(path).data) == []


@pytest.mark.parametrize("kind", sorted({**rule_kinds(), **goal_kinds()}))
def test_examples_fit(kind: str) -> None:
    """The schema shows the example of every kind, and it fits."""
    section = "rules" if kind in rule_kinds() else "goals"
    shown = [each for each in schema("instance")["$defs"].values() if each.get("examples") == [example(kind)]]
    assert len(shown) == 1
    assert errors("instance", {**instance(), section: [example(kind)]}) == []  # type: ignore[dict-item]


@pytest.mark.parametrize("name", CIRCULARS)
def test_circulars_fit(name: str) -> None:
    """Every packaged circular fits its schema."""
    text = resources.files("giliran.circulars").joinpath(name).read_text(encoding="utf-8")
    assert errors("circular", parse_document(text, name).data) == []


@pytest.mark.parametrize(
    "lines",
    [
        {"rulse": "rulse: []"},
        {"horizon": "horizon: {start: 2021-07-12}"},
        {"staff": "staff: staff.csv"},
        {"rules": "rules: [{id: cap, kind: office_cup, max: 1}]"},
        {"rules": "rules: [{id: cap, kind: office_cap, shar: 50%}]"},
        {"rules": "rules: [{id: cap, kind: office_cap, share: 25}]"},
        {"goals": "goals: [{id: aim, kind: office_target, aim: most}]"},
        {"calendars": "calendars: {office: {workdays: [funday]}}"},
    ],
    ids=str,
)
def test_mistakes_do_not_fit(lines: dict[str, str]) -> None:
    """Mistakes that show without looking anything up are refused by the schema too."""
    assert errors("instance", instance(**lines))


def test_short_forms_fit() -> None:
    """Short forms that the readers take are in the schema."""
    lines = {
        "rules": "rules: [{kind: office_cap, max: 1, applies_to: {units: a, tags: [1, true]}, days: {dates: 2021-07-12}}]",
        "tiers": "tiers: [relaxations, [fair_share, wishes], {stability: 2, smooth_weeks: 1}, {name: aim, of: {office_target: 1}}]",
        "circulars": "circulars: [umum, {name: muba-2020, to: 2021-07-13}]",
        "calendars": "calendars: {office: {workdays: mon, holidays: none}, other: {holidays: [2021-07-12]}}",
    }
    assert errors("instance", instance(**lines)) == []


def test_unknown_name() -> None:
    """An unknown schema is told with the nearest one."""
    with pytest.raises(InputError, match="instance"):
        schema("instanse")

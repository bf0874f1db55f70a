"""What is mutated: small folders of files of every kind that giliran reads, made from samples and from drawn instances."""

from __future__ import annotations

import functools
import importlib.resources
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.fuzz.dice import Dice
from benchmarks.fuzz.drafting import Document as Draft
from benchmarks.fuzz.drawing import draw
from benchmarks.fuzz.files.of_tables import Grid
from benchmarks.fuzz.files.of_trees import as_json, as_yaml
from benchmarks.fuzz.files.parts import Document, Part, Sheet
from benchmarks.fuzz.files.routes import CertificateRoute, CircularRoute, InstanceRoute, PlanRoute, Route
from benchmarks.fuzz.files.samples import INSTANCE, LETTER, TABLES, rows
from giliran import Instance, Result, SolveOptions, solve
from giliran.certifying import certificate_file
from giliran.circulars import packaged
from giliran.errors import InputError
from giliran.files.assignments import schedule_csv
from giliran.files.results import VARYING, ResultFile
from giliran.text import parse_document

DRAWN = 160
"""Instances drawn; those with a field that none before had are kept."""
SMALL = {"horizon": {"start": "2021-07-12", "end": "2021-07-13"}, "calendars": {"office": {"holidays": "none"}}}


@dataclass(frozen=True)
class Case:
    """A folder of files.

    Parameters
    ----------
    name
        Of the case.
    weight
        How often it is taken, beside others.
    parts
        Files that are mutated, each now and then.
    beside
        Files that stay as they are.
    route
        How they are read.
    """

    name: str
    weight: int
    parts: tuple[Part, ...]
    beside: tuple[Part, ...]
    route: Route

    def files(self) -> dict[str, bytes]:
        """Every file, unmutated."""
        return {part.name: part.raw for part in (*self.parts, *self.beside)}

    def mutated(self, dice: Dice) -> dict[str, bytes]:
        """Every file, one or two of them mutated."""
        changed = dice.sample(self.parts, min(len(self.parts), dice.pick((1, 1, 1, 2))))
        return {**self.files(), **{part.name: part.mutated(dice) for part in changed}}


@functools.cache
def cases() -> tuple[Case, ...]:
    """Every case."""
    return (*_whole(), *_drawn(), *_plans(), *_circulars())


def _whole() -> Iterator[Case]:
    """The sample with all sections and columns: tables inside, as CSV, as JSON and YAML files."""
    letter = Document("letter.yaml", LETTER, as_yaml)
    inside = {**INSTANCE, **{name: rows(grid) for name, grid in TABLES.items() if name != "published"}}
    published = {"rows": rows(TABLES["published"]), "frozen_to": "2021-07-12", "refill": False}
    tree = {**inside, "published": published}
    for name, write in (("instance.yaml", as_yaml), ("instance.json", as_json)):
        yield Case(f"whole-{name}", 6, (Document(name, tree, write),), (letter,), InstanceRoute(name))
    yield Case("letter-in-use", 4, (letter,), (Document("instance.json", tree, as_json),), InstanceRoute("instance.json"))
    for ending in ("csv", "json", "yaml"):
        named = {**INSTANCE, **{name: {"file": f"{name}.{ending}"} for name in TABLES}}
        named["published"] = {"file": f"published.{ending}", "frozen_to": "2021-07-12"}
        main = Document("instance.yaml", named, as_yaml)
        tables = tuple(_table(f"{name}.{ending}", grid) for name, grid in TABLES.items())
        yield Case(f"tables-{ending}", 24 if ending == "csv" else 4, tables, (main, letter), InstanceRoute(main.name))


def _table(name: str, grid: Grid) -> Part:
    if name.endswith(".csv"):
        return Sheet(name, grid)
    return Document(name, rows(grid), as_json if name.endswith(".json") else as_yaml)


def _drawn() -> Iterator[Case]:
    """Drawn instances that together have every field of every kind that a drawn instance can have."""
    seen: set[str] = set()
    for number in range(DRAWN):
        document = draw(number)
        fresh = _fields(document) - seen
        if not fresh or not _loads(document):
            continue
        seen |= fresh
        name, write = (("instance.yaml", as_yaml), ("instance.json", as_json))[number % 2]
        yield Case(f"drawn-{number}", 1, (Document(name, _plain(document), write),), (), InstanceRoute(name))


def _plain(document: Draft) -> Any:
    return {"schema": "giliran/1", **json.loads(json.dumps(document, default=str))}


def _fields(document: Draft) -> set[str]:
    """Fields of its rules and goals, by kind, and its sections."""
    return {f"{rule['kind']}.{field}" for rule in (*document.get("rules", ()), *document.get("goals", ())) for field in rule} | set(
        document
    )


def _loads(document: Draft) -> bool:
    try:
        Instance.build(document)
    except InputError:
        return False
    return True


def _tree(*rules: dict[str, Any], **sections: Any) -> dict[str, Any]:
    """A small instance: four people in two units, two days."""
    units = [{"id": "o", "level": "opd"}, {"id": "a", "level": "bidang", "parent": "o"}, {"id": "b", "level": "bidang", "parent": "o"}]
    staff = [{"id": f"P{k}", "name": f"Pegawai {k}", "unit": "ab"[k % 2]} for k in range(4)]
    goals = [{"id": "aim", "kind": "office_target", "aim": "most_office"}, {"id": "fair", "kind": "fair_share"}]
    return {"schema": "giliran/1", **SMALL, "units": units, "staff": staff, "rules": list(rules), "goals": goals, **sections}


def _plans() -> Iterator[Case]:
    """Plans, results and certificates, and both as a published plan and as an instance's own tables."""
    cap = {"id": "cap", "kind": "office_cap", "per": "bidang", "share": "50%"}
    duty = {"id": "piket", "kind": "duty_officers", "per": "opd", "count": 1}
    teams = {
        "id": "tim",
        "kind": "team_rotation",
        "applies_to": {"units": ["a"]},
        "turn": "day",
        "teams": 2,
        "choose_teams": True,
        "anchor": "2021-07-12",
    }
    for name, tree in (("duty", _tree(cap, duty)), ("teams", _tree(teams)), ("cap", _tree(cap))):
        yield from _of_result(name, tree, solve(Instance.build(tree), SolveOptions(workers=1)))


def _of_result(name: str, tree: dict[str, Any], result: Result) -> Iterator[Case]:
    instance = Document("instance.json", tree, as_json)
    text = schedule_csv(result.instance.view, result.schedule)
    plan = Sheet("plan.csv", [line.split(",") for line in text.splitlines()])
    proof = certificate_file(result)
    data = json.loads(ResultFile.of(result, "en", proof).text())
    whole = Document("result.json", {**data, **{key: None if key == "workers" else {} for key in VARYING if key in data}}, as_json)
    certificate = Document("certificate.json", json.loads(proof.text()), as_json)
    listed = Document("plan.json", data["assignments"], as_json)
    again = Document(
        "instance.json", {**tree, "published": {"file": whole.name}, "goals": [*tree["goals"], {"id": "t", "kind": "stability"}]}, as_json
    )
    yield Case(f"plan-{name}", 3, (plan,), (instance,), PlanRoute(plan.name, tree))
    yield Case(f"listed-{name}", 1, (listed,), (instance,), PlanRoute(listed.name, tree))
    yield Case(f"result-{name}", 2, (whole,), (instance,), PlanRoute(whole.name, tree, certified=True))
    yield Case(f"certificate-{name}", 2, (certificate,), (instance, plan), CertificateRoute(certificate.name, tree))
    yield Case(f"published-{name}", 1, (whole,), (again,), InstanceRoute(again.name))


def _circulars() -> Iterator[Case]:
    """The sample circular, as YAML and as JSON, and the packaged ones."""
    for name, write in (("letter.yaml", as_yaml), ("letter.json", as_json)):
        yield Case(f"circular-{name}", 5, (Document(name, LETTER, write),), (), CircularRoute(name))
    for name in packaged():
        text = importlib.resources.files("giliran.circulars").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
        tree = parse_document(text, name).data
        yield Case(f"circular-{name}", 1, (Document("letter.yaml", tree, as_yaml),), (), CircularRoute("letter.yaml", small=False))

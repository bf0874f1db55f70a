"""Cases of whole instances: the sample with every section, and drawn ones with every field of every kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from benchmarks.fuzz.drafting import Document as Draft
from benchmarks.fuzz.drawing import draw
from benchmarks.fuzz.files.cases import Case
from benchmarks.fuzz.files.of_tables import Grid
from benchmarks.fuzz.files.of_trees import as_json, as_yaml
from benchmarks.fuzz.files.parts import Document, Part, Sheet
from benchmarks.fuzz.files.routes import InstanceRoute
from benchmarks.fuzz.files.samples import INSTANCE, LETTER, TABLES, rows
from giliran import Instance
from giliran.errors import InputError

DRAWN = 160
"""Instances drawn; those with a field that none before had are kept."""


def whole() -> Iterator[Case]:
    """The sample with all sections and columns: tables inside, as CSV, as JSON and YAML files."""
    letter = Document("letter.yaml", LETTER, as_yaml)
    inside = {**INSTANCE, **{name: rows(grid) for name, grid in TABLES.items() if name != "published"}}
    tree = {**inside, "published": {"rows": rows(TABLES["published"]), "frozen_to": "2021-07-12", "refill": False}}
    for name, write in (("instance.yaml", as_yaml), ("instance.json", as_json)):
        yield Case(f"whole-{name}", 1, (Document(name, tree, write),), (letter,), InstanceRoute(name))
    yield Case("letter-in-use", 2, (letter,), (Document("instance.json", tree, as_json),), InstanceRoute("instance.json"))
    for ending in ("csv", "json", "yaml"):
        named: dict[str, Any] = {**INSTANCE, **{name: {"file": f"{name}.{ending}"} for name in TABLES}}
        named["published"] = {"file": f"published.{ending}", "frozen_to": "2021-07-12"}
        main = Document("instance.yaml", named, as_yaml)
        files = tuple(table(f"{name}.{ending}", grid) for name, grid in TABLES.items())
        yield Case(f"files-{ending}", 1, (main, *files), (letter,), InstanceRoute(main.name))


def table(name: str, grid: Grid) -> Part:
    """A table as a file, written as its ending says."""
    if name.endswith(".csv"):
        return Sheet(name, grid)
    return Document(name, rows(grid), as_json if name.endswith(".json") else as_yaml)


def drawn() -> Iterator[Case]:
    """Drawn instances that together have every field of every kind that a drawn instance can have."""
    seen: set[str] = set()
    for number in range(DRAWN):
        document = draw(number)
        fresh = _fields(document) - seen
        if not fresh or not _loads(document):
            continue
        seen |= fresh
        name, write = (("instance.yaml", as_yaml), ("instance.json", as_json))[number % 2]
        tree = {"schema": "giliran/1", **json.loads(json.dumps(document, default=str))}
        yield Case(f"drawn-{number}", 1, (Document(name, tree, write),), (), InstanceRoute(name))


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

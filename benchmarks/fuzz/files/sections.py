"""Cases of one section or one table of an instance whose rest is small, and so is read quickly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.fuzz.files.cases import Case
from benchmarks.fuzz.files.instances import table
from benchmarks.fuzz.files.of_trees import as_json, as_yaml
from benchmarks.fuzz.files.parts import Document, Sheet
from benchmarks.fuzz.files.routes import InstanceRoute
from benchmarks.fuzz.files.samples import INSTANCE, LETTER, LISTS, TABLES, rows

_BASE: dict[str, Any] = {
    "schema": "giliran/1",
    "horizon": INSTANCE["horizon"],
    "calendars": {**INSTANCE["calendars"], "office": {"holidays": "none"}},
    "units": rows(TABLES["units"]),
    "staff": rows(TABLES["staff"]),
}
_WITH = {"rules": ("conditions",), "reasons": ("rules", "conditions"), "tiers": ("goals",)}
"""Sections that another one speaks of."""


def sections() -> Iterator[Case]:
    """Each section of the sample that is no table, with what it speaks of."""
    for name in sorted(set(INSTANCE) - {"schema", "title", "horizon"}):
        more = {other: INSTANCE[other] for other in (name, *_WITH.get(name, ()))}
        beside = (Document("letter.yaml", LETTER, as_yaml),) if name == "circulars" else ()
        tree = Document("instance.yaml", {**_BASE, **more}, as_yaml, under=name)
        yield Case(f"section-{name}", 3, (tree,), beside, InstanceRoute(tree.name))


def tables() -> Iterator[Case]:
    """Each table of the sample as a file, and lists of staff as offices have them."""
    for name, grid in TABLES.items():
        for ending, weight in (("csv", 6), ("json", 1), ("yaml", 1)):
            file = f"{name}.{ending}"
            main = Document("instance.json", {**_BASE, name: {"file": file}}, as_json)
            yield Case(f"table-{file}", weight, (table(file, grid),), (main,), InstanceRoute(main.name))
    for name, grid in LISTS.items():
        small = {key: value for key, value in _BASE.items() if key != "units"}
        main = Document("instance.json", {**small, "staff": {"file": "daftar.csv"}}, as_json)
        yield Case(f"list-{name}", 4, (Sheet("daftar.csv", grid),), (main,), InstanceRoute(main.name))

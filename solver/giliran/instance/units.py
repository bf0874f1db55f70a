"""The unit tree of an instance: declared units, and those that the columns opd, bidang and seksi of the staff table name."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from giliran.domain.calendar import Calendar
from giliran.domain.units import NO_UNIT, Unit, Units
from giliran.domain.words import Kind, canonical, simple
from giliran.errors import Where
from giliran.instance.rows import UnitRow
from giliran.instance.tables import Problems, Rows, items, unknown_word
from giliran.messages import Sentence
from giliran.text import Table

COLUMN_LEVELS = ("opd", "bidang", "seksi")
"""Columns of a staff table that name units, widest first; each is the level of its units too."""

_NAMED_LEVELS = ("sekretariat", "uptd")
"""Levels that the first word of a unit's name tells better than its column: every Sekretariat stands among the bidang."""

_TWICE = Sentence(en="the unit '{id}' stands twice", id="unit '{id}' tertulis dua kali")
_NO_PARENT = Sentence(en="the parent '{parent}' is not a unit", id="induk '{parent}' bukan unit yang ada")
_LOOP = Sentence(en="parents of units run in a circle: {path}", id="induk unit berputar: {path}")
_NO_CALENDAR = Sentence(en="there is no calendar '{name}'", id="tidak ada kalender '{name}'")
_GAP = Sentence(
    en="'{lower}' is filled in, but the wider column '{upper}' is empty",
    id="kolom '{lower}' terisi, tetapi kolom '{upper}' yang lebih luas kosong",
)


@dataclass
class _Node:
    id: str
    name: str
    level: str
    parent: str
    sectors: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    calendar: str = ""
    where: Callable[[str], Where] = field(default=lambda column: Where(field=column))


class UnitTree:
    """Units while they are collected; `build` gives the tree."""

    def __init__(self, table: Table | None, calendars: Mapping[str, Calendar], problems: Problems) -> None:
        self._problems = problems
        self._nodes: dict[str, _Node] = {}
        self._children: dict[tuple[str, str], str] = {}
        self.declared = table is not None
        rows = Rows(table, UnitRow, problems, ("id",))
        columns = (rows.ids("id"), rows.text("name"), rows.text("level"), rows.text("parent"), rows.text("calendar"))
        sectors, tags = rows.text("sector"), rows.text("tags")
        for row, (id_, name, level, parent, calendar) in enumerate(zip(*columns, strict=True)):
            if calendar and calendar not in calendars:
                problems.extend([unknown_word(rows.where(row, "calendar"), _NO_CALENDAR(name=calendar), calendar, calendars)])
                calendar = ""
            words = (frozenset(items(sectors[row])), frozenset(items(tags[row])))
            self._declare(_Node(id_, name or id_, canonical(Kind.LEVEL, level), parent, *words, calendar, partial(rows.where, row)))
        self._check_parents()

    def _declare(self, node: _Node) -> None:
        if not node.id:
            return
        if node.id in self._nodes:
            self._problems.add(node.where("id"), _TWICE(id=node.id))
            return
        self._add(node)

    def _add(self, node: _Node) -> None:
        self._nodes[node.id] = node
        for word in (simple(node.name), simple(node.id.rsplit("/", 1)[-1])):
            self._children.setdefault((node.parent, word), node.id)

    def _check_parents(self) -> None:
        for node in self._nodes.values():
            if node.parent and node.parent not in self._nodes:
                said = _NO_PARENT(parent=node.parent)
                self._problems.extend([unknown_word(node.where("parent"), said, node.parent, self._nodes)])
                node.parent = ""
        settled: set[str] = set()
        for start in self._nodes:
            path: list[str] = []
            id_ = start
            while id_ and id_ not in settled and id_ not in path:
                path.append(id_)
                id_ = self._nodes[id_].parent
            if id_ in path:
                node = self._nodes[id_]
                self._problems.add(node.where("parent"), _LOOP(path=" → ".join([*path[path.index(id_) :], id_])))
                node.parent = ""
            settled.update(path)

    def lone(self, name: str) -> str:
        """The id of the only unit, made if there is none; empty if there are several."""
        if not self._nodes:
            self._add(_Node("opd", name or "opd", "opd", ""))
        return next(iter(self._nodes)) if len(self._nodes) == 1 else ""

    def named(self, id_: str) -> str:
        """The id of a unit that a staff table names where no units are declared; made on the way."""
        if id_ not in self._nodes:
            self._add(_Node(id_, id_, "unit", ""))
        return id_

    def by_columns(self, rows: Rows) -> list[str]:
        """Ids of the units that the columns opd, bidang and seksi name, row by row; empty where all three are."""
        known: dict[tuple[str, ...], str] = {}
        found = []
        for row, names in enumerate(zip(*(rows.text(level) for level in COLUMN_LEVELS), strict=True)):
            if names not in known:
                known[names] = self._chain(names, rows, row)
            found.append(known[names])
        return found

    def _chain(self, names: Sequence[str], rows: Rows, row: int) -> str:
        parent = ""
        given = [level for level, name in zip(COLUMN_LEVELS, names, strict=True) if name]
        present = [level for level in COLUMN_LEVELS if rows.has(level)]
        for upper, lower in itertools.pairwise(present):
            if lower in given and upper not in given and upper == "opd":
                self._problems.add(rows.where(row, upper), _GAP(lower=lower, upper=upper))
        for level, name in zip(COLUMN_LEVELS, names, strict=True):
            if name:
                parent = self._child(parent, name, level)
        return parent

    def _child(self, parent: str, name: str, level: str) -> str:
        if name in self._nodes and self._nodes[name].parent == parent:
            return name
        found = self._children.get((parent, simple(name)))
        if found is None:
            slug = simple(name).replace("_", "-")
            first = canonical(Kind.LEVEL, name.split()[0])
            self._add(_Node(f"{parent}/{slug}" if parent else slug, name, first if first in _NAMED_LEVELS else level, parent))
            found = f"{parent}/{slug}" if parent else slug
        return found

    def build(self, default_calendar: str) -> Units:
        """All units, parents before children, what is inherited filled in.

        A unit's own sectors replace those above; tags are added to those above.
        """
        order: list[str] = []
        below: dict[str, list[str]] = {}
        for node in self._nodes.values():
            below.setdefault(node.parent, []).append(node.id)
        waiting = list(reversed(below.get("", [])))
        while waiting:
            order.append(waiting.pop())
            waiting.extend(reversed(below.get(order[-1], [])))
        index = {id_: u for u, id_ in enumerate(order)}
        built: list[Unit] = []
        for id_ in order:
            node = self._nodes[id_]
            above = built[index[node.parent]] if node.parent else None
            built.append(_unit(node, index, above, default_calendar))
        return Units(tuple(built))


def _unit(node: _Node, index: Mapping[str, int], above: Unit | None, default_calendar: str) -> Unit:
    return Unit(
        id=node.id,
        name=node.name,
        level=node.level,
        parent=index[node.parent] if node.parent else NO_UNIT,
        sectors=node.sectors or (above.sectors if above else frozenset()),
        tags=node.tags | (above.tags if above else frozenset()),
        calendar=node.calendar or (above.calendar if above else default_calendar),
    )

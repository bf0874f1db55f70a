"""The unit tree of an instance: declared units, and those that the columns opd, bidang and seksi of the staff table name."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from giliran.domain.calendar import Calendar
from giliran.domain.units import NO_UNIT, Units, Words, depth_of
from giliran.domain.words import Kind, beginning, canonical, simple
from giliran.errors import Problem, Problems
from giliran.instance.reading import Rows, Values, items, unknown_word
from giliran.instance.rows import UnitRow
from giliran.messages import Sentence
from giliran.text import Table, alike

T = TypeVar("T")

OPD = "opd"
"""The level of agencies, and the column that names them."""

COLUMN_LEVELS = (OPD, "bidang", "seksi")
"""Columns of a staff table that name units, widest first; each is the level of its units too, unless the name tells another."""

_NO_WORDS: frozenset[str] = frozenset()

_TWICE = Sentence(en="the unit '{id}' stands twice", id="unit kerja '{id}' tertulis dua kali")
_NO_PARENT = Sentence(en="the parent '{parent}' is not a unit", id="induk '{parent}' bukan unit kerja yang ada")
_LOOP = Sentence(en="parents of units run in a circle: {path}", id="induk unit kerja berputar: {path}")
_NO_CALENDAR = Sentence(en="there is no calendar '{name}'", id="tidak ada kalender '{name}'")
_GAP = Sentence(
    en="'{lower}' is filled in, but the wider column '{upper}' is empty",
    id="kolom '{lower}' terisi, tetapi kolom '{upper}' yang lebih luas kosong",
)


class UnitTree:
    """Units while they are collected; `build` gives the tree.

    `title_opd` is the id of the OPD that `gather` made, empty if none, and `agencies` the names in it that look like OPDs.
    """

    def __init__(self, table: Table | None, calendars: Mapping[str, Calendar], problems: Problems) -> None:
        self._problems = problems
        self._children: dict[tuple[str, str], str] | None = None
        self.declared: bool = table is not None
        self._rows = rows = Rows(table, UnitRow, problems, ("id",))
        ids, stated = rows.ids("id"), rows.values("calendar", str, "")
        kept = self._unique(ids, stated, calendars)
        self._ids = dict(zip((ids[row] for row in kept), range(len(kept)), strict=True))
        self._row: list[int] | range = kept
        names, parents = rows.text("name"), rows.keys("parent")
        self._names = [names[row] or ids[row] for row in kept]
        self._parents = _each(parents, kept)
        self._levels = _each(rows.values("level", partial(canonical, Kind.LEVEL), canonical(Kind.LEVEL, "")), kept)
        self._sectors = _each(rows.values("sector", _words, _NO_WORDS), kept)
        self._tags = _each(rows.values("tags", _words, _NO_WORDS), kept)
        self._opds: set[str] = set()
        self.title_opd: str = ""
        self.agencies: tuple[str, ...] = ()
        self._calendars = _each(Values([name if name in calendars else "" for name in stated.known], stated.number), kept)
        self._check_parents()

    def _unique(self, ids: Sequence[str], stated: Values[str], calendars: Mapping[str, Calendar]) -> list[int] | range:
        """Rows that are units, each id once; what is wrong with the others, or with calendars, is told."""
        if all(ids) and len(set(ids)) == len(ids) and all(not name or name in calendars for name in stated.known):
            return range(len(ids))
        kept: dict[str, int] = {}
        for row, id_ in enumerate(ids):
            name = stated.known[stated.number[row]]
            if name and name not in calendars:
                self._rows.each([row], partial(self._strange, "calendar", _NO_CALENDAR, {"name": name}, calendars))
            if id_ in kept:
                self._rows.each([row], partial(self._twice, id_, kept[id_]))
            elif id_:
                kept[id_] = row
        return [*kept.values()]

    def _twice(self, id_: str, first: int, row: int) -> Problem:
        texts = self._rows.text("id")
        said = alike(texts[row], texts[first], self._rows.where(first).line or first + 1)
        return Problem(self._rows.where(row, "id"), said or _TWICE(id=id_))

    def _strange(self, column: str, sentence: Sentence, named: Mapping[str, str], known: Collection[str], row: int) -> Problem:
        """A row that names what is not there."""
        [word] = named.values()
        return unknown_word(self._rows.where(row, column), sentence(**named), word, known)

    def _add(self, id_: str, name: str, level: str, parent: str) -> None:
        """A unit that no table declares."""
        if self._children is not None:
            _adopt(self._children, id_, name, parent)
        self._ids[id_] = len(self._ids)
        self._names.append(name)
        self._levels.append(level)
        self._parents.append(parent)
        for column in (self._sectors, self._tags):
            column.append(_NO_WORDS)
        self._calendars.append("")

    def _check_parents(self) -> None:
        """Parents exist, and none is its own ancestor; there is nothing to look for where every parent stands before its children."""
        order = self._ids
        if all(not parent or order.get(parent, k) < k for k, parent in enumerate(self._parents)):
            return
        self._by_parent()  # units below a parent that does not exist are not those of the root
        for k, parent in enumerate(self._parents):
            if parent and parent not in order:
                self._rows.each([self._row[k]], partial(self._strange, "parent", _NO_PARENT, {"parent": parent}, order))
                self._parents[k] = ""
        settled: set[str] = set()
        for start in order:
            path: dict[str, None] = {}
            id_ = start
            while id_ and id_ not in settled and id_ not in path:
                path[id_] = None
                id_ = self._parents[order[id_]]
            if id_ in path:
                self._rows.each([self._row[order[id_]]], partial(self._circle, [*path], id_))
                for member in itertools.dropwhile(id_.__ne__, path):
                    self._parents[order[member]] = ""  # a circle cut once would be a chain of any depth
            settled.update(path)

    def _circle(self, path: Sequence[str], id_: str, row: int) -> Problem:
        names = [*path[path.index(id_) :], id_]
        return Problem(self._rows.where(row, "parent"), _LOOP(path=" → ".join(names)))

    def lone(self, name: str) -> str:
        """The id of the only unit, made if there is none; empty if there are several."""
        if not self._ids:
            self._add(OPD, name or OPD, OPD, "")
        return next(iter(self._ids)) if len(self._ids) == 1 else ""

    def named(self, id_: str) -> str:
        """The id of a unit that a staff table names where no units are declared; made on the way."""
        if id_ not in self._ids:
            agency = beginning(Kind.UNIT_NAME, id_) == OPD
            self._add(id_, id_, OPD if agency else "unit", "")
            self._opds.update({id_} if agency else ())
        return id_

    def inside(self, above: str, name: str) -> str:
        """The id of a unit that a staff table names below another that its row names too; made on the way."""
        if not above or not name:
            return self.named(name) if name else above
        over = above
        while over:
            if simple(name) in (simple(over), simple(self._names[self._ids[over]])):
                return above
            over = self._parents[self._ids[over]]
        return self._child(above, name, "unit")

    def gather(self, title: str) -> None:
        """Put the units that a staff table names without an OPD under one, which bears the title of the instance."""
        loose = [id_ for id_, parent in zip(self._ids, self._parents, strict=True) if not parent and id_ not in self._opds]
        if self.declared or not loose:
            return
        self.title_opd = next(id_ for k in itertools.count(1) if (id_ := OPD if k == 1 else f"{OPD}-{k}") not in self._ids)
        self._add(self.title_opd, title or OPD, OPD, "")
        names = [self._names[self._ids[id_]] for id_ in loose]
        self.agencies = tuple(name for name in names if beginning(Kind.AGENCY_NAME, name) is not None)
        for id_ in loose:
            self._parents[self._ids[id_]] = self.title_opd
        self._children = None

    @property
    def mixed(self) -> bool:
        """Whether some rows of the staff table name an OPD, and some do not."""
        return bool(self.title_opd and self._opds)

    def by_columns(self, rows: Rows) -> list[str]:
        """Ids of the units that the columns opd, bidang and seksi name, row by row; empty where all three are."""
        known: dict[tuple[str, ...], str] = {}
        found = []
        for row, names in enumerate(zip(*(_each(rows.keys(level), range(len(rows))) for level in COLUMN_LEVELS), strict=True)):
            if names not in known:
                known[names] = self._chain(names, rows, row)
            found.append(known[names])
        return found

    def _chain(self, names: Sequence[str], rows: Rows, row: int) -> str:
        parent = ""
        given = [level for level, name in zip(COLUMN_LEVELS, names, strict=True) if name]
        present = [level for level in COLUMN_LEVELS if rows.has(level)]
        for upper, lower in itertools.pairwise(present):
            if self.declared and lower in given and upper not in given and upper == OPD:
                self._problems.add(rows.where(row, upper), _GAP(lower=lower, upper=upper))
        for level, name in zip(COLUMN_LEVELS, names, strict=True):
            if name:
                parent = self._child(parent, name, level)
        return parent

    def _child(self, parent: str, name: str, level: str) -> str:
        if name in self._ids and self._parents[self._ids[name]] == parent:
            return name
        found = self._by_parent().get((parent, simple(name)))
        if found is None:
            slug = simple(name).replace("_", "-")
            found = f"{parent}/{slug}" if parent else slug
            told = level if level == OPD else beginning(Kind.UNIT_NAME, name) or level
            self._add(found, name, told, parent)
            if told == OPD:
                self._opds.add(found)
        return found

    def _by_parent(self) -> dict[tuple[str, str], str]:
        """Ids by parent and by the words that a staff table may use for them."""
        if self._children is None:
            self._children = {}
            for id_, name, parent in zip(self._ids, self._names, self._parents, strict=True):
                _adopt(self._children, id_, name, parent)
        return self._children

    def build(self, default_calendar: str) -> Units:
        """All units, parents before children, what is inherited filled in.

        A unit's own sectors replace those above; tags are added to those above.
        """
        parent = np.fromiter((self._ids[id_] if id_ else NO_UNIT for id_ in self._parents), dtype=np.int32, count=len(self._ids))
        order = _preorder(parent)
        index = np.empty(len(order), dtype=np.int32)
        index[order] = np.arange(len(order), dtype=np.int32)
        above = np.where(parent == NO_UNIT, np.int32(NO_UNIT), index[parent])[order]
        rows = order.tolist()
        ids, names = list(self._ids), self._names
        return Units(
            ids=tuple([ids[k] for k in rows]),
            names=tuple([names[k] for k in rows]),
            parent=above,
            level=Words.of(self._levels).taken(order),
            sectors=_inherited(Words.of(self._sectors).taken(order), above, _NO_WORDS, lambda own, over: own or over),
            tags=_inherited(Words.of(self._tags).taken(order), above, _NO_WORDS, lambda own, over: own | over),
            calendar=_inherited(Words.of(self._calendars).taken(order), above, default_calendar, lambda own, over: own or over),
        )


def _words(text: str) -> frozenset[str]:
    return frozenset(items(text))


def _each(column: Values[T], rows: Sequence[int]) -> list[T]:
    """Values of some rows of a column."""
    return [column.known[n] for n in column.number[np.asarray(rows, dtype=np.int64)].tolist()]


def _adopt(children: dict[tuple[str, str], str], id_: str, name: str, parent: str) -> None:
    for word in (simple(name), simple(id_.rsplit("/", 1)[-1])):
        children.setdefault((parent, word), id_)


def _preorder(parent: NDArray[np.int32]) -> NDArray[np.int64]:
    """Nodes of a forest, each before all below it and these before its next sibling; siblings in their order : int64[·]."""
    depth = depth_of(parent)
    levels = [np.flatnonzero(depth == d) for d in range(int(depth.max(initial=-1)) + 1)]
    size = np.ones(len(parent), dtype=np.int64)
    for nodes in reversed(levels[1:]):
        np.add.at(size, parent[nodes], size[nodes])
    siblings = np.argsort(parent, kind="stable")
    before = np.cumsum(size[siblings]) - size[siblings]
    first = np.diff(parent[siblings], prepend=NO_UNIT - 1) != 0
    place = np.empty(len(parent), dtype=np.int64)
    place[siblings] = before - np.repeat(before[first], np.diff(np.flatnonzero(first), append=len(parent)))
    for nodes in levels[1:]:
        place[nodes] += place[parent[nodes]] + 1
    return np.argsort(place)


def _inherited(own: Words[T], parent: NDArray[np.int32], top: T, join: Callable[[T, T], T]) -> Words[T]:
    """A column in which each unit's own value is joined with the whole one of its parent, and a root's with `top`."""
    known = dict.fromkeys((*own.known, top))
    number = dict(zip(known, range(len(known)), strict=True))
    values, whole = [*known], own.number.copy()
    depth = depth_of(parent)
    for d in range(int(depth.max(initial=-1)) + 1):
        units = np.flatnonzero(depth == d)
        over = whole[parent[units]] if d else np.full(len(units), number[top])
        pairs, which = np.unique(own.number[units].astype(np.int64) * len(values) + over, return_inverse=True)
        joined = [join(values[pair // len(values)], values[pair % len(values)]) for pair in pairs.tolist()]
        for value in joined:
            if value not in number:
                number[value] = len(values)
                values.append(value)
        whole[units] = np.array([number[value] for value in joined], dtype=np.int32)[which.reshape(-1)]
    used = np.unique(whole)
    return Words(tuple(values[n] for n in used.tolist()), np.searchsorted(used, whole).astype(np.int32))

"""The tree of units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from giliran.domain.sealing import Sealed, SealedDict, sealed_once

T = TypeVar("T")

NO_UNIT = -1
"""Stands in index arrays for "no such unit"."""


@dataclass(frozen=True)
class Unit:
    """A node of the organisation, with inherited fields already filled in.

    Parameters
    ----------
    id, name
        Id (text) and name for people.
    level
        `opd`, `sekretariat`, `bidang`, `seksi`, `uptd`, `kecamatan` or any other word.
    parent
        Index of the parent, `NO_UNIT` for a root.
    sectors, tags
        Words that selectors look at; a unit may stand in several sectors because circulars use different words.
    calendar
        Name of the calendar of its staff.
    """

    id: str
    name: str
    level: str
    parent: int
    sectors: frozenset[str]
    tags: frozenset[str]
    calendar: str


@dataclass(frozen=True, eq=False)
class Words(Sealed, Generic[T]):
    """What every unit has of something that many have alike.

    Parameters
    ----------
    known
        The different values.
    number
        Index into `known` of each unit : int32[U].
    """

    known: tuple[T, ...]
    number: NDArray[np.int32]

    @classmethod
    def of(cls, column: Sequence[T]) -> Words[T]:
        """A column of values as the different ones and their numbers."""
        known = dict.fromkeys(column)
        number = dict(zip(known, range(len(known)), strict=True))
        return cls(tuple(known), np.fromiter(map(number.__getitem__, column), dtype=np.int32, count=len(column)))

    def taken(self, order: NDArray[np.int64]) -> Words[T]:
        """Some of the units, in this order."""
        return Words(self.known, self.number[order])

    def where(self, wanted: Callable[[T], bool], units: NDArray[np.integer] | slice = slice(None)) -> NDArray[np.bool_]:
        """Which of some units, all when left out, have a value that is wanted : bool in their shape."""
        return np.asarray(np.array([wanted(value) for value in self.known], dtype=np.bool_)[self.number[units]])


@dataclass(frozen=True, eq=False)
class Units(Sealed):
    """All units, parents before children, as columns; `units[u]` is one of them.

    Parameters
    ----------
    ids, names
        Ids and names for people.
    parent
        Parent of each unit : int32[U], `NO_UNIT` for roots.
    level, sectors, tags, calendar
        As in `Unit`.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    parent: NDArray[np.int32]
    level: Words[str]
    sectors: Words[frozenset[str]]
    tags: Words[frozenset[str]]
    calendar: Words[str]

    @classmethod
    def of(cls, units: Sequence[Unit]) -> Units:
        """The columns of some units, parents before children."""
        return cls(
            ids=tuple(unit.id for unit in units),
            names=tuple(unit.name for unit in units),
            parent=np.array([unit.parent for unit in units], dtype=np.int32),
            level=Words.of([unit.level for unit in units]),
            sectors=Words.of([unit.sectors for unit in units]),
            tags=Words.of([unit.tags for unit in units]),
            calendar=Words.of([unit.calendar for unit in units]),
        )

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, index: int) -> Unit:
        return Unit(
            id=self.ids[index],
            name=self.names[index],
            level=self.level.known[self.level.number[index]],
            parent=int(self.parent[index]),
            sectors=self.sectors.known[self.sectors.number[index]],
            tags=self.tags.known[self.tags.number[index]],
            calendar=self.calendar.known[self.calendar.number[index]],
        )

    @property
    def all(self) -> Iterator[Unit]:
        """Every unit, one after the other."""
        return map(self.__getitem__, range(len(self)))

    @cached_property
    def index(self) -> dict[str, int]:
        """Index of each unit by its id."""
        return SealedDict(zip(self.ids, range(len(self.ids)), strict=True))

    @sealed_once
    def depth(self) -> NDArray[np.int32]:
        """Distance from the root : int32[U]."""
        return depth_of(self.parent)

    def subtree(self, roots: Iterable[int]) -> NDArray[np.bool_]:
        """Units at or below any of `roots` : bool[U]."""
        inside = np.zeros(len(self), dtype=np.bool_)
        inside[list(roots)] = True
        for _ in range(int(self.depth.max(initial=0))):
            inside |= inside[self.parent] & (self.parent != NO_UNIT)
        return inside

    @sealed_once
    def span(self) -> NDArray[np.int64]:
        """Where each unit, followed by all units below it, begins and ends in one row of all of them : int64[2, U]."""
        size, first = np.ones(len(self), dtype=np.int64), np.zeros(len(self), dtype=np.int64)
        order = np.argsort(self.depth, kind="stable")
        levels = np.split(order, np.flatnonzero(np.diff(self.depth[order])) + 1)
        for level in reversed(levels[1:]):
            np.add.at(size, self.parent[level], size[level])
        for level in levels:
            mine = level[np.argsort(self.parent[level], kind="stable")]
            above, before = self.parent[mine], np.cumsum(size[mine]) - size[mine]
            start = np.flatnonzero(np.diff(above, prepend=NO_UNIT - 1))
            among = before - np.repeat(before[start], np.diff(start, append=len(mine)))
            first[mine] = among + np.where(above == NO_UNIT, 0, first[above] + 1)
        return np.stack([first, first + size])

    @sealed_once
    def _in_span(self) -> NDArray[np.int64]:
        """The units in the order of `span` : int64[U]."""
        return np.argsort(self.span[0])

    def below(self, root: int) -> NDArray[np.int64]:
        """A unit and all units below it : int64[·]; no others are looked at."""
        first, last = self.span[:, root].tolist()
        return self._in_span[first:last]

    def under(self, roots: Iterable[int], units: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Which of some units stand at or below any of `roots` : bool in their shape."""
        found = list(roots)
        if units.size * len(found) >= len(self):
            return np.asarray(self.subtree(found)[units])
        first, last = self.span
        at, inside = first[units], np.zeros(units.shape, dtype=np.bool_)
        for root in found:
            inside |= (first[root] <= at) & (at < last[root])
        return inside

    def at_level(self, levels: Iterable[str]) -> NDArray[np.bool_]:
        """Units whose own level is one of `levels` : bool[U]."""
        return self.level.where(set(levels).__contains__)

    def nearest(self, levels: Sequence[str]) -> NDArray[np.int32]:
        """For each unit the nearest one at or above it with one of `levels` : int32[U], `NO_UNIT` where there is none."""
        return self.nearest_of(self.at_level(levels))

    def nearest_to(self, units: NDArray[np.int32], levels: Sequence[str]) -> NDArray[np.int32]:
        """The same for some units : int32 in their shape; of few units no other one is looked at but those above."""
        if units.size >= len(self):
            return np.asarray(self.nearest(levels)[units])
        table = np.array([*(level in levels for level in self.level.known), False], dtype=np.bool_)
        found, now = np.full(units.shape, NO_UNIT, dtype=np.int32), units
        while (now != NO_UNIT).any():
            here = (now != NO_UNIT) & table[self.level.number[now]]
            found = np.where(here, now, found)
            now = np.where(here | (now == NO_UNIT), np.int32(NO_UNIT), self.parent[now])
        return found

    def nearest_of(self, wanted: NDArray[np.bool_]) -> NDArray[np.int32]:
        """For each unit the nearest wanted one at or above it : int32[U], `NO_UNIT` where there is none; `wanted` is bool[U]."""
        found = np.where(wanted, np.arange(len(self), dtype=np.int32), np.int32(NO_UNIT))
        for _ in range(int(self.depth.max(initial=0))):
            found = np.where((found == NO_UNIT) & (self.parent != NO_UNIT), found[self.parent], found)
        return found

    def path(self, index: int) -> tuple[int, ...]:
        """A unit and everything above it, nearest first."""
        path = []
        while index != NO_UNIT:
            path.append(index)
            index = int(self.parent[index])
        return tuple(path)


def depth_of(parent: NDArray[np.int32]) -> NDArray[np.int32]:
    """Distance of each node from its root, given the parent of each in any order : int32[·]."""
    depth = np.zeros(len(parent), dtype=np.int32)
    above = parent
    while len(below := np.flatnonzero(above != NO_UNIT)):
        depth[below] += 1
        above = np.where(above != NO_UNIT, parent[above], np.int32(NO_UNIT))
    return depth

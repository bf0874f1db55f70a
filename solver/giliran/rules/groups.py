"""Groups that rules count by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator

from giliran.domain.cell_set import CellSet, People, find_rows
from giliran.domain.facts import Cells, Facts
from giliran.domain.units import NO_UNIT
from giliran.messages import Said, Sentence, plain
from giliran.text import TextError

WHOLE = "whole"
LEAF = "leaf"
NO_GROUP = -1
"""Stands in `gid` for cells outside every group."""

WHOLE_SELECTION = Sentence(en="everybody concerned", id="semua pegawai yang dimaksud")
WITH_VALUE = Sentence(en="{unit} ({value})", id="{unit} ({value})")
NO_LEVEL = Sentence(en="at least one level is needed", id="paling sedikit satu tingkat harus disebut")
STANDS_ALONE = Sentence(
    en="`whole` and `leaf` are no levels; each stands alone", id="`whole` dan `leaf` bukan tingkat; masing-masing ditulis sendiri"
)


def _per(value: Any) -> Any:
    """A list of one is that one; several are levels."""
    if not isinstance(value, (list, tuple)):
        return value
    if not value:
        raise TextError(NO_LEVEL())
    if len(value) > 1 and any(word in value for word in (WHOLE, LEAF)):
        raise TextError(STANDS_ALONE())
    return value[0] if len(value) == 1 else tuple(value)


Per = Annotated[str | tuple[str, ...], BeforeValidator(_per)]
"""How a rule groups people: `whole`, `leaf`, a level or several levels, taken literally."""


@dataclass(frozen=True)
class Grouping:
    """Whom a statement wants in groups, and whom no group takes, because no unit of its levels stands at or above theirs.

    Parameters
    ----------
    meant, outside
        Cells of the same people, the second a part of the first.
    """

    meant: CellSet
    outside: CellSet

    @property
    def in_vain(self) -> bool:
        """Whether somebody is meant, and no group takes anybody."""
        return self.meant.any() and not self.taken.any()

    @property
    def taken(self) -> CellSet:
        """Cells that stand in a group."""
        return self.meant.where(~self.outside.table)


@dataclass(frozen=True)
class Groups:
    """A partition of some cells into groups, the same every day for everybody who is not moved.

    Parameters
    ----------
    gid
        Group of each cell of some people : int32[N, D], `NO_GROUP` outside.
    unit
        Unit of each group : int32[G], `NO_UNIT` for the whole selection.
    value
        The value of a condition that split the group, "" elsewhere.
    rows
        Who these people are; nobody else is in a group.
    """

    gid: NDArray[np.int32]
    unit: NDArray[np.int32]
    value: tuple[str, ...]
    rows: People

    def __len__(self) -> int:
        return len(self.unit)

    def _inside(self, cells: Cells | CellSet) -> Cells:
        """Cells of a group : bool[N, D]."""
        return np.asarray((cells.on(self.rows) if isinstance(cells, CellSet) else cells[self.rows]) & (self.gid != NO_GROUP))

    def count(self, cells: Cells | CellSet) -> NDArray[np.int64]:
        """Cells of each group and day : int64[G, D]."""
        days = self.gid.shape[1]
        e, d = np.nonzero(self._inside(cells))
        flat = self.gid[e, d].astype(np.int64) * days + d
        return np.bincount(flat, minlength=len(self) * days).astype(np.int64).reshape(len(self), days)

    def spread(self, table: NDArray[np.int64]) -> NDArray[np.int64]:
        """The group's number at every cell of its people; meaningless outside the groups : int64[N, D]."""
        return np.asarray(table[np.maximum(self.gid, 0), np.arange(self.gid.shape[1])])

    def members(self, group: int, day: int, cells: CellSet | None = None) -> NDArray[np.int64]:
        """People of a group on a day, of some cells alone where they are given : int64[·]."""
        mine = self.gid[:, day] == group
        found = np.flatnonzero(mine if cells is None else mine & cells.on(self.rows)[:, day])
        return found if isinstance(self.rows, slice) else self.rows[found]

    def at(self, person: NDArray[np.int64], day: NDArray[np.int64] | int) -> NDArray[np.int64]:
        """Group of single cells, `NO_GROUP` outside : int64[·]."""
        where, here = find_rows(self.rows, person)
        if not len(self.gid):
            return np.full(len(person), NO_GROUP, dtype=np.int64)
        return np.where(here, self.gid[where, day], NO_GROUP).astype(np.int64)

    def columns(self, cells: Cells | CellSet) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Cells sorted by group and day, as the parts of CSR rows.

        Returns
        -------
        group, day, size : int64[M]
            The occurrences that have a cell, and how many.
        col : int64[sum(size)]
            Their column numbers, people in row order.
        """
        days = self.gid.shape[1]
        row, d = np.nonzero(self._inside(cells))
        key = self.gid[row, d].astype(np.int64) * days + d
        order = np.argsort(key, kind="stable")
        found, size = _counted(key[order])
        e = row if isinstance(self.rows, slice) else self.rows[row]
        col = (e.astype(np.int64) * days + d)[order]
        return found // days, found % days, size, col

    def occurrences(self, cells: Cells | CellSet) -> Iterator[tuple[int, int, NDArray[np.int64]]]:
        """Group, day and column numbers, people in row order, of every occurrence that has a cell."""
        group, day, size, col = self.columns(cells)
        parts = np.split(col, np.cumsum(size)[:-1]) if len(size) else []
        yield from zip(group.tolist(), day.tolist(), parts, strict=True)

    def label(self, facts: Facts, group: int) -> Said:
        """How a report names a group."""
        unit = self.unit[group]
        name = WHOLE_SELECTION() if unit == NO_UNIT else plain(facts.units[unit].name)
        return WITH_VALUE(unit=name, value=self.value[group]) if self.value[group] else name


def _counted(ordered: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The different ones among sorted numbers, and how often each stands there : int64[·] each."""
    start = np.flatnonzero(np.diff(ordered, prepend=-1))
    return ordered[start], np.diff(start, append=len(ordered))


def unit_map(facts: Facts, per: str | Sequence[str]) -> NDArray[np.int32]:
    """For each unit the unit that its staff are grouped under : int32[U]; `NO_UNIT` where a level is missing above.

    `whole` maps every unit to 0, `leaf` to itself, levels to the nearest unit at or above.
    """
    if per == WHOLE:
        return np.zeros(len(facts.units), dtype=np.int32)
    if per == LEAF:
        return np.arange(len(facts.units), dtype=np.int32)
    return facts.units.nearest([per] if isinstance(per, str) else list(per))


def unit_above(facts: Facts, per: str | Sequence[str], unit: NDArray[np.int32]) -> NDArray[np.int32]:
    """What `unit_map` says of some units : int32 in their shape."""
    if per == WHOLE:
        return np.zeros_like(unit)
    return unit if per == LEAF else facts.units.nearest_to(unit, [per] if isinstance(per, str) else list(per))


def grouping(facts: Facts, per: str | Sequence[str], meant: CellSet) -> Grouping:
    """Who of the cells meant stands under a unit that `per` names."""
    return Grouping(meant, meant.where(unit_above(facts, per, meant.of(facts.unit)) == NO_UNIT))


Split = tuple[tuple[str, ...], NDArray[np.int16]]
"""Words of a condition and their codes : int16[U, D]."""


def group_cells(facts: Facts, per: str | Sequence[str], cells: CellSet, split: Split | None = None) -> Groups:
    """Group cells by unit, and by the value of a condition where one is given.

    Parameters
    ----------
    per
        `whole`, `leaf`, a level or several levels.
    cells
        The cells to group; the others belong to no group.
    split
        Words and codes of a condition, int16[U, D], to split groups by.
    """
    unit_of = cells.of(facts.unit)
    above = unit_above(facts, per, unit_of)
    inside = cells.table & (above != NO_UNIT)
    words = split[0] if split else ("",)
    code = split[1][unit_of, np.arange(facts.num_days)].astype(np.int64) if split else np.zeros(inside.shape, dtype=np.int64)
    key = np.where(inside & (code >= 0), above.astype(np.int64) * len(words) + code, -1)
    found, gid = numbered(key, len(facts.units) * len(words))
    unit = (found // len(words)).astype(np.int32)
    if per == WHOLE:
        unit = np.full(len(found), NO_UNIT, dtype=np.int32)
    value = tuple(words[k] for k in found % len(words))
    return Groups(gid, unit, value, cells.rows)


def numbered(key: NDArray[np.int64], most: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The different keys below `most` in their order, and for each cell which of them it has, `NO_GROUP` for -1."""
    if key.size < most:  # few cells: no table of all keys
        found = np.unique(key[key >= 0])
        place = np.searchsorted(found, key)
        return found, np.where(key >= 0, place, NO_GROUP).astype(np.int32)
    there = np.zeros(most + 1, dtype=np.bool_)
    there[key] = True
    there[-1] = False
    found = np.flatnonzero(there)
    position = np.full(len(there), NO_GROUP, dtype=np.int32)
    position[found] = np.arange(len(found), dtype=np.int32)
    return found, position[key]

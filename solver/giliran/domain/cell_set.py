"""Cells of some people: what a statement about a few costs is a matter of these few, not of everybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells
from giliran.domain.sealing import Sealed

T = TypeVar("T", bound=np.generic)

SPARSE = 4
"""Up to every `SPARSE`-th of all people, those of a statement are kept alone."""

EVERYBODY = slice(None)
"""Stands for the rows of all people."""

People = NDArray[np.int64] | slice
"""Rows of some people, ascending : int64[N], or `EVERYBODY`."""


@dataclass(frozen=True, eq=False)
class CellSet(Sealed):
    """A set of cells, all of them of some people.

    Parameters
    ----------
    people
        How many people there are in all `E`.
    rows
        Those who may have a cell in the set : int64[N] ascending, or `EVERYBODY`.
    table
        Their cells : bool[N, D].
    """

    people: int
    rows: People
    table: Cells

    __array_ufunc__ = None  # `cells & part` is no array

    @classmethod
    def whole(cls, cells: Cells) -> CellSet:
        """Cells of everybody : bool[E, D]."""
        return cls(len(cells), EVERYBODY, cells)

    @classmethod
    def of_columns(cls, shape: tuple[int, int], columns: NDArray[np.int64]) -> CellSet:
        """Cells by their numbers in the grid of everybody."""
        person, day = np.divmod(columns, shape[1])
        rows = small(np.unique(person), shape[0])
        where, _ = find_rows(rows, person)
        table = np.zeros((shape[0] if isinstance(rows, slice) else len(rows), shape[1]), dtype=np.bool_)
        table[where, day] = True
        return cls(shape[0], rows, table)

    @classmethod
    def none(cls, shape: tuple[int, int]) -> CellSet:
        """No cells."""
        return cls(shape[0], np.zeros(0, dtype=np.int64), np.zeros((0, shape[1]), dtype=np.bool_))

    def __and__(self, cells: Cells) -> CellSet:
        return CellSet(self.people, self.rows, self.table & cells[self.rows])

    def __sub__(self, cells: Cells) -> CellSet:
        return CellSet(self.people, self.rows, self.table & ~cells[self.rows])

    def given(self, table: Cells) -> CellSet:
        """Other cells of the same people : bool[N, D]."""
        return CellSet(self.people, self.rows, table)

    def where(self, table: Cells) -> CellSet:
        """Those of the cells that hold in a table of the same people : bool[N, D]."""
        return CellSet(self.people, self.rows, self.table & table)

    def of(self, table: NDArray[T]) -> NDArray[T]:
        """What a table of everybody, [E, ·], says of these people : [N, ·]."""
        return table[self.rows]

    def on(self, rows: People) -> Cells:
        """The cells of these rows : bool[len(rows), D]; the set has no others."""
        if rows is self.rows or (isinstance(rows, slice) and isinstance(self.rows, slice)):
            return self.table
        return self.dense if isinstance(rows, slice) else self.cells_of(rows)

    def at(self, person: NDArray[np.int64], day: NDArray[np.int64] | int) -> NDArray[np.bool_]:
        """Whether single cells are in the set : bool[·]."""
        where, here = find_rows(self.rows, person)
        return np.asarray(self.table[where, day] & here) if len(self.table) else np.zeros(len(person), dtype=np.bool_)

    def cells_of(self, person: NDArray[np.int64]) -> Cells:
        """The cells of some people, in any order : bool[len(person), D]."""
        where, here = find_rows(self.rows, person)
        if not len(self.table):
            return np.zeros((len(person), self.table.shape[1]), dtype=np.bool_)
        return np.asarray(self.table[where] & here if isinstance(self.rows, slice) else self.table[where] & np.asarray(here)[:, None])

    def any(self) -> bool:
        """Whether there is a cell."""
        return bool(self.table.any())

    @property
    def shape(self) -> tuple[int, int]:
        """Shape of a table of everybody: `(E, D)`."""
        return self.people, self.table.shape[1]

    @property
    def index(self) -> NDArray[np.int64]:
        """Row of each of the people among everybody : int64[N]."""
        return np.arange(self.people, dtype=np.int64) if isinstance(self.rows, slice) else self.rows

    @property
    def dense(self) -> Cells:
        """The set as cells of everybody : bool[E, D]; not kept."""
        if isinstance(self.rows, slice):
            return self.table
        cells = np.zeros((self.people, self.table.shape[1]), dtype=np.bool_)
        cells[self.rows] = self.table
        return cells

    @property
    def who(self) -> NDArray[np.int64]:
        """People with a cell : int64[·]."""
        found = np.flatnonzero(self.table.any(axis=1))
        return found if isinstance(self.rows, slice) else self.rows[found]

    def spots(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Person and day of every cell, by person : int64[·] each."""
        row, day = np.nonzero(self.table)
        return (row if isinstance(self.rows, slice) else self.rows[row]), day

    @property
    def columns(self) -> NDArray[np.int64]:
        """Numbers of the cells in the grid of everybody, ascending : int64[·]."""
        e, d = self.spots()
        return np.asarray(e * self.table.shape[1] + d)

    def put(self, into: Cells) -> None:
        """Add the cells to a set of everybody's : bool[E, D]."""
        into[self.rows] |= self.table


def find_rows(rows: People, person: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_] | np.bool_]:
    """Where people stand among some rows, and whether they do; where they do not, the first is any place."""
    if isinstance(rows, slice):
        return person, np.True_
    where = np.minimum(np.searchsorted(rows, person), max(len(rows) - 1, 0))
    return where, rows[where] == person if len(rows) else np.zeros(len(person), dtype=np.bool_)


def together(rows: Iterable[People], people: int) -> People:
    """The rows of several parts."""
    parts = list(rows)
    if all(part is parts[0] for part in parts):
        return parts[0]
    few = [part for part in parts if not isinstance(part, slice)]
    return small(np.unique(np.concatenate(few)), people) if len(few) == len(parts) else EVERYBODY


def union(parts: Sequence[CellSet]) -> CellSet:
    """Cells of any of several sets."""
    some = [part for part in parts if len(part.table)] or list(parts[:1])
    if len(some) == 1:
        return some[0]
    rows = together((part.rows for part in some), some[0].people)
    return CellSet(some[0].people, rows, np.logical_or.reduce([part.on(rows) for part in some]))


def small(rows: NDArray[np.int64], people: int) -> People:
    """These rows where they are few, else `EVERYBODY`."""
    return rows if len(rows) * SPARSE < people else EVERYBODY

"""Sums of parts without a plan, whoever found that out, said by rows of the program and cut down to what says it.

They are looked for among the program's own rows: presolve has moved some of them into bounds of columns, and where a sum leans on such a
bound the row is to stand in it. What is found does not depend on how the part was solved, nor on time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from giliran.engine.base.arrays import components, pick
from giliran.engine.base.budget import UNLIMITED
from giliran.engine.base.part import NO_LADDERS, Part, PartRows
from giliran.engine.base.sums import Sum, added_up, column_bounds, missing
from giliran.engine.columns.elastic import impossible_sum
from giliran.engine.presolve.beside import NO_PART
from giliran.engine.presolve.fixing import LoneRows, lone_rows, tightened
from giliran.program import HARD, Ints, Program
from giliran.program.segments import segment_sums

MOST_TRIED = 64
"""Groups of rows of a sum that are left out for trial, the smallest first: where there are more each of them matters."""

_Rows = tuple[Ints, Ints]
"""Rows, and how often each is taken : int64[k] each."""


class Reasons:
    """Finds the sums of one program.

    Parameters
    ----------
    program
        The program.
    """

    def __init__(self, program: Program) -> None:
        self._program = program

    @cached_property
    def _bounds(self) -> tuple[Ints, Ints]:
        return column_bounds(self._program)

    @cached_property
    def _lone(self) -> LoneRows:
        return lone_rows(self._program)

    @cached_property
    def _moved(self) -> NDArray[np.bool_]:
        """Columns with bounds that presolve has tightened : bool[N]."""
        lo, hi, _ = tightened(self._program, self._lone)
        return np.asarray((lo > self._bounds[0]) | (hi < self._bounds[1]))

    def of(self, parts: Sequence[Part]) -> list[tuple[Sum, ...]]:
        """Sums that prove that some parts have no plan, no two of which share a column; none for a part whose relaxation has one.

        Parameters
        ----------
        parts
            All of them at once: where many are impossible one linear program tells why.
        """
        found: list[tuple[Sum, ...]] = [()] * len(parts)
        owner = np.full(self._program.num_columns, NO_PART, dtype=np.int64)
        for p, part in enumerate(parts):
            owner[part.cells] = owner[part.columns] = p
        homeless = [p for p, part in enumerate(parts) if not len(part.cells) and not part.num_columns]
        for one in self._sums(self._around(owner, homeless=bool(homeless))) if parts else ():
            _, entries = pick(self._program.rows.start, np.array(one.rows, dtype=np.int64))
            mine = set(owner[self._program.rows.col[entries]].tolist()) - {NO_PART}
            for p in mine or homeless:
                found[p] = (*found[p], one)
        return found

    def _sums(self, which: Ints) -> Iterator[Sum]:
        """What some rows show."""
        near, people = self._region(which)
        times = impossible_sum(near, people, UNLIMITED)
        if times is None:
            return
        for rows in self._pieces((which[times != 0], times[times != 0])):
            if (one := added_up(self._program, *rows, self._bounds)) is not None:
                yield one

    def _pieces(self, rows: _Rows) -> Iterator[_Rows]:
        """The rows in groups that share no column, each cut down to what it needs; what falls apart then is cut down again."""
        for piece in self._apart(rows):
            if self._missing(piece) > 0:
                needed = self._needed(piece)
                yield from [needed] if len(needed[0]) == len(piece[0]) else self._pieces(needed)

    def _around(self, owner: Ints, *, homeless: bool) -> Ints:
        """Rows that must hold over columns that a part owns, and those that presolve has tightened their columns by.

        Parameters
        ----------
        homeless
            Whether rows without a cell are wanted too, whose columns fixed cells have settled.
        """
        rows, hard = self._program.rows, self._program.rows.tier == HARD
        touching = segment_sums((owner != NO_PART)[rows.col], rows.start) > 0
        if homeless:
            touching |= segment_sums(rows.col < self._program.num_cells, rows.start) == 0
        touching &= hard
        near = np.zeros(self._program.num_columns, dtype=np.bool_)
        near[rows.col[np.repeat(touching, np.diff(rows.start))]] = True
        touching[self._lone.row[(near & self._moved)[self._lone.col]]] = True
        return np.flatnonzero(touching)

    def _region(self, which: Ints) -> tuple[Part, Ints]:
        """Some rows and all their columns as a part without costs, and the person of each of its cells."""
        rows, num_days = self._program.rows, self._program.shape[1]
        start, entries = pick(rows.start, which)
        columns, col = np.unique(rows.col[entries], return_inverse=True)
        hard, free = np.full(len(which), HARD, dtype=np.int64), np.zeros(len(which), dtype=np.int64)
        cells = columns[columns < self._program.num_cells]
        near = Part(
            columns=columns,
            cells=cells,
            lo=self._bounds[0][columns],
            hi=self._bounds[1][columns],
            rows=PartRows(start, col.reshape(-1), rows.coef[entries], rows.lo[which], rows.hi[which], hard, free),
            ladders=NO_LADDERS,
            cost=np.zeros((1, len(columns)), dtype=np.int64),
            broken=False,
        )
        return near, cells // num_days

    def _missing(self, rows: _Rows) -> int:
        return missing(self._program.rows, *self._bounds, *rows)

    def _apart(self, rows: _Rows) -> list[_Rows]:
        """Rows in groups that share no column: what the whole is missing is what these are missing together."""
        which, times = rows
        start, entries = pick(self._program.rows.start, which)
        _, place = np.unique(self._program.rows.col[entries], return_inverse=True)
        label = components(len(entries), (start, place.reshape(-1)))
        first = label[place.reshape(-1)[start[:-1]]]
        return [(which[first == one], times[first == one]) for one in np.unique(first).tolist()]

    def _needed(self, rows: _Rows) -> _Rows:
        """The rows without those that the sum does not need: whole rules first, then days and people that do not raise it."""
        for group in self._groups(rows, by_day=False):
            rows = self._less(rows, group, least=1)
        for group in self._groups(rows, by_day=True):
            rows = self._less(rows, group, least=self._missing(rows))
        return rows[0], rows[1] // np.gcd.reduce(rows[1])

    def _groups(self, rows: _Rows, *, by_day: bool) -> list[Ints]:
        """Rows of one rule that ask, or give, in the same way; those of each day apart where wanted. The smallest first."""
        which, times = rows
        every = self._program.rows
        keys = [every.rule[which], np.sign(times), every.person[which] >= 0]
        if by_day:
            keys += [every.group[which], every.day[which], np.where(times > 0, every.lo[which], every.hi[which])]
        _, place = np.unique(np.stack(keys), axis=1, return_inverse=True)
        groups = [which[place.reshape(-1) == k] for k in range(int(place.max(initial=-1)) + 1)]
        return sorted(groups, key=lambda group: (len(group), group.tolist()))[:MOST_TRIED]

    def _less(self, rows: _Rows, group: Ints, least: int) -> _Rows:
        """The rows without a group of them, if so much is missing all the same."""
        keep = ~np.isin(rows[0], group)
        fewer = (rows[0][keep], rows[1][keep])
        return fewer if keep.any() and self._missing(fewer) >= max(least, 1) else rows

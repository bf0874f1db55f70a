"""What can still happen, as rows: how the cells of a subject make something happen in a window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from giliran.program import Ints, ProgramBuilder
from giliran.program.segments import segment_sums, starts_of
from giliran.rules.base import Statement
from giliran.rules.kinds.frequency.choices import Happens

Bits = NDArray[np.bool_]

OPEN, ELSEWHERE, THERE = -1, 0, 1
"""What is known of a cell: nothing yet, not at the place, at the place."""


@dataclass(frozen=True)
class Cases:
    """What makes something happen: any one case of an event does, and a case is some cells of which all, any or only one are there.

    Parameters
    ----------
    event : int64[K]
        The event of each case, ascending.
    start : int64[K + 1]
        Where its cells begin.
    col : int64[M]
        Columns of the cells, in the office or elsewhere.
    known : int64[M]
        `OPEN`, `ELSEWHERE` or `THERE`.
    wanted : int64[M]
        The same, with cells that rules about the person fix taken as fixed.
    missing : bool[K]
        Somebody of the subject cannot be there at all.
    """

    event: Ints
    start: Ints
    col: Ints
    known: Ints
    wanted: Ints
    missing: Bits

    def sums(self, chosen: Bits) -> Ints:
        """Chosen cells of every case : int64[K]."""
        return segment_sums(chosen, self.start)

    def done(self, happens: Happens) -> Bits:
        """Cases that hold whatever is planned : bool[K]."""
        open_, there, elsewhere = (self.sums(self.known == mark) for mark in (OPEN, THERE, ELSEWHERE))
        if happens is Happens.ANY:
            return np.asarray(there > 0)
        if happens is Happens.ALL:
            return np.asarray((open_ == 0) & (elsewhere == 0) & ~self.missing)
        return np.asarray((open_ == 0) & (there == 1))

    def could(self, happens: Happens, known: Ints) -> Bits:
        """Cases that may hold, as far as is known of the cells : bool[K]."""
        open_, there, elsewhere = (self.sums(known == mark) for mark in (OPEN, THERE, ELSEWHERE))
        if happens is Happens.ANY:
            return np.asarray(there + open_ > 0)
        if happens is Happens.ALL:
            return np.asarray((elsewhere == 0) & ~self.missing)
        return np.asarray((there == 1) | ((there == 0) & (open_ > 0)))

    def open_of(self, chosen: Bits) -> tuple[Ints, Ints]:
        """Open cells of some cases : how many of each, and their columns."""
        mine = np.repeat(chosen, np.diff(self.start)) & (self.known == OPEN)
        return self.sums(mine)[chosen], self.col[mine]


class Writer:
    """Writes rows over cells that count 1 where they are at the place.

    Parameters
    ----------
    owner, out
        The rule, and the program in the making.
    office
        Whether the place is the office, so that a cell is its column; at home it is 1 − column.
    """

    def __init__(self, owner: Statement, out: ProgramBuilder, *, office: bool) -> None:
        self.owner, self.out = owner, out
        self.sign, self.base = (1, 0) if office else (-1, 1)

    def row(self, column: Ints, times: Ints | int, size: Ints, col: Ints, coef: Ints | int, **bound: Any) -> None:
        """Rows `times · column + Σ coef · cell` between `lo` and `hi`, with the next `size` cells each."""
        many = np.broadcast_to(np.asarray(coef, dtype=np.int64), col.shape)
        start = starts_of(size)
        constant = self.base * segment_sums(many, start)
        for name in ("lo", "hi"):
            if name in bound:
                bound[name] = bound[name] - constant
        cols = np.insert(col, start[:-1], column)
        coefs = np.insert(self.sign * many, start[:-1], times)
        self.out.rows(self.owner, size + 1, cols, coef=coefs, **bound)

    def at_least(self, column: Ints, happens: Happens, size: Ints, col: Ints, there: Ints, where: dict[str, Ints]) -> None:
        """Each column is 1 where its case holds, one case after another of `size` open cells, `there` of its others being there already."""
        each, of = np.repeat(column, size), {name: np.repeat(value, size) for name, value in where.items()}
        one = np.ones_like(col)
        if happens is Happens.ANY:
            self.row(each, 1, one, col, -1, lo=0, **of)
        elif happens is Happens.ALL:
            self.row(column, 1, size, col, -1, lo=1 - size, **where)
        else:
            settled = there == 1
            self._each_alone(column[~settled], size[~settled], col[np.repeat(~settled, size)], _some(where, ~settled))
            self.row(column[settled], 1, size[settled], col[np.repeat(settled, size)], 1, lo=1, **_some(where, settled))

    def _each_alone(self, column: Ints, size: Ints, col: Ints, where: dict[str, Ints]) -> None:
        """`column ≥ cell − Σ other cells` for every cell."""
        rows, start = np.repeat(size, size), np.repeat(starts_of(size)[:-1], size)
        first = starts_of(rows)
        within = np.arange(first[-1]) - np.repeat(first[:-1], rows)
        own = np.concatenate([np.arange(n) for n in size.tolist()]) if len(size) else size
        coef = np.where(within == np.repeat(own, rows), -1, 1)
        of = {name: np.repeat(value, size) for name, value in where.items()}
        self.row(np.repeat(column, size), 1, rows, col[np.repeat(start, rows) + within], coef, lo=0, **of)

    def at_most(self, column: Ints, happens: Happens, size: Ints, col: Ints, there: Ints, where: dict[str, Ints]) -> None:
        """Each column is 0 where its case does not hold."""
        each, of = np.repeat(column, size), {name: np.repeat(value, size) for name, value in where.items()}
        one = np.ones_like(col)
        if happens is Happens.ANY:
            self.row(column, 1, size, col, -1, hi=0, **where)
        elif happens is Happens.ALL:
            self.row(each, 1, one, col, -1, hi=0, **of)
        else:
            settled = there == 1
            free = np.repeat(~settled, size)
            self.row(column[~settled], 1, size[~settled], col[free], -1, hi=0, **_some(where, ~settled))
            self._never_two(column[~settled], size[~settled], col[free], _some(where, ~settled))
            fixed = np.repeat(settled, size)
            self.row(each[fixed], 1, one[fixed], col[fixed], 1, hi=1, **{name: value[fixed] for name, value in of.items()})

    def _never_two(self, column: Ints, size: Ints, col: Ints, where: dict[str, Ints]) -> None:
        """`column ≤ 2 − one cell − another` for every two cells: no row with larger coefficients, which certificates could not read."""
        two = [
            np.stack(np.triu_indices(n, 1), axis=1).reshape(-1) + first for n, first in zip(size.tolist(), starts_of(size), strict=False)
        ]
        many = size * (size - 1) // 2
        cells = col[np.concatenate([np.zeros(0, dtype=np.int64), *two])]
        of = {name: np.repeat(value, many) for name, value in where.items()}
        self.row(np.repeat(column, many), 1, np.full(int(many.sum()), 2), cells, 1, hi=2, **of)


def _some(where: dict[str, Ints], chosen: Bits) -> dict[str, Ints]:
    return {name: value[chosen] for name, value in where.items()}

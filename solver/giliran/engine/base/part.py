"""A part: cells that statements tie together, with all statements over them, as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from giliran.engine.base.arrays import pick
from giliran.program import HARD, Ints, Ladders
from giliran.program.segments import segment_sums

NO_LADDERS = Ladders(*(np.zeros(size, dtype=np.int64) for size in (1, 0, 0, 0)))
"""Those of a part that has none."""


@dataclass(frozen=True)
class PartRows:
    """Linear rows over local columns; fields mean what they mean in `program.Rows`. A switch is a soft row that wants a difference of 0.

    Parameters
    ----------
    start : int64[M + 1]
    col, coef : int64[nnz]
    lo, hi, tier, weight : int64[M]
    """

    start: Ints
    col: Ints
    coef: Ints
    lo: Ints
    hi: Ints
    tier: Ints
    weight: Ints

    def __len__(self) -> int:
        return len(self.lo)

    def of(self, which: Ints) -> PartRows:
        """Some of the rows."""
        start, entries = pick(self.start, which)
        head = (self.lo[which], self.hi[which], self.tier[which], self.weight[which])
        return PartRows(start, self.col[entries], self.coef[entries], *head)

    def misses(self, x: Ints) -> Ints:
        """By how much every row is missed : int64[M]."""
        activity = segment_sums(self.coef * x[self.col], self.start)
        return np.asarray(np.maximum(0, np.maximum(self.lo - activity, activity - self.hi)))


@dataclass(frozen=True)
class Part:
    """Columns that statements tie together, numbered 0 … n-1 in lottery order of their people, auxiliary columns last.

    Parameters
    ----------
    columns : int64[n]
        The program's column of each local column.
    cells : int64[m]
        The program's cells whose plan this part decides: its cell columns, or the fixed cells of rows that no choice can mend.
    lo, hi : int64[n]
    rows, ladders
        Over local columns.
    cost : int64[T, n]
        Linear cost of each column in each tier.
    broken
        Known without search: no plan exists.
    beside : int64[k]
        Fixed cells that have no plan unless this part has one: auxiliary columns choose among them, and among no free cells.
    days
        Days of the program, so that a cell tells its person; None where nobody asks.
    """

    columns: Ints
    cells: Ints
    lo: Ints
    hi: Ints
    rows: PartRows
    ladders: Ladders
    cost: Ints
    broken: bool
    beside: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    days: int | None = None

    @property
    def num_columns(self) -> int:
        """Number of columns."""
        return len(self.columns)

    def kept(self, x: Ints) -> bool:
        """Whether values int64[n] are inside their bounds and keep every hard row."""
        inside = bool(((self.lo <= x) & (x <= self.hi)).all())
        return inside and not self.rows.misses(x)[self.rows.tier == HARD].any()

    def values(self, x: Ints) -> Ints:
        """What values int64[n] of the columns cost in each tier : int64[T]."""
        total = self.cost @ x
        soft = self.rows.tier != HARD
        np.add.at(total, self.rows.tier[soft], (self.rows.misses(x) * self.rows.weight)[soft])
        taken = self.steps_taken(x)
        np.add.at(total, self.ladders.tier, segment_sums(self.ladders.step * taken, self.ladders.start))
        return np.asarray(total)

    @property
    def choices_cost(self) -> bool:
        """Whether what is chosen besides places costs something by itself: it stands in more than hard rows."""
        first = len(self.cells)
        soft = np.repeat(self.rows.tier != HARD, np.diff(self.rows.start))
        return bool(self.cost[:, first:].any() or (self.rows.col[soft] >= first).any() or (self.ladders.col >= first).any())

    @property
    def switches(self) -> Ints:
        """Rows that cost where two cells differ, switches : int64[...]."""
        rows = self.rows
        pairs = np.flatnonzero((rows.tier != HARD) & (rows.lo == 0) & (rows.hi == 0) & (np.diff(rows.start) == 2))
        one, other = rows.start[pairs], rows.start[pairs] + 1
        differ = (rows.coef[one] * rows.coef[other] == -1) & (np.maximum(rows.col[one], rows.col[other]) < len(self.cells))
        return np.asarray(pairs[differ])

    def steps_taken(self, x: Ints) -> Ints:
        """1 for every ladder step that values int64[n] pay for, the first ones first : int64[nnz]."""
        start = self.ladders.start
        height = segment_sums(x[self.ladders.col], start)
        position = np.arange(len(self.ladders.col), dtype=np.int64) - np.repeat(start[:-1], np.diff(start))
        return (position < np.repeat(height, np.diff(start))).astype(np.int64)

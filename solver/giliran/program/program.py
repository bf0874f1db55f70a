"""What rules compile to: statements over the cell grid, all arrays. Knows no rule kind and no solver.

Columns 0 … E·D-1 are cells (column `e * D + d`, 1 = in the office); auxiliary bounded integer columns follow. A statement holds for
columns, and `origins` say which occurrence of which rule a row came from.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.domain.sealing import Sealed
from giliran.program.segments import segment_sums, starts_of

INFINITE = 1 << 40
"""Bounds at or beyond ± this value mean "no bound"; every activity stays far below."""

LARGEST_COST = 1 << 60
"""What a tier may cost at worst, in either sign: `magnitude.check_costs` refuses more, and sums stay exact below it."""

HARD = -1
"""Stands as the tier of a row that must hold."""

FREE = -1
"""Stands in `fixed` for a cell that is not fixed."""

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Origin:
    """The occurrence of a rule that rows came from.

    Parameters
    ----------
    rule
        Id of the rule.
    group, day
        Index of the group in the rule's own grouping, and of the day; -1 where the row belongs to no group or day.
    person
        Row of the person, -1 for group rows.
    """

    rule: str
    group: int = -1
    day: int = -1
    person: int = -1


@dataclass(frozen=True, eq=False)
class Rows(Sealed):
    """Linear rows `lo ≤ Σ coef·column ≤ hi` in CSR form.

    Parameters
    ----------
    start : int64[M + 1]
    col, coef : int64[nnz]
    lo, hi : int64[M]
        ± `INFINITE` for no bound.
    tier : int64[M]
        `HARD`, or the tier in which each unit of violation costs `weight`.
    weight : int64[M]
    rule : int64[M]
        Index into `Program.rules`.
    group, day, person : int64[M]
        The occurrence, -1 where it has none.
    """

    start: Ints
    col: Ints
    coef: Ints
    lo: Ints
    hi: Ints
    tier: Ints
    weight: Ints
    rule: Ints
    group: Ints
    day: Ints
    person: Ints

    def __len__(self) -> int:
        return len(self.lo)

    def without(self, gone: NDArray[np.bool_]) -> Rows:
        """The other rows : bool[M]."""
        if not gone.any():
            return self
        size = np.diff(self.start)
        entries = np.repeat(~gone, size)
        each = ("lo", "hi", "tier", "weight", "rule", "group", "day", "person")
        kept = {name: getattr(self, name)[~gone] for name in each}
        return Rows(starts_of(size[~gone]), self.col[entries], self.coef[entries], **kept)

    def activity(self, values: Ints) -> Ints:
        """`Σ coef·column` of every row for given column values : int64[M]."""
        return segment_sums(self.coef * values[self.col], self.start)


@dataclass(frozen=True, eq=False)
class Switches(Sealed):
    """Costs of a change between two cells: `weight · |first - second|` in `tier` : int64[S] each."""

    first: Ints
    second: Ints
    weight: Ints
    tier: Ints


@dataclass(frozen=True, eq=False)
class Costs(Sealed):
    """Linear costs: `cost · column` in `tier` : int64[C] each."""

    col: Ints
    cost: Ints
    tier: Ints


@dataclass(frozen=True, eq=False)
class Ladders(Sealed):
    """Convex costs of how many of some cells are in the office: the k-th costs `step[k]`, never less than the one before.

    Parameters
    ----------
    start : int64[L + 1]
        `col[start[l]:start[l + 1]]` are the cells and `step[start[l]:start[l + 1]]` the marginal costs of ladder `l`.
    col, step : int64[nnz]
    tier : int64[L]
    """

    start: Ints
    col: Ints
    step: Ints
    tier: Ints

    def __len__(self) -> int:
        return len(self.tier)


@dataclass(frozen=True, eq=False)
class Program(Sealed):
    """All statements of an instance.

    Parameters
    ----------
    shape
        `(E, D)`.
    tiers
        Names of the tiers, most important first.
    decision : bool[E * D]
        Cells of present people; all other cells are no decision and stand in no statement.
    fixed : int8[E * D]
        1 or 0 where a cell is fixed in or out of the office, `FREE` elsewhere.
    clash : bool[E * D]
        Cells that one rule fixes in and another out of the office: no plan exists.
    aux_lo, aux_hi : int64[A]
        Bounds of the auxiliary columns.
    constant : int64[T]
        Cost of each tier that no column changes, `base` included.
    base
        The part of `constant` that belongs to columns: what each costs at 0. A cell without a plan does not owe it.
    rules
        Ids of the rules that rows came from.
    """

    shape: tuple[int, int]
    tiers: tuple[str, ...]
    decision: NDArray[np.bool_]
    fixed: NDArray[np.int8]
    clash: NDArray[np.bool_]
    aux_lo: Ints
    aux_hi: Ints
    rows: Rows
    switches: Switches
    costs: Costs
    ladders: Ladders
    constant: Ints
    base: Costs
    rules: tuple[str, ...]

    @property
    def num_cells(self) -> int:
        """Number of cell columns `E · D`."""
        return self.shape[0] * self.shape[1]

    @property
    def num_columns(self) -> int:
        """Number of all columns."""
        return self.num_cells + len(self.aux_lo)

    def origin(self, row: int) -> Origin:
        """The occurrence that a row came from."""
        rows = self.rows
        return Origin(self.rules[rows.rule[row]], int(rows.group[row]), int(rows.day[row]), int(rows.person[row]))

    def column_bounds(self) -> tuple[Ints, Ints]:
        """Lower and upper bound of every column, fixed cells included : int64[N] each."""
        lo, hi = np.empty(self.num_columns, dtype=np.int64), np.empty(self.num_columns, dtype=np.int64)
        lo[: self.num_cells], lo[self.num_cells :] = self.decision & (self.fixed == 1), self.aux_lo
        hi[: self.num_cells], hi[self.num_cells :] = self.decision & (self.fixed != 0), self.aux_hi
        return lo, hi

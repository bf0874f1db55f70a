"""Sums: rows that ask together for more than the columns can give. Integers re-added by integers, so they are a proof by themselves.

Farkas' lemma: a system of rows and bounds has no solution in real numbers exactly if multipliers of its rows show it in this way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from giliran.engine.base.arrays import pick
from giliran.program import INFINITE, Ints, Program

MOST_EXACT = float(1 << 61)
"""Sums of products stay below this, or nothing is concluded from them."""


class Linear(Protocol):
    """Rows `lo ≤ Σ coef·column ≤ hi` in CSR form, of a program or of a part."""

    @property
    def start(self) -> Ints:
        """Where the entries of each row begin : int64[M + 1]."""
        ...

    @property
    def col(self) -> Ints:
        """Column of each entry : int64[nnz]."""
        ...

    @property
    def coef(self) -> Ints:
        """Coefficient of each entry : int64[nnz]."""
        ...

    @property
    def lo(self) -> Ints:
        """Lower bounds : int64[M]."""
        ...

    @property
    def hi(self) -> Ints:
        """Upper bounds : int64[M]."""
        ...


@dataclass(frozen=True)
class Sum:
    """Rows of a program that no values of its columns can keep together.

    Every plan has `Σ times·lo` over rows with `times > 0`, plus `Σ times·hi` over those with `times < 0`, at most at what
    `Σ times·row` can be while columns stay inside their bounds; here it is more.

    Parameters
    ----------
    rows
        Rows of the program, ascending.
    times
        How often each counts, never 0: above 0 its lower bound is asked for, below 0 its upper bound gives.
    missing
        By how much more is asked than there can be; at least 1.
    """

    rows: tuple[int, ...]
    times: tuple[int, ...]
    missing: int


def column_bounds(program: Program) -> tuple[Ints, Ints]:
    """Bounds of every column, those of cells that two rules fix opposite ways left open : int64[N] each."""
    lo, hi = program.column_bounds()
    lo[: program.num_cells][program.clash], hi[: program.num_cells][program.clash] = 0, 1
    return lo, hi


def weights_of(rows: Linear, which: Ints, times: Ints) -> tuple[Ints, Ints]:
    """Columns in which some rows, each taken so often, do not cancel out, and with what weight : int64[k] each."""
    start, entries = pick(rows.start, which)
    col, place = np.unique(rows.col[entries], return_inverse=True)
    weight = np.zeros(len(col), dtype=np.int64)
    np.add.at(weight, place.reshape(-1), rows.coef[entries] * np.repeat(times, np.diff(start)))
    left = weight != 0
    return col[left], weight[left]


def missing(rows: Linear, lo: Ints, hi: Ints, which: Ints, times: Ints) -> int:
    """By how much some rows, each taken so often, ask for more than columns inside their bounds can give; 0 or less proves nothing."""
    bound = np.where(times > 0, rows.lo[which], rows.hi[which])
    if (np.abs(bound) >= INFINITE).any():
        return 0
    col, weight = weights_of(rows, which, times)
    given = np.maximum(weight * lo[col], weight * hi[col])
    sizes = np.abs(times).astype(np.float64) @ np.abs(bound) + np.abs(weight).astype(np.float64) @ np.maximum(abs(lo[col]), abs(hi[col]))
    return int((times * bound).sum() - given.sum()) if sizes < MOST_EXACT else 0


def added_up(program: Program, which: Ints, times: Ints, bounds: tuple[Ints, Ints] | None = None) -> Sum | None:
    """Some rows, each taken so often, as a sum if they are one.

    Parameters
    ----------
    bounds
        Of the columns, as `column_bounds` gives them; found where None.
    """
    lo, hi = column_bounds(program) if bounds is None else bounds
    order = np.argsort(which)
    which, times = which[order], times[order]
    short = missing(program.rows, lo, hi, which, times)
    return Sum(tuple(which.tolist()), tuple(times.tolist()), short) if short > 0 else None

"""Merging: cells of one day that hard rows want equal become one column, which stands for all of them wherever they stood.

Two people who are always at the same place are one column that counts twice under a cap, and what only says that they are equal is gone.
Where equal cells are only wished for they are held equal first: if a plan of that costs as little as anything can in the tier of these
wishes and all before, every best plan has them equal.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from giliran.domain.status import Status
from giliran.engine.base.arrays import components, pick
from giliran.engine.base.part import Part, PartRows
from giliran.engine.base.solution import Solution, conditional_on
from giliran.engine.base.tiers import spans_of
from giliran.program import HARD, INFINITE, Ints, Ladders
from giliran.program.segments import owners_of, starts_of

PAIR = 2


@dataclass(frozen=True)
class Merged:
    """A part with one column for all that are equal.

    Parameters
    ----------
    part
        With fewer columns, the same plans and the same differences of costs.
    column : int64[n]
        The column there of every column of the part as it was.
    first : int64[k]
        The first column, of the part as it was, of each column there.
    constant : int64[T]
        What every plan costs more than the merged part says.
    """

    part: Part
    column: Ints
    first: Ints
    constant: Ints

    def inward(self, solution: Solution | None) -> Solution | None:
        """What is known of the part as it was, for the merged one."""
        return None if solution is None else self._moved(solution, self.first, -self.constant)

    def outward(self, solution: Solution) -> Solution:
        """What is found for the merged part, for the one that it was; multipliers speak of rows, of which that has others."""
        return replace(self._moved(solution, self.column, self.constant), multipliers=())

    @staticmethod
    def _moved(solution: Solution, columns: Ints, by: Ints) -> Solution:
        if solution.x is None:
            return solution
        return replace(solution, x=solution.x[columns], values=solution.values + by, bounds=solution.bounds + by)


@dataclass(frozen=True)
class Held:
    """A part in which soft equalities must hold.

    Parameters
    ----------
    part
        With the same columns and costs.
    tier
        The tier of these equalities, before which nothing can cost anything but the least.
    least : int64[T]
        What each tier of the part as it was can cost at least.
    """

    part: Part
    tier: int
    least: Ints

    def decides(self, solution: Solution) -> bool:
        """Whether what is best here is best in the part as it was."""
        first = slice(self.tier + 1)
        return solution.x is not None and np.array_equal(solution.values[first], self.least[first])

    def fails(self, solution: Solution) -> bool:
        """Whether it is proven that nothing here decides."""
        first = slice(self.tier + 1)
        return solution.x is not None and bool((solution.bounds[first] > self.least[first]).any())

    def outward(self, solution: Solution) -> Solution:
        """A plan found here, for the part as it was: it costs the same there, but what is proven here says nothing about others.

        Where it decides, no other plan without these equalities costs as little, so that all stands; multipliers are of other rows.
        """
        if solution.x is None or self.decides(solution):
            return replace(solution, multipliers=())
        conditional = conditional_on(solution.values, self.least)
        return replace(solution, status=Status.FEASIBLE, bounds=self.least, conditional=conditional, multipliers=())


def merged(part: Part, num_days: int) -> Merged | None:
    """A part with equal cells merged; None where there are none."""
    pairs = _equalities(part, num_days, HARD)
    if not len(pairs):
        return None
    start, entries = pick(part.rows.start, pairs)
    first, column = np.unique(components(part.num_columns, (start, part.rows.col[entries])), return_inverse=True)
    lo, hi = part.lo[first], part.hi[first]
    np.maximum.at(lo, column, part.lo)
    np.minimum.at(hi, column, part.hi)
    cost = np.zeros((len(part.cost), len(first)), dtype=np.int64)
    for tier, costs in enumerate(part.cost):
        np.add.at(cost[tier], column, costs)
    rows, constant, broken = _rows(part.rows.of(np.setdiff1d(np.arange(len(part.rows)), pairs)), column, len(cost))
    smaller = replace(
        part,
        columns=part.columns[first],
        cells=part.cells[first[first < len(part.cells)]],
        lo=lo,
        hi=hi,
        rows=rows,
        ladders=Ladders(part.ladders.start, column[part.ladders.col], part.ladders.step, part.ladders.tier),
        cost=cost,
        broken=part.broken or broken or bool((lo > hi).any()),
    )
    return Merged(smaller, column, first, constant)


def held(part: Part, num_days: int) -> Held | None:
    """A part with the soft equalities of its first tier that can cost anything as hard rows; None where there are none."""
    if not (part.rows.tier != HARD).any():
        return None
    spans = spans_of(part)
    tier = next(iter(spans.active()), HARD)
    pairs = _equalities(part, num_days, tier) if tier != HARD else np.zeros(0, dtype=np.int64)
    if not len(pairs):
        return None
    tiers, weight = part.rows.tier.copy(), part.rows.weight.copy()
    tiers[pairs], weight[pairs] = HARD, 0
    return Held(replace(part, rows=replace(part.rows, tier=tiers, weight=weight)), tier, spans.least)


def _equalities(part: Part, num_days: int, tier: int) -> Ints:
    """Rows of a tier that want two cells of one day equal : int64[...]."""
    rows, cells = part.rows, len(part.cells)
    pairs = np.flatnonzero((rows.tier == tier) & (rows.lo == 0) & (rows.hi == 0) & (np.diff(rows.start) == PAIR))
    one, other = rows.start[pairs], rows.start[pairs] + 1
    both = (np.maximum(rows.col[one], rows.col[other]) < cells) & (rows.coef[one] == -rows.coef[other]) & (rows.coef[one] != 0)
    pairs, one, other = pairs[both], one[both], other[both]
    day = part.cells % num_days
    return np.asarray(pairs[day[rows.col[one]] == day[rows.col[other]]])


def _rows(rows: PartRows, column: Ints, tiers: int) -> tuple[PartRows, Ints, bool]:
    """Rows over merged columns, what rows without any cost in each tier, and whether a hard one can be kept by nothing."""
    wide = int(column.max(initial=0)) + 1
    key, where = np.unique(owners_of(rows.start) * wide + column[rows.col], return_inverse=True)
    coef = np.zeros(len(key), dtype=np.int64)
    np.add.at(coef, where, rows.coef)
    key, coef = key[coef != 0], coef[coef != 0]
    size = np.bincount(key // wide, minlength=len(rows)).astype(np.int64)
    summed = replace(rows, start=starts_of(size), col=key % wide, coef=coef)
    hard, empty = rows.tier == HARD, size == 0
    missed = np.where(empty, np.maximum(0, np.maximum(rows.lo, -rows.hi)), 0)
    constant = np.zeros(tiers, dtype=np.int64)
    np.add.at(constant, rows.tier[~hard], (rows.weight * missed)[~hard])
    left = _divided(summed.of(np.flatnonzero(~empty)))
    return left, constant, bool((missed[hard] > 0).any() or (left.lo > left.hi).any())


def _divided(rows: PartRows) -> PartRows:
    """Hard rows with coefficients that share no divisor, and bounds rounded to what whole numbers can reach."""
    if not len(rows):
        return rows
    divisor = np.where(rows.tier == HARD, np.gcd.reduceat(np.abs(rows.coef), rows.start[:-1]), 1)
    lo = np.where(rows.lo <= -INFINITE, rows.lo, -(-rows.lo // divisor))
    hi = np.where(rows.hi >= INFINITE, rows.hi, rows.hi // divisor)
    return replace(rows, coef=rows.coef // np.repeat(divisor, np.diff(rows.start)), lo=lo, hi=hi)

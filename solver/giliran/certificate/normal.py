"""The normal form that certificates speak about: a program over its free columns, every cost either linear or a function of one sum.

Written for the checker alone, from the meaning of the statements; it shares nothing with the engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from giliran.program import HARD, INFINITE, Ints, Program
from giliran.program.segments import owners_of, segment_sums, starts_of

NO_SUM = -1
"""Stands for a statement that nobody can break or change, or whose cost is linear."""


class Kind(IntEnum):
    """What a sum came from."""

    ROW = 0
    SWITCH = 1
    LADDER = 2


@dataclass(frozen=True)
class Sums:
    """Sums over free columns, each with bounds that must hold, or a convex cost of its value.

    Parameters
    ----------
    start, col, coef
        CSR, no coefficient is 0 and no sum is empty.
    step : int64[nnz]
        For ladders, what the k-th unit costs; 0 elsewhere.
    lo, hi : int64[K]
        ± `INFINITE` for no bound, as for all ladders. A switch is a row whose bounds are equal.
    least, most : int64[K]
        What the sum can be at all.
    tier, weight : int64[K]
        `HARD`, or where each unit outside the bounds costs `weight`; for ladders where the steps cost.
    kind, source : int64[K]
        `Kind`, and which statement of that kind.
    """

    start: Ints
    col: Ints
    coef: Ints
    step: Ints
    lo: Ints
    hi: Ints
    least: Ints
    most: Ints
    tier: Ints
    weight: Ints
    kind: Ints
    source: Ints

    def __len__(self) -> int:
        return len(self.lo)

    @property
    def owner(self) -> Ints:
        """The sum of every entry : int64[nnz]."""
        return owners_of(self.start)

    def numbers(self, kind: Kind, count: int) -> Ints:
        """The sum of every statement of a kind, `NO_SUM` where it has none : int64[count]."""
        out = np.full(count, NO_SUM, dtype=np.int64)
        mine = np.flatnonzero(self.kind == kind)
        out[self.source[mine]] = mine
        return out

    def values(self, x: Ints) -> Ints:
        """Every sum for given column values : int64[K]."""
        return segment_sums(self.coef * x[self.col], self.start)

    def misses(self, value: Ints) -> Ints:
        """How far values int64[K] are outside the bounds : int64[K]."""
        return np.asarray(np.maximum(0, np.maximum(self.lo - value, value - self.hi)))

    def costs(self, value: Ints) -> Ints:
        """What values int64[K] of the sums cost, each in its tier; 0 for those that must hold : int64[K]."""
        position = np.arange(len(self.col), dtype=np.int64) - np.repeat(self.start[:-1], np.diff(self.start))
        climbed = segment_sums(np.where(position < value[self.owner], self.step, 0), self.start)
        soft = (self.kind != Kind.LADDER) & (self.tier != HARD)
        return np.asarray(climbed + np.where(soft, self.weight * self.misses(value), 0))


@dataclass(frozen=True)
class Normal:
    """A program over its free columns.

    Parameters
    ----------
    lo, hi : int64[N]
        Bounds of every column of the program, tightened by hard rows over a single free column.
    free : bool[N]
    cost : int64[T, N]
        Linear costs of free columns, 0 for others.
    constant : int64[T]
        What every plan costs.
    sums
        Everything that is not linear.
    """

    lo: Ints
    hi: Ints
    free: NDArray[np.bool_]
    cost: Ints
    constant: Ints
    sums: Sums


@dataclass
class _Linear:
    """Linear costs and constants while they are collected."""

    lo: Ints
    free: NDArray[np.bool_]
    cost: Ints
    constant: Ints

    def charge(self, col: Ints, amount: Ints, tier: Ints) -> None:
        free = self.free[col]
        np.add.at(self.cost, (tier[free], col[free]), amount[free])
        np.add.at(self.constant, tier[~free], (amount * self.lo[col])[~free])


def normal_form(program: Program) -> Normal:
    """The normal form of a program."""
    lo, hi = _tightened(program)
    free = lo < hi
    linear = _Linear(lo, free, np.zeros((len(program.tiers), len(lo)), dtype=np.int64), program.constant.copy())
    linear.charge(program.costs.col, program.costs.cost, program.costs.tier)
    sums = _joined([_settled(_bounded(program), linear, hi), _stairs(program, linear)])
    return Normal(lo, hi, free, linear.cost, linear.constant, sums)


def _tightened(program: Program) -> tuple[Ints, Ints]:
    """Column bounds after every hard row over a single free column has had its say once."""
    lo, hi = program.column_bounds()
    rows, free = program.rows, lo < hi
    counted = free[rows.col] & (rows.coef != 0)
    lone = (segment_sums(counted.astype(np.int64), rows.start) == 1) & (rows.tier == HARD)
    owner = owners_of(rows.start)
    entry = np.flatnonzero(counted & lone[owner])
    row, col, coef = owner[entry], rows.col[entry], rows.coef[entry]
    rest = segment_sums(rows.coef * np.where(free[rows.col], 0, lo[rows.col]), rows.start)[row]
    least, most = lo.copy(), hi.copy()
    for bound, is_floor in ((rows.lo[row], True), (rows.hi[row], False)):
        given = np.abs(bound) < INFINITE
        lifts = given & ((coef > 0) == is_floor)
        np.maximum.at(least, col[lifts], -((rest - bound)[lifts] // coef[lifts]))
        caps = given & ~lifts
        np.minimum.at(most, col[caps], (bound - rest)[caps] // coef[caps])
    # No value keeps all of them: nothing is left to choose, and no part needs to hold it.
    empty = least > most
    return np.where(empty, lo, least), np.where(empty, lo, most)


def _bounded(program: Program) -> Sums:
    """Rows and switches as they stand: a switch is a soft row that wants a difference of 0."""
    rows, switches = program.rows, program.switches
    turns = np.flatnonzero(switches.first != switches.second)
    many = len(turns)
    zero = np.zeros(many, dtype=np.int64)
    entries = np.stack([switches.first[turns], switches.second[turns]], axis=1).reshape(-1)
    none = np.zeros(len(rows) + many, dtype=np.int64)
    return Sums(
        start=np.concatenate([rows.start, rows.start[-1] + 2 * np.arange(1, many + 1, dtype=np.int64)]),
        col=np.concatenate([rows.col, entries]),
        coef=np.concatenate([rows.coef, np.tile(np.array([1, -1], dtype=np.int64), many)]),
        step=np.zeros(len(rows.col) + 2 * many, dtype=np.int64),
        lo=np.concatenate([rows.lo, zero]),
        hi=np.concatenate([rows.hi, zero]),
        least=none,
        most=none,
        tier=np.concatenate([rows.tier, switches.tier[turns]]),
        weight=np.concatenate([rows.weight, switches.weight[turns]]),
        kind=np.repeat(np.array([Kind.ROW, Kind.SWITCH], dtype=np.int64), [len(rows), many]),
        source=np.concatenate([np.arange(len(rows), dtype=np.int64), turns]),
    )


def _settled(sums: Sums, linear: _Linear, hi: Ints) -> Sums:
    """Over free columns: bounds that cannot be passed are dropped, and costs that are linear leave."""
    rest = segment_sums(sums.coef * np.where(linear.free[sums.col], 0, linear.lo[sums.col]), sums.start)
    left = _over_free(sums, linear.free)
    low, high = left.coef * linear.lo[left.col], left.coef * hi[left.col]
    least, most = segment_sums(np.minimum(low, high), left.start), segment_sums(np.maximum(low, high), left.start)
    lower = np.where((sums.lo <= -INFINITE) | (sums.lo - rest <= least), -INFINITE, sums.lo - rest)
    upper = np.where((sums.hi >= INFINITE) | (sums.hi - rest >= most), INFINITE, sums.hi - rest)
    soft = sums.tier != HARD
    over, under = soft & (upper <= least), soft & (lower >= most)
    for which, bound, sign in ((over, upper, 1), (under, lower, -1)):
        chosen = which[left.owner]
        amount = (left.coef * (sums.weight * sign)[left.owner])[chosen]
        linear.charge(left.col[chosen], amount, sums.tier[left.owner][chosen])
        np.add.at(linear.constant, sums.tier[which], (-sign * sums.weight * bound)[which])
    keep = ((lower > -INFINITE) | (upper < INFINITE)) & ~over & ~under & (np.diff(left.start) > 0)
    return _chosen(left, np.flatnonzero(keep), lower, upper, least, most)


def _stairs(program: Program, linear: _Linear) -> Sums:
    """Ladders over free columns, without the steps that fixed cells have climbed; level ones are linear."""
    ladders = program.ladders
    count = len(ladders)
    position = np.arange(len(ladders.col), dtype=np.int64) - np.repeat(ladders.start[:-1], np.diff(ladders.start))
    owner = owners_of(ladders.start)
    free = linear.free[ladders.col]
    fixed = segment_sums(np.where(free, 0, linear.lo[ladders.col]), ladders.start)
    size = segment_sums(free.astype(np.int64), ladders.start)
    paid = position < fixed[owner]
    np.add.at(linear.constant, ladders.tier[owner[paid]], ladders.step[paid])
    ahead = ~paid & (position < (fixed + size)[owner])
    start, col, step = starts_of(size), ladders.col[free], ladders.step[ahead]
    who = np.repeat(np.arange(count, dtype=np.int64), size)
    first = step[start[:-1][who]] if len(step) else step
    level = segment_sums((step != first).astype(np.int64), start) == 0
    linear.charge(col[level[who]], step[level[who]], ladders.tier[who][level[who]])
    bound, none = np.full(count, INFINITE, dtype=np.int64), np.zeros(count, dtype=np.int64)
    whole = Sums(
        start,
        col,
        np.ones(len(col), dtype=np.int64),
        step,
        -bound,
        bound,
        none,
        size,
        ladders.tier,
        none,
        none + Kind.LADDER,
        np.arange(count, dtype=np.int64),
    )
    return _chosen(whole, np.flatnonzero(~level), -bound, bound, none, size)


def _over_free(sums: Sums, free: NDArray[np.bool_]) -> Sums:
    inside = free[sums.col] & (sums.coef != 0)
    start = starts_of(segment_sums(inside.astype(np.int64), sums.start))
    bare = (sums.lo, sums.hi, sums.least, sums.most, sums.tier, sums.weight, sums.kind, sums.source)
    return Sums(start, sums.col[inside], sums.coef[inside], sums.step[inside], *bare)


def _chosen(sums: Sums, which: Ints, lo: Ints, hi: Ints, least: Ints, most: Ints) -> Sums:
    """Some of the sums, with bounds of all of them."""
    inside = np.isin(sums.owner, which)
    tail = (column[which] for column in (lo, hi, least, most, sums.tier, sums.weight, sums.kind, sums.source))
    return Sums(starts_of(np.diff(sums.start)[which]), sums.col[inside], sums.coef[inside], sums.step[inside], *tail)


def _joined(groups: list[Sums]) -> Sums:
    start = starts_of(np.concatenate([np.diff(group.start) for group in groups]))
    names = ("col", "coef", "step", "lo", "hi", "least", "most", "tier", "weight", "kind", "source")
    return Sums(start, *(np.concatenate([getattr(group, name) for group in groups]) for name in names))

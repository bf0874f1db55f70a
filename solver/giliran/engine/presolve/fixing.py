"""Fixing: what is fixed leaves the statements, and statements that nobody can break or change are dropped. Exact.

Everything that the fixed columns cost goes into one constant per tier; what remains stands over free columns only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.engine.base.arrays import owners_at, pick, ranges
from giliran.engine.base.sums import column_bounds
from giliran.errors import InternalError
from giliran.program import HARD, INFINITE, Ints, Ladders, Program, Rows, Switches
from giliran.program.segments import owners_of, repeated, segment_sums, starts_of, taken

Marks = NDArray[np.bool_]

BLOCK = 1 << 20
"""Entries that are charged at once: what is computed on the way stays in memory that is at hand already. 6 million: 0.64 s, so 0.1 s."""


@dataclass(frozen=True)
class Presolved:
    """A program over its free columns.

    Parameters
    ----------
    lo, hi : int64[N]
        Bounds of every column of the program; equal where it is fixed.
    free : bool[N]
    broken : bool[N]
        Free columns for which no value is allowed; cells that two rules fix opposite ways stay free and are broken.
    rows
        Rows that somebody could break, over free columns, with what the fixed ones add taken from their bounds; switches are rows of no
        rule, `-1`, behind all others.
    dead : int64[...]
        The program's hard rows without a free column that are broken already.
    ladders
        Over free columns, those with unequal steps only.
    cost : int64[T, N]
        Linear costs of free columns.
    constant : int64[T]
        What every plan costs.
    """

    lo: Ints
    hi: Ints
    free: Marks
    broken: Marks
    rows: Rows
    dead: Ints
    ladders: Ladders
    cost: Ints
    constant: Ints


@dataclass(frozen=True)
class LoneRows:
    """Hard rows with one free column, as bounds of it.

    Parameters
    ----------
    row, col, coef : int64[K]
        The row, its free column and the coefficient of that.
    low, high : int64[K]
        The least and the most that the row allows the column, ± `INFINITE` for no bound.
    """

    row: Ints
    col: Ints
    coef: Ints
    low: Ints
    high: Ints


@dataclass
class _Ledger:
    """Linear costs and constants while statements are being presolved."""

    lo: Ints
    free: Marks
    cost: Ints
    constant: Ints

    def charge(self, col: Ints, amount: Ints, tier: Ints) -> None:
        """Charge `amount · column` per entry, fixed columns too until `settle`."""
        flat, width = self.cost.reshape(-1), self.cost.shape[1]
        for first in range(0, len(col), BLOCK):
            some = slice(first, first + BLOCK)
            np.add.at(flat, tier[some] * width + col[some], amount[some])

    def settle(self) -> None:
        """Let fixed columns pay."""
        fixed = np.flatnonzero(~self.free)
        for tier, costs in enumerate(self.cost):
            self.constant[tier] += costs[fixed] @ self.lo[fixed]
            costs[fixed] = 0


def presolve(program: Program) -> Presolved:
    """The program without what is fixed and without what nobody can change.

    Raises
    ------
    InternalError
        If the steps of a ladder decrease, or the bounds of a soft row are crossed.
    """
    lo, hi, broken = tightened(program, lone_rows(program))
    free = lo < hi
    ledger = _Ledger(lo, free, np.zeros((len(program.tiers), len(lo)), dtype=np.int64), program.constant.copy())
    ledger.charge(program.costs.col, program.costs.cost, program.costs.tier)
    rows, dead = _presolved_rows(program.rows, lo, hi, ledger)
    turns, _ = _presolved_rows(_turns(program.switches), lo, hi, ledger)
    ladders = _presolved_ladders(program.ladders, ledger)
    ledger.settle()
    return Presolved(lo, hi, free, broken, _stacked(rows, turns), dead, ladders, ledger.cost, ledger.constant)


def lone_rows(program: Program) -> LoneRows:
    """All hard rows of a program with one free column."""
    lo, hi = column_bounds(program)
    rows, free = program.rows, lo < hi
    row = np.flatnonzero((segment_sums(free[rows.col], rows.start) == 1) & (rows.tier == HARD))
    start, entries = pick(rows.start, row)
    inside, given = free[rows.col[entries]], lo[rows.col[entries]]
    fixed = segment_sums(rows.coef[entries] * np.where(inside, 0, given), start)
    col, coef = rows.col[entries[inside]], rows.coef[entries[inside]]
    below, above = rows.lo[row] - fixed, rows.hi[row] - fixed
    has_below, has_above = (rows.lo[row] > -INFINITE) & (coef != 0), (rows.hi[row] < INFINITE) & (coef != 0)
    low, high = np.full(len(row), -INFINITE, dtype=np.int64), np.full(len(row), INFINITE, dtype=np.int64)
    divisor = np.where(coef == 0, 1, coef)
    for bound, limits in ((below, has_below), (above, has_above)):
        least = (coef > 0) == (bound is below)
        low = np.where(limits & least, -(-bound // divisor), low)
        high = np.where(limits & ~least, bound // divisor, high)
    return LoneRows(row, col, coef, low, high)


def tightened(program: Program, lone: LoneRows) -> tuple[Ints, Ints, Marks]:
    """Column bounds, tightened by hard rows with one free column, and the columns that this leaves without a value."""
    lo, hi = column_bounds(program)
    clash = np.zeros(len(lo), dtype=np.bool_)
    clash[: program.num_cells] = program.clash
    low, high = lo.copy(), hi.copy()
    np.maximum.at(low, lone.col, lone.low)
    np.minimum.at(high, lone.col, lone.high)
    broken = clash | (low > high)
    return np.where(broken, lo, low), np.where(broken, hi, high), broken


def _presolved_rows(rows: Rows, lo: Ints, hi: Ints, ledger: _Ledger) -> tuple[Rows, Ints]:
    """Rows left, and hard ones without a free column that are broken."""
    inside = ledger.free[rows.col] & (rows.coef != 0)
    size, fixed, least, most = _reach(rows, lo, hi, inside)
    below = np.where((rows.lo <= -INFINITE) | (rows.lo - fixed <= least), -INFINITE, rows.lo - fixed)
    above = np.where((rows.hi >= INFINITE) | (rows.hi - fixed >= most), INFINITE, rows.hi - fixed)
    active, hard, empty = (below > -INFINITE) | (above < INFINITE), rows.tier == HARD, size == 0
    if (~hard & (rows.lo > rows.hi)).any():
        raise InternalError("a soft row has a lower bound above its upper bound")
    over, under = ~hard & (above <= least), ~hard & (below >= most)
    for rule, bound, sign in ((over, rows.hi - fixed, 1), (under, rows.lo - fixed, -1)):
        _always_missed(rows, np.flatnonzero(rule), inside, bound, sign, ledger)
    kept = active & ~over & ~under & ~empty
    keep = np.flatnonzero(kept)
    entries = np.flatnonzero(inside & np.repeat(kept, np.diff(rows.start)))
    left = Rows(starts_of(size[keep]), rows.col[entries], taken(rows.coef, entries), below[keep], above[keep], *_meta(rows, keep))
    return left, np.flatnonzero(active & hard & empty)


def _reach(rows: Rows, lo: Ints, hi: Ints, inside: Marks) -> tuple[Ints, Ints, Ints, Ints]:
    """Entries of every row inside, what the others add, and what those inside add at least and at most : int64[M] each.

    Most entries count a cell once, from 0 to 1; only the others are looked at one by one.
    """
    size = segment_sums(inside, rows.start)
    plain = inside & ((lo == 0) & (hi == 1))[rows.col] & (rows.coef == 1)
    fixed, least = np.zeros((2, len(size)), dtype=np.int64)
    most = segment_sums(plain, rows.start)
    odd = np.flatnonzero(inside & ~plain)
    row, coef, low, high = owners_at(odd, rows.start), rows.coef[odd], lo[rows.col[odd]], hi[rows.col[odd]]
    np.add.at(least, row, coef * np.where(coef > 0, low, high))
    np.add.at(most, row, coef * np.where(coef > 0, high, low))
    outside = np.flatnonzero(~inside)
    np.add.at(fixed, owners_at(outside, rows.start), rows.coef[outside] * lo[rows.col[outside]])
    return size, fixed, least, most


def _meta(rows: Rows, keep: Ints) -> tuple[Ints, ...]:
    return tuple(column[keep] for column in (rows.tier, rows.weight, rows.rule, rows.group, rows.day, rows.person))


def _always_missed(rows: Rows, which: Ints, inside: Marks, bound: Ints, sign: int, ledger: _Ledger) -> None:
    """Soft rows on the wrong side of one bound whatever is chosen cost `weight · sign · (activity - bound)`: linear."""
    start, entries = pick(rows.start, which)
    weight, tier = rows.weight[which] * sign, rows.tier[which]
    free, owner = inside[entries], owners_of(start)
    entries, owner = entries[free], owner[free]
    ledger.charge(rows.col[entries], rows.coef[entries] * weight[owner], tier[owner])
    np.add.at(ledger.constant, tier, -weight * bound[which])


def _presolved_ladders(ladders: Ladders, ledger: _Ledger) -> Ladders:
    start, size = ladders.start, np.diff(ladders.start)
    falls = np.diff(ladders.step) < 0
    falls[start[1:-1][(start[1:-1] > 0) & (start[1:-1] < start[-1])] - 1] = False
    if falls.any():
        raise InternalError("the steps of a ladder decrease")
    free = ledger.free[ladders.col]
    fixed = segment_sums(np.where(free, 0, ledger.lo[ladders.col]), start)
    paid = ranges(start[:-1], fixed)
    np.add.at(ledger.constant, np.repeat(ladders.tier, fixed), ladders.step[paid])
    new_size = segment_sums(free, start)
    new_start = starts_of(new_size)
    left = Ladders(new_start, ladders.col[free], ladders.step[ranges(start[:-1] + fixed, new_size)], ladders.tier)
    filled = new_size > 0
    last, first = np.where(filled, new_start[1:] - 1, 0), np.where(filled, new_start[:-1], 0)
    level = ~filled | (left.step[last] == left.step[first]) if len(left.step) else np.ones(len(size), dtype=np.bool_)
    flat_start, flat = pick(new_start, np.flatnonzero(level))
    ledger.charge(left.col[flat], left.step[flat], np.repeat(left.tier[level], np.diff(flat_start)))
    keep_start, keep = pick(new_start, np.flatnonzero(~level))
    return Ladders(keep_start, left.col[keep], left.step[keep], left.tier[~level])


def _turns(switches: Switches) -> Rows:
    """Switches as soft rows that want a difference of 0, of no rule."""
    pairs = np.flatnonzero(switches.first != switches.second)
    zero, none = repeated(0, len(pairs)), repeated(-1, len(pairs))
    col = np.stack([switches.first[pairs], switches.second[pairs]], axis=1).reshape(-1)
    coef = np.tile(np.array([1, -1], dtype=np.int64), len(pairs))
    start = np.arange(0, len(col) + 1, 2)
    return Rows(start, col, coef, zero, zero, switches.tier[pairs], switches.weight[pairs], none, none, none, none)


def _stacked(upper: Rows, lower: Rows) -> Rows:
    """Rows below rows."""
    if not len(lower):
        return upper
    start = np.concatenate([upper.start, upper.start[-1] + lower.start[1:]])
    names = ("col", "coef", "lo", "hi", "tier", "weight", "rule", "group", "day", "person")
    return Rows(start, *(np.concatenate([getattr(upper, name), getattr(lower, name)]) for name in names))

"""Trying: a part of a few cells is planned by looking at all its plans, which takes less time than to make one linear program."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from giliran.domain.status import Status
from giliran.engine.base.part import Part
from giliran.engine.base.solution import Solution
from giliran.errors import InternalError
from giliran.program import HARD, INFINITE, Ints

MOST_PLANS = 1 << 12
"""Values of all columns that are tried."""

MOST_ENTRIES = 1 << 19
"""Entries of statements, counted once for each plan: 4 ms. Two linear programs take 8 ms and more."""


def is_small(part: Part) -> bool:
    """Whether all values of the columns can be tried."""
    if part.broken or not 0 < part.num_columns < MOST_PLANS.bit_length():
        return False
    plans = int(np.prod((part.hi - part.lo + 1).astype(np.float64)))
    entries = part.num_columns + len(part.rows.col) + len(part.ladders.col)
    return plans <= MOST_PLANS and plans * entries <= MOST_ENTRIES


def best_by_trying(part: Part) -> Solution | None:
    """The best plan of a small part, the first of equal ones: people who are drawn first are in the office first. None if there is none.

    Raises
    ------
    InternalError
        If a plan is not what it was taken for.
    """
    begin = time.monotonic()
    x = _all_values(part.lo, part.hi)
    misses = _misses(part, x)
    x = x[:, ~misses[part.rows.tier == HARD].any(axis=0)]
    if not x.shape[1]:
        return None
    costs = _costs(part, x, _misses(part, x))
    best = np.arange(x.shape[1])
    for cost in costs:
        best = best[cost[best] == cost[best].min()]
    found = x[:, best[0]].copy()
    values = part.values(found)
    if not part.kept(found) or not np.array_equal(values, costs[:, best[0]]):
        raise InternalError("a plan that was tried breaks a row or does not cost what was counted")
    return Solution(Status.OPTIMAL, found, values, values.copy(), np.zeros(len(values), dtype=np.bool_), False, time.monotonic() - begin)


def _all_values(lo: Ints, hi: Ints) -> Ints:
    """All values of the columns, from the highest of the first column down : int64[n, K]."""
    grids = np.meshgrid(*(np.arange(most, least - 1, -1) for least, most in zip(lo, hi, strict=True)), indexing="ij")
    return np.stack([grid.reshape(-1) for grid in grids])


def _sums(entries: NDArray[np.int64], start: Ints) -> Ints:
    """The sum of every segment of rows : int64[M, K]."""
    total = np.zeros((len(entries) + 1, entries.shape[1]), dtype=np.int64)
    np.cumsum(entries, axis=0, out=total[1:])
    return np.asarray(total[start[1:]] - total[start[:-1]])


def _misses(part: Part, x: Ints) -> Ints:
    """By how much every row is missed in every plan : int64[M, K]."""
    rows = part.rows
    activity = _sums(rows.coef[:, None] * x[rows.col], rows.start)
    low = np.where((rows.lo > -INFINITE)[:, None], rows.lo[:, None] - activity, 0)
    high = np.where((rows.hi < INFINITE)[:, None], activity - rows.hi[:, None], 0)
    return np.maximum(0, np.maximum(low, high))


def _costs(part: Part, x: Ints, misses: Ints) -> Ints:
    """What every plan costs in every tier : int64[T, K]."""
    rows, ladders = part.rows, part.ladders
    total = part.cost @ x
    soft = rows.tier != HARD
    np.add.at(total, rows.tier[soft], misses[soft] * rows.weight[soft, None])
    climbed = np.append(0, np.cumsum(ladders.step))
    height = np.minimum(_sums(x[ladders.col], ladders.start), np.diff(ladders.start)[:, None])
    np.add.at(total, ladders.tier, climbed[ladders.start[:-1, None] + height] - climbed[ladders.start[:-1, None]])
    return np.asarray(total)

"""Everything that a part's statements cost, as functions of one sum each: what a score-based search needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from giliran.engine.base.part import Part
from giliran.program import HARD, Ints


@dataclass(frozen=True)
class Formula:
    """A sum of columns and its price.

    Parameters
    ----------
    tier
        Where it costs; `HARD` where the price is by how much a row is missed.
    col, coef
        Columns of the part and their coefficients.
    base
        The least value of the sum.
    curve
        Price of every value from `base` on, never below 0: a tier's constant is left out.
    """

    tier: int
    col: list[int]
    coef: list[int]
    base: int
    curve: list[int]

    def prices(self, low: int, high: int) -> Ints:
        """Price of every value from `low` to `high` of its only column : int64[high - low + 1]."""
        total = self.coef[0] * np.arange(low, high + 1, dtype=np.int64)
        return np.asarray(np.array(self.curve, dtype=np.int64)[total - self.base])


def formulas_of(part: Part) -> list[Formula]:
    """Bounds of columns, rows, ladders and linear costs of a part."""
    return [*_bounds(part), *_rows(part), *_ladders(part), *_linear(part)]


def _of(part: Part, tier: int, col: Ints, coef: Ints, price: Ints | None, lo: int = 0, hi: int = 0, weight: int = 1) -> Formula:
    """A formula over every sum that the columns' common range allows; without a price it costs to be outside `lo … hi`."""
    low, high = int(part.lo.min()), int(part.hi.max())
    least = int(np.minimum(coef * low, coef * high).sum())
    most = int(np.maximum(coef * low, coef * high).sum())
    if price is None:
        total = np.arange(least, most + 1, dtype=np.int64)
        price = weight * np.maximum(0, np.maximum(lo - total, total - hi))
    constant = 0 if tier == HARD else price.min()
    return Formula(tier, col.tolist(), coef.tolist(), least, (price - constant).tolist())


def _bounds(part: Part) -> Iterator[Formula]:
    """Columns whose own range is narrower than the common one."""
    low, high = part.lo.min(initial=0), part.hi.max(initial=0)
    for c in np.flatnonzero((part.lo > low) | (part.hi < high)).tolist():
        yield _of(part, HARD, np.array([c]), np.array([1]), None, int(part.lo[c]), int(part.hi[c]))


def _rows(part: Part) -> Iterator[Formula]:
    rows = part.rows
    for r in range(len(rows)):
        entries = slice(rows.start[r], rows.start[r + 1])
        tier = int(rows.tier[r])
        weight = 1 if tier == HARD else int(rows.weight[r])
        yield _of(part, tier, rows.col[entries], rows.coef[entries], None, int(rows.lo[r]), int(rows.hi[r]), weight)


def _ladders(part: Part) -> Iterator[Formula]:
    """The price of k is that of the first k steps. Ladders stand over cells, whose values are 0 and 1."""
    ladders = part.ladders
    low, high = int(part.lo.min(initial=0)), int(part.hi.max(initial=0))
    for k in range(len(ladders)):
        entries = slice(ladders.start[k], ladders.start[k + 1])
        step = ladders.step[entries]
        size = len(step)
        price = np.concatenate([[0], np.cumsum(step)])[np.clip(np.arange(low * size, high * size + 1), 0, size)]
        yield _of(part, int(ladders.tier[k]), ladders.col[entries], np.ones(size, dtype=np.int64), price)


def _linear(part: Part) -> Iterator[Formula]:
    low, high = int(part.lo.min(initial=0)), int(part.hi.max(initial=0))
    for tier, c in zip(*np.nonzero(part.cost), strict=True):
        price = part.cost[tier, c] * np.arange(low, high + 1, dtype=np.int64)
        yield _of(part, int(tier), np.array([c]), np.array([1]), price)

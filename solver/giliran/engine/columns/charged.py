"""Linear programs over a listing: patterns become columns when their price says so, and bounds hold for all that are listed.

Multipliers price every pattern of the listing in whole numbers, so that a bound needs no columns but the cheapest of each block; the
plans that cost no more than some amount need those alone that the gap reaches.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from giliran.engine.base.budget import Budget
from giliran.engine.columns.face import MOST_EXACT, NO_BLOCK, OptimalFace, Price, block_prices, price, speaking
from giliran.engine.columns.highs import NEARLY, Floats, Relaxed, Verdict, relax
from giliran.engine.columns.listing import Listing
from giliran.engine.columns.patterns import PORTION, Look, unhurried
from giliran.engine.columns.pricing import FIRST_CHOICES, MORE_CHOICES, WORTH, first_few, quickest
from giliran.program import Ints


@dataclass(frozen=True)
class Charged:
    """A listing under a weighted cost.

    Parameters
    ----------
    listing
        With patterns in every block.
    weights
        The tiers, most important first, and what a unit of each weighs.
    unit
        Of every tier : int64[T].
    look
        Called again and again while patterns are charged.
    """

    listing: Listing
    weights: dict[int, int]
    unit: Ints
    look: Look = unhurried

    @cached_property
    def block(self) -> Ints:
        """The block of every pattern : int64[K]."""
        return self.listing.table.block

    @cached_property
    def pattern(self) -> Ints:
        """What every pattern costs besides its cells : int64[K]."""
        return self.listing.charged(self.weights, self.unit, self.look)

    @cached_property
    def column(self) -> Ints:
        """What every column of the listing's face costs : int64[n]."""
        return self.cost(self.listing.face)

    def cost(self, face: OptimalFace) -> Ints:
        """What every column of a face over the listing costs : int64[n']."""
        total = np.zeros(face.num_columns, dtype=np.int64)
        for tier, weight in self.weights.items():
            total += weight * (face.cost[tier] // self.unit[tier])
        return total

    def reduced(self, y: NDArray[Any], scale: int) -> NDArray[Any]:
        """`scale · cost - yᵀ rows` of every pattern : [K]."""
        listing = self.listing
        total = listing.looked_up(scale * self.column - listing.face.rows.T @ y)
        total += scale * self.pattern
        return total

    def some(self, kept: NDArray[np.bool_]) -> OptimalFace:
        """The face over some patterns, at least one of every block : bool[K]."""
        return self.listing.over(self.listing.table.only(kept))

    def price(self, y: Ints, scale: int) -> Price | None:
        """What multipliers prove about plans of all patterns, with reduced costs of one of each block; None if numbers could overflow."""
        y = speaking(self.listing.face, y)
        if self._too_large(y, scale):
            return None
        few = self.some(self._first(self.reduced(y, scale)))
        return price(few, self.cost(few), y, scale)

    def within(self, priced: Price, slack: int | None) -> tuple[OptimalFace, Ints, Price]:
        """The face of plans that cost at most so much above a bound, all where it is None; its cost, and the bound over its columns."""
        y, scale, start = priced.y, priced.scale, self.listing.table.start
        reduced = self.reduced(y, scale)
        dues = np.minimum.reduceat(reduced, start[:-1])
        kept = np.ones(len(reduced), dtype=np.bool_)
        if slack is not None:
            kept = reduced - np.repeat(dues, np.diff(start)) <= (priced.bound + slack) * scale - priced.proven
        face = self.some(kept)
        cost = self.cost(face)
        left = scale * cost - face.rows.T @ y
        left -= np.append(dues, 0)[face.block]
        return face, cost, Price(scale, y, left, priced.proven)

    def likest(self, like: Ints) -> NDArray[np.bool_]:
        """In every block the pattern that is most like a plan int64[N] : bool[K]."""
        face = self.listing.face
        return self._first(self.listing.looked_up(face.place.T @ (1 - 2 * (like - face.base))))

    def _first(self, values: NDArray[Any]) -> NDArray[np.bool_]:
        """The pattern of every block with the smallest value, the first of equal ones : bool[K]."""
        least = np.minimum.reduceat(values, self.listing.table.start[:-1])
        smallest = np.flatnonzero(values == least[self.block])
        out = np.zeros(len(values), dtype=np.bool_)
        out[smallest[np.unique(self.block[smallest], return_index=True)[1]]] = True
        return out

    def _too_large(self, y: Ints, scale: int) -> bool:
        """Whether the reduced cost of a pattern could leave 64 bits."""
        face, of = self.listing.face, self.listing.blocks.of
        size = scale * np.abs(self.column).astype(np.float64) + abs(face.rows).T @ np.abs(y).astype(np.float64)
        inside = np.flatnonzero(of != NO_BLOCK)
        most = float(np.bincount(of[inside], size[inside]).max(initial=0.0))
        return most + scale * float(np.abs(self.pattern).max(initial=0)) > MOST_EXACT


def relax_listed(charged: Charged, y: Floats, like: Ints | None, budget: Budget) -> tuple[Relaxed, OptimalFace]:
    """The cheapest values of the columns, broken ones allowed, and the face over the patterns that it took to find them.

    Parameters
    ----------
    y
        First guess of the rows' multipliers : float64[M].
    like
        A plan whose patterns are let in from the start, so that there is a solution : int64[N].
    """
    block, many = charged.block, FIRST_CHOICES
    chosen = np.zeros(len(block), dtype=np.bool_) if like is None else charged.likest(like)
    reduced = charged.reduced(y, 1)
    worth = np.flatnonzero(~chosen)
    while True:
        for some in np.array_split(worth, 1 + len(worth) // PORTION):
            chosen[some[first_few(block[some], reduced[some], many)]] = True
        few = charged.some(chosen)
        cost = charged.cost(few)
        answer = relax(few, cost, budget, quickest(few))
        if answer.verdict is Verdict.IMPOSSIBLE and not chosen.all():
            many, worth = many * 4, np.flatnonzero(~chosen)
            continue
        if answer.y is None:
            return answer, few
        reduced, many = charged.reduced(answer.y, 1), MORE_CHOICES
        saved = block_prices(few, cost - few.rows.T @ answer.y)[block] - reduced
        worth = np.flatnonzero((saved > WORTH) & ~chosen)
        most = float(np.maximum.reduceat(saved, charged.listing.table.start[:-1]).clip(min=0).sum())
        if not len(worth) or math.ceil(answer.value - most - NEARLY) == math.ceil(answer.value - NEARLY):
            return answer, few  # whatever is let in, the bound is the same in whole units

"""Linear programs in which everybody picks one of several plans: multipliers of what plans share, and what they prove in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from giliran.engine.base.budget import UNLIMITED
from giliran.engine.columns.highs import Floats, solve_lp
from giliran.program import INFINITE, Ints

Matrix = Any
"""A `scipy.sparse.csc_array` of int64; scipy ships no types."""

FIRST, MORE = 12, 6
"""Plans of everybody that a program begins with, and that join it in every round."""

WORTH = 1e-7
"""A plan joins when it saves more than this."""

MOST_ROUNDS, MOST_SECONDS = 60, 30.0
"""Beyond so many rounds, or where one takes longer, nothing is said."""


@dataclass(frozen=True)
class MultipleChoice:
    """Plans and rungs as columns, with what each costs in every tier.

    Parameters
    ----------
    unit : int64[m]
        Whose plan each column is, from 0 up.
    cost : int64[T, m]
    use : int64 matrix [S, m]
        How much of each shared sum a plan takes.
    known : int64[u]
        Everybody's plan in a whole plan that is allowed.
    rung, size : int64[r]
        The shared sum of each rung, and how many units it has.
    slope : int64[T, r]
        What a unit of a rung costs.
    base : int64[S]
        Least value of each shared sum.
    constant : int64[T]
        What the shared sums cost there.
    """

    unit: Ints
    cost: Ints
    use: Matrix
    known: Ints
    rung: Ints
    size: Ints
    slope: Ints
    base: Ints
    constant: Ints

    def multipliers(self, tier: int, held: list[int], values: Ints) -> tuple[Floats, Floats] | None:
        """Multipliers of the shared sums, and of the tiers held at their values, at the optimum of a tier; None if there is none.

        Only few plans are in the program at first; those that its multipliers make cheaper join it until there are none.
        """
        chosen = np.zeros(len(self.unit), dtype=np.bool_)
        chosen[self.known] = True
        self._join(chosen, np.arange(len(self.unit)), self.cost[tier].astype(np.float64), FIRST)
        for _ in range(MOST_ROUNDS):
            found = self._solve(np.flatnonzero(chosen), tier, held, values)
            if found is None:
                return None
            price = self.cost[tier] + found[1] @ self.cost[held] - self.use.T @ found[0]
            saving = np.full(len(self.known), np.inf)
            np.minimum.at(saving, self.unit[chosen], price[chosen])
            worth = np.flatnonzero(~chosen & (price < saving[self.unit] - WORTH))
            if not len(worth):
                return found
            self._join(chosen, worth, price, MORE)
        return None

    def _join(self, chosen: NDArray[np.bool_], worth: Ints, price: Floats, many: int) -> None:
        """Let the cheapest plans of everybody in."""
        chosen[worth[_first_few(self.unit[worth], price[worth], many)]] = True

    def _solve(self, some: Ints, tier: int, held: list[int], values: Ints) -> tuple[Floats, Floats] | None:
        people = len(self.known)
        choice = sparse.csr_array((np.ones(len(some)), (self.unit[some], np.arange(len(some)))), shape=(people, len(some)))
        steps = sparse.csr_array((-np.ones(len(self.rung)), (self.rung, np.arange(len(self.rung)))), shape=(len(self.base), len(self.rung)))
        whole = np.concatenate([self.cost[:, some], self.slope], axis=1).astype(np.float64)
        most = np.concatenate([np.full(len(some), np.inf), self.size.astype(np.float64)])
        rows = sparse.vstack([whole[held], sparse.block_array([[choice, None], [self.use[:, some], steps]])], format="csr")
        least = np.concatenate([np.full(len(held), -INFINITE), np.ones(people, dtype=np.int64), self.base])
        bound = np.concatenate([(values - self.constant)[held], least[len(held) :]])
        answer = solve_lp(whole[tier], np.zeros(len(most)), most, rows, least, bound, UNLIMITED.within(MOST_SECONDS))
        return None if answer.y is None else (answer.y[len(held) + people :], -answer.y[: len(held)])

    def proven(self, weights: Ints, y: Ints, values: Ints) -> int:
        """What integer multipliers prove about the weighted cost of all tiers, less that of `values`."""
        reduced = weights @ self.cost - self.use.T @ y
        least = np.full(len(self.known), np.iinfo(np.int64).max, dtype=np.int64)
        np.minimum.at(least, self.unit, reduced)
        rungs = np.minimum(weights @ self.slope + y[self.rung], 0) * self.size
        return int(least.sum() + rungs.sum() + (y * self.base).sum() + weights @ (self.constant - values))


def _first_few(unit: Ints, price: Floats, many: int) -> Ints:
    """The cheapest columns of every unit, at most so many."""
    order = np.lexsort((price, unit))
    new = np.flatnonzero(np.concatenate([[True], np.diff(unit[order]) != 0]))
    place = np.arange(len(order)) - np.repeat(new, np.diff(np.append(new, len(order))))
    return np.asarray(order[place < many])

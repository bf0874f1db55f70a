"""Every schedule of an instance, tried."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from benchmarks.fuzz.oracle.order import Order, order
from benchmarks.fuzz.oracle.reading import Cell, Term
from benchmarks.fuzz.oracle.world import World

MOST_OPEN = 12
"""More cells that nothing decides are too many to try all schedules."""

Bits = NDArray[np.bool_]


class TooLargeError(Exception):
    """There are too many schedules."""


class Trying:
    """Schedules of the present cells, one row each, and what they cost.

    Parameters
    ----------
    world
        The instance as the oracle reads it.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.cells: Sequence[Cell] = world.open_cells
        self._position = {cell: k for k, cell in enumerate(self.cells)}

    @cached_property
    def order(self) -> Order:
        """The tiers."""
        return order(self.world)

    def judge(self, office: Bits) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Whether each schedule breaks a rule : bool[S], and what it costs in every tier : int64[S, T]; `office` is bool[S, C]."""
        broken = np.zeros(len(office), dtype=np.bool_)
        costs = np.zeros((len(office), len(self.order.names)), dtype=np.int64)
        for term in self.world.terms:
            amount = self._amounts(term, office)
            if term.tier is None:
                broken |= amount > 0
            else:
                index, weight = self.order.place[term.tier]
                costs[:, index] += amount * weight * term.weight
        return broken, costs

    def why(self, office: Bits) -> list[str]:
        """Ids of the rules that one schedule breaks : bool[C]."""
        return sorted({term.rule for term in self.world.terms if term.tier is None and self._amounts(term, office[None])[0] > 0})

    def _amounts(self, term: Term, office: Bits) -> NDArray[np.int64]:
        """The amount of a term in every schedule, each pattern of its cells looked at once."""
        at = [self._position[cell] for cell in term.cells]
        code = office[:, at] @ (1 << np.arange(len(at), dtype=np.int64))
        known, which = np.unique(code, return_inverse=True)
        found = [term.amount(frozenset(cell for k, cell in enumerate(term.cells) if pattern >> k & 1)) for pattern in known.tolist()]
        return np.array(found, dtype=np.int64)[which.reshape(-1)]

    @cached_property
    def every(self) -> Bits:
        """Every schedule that keeps the rules about single cells : bool[S, C]."""
        ways = [self._ways(cell) for cell in self.cells]
        if sum(len(each) > 1 for each in ways) > MOST_OPEN:
            raise TooLargeError
        rows = np.zeros((1, 0), dtype=np.bool_)
        for each in ways:
            column = np.tile(np.array(each, dtype=np.bool_), len(rows))
            rows = np.hstack([np.repeat(rows, len(each), axis=0), column[:, None]])
        return rows

    def _ways(self, cell: Cell) -> list[bool]:
        alone = [term for term in self.world.terms if term.tier is None and term.cells == (cell,)]
        return [there for there in (False, True) if not any(term.amount(frozenset([cell] if there else [])) > 0 for term in alone)]

    @cached_property
    def best(self) -> tuple[int, ...] | None:
        """The lexicographically least costs of a schedule that breaks nothing; None if there is none."""
        broken, costs = self.judge(self.every)
        kept = costs[~broken]
        return min(map(tuple, kept.tolist())) if len(kept) else None

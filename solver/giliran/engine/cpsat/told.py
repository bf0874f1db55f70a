"""Told: what is known of a part while one call searches it, for whoever follows."""

from __future__ import annotations

from giliran.domain.status import Status
from giliran.engine.base.part import Part
from giliran.engine.base.solution import Solution, conditional_on
from giliran.program import Ints


class Told:
    """What is told of a part while one call searches it.

    Parameters
    ----------
    x, values, bounds
        The best plan before, its costs, and what is proven.
    """

    def __init__(self, part: Part, x: Ints | None, values: Ints, bounds: Ints) -> None:
        self.part, self.x, self.values, self.bounds = part, x, values, bounds.copy()

    def offer(self, x: Ints) -> None:
        """Take a plan if it is better."""
        values = self.part.values(x)
        if self.x is None or tuple(values) < tuple(self.values):
            self.x, self.values = x, values

    def raise_bound(self, tier: int, bound: int) -> None:
        """Take a bound if it is better."""
        self.bounds[tier] = max(int(self.bounds[tier]), bound)

    def solution(self) -> Solution:
        """What is known by now."""
        bounds = self.bounds.copy()
        return Solution(Status.FEASIBLE, self.x, self.values, bounds, conditional_on(self.values, bounds), limited=False, seconds=0.0)

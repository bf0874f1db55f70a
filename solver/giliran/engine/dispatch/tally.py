"""What is known of all parts together: how many are planned, and how far through the tiers everything is proven."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from giliran.domain.status import Status
from giliran.engine.base.solution import Solution


class Tally:
    """Counts parts while they are solved; a part may be told again and again, and what was known of it stays.

    Parameters
    ----------
    parts
        How many there are.
    tiers
        How many tiers each has.

    Attributes
    ----------
    planned
        Parts of which a plan is known.
    """

    def __init__(self, parts: int, tiers: int) -> None:
        self.planned = 0
        self._tiers = tiers
        self._planned = np.zeros(parts, dtype=np.bool_)
        self._level = np.zeros(parts, dtype=np.int64)
        self._at = Counter({0: parts})

    @property
    def proven(self) -> int:
        """Tiers, from the first, that are proven in every part; 0 as long as one may have a plan and none is known."""
        return min((level for level, parts in self._at.items() if parts), default=self._tiers)

    def take(self, found: Mapping[int, Solution]) -> None:
        """What is found for some parts."""
        for part, solution in found.items():
            if solution.x is not None and not self._planned[part]:
                self._planned[part] = True
                self.planned += 1
            before, now = int(self._level[part]), self._proven_of(solution)
            if now > before:
                self._at.subtract({before: 1})
                self._at[now] += 1
                self._level[part] = now

    def _proven_of(self, solution: Solution) -> int:
        """Tiers of one part, from the first, that are proven; all where it has no plan."""
        if solution.status in (Status.OPTIMAL, Status.INFEASIBLE):
            return self._tiers
        if solution.x is None:
            return 0
        open_ = np.flatnonzero(solution.values > solution.bounds)
        return int(open_[0]) if len(open_) else self._tiers

"""What is known of all parts together: how many are planned, and how far through the tiers everything is proven."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from giliran.domain.status import Status
from giliran.engine.base.outcome import TierResult
from giliran.engine.base.solution import Solution, joined
from giliran.program import Ints


class Tally:
    """Counts parts while they are solved; a part may be told again and again, and what was known of it stays.

    Parameters
    ----------
    parts
        How many there are.
    tiers
        How many tiers each has.
    names, constant
        Names of the tiers, and what is to be added to the costs of all parts : int64[T]; None where they are of several programs.

    Attributes
    ----------
    planned
        Parts of which a plan is known.
    """

    def __init__(self, parts: int, tiers: int, names: Sequence[str] = (), constant: Ints | None = None) -> None:
        self.planned = 0
        self._parts = parts
        self._tiers = tiers
        self._names = names
        self._known: dict[int, Solution] = {}
        self._best: list[int] | None = None
        self._sums = None if constant is None else np.stack([constant, constant, np.zeros_like(constant)])
        self._planned = np.zeros(parts, dtype=np.bool_)
        self._level = np.zeros(parts, dtype=np.int64)
        self._at = Counter({0: parts})

    @property
    def proven(self) -> int:
        """Tiers, from the first, that are proven in every part; 0 as long as one may have a plan and none is known."""
        return min((level for level, parts in self._at.items() if parts), default=self._tiers)

    @property
    def all_proven(self) -> bool:
        """Whether nothing is left to search."""
        return self.proven == self._tiers

    @property
    def tiers(self) -> tuple[TierResult, ...]:
        """Value and bound of every tier over all parts; empty as long as some part has no plan."""
        if self._sums is None or self.planned < self._parts:
            return ()
        each = zip(self._names, *self._sums.tolist(), strict=True)
        return tuple(TierResult(name, value, bound, conditional > 0) for name, value, bound, conditional in each)

    def plan(self) -> tuple[Solution, ...]:
        """What is known of every part, once each has a plan."""
        return tuple(self._known[part] for part in range(self._parts))

    def better(self) -> bool:
        """Whether every part has a plan, and all together cost less than when this was asked before."""
        now = [tier.value for tier in self.tiers]
        if not now or (self._best is not None and now >= self._best):
            return False
        self._best = now
        return True

    def take(self, found: Mapping[int, Solution]) -> None:
        """What is found for some parts."""
        if self._sums is not None:
            for part, solution in found.items():
                self._add(part, solution, self._sums)
        for part, solution in found.items():
            if solution.x is not None and not self._planned[part]:
                self._planned[part] = True
                self.planned += 1
            before, now = int(self._level[part]), max(map(self._proven_of, (solution, self._known.get(part, solution))))
            if now > before:
                self._at.subtract({before: 1})
                self._at[now] += 1
                self._level[part] = now

    def _add(self, part: int, new: Solution, sums: Ints) -> None:
        """Count what is known of a part, and no more what was."""
        old = self._known.get(part)
        if new.x is None or (old is not None and old.decided):
            return
        if old is not None:
            sums -= (old.values, old.bounds, old.conditional)
            new = joined(old, new)
        sums += (new.values, new.bounds, new.conditional)
        self._known[part] = new

    def _proven_of(self, solution: Solution) -> int:
        """Tiers of one part, from the first, that are proven; all where it has no plan."""
        if solution.status in (Status.OPTIMAL, Status.INFEASIBLE):
            return self._tiers
        if solution.x is None:
            return 0
        open_ = np.flatnonzero(solution.values > solution.bounds)
        return int(open_[0]) if len(open_) else self._tiers

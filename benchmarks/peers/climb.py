"""Strict tiers for any solver that minimises one: each tier as good as it can be, then held while the next is minimised."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from giliran.domain.status import Status
from giliran.engine.base.part import Part
from giliran.engine.base.tiers import spans_of
from giliran.program import Ints


class PeerError(Exception):
    """A peer contradicts itself: its plan breaks a row or what it has proven."""


class BrokenPlanError(PeerError):
    """A peer's plan breaks a row that must hold."""


@dataclass(frozen=True)
class Found:
    """What one call of a peer's solver found.

    Parameters
    ----------
    status
        The solver's word.
    x
        Values of the part's columns : int64[n]; None without a plan.
    bound
        Lower bound of the tier's cost, in its units; None where nothing was proven.
    """

    status: Status
    x: Ints | None
    bound: int | None


class Minimiser(Protocol):
    """A peer's solver, at work on one part."""

    def minimise(self, tier: int | None, best: Ints | None, seconds: float) -> Found:
        """Minimise a tier under all that is held; any plan when `tier` is None. `best` is the best plan so far : int64[n]."""
        ...

    def hold(self, tier: int, most: int) -> None:
        """Keep the cost of a tier that was minimised, in its units, at most at what was reached."""
        ...


class Opener(Protocol):
    """How a peer takes a part up."""

    def __call__(self, part: Part, unit: Ints, workers: int) -> Minimiser:
        """A solver for one part, costs of tier t divided by `unit[t]` : int64[T], with so many threads of its own."""
        ...


@dataclass(frozen=True)
class Climbed:
    """How far a peer came in one part.

    Parameters
    ----------
    status
        `OPTIMAL` when every tier is proven.
    x
        int64[n], None without a plan.
    values, bounds
        Of every tier : int64[T] each; empty without a plan.
    proven
        How many tiers, from the first, are proven.
    tier_s
        Seconds spent on each tier : float64[T].
    planned_at
        When the call that found the first plan returned, on the clock of `time.monotonic`; None without a plan.
    proven_at
        When each of the first tiers was proven, on the same clock.
    """

    status: Status
    x: Ints | None
    values: Ints
    bounds: Ints
    proven: int
    tier_s: list[float]
    planned_at: float | None
    proven_at: list[float]


def climb(part: Part, opener: Opener, deadline: float, workers: int) -> Climbed:
    """Minimise tier after tier until the deadline (on the clock of `time.monotonic`).

    A tier that cannot cost less than it does is proven without a call: the peer shall not lose time that its user would not lose.

    Raises
    ------
    PeerError
        If the peer contradicts itself.
    """
    state = _Climb(part)
    status = Status.INFEASIBLE if part.broken else state.run(opener, deadline, workers)
    if state.x is None:
        none = np.zeros(0, dtype=np.int64)
        return Climbed(status, None, none, none, 0, state.tier_s, None, [])
    return Climbed(status, state.x, state.values, state.bounds, state.proven, state.tier_s, state.planned_at, state.proven_at)


class _Climb:
    """The best plan so far and what is proven about it."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.spans = spans_of(part)
        self.x: Ints | None = None
        self.values = self.spans.least.copy()
        self.bounds = self.spans.least.copy()
        self.proven = 0
        self.tier_s = [0.0] * len(self.values)
        self.planned_at: float | None = None
        self.proven_at: list[float] = []

    def run(self, opener: Opener, deadline: float, workers: int) -> Status:
        """Minimise every tier in which something can be decided; the verdict over all of them."""
        if time.monotonic() >= deadline:
            return Status.UNKNOWN
        solver = opener(self.part, self.spans.unit, workers)
        active: list[int | None] = [*self.spans.active()]
        for tier in active or [None]:
            verdict = self._tier(solver, tier, deadline)
            if verdict is not Status.OPTIMAL:
                return verdict if self.x is None else Status.FEASIBLE
        self._reach(len(self.values))
        return Status.OPTIMAL

    def _reach(self, proven: int) -> None:
        """So many tiers, from the first, are proven; it counts when there is a plan."""
        self.proven = proven
        if self.x is not None:
            self.proven_at += [time.monotonic()] * (proven - len(self.proven_at))

    def _tier(self, solver: Minimiser, tier: int | None, deadline: float) -> Status:
        if tier is not None:
            self._reach(tier)
            if self.x is not None and self.values[tier] == self.spans.least[tier]:
                solver.hold(tier, int(self.values[tier] // self.spans.unit[tier]))
                return Status.OPTIMAL
        begin = time.monotonic()
        if begin >= deadline:
            return Status.UNKNOWN
        found = solver.minimise(tier, self.x, deadline - begin)
        if tier is not None:
            self.tier_s[tier] = time.monotonic() - begin
        self._take(found, tier)
        self._reach(self.proven)
        if tier is not None and found.status is Status.OPTIMAL:
            self.bounds[tier] = self.values[tier]
            solver.hold(tier, int(self.values[tier] // self.spans.unit[tier]))
        return found.status

    def _take(self, found: Found, tier: int | None) -> None:
        if found.status is Status.INFEASIBLE and self.x is not None:
            raise PeerError("called infeasible after it had given a plan")
        if found.x is not None:
            if not self.part.kept(found.x):
                raise BrokenPlanError("its plan breaks a row")
            values = self.part.values(found.x)
            if self.x is not None and tuple(values[:tier]) != tuple(self.values[:tier]):
                raise PeerError("its plan is not the same in a tier that was proven")
            if self.x is None or tuple(values) < tuple(self.values):
                self.x, self.values = found.x, values
                self.planned_at = self.planned_at or time.monotonic()
        if tier is not None and found.bound is not None:
            self.bounds[tier] = max(int(self.bounds[tier]), found.bound * int(self.spans.unit[tier]))
            if self.x is not None and self.bounds[tier] > self.values[tier]:
                raise PeerError(f"its plan costs {self.values[tier]} in tier {tier}, its bound is {self.bounds[tier]}")

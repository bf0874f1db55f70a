"""What is found for a part: a plan or none, its costs, and what is proven about them."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from giliran.domain.sealing import Sealed
from giliran.domain.status import Status
from giliran.engine.base.part import Part
from giliran.engine.base.tiers import spans_of
from giliran.program import Ints


@dataclass(frozen=True, eq=False)
class Multipliers(Sealed):
    """What proves the bound of one or several tiers.

    Parameters
    ----------
    weights
        Tiers bounded together, most important first, and what a unit of each weighs.
    scale
        Multipliers count in this part of a unit of the weighted cost.
    y : int64[M]
        One multiplier for each row of the part, at least 0 where it speaks for the lower bound, at most 0 for the upper one.
    """

    weights: tuple[tuple[int, int], ...]
    scale: int
    y: Ints


@dataclass(frozen=True)
class Solution:
    """What the search of a part found.

    Parameters
    ----------
    status
        `OPTIMAL` when every tier is proven.
    x
        Values of the columns : int64[n]; None without a plan.
    values, bounds
        Cost and proven bound of each tier : int64[T] each, empty without a plan.
    conditional
        Tiers after one that is not proven : bool[T], empty without a plan.
    limited
        Whether the time or a cancel ended the search.
    seconds
        Time of the search.
    multipliers
        What linear programs proved bounds with, first tiers first, for a certificate; none where there were none.
    """

    status: Status
    x: Ints | None
    values: Ints
    bounds: Ints
    conditional: NDArray[np.bool_]
    limited: bool
    seconds: float
    multipliers: tuple[Multipliers, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether nothing is left to search: all is proven, or that there is no plan."""
        return self.status in (Status.OPTIMAL, Status.INFEASIBLE)


def joined(old: Solution, new: Solution) -> Solution:
    """What two searches of the same part know together: the better plan, and no bound of either that speaks of it is lost."""
    if new.decided or old.x is None or old.values is None:
        return new
    if new.x is None:
        return old
    differs = np.flatnonzero(old.values != new.values)
    same = int(differs[0]) + 1 if len(differs) else len(old.values)
    best = old if tuple(old.values.tolist()) < tuple(new.values.tolist()) else new
    other = new if best is old else old
    raised = np.arange(len(best.bounds)) < same
    raised &= other.bounds > best.bounds
    return replace(
        best, bounds=np.where(raised, other.bounds, best.bounds), conditional=np.where(raised, other.conditional, best.conditional)
    )


def unsearched(part: Part) -> Solution:
    """What is known of a part that nobody searched, because everything was ended before or whoever did it was lost."""
    return without_plan(Status.INFEASIBLE if part.broken else Status.UNKNOWN, limited=True, begin=time.monotonic())


def without_plan(status: Status, *, limited: bool, begin: float) -> Solution:
    """No plan, after a search that began then (`time.monotonic`)."""
    none = np.zeros(0, dtype=np.int64)
    return Solution(status, None, none, none, none.astype(np.bool_), limited and status is Status.UNKNOWN, time.monotonic() - begin)


def planned_only(part: Part, x: Ints) -> Solution:
    """A plan that keeps every row, about which nothing is proven but what its columns can cost at least."""
    values, least = part.values(x), spans_of(part).least
    return Solution(Status.FEASIBLE, x, values, least, np.zeros(len(values), dtype=np.bool_), limited=False, seconds=0.0)


def planned(x: Ints, values: Ints, bounds: Ints, begin: float) -> Solution:
    """A plan and what is proven about it, after a search that began then (`time.monotonic`)."""
    status = Status.OPTIMAL if np.array_equal(values, bounds) else Status.FEASIBLE
    return Solution(status, x, values, bounds, conditional_on(values, bounds), limited=False, seconds=time.monotonic() - begin)


def conditional_on(values: Ints, bounds: Ints) -> NDArray[np.bool_]:
    """Tiers after the first one whose bound is below its value : bool[T]."""
    open_ = np.cumsum(bounds < values)
    return np.asarray(np.concatenate([[0], open_[:-1]]) > 0)

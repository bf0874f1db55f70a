"""All parts of a program by one peer: threads, shares of the time, and the answer put together."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.climb import Climbed, Opener, climb
from giliran.domain.status import Status
from giliran.engine.base.part import Part
from giliran.engine.presolve.split import Split
from giliran.program import Ints

_WORST_FIRST = (Status.INFEASIBLE, Status.UNKNOWN, Status.FEASIBLE, Status.OPTIMAL)


@dataclass(frozen=True)
class Whole:
    """What a peer reached over all parts.

    Parameters
    ----------
    status
        The worst of the parts.
    x
        Value of every column : int64[N].
    planned
        Columns that have a plan : bool[N].
    values, bounds
        Sums over the planned parts and what no part decides : int64[T] each.
    proven_tiers
        How many tiers, from the first, are proven in every part.
    planned_parts, proven_parts
        How many parts have a plan, and in how many every tier is proven.
    tier_s
        Seconds spent on each tier, added up over parts.
    plan_s
        Seconds from the beginning until every part had a plan; None where one has none.
    proven_s
        Seconds until each of the first tiers was proven in every part.
    """

    status: Status
    x: Ints
    planned: NDArray[np.bool_]
    values: Ints
    bounds: Ints
    proven_tiers: int
    planned_parts: int
    proven_parts: int
    tier_s: list[float]
    plan_s: float | None
    proven_s: list[float]


class Shares:
    """Shares of a budget: every part gets what is left, divided among the parts that are left."""

    def __init__(self, budget_s: float, parts: int, workers: int) -> None:
        self._end = time.monotonic() + budget_s
        self._left = parts
        self._workers = workers
        self._lock = threading.Lock()

    def next_deadline(self) -> float:
        """The deadline of the part that begins now, on the clock of `time.monotonic`."""
        with self._lock:
            left = self._left
            self._left -= 1
        now = time.monotonic()
        return now + max(self._end - now, 0.0) * min(self._workers / left, 1.0)


def solve_parts(pieces: Split, opener: Opener, *, budget_s: float, workers: int) -> Whole:
    """Climb in every part, small ones first so that they leave what they do not use; one part gets all workers."""
    begin, parts = time.monotonic(), pieces.parts
    shares = Shares(budget_s, len(parts), workers)
    each = max(1, workers // max(1, len(parts)))

    def work(p: int) -> Climbed:
        return climb(parts[p], opener, shares.next_deadline(), each)

    queue = sorted(range(len(parts)), key=lambda p: (parts[p].num_columns, p))
    with ThreadPoolExecutor(max_workers=workers) as executor:
        done = dict(zip(queue, executor.map(work, queue), strict=True))
    return _together(pieces, parts, [done[p] for p in range(len(parts))], begin)


def _together(pieces: Split, parts: Sequence[Part], climbed: Sequence[Climbed], begin: float) -> Whole:
    x, planned = pieces.settled.copy(), np.ones(len(pieces.settled), dtype=np.bool_)
    values = pieces.constant.copy()
    gap = np.zeros_like(values)
    for part, one in zip(parts, climbed, strict=True):
        if one.x is None:
            planned[part.columns] = planned[part.cells] = False
        else:
            x[part.columns] = one.x
            values += one.values
            gap += one.values - one.bounds
    statuses = {one.status for one in climbed}
    planned_at = [one.planned_at for one in climbed if one.planned_at is not None]
    each_tier = zip(*(one.proven_at for one in climbed), strict=False)  # as long as the part that has proven least
    return Whole(
        status=next((status for status in _WORST_FIRST if status in statuses), Status.OPTIMAL),
        x=x,
        planned=planned,
        values=values,
        bounds=values - gap,
        proven_tiers=min((one.proven for one in climbed), default=len(values)),
        planned_parts=sum(one.x is not None for one in climbed),
        proven_parts=sum(one.status is Status.OPTIMAL for one in climbed),
        tier_s=np.sum([one.tier_s for one in climbed], axis=0).tolist() if climbed else [0.0] * len(values),
        plan_s=max(planned_at) - begin if planned_at and len(planned_at) == len(climbed) else None,
        proven_s=[max(times) - begin for times in each_tier],
    )

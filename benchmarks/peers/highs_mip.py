"""HiGHS MIP on the textbook model, through scipy, which brings its own HiGHS."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from benchmarks.peers.bounds import whole
from benchmarks.peers.climb import Found, PeerError
from benchmarks.peers.textbook import Model, Textbook
from giliran.domain.status import Status
from giliran.engine.base.part import Part
from giliran.program import Ints

_OPTIMAL, _LIMIT, _INFEASIBLE, _OTHER = 0, 1, 2, 4


class HighsMip:
    """HiGHS at work on one part, with default parameters but for the gap, which is 0: strict tiers need the proof."""

    def __init__(self, part: Part, unit: Ints, workers: int) -> None:
        self._textbook = Textbook(part, unit)
        self._columns = part.num_columns

    def minimise(self, tier: int | None, best: Ints | None, seconds: float) -> Found:
        """Minimise a tier; scipy offers no way to hand over `best`."""
        model, begin = self._textbook.model(tier), time.monotonic()
        result = _solved(model, seconds)
        if result.status == _OTHER:  # HiGHS of scipy 1.17 ends some tiny models with a "Solve error" that it does not meet without presolve
            result = _solved(model, max(seconds - (time.monotonic() - begin), 0.0), presolve=False)
        x = None if result.x is None else np.round(result.x[: self._columns]).astype(np.int64)
        if result.status == _INFEASIBLE:
            return Found(Status.INFEASIBLE, None, None)
        if result.status not in (_OPTIMAL, _LIMIT):
            raise PeerError(f"HiGHS: {result.message}")
        optimal = result.status == _OPTIMAL
        status = Status.OPTIMAL if optimal else Status.UNKNOWN if x is None else Status.FEASIBLE
        return Found(status, x, None if tier is None else whole(result.mip_dual_bound))

    def hold(self, tier: int, most: int) -> None:
        """Add the cut row."""
        self._textbook.hold(tier, most)


def _solved(model: Model, seconds: float, *, presolve: bool = True) -> Any:
    return milp(
        model.cost,
        integrality=np.ones_like(model.cost),
        bounds=Bounds(model.lo, model.hi),
        constraints=LinearConstraint(model.matrix, model.row_lo, model.row_hi),
        options={"time_limit": seconds, "mip_rel_gap": 0.0, "presolve": presolve},
    )

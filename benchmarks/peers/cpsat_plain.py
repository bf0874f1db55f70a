"""Plain CP-SAT: our encoding, nothing split, default parameters but for the number of workers."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model_helper as cpsat

from benchmarks.peers.bounds import whole
from benchmarks.peers.climb import Found, PeerError
from giliran.domain.status import Status
from giliran.engine.base.part import Part
from giliran.engine.cpsat.encoding import Encoding
from giliran.program import Ints

_STATUS = {
    cpsat.CpSolverStatus.OPTIMAL: Status.OPTIMAL,
    cpsat.CpSolverStatus.FEASIBLE: Status.FEASIBLE,
    cpsat.CpSolverStatus.INFEASIBLE: Status.INFEASIBLE,
    cpsat.CpSolverStatus.UNKNOWN: Status.UNKNOWN,
}


class CpsatPlain:
    """CP-SAT at work on one part; the plan of the tier before is its hint."""

    def __init__(self, part: Part, unit: Ints, workers: int) -> None:
        self._encoding = Encoding(part, unit)
        self._columns = part.num_columns
        self._workers = workers

    def minimise(self, tier: int | None, best: Ints | None, seconds: float) -> Found:
        """Minimise a tier."""
        model = self._encoding.model
        if tier is not None:
            self._encoding.open_tier(tier)
            self._encoding.minimise({tier: 1})
        if best is not None:
            self._encoding.hint(best)
        parameters = cpsat.SatParameters()
        parameters.num_workers = self._workers
        parameters.max_time_in_seconds = seconds
        parameters.catch_sigint_signal = False
        solver = cpsat.SolveWrapper()
        solver.set_parameters(parameters)
        response: cpsat.CpSolverResponse = solver.solve(model)  # type: ignore[no-untyped-call, unused-ignore]
        if response.status not in _STATUS:
            raise PeerError(f"CP-SAT: {cpsat.CpSatHelper.validate_model(model)}")
        status = _STATUS[response.status]
        planned = status in (Status.OPTIMAL, Status.FEASIBLE)
        x = np.array(response.solution, dtype=np.int64)[: self._columns] if planned else None
        return Found(status, x, whole(response.best_objective_bound) if tier is not None and status is not Status.INFEASIBLE else None)

    def hold(self, tier: int, most: int) -> None:
        """Add the cut row."""
        self._encoding.open_tier(tier)
        self._encoding.hold(tier, most)

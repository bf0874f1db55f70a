"""SCIP on the textbook model, started from the plan of the tier before."""

from __future__ import annotations

import math

import numpy as np
from pyscipopt import Expr, Model, Variable
from pyscipopt.scip import Term

from benchmarks.peers.bounds import whole
from benchmarks.peers.climb import Found, PeerError
from benchmarks.peers.textbook import Textbook
from giliran.domain.status import Status
from giliran.engine.base.part import Part
from giliran.program import Ints

_ENDED = {
    "optimal": Status.OPTIMAL,
    "infeasible": Status.INFEASIBLE,
    "timelimit": Status.FEASIBLE,
}


class ScipMip:
    """SCIP at work on one part, with default parameters: its gap is 0 by default."""

    def __init__(self, part: Part, unit: Ints, workers: int) -> None:
        self._textbook = Textbook(part, unit)
        self._columns = part.num_columns

    def minimise(self, tier: int | None, best: Ints | None, seconds: float) -> Found:
        """Minimise a tier from the best plan so far."""
        model, columns = self._model(tier)
        model.setParam("limits/time", seconds)
        if best is not None:
            start = model.createSol()
            for column, value in zip(columns, self._textbook.complete(best).tolist(), strict=True):
                model.setSolVal(start, column, value)
            model.addSol(start)
        model.optimizeNogil()
        ended = model.getStatus()
        if ended not in _ENDED:
            raise PeerError(f"SCIP: {ended}")
        status = _ENDED[ended]
        if status is Status.INFEASIBLE:
            return Found(status, None, None)
        bound = None if tier is None else whole(model.getDualbound(), model.infinity())
        if not model.getNSols():
            return Found(Status.UNKNOWN, None, bound)
        plan = model.getBestSol()
        x = np.round([model.getSolVal(plan, column) for column in columns[: self._columns]]).astype(np.int64)
        return Found(status, x, bound)

    def hold(self, tier: int, most: int) -> None:
        """Add the cut row."""
        self._textbook.hold(tier, most)

    def _model(self, tier: int | None) -> tuple[Model, list[Variable]]:
        """The textbook model as SCIP takes it, and its columns."""
        given = self._textbook.model(tier)
        model = Model()
        model.hideOutput()
        bounds = zip(given.lo.tolist(), given.hi.tolist(), given.cost.tolist(), strict=True)
        columns = [model.addVar(vtype="B" if (lo, hi) == (0, 1) else "I", lb=lo, ub=hi, obj=cost) for lo, hi, cost in bounds]
        terms = [Term(column) for column in columns]
        start, index, value = given.matrix.indptr.tolist(), given.matrix.indices.tolist(), given.matrix.data.tolist()
        for r, (lo, hi) in enumerate(zip(given.row_lo.tolist(), given.row_hi.tolist(), strict=True)):
            entries = range(start[r], start[r + 1])
            if entries:
                row = Expr({terms[index[k]]: value[k] for k in entries})
                model.addCons(_within(row, lo, hi))
        return model, columns


def _within(row: Expr, lo: float, hi: float) -> object:
    if not math.isfinite(lo):
        return row <= hi
    return row >= lo if not math.isfinite(hi) else (lo <= row) <= hi

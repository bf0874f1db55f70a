"""HiGHS MIP on the textbook model, through its own package: the newest HiGHS, started from the plan of the tier before."""

from __future__ import annotations

import highspy
import numpy as np

from benchmarks.peers.bounds import whole
from benchmarks.peers.climb import Found, PeerError
from benchmarks.peers.textbook import Model, Textbook
from giliran.domain.status import Status
from giliran.engine.base.part import Part
from giliran.program import Ints

_ENDED = {
    highspy.HighsModelStatus.kOptimal: Status.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Status.INFEASIBLE,
    # Every column is bounded.
    highspy.HighsModelStatus.kUnboundedOrInfeasible: Status.INFEASIBLE,
    highspy.HighsModelStatus.kTimeLimit: Status.FEASIBLE,
    # A model without columns or rows.
    highspy.HighsModelStatus.kModelEmpty: Status.OPTIMAL,
}


class HighsDirect:
    """HiGHS at work on one part, with default parameters but for the gap, which is 0: strict tiers need the proof."""

    def __init__(self, part: Part, unit: Ints, workers: int) -> None:
        self._textbook = Textbook(part, unit)
        self._columns = part.num_columns

    def minimise(self, tier: int | None, best: Ints | None, seconds: float) -> Found:
        """Minimise a tier from the best plan so far."""
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("time_limit", seconds)
        solver.passModel(_lp(self._textbook.model(tier)))
        if best is not None:
            start = highspy.HighsSolution()
            start.col_value = self._textbook.complete(best).astype(np.float64).tolist()
            solver.setSolution(start)
        solver.run()
        ended = solver.getModelStatus()
        if ended not in _ENDED:
            raise PeerError(f"HiGHS: {solver.modelStatusToString(ended)}")
        status, info = _ENDED[ended], solver.getInfo()
        if status is Status.INFEASIBLE:
            return Found(status, None, None)
        planned = status is Status.OPTIMAL or info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        x = np.round(np.array(solver.getSolution().col_value[: self._columns])).astype(np.int64) if planned else None
        bound = None if tier is None else whole(info.mip_dual_bound)
        return Found(status if planned else Status.UNKNOWN, x, bound)

    def hold(self, tier: int, most: int) -> None:
        """Add the cut row."""
        self._textbook.hold(tier, most)


def _lp(model: Model) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model.cost), len(model.row_lo)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = model.cost, model.lo, model.hi
    lp.row_lower_, lp.row_upper_ = model.row_lo, model.row_hi
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = model.matrix.indptr
    lp.a_matrix_.index_ = model.matrix.indices
    lp.a_matrix_.value_ = model.matrix.data
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(model.cost)
    return lp

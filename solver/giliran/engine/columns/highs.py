"""Linear and integer programs by HiGHS: it proposes plans and multipliers, nothing that it says is taken for a proof.

HiGHS runs in a thread of its own. There it finds no scheduler that somebody made for another number of threads, and leaves none to anybody
(they belong to threads); it lets go of the interpreter lock, so that two programs take the time of one; and whoever waits can end it,
or leave it alone where it does not look at the clock: in presolve, in a factorisation.
"""

from __future__ import annotations

import contextlib
import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from queue import Empty, SimpleQueue
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from giliran.engine.base.budget import Budget
from giliran.engine.columns.face import NO_BLOCK, Matrix, OptimalFace
from giliran.errors import InternalError
from giliran.program import INFINITE, Ints

Floats = NDArray[np.float64]

NEARLY = 1e-6
"""Values this close to an integer stand for it; whoever uses them checks."""

ROUNDING = 1e-9
"""What a float may be beside the number that it stands for, as a share of it."""

POLL_S = 0.05
"""How often whoever waits looks whether it is to go on."""

PATIENCE_S = 0.2
"""How long HiGHS may take to end when it is told to; later it goes on alone, its answer is not read."""


class Verdict(Enum):
    """What HiGHS says about a program."""

    SOLVED = auto()
    IMPOSSIBLE = auto()
    OPEN = auto()


class Algorithm(Enum):
    """How a linear program is solved."""

    SIMPLEX = auto()
    """Dual simplex: values at a vertex."""

    INTERIOR = auto()
    """Interior point, from which no vertex is looked for: multipliers in the middle of the best ones."""


@dataclass(frozen=True)
class Relaxed:
    """The answer of a linear program.

    Parameters
    ----------
    verdict
    value
        Least cost.
    z, y : float64[n], float64[M]
        Values of the columns, multipliers of the rows. None unless solved; an interior point without a verdict leaves what it had.
    """

    verdict: Verdict
    value: float = 0.0
    z: Floats | None = None
    y: Floats | None = None

    def integral(self, face: OptimalFace) -> Ints | None:
        """The values as whole numbers, None if one that is no helper is none : int64[n]."""
        if self.z is None:
            return None
        whole = np.rint(self.z)
        if (np.abs(whole - self.z) > NEARLY)[~face.helper].any():
            return None
        return np.asarray(whole.astype(np.int64))


@dataclass(frozen=True)
class Whole:
    """The answer of branch and bound.

    Parameters
    ----------
    verdict
        `SOLVED` when HiGHS takes the values for the cheapest.
    z : int64[n] or None
        The best values found; helpers may be anything within their bounds.
    bound
        What HiGHS says that nothing costs less than; None where it says nothing, or that there is nothing.
    """

    verdict: Verdict
    z: Ints | None = None
    bound: int | None = None


def solve_lp(
    cost: Ints | Floats,
    lo: Ints | Floats,
    hi: Ints | Floats,
    rows: Matrix,
    row_lo: Ints | Floats,
    row_hi: Ints | Floats,
    budget: Budget,
    algorithm: Algorithm = Algorithm.SIMPLEX,
) -> Relaxed:
    """The cheapest values of columns, broken ones allowed.

    Parameters
    ----------
    cost, lo, hi : [n]
    rows : matrix [M, n]
    row_lo, row_hi : [M]
        ± `INFINITE` or ± infinity for no bound.
    budget
        Whose end or halt ends the work, 0.3 s later at most.
    algorithm
        An interior point that comes to no verdict begins anew without presolve.

    Raises
    ------
    InternalError
        If HiGHS refuses the program: something in it is no number.
    """
    if not len(cost):
        nothing = _of_nothing(row_lo, row_hi)
        return Relaxed(nothing, 0.0, np.zeros(0), np.zeros(rows.shape[0])) if nothing is Verdict.SOLVED else Relaxed(nothing)
    program = (cost, lo, hi, rows, row_lo, row_hi)
    if algorithm is Algorithm.SIMPLEX:
        return _relaxed(_made(program, budget), budget, kept=False)
    answer = _relaxed(_interior(program, budget, "on"), budget, kept=True)
    if answer.verdict is not Verdict.OPEN or budget.over:
        return answer
    again = _relaxed(_interior(program, budget, "off"), budget, kept=True)
    return answer if again.verdict is Verdict.OPEN and again.y is None else again


def relax(face: OptimalFace, cost: Ints, budget: Budget, algorithm: Algorithm = Algorithm.SIMPLEX) -> Relaxed:
    """The cheapest values of the columns, broken ones allowed."""
    many = face.rows.shape[0]
    answer = solve_lp(cost, *_bounds(face), *_rows(face), budget, algorithm)
    return answer if answer.y is None else Relaxed(answer.verdict, answer.value, answer.z, answer.y[:many])


def search_whole(face: OptimalFace, cost: Ints, budget: Budget) -> Whole:
    """The cheapest whole values of the columns, by branch and bound.

    Presolve only over state graphs, where it makes one arc of many: 1.5 and 3.8 s with it, 24 and 15 s without for two parts of B8. B4's
    programs over patterns take 2.3 s with it, 1.7 s without (HiGHS 1.16). Where HiGHS knows that option the first program over arcs goes to
    an interior point: 10, 20 and 19 s instead of 14, 20 and more than 60 for three more.
    """
    if not face.num_columns:
        verdict = _of_nothing(face.row_lo, face.row_hi)
        return Whole(verdict, np.zeros(0, dtype=np.int64) if verdict is Verdict.SOLVED else None)
    solver = _made((cost, face.lo, face.hi, *_rows(face)), budget, whole=True)
    solver.setOptionValue("presolve", "off" if face.graph is None else "on")
    solver.setOptionValue("mip_rel_gap", 0.0)
    if face.graph is not None:
        solver.setOptionValue("mip_lp_solver", "ipm")
    if not _run(solver, budget):
        return Whole(Verdict.OPEN)
    info = solver.getInfo()
    planned = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    z = np.rint(solver.getSolution().col_value).astype(np.int64) if planned else None
    return Whole(_verdict(solver), z, _whole_bound(float(info.mip_dual_bound)))


def _whole_bound(bound: float) -> int | None:
    """The least whole cost above a bound in floats, None for none."""
    return math.ceil(bound - max(NEARLY, abs(bound) * ROUNDING)) if math.isfinite(bound) else None


def choices_of(face: OptimalFace) -> Matrix:
    """One row per block: the sum of its columns."""
    inside = np.flatnonzero(face.block != NO_BLOCK)
    entries = (np.ones(len(inside), dtype=np.int64), (face.block[inside], inside))
    return sparse.csr_array(entries, shape=(face.num_blocks, face.num_columns))


def _of_nothing(row_lo: Ints | Floats, row_hi: Ints | Floats) -> Verdict:
    """Whether rows without columns hold."""
    return Verdict.SOLVED if ((row_lo <= 0) & (row_hi >= 0)).all() else Verdict.IMPOSSIBLE


def _bounds(face: OptimalFace) -> tuple[Ints, Floats]:
    """Bounds of the columns; the size of a block is left out inside it, where it follows : int64[n], float64[n]."""
    hi, inside = face.hi.astype(np.float64), np.flatnonzero(face.block != NO_BLOCK)
    hi[inside[hi[inside] >= face.size[face.block[inside]]]] = np.inf
    return face.lo, hi


def _rows(face: OptimalFace) -> tuple[Matrix, Ints, Ints]:
    """The rows of a face, and below them those of its blocks, with their bounds."""
    rows = sparse.vstack([face.rows, choices_of(face)], format="csr") if face.num_blocks else face.rows
    return rows, np.concatenate([face.row_lo, face.size]), np.concatenate([face.row_hi, face.size])


def _made(program: tuple[Any, ...], budget: Budget, whole: bool = False) -> Any:
    """HiGHS with a program, not yet begun."""
    cost, lo, hi, rows, row_lo, row_hi = program
    rows = sparse.csr_array(rows)
    solver = highspy._Highs()  # type: ignore[attr-defined, unused-ignore]  # `Highs` prints a banner when it is made
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    seconds = budget.seconds
    if seconds is not None:
        solver.setOptionValue("time_limit", seconds)
    passed = solver.passModel(
        len(cost),
        rows.shape[0],
        rows.nnz,
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        *(_floats(each) for each in (cost, lo, hi, row_lo, row_hi)),
        rows.indptr.astype(np.int32),
        rows.indices.astype(np.int32),
        rows.data.astype(np.float64),
        np.full(len(cost), int(highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous), dtype=np.int32),
    )
    if passed == highspy.HighsStatus.kError:
        raise InternalError("HiGHS refuses a program")
    return solver


def _interior(program: tuple[Any, ...], budget: Budget, presolve: str) -> Any:
    """HiGHS with a program for its interior point."""
    solver = _made(program, budget)
    _by_interior(solver, lambda: budget.over, presolve)
    return solver


def _by_interior(solver: Any, over: Callable[[], bool], presolve: str) -> None:
    """Let HiGHS take its interior point, which looks at no limit of time that is set later, and is asked to end by itself."""
    for option, value in (("solver", "ipm"), ("run_crossover", "off"), ("presolve", presolve)):
        solver.setOptionValue(option, value)

    def look(_type: Any, _message: str, _out: Any, wish: Any, _data: Any) -> None:
        wish.user_interrupt = over()

    solver.setCallback(look, None)
    solver.startCallback(highspy.cb.HighsCallbackType.kCallbackIpmInterrupt)


def _floats(values: Ints | Floats) -> Floats:
    """As floats, what is beyond `INFINITE` as infinity."""
    out = values.astype(np.float64)
    out[out >= INFINITE], out[out <= -INFINITE] = np.inf, -np.inf
    return out


def _relaxed(solver: Any, budget: Budget, *, kept: bool) -> Relaxed:
    """Run HiGHS on a linear program; its values are `kept` without a verdict, too."""
    if not _run(solver, budget):
        return Relaxed(Verdict.OPEN)
    verdict, solution = _verdict(solver), solver.getSolution()
    if verdict is not Verdict.SOLVED and not (kept and verdict is Verdict.OPEN and solution.dual_valid):
        return Relaxed(verdict)
    z, y = np.array(solution.col_value), np.array(solution.row_dual)
    return Relaxed(verdict, float(solver.getInfo().objective_function_value), z, y)


def _verdict(solver: Any) -> Verdict:
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kMemoryLimit:
        raise MemoryError("HiGHS")
    if status == highspy.HighsModelStatus.kOptimal:
        return Verdict.SOLVED
    return Verdict.IMPOSSIBLE if status == highspy.HighsModelStatus.kInfeasible else Verdict.OPEN


def _run(solver: Any, budget: Budget) -> bool:
    """Run HiGHS in a thread of its own, which the interpreter waits for when it ends; False where it has not ended in time."""
    if budget.over:
        return False
    ended: SimpleQueue[BaseException | None] = SimpleQueue()

    def work() -> None:
        try:
            solver.run()
        except BaseException as error:  # whoever waits raises it
            ended.put(error)
        else:
            ended.put(None)

    worker = threading.Thread(target=work, name="giliran-highs")
    worker.start()
    try:
        error = _awaited(ended, solver, budget)
    except Empty:
        return False
    except KeyboardInterrupt:
        _end(solver)
        raise
    worker.join()
    if error is not None:
        raise error
    return True


def _awaited(ended: SimpleQueue[BaseException | None], solver: Any, budget: Budget) -> BaseException | None:
    """What HiGHS ended with; raises `Empty` where it does not although it was asked to."""
    while not budget.over:
        with contextlib.suppress(Empty):
            return ended.get(timeout=POLL_S)
    _end(solver)
    return ended.get(timeout=PATIENCE_S)


def _end(solver: Any) -> None:
    """Ask HiGHS to end, which reads its limit again and again. Callbacks at every step would take the interpreter lock each time."""
    solver.setOptionValue("time_limit", 0.0)


class GrowingProgram:
    """A linear program that gets more columns, solved by an interior point: a simplex from where it ended took five times as long.

    Parameters
    ----------
    row_lo, row_hi : [M]
        ± `INFINITE` or ± infinity for no bound.
    """

    def __init__(self, row_lo: Ints | Floats, row_hi: Ints | Floats) -> None:
        empty = np.zeros(0)
        rows = sparse.csr_array((len(row_lo), 0))
        self._now = now = [Budget(None, None)]
        self._solver = _made((empty, empty, empty, rows, row_lo, row_hi), now[0])
        _by_interior(self._solver, lambda: now[0].over, "on")

    def add(self, cost: Ints | Floats, lo: Ints | Floats, hi: Ints | Floats, columns: Matrix) -> None:
        """Add columns: matrix [M, n]."""
        columns = sparse.csc_array(columns)
        self._solver.addCols(
            len(cost),
            *(_floats(each) for each in (cost, lo, hi)),
            columns.nnz,
            columns.indptr[:-1].astype(np.int32),
            columns.indices.astype(np.int32),
            columns.data.astype(np.float64),
        )

    def solve(self, budget: Budget) -> Relaxed:
        """The cheapest values of the columns so far; without a verdict what there is of them."""
        self._now[0] = budget
        return _relaxed(self._solver, budget, kept=True)

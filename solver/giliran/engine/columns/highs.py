"""Linear and integer programs by scipy's HiGHS: it proposes plans and multipliers, nothing that it says is taken for a proof.

HiGHS lets go of the interpreter lock: two threads solve two programs in the time of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from giliran.engine.columns.face import NO_BLOCK, Matrix, OptimalFace
from giliran.program import INFINITE, Ints

Floats = NDArray[np.float64]

NEARLY = 1e-6
"""Values this close to an integer stand for it; whoever uses them checks."""

OPTIMAL, LIMIT, IMPOSSIBLE = 0, 1, 2
"""Status numbers of `scipy.optimize` (1.17)."""


class Verdict(Enum):
    """What HiGHS says about a program."""

    SOLVED = auto()
    IMPOSSIBLE = auto()
    OPEN = auto()


@dataclass(frozen=True)
class Relaxed:
    """The answer of a linear program.

    Parameters
    ----------
    verdict
    value
        Least cost.
    z, y : float64[n], float64[M]
        Values of the columns, multipliers of the rows; None unless solved.
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


def relax(face: OptimalFace, cost: Ints, seconds: float | None) -> Relaxed:
    """The cheapest values of the columns, broken ones allowed."""
    if not face.num_columns:
        return Relaxed(_of_nothing(face), 0.0, np.zeros(0), np.zeros(face.rows.shape[0]))
    equal = face.row_lo == face.row_hi
    same, below, above = (np.flatnonzero(side) for side in (equal, ~equal & (face.row_hi < INFINITE), ~equal & (face.row_lo > -INFINITE)))
    choice = choices_of(face)
    upper = sparse.vstack([face.rows[below], -face.rows[above]], format="csr")
    exact = sparse.vstack([choice, face.rows[same]], format="csr")
    answer = optimize.linprog(
        cost.astype(np.float64),
        A_ub=upper.astype(np.float64) if upper.shape[0] else None,
        b_ub=np.concatenate([face.row_hi[below], -face.row_lo[above]]).astype(np.float64) if upper.shape[0] else None,
        A_eq=exact.astype(np.float64) if exact.shape[0] else None,
        b_eq=np.concatenate([face.size, face.row_lo[same]]).astype(np.float64) if exact.shape[0] else None,
        bounds=_bounds(face),
        method="highs-ds",
        options={} if seconds is None else {"time_limit": seconds},
    )
    if answer.status != OPTIMAL:
        return Relaxed(Verdict.IMPOSSIBLE if answer.status == IMPOSSIBLE else Verdict.OPEN)
    y = np.zeros(face.rows.shape[0])
    if exact.shape[0]:
        y[same] = answer.eqlin.marginals[choice.shape[0] :]
    if upper.shape[0]:
        y[below] += answer.ineqlin.marginals[: len(below)]
        y[above] -= answer.ineqlin.marginals[len(below) :]
    return Relaxed(Verdict.SOLVED, float(answer.fun), answer.x, y)


def search_whole(face: OptimalFace, cost: Ints, seconds: float | None) -> tuple[Verdict, Ints | None]:
    """The cheapest whole values of the columns, by branch and bound.

    Without presolve: with it HiGHS 1.12 fails on some programs without a solution, and prints to the process's output (scipy 1.17).

    Returns
    -------
    Verdict
        `SOLVED` when HiGHS takes the values for the cheapest.
    int64[n] or None
        The best values found; helpers may be anything within their bounds.
    """
    if not face.num_columns:
        verdict = _of_nothing(face)
        return verdict, np.zeros(0, dtype=np.int64) if verdict is Verdict.SOLVED else None
    choice = choices_of(face)
    lo = np.where(face.row_lo <= -INFINITE, -np.inf, face.row_lo)
    hi = np.where(face.row_hi >= INFINITE, np.inf, face.row_hi)
    limits = [optimize.LinearConstraint(face.rows.astype(np.float64), lo, hi)] if face.rows.shape[0] else []
    if choice.shape[0]:
        limits.append(optimize.LinearConstraint(choice.astype(np.float64), face.size, face.size))
    answer = optimize.milp(
        cost.astype(np.float64),
        integrality=np.ones(face.num_columns, dtype=np.int64),
        bounds=optimize.Bounds(face.lo.astype(np.float64), face.hi.astype(np.float64)),
        constraints=limits,
        options={"mip_rel_gap": 0.0, "presolve": False} | ({} if seconds is None else {"time_limit": seconds}),
    )
    z = None if answer.x is None else np.rint(answer.x).astype(np.int64)
    if answer.status == OPTIMAL:
        return Verdict.SOLVED, z
    return Verdict.IMPOSSIBLE if answer.status == IMPOSSIBLE else Verdict.OPEN, z


def choices_of(face: OptimalFace) -> Matrix:
    """One row per block: the sum of its columns."""
    inside = np.flatnonzero(face.block != NO_BLOCK)
    entries = (np.ones(len(inside), dtype=np.int64), (face.block[inside], inside))
    return sparse.csr_array(entries, shape=(face.num_blocks, face.num_columns))


def _of_nothing(face: OptimalFace) -> Verdict:
    """Whether rows without columns hold."""
    return Verdict.SOLVED if ((face.row_lo <= 0) & (face.row_hi >= 0)).all() else Verdict.IMPOSSIBLE


def _bounds(face: OptimalFace) -> Floats:
    """Bounds of the columns; the size of a block is left out inside it, where it follows : float64[n, 2]."""
    hi, inside = face.hi.astype(np.float64), np.flatnonzero(face.block != NO_BLOCK)
    hi[inside[hi[inside] >= face.size[face.block[inside]]]] = np.inf
    return np.stack([face.lo.astype(np.float64), hi], axis=1)

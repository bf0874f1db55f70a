"""Column generation over paths: a program of the paths known so far, and the new ones that its prices ask for.

Its multipliers prove more than those of a linear program over arcs, where a total holds on average only.

Sources: Dantzig, Wolfe, *Decomposition principle for linear programs*, Oper. Res. 8 (1960); smoothed prices: Wentges, *Weighted
Dantzig–Wolfe decomposition for linear mixed-integer programming*, Int. Trans. Oper. Res. 4 (1997).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from giliran.engine.base.budget import Budget
from giliran.engine.columns.face import Matrix, OptimalFace, Price
from giliran.engine.columns.highs import Algorithm, Floats, GrowingProgram, Relaxed, Verdict, relax
from giliran.engine.columns.paths import CountedPaths, Paths
from giliran.program import Ints

SMOOTHING, LESS_SMOOTHING = 0.8, 0.3
"""How much the best prices so far weigh against the newest ones, and how much less where no path is worth its price."""

FIRST_ROUNDS, NOISE = 12, 0.02
"""Rounds of paths for the first prices, each with a little more noise on every arc, so that there is something to mix."""

IDLE_ROUNDS = 12
"""So many rounds may pass without a bound of one more unit."""

EFFORT = 64_000
"""Rounds times squared cells of the longest path: a quarter has 15, of 0.1 to 0.4 s each; 12 of half a year took 10 s for nothing."""

SHARE = 3
"""One in so many of the seconds that are left is for a bound: plans need the others."""

WORTH = 1e-6
"""A path is let in when it saves more than this."""

PENALTY = 10
"""What breaks a row by one costs so many times the highest multiplier at the start."""


def bounded_by_paths(face: OptimalFace, cost: Ints, goal: int | None, budget: Budget) -> tuple[Relaxed, Price | None, bool]:
    """What a linear program over arcs says, what multipliers from it on prove, and whether the clock ended that.

    Parameters
    ----------
    goal
        A bound that suffices, None for as much as can be.
    """
    left = budget.seconds
    ours = budget if left is None else budget.within(left / SHARE)
    relaxed = relax(face, cost, ours, Algorithm.INTERIOR)
    return relaxed, None if relaxed.y is None else priced_by_paths(face, cost, relaxed.y, goal, ours), ours.over


def priced_by_paths(face: OptimalFace, cost: Ints, y: Floats, goal: int | None, budget: Budget) -> Price | None:
    """What multipliers near those float64[M] of a linear program over the arcs prove; None where they prove nothing.

    Parameters
    ----------
    face
        Over state graphs.
    goal
        A bound that suffices, None for as much as can be.
    """
    paths = CountedPaths(face, cost)
    first = paths.cheapest(y)
    if first is None:
        return None
    *_, best = first, *_better(paths, first, y, goal, budget)
    return paths.price(best.y / paths.scale)


def _better(paths: CountedPaths, best: Paths, y: Floats, goal: int | None, budget: Budget) -> Iterator[Paths]:
    """Paths that prove more and more."""
    master = _Master(paths, PENALTY * (1 + float(np.abs(y).max(initial=0.0))))
    master.add(best)
    dice = np.random.default_rng(len(y))
    for k in range(FIRST_ROUNDS):
        if budget.over:
            return
        noisy = paths.cheapest(y, dice.normal(0, NOISE * (1 + k), len(paths.person)))
        if noisy is not None:
            master.add(noisy)
    idle, units = 0, _units(paths, best)
    for _ in range(max(1, EFFORT // paths.longest**2)):
        if idle == IDLE_ROUNDS or budget.over or (goal is not None and units >= goal):
            return
        value = master.solve(budget)
        if value is None or units >= np.ceil(value - WORTH):
            return
        found = _round(paths, master, best)
        if found is None:
            return
        idle = idle + 1
        if found.proven > best.proven:
            best = found
            yield best
        if _units(paths, best) > units:
            idle, units = 0, _units(paths, best)


def _units(paths: CountedPaths, found: Paths) -> int:
    """The bound in whole units."""
    return -(-found.proven // paths.scale)


def _round(paths: CountedPaths, master: _Master, best: Paths) -> Paths | None:
    """What proves most of the prices between the best and the newest, whose paths are let in; None where none of them is worth it."""
    weight, most = SMOOTHING, best
    while True:
        found = paths.cheapest(weight * best.y / paths.scale + (1 - weight) * master.y)
        if found is None:
            return None
        most = found if found.proven > most.proven else most
        if master.add(found, worthy=True):
            return most
        if weight == 0:
            return most if most is not best else None
        weight = max(0.0, weight - LESS_SMOOTHING)


class _Master:
    """The program of the paths known so far: rows of persons first, then those that several share, which may break at a high price.

    Attributes
    ----------
    y : float64[M]
        The newest multipliers of the face's rows.
    """

    def __init__(self, paths: CountedPaths, penalty: float) -> None:
        face, self._paths = paths.face, paths
        assert face.graph is not None
        shared = face.rows[paths.rows]
        self._over = sparse.csr_array(shared[:, face.graph.columns])
        self._length = paths.cost[face.graph.columns]
        self._due, self.y = np.zeros(paths.size), np.zeros(len(face.origin))
        low, high = face.row_lo[paths.rows], face.row_hi[paths.rows]
        broken = _breaking(face.has_floor[paths.rows], face.has_cap[paths.rows])
        one, many = np.ones(paths.size, dtype=np.int64), broken.shape[1]
        self._program = GrowingProgram(np.concatenate([one, low]), np.concatenate([one, high]))
        self._program.add(
            np.concatenate([paths.cost[paths.plain], np.full(many, penalty)]),
            np.concatenate([face.lo[paths.plain], np.zeros(many)]),
            np.concatenate([face.hi[paths.plain], np.full(many, np.inf)]),
            self._below(sparse.csr_array((paths.size, len(paths.plain) + many)), sparse.hstack([shared[:, paths.plain], broken])),
        )
        self._seen: set[bytes] = set()

    def add(self, found: Paths, *, worthy: bool = False) -> int:
        """Let in paths that are new; those that save something at the newest prices, if asked; how many."""
        paths, arcs = self._paths, found.arcs[np.argsort(self._paths.person[found.arcs], kind="stable")]
        own, size = paths.own(arcs), np.bincount(paths.person[arcs], minlength=paths.size)
        # The prices of the shared rows, of which a path pays what it takes.
        saved = self._due + np.bincount(paths.person[arcs], (self._over.T @ self.y[paths.rows])[arcs], minlength=paths.size) - own
        chosen, each = [], np.split(arcs, np.cumsum(size)[:-1])
        for who in np.flatnonzero(saved > WORTH if worthy else np.ones(paths.size, dtype=np.bool_)).tolist():
            if (key := each[who].tobytes()) not in self._seen:
                self._seen.add(key)
                chosen.append(who)
        if chosen:
            count = np.append(0, np.cumsum(size[chosen]))
            pick = sparse.csc_array(
                (np.ones(count[-1], dtype=np.int64), np.concatenate([each[who] for who in chosen]), count),
                shape=(len(self._length), len(chosen)),
            )
            whose = sparse.csr_array((np.ones(len(chosen)), (chosen, np.arange(len(chosen)))), shape=(paths.size, len(chosen)))
            free = np.zeros(len(chosen))
            self._program.add(own[chosen], free, free + np.inf, self._below(whose, self._over @ pick))
        return len(chosen)

    def solve(self, budget: Budget) -> float | None:
        """The least cost of a mix of the paths, infinite where only prices are found, None without any. Sets the newest prices."""
        answer = self._program.solve(budget)
        if answer.y is None or answer.verdict is Verdict.IMPOSSIBLE:
            return None
        self._due = answer.y[: self._paths.size]
        self.y[self._paths.rows] = answer.y[self._paths.size :]
        return answer.value if answer.verdict is Verdict.SOLVED else np.inf

    @staticmethod
    def _below(first: Matrix, shared: Matrix) -> Matrix:
        return sparse.vstack([first, shared], format="csc")


def _breaking(floor: NDArray[np.bool_], cap: NDArray[np.bool_]) -> Matrix:
    """Columns that break each row by one, below its floor and above its cap."""
    row = np.concatenate([np.flatnonzero(floor), np.flatnonzero(cap)])
    sign = np.repeat([1.0, -1.0], [int(floor.sum()), int(cap.sum())])
    return sparse.csr_array((sign, (row, np.arange(len(row)))), shape=(len(floor), len(row)))

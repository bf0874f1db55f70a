"""A linear program over the plans that proofs of earlier tiers leave to everybody: multipliers for the next tier.

Whatever proves the tiers before is, added up, one weighted cost with multipliers; a plan that is best in all of them is, for each person
alone, a plan of least such cost. Where these are few they are written down, and the program over them knows every statement that several
people share.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from giliran.certificate.least_cost import UnitClass
from giliran.certificate.normal import Kind, Sums
from giliran.certificate.parts import Parts
from giliran.engine.proofs.multiple_choice import Matrix, MultipleChoice
from giliran.program import HARD, Ints

MOST_PLANS, MOST_ALTOGETHER = 20_000, 400_000
"""A person with more plans left, or a part with more, is too much."""

SCALES = (1, 2, 3, 4, 6, 12, 24, 60, 120, 720)
"""Denominators that multipliers are rounded to."""


@dataclass(frozen=True)
class Bundle:
    """Weights of tiers and multipliers of sums that belong together; numbers may pass 64 bits.

    Parameters
    ----------
    weights
        One per tier.
    y
        By number of the sum in the normal form, 0 where missing.
    """

    weights: tuple[int, ...]
    y: Mapping[int, int]

    def until(self, tier: int) -> Bundle:
        """The bundle without tiers after one."""
        return Bundle(tuple(w if k <= tier else 0 for k, w in enumerate(self.weights)), self.y)


def stacked(bundle: Bundle, below: Bundle, weight: int) -> Bundle:
    """A bundle and a multiple of another, in lowest terms."""
    weights = tuple(w + weight * b for w, b in zip(bundle.weights, below.weights, strict=True))
    y = Counter(bundle.y)
    y.update({k: weight * value for k, value in below.y.items()})
    common = max(math.gcd(*weights, *y.values()), 1)
    return Bundle(tuple(w // common for w in weights), {k: value // common for k, value in y.items() if value})


class Leftover:
    """Plans and values of shared sums that a bundle of earlier proofs leaves in one part.

    Parameters
    ----------
    parts, classes
        As the checker has them.
    part
        Which part.
    below
        Proofs of the tiers before that needed no rounding, added up.
    held
        Tiers before whose proofs needed it.
    """

    def __init__(self, parts: Parts, classes: tuple[UnitClass, ...], part: int, below: Bundle, held: Sequence[int]) -> None:
        self.parts, self.classes, self.part, self.below, self.held = parts, classes, part, below, held
        sums = parts.normal.sums
        self.shared = np.flatnonzero((parts.of_sum == part) & ~parts.personal)
        self.number = {int(k): s for s, k in enumerate(self.shared)}
        self.y = np.zeros(len(sums), dtype=np.int64)
        self.y[list(below.y)] = list(below.y.values())

    def bundle(self, tier: int, values: Ints, x: Ints) -> Bundle | None:
        """Multipliers that prove the value of a tier on what is left; None if there are too many plans, or none are found.

        Parameters
        ----------
        values
            What the plan costs in every tier : int64[T].
        x
            The plan : int64[N].
        """
        program = self._program(x)
        found = None if program is None else program.multipliers(tier, list(self.held), values)
        if program is None or found is None:
            return None
        unit = int(self.parts.unit[self.part, tier])
        for scale in SCALES:
            y, weights = np.rint(found[0] * scale).astype(np.int64), np.zeros(self.parts.num_tiers, dtype=np.int64)
            weights[tier] = scale
            weights[list(self.held)] = np.rint(found[1] * scale).astype(np.int64)
            if program.proven(weights, y, values) > -scale * unit:
                return Bundle(tuple(weights.tolist()), {int(k): int(v) for k, v in zip(self.shared, y, strict=True) if v})
        return None

    def _program(self, x: Ints) -> MultipleChoice | None:
        cost, unit, paid, used, known, total = self._linear(), [], [], [], [], 0
        for u, (group, k) in enumerate(self._units()):
            columns = group.columns[k]
            plans = _plans(group, cost[columns], self.below.weights)
            if plans is None:
                return None
            values, due = plans
            mine = np.flatnonzero((values == x[columns]).all(axis=1))
            if not len(mine) or total > MOST_ALTOGETHER:
                return None
            known.append(total + int(mine[0]))
            total += len(values)
            unit.append(np.full(len(values), u, dtype=np.int64))
            paid.append(due.T + self.parts.normal.cost[:, columns] @ values.T)
            used.append((columns, values))
        if not unit:
            return None
        rungs = [self._rungs(int(k)) for k in self.shared]
        none, flat = np.zeros(0, dtype=np.int64), np.zeros((self.parts.num_tiers, 0), dtype=np.int64)
        return MultipleChoice(
            unit=np.concatenate(unit),
            cost=np.concatenate(paid, axis=1),
            use=self._use(used),
            known=np.array(known, dtype=np.int64),
            rung=np.concatenate([none, *(np.full(len(rung.size), s, dtype=np.int64) for s, rung in enumerate(rungs))]),
            size=np.concatenate([none, *(rung.size for rung in rungs)]),
            slope=np.concatenate([flat, *(rung.slope for rung in rungs)], axis=1),
            base=np.array([rung.base for rung in rungs], dtype=np.int64),
            constant=sum((rung.constant for rung in rungs), np.zeros(self.parts.num_tiers, dtype=np.int64)),
        )

    def _units(self) -> Iterator[tuple[UnitClass, int]]:
        for group in self.classes:
            for k in np.flatnonzero(group.part == self.part).tolist():
                yield group, k

    def _linear(self) -> Ints:
        """What the bundle makes of the linear costs : int64[N]."""
        normal, sums = self.parts.normal, self.parts.normal.sums
        cost = np.array(self.below.weights, dtype=np.int64) @ normal.cost
        entry = np.flatnonzero((self.y[sums.owner] != 0) & ~self.parts.personal[sums.owner])
        np.subtract.at(cost, sums.col[entry], (sums.coef * self.y[sums.owner])[entry])
        return np.asarray(cost)

    def _use(self, used: list[tuple[Ints, Ints]]) -> Matrix:
        """How much of each shared sum every plan takes : int64 matrix [S, m]."""
        sums = self.parts.normal.sums
        mine = np.flatnonzero(np.isin(sums.owner, self.shared))
        spot = np.full(len(self.parts.normal.lo), -1, dtype=np.int64)
        columns = np.concatenate([cols for cols, _ in used])
        spot[columns] = np.arange(len(columns))
        rows = np.array([self.number[int(k)] for k in sums.owner[mine]], dtype=np.int64)
        coef = sparse.csr_array((sums.coef[mine], (rows, spot[sums.col[mine]])), shape=(len(self.shared), len(columns)))
        plans = sparse.block_diag([sparse.csr_array(values.T) for _, values in used], format="csr", dtype=np.int64)
        return sparse.csc_array(coef @ plans)

    def _rungs(self, k: int) -> _Rungs:
        """The values of a shared sum that are left, as a base and runs of equal cost above it."""
        sums = self.parts.normal.sums
        tier, values = int(sums.tier[k]), np.arange(int(sums.least[k]), int(sums.most[k]) + 1, dtype=np.int64)
        cost = _cost_of(sums, k, values)
        if tier == HARD:
            values = values[cost == 0]
            cost = np.zeros_like(values)
        total = (0 if tier == HARD else self.below.weights[tier]) * cost + self.y[k] * values
        best = np.flatnonzero(total == total.min())
        climb = np.diff(cost[best])
        starts = np.flatnonzero(np.concatenate([[True], np.diff(climb) != 0])) if len(climb) else np.zeros(0, dtype=np.int64)
        slope = np.zeros((self.parts.num_tiers, len(starts)), dtype=np.int64)
        constant = np.zeros(self.parts.num_tiers, dtype=np.int64)
        if tier != HARD:
            slope[tier], constant[tier] = climb[starts], cost[best[0]]
        return _Rungs(int(values[best[0]]), np.diff(np.append(starts, len(climb))), slope, constant)


@dataclass(frozen=True)
class _Rungs:
    """Values of one shared sum; fields as in `MultipleChoice`."""

    base: int
    size: Ints
    slope: Ints
    constant: Ints


def _cost_of(sums: Sums, k: int, values: Ints) -> Ints:
    """What values of a sum cost; for rows that must hold, how far they are off."""
    if sums.kind[k] == Kind.LADDER:
        steps = sums.step[sums.start[k] : sums.start[k + 1]]
        return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(steps)])[values]
    miss = np.maximum(0, np.maximum(sums.lo[k] - values, values - sums.hi[k]))
    return np.asarray(miss if sums.tier[k] == HARD else sums.weight[k] * miss)


def _plans(group: UnitClass, cost: Ints, weights: tuple[int, ...]) -> tuple[Ints, Ints] | None:
    """All cheapest plans of one person, and what their own statements cost : int64[m, n], int64[m, T]; None if too many."""
    if group.walk is None:
        return None
    paid = [np.zeros(1, dtype=np.int64)]
    ways = []
    for column, (before, value, after, due) in enumerate(group.walk):
        way = paid[-1][before] + cost[column] * value
        for tier, amount in due:
            way += weights[tier] * amount
        ways.append(way)
        paid.append(np.minimum.reduceat(way, np.flatnonzero(np.concatenate([[True], np.diff(after) != 0]))))
    state = np.flatnonzero(paid[-1] == paid[-1].min())
    values, owed = np.zeros((len(state), 0), dtype=np.int64), np.zeros((len(state), len(weights)), dtype=np.int64)
    for column in range(len(group.walk) - 1, -1, -1):
        before, value, after, due = group.walk[column]
        cheap = np.flatnonzero(ways[column] == paid[column + 1][after])
        plan, step = np.nonzero(after[cheap][None, :] == state[:, None])
        step = cheap[step]
        if len(step) > MOST_PLANS:
            return None
        state, values, owed = before[step], np.concatenate([value[step][:, None], values[plan]], axis=1), owed[plan]
        for tier, amount in due:
            owed[:, tier] += amount[step]
    return values, owed

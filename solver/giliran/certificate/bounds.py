"""What multipliers prove: a lower bound for a tier of every part, in whole numbers, valid whatever the multipliers are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.certificate.certificate import Claim, Prices
from giliran.certificate.least_cost import UnitClass, classes_of, linear_costs
from giliran.certificate.normal import Kind, Sums
from giliran.certificate.parts import Parts
from giliran.program import HARD, INFINITE, Ints

LARGEST = float(1 << 61)
"""Sums of products stay below this, or nothing is said."""


@dataclass(frozen=True)
class Proof:
    """What multipliers prove about one tier of every part.

    Parameters
    ----------
    bound : int64[P]
        No plan that costs no more than `held` values in the tiers before costs less; 0 where nothing is known.
    known : bool[P]
        False where a person's plans are too many, or numbers too large.
    tight : bool[P]
        Whether a value of the tier equals what is proven without any rounding.
    """

    bound: Ints
    known: NDArray[np.bool_]
    tight: NDArray[np.bool_]


class Checker:
    """Computes bounds of some parts; what does not depend on multipliers is done once.

    Parameters
    ----------
    parts
        The parts.

    Attributes
    ----------
    classes
        All people of the parts, by what their own statements are.
    """

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.classes: tuple[UnitClass, ...] = classes_of(parts)
        self._reached = np.ones(parts.count, dtype=np.bool_)
        for group in self.classes:
            if group.walk is None:
                self._reached[group.part] = False
        program, sums = parts.program, parts.normal.sums
        self._numbers = {
            Kind.ROW: sums.numbers(Kind.ROW, len(program.rows)),
            Kind.SWITCH: sums.numbers(Kind.SWITCH, len(program.switches.first)),
            Kind.LADDER: sums.numbers(Kind.LADDER, len(program.ladders)),
        }

    def shared(self, kind: Kind, which: Ints, part: int) -> NDArray[np.bool_]:
        """Whether statements of a kind tie several owners of a part together, and so may have multipliers : bool[n]."""
        numbers = self._numbers[kind]
        inside = (which >= 0) & (which < len(numbers))
        number = numbers[np.where(inside, which, 0)] if len(numbers) else np.full(len(which), -1, dtype=np.int64)
        there = inside & (number >= 0)
        sure = np.where(there, number, 0)
        if not len(self.parts.of_sum):
            return there
        return np.asarray(there & (self.parts.of_sum[sure] == part) & ~self.parts.personal[sure])

    def prove(self, tier: int, claims: Sequence[Claim | None], values: Ints) -> Proof:
        """What claims prove about a tier, one for every part or None for no multipliers at all.

        Parameters
        ----------
        values
            What the plan costs in every part : int64[P, T]; tiers before `tier` are held at it.
        """
        weights = np.zeros((self.parts.count, self.parts.num_tiers), dtype=np.int64)
        y = np.zeros(len(self.parts.normal.sums), dtype=np.int64)
        for part, claim in enumerate(claims):
            weights[part, tier] = 1 if claim is None else claim.scale
            if claim is not None:
                weights[part, :tier] = claim.held
                for kind, prices in ((Kind.ROW, claim.rows), (Kind.SWITCH, claim.switches), (Kind.LADDER, claim.ladders)):
                    self._spread(y, kind, prices)
        known = self._reached & self._small(weights, y, values)
        weights[~known] = 0
        y[~known[self.parts.of_sum]] = 0
        proven = self._proven(weights, y) - (weights[:, :tier] * values[:, :tier]).sum(axis=1)
        unit = self.parts.unit[:, tier]
        bound = -(-proven // (np.maximum(weights[:, tier], 1) * unit)) * unit
        return Proof(np.where(known, bound, 0), known, known & (proven == weights[:, tier] * values[:, tier]))

    def _spread(self, y: Ints, kind: Kind, prices: Prices) -> None:
        y[self._numbers[kind][prices.which]] = prices.y

    def _proven(self, weights: Ints, y: Ints) -> Ints:
        """The least of `Σ weights · f`, as far as multipliers prove it : int64[P]."""
        parts = self.parts
        sums = parts.normal.sums
        cost = linear_costs(parts.normal, weights, parts.of_column)
        priced = ~parts.personal[sums.owner] & (y[sums.owner] != 0)
        np.subtract.at(cost, sums.col[priced], (sums.coef * y[sums.owner])[priced])
        out = np.zeros(parts.count, dtype=np.int64)
        for group in self.classes:
            if group.walk is not None:
                np.add.at(out, group.part, group.least(cost, weights))
        shared = np.flatnonzero(~parts.personal)
        np.add.at(out, parts.of_sum[shared], _cheapest(sums, parts.of_sum, weights, y)[shared])
        return out

    def _small(self, weights: Ints, y: Ints, values: Ints) -> NDArray[np.bool_]:
        """Parts in which no sum can leave 64 bits; sums of absolute values, in floats, with room to spare : bool[P]."""
        parts, sums = self.parts, self.parts.normal.sums
        normal = parts.normal
        heavy = np.abs(weights).astype(np.float64)
        width = np.maximum(np.maximum(np.abs(normal.lo), np.abs(normal.hi)), 1).astype(np.float64)
        size = (heavy * np.abs(values)).sum(axis=1)
        inside = np.flatnonzero(parts.of_column >= 0)
        for tier, cost in enumerate(normal.cost):
            label = parts.of_column[inside]
            np.add.at(size, label, heavy[label, tier] * (np.abs(cost) * width)[inside])
        entry = np.abs(sums.coef) * width[sums.col] * np.abs(y).astype(np.float64)[sums.owner]
        np.add.at(size, parts.of_sum[sums.owner], entry)
        charged = np.where(sums.tier == HARD, 0.0, heavy[parts.of_sum, sums.tier])
        worst = np.maximum(np.abs(sums.least), np.abs(sums.most)).astype(np.float64)
        sides = [np.where(np.abs(bound) < INFINITE, np.abs(bound), 0).astype(np.float64) for bound in (sums.lo, sums.hi)]
        reach = sides[0] + sides[1] + worst
        np.add.at(size, parts.of_sum, charged * np.abs(sums.weight) * reach + np.abs(y).astype(np.float64) * worst)
        steps = charged[sums.owner] * np.abs(sums.step)
        np.add.at(size, parts.of_sum[sums.owner], steps)
        return np.asarray(size < (LARGEST if size.sum() < LARGEST else LARGEST / max(parts.count, 1)))


def _cheapest(sums: Sums, part: Ints, weights: Ints, y: Ints) -> Ints:
    """The least of `cost + y · value` over all values that each sum may have : int64[K]."""
    soft = sums.tier != HARD
    weight = np.where(soft, weights[part, np.where(soft, sums.tier, 0)], 0)
    low = np.where(soft, sums.least, np.maximum(sums.lo, sums.least))
    high = np.where(soft, sums.most, np.minimum(sums.hi, sums.most))
    # Convex and piecewise linear: least where it begins, ends or bends.
    ends = [low, high, np.clip(sums.lo, low, high), np.clip(sums.hi, low, high)]
    charged = np.where(sums.kind == Kind.LADDER, 0, weight * sums.weight)
    best = np.minimum.reduce([charged * sums.misses(value) + y * value for value in ends])
    owner = sums.owner
    run = np.cumsum(np.where(sums.kind == Kind.LADDER, weight, 0)[owner] * sums.step + y[owner])
    if not len(sums):
        return np.zeros(0, dtype=np.int64)
    before = np.concatenate([np.zeros(1, dtype=np.int64), run])[sums.start[:-1]]
    lowest = np.minimum(np.minimum.reduceat(run, sums.start[:-1]) - before, 0)
    return np.asarray(np.where(sums.kind == Kind.LADDER, lowest, best))

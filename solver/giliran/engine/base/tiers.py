"""Tiers of a part: what each can cost at all, and which consecutive ones are minimised together.

Costs of a tier are divided by their greatest common divisor. Consecutive tiers then share one solve under exact weights: a unit of an
earlier tier weighs more than the whole range of the later ones. Measured on parts of 150 people × 5 days (caps, duty, squares, wishes):
three tiers in one solve 0.05 s, one after the other 0.4 s; but where the common range passes some 10^13, the same solve is unproven after
10 s.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from giliran.engine.base.part import Part
from giliran.program import HARD, Ints
from giliran.program.segments import owners_of

LARGEST_RANGE = 10**12
"""The largest range of an objective in which several tiers are minimised together."""


@dataclass(frozen=True)
class Spans:
    """What each tier can cost in a part.

    Parameters
    ----------
    least, most
        Bounds that hold for any values of the columns : int64[T].
    unit
        Every cost is a multiple of it : int64[T], at least 1.
    """

    least: Ints
    most: Ints
    unit: Ints

    def active(self) -> list[int]:
        """Tiers in which something can be decided."""
        return [int(tier) for tier in np.flatnonzero(self.most > self.least)]

    def width(self, tier: int) -> int:
        """Number of values that the cost of a tier may take, in units."""
        return int((self.most[tier] - self.least[tier]) // self.unit[tier]) + 1

    def groups(self, most: int = LARGEST_RANGE, apart: Collection[int] = ()) -> list[tuple[int, ...]]:
        """Consecutive tiers to be minimised together, as many as the range of an objective bears; those in `apart` only with their like."""
        groups: list[tuple[int, ...]] = []
        product, last = most + 1, False
        for tier in self.active():
            product *= self.width(tier)
            if product > most or (tier in apart) != last:
                groups.append((tier,))
                product, last = self.width(tier), tier in apart
            else:
                groups[-1] = (*groups[-1], tier)
        return groups

    def weights(self, group: tuple[int, ...]) -> dict[int, int]:
        """Weights of one unit of each tier so that an earlier one always outweighs all later ones."""
        weights, weight = {}, 1
        for tier in reversed(group):
            weights[tier] = weight
            weight *= self.width(tier)
        return weights

    def weighed(self, weights: Mapping[int, int], values: Ints) -> int:
        """Costs of tiers int64[T] in units, each times its weight, added up."""
        return sum(weight * int(values[tier] // self.unit[tier]) for tier, weight in weights.items())

    def in_tiers(self, weights: Mapping[int, int], total: int) -> list[int]:
        """A weighted cost as costs of its tiers: digits, because a unit of each outweighs all after it.

        Parameters
        ----------
        weights
            As `weights` makes them, most important first.
        total
            The sum of all tiers' costs in units, each times its weight.
        """
        rest = total - self.weighed(weights, self.least)
        out = []
        for tier, weight in weights.items():
            digit = min(rest // weight, self.width(tier) - 1)
            out.append(int(self.least[tier] + digit * self.unit[tier]))
            rest -= digit * weight
        return out


def spans_of(part: Part) -> Spans:
    """What each tier of a part can cost."""
    least, most = _linear_span(part)
    rows, ladders = part.rows, part.ladders
    soft = np.flatnonzero(rows.tier != HARD)
    np.add.at(most, rows.tier[soft], (rows.weight * worst_misses(part))[soft])
    low, high = _ladder_span(part)
    least, most = least + low, most + high
    unit = np.gcd.reduce(part.cost, axis=1) if part.num_columns else np.zeros(len(part.cost), dtype=np.int64)
    step_tier = np.repeat(ladders.tier, np.diff(ladders.start))
    for tier, amount in ((rows.tier[soft], rows.weight[soft]), (step_tier, ladders.step)):
        np.gcd.at(unit, tier, amount)
    return Spans(least, most, np.maximum(unit, 1))


def _linear_span(part: Part) -> tuple[Ints, Ints]:
    cheap = np.where(part.cost > 0, part.lo, part.hi)
    dear = np.where(part.cost > 0, part.hi, part.lo)
    return (part.cost * cheap).sum(axis=1), (part.cost * dear).sum(axis=1)


def _ladder_span(part: Part) -> tuple[Ints, Ints]:
    """Least and greatest sum of the first steps of all ladders : int64[T] each."""
    ladders = part.ladders
    low, high = np.zeros(len(part.cost), dtype=np.int64), np.zeros(len(part.cost), dtype=np.int64)
    tier = ladders.tier[owners_of(ladders.start)]
    np.add.at(low, tier, np.minimum(ladders.step, 0))
    np.add.at(high, tier, np.maximum(ladders.step, 0))
    return low, high


def worst_misses(part: Part) -> Ints:
    """The largest amount by which each row can be missed : int64[M]."""
    rows = part.rows
    owner = owners_of(rows.start)
    least, most = np.zeros(len(rows), dtype=np.int64), np.zeros(len(rows), dtype=np.int64)
    low, high = rows.coef * part.lo[rows.col], rows.coef * part.hi[rows.col]
    np.add.at(least, owner, np.minimum(low, high))
    np.add.at(most, owner, np.maximum(low, high))
    return np.asarray(np.maximum(0, np.maximum(rows.lo - least, most - rows.hi)))

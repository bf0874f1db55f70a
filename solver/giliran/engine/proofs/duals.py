"""Multipliers of a part's rows and ladders for a tier, and the multipliers of the tiers before it that keep them valid."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from giliran.engine.base.part import Part
from giliran.engine.base.solution import Multipliers
from giliran.engine.base.tiers import spans_of
from giliran.engine.columns.windows import is_long
from giliran.program import Ints


@dataclass(frozen=True)
class Duals:
    """Weights of tiers, and multipliers of a part's rows and ladders that belong to them.

    Parameters
    ----------
    weights
        What a unit of each tier weighs.
    rows, ladders
        Multipliers by number in the part; 0 where missing.
    """

    weights: tuple[int, ...]
    rows: Mapping[int, int]
    ladders: Mapping[int, int]


def column_duals(part: Part, plan: Ints, num_days: int, weeks: Ints, seconds: float) -> list[Duals]:
    """Duals of linear programs over cells and week patterns, first tiers first; none where the programs prove nothing.

    Parameters
    ----------
    plan
        One that costs what is to be proven : int64[n].
    weeks
        The week of every day : int64[D].
    seconds
        When to stop.
    """
    from giliran.engine.columns.relaxation import bounds_only, solve_columns, wants_columns  # loads scipy

    if not wants_columns(part):
        return []
    people, days = np.divmod(part.cells, num_days)
    solve = bounds_only if is_long(part, people, weeks[days]) else solve_columns
    found = solve(part, people, days, weeks, deadline=time.monotonic() + seconds, plan=plan)
    return duals_of(part, found.multipliers)


def duals_of(part: Part, found: Sequence[Multipliers]) -> list[Duals]:
    """What linear programs found as duals, each of the plans that those before leave."""
    unit = spans_of(part).unit
    out = []
    for multipliers in found:
        common = math.lcm(*(int(unit[tier]) for tier, _ in multipliers.weights))
        weights = [0] * len(part.cost)
        for tier, weight in multipliers.weights:
            weights[tier] = multipliers.scale * weight * (common // int(unit[tier]))
        rows = np.flatnonzero(multipliers.y)
        out.append(Duals(tuple(weights), dict(zip(rows.tolist(), (multipliers.y[rows] * common).tolist(), strict=True)), {}))
    return out

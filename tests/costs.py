"""What plans cost in a program, by reading its statements one by one for all plans at once; shares nothing with the engine."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from giliran.program import HARD, Program

Ints = NDArray[np.int64]

MOST_VALUES = 1 << 16
"""Values of columns, cells times plans, that are looked at together."""


def program_costs(program: Program, office: np.ndarray) -> tuple[int, ...] | None:
    """Least costs per tier, lexicographically, of given places over all values of the auxiliary columns; None if not allowed."""
    return costs_of_all(program, [office])[0]


def costs_of_all(program: Program, offices: Sequence[np.ndarray]) -> list[tuple[int, ...] | None]:
    """The same of many places."""
    ranges = [range(int(lo), int(hi) + 1) for lo, hi in zip(program.aux_lo, program.aux_hi, strict=True)]
    aux = np.array(list(itertools.product(*ranges)), dtype=np.int64).T
    step = max(1, MOST_VALUES // (aux.shape[1] * program.num_columns))
    out: list[tuple[int, ...] | None] = []
    for first in range(0, len(offices), step):
        cells = np.array([office.reshape(-1) for office in offices[first : first + step]], dtype=np.int64).T
        out += _least(*_costs(program, cells, aux))
    return out


def _costs(program: Program, cells: Ints, aux: Ints) -> tuple[NDArray[np.bool_], Ints]:
    """Whether places with auxiliary values are allowed : bool[S, K], and their costs : int64[T, S, K]."""
    places, choices = cells.shape[1], aux.shape[1]
    x = np.concatenate([np.repeat(cells, choices, axis=1), np.tile(aux, places)])
    fixed = program.fixed[program.decision]
    allowed = ((fixed == -1)[:, None] | (fixed[:, None] == x[: program.num_cells][program.decision])).all(axis=0) & ~program.clash.any()
    total = np.repeat(program.constant.astype(np.int64)[:, None], places * choices, axis=1)
    rows = program.rows
    for r in range(len(rows)):
        part = slice(rows.start[r], rows.start[r + 1])
        activity = rows.coef[part] @ x[rows.col[part]]
        miss = np.maximum(0, np.maximum(rows.lo[r] - activity, activity - rows.hi[r]))
        if rows.tier[r] == HARD:
            allowed &= miss == 0
        else:
            total[rows.tier[r]] += miss * rows.weight[r]
    s = program.switches
    for a, b, weight, tier in zip(s.first, s.second, s.weight, s.tier, strict=True):
        total[tier] += weight * (x[a] != x[b])
    for col, cost, tier in zip(program.costs.col, program.costs.cost, program.costs.tier, strict=True):
        total[tier] += cost * x[col]
    ladders = program.ladders
    for k in range(len(ladders)):
        part = slice(ladders.start[k], ladders.start[k + 1])
        steps = ladders.step[part]
        assert (np.diff(steps) >= 0).all(), "a ladder must be convex"
        total[ladders.tier[k]] += np.concatenate([[0], np.cumsum(steps)])[x[ladders.col[part]].sum(axis=0)]
    return allowed.reshape(places, choices), total.reshape(-1, places, choices)


def _least(allowed: NDArray[np.bool_], total: Ints) -> list[tuple[int, ...] | None]:
    """Of every place the least costs, tier after tier, over the auxiliary values that are allowed."""
    left = allowed.copy()
    for costs in total:
        left &= costs == np.where(left, costs, np.iinfo(np.int64).max).min(axis=1, keepdims=True)
    best = left.argmax(axis=1)
    return [tuple(total[:, s, best[s]].tolist()) if allowed[s].any() else None for s in range(len(allowed))]

"""Linear programs with many patterns: solved over few of them, until no pattern left out is worth its price.

Column generation over a list: every pattern is written down already, so the price of all of them is one product.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from giliran.engine.base.budget import Budget
from giliran.engine.columns.face import NO_BLOCK, OptimalFace, block_prices, take_columns
from giliran.engine.columns.highs import Algorithm, Floats, Relaxed, Verdict, relax
from giliran.program import Ints

FEW = 20_000
"""Programs of so many columns are solved at once."""

MANY_ROWS = 2_500
"""Programs over patterns with so many rows, blocks among them, are solved by an interior point, and no vertex is looked for: 10,500 take
0.8 s so, 3.0 by simplex, 4,000 2.1 and 5.6, 2,000 0.2 and 0.3, 560 0.4 and 0.2. Over cells, near to flows, simplex is quicker."""

FIRST_CHOICES, MORE_CHOICES = 20, 5
"""Patterns of each block that are let in at the start, and in every round."""

WORTH = 1e-7
"""A pattern is let in when it saves more than this."""


def relax_choices(face: OptimalFace, cost: Ints, y: Floats, like: Ints | None, budget: Budget) -> Relaxed:
    """The cheapest values of the columns, broken ones allowed, as `relax` gives them.

    Parameters
    ----------
    y
        First guess of the rows' multipliers : float64[M].
    like
        A plan whose patterns are let in from the start, so that there is a solution : int64[N].
    """
    if face.num_columns <= FEW:
        return relax(face, cost, budget, quickest(face))
    inside = np.flatnonzero(face.block != NO_BLOCK)
    block = face.block[inside]
    chosen = np.ones(face.num_columns, dtype=np.bool_)
    chosen[inside] = False
    if like is not None:
        chosen[_closest(face, like)] = True
    saving, many = np.full(face.num_blocks, np.inf), FIRST_CHOICES
    while True:
        reduced = (cost - face.rows.T @ y)[inside]
        worth = np.flatnonzero((reduced < saving[block] - WORTH) & ~chosen[inside])
        chosen[inside[worth[first_few(block[worth], reduced[worth], many)]]] = True
        kept = np.flatnonzero(chosen)
        few = take_columns(face, kept)
        answer = relax(few, cost[kept], budget, quickest(few))
        if answer.verdict is Verdict.IMPOSSIBLE and len(kept) < face.num_columns:
            many *= 4
            continue
        if answer.y is None or answer.z is None:
            return answer
        y, many = answer.y, MORE_CHOICES
        reduced = cost - face.rows.T @ y
        # Every block has a column from the first round on, so blocks keep their numbers.
        saving = block_prices(few, reduced[kept])
        if (chosen[inside] | (reduced[inside] >= saving[block] - WORTH)).all():
            z = np.zeros(face.num_columns)
            z[kept] = answer.z
            return Relaxed(Verdict.SOLVED, answer.value, z, y)


def quickest(face: OptimalFace) -> Algorithm:
    """What solves the program of a face in the least time."""
    return Algorithm.INTERIOR if face.num_blocks and face.rows.shape[0] + face.num_blocks >= MANY_ROWS else Algorithm.SIMPLEX


def _closest(face: OptimalFace, like: Ints) -> Ints:
    """In every block the pattern that is most like a plan, of people who are counted one for each : columns."""
    copies, wanted = face.copies, 2 * (like - face.base) - 1
    single = np.flatnonzero(face.block != NO_BLOCK) if copies is None else np.flatnonzero((face.block != NO_BLOCK) & ~copies.counted)
    closest = single[first_few(face.block[single], -(face.place.T @ wanted)[single], 1)]
    return closest if copies is None else np.concatenate([closest, copies.likest(copies.place.T @ wanted, face.block)])


def first_few(block: Ints, key: NDArray[np.float64] | Ints, many: int) -> Ints:
    """The items with the smallest keys of every block."""
    order = np.lexsort((key, block))
    sorted_ = block[order]
    begins = np.flatnonzero(np.concatenate([[True], np.diff(sorted_) != 0]))
    place = np.arange(len(order)) - np.repeat(begins, np.diff(np.append(begins, len(order))))
    return np.asarray(order[place < many])

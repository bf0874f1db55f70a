"""Laminar families: sets of columns of which any two are nested or disjoint.

A part whose sets fall into two laminar families is a min-cost flow: through the one family into the cells, through the other out of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.engine.base.arrays import pick
from giliran.program import Ints
from giliran.program.segments import owners_of

NONE = -1
"""Stands for "no set"."""

MOST_TO_COLOUR = 60
"""Above this many sets the two families are people's sets and the others, or nothing: pairs are not compared one by one."""


@dataclass(frozen=True)
class Forest:
    """A laminar family as trees of sets.

    Parameters
    ----------
    parent : int64[S]
        The smallest set around each set of this family, `NONE` for outermost sets and for sets of the other family.
    inner : int64[n]
        The smallest set around each column, `NONE` if it is in no set of this family.
    """

    parent: Ints
    inner: Ints


def nest(start: Ints, col: Ints, position: Ints, chosen: NDArray[np.bool_], count: int) -> tuple[Forest, NDArray[np.bool_]]:
    """Nest the chosen sets into trees.

    Parameters
    ----------
    start, col
        Sets of columns, CSR.
    position
        Rank of every set, larger sets first, equal ones from the outermost in : int64[S].
    chosen
        The sets of the family : bool[S].
    count
        Number of columns.

    Returns
    -------
    Forest
        Right where no set is crossing.
    crossing : bool[S]
        Sets that share columns with another one without nesting; all false for a laminar family.
    """
    num_sets = len(start) - 1
    parent, inner = np.full(num_sets, NONE, dtype=np.int64), np.full(count, NONE, dtype=np.int64)
    crossing = np.zeros(num_sets, dtype=np.bool_)
    sets = np.flatnonzero(chosen & (np.diff(start) > 0))
    if not len(sets):
        return Forest(parent, inner), crossing
    sub_start, entries = pick(start, sets)
    key = col[entries] * num_sets + position[sets][owners_of(sub_start)]
    order = np.argsort(key)
    owner, cols = sets[owners_of(sub_start)][order], col[entries][order]
    first = np.ones(len(cols), dtype=np.bool_)
    first[1:] = cols[1:] != cols[:-1]
    outer = np.where(first, NONE, np.concatenate([[NONE], owner[:-1]]))
    last = np.append(first[1:], True)
    inner[cols[last]] = owner[last]
    around = np.empty(len(order), dtype=np.int64)
    around[order] = outer
    low, high = np.minimum.reduceat(around, sub_start[:-1]), np.maximum.reduceat(around, sub_start[:-1])
    parent[sets], crossing[sets] = high, low != high
    return Forest(parent, inner), crossing


def colour_pairs(start: Ints, col: Ints, count: int) -> NDArray[np.bool_] | None:
    """Colour sets so that no two crossing ones share a colour : bool[S]; None if that cannot be, or there are too many sets to compare."""
    return None if len(start) - 1 > MOST_TO_COLOUR else _coloured(_crossing_pairs(start, col, count))


def _crossing_pairs(start: Ints, col: Ints, count: int) -> NDArray[np.bool_]:
    """Whether two sets overlap without nesting : bool[S, S]."""
    inside = np.zeros((len(start) - 1, count), dtype=np.float64)  # counts far below 2^53 are exact, and float products are fast
    inside[owners_of(start), col] = 1
    common, size = np.rint(inside @ inside.T).astype(np.int64), np.diff(start)
    return np.asarray((common > 0) & (common < size[:, None]) & (common < size[None, :]))


def _coloured(conflict: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    """A two-colouring of a graph, None if it has an odd cycle."""
    colour = np.full(len(conflict), NONE, dtype=np.int64)
    for root in range(len(conflict)):
        if colour[root] != NONE:
            continue
        colour[root] = 0
        queue = [root]
        while queue:
            node = queue.pop()
            near = np.flatnonzero(conflict[node])
            if (colour[near] == colour[node]).any():
                return None
            fresh = near[colour[near] == NONE]
            colour[fresh] = 1 - colour[node]
            queue.extend(fresh.tolist())
    return np.asarray(colour == 0)

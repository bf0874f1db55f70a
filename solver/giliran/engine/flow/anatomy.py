"""How the sets of a part lie: two families, their trees, and what crosses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.engine.base.part import Part
from giliran.engine.flow.laminar import Forest, colour_pairs, nest
from giliran.engine.flow.sets import PLAIN, CountedSets, counted_sets
from giliran.program import HARD, INFINITE, Ints
from giliran.program.segments import owners_of


@dataclass(frozen=True)
class Anatomy:
    """The sets of a part in two families.

    Parameters
    ----------
    sets
        The sets.
    into : bool[S]
        Sets of the family through which flow comes into the cells; the others lead out of them.
    forests
        The trees of the two families, right where nothing crosses.
    crossing : bool[S]
        Sets that overlap another one of their family without nesting; all False for a min-cost flow.
    """

    sets: CountedSets
    into: NDArray[np.bool_]
    forests: tuple[Forest, Forest]
    crossing: NDArray[np.bool_]

    def crossing_columns(self) -> Ints:
        """Columns of crossing sets."""
        return np.asarray(self.sets.col[self.crossing[owners_of(self.sets.start)]])

    def crossing_floors(self, part: Part) -> Ints:
        """Hard rows with a lower bound alone that cross another set : int64[...]."""
        rows = self.sets.source[np.flatnonzero(self.crossing & (self.sets.origin == PLAIN))]
        return np.asarray(rows[(part.rows.tier[rows] == HARD) & (part.rows.hi[rows] >= INFINITE)])


def anatomy_of(part: Part, people: Ints) -> Anatomy | None:
    """The sets of a part, people's own in one family and all others in the second; None where a statement counts no cells.

    Parameters
    ----------
    part
        One part, or several beside each other.
    people
        The person of each cell column : int64[m].
    """
    sets = counted_sets(part)
    return None if sets is None else _nested(sets, _personal(sets, people), len(part.cells))


def recoloured(anatomy: Anatomy, count: int) -> Anatomy | None:
    """The same sets in two families without crossing, found pair by pair in a small part; None if there are none or it is too large."""
    into = colour_pairs(anatomy.sets.start, anatomy.sets.col, count)
    return None if into is None else _nested(anatomy.sets, into, count)


def _nested(sets: CountedSets, into: NDArray[np.bool_], count: int) -> Anatomy:
    order = np.lexsort((sets.source, sets.group, sets.origin, -np.diff(sets.start)))
    position = np.empty(len(order), dtype=np.int64)
    position[order] = np.arange(len(order))
    first, crossing_in = nest(sets.start, sets.col, position, into, count)
    second, crossing_out = nest(sets.start, sets.col, position, ~into, count)
    return Anatomy(sets, into, (first, second), crossing_in | crossing_out)


def _personal(sets: CountedSets, people: Ints) -> NDArray[np.bool_]:
    """Sets over cells of one person : bool[S]."""
    size = np.diff(sets.start)
    out = np.zeros(len(size), dtype=np.bool_)
    filled = np.flatnonzero(size)
    if len(filled):
        who = people[sets.col]
        out[filled] = np.minimum.reduceat(who, sets.start[filled]) == np.maximum.reduceat(who, sets.start[filled])
    return out

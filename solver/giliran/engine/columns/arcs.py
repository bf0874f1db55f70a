"""Arcs: columns of a face that are steps from state to state."""

from __future__ import annotations

from dataclasses import dataclass, replace

from giliran.program import Ints


@dataclass(frozen=True)
class StateGraph:
    """Columns of a face that are arcs: one path through the graph of each person is chosen.

    Parameters
    ----------
    first
        Arcs are the columns from this one on; others may follow them.
    tail, head : int64[A]
        The states that each arc leads from and to; -1 where it leads to the end.
    level : int64[A]
        How many arcs come before on a path.
    states
        States of each cell, numbered one cell after the other.
    """

    first: int
    tail: Ints
    head: Ints
    level: Ints
    states: int

    @property
    def columns(self) -> slice:
        """The columns that are arcs."""
        return slice(self.first, self.first + len(self.tail))

    def take(self, kept: Ints) -> StateGraph:
        """The graph in a face of some columns, ascending : int64[k]."""
        mine = kept[(kept >= self.first) & (kept < self.first + len(self.tail))] - self.first
        return replace(self, first=int((kept < self.first).sum()), tail=self.tail[mine], head=self.head[mine], level=self.level[mine])

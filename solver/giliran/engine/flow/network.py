"""The network of a part: into people, through cells, out of groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.engine.base.part import Part
from giliran.engine.flow.anatomy import Anatomy, anatomy_of, recoloured
from giliran.engine.flow.laminar import NONE
from giliran.engine.flow.sets import LADDER, LINK, SPARING, CountedSets
from giliran.program import HARD, Ints
from giliran.program.segments import owners_of


@dataclass(frozen=True)
class Network:
    """Arcs with bounds and costs; a circulation is a plan, flow on the first `num_cells` arcs means "in the office".

    Parameters
    ----------
    num_nodes, num_cells
        Numbers of nodes and of cells.
    tail, head, lower, upper : int64[A]
        Arcs and the bounds of their flow.
    cost_arc, cost_tier, cost : int64[K]
        Costs per unit of flow.
    arc_set : int64[A]
        The set that an arc leads through, `NONE` for cells, bypasses and the arc from sink to source.
    sets
        The sets of the part.
    """

    num_nodes: int
    num_cells: int
    tail: Ints
    head: Ints
    lower: Ints
    upper: Ints
    cost_arc: Ints
    cost_tier: Ints
    cost: Ints
    arc_set: Ints
    sets: CountedSets

    def costs(self, tier: int) -> Ints:
        """Cost of every arc in one tier : int64[A]."""
        out = np.zeros(len(self.tail), dtype=np.int64)
        here = self.cost_tier == tier
        np.add.at(out, self.cost_arc[here], self.cost[here])
        return out


def network_of(part: Part, people: Ints) -> Network | None:
    """The network of a part, or None if the part is no min-cost flow.

    Parameters
    ----------
    part
        One part, or several beside each other.
    people
        The person of each cell column : int64[m].
    """
    anatomy = anatomy_of(part, people)
    if anatomy is not None and anatomy.crossing.any():
        anatomy = recoloured(anatomy, len(part.cells))
    return None if anatomy is None else build(part, anatomy)


class _Arcs:
    """Arcs and costs while a network is being built."""

    def __init__(self) -> None:
        self._arcs: list[tuple[Ints, Ints, Ints, Ints]] = []
        self._sets: list[Ints] = []
        self._costs: list[tuple[Ints, Ints, Ints]] = []
        self._count = 0

    def add(self, tail: Ints, head: Ints, lower: Ints, upper: Ints, through: Ints | None = None) -> Ints:
        """Add arcs, `through` a set each where they lead through one; returns their numbers."""
        self._sets.append(np.full(len(tail), NONE, dtype=np.int64) if through is None else through)
        self._arcs.append((tail, head, lower, upper))
        self._count += len(tail)
        return np.arange(self._count - len(tail), self._count, dtype=np.int64)

    def charge(self, arc: Ints, tier: Ints, cost: Ints) -> None:
        """Charge arcs per unit of flow."""
        self._costs.append((arc, tier, cost))

    def network(self, num_nodes: int, num_cells: int, sets: CountedSets) -> Network:
        """Everything joined."""
        tail, head, lower, upper = (np.concatenate(column) for column in zip(*self._arcs, strict=True))
        cost_arc, cost_tier, cost = (np.concatenate(column) for column in zip(*self._costs, strict=True))
        through = np.concatenate(self._sets)
        return Network(num_nodes, num_cells, tail, head, lower, upper, cost_arc, cost_tier, cost, through, sets)


def build(part: Part, anatomy: Anatomy) -> Network | None:
    """The network of a part whose sets cross nothing; None where people who need not be counted stand in the way."""
    sets, into, forests = anatomy.sets, anatomy.into, anatomy.forests
    num_sets, num_cells = len(into), len(part.cells)
    source, sink = num_sets, num_sets + 1
    outer = np.where(into, forests[0].parent, forests[1].parent)
    outer = np.where(outer == NONE, np.where(into, source, sink), outer)
    bypass = _bypasses(sets, into, outer)
    if bypass is None:
        return None
    arcs = _Arcs()
    tail = np.where(forests[0].inner == NONE, source, forests[0].inner)
    head = np.where(forests[1].inner == NONE, sink, forests[1].inner)
    cells = arcs.add(tail, head, np.zeros(num_cells, dtype=np.int64), np.ones(num_cells, dtype=np.int64))
    tier, col = np.nonzero(part.cost[:, :num_cells])
    arcs.charge(cells[col], tier.astype(np.int64), part.cost[tier, col])
    node = np.arange(num_sets, dtype=np.int64)
    start, end = np.where(into, outer, node), np.where(into, node, outer)
    _set_arcs(part, sets, start, end, arcs)
    link, target = bypass
    ways = (np.where(into[link], target, link), np.where(into[link], link, target))
    arcs.add(*ways, np.zeros(len(link), dtype=np.int64), sets.spare[link])
    one = np.ones(1, dtype=np.int64)
    arcs.add(sink * one, source * one, 0 * one, num_cells * one)
    return arcs.network(num_sets + 2, num_cells, sets)


def _bypasses(sets: CountedSets, into: NDArray[np.bool_], outer: Ints) -> tuple[Ints, Ints] | None:
    """Links, and the node behind the sparing rows around each; None if a link does not stand right inside its rows."""
    sparing = np.flatnonzero(sets.origin == SPARING)
    size = np.diff(sets.start)
    behind: dict[int, int] = {}
    inner: dict[int, int] = {}
    for group in np.unique(sets.group[sparing]).tolist():
        rows = set(sparing[sets.group[sparing] == group].tolist())
        [*tops] = [s for s in rows if int(outer[s]) not in rows]
        bottoms = rows - {int(outer[s]) for s in rows}
        if len(tops) != 1 or len(bottoms) != 1 or len({int(size[s]) for s in rows}) != 1:
            return None
        behind[group], inner[group] = int(outer[tops[0]]), bottoms.pop()
    links = np.flatnonzero(sets.origin == LINK)
    if any(int(outer[s]) != inner.get(int(sets.link_group[s]), NONE) for s in links.tolist()):
        return None
    return links, np.array([behind[int(sets.link_group[s])] for s in links.tolist()], dtype=np.int64)


def _set_arcs(part: Part, sets: CountedSets, start: Ints, end: Ints, arcs: _Arcs) -> None:
    """Arcs through every set: one for a hard row or link, up to three for a soft row, one per level run of a ladder."""
    size = np.diff(sets.start)
    lo, hi = np.clip(sets.lo, 0, None), np.clip(sets.hi, -1, size)
    ladder = sets.origin == LADDER
    tier = np.full(len(size), HARD, dtype=np.int64)
    tier[~ladder] = part.rows.tier[sets.source[~ladder]]
    hard = np.flatnonzero(~ladder & (tier == HARD))
    arcs.add(start[hard], end[hard], lo[hard], hi[hard], hard)
    soft = np.flatnonzero(~ladder & (tier != HARD))
    lo, hi = np.clip(lo[soft], 0, size[soft]), np.clip(hi[soft], 0, size[soft])
    weight = part.rows.weight[sets.source[soft]]
    none = np.zeros(len(soft), dtype=np.int64)
    short = arcs.add(start[soft], end[soft], none, lo, soft)
    arcs.charge(short, tier[soft], -weight)
    arcs.add(start[soft], end[soft], none, hi - lo, soft)
    over = arcs.add(start[soft], end[soft], none, size[soft] - hi, soft)
    arcs.charge(over, tier[soft], weight)
    _ladder_arcs(part, np.flatnonzero(ladder), sets, start, end, arcs)


def _ladder_arcs(part: Part, which: Ints, sets: CountedSets, start: Ints, end: Ints, arcs: _Arcs) -> None:
    ladders = part.ladders
    if not len(which):
        return
    owner = owners_of(ladders.start)
    begins = np.flatnonzero(np.concatenate([[True], (np.diff(ladders.step) != 0) | (np.diff(owner) != 0)]))
    run = np.diff(np.append(begins, len(owner)))
    node = which[np.argsort(sets.source[which])][owner[begins]]
    steps = arcs.add(start[node], end[node], np.zeros(len(begins), dtype=np.int64), run, node)
    arcs.charge(steps, ladders.tier[owner[begins]], ladders.step[begins])

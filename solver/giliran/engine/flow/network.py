"""The network of a part: into people, through cells, out of groups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from giliran.engine.base.part import Part
from giliran.engine.flow.anatomy import Anatomy, anatomy_of, recoloured
from giliran.engine.flow.laminar import NONE
from giliran.engine.flow.sets import LADDER, LINK, SPARING, CountedSets
from giliran.program import HARD, Ints
from giliran.program.segments import owners_of, starts_of


@dataclass(frozen=True)
class Layout:
    """The arcs and nodes of a network, part by part and each as if its part stood alone.

    Parameters
    ----------
    arcs : int64[A]
        All arcs, those of each part together and in their order.
    part : int64[A]
        The part of each of `arcs`, ascending.
    nodes, starts : int64[V], int64[P + 1]
        All nodes in the same way, and where those of each part begin.
    number : int64[V]
        The number of each node among those of its part.
    """

    arcs: Ints
    part: Ints
    nodes: Ints
    starts: Ints
    number: Ints


@dataclass(frozen=True)
class Network:
    """Arcs with bounds and costs; a circulation is a plan, flow on the first `num_cells` arcs means "in the office".

    Parts that stand beside each other share no node, so that what is cheapest in one is found without the others.

    Parameters
    ----------
    num_cells
        Number of cells.
    node_part : int64[V]
        The part of each node, from 0 up.
    num_parts
        Number of parts.
    tail, head, lower, upper : int64[A]
        Arcs and the bounds of their flow.
    cost_arc, cost_tier, cost : int64[K]
        Costs per unit of flow.
    arc_set : int64[A]
        The set that an arc leads through, `NONE` for cells, bypasses and the arc from sink to source.
    sets
        The sets of the part.
    bypass, back : int64[...]
        The arcs around rows that need not count everybody, in the order of the links, and those from sink to source, part by part.
    """

    num_cells: int
    node_part: Ints
    num_parts: int
    tail: Ints
    head: Ints
    lower: Ints
    upper: Ints
    cost_arc: Ints
    cost_tier: Ints
    cost: Ints
    arc_set: Ints
    sets: CountedSets
    bypass: Ints
    back: Ints

    @property
    def num_nodes(self) -> int:
        """Number of nodes."""
        return len(self.node_part)

    @cached_property
    def arc_part(self) -> Ints:
        """The part of every arc : int64[A]."""
        return np.asarray(self.node_part[self.tail])

    @cached_property
    def layout(self) -> Layout:
        """Arcs and nodes part by part."""
        arcs, nodes = np.argsort(self.arc_part, kind="stable"), np.argsort(self.node_part, kind="stable")
        starts = starts_of(np.bincount(self.node_part, minlength=self.num_parts).astype(np.int64))
        number = np.empty(len(nodes), dtype=np.int64)
        number[nodes] = np.arange(len(nodes)) - starts[self.node_part[nodes]]
        return Layout(arcs, self.arc_part[arcs], nodes, starts, number)

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

    def network(self, num_cells: int, node_part: Ints, num_parts: int, sets: CountedSets, ways: tuple[Ints, Ints]) -> Network:
        """Everything joined."""
        tail, head, lower, upper = (np.concatenate(column) for column in zip(*self._arcs, strict=True))
        cost_arc, cost_tier, cost = (np.concatenate(column) for column in zip(*self._costs, strict=True))
        through = np.concatenate(self._sets)
        return Network(num_cells, node_part, num_parts, tail, head, lower, upper, cost_arc, cost_tier, cost, through, sets, *ways)


def build(part: Part, anatomy: Anatomy, part_of: Ints | None = None, num_parts: int = 1) -> Network | None:
    """The network of a part whose sets cross nothing; None where people who need not be counted stand in the way.

    Parameters
    ----------
    part
        One part, or several beside each other.
    anatomy
        Its sets. Where several parts stand beside each other some may cross: their arcs mean nothing.
    part_of, num_parts
        Which of how many parts each cell column is of : int64[m]. None if there is but one.
    """
    sets, into, forests = anatomy.sets, anatomy.into, anatomy.forests
    num_sets, num_cells = len(into), len(part.cells)
    cell_part = np.zeros(num_cells, dtype=np.int64) if part_of is None else part_of
    set_part = _set_parts(sets, cell_part)
    source, sink = num_sets + set_part, num_sets + num_parts + set_part
    outer = np.where(into, forests[0].parent, forests[1].parent)
    outer = np.where(outer == NONE, np.where(into, source, sink), outer)
    bypass = _bypasses(sets, into, outer)
    if bypass is None:
        return None
    arcs = _Arcs()
    tail = np.where(forests[0].inner == NONE, num_sets + cell_part, forests[0].inner)
    head = np.where(forests[1].inner == NONE, num_sets + num_parts + cell_part, forests[1].inner)
    cells = arcs.add(tail, head, np.zeros(num_cells, dtype=np.int64), np.ones(num_cells, dtype=np.int64))
    tier, col = np.nonzero(part.cost[:, :num_cells])
    arcs.charge(cells[col], tier.astype(np.int64), part.cost[tier, col])
    node = np.arange(num_sets, dtype=np.int64)
    start, end = np.where(into, outer, node), np.where(into, node, outer)
    _set_arcs(part, sets, start, end, arcs)
    link, target = bypass
    ways = (np.where(into[link], target, link), np.where(into[link], link, target))
    around = arcs.add(*ways, np.zeros(len(link), dtype=np.int64), sets.spare[link])
    every = np.arange(num_parts, dtype=np.int64)
    back = arcs.add(num_sets + num_parts + every, num_sets + every, 0 * every, np.bincount(cell_part, minlength=num_parts).astype(np.int64))
    return arcs.network(num_cells, np.concatenate([set_part, every, every]), num_parts, sets, (around, back))


def _set_parts(sets: CountedSets, cell_part: Ints) -> Ints:
    """The part of every set, the first one for sets without cells : int64[S]."""
    out = np.zeros(len(sets.start) - 1, dtype=np.int64)
    filled = np.flatnonzero(np.diff(sets.start))
    out[filled] = cell_part[sets.col[sets.start[filled]]]
    return out


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

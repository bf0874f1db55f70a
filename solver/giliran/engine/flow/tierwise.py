"""Tier after tier on a network, each exact: the optimal face of one tier is the network of the next.

After a tier is solved, node potentials are recomputed on the residual network. An arc with positive reduced cost carries nothing in any
optimal flow and one with negative reduced cost is full in every one (complementary slackness; Ahuja, Magnanti and Orlin, Network Flows,
1993, section 9.3), so fixing these arcs leaves exactly the optimal flows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.engine.flow.apart import AbandonedError, cheapest, cheapest_apart
from giliran.engine.flow.network import Network
from giliran.errors import InternalError
from giliran.program import Ints

GoOn = Callable[[], bool] | None

MOST_ARCS = 250_000
"""Flows with more open arcs, half a second and more, run in a process of their own, where they can be abandoned."""

QUICK_ARCS = 20_000
"""Flows of no more open arcs take some hundredths of a second: they are finished whatever the time."""

MOST_COST = 1 << 61
"""`SimpleMinCostFlow` multiplies costs by the number of nodes plus one; beyond this they could overflow."""


@dataclass(frozen=True)
class Flow:
    """An optimal circulation.

    Parameters
    ----------
    flow : int64[A]
    potentials : int64[T, V]
        Node potentials of each tier, with the arcs fixed by the tiers before.
    solved : bool[P]
        The parts that have one.
    """

    flow: Ints
    potentials: Ints
    solved: NDArray[np.bool_]

    def office(self, network: Network) -> Ints:
        """1 for every cell in the office : int64[num_cells]."""
        return np.asarray(self.flow[: network.num_cells])


class TierwiseFlow:
    """A network on which one tier after the other is solved; after each, `lower` and `upper` leave exactly its optimal circulations.

    Each part is solved as if it stood alone: among flows that cost the same, the one that is found depends on nothing in other parts.

    Parameters
    ----------
    network
        The network.
    num_tiers
        Number of tiers.
    go_on
        Asked before flows that take longer than a moment, and during large ones, which run in a process of their own; None keeps all in
        this one.
    wanted
        The parts that are solved : bool[P]; all when None.

    Attributes
    ----------
    live : bool[P]
        Wanted parts that have a circulation, and costs that the flow solver bears.
    changed : bool[P]
        The parts that the last tier has solved anew.
    """

    def __init__(self, network: Network, num_tiers: int, go_on: GoOn = None, wanted: NDArray[np.bool_] | None = None) -> None:
        self.network = network
        self.go_on = go_on
        self.lower, self.upper = network.lower.copy(), network.upper.copy()
        self.potentials = np.zeros((num_tiers, network.num_nodes), dtype=np.int64)
        self.flow = self.lower.copy()
        self.live = np.ones(network.num_parts, dtype=np.bool_) if wanted is None else wanted.copy()
        self.live[network.arc_part[self.lower > self.upper]] = False
        self.changed = np.zeros(network.num_parts, dtype=np.bool_)
        self._new = True

    def solve(self, tier: int) -> None:
        """Solve the next tier in the parts that are left, where something in it is open.

        Raises
        ------
        AbandonedError
            If `go_on` ended a large flow.
        InternalError
            If a flow is not optimal.
        """
        network, cost = self.network, self.network.costs(tier)
        self.changed = self.live.copy()
        if not self._new:
            counts = np.zeros(network.num_parts, dtype=np.bool_)
            counts[network.arc_part[(cost != 0) & (self.lower < self.upper)]] = True
            self.changed &= counts
        self._new = False
        if not self.changed.any():
            return
        self._cheapest(cost)
        self.changed &= self.live
        mine = np.flatnonzero(self.changed[network.arc_part])
        tail, head, flow = network.tail[mine], network.head[mine], self.flow[mine]
        bounds = self.lower[mine], self.upper[mine]
        self.potentials[tier], left = shortest(tail, head, flow, *bounds, cost[mine], network.num_nodes, network.num_nodes + 1)
        if len(left):
            raise InternalError("the flow of a tier is not optimal: its residual network has a negative cycle")
        settled = mine[cost[mine] + self.potentials[tier][tail] != self.potentials[tier][head]]
        self.lower[settled] = self.upper[settled] = self.flow[settled]  # all optimal flows agree on these

    def _cheapest(self, cost: Ints) -> None:
        """Flows of least cost in the changed parts; parts without any are no longer live."""
        network, layout = self.network, self.network.layout
        supply = np.zeros(network.num_nodes, dtype=np.int64)
        np.add.at(supply, network.head, self.lower)
        np.subtract.at(supply, network.tail, self.lower)
        supply = supply[layout.nodes]
        chosen = (self.lower < self.upper)[layout.arcs] & self.changed[layout.part]
        arcs, part = layout.arcs[chosen], layout.part[chosen]
        tail, head = (layout.number[end[arcs]] for end in (network.tail, network.head))
        room, price = (self.upper - self.lower)[arcs], cost[arcs]
        cuts = np.searchsorted(part, np.arange(network.num_parts + 1)).tolist()
        for p in np.flatnonzero(self.changed).tolist():
            of = slice(cuts[p], cuts[p + 1])
            nodes = slice(int(layout.starts[p]), int(layout.starts[p + 1]))
            found = _cheapest_of(tail[of], head[of], room[of], price[of], supply[nodes], self.go_on)
            if found is None:
                self.live[p] = False
            else:
                room[of] = found
        self.flow[layout.arcs[self.changed[layout.part]]] = self.lower[layout.arcs[self.changed[layout.part]]]
        self.flow[arcs] += room


def solve_network(network: Network, num_tiers: int, go_on: GoOn = None, wanted: NDArray[np.bool_] | None = None) -> Flow | None:
    """The lexicographically cheapest circulation of every wanted part; None if no part has one.

    Parts whose costs are too large for the flow solver have none.

    Raises
    ------
    AbandonedError
        If `go_on` ended the work.
    """
    state = TierwiseFlow(network, num_tiers, go_on, wanted)
    for tier in range(num_tiers):
        state.solve(tier)
    return Flow(state.flow, state.potentials, state.live) if state.live.any() else None


def _cheapest_of(tail: Ints, head: Ints, room: Ints, cost: Ints, supply: Ints, go_on: GoOn) -> Ints | None:
    """A cheapest flow of one part; None if there is none or costs are too large."""
    if not len(tail):
        return None if supply.any() else room
    cost = cost // max(int(np.gcd.reduce(cost)), 1)  # fewer scaling rounds
    if int(np.abs(cost).max()) * (len(supply) + 1) > MOST_COST:
        return None
    if go_on is not None and len(tail) > QUICK_ARCS and not go_on():
        raise AbandonedError
    arcs = (tail, head, room, cost, supply)
    return cheapest(*arcs) if go_on is None or len(tail) <= MOST_ARCS else cheapest_apart(*arcs, go_on)


def shortest(tail: Ints, head: Ints, flow: Ints, lower: Ints, upper: Ints, cost: Ints, num_nodes: int, rounds: int) -> tuple[Ints, Ints]:
    """Shortest distances on the residual network from everywhere at once : int64[V]; no reduced cost is negative there.

    Parameters
    ----------
    rounds
        After so many the rest is given up; where they are more than nodes only negative cycles are left.

    Returns
    -------
    int64[V]
    int64[...]
        Nodes whose distances had not settled.
    """
    ahead, back = np.flatnonzero(flow < upper), np.flatnonzero(flow > lower)
    tail, head = np.concatenate([tail[ahead], head[back]]), np.concatenate([head[ahead], tail[back]])
    length = np.concatenate([cost[ahead], -cost[back]])
    order = np.argsort(head, kind="stable")
    tail, head, length = tail[order], head[order], length[order]
    distance, none = np.zeros(num_nodes, dtype=np.int64), np.zeros(0, dtype=np.int64)
    if not len(head):
        return distance, none
    begins = np.flatnonzero(np.concatenate([[True], np.diff(head) != 0]))
    node, nearer = head[begins], none
    for _ in range(rounds):
        nearest = np.minimum.reduceat(distance[tail] + length, begins)
        nearer = node[nearest < distance[node]]
        if not len(nearer):
            break
        distance[node] = np.minimum(distance[node], nearest)
    return distance, nearer

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
    """

    flow: Ints
    potentials: Ints

    def office(self, network: Network) -> Ints:
        """1 for every cell in the office : int64[num_cells]."""
        return np.asarray(self.flow[: network.num_cells])


class TooDearError(Exception):
    """Costs so large that the flow solver could overflow: another engine must do it."""


class TierwiseFlow:
    """A network on which one tier after the other is solved; after each, `lower` and `upper` leave exactly its optimal circulations.

    Parameters
    ----------
    network
        The network.
    num_tiers
        Number of tiers.
    go_on
        Asked before flows that take longer than a moment, and during large ones, which run in a process of their own; None keeps all in
        this one.
    """

    def __init__(self, network: Network, num_tiers: int, go_on: GoOn = None) -> None:
        self.network = network
        self.go_on = go_on
        self.lower, self.upper = network.lower.copy(), network.upper.copy()
        self.potentials = np.zeros((num_tiers, network.num_nodes), dtype=np.int64)
        self.flow: Ints | None = None

    def solve(self, tier: int) -> bool:
        """Solve the next tier; False if there is no circulation at all.

        Raises
        ------
        TooDearError
            If costs are too large for the flow solver.
        """
        network = self.network
        cost = network.costs(tier)
        open_ = self.lower < self.upper
        if self.flow is not None and not cost[open_].any():
            return True
        if (self.lower > self.upper).any():
            return False
        self.flow = _cheapest(network, self.lower, self.upper, np.where(open_, cost, 0), self.go_on)
        if self.flow is None:
            return False
        self.potentials[tier] = _potentials(network, self.flow, self.lower, self.upper, cost)
        reduced = cost + self.potentials[tier][network.tail] - self.potentials[tier][network.head]
        _close(self.flow, reduced, self.lower, self.upper)
        return True


def solve_network(network: Network, num_tiers: int, go_on: GoOn = None) -> Flow | None:
    """The lexicographically cheapest circulation, or None if there is none.

    Raises
    ------
    TooDearError
        If costs are too large for the flow solver.
    AbandonedError
        If `go_on` ended the work.
    """
    state = TierwiseFlow(network, num_tiers, go_on)
    if not all(state.solve(tier) for tier in range(num_tiers)):
        return None
    assert state.flow is not None
    return Flow(state.flow, state.potentials)


def _cheapest(network: Network, lower: Ints, upper: Ints, cost: Ints, go_on: GoOn) -> Ints | None:
    """A cheapest circulation within bounds, or None if there is none."""
    open_ = np.flatnonzero(lower < upper)
    cost = cost // max(int(np.gcd.reduce(np.abs(cost))) if len(cost) else 1, 1)  # fewer scaling rounds
    if int(np.abs(cost).max(initial=0)) * (network.num_nodes + 1) > MOST_COST:
        raise TooDearError
    if go_on is not None and len(open_) > QUICK_ARCS and not go_on():
        raise AbandonedError
    supply = np.zeros(network.num_nodes, dtype=np.int64)
    np.add.at(supply, network.head, lower)
    np.subtract.at(supply, network.tail, lower)
    arcs = (network.tail[open_], network.head[open_], (upper - lower)[open_], cost[open_], supply)
    found = cheapest(*arcs) if go_on is None or len(open_) <= MOST_ARCS else cheapest_apart(*arcs, go_on)
    if found is None:
        return None
    flow = lower.copy()
    flow[open_] += found
    return flow


def _potentials(network: Network, flow: Ints, lower: Ints, upper: Ints, cost: Ints) -> Ints:
    """Shortest distances on the residual network from everywhere at once : int64[V]; no reduced cost is negative there.

    Raises
    ------
    InternalError
        If there is a negative cycle: the flow was not optimal.
    """
    ahead, back = np.flatnonzero(flow < upper), np.flatnonzero(flow > lower)
    tail = np.concatenate([network.tail[ahead], network.head[back]])
    head = np.concatenate([network.head[ahead], network.tail[back]])
    length = np.concatenate([cost[ahead], -cost[back]])
    order = np.argsort(head, kind="stable")
    tail, head, length = tail[order], head[order], length[order]
    distance = np.zeros(network.num_nodes, dtype=np.int64)
    if not len(head):
        return distance
    begins = np.flatnonzero(np.concatenate([[True], np.diff(head) != 0]))
    node = head[begins]
    for _ in range(network.num_nodes + 1):
        nearest = np.minimum.reduceat(distance[tail] + length, begins)
        if (nearest >= distance[node]).all():
            return distance
        distance[node] = np.minimum(distance[node], nearest)
    raise InternalError("the flow of a tier is not optimal: its residual network has a negative cycle")


def _close(flow: Ints, reduced: Ints, lower: Ints, upper: Ints) -> None:
    """Fix every arc that all optimal flows agree on."""
    settled: NDArray[np.bool_] = reduced != 0
    lower[settled] = flow[settled]
    upper[settled] = flow[settled]

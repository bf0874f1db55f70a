"""Filling duties: who is named in each of many components, as min-cost flows."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from ortools.graph.python import min_cost_flow

from giliran.errors import InternalError
from giliran.program import Ints

DAY = 1000
"""Thousandths in a day."""

PUBLISHED, PINNED = 1, 2
"""What a promised name is worth, before anything else, to whoever is named: a pinned one more than all published ones together."""

Batch = tuple[Ints, Ints, Ints, Ints, Ints, Ints, Ints]
"""Component and person of every pair, balance, slot, day, need and worth : int64[K] each. Numbers mean something in this batch only."""


def fill(batch: Batch) -> Ints:
    """Which pairs of a batch are named : indices of pairs.

    In every component a flow of least cost goes from people, over their days if a day has several slots for them, to slots. Arrays are made
    for all components together, and each is solved alone: who is named on which day may be a tie, which must not depend on others.
    """
    component, everyone, beta, slot, day, need, prized = batch
    pairs, width = len(everyone), int(day.max()) + 1
    first = np.flatnonzero(np.append(True, everyone[1:] != everyone[:-1]))
    people = len(first)
    person = np.repeat(np.arange(people), np.diff(first, append=pairs))
    group = np.cumsum(np.append(False, component[1:] != component[:-1]))
    used, chosen, slot = np.unique(slot, return_index=True, return_inverse=True)
    need, slot_group = need[chosen], group[chosen]
    visits, visit = np.unique(person * width + day, return_inverse=True)
    climber, one_slot = visits // width, len(visits) == pairs
    first_slot = people if one_slot else people + len(visits)
    groups = int(group[-1]) + 1
    source, sink = first_slot + len(used), first_slot + len(used) + groups
    climbs = _costs(component[first], beta[first], climber)
    climb_group = group[first][climber]
    arcs = _DutyArcs()
    arcs.add(source + climb_group, climber, 1, climbs)
    if not one_slot:
        arcs.add(climber, people + np.arange(len(visits)), 1, 0)
    named = arcs.add(
        person if one_slot else people + visit, first_slot + slot, 1, _prizes(prized, climbs, need, (group, climb_group, slot_group))
    )
    arcs.add(first_slot + np.arange(len(used)), sink + slot_group, need, 0)
    middle = [] if one_slot else [climb_group]
    nodes = np.concatenate([group[first], *middle, slot_group, np.arange(groups), np.arange(groups)])
    supply = np.zeros(len(nodes), dtype=np.int64)
    np.add.at(supply, source + slot_group, need)
    np.subtract.at(supply, sink + slot_group, need)
    return np.flatnonzero(arcs.cheapest(nodes, supply)[named])


class _DutyArcs:
    """Arcs of a network whose parts share nothing."""

    def __init__(self) -> None:
        self._arcs: list[tuple[Ints, ...]] = []

    def add(self, tail: Ints, head: Ints, capacity: Ints | int, cost: Ints | int) -> slice:
        """Add arcs; returns which ones they are."""
        begin = sum(len(arcs[0]) for arcs in self._arcs)
        self._arcs.append(tuple(np.broadcast_to(np.asarray(value, dtype=np.int64), tail.shape) for value in (tail, head, capacity, cost)))
        return slice(begin, begin + len(tail))

    def cheapest(self, part: Ints, supply: Ints) -> Ints:
        """The cheapest largest flow, part by part : int64[A].

        Parameters
        ----------
        part, supply
            Of every node : int64[V] each; parts are numbered from 0 up.
        """
        tail, head, capacity, cost = (np.concatenate(columns) for columns in zip(*self._arcs, strict=True))
        nodes, arcs = np.argsort(part, kind="stable"), np.argsort(part[tail], kind="stable")
        parts = np.arange(int(part.max()) + 2)
        begins, cuts = np.searchsorted(part[nodes], parts), np.searchsorted(part[tail][arcs], parts).tolist()
        number = np.empty(len(nodes), dtype=np.int32)
        number[nodes] = np.arange(len(nodes)) - begins[part[nodes]]
        tail, head, capacity, cost, supply = number[tail[arcs]], number[head[arcs]], capacity[arcs], cost[arcs], supply[nodes]
        found, all_nodes = np.empty(len(arcs), dtype=np.int64), np.arange(len(nodes), dtype=np.int32)
        for k, (first, last) in enumerate(pairwise(cuts)):
            flow = min_cost_flow.SimpleMinCostFlow()
            some = flow.add_arcs_with_capacity_and_unit_cost(tail[first:last], head[first:last], capacity[first:last], cost[first:last])
            mine = supply[begins[k] : begins[k + 1]]
            flow.set_nodes_supplies(all_nodes[: len(mine)], mine)
            status = flow.solve_max_flow_with_min_cost()
            if status != flow.OPTIMAL:
                raise InternalError(f"naming duty officers ended with {status.name}")
            found[arcs[first:last]] = flow.flows(some)
        return found


def _costs(component: Ints, beta: Ints, climber: Ints) -> Ints:
    """What the first, second, … day of everybody costs : int64[n], `climber` the person of every day that could be theirs, sorted.

    The k-th costs `2k - 1 + β / 500`, which is how the square grows but for a factor (β is a multiple of `STEP`), times the people of the
    component, plus the rank among them. That is enough for squares to come first: the numbers of days that flows can give form an M-convex
    set, so wherever convex costs are not least, one day passed from one person to another makes them less (Murota, Discrete Convex
    Analysis, 2003, M-optimality criterion), and that changes the sum of ranks by less than there are people. No two have the same rank, so
    only one number of days for everybody is of least cost.
    """
    begins = np.flatnonzero(np.diff(component, prepend=-1))
    members = np.diff(begins, append=len(component))
    heaviest, place = np.repeat(members, members), np.arange(len(component)) - np.repeat(begins, members)
    k = np.arange(len(climber)) - np.searchsorted(climber, climber)
    return np.asarray((2 * k + 1 + 2 * beta[climber] // DAY) * heaviest[climber] + place[climber])


def _prizes(prized: Ints, climbs: Ints, need: Ints, groups: tuple[Ints, Ints, Ints]) -> Ints:
    """What promised names cost, less than nothing : int64[K].

    One published name outweighs whatever one day passed from one person to another changes, one pinned name all published ones as well.
    That is enough by the argument of `_costs`: the least costs of promised names for given numbers of days are M-convex too.

    Parameters
    ----------
    groups
        The component of every pair, climb and slot, numbered from 0 up.
    """
    of_pair, of_climb, of_slot = groups
    if not prized.any():
        return np.zeros(len(prized), dtype=np.int64)
    many = int(of_pair[-1]) + 1
    dear, cheap = np.full(many, np.iinfo(np.int64).min, dtype=np.int64), np.full(many, np.iinfo(np.int64).max, dtype=np.int64)
    np.maximum.at(dear, of_climb, climbs)
    np.minimum.at(cheap, of_climb, climbs)
    supply = np.zeros(many, dtype=np.int64)
    np.add.at(supply, of_slot, need)
    span = dear - cheap + 1
    worth_of = np.stack([np.zeros_like(span), span, span * (supply + 1)])
    return np.asarray(-worth_of[prized, of_pair])

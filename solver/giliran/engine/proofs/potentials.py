"""Multipliers of flow parts, read from a plan: no flow is solved again, and it does not matter who found the plan.

The plan is a circulation in the network of its part. Where it is optimal its residual network has no negative cycle, and shortest distances
there are potentials that prove it (Ahuja, Magnanti and Orlin, Network Flows, 1993, section 9.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from giliran.engine.base.part import Part
from giliran.engine.flow.anatomy import Anatomy, anatomy_of
from giliran.engine.flow.laminar import NONE
from giliran.engine.flow.network import Network, build, network_of
from giliran.engine.flow.parts import flow_batches, without_rows
from giliran.engine.flow.sets import LADDER, LINK, SPARING
from giliran.engine.flow.tierwise import shortest
from giliran.engine.presolve.join import join, part_of_columns
from giliran.engine.proofs.duals import Duals
from giliran.program import Ints
from giliran.program.segments import owners_of, segment_sums, starts_of

MOST_ROUNDS = 2_000
"""Rounds of shortest distances; what has not settled by then has a negative cycle, or is given up."""

Marks = NDArray[np.bool_]


def flow_duals(parts: Sequence[Part], plans: Sequence[Ints], chosen: Sequence[int], num_days: int) -> dict[int, list[Duals]]:
    """Duals of the first tiers of parts that are min-cost flows, if need be without floors; as far as their plans are best in them.

    Each speaks of all plans that cost no more than the best in the tiers before.

    Parameters
    ----------
    plans
        Values of the columns of every part, which keep its rows.
    chosen
        The parts that are asked about, by their index.

    Returns
    -------
    dict
        By the index of the part; parts that are no flows are missing.
    """
    found: dict[int, list[Duals]] = {}
    for batch in flow_batches(parts, chosen):
        some, x = [parts[p] for p in batch], [plans[p] for p in batch]
        read = _Reading.of(some, num_days, recoloured=False)
        told = {} if read is None else read.duals(np.concatenate(x))
        for k, p in enumerate(batch):
            if not told.get(k) and (alone := _Reading.of([parts[p]], num_days, recoloured=True)) is not None:
                told[k] = alone.duals(x[k])[0]
        found |= {batch[k]: duals for k, duals in told.items() if duals}
    return found


@dataclass(frozen=True)
class _Reading:
    """Parts beside each other with their network, and the row of its own part that each row of the network's part is.

    Parameters
    ----------
    parts
    num_days
        Days of the cell grid.
    network
        Of the parts without the rows that cross.
    flat
        The parts in which nothing else crosses : bool[P].
    rows
        By row of the network's part : int64[M].
    """

    parts: list[Part]
    num_days: int
    network: Network
    flat: Marks
    rows: Ints

    @staticmethod
    def of(parts: list[Part], num_days: int, *, recoloured: bool) -> _Reading | None:
        """What can be read from some parts, their floors left out, or with all rows and families found pair by pair."""
        whole = join(parts) if len(parts) > 1 else parts[0]
        people, part_of = whole.cells // num_days, _part_of(parts)
        own = np.arange(len(whole.rows)) - np.repeat(*_firsts([len(part.rows) for part in parts]))
        if recoloured:
            network = network_of(whole, people)
            return None if network is None else _Reading(parts, num_days, network, np.ones(len(parts), dtype=np.bool_), own)
        anatomy = anatomy_of(whole, people)
        kept = np.ones(len(whole.rows), dtype=np.bool_)
        if anatomy is not None and anatomy.crossing.any():
            kept[anatomy.crossing_floors(whole)] = False
            anatomy = anatomy_of(without_rows(whole, kept), people)
        if anatomy is None:
            return None
        network = build(without_rows(whole, kept), anatomy, part_of, len(parts))
        return None if network is None else _Reading(parts, num_days, network, _flat(anatomy, part_of, len(parts)), own[kept])

    def duals(self, x: Ints) -> dict[int, list[Duals]]:
        """Duals of the first tiers by position of the part, from the values of all columns."""
        network, cells = self.network, self.network.num_cells
        flow = _circulation(network, x[:cells])
        potentials, reached = _potentials(network, flow, len(self.parts[0].cost), self.flat)
        found: dict[int, list[Duals]] = {k: [] for k in range(len(self.parts))}
        for tier, (weights, y) in enumerate(self._weighed(potentials)):
            for k, duals in self._split(weights, y, reached > tier):
                found[k].append(duals)
        return found

    @cached_property
    def _shared(self) -> Marks:
        """Sets over cells of several people : bool[S]."""
        sets = self.network.sets
        owner, who = owners_of(sets.start), (np.concatenate([part.cells for part in self.parts]) // self.num_days)[sets.col]
        least = np.full(len(sets.start) - 1, np.iinfo(np.int64).max, dtype=np.int64)
        most = np.full(len(sets.start) - 1, -1, dtype=np.int64)
        np.minimum.at(least, owner, who)
        np.maximum.at(most, owner, who)
        return np.asarray(least != most)

    def _weighed(self, potentials: Ints) -> Iterator[tuple[Ints, Ints]]:
        """For each tier the least weights of the tiers before that keep closed arcs closed : int64[T, P], and multipliers of all together.

        An arc that an earlier tier closed may have a reduced cost of the wrong sign in a later one. The earlier tier, weighed heavily
        enough, outweighs it: the last tier before first, because a weight of a tier moves only arcs closed by it or before it.
        """
        network, num_tiers = self.network, len(potentials)
        tail, head, part = network.tail, network.head, network.arc_part
        reduced = np.stack([network.costs(k) + potentials[k][tail] - potentials[k][head] for k in range(num_tiers)])
        closed = _closed(network, reduced)
        for tier in range(num_tiers):
            weights = np.zeros((num_tiers, len(self.parts)), dtype=np.int64)
            weights[tier] = 1
            total, joint = reduced[tier].copy(), potentials[tier].copy()
            for earlier in range(tier - 1, -1, -1):
                mine = np.flatnonzero(closed == earlier)
                size = np.abs(reduced[earlier, mine])
                wrong = -total[mine] * np.sign(reduced[earlier, mine])
                np.maximum.at(weights[earlier], part[mine], -(-wrong // np.maximum(size, 1)))
                total += weights[earlier][part] * reduced[earlier]
                joint += weights[earlier][network.node_part] * potentials[earlier]
            yield weights, self._multipliers(joint)

    def _multipliers(self, potentials: Ints) -> Ints:
        """The multiplier of a set is what its arcs gain from potentials; sets of one person need none : int64[S]."""
        network, sets = self.network, self.network.sets
        y = np.zeros(len(sets.origin), dtype=np.int64)
        arcs = np.flatnonzero(network.arc_set != NONE)
        y[network.arc_set[arcs]] = potentials[network.tail[arcs]] - potentials[network.head[arcs]]
        sparing, link = sets.origin == SPARING, sets.origin == LINK
        y[sparing] = np.minimum(y[sparing], 0)
        capped = np.zeros(int(sets.group.max(initial=0)) + 1, dtype=np.int64)
        np.add.at(capped, sets.group[sparing], y[sparing])
        # Whoever need not be counted costs nothing, unless all who need not be are not: then they are worth more than there are.
        y[link] = np.maximum(np.minimum(y[link], -capped[sets.link_group[link]]), 0)
        return np.where(self._shared, y, 0)

    def _split(self, weights: Ints, y: Ints, wanted: Marks) -> Iterator[tuple[int, Duals]]:
        """Weights and multipliers part by part, under the numbers that rows and ladders have there."""
        sets, ladders = self.network.sets, np.repeat(*_firsts([len(part.ladders) for part in self.parts]))
        chosen = np.flatnonzero(y)
        part, is_ladder, source = self.network.node_part[chosen], sets.origin[chosen] == LADDER, sets.source[chosen]
        number = source.copy()
        number[is_ladder] -= ladders[source[is_ladder]]
        number[~is_ladder] = self.rows[source[~is_ladder]]
        order = np.argsort(part, kind="stable")
        cuts = np.searchsorted(part[order], np.arange(len(self.parts) + 1)).tolist()
        for k in np.flatnonzero(wanted).tolist():
            mine = order[cuts[k] : cuts[k + 1]]
            of_rows, of_ladders = mine[~is_ladder[mine]], mine[is_ladder[mine]]
            rows, steps = (dict(zip(number[m].tolist(), y[chosen[m]].tolist(), strict=True)) for m in (of_rows, of_ladders))
            yield k, Duals(tuple(weights[:, k].tolist()), rows, steps)


def _part_of(parts: list[Part]) -> Ints:
    """The part of every cell column : int64[m]."""
    return part_of_columns(parts) if len(parts) > 1 else np.zeros(len(parts[0].cells), dtype=np.int64)


def _firsts(sizes: list[int]) -> tuple[Ints, Ints]:
    """Where the items of each part begin, and how many each has: to be repeated for every item."""
    many = np.array(sizes, dtype=np.int64)
    return starts_of(many)[:-1], many


def _flat(anatomy: Anatomy, part_of: Ints, num_parts: int) -> Marks:
    flat = np.ones(num_parts, dtype=np.bool_)
    flat[part_of[anatomy.crossing_columns()]] = False
    return flat


def _circulation(network: Network, x: Ints) -> Ints:
    """The flow on every arc where cells are used as in a plan : int64[A]. Cheap arcs of a set are filled before dear ones."""
    sets = network.sets
    through = segment_sums(x[sets.col], sets.start)
    bypassed = np.zeros(len(through), dtype=np.int64)
    link = np.flatnonzero(sets.origin == LINK)
    bypassed[link] = np.minimum(sets.spare[link], through[link])
    around = np.zeros(int(sets.group.max(initial=0)) + 1, dtype=np.int64)
    np.add.at(around, sets.link_group[link], bypassed[link])
    sparing = sets.origin == SPARING
    bypassed[sparing] = around[sets.group[sparing]]
    flow = np.zeros(len(network.tail), dtype=np.int64)
    flow[: len(x)] = x
    arcs = np.flatnonzero(network.arc_set != NONE)
    arcs = arcs[np.argsort(network.arc_set[arcs], kind="stable")]
    of = network.arc_set[arcs]
    room = np.append(0, np.cumsum(network.upper[arcs]))
    before = room[:-1] - room[np.searchsorted(of, of)]
    flow[arcs] = np.clip((through - bypassed)[of] - before, 0, network.upper[arcs])
    flow[network.bypass] = bypassed[link]
    flow[network.back] = np.bincount(network.arc_part[: len(x)], weights=x, minlength=network.num_parts).astype(np.int64)
    return flow


def _potentials(network: Network, flow: Ints, num_tiers: int, flat: Marks) -> tuple[Ints, Ints]:
    """Potentials of every tier : int64[T, V], and how many tiers they prove in each part : int64[P]."""
    lower, upper, left = network.lower.copy(), network.upper.copy(), flat.copy()
    left[network.arc_part[(flow < lower) | (flow > upper)]] = False
    potentials = np.zeros((num_tiers, network.num_nodes), dtype=np.int64)
    reached = np.zeros(network.num_parts, dtype=np.int64)
    for tier in range(num_tiers):
        cost = network.costs(tier)
        mine = np.flatnonzero(left[network.arc_part])
        tail, head = network.tail[mine], network.head[mine]
        if cost[mine][lower[mine] < upper[mine]].any():
            found, open_ = shortest(tail, head, flow[mine], lower[mine], upper[mine], cost[mine], network.num_nodes, MOST_ROUNDS)
            left[network.node_part[open_]] = False
            potentials[tier] = np.where(left[network.node_part], found, 0)
        reached[left] += 1
        settled = mine[cost[mine] + potentials[tier][tail] != potentials[tier][head]]
        lower[settled] = upper[settled] = flow[settled]
    return potentials, reached


def _closed(network: Network, reduced: Ints) -> Ints:
    """The tier that closed each arc; the number of tiers for arcs that none closed, or that never were open : int64[A]."""
    closed = np.full(reduced.shape[1], len(reduced), dtype=np.int64)
    for tier in range(len(reduced) - 1, -1, -1):
        closed[reduced[tier] != 0] = tier
    closed[network.lower >= network.upper] = len(reduced)
    return closed

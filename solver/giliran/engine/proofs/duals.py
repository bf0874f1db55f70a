"""Multipliers of a part's rows and ladders for a tier, and the multipliers of the tiers before it that keep them valid."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.engine.base.part import Part
from giliran.engine.base.tiers import spans_of
from giliran.engine.columns.windows import is_long
from giliran.engine.flow.anatomy import anatomy_of
from giliran.engine.flow.laminar import NONE
from giliran.engine.flow.network import Network, network_of
from giliran.engine.flow.parts import without_rows
from giliran.engine.flow.sets import LADDER, LINK, SPARING, CountedSets
from giliran.engine.flow.tierwise import Flow, solve_network
from giliran.program import Ints
from giliran.program.segments import owners_of


@dataclass(frozen=True)
class Duals:
    """Weights of tiers, and multipliers of a part's rows and ladders that belong to them.

    Parameters
    ----------
    weights
        What a unit of each tier weighs.
    rows, ladders
        Multipliers by number in the part; 0 where missing.
    """

    weights: tuple[int, ...]
    rows: Mapping[int, int]
    ladders: Mapping[int, int]


def column_duals(part: Part, num_days: int, weeks: Ints, seconds: float) -> list[Duals]:
    """Duals of linear programs over cells and week patterns, first tiers first; none where the programs prove nothing.

    Each speaks of the plans that those before leave.

    Parameters
    ----------
    weeks
        The week of every day : int64[D].
    seconds
        When to stop.
    """
    from giliran.engine.columns.relaxation import bounds_only, solve_columns, wants_columns  # loads scipy

    if not wants_columns(part):
        return []
    people, days = np.divmod(part.cells, num_days)
    solve = bounds_only if is_long(part, people, weeks[days]) else solve_columns
    found = solve(part, people, days, weeks, deadline=time.monotonic() + seconds)
    unit = spans_of(part).unit
    out = []
    for multipliers in found.multipliers:
        common = math.lcm(*(int(unit[tier]) for tier, _ in multipliers.weights))
        weights = [0] * len(part.cost)
        for tier, weight in multipliers.weights:
            weights[tier] = multipliers.scale * weight * (common // int(unit[tier]))
        rows = np.flatnonzero(multipliers.y)
        out.append(Duals(tuple(weights), dict(zip(rows.tolist(), (multipliers.y[rows] * common).tolist(), strict=True)), {}))
    return out


def flow_duals(part: Part, num_days: int) -> list[Duals]:
    """Duals of every tier of a part that is a min-cost flow, if need be without floors; none if it is none.

    Each speaks of all plans that cost no more than the best in the tiers before.
    """
    people = part.cells // num_days
    anatomy = None if part.broken else anatomy_of(part, people)
    if anatomy is None:
        return []
    kept = np.ones(len(part.rows), dtype=np.bool_)
    network = network_of(part, people)
    if network is None:
        kept[anatomy.crossing_floors(part)] = False
        part = without_rows(part, kept)
        network = network_of(part, people)
    flow = None if network is None else solve_network(network, len(part.cost))
    if network is None or flow is None:
        return []
    numbers = np.flatnonzero(kept)
    return [_renumbered(_duals(network, *weighed, people), numbers) for weighed in _weighed(network, flow)]


def _renumbered(duals: Duals, kept: Ints) -> Duals:
    return Duals(duals.weights, {int(kept[row]): y for row, y in duals.rows.items()}, duals.ladders)


def _weighed(network: Network, flow: Flow) -> list[tuple[tuple[int, ...], Ints]]:
    """For each tier the least weights of the tiers before that keep closed arcs closed, and the potentials of all together.

    An arc that an earlier tier closed may have a reduced cost of the wrong sign in a later one. The earlier tier, weighed heavily
    enough, outweighs it: the last tier before first, because a weight of a tier moves only arcs closed by it or before it.
    """
    num_tiers = len(flow.potentials)
    reduced = np.stack([network.costs(k) + flow.potentials[k][network.tail] - flow.potentials[k][network.head] for k in range(num_tiers)])
    closed = _closed(network, reduced)
    out = []
    for tier in range(num_tiers):
        weights = [0] * num_tiers
        weights[tier] = 1
        total, potentials = reduced[tier].copy(), flow.potentials[tier].copy()
        for earlier in range(tier - 1, -1, -1):
            mine = np.flatnonzero(closed == earlier)
            size = np.abs(reduced[earlier, mine])
            wrong = -total[mine] * np.sign(reduced[earlier, mine])
            weights[earlier] = max(0, int((-(-wrong // np.maximum(size, 1))).max(initial=0)))
            total += weights[earlier] * reduced[earlier]
            potentials += weights[earlier] * flow.potentials[earlier]
        out.append((tuple(weights), potentials))
    return out


def _closed(network: Network, reduced: Ints) -> Ints:
    """The tier that closed each arc; the number of tiers for arcs that none closed, or that never were open : int64[A]."""
    closed = np.full(reduced.shape[1], len(reduced), dtype=np.int64)
    for tier in range(len(reduced) - 1, -1, -1):
        closed[reduced[tier] != 0] = tier
    closed[network.lower >= network.upper] = len(reduced)
    return closed


def _duals(network: Network, weights: tuple[int, ...], potentials: Ints, people: Ints) -> Duals:
    """The multiplier of a set is what its arcs gain from potentials; sets of one person need none."""
    sets = network.sets
    y = np.zeros(len(sets.origin), dtype=np.int64)
    arcs = np.flatnonzero(network.arc_set != NONE)
    y[network.arc_set[arcs]] = potentials[network.tail[arcs]] - potentials[network.head[arcs]]
    sparing, link = sets.origin == SPARING, sets.origin == LINK
    y[sparing] = np.minimum(y[sparing], 0)
    capped = np.zeros(int(sets.group.max(initial=0)) + 1, dtype=np.int64)
    np.add.at(capped, sets.group[sparing], y[sparing])
    # Whoever need not be counted costs nothing, unless all who need not be are not: then they are worth more than there are.
    y[link] = np.maximum(np.minimum(y[link], -capped[sets.link_group[link]]), 0)
    chosen = ~_personal(sets, people) & (y != 0)
    rows, ladders = np.flatnonzero(chosen & (sets.origin != LADDER)), np.flatnonzero(chosen & (sets.origin == LADDER))
    return Duals(
        weights,
        dict(zip(sets.source[rows].tolist(), y[rows].tolist(), strict=True)),
        dict(zip(sets.source[ladders].tolist(), y[ladders].tolist(), strict=True)),
    )


def _personal(sets: CountedSets, people: Ints) -> NDArray[np.bool_]:
    """Sets over cells of one person : bool[S]."""
    owner, who = owners_of(sets.start), people[sets.col]
    least = np.full(len(sets.start) - 1, np.iinfo(np.int64).max, dtype=np.int64)
    most = np.full(len(sets.start) - 1, -1, dtype=np.int64)
    np.minimum.at(least, owner, who)
    np.maximum.at(most, owner, who)
    return np.asarray(least == most)

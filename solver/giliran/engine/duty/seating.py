"""Who has which place, of duties that everybody in the office has. Changes nobody's place of work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Cells
from giliran.domain.lottery import lottery_order
from giliran.engine.base.arrays import components
from giliran.engine.duty.filling import PINNED, PUBLISHED
from giliran.engine.duty.naming import worth
from giliran.engine.duty.pairs import Draw, Request
from giliran.errors import InternalError

Pair = tuple[int, int, int]
"""Lottery rank of a person, number of a place that could be theirs, and what naming them for it is worth."""


def seat_all(requests: Sequence[Request], office: Cells, draw: Draw) -> dict[str, CellSet]:
    """Name those in the office for duties that everybody has, by rule.

    Names that are fixed stand. Of the others, day after day, as many as can be get a place, nobody two of one family; then most pinned
    names are kept, then most published ones, then most people have the place that they had last; ties are left to an order by lottery.

    Parameters
    ----------
    office
        Cells in the office : bool[E, D].
    """
    families: dict[tuple[str, ...], list[Request]] = {}
    for request in sorted(requests, key=lambda request: request.duty.rule):
        duty = request.duty
        families.setdefault(("each", duty.one_each) if duty.one_each else ("rule", duty.rule), []).append(request)
    named: dict[str, CellSet] = {}
    for (_, name), family in sorted(families.items()):
        named |= _Hall(name, family, office, draw).seated()
    return named


class _Hall:
    """The places of one family: the groups of all its duties, numbered one after the other."""

    def __init__(self, name: str, requests: Sequence[Request], office: Cells, draw: Draw) -> None:
        self._requests, self._office = requests, office
        self._starts = np.cumsum([0, *(len(request.duty.need) for request in requests)])
        self._order = lottery_order(draw.ids, draw.seed, draw.first_day, name)
        self._rank = np.argsort(self._order)
        self._last: dict[int, int] = {}

    def seated(self) -> dict[str, CellSet]:
        """Cells that each rule names."""
        days = self._office.shape[1]
        cells = [_fixed(request) for request in self._requests]
        for day in range(days):
            for rank, place in self._day(day):
                cells[int(np.searchsorted(self._starts, place, side="right")) - 1].append(int(self._order[rank]) * days + day)
                self._last[rank] = place
        columns = (np.unique(np.array(mine, dtype=np.int64)) for mine in cells)
        rules = (request.duty.rule for request in self._requests)
        return {rule: CellSet.of_columns(self._office.shape, mine) for rule, mine in zip(rules, columns, strict=True)}

    def _day(self, day: int) -> Iterator[tuple[int, int]]:
        """Lottery rank and place of everybody who gets one; people tied by places of theirs are seated by themselves."""
        pairs, room = self._pairs(day)
        if not pairs:
            return
        _, person = np.unique([pair[0] for pair in pairs], return_inverse=True)
        _, place = np.unique([pair[1] for pair in pairs], return_inverse=True)
        people = int(person.max()) + 1
        ties = np.arange(0, 2 * len(pairs) + 1, 2), np.stack([person, people + place], axis=1).reshape(-1)
        part = components(people + int(place.max()) + 1, ties)[person]
        for label in np.unique(part).tolist():
            yield from _cheapest([pairs[k] for k in np.flatnonzero(part == label).tolist()], room, self._last)

    def _pairs(self, day: int) -> tuple[list[Pair], dict[int, int]]:
        """Who could have which place, and how many people each has left for; whoever has a fixed name that day has a place."""
        fixed = [np.flatnonzero(one.promised.fixed[:, day]) for one in self._requests if one.promised is not None]
        standing = set(np.concatenate(fixed).tolist()) if fixed else set()
        pairs: list[Pair] = []
        room: dict[int, int] = {}
        for first, request in zip(self._starts.tolist(), self._requests, strict=False):
            duty, given = request.duty, request.promised
            here = duty.open[:, day] & self._office[duty.person, day]
            if given is not None:
                here &= ~given.closed[duty.group, day]
            prized = worth(given, duty.person, np.full(len(duty.person), day))
            for k in np.flatnonzero(here).tolist():
                if int(duty.person[k]) not in standing:
                    pairs.append((int(self._rank[duty.person[k]]), first + int(duty.group[k]), int(prized[k])))
            room |= {first + group: many for group, many in enumerate(_left(request, day))}
        return sorted(pairs), room


def _fixed(request: Request) -> list[int]:
    return [] if request.promised is None else np.flatnonzero(request.promised.fixed).tolist()


def _left(request: Request, day: int) -> list[int]:
    """Places of every group beside those that fixed names have."""
    duty = request.duty
    assert duty.seats is not None
    held = np.zeros(len(duty.need), dtype=np.int64)
    if request.promised is not None:
        here = duty.open[:, day] & request.promised.fixed[duty.person, day]
        np.add.at(held, duty.group[here], 1)
    left: list[int] = np.maximum(duty.seats[:, day] - held, 0).tolist()
    return left


def _cheapest(pairs: Sequence[Pair], room: Mapping[int, int], last: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """The largest matching that keeps most pinned, then most published names, then most places that people had last."""
    people, places = sorted({rank for rank, _, _ in pairs}), sorted({place for _, place, _ in pairs})
    person_at = {rank: k for k, rank in enumerate(people)}
    place_at = {place: len(people) + k for k, place in enumerate(places)}
    source = len(people) + len(places)
    most = len(people) + 1
    prize = {PINNED: most * most, PUBLISHED: most}
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = _arcs(
        flow,
        [person_at[rank] for rank, _, _ in pairs],
        [place_at[place] for _, place, _ in pairs],
        1,
        [-prize.get(prized, 0) - (last.get(rank) == place) for rank, place, prized in pairs],
    )
    _arcs(flow, [source] * len(people), [*person_at.values()], 1, 0)
    _arcs(flow, [*place_at.values()], [source + 1] * len(places), [room[place] for place in places], 0)
    flow.set_nodes_supplies(np.array([source, source + 1], dtype=np.int32), np.array([len(people), -len(people)], dtype=np.int64))
    status = flow.solve_max_flow_with_min_cost()
    if status != flow.OPTIMAL:
        raise InternalError(f"seating ended with {status.name}")
    for k in np.flatnonzero(flow.flows(arcs)).tolist():
        yield pairs[k][:2]


def _arcs(
    flow: min_cost_flow.SimpleMinCostFlow, tail: Sequence[int], head: Sequence[int], room: Sequence[int] | int, cost: Sequence[int] | int
) -> NDArray[np.int32]:
    """Add arcs; returns their numbers."""
    capacity, price = (np.broadcast_to(np.asarray(values, dtype=np.int64), len(tail)) for values in (room, cost))
    ends = (np.array(nodes, dtype=np.int32) for nodes in (tail, head))
    found: NDArray[np.int32] = flow.add_arcs_with_capacity_and_unit_cost(*ends, capacity, price)
    return found

"""Duty officers whom a cap does not count: as columns that take them out, and as a number of people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from giliran.domain.facts import Cells
from giliran.program import INFINITE, ProgramBuilder
from giliran.rules.answers import Counts, Duty, Limit
from giliran.rules.base import Statement
from giliran.rules.groups import NO_GROUP
from giliran.rules.toolkit.counting import Tally
from giliran.rules.view import View

Unit = tuple[int, int]
"""A duty unit: position of the duty among those that are exempt, and its group."""


def bypasses(owner: Statement, limit: Limit, duties: Sequence[Duty], out: ProgramBuilder) -> Mapping[tuple[int, int], list[int]]:
    """Columns that together say how many people of each capped group and day are not counted, where the cap reaches anybody.

    A duty unit with people in several capped groups leaves out `count` of them in all, so its columns stand in one more row. Whoever asks
    for the same people again gets the same columns.
    """
    return out.once((owner.id, limit.counted.table.tobytes()), lambda: _made(owner, limit, duties, out))


def _made(owner: Statement, limit: Limit, duties: Sequence[Duty], out: ProgramBuilder) -> dict[tuple[int, int], list[int]]:
    found: dict[tuple[int, int], list[int]] = {(group, day): [] for group, day in np.argwhere(limit.active).tolist()}
    shared: dict[tuple[Unit, int], list[tuple[int, list[int]]]] = {}
    for (group, day), columns in found.items():
        for unit, mine in _bypass(owner, limit, duties, group, day, out).items():
            columns += mine
            shared.setdefault((unit, day), []).append((group, mine))
    for ((k, place), day), parts in shared.items():
        if len(parts) > 1:
            mine = [column for _, columns in parts for column in columns]
            count = int(duties[k].count[place, day])
            out.row(owner, mine, hi=count, group=parts[0][0], day=day)
    return found


def _bypass(owner: Statement, limit: Limit, duties: Sequence[Duty], group: int, day: int, out: ProgramBuilder) -> dict[Unit, list[int]]:
    """Columns of one capped group and day, by duty unit.

    Per duty unit one column `z ≤ present members`, `z ≤ count`. Whoever is a member of several of them has a column `y ≤ x` in each
    instead, of which one may be 1: nobody is left out of the count twice.
    """
    units = list(_members(limit, duties, group, day))
    people, times = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *(members for _, members, _ in units)]), return_counts=True)
    several = people[times > 1]
    found: dict[Unit, list[int]] = {}
    own: dict[int, list[int]] = {person: [] for person in several.tolist()}
    for unit, members, count in units:
        alone = members[~np.isin(members, several)]
        columns = out.aux([0], [count]).tolist() if len(alone) else []
        if columns:
            out.row(owner, out.cell(alone, day), columns, lo=0, group=group, day=day)
        for person in members[np.isin(members, several)].tolist():
            [y] = out.binary(1).tolist()
            own[person].append(y)
            columns.append(y)
        if len(columns) > 1:
            out.row(owner, columns, hi=count, group=group, day=day)
        found[unit] = columns
    for person, columns in own.items():
        out.row(owner, [out.cell(person, day)], columns, lo=0, group=group, day=day)
    return found


def sparing_rows(limit: Limit, taken: Mapping[tuple[int, int], list[int]]) -> Iterator[tuple[int, int, Counts, list[int]]]:
    """Group, day, and the columns on both sides of `Σ x − Σ z` wherever the limit counts anybody."""
    if not taken:
        return
    for group, day, cells in limit.groups.occurrences(limit.counted.where(limit.groups.spread(limit.active.astype(np.int64)) > 0)):
        yield group, day, cells, taken[group, day]


def _members(limit: Limit, duties: Sequence[Duty], group: int, day: int) -> Iterator[tuple[Unit, Counts, int]]:
    """Counted members of every duty unit inside a capped group, and how many of them are not counted."""
    for k, duty in enumerate(duties):
        inside = (limit.groups.at(duty.person, day) == group) & limit.counted.at(duty.person, day) & duty.open[:, day]
        for unit in np.unique(duty.group[inside]).tolist():
            if duty.count[unit, day] > 0:
                yield (k, unit), duty.person[inside & (duty.group == unit)], int(duty.count[unit, day])


def spared(tallied: Limit | Tally, duties: Sequence[Duty], office: Cells, bounds: Sequence[Counts]) -> Counts:
    """How many people in the office each group and day does not count, as far as that is needed : int64[G, D].

    Up to `count` of each duty unit, nobody twice.

    Parameters
    ----------
    tallied
        The cap, or whom it counts by which groups.
    bounds
        What the headcounts are to come down to, highest first: people are left out for the first of them before the next, and first where
        that brings a group nearer to the next too.
    """
    groups, counted = tallied.groups, tallied.counted
    here = groups.count(counted & office) * tallied.active
    out = np.zeros_like(here)
    for day in np.flatnonzero((here > bounds[-1]).any(axis=0)).tolist():
        apart = _seats_apart(tallied, duties, office, day)
        if apart is not None:
            out[:, day] = np.minimum(apart, np.maximum(here - bounds[-1], 0)[:, day])
            continue
        seats = _seats(tallied, duties, office, day)
        for bound, following in zip(bounds, [*bounds[1:], bounds[-1]], strict=True):
            over = np.flatnonzero(here[:, day] > bound[:, day])
            for group in over[np.argsort((following == bound)[over, day], kind="stable")].tolist():
                while out[group, day] < here[group, day] - bound[group, day] and seats.give(group):
                    out[group, day] += 1
    return out


def still_binding(limit: Limit, view: View) -> Counts:
    """The higher bounds of a limit, infinite where it must hold and nothing can be decided any more : int64[G, D].

    Nobody is left out of the count for the sake of what is past while another group needs it.
    """
    if view.keeper is None or not limit.must:
        return limit.relaxed
    most = limit.relaxed.copy()
    for group, day in np.argwhere(limit.active & view.facts.frozen_days).tolist():
        if view.past([(e, day) for e in limit.people(group, day).tolist()], [day]):
            most[group, day] = INFINITE
    return most


def _seats_apart(tallied: Limit | Tally, duties: Sequence[Duty], office: Cells, day: int) -> Counts | None:
    """How many people each group may leave out where nobody is in two duty units and no unit in two groups : int64[G]; else None."""
    everybody, many = np.arange(len(office)), len(tallied.groups)
    gid = tallied.groups.at(everybody, day)
    may = office[:, day] & tallied.counted.at(everybody, day) & (gid != NO_GROUP)
    seats, times = np.zeros(many, dtype=np.int64), np.zeros(len(gid), dtype=np.int64)
    for duty in duties:
        member = np.flatnonzero(duty.open[:, day] & may[duty.person] & (duty.count[duty.group, day] > 0))
        person, unit = duty.person[member], duty.group[member]
        np.add.at(times, person, 1)
        pair = np.unique(unit * many + gid[person])
        present = np.bincount(unit, minlength=len(duty.count))
        if len(np.unique(pair // many)) < len(pair) or (times > 1).any():
            return None
        np.add.at(seats, pair % many, np.minimum(present, duty.count[:, day])[pair // many])
    return seats * tallied.active[:, day]


class Step(NamedTuple):
    """Somebody gets the seat of a unit that another leaves."""

    person: int
    unit: Unit
    leaves: int


@dataclass
class _Seats:
    """Who is left out of the count for which duty unit on one day.

    Parameters
    ----------
    count
        How many each unit leaves out.
    units_of
        Units of every person who may be left out.
    group_of
        Capped group of each.
    standing
        Who of each group is not left out yet, in row order at first.
    taken
        Who is left out for each unit.
    """

    count: dict[Unit, int] = field(default_factory=dict)
    units_of: dict[int, list[Unit]] = field(default_factory=dict)
    group_of: dict[int, int] = field(default_factory=dict)
    standing: dict[int, dict[int, None]] = field(default_factory=dict)
    taken: dict[Unit, list[int]] = field(default_factory=dict)

    def give(self, group: int) -> bool:
        """Leave one more person of a group out, no other group getting fewer; whether that can be.

        Whoever is in the way moves to another unit, or leaves it to somebody else of the same group. That one may be in somebody's way
        again, in a chain as long as there are people: hence a stack of our own, no recursion.
        """
        came: dict[int, Step | None] = {}
        groups, units = {group}, set[Unit]()
        waiting: list[Iterator[tuple[int, Step | None]]] = [((person, None) for person in self.standing.get(group, ()))]
        while waiting:
            person, step = next(waiting[-1], (None, None))
            if person is None:
                waiting.pop()
            elif person not in came:
                came[person] = step
                for unit in self.units_of[person]:
                    if unit not in units:
                        units.add(unit)
                        if len(self.taken[unit]) < self.count[unit]:
                            self._sit(person, unit, came)
                            return True
                        waiting.append(self._in_the_way(person, unit, groups))
        return False

    def _in_the_way(self, person: int, unit: Unit, groups: set[int]) -> Iterator[tuple[int, Step | None]]:
        """Who may sit elsewhere so that a seat of a full unit is there for somebody: its people, and others of their groups."""
        for other in self.taken[unit]:
            step = Step(person, unit, other)
            yield other, step
            if self.group_of[other] not in groups:
                groups.add(self.group_of[other])
                yield from ((fellow, step) for fellow in self.standing[self.group_of[other]])

    def _sit(self, person: int, unit: Unit, came: Mapping[int, Step | None]) -> None:
        """Give somebody a free seat, and all seats of the chain that led there to the ones before."""
        self.taken[unit].append(person)
        self.standing[self.group_of[person]].pop(person, None)
        step = came[person]
        while step is not None:
            self.taken[step.unit].remove(step.leaves)
            if step.leaves != person:
                self.standing[self.group_of[step.leaves]][step.leaves] = None
            person = step.person
            self.taken[step.unit].append(person)
            self.standing[self.group_of[person]].pop(person, None)
            step = came[person]


def _seats(tallied: Limit | Tally, duties: Sequence[Duty], office: Cells, day: int) -> _Seats:
    """Everybody in the office on one day who may be left out."""
    seats, everybody = _Seats(), np.arange(len(office))
    gid = tallied.groups.at(everybody, day)
    may = office[:, day] & tallied.counted.at(everybody, day) & (gid != NO_GROUP)
    for k, duty in enumerate(duties):
        for member in np.flatnonzero(duty.open[:, day] & may[duty.person] & (duty.count[duty.group, day] > 0)).tolist():
            person, unit = int(duty.person[member]), (k, int(duty.group[member]))
            if tallied.active[gid[person], day]:
                seats.count[unit] = int(duty.count[unit[1], day])
                seats.taken[unit] = []
                if person not in seats.group_of:
                    seats.group_of[person] = int(gid[person])
                    seats.standing.setdefault(int(gid[person]), {})[person] = None
                seats.units_of.setdefault(person, []).append(unit)
    return seats

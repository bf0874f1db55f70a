"""Duty units that share people: who counts for which of them, when nobody counts for two on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells
from giliran.rules.answers import Counts

_SPREAD = 8
"""A table of so many places for each number is quicker than sorting them."""


@dataclass(frozen=True)
class Tangle:
    """Duty groups of a day that share people, directly or through others.

    Parameters
    ----------
    day
        Index of the day.
    groups
        The groups, ascending.
    member_of
        For everybody in E of any of them, those groups, ascending; people ascending.
    """

    day: int
    groups: tuple[int, ...]
    member_of: Mapping[int, tuple[int, ...]]

    def of(self, cells: NDArray[np.bool_]) -> list[int]:
        """People of the tangle who are marked on its day, bool[E, D]."""
        return [person for person in self.member_of if cells[person, self.day]]

    def renumbered(self, row_of: Mapping[int, int]) -> Tangle:
        """The same by other numbers of people, in the same order."""
        return replace(self, member_of={row_of[person]: groups for person, groups in self.member_of.items()})


def tangles(person: Counts, group: Counts, open_: NDArray[np.bool_], asked: NDArray[np.bool_]) -> tuple[Tangle, ...]:
    """The groups that share somebody, day by day.

    Parameters
    ----------
    person, group, open_
        Memberships, and the days on which they hold, as in `Duty`.
    asked
        Groups and days that count : bool[G, D].
    """
    many = _often(person)
    if not many.any():
        return ()
    here = open_ & asked[group]
    found: list[Tangle] = []
    for day in np.flatnonzero((here & many[:, None]).any(axis=0)).tolist():
        members = np.flatnonzero(here[:, day])
        people, times = np.unique(person[members], return_counts=True)
        if (times > 1).any():
            found += _tangles_of_day(day, person[members], group[members], people[times > 1])
    return tuple(found)


def _often(person: Counts) -> NDArray[np.bool_]:
    """Whose person stands there more than once : bool[K]; few people of many are not counted among all."""
    if not len(person) or int(person.max()) < _SPREAD * len(person):
        return np.asarray(np.bincount(person)[person] > 1)
    _, place, times = np.unique(person, return_inverse=True, return_counts=True)
    return np.asarray((times > 1)[place])


def _tangles_of_day(day: int, person: Counts, group: Counts, several: Counts) -> Iterator[Tangle]:
    """Groups joined by those people who are in several of them."""
    root: dict[int, int] = {}

    def top(g: int) -> int:
        while root.get(g, g) != g:
            g = root[g]
        return g

    shared = np.isin(person, several)
    first: dict[int, int] = {}
    for e, g in zip(person[shared].tolist(), group[shared].tolist(), strict=True):
        low, high = sorted((top(first.setdefault(e, g)), top(g)))
        root[low], root[high] = low, low
    groups: dict[int, list[int]] = {}
    for g in sorted(root):
        groups.setdefault(top(g), []).append(g)
    members: dict[int, dict[int, list[int]]] = {g: {} for g in groups}
    inside = np.isin(group, list(root))
    for e, g in sorted(zip(person[inside].tolist(), group[inside].tolist(), strict=True)):
        members[top(g)].setdefault(e, []).append(g)
    for first_group, joined in groups.items():
        yield Tangle(day, tuple(joined), {e: tuple(mine) for e, mine in members[first_group].items()})


def matched(tangle: Tangle, people: Collection[int], want: Mapping[int, int]) -> dict[int, int]:
    """The group that each of some people counts for, so that as few as possible of those wanted are missing.

    Where people are too few, first every group gets one, those of earlier units before those of later ones as far as people reach, then a
    second, and so on. Whoever is not needed is left out.

    Parameters
    ----------
    want
        People wanted in every group.
    """
    people_of: dict[int, list[int]] = {g: [] for g in tangle.groups}
    for e in sorted(people):
        for g in tangle.member_of[e]:
            people_of[g].append(e)
    held: dict[int, int] = {}
    waiting, turn = list(tangle.groups), 0
    while waiting:
        # A group that cannot get one more never can again: an alternating path that is missing now stays missing.
        waiting = [g for g in waiting if want[g] > turn and _gain(g, people_of, held)]
        turn += 1
    return held


def _gain(start: int, people_of: Mapping[int, list[int]], held: dict[int, int]) -> bool:
    """One person more for a group, others moving between their groups if need be; False where that cannot be."""
    reached: dict[int, int] = {}
    through: dict[int, int] = {}
    queue = [start]
    for g in queue:
        for e in people_of[g]:
            if e in reached:
                continue
            reached[e] = g
            if e in held:
                if held[e] != start and held[e] not in through:
                    through[held[e]] = e
                    queue.append(held[e])
                continue
            held[e] = g
            while g != start:
                e, g = through[g], reached[through[g]]
                held[e] = g
            return True
    return False


def filled(tangle: Tangle, held: Mapping[int, int]) -> dict[int, int]:
    """How many people count for every group."""
    out = dict.fromkeys(tangle.groups, 0)
    for g in held.values():
        out[g] += 1
    return out


def named_apart(tangle: Tangle, people: Sequence[int], full: Mapping[int, int], wanted: Mapping[int, int]) -> dict[int, int]:
    """Names of each unit of a tangle. Where those in the office are too few it is no matter which unit stays without: the sum counts.

    Parameters
    ----------
    people
        Those who are named.
    full, wanted
        What each unit needs, and how many those in the office can fill.
    """
    held = matched(tangle, people, full)
    got = filled(tangle, held)
    missing, out = max(sum(wanted.values()) - len(held), 0), dict(wanted)
    for g in tangle.groups:
        fewer = min(missing, max(out[g] - got[g], 0))
        out[g], missing = out[g] - fewer, missing - fewer
    for person in people:
        out[tangle.member_of[person][0]] += person not in held
    return out


def matched_need(person: Counts, group: Counts, open_: NDArray[np.bool_], count: Counts, size: Counts, stuck: Cells) -> Counts:
    """People needed when nobody counts for two groups : int64[G, D]; see `matched` for who is short.

    Parameters
    ----------
    count
        People asked for : int64[G, D].
    size
        People of E : int64[G, D].
    stuck
        Cells of frozen days that stay out of the office: they fill no place among groups that share people : bool[E, D].
    """
    need = np.minimum(count, size)
    for tangle in tangles(person, group, open_, count > 0):
        want = {g: int(need[g, tangle.day]) for g in tangle.groups}
        for g, number in filled(tangle, matched(tangle, tangle.of(~stuck), want)).items():
            need[g, tangle.day] = number
    return need

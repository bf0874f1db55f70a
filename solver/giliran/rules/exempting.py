"""Duty officers whom a cap does not count: as columns that take them out, and as a number of people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells
from giliran.program import ProgramBuilder
from giliran.rules.answers import Counts, Duty, Limit
from giliran.rules.base import Statement


def bypasses(rule: Statement, limit: Limit, duties: Sequence[Duty], group: int, day: int, out: ProgramBuilder) -> list[int]:
    """Columns that together say how many people of a capped group are not counted on a day.

    Per duty group one column `z ≤ present members`, `z ≤ count`. Whoever is a member of several of them has a column `y ≤ x` in each
    instead, of which one may be 1: nobody is left out of the count twice.
    """
    groups = list(_members(limit, duties, group, day))
    people, times = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *(members for members, _ in groups)]), return_counts=True)
    several = people[times > 1]
    days = limit.counted.shape[1]
    found: list[int] = []
    own: dict[int, list[int]] = {person: [] for person in several.tolist()}
    for members, count in groups:
        alone = members[~np.isin(members, several)]
        columns = out.aux([0], [count]).tolist() if len(alone) else []
        if columns:
            _row(rule, out, alone * days + day, columns, group, day)
        for person in members[np.isin(members, several)].tolist():
            [y] = out.aux([0], [1])
            own[person].append(int(y))
            columns.append(int(y))
        if len(columns) > 1:
            out.rows(rule, [len(columns)], np.array(columns, dtype=np.int64), hi=count, group=group, day=day)
        found += columns
    for person, columns in own.items():
        _row(rule, out, np.array([person * days + day]), columns, group, day)
    return found


def _row(rule: Statement, out: ProgramBuilder, cells: Counts, columns: Sequence[int], group: int, day: int) -> None:
    """`Σ cells − Σ columns ≥ 0`."""
    col = np.concatenate([cells, np.array(columns, dtype=np.int64)])
    coef = np.concatenate([np.ones(len(cells), dtype=np.int64), -np.ones(len(columns), dtype=np.int64)])
    out.rows(rule, [len(col)], col, coef=coef, lo=0, group=group, day=day)


def _members(limit: Limit, duties: Sequence[Duty], group: int, day: int) -> Iterator[tuple[Counts, int]]:
    """Counted members of every duty group inside a capped group, and how many of them are not counted."""
    for duty in duties:
        inside = (limit.groups.gid[duty.person, day] == group) & limit.counted[duty.person, day] & duty.open[:, day]
        for unit in np.unique(duty.group[inside]).tolist():
            if duty.count[unit, day] > 0:
                yield duty.person[inside & (duty.group == unit)], int(duty.count[unit, day])


def spared(limit: Limit, duties: Sequence[Duty], office: Cells) -> NDArray[np.int64]:
    """How many people in the office each group and day does not count : int64[G, D].

    The most people who can be left out at once: up to `count` of each duty group, nobody twice.
    """
    out = np.zeros(limit.number.shape, dtype=np.int64)
    here: dict[tuple[int, int], list[tuple[int, list[int]]]] = {}
    for duty in duties:
        present = duty.open & office[duty.person] & limit.counted[duty.person]
        slots: dict[tuple[int, int, int], list[int]] = {}
        for k, day in np.argwhere(present).tolist():
            person = int(duty.person[k])
            slots.setdefault((int(limit.groups.gid[person, day]), day, int(duty.group[k])), []).append(person)
        for (group, day, unit), people in slots.items():
            here.setdefault((group, day), []).append((int(duty.count[unit, day]), people))
    for (group, day), groups in here.items():
        if group >= 0:
            out[group, day] = _most_apart(groups)
    return out


def _most_apart(groups: Sequence[tuple[int, list[int]]]) -> int:
    """The most people who can be given a seat, one each, when group `g` has so many seats for its members."""
    if len({person for _, people in groups for person in people}) == sum(len(people) for _, people in groups):
        return sum(min(seats, len(people)) for seats, people in groups)
    member_of: dict[int, list[int]] = {}
    for g, (_, people) in enumerate(groups):
        for person in people:
            member_of.setdefault(person, []).append(g)
    seated: list[list[int]] = [[] for _ in groups]

    def seat(person: int, tried: set[int]) -> bool:
        for g in member_of[person]:
            if g in tried:
                continue
            tried.add(g)
            if len(seated[g]) < groups[g][0]:
                seated[g].append(person)
                return True
            for other in seated[g]:
                if seat(other, tried):
                    seated[g].remove(other)
                    seated[g].append(person)
                    return True
        return False

    return sum(seat(person, set()) for person in sorted(member_of))

"""Whose places are looked at together: people, pairs, sets and groups, with their cells of the plan and of the days before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.domain.cell_set import find_rows
from giliran.domain.facts import Cells
from giliran.domain.units import NO_UNIT
from giliran.program import Ints
from giliran.rules.groups import NO_GROUP, WHOLE, Groups, unit_above
from giliran.rules.toolkit.near import Near

IN_ANY = 0
"""The group of everybody where people are named."""


@dataclass(frozen=True)
class Subjects:
    """The cells of every subject.

    Parameters
    ----------
    subject, row, time
        A cell of a subject: its number, the person as a row of those whom the rule means, and the day, days before the horizon first :
        int64[M] each, sorted by subject, day and row.
    people
        Rows of everybody of each subject.
    asked
        How many of it there must be for all of it to be there : int64[S]; 0 where whoever works that day is all.
    unit
        Unit of each subject, `NO_UNIT` for several : int64[S].
    """

    subject: Ints
    row: Ints
    time: Ints
    people: tuple[tuple[int, ...], ...]
    asked: Ints
    unit: Ints

    def __len__(self) -> int:
        return len(self.people)

    def only(self, chosen: NDArray[np.bool_]) -> Subjects:
        """Some of them, numbered anew : bool[S]."""
        mine = chosen[self.subject]
        number = np.cumsum(chosen) - 1
        people = tuple(rows for rows, there in zip(self.people, chosen.tolist(), strict=True) if there)
        return Subjects(number[self.subject[mine]], self.row[mine], self.time[mine], people, self.asked[chosen], self.unit[chosen])

    def of(self, chosen: int) -> slice:
        """Where the cells of one of them stand."""
        first, last = np.searchsorted(self.subject, [chosen, chosen + 1])
        return slice(int(first), int(last))


def people_alone(here: Near, meant: Cells) -> Subjects:
    """Every person; `meant` are the cells that count, days before the horizon first : bool[N, P + D]."""
    row, time = np.nonzero(meant)
    many = len(meant)
    none = np.zeros(many, dtype=np.int64)
    unit = here.facts.unit[:, 0].astype(np.int64) if here.facts.num_days else none
    return Subjects(row, row, time, tuple((e,) for e in range(many)), none, unit)


def named_sets(here: Near, meant: Cells, sets: Sequence[Sequence[str]]) -> Subjects:
    """Sets of named people, whoever of them works that day."""
    found = [_rows_of(here, ids) for ids in sets]
    asked = np.array([len(set(ids)) for ids in sets], dtype=np.int64)
    return _gathered(meant, found, asked, np.full(len(found), NO_UNIT, dtype=np.int64))


def whole_groups(here: Near, meant: Cells, groups: Groups, per: str | Sequence[str]) -> Subjects:
    """Groups of `per`, whoever of them works that day."""
    gid = _all_times(here, meant, groups, per)
    row, time = np.nonzero(gid != NO_GROUP)
    subject = gid[row, time]
    order = np.lexsort((row, time, subject))
    subject, row, time = subject[order], row[order], time[order]
    many = len(groups)
    people = tuple(tuple(np.unique(row[subject == g]).tolist()) for g in range(many))
    return Subjects(subject, row, time, people, np.zeros(many, dtype=np.int64), groups.unit.astype(np.int64))


def pairs(here: Near, meant: Cells, gid: Ints, sets: Sequence[Sequence[int]]) -> Subjects:
    """Pairs of people of each set, on the days on which both count and are in one group : int64[N, P + D]."""
    found = sorted({(a, b) for rows in sets for k, a in enumerate(sorted(rows)) for b in sorted(rows)[k + 1 :]})
    one, other = np.array(found, dtype=np.int64).reshape(-1, 2).T
    both = meant[one] & meant[other] & (gid[one] == gid[other]) & (gid[one] != NO_GROUP)
    subject, time = np.nonzero(both)
    row = np.stack([one[subject], other[subject]], axis=1).reshape(-1)
    two = np.full(len(found), 2, dtype=np.int64)
    return Subjects(np.repeat(subject, 2), row, np.repeat(time, 2), tuple(found), two, np.full(len(found), NO_UNIT, dtype=np.int64))


def pairs_of_sets(here: Near, meant: Cells, sets: Sequence[Sequence[str]]) -> Subjects:
    """Every two people of each named set."""
    return pairs(here, meant, np.full(meant.shape, IN_ANY, dtype=np.int64), [_rows_of(here, ids) for ids in sets])


def pairs_of_groups(here: Near, meant: Cells, groups: Groups, per: str | Sequence[str]) -> Subjects:
    """Every two people of each group of `per`."""
    gid = _all_times(here, meant, groups, per)
    return pairs(here, meant, gid, list(members_of(gid, len(groups))))


def members_of(gid: Ints, groups: int) -> Iterator[list[int]]:
    """Rows of whoever is ever in each group."""
    for g in range(groups):
        yield np.flatnonzero((gid == g).any(axis=1)).tolist()


def _rows_of(here: Near, ids: Sequence[str]) -> list[int]:
    index = here.everybody.staff.index
    person = np.array(sorted({index[id_] for id_ in ids if id_ in index}), dtype=np.int64)
    where, there = find_rows(here.part.rows, person)
    return [int(row) for row in where[np.broadcast_to(there, where.shape)]]


def _all_times(here: Near, meant: Cells, groups: Groups, per: str | Sequence[str]) -> Ints:
    """Group of every cell, also before the horizon, when everybody is taken to have stood where its first day shows them."""
    past = meant.shape[1] - here.facts.num_days
    gid = np.full(meant.shape, NO_GROUP, dtype=np.int64)
    gid[:, past:] = np.where(meant[:, past:], groups.gid, NO_GROUP)
    if past:
        above = unit_above(here.facts, per, here.facts.unit[:, 0])
        number = {NO_UNIT if per == WHOLE else int(unit): g for g, unit in enumerate(groups.unit)}
        stood = np.array([number.get(NO_UNIT if per == WHOLE else int(unit), NO_GROUP) for unit in above], dtype=np.int64)
        gid[:, :past] = np.where(meant[:, :past], stood[:, None], NO_GROUP)
    return gid


def _gathered(meant: Cells, sets: Sequence[Sequence[int]], asked: Ints, unit: Ints) -> Subjects:
    group = np.repeat(np.arange(len(sets)), [len(rows) for rows in sets])
    member = np.array([row for rows in sets for row in rows], dtype=np.int64)
    place, time = np.nonzero(meant[member])
    order = np.lexsort((member[place], time, group[place]))
    return Subjects(group[place][order], member[place][order], time[order], tuple(map(tuple, sets)), asked, unit)


Bits = NDArray[np.bool_]

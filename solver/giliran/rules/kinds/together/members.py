"""Who of each set is there on each day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Facts
from giliran.domain.selection import Selector, select_cells
from giliran.program import Ints
from giliran.program.segments import owners_of, starts_of
from giliran.rules.groups import Groups, group_cells
from giliran.rules.view import View


@dataclass(frozen=True)
class Members:
    """Occurrences, a set on a day on which two or more of it are there, with these people.

    Parameters
    ----------
    group, day
        Set and day of each occurrence : int64[K] each, sorted by set and day.
    start
        `person[start[k]:start[k + 1]]` are the people of occurrence `k` : int64[K + 1].
    person
        People in row order : int64[M].
    groups
        The groups that the sets are, None for sets of named or tagged people.
    """

    group: Ints
    day: Ints
    start: Ints
    person: Ints
    groups: Groups | None

    def __len__(self) -> int:
        return len(self.group)

    @property
    def size(self) -> Ints:
        """People of each occurrence : int64[K]."""
        return np.asarray(np.diff(self.start))

    @property
    def owner(self) -> Ints:
        """The occurrence of each person : int64[M]."""
        return owners_of(self.start)

    def people(self, k: int) -> list[int]:
        """People of one occurrence."""
        return [int(e) for e in self.person[self.start[k] : self.start[k + 1]]]

    def settled(self, view: View, k: int) -> tuple[tuple[int, int], ...]:
        """Cells of one occurrence that the past decides."""
        day = int(self.day[k])
        return tuple((e, day) for e in self.people(k) if view.settled[e, day])

    def where(self, kept: NDArray[np.bool_]) -> Members:
        """Some of the occurrences : bool[K]."""
        size = self.size
        entries = np.repeat(kept, size)
        return Members(self.group[kept], self.day[kept], starts_of(size[kept]), self.person[entries], self.groups)

    def by_set(self, chosen: NDArray[np.bool_]) -> list[list[int]]:
        """Chosen occurrences by their set : bool[K]."""
        which = np.flatnonzero(chosen)
        cuts = np.flatnonzero(np.diff(self.group[which])) + 1
        return [some.tolist() for some in np.split(which, cuts)] if len(which) else []


def members_of_groups(facts: Facts, per: str | Sequence[str], cells: CellSet) -> Members:
    """The people of each group of some cells."""
    groups = group_cells(facts, per, cells)
    group, day, size, col = groups.columns(cells)
    return _two_or_more(group, day, size, col // facts.num_days, groups)


def members_of_names(facts: Facts, sets: Sequence[Sequence[str]], cells: CellSet) -> Members:
    """The people named, as far as they are known and stand in some cells."""
    known = [sorted({facts.staff.index[id_] for id_ in ids if id_ in facts.staff.index}) for ids in sets]
    group = np.repeat(np.arange(len(known)), [len(people) for people in known])
    person = np.array([e for people in known for e in people], dtype=np.int64)
    member, day = np.nonzero(cells.cells_of(person))
    return _sorted(group[member], person[member], day)


def members_of_tags(facts: Facts, tags: Sequence[str], cells: CellSet) -> Members:
    """The people of each tag who stand in some cells."""
    person, day = cells.spots()
    posting = facts.posting[person, day]
    inside = [np.flatnonzero(select_cells(facts, (Selector(tags=(tag,)),), posting)) for tag in tags]
    group = np.repeat(np.arange(len(tags)), [len(some) for some in inside])
    entries = np.concatenate([np.zeros(0, dtype=np.int64), *inside])
    return _sorted(group, person[entries], day[entries])


def _sorted(group: Ints, person: Ints, day: Ints) -> Members:
    order = np.lexsort((person, day, group))
    group, person, day = group[order], person[order], day[order]
    first = np.flatnonzero((np.diff(group, prepend=-1) != 0) | (np.diff(day, prepend=-1) != 0))
    return _two_or_more(group[first], day[first], np.diff(first, append=len(group)), person, None)


def _two_or_more(group: Ints, day: Ints, size: Ints, person: Ints, groups: Groups | None) -> Members:
    return Members(group, day, starts_of(size), person, groups).where(size > 1)


def over(members: Members, view: View) -> NDArray[np.bool_]:
    """Occurrences about which nothing can be decided any more, or whose people of the past are parted whoever follows them : bool[K]."""
    if view.keeper is None or not len(members):
        return np.zeros(len(members), dtype=np.bool_)
    where, first = (members.person, members.day[members.owner]), members.start[:-1]
    settled, away = view.settled[where], view.stuck[where]
    parted = np.logical_or.reduceat(away, first) & np.logical_or.reduceat(settled & ~away, first)
    whole = np.logical_and.reduceat(settled, first)
    return np.asarray((whole | parted) & np.logical_or.reduceat(view.kept[where], first))

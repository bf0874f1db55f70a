"""Cohorts that do not meet: who is in which, and how many of them come on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Cells, Facts
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Selector, select
from giliran.program import Cost, Ints, ProgramBuilder
from giliran.rules.base import Statement
from giliran.rules.groups import NO_GROUP, Groups, group_cells
from giliran.rules.view import View

IN_NONE = -1
"""Stands for the cohort of somebody who is in none."""


@dataclass(frozen=True)
class Cohorts:
    """Everybody's cohort.

    Parameters
    ----------
    groups
        Groups that keep their cohorts apart each by itself; only cells in a cohort belong to one.
    cohort
        Cohort of each cell : int64[E, D], `IN_NONE` outside all.
    number
        Number of cohorts `C`.
    twice
        Cells in several cohorts : bool[E, D].
    """

    groups: Groups
    cohort: Ints
    number: int
    twice: Cells

    def __len__(self) -> int:
        return len(self.groups)

    def count(self, cells: Cells) -> Ints:
        """Chosen cells of each group, cohort and day : int64[G, C, D]."""
        days = cells.shape[1]
        e, d = np.nonzero(cells & (self.groups.gid != NO_GROUP))
        flat = (self.groups.gid[e, d].astype(np.int64) * self.number + self.cohort[e, d]) * days + d
        return np.bincount(flat, minlength=len(self) * self.number * days).reshape(len(self), self.number, days).astype(np.int64)

    def planned(self, facts: Facts, schedule: Schedule) -> NDArray[np.bool_]:
        """Groups and days all of whose present people have a place : bool[G, D]."""
        return np.asarray(self.groups.count(facts.present & (schedule.place == Place.NONE)) == 0)

    def cells(self, group: int, day: int) -> tuple[tuple[int, int], ...]:
        """Person and day of everybody in a cohort of one group and day."""
        return tuple((e, day) for e in self.groups.members(group, day).tolist())

    def compile(self, owner: Statement, view: View, out: ProgramBuilder, cost: Cost | None) -> None:
        """A 0/1 column per cohort and day that says whether anybody of it may come; at most one of them may be 1.

        Groups and days about which nothing can be decided any more get none, where this must hold.
        """
        facts = view.facts
        there = self.count(facts.present) > 0
        apart = there.sum(axis=1) > 1
        if cost is None:
            for g, t in np.argwhere(apart & facts.frozen_days).tolist():
                apart[g, t] = not view.past(self.cells(g, t), [t])
        group, cohort, day = np.nonzero(there & apart[:, None, :])
        column = np.zeros(there.shape, dtype=np.int64)
        column[group, cohort, day] = opened = out.binary(len(group))
        gid = self.groups.gid
        e, d = np.nonzero(facts.present & (gid != NO_GROUP))
        kept = apart[gid[e, d], d]
        e, d = e[kept], d[kept]
        out.difference(owner, out.cell(e, d), column[gid[e, d], self.cohort[e, d], d], hi=0, group=gid[e, d], day=d, person=e)
        together = np.lexsort((cohort, day, group))
        place = np.argwhere(apart)
        size = there.sum(axis=1)[place[:, 0], place[:, 1]]
        out.rows(owner, size, opened[together], hi=1, cost=cost, group=place[:, 0], day=place[:, 1])


def find_cohorts(facts: Facts, cells: Cells, per: str | Sequence[str], selections: Sequence[tuple[Selector, ...]]) -> Cohorts:
    """Everybody's cohort; of several the first one counts."""
    cohort = np.full(facts.shape, IN_NONE, dtype=np.int64)
    number = np.zeros(facts.shape, dtype=np.int64)
    for k, selection in reversed(list(enumerate(selections))):
        inside = cells & select(facts, selection)[facts.posting]
        cohort[inside] = k
        number += inside
    return Cohorts(group_cells(facts, per, CellSet.whole(cells & (cohort != IN_NONE))), cohort, len(selections), number > 1)

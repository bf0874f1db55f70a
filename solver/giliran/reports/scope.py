"""A part of a plan: some of its people, some of its days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import NO_TEAM, Facts
from giliran.domain.finding import Finding
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.sealing import Sealed
from giliran.domain.units import NO_UNIT

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Scope(Sealed):
    """Whom and which days a report is about.

    Parameters
    ----------
    people, days
        bool[E] and bool[D].
    """

    people: Bools
    days: Bools

    @classmethod
    def whole(cls, facts: Facts) -> Scope:
        """Everybody, every day."""
        return cls(np.ones(facts.num_people, dtype=np.bool_), np.ones(facts.num_days, dtype=np.bool_))

    def on(self, facts: Facts, day: dt.date) -> Scope:
        """The same people on one day."""
        return Scope(self.people, np.array([other == day for other in facts.dates], dtype=np.bool_))

    def of(self, people: Bools) -> Scope:
        """Those of the people who are among some : bool[E], on the same days."""
        return Scope(self.people & people, self.days)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return bool(self.people.all() and self.days.all())

    def tells(self, finding: Finding, facts: Facts) -> bool:
        """Whether a finding is about somebody here on one of these days; what is about nobody in particular is about everybody."""
        if finding.days and not self.days[list(finding.days)].any():
            return False
        if finding.people:
            return bool(self.people[list(finding.people)].any())
        if finding.unit == NO_UNIT:
            return True
        below = np.isin(facts.unit[self.people], facts.units.below(finding.unit))
        return bool(below.any())

    def part_of(self, schedule: Schedule) -> Schedule:
        """The schedule with no places and no names but those of these people and days."""
        cells = self.people[:, None] & self.days[None, :]
        place = np.where(cells, schedule.place, np.int8(Place.NONE)).astype(np.int8)
        duty = {rule: table & cells for rule, table in schedule.duty.items()}
        team = {rule: np.where(self.people, teams, np.int16(NO_TEAM)).astype(np.int16) for rule, teams in schedule.team.items()}
        return Schedule(place, duty, team)


def by_level(facts: Facts, levels: Sequence[str]) -> Iterator[tuple[int, Bools]]:
    """Every unit of some levels with its people : bool[E], in the order of the units; last those of none, as `NO_UNIT`, if there are any.

    People belong where they work on their first day.
    """
    working = facts.has_cell.any(axis=1)
    first = facts.has_cell.argmax(axis=1)
    unit = facts.unit[np.arange(facts.num_people), first]
    above = np.asarray(facts.units.nearest(levels))[unit]
    for root in sorted(set(above[working].tolist()) - {NO_UNIT}):
        yield root, np.asarray(working & (above == root))
    if (working & (above == NO_UNIT)).any():
        yield NO_UNIT, np.asarray(working & (above == NO_UNIT))

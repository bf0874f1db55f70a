"""People who come on the same days; as a `should` rule it ties auxiliary columns by soft rows alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from giliran.domain.finding import Finding
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Word
from giliran.domain.units import NO_UNIT
from giliran.messages import Said, Sentence
from giliran.program import ProgramBuilder
from giliran.rules.base import Rule
from giliran.rules.toolkit.personal import names_text
from giliran.rules.view import View

PARTED = Sentence(
    en="{people}, {day}: in the office {office}, not {home}; all of them come or none",
    id="{people}, {day}: WFO {office}, tidak WFO {home}; semuanya WFO atau tidak seorang pun",
)
DESCRIBED = Sentence(en="The people of each set are in the office on the same days.", id="Pegawai satu kelompok WFO pada hari yang sama.")


class SideBySide(Rule):
    """The people of a set are in the office on the same days.

    Parameters
    ----------
    sets
        Sets of staff ids.

    Notes
    -----
    Meaning: of the people of a set who are present that day all are in the office or none. A day counts as often as people would have
    to change their place: the fewer of those in the office and those not.
    Formula: ``x[i, d] = z[S, d]`` for every i in S who is present.
    Source: no circular.

    Kept: three in one car, `110 110 110`.
    Broken by 1: `110 100 110`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="The people of a set are in the office on the same days.", id="Pegawai dalam satu kelompok WFO pada hari yang sama."
    )
    example: ClassVar[Mapping[str, Any]] = {"sets": [["A", "B", "C"]]}

    kind: Literal["side_by_side"] = "side_by_side"
    sets: Annotated[tuple[Annotated[tuple[Word, ...], Field(min_length=1)], ...], Field(min_length=1)]

    def _present(self, view: View) -> Iterator[tuple[int, int, list[int]]]:
        """Set, day and rows of those present, where they are two or more."""
        cells = view.cells(self) & view.facts.present
        for group, ids in enumerate(self.sets):
            people = np.array([view.facts.staff.index[id_] for id_ in ids])
            for day in range(view.facts.num_days):
                there = people[cells[people, day]].tolist()
                if len(there) > 1:
                    yield group, day, there

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """A 0/1 column per set and day that says whether they come, and a row that ties everybody to it."""
        for group, day, people in self._present(view):
            out.same(self, out.cell(people, day), out.binary(1), cost=view.cost(self), group=group, day=day, person=people)

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Every set and day with people in the office and people not."""
        for _, day, people in self._present(view):
            place = schedule.place[people, day]
            office = int((place == Place.OFFICE).sum())
            parted = min(office, len(people) - office)
            if parted and Place.NONE not in place:
                who = names_text(view.facts, people)
                said = PARTED(people=who, day=view.facts.dates[day], office=office, home=len(people) - office)
                yield self.finding(self.strength, parted, said, unit=NO_UNIT, days=(day,), people=tuple(people))

    def describe(self, view: View) -> Said:
        """The rule in one sentence."""
        return DESCRIBED()

"""Few changes between office and home inside a week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from giliran.domain.calendar import week_of
from giliran.domain.facts import Cells
from giliran.domain.place import DayKind, Place
from giliran.domain.schedule import Schedule
from giliran.messages import Said, Sentence
from giliran.program import ProgramBuilder
from giliran.rules.answers import CostUnit
from giliran.rules.base import Goal
from giliran.rules.view import View

DESCRIBED = Sentence(
    en="As few changes between office and home inside a week as possible.",
    id="Pergantian WFO dan WFH dalam satu minggu sesedikit mungkin.",
)
MORE_CHANGES = Sentence(en="{count} more {count:change|changes} between office and home", id="pergantian WFO dan WFH bertambah {count}")
FEWER_CHANGES = Sentence(en="{count} fewer {count:change|changes} between office and home", id="pergantian WFO dan WFH berkurang {count}")


class SmoothWeeks(Goal):
    """Few changes between office and home from one working day to the person's next in the same week.

    Notes
    -----
    Meaning: a change is counted between a working day of the person and the next one in the same ISO week; days of absence, days off and
    call days lie between two neighbours without parting them.
    Formula: ``Σ_i Σ_d |x[i, d] − x[i, next(d)]|``.
    Source: own; it spares commuting.

    Kept at 1: one change, `11000`.
    Broken by 3: four changes, `10101`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="Few changes between office and home from one working day to the person's next in the same week.",
        id="Sesedikit mungkin pergantian WFO dan WFH dari satu hari kerja pegawai ke hari kerja berikutnya dalam minggu yang sama.",
    )
    example: ClassVar[Mapping[str, Any]] = {}
    own_tiers: ClassVar[tuple[tuple[str, int], ...]] = (("smooth_weeks", 50),)
    tier_words: ClassVar[Mapping[str, Sentence]] = {
        "smooth_weeks": Sentence(en="switches of place within a week", id="pergantian tempat dalam satu minggu")
    }

    kind: Literal["smooth_weeks"] = "smooth_weeks"

    def cost_units(self) -> Iterator[tuple[str, CostUnit]]:
        """Changes."""
        yield self.tier_name, CostUnit(self.weight, MORE_CHANGES, FEWER_CHANGES)

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """A switch per pair of neighbours."""
        cells = self._working(view)
        person, day = np.nonzero(cells)
        week = _weeks(view)[day]
        together = (person[1:] == person[:-1]) & (week[1:] == week[:-1])
        column = out.cell(person, day)
        out.switch(column[:-1][together], column[1:][together], view.cost_in(self.tier_name, self.weight))

    def _working(self, view: View) -> Cells:
        """Working days of present people : bool[E, D]."""
        return np.asarray(view.cells(self) & view.facts.present & (view.facts.kind == DayKind.WORK))

    def values(self, view: View, schedule: Schedule) -> Mapping[str, int]:
        """Changes, walking through the days with everybody's last place of the week at hand; pairs not planned are not counted."""
        cells, week = self._working(view), _weeks(view)
        last = np.full(view.facts.num_people, Place.NONE, dtype=np.int8)
        changes = 0
        for day in range(view.facts.num_days):
            if day and week[day] != week[day - 1]:
                last[:] = Place.NONE
            now = schedule.place[:, day]
            known = cells[:, day] & (last != Place.NONE) & (now != Place.NONE)
            changes += int((known & ((now == Place.OFFICE) != (last == Place.OFFICE))).sum())
            last = np.where(cells[:, day], now, last)
        return {self.tier_name: self.weight * changes}

    def describe(self, view: View) -> Said:
        """The goal in one sentence."""
        return DESCRIBED()


def _weeks(view: View) -> NDArray[np.int64]:
    """A number per ISO week : int64[D]."""
    return np.array([year * 100 + week for year, week in (week_of(day) for day in view.facts.dates)], dtype=np.int64)

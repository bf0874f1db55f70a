"""How many days in a row somebody is in the office, or at home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from giliran.domain.finding import Finding
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Number
from giliran.messages import Percent, Said, Sentence
from giliran.program import Cost, Ints, ProgramBuilder
from giliran.rules.answers import Side
from giliran.rules.base import Rule
from giliran.rules.edits import Edit, numbers
from giliran.rules.kinds.consecutive.runs import Breaks, Mark, Timeline, Windows, timeline, windows
from giliran.rules.toolkit.personal import name_of, place_text
from giliran.rules.view import View
from giliran.text import TextError

TOO_LONG = Sentence(
    en="{person}, {first} to {last}: days in a row {place}: {length}, {over} too many (at most {max})",
    id="{person}, {first} sampai {last}: {place} {length} hari berturut-turut, lebih {over} (paling banyak {max})",
)
TOO_SHORT = Sentence(
    en="{person}, {first} to {last}: days in a row {place}: {length}, {missing} too few (at least {min})",
    id="{person}, {first} sampai {last}: {place} {length} hari berturut-turut, kurang {missing} (paling sedikit {min})",
)
OCCURRENCE = Sentence(en="{person}, up to {day}: {rule}", id="{person}, sampai {day}: {rule}")
AT_MOST = Sentence(en="At most {max} {max:day|days} in a row {place}.", id="Paling banyak {max} hari berturut-turut {place}.")
AT_LEAST = Sentence(
    en="Whoever is {place} is so on at least {min} {min:day|days} in a row.",
    id="Siapa pun yang {place} menjalaninya paling sedikit {min} hari berturut-turut.",
)
BETWEEN = Sentence(
    en="Whoever is {place} is so on at least {min} and at most {max} {max:day|days} in a row.",
    id="Siapa pun yang {place} menjalaninya paling sedikit {min} dan paling banyak {max} hari berturut-turut.",
)
NEITHER = Sentence(en="give `max`, `min` or both", id="isi `max`, `min`, atau keduanya")
CROSSED = Sentence(en="`min` {min} is above `max` {max}", id="`min` {min} lebih besar daripada `max` {max}")

LEAST = {"max": 1, "min": 2}
"""Shortest runs that can be asked for."""


@dataclass(frozen=True)
class Run:
    """Days in a row at the place, as positions in a timeline.

    Parameters
    ----------
    times
        At least one, in their order.
    begin
        Position of the last day before it that is not passed over; -1 if there is none.
    end
        Position of the day that ended it; the length of the timeline if none did.
    closed
        A day at the other place stands directly before it and directly after it.
    """

    times: tuple[int, ...]
    begin: int
    end: int
    closed: bool


class Consecutive(Rule):
    """Longest and shortest runs of days in the office, or at home.

    Parameters
    ----------
    place
        `office` or `home`.
    max, min
        Most and fewest days in a row; one of them, or both.
    weekends_break, holidays_break
        Whether weekends and holidays break a run; otherwise Friday is followed by Monday.

    Notes
    -----
    Meaning: a person's working days follow each other; an absence and a day outside employment always break a run, a part-timer's day
    off never does, and days that the rule does not mean (call days, unless named) are passed over. Runs begin in the published plan. A
    run is too short only if a day at the other place stands on both sides: one cut off by an absence, a break or the end of the plan may
    go on.
    Formula: ``Σ x ≤ max`` over every `max` + 1 days in a row; for ``r < min`` never ``(0, 1, …, 1, 0)`` with `r` ones (at home, the
    other way round). A soft rule costs 1 for each day too many, and `min − r` for a short run.
    Source: no circular; agencies' own rules, so that days in the office come neither all at once nor one by one.

    Kept: at most two days in a row, `11011`.
    Broken by 1: `11101`.
    Broken by 1: one day alone between two at home, with `min: 2`, `11010`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="Longest and shortest runs of days in the office, or at home.",
        id="Paling banyak dan paling sedikit hari berturut-turut WFO, atau WFH.",
    )
    example: ClassVar[Mapping[str, Any]] = {"place": "office", "max": 2}

    kind: Literal["consecutive"] = "consecutive"
    place: Side
    max: Number | None = Field(default=None, ge=LEAST["max"])
    min: Number | None = Field(default=None, ge=LEAST["min"])
    weekends_break: bool = False
    holidays_break: bool = False

    @model_validator(mode="after")
    def _limits_agree(self) -> Consecutive:
        if self.max is None and self.min is None:
            raise TextError(NEITHER())
        if self.max is not None and self.min is not None and self.min > self.max:
            raise TextError(CROSSED(min=self.min, max=self.max))
        return self

    def eased(self, by: int, unit: str = "") -> Mapping[str, Self]:
        """The longest run so many days longer; the shortest one so many shorter."""
        changed = {"max": None if self.max is None else self.max + by, "min": None if self.min is None else self.min - by}
        found = {name: self.limited(days, name) for name, days in changed.items() if days is not None and not unit}
        return {name: rule for name, rule in found.items() if rule is not None}

    def limited(self, amount: int | Percent, field: str) -> Self | None:
        """Another longest or shortest run, where the two agree."""
        if isinstance(amount, Percent) or amount < LEAST[field]:
            return None
        other = self.model_copy(update={field: amount})
        return None if other.max is not None and other.min is not None and other.min > other.max else other

    def _line(self, view: View) -> Timeline:
        return timeline(self, view, self.place, Breaks(self.weekends_break, self.holidays_break))

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """One row for every window that may not show its pattern."""
        line, cost = self._line(view), view.cost(self)
        days = line.marks.shape[1]
        if self.max is not None and self.max < days:
            self._forbid(windows(line, [True] * (self.max + 1)), view, out, cost)
        for length in range(1, min(self.min or 1, days)):
            missing = (self.min or 1) - length
            dearer = None if cost is None else Cost(cost.tier, cost.weight * missing)
            self._forbid(windows(line, [False, *[True] * length, False]), view, out, dearer)

    def _forbid(self, found: Windows, view: View, out: ProgramBuilder, cost: Cost | None) -> None:
        """Rows `Σ_{wanted 1} x − Σ_{wanted 0} x ≤ ones − 1`."""
        ones = found.at if self.place is Side.OFFICE else ~found.at
        col = out.cell(found.person_of, found.day_of)
        window = np.repeat(np.arange(len(found.size)), found.size)
        most = np.bincount(window[ones], minlength=len(found.size)) - 1
        coef: Ints = np.where(ones, np.int64(1), np.int64(-1))
        out.rows(self, found.size, col, coef=coef, hi=most, cost=cost, day=found.last, person=found.person)

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Every run that is too long or too short."""
        line = self._line(view)
        at = schedule.place[line.index]
        open_, planned = line.marks == Mark.OPEN, at != Place.NONE
        place = Place.OFFICE if self.place is Side.OFFICE else Place.HOME
        now = np.where(planned, np.where(at == place, Mark.AT, Mark.OTHER), Mark.BREAK)
        marks = line.marks.copy()
        marks[:, line.past :] = np.where(open_[:, line.past :], now, marks[:, line.past :])
        for row in np.flatnonzero((marks == Mark.AT).any(axis=1)).tolist():
            e = int(line.index[row])
            for run in _runs(marks[row].tolist()):
                if run.times[-1] >= line.past or (run.closed and run.end >= line.past):
                    yield from self._judge(view, e, run, line.past)

    def _judge(self, view: View, e: int, run: Run, past: int) -> Iterator[Finding]:
        facts, length = view.facts, len(run.times)
        earlier = sum(t < past for t in run.times)
        over = 0 if self.max is None else length - max(self.max, earlier)
        missing = 0 if self.min is None or not run.closed else self.min - length
        if over <= 0 and missing <= 0:  # nearly every run: no words for it
            return
        dates = (*facts.past_dates, *facts.dates)
        place = place_text(Place.OFFICE if self.place is Side.OFFICE else Place.HOME)
        said = {"person": name_of(facts, e), "place": place, "length": length}
        said |= {"first": dates[run.times[0]], "last": dates[run.times[-1]]}
        days = tuple(t - past for t in run.times if t >= past) or (run.end - past,)
        where: dict[str, Any] = {"unit": int(facts.unit[e, days[0]]), "days": days, "people": (e,)}
        if over > 0:
            told = TOO_LONG(over=over, max=self.max, **said)
            yield self.finding(self.strength, over, told, **where, cells=self._deciding(view, e, run, past))
        if missing > 0:
            here = [t - past for t in (run.begin, *run.times, run.end) if t >= past]
            where |= {"cells": tuple((e, d) for d in here)}
            yield self.finding(self.strength, missing, TOO_SHORT(missing=missing, min=self.min, **said), **where)

    def _deciding(self, view: View, e: int, run: Run, past: int) -> tuple[tuple[int, int], ...]:
        """Cells of the first stretch of `max` + 1 days that is still to be decided; of the last one if none is."""
        assert self.max is not None
        stretches = [run.times[k : k + self.max + 1] for k in range(len(run.times) - self.max)]
        cells = [tuple((e, t - past) for t in stretch if t >= past) for stretch in stretches if stretch[-1] >= past]
        return next((some for some in cells if not view.past(some, [d for _, d in some])), cells[-1])

    def edits(self, view: View) -> Iterator[Edit]:
        """Longer runs, or shorter ones."""
        if self.max is not None:
            yield numbers("max", range(self.max + 1, len(view.facts.past_dates) + view.facts.num_days + 1))
        if self.min is not None:
            yield numbers("min", range(self.min - 1, 1, -1))
        yield from super().edits(view)

    def occurrence(self, view: View, group: int, day: int, person: int) -> Said:
        """The rule for one person and the days up to one."""
        if person < 0:
            return self.describe(view)
        return OCCURRENCE(person=name_of(view.facts, person), day=view.facts.dates[day], rule=self.describe(view))

    def describe(self, view: View) -> Said:
        """The rule in one sentence."""
        place = place_text(Place.OFFICE if self.place is Side.OFFICE else Place.HOME)
        if self.max is not None and self.min is not None:
            return BETWEEN(min=self.min, max=self.max, place=place)
        return AT_LEAST(min=self.min, place=place) if self.max is None else AT_MOST(max=self.max, place=place)


def _runs(marks: list[int]) -> Iterator[Run]:
    """Runs of one person, in their order."""
    times: list[int] = []
    opened, begin = False, -1
    for t, mark in enumerate([*marks, Mark.BREAK]):
        if mark == Mark.AT:
            times.append(t)
        elif mark != Mark.SKIP:
            if times:
                yield Run(tuple(times), begin, t, opened and mark == Mark.OTHER)
            times, opened, begin = [], mark == Mark.OTHER, t

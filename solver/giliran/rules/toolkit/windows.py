"""Stretches of time as windows over the horizon's days, with what the published plan says before it and calendars say after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Discriminator, Field, Tag

from giliran.domain.calendar import date_range
from giliran.domain.facts import Cells, Facts
from giliran.domain.place import DayKind, Place
from giliran.domain.selection import ALL_DAYS, Date, Model, WholeNumber, select_cells
from giliran.messages import Said, Sentence
from giliran.rules.base import Statement
from giliran.rules.toolkit.near import Near

WEEK_OF = Sentence(en="week from {first}", id="minggu mulai {first}")
WEEKEND_OF = Sentence(en="weekend from {first}", id="akhir pekan mulai {first}")
MONTH_OF = Sentence(en="month from {first}", id="bulan mulai {first}")
FROM_TO = Sentence(en="{first} to {last}", id="{first} sampai {last}")
PER_WEEK = Sentence(en="per week", id="per minggu")
PER_WEEKEND = Sentence(en="per weekend", id="per akhir pekan")
PER_FORTNIGHT = Sentence(en="per fortnight", id="per dua minggu")
PER_MONTH = Sentence(en="per month", id="per bulan")
PER_HORIZON = Sentence(en="over the whole plan", id="sepanjang jadwal")
PER_DAYS = Sentence(en="per {days} calendar {days:day|days}, counted from {anchor}", id="per {days} hari kalender, dihitung dari {anchor}")

SATURDAY = 5
WEEK_DAYS, FORTNIGHT_DAYS = 7, 14
LONGEST = 366
"""Most calendar days of a window of one's own: a year."""

Dates = tuple[dt.date, dt.date]
"""A first and a last date."""


class Span(StrEnum):
    """Over which time days are counted.

    Weeks begin on Monday, weekends are Saturday and Sunday, and fortnights are two weeks each, the first of them that in which the horizon
    begins and the one after.
    """

    WEEK = "week"
    WEEKEND = "weekend"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    HORIZON = "horizon"

    def bounds(self, day: dt.date, horizon: Sequence[dt.date]) -> Dates | None:
        """First and last date of the span that a day of the horizon lies in; None where it lies in none."""
        if self is Span.HORIZON:
            return horizon[0], horizon[-1]
        if self is Span.MONTH:
            first = day.replace(day=1)
            return first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        if self is Span.FORTNIGHT:
            return _stretch(day, FORTNIGHT_DAYS, _monday(horizon[0]))
        monday = _monday(day)
        if self is Span.WEEK:
            return monday, monday + dt.timedelta(days=WEEK_DAYS - 1)
        return (monday + dt.timedelta(days=SATURDAY), monday + dt.timedelta(days=WEEK_DAYS - 1)) if day.weekday() >= SATURDAY else None

    @property
    def text(self) -> Said:
        """How a rule over this span is told: "per week"."""
        return {
            Span.WEEK: PER_WEEK,
            Span.WEEKEND: PER_WEEKEND,
            Span.FORTNIGHT: PER_FORTNIGHT,
            Span.MONTH: PER_MONTH,
            Span.HORIZON: PER_HORIZON,
        }[self]()


class Period(Model):
    """Windows of `days` calendar days one after another, one of which begins on `anchor`, before the horizon, in it or after it."""

    days: Annotated[WholeNumber, Field(ge=1, le=LONGEST)]
    anchor: Date

    def bounds(self, day: dt.date, horizon: Sequence[dt.date]) -> Dates:
        """First and last date of the window that a day lies in."""
        return _stretch(day, self.days, self.anchor)

    @property
    def text(self) -> Said:
        """How a rule over such windows is told."""
        return PER_DAYS(days=self.days, anchor=self.anchor)


Over = Annotated[
    Annotated[Span, Tag("[word]")] | Annotated[Period, Tag("[days]")],
    Discriminator(lambda value: "[days]" if isinstance(value, (Mapping, Period)) else "[word]"),
]
"""Over which time days are counted, as a file writes it: `week`, or `{days: 14, anchor: 2021-07-12}`."""


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _stretch(day: dt.date, length: int, anchor: dt.date) -> Dates:
    """First and last of the `length` days in which a day lies, where one such stretch begins on `anchor`."""
    first = day - dt.timedelta(days=(day - anchor).days % length)
    return first, first + dt.timedelta(days=length - 1)


@dataclass(frozen=True)
class Window:
    """One week, one month, the horizon, or another stretch of time.

    Parameters
    ----------
    over
        Which kind of stretch.
    first, last
        Its dates, also where they lie outside the horizon.
    days
        Indices of its days in the horizon : int64[·], at least one.
    past
        Indices of its days in `Facts.past_dates` : int64[·].
    """

    over: Over
    first: dt.date
    last: dt.date
    days: NDArray[np.int64]
    past: NDArray[np.int64]

    @property
    def label(self) -> Said:
        """How a report names the window."""
        begun = {Span.WEEK: WEEK_OF, Span.WEEKEND: WEEKEND_OF, Span.MONTH: MONTH_OF}
        if isinstance(self.over, Span) and self.over in begun:
            return begun[self.over](first=self.first)
        return FROM_TO(first=self.first, last=self.last)


def windows_of(facts: Facts, over: Over) -> tuple[Window, ...]:
    """The windows that the horizon touches, in their order; days that lie in none are in none."""
    bounds = sorted({found for day in facts.dates if (found := over.bounds(day, facts.dates)) is not None})
    return tuple(
        Window(over, first, last, _within(facts.dates, first, last), _within(facts.past_dates, first, last)) for first, last in bounds
    )


def _within(dates: Sequence[dt.date], first: dt.date, last: dt.date) -> NDArray[np.int64]:
    return np.array([k for k, day in enumerate(dates) if first <= day <= last], dtype=np.int64)


def reached_before(rule: Statement, here: Near) -> Cells:
    """Cells before the horizon that a rule means and for which the published plan gives a place : bool[N, P].

    Everybody is taken to have stood then where the horizon's first day shows them.
    """
    facts = here.facts
    if not facts.past_dates:
        return np.zeros((facts.num_people, 0), dtype=np.bool_)
    posting = facts.posting[:, 0]
    on_call = (facts.past == Place.OFF) | (_calendar_kinds(facts, posting, facts.past_dates) == DayKind.CALL)
    kind = np.where(on_call, DayKind.CALL, DayKind.WORK)
    return _meant(rule, here, posting, facts.past_dates, np.where(facts.past == Place.NONE, DayKind.NONE, kind))


def reaches_beyond(rule: Statement, here: Near, window: Window) -> NDArray[np.bool_]:
    """People for whom a window has days after the horizon that a rule will mean : bool[N]."""
    facts = here.facts
    last = facts.dates[-1]
    if window.last <= last:
        return np.zeros(facts.num_people, dtype=np.bool_)
    later = date_range(last + dt.timedelta(days=1), window.last)
    posting = facts.posting[:, -1]
    kind = _calendar_kinds(facts, posting, later)
    weekdays = np.array([1 << day.weekday() for day in later], dtype=np.int64)
    part_time_off = (facts.postings.workdays[posting].astype(np.int64)[:, None] & weekdays) == 0
    kind = np.where((kind == DayKind.WORK) & part_time_off, DayKind.NONE, kind)
    return np.asarray(_meant(rule, here, posting, later, kind).any(axis=1))


def _meant(rule: Statement, here: Near, posting: NDArray[np.int32], dates: Sequence[dt.date], kind: NDArray[np.generic]) -> Cells:
    """Cells outside the horizon that a rule means : bool[N, len(dates)]."""
    facts = here.facts
    shape = (facts.num_people, len(dates))
    nobody, nowhere = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.int8)
    elsewhere = replace(
        facts,
        dates=tuple(dates),
        posting=np.repeat(posting[:, None], len(dates), axis=1),
        kind=kind.astype(np.int8),
        absent=nobody,
        reason=np.full(shape, -1, dtype=np.int16),
        home_only=nobody,
        office_only=nobody,
        published=nowhere,
        pinned=nowhere,
        frozen=nobody,
    )
    people = select_cells(here.everybody, rule.applies_to, posting)
    everyday = rule.on_call_days and rule.days == ALL_DAYS
    cells = people[:, None] & (elsewhere.has_cell if everyday else rule.days.mask(elsewhere))
    if rule.in_force is not None:
        cells = cells & np.array([rule.in_force.first <= day <= rule.in_force.last for day in dates], dtype=np.bool_)
    return np.asarray(cells)


def _calendar_kinds(facts: Facts, posting: NDArray[np.int32], dates: Sequence[dt.date]) -> NDArray[np.int8]:
    """What everybody's calendar makes of dates outside the horizon : int8[E, len(dates)]."""
    rows = facts.postings
    found, place = np.unique(posting, return_inverse=True)
    names = [
        rows.calendar.words[code] if code >= 0 else facts.units[unit].calendar
        for code, unit in zip(rows.calendar.code[found], rows.unit[found], strict=True)
    ]
    table = {name: facts.calendars[name].kinds(dates) for name in sorted(set(names))}
    return np.array([table[name] for name in names], dtype=np.int8).reshape(len(found), len(dates))[place.reshape(-1)]

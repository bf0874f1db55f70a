"""Runs of days: what counts as the next day, what is passed over, and what breaks a run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from giliran.domain.calendar import Calendar
from giliran.domain.facts import Facts
from giliran.domain.place import DayKind, Place
from giliran.program import Ints
from giliran.rules.answers import Side
from giliran.rules.base import Statement
from giliran.rules.toolkit.calendars import posting_calendars
from giliran.rules.toolkit.near import Near, near
from giliran.rules.toolkit.windows import reached_before
from giliran.rules.view import View


class Mark(IntEnum):
    """What a day is to a run of days at one place."""

    SKIP = 0
    """Passed over, as if it were not there."""
    BREAK = 1
    """Ends a run without being a day at the other place."""
    OTHER = 2
    AT = 3
    OPEN = 4
    """A day of the plan: at the place or at the other one."""


@dataclass(frozen=True)
class Breaks:
    """Which days off break a run; the others are passed over."""

    weekends: bool
    holidays: bool


@dataclass(frozen=True)
class Timeline:
    """Days before the horizon, then those of the horizon.

    Parameters
    ----------
    marks
        `Mark` of the people whom the statement means, every day : int8[N, P + D].
    index
        Row of each of them among everybody : int64[N].
    past
        Number `P` of days before the horizon.
    """

    marks: NDArray[np.int8]
    index: Ints
    past: int


@dataclass(frozen=True)
class Windows:
    """Stretches of days that could show a pattern, as CSR parts.

    Parameters
    ----------
    size, person, last
        Open cells of each window, its person, and its last day of the horizon : int64[M].
    person_of, day_of, at
        For each open cell its person, its day and whether the pattern has it at the place : int64[·], int64[·], bool[·].
    """

    size: Ints
    person: Ints
    last: Ints
    person_of: Ints
    day_of: Ints
    at: NDArray[np.bool_]


def timeline(statement: Statement, view: View, side: Side, breaks: Breaks) -> Timeline:
    """The days that a statement means, as marks for runs at `side`.

    An absence breaks, and so do a day outside employment, a working day of the past without a published place and, for runs at home, a
    call day. Days that the statement does not mean are passed over.
    """
    here = near(statement, view)
    facts, cells = here.facts, here.cells
    marks = np.where(cells, Mark.OPEN, Mark.SKIP)
    marks = np.where(cells & facts.absent, Mark.BREAK, marks)
    if side is Side.HOME:
        marks = np.where(cells & (facts.kind == DayKind.CALL), Mark.BREAK, marks)
    marks = np.where(~facts.has_cell & _breaking(facts, breaks), Mark.BREAK, marks)
    if not facts.past_dates:
        return Timeline(marks.astype(np.int8), here.index, 0)
    return Timeline(np.hstack([_before(statement, here, side, breaks), marks]).astype(np.int8), here.index, len(facts.past_dates))


def _before(statement: Statement, here: Near, side: Side, breaks: Breaks) -> NDArray[np.int64]:
    """Marks of the days before the horizon : int64[N, P]."""
    facts, place, meant = here.facts, here.facts.past, reached_before(statement, here)
    at = Place.OFFICE if side is Side.OFFICE else Place.HOME
    marks = np.where(meant, np.where(place == at, Mark.AT, Mark.OTHER), Mark.SKIP)
    marks = np.where(meant & (place == Place.ABSENT), Mark.BREAK, marks)
    work, call, weekend, holiday = _days(facts, past=True)
    if side is Side.HOME:
        marks = np.where(meant & (call | (place == Place.OFF)), Mark.BREAK, marks)
    silent = place == Place.NONE
    rest = (weekend & breaks.weekends) | (holiday & breaks.holidays)
    return np.where(silent & (work | rest), Mark.BREAK, marks)


def _breaking(facts: Facts, breaks: Breaks) -> NDArray[np.bool_]:
    """Days that break a run of whoever has no cell there: also those that calendars give and employment does not : bool[N, D]."""
    work, call, weekend, holiday = _days(facts, past=False)
    return np.asarray(work | call | (weekend & breaks.weekends) | (holiday & breaks.holidays))


def _days(facts: Facts, *, past: bool) -> NDArray[np.bool_]:
    """Working days, call days, weekends and holidays by the people's calendars : bool[4, N, ·].

    A part-timer's day off is none of them.
    """
    dates = facts.past_dates if past else facts.dates
    posting = np.repeat(facts.posting[:, :1], len(dates), axis=1) if past else facts.posting
    rows, day = facts.postings, np.arange(len(dates))
    if not posting.size:
        return np.zeros((4, *posting.shape), dtype=np.bool_)
    calendars, which = posting_calendars(facts, posting)
    table = np.stack([_calendar_days(calendar, dates) for calendar in calendars], axis=1)
    days = table[:, which, day]
    weekday = np.array([1 << date.weekday() for date in dates], dtype=np.int64)
    days[0] &= (rows.workdays[posting].astype(np.int64) & weekday) > 0
    return np.asarray(days)


def _calendar_days(calendar: Calendar, dates: Sequence[dt.date]) -> NDArray[np.bool_]:
    """Working days, call days, weekends and holidays : bool[4, len(dates)]."""
    kinds = calendar.kinds(dates)
    usual = np.array([date.weekday() in calendar.workdays | calendar.call_days for date in dates], dtype=np.bool_)
    return np.stack([kinds == DayKind.WORK, kinds == DayKind.CALL, ~usual, usual & (kinds == DayKind.NONE)])


def windows(line: Timeline, at: Sequence[bool]) -> Windows:
    """Every stretch of unbroken days that ends in the horizon and could show a pattern.

    Parameters
    ----------
    at
        For each day of the pattern whether one is at the place; days before the horizon must already agree.
    """
    row, time = np.nonzero(line.marks != Mark.SKIP)
    mark, person = line.marks[row, time], line.index[row]
    stretch = np.cumsum((mark == Mark.BREAK) | (np.diff(person, prepend=-1) != 0))
    kept = np.flatnonzero(mark != Mark.BREAK)
    wanted = np.array(at, dtype=np.bool_)
    start = np.arange(max(len(kept) - len(wanted) + 1, 0))
    first, last = kept[start], kept[start + len(wanted) - 1]
    start = start[(stretch[first] == stretch[last]) & (time[last] >= line.past)]
    entry = kept[start[:, None] + np.arange(len(wanted))]
    could = (mark[entry] == Mark.OPEN) | (mark[entry] == np.where(wanted, Mark.AT, Mark.OTHER))
    entry = entry[could.all(axis=1)]
    open_ = mark[entry] == Mark.OPEN
    flat = entry[open_]
    return Windows(
        size=open_.sum(axis=1).astype(np.int64),
        person=person[entry[:, -1]].astype(np.int64),
        last=(time[entry[:, -1]] - line.past).astype(np.int64),
        person_of=person[flat].astype(np.int64),
        day_of=(time[flat] - line.past).astype(np.int64),
        at=np.broadcast_to(wanted, entry.shape)[open_],
    )

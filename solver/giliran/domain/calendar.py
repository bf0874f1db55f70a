"""Calendars: which days are worked, and which are on call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from giliran.domain.place import DayKind
from giliran.domain.sealing import Sealed
from giliran.messages import Said

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, eq=False)
class Calendar(Sealed):
    """Weekdays that are worked or on call, less holidays.

    Parameters
    ----------
    name
        Name in the instance.
    workdays, call_days
        Weekdays 0 (Monday) to 6 (Sunday), disjoint.
    holidays
        Dates on which nobody of this calendar works; joint leave is among them where the calendar says so.
    names
        What the holidays are called, as far as that is known.
    """

    name: str
    workdays: frozenset[int]
    call_days: frozenset[int]
    holidays: frozenset[dt.date]
    names: Mapping[dt.date, Said] = field(default_factory=dict)

    def kind(self, day: dt.date) -> DayKind:
        """What this calendar makes of a date."""
        return DayKind.NONE if day in self.holidays else self.usual(day)

    def usual(self, day: dt.date) -> DayKind:
        """What it would make of a date if there were no holidays."""
        if day.weekday() in self.workdays:
            return DayKind.WORK
        return DayKind.CALL if day.weekday() in self.call_days else DayKind.NONE

    def kinds(self, days: Sequence[dt.date]) -> NDArray[np.int8]:
        """`DayKind` of each date : int8[len(days)]."""
        return np.array([self.kind(day) for day in days], dtype=np.int8)


def date_range(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """All dates from `first` to `last`, both included."""
    return tuple(first + dt.timedelta(days=k) for k in range((last - first).days + 1))


def week_of(day: dt.date) -> tuple[int, int]:
    """ISO year and week of a date; weeks begin on Monday."""
    iso = day.isocalendar()
    return iso.year, iso.week

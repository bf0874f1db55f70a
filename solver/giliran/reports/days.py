"""Days as columns of a plan, whatever it is written on: how they are headed, which of them rest, how many stand beside each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np

from giliran.domain.calendar import week_of
from giliran.domain.place import DayKind
from giliran.messages import MONTHS, WEEKDAYS
from giliran.reports.report import Report

MOST_ON_A_PAGE = 12
"""Dates beside each other on a page; of more, each week has a page of its own."""


def weeks_of(days: Sequence[dt.date]) -> list[list[dt.date]]:
    """Days that stand on a page together, in their order: all of them where they are few, or those of a week."""
    if len(days) <= MOST_ON_A_PAGE:
        return [[*days]]
    found: dict[tuple[int, int], list[dt.date]] = {}
    for day in days:
        found.setdefault(week_of(day), []).append(day)
    return [*found.values()]


def day_heading(day: dt.date, lang: Any) -> str:
    """A day in two lines: "Sen" and "3 Agu"."""
    return f"{WEEKDAYS[lang][day.weekday()][:3]}\n{day.day} {MONTHS[lang][day.month - 1][:3]}"


def resting_days(report: Report) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Days on which a calendar in use has a holiday instead of work : bool[D]."""
    facts = report.facts
    used = [facts.calendars[name] for name in facts.postings.calendar.words]
    return np.array(
        [any(day in one.holidays and one.usual(day) is not DayKind.NONE for one in used) for day in facts.dates], dtype=np.bool_
    )

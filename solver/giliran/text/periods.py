"""Periods as the ledger names them: a day, a week, a month, a quarter, a year, or from one day to another."""

from __future__ import annotations

import datetime as dt
import re

from giliran.text.dates import parse_date
from giliran.text.failure import TextError

Days = tuple[dt.date, dt.date]
"""First and last day."""

_YEAR = r"(?P<year>(?:19|20|21)[0-9]{2})"
_WHOLE = re.compile(rf"{_YEAR}(?:-?Q(?P<quarter>[1-4])|[-/](?P<month>0?[1-9]|1[0-2]))?", re.ASCII | re.IGNORECASE)
"""A year, a quarter or a month in numbers."""
_WEEK = re.compile(rf"{_YEAR}-?W([0-9]{{1,2}})", re.ASCII | re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:\.\.+|/(?=[0-9]{4}-)|–|\bs\.?\s*/?\s*d\.?(?=\s)|\bsampai\b|\bto\b)\s*", re.IGNORECASE)
"""Between the ends of a range of days."""
_WEEK_DAYS = dt.timedelta(days=6)
_FRIDAY = 4


def is_period(text: str) -> bool:
    """Whether a text names a period: 2021-07-12, 2021-W28, 2021-07, "Juli 2021", 2021-Q3, 2021, or 2021-07-12..2021-07-18."""
    return period_days(text) is not None


def period_days(text: str) -> Days | None:
    """First and last day of the period that a text names; None where it names none."""
    said = " ".join(text.split())
    whole = _WHOLE.fullmatch(said)
    if whole is not None:
        return _whole(int(whole["year"]), whole["quarter"], whole["month"])
    if (week := _week(said)) is not None:
        return week
    if (first := _date(f"1 {said}")) is not None:
        return first, _last_of_month(first)
    ends = [_date(end) for end in _RANGE.split(said)]
    days = [day for day in ends if day is not None]
    return (min(days), max(days)) if len(days) == len(ends) <= 2 else None


def period_name(first: dt.date, last: dt.date) -> str:
    """The name of a range of days: its week, where it begins on Monday and ends on Friday or later, its month, its day, or its ends."""
    year, week, weekday = first.isocalendar()
    if weekday == 1 and _FRIDAY <= (last - first).days <= _WEEK_DAYS.days:
        return f"{year}-W{week:02}"
    if first.day == 1 and last == _last_of_month(first):
        return f"{first:%Y-%m}"
    return first.isoformat() if first == last else f"{first}..{last}"


def _whole(year: int, quarter: str | None, month: str | None) -> Days:
    if month is not None:
        first = dt.date(year, int(month), 1)
        return first, _last_of_month(first)
    if quarter is not None:
        return dt.date(year, 3 * int(quarter) - 2, 1), _last_of_month(dt.date(year, 3 * int(quarter), 1))
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _last_of_month(first: dt.date) -> dt.date:
    return (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def _week(text: str) -> Days | None:
    found = _WEEK.fullmatch(text)
    if found is None:
        return None
    year, week = int(found["year"]), int(found[2])
    if not 1 <= week <= dt.date(year, 12, 28).isocalendar().week:
        return None
    monday = dt.date.fromisocalendar(year, week, 1)
    return monday, monday + _WEEK_DAYS


def _date(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except TextError:
        return None

"""Periods as the ledger names them: a day, a week, a month, a quarter, a year, or from one day to another."""

from __future__ import annotations

import datetime as dt
import re

from giliran.text.dates import parse_date
from giliran.text.failure import TextError

_YEAR = r"(?:19|20|21)[0-9]{2}"
_WHOLE = re.compile(rf"{_YEAR}(?:-?Q[1-4]|[-/](?:0?[1-9]|1[0-2]))?", re.ASCII | re.IGNORECASE)
"""A year, a quarter or a month in numbers."""
_WEEK = re.compile(rf"({_YEAR})-?W([0-9]{{1,2}})", re.ASCII | re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:\.\.+|/(?=[0-9]{4}-)|–|\bs\.?\s*/?\s*d\.?(?=\s)|\bsampai\b|\bto\b)\s*", re.IGNORECASE)
"""Between the ends of a range of days."""


def is_period(text: str) -> bool:
    """Whether a text names a period: 2021-07-12, 2021-W28, 2021-07, "Juli 2021", 2021-Q3, 2021, or 2021-07-12..2021-07-18."""
    said = " ".join(text.split())
    ends = _RANGE.split(said)
    return _WHOLE.fullmatch(said) is not None or _is_week(said) or _is_date(f"1 {said}") or (len(ends) <= 2 and all(map(_is_date, ends)))


def _is_week(text: str) -> bool:
    found = _WEEK.fullmatch(text)
    if found is None:
        return False
    last = dt.date(int(found[1]), 12, 28).isocalendar().week
    return 1 <= int(found[2]) <= last


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except TextError:
        return False
    return True

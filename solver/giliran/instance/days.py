"""Days as cells of staff tables write them: yes, dates, ranges, weekdays."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from giliran.domain.calendar import WEEKDAYS
from giliran.domain.selection import MOST_WEIGHT
from giliran.domain.words import Kind, canonical, closed, meant_by, parse_weekday
from giliran.instance.reading import items
from giliran.messages import Sentence
from giliran.text import TextError, parse_date

EVERY_WEEKDAY = 2 ** len(WEEKDAYS) - 1
"""Part-time mask of those who work every day of their calendar."""

_RANGE = re.compile(r"(.+?)\s*(?:\.\.|\bs/d\b|\bs\.d\.|\bsampai\b|\bhingga\b|\bto\b)\s*(.+)", re.IGNORECASE)
_WHOLE = re.compile(r"[0-9]{1,9}", re.ASCII)
_BACKWARDS = Sentence(en="'{text}' ends before it starts", id="'{text}' berakhir sebelum mulai")
_NOT_DAYS = Sentence(
    en="'{text}' is neither yes or no, nor a date, a range of dates (a..b) or a weekday",
    id="'{text}' bukan ya atau tidak, bukan tanggal, rentang tanggal (a..b), atau nama hari",
)
_WEIGHT = Sentence(en="'{text}' is not a whole number from 1 to {most}", id="'{text}' bukan bilangan bulat dari 1 sampai {most}")

Test = Callable[[dt.date], bool]


def parse_days(text: str) -> Test:
    """Which days a cell such as "yes", "2021-07-12; 2021-07-14..2021-07-16" or "fri" means.

    Raises
    ------
    TextError
        If an item is none of these.
    """
    tests = [_parse_item(item) for item in items(text)]
    return lambda day: any(test(day) for test in tests)


def _parse_item(text: str) -> Test:
    word = canonical(Kind.ANSWER, text)
    if word in ("yes", "no"):
        return lambda day: word == "yes"
    weekday = canonical(Kind.WEEKDAY, text)
    if weekday in WEEKDAYS:
        return lambda day: WEEKDAYS[day.weekday()] == weekday
    found = _RANGE.fullmatch(text)
    if found is not None:
        first, last = parse_date(found[1]), parse_date(found[2])
        if last < first:
            raise TextError(_BACKWARDS(text=text))
        return lambda day: first <= day <= last
    if not any(letter.isdigit() for letter in text):
        raise TextError(_NOT_DAYS(text=text), meant_by((Kind.ANSWER, Kind.WEEKDAY), text))
    single = parse_date(text)
    return lambda day: day == single


def parse_workdays(text: str) -> int:
    """Weekdays of part-timers as a mask, bit w for weekday w; raises `TextError`."""
    return sum({1 << parse_weekday(item) for item in items(text)})


def parse_weight(text: str) -> int:
    """The weight of a wish; raises `TextError`."""
    if not (_WHOLE.fullmatch(text) and 1 <= int(text) <= MOST_WEIGHT):
        raise TextError(_WEIGHT(text=text, most=MOST_WEIGHT))
    return int(text)


def parse_reason(text: str) -> str:
    """A reason for absence: one of the usual ones in its usual spelling, or free."""
    return canonical(Kind.REASON, text) or closed(Kind.REASON, text)

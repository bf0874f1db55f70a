"""What can be chosen: the types of parameters and how their values are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Literal

from giliran.domain.calendar import WEEKDAYS
from giliran.messages import LANGUAGES, Said, Sentence, meant, plain, written
from giliran.text import TextError, parse_date, parse_share

ParameterType = Literal["share", "share_or_none", "count", "levels", "ranks", "weekday", "weekdays", "date_or_none", "tags"]
"""What a parameter without a list of `values` holds."""

Value = str | int | tuple[str, ...]
"""A chosen value: a word (shares and dates too: `25%`, `2021-07-12`), a count, or several words."""

NONE = "none"
"""The word for "no share", "no date", and for an empty list."""

LISTS = frozenset[ParameterType]({"levels", "ranks", "tags", "weekdays"})
"""Types that hold several words."""

_SHARES = ("0%", "25%", "50%", "100%")
_COUNTS = (0, 1, 2, 3)
_A_DATE = "2021-07-12"
_SOME_DAYS = ("mon", "fri")
A_MARK = "some_mark"
"""Stands for the words that a planner's own lists have, where a list of them is empty by default."""
_LARGEST_COUNT = 1_000_000

_NOT_A_VALUE = Sentence(en="{found} is not one of {values}", id="{found} tidak termasuk {values}")
_NAMED = Sentence(en="{value} ({words})", id="{value} ({words})")
_NOT_A_COUNT = Sentence(en="{found} is not a count; write 0, 1, 2 …", id="{found} bukan jumlah; tulis 0, 1, 2 …")
_NOT_A_SHARE = Sentence(en="{found} is not a share; write a percentage such as 25%", id="{found} bukan persentase; tulis misalnya 25%")
_NOT_WORDS = Sentence(en="{found} is not a word or a list of words", id="{found} bukan kata atau daftar kata")
_NO_WORDS = Sentence(en="at least one level is needed", id="diperlukan sedikitnya satu tingkat")


def normalise(value: object, kind: ParameterType | None, values: Sequence[str] | None, words: Mapping[str, Said] | None = None) -> Value:
    """A value as written, checked and in the one form that the rules get.

    Parameters
    ----------
    value
        As it stands in a file or on the command line.
    kind
        The parameter's type, or None if it has a list of values.
    values
        The words to choose from, if there is a list.
    words
        Words for people by value, for messages.

    Raises
    ------
    TextError
        If the value is not one that the parameter takes.
    """
    if kind is None:
        return _one_of(value, values or (), words or {})
    if kind == "weekday":
        return _one_of(value, WEEKDAYS, words or {})
    if kind == "count":
        return _count(value)
    if kind in ("share_or_none", "date_or_none") and value == NONE:
        return NONE
    if kind in ("share", "share_or_none"):
        return _share(value)
    if kind == "date_or_none":
        return _date(value)
    if kind == "weekdays":
        return tuple(day for day in WEEKDAYS if day in {_one_of(word, WEEKDAYS, words or {}) for word in _several(value)}) or WEEKDAYS
    several = _several(value)
    if kind == "levels" and not several:
        raise TextError(_NO_WORDS())
    return several


def samples(default: Value, kind: ParameterType | None, values: Sequence[str] | None) -> tuple[Value, ...]:
    """Values that stand for all that the parameter takes: each one, or a few of a type that has many."""
    if kind is None:
        return tuple(values or ())
    if kind == "weekday":
        return WEEKDAYS
    if kind == "count":
        return _COUNTS
    if kind in ("share", "share_or_none"):
        return (*_SHARES, NONE) if kind == "share_or_none" else _SHARES
    if kind == "date_or_none":
        return (NONE, _A_DATE)
    if kind == "weekdays":
        return (WEEKDAYS, _SOME_DAYS)
    words = default if isinstance(default, tuple) else (str(default),)
    if kind == "tags" and not words:
        return ((), (A_MARK,))
    each: list[Value] = [words, *((word,) for word in words if len(words) > 1)]
    return tuple(each if kind == "levels" else [*each, ()])


def _one_of(value: object, values: Sequence[str], words: Mapping[str, Said]) -> str:
    word = str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, str | int) else ""
    if word in values:
        return word
    spellings = [*values, *(said.text(lang) for said in words.values() for lang in LANGUAGES)]
    raise TextError(_NOT_A_VALUE(found=written(value), values=[_named(each, words) for each in values]), meant(word, spellings))


def _named(value: str, words: Mapping[str, Said]) -> Said:
    return _NAMED(value=value, words=words[value]) if value in words else plain(value)


def _count(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:20])
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LARGEST_COUNT:
        raise TextError(_NOT_A_COUNT(found=written(value)))
    return value


def _share(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise TextError(_NOT_A_SHARE(found=written(value)))
    points = parse_share(value)
    whole, rest = divmod(points, 100)
    return f"{whole}.{rest:02d}".rstrip("0") + "%" if rest else f"{whole}%"


def _date(value: object) -> str:
    if isinstance(value, dt.datetime):
        value = value.date()
    return (value if isinstance(value, dt.date) else parse_date(value if isinstance(value, str) else str(value))).isoformat()


def _several(value: object) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, (list, tuple)) or not all(isinstance(item, str) and item for item in items):
        raise TextError(_NOT_WORDS(found=written(value)))
    return tuple(dict.fromkeys(items))

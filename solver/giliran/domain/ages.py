"""How old people are: from a birth date in the staff table, else from the first eight digits of an NIP."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from giliran.text import TextError, parse_date

UNKNOWN = 0
"""Stands for the birth date of somebody of whom none is known."""

OLDEST = 150
"""Largest age that can be asked for."""

_DIGITS_OF_AN_NIP = 18
_BEFORE_A_DATE = re.compile(r",|\s/|\n")
_NOT_A_DIGIT = re.compile(r"\D")


class Described(Protocol):
    """What is written about people, one text each."""

    @property
    def ids(self) -> Sequence[str]:
        """Their ids, which may be NIPs."""

    @property
    def nips(self) -> Sequence[str]:
        """Their NIPs."""

    @property
    def born(self) -> Sequence[str]:
        """Their birth dates, as written; empty where nothing is."""


def births(people: Described) -> NDArray[np.int64]:
    """Ordinals of birth dates, `UNKNOWN` where nothing written is one : int64[E].

    What is written as a birth date wins; only where nothing is the NIP is looked at.
    """
    columns = zip(people.ids, people.nips, people.born, strict=True)
    return np.array([_written(born) if born else _of_nip(nip or id_) for id_, nip, born in columns], dtype=np.int64)


def _written(text: str) -> int:
    """A date, or one with the place of birth before it."""
    for said in (text, _BEFORE_A_DATE.split(text)[-1]):
        try:
            return parse_date(said).toordinal()
        except TextError:
            continue
    return UNKNOWN


def _of_nip(text: str) -> int:
    """The birth date in an NIP, or the NI of a PPPK, whose further digits mean different things."""
    digits = _NOT_A_DIGIT.sub("", text)
    if len(digits) != _DIGITS_OF_AN_NIP:
        return UNKNOWN
    return _written(f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}")


def born_before(years: int, day: dt.date) -> int:
    """The ordinal before which somebody was born who is older than so many years on a day: whose birthday of that age is over."""
    year = day.year - years
    if year < 1:
        return UNKNOWN
    leap_day = (day.month, day.day) == (2, 29) and not _is_leap(year)
    return (dt.date(year, 3, 1) if leap_day else day.replace(year=year)).toordinal()


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)

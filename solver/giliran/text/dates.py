"""Dates as people in offices write them: ISO, day-first, with Indonesian or English months and weekdays."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from giliran.messages import LANGUAGES, MONTHS, WEEKDAYS, Lang, Sentence, meant
from giliran.text.failure import TextError

_OTHER_MONTHS = {"pebruari": 2, "peb": 2, "mrt": 3, "agt": 8, "ags": 8, "sept": 9, "nopember": 11, "nop": 11}
_OTHER_DAYS = {"jum'at": 4, "ahad": 6}


def _spellings(names: Mapping[Lang, Sequence[str]], first: int) -> dict[str, int]:
    """Full and short names in every language, with their numbers."""
    both = [(name.lower(), number) for lang in LANGUAGES for number, name in enumerate(names[lang], start=first)]
    return {word: number for name, number in both for word in (name, name[:3])}


MONTH_WORDS = _spellings(MONTHS, 1) | _OTHER_MONTHS
"""Numbers of the months by their names, in small letters, short ones too."""
DAY_WORDS = _spellings(WEEKDAYS, 0) | _OTHER_DAYS
"""The same of the weekdays, 0 is Monday."""

_WORD = r"([^\W\d_]+(?:['’`][^\W\d_]+)?)\.?"
_WEEKDAY = re.compile(_WORD + r"(?:\s*,\s*|\s+)(.*[0-9].*)")
_TIME = re.compile(r"(.*[0-9])(?:T|\s+)([0-9]{1,2}(?::[0-9]{2}){1,2}(?:\.[0-9]+)?)Z?", re.ASCII)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})", re.ASCII)
_NAMED = re.compile(r"([0-9]{1,2})[\s/-]*" + _WORD + r"[\s/,-]*([0-9]{4}|[0-9]{2})")
_NAME_FIRST = re.compile(_WORD + r"\s*([0-9]{1,2}),?\s+([0-9]{4})")
_UNTIL = r"\bs\.?\s?/?\s?d\b\.?|\bsampai(?:\s+dengan)?\b|\bhingga\b|\bto\b|\s[-–—]|–|\.\."
_SPAN = re.compile(rf"(.*[^\W_]\.?)\s*(?:{_UNTIL})\s*(.+)", re.IGNORECASE)
_DAYS_OF_MONTH = re.compile(r"([0-9]{1,2})-([0-9]{1,2}\s*[^\W\d_].*)")
"""7-11 Desember 2026: a dash without spaces parts days only before a month that is named."""
_DAY_AND_MONTH = re.compile(r"(?:[^\W\d_]+,?\s+)?([0-9]{1,2})\s+([^\W\d_]+)")
_SERIAL = re.compile(r"[0-9]{5}(?:[.,]0*)?", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_SHORT_YEAR = 2
_MONTHS_A_YEAR = 12

_NO_DATE = Sentence(en="'{text}' is not a date", id="'{text}' bukan tanggal")
_WRITE = Sentence(
    en="Write 2021-07-12, 12/07/2021 (day first) or 12 July 2021.",
    id="Tulis 2021-07-12, 12/07/2021 (hari dahulu) atau 12 Juli 2021.",
)
_SHORT = Sentence(en="'{text}' has a year of two digits", id="'{text}' memakai tahun dua angka")
_LONG_YEAR = Sentence(en="Write the year with four digits: 12/07/2021.", id="Tulis tahun dengan empat angka: 12/07/2021.")
_MONTH_FIRST = Sentence(en="'{text}' seems to have the month first", id="'{text}' tampaknya mendahulukan bulan")
_DAY_AHEAD = Sentence(en="The day comes first: {day}, or {iso}.", id="Hari ditulis lebih dahulu: {day}, atau {iso}.")
_NO_DAY = Sentence(en="'{text}' is not in the calendar", id="'{text}' tidak ada dalam kalender")
_FAR = Sentence(en="the year of '{text}' is not between {first} and {last}", id="tahun pada '{text}' tidak di antara {first} dan {last}")
_WRONG_DAY = Sentence(en="'{text}': that date is {day}", id="'{text}': tanggal itu jatuh pada {day}")
_WHICH = Sentence(en="Correct the weekday or the date.", id="Perbaiki nama hari atau tanggalnya.")
_NO_MONTH = Sentence(en="'{text}': '{word}' is not a month", id="'{text}': '{word}' bukan nama bulan")
_NO_WEEKDAY = Sentence(en="'{text}': '{word}' is not a weekday", id="'{text}': '{word}' bukan nama hari")
_HAS_TIME = Sentence(en="'{text}' has a time of day; a date was expected", id="'{text}' memuat jam; yang diperlukan hanya tanggal")
_NUMBER = Sentence(
    en="'{text}' is not a date: a spreadsheet wrote its own number of the day",
    id="'{text}' bukan tanggal: pengolah lembar kerja (Excel) menulis nomor harinya sendiri",
)
_AS_DATE = Sentence(
    en="Format the column as a date (yyyy-mm-dd) and save once more.", id="Format kolom sebagai tanggal (yyyy-mm-dd), lalu simpan kembali."
)


def parse_date(text: str) -> dt.date:
    """A date written in any of the usual ways, always with the day before the month.

    Takes 2021-07-12, 2021/07/12, 12/07/2021, 12-7-2021, 12.07.2021, "12 Juli 2021", "1 Agt 2021", "Senin, 12 Juli 2021", "July 12, 2021"
    and any of these with the time 00:00.

    Raises
    ------
    TextError
        If it is no date, is not in the calendar, has the month first, a year of two digits or outside 1900 to 2199, a time of day, or a
        weekday that is not that of the date.
    """
    said = " ".join(text.split())
    weekday, rest = _weekday(said)
    year, month, day = _fields(_without_time(rest, said), said)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise TextError(_FAR(text=said, first=_FIRST_YEAR, last=_LAST_YEAR))
    try:
        date = dt.date(year, month, day)
    except ValueError:
        raise TextError(_NO_DAY(text=said), _WRITE()) from None
    if weekday is not None and date.weekday() != weekday:
        raise TextError(_WRONG_DAY(text=said, day=date), _WHICH())
    return date


def parse_span(text: str) -> tuple[dt.date, dt.date | None]:
    """A date, or the first and the last of several: "3 s.d. 5 Agustus 2026", "30 Juli - 3 Agustus 2026", 2026-08-03..2026-08-05.

    What the first leaves out, its month or its year, is that of the last. The last is None where one date stands alone.

    Raises
    ------
    TextError
        As for `parse_date`, of either of them.
    """
    said = " ".join(text.split())
    found = _SPAN.fullmatch(said) or _DAYS_OF_MONTH.fullmatch(said)
    if found is None:
        return parse_date(said), None
    last = parse_date(found[2])
    first = found[1]
    if first.isdecimal():
        first = f"{first}-{last.month}-{last.year}"
    elif named := _DAY_AND_MONTH.fullmatch(first):
        year = last.year - (_month(named[2], said) > last.month)
        first = f"{named[1]} {named[2]} {year}"
    return parse_date(first), last


def _weekday(said: str) -> tuple[int | None, str]:
    """The weekday before a date, if one is there, and the rest."""
    found = _WEEKDAY.fullmatch(said)
    if found is None or _plain(found[1]) in MONTH_WORDS:
        return None, said
    word = _plain(found[1])
    if word not in DAY_WORDS:
        raise TextError(_NO_WEEKDAY(text=said, word=found[1]), meant(word, DAY_WORDS))
    return DAY_WORDS[word], found[2]


def _without_time(text: str, said: str) -> str:
    found = _TIME.fullmatch(text)
    if found is None:
        return text
    if found[2].strip("0:."):
        raise TextError(_HAS_TIME(text=said), _WRITE())
    return found[1]


def _fields(text: str, said: str) -> tuple[int, int, int]:
    """Year, month and day, not yet known to be in the calendar."""
    if found := _YEAR_FIRST.fullmatch(text):
        return int(found[1]), int(found[3]), int(found[4])
    if found := _DAY_FIRST.fullmatch(text):
        return _day_first(found, said)
    if found := _NAMED.fullmatch(text):
        return _year(found[3], said), _month(found[2], said), int(found[1])
    if found := _NAME_FIRST.fullmatch(text):
        return int(found[3]), _month(found[1], said), int(found[2])
    if _SERIAL.fullmatch(text):
        raise TextError(_NUMBER(text=said), _AS_DATE())
    raise TextError(_NO_DATE(text=said), _WRITE())


def _day_first(found: re.Match[str], said: str) -> tuple[int, int, int]:
    day, month, year = int(found[1]), int(found[3]), _year(found[4], said)
    if month > _MONTHS_A_YEAR >= day:
        advice = _DAY_AHEAD(day=f"{month:02d}/{day:02d}/{year}", iso=f"{year}-{day:02d}-{month:02d}")
        raise TextError(_MONTH_FIRST(text=said), advice)
    return year, month, day


def _year(digits: str, said: str) -> int:
    if len(digits) == _SHORT_YEAR:
        raise TextError(_SHORT(text=said), _LONG_YEAR())
    return int(digits)


def _month(word: str, said: str) -> int:
    number = MONTH_WORDS.get(_plain(word))
    if number is None:
        raise TextError(_NO_MONTH(text=said, word=word), meant(_plain(word), MONTH_WORDS) or _WRITE())
    return number


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'").replace("`", "'")

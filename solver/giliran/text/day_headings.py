"""Headings of columns that are days: whole dates, and what people write where the month is plain: `3 Agt`, `3/8`, `Sen 3`, `3`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from giliran.messages import MONTHS, Said, Sentence, bilingual
from giliran.text.dates import DAY_WORDS, MONTH_WORDS, parse_date
from giliran.text.failure import TextError

_TOKEN = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)?|[0-9]+")
_BETWEEN = re.compile(r"[\s,./()'’`-]*")
_NOISE = frozenset({"tgl", "tanggal"})
_LAST_DAY, _MONTHS_A_YEAR, _SHORT = 31, 12, 2

_WHICH_MONTH = Sentence(
    en="'{text}' says no month, and days numbered like these fit {months}",
    id="'{text}' tidak menyebut bulan, dan tanggal dengan nomor seperti ini cocok untuk {months}",
)
_WRITE_MONTH = Sentence(
    en="Write the month in the headings, such as 3/8/2026.", id="Sebutkan bulannya pada judul kolom, misalnya 3/8/2026."
)

Month = tuple[int, int]
"""Year and month."""


@dataclass(frozen=True)
class DayHeadings:
    """Which headings are days.

    Parameters
    ----------
    dates
        The day of each heading that is one.
    refused
        Why others, which look like days, are none.
    numbered
        Headings that say no month, in their order.
    """

    dates: Mapping[str, dt.date]
    refused: Mapping[str, TextError] = field(default_factory=dict)
    numbered: tuple[str, ...] = ()

    @property
    def any(self) -> frozenset[str]:
        """Headings that are days, or look like them."""
        return frozenset({*self.dates, *self.refused, *self.numbered})


@dataclass(frozen=True)
class _Day:
    """A day without a year, and perhaps without a month."""

    day: int
    month: int | None
    weekday: str

    def text(self, month: Month) -> str:
        """The whole date, as it is read and told."""
        year, number = month
        return f"{self.weekday}{self.day}/{self.month or number}/{year}"


def day_headings(headings: Iterable[str], first: dt.date, last: dt.date) -> DayHeadings:
    """The days that some headings mean, in a list that is about days near those from `first` to `last`.

    A day without a year is the nearest one. Days without a month follow each other as their columns do, and the month is the one for which
    all of them are in the calendar, weekdays are right, and some are among the days from `first` to `last`; where that fits several months,
    all are refused.
    """
    dates: dict[str, dt.date] = {}
    refused: dict[str, TextError] = {}
    numbered: dict[str, _Day] = {}
    for heading in headings:
        text = " ".join(heading.replace("_", " ").split())
        found = _partial(text)
        if found is not None and found.month is None:
            numbered[heading] = found
        elif found is not None or _looks_whole(text):
            try:
                dates[heading] = parse_date(text if found is None else found.text(_year_of(found, first, last)))
            except TextError as error:
                refused[heading] = error
    told, wrong = _numbered(numbered, first, last)
    return DayHeadings(dates | told, refused | wrong, tuple(numbered))


def _tokens(text: str) -> list[str]:
    """Words in small letters, and numbers."""
    return [token.casefold().replace("’", "'").replace("`", "'") for token in _TOKEN.findall(text)]


def _is_number(token: str) -> bool:
    return token.isascii() and token.isdigit()


def _partial(text: str) -> _Day | None:
    """A day that is no whole date; None for what is something else."""
    if _BETWEEN.fullmatch(_TOKEN.sub("", text)) is None:
        return None
    tokens = _tokens(text)
    numbers = [int(token) for token in tokens if _is_number(token) and len(token) <= _SHORT]
    words = [token for token in tokens if not _is_number(token) and token not in _NOISE]
    days, months = [word for word in words if word in DAY_WORDS], [MONTH_WORDS[word] for word in words if word in MONTH_WORDS]
    if len(numbers) < sum(_is_number(token) for token in tokens) or len(days) + len(months) < len(words) or len(days) > 1:
        return None
    if not numbers or len(numbers) + len(months) > _SHORT or not 1 <= numbers[0] <= _LAST_DAY:
        return None
    month = next(iter([*months, *numbers[1:]]), None)
    if month is not None and not 1 <= month <= _MONTHS_A_YEAR:
        return None
    return _Day(numbers[0], month, f"{days[0]}, " if days else "")


def _looks_whole(text: str) -> bool:
    """Whether somebody meant a date: nothing but numbers, and names of days and months, among them a number or two names."""
    tokens = _tokens(text)
    words = [token for token in tokens if not _is_number(token)]
    return any(_is_number(token) for token in tokens) and all(word in DAY_WORDS or word in MONTH_WORDS or word == "t" for word in words)


def _year_of(found: _Day, first: dt.date, last: dt.date) -> Month:
    """The year for which a day of a month is nearest to some days."""

    def far(year: int) -> int:
        middle = dt.date(year, found.month or 1, min(found.day, 28))
        return max((first - middle).days, (middle - last).days, 0)

    return min((year for year in range(first.year - 1, last.year + 2)), key=far), 0


def _numbered(found: Mapping[str, _Day], first: dt.date, last: dt.date) -> tuple[dict[str, dt.date], dict[str, TextError]]:
    """Days of headings that say no month, and why some are none."""
    if not found:
        return {}, {}
    headings, days = [*found], [*found.values()]
    start = _next((first.year, first.month), -1)
    fitting = []
    for ahead in range((last.year - start[0]) * _MONTHS_A_YEAR + last.month - start[1] + 1):
        dates = _all_dates(days, _next(start, ahead))
        if dates is not None and any(first <= day <= last for day in dates):
            fitting.append(dates)
    if len(fitting) == 1:
        return dict(zip(headings, fitting[0], strict=True)), {}
    if fitting:
        months = [_month_text((dates[0].year, dates[0].month)) for dates in fitting]
        return {}, {headings[0]: TextError(_WHICH_MONTH(text=headings[0], months=months), _WRITE_MONTH())}
    return _one_by_one(found, (first.year, first.month))


def _one_by_one(found: Mapping[str, _Day], month: Month) -> tuple[dict[str, dt.date], dict[str, TextError]]:
    """Days counted from a month on, and why some are none."""
    dates: dict[str, dt.date] = {}
    refused: dict[str, TextError] = {}
    for (heading, day), place in zip(found.items(), _months(list(found.values()), month), strict=True):
        try:
            dates[heading] = parse_date(day.text(place))
        except TextError as error:
            refused[heading] = error
    return dates, refused


def _all_dates(days: Sequence[_Day], month: Month) -> list[dt.date] | None:
    try:
        return [parse_date(day.text(place)) for day, place in zip(days, _months(days, month), strict=True)]
    except TextError:
        return None


def _months(days: Sequence[_Day], month: Month) -> Iterator[Month]:
    """The month of each day: a number that is not larger than the one before begins the next one."""
    before = 0
    for day in days:
        month = _next(month, 1) if day.day <= before else month
        before = day.day
        yield month


def _next(month: Month, ahead: int) -> Month:
    number = month[0] * _MONTHS_A_YEAR + month[1] - 1 + ahead
    return number // _MONTHS_A_YEAR, number % _MONTHS_A_YEAR + 1


def _month_text(month: Month) -> Said:
    year, number = month
    return bilingual(en=f"{MONTHS['en'][number - 1]} {year}", id=f"{MONTHS['id'][number - 1]} {year}")

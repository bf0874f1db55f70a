"""Names of days and months, and dates as each language writes them: the one home of these words.

They are data, held equal to those of Babel by a test: loading Babel takes 24 ms of every command's start, for nineteen words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Literal, get_args

Lang = Literal["en", "id"]
LANGUAGES: tuple[Lang, ...] = get_args(Lang)

WEEKDAYS: dict[Lang, tuple[str, ...]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
}
"""Names of the weekdays, from Monday on; the first three letters are short ones."""
MONTHS: dict[Lang, tuple[str, ...]] = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "id": (
        *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
        *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    ),
}
"""Names of the months; the first three letters are short ones."""
AND: dict[Lang, str] = {"en": " and ", "id": " dan "}
"""Before the last of several words."""
_SHORTEST = 3
"""Days of the shortest row of days that is told by its ends."""


def render_date(day: dt.date, lang: Lang, *, year: bool = True) -> str:
    """A date with its weekday: "Tuesday 13 July 2021", "Selasa 13 Juli 2021"."""
    text = f"{WEEKDAYS[lang][day.weekday()]} {day.day} {MONTHS[lang][day.month - 1]}"
    return f"{text} {day.year}" if year else text


def render_period(first: dt.date, last: dt.date, lang: Lang) -> str:
    """A period: "3–7 August 2026", "28 Juni – 9 Juli 2021"."""
    end = f"{last.day} {MONTHS[lang][last.month - 1]} {last.year}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    begin = f"{first.day} {MONTHS[lang][first.month - 1]}"
    return f"{begin} – {end}" if first.year == last.year else f"{begin} {first.year} – {end}"


def render_weekdays(weekdays: Collection[int], lang: Lang) -> str:
    """Weekdays, 0 is Monday: "Monday–Friday", "Senin dan Kamis"."""
    known, names = sorted(set(weekdays)), WEEKDAYS[lang]
    if len(known) >= _SHORTEST and known[-1] - known[0] == len(known) - 1:
        return f"{names[known[0]]}–{names[known[-1]]}"
    words = [names[weekday] for weekday in known]
    return AND[lang].join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def render_span(days: Sequence[dt.date], lang: Lang) -> str:
    """The first and the last of some days, with the weekdays that they fall on: "Senin–Jumat, 3–7 Agustus 2026"."""
    if len(days) == 1:
        return render_date(days[0], lang)
    return f"{render_weekdays({day.weekday() for day in days}, lang)}, {render_period(days[0], days[-1], lang)}"


def is_span(days: Sequence[dt.date]) -> bool:
    """Whether some days, in their order, are all between the first and the last that fall on their weekdays, neighbours for the most part.

    Only these are told by their ends: of "Monday–Friday, 3–14 August" nobody asks which days are meant.
    """
    if len(days) < _SHORTEST:
        return False
    weekdays = {day.weekday() for day in days}
    between = (days[0] + dt.timedelta(days=k) for k in range((days[-1] - days[0]).days + 1))
    in_a_row = max(weekdays) - min(weekdays) == len(weekdays) - 1 and len(weekdays) >= _SHORTEST
    return in_a_row and [day for day in between if day.weekday() in weekdays] == [*days]

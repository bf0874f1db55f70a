"""Columns of days in a matrix of people and days: dates, weekdays repeated over weeks, in one line of the heading or two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from giliran.domain.calendar import week_of
from giliran.domain.place import Place
from giliran.domain.words import parse_place, parse_weekday
from giliran.errors import Problem, Where
from giliran.lists.grid import Grid
from giliran.lists.headings import Heading
from giliran.messages import WEEKDAYS, Sentence, bilingual
from giliran.text import TextError, day_headings, parse_span

_ROUND = 2
"""Rows above and below those that name people, among which days may stand."""

_OTHER_WEEKDAY = Sentence(en="the column says {said}, and its date is {day}", id="kolom ini berjudul {said}, padahal tanggalnya {day}")
_WHICH_WEEK = Sentence(
    en="the headings name weekdays of {count} {count:week|weeks}, and the plan has {weeks}",
    id="judul kolom menyebut hari untuk {count} minggu, padahal jadwal ini {weeks} minggu",
)
_WRITE_DATES = Sentence(
    en="Write the dates in the headings, such as 3/8/2026, or the week above them, such as 3 - 7 August 2026.",
    id="Tulis tanggal pada judul kolom, misalnya 3/8/2026, atau minggunya di atasnya, misalnya 3 - 7 Agustus 2026.",
)


@dataclass(frozen=True)
class DayColumns:
    """The columns of a matrix that are about days.

    Parameters
    ----------
    days
        The day of each such column.
    places
        Of columns that stand for one place of their day, which place.
    headings
        What stands above each of them.
    problems
        What is wrong with headings.
    """

    days: Mapping[int, dt.date]
    places: Mapping[int, Place]
    headings: Mapping[int, str]
    problems: tuple[Problem, ...] = ()


def day_columns(grid: Grid, heading: Heading, dates: Sequence[dt.date], file: str) -> DayColumns | None:
    """The columns of days of a grid, about days near some dates; None where there are none."""
    rows = _rows(grid, heading)
    if not rows:
        return None
    dated = max((_dated(texts, dates) for texts in _candidates(rows)), key=len)
    weekdays = max((_weekdays(texts) for texts in rows), key=len)
    headed = [texts for texts in rows if len(texts) > 1] or rows  # a text alone in its row is a title or a notice
    titles = {c: " ".join(text for texts in headed if (text := texts.get(c))) for texts in headed for c in texts}
    problems: list[Problem] = []
    line = grid.rows[heading.first].line
    if not dated and weekdays:
        dated, problems = _of_weeks(weekdays, rows, dates, Where(file, line))
    else:
        problems = [*_wrong_weekdays(dated, weekdays, file, line)]
    places = _places(rows, dated)
    if places:
        dated = {c: day for c, (day, _) in places.items()}
    if not dated and not problems:
        return None
    return DayColumns(dated, {c: place for c, (_, place) in places.items()}, {c: titles.get(c, "") for c in dated}, tuple(problems))


def _rows(grid: Grid, heading: Heading) -> list[dict[int, str]]:
    """Texts of the rows of the heading and round it, in columns that are not of people, those of a row by column."""
    known = set(heading.columns.values())
    names = [heading.columns[name] for name in ("name", "nip") if name in heading.columns]
    last = heading.last
    while last + 1 < len(grid.rows) and last < heading.last + _ROUND and not any(grid.rows[last + 1].text(c) for c in names):
        last += 1
    found = []
    for row in grid.rows[max(heading.first - _ROUND, 0) : last + 1]:
        texts = {c: " ".join(text.split()) for c, text in enumerate(row.cells) if text and c not in known}
        if texts:
            found.append(texts)
    return found


def _candidates(rows: Sequence[Mapping[int, str]]) -> Iterator[Mapping[int, str]]:
    """Texts that may name days: those of one row, and those of two rows together, a weekday above its date."""
    yield from rows
    for k, above in enumerate(rows):
        for below in rows[k + 1 :]:
            yield {c: f"{above[c]} {text}" for c, text in below.items() if c in above}


def _dated(texts: Mapping[int, str], dates: Sequence[dt.date]) -> dict[int, dt.date]:
    found = day_headings(dict.fromkeys(texts.values()), dates[0], dates[-1]).dates
    days = {c: found[text] for c, text in texts.items() if text in found}
    return days if len(set(days.values())) == len(days) else {}


def _weekdays(texts: Mapping[int, str]) -> dict[int, int]:
    found = {}
    for c, text in texts.items():
        try:
            found[c] = parse_weekday(text)
        except TextError:
            continue
    return found


def _wrong_weekdays(dated: Mapping[int, dt.date], weekdays: Mapping[int, int], file: str, line: int) -> Iterator[Problem]:
    for c, day in dated.items():
        if c in weekdays and weekdays[c] != day.weekday():
            said = bilingual(en=WEEKDAYS["en"][weekdays[c]], id=WEEKDAYS["id"][weekdays[c]])
            yield Problem(Where(file, line), _OTHER_WEEKDAY(said=said, day=day))


def _of_weeks(
    weekdays: Mapping[int, int], rows: Sequence[Mapping[int, str]], dates: Sequence[dt.date], where: Where
) -> tuple[dict[int, dt.date], list[Problem]]:
    """The day of each weekday: of the week that stands above it, else of the weeks of the plan in their order."""
    weeks: list[list[int]] = []
    for c in sorted(weekdays):
        if weeks and weekdays[c] > weekdays[weeks[-1][-1]]:
            weeks[-1].append(c)
        else:
            weeks.append([c])
    mondays = sorted({day - dt.timedelta(days=day.weekday()) for day in dates})
    spans = [_span(week, rows) for week in weeks]
    if all(span is not None for span in spans):
        mondays = [day - dt.timedelta(days=day.weekday()) for day in spans if day is not None]
    if len(mondays) != len(weeks):
        return {}, [Problem(where, _WHICH_WEEK(count=len(weeks), weeks=len(mondays)), _WRITE_DATES())]
    return {c: monday + dt.timedelta(days=weekdays[c]) for monday, week in zip(mondays, weeks, strict=True) for c in week}, []


def _span(week: Sequence[int], rows: Sequence[Mapping[int, str]]) -> dt.date | None:
    """The first day of the span that stands above a week: "3 - 7 Agustus 2026"."""
    for texts in rows:
        try:
            first, last = parse_span(texts.get(week[0], "").strip("()"))
        except TextError:
            continue
        if last is not None and week_of(first) == week_of(last):
            return first
    return None


def _places(rows: Sequence[Mapping[int, str]], dated: Mapping[int, dt.date]) -> dict[int, tuple[dt.date, Place]]:
    """Columns below a day that stand for one place each, WFO beside WFH; none unless every day has them."""
    for texts in rows:
        named = {c: place for c, text in texts.items() if (place := _place(text)) is not None}
        if dated and dated.keys() <= named.keys():
            return dict(_under(named, rows, dated))
    return {}


def _under(
    named: Mapping[int, Place], rows: Sequence[Mapping[int, str]], dated: Mapping[int, dt.date]
) -> Iterator[tuple[int, tuple[dt.date, Place]]]:
    """Columns of places up to the next heading that is no day."""
    above = next(texts for texts in rows if dated.keys() <= texts.keys())
    day: dt.date | None = None
    for c in range(max(named) + 1):
        if c in dated:
            day = dated[c]
        elif c in above:
            day = None
        if c in named and day is not None:
            yield c, (day, named[c])


def _place(text: str) -> Place | None:
    try:
        place = parse_place(text)
    except TextError:
        return None
    return place if place in (Place.OFFICE, Place.HOME) else None

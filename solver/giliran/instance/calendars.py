"""Calendars of an instance: weekdays and holidays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import holidays

from giliran.domain.calendar import WEEKDAYS, Calendar
from giliran.domain.place import DayKind
from giliran.errors import Problems
from giliran.instance.records import CalendarRecord, HolidayRecord
from giliran.messages import Said, Sentence, bilingual, few
from giliran.text.model_errors import Locate, unknown

DEFAULT_CALENDAR = "office"
"""Calendar of units that name none; it exists even if nobody writes it down."""

_INDONESIA = ("ID", "IDN")
_JOINT_LEAVE = "government"
"""Category under which the `holidays` package keeps Indonesian joint leave (cuti bersama)."""

_ENGLISH, _INDONESIAN = "en_US", "id"
_MOST_NAMED = 5
"""Longer lists of holidays are cut short in sentences."""

_NO_COUNTRY = Sentence(en="holidays of the country {country} are not known", id="hari libur negara {country} tidak dikenal")
_WRITE_COUNTRY = Sentence(
    en="Write the two letters of a country, such as ID, or `country: none`.",
    id="Tulis dua huruf kode negara, misalnya ID, atau `country: none`.",
)
_ESTIMATED = Sentence(
    en="calendar {calendar}: {day} ({name}) is an estimate; put the official date under `extra` or `not` of its holidays",
    id="kalender {calendar}: {day} ({name}) masih perkiraan; tulis tanggal resminya pada `extra` atau `not` di bagian libur",
)
_NO_JOINT_LEAVE = Sentence(
    en="calendar {calendar}: joint leave of {year} is not known here; list it under `extra` of its holidays",
    id="kalender {calendar}: cuti bersama {year} belum diketahui di sini; tuliskan pada `extra` di bagian libur",
)
_TAKEN_TOO = Sentence(
    en="calendar {calendar}: besides the dates under `extra`, the holidays of the country {country} count: {days}; "
    "write `country: none` if they should not",
    id="kalender {calendar}: selain tanggal pada `extra`, hari libur negara {country} ikut dihitung: {days}; "
    "tulis `country: none` bila tidak dimaksudkan",
)
_DAY = Sentence(en="{day} ({name})", id="{day} ({name})")


def build_calendars(
    records: Mapping[str, CalendarRecord], first: dt.date, last: dt.date, locate: Locate, problems: Problems
) -> tuple[dict[str, Calendar], list[Said]]:
    """All calendars by name, and what must be told about their holidays.

    Parameters
    ----------
    records
        As written; `office` is added where it is missing.
    first, last
        Days whose holidays are wanted.
    """
    known = {DEFAULT_CALENDAR: CalendarRecord(), **records}
    notes: list[Said] = []
    built = {}
    for name, record in known.items():
        calendar = Calendar(name, _numbers(record.workdays), _numbers(record.call_days), frozenset())
        if record.holidays is not None:
            try:
                calendar, told = _with_holidays(calendar, record.holidays, first, last)
                notes += told if name in records or not records else []
            except NotImplementedError:
                where = locate(("calendars", name, "holidays", "country"))
                country = str(record.holidays.country)
                said = _NO_COUNTRY(country=country)
                problems.extend([unknown(where, said, country, holidays.list_supported_countries(), _WRITE_COUNTRY())])
        built[name] = calendar
    return built, notes


def default_calendar(records: Mapping[str, CalendarRecord]) -> str:
    """The calendar of units that name none: `office`, or the only one that is written down."""
    return next(iter(records)) if len(records) == 1 else DEFAULT_CALENDAR


def _numbers(days: tuple[str, ...]) -> frozenset[int]:
    return frozenset(WEEKDAYS.index(day) for day in days)


def _with_holidays(calendar: Calendar, record: HolidayRecord, first: dt.date, last: dt.date) -> tuple[Calendar, list[Said]]:
    """The calendar less its holidays, and what must be told about them.

    Raises
    ------
    NotImplementedError
        If nobody knows the holidays of the country.
    """
    years = range(first.year, last.year + 1)
    known: dict[dt.date, _Holiday] = {} if record.country is None else _national(record.country, years)
    notes: list[Said] = []
    if record.joint_leave and record.country in _INDONESIA:
        leave = _national(record.country, years, categories=(_JOINT_LEAVE,))
        notes += [_NO_JOINT_LEAVE(calendar=calendar.name, year=str(y)) for y in years if not any(day.year == y for day in leave)]
        known = {**leave, **known}
    named = {day: holiday.name for day, holiday in known.items()}
    kept = {day: name for day, name in sorted(named.items()) if day not in record.not_}
    inside = {day: name for day, name in kept.items() if first <= day <= last and day not in record.extra}
    notes += [_ESTIMATED(calendar=calendar.name, day=day, name=name) for day, name in inside.items() if known[day].estimated]
    if record.extra and "country" not in record.model_fields_set:
        notes += _taken_too(calendar, str(record.country), inside)
    return replace(calendar, holidays=frozenset(kept) | frozenset(record.extra), names=kept), notes


class _Holiday(NamedTuple):
    """A holiday's name, and whether its date is a guess, as those of the moon's calendar are until they are announced."""

    name: Said
    estimated: bool


def _national(country: str, years: range, **which: Any) -> dict[dt.date, _Holiday]:
    """Holidays of a country with their names in both languages; in English in both where nobody has translated them."""
    english = holidays.country_holidays(country, years=years, language=_ENGLISH, **which)
    ours = _INDONESIAN if _INDONESIAN in english.supported_languages else _ENGLISH
    indonesian = holidays.country_holidays(country, years=years, language=ours, **which)
    return {day: _Holiday(bilingual(en=name, id=indonesian[day]), _is_estimated(english, day)) for day, name in english.items()}


def _is_estimated(known: holidays.HolidayBase, day: dt.date) -> bool:
    """Whether the package marks a day as estimated; how it words the mark is its own affair."""
    label = getattr(known, "estimated_label", None)
    before, mark, after = known.tr(label).partition("%s") if label else ("", "", "")
    return bool(mark) and any(name.startswith(before) and name.endswith(after) for name in known.get_list(day))


def _taken_too(calendar: Calendar, country: str, inside: Mapping[dt.date, Said]) -> Iterator[Said]:
    """The holidays of a country that nobody wrote, on days that would be worked without them."""
    days = [_DAY(day=day, name=name) for day, name in inside.items() if calendar.usual(day) is not DayKind.NONE]
    if days:
        yield _TAKEN_TOO(calendar=calendar.name, country=country, days=few(days, _MOST_NAMED))

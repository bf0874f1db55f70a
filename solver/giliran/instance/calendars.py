"""Calendars of an instance: weekdays and holidays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import holidays

from giliran.circulars.problems import Locate, unknown
from giliran.domain.calendar import WEEKDAYS, Calendar
from giliran.instance.records import CalendarRecord, HolidayRecord
from giliran.instance.tables import Problems
from giliran.messages import Said, Sentence

DEFAULT_CALENDAR = "office"
"""Calendar of units that name none; it exists even if nobody writes it down."""

_INDONESIA = ("ID", "IDN")
_JOINT_LEAVE = "government"
"""Category under which the `holidays` package keeps Indonesian joint leave (cuti bersama)."""

_NO_COUNTRY = Sentence(en="holidays of the country {country} are not known", id="hari libur negara {country} tidak dikenal")
_ESTIMATED = Sentence(
    en="calendar {calendar}: {day} ({name}) is an estimate; put the official date under `extra` or `not` of its holidays",
    id="kalender {calendar}: {day} ({name}) masih perkiraan; tulis tanggal resminya pada `extra` atau `not` di bagian libur",
)
_NO_JOINT_LEAVE = Sentence(
    en="calendar {calendar}: joint leave of {year} is not known here; list it under `extra` of its holidays",
    id="kalender {calendar}: cuti bersama {year} belum diketahui di sini; tuliskan pada `extra` di bagian libur",
)


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
        days: frozenset[dt.date] = frozenset()
        if record.holidays is not None:
            try:
                days = _holidays(name, record.holidays, first, last, notes if name in records or not records else [])
            except NotImplementedError:
                where = locate(("calendars", name, "holidays", "country"))
                country = record.holidays.country
                problems.extend([unknown(where, _NO_COUNTRY(country=country), country, holidays.list_supported_countries())])
        built[name] = Calendar(name, _numbers(record.workdays), _numbers(record.call_days), days)
    return built, notes


def default_calendar(records: Mapping[str, CalendarRecord]) -> str:
    """The calendar of units that name none: `office`, or the only one that is written down."""
    return next(iter(records)) if len(records) == 1 else DEFAULT_CALENDAR


def _numbers(days: tuple[str, ...]) -> frozenset[int]:
    return frozenset(WEEKDAYS.index(day) for day in days)


def _holidays(name: str, record: HolidayRecord, first: dt.date, last: dt.date, notes: list[Said]) -> frozenset[dt.date]:
    years = range(first.year, last.year + 1)
    named: dict[dt.date, str] = dict(holidays.country_holidays(record.country, years=years, language="en_US"))
    if record.joint_leave and record.country in _INDONESIA:
        leave = dict(holidays.country_holidays(record.country, years=years, categories=(_JOINT_LEAVE,), language="en_US"))
        notes += [_NO_JOINT_LEAVE(calendar=name, year=str(y)) for y in years if not any(day.year == y for day in leave)]
        named |= {day: title for day, title in leave.items() if day not in named}
    kept = {day: title for day, title in named.items() if day not in record.not_}
    notes += [
        _ESTIMATED(calendar=name, day=day, name=title)
        for day, title in sorted(kept.items())
        if "(estimated)" in title and first <= day <= last and day not in record.extra
    ]
    return frozenset(kept) | frozenset(record.extra)

"""Holidays of a report: days that people would work if they were none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from rich.text import Text

from giliran.domain.calendar import Calendar
from giliran.domain.place import DayKind
from giliran.messages import Said, Sentence
from giliran.reports.page import Page, short_date, weekday_word

MOST_SHOWN = 12
"""Most holidays that are named."""

_TITLE = Sentence(en="Holidays: {days}", id="Hari libur: {days}")
_MORE = Sentence(en="Holidays: {days}, and {rest} more", id="Hari libur: {days}, dan {rest} lainnya")
_CALENDARS = Sentence(en="calendar {names}", id="kalender {names}")


def holidays(page: Page) -> Iterator[Text]:
    """Every holiday of the horizon on a day that a calendar in use would work or call, with its name; nothing where there is none."""
    calendars = [page.facts.calendars[name] for name in page.facts.postings.calendar.words]
    found = [text for day in page.facts.dates if (text := _holiday(page, day, calendars))]
    if found:
        rest = len(found) - MOST_SHOWN
        days = ", ".join(found[:MOST_SHOWN])
        yield from page.wrapped(_MORE(days=days, rest=rest) if rest > 0 else _TITLE(days=days), indent="")


def _holiday(page: Page, day: dt.date, calendars: list[Calendar]) -> str:
    """The day, in brackets its name and the calendars that have it where others do not; empty where it is a holiday of none."""
    usual = [calendar for calendar in calendars if calendar.usual(day) is not DayKind.NONE]
    resting = [calendar for calendar in usual if day in calendar.holidays]
    if not resting:
        return ""
    known: Said | None = next((calendar.names[day] for calendar in resting if day in calendar.names), None)
    notes = [] if known is None else [known.text(page.lang)]
    if len(resting) < len(usual):
        notes.append(page.say(_CALENDARS, names=", ".join(calendar.name for calendar in resting)))
    text = f"{weekday_word(day, page.lang)} {short_date(day, page.lang)}"
    return f"{text} ({'; '.join(notes)})" if notes else text

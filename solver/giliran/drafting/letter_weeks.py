"""Which days a plan is for, where nobody has said yet, and how such days are written."""

from __future__ import annotations

import datetime as dt

from giliran.circulars import Circular
from giliran.domain.calendar import date_range
from giliran.domain.place import DayKind
from giliran.errors import Problems
from giliran.instance.calendars import DEFAULT_CALENDAR, build_calendars
from giliran.instance.given import unplaced
from giliran.messages import LANGUAGES, Said, bilingual, render_date, render_period


def likely_days(circular: Circular, today: dt.date) -> tuple[dt.date, dt.date]:
    """The next working week, or where the letter is not in force then its first days up to a Friday."""
    first, last = next_week(today)
    start, to = circular.in_force.start, circular.in_force.to
    if start <= first and (to is None or last <= to):
        return first, last
    friday = start + dt.timedelta(days=(4 - start.weekday()) % 7)
    return start, min(friday, to or friday)


def next_week(today: dt.date) -> tuple[dt.date, dt.date]:
    """Monday and Friday of the next week after a day's in which anybody works: not that of Lebaran."""
    monday = today + dt.timedelta(days=7 - today.weekday())
    friday = monday + dt.timedelta(days=4)
    calendars, _ = build_calendars({}, monday, friday, unplaced, Problems())
    worked = any(calendars[DEFAULT_CALENDAR].kind(day) is DayKind.WORK for day in date_range(monday, friday))
    return (monday, friday) if worked else next_week(monday)


def period_said(first: dt.date, last: dt.date) -> Said:
    """Days as people write them: "3–7 August 2026", "31 August – 4 September 2026"."""
    texts = {lang: render_period(first, last, lang) for lang in LANGUAGES}
    return bilingual(en=texts["en"], id=texts["id"])


def date_said(day: dt.date) -> Said:
    """A day as people write it: "Monday 3 August 2026"."""
    texts = {lang: render_date(day, lang) for lang in LANGUAGES}
    return bilingual(en=texts["en"], id=texts["id"])

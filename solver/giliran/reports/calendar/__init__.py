"""A plan as calendars that telephones and computers take (RFC 5545). Writing them needs the extra `giliran[desk]`.

An event is a person's day at work. It has the same identifier in every plan of that day, a number that rises with the number of the plan
(SEQUENCE), and where the published plan has it and this one does not, it is cancelled: whoever opens the new file over the old one sees
the new plan alone. The same plan gives the same bytes: the time stamp is the first day, a second later for each plan that it replaces.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Any

from giliran.messages import Sentence, shown
from giliran.reports.calendar.events import Event, events_of
from giliran.reports.report import Report
from giliran.reports.style import PlanStyle
from giliran.text.missing import OR_CSV, WRITE_CALENDARS, not_installed

__all__ = ["Event", "Writer", "begins_as_calendar", "events_of", "plan_calendar"]

_NAME = Sentence(en="Work plan: {title}", id="Jadwal kerja: {title}")
_OF_PERSON = Sentence(en="Work plan of {name}", id="Jadwal kerja {name}")
_WHOSE = Sentence(en="{name}: {text}", id="{name}: {text}")
_BEGIN, _MAKER = "BEGIN:VCALENDAR", "-//giliran//giliran//"
_OPEN = "-"
"""Stands in an event for what differs between events that are else alike."""


class Writer:
    """Writes calendars of a plan; what events have in common is made once.

    Parameters
    ----------
    report
        The plan.
    style
        The language.

    Raises
    ------
    InputError
        If the package that writes calendars is not installed.
    """

    def __init__(self, report: Report, style: PlanStyle) -> None:
        try:
            import icalendar
        except ImportError:
            raise not_installed(WRITE_CALENDARS, OR_CSV) from None
        self._of: Any = icalendar
        self._report, self._lang = report, style.lang
        number = max(report.version - 1, 0 if report.before is None else 1)
        self._sequence = number
        self._stamp = dt.datetime.combine(report.facts.dates[0], dt.time(), dt.UTC) + dt.timedelta(seconds=number)
        self._shape, self._summary = cache(self._made), cache(self._line)

    def person(self, events: Sequence[Event]) -> bytes:
        """The calendar of one person, who is named in its title."""
        name = _line_of(self._report.facts.staff.called(events[0].person))
        return self._calendar(_OF_PERSON(name=name).text(self._lang), [(event, event.text) for event in events])

    def everybody(self, events: Sequence[Event]) -> bytes:
        """One calendar of several people, who are named in every event."""
        staff, title = self._report.facts.staff, _line_of(self._report.facts.title)
        names = {e: _line_of(staff.label(e)) for e in {event.person for event in events}}
        texts = [(event, _WHOSE(name=names[event.person], text=event.text).text(self._lang)) for event in events]
        return self._calendar(_NAME(title=title).text(self._lang), texts)

    def _calendar(self, name: str, events: Sequence[tuple[Event, str]]) -> bytes:
        made = self._of.Calendar()
        for key, value in {
            "prodid": f"{_MAKER}{self._lang.upper()}",
            "version": "2.0",
            "calscale": "GREGORIAN",
            "method": "PUBLISH",
            "x-wr-calname": self._of.vText(name),  # of names that it does not know the package escapes nothing by itself
        }.items():
            made.add(key, value)
        head, end = made.to_ical().rsplit(b"END:VCALENDAR", 1)
        return b"".join([head, *(self._event(event, text) for event, text in events), b"END:VCALENDAR", end])

    def _event(self, event: Event, text: str) -> bytes:
        shape = self._shape(event.day, event.cancelled)
        return shape.replace(b"UID:-\r\n", f"UID:{event.uid}\r\n".encode()).replace(b"SUMMARY:-\r\n", self._summary(text))

    def _made(self, day: dt.date, cancelled: bool) -> bytes:
        """An event of a day, its identifier and its text left open."""
        made = self._of.Event()
        for key, value in {
            "uid": _OPEN,
            "summary": _OPEN,
            "dtstamp": self._stamp,
            "dtstart": day,
            "dtend": day + dt.timedelta(days=1),
            "sequence": self._sequence,
            "status": "CANCELLED" if cancelled else "CONFIRMED",
            "transp": "TRANSPARENT",
        }.items():
            made.add(key, value)
        return bytes(made.to_ical())

    def _line(self, text: str) -> bytes:
        """The line of a text, escaped and folded."""
        made = self._of.Event()
        made.add("summary", text)
        return bytes(made.to_ical()).removeprefix(b"BEGIN:VEVENT\r\n").removesuffix(b"END:VEVENT\r\n")


def plan_calendar(report: Report, style: PlanStyle) -> bytes:
    """One calendar of everybody who is shown, in the order of the staff table.

    Raises
    ------
    InputError
        If the package that writes calendars is not installed.
    """
    return Writer(report, style).everybody([*events_of(report, style.lang)])


def begins_as_calendar(text: str) -> bool:
    """Whether a file begins as one of our calendars."""
    return text.startswith(_BEGIN) and f"PRODID:{_MAKER}" in text


def _line_of(text: str) -> str:
    """A name on one line, with nothing that a screen obeys."""
    return shown(" ".join(text.split()))

"""What a calendar says of a person on a day, and by what name calendars know it again."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from giliran.domain.facts import Facts
from giliran.domain.place import Place
from giliran.domain.units import NO_UNIT
from giliran.messages import Lang, Sentence, shown
from giliran.reports.piket import duties_called
from giliran.reports.report import Report
from giliran.reports.words import place_word

_DUTY = Sentence(en="{place}, duty officer", id="{place}, petugas piket")
_DUTY_OF = Sentence(en="{place}, duty officer ({rules})", id="{place}, petugas piket ({rules})")
_AT_WORK = (Place.OFFICE, Place.HOME)
"""Places that make an event: why somebody is away stands in no calendar."""
_DIGITS = 24


@dataclass(frozen=True)
class Event:
    """A day at work, or one that was announced and is no more.

    Parameters
    ----------
    person
        Index.
    day
        The day, all of it.
    uid
        The same for the same person and day, whatever the plan says of it.
    text
        Where the person works, and duty with its hours and place.
    cancelled
        Whether the published plan has it and this one does not.
    """

    person: int
    day: dt.date
    uid: str
    text: str
    cancelled: bool


def events_of(report: Report, lang: Lang) -> Iterator[Event]:
    """Events of everybody who is shown, by person and day; days that are not planned yet say nothing."""
    facts, place = report.facts, report.schedule.place
    before = np.zeros(facts.shape, dtype=np.int8) if report.before is None else report.before
    open_ = report.schedule.unplaced(facts)
    now, was = np.isin(place, _AT_WORK) & facts.has_cell, np.isin(before, _AT_WORK)
    cells = (now | (was & ~open_)) & report.scope.people[:, None] & report.scope.days
    known = dict[int, str]()
    for e, d in np.argwhere(cells).tolist():
        if e not in known:
            known[e] = _identity(facts, e)
        cancelled = not now[e, d]
        said = place_word(Place(int(before[e, d] if cancelled else place[e, d])), lang)
        rules = () if cancelled else report.named.get((e, d), ())
        yield Event(e, facts.dates[d], _uid(known[e], facts.dates[d]), _text(report, said, rules, lang), cancelled)


def _text(report: Report, place: str, rules: tuple[str, ...], lang: Lang) -> str:
    if not rules:
        return place
    told = [_DUTY(place=place).text(lang)]
    if len(report.view.duties) > 1:
        words, ids = duties_called(report, rules)
        told = [_DUTY_OF(place=place, rules=", ".join(ids)).text(lang) if ids else place, *words]
    return ", ".join([*told, *(shown(text) for text in (report.document.duty_hours, report.document.duty_place) if text)])


def _identity(facts: Facts, e: int) -> str:
    """Who a person is wherever calendars meet: the NIP, or the id within the agency."""
    if facts.staff.nips[e]:
        return facts.staff.nips[e]
    unit = int(facts.unit[e, int(facts.has_cell[e].argmax())])
    agency = "" if unit == NO_UNIT else facts.units.names[[*facts.units.path(unit)][-1]]
    return f"{agency}\n{facts.staff.ids[e]}"


def _uid(identity: str, day: dt.date) -> str:
    """An identifier that every system takes and that tells nobody's NIP."""
    code = hashlib.sha256(f"{identity}\n{day.isoformat()}".encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    return f"{day.isoformat()}-{code}@giliran"

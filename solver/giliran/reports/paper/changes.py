"""What a plan changes against the published one: "semula … menjadi …", person by person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from giliran.messages import Said, Sentence, render_date
from giliran.reports.paper.measures import fitted, page_for
from giliran.reports.paper.model import Cell, Column, Grid, Page, Row
from giliran.reports.paper.people import NAME_NIP, NO, POSITION, named, position
from giliran.reports.piket import duty_called
from giliran.reports.report import Report
from giliran.reports.style import PlanStyle
from giliran.reports.words import both, place_word

TITLE = Sentence(en="Changes of the plan", id="Perubahan jadwal")
_DAY = Sentence(en="Day", id="Hari/Tanggal")
_WAS, _BECOMES = Sentence(en="Before", id="Semula"), Sentence(en="Now", id="Menjadi")
_NAMED, _NOT_NAMED = Sentence(en="duty officer", id="petugas piket"), Sentence(en="not duty officer", id="bukan petugas piket")
_NOTE = Sentence(en="Note", id="Ket.")
_STRETCH = (0, 4, 3, 1, 1, 1, 1)


@dataclass(frozen=True)
class _Change:
    """A day of a person, the duty that it is about, what was published, and what is planned."""

    e: int
    day: dt.date
    rule: str
    was: Said
    becomes: Said


def change_grid(report: Report, style: PlanStyle) -> tuple[Page, Grid] | None:
    """The table of changes, and the page that it fits on; None where nothing changes."""
    changes = _changes(report)
    if not changes:
        return None
    lang = style.lang
    columns = (
        Column(NO().text(lang), 8, centred=True),
        Column(NAME_NIP().text(lang), 44),
        Column(POSITION().text(lang), 28),
        Column(_DAY().text(lang), 32),
        Column(_WAS().text(lang), 23),
        Column(_BECOMES().text(lang), 23),
        Column(_NOTE().text(lang), 16),
    )
    page = page_for(style.paper, sum(column.width for column in columns))
    return page, Grid(fitted(columns, _STRETCH, page.room), tuple(_rows(report, changes, style)))


def _changes(report: Report) -> list[_Change]:
    """What changes, by person in the order of the list, then by day: places, who is away now, then duties."""
    found, dates, scope = report.changes, report.facts.dates, report.scope
    if found is None:
        return []
    moved = (*found.places, *found.away)
    changes = [_Change(one.person, dates[one.day], "", both(place_word, one.was), both(place_word, one.becomes)) for one in moved]
    named = {True: _NAMED(), False: _NOT_NAMED()}
    changes += [_Change(one.person, dates[one.day], one.rule, named[one.was], named[one.becomes]) for one in found.names]
    shown = {day for day, there in zip(dates, scope.days, strict=True) if there}
    return sorted((one for one in changes if scope.people[one.e] and one.day in shown), key=lambda one: (one.e, one.day, one.rule))


def _rows(report: Report, changes: Sequence[_Change], style: PlanStyle) -> Iterator[Row]:
    """Rows of each person below each other."""
    number, before = 0, -1
    for change in changes:
        again = change.e == before
        number += not again
        before = e = change.e
        who = ("", "", "") if again else (str(number), named(report, e), position(report, e))
        what = (render_date(change.day, style.lang), *(said.text(style.lang) for said in (change.was, change.becomes)))
        note = duty_called(report.view, change.rule) if change.rule else ""
        yield Row((*(Cell(text, continues=again) for text in who), *map(Cell, (*what, note))), begins=not again)

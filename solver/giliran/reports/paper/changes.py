"""What a plan changes against the published one: "semula … menjadi …", person by person, a row for each day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from giliran.domain.place import Place
from giliran.messages import Lang, Sentence, render_date, shown
from giliran.reports.changes import ChangeRow, change_table
from giliran.reports.codes import text_of
from giliran.reports.paper.measures import fitted, page_for
from giliran.reports.paper.model import Cell, Column, Grid, Key, Page, Row
from giliran.reports.paper.people import NAME_NIP, NO, POSITION, named, position
from giliran.reports.paper.plan import key_to
from giliran.reports.piket import UNIT, duty_called
from giliran.reports.plan import mark_of
from giliran.reports.report import Report
from giliran.reports.style import PlanStyle
from giliran.reports.table import Mark

TITLE = Sentence(en="Changes of the plan", id="Perubahan jadwal")
_DAY = Sentence(en="Day", id="Hari/Tanggal")
_WAS, _BECOMES = Sentence(en="Before", id="Semula"), Sentence(en="Now", id="Menjadi")
_NOTE = Sentence(en="Note", id="Ket.")
_ON, _OFF = Sentence(en="now {duty}", id="menjadi {duty}"), Sentence(en="no longer {duty}", id="tidak lagi {duty}")
_STRETCH = (0, 4, 3, 3, 0, 0, 0, 1)


def change_grid(report: Report, style: PlanStyle) -> tuple[Page, Key, Grid] | None:
    """The table of changes with the key to its codes, and the page that it fits on; None where nothing changes."""
    table = change_table(report)
    if table is None or not table.rows:
        return None
    lang = style.lang
    columns = (
        Column(NO().text(lang), 8, centred=True),
        Column(NAME_NIP().text(lang), 37),
        Column(POSITION().text(lang), 26),
        Column(UNIT().text(lang), 26),
        Column(_DAY().text(lang), 33),
        Column(_WAS().text(lang), 14, centred=True),
        Column(_BECOMES().text(lang), 14, centred=True),
        Column(_NOTE().text(lang), 16),
    )
    page = page_for(style.paper, sum(column.width for column in columns))
    days = [*_days(table.rows)]
    marks = [mark for day in days for mark in _marks(report, day)]
    rows = tuple(_rows(report, days, style))
    return page, key_to(marks, style), Grid(fitted(columns, _STRETCH, page.room), rows)


def _days(changes: Sequence[ChangeRow]) -> Iterator[list[ChangeRow]]:
    """What changes for a person on a day, in the order of the list, then by day."""
    ordered = sorted(changes, key=lambda one: (one.person, one.day, one.rule))
    for _, of in groupby(ordered, key=lambda one: (one.person, one.day)):
        yield list(of)


def _rows(report: Report, days: Sequence[list[ChangeRow]], style: PlanStyle) -> Iterator[Row]:
    """Days of each person below each other."""
    number, before = 0, -1
    for changes in days:
        e, day = changes[0].person, changes[0].day
        again = e == before
        number += not again
        before = e
        who = ("",) * 4 if again else (str(number), named(report, e), position(report, e), _unit(report, changes[0]))
        was, becomes = (text_of(mark, style.lang, reasons=style.reasons) for mark in _marks(report, changes))
        what = (render_date(day, style.lang), was, becomes, _note(report, changes, style.lang))
        yield Row((*(Cell(text, continues=again) for text in who), *map(Cell, what)), begins=not again)


def _unit(report: Report, change: ChangeRow) -> str:
    unit = int(report.facts.unit[change.person, report.facts.dates.index(change.day)])
    return shown(report.unit_name(unit)) if unit >= 0 else ""


def _marks(report: Report, changes: Sequence[ChangeRow]) -> tuple[Mark, Mark]:
    """Where the person of some changes of a day was, and is."""
    e, d = changes[0].person, report.facts.dates.index(changes[0].day)
    now = mark_of(report, e, d)
    moved: list[tuple[Place, Place]] = [one.places for one in changes if one.places is not None]
    came = {one.rule for one in changes if one.named is True}
    left = {one.rule for one in changes if one.named is False}
    was = moved[0][0] if moved else now.place
    duty = tuple(sorted((set(report.named.get((e, d), ())) - came) | left))
    return Mark(was, duty), now


def _note(report: Report, changes: Sequence[ChangeRow], lang: Lang) -> str:
    """Which duty begins and ends, where there are several."""
    if len(report.view.duties) <= 1:
        return ""
    said = ((_ON if one.named else _OFF)(duty=duty_called(report.view, one.rule)).text(lang) for one in changes if one.rule)
    return "\n".join(said)

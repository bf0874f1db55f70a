"""What a plan changes against the published one: "semula … menjadi …", person by person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from giliran.messages import Lang, Sentence, render_date
from giliran.reports.changes import ChangeRow, change_table
from giliran.reports.paper.measures import fitted, page_for
from giliran.reports.paper.model import Cell, Column, Grid, Page, Row
from giliran.reports.paper.people import NAME_NIP, NO, POSITION, named, position
from giliran.reports.piket import duty_called
from giliran.reports.report import Report
from giliran.reports.style import PlanStyle
from giliran.reports.words import place_word

TITLE = Sentence(en="Changes of the plan", id="Perubahan jadwal")
_DAY = Sentence(en="Day", id="Hari/Tanggal")
_WAS, _BECOMES = Sentence(en="Before", id="Semula"), Sentence(en="Now", id="Menjadi")
_NOTE = Sentence(en="Note", id="Ket.")
_STRETCH = (0, 4, 3, 1, 1, 1, 1)


def change_grid(report: Report, style: PlanStyle) -> tuple[Page, Grid] | None:
    """The table of changes, and the page that it fits on; None where nothing changes."""
    table = change_table(report)
    if table is None or not table.rows:
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
    return page, Grid(fitted(columns, _STRETCH, page.room), tuple(_rows(report, table.rows, style)))


def _rows(report: Report, changes: Sequence[ChangeRow], style: PlanStyle) -> Iterator[Row]:
    """Rows of each person below each other, in the order of the list: by day, a place before duties."""
    number, before = 0, -1
    for change in sorted(changes, key=lambda one: (one.person, one.day, one.rule)):
        again = change.person == before
        number += not again
        before = e = change.person
        who = ("", "", "") if again else (str(number), named(report, e), position(report, e))
        what = (render_date(change.day, style.lang), *_words(change, style.lang))
        note = duty_called(report.view, change.rule) if change.rule else ""
        yield Row((*(Cell(text, continues=again) for text in who), *map(Cell, (*what, note))), begins=not again)


def _words(change: ChangeRow, lang: Lang) -> tuple[str, str]:
    """What was published and what is planned: places as the plan itself calls them."""
    if change.places is None:
        return change.was.text(lang), change.becomes.text(lang)
    was, becomes = (place_word(place, lang) for place in change.places)
    return was, becomes

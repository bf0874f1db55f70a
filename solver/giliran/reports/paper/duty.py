"""Who has duty: the list of a period as an attachment, and the sheet of a day, to sign when one comes and goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from giliran.messages import MONTHS, Lang, Sentence, render_date, shown
from giliran.reports.paper.letter import letterhead, seen
from giliran.reports.paper.measures import fitted, page_for
from giliran.reports.paper.model import DOTS, Cell, Column, Ending, Grid, Page, Pairs, Part, Row, Signature, Title, Words
from giliran.reports.paper.people import NAME_NIP, named, nip, position
from giliran.reports.piket import (
    CAME,
    DAY,
    LEFT,
    NAME,
    NO,
    NOTE,
    PHONE,
    POSITION,
    RULE,
    UNIT,
    duty_days,
    duty_heads,
    duty_text,
    is_responsible,
)
from giliran.reports.plan import DutyRow
from giliran.reports.report import Report
from giliran.reports.style import PlanStyle

_SHEET = Sentence(en="Duty officers: signatures", id="Daftar hadir petugas piket")
_PLACE, _HOURS = Sentence(en="Place", id="Tempat"), Sentence(en="Time", id="Waktu")
_EVENTS = Sentence(en="Events during the duty:", id="Kejadian selama piket:")
_RESPONSIBLE = Sentence(en="Responsible for the duty", id="Penanggung jawab piket")

_WIDTHS = {DAY: 23, NO: 7, NAME: 38, POSITION: 28, UNIT: 28, RULE: 24, PHONE: 26, CAME: 19, LEFT: 19, NOTE: 14}
_STRETCH = {NAME: 3, POSITION: 2, UNIT: 2}
_CENTRED = frozenset({NO})
_DEEP = 9.0
"""Millimetres of a row in which somebody signs."""
_BOX_LINES = 5


def duty_grid(report: Report, style: PlanStyle) -> tuple[Page, Grid] | None:
    """The list of duty officers by day, and the page that it fits on; None where nobody is named."""
    days = [*duty_days(report)]
    if not days:
        return None
    return _grid(days, (DAY, *duty_heads(report, phones=style.phones)), report, style, deep=0)


def where_and_when(report: Report, lang: Lang, *, always: bool) -> Pairs | None:
    """Place and time of the duty, dots where nothing is said; None where nothing is said and it may be left out."""
    place, hours = (shown(text or "") for text in (report.document.duty_place, report.document.duty_hours))
    if not (always or place or hours):
        return None
    return Pairs(((_PLACE().text(lang), place or DOTS), (_HOURS().text(lang), hours or DOTS)))


def duty_sheets(report: Report, style: PlanStyle) -> Iterator[Part]:
    """A sheet for each day that names somebody."""
    lang = style.lang
    for day, rows in duty_days(report):
        heads = (DAY, *duty_heads(report, phones=style.phones), CAME, LEFT, NOTE)
        page, grid = _grid([(day, rows)], heads, report, style, deep=_DEEP)
        where = where_and_when(report, lang, always=True)
        ending = Ending(_responsible(report, day, rows, lang), seen(report, lang), _EVENTS().text(lang), _BOX_LINES)
        title = Title(_SHEET().text(lang).upper(), (render_date(day, lang),))
        yield Part(page, (letterhead(report), title, *([where] if where else []), grid, ending))


def _grid(
    days: Sequence[tuple[dt.date, list[DutyRow]]], heads: Sequence[Sentence], report: Report, style: PlanStyle, *, deep: float
) -> tuple[Page, Grid]:
    """A table of officers by day, and the page that it fits on."""
    columns = [Column((NAME_NIP if head is NAME else head)().text(style.lang), _WIDTHS[head], head in _CENTRED) for head in heads]
    page = page_for(style.paper, sum(column.width for column in columns))
    rows = []
    for day, officers in days:
        for k, duty in enumerate(officers):
            texts = (_text(head, duty, report, k + 1) for head in heads[1:])
            first = Cell("" if k else render_date(day, style.lang), bold=True, continues=k > 0)
            rows.append(Row((first, *map(Cell, texts)), begins=k == 0, deep=deep))
    return page, Grid(fitted(columns, [_STRETCH.get(head, 0) for head in heads], page.room), tuple(rows))


def _text(head: Sentence, duty: DutyRow, report: Report, number: int) -> str:
    if head is NO:
        return str(number)
    if head is NAME:
        return named(report, duty.person)
    if head is POSITION:
        return position(report, duty.person)
    return shown(duty_text(head, duty, report))


def _responsible(report: Report, day: dt.date, rows: Sequence[DutyRow], lang: Lang) -> Signature:
    """Who answers for the duty: whoever the plan names for it, else a line to write on."""
    place = shown(report.document.place) if report.document.place else DOTS
    above: tuple[Words, ...] = (
        (f"{place}, {day.day} {MONTHS[lang][day.month - 1]} {day.year}",),
        (f"{_RESPONSIBLE().text(lang)},",),
    )
    responsible = [row.person for row in rows if is_responsible(report, row)]
    if len(responsible) != 1:
        return Signature(above, None, (DOTS,), (("NIP ", DOTS),))
    return Signature(above, None, (shown(report.facts.staff.called(responsible[0])),), (("NIP ", nip(report, responsible[0])),))

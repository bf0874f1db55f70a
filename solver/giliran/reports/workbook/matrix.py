"""The plan as a matrix, people by days: codes and colours that can be read in black and white, unit after unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np

from giliran.domain.place import Place
from giliran.messages import MONTHS, WEEKDAYS, Lang, Sentence
from giliran.reports.plan import plan_tables
from giliran.reports.report import Report
from giliran.reports.table import Mark
from giliran.reports.words import period
from giliran.reports.workbook.sheets import COUNT, GROUP, HEAD, LINE, TEXT, TITLE, Book

_SHEET = Sentence(en="Plan", id="Jadwal")
_HEADS = (
    Sentence(en="No", id="No"),
    Sentence(en="Name", id="Nama"),
    Sentence(en="NIP", id="NIP"),
    Sentence(en="Position", id="Jabatan"),
)
_SUM = Sentence(en="In the office", id="Jumlah WFO")
_KEY = Sentence(
    en="WFO in the office · WFH at home · TB away · WFO P named for duty",
    id="WFO di kantor · WFH di rumah · TB tidak bertugas · WFO P petugas piket",
)
_OFF = Sentence(en="off", id="libur")

CODES = {Place.OFFICE: "WFO", Place.HOME: "WFH", Place.ABSENT: "TB", Place.NONE: "?"}
"""What stands in a cell; reasons of absence are nobody's business on a sheet that is handed round."""

DIVISION = 2
"""Units of a path below which no page begins: an agency and its division."""

_COLOURS = {Place.OFFICE: "#FFFFFF", Place.HOME: "#DDEBF7", Place.ABSENT: "#FFF2CC", Place.OFF: "#D9D9D9", Place.NONE: "#F8CBAD"}
MOST_BREAKS = 1_000
"""Page breaks that a sheet can have."""
_WIDTHS = (5, 30, 22, 30)
_DAY_WIDTH = 7


def write_matrix(book: Book, report: Report) -> None:
    """The matrix, with its heading repeated on every page and a page break where a unit of the first level begins."""
    facts = report.facts
    days = np.flatnonzero(facts.has_cell.any(axis=0)).tolist()
    sheet = book.sheet(_SHEET().text(book.lang))
    sheet.write_string(0, 0, facts.title, book.format(TITLE))
    sheet.write_string(1, 0, period(facts.dates[0], facts.dates[-1], book.lang), book.format({}))
    _heading(book, sheet, [facts.dates[d] for d in days])
    row, number, breaks = 3, 0, list[int]()
    division: tuple[str, ...] | None = None
    for table in plan_tables(report):
        path = report.unit_path(table.rows[0].unit)[:DIVISION]
        if path != division and division is not None and len(division) == len(path) == DIVISION:
            breaks.append(row)
        division = path
        sheet.merge_range(row, 0, row, len(_HEADS) + len(days) - 1, table.title.text(book.lang), book.format(GROUP))
        row += 1
        office = dict.fromkeys(days, 0)
        for person in table.rows:
            number += 1
            _person(book, sheet, row, number, report, person.person)
            for c, d in enumerate(days, start=len(_HEADS)):
                mark = person.marks.get(facts.dates[d])
                office[d] += mark is not None and mark.place is Place.OFFICE
                sheet.write_string(row, c, _code(mark, book.lang), book.format(_look(mark)))
            row += 1
        sheet.merge_range(row, 0, row, len(_HEADS) - 1, _SUM().text(book.lang), book.format(GROUP))
        for c, d in enumerate(days, start=len(_HEADS)):
            sheet.write_number(row, c, office[d], book.format({**COUNT, "bold": True}))
        row += 1
    sheet.write_string(row + 1, 0, _KEY().text(book.lang), book.format({"italic": True}))
    for c, width in enumerate(_WIDTHS):
        sheet.set_column(c, c, width)
    sheet.set_column(len(_WIDTHS), len(_WIDTHS) + len(days) - 1, _DAY_WIDTH)
    sheet.freeze_panes(3, 2)
    sheet.repeat_rows(2)
    sheet.set_h_pagebreaks(breaks[:MOST_BREAKS])


def _heading(book: Book, sheet: Any, dates: Sequence[dt.date]) -> None:
    sheet.set_row(2, 2 * LINE)
    for c, head in enumerate(_HEADS):
        sheet.write_string(2, c, head().text(book.lang), book.format(HEAD))
    for c, day in enumerate(dates, start=len(_HEADS)):
        text = f"{WEEKDAYS[book.lang][day.weekday()][:3]}\n{day.day} {MONTHS[book.lang][day.month - 1][:3]}"
        sheet.write_string(2, c, text, book.format(HEAD))


def _person(book: Book, sheet: Any, row: int, number: int, report: Report, e: int) -> None:
    staff = report.facts.staff
    sheet.write_number(row, 0, number, book.format(COUNT))
    for c, text in enumerate((staff.names[e], staff.nips[e] or staff.ids[e], staff.positions[e]), start=1):
        sheet.write_string(row, c, text, book.format(TEXT))


def _code(mark: Mark | None, lang: Lang) -> str:
    if mark is None:
        return ""
    word = _OFF().text(lang) if mark.place is Place.OFF else CODES[mark.place]
    return f"{word} P" if mark.duty else word


def _look(mark: Mark | None) -> dict[str, Any]:
    if mark is None:
        return {**COUNT, "bg_color": _COLOURS[Place.OFF]}
    return {**COUNT, "bg_color": _COLOURS[mark.place], "bold": bool(mark.duty)}

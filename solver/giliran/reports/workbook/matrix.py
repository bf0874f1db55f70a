"""The plan as a matrix, people by days: codes and colours that can be read in black and white, unit after unit."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import numpy as np

from giliran.domain.place import Place
from giliran.domain.units import NO_UNIT
from giliran.messages import Sentence
from giliran.reports.codes import REASON_CODES, code_of, key_of, text_of
from giliran.reports.days import day_heading, resting_days, weeks_of
from giliran.reports.plan import PlanRow, plan_tables
from giliran.reports.report import Report
from giliran.reports.summary import holidays
from giliran.reports.table import Mark, Table
from giliran.reports.words import period
from giliran.reports.workbook.looks import line_look, look_of
from giliran.reports.workbook.sheets import COUNT, GROUP, HEAD, LINE, LONG, MATRIX, RED_HEAD, TEXT, TITLE, WARNING, Book

_HEADS = (
    Sentence(en="No", id="No"),
    Sentence(en="Name", id="Nama"),
    Sentence(en="NIP", id="NIP"),
    Sentence(en="Position", id="Jabatan"),
)
_SUMS = {
    Place.OFFICE: Sentence(en="Sum WFO", id="Jumlah WFO"),
    Place.HOME: Sentence(en="Sum WFH", id="Jumlah WFH"),
    Place.ABSENT: Sentence(en="Sum away", id="Jumlah tidak bertugas"),
}
_TOTALS = (Sentence(en="Total\nWFO", id="Jml\nWFO"), Sentence(en="Total\nWFH", id="Jml\nWFH"))
_BROKEN = Sentence(
    en="This plan breaks rules that must hold: {count}. They stand on the sheet {sheet}.",
    id="Jadwal ini tidak memenuhi aturan wajib: {count}. Uraiannya di lembar {sheet}.",
)
_KEY = Sentence(en="Key", id="Keterangan")

DIVISION = 2
"""Units of a path below which no page begins: an agency and its division; its head stands on the page of the first one."""
MOST_BREAKS = 1_000
"""Page breaks that a sheet can have."""
_TOP = 3
"""Rows above the first unit: title, period, heading."""
_WIDTHS = (4, 30, 20, 28)
_DAY_WIDTH, _WIDE_DAY, _SHORT = 7.0, 8.5, 3
"""Widths of columns of days, and letters of codes that the narrow ones hold."""


class _Matrix:
    """A matrix that is written, row after row, and what was written so far.

    Parameters
    ----------
    days, resting
        Indices of the days that have columns, and of all holidays.
    """

    def __init__(self, book: Book, sheet: Any, report: Report, days: list[int], resting: frozenset[int]) -> None:
        self.book, self.sheet, self.report, self.days, self.resting = book, sheet, report, days, resting
        self.row, self.number, self.free = _TOP, 0, False
        self.breaks: list[int] = []
        self.seen: dict[tuple[str, bool], Mark] = {}

    def unit(self, table: Table[PlanRow]) -> None:
        """A unit: its name, its people, its sums."""
        width = len(_HEADS) + len(self.days) + len(_TOTALS)
        _merge(self.sheet, self.row, width - 1, table.title.text(self.book.style.lang), self.book.format(GROUP))
        self.row += 1
        for person in table.rows:
            self._person(person)
        for place in _SUMS:
            self._sum(table, place)

    def _person(self, person: PlanRow) -> None:
        facts, style = self.report.facts, self.book.style
        staff, e = facts.staff, person.person
        self.number += 1
        self.sheet.write_number(self.row, 0, self.number, self.book.format(COUNT))
        texts = (staff.names[e], staff.nips[e] or staff.ids[e], staff.positions[e])
        for c, text in enumerate(texts, start=1):
            self.sheet.write_string(self.row, c, text, self.book.format(TEXT if c == 2 else LONG))
        for c, d in enumerate(self.days, start=len(_HEADS)):
            mark = person.marks.get(facts.dates[d])
            always = bool(facts.home_only[e, d])
            self._see(mark, always=always, day=d)
            travel = style.reasons and mark is not None and code_of(mark, style.lang, reasons=True) == REASON_CODES["dinas_luar"]
            look = look_of(mark, always_home=always, holiday=d in self.resting, travel=travel)
            self.sheet.write_string(self.row, c, text_of(mark, style.lang, reasons=style.reasons), self.book.format(look))
        for c, place in enumerate((Place.OFFICE, Place.HOME), start=len(_HEADS) + len(self.days)):
            count = sum(mark.place is place for day, mark in person.marks.items())
            self.sheet.write_number(self.row, c, count, self.book.format(COUNT))
        self.book.deepen(self.sheet, self.row, (texts[0], texts[2]), (_WIDTHS[1], _WIDTHS[3]))
        self.row += 1

    def _see(self, mark: Mark | None, *, always: bool, day: int) -> None:
        if mark is None:
            self.free |= day not in self.resting
            return
        code = code_of(mark, self.book.style.lang, reasons=self.book.style.reasons), always and mark.place is Place.HOME
        if code not in self.seen or (mark.duty and not self.seen[code].duty):
            self.seen[code] = mark

    def _sum(self, table: Table[PlanRow], place: Place) -> None:
        dates = [self.report.facts.dates[d] for d in self.days]
        marks = [[mark for row in table.rows if (mark := row.marks.get(day)) is not None] for day in dates]
        counts = [sum(mark.place is place for mark in of_day) for of_day in marks]
        if place is Place.ABSENT and not any(counts):
            return
        _merge(self.sheet, self.row, len(_HEADS) - 1, _SUMS[place]().text(self.book.style.lang), self.book.format(GROUP))
        for c, (count, of_day) in enumerate(zip(counts, marks, strict=True), start=len(_HEADS)):
            look = self.book.format({**COUNT, "bold": True})
            if of_day:
                self.sheet.write_number(self.row, c, count, look)
            else:
                self.sheet.write_blank(self.row, c, None, look)
        self.row += 1

    def legend(self) -> None:
        """What codes and colours mean, below the last unit."""
        lang = self.book.style.lang
        self.sheet.write_string(self.row + 1, 1, _KEY().text(lang), self.book.format({"bold": True}))
        lines = key_of(self.seen, lang, holidays=not self.resting.isdisjoint(self.days), free=self.free)
        for k, line in enumerate(lines, start=self.row + 2):
            self.sheet.write_string(k, 1, line.code, self.book.format(line_look(line)))
            self.sheet.write_string(k, 2, line.word, self.book.format({}))


def write_matrix(book: Book, report: Report, findings: Sentence) -> None:
    """The matrix, with its heading repeated on every page and a page break where a unit of the first level begins.

    Parameters
    ----------
    findings
        The name of the sheet of findings.
    """
    facts, scope = report.facts, report.scope
    working = (facts.has_cell & scope.people[:, None]).any(axis=0) & scope.days
    resting = resting_days(report) & scope.days & ~working
    days = np.flatnonzero(working | resting).tolist()
    sheet = book.sheet(MATRIX().text(book.style.lang), fitted=False)
    matrix = _Matrix(book, sheet, report, days, frozenset(np.flatnonzero(resting_days(report)).tolist()))
    _titles(book, sheet, report, days, findings)
    _heading(matrix)
    before: tuple[str, ...] | None = None
    for table in plan_tables(report):
        path = report.unit_path(table.rows[0].unit)[:DIVISION] if table.rows[0].unit != NO_UNIT else ()
        if before is not None and path != before and before != path[:1]:
            matrix.breaks.append(matrix.row)
        before = path
        matrix.unit(table)
    matrix.legend()
    _pages(matrix)


def _titles(book: Book, sheet: Any, report: Report, days: list[int], findings: Sentence) -> None:
    """The title; the period with its holidays, or how many rules are broken."""
    facts, lang = report.facts, book.style.lang
    sheet.write_string(0, 0, facts.title, book.format(TITLE))
    told = [period(facts.dates[days[0]], facts.dates[days[-1]], lang)] if days else []
    told += [said.text(lang)] if (said := holidays(facts)) is not None else []
    sheet.write_string(1, 0, " · ".join(told), book.format({}))
    if report.broken:
        warning = _BROKEN(count=len(report.broken), sheet=findings().text(lang)).text(lang)
        sheet.write_string(0, len(_HEADS), warning, book.format(WARNING))


def _heading(matrix: _Matrix) -> None:
    book, sheet, lang = matrix.book, matrix.sheet, matrix.book.style.lang
    sheet.set_row(2, 2 * LINE)
    for c, head in enumerate(_HEADS):
        sheet.write_string(2, c, head().text(lang), book.format(HEAD))
    for c, d in enumerate(matrix.days, start=len(_HEADS)):
        sheet.write_string(2, c, day_heading(matrix.report.facts.dates[d], lang), book.format(RED_HEAD if d in matrix.resting else HEAD))
    for c, head in enumerate(_TOTALS, start=len(_HEADS) + len(matrix.days)):
        sheet.write_string(2, c, head().text(lang), book.format(HEAD))


def _pages(matrix: _Matrix) -> None:
    """Widths, what stays in sight and is printed on every page, and where pages end."""
    book, sheet, days = matrix.book, matrix.sheet, matrix.days
    wide = _WIDE_DAY if any(len(code) > _SHORT for code, _ in matrix.seen) else _DAY_WIDTH
    for c, width in enumerate(_WIDTHS):
        sheet.set_column(c, c, width)
    sheet.set_column(len(_WIDTHS), len(_WIDTHS) + len(days) + len(_TOTALS) - 1, wide)
    sheet.freeze_panes(_TOP, 2)
    sheet.repeat_rows(0, 2)
    widths = [len(week) for week in weeks_of([matrix.report.facts.dates[d] for d in days])]
    starts = [len(_WIDTHS) + before for before in accumulate(widths[:-1])]
    if starts:
        sheet.repeat_columns(0, len(_WIDTHS) - 1)
        sheet.set_v_pagebreaks(starts)
    widest = max(widths) + len(_TOTALS)
    sheet.set_print_scale(book.scale([*_WIDTHS, *[wide] * widest]))
    sheet.set_h_pagebreaks(matrix.breaks[:MOST_BREAKS])


def _merge(sheet: Any, row: int, last: int, text: str, look: Any) -> None:
    """A text over several columns, as a string whatever it looks like."""
    if last:
        sheet.merge_range(row, 0, row, last, "", look)
    sheet.write_string(row, 0, text, look)

"""Sheets of a workbook: formats, names, and any table of a report with its heading."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from functools import cache
from typing import Any

from giliran.messages import Sentence
from giliran.reports.style import Paper, PlanStyle
from giliran.reports.table import Cell, Column, Kind, Table, cell_text
from giliran.reports.words import OWN, SILENT, row_said

PAPERS = {Paper.A4: (9, 11.69), Paper.F4: (14, 13.0)}
"""Number of each paper in a workbook, and its longer side in inches; 14 is Folio, which differs from F4 by a millimetre."""
_MARGIN, _TOP_MARGIN = 0.4, 0.5
"""Inches of the page that nothing is printed on."""
_RIM, _INCHES = 0.72, 8 / 96
"""Letters of the rim of a column, and inches of a letter in programs that make it wide: 8 dots of 96."""
_NARROWER = 1.08
_CAPITALS = 0.8
LEAST_SCALE, WHOLE_SCALE = 40, 100
"""Per cent to which a page is made smaller at most; below, nobody reads it."""
MOST_LETTERS = 31
"""Of the name of a sheet."""
LINE = 14
"""Height of a line of text, in points."""
WIDEST, NARROWEST = 60, 14
"""Widest column, in letters, and below what none is cut; longer texts are broken."""
PAGE = 165
"""Letters of a line of a page that is still read easily."""
FONT = {"font_name": "Arial", "font_size": 10}
"""A font that is as wide in LibreOffice as in Excel, whose columns fit the page in both."""

MATRIX, DATA = Sentence(en="Plan", id="Jadwal"), Sentence(en="Data", id="Data")
"""Names of the sheets that hold the plan, for people and for programs."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")

HEAD = {"bold": True, "bg_color": "#D9D9D9", "border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"}
TITLE = {"bold": True, "font_size": 14}
GROUP = {"bold": True, "bg_color": "#EFEFEF", "border": 1}
TEXT = {"border": 1, "valign": "top", "num_format": "@"}
LONG = {**TEXT, "text_wrap": True}
COUNT = {"border": 1, "valign": "top", "align": "center"}
RED_HEAD = {**HEAD, "bg_color": "#F4B6B6"}
WARNING = {"bold": True, "font_color": "#C00000"}


class Book:
    """A workbook that is written: makes each format once.

    Parameters
    ----------
    made
        Of xlsxwriter.
    style
        Language, paper, and what is shown.
    """

    def __init__(self, made: Any, style: PlanStyle) -> None:
        self.made: Any = made
        self.style: PlanStyle = style
        self._names: set[str] = set()
        self._format = cache(lambda items: made.add_format(dict(items)))

    def format(self, fields: dict[str, Any]) -> Any:
        """A format with these fields."""
        return self._format(tuple(sorted(fields.items())))

    def sheet(self, name: str, *, fitted: bool = True) -> Any:
        """A new sheet that prints on its paper, one page wide where it is `fitted`: Excel keeps to page breaks only where it is not."""
        short = _FORBIDDEN.sub(" ", name)[:MOST_LETTERS].strip("' ") or "-"
        k = 2
        while short.casefold() in self._names:
            short, k = f"{short[: MOST_LETTERS - 4]} {k}", k + 1
        self._names.add(short.casefold())
        sheet = self.made.add_worksheet(short)
        sheet.set_paper(PAPERS[self.style.paper][0])
        sheet.set_landscape()
        sheet.set_margins(left=_MARGIN, right=_MARGIN, top=_TOP_MARGIN, bottom=_TOP_MARGIN + 0.2)
        sheet.set_footer("&L&A&C&P / &N", {"margin": 0.3})
        if fitted:
            sheet.fit_to_pages(1, 0)
        return sheet

    def scale(self, widths: Sequence[float]) -> int:
        """Per cent at which columns of these widths fit on a page."""
        needed = sum(width + _RIM for width in widths) * _INCHES
        room = PAPERS[self.style.paper][1] - 2 * _MARGIN
        return max(LEAST_SCALE, min(WHOLE_SCALE, int(100 * room / needed)))

    def deepen(self, sheet: Any, row: int, texts: Sequence[str], widths: Sequence[float], least: float = 1) -> None:
        """Make a row deep enough for texts in columns of these widths."""
        lines = max([least, *(lines_in(text, width) for text, width in zip(texts, widths, strict=True))])
        if lines > 1:
            sheet.set_row(row, lines * LINE)

    def heads(self, sheet: Any, heads: Sequence[Sentence], row: int = 0) -> None:
        """A row of headings, printed on every page."""
        for c, head in enumerate(heads):
            sheet.write_string(row, c, head().text(self.style.lang), self.format(HEAD))
        sheet.set_row(row, 2 * LINE)
        sheet.repeat_rows(row)


def lines_in(text: str, width: float) -> int:
    """Lines that a text takes in a column of a width, words kept whole; small letters are narrower than the digits that columns count."""
    return sum(max(1, len(textwrap.wrap(line, max(int(width * _narrower(line)), 1)))) for line in text.splitlines() or [""])


def _narrower(line: str) -> float:
    """How much narrower than digits a line is: names of units in capitals are wider."""
    capitals = sum(map(str.isupper, line)) / max(len(line), 1)
    return _NARROWER + (_CAPITALS - _NARROWER) * capitals


def write_table(book: Book, table: Table[Any], name: Sentence) -> None:
    """A table on a sheet of its own, as narrow as a page; nothing where it has no rows."""
    if not len(table):
        return
    sheet = book.sheet(name().text(book.style.lang))
    heads = [column.title.text(book.style.lang) for column in table.columns]
    rows = [[_shown(column, cell, book) for column, cell in zip(table.columns, cells, strict=True)] for cells in table.cells()]
    widths = _narrowed([max(_width_of(head), *(_longest(row[c]) for row in rows)) for c, head in enumerate(heads)])
    for c, head in enumerate(heads):
        sheet.write_string(0, c, head, book.format(HEAD))
        sheet.set_column(c, c, widths[c])
    sheet.set_row(0, max(lines_in(head, width - 1) for head, width in zip(heads, widths, strict=True)) * LINE)
    for r, row in enumerate(rows, start=1):
        for c, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(r, c, cell, book.format(COUNT))
            else:
                sheet.write_string(r, c, cell, book.format(LONG))
        book.deepen(sheet, r, [*map(str, row)], widths)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _shown(column: Column, cell: Cell, book: Book) -> str | int:
    """A cell as a number or in words."""
    if column.kind is Kind.COUNT and isinstance(cell, int):
        return cell
    text = cell_text(column.kind, cell, book.style.lang)
    said = row_said(text) if column.key == "row" and text in (OWN, SILENT) else None
    return said.text(book.style.lang) if said else "" if column.key == "row" and text == OWN else text


def _width_of(head: str) -> int:
    """Letters that a heading needs in two lines, words kept whole."""
    return max([*map(len, head.split()), -(-len(head) // 2)]) + 2


def _longest(cell: str | int) -> int:
    return max(map(len, str(cell).splitlines() or [""])) + 2


def _narrowed(widths: Sequence[int]) -> list[int]:
    """Widths of which the widest are cut, so that all columns together fill a page."""
    cut = next((most for most in range(WIDEST, NARROWEST, -1) if sum(min(width, most) for width in widths) <= PAGE), NARROWEST)
    return [min(width, cut) for width in widths]


def write_rows(book: Book, rows: Sequence[Sequence[str]], name: Sentence = DATA) -> None:
    """Rows for programs, as text, names on top."""
    sheet = book.sheet(name().text(book.style.lang))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            sheet.write_string(r, c, text, book.format({"num_format": "@"} if r else {"bold": True}))
    sheet.set_column(0, max(len(rows[0]) - 1, 0) if rows else 0, 22)
    sheet.freeze_panes(1, 0)

"""Sheets of a workbook: formats, names, and any table of a report with its heading."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from functools import cache
from typing import Any

from giliran.messages import Sentence
from giliran.reports.style import Paper, Style
from giliran.reports.table import Kind, Table, cell_text

PAPERS = {Paper.A4: (9, 11.69), Paper.F4: (14, 13.0)}
"""Number of each paper in a workbook, and its longer side in inches; 14 is Folio, which differs from F4 by a millimetre."""
_MARGIN, _TOP_MARGIN = 0.4, 0.5
"""Inches of the page that nothing is printed on."""
_DOTS, _PAD, _PER_INCH = 7, 5, 96
"""Dots of a letter, of the rim of a column, and of an inch."""
LEAST_SCALE, WHOLE_SCALE = 40, 100
"""Per cent to which a page is made smaller at most; below, nobody reads it."""
MOST_LETTERS = 31
"""Of the name of a sheet."""
LINE = 15
"""Height of a line of text, in points."""
WIDEST = 60
"""Widest column, in letters; longer texts are broken."""

DATA = Sentence(en="Data", id="Data")
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

    def __init__(self, made: Any, style: Style) -> None:
        self.made, self.style = made, style
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
        needed = sum(width * _DOTS + _PAD for width in widths) / _PER_INCH
        room = PAPERS[self.style.paper][1] - 2 * _MARGIN
        return max(LEAST_SCALE, min(WHOLE_SCALE, int(100 * room / needed)))

    def heads(self, sheet: Any, heads: Sequence[Sentence], row: int = 0) -> None:
        """A row of headings, printed on every page."""
        for c, head in enumerate(heads):
            sheet.write_string(row, c, head().text(self.style.lang), self.format(HEAD))
        sheet.set_row(row, 2 * LINE)
        sheet.repeat_rows(row)


def lines_in(text: str, width: float) -> int:
    """Lines that a text takes in a column of a width, words kept whole."""
    return sum(max(1, len(textwrap.wrap(line, max(int(width), 1)))) for line in text.splitlines() or [""])


def write_table(book: Book, table: Table[Any], name: Sentence) -> None:
    """A table on a sheet of its own; nothing where it has no rows."""
    if not len(table):
        return
    sheet = book.sheet(name().text(book.style.lang))
    widths = [len(column.title.text(book.style.lang)) for column in table.columns]
    for c, column in enumerate(table.columns):
        sheet.write_string(0, c, column.title.text(book.style.lang), book.format(HEAD))
    sheet.set_row(0, 2 * LINE)
    for r, cells in enumerate(table.cells(), start=1):
        lines = 1
        for c, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
            if column.kind is Kind.COUNT and isinstance(cell, int):
                sheet.write_number(r, c, cell, book.format(COUNT))
                continue
            text = cell_text(column.kind, cell, book.style.lang)
            widths[c] = max(widths[c], *map(len, text.splitlines() or [""]))
            lines = max(lines, lines_in(text, WIDEST - 2))
            sheet.write_string(r, c, text, book.format(LONG))
        if lines > 1:
            sheet.set_row(r, lines * LINE)
    for c, width in enumerate(widths):
        sheet.set_column(c, c, min(width + 2, WIDEST))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def write_rows(book: Book, rows: Sequence[Sequence[str]]) -> None:
    """Rows for programs, as text, names on top."""
    sheet = book.sheet(DATA().text(book.style.lang))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            sheet.write_string(r, c, text, book.format({"num_format": "@"} if r else {"bold": True}))
    sheet.set_column(0, max(len(rows[0]) - 1, 0) if rows else 0, 22)
    sheet.freeze_panes(1, 0)

"""Sheets of a workbook: formats, names, and any table of a report with its heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from giliran.messages import Lang, Sentence
from giliran.reports.table import Kind, Table, cell_text

PAPER_A4 = 9
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


class Book:
    """A workbook that is written: makes each format once.

    Parameters
    ----------
    made
        Of xlsxwriter.
    lang
        Of headings and words.
    """

    def __init__(self, made: Any, lang: Lang) -> None:
        self.made, self.lang = made, lang
        self._names: set[str] = set()
        self._format = cache(lambda items: made.add_format(dict(items)))

    def format(self, fields: dict[str, Any]) -> Any:
        """A format with these fields."""
        return self._format(tuple(sorted(fields.items())))

    def sheet(self, name: str, *, landscape: bool = True) -> Any:
        """A new sheet that prints on A4, one page wide."""
        short = _FORBIDDEN.sub(" ", name)[:MOST_LETTERS].strip("' ") or "-"
        k = 2
        while short.casefold() in self._names:
            short, k = f"{short[: MOST_LETTERS - 4]} {k}", k + 1
        self._names.add(short.casefold())
        sheet = self.made.add_worksheet(short)
        sheet.set_paper(PAPER_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        if landscape:
            sheet.set_landscape()
        return sheet


def write_table(book: Book, table: Table[Any], name: Sentence) -> None:
    """A table on a sheet of its own; nothing where it has no rows."""
    if not len(table):
        return
    sheet = book.sheet(name().text(book.lang))
    widths = [len(column.title.text(book.lang)) for column in table.columns]
    for c, column in enumerate(table.columns):
        sheet.write_string(0, c, column.title.text(book.lang), book.format(HEAD))
    sheet.set_row(0, 2 * LINE)
    for r, cells in enumerate(table.cells(), start=1):
        lines = 1
        for c, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
            if column.kind is Kind.COUNT and isinstance(cell, int):
                sheet.write_number(r, c, cell, book.format(COUNT))
                continue
            text = cell_text(column.kind, cell, book.lang)
            widths[c] = max(widths[c], *map(len, text.splitlines() or [""]))
            lines = max(lines, -(-len(text) // WIDEST))
            sheet.write_string(r, c, text, book.format(LONG))
        if lines > 1:
            sheet.set_row(r, lines * LINE)
    for c, width in enumerate(widths):
        sheet.set_column(c, c, min(width + 2, WIDEST))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def write_rows(book: Book, rows: Sequence[Sequence[str]]) -> None:
    """Rows for programs, as text, names on top."""
    sheet = book.sheet(DATA().text(book.lang))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            sheet.write_string(r, c, text, book.format({"num_format": "@"} if r else {"bold": True}))
    sheet.set_column(0, max(len(rows[0]) - 1, 0) if rows else 0, 22)
    sheet.freeze_panes(1, 0)

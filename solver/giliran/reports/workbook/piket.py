"""The duty list: who is named on which day, with room to sign."""

from __future__ import annotations

import datetime as dt
from typing import Any

from giliran.messages import Sentence, render_date
from giliran.reports.piket import CAME, DAY, LEFT, NAME, NO, NOTE, PHONE, POSITION, RULE, UNIT, duty_days, duty_heads, duty_text
from giliran.reports.plan import DutyRow
from giliran.reports.report import Report
from giliran.reports.workbook.sheets import COUNT, LONG, TITLE, Book

_SHEET = Sentence(en="Duty", id="Piket")
_TITLE = Sentence(en="Duty list: {title}", id="Daftar piket: {title}")
_SIGNED = (CAME, LEFT, NOTE)
_WIDTHS = {DAY: 18, NO: 5, NAME: 28, POSITION: 26, UNIT: 30, RULE: 18, PHONE: 17, **dict.fromkeys(_SIGNED, 14)}
_TOP = 2
_DEEP = 1.6
"""Lines of a row, so that there is room to sign."""


def write_duty(book: Book, report: Report) -> None:
    """The duty list, day after day; nothing where nobody is named. Telephone numbers only where they were asked for."""
    days, style = [*duty_days(report)], book.style
    if not days:
        return
    heads = [DAY, *duty_heads(report, phones=style.phones), *_SIGNED]
    sheet = book.sheet(_SHEET().text(style.lang))
    sheet.write_string(0, 0, _TITLE(title=report.facts.title).text(style.lang), book.format(TITLE))
    book.heads(sheet, heads, _TOP - 1)
    row = _TOP
    for day, of_day in days:
        row = _day(book, sheet, row, day, of_day, report, heads)
    for c, head in enumerate(heads):
        sheet.set_column(c, c, _WIDTHS[head])
    sheet.freeze_panes(_TOP, 0)


def _day(book: Book, sheet: Any, row: int, day: dt.date, rows: list[DutyRow], report: Report, heads: list[Sentence]) -> int:
    """The rows of a day; gives the row below them."""
    first = row
    for number, duty in enumerate(rows, start=1):
        texts = {head: duty_text(head, duty, report) for head in heads[1:]}
        for c, head in enumerate(heads[1:], start=1):
            if head is NO:
                sheet.write_number(row, c, number, book.format(COUNT))
                continue
            sheet.write_string(row, c, texts[head], book.format(LONG))
        book.deepen(sheet, row, [*texts.values()], [_WIDTHS[head] for head in texts], _DEEP)
        row += 1
    look = book.format({**LONG, "bold": True})
    if row - first > 1:
        sheet.merge_range(first, 0, row - 1, 0, "", look)
    sheet.write_string(first, 0, render_date(day, book.style.lang), look)
    return row

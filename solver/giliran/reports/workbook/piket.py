"""The duty list: who is named on which day, with room to sign."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any

from giliran.messages import Lang, Sentence, render_date
from giliran.reports.plan import DutyRow, duty_table
from giliran.reports.report import Report
from giliran.reports.workbook.sheets import COUNT, LONG, TITLE, Book

_SHEET = Sentence(en="Duty", id="Piket")
_TITLE = Sentence(en="Duty list: {title}", id="Daftar piket: {title}")
_DAY = Sentence(en="Day", id="Hari/Tanggal")
_HEADS = (
    Sentence(en="No", id="No"),
    Sentence(en="Name", id="Nama"),
    Sentence(en="Position", id="Jabatan"),
    Sentence(en="Unit", id="Unit kerja"),
)
_RULE = Sentence(en="Duty", id="Piket")
_PHONE = Sentence(en="Telephone", id="No. HP")
_SIGNED = (
    Sentence(en="Came / signature", id="Datang/Paraf"),
    Sentence(en="Left / signature", id="Pulang/Paraf"),
    Sentence(en="Note", id="Ket"),
)
_WIDTHS = {_DAY: 18, _HEADS[0]: 5, _HEADS[1]: 28, _HEADS[2]: 26, _HEADS[3]: 30, _RULE: 18, _PHONE: 17, **dict.fromkeys(_SIGNED, 14)}
_TOP = 2
_DEEP = 1.6
"""Lines of a row, so that there is room to sign."""


def write_duty(book: Book, report: Report) -> None:
    """The duty list, day after day; nothing where nobody is named. Telephone numbers only where they were asked for."""
    rows, style = duty_table(report).rows, book.style
    if not rows:
        return
    several = len({row.rule for row in rows}) > 1
    heads = [_DAY, *_HEADS, *([_RULE] if several else []), *([_PHONE] if style.phones else []), *_SIGNED]
    sheet = book.sheet(_SHEET().text(style.lang))
    sheet.write_string(0, 0, _TITLE(title=report.facts.title).text(style.lang), book.format(TITLE))
    book.heads(sheet, heads, _TOP - 1)
    row = _TOP
    for day, of_day in groupby(rows, key=lambda found: found.day):
        row = _day(book, sheet, row, day, list(of_day), report, heads)
    for c, head in enumerate(heads):
        sheet.set_column(c, c, _WIDTHS[head])
    sheet.freeze_panes(_TOP, 0)


def _day(book: Book, sheet: Any, row: int, day: dt.date, rows: list[DutyRow], report: Report, heads: list[Sentence]) -> int:
    """The rows of a day; gives the row below them."""
    first = row
    for number, duty in enumerate(rows, start=1):
        texts = {head: _text(head, duty, report) for head in heads[1:]}
        for c, head in enumerate(heads[1:], start=1):
            if head is _HEADS[0]:
                sheet.write_number(row, c, number, book.format(COUNT))
                continue
            sheet.write_string(row, c, texts[head], book.format(LONG))
        book.deepen(sheet, row, [*texts.values()], [_WIDTHS[head] for head in texts], _DEEP)
        row += 1
    look = book.format({**LONG, "bold": True})
    if row - first > 1:
        sheet.merge_range(first, 0, row - 1, 0, "", look)
    sheet.write_string(first, 0, _day_text(day, book.style.lang), look)
    return row


def _text(head: Sentence, duty: DutyRow, report: Report) -> str:
    staff = report.facts.staff
    texts = {_HEADS[1]: duty.name or duty.id, _HEADS[2]: staff.positions[duty.person], _HEADS[3]: duty.unit, _RULE: duty.rule}
    return texts.get(head, staff.phones[duty.person] if head is _PHONE else "")


def _day_text(day: dt.date, lang: Lang) -> str:
    return render_date(day, lang)

"""Days at home of everybody as lists for a month: the shape in which personnel offices ask for them."""

from __future__ import annotations

import numpy as np

from giliran.messages import Sentence
from giliran.reports.plan import units_with_people
from giliran.reports.report import Report
from giliran.reports.workbook.sheets import LONG, Book

_SHEET = Sentence(en="WFH {month}", id="WFH {month}")
_HEADS = tuple(Sentence(en=text, id=text) for text in ("NIP", "NAMA", "PANGKAT/GOLONGAN", "JABATAN", "JADWAL_WFH", "STATUS"))
"""In Indonesian in every language: the form is that of the office that receives it."""
_WIDTHS = (20, 32, 20, 34, 40, 12)


def write_months(book: Book, report: Report) -> None:
    """A sheet for each month, with a row for each person: the days of the month at home, and the status of employment."""
    facts, scope = report.facts, report.scope
    months = sorted({(day.year, day.month) for day, there in zip(facts.dates, scope.days, strict=True) if there})
    for year, month in months:
        days = np.array([(day.year, day.month) == (year, month) for day in facts.dates], dtype=np.bool_) & scope.days
        sheet = book.sheet(_SHEET(month=f"{year}-{month:02d}").text(book.style.lang))
        book.heads(sheet, _HEADS)
        people = [e for _, of_unit in units_with_people(report) for e in of_unit.tolist() if facts.has_cell[e, days].any()]
        for row, e in enumerate(people, start=1):
            texts = _texts(report, e, days)
            for c, text in enumerate(texts):
                sheet.write_string(row, c, text, book.format(LONG))
            book.deepen(sheet, row, texts, _WIDTHS)
        for c, width in enumerate(_WIDTHS):
            sheet.set_column(c, c, width)
        sheet.freeze_panes(1, 2)


def _texts(report: Report, e: int, days: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[str]:
    facts, staff = report.facts, report.facts.staff
    home = np.flatnonzero(report.schedule.home[e] & days).tolist()
    status = facts.postings.status
    code = int(status.code[facts.posting[e, np.flatnonzero(days)[0]]])
    word = status.words[code].replace("_", " ").upper() if code >= 0 else ""
    listed = ", ".join(str(facts.dates[d].day) for d in home)
    return [staff.nips[e] or staff.ids[e], staff.names[e], staff.grades[e], staff.positions[e], listed, word]

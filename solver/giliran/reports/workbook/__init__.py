"""The workbook of a plan: what planners hand round, in sheets that print as they are. Writing it needs the extra `giliran[desk]`."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from giliran.messages import Sentence
from giliran.reports.changes import change_table
from giliran.reports.discreet import without_reasons
from giliran.reports.fairness import fairness_table
from giliran.reports.findings import finding_table
from giliran.reports.headcounts import headcount_table
from giliran.reports.report import Report
from giliran.reports.style import PlanStyle
from giliran.reports.table import Table
from giliran.reports.workbook.boards import write_board
from giliran.reports.workbook.compliance import compliance_table
from giliran.reports.workbook.matrix import write_matrix
from giliran.reports.workbook.months import write_months
from giliran.reports.workbook.orders import write_orders
from giliran.reports.workbook.piket import write_duty
from giliran.reports.workbook.recaps import write_people, write_units
from giliran.reports.workbook.sheets import FONT, Book, write_rows, write_table
from giliran.text.missing import OR_CSV, WRITE_WORKBOOKS, not_installed

_COMPLIANCE = Sentence(en="Compliance", id="Kepatuhan")
_LIMITS = Sentence(en="Limits", id="Batas per hari")
_FAIRNESS = Sentence(en="Fairness", id="Keadilan")
_FINDINGS = Sentence(en="Findings", id="Catatan")
_CHANGES = Sentence(en="Changes", id="Perubahan")
_AS_THEY_ARE = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
"""What a text that looks like something else must not become."""


def workbook(report: Report, style: PlanStyle, rows: Sequence[Sequence[str]]) -> bytes:
    """A plan as an .xlsx file; the same plan gives the same bytes.

    Parameters
    ----------
    report
        Of a result, or of a schedule with its audit.
    style
        Language, paper, and what is shown.
    rows
        The tidy rows of what it shows, the first of them names; for programs.

    Raises
    ------
    InputError
        If the package that writes workbooks is not installed.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise not_installed(WRITE_WORKBOOKS, OR_CSV) from None
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_format_properties": dict(FONT), **dict.fromkeys(_AS_THEY_ARE, False)})
    created = dt.datetime.combine(report.facts.dates[0], dt.time())
    made.set_properties({"title": report.facts.title, "created": created})
    book, shown = Book(made, style), report if style.reasons else without_reasons(report)
    (_day if report.scope.days.sum() == 1 < report.facts.num_days else _period)(book, report, shown)
    write_rows(book, rows)
    write_board(book, report)
    write_orders(book, report)
    made.close()
    return buffer.getvalue()


def _day(book: Book, report: Report, shown: Report) -> None:
    """The sheets of a single day, which hang at the door: the duty list first, and nothing about turns over a period."""
    write_duty(book, report)
    write_matrix(book, report, _FINDINGS)
    write_units(book, report)
    _tables(book, (finding_table(shown), _FINDINGS), (change_table(shown), _CHANGES))


def _period(book: Book, report: Report, shown: Report) -> None:
    """All sheets."""
    write_matrix(book, report, _FINDINGS)
    write_duty(book, report)
    write_people(book, report)
    write_units(book, report)
    _tables(
        book,
        (compliance_table(shown), _COMPLIANCE),
        (headcount_table(shown), _LIMITS),
        (fairness_table(shown), _FAIRNESS),
        (finding_table(shown), _FINDINGS),
        (change_table(shown), _CHANGES),
    )
    write_months(book, report)


def _tables(book: Book, *tables: tuple[Table[Any] | None, Sentence]) -> None:
    for table, name in tables:
        if table is not None:
            write_table(book, table, name)

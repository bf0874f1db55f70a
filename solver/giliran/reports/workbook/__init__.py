"""The workbook of a plan: what planners hand round, in sheets that print as they are. Writing it needs the extra `giliran[desk]`."""

from __future__ import annotations

import datetime as dt
import io

from giliran.errors import InputError, Problem, Where
from giliran.messages import Lang, Sentence, Whole
from giliran.reports.changes import change_table
from giliran.reports.fairness import fairness_table
from giliran.reports.findings import finding_table
from giliran.reports.headcounts import headcount_table
from giliran.reports.plan import duty_table
from giliran.reports.report import Report
from giliran.reports.workbook.matrix import write_matrix
from giliran.reports.workbook.recaps import write_people, write_units
from giliran.reports.workbook.sheets import Book, write_rows, write_table

_NEEDED = Sentence(
    en="workbooks are written with the help of another package, which is not installed",
    id="untuk menulis berkas Excel diperlukan paket tambahan yang belum terpasang",
)
_INSTALL = Sentence(en="Install it by {command}, or write .csv.", id="Pasang dengan {command}, atau tulis .csv.")


_DUTY = Sentence(en="Duty", id="Piket")
_LIMITS = Sentence(en="Limits", id="Kepatuhan")
_FAIRNESS = Sentence(en="Fairness", id="Keadilan")
_FINDINGS = Sentence(en="Findings", id="Catatan")
_CHANGES = Sentence(en="Changes", id="Perubahan")
_AS_THEY_ARE = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
"""What a text that looks like something else must not become."""


def workbook(report: Report, lang: Lang, rows: list[tuple[str, ...]]) -> bytes:
    """A plan as an .xlsx file; the same plan gives the same bytes.

    Parameters
    ----------
    report
        Of a result, or of a schedule with its audit.
    lang
        Of headings and words.
    rows
        The tidy rows of the schedule, the first of them names; for programs.

    Raises
    ------
    InputError
        If the package that writes workbooks is not installed.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise InputError([Problem(Where(), _NEEDED(), _INSTALL(command=Whole("pip install 'giliran[desk]'")))]) from None
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    made.set_properties({"title": report.facts.title, "created": dt.datetime.combine(report.facts.dates[0], dt.time())})
    book = Book(made, lang)
    write_matrix(book, report)
    write_table(book, duty_table(report), _DUTY)
    write_people(book, report)
    write_units(book, report)
    for table, name in (
        (headcount_table(report), _LIMITS),
        (fairness_table(report), _FAIRNESS),
        (finding_table(report), _FINDINGS),
        (change_table(report), _CHANGES),
    ):
        if table is not None:
            write_table(book, table, name)
    write_rows(book, rows)
    made.close()
    return buffer.getvalue()

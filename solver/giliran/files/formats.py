"""The formats in which a plan is written for people and programs, by the ending of the file: one place to add another.

What a format needs is a `Report` and a `PlanStyle`, so that it serves the result of a solve and any schedule that was read alike. A
result for programs, with everything that the search knows, is no such format: `writing.py` has it.
"""

from __future__ import annotations

import csv
import importlib.util
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from giliran.files.keeping import Ours, begins_as_schedule, by_head, holds_pages, holds_paper, holds_plan
from giliran.records.assignments import schedule_csv, schedule_json, with_reasons
from giliran.reports.calendar import begins_as_calendar, plan_calendar
from giliran.reports.chat import begins_as_messages, chat_text
from giliran.reports.page import begins_as_page
from giliran.reports.people_csv import begins_as_people_csv, people_csv
from giliran.reports.report import Report
from giliran.reports.style import CsvShape, PlanStyle

TABLE, ROWS, WORKBOOK, PAGE = ".csv", ".json", ".xlsx", ".html"
"""Endings of tables, of lists of rows, of workbooks, and of pages for a browser."""
WORD, PDF = ".docx", ".pdf"
"""Endings of what is printed and signed."""
CHAT, CALENDAR = ".txt", ".ics"
"""Endings of messages, and of calendars."""


@dataclass(frozen=True)
class Format:
    """A format of files.

    Parameters
    ----------
    write
        Makes the contents of a file.
    ours
        Which files are of it, so that others are not written over.
    of_places
        Whether it would say nothing without a single place.
    needs
        The module of another package that writes it; none where it is empty.
    """

    write: Callable[[Report, PlanStyle], str | bytes]
    ours: Ours
    of_places: bool = False
    needs: str = ""

    @property
    def installed(self) -> bool:
        """Whether it can be written here."""
        return not self.needs or importlib.util.find_spec(self.needs) is not None


def _csv(report: Report, style: PlanStyle) -> str:
    return people_csv(report, style) if style.csv is CsvShape.EXCEL else schedule_csv(report.view, report.part)


def _json(report: Report, style: PlanStyle) -> str:
    rows = "".join(schedule_json(report.facts, report.part)).splitlines()
    return "[\n" + ",\n".join(rows) + "\n]\n"


def _xlsx(report: Report, style: PlanStyle) -> bytes:
    from giliran.reports.workbook import workbook

    rows = [*csv.reader(io.StringIO(schedule_csv(report.view, report.part)))]
    return workbook(report, style, with_reasons(report.facts, rows) if style.reasons else rows)


def _html(report: Report, style: PlanStyle) -> str:
    from giliran.reports.page import page

    return page(report, style)


def _docx(report: Report, style: PlanStyle) -> bytes:
    from giliran.reports.paper import docx_of

    return docx_of(report, style)


def _pdf(report: Report, style: PlanStyle) -> bytes:
    from giliran.reports.paper import pdf_of

    return pdf_of(report, style)


def _begins_as_table(text: str) -> bool:
    return begins_as_schedule(text) or begins_as_people_csv(text)


def _begins_as_rows(text: str) -> bool:
    return text.replace(" ", "").replace("\n", "").startswith('[{"staff_id"')


FORMATS: Mapping[str, Format] = {
    TABLE: Format(_csv, by_head(_begins_as_table), of_places=True),
    ROWS: Format(_json, by_head(_begins_as_rows)),
    WORKBOOK: Format(_xlsx, holds_plan, needs="xlsxwriter"),
    WORD: Format(_docx, holds_paper, needs="docx"),
    PDF: Format(_pdf, holds_pages, needs="typst"),
    PAGE: Format(_html, by_head(begins_as_page), needs="jinja2"),
    CHAT: Format(chat_text, by_head(begins_as_messages), of_places=True),
    CALENDAR: Format(plan_calendar, by_head(begins_as_calendar), of_places=True, needs="icalendar"),
}
"""Every format, by the ending of its files."""

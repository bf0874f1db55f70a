"""What a result looks like to people: tables as data, which name no language and no layout, and the terminal that prints them.

A `Report` is made of a result, or of a schedule with its audit. `plan_tables`, `duty_table`, `headcount_table`, `fairness_table`,
`finding_table` and `change_table` give its tables: columns with keys, headings in both languages and kinds, rows with typed attributes,
and `Table.cells` or `Table.texts` for whoever prints every table alike::

    from giliran.reports import Report, headcount_table

    table = headcount_table(Report.of(result))
    print([column.title.text("id") for column in table.columns])
    for row in table.rows:
        print(row.rule, row.day, row.office, row.home, row.bound.text("id"))

`report_result` and `report_audit` print all of them on a console of rich, `report_kinds`, `report_kind`, `report_circulars` and
`report_circular` what may stand in files. rich is loaded by these alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from giliran.reports.changes import ChangeRow, change_table
from giliran.reports.fairness import FairnessRow, fairness_table
from giliran.reports.findings import FindingRow, finding_table
from giliran.reports.headcounts import HeadcountRow, headcount_table
from giliran.reports.plan import DutyRow, PlanRow, duty_table, plan_tables
from giliran.reports.replanned import SentRow, sent_table
from giliran.reports.report import Report
from giliran.reports.summary import summary_lines
from giliran.reports.table import Cell, Column, Kind, Mark, Row, Table, cell_text

if TYPE_CHECKING:
    from giliran.reports.terminal import (
        report_audit,
        report_circular,
        report_circulars,
        report_kind,
        report_kinds,
        report_replanned,
        report_result,
    )

__all__ = [
    "Cell",
    "ChangeRow",
    "Column",
    "DutyRow",
    "FairnessRow",
    "FindingRow",
    "HeadcountRow",
    "Kind",
    "Mark",
    "PlanRow",
    "Report",
    "Row",
    "SentRow",
    "Table",
    "cell_text",
    "change_table",
    "duty_table",
    "fairness_table",
    "finding_table",
    "headcount_table",
    "plan_tables",
    "report_audit",
    "report_circular",
    "report_circulars",
    "report_kind",
    "report_kinds",
    "report_replanned",
    "report_result",
    "sent_table",
    "summary_lines",
]


if not TYPE_CHECKING:  # a misspelt name is an error to type checkers

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from giliran.reports import terminal

        return getattr(terminal, name)

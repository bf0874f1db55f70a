"""Tables as HTML, as a notebook shows them; whatever names hold is text in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING

from giliran.domain.place import Place
from giliran.messages import Lang, Sentence
from giliran.reports.plan import plan_of, planned, units_with_people
from giliran.reports.report import Report
from giliran.reports.summary import summary_lines
from giliran.reports.table import Cell, Column, Kind, Mark, Row, Table, cell_text

if TYPE_CHECKING:
    from giliran.result import Result

MOST_PEOPLE = 200
"""Most people whose rows a notebook gets: a page of 10,000 would stop it."""

_MORE = Sentence(en="… {count} more {count:person|people}", id="… {count} pegawai lain")
_NUMBERS = frozenset({Kind.COUNT, Kind.SHARE, Kind.DAYS, Kind.DIFFERENCE})
_COLOURS = {Place.OFFICE: "#2e7d32", Place.ABSENT: "#888888", Place.OFF: "#888888", Place.NONE: "#c62828"}


def result_html(result: Result, lang: Lang = "en") -> str:
    """The six lines of a result and its plan."""
    lines = (line.text(lang) for line in summary_lines(result))
    return "<div>" + "".join([f"<pre>{escape(chr(10).join(lines))}</pre>", *_plan(Report.of(result), lang)]) + "</div>"


def _plan(report: Report, lang: Lang) -> Iterator[str]:
    """The units in order, as far as `MOST_PEOPLE` reach."""
    left, hidden = MOST_PEOPLE if planned(report) else 0, 0
    for unit, people in units_with_people(report):
        if left:
            yield table_html(plan_of(report, unit, people[:left]), lang)
        hidden += max(len(people) - left, 0)
        left = max(left - len(people), 0)
    if hidden and planned(report):
        yield f"<p>{escape(_MORE(count=hidden).text(lang))}</p>"


def table_html(table: Table[Row], lang: Lang = "en") -> str:
    """A table with its title and headings; numbers stand to the right."""
    heads = "".join(f"<th>{escape(column.title.text(lang))}</th>" for column in table.columns)
    rows = "".join(f"<tr>{_row(table.columns, cells, lang)}</tr>" for cells in table.cells())
    title = escape(table.title.text(lang))
    return f"<table><caption>{title}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _row(columns: Iterable[Column], cells: Iterable[Cell], lang: Lang) -> str:
    return "".join(_cell(column, cell, lang) for column, cell in zip(columns, cells, strict=True))


def _cell(column: Column, cell: Cell, lang: Lang) -> str:
    colour = _COLOURS.get(cell.place) if isinstance(cell, Mark) else None
    style = f"color:{colour}" if colour else f"text-align:{'right' if column.kind in _NUMBERS else 'left'}"
    return f'<td style="{style}">{escape(cell_text(column.kind, cell, lang))}</td>'

"""Tables of pins and of leave without some cells, whatever their columns are called and however people and days are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from giliran.domain.facts import Staff
from giliran.errors import InputError, Problems
from giliran.instance.absences import days_of_leave, leave_rows
from giliran.instance.leave_lists import people_of_leave
from giliran.instance.reading import Rows
from giliran.instance.rows import PinRow
from giliran.text import Table, parse_date

Cells = Collection[tuple[str, dt.date]]
"""Staff ids and dates."""

_DAY = dt.timedelta(days=1)


def without_pins(table: Table, staff: Staff, cells: Cells) -> list[dict[str, str]]:
    """The rows of a table of pins but for those of some cells."""
    problems = Problems()
    rows = Rows(table, PinRow, problems, ("staff_id", "date"))
    people, days = rows.people("staff_id", staff.index).tolist(), rows.read("date", parse_date, None)
    _refuse(problems)
    return [row for row, e, day in zip(table.rows(), people, days, strict=True) if (staff.ids[e], day) not in cells]


def without_leave(table: Table, staff: Staff, cells: Cells) -> list[dict[str, str]]:
    """The rows of a list of leave without some days: what is left before and after them stays."""
    problems = Problems()
    rows = leave_rows(table, problems)
    people = people_of_leave(rows, staff).tolist()
    firsts, lasts = (column.each() for column in days_of_leave(rows))
    _refuse(problems)
    begin, end = rows.called("from"), rows.called("to") or "to"
    found: list[dict[str, str]] = []
    for row, e, first, last in zip(table.rows(), people, firsts, lasts, strict=True):
        whole = [] if first is None else [first + _DAY * k for k in range(((last or first) - first).days + 1)]
        away = [day for day in whole if (staff.ids[e], day) not in cells]
        if len(away) == len(whole):
            found.append(row)
        else:
            found += [{**row, begin: some[0].isoformat(), end: some[-1].isoformat()} for some in _runs(away)]
    return found


def _runs(days: Sequence[dt.date]) -> Iterator[Sequence[dt.date]]:
    """Days that follow each other, together."""
    begin = 0
    for k, day in enumerate(days):
        if k + 1 == len(days) or days[k + 1] != day + _DAY:
            yield days[begin : k + 1]
            begin = k + 1


def _refuse(problems: Problems) -> None:
    if problems.all:
        raise InputError(problems.all)

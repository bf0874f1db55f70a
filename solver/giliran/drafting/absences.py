"""A list of leave as rows of the absences of a draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from giliran.domain.facts import Staff
from giliran.errors import Problem, Problems
from giliran.instance.absences import days_of_leave, leave_rows, strange_columns
from giliran.instance.days import parse_reason
from giliran.instance.leave_lists import people_of_leave
from giliran.messages import Said, Sentence, plain
from giliran.text import Table
from giliran.text.trying import refuse_all

_NO_DAY = Sentence(en="the first day is missing", id="hari pertama belum diisi")
_BACKWARDS = Sentence(en="ends on {last}, before it starts on {first}", id="berakhir {last}, sebelum mulai {first}")
_NOT_READ = Sentence(en="{file}: columns that are not read: {columns}", id="{file}: kolom yang tidak dibaca: {columns}")


def not_read(table: Table) -> tuple[Said, ...]:
    """What is told of columns of a list of leave that nobody knows."""
    columns = strange_columns(table)
    return (_NOT_READ(file=plain(table.file), columns=[plain(name) for name in columns]),) if columns else ()


def drafted_absences(table: Table, staff: Sequence[Mapping[str, str]]) -> list[dict[str, object]]:
    """Everybody's leave by their marks.

    Parameters
    ----------
    table
        The list, which names people by mark, NIP or name.
    staff
        Rows of the drafted staff table.

    Raises
    ------
    InputError
        If a row means nobody, or one of several people of a name, or its days or its reason cannot be read; all at once.
    """
    problems = Problems()
    rows = leave_rows(table, problems, printed=strange_columns(table))
    people = _staff(staff)
    meant = people_of_leave(rows, people).tolist()
    starts, ends = (column.each() for column in days_of_leave(rows))
    rows.values("reason", parse_reason, "")  # tells reasons that the draft would be refused for
    found: list[dict[str, object]] = []
    for row, (person, first, end, reason) in enumerate(zip(meant, starts, ends, rows.text("reason"), strict=True)):
        if first is None:
            if not rows.text("from")[row]:
                problems.extend([Problem(rows.where(row, "from"), _NO_DAY())])
            continue
        last = end or first
        if last < first:
            problems.extend([Problem(rows.where(row, "to"), _BACKWARDS(first=first, last=last))])
        if person >= 0:
            found.append(_row(people.ids[person], first, last, reason))
    refuse_all(problems.all)
    return found


def _row(mark: str, first: dt.date, last: dt.date, reason: str) -> dict[str, object]:
    return {"staff_id": mark, "from": first, "to": last, "reason": reason}


def _staff(rows: Sequence[Mapping[str, str]]) -> Staff:
    marks = tuple(row.get("id") or row["nip"] for row in rows)
    names = tuple(row.get("name", "") for row in rows)
    nothing: dict[str, Any] = dict.fromkeys((field.name for field in fields(Staff)), ("",) * len(rows))
    return Staff(**{**nothing, "ids": marks, "nips": marks, "names": names})

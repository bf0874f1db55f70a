"""Absences: who is away when, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells, Staff
from giliran.domain.words import Kind, spellings
from giliran.errors import Problem, Problems
from giliran.instance.days import parse_reason
from giliran.instance.leave_lists import people_of_leave
from giliran.instance.reading import NUMBERS, Rows, Values
from giliran.instance.rows import AbsenceRow
from giliran.messages import Said, Sentence, nearest, plain
from giliran.text import Table, parse_date, parse_span

Ints = NDArray[np.int64]

NO_REASON = -1
"""Code of cells without absence."""
MOST_REASONS = int(np.iinfo(np.int16).max)
"""Most different reasons of absence: their codes fit into int16. A list has some dozens."""

UNNAMED = "absent"
"""Reason of an absence that names none."""

_BACKWARDS = Sentence(en="ends on {last}, before it starts on {first}", id="berakhir {last}, sebelum mulai {first}")
_NO_START = Sentence(en="the first day is missing", id="hari pertama belum diisi")
_TWO_REASONS = Sentence(
    en="{person} is away on {day} for two reasons: {first} and {second}",
    id="{person} tidak hadir pada {day} dengan dua alasan: {first} dan {second}",
)
_MANY_REASONS = Sentence(
    en="different reasons of absence: {count}; at most {most} can be told apart",
    id="alasan tidak hadir yang berbeda: {count}; paling banyak {most} yang dapat dibedakan",
)
_KEEP_ONE = Sentence(
    en="Keep one of them, or end one before the other begins.", id="Sisakan satu, atau akhiri yang satu sebelum yang lain mulai."
)
_OUTSIDE = Sentence(
    en="absences that lie wholly outside the horizon and are not used: {count}",
    id="ketidakhadiran yang seluruhnya di luar periode dan tidak dipakai: {count}",
)


def build_absences(
    table: Table | None, staff: Staff, dates: Sequence[dt.date], has_cell: Cells, problems: Problems
) -> tuple[Cells, NDArray[np.int16], tuple[str, ...], list[Said]]:
    """Who is away.

    Days outside the horizon are cut off; absences that overlap are one if their reasons agree.

    Returns
    -------
    absent : bool[E, D]
        Only where there is a cell.
    reason : int16[E, D]
        Index into the reasons, `NO_REASON` elsewhere.
    reasons : tuple of str
    notes : list of Said
    """
    rows = leave_rows(table, problems)
    people = people_of_leave(rows, staff)
    starts, ends = days_of_leave(rows)
    words = rows.values("reason", parse_reason, "")
    named = [word or UNNAMED for word in words.known]
    reasons = tuple(sorted({named[k] for k in np.unique(words.number).tolist()}))
    if len(reasons) > MOST_REASONS and table is not None:
        problems.add(table.where(), _MANY_REASONS(count=len(reasons), most=MOST_REASONS))
        named, reasons = [UNNAMED] * len(named), (UNNAMED,)
    coded = {word: k for k, word in enumerate(reasons)}
    code = np.array([coded.get(word, NO_REASON) for word in named], dtype=np.int16)[words.number]
    spans = _Spans.of(starts, ends, people, code, dates)
    reason = None if spans is None else spans.marked(has_cell.shape)
    outside = 0 if spans is None else spans.outside
    if reason is None:
        reason, outside = _walk(rows, (starts, ends), people, code, reasons, staff, dates)
    reason[~has_cell] = NO_REASON
    return reason != NO_REASON, reason, reasons, [_OUTSIDE(count=outside)] if outside else []


def leave_rows(table: Table | None, problems: Problems, *, printed: Sequence[str] = ()) -> Rows:
    """The rows of a list of leave, which names people by their ids, or by their names; some columns may be there for readers alone."""
    named_alone = table is not None and bool(set(table.columns) & set(spellings(Kind.COLUMN, "name")))
    return Rows(table, AbsenceRow, problems, ("from",) if named_alone else ("staff_id", "from"), printed)


def strange_columns(table: Table) -> tuple[str, ...]:
    """Columns of a list of leave that nobody knows, and whose names are like none that it lacks."""
    problems = Problems()
    rows = leave_rows(table, problems, printed=table.columns)
    named = spellings(Kind.COLUMN, "name")
    known = {field.alias or name for name, field in AbsenceRow.model_fields.items()}
    read = {*(rows.called(name) for name in known), *known, *NUMBERS, *named}
    wanted = [name for name in sorted(known) if not rows.has(name)]
    wanted += [] if set(table.columns) & {*named} else named
    return tuple(name for name in table.columns if name not in read and nearest(name, wanted) is None)


def days_of_leave(rows: Rows) -> tuple[Values[dt.date | None], Values[dt.date | None]]:
    """The first and the last day of each row; a cell of first days may hold both where no last day is given beside it."""
    nothing: tuple[dt.date | None, dt.date | None] = (None, None)
    spans, ends = rows.values("from", parse_span, nothing), rows.values("to", parse_date, None)
    starts = Values([first for first, _ in spans.known], spans.number)
    if not any(last for _, last in spans.known):
        return starts, ends
    lasts = [spans.known[k][1] or ends.known[n] for k, n in zip(spans.number.tolist(), ends.number.tolist(), strict=True)]
    return starts, Values(lasts, np.arange(len(lasts), dtype=np.int32))


@dataclass(frozen=True)
class _Spans:
    """Absences of known people inside the horizon, one per row : int64[·] each; `last` is the first day after it."""

    person: Ints
    first: Ints
    last: Ints
    code: NDArray[np.int16]
    outside: int

    @classmethod
    def of(
        cls, starts: Values[dt.date | None], ends: Values[dt.date | None], people: Ints, code: NDArray[np.int16], dates: Sequence[dt.date]
    ) -> _Spans | None:
        """The spans of a table; None if one has no first day, or ends before it."""
        if not len(people):
            return cls(people, people, people, code, 0)
        days = [np.array([-1 if day is None else day.toordinal() for day in column.known]) for column in (starts, ends)]
        first, last = days[0][starts.number], days[1][ends.number]
        last = np.where(last < 0, first, last)
        if (first < 0).any() or (last < first).any():
            return None
        a, b = np.maximum(first - dates[0].toordinal(), 0), np.minimum(last - dates[0].toordinal() + 1, len(dates))
        use = (a < b) & (people >= 0)
        return cls(people[use], a[use], b[use], code[use], int((a >= b).sum()))

    def marked(self, shape: tuple[int, int]) -> NDArray[np.int16] | None:
        """The reason of every cell : int16[E, D]; None where somebody is away for two reasons at once."""
        reason = np.full(shape, NO_REASON, dtype=np.int16)
        size = self.last - self.first
        day = np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size - self.first, size)
        person, code = np.repeat(self.person, size), np.repeat(self.code, size)
        reason[person, day] = code
        return reason if (reason[person, day] == code).all() else None


def _walk(
    rows: Rows,
    days: tuple[Values[dt.date | None], Values[dt.date | None]],
    people: Ints,
    code: NDArray[np.int16],
    reasons: tuple[str, ...],
    staff: Staff,
    dates: Sequence[dt.date],
) -> tuple[NDArray[np.int16], int]:
    """Absences row by row, told where something is wrong: reasons by cell : int16[E, D], and how many lie outside the horizon."""
    reason = np.full((len(staff), len(dates)), NO_REASON, dtype=np.int16)
    outside = 0
    starts, ends = (column.each() for column in days)
    for row, (e, start, end) in enumerate(zip(people.tolist(), starts, ends, strict=True)):
        if start is None:
            if not rows.text("from")[row] and rows.has("from"):
                rows.each([row], lambda row: Problem(rows.where(row, "from"), _NO_START()))
            continue
        last = end or start
        if last < start:
            rows.each([row], partial(_backwards, rows, start, last))
            continue
        a, b = max((start - dates[0]).days, 0), min((last - dates[0]).days + 1, len(dates))
        if a >= b:
            outside += 1
        elif e >= 0:
            _mark(rows, row, reason[e, a:b], int(code[row]), reasons, dates[a:b], staff.label(e))
    return reason, outside


def _backwards(rows: Rows, first: dt.date, last: dt.date, row: int) -> Problem:
    return Problem(rows.where(row, "to"), _BACKWARDS(first=first, last=last))


def _mark(rows: Rows, row: int, span: NDArray[np.int16], code: int, reasons: tuple[str, ...], days: Sequence[dt.date], person: str) -> None:
    """Write a reason over some days of one person; another reason there already is a problem."""
    clash = np.flatnonzero((span != NO_REASON) & (span != code))
    if len(clash):
        d = int(clash[0])
        first, second = plain(reasons[span[d]]), plain(reasons[code])
        said = partial(_TWO_REASONS, person=plain(person), day=days[d], first=first, second=second)
        rows.each([row], lambda row: Problem(rows.where(row), said(), _KEEP_ONE()))
    span[:] = code

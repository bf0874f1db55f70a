"""Absences: who is away when, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells, Staff
from giliran.instance.days import parse_reason
from giliran.instance.rows import AbsenceRow
from giliran.instance.tables import Problems, Rows
from giliran.messages import Said, Sentence, plain
from giliran.text import Table, parse_date

NO_REASON = -1
"""Code of cells without absence."""
UNNAMED = "absent"
"""Reason of an absence that names none."""

_BACKWARDS = Sentence(en="ends on {last}, before it starts on {first}", id="berakhir {last}, sebelum mulai {first}")
_NO_START = Sentence(en="the first day is missing", id="hari pertama belum diisi")
_TWO_REASONS = Sentence(
    en="{person} is away on {day} for two reasons: {first} and {second}",
    id="{person} tidak hadir pada {day} dengan dua alasan: {first} dan {second}",
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
    rows = Rows(table, AbsenceRow, problems, ("staff_id", "from"))
    people = rows.people("staff_id", staff.index)
    starts, ends = rows.read("from", parse_date, None), rows.read("to", parse_date, None)
    words = [word or UNNAMED for word in rows.read("reason", parse_reason, "")]
    reasons = tuple(sorted(set(words)))
    code = {word: k for k, word in enumerate(reasons)}
    reason = np.full(has_cell.shape, NO_REASON, dtype=np.int16)
    outside = 0
    for row, (e, start, end) in enumerate(zip(people, starts, ends, strict=True)):
        if start is None:
            if not rows.text("from")[row] and rows.has("from"):
                problems.add(rows.where(row, "from"), _NO_START())
            continue
        last = end or start
        if last < start:
            problems.add(rows.where(row, "to"), _BACKWARDS(first=start, last=last))
            continue
        a, b = max((start - dates[0]).days, 0), min((last - dates[0]).days + 1, len(dates))
        if a >= b:
            outside += 1
        elif e >= 0:
            _mark(rows, row, reason[e, a:b], code[words[row]], reasons, dates[a:b], staff.label(e))
    reason[~has_cell] = NO_REASON
    return reason != NO_REASON, reason, reasons, [_OUTSIDE(count=outside)] if outside else []


def _mark(rows: Rows, row: int, span: NDArray[np.int16], code: int, reasons: tuple[str, ...], days: Sequence[dt.date], person: str) -> None:
    """Write a reason over some days of one person; another reason there already is a problem."""
    clash = np.flatnonzero((span != NO_REASON) & (span != code))
    if len(clash):
        d = int(clash[0])
        said = _TWO_REASONS(person=plain(person), day=days[d], first=plain(reasons[span[d]]), second=plain(reasons[code]))
        rows.problems.add(rows.where(row), said, _KEEP_ONE())
    span[:] = code

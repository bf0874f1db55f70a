"""Days of employment: a first and a last day, and spans between which somebody is no member of the staff."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from giliran.errors import Problem
from giliran.instance.reading import Rows, Values, items
from giliran.messages import Sentence
from giliran.text import TextError, parse_date, parse_span

Ints = NDArray[np.int64]
Span = tuple[dt.date, dt.date]
"""First and last day, `date.min` and `date.max` where an end is open."""

_SINCE = r"(?:sejak|mulai|since|from)\s+(.+)|(.+?)\s*\.\.+"
_UNTIL = r"(?:\.\.+|s\.?\s?/?\s?d\b\.?|sampai(?:\s+dengan)?\b|hingga\b|until\b)\s*(.+)"
_OPEN = re.compile(f"{_SINCE}|{_UNTIL}", re.IGNORECASE)
"""A span with one end: from a date on, which is the first or the second group, or until one, which is the third."""

_LEFT_EARLY = Sentence(en="leaves on {last}, before being hired on {first}", id="berhenti {last}, sebelum mulai bekerja {first}")
_BACKWARDS = Sentence(en="'{text}' ends before it starts", id="'{text}' berakhir sebelum mulai")
_OVERLAP = Sentence(en="'{one}' and '{other}' have days in common", id="'{one}' dan '{other}' bertumpang tindih")
_ONE_DATE = Sentence(en="'{text}' is a single date, not a span of employment", id="'{text}' hanya satu tanggal, bukan masa aktif")
_WRITE_ENDS = Sentence(
    en="Write {day}.. for from that day on, ..{day} for until it, {day}..{day} for that day alone.",
    id="Tulis {day}.. untuk mulai hari itu, ..{day} untuk sampai hari itu, {day}..{day} untuk hari itu saja.",
)
_APART = Sentence(
    en="the span {span} lies outside the employment that `hired` and `left` give",
    id="masa {span} berada di luar masa bekerja menurut kolom `hired` dan `left`",
)
_WHICH = Sentence(
    en="Leave `hired` and `left` empty, or give the first and the last day of all spans there.",
    id="Kosongkan `hired` dan `left`, atau isi dengan hari pertama dan hari terakhir dari semua masa.",
)


def parse_employment(text: str) -> tuple[Span, ...]:
    """Spans of employment in their order: "2026-06-01..2026-06-30; 2026-08-01..", open where somebody was there before or stays.

    Raises
    ------
    TextError
        If an item is no span, ends before it starts, or has days in common with another.
    """
    spans = [(_parse_item(item), item) for item in items(text)]
    spans.sort()
    for (before, one), (after, other) in pairwise(spans):
        if after[0] <= before[1]:
            raise TextError(_OVERLAP(one=one, other=other))
    return tuple(span for span, _ in spans)


def _parse_item(text: str) -> Span:
    if (found := _OPEN.fullmatch(text)) is not None:
        return (dt.date.min, parse_date(found[3])) if found[3] else (parse_date(found[1] or found[2]), dt.date.max)
    first, last = parse_span(text)
    if last is None:
        raise TextError(_ONE_DATE(text=text), _WRITE_ENDS(day=first.isoformat()))
    if last < first:
        raise TextError(_BACKWARDS(text=text))
    return first, last


def write_employment(spans: Sequence[Span]) -> str:
    """Spans as a cell writes them."""
    return "; ".join(map(_written, spans))


def _written(span: Span) -> str:
    first, last = span
    return f"{'' if first == dt.date.min else first}..{'' if last == dt.date.max else last}"


def employed_days(rows: Rows, kept: Ints, dates: Sequence[dt.date]) -> NDArray[np.bool_]:
    """Days of employment of the people in the rows `kept` of the staff table : bool[E, D].

    `hired` and `left` bound them, `employed` says when they are there inside these bounds; where all are empty it is every day.
    """
    hired, left = rows.values("hired", parse_date, None), rows.values("left", parse_date, None)
    nothing: tuple[Span, ...] = ()
    spans = rows.values("employed", parse_employment, nothing)
    start = _ordinals(hired, dt.date.min)[kept]
    end = _ordinals(left, dt.date.max)[kept]

    def early(row: int) -> Problem:
        return Problem(rows.where(row, "left"), _LEFT_EARLY(last=left.known[left.number[row]], first=hired.known[hired.number[row]]))

    backwards = end < start
    rows.each(kept[backwards], early)
    _tell_apart(rows, spans, kept[~backwards], start[~backwards], end[~backwards])
    day = np.array([date.toordinal() for date in dates], dtype=np.int64)
    inside = np.array(
        [[not known or any(first <= date <= last for first, last in known) for date in dates] for known in spans.known], dtype=np.bool_
    ).reshape(-1, len(dates))
    return np.asarray((day >= start[:, None]) & (day <= end[:, None]) & inside[spans.number[kept]])


def _tell_apart(rows: Rows, spans: Values[tuple[Span, ...]], kept: Ints, start: Ints, end: Ints) -> None:
    """Spans that lie before the first or after the last day of employment."""
    for k in range(max((len(known) for known in spans.known), default=0)):
        # Whoever has fewer spans has one here that meets every employment.
        column = [known[k] if k < len(known) else (dt.date.min, dt.date.max) for known in spans.known]
        first, last = np.array([[one.toordinal(), other.toordinal()] for one, other in column], dtype=np.int64)[spans.number[kept]].T

        def apart(row: int, column: Sequence[Span] = column) -> Problem:
            return Problem(rows.where(row, "employed"), _APART(span=_written(column[spans.number[row]])), _WHICH())

        rows.each(kept[(last < start) | (first > end)], apart)


def _ordinals(days: Values[dt.date | None], empty: dt.date) -> Ints:
    """Ordinals of the days of each row : int64[R]."""
    return np.array([(day or empty).toordinal() for day in days.known], dtype=np.int64)[days.number]

"""What a date in a letter is: a day of the plan, or that of a signature, of another letter, of a report in the press."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left

from giliran.letters.context import Context
from giliran.letters.days import Span, weekday_before

_NEAR = 3
_EVENT_FAR = 5
_OF_OTHERS = {"signed": 8, "law": 18, "said": 8, "event": _EVENT_FAR, "topic": 5, "told": 5}
"""Words of which a date is one where they stand no further before it: signatures, other letters, reports."""
_NAMELY = frozenset({"yakni", "yaitu", "namely"})
_NAMELY_FAR = 24
_BINDS_FAR = 30
_OVER_THE_YEAR = 6
"""Months by which a last day without a year is before the first one so that it is of the next year."""


def is_of_plan(context: Context, span: Span, *, numbered: bool = False) -> bool:
    """Whether a date says when something holds; one beside a share, which is `numbered`, needs no word for office or home near it."""
    if _right_before(context, "from", span) or _right_before(context, "until", span):
        return not _close(context, "event", span, _EVENT_FAR)
    if _in_brackets(context, span) and span.first is span.last and not _named(context, span):
        return False
    if any(_close(context, cls, span, far) for cls, far in _OF_OTHERS.items()):
        return False
    if numbered:
        return True
    if _named(context, span):
        return bool(context.of_class("side") or context.of_class("force"))
    start, end = context.clause(span.start)
    sides = [mark for cls in ("side", "force") for mark in context.within(cls, start, end)]
    return any(context.apart(mark.end, span.start) + context.apart(span.end, mark.start) <= _BINDS_FAR for mark in sides)


def span_dates(context: Context, span: Span) -> tuple[dt.date | None, dt.date | None]:
    """First and last day; None where the letter leaves an end open, as "mulai" does; both where no calendar has them, `is_impossible`."""
    first, last = _ends(context, span)
    if first is None or last is None or last < first:
        return None, None
    if span.first is not span.last:
        return first, last
    if _right_before(context, "until", span):
        return None, last
    return (first, None) if _right_before(context, "from", span) else (first, last)


def is_impossible(context: Context, span: Span) -> bool:
    """Whether no calendar has a day, "31 Februari", or the last one is before the first."""
    first, last = _ends(context, span)
    return first is None or last is None or last < first


def impossible_in(context: Context, start: int, end: int) -> list[tuple[int, int]]:
    """Dates between two tokens that no calendar has: the first token of each and the one after its last."""
    spans = [(span.start, span.end) for span in context.spans_within(start, end) if is_impossible(context, span)]
    malformed = context.malformed
    return sorted(spans + malformed[bisect_left(malformed, (start, 0)) : bisect_left(malformed, (end, 0))])


def _ends(context: Context, span: Span) -> tuple[dt.date | None, dt.date | None]:
    """First and last day as they stand there; "28 Desember s.d. 2 Januari" without a year goes over into the next."""
    first = span.first.date(context.year)
    last = span.last.date(first.year if first is not None and span.first.year is not None else context.year)
    over = first is not None and span.last.year is None and first.month - span.last.month >= _OVER_THE_YEAR
    return first, span.last.date(first.year + 1) if first is not None and over else last


def _right_before(context: Context, cls: str, span: Span) -> bool:
    """Whether a word stands before a date, or before the weekday of that date: "mulai Rabu, 2 Desember 2026"."""
    start = min(weekday_before(context.tokens, span.start), default=span.start)
    mark = context.before(cls, start)
    return mark is not None and start - mark.end <= _NEAR and context.apart(mark.end, start) <= _NEAR + 1


def _close(context: Context, cls: str, span: Span, far: int) -> bool:
    mark = context.before(cls, span.start)
    if mark is None or span.start - mark.end > far:
        return False
    return not (any(context.within(word, mark.end, span.start) for word in ("from", "side")) or _named(context, span))


def _named(context: Context, span: Span) -> bool:
    """Whether a date is one that "yakni" announces."""
    return bool(_NAMELY & {token.text for token in context.tokens[max(0, span.start - _NAMELY_FAR) : span.start]})


def _in_brackets(context: Context, span: Span) -> bool:
    return span.start > 0 and context.tokens[span.start - 1].text == "("

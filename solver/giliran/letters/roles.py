"""What a date in a letter is: a day of the plan, or that of a signature, of another letter, of a report in the press."""

from __future__ import annotations

import datetime as dt

from giliran.letters.context import Context
from giliran.letters.days import Day, Span

_NEAR = 3
_EVENT_FAR = 5
_OF_OTHERS = {"signed": 8, "law": 18, "said": 8, "event": _EVENT_FAR, "topic": 5, "told": 5}
"""Words of which a date is one where they stand no further before it: signatures, other letters, reports."""
_NAMELY = frozenset({"yakni", "yaitu", "namely"})
_NAMELY_FAR = 24
_BINDS_FAR = 30


def is_of_plan(context: Context, span: Span, *, numbered: bool = False) -> bool:
    """Whether a date says when something holds; one beside a share, which is `numbered`, needs no word for office or home near it."""
    if _right_before(context, "from", span) or _right_before(context, "until", span):
        return not _close(context, "event", span, _EVENT_FAR)
    if _in_brackets(context, span) and not _named(context, span):
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
    """First and last day; None where the letter leaves an end open, as "mulai" does, or where no calendar has the day."""
    first, last = _dated(context, span.first), _dated(context, span.last)
    if first is not None and last is not None and last < first:
        first, last = (first, None) if span.last.year is None else (None, last)
    if span.first is not span.last:
        return first, last
    if _right_before(context, "until", span):
        return None, last
    return (first, None) if _right_before(context, "from", span) else (first, last)


def _dated(context: Context, day: Day) -> dt.date | None:
    return day.date(context.year)


def _right_before(context: Context, cls: str, span: Span) -> bool:
    mark = context.before(cls, span.start)
    return mark is not None and span.start - mark.end <= _NEAR and context.apart(mark.end, span.start) <= _NEAR + 1


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

"""Weekdays that are worked at home, or in the office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from giliran.domain.place import Place
from giliran.letters.context import Context
from giliran.letters.days import Week
from giliran.letters.denying import Said, not_understood
from giliran.letters.findings import Finding, Scope, Topic, Unread
from giliran.letters.places import place_in
from giliran.letters.refusing import is_told
from giliran.letters.scopes import condition_in, when_of
from giliran.letters.tokens import Sort

_WEEK_FAR = 40
_BEHIND_AND = 8
_NEAR_WEEK = 100
_SELDOM = frozenset(
    ["pertama", "kedua", "ketiga", "keempat", "terakhir", "ganjil", "genap", "sekali", "first", "second", "third", "last", "other"]
)
_SELDOM_FAR = 4
_HOURS = frozenset({"pukul", "jam"})
_PARTLY = frozenset({"mulai", "sejak", "setelah", "sampai", "hingga", "sebelum", "dari"})
_SUPPOSED = frozenset({"hal", "apabila", "jika", "bila", "if", "when"})
_COINCIDES = frozenset({"bertepatan", "jatuh", "libur", "coincides"})


def weekdays_in(context: Context, taken: Sequence[Finding]) -> Iterator[Finding | Unread]:
    """Weekdays that are worked at home, and denials not understood; not those of a share that stands in the same sentence."""
    used = {day for finding in taken for day in finding.when.weekdays}
    for week in context.weeks:
        side = _side_of_week(context, week)
        if side is None or set(week.days) <= used or not _is_regular(context, week) or is_told(context, week.start):
            continue
        start, end = context.clause(week.start)
        if context.needed(start, end):
            continue
        if _is_seldom(context, week):
            yield Unread(context.quoted(week.start), context.text(week.start, min(end, week.end + _SELDOM_FAR)))
            continue
        if side is Said.UNCLEAR:
            yield not_understood(context, 0, len(context.tokens))
            continue
        start, end = max(start, week.start - _NEAR_WEEK), min(end, week.end + _NEAR_WEEK)
        scope = Scope(condition=condition_in(context, start, end))
        permit = any(mark.value == "may" for mark in context.within("will", start, end))
        yield Finding(
            Topic.WEEKDAY,
            context.quoted(week.start),
            side=side,
            words=week.days,
            when=replace(when_of(context, start, end), weekdays=()),
            scope=scope,
            permit=permit,
        )


def _side_of_week(context: Context, week: Week) -> Place | Literal[Said.UNCLEAR] | None:
    before, after = context.before("side", week.start), context.after("side", week.end)
    far = _WEEK_FAR + 1
    cost_before = far if before is None else week.start - before.end + _WEEK_FAR * context.parted(before.end, week.start)
    cost_after = far if after is None else context.apart(week.end, after.start) + _joined(context, week.end, after.start)
    if min(cost_before, cost_after) > _WEEK_FAR:
        return None
    mark = before if cost_before <= cost_after else after
    if mark is None:
        return None
    return place_in(context, [mark], *context.clause(mark.start))


def _joined(context: Context, start: int, end: int) -> int:
    """How much further away a side is that stands behind an "and", with a weekday of its own."""
    return _BEHIND_AND if any(token.text in ("dan", "and", ",") for token in context.tokens[start:end]) else 0


def _is_seldom(context: Context, week: Week) -> bool:
    """Whether a weekday is not meant each week, or not for the whole day: "Jumat pertama", "dua minggu sekali", "mulai pukul 13.00"."""
    around = context.tokens[max(0, week.start - _SELDOM_FAR) : week.start], context.tokens[week.end : week.end + _SELDOM_FAR]
    if any(token.text in _SELDOM for tokens in around for token in tokens):
        return True
    start, end = context.clause(week.start)
    for side in context.within("side", start, end):
        following = [token.text for token in context.tokens[side.end : min(end, side.end + 3)]]
        if _HOURS & set(following) and _PARTLY & set(following):
            return True
    return False


def _is_regular(context: Context, week: Week) -> bool:
    """Whether a weekday is meant each week: "setiap Jumat", "pada hari Jumat", "Jumats"; not that on which somebody spoke."""
    before = [token.text for token in context.tokens[max(0, week.start - 3) : week.start]]
    after = {token.text for token in context.tokens[week.end : week.end + 3]}
    if set(before) & _SUPPOSED or after & _COINCIDES:
        return False
    each = bool({"setiap", "tiap", "hari", "every", "each", "on"} & set(before)) or len(week.days) > 1 or len(context.weeks) > 1
    word = context.tokens[week.start]
    said = context.before("said", week.start)
    spoken = said is not None and context.apart(said.end, week.start) <= 6 and not {"setiap", "tiap", "every"} & set(before)
    return (each or word.text.endswith("days")) and not spoken and word.sort is Sort.WORD

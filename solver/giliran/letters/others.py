"""What a letter says besides: from when to when it is in force, what it replaces, what it leaves to heads of agencies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from giliran.domain.place import Place
from giliran.letters.context import Context
from giliran.letters.findings import Finding, Scope, Topic, When
from giliran.letters.grammar import Mark
from giliran.letters.roles import is_of_plan, span_dates
from giliran.letters.scopes import condition_in
from giliran.letters.shares import PLACES

_OWN_FAR = 30
_WORK = "sistem kerja"


def dates_in(context: Context, found: Sequence[Finding]) -> Iterator[Finding]:
    """From when to when the letter holds; not days of a share."""
    taken = {day for finding in found for day in (finding.when.first, finding.when.last) if day is not None}
    spans = [(span, span_dates(context, span)) for span in context.spans if is_of_plan(context, span)]
    whole = [(first, last) for _, (first, last) in spans if first is not None and last is not None and not {first, last} <= taken]
    if len(whole) > 1:
        yield from (Finding(Topic.IN_FORCE, context.quoted(spans[0][0].start), when=When(first, last)) for first, last in _joined(whole))
        return
    firsts = [first for _, (first, _) in spans if first is not None and first not in taken]
    lasts = [last for _, (_, last) in spans if last is not None and last not in taken]
    if firsts or lasts:
        yield Finding(Topic.IN_FORCE, context.quoted(spans[0][0].start), when=When(min(firsts, default=None), max(lasts, default=None)))


def _joined(spans: Sequence[tuple[dt.date, dt.date]]) -> list[tuple[dt.date, dt.date]]:
    """Spans of which each begins later than on the day after the last one."""
    found: list[tuple[dt.date, dt.date]] = []
    for first, last in sorted(spans):
        if found and (first - found[-1][1]).days <= 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def others_in(context: Context, above: Sequence[Context], found: Sequence[Finding]) -> Iterator[Finding]:
    """Everything that has no number and that a planner should see."""
    sided = any(each.of_class("side") for each in (context, *above[:-1]))
    if context.of_class("discretion") and (sided or _WORK in context.passage.text.casefold()):
        yield Finding(Topic.DISCRETION, context.passage, scope=Scope(condition=condition_in(context, 0, len(context.tokens))))
    if context.of_class("revoke") and context.of_class("law"):
        yield Finding(Topic.REVOKES, context.passage)
    if context.of_class("extend") and sided:
        yield Finding(Topic.EXTENDS, context.passage)
    if context.kept_days and sided:
        yield Finding(Topic.KEPT_DAY, context.passage)
    if context.of_class("shift") and context.of_class("side"):
        yield Finding(Topic.SESSIONS, context.passage)
    if _duty(context) and not any(finding.duty for finding in found):
        yield Finding(Topic.PEOPLE, context.passage, side=Place.OFFICE, duty=True)
    at_home = _at_home(context)
    if at_home is not None:
        yield at_home


def _commands(context: Context, mark: Mark) -> bool:
    """Whether a word orders or allows something; "tetap" alone does neither."""
    return mark.value in ("may", "must") and context.tokens[mark.start].text != "tetap"


def _duty(context: Context) -> bool:
    """Whether somebody is on duty, without a number of them."""
    words = {context.tokens[k].text for mark in context.of_class("duty") for k in range(mark.start, mark.end)}
    return "piket" in words and bool(context.of_class("side") or context.of_class("group"))


def _at_home(context: Context) -> Finding | None:
    """That all staff, or those of no rank, work at home, where no number says how many."""
    for mark in context.of_class("side"):
        if PLACES[mark.value] is not Place.HOME:
            continue
        start, end = context.clause(mark.start)
        if context.needed(start, end):
            continue
        who = [each for each in context.within("group", start, mark.start) if each.value in ("everyone", "asn")]
        who += [each for each in context.within("rank", start, mark.start) if each.value == "pelaksana"]
        wills = [each.value for each in context.within("will", start, mark.start) if _commands(context, each)]
        if who and any(PLACES[each.value] is not Place.HOME for each in context.within("side", who[-1].end, mark.start)):
            continue
        if who and wills and context.apart(who[-1].end, mark.start) <= _OWN_FAR:
            scope = Scope(condition=condition_in(context, start, end))
            return Finding(Topic.AT_HOME, context.passage, side=Place.HOME, permit=wills[-1] == "may", scope=scope)
    return None

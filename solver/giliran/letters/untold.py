"""What nobody read and nobody may miss: a side that is denied, and an exception from who works where."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from giliran.letters.clauses import DOING
from giliran.letters.context import Context
from giliran.letters.denying import WITHOUT, Said, not_understood, said_of
from giliran.letters.findings import Elsewhere, Finding, Topic, Unread
from giliran.letters.grammar import Mark
from giliran.letters.tokens import Sort

_PLACED = frozenset({Topic.WEEKDAY, Topic.LEADERS, Topic.IN_FULL, Topic.CONTRACT, Topic.HEALTH})
"""What is quoted for its whole clause; numbers are quoted where they stand."""
_NO_WORD = frozenset(
    [Topic.IN_FORCE, Topic.NUMBER, Topic.DISCRETION, Topic.REVOKES, Topic.EXTENDS, Topic.SESSIONS, Topic.AT_HOME, Topic.KEPT_DAY]
)
"""What says nothing of the people whom a sentence denies a side, or excepts."""
_ELSEWHERE = frozenset({"jam", "waktu", "negeri", "kota", "kantor", "ruangan", "ruang", "gedung", "wilayah", "itu", "hal", "lain"})
"""What "di luar" and "selain" may be of that is nobody: "di luar jam kerja"."""
_PEOPLE = ("rank", "mark", "group", "health", "level", "agency", "echelon")
_FROM = frozenset({"dalam", "dari", "from"})
_SHOWN = 9
"""So many tokens of an exception are told."""


def untold(context: Context, above: Sequence[Context], told: Sequence[Finding | Elsewhere | Unread], *, sided: bool) -> Iterator[Unread]:
    """Denials of a side and exceptions of a sentence of which nothing was read.

    Parameters
    ----------
    context, above
        The sentence, and what it stands below; last the sentence before.
    told
        What was read in it, or told by now.
    sided
        Whether the letter has spoken of office or home by now, so that an exception is one of that.
    """
    if context.passage.text.endswith(":"):
        return  # each item of the list is told by itself
    heard = [each for each in told if not isinstance(each, Finding) or each.topic not in _NO_WORD]
    yield from _denials(context, heard)
    yield from _behind_numbers(context, heard)
    yield from _if_needed(context, heard)
    yield from _moved(context)
    if not sided:
        return
    for mark in context.of_class("except"):
        if mark.start in context.boundaries and not _is_known(context, mark, heard):
            yield _excepted(context, mark)
    if not heard and not context.of_class("side") and _is_below_one(above) and any(map(str.isalpha, context.passage.text)):
        yield Unread(context.passage, context.text(0, min(_SHOWN, len(context.tokens))))


def _denials(context: Context, heard: Sequence[Finding | Elsewhere | Unread]) -> Iterator[Unread]:
    """Sides that are denied: "Pejabat administrator WFO, tidak WFH.", "Tidak ada lagi WFH"."""
    for start, end in _parts(context):
        if not context.denials(start, end):
            continue
        whole = context.clause(start) if _is_of_known(context, start, end) else (start, end)
        if any(_lies(context, each, whole if _is_placed(each) else (start, end)) for each in heard):
            continue
        if _denies_side(context, start, end):
            yield not_understood(context, start, end)


def _behind_numbers(context: Context, heard: Sequence[Finding | Elsewhere | Unread]) -> Iterator[Unread]:
    """People and their side in a part of their own behind a share, "WFO paling banyak 50%, ibu hamil bekerja dari rumah"."""
    if not any(isinstance(each, Finding) and each.topic is Topic.SHARE for each in heard):
        return
    places = sorted(each.passage.at for each in heard)
    for start, end in _parts(context):
        people = [mark for cls in _PEOPLE for mark in context.within(cls, start, end)]
        placed = people and context.within("side", start, end) and not context.denials(start, end)
        whole = context.clause(start)
        own = whole if context.next_number(whole[0]) >= whole[1] else (start, end)
        if placed and context.next_number(start) >= end and not _any_lies(context, places, own):
            first = min(mark.start for mark in people)
            yield Unread(context.quoted(first), context.text(first, end))


def _if_needed(context: Context, heard: Sequence[Finding | Elsewhere | Unread]) -> Iterator[Unread]:
    """What holds only if needed, but for a share that is known to: "pejabat struktural WFO jika diperlukan"."""
    if not context.of_class("side") or any(isinstance(each, Finding) and each.relaxed for each in heard):
        return
    unread = sorted(each.passage.at for each in heard if isinstance(each, Unread))
    for mark in context.needed(0, len(context.tokens)):
        if not _any_lies(context, unread, context.clause(mark.start)):
            yield _shown(context, mark)


def _moved(context: Context) -> Iterator[Unread]:
    """Another day on which somebody is at home instead: "WFH diganti pada hari Kamis"."""
    kept = {mark.start for _, mark in context.kept_days}
    for mark in context.moved_days if context.of_class("side") else ():
        if mark.start not in kept:
            yield _shown(context, mark)


def _shown(context: Context, mark: Mark) -> Unread:
    """A phrase with the words behind it."""
    _, end = context.clause(mark.start)
    last = min(end, mark.start + _SHOWN)
    while last > mark.end and context.tokens[last - 1].sort is Sort.SIGN:
        last -= 1
    return Unread(context.quoted(mark.start), context.text(mark.start, last))


def _is_of_known(context: Context, start: int, end: int) -> bool:
    """Whether what is denied is of people or days who are known by now: it names such, or nobody at all, ", tidak WFH"."""
    if context.weeks_within(start, end) or any(context.within(cls, start, end) for cls in _PEOPLE):
        return True
    mine = {k for cls in ("negation", "side") for mark in context.within(cls, start, end) for k in range(mark.start, mark.end)}
    return all(k in mine or token.sort is Sort.SIGN or token.text in DOING for k, token in enumerate(context.tokens[start:end], start))


def _denies_side(context: Context, start: int, end: int) -> bool:
    sides = context.within("side", start, end)
    alike = [[mark for mark in sides if mark.value == value] for value in dict.fromkeys(mark.value for mark in sides)]
    return any(said_of(context, marks, start, end) is not Said.PLAIN for marks in alike)


def _parts(context: Context) -> Iterator[tuple[int, int]]:
    """What stands between commas and boundaries."""
    edges = {0, len(context.tokens), *context.boundaries} | {k for k, token in enumerate(context.tokens) if token.text in (",", ".")}
    yield from pairwise(sorted(edges))


def _is_placed(each: Finding | Elsewhere | Unread) -> bool:
    return isinstance(each, Finding) and each.topic in _PLACED


def _lies(context: Context, each: Finding | Elsewhere | Unread, part: tuple[int, int]) -> bool:
    """Whether something is quoted for what stands between two tokens."""
    return _any_lies(context, [each.passage.at], part)


def _any_lies(context: Context, places: Sequence[int], part: tuple[int, int]) -> bool:
    """Whether any letter of some, in their order, lies between two tokens."""
    start, end = part
    last = context.tokens[end - 1].end if end > start else 0
    return bisect_left(places, context.tokens[start].start) < bisect_left(places, last)


def _is_known(context: Context, mark: Mark, heard: Sequence[Finding | Elsewhere | Unread]) -> bool:
    """Whether an exception was read, or is of nobody."""
    start, end = context.clause(mark.start)
    following = context.tokens[mark.end].text if mark.end < end else ""
    if following in _ELSEWHERE or (mark.start and context.tokens[mark.start - 1].text in WITHOUT):
        return True
    if mark.start and following in _FROM:  # "Guru tidak termasuk dalam WFH 50%": who is excepted stands before
        whom = context.clause(mark.start - 1)
        return any(_is_placed(each) and _lies(context, each, whom) for each in heard)
    if any(_lies(context, each, (start, end)) for each in heard):
        return True
    findings = [each for each in heard if isinstance(each, Finding)]
    scoped = any(each.scope.condition or each.scope.contract for each in findings)
    return scoped or _is_revoked(context, mark, end) or _is_duty(context, findings)


def _is_revoked(context: Context, mark: Mark, end: int) -> bool:
    """Whether it is another letter that holds no longer, "dinyatakan tidak berlaku"."""
    return bool(context.within("revoke", max(0, mark.start - 1), end))


def _is_duty(context: Context, findings: Sequence[Finding]) -> bool:
    return bool(context.of_class("duty")) and any(each.duty for each in findings)


def _excepted(context: Context, mark: Mark) -> Unread:
    """An exception with the words behind it, or, where nothing follows, those before it."""
    _, end = context.clause(mark.start)
    return Unread(context.quoted(mark.start), context.text(mark.start, min(end, mark.start + _SHOWN)))


def _is_below_one(above: Sequence[Context]) -> bool:
    """Whether a sentence is an item of a list of exceptions or of whoever is denied a side: "dikecualikan bagi:", "dilarang WFH:"."""
    lists = [upper for upper in above[:-1] if upper.passage.text.endswith(":")]
    return any(upper.of_class("except") or _denies_side(upper, 0, len(upper.tokens)) for upper in lists)

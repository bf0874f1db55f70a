"""Whom a number means, and on which days: what stands before it and behind it, up to what belongs to the number beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from giliran.letters.context import Context
from giliran.letters.days import Span
from giliran.letters.findings import Scope, When
from giliran.letters.numbers import Amount
from giliran.letters.roles import impossible_in, is_of_plan, span_dates
from giliran.letters.tokens import Sort

_WEAK = (frozenset({",", ":"}), frozenset({"dan", "and", "serta"}))
_GROUPS = ("admin", "service", "non_service", "field", "contract", "uptd", "vaccinated")
_AGENCY = frozenset(
    ["dinas", "badan", "inspektorat", "rsud", "rumah", "puskesmas", "satuan", "satpol", "bpbd", "bpkad", "biro", "laboratorium", "panti"]
)
_UNITS = frozenset({"uptd", "upt", "kecamatan", "kelurahan", "unit", "seluruh"})
_POSTS = frozenset({"kepala", "sekretaris", "kadis", "plt", "biro", "direktur"})
"""Before the name of an agency: somebody who speaks for it, not the agency."""
_ENDS_NAME = frozenset(
    [
        "untuk",
        "diberlakukan",
        "yang",
        "melaksanakan",
        "dapat",
        "wajib",
        "tetap",
        "dan",
        ",",
        ";",
        ":",
        "(",
        ")",
        ".",
        "yaitu",
        "dengan",
        "agar",
        "adalah",
        "bagi",
        "paling",
        "wfo",
        "wfh",
        "wfa",
    ]
)
UNIT_KINDS = ("kecamatan", "kelurahan", "puskesmas")
"""Kinds of units that letters speak of as of agencies."""
_BEFORE_KIND = frozenset({"untuk", "bagi", "khusus", "sedangkan", "adapun", "namun", "pegawai", "di", "pada", "dan", "serta", ","})
_LONGEST_NAME = 9
_MOST_NAMES = 20
_CONDITION_TAIL = 3
_NEGATING = frozenset({"selain", "pada", "di", "luar", "bukan", "non", "kecuali", "outside", "except"})
_NEGATED_FAR = 3
_TURNED = frozenset({"selain", "luar", "bukan", "non", "kecuali", "outside", "except"})
_OUTSIDE = frozenset({"di", "selain", "outside", "except"})
_STOPS = frozenset(
    [
        ",",
        ";",
        ":",
        ".",
        "(",
        ")",
        "melaksanakan",
        "diberlakukan",
        "dilakukan",
        "pembatasan",
        "agar",
        "wajib",
        "dapat",
        "sebanyak",
        "sebesar",
        "maka",
        "-",
        "–",
        "wfh",
        "wfo",
    ]
)


def regions(context: Context, shares: Sequence[Amount], at: int) -> tuple[int, int]:
    """Where what belongs to one of the shares of a sentence begins and ends."""
    amount = shares[at]
    start, end = context.clause(amount.start)
    if at and shares[at - 1].end > start:
        start = _split(context, shares[at - 1].end, amount.start)
    if at + 1 < len(shares) and shares[at + 1].start < end:
        end = _split(context, amount.end, shares[at + 1].start)
    return start, end


def _split(context: Context, start: int, end: int) -> int:
    """Between two numbers, where what belongs to the second one begins."""
    dated = {k for span in context.spans for k in range(span.start, span.end)}
    for words in _WEAK:
        found = [k for k in range(start, end) if context.tokens[k].text in words and k not in dated]
        if found:
            return found[-1]
    return start


def scope_of(context: Context, start: int, end: int, above: Sequence[Context] = ()) -> Scope:
    """Whom something between two tokens means; where it names no group and no condition, that of the list that it stands in."""
    scope = _here(context, start, end)
    if scope.groups or scope.condition or scope.units:
        return scope
    for upper in above[:-1]:
        found = _here(upper, 0, len(upper.tokens))
        if found.groups or found.condition:
            return replace(found, per=scope.per or found.per, contract=scope.contract or found.contract)
    return scope


def _here(context: Context, start: int, end: int) -> Scope:
    groups = tuple(dict.fromkeys(mark.value for mark in context.told("group", start, end) if mark.value in _GROUPS))
    if "vaccinated" in groups and any(mark.value == "first" for mark in context.within("will", start, end)):
        groups = tuple(group for group in groups if group != "vaccinated")  # who comes first, not whom the share is of
    if "contract" in groups and (_included(context, start, end) or _beside_asn(context, start, end)):
        groups = tuple(group for group in groups if group != "contract")
    return Scope(
        groups=groups,
        units=(*_kinds_of_units(context, start, end), *_names(context, start, end)),
        per=context.levels(start, end),
        condition=condition_in(context, start, end),
        contract=_contract(context, start, end),
    )


def _included(context: Context, start: int, end: int) -> bool:
    return bool(context.within("include", start, end))


def _beside_asn(context: Context, start: int, end: int) -> bool:
    """Whether all staff are named, civil servants and others: "bagi ASN dan non-ASN"."""
    return any(mark.value == "asn" for mark in context.within("group", start, end)) and not context.within("except", start, end)


def _contract(context: Context, start: int, end: int) -> str:
    """Whether the number that a share is of is one of civil servants alone, or of all staff."""
    named = [mark for mark in context.within("group", start, end) if mark.value == "contract"]
    if named and (_included(context, start, end) or _beside_asn(context, start, end)):
        return "counted"
    if named and [mark for mark in context.within("except", start, end) if mark.start < named[-1].start]:
        return "left_out"
    return "left_out" if context.within("asn_base", start, end) else ""


def condition_in(context: Context, start: int, end: int) -> str:
    """What has to hold, in the words of the letter; empty for nothing."""
    marks = context.told("condition", start, end)
    if not marks:
        return _exception_before(context, start, end) or _exception_of(context, end)
    first, last = marks[0], marks[-1]
    stop = last.end
    while stop < min(end, last.end + _CONDITION_TAIL) and context.tokens[stop].text not in _STOPS:
        stop += 1
    begin = first.start if last.start - first.start < 12 else last.start
    before = range(max(start, begin - _NEGATED_FAR), begin)
    begin = next(
        (k for k in before if all(token.text in _NEGATING for token in context.tokens[k:begin]) and _negates(context, k, begin)), begin
    )
    return " ".join(context.text(begin, stop).split())


def _negates(context: Context, start: int, end: int) -> bool:
    """Whether words before a condition turn it round: "selain pada zona merah"."""
    return any(token.text in _TURNED for token in context.tokens[start:end])


def _exception_before(context: Context, start: int, end: int) -> str:
    """An exception that begins a sentence, "Di luar kedua sektor tersebut, SKPD melaksanakan WFH 100 persen"."""
    mark = next(iter(context.within("except", start, start + 1)), None)
    if mark is None or context.tokens[start].text not in _OUTSIDE or context.within("turn", start, start + 1):
        return ""
    comma = next((k for k in range(mark.end, end) if context.tokens[k].text == ","), None)
    return " ".join(context.text(start, comma).split()) if comma is not None else ""


def _exception_of(context: Context, at: int) -> str:
    """An exception right behind that the plan does not know: "kecuali sektor esensial"."""
    if at >= len(context.tokens) or not context.within("except", at, at + 1):
        return ""
    _, end = context.clause(at)
    marks = context.told("condition", at, end)
    return " ".join(context.text(at, marks[-1].end).split()) if marks else ""


def _kinds_of_units(context: Context, start: int, end: int) -> tuple[str, ...]:
    """Kinds of units that a number is of, since the clause begins with them: "untuk kelurahan dan kecamatan tetap WFO 100%"."""
    each = context.levels(start, end)
    marks = {mark.start: mark for mark in context.within("level", start, end) if mark.value in UNIT_KINDS and mark.value not in each}
    found: list[str] = []
    k = start
    while k < end and (k in marks or context.tokens[k].text in _BEFORE_KIND):
        found += [marks[k].value] if k in marks else []
        k = marks[k].end if k in marks else k + 1
    return tuple(dict.fromkeys(found))


def _names(context: Context, start: int, end: int) -> tuple[str, ...]:
    """Agencies that are named: "Dinas Perhubungan", "DPMPTSP"."""
    found: list[str] = []
    known = {mark.start for mark in context.within("agency", start, end)}
    k = start
    while k < end and len(found) < _MOST_NAMES:
        token = context.tokens[k]
        written = context.passage.text[token.start : token.end]
        if token.sort is not Sort.WORD or not written[:1].isupper():
            k += 1
            continue
        if k and context.tokens[k - 1].text in _POSTS:
            k = _name_end(context, k, end)
            continue
        if token.text in _AGENCY and (name_end := _name_end(context, k, end)) > k + 1:
            found.append(" ".join(context.text(k, name_end).split()))
            k = name_end
            continue
        if k in known:
            found.append(written)
        k += 1
    return tuple(dict.fromkeys(found))


def _name_end(context: Context, at: int, end: int) -> int:
    k = at + 1
    while k < min(end, at + _LONGEST_NAME):
        token = context.tokens[k]
        written = context.passage.text[token.start : token.end]
        following = context.tokens[k + 1 : k + 2]
        apart = token.text == "dan" and bool(following) and (following[0].text in _AGENCY or following[0].text in _UNITS)
        if apart or token.text in _ENDS_NAME - {"dan"} or not (written[:1].isupper() or token.text == "dan"):
            break
        k += 1
    return k - 1 if context.tokens[k - 1].text == "dan" else k


def when_of(context: Context, start: int, end: int, above: Sequence[Context] = ()) -> When:
    """On which days a number holds: dates and weekdays beside it, else those of the list that it stands in."""
    here = _days_here(context, start, end)
    if here != When():
        return here
    for upper in above[:-1]:
        there = _days_here(upper, 0, len(upper.tokens))
        if there != When():
            return there
    return here


def is_of_no_day(context: Context, start: int, end: int, above: Sequence[Context] = ()) -> bool:
    """Whether the dates that a number would have, its own or those of its list, are in no calendar."""
    if context.spans_within(start, end) or context.malformed:
        return bool(impossible_in(context, start, end))
    return any(impossible_in(upper, 0, len(upper.tokens)) for upper in above[:-1])


def _days_here(context: Context, start: int, end: int) -> When:
    spans = [span for span in context.spans_within(start, end) if is_of_plan(context, span, numbered=True)]
    first, last = _both(context, spans)
    weeks = context.weeks_within(start, end)
    days = tuple(dict.fromkeys(day for week in weeks for day in week.days))
    return When(first, last, days)


def _both(context: Context, spans: Sequence[Span]) -> tuple[dt.date | None, dt.date | None]:
    found = [span_dates(context, span) for span in spans]
    firsts = [first for first, _ in found if first is not None]
    lasts = [last for _, last in found if last is not None]
    return min(firsts, default=None), max(lasts, default=None)

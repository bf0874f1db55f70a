"""Whom a number means, and on which days: what stands before it and behind it, up to what belongs to the number beside it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from giliran.letters.clauses import DOING
from giliran.letters.context import Context
from giliran.letters.days import Span
from giliran.letters.findings import Scope, When
from giliran.letters.numbers import Amount
from giliran.letters.roles import impossible_in, is_of_plan, span_dates
from giliran.letters.senses import LOOSE, RELATIVE
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
_SUPPOSED_FAR = 25
_WEEK, _WEEKEND = 7, 5
_TRAIT_FAR, _TRAIT_NEAR = 8, 4
_GROUP_CLASSES = ("group", "health", "mark", "rank")
_LONGEST_NAME = 9
_MOST_NAMES = 20
_PEOPLE_FAR = 5
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


def before_people(context: Context, amount: Amount, end: int) -> int:
    """Where what belongs to a share ends before a number of people: "maksimal 30% per hari, minimal 2 orang per bidang"."""
    person = context.after("person", amount.end)
    following = context.next_number(amount.end)
    if person is None or following >= end or not context.within("person", following, min(end, following + _PEOPLE_FAR)):
        return end
    split = _split(context, amount.end, following)
    return split if split > amount.end else end


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
    """Whether all staff are named, civil servants and others: "bagi ASN dan non-ASN"; not "Non-ASN dilarang WFH, ASN WFH 30%"."""
    both = [mark for mark in context.within("group", start, end) if mark.value in ("asn", "contract")]
    joined = any(
        one.value != other.value and not context.within("side", one.end, other.start) and not context.denials(one.end, other.start)
        for one, other in pairwise(both)
    )
    return joined and not context.within("except", start, end)


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
    marks = [mark for mark in context.told("condition", start, end) if not context.is_part_of(mark, ("group",))]
    if not marks:
        excepted = _exception_before(context, start, end) or _exception_of(context, end)
        return excepted or _size(context, start, end) or _trait(context, start, end) or _supposed(context, start, end)
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


def _size(context: Context, start: int, end: int) -> str:
    """How many people a unit has to have: "yang jumlah pegawainya kurang dari 20 orang"."""
    at = bisect_left(context.sizes, (start, 0))
    return " ".join(context.text(*context.sizes[at]).split()) if at < len(context.sizes) and context.sizes[at][0] < end else ""


def _trait(context: Context, start: int, end: int) -> str:
    """What people have to have that is no known group: "pegawai yang memiliki balita"."""
    for mark in context.within("trait", start, end):
        stop = next((at for at in range(mark.end, min(end, mark.end + _TRAIT_FAR)) if _ends_supposed(context, at)), mark.end)
        stop = min(stop, next((will.start for will in context.within("will", mark.end, stop)), stop))
        known = [each for cls in _GROUP_CLASSES for each in context.within(cls, mark.start, mark.end + _TRAIT_NEAR)]
        if all(each.value in ("asn", "everyone") for each in known):
            return " ".join(context.text(mark.start, max(mark.end, stop)).split())
    return ""


def _supposed(context: Context, start: int, end: int) -> str:
    """What is only supposed: "Apabila kasus meningkat, WFO paling banyak 25%", "WFO 75% jika keadaan memungkinkan"."""
    first, _ = context.clause(start)
    for k in (k for k in context.supposed[bisect_left(context.supposed, first) :] if k < end):
        leads = k == first
        if not leads and (k < start or context.tokens[k - 1].text in LOOSE):
            continue
        stop = next((at for at in range(k, min(end, k + _SUPPOSED_FAR)) if _ends_supposed(context, at)), min(end, k + _SUPPOSED_FAR))
        if not (leads and stop == end) and not _is_idle(context, k, stop):
            return " ".join(context.text(k, stop).split())
    return ""


def _ends_supposed(context: Context, at: int) -> bool:
    return context.tokens[at].text in (",", ".", ";") or bool(context.within("side", at, at + 1))


def _is_idle(context: Context, start: int, end: int) -> bool:
    """Whether a supposition is only of need, or of who is meant: "jika diperlukan", "apabila pegawai yang melaksanakan" WFH."""
    if any(mark.value == "if_needed" for mark in context.within("will", start, start + 1)):
        return True
    idle = {k for cls in ("person", "force") for mark in context.within(cls, start, end) for k in range(mark.start, mark.end)}
    return all(k in idle or context.tokens[k].text in DOING | RELATIVE for k in range(start + 1, end))


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
    """Whether the dates that a number would have, its own or those of its list, are in no calendar, or working days lie between them."""
    if context.spans_within(start, end) or context.malformed:
        return bool(impossible_in(context, start, end)) or _is_scattered(context, start, end)
    return any(impossible_in(upper, 0, len(upper.tokens)) for upper in above[:-1])


def _is_scattered(context: Context, start: int, end: int) -> bool:
    """Whether dates are no single span: "pada 24 Desember 2026 dan 31 Desember 2026" is not the week between."""
    spans = [span for span in context.spans_within(start, end) if is_of_plan(context, span, numbered=True)]
    days = sorted((first, last) for first, last in (span_dates(context, span) for span in spans) if first is not None and last is not None)
    return any(_works_between(one[1], other[0]) for one, other in pairwise(days))


def _works_between(last: dt.date, first: dt.date) -> bool:
    between = (last + dt.timedelta(days=k) for k in range(1, min((first - last).days, _WEEK)))
    return any(day.weekday() < _WEEKEND for day in between)


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

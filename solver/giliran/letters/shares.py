"""Shares of staff in the office or at home: which number is one, of which side, how it binds, whom and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from giliran.domain.place import Place
from giliran.letters.context import STRONG, Context
from giliran.letters.days import spans_in, weeks_in
from giliran.letters.findings import Elsewhere, Finding, Scope, Sense, Topic, Why
from giliran.letters.grammar import Mark
from giliran.letters.numbers import Amount, Measure
from giliran.letters.refusing import is_target, refused, topic_of
from giliran.letters.scopes import before_people, is_of_no_day, regions, scope_of, when_of
from giliran.letters.senses import Binding, binding_of, is_loose
from giliran.letters.tokens import tokens_of
from giliran.text.numbers import WHOLE_SHARE

_FAR = 60
"""Beyond this a side and a number have nothing to do with each other."""
_NEXT_TO = 2
_REST = 20
_USED = 3
_PERMIT_FAR = 14
_RANGE = frozenset({"hingga", "sampai", "dengan", "-", "–", "s", "d", ".", "to", "up"})
_OTHERS = frozenset({"lainnya", "lain", "other", "others"})
_THEN = frozenset({"setelah", "sesudah", "selanjutnya", "afterwards", "thereafter"})
_STAY = frozenset({"tetap", "wajib", "harus", "must", "still"})

PLACES = {"office": Place.OFFICE, "home": Place.HOME}
OTHER = {Place.OFFICE: Place.HOME, Place.HOME: Place.OFFICE}


_UNBOUND = Binding(None)


@dataclass(frozen=True)
class Sided:
    """A share with its side, the mark that told it, None where it stands in a sentence above, its number among the shares, and how it
    binds."""

    amount: Amount
    side: Place
    mark: Mark | None
    at: int = 0
    binding: Binding = _UNBOUND


def shares_in(context: Context, above: Sequence[Context]) -> Iterator[tuple[Amount, Finding | Elsewhere | None]]:
    """The shares of a sentence, each with what it says; None where nothing tells a side.

    Parameters
    ----------
    context
        The sentence.
    above
        What it stands below, the inner one first, and last the sentence before.
    """
    amounts = [amount for amount in context.amounts if amount.measure in (Measure.SHARE, Measure.RATIO)]
    sided: list[Sided] = []
    used: set[int] = set()
    for at, amount in enumerate(amounts):
        region = regions(context, amounts, at)
        binding = binding_of(context, amount, region, above)
        found = _continued(context, sided, amount) or _sided(context, above, amount, used, binding)
        why = refused(context, amount, found.mark if found else None)
        if why in (None, Why.REPORT) and is_target(context, amount):
            yield amount, None
            continue
        if why is not None:
            yield amount, Elsewhere(context.quoted(amount.start), context.text(amount.start, amount.end), why)
            continue
        topic = topic_of(context, amount, found.mark if found else None)
        if topic is not None:
            yield amount, _of(context, amounts, at, None, topic, binding) if binding.clear else None
            continue
        if found is None or not binding.clear or _may_be_more(context, amount, region[0], binding) or is_of_no_day(context, *region, above):
            yield amount, None
            continue
        if found.mark is not None:
            used.add(found.mark.start)
        sided.append(replace(found, at=at, binding=binding))
    yield from _findings(context, above, amounts, sided)


def _findings(
    context: Context, above: Sequence[Context], amounts: Sequence[Amount], sided: Sequence[Sided]
) -> Iterator[tuple[Amount, Finding]]:
    found: list[Finding] = []
    for k, each in enumerate(sided):
        finding = _of(context, amounts, each.at, each.side, Topic.SHARE, each.binding, above)
        if k and _belongs(context, (sided[k - 1], found[-1]), each, finding):
            finding = replace(finding, scope=_inherited(finding, found[-1]), when=found[-1].when if _timeless(finding) else finding.when)
            if not context.parted(sided[k - 1].amount.end, each.amount.start):
                when = finding.when if _timeless(found[-1]) and _complete(found[-1], finding) else found[-1].when
                found[-1] = replace(found[-1], scope=_of_next(found[-1].scope, finding.scope), when=when)
        found.append(finding)
    yield from ((each.amount, _labelled(finding)) for each, finding in zip(sided, found, strict=True))


def _labelled(finding: Finding) -> Finding:
    """A share in a row of a table is of whom the first cell names."""
    scope, label = finding.scope, finding.passage.label
    if not label or scope.groups or scope.condition or scope.units or spans_in(tokens_of(label)) or weeks_in(tokens_of(label), ()):
        return finding
    return replace(finding, scope=replace(scope, units=(label,)))


def _of_next(scope: Scope, following: Scope) -> Scope:
    """A scope with the base that is told once for both numbers: "minimal 25% dan maksimal 50% dari jumlah pegawai di setiap OPD"."""
    return replace(scope, per=scope.per or following.per, contract=scope.contract or following.contract)


def _belongs(context: Context, last: tuple[Sided, Finding], each: Sided, finding: Finding) -> bool:
    """Whether a share is of those of whom the one before is: nothing else is named, and no boundary but that of a rest is between."""
    if finding.scope.groups or finding.scope.condition or finding.scope.units:
        return False
    between = {token.text for token in context.tokens[last[0].amount.end : each.amount.start]}
    if between & _THEN:
        return False  # "WFH 50% s.d. 31 Desember, setelah itu WFO 100%"
    if last[1].scope.units and _OTHERS & between:
        return False  # "Dinas Sosial WFO 60%, perangkat daerah lainnya WFO 50%"
    if _complete(last[1], finding):
        return True
    return not context.parted(last[0].amount.end, each.amount.start) and not _names_people(context, last[0].amount.end, each.amount.start)


def _names_people(context: Context, start: int, end: int) -> bool:
    """Whether people are named anew behind a comma, "petugas pelayanan WFO 100%, staf WFO 50%"."""
    return any(context.tokens[mark.start - 1].text == "," for mark in context.within("person", start + 1, end))


def _complete(one: Finding, other: Finding) -> bool:
    """Whether two shares make up everybody."""
    return one.side is not other.side and one.number + other.number == WHOLE_SHARE


def _inherited(finding: Finding, last: Finding) -> Scope:
    """The scope of the share before, with the base that the share itself tells."""
    scope = last.scope
    return replace(scope, per=finding.scope.per or scope.per, contract=finding.scope.contract or scope.contract)


def _timeless(finding: Finding) -> bool:
    when = finding.when
    return when.first is None and when.last is None and not when.weekdays


def _of(
    context: Context,
    amounts: Sequence[Amount],
    at: int,
    side: Place | None,
    topic: Topic,
    binding: Binding,
    above: Sequence[Context] = (),
) -> Finding:
    amount = amounts[at]
    head, tail = regions(context, amounts, at)
    sense = binding.sense
    permit = permits(context, amount, head)
    if sense is None and permit:
        sense = Sense.MOST
    if amount.measure is Measure.RATIO:
        sense = Sense.EXACT
    elif sense in (None, Sense.EXACT) and side is not None and _stays(context, amount):
        sense = Sense.LEAST
    finding = Finding(
        topic,
        context.quoted(amount.start),
        side=side,
        sense=sense,
        number=amount.value,
        scope=scope_of(context, head, before_people(context, amount, tail), above),
        when=when_of(context, head, tail, above),
        permit=permit,
        relaxed=_if_needed(context, amount, head, tail),
        doubt=amount.doubt,
        thirds=amount.thirds,
    )
    finding = replace(finding, scope=_of_exception(context, amount, finding))
    return replace(finding, side=Place.OFFICE) if side is None and topic is Topic.SHARE else finding


def _if_needed(context: Context, amount: Amount, head: int, tail: int) -> bool:
    """Whether a share holds only if needed: "jika diperlukan dapat 50%", "75% bila diperlukan"."""
    behind = context.needed(amount.end, tail)
    return bool(context.needed(head, amount.start)) or (bool(behind) and not is_loose(context, amount.end, behind[0].start))


def _of_exception(context: Context, amount: Amount, finding: Finding) -> Scope:
    """A share that stands in an exception is of those alone whom that names: "kecuali Bagian Umum maksimal 50%"."""
    scope, (start, _) = finding.scope, context.clause(amount.start)
    if scope.groups or scope.units or scope.condition or not _timeless(finding) or not start:
        return scope
    if not context.within("except", start, start + 1) or context.within("turn", start, start + 1):
        return scope
    end = min((mark.start for cls in ("sense", "compare") for mark in context.within(cls, start + 1, amount.start)), default=amount.start)
    return replace(scope, condition=" ".join(context.text(start, end).split()))


def _sided(context: Context, above: Sequence[Context], amount: Amount, used: set[int], binding: Binding) -> Sided | None:
    """The side of a share: that of the nearest phrase, on either side of it, else what the list, or the sentence above, is about."""
    if amount.measure is Measure.RATIO:
        return _of_ratio(context, above, amount)
    before, after = context.before("side", amount.start), context.after("side", amount.end)
    rest = _rest(context, before, amount)
    far = _FAR + 1
    cost_before = far if before is None else context.apart(before.end, amount.start) + (_REST if rest else 0)
    cost_after = far if after is None else context.apart(amount.end, after.start)
    if before is not None and before.start in used:
        cost_before += _USED
    if before is not None and cost_before <= min(cost_after, _FAR + (_REST if rest else 0)):
        side = PLACES[before.value]
        return Sided(amount, OTHER[side] if rest else side, before)
    if after is not None and cost_after <= _FAR:
        return Sided(amount, PLACES[after.value], after)
    if before is not None and rest:
        return Sided(amount, OTHER[PLACES[before.value]], before)
    return _from_above(above, amount, binding)


def _continued(context: Context, sided: Sequence[Sided], amount: Amount) -> Sided | None:
    """The side of the other end of a range, "25 persen hingga 50 persen"."""
    if not sided:
        return None
    last = sided[-1]
    between = [token.text for token in context.tokens[last.amount.end : amount.start]]
    return Sided(amount, last.side, last.mark) if between and set(between) <= _RANGE else None


def _from_above(above: Sequence[Context], amount: Amount, binding: Binding) -> Sided | None:
    """The only side of the nearest heading that has one; of the sentence before only where the number is clearly a limit."""
    for k, upper in enumerate(above):
        sides = list(dict.fromkeys(mark.value for mark in upper.of_class("side")))
        if k == len(above) - 1 and binding.sense not in (Sense.MOST, Sense.LEAST):
            return None
        if len(sides) == 1:
            return Sided(amount, PLACES[sides[0]], None)
        if sides:
            return None
    return None


def _of_ratio(context: Context, above: Sequence[Context], amount: Amount) -> Sided | None:
    """50:50 is a half each; of other ratios the first number is of the side that is named first."""
    for upper in (context, *above):
        sides = list(dict.fromkeys(mark.value for mark in upper.of_class("side")))
        if len(sides) == 2 or (sides and amount.value == WHOLE_SHARE // 2):
            return Sided(amount, Place.OFFICE if amount.value == WHOLE_SHARE // 2 else PLACES[sides[0]], None)
    return None


def _rest(context: Context, before: Mark | None, amount: Amount) -> bool:
    """Whether "sisanya" stands between a side and a number."""
    if before is None:
        return False
    rest = [mark for mark in context.within("rest", before.end, amount.start) if context.tokens[mark.start].text not in ("lagi", "lainnya")]
    return bool(rest)


def _stays(context: Context, amount: Amount) -> bool:
    """Whether so many have to be there: "25 persen ASN tetap wajib berkantor"."""
    after = context.after("side", amount.end)
    if after is None or context.apart(amount.end, after.start) > _NEXT_TO * 4:
        return False
    between = [token.text for token in context.tokens[amount.end : after.start]]
    return bool(_STAY & set(between)) and "," not in between and not context.within("rest", amount.end, after.start)


def _may_be_more(context: Context, amount: Amount, start: int, binding: Binding) -> bool:
    """Whether more than a number is allowed, which binds nobody: "dapat menetapkan WFH lebih dari 50%"."""
    compared = context.before("compare", amount.start)
    near = compared is not None and compared.start >= start and amount.start - compared.end <= _NEXT_TO
    return near and binding.sense is Sense.LEAST and permits(context, amount, start)


def permits(context: Context, amount: Amount, start: int) -> bool:
    """Whether a number is what is allowed, "dapat 50% WFO"."""
    for mark in reversed(context.within("will", start, amount.start)):
        if mark.value in ("may", "must"):
            return mark.value == "may" and context.apart(mark.end, amount.start) <= _PERMIT_FAR < STRONG + _NEXT_TO + 1
    close = context.before("side", amount.start)
    return close is not None and context.tokens[close.start].text == "dapat" and context.apart(close.end, amount.start) <= _PERMIT_FAR

"""Who works where without a number: officials, services, guards, whoever is pregnant or of some age."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from giliran.domain.place import Place
from giliran.letters.context import Context
from giliran.letters.denying import WITHOUT, Said, not_understood, said_of
from giliran.letters.findings import Finding, Scope, Topic, Unread
from giliran.letters.grammar import Mark
from giliran.letters.numbers import Amount, Measure
from giliran.letters.scopes import UNIT_KINDS, condition_in, scope_of
from giliran.letters.shares import OTHER, PLACES
from giliran.letters.tokens import Sort

_ECHELONS = {"i": "jpt_madya", "ii": "jpt_pratama", "iii": "administrator", "iv": "pengawas"}
_ROMAN = {"1": "i", "2": "ii", "3": "iii", "4": "iv"}
_ORDER = ("i", "ii", "iii", "iv")
_RUN = frozenset(
    {",", "dan", "atau", "/", "maupun", "serta", "and", "or", "&", "eselon", ".", "-", "s", "d", "sampai", "dengan", "a", "b", "echelon"}
)
_THROUGH = frozenset({"sampai", "s", "-"})
_STRUCTURAL = ("jpt_madya", "jpt_pratama", "administrator", "pengawas")
_FULL_GROUPS = {"service": "service", "field": "field"}
_NEAR = 40
_COUNTED_FAR, _APART = 6, 1
_MOST_AGE = 70
_AGE_FAR = 6
_HEADS_BY_NAME = {"camat": "camat", "lurah": "lurah", "subdistrict": "camat"}
_HEAD = frozenset({"kepala", "pimpinan", "sekretaris"})
_ASKED = frozenset({"oleh", "izin", "seizin", "persetujuan", "arahan", "perintah", "menghubungi", "melalui", "by", "consent"})
_TOWARDS, _ASKED_FAR = frozenset({"kepada", "ke", "to"}), 6
_ANDS = ("dan", "serta", "and")
_NAMED = ("person", "rank", "group", "mark", "health", "rest", "acts", "checked")
"""What stands behind an "and" that parts one side from the other."""
_PASSIVE = frozenset({"dikecualikan", "pengecualian", "exempt", "exempted", "excluded"})
_FOR = frozenset({"bagi", "untuk", "kepada", "pada", "for", "terhadap", "adalah", "yaitu", ":"})


def places_in(context: Context, above: Sequence[Context], amounts: Sequence[Amount], *, sided: bool) -> Iterator[Finding | Unread]:
    """What a sentence says of people by what they are, and what denies something of them that was not understood.

    Parameters
    ----------
    context, above
        The sentence, and what it stands below; last the sentence before.
    amounts
        Its shares.
    sided
        Whether the letter has spoken of office or home by now, so that an exception is one of that.
    """
    shares = [amount for amount in amounts if amount.measure is not Measure.COUNT]
    for start, end in _clauses(context):
        if context.needed(start, end):
            continue
        if _is_exempt(context, end, shares):
            yield from _who(context, start, end, Place.OFFICE)
            continue
        side = _side_of(context, above, (start, end), shares, sided=sided)
        if isinstance(side, Place):
            yield from _who(context, start, end, side)
            yield from _without_choice(context, start, end, side)
        elif side is Said.UNCLEAR and (any(_who(context, start, end, Place.OFFICE)) or any(_whose_health(context, start, end))):
            yield not_understood(*_denying(context, above, start, end))
            continue
        health = _health(context, start, end)
        if health is not None:
            yield health


def _is_exempt(context: Context, end: int, shares: Sequence[Amount]) -> bool:
    """Whether what stands before a boundary is taken out of work at home, or of a limit: "Tenaga keamanan dikecualikan dari WFH"."""
    mark = next(iter(context.within("except", end, end + 1)), None)
    if (
        mark is None
        or context.tokens[mark.start].text not in _PASSIVE
        or _is_none(context, mark)
        or context.tokens[mark.end - 1].text in _FOR
    ):
        return False
    if {token.text for token in context.tokens[mark.end : mark.end + 1]} & _FOR:
        return False
    sides = {each.value for each in context.within("side", *context.clause(mark.start))}
    return sides != {"office"} or any(mark.end <= amount.start for amount in shares)


def _is_none(context: Context, mark: Mark) -> bool:
    """Whether there is no exception, "WFH tanpa pengecualian"."""
    return mark.start > 0 and context.tokens[mark.start - 1].text in WITHOUT


def _clauses(context: Context) -> Iterator[tuple[int, int]]:
    edges = [0, *(k for k in context.boundaries if k), len(context.tokens)]
    for start, end in pairwise(edges):
        yield from _by_side(context, start, end)


def _by_side(context: Context, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A clause, parted between one side and the other: "Hanya pejabat struktural yang WFO, lainnya WFH", "pejabat WFO dan staf WFH"."""
    sides = context.within("side", start, end)
    joints = [_joint(context, one.end, other.start) for one, other in pairwise(sides) if one.value != other.value]
    parted = [] if None in joints or context.next_number(start) < end else [k for k in joints if k is not None]
    yield from pairwise([start, *parted, end])


def _joint(context: Context, start: int, end: int) -> int | None:
    """The comma between two sides, else the "and" behind which others are named, or something else is done."""
    texts = [token.text for token in context.tokens[start:end]]
    joint = next((start + texts.index(word) for word in (",", *_ANDS) if word in texts), None)
    if joint is None or context.tokens[joint].text == ",":
        return joint
    return joint if any(context.within(cls, joint, end) for cls in _NAMED) else None


def _denying(context: Context, above: Sequence[Context], start: int, end: int) -> tuple[Context, int, int]:
    """Where the denial of a clause stands: in it, or in what it stands below."""
    if context.denials(start, end):
        return context, start, end
    upper = next(upper for upper in above if upper.denials(0, len(upper.tokens)))
    return upper, 0, len(upper.tokens)


def _side_of(
    context: Context, above: Sequence[Context], clause: tuple[int, int], shares: Sequence[Amount], *, sided: bool
) -> Place | Literal[Said.UNCLEAR] | None:
    """The side of a clause; an exception from work at home, or from a limit, is in the office."""
    start, end = clause
    if context.within("except", start, start + 1):
        return Place.OFFICE if _excepts_to_office(context, start, shares, sided=sided) else None
    sides = list(dict.fromkeys(mark.value for mark in context.within("side", start, end)))
    if not sides and start == 0 and end == len(context.tokens):
        return _of_stem(above)
    if len(sides) != 1:
        return None
    return place_in(context, context.within("side", start, end), start, end)


def place_in(context: Context, sides: Sequence[Mark], start: int, end: int) -> Place | Literal[Said.UNCLEAR]:
    """Where people of a clause are by the phrases of its one side."""
    said = said_of(context, sides, start, end)
    if said is Said.UNCLEAR:
        return said
    place = PLACES[sides[0].value]
    return OTHER[place] if said is Said.TURNED else place


def _excepts_to_office(context: Context, start: int, shares: Sequence[Amount], *, sided: bool) -> bool:
    """Whether whoever an exception names is in the office: the rule is one of home, or a limit of the office."""
    sides = {mark.value for mark in context.of_class("side")}
    if not sides:
        return sided
    return "home" in sides or any(amount.start < start for amount in shares)


def _of_stem(above: Sequence[Context]) -> Place | Literal[Said.UNCLEAR] | None:
    for upper in above[:-1]:
        if upper.of_class("except"):
            return Place.OFFICE if any(mark.value == "home" for mark in upper.of_class("side")) else None
        sides = upper.of_class("side")
        if len({mark.value for mark in sides}) == 1:
            return place_in(upper, sides, 0, len(upper.tokens))
    return None


def _who(context: Context, start: int, end: int, side: Place) -> Iterator[Finding]:
    """Officials, marks and functions of a clause about the office, or home; where it has a share, that tells of the functions."""
    if any(amount.measure is not Measure.COUNT for amount in context.amounts_within(start, end)) or _has_days(context, start, end):
        return
    permit = any(mark.value == "may" for mark in context.within("will", start, end)) or bool(context.within("rotation", start, end))
    scope = Scope(condition=condition_in(context, start, end), units=scope_of(context, start, end).units)
    ranks = _ranks(context, start, end)
    heads = [mark for mark in context.told("group", start, end) if mark.value == "heads" and not _is_no_place_of(context, mark)]
    if _act(context, [*heads, *context.within("rank", start, end), *context.within("echelon", start, end)], end):
        ranks, heads = (), []
    named = dict.fromkeys(context.tokens[mark.start].text for mark in heads)
    by_name = tuple(dict.fromkeys(_HEADS_BY_NAME[name] for name in named if name in _HEADS_BY_NAME))
    if ranks or not named.keys() <= _HEADS_BY_NAME.keys():
        at = Scope(condition=scope.condition)
        yield Finding(Topic.LEADERS, context.quoted(start), side=side, words=ranks, scope=at, permit=permit)
    if by_name:
        at = Scope(groups=by_name, condition=scope.condition)
        yield Finding(Topic.LEADERS, context.quoted(start), side=side, scope=at, permit=permit)
    marks = tuple(dict.fromkeys(mark.value for mark in context.told("mark", start, end) if not _is_no_place_of(context, mark)))
    groups = [mark.value for mark in context.told("group", start, end)]
    functions = () if "non_service" in groups else tuple(dict.fromkeys(_FULL_GROUPS[group] for group in groups if group in _FULL_GROUPS))
    levels = [mark for mark in context.told("level", start, end) if mark.value in UNIT_KINDS and not _is_led(context, mark)]
    units = tuple(dict.fromkeys(mark.value for mark in levels))
    if marks or functions or units or (scope.units and not ranks and not heads):
        places = Scope(units=tuple(dict.fromkeys((*units, *scope.units))), condition=scope.condition)
        yield Finding(Topic.IN_FULL, context.quoted(start), side=side, words=(*functions, *marks), scope=places, permit=permit)
    if "contract" in groups:
        yield Finding(Topic.CONTRACT, context.quoted(start), side=side, scope=scope)


def _without_choice(context: Context, start: int, end: int, side: Place) -> Iterator[Unread]:
    """Ranks in the office that are no leaders, "pejabat administrator dan fungsional tetap di kantor": no choice takes them."""
    if side is not Place.OFFICE or context.next_number(start) < end or context.within("duty", start, end):
        return
    marks = [mark for mark in context.told("rank", start, end) if mark.value not in _STRUCTURAL]
    marks += [mark for mark in context.told("level", start, end) if mark.value in UNIT_KINDS and _is_led(context, mark)]
    if marks and not context.within("rotation", start, end):
        yield Unread(context.quoted(marks[0].start), context.text(marks[0].start, marks[-1].end))


def _act(context: Context, people: Sequence[Mark], end: int) -> bool:
    """Whether officials arrange where others work, "camat mengatur jadwal WFO pegawai": they are not those who are there."""
    last = max((mark.end for mark in people), default=end)
    side = next(iter(context.within("side", last, end)), None)
    return side is not None and bool(context.within("acts", last, side.end))


def _is_led(context: Context, mark: Mark) -> bool:
    """Whether the head of a kind of units is meant, "kepala puskesmas", and not everybody there."""
    return mark.start > 0 and context.tokens[mark.start - 1].text in _HEAD


def _has_days(context: Context, start: int, end: int) -> bool:
    """Whether a clause says on how many days of a week, "petugas kebersihan WFO 3 hari seminggu": they are not there on all."""
    days = (context.after("day", amount.end) for amount in context.amounts_within(start, end) if amount.measure is Measure.COUNT)
    return bool(context.within("week", start, end)) and any(day is not None and day.end <= end for day in days)


def _is_no_place_of(context: Context, mark: Mark) -> bool:
    """Whether officials or staff are named of whom a clause does not say where they are: some of them are counted, or others ask them."""
    return _is_counted(context, mark) or _is_asked(context, mark)


def _is_asked(context: Context, mark: Mark) -> bool:
    """Whether somebody reports to them, or needs their consent: "WFH atas izin kepala bidang", "melapor kepada kepala dinas"."""
    before = context.tokens[mark.start - 1].text if mark.start else ""
    told = any(context.within(cls, max(0, mark.start - _ASKED_FAR), mark.start) for cls in ("checked", "acts"))
    return before in _ASKED or (before in _TOWARDS and told)


def _is_counted(context: Context, mark: Mark) -> bool:
    """Whether a number says how many of them: "minimal 1 pejabat eselon III di kantor" keeps not all of them there."""
    near = context.next_number(max(0, mark.start - _COUNTED_FAR))
    words = [token.sort is Sort.WORD for token in context.tokens[near : mark.start]]
    return any(
        amount.end <= mark.start <= amount.end + _APART and not context.parted(amount.end, mark.start) and all(words[amount.end - near :])
        for amount in context.amounts_within(near, min(near + 1, mark.start))
    )


def _ranks(context: Context, start: int, end: int) -> tuple[str, ...]:
    """Structural ranks that are named, by their names or as echelons."""
    found = [mark.value for mark in context.told("rank", start, end) if mark.value in _STRUCTURAL and not _is_no_place_of(context, mark)]
    for mark in context.within("echelon", start, end):
        found += [] if _is_no_place_of(context, mark) else _echelons(context, mark)
    return tuple(rank for rank in _STRUCTURAL if rank in found)


def _echelons(context: Context, mark: Mark) -> list[str]:
    """The echelons that follow the word: "II, III dan IV", "II s.d. IV"."""
    found: list[str] = []
    through = False
    for token in context.tokens[mark.end : mark.end + 20]:
        word = _ROMAN.get(token.text, token.text)
        if word in _ECHELONS:
            if through and found:
                first = list(_ECHELONS.values()).index(found[-1])
                found += [_ECHELONS[each] for each in _ORDER[first + 1 : _ORDER.index(word)]]
            found.append(_ECHELONS[word])
            through = False
        elif token.text not in _RUN:
            break
        through = through or token.text in _THROUGH
    return found


def _health(context: Context, start: int, end: int) -> Finding | None:
    """People who are at home by a mark or by age."""
    if _has_days(context, start, end):
        return None
    home = [mark for mark in context.within("side", start, end) if mark.value == "home"]
    first = [mark for mark in context.within("will", start, end) if mark.value == "first"]
    marks, age = _whose_health(context, start, end)
    office = [mark for mark in context.within("side", start, end) if mark.value == "office"]
    said = said_of(context, home or office, start, end)
    denied = said is Said.TURNED
    sided = bool(office) if denied else bool(home or first)
    if said is Said.UNCLEAR or not (marks or age) or not sided or (home if denied else office):
        return None
    wills = {mark.value for mark in context.within("will", start, end)}
    must = "must" in wills and "may" not in wills and not first
    return Finding(Topic.HEALTH, context.quoted(start), side=Place.HOME, number=age, words=marks, permit=not must)


def _whose_health(context: Context, start: int, end: int) -> tuple[tuple[str, ...], int]:
    """Marks and age of people of whom a clause speaks."""
    return tuple(dict.fromkeys(mark.value for mark in context.told("health", start, end))), _age(context, start, end)


def _age(context: Context, start: int, end: int) -> int:
    """The years beyond which somebody is meant; 0 for none."""
    for amount in context.amounts_within(start, end):
        if amount.measure is not Measure.COUNT or not 30 <= amount.value <= _MOST_AGE:
            continue
        following = [token.text for token in context.tokens[amount.end : amount.end + 3]]
        years = following[:1] == ["tahun"] or following[:1] == ["years"]
        near = [mark for cls in ("age", "above") for mark in context.within(cls, max(start, amount.start - _AGE_FAR), amount.start)]
        if near and (years or any(mark.cls == "age" for mark in near)):
            return amount.value
    return 0

"""How a number binds: at most, at least or exactly; what is forbidden or denied turns a comparison round, or leaves it not understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from giliran.letters.clauses import DOING
from giliran.letters.context import Context
from giliran.letters.findings import Sense
from giliran.letters.grammar import Mark
from giliran.letters.numbers import Amount

_BESIDE = 1
_SENSE_FAR = 12
_CLOSE_WORDS = frozenset({"sampai", "hingga", "up", "sama", "cukup", "hanya", "masing", "maks", "max", "min"})
"""Beginnings of phrases that say how a number binds only right before it."""
_FILL = frozenset(
    ["batas", "angka", "jumlah", "kuota", "sebesar", "sebanyak", "sejumlah", "persentase", "proporsi", "porsi", "total", "ketentuan"]
    + ["dari", "the", "a", "of", "limit", "quota"]
)
"""What may stand between a comparison and its number: "melebihi batas 50%"."""
LOOSE = frozenset({",", "dan", "and", "serta", "&", "atau", "or", "maupun"})
"""Behind these a negation may be about something else."""
SUPPOSED = frozenset({"jika", "apabila", "bila", "if", "unless", "sepanjang", "selama", "asalkan", "asal", "provided"})
SUPPOSED_FAR = 3
RELATIVE = frozenset({"yang", "who", "whose"})
_BEHIND_FAR = 4
AWAY = frozenset({"cuti", "sakit", "izin", "ijin", "dinas", "libur", "absen", "leave", "absent", "sick"})
"""What is denied of those who are simply there: "yang tidak cuti", "yang tidak sedang dinas luar"."""
_ENDS = frozenset({",", ".", ";", ")", "!", "dalam", "pada", "di", "oleh", "bagi", "untuk", "karena", "in", "for", "by", "at"})
"""What may follow a prohibition that ends its clause, "WFH lebih dari 2 hari tidak diperkenankan"; another verb makes it one of that."""
_TO = frozenset({"hingga", "sampai", "up"})
_BY = frozenset({"by", "sekitar", "lagi"})
_LESS, _GREATER = "less", "greater"
_FORBIDS, _WAIVES = "forbid", "waive"
_OPPOSITE = {Sense.MOST: Sense.LEAST, Sense.LEAST: Sense.MOST}
_MEANT = {_GREATER: Sense.LEAST, _LESS: Sense.MOST}


@dataclass(frozen=True, slots=True)
class Binding:
    """How a number binds, None where nothing says so; not `clear` where something is denied and nobody can say what."""

    sense: Sense | None
    clear: bool = True


_UNCLEAR = Binding(None, clear=False)


@dataclass(frozen=True, slots=True)
class _Said:
    """What stands around a number: a comparison, a bound, and whether that stands behind the number."""

    compared: Mark | None
    sense: Sense | None


def binding_of(context: Context, amount: Amount, region: tuple[int, int], above: Sequence[Context] = (), far: int = _SENSE_FAR) -> Binding:
    """How a number binds.

    Parameters
    ----------
    context, amount
        The sentence and its number.
    region
        The first token of what belongs to the number, and the one after the last.
    above
        What the sentence stands below, the inner one first, and last the sentence before.
    far
        How far before the number a phrase such as "paling banyak" may stand.
    """
    start, end = region
    stop = _counted_end(context, amount)
    said = _Said(_comparison(context, start, amount), _bound(context, amount, start, stop, far))
    after = _made_clear(context, stop, end)
    denied = [mark for mark in context.denials(start, end) if after is None or mark.start != after[0]]
    tight = _tight_before(context, denied, amount) + _tight_above(above)
    if (
        _changes(context, amount, start)
        or (said.compared is not None and _is_punished(context, amount, end))
        or names_others(context, start, amount.start)
        or any(_is_crooked(context, mark, amount, stop) for mark in denied)
    ):
        return _UNCLEAR
    for mark in (mark for mark in denied if stop <= mark.start and not context.parted(stop, mark.start)):
        if not is_loose(context, stop, mark.start):
            if mark.value != _FORBIDS or not ends(context, mark):
                return _UNCLEAR
            tight.append(mark)
    if after is not None:
        return _UNCLEAR if tight or said.sense not in (None, Sense.EXACT, after[1]) or said.compared else Binding(after[1])
    return _bound_by(context, amount, said, tight)


def _bound_by(context: Context, amount: Amount, said: _Said, tight: Sequence[Mark]) -> Binding:
    """A comparison as it stands or turned round by one negation; a bound that is denied is none."""
    if said.compared is None:
        return _UNCLEAR if tight else Binding(said.sense)
    sense = _MEANT[said.compared.value]
    inner = [mark for mark in context.within("sense", said.compared.end, amount.start) if mark.value != Sense.EXACT]
    if len(tight) > 1 or any(mark.value == _WAIVES for mark in tight):
        return _UNCLEAR
    if tight:
        turned = _OPPOSITE[sense]
        return Binding(turned) if all(Sense(mark.value) is turned for mark in inner) and not amount.bound else _UNCLEAR
    return _UNCLEAR if inner or context.denies(amount.start) else Binding(sense)


def _changes(context: Context, amount: Amount, start: int) -> bool:
    """Whether a number is that by which something changes, "WFO dikurangi 30%", and not what it becomes."""
    mark = next(reversed(context.within("change", start, amount.start)), None)
    if mark is None or amount.start - mark.end > _SENSE_FAR:
        return False
    bounds = [other for other in context.within("sense", mark.end, amount.start) if context.tokens[other.start].text not in _TO]
    what = [other for cls in ("side", "person") for other in context.within(cls, mark.end, amount.start)]
    known = {k for other in (*bounds, *what) for k in range(other.start, other.end)}
    return all(k in known or context.tokens[k].clear or context.tokens[k].text in _BY | _FILL for k in range(mark.end, amount.start))


def _is_punished(context: Context, amount: Amount, end: int) -> bool:
    """Whether a comparison only says who is punished: "kehadiran di bawah 50% dikenakan sanksi"."""
    return bool(context.within("sanction", amount.end, end))


def _counted_end(context: Context, amount: Amount) -> int:
    """The token after a number and what it counts, "2 hari seminggu", "2 kali seminggu"."""
    end = amount.end
    for cls in ("person", "day", "times", "week"):
        mark = context.after(cls, end)
        if mark is not None and all(token.clear for token in context.tokens[end : mark.start]):
            end = mark.end
    return end


def _comparison(context: Context, start: int, amount: Amount) -> Mark | None:
    """The comparison right before a number, "lebih dari", which belongs to no longer phrase."""
    for mark in reversed(context.within("compare", start, amount.start)):
        if mark.end > amount.start or context.is_part_of(mark, ("sense",)):
            continue
        inner = {k for other in context.within("sense", mark.end, amount.start) for k in range(other.start, other.end)}
        between = [k for k in range(mark.end, amount.start) if k not in inner]
        return mark if all(context.tokens[k].text in _FILL or context.tokens[k].clear for k in between) else None
    return None


def _bound(context: Context, amount: Amount, start: int, stop: int, most_far: int) -> Sense | None:
    """The nearest phrase before a number, or right behind it; "paling sedikit sebesar" is a least."""
    found: Sense | None = None
    for mark in reversed(context.within("sense", start, amount.start)):
        far = context.apart(mark.end, amount.start)
        if far > most_far or mark.end > amount.start:
            break
        if context.tokens[mark.start].text in _CLOSE_WORDS and far > _BESIDE:
            continue
        if mark.value != Sense.EXACT:
            return Sense(mark.value)
        found = found or Sense.EXACT
    behind = context.after("behind", stop)
    if behind is not None and context.apart(stop, behind.start) == 0:
        return Sense(behind.value)
    after = context.after("sense", stop)
    beside = after is not None and after.value != Sense.EXACT and context.apart(stop, after.start) <= _BESIDE
    if beside and after is not None and context.tokens[after.start].text not in _CLOSE_WORDS and not _is_numbered(context, after.end):
        return Sense(after.value)
    return Sense(amount.bound) if amount.bound else found


def _is_numbered(context: Context, at: int) -> bool:
    """Whether a number of its own follows."""
    return at < len(context.tokens) and context.next_number(at) == at


def _made_clear(context: Context, stop: int, end: int) -> tuple[int, Sense] | None:
    """What is said once more behind a number, "50% dan tidak boleh lebih": where that begins, and how it binds."""
    for mark in context.within("negation", stop, end):
        compared = next((other for other in context.within("compare", mark.start, end) if other.end > mark.start), None)
        if compared is None or compared.start > mark.end or mark.value == _WAIVES:
            continue
        if _is_numbered(context, compared.end) or _is_numbered(context, compared.end + 1):
            continue
        return mark.start, _OPPOSITE[_MEANT[compared.value]]
    return None


def _tight_before(context: Context, denied: Sequence[Mark], amount: Amount) -> list[Mark]:
    """Negations before a number from which nothing parts it."""
    found = [mark for mark in denied if mark.end <= amount.start]
    return [mark for mark in found if not is_loose(context, mark.end, amount.start) and not _is_aside(context, mark)]


def _tight_above(above: Sequence[Context]) -> list[Mark]:
    """The prohibition that a list stands below: "Pegawai dilarang:"."""
    for upper in above[:-1]:
        found = [mark for mark in upper.denials(0, len(upper.tokens)) if mark.value == _FORBIDS]
        found = [mark for mark in found if upper.next_number(mark.end) == len(upper.tokens)]
        found = [mark for mark in found if not is_loose(upper, mark.end, len(upper.tokens))]
        if found:
            return found
    return []


def is_loose(context: Context, start: int, end: int) -> bool:
    """Whether a comma or an "and" stands between two tokens, so that they may be about different things."""
    return any(token.text in LOOSE for token in context.tokens[start:end])


def _is_aside(context: Context, mark: Mark) -> bool:
    """Whether a negation is of a condition, or says who is meant: "jika tidak ada rapat", "pegawai yang tidak cuti"."""
    before = [token.text for token in context.tokens[max(0, mark.start - SUPPOSED_FAR) : mark.start]]
    if SUPPOSED & set(before):
        return True
    return bool(before) and before[-1] in RELATIVE and mark.value not in (_FORBIDS, _WAIVES)


def _is_crooked(context: Context, mark: Mark, amount: Amount, stop: int) -> bool:
    """Whether a negation makes another side, or other people, of what is counted: "pegawai yang tidak WFO", "50% pegawai tidak WFO"."""
    if mark.start >= stop:
        side = context.after("side", mark.end)
        return side is not None and side.start - mark.end <= _BEHIND_FAR and not is_loose(context, stop, side.start)
    if mark.start == 0 or context.tokens[mark.start - 1].text not in RELATIVE:
        return False
    side = next(iter(context.within("side", mark.end, amount.start)), None)
    if side is None:
        return False
    return mark.value in (_FORBIDS, _WAIVES) or all(token.clear or token.text in DOING for token in context.tokens[mark.end : side.start])


def ends(context: Context, mark: Mark) -> bool:
    """Whether a denial behind something is about that: nothing that it could deny instead follows."""
    if mark.end >= len(context.tokens) or context.tokens[mark.end].text in _ENDS:
        return True
    return mark.end in context.boundaries


def names_others(context: Context, start: int, end: int) -> bool:
    """Whether people are meant who are not something that is no known group: "pegawai yang belum divaksin"."""
    return any(is_relative(context, mark) and not is_away(context, mark) for mark in context.denials(start, end))


def is_away(context: Context, mark: Mark) -> bool:
    """Whether what is denied is an absence, "yang tidak cuti": those are just the people whom a plan is of."""
    words = [token.text for token in context.tokens[mark.end : mark.end + 4]]
    rest = [word for word in words if word not in DOING and word != "dalam"]
    return bool(rest) and rest[0] in AWAY


def is_relative(context: Context, mark: Mark) -> bool:
    """Whether a denial says who is meant: "pegawai yang tidak"."""
    return mark.start > 0 and context.tokens[mark.start - 1].text in RELATIVE

"""Numbers in letters: percentages, fractions, halves written 50:50, and counts, in digits and in Indonesian or English words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from giliran.letters.tokens import Sort, Token, stem
from giliran.text.numbers import WHOLE_SHARE

_PERCENT_WORDS = frozenset({"%", "persen", "percent", "prosen", "pct", "perseratus"})
_ONES = {
    **dict(
        zip(
            ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"],
            range(12),
            strict=True,
        )
    ),
    **dict(
        zip(
            ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
            range(13),
            strict=True,
        )
    ),
    "fifteen": 15,
    "seorang": 1,
    "seratus": 100,
    "hundred": 100,
}
_HUNDREDS = frozenset({"ratus", "hundred"})
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_FRACTIONS = {
    ("separuh",): (1, 2),
    ("setengah",): (1, 2),
    ("seperempat",): (1, 4),
    ("sepertiga",): (1, 3),
    ("tiga", "perempat"): (3, 4),
    ("dua", "pertiga"): (2, 3),
    ("half",): (1, 2),
    ("a", "quarter"): (1, 4),
    ("one", "quarter"): (1, 4),
    ("a", "third"): (1, 3),
    ("one", "third"): (1, 3),
    ("two", "thirds"): (2, 3),
    ("three", "quarters"): (3, 4),
    ("seperlima",): (1, 5),
    ("sepersepuluh",): (1, 10),
    ("one", "half"): (1, 2),
    ("setengahnya",): (1, 2),
    ("separuhnya",): (1, 2),
    ("separo",): (1, 2),
}
_OF_WHOM = frozenset(
    [
        "pegawai",
        "dari",
        "jumlah",
        "staf",
        "asn",
        "pns",
        "lagi",
        "lainnya",
        "of",
        "the",
        "employees",
        "staff",
        "lain",
        "personel",
        "karyawan",
        "seluruh",
        "total",
        "aparatur",
    ]
)
"""What follows a fraction of people; "setengah hari" is none."""
_BINDING = frozenset({"banyak", "sedikit", "maksimal", "maksimum", "minimal", "minimum", "dari", "sebesar", "sebanyak", "most", "least"})
"""Ends of phrases that say how a number binds, right before a fraction."""
_COUNTED = frozenset({"hari", "orang", "pegawai", "personel", "day", "days", "people", "staff"})
"""What a number with a fraction, "2,5 hari", may count; it is told, and no limit."""
_OF_WHAT = frozenset({"hari", "jam", "minggu", "bulan", "tahun", "menit", "day", "hour", "week", "month", "year", "an", "a"})
"""What follows a fraction that is one of no people."""
_SIDES = frozenset({"wfo", "wfh", "wfa", "bdk", "bdr"})
_WRITTEN = frozenset({("1", "2"), ("1", "3"), ("2", "3"), ("1", "4"), ("3", "4"), ("1", "5")})
_HYPHENS = frozenset("-–—‐‑")
_BETWEEN = _HYPHENS | {"sampai", "hingga", "to", "s"}
_BETWEEN_ENDS = frozenset({"dengan", ".", "d", "/"})
_MOST_BETWEEN = 4
"""Tokens of "s.d."."""
_MOST_DIGITS = 7
_STRANGE = -1
ONE_WORD = {"sekali": 1, "once": 1, "twice": 2}
"""Words for how often that hold their number, read beside a word for a week."""
_A_WEEK = frozenset({"seminggu", "sepekan"})
_EACH = frozenset({"a", "per", "dalam", "setiap", "tiap", "each", "every"})
_WEEKS = frozenset({*_A_WEEK, "minggu", "pekan", "week", "satu", "1"})


class Measure(Enum):
    """What a number is."""

    SHARE = "share"
    RATIO = "ratio"
    COUNT = "count"
    STRANGE = "strange"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number.

    Parameters
    ----------
    measure
        A share, both shares of "75:25", a plain count, or a percentage that is no share, "150 %", which is only told.
    value
        A share in basis points, of a ratio the first one; the count; of what is strange -1.
    start, end
        Its first token and the one after its last.
    doubt
        Whether the same number in words beside it is another one.
    bound
        `least` or `most` for an end of "25-50 %"; empty otherwise.
    thirds
        Whether it is one or two thirds, to which basis points only come near.
    """

    measure: Measure
    value: int
    start: int
    end: int
    doubt: bool = False
    bound: str = ""
    thirds: bool = False


def amounts_in(tokens: Sequence[Token]) -> list[Amount]:
    """The numbers of a text in their order; one that stands there in digits and in words is one."""
    found: list[Amount] = []
    at = 0
    while at < len(tokens):
        amounts = _at(tokens, at)
        if not amounts:
            at += 1
            continue
        last = _restated(tokens, amounts[-1])
        found += [*amounts[:-1], last]
        at = max(last.end, at + 1)
    return _ranged(tokens, found)


def _ranged(tokens: Sequence[Token], found: Sequence[Amount]) -> list[Amount]:
    """The same with ends of a range known that are both written as shares, "75% s.d. 100%"."""
    bounds: dict[int, str] = {}
    for k, (low, high) in enumerate(pairwise(found)):
        between = [token.text for token in tokens[low.end : high.start]]
        shares = low.measure is high.measure is Measure.SHARE and low.value < high.value
        halves = low.value + high.value == WHOLE_SHARE and between[:1] and between[0] in _HYPHENS
        if shares and not halves and between[:1] and between[0] in _BETWEEN and set(between[1:]) <= _BETWEEN_ENDS:
            bounds |= {k: "least", k + 1: "most"}
    return [replace(amount, bound=bounds[k]) if k in bounds else amount for k, amount in enumerate(found)]


def _at(tokens: Sequence[Token], at: int) -> list[Amount]:
    fraction = _fraction(tokens, at)
    if fraction is not None:
        return [fraction]
    if tokens[at].text in ONE_WORD and _is_of_a_week(tokens, at):
        return [Amount(Measure.COUNT, ONE_WORD[tokens[at].text], at, at + 1)]
    read = _number(tokens, at)
    if read is None:
        after = _percent_end(tokens, at + 1) if tokens[at].sort is Sort.NUMBER else None
        return [] if after is None else [Amount(Measure.STRANGE, _STRANGE, at, after)]
    value, end = read
    ratio = _ratio(tokens, at, value, end)
    if ratio is not None:
        return [ratio]
    if (after := _percent_end(tokens, end)) is not None:
        return [_share(value, at, after)]
    span = _range(tokens, at, value, end)
    if span:
        return span
    if value.denominator != 1:
        counted = tokens[end].text in _COUNTED if end < len(tokens) else False
        return [Amount(Measure.STRANGE, _STRANGE, at, end)] if counted else []
    return [Amount(Measure.COUNT, int(value), at, end)]


def _is_of_a_week(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word for how often stands beside one for a week: "sekali seminggu", "twice a week"."""
    before, after = tokens[at - 1].text if at else "", [token.text for token in tokens[at + 1 : at + 3]]
    each = len(after) == 2 and after[0] in _EACH and after[1] in _WEEKS
    return each or before in _A_WEEK or bool(_A_WEEK & set(after[:1]))


def _share(percent: Fraction, start: int, end: int, doubt: bool = False) -> Amount:
    """A share, if the percentage is one: at most a hundred, in whole basis points."""
    points = percent * 100
    if points > WHOLE_SHARE or points.denominator != 1:
        return Amount(Measure.STRANGE, _STRANGE, start, end)
    return Amount(Measure.SHARE, int(points), start, end, doubt)


def _number(tokens: Sequence[Token], at: int) -> tuple[Fraction, int] | None:
    """A number in digits or words, and the token after it."""
    token = tokens[at]
    if token.sort is Sort.NUMBER:
        return _digits(token.text, at)
    if token.sort is not Sort.WORD:
        return None
    return _worded(tokens, at)


def _digits(text: str, at: int) -> tuple[Fraction, int] | None:
    if len(text) > _MOST_DIGITS:
        return None
    parts = text.replace(",", ".").split(".")
    if len(parts) > 2:
        return None
    if len(parts) == 2 and len(parts[1]) == 3:  # "1.500" orang
        return Fraction(int("".join(parts))), at + 1
    return Fraction(".".join(parts)), at + 1


def _worded(tokens: Sequence[Token], at: int) -> tuple[Fraction, int] | None:
    """A number below a thousand in words: "seratus lima puluh", "one hundred and fifty"."""
    texts = [token.text for token in tokens[at : at + 2]]
    several = len(texts) == 2 and 0 < _ONES.get(texts[0], 0) < 10 and texts[1] in _HUNDREDS
    if not several and texts[0] != "seratus":
        return _below_hundred(tokens, at)
    value = 100 * (_ONES[texts[0]] if several else 1)
    end = at + len(texts) if several else at + 1
    then = end + 1 if end < len(tokens) and tokens[end].text == "and" else end
    rest = _below_hundred(tokens, then) if then < len(tokens) else None
    return (Fraction(value), end) if rest is None or not 0 < rest[0] < 100 else (value + rest[0], rest[1])


def _below_hundred(tokens: Sequence[Token], at: int) -> tuple[Fraction, int] | None:
    word = tokens[at].text
    following = [token.text for token in tokens[at + 1 : at + 4]]
    if word in _TENS:
        skip = 1 if following[:1] and following[0] in _HYPHENS else 0
        one = _ONES.get(following[skip], 0) if len(following) > skip else 0
        return (Fraction(_TENS[word] + one), at + 2 + skip) if 0 < one < 10 else (Fraction(_TENS[word]), at + 1)
    if word not in _ONES:
        return None
    value = _ONES[word]
    if following[:1] == ["puluh"] and 1 < value < 10:
        one = _ONES.get(following[1], 0) if len(following) > 1 else 0
        return (Fraction(10 * value + one), at + 3) if 0 < one < 10 else (Fraction(10 * value), at + 2)
    if following[:1] == ["belas"] and 1 < value < 10:
        return Fraction(10 + value), at + 2
    return Fraction(value), at + 1


def _percent_end(tokens: Sequence[Token], end: int) -> int | None:
    """The token after the sign or word for percent; None where none follows."""
    texts = [token.text for token in tokens[end : end + 2]]
    if texts[:1] and texts[0] in _PERCENT_WORDS:
        return end + 1
    return end + 2 if texts in (["per", "cent"], ["per", "seratus"]) else None


def _fraction(tokens: Sequence[Token], at: int) -> Amount | None:
    texts = [token.text for token in tokens[at : at + 7]]
    if len(texts) > 2 and texts[1] == "/" and (texts[0], texts[2]) in _WRITTEN:
        worded = _worded_part(tokens, at + 3)
        skip = worded - at if worded else 6 if texts[3:4] == ["("] and texts[5:6] == [")"] else 3
        if worded or (texts[skip : skip + 1] and texts[skip] in _OF_WHOM) or _is_a_cell(tokens, at, at + skip):
            return _part(int(texts[0]), int(texts[2]), at, at + skip)
    for length in (2, 1):
        words = tuple(token.text for token in tokens[at : at + length])
        part = _FRACTIONS.get(words)
        if part is not None and _is_of_people(tokens, at, at + length):
            return _part(*part, at, at + length)
    return None


def _worded_part(tokens: Sequence[Token], at: int) -> int:
    """The token after a fraction that stands in brackets in words, "(seperempat)", "(satu per dua)"; 0 for none."""
    if at >= len(tokens) or tokens[at].text != "(":
        return 0
    end = next((k for k in range(at + 1, min(len(tokens), at + 5)) if tokens[k].text == ")"), 0)
    words = tuple(token.text for token in tokens[at + 1 : end])
    said = words in _FRACTIONS or (len(words) == 3 and words[1] == "per" and words[0] in _ONES and words[2] in _ONES)
    return end + 1 if end and said else 0


def _is_of_people(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a fraction is of people: "sepertiga pegawainya", or said how it binds, "maksimal seperempat"; "setengah hari" is none."""
    following = tokens[end].text if end < len(tokens) else ""
    return stem(following) in _OF_WHOM or (start > 0 and tokens[start - 1].text in _BINDING and following not in _OF_WHAT)


def _is_a_cell(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a fraction stands alone behind a side, as in a table: "WFO 1/3, WFH 2/3."."""
    before = tokens[start - 1].text if start else ""
    return before in _SIDES and (end >= len(tokens) or tokens[end].text in {",", ";", ".", "dan", "and"})


def _part(part: int, of: int, start: int, end: int) -> Amount:
    points = Fraction(WHOLE_SHARE * part, of)
    return Amount(Measure.SHARE, round(points), start, end, thirds=points.denominator == 3)


def _ratio(tokens: Sequence[Token], at: int, value: Fraction, end: int) -> Amount | None:
    """Two numbers that make a hundred: "50:50"."""
    marked = _percent_end(tokens, end)  # "60% : 40%"
    if marked is not None and marked < len(tokens) and tokens[marked].text in {":", "banding"}:
        end = marked
    if end >= len(tokens) or tokens[end].text not in {":", "/", "banding", *_HYPHENS}:
        return None
    other = _number(tokens, end + 1) if end + 1 < len(tokens) else None
    if other is None or value + other[0] != 100 or tokens[at].sort is not Sort.NUMBER or value.denominator != 1:
        return None
    after = _percent_end(tokens, other[1])
    if tokens[end].text not in {":", "banding"} and after is None and value != 50:
        return None
    return Amount(Measure.RATIO, round(value * 100), at, after or other[1])


def _range(tokens: Sequence[Token], at: int, value: Fraction, end: int) -> list[Amount]:
    """Both ends of "25-50 %"."""
    k = end
    if k >= len(tokens) or tokens[k].text not in _BETWEEN:
        return []
    while k < len(tokens) and k < end + _MOST_BETWEEN and (tokens[k].text in _BETWEEN or tokens[k].text in _BETWEEN_ENDS):
        k += 1
    other = _number(tokens, k) if k < len(tokens) else None
    after = None if other is None else _percent_end(tokens, other[1])
    if other is None or after is None or not value < other[0] <= 100:
        return []
    low = Amount(Measure.SHARE, round(value * 100), at, end, bound="least")
    return [low, Amount(Measure.SHARE, round(other[0] * 100), k, after, bound="most")]


def _restated(tokens: Sequence[Token], amount: Amount) -> Amount:
    """The same with "(dua puluh lima persen)" behind it, if that is a number too."""
    if amount.end >= len(tokens) or tokens[amount.end].text != "(" or amount.end + 1 >= len(tokens):
        return amount
    read = _number(tokens, amount.end + 1)
    if read is None:
        return amount
    value, end = read
    after = _percent_end(tokens, end)
    close = after or end
    if close >= len(tokens) or tokens[close].text != ")":
        return amount
    shares = amount.measure is Measure.SHARE
    if shares and after is None and tokens[amount.end + 1].sort is Sort.NUMBER:
        return amount
    same = amount.value == round(value * 100) if shares else amount.value == value
    close += 1
    if amount.measure is Measure.COUNT and (then := _percent_end(tokens, close)) is not None:  # "25 (dua puluh lima) persen"
        return _share(Fraction(amount.value), amount.start, then, doubt=not same)
    return replace(amount, end=close, doubt=not same)

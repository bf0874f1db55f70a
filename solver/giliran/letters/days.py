"""Dates and weekdays in letters: single days, spans, lists, with or without a year."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from giliran.letters.tokens import Sort, Token
from giliran.text.dates import DAY_WORDS, MONTH_WORDS

_HYPHENS = frozenset("-–—‐‑")
_JOINTS = frozenset({"dan", "and", ",", "serta", "&"})
_EITHER = frozenset({"atau", "or"})
"""Between weekdays of which one is meant, so that a plan cannot know which."""
_UNTIL = ("sampai", "hingga", "s", "sd", "to", "until", "through")
_FILL = frozenset({"dengan", ".", "d", "/", "tanggal", "tgl", "hari", ",", "(", ")", "pada"})
_BEFORE_MONTH = frozenset({"pada", "bulan", "selama", "in", "during", "for", "sepanjang"})
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_WEEKDAYS: Mapping[str, int] = {word: number for word, number in DAY_WORDS.items() if len(word) > 3} | {
    f"{name}s": k for k, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}
"""Weekdays by their full names; "minggu" is a week as well, and none unless "hari" stands before it."""
_ANNOUNCES = frozenset(
    {"tanggal", "tgl", "mulai", "sejak", "dari", "sampai", "hingga", "dengan", "d", "sd", "from", "until", "on", "starting"}
)
"""Right before a date."""
_COUNTED = frozenset({"%", "persen", "percent", "prosen", "orang", "pegawai", "petugas", "people", "staff", "officers"})
_WEEK = "minggu"
_MOST_LISTED = 12
"""Days of a month that are listed one by one."""
KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Weekdays as circulars write them."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the year as it stands there, its year where one is given."""

    day: int
    month: int
    year: int | None
    start: int
    end: int

    def date(self, year: int) -> dt.date | None:
        """The date, in a year where none is given; None for a day that no calendar has."""
        try:
            return dt.date(self.year or year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, which are the same where one day stands alone."""

    first: Day
    last: Day

    @property
    def start(self) -> int:
        """The first token."""
        return self.first.start

    @property
    def end(self) -> int:
        """The token after the last."""
        return self.last.end


@dataclass(frozen=True, slots=True)
class Week:
    """Weekdays, as keys, and their tokens."""

    days: tuple[str, ...]
    start: int
    end: int


def spans_in(tokens: Sequence[Token]) -> list[Span]:
    """Dates of a text in their order: "3 s.d. 14 Agustus 2026" and "3-14/8/2026" are one span, "16 dan 17 April" too."""
    found: list[Span] = []
    at = 0
    while at < len(tokens):
        span = _span(tokens, at)
        if span is None:
            at += 1
            continue
        found.append(span)
        at = span.end
    return found


def malformed_in(tokens: Sequence[Token], spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Where something stands that is written as a date and is none, "mulai 31/13/2026": its first token and the one after its last."""
    taken = {k for span in spans for k in range(span.start, span.end)}
    found = []
    for at, token in enumerate(tokens):
        announced = at > 0 and tokens[at - 1].text in _ANNOUNCES
        length = _like_a_date([each.text for each in tokens[at : at + 5]]) if announced and at not in taken else 0
        if length and token.sort is Sort.NUMBER:
            found.append((at, at + length))
    return found


def _like_a_date(texts: Sequence[str]) -> int:
    """How many tokens look like a date in digits, or like a day and a year around a word; 0 for none."""
    numbers = [text.isdecimal() for text in texts]
    if len(texts) == 5 and numbers[::2] == [True] * 3 and texts[1] == texts[3] and texts[1] in {"/", *_HYPHENS}:
        return 5 if _year(texts[0]) or _year(texts[4]) else 0
    parts = texts[0].split(".")
    if len(parts) == 3 and all(part.isdecimal() for part in parts) and (_year(parts[0]) or _year(parts[2])):
        return 1
    return 3 if numbers[:3] == [True, False, True] and texts[1].isalpha() and _year(texts[2]) else 0


def weeks_in(tokens: Sequence[Token], spans: Sequence[Span]) -> list[Week]:
    """Weekdays of a text that belong to no date: "Senin sampai dengan Kamis" is one, so is "Senin dan Selasa"."""
    taken = {k for span in spans for k in weekday_before(tokens, span.start)}
    found: list[Week] = []
    at = 0
    while at < len(tokens):
        number = _weekday(tokens, at)
        if number is None or at in taken or _of_press(tokens, at):
            at += 1
            continue
        days, end = _run(tokens, at, number)
        found.append(Week(tuple(KEYS[k] for k in days), at, end))
        at = end
    return found


def weekday_before(tokens: Sequence[Token], start: int) -> Iterator[int]:
    """The weekdays that belong to a date, the nearest first: "Senin, 3 Agustus", "Senin-Jumat, 3-7 Agustus"."""
    k = start - 1
    while k >= 0 and (tokens[k].text in ("tanggal", "tgl", "date") or tokens[k].text in (",", "(", ".")):
        k -= 1
    while k >= 0 and _weekday(tokens, k) is not None:
        yield k
        joined = k > 1 and (tokens[k - 1].text in _HYPHENS or tokens[k - 1].text in _JOINTS or tokens[k - 1].text in _UNTIL)
        k = k - 2 if joined else -1


def _run(tokens: Sequence[Token], at: int, number: int) -> tuple[list[int], int]:
    """Weekdays that follow each other, joined or as first and last, and the token after them."""
    days, end = [number], at + 1
    while (step := _next_weekday(tokens, end)) is not None:
        other, through, k = step
        days += range(days[-1] + 1, other + 1) if through else [other]
        end = k + 1
    return list(dict.fromkeys(days)), end


def _next_weekday(tokens: Sequence[Token], end: int) -> tuple[int, bool, int] | None:
    """A weekday after a word for "and" or "until": which, whether it is the last of a span, and its token."""
    if end >= len(tokens):
        return None
    text = tokens[end].text
    through = text in _UNTIL or text in _HYPHENS
    if not through and text not in _JOINTS | _EITHER:
        return None
    k = end + 1
    while k < len(tokens) and k < end + 5 and (tokens[k].text in _FILL or tokens[k].text in _JOINTS) and tokens[k].text not in ("(", ")"):
        k += 1
    other = _weekday(tokens, k) if k < len(tokens) else None
    return None if other is None or _of_press(tokens, k) else (other, through, k)


def _weekday(tokens: Sequence[Token], at: int) -> int | None:
    text = tokens[at].text
    if text == _WEEK:
        return 6 if at and tokens[at - 1].text == "hari" else None
    return _WEEKDAYS.get(text)


def _of_press(tokens: Sequence[Token], at: int) -> bool:
    """Whether a weekday stands before a date: "Selasa (13/7/2021)", "Kamis, 26 Maret"."""
    following = list(tokens[at + 1 : at + 3])
    if not following:
        return False
    skip = 1 if following[0].text in ("(", ",") else 0
    if skip == len(following) or following[skip].sort is not Sort.NUMBER:
        return False
    return not _is_counted(tokens, at + 2 + skip)


def _is_counted(tokens: Sequence[Token], at: int) -> bool:
    """Whether what stands before a token is a number of something, "pada hari Jumat, 50% ASN", and no day."""
    return at < len(tokens) and tokens[at].text in _COUNTED


def _span(tokens: Sequence[Token], at: int) -> Span | None:
    """A date or several that begin at a token."""
    slashed = _slashed(tokens, at)
    if slashed is not None:
        return slashed
    short = _day_number(tokens, at)
    if short is not None and (span := _short_first(tokens, at, short)) is not None:
        return span
    first = _day(tokens, at)
    if first is None:
        return _month(tokens, at)
    k = _after_joint(tokens, first.end, _UNTIL)
    last = _day(tokens, k) if k is not None and k < len(tokens) else None
    if last is None:
        return Span(first, first)
    if first.year is None:
        year = None if last.year is None else last.year - (first.month > last.month)
        first = Day(first.day, first.month, year, first.start, first.end)
    return Span(first, last)


def _slashed(tokens: Sequence[Token], at: int) -> Span | None:
    """Two dates with one year, "12/10 s/d 23/10/2026"; without a last date with a year "1/3 hingga 1/2" are no dates."""
    texts = [token.text for token in tokens[at : at + 3]]
    if len(texts) < 3 or texts[1] != "/" or _day_number(tokens, at) is None or (month := _day_number(tokens, at + 2) or 13) > 12:
        return None
    k = _after_joint(tokens, at + 3, _UNTIL)
    last = _day(tokens, k) if k is not None and k < len(tokens) else None
    if last is None or last.year is None:
        return None
    return Span(Day(int(texts[0]), month, last.year - (month > last.month), at, at + 3), last)


def _short_first(tokens: Sequence[Token], at: int, number: int) -> Span | None:
    """Days of one month that is named once: "3 s.d. 14 Agustus", "25, 26, dan 27 Maret"."""
    days, k = [number], at + 1
    through = False
    while k < len(tokens) and len(days) < _MOST_LISTED:
        joint = tokens[k].text
        through = joint in _UNTIL or joint in _HYPHENS
        if not through and joint not in _JOINTS:
            return None
        after = _after_joint(tokens, k, (*_UNTIL, *_JOINTS))
        if after is None or after >= len(tokens):
            return None
        last = _day(tokens, after)
        if last is not None:
            listed = [*days, last.day]
            backwards = last.day < days[0] and joint not in _UNTIL
            if backwards or (not through and listed != [*range(days[0], last.day + 1)]):
                return None
            return Span(Day(days[0], last.month, last.year, at, at + 1), last)
        short = _day_number(tokens, after)
        if short is None or through:
            return None
        days.append(short)
        k = after + 1
    return None


def _after_joint(tokens: Sequence[Token], at: int, words: Sequence[str]) -> int | None:
    """The token after a word for "until", and after what stands with it, weekdays too; None where there is none."""
    k = at
    while k < len(tokens) and k < at + 2 and tokens[k].text in (")", ",") and tokens[k].text not in words:
        k += 1
    if k >= len(tokens) or not (tokens[k].text in words or tokens[k].text in _HYPHENS):
        return None
    k += 1
    most = k + 7
    while k < len(tokens) and k < most and (tokens[k].text in _FILL or tokens[k].text in words or tokens[k].text in _WEEKDAYS):
        k += 1
    return k


def _day_number(tokens: Sequence[Token], at: int) -> int | None:
    token = tokens[at]
    if token.sort is not Sort.NUMBER or not token.text.isdecimal() or len(token.text) > 2 or not 1 <= int(token.text) <= 31:
        return None
    return int(token.text)


def _day(tokens: Sequence[Token], at: int) -> Day | None:
    """A single date that begins at a token."""
    texts = [token.text for token in tokens[at : at + 6]]
    return _dotted(texts, at) or _named(texts, at) or _signed(texts, at) or _english(texts, at)


def _month(tokens: Sequence[Token], at: int) -> Span | None:
    """A whole month, "pada Desember 2025"."""
    month = MONTH_WORDS.get(tokens[at].text) if len(tokens[at].text) > 3 else None
    year = _year(tokens[at + 1].text) if month is not None and at + 1 < len(tokens) else None
    if month is None or year is None or (at and tokens[at - 1].text not in _BEFORE_MONTH):
        return None
    last = calendar.monthrange(year, month)[1]
    return Span(Day(1, month, year, at, at + 1), Day(last, month, year, at, at + 2))


def _named(texts: Sequence[str], at: int) -> Day | None:
    """12 Juli 2021, 12 Juli."""
    if len(texts) < 2 or not texts[0].isdecimal() or len(texts[0]) > 2 or not 1 <= int(texts[0]) <= 31:
        return None
    k = 2 if texts[1] in _HYPHENS and len(texts) > 2 else 1
    month = MONTH_WORDS.get(texts[k])
    if month is None or (len(texts[k]) < 3):
        return None
    skip = k + 1 + (1 if len(texts) > k + 1 and (texts[k + 1] in _HYPHENS or texts[k + 1] in (",", ".", "tahun")) else 0)
    year = _year(texts[skip]) if len(texts) > skip else None
    return Day(int(texts[0]), month, year, at, at + (skip + 1 if year else k + 1))


def _signed(texts: Sequence[str], at: int) -> Day | None:
    """12/7/2021, 12-7-2021, 2021-07-12, and 13/7 of the press."""
    if len(texts) < 3 or texts[1] not in {"/", *_HYPHENS} or not texts[0].isdecimal() or not texts[2].isdecimal():
        return None
    whole = len(texts) >= 5 and texts[3] == texts[1] and texts[4].isdecimal()
    if whole and (year := _year(texts[0])) and 1 <= int(texts[2]) <= 12 and len(texts[4]) <= 2:
        return Day(int(texts[4]), int(texts[2]), year, at, at + 5)
    if whole and (year := _year(texts[4])) and len(texts[0]) <= 2 and 1 <= int(texts[2][:3]) <= 12:
        return Day(int(texts[0]), int(texts[2]), year, at, at + 5)
    if len(texts) > 3 and texts[1] == "/" and texts[3] == ")" and len(texts[0]) <= 2 and 1 <= int(texts[2][:3]) <= 12:
        return Day(int(texts[0]), int(texts[2]), None, at, at + 3)
    return None


def _dotted(texts: Sequence[str], at: int) -> Day | None:
    """12.07.2021, which is one number to the tokens."""
    parts = texts[0].split(".") if texts else []
    if len(parts) != 3 or not all(part.isdecimal() for part in parts) or not (year := _year(parts[2])):
        return None
    return Day(int(parts[0][:3]), int(parts[1][:3]), year, at, at + 1) if 1 <= int(parts[1][:3]) <= 12 else None


def _english(texts: Sequence[str], at: int) -> Day | None:
    """July 12, 2021."""
    month = MONTH_WORDS.get(texts[0]) if texts and len(texts[0]) > 3 else None
    if month is None or len(texts) < 2 or not texts[1].isdecimal() or len(texts[1]) > 2 or not 1 <= int(texts[1]) <= 31:
        return None
    skip = 3 if len(texts) > 3 and texts[2] == "," else 2
    year = _year(texts[skip]) if len(texts) > skip else None
    return Day(int(texts[1]), month, year, at, at + (skip + 1 if year else 2))


def _year(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) == 4 and _FIRST_YEAR <= int(text) <= _LAST_YEAR else None

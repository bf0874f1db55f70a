"""Clauses that no word parts from a number beside them: people with a side of their own, "WFO 50%, pejabat struktural tetap di kantor"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Protocol

from giliran.letters.grammar import Mark
from giliran.letters.tokens import Token

DOING = frozenset(
    ["melaksanakan", "menjalankan", "melakukan", "menerapkan", "mengambil", "bekerja", "hadir", "masuk", "sedang", "ikut", "mendapat"]
    + ["jadwal"]
)
"""Between "yang tidak" and a side: "pegawai yang tidak melaksanakan WFO" are at home; "yang tidak cuti" are just meant."""
_JOINTS = frozenset({",", "dan", "and", "serta", "&", "atau", "or", "maupun"})
_PAUSES = frozenset({";", ".", ":", "(", ")"})
_FILL = frozenset(
    [
        "bagi",
        "untuk",
        "para",
        "seluruh",
        "semua",
        "setiap",
        "tugas",
        "dilaksanakan",
        "dilakukan",
        "berada",
        "bertugas",
        "berdinas",
        "all",
        "the",
        "for",
    ]
    + ["work", "working", "works", "remain", "remains", "remaining", "stay", "continue", "to", "be", "are", "is"]
)
_ROMAN = frozenset({"i", "ii", "iii", "iv"})
_READ = {
    "rank": ("jpt_madya", "jpt_pratama", "administrator", "pengawas"),
    "group": ("heads", "service", "field", "contract"),
    "level": ("kecamatan", "kelurahan", "puskesmas"),
    "mark": (),
    "health": (),
    "echelon": (),
}
"""Classes and meanings of people of whom is read where they work; all meanings of a class where none is named."""
_KNOWN = ("will", "person", "rank", "level")
_OTHERS = ("person", "rank", "group", "rest")
"""Of whom a number may be that stands behind such a clause."""
_MUST = "must"
_FAR = 40
"""A number further behind a side than this does not belong to the sentence of that side."""
_NEAR = 150
"""So far around a side others are looked for."""


class Parsed(Protocol):
    """A sentence with its phrases and numbers."""

    @property
    def tokens(self) -> Sequence[Token]:
        """Its words, numbers and signs."""

    def of_class(self, cls: str) -> list[Mark]:
        """Phrases of a class in their order."""

    def within(self, cls: str, start: int, end: int) -> list[Mark]:
        """Phrases of a class between two tokens."""

    def next_number(self, at: int) -> int:
        """The token of the next number, or the end."""


def edges_of_clauses(sentence: Parsed, edges: Sequence[int]) -> set[int]:
    """The tokens at which clauses about people begin, or what stands behind such a clause.

    Parameters
    ----------
    sentence
        The sentence.
    edges
        The tokens at which something else begins by a word that says so, in their order.
    """
    found: set[int] = set()
    size = len(sentence.tokens)
    if sentence.next_number(0) == size:
        return found
    people = _people(sentence)
    known = people | {k for cls in _KNOWN for mark in sentence.of_class(cls) for k in _of(mark)}
    for side in sentence.of_class("side") if people else ():
        k = bisect_right(edges, side.start)
        first, last = edges[k - 1] if k else 0, edges[k] if k < len(edges) else size
        start = _start(sentence, side, first, people, known)
        if start is not None and sentence.next_number(start) >= side.end:
            found.update(_around(sentence, side, start, (first, last)))
    return found


def _people(sentence: Parsed) -> set[int]:
    """The tokens of people of whom is read where they work; "eselon II dan III" are two of them."""
    marks = [(mark, values) for cls, values in _READ.items() for mark in sentence.of_class(cls)]
    found = {k for mark, values in marks if not values or mark.value in values for k in _of(mark)}
    ranked = bool(sentence.of_class("echelon"))
    return found | {k for k, token in enumerate(sentence.tokens) if ranked and token.text in _ROMAN}


def _of(mark: Mark) -> range:
    return range(mark.start, mark.end)


def _start(sentence: Parsed, side: Mark, first: int, people: set[int], known: set[int]) -> int | None:
    """Where the people before a side begin, with the comma or "and" before them; None where anything else stands there."""
    start: int | None = None
    named, end = False, side.start
    for k in range(side.start - 1, first - 1, -1):
        token = sentence.tokens[k]
        if token.text in _JOINTS:
            if not named and end > k + 1:
                return start
            start, named, end = k, named and end == k + 1, k  # ", dan" is one joint
        elif token.clear or k in known or token.text in DOING | _FILL:
            named = named or k in people
        else:
            return start
    return first if named else start


def _around(sentence: Parsed, side: Mark, start: int, clause: tuple[int, int]) -> Iterator[int]:
    """The edges of the people of a side in a clause; none where they are those of whom a number is, or are on both sides."""
    first, last = max(clause[0], start - _NEAR), min(clause[1], side.end + _NEAR)
    number = sentence.next_number(side.end)
    other = next((mark.start for mark in sentence.within("side", side.end, last) if mark.value != side.value), last)
    following = min(number, other)
    end = _joint(sentence, side.end, following) if following < last else clause[1]
    before = start > clause[0] and sentence.next_number(clause[0]) < start
    must = any(mark.value == _MUST for mark in sentence.within("will", start, side.end))
    if end is None or (before and not must and not sentence.within("side", first, start)):
        return
    if end < clause[1]:
        named = any(sentence.within(cls, end, following) for cls in _OTHERS) or bool(sentence.within("sense", end, following))
        pause = before and number < last and sentence.tokens[end].text == ","
        if not sentence.within("side", end, last) or not (named or pause):
            return
        yield end
    if before:
        yield start


def _joint(sentence: Parsed, start: int, number: int) -> int | None:
    """The last comma, else the last "and", between a side and a number."""
    between = [token.text for token in sentence.tokens[start : min(number, start + _FAR)]]
    if number - start > _FAR or _PAUSES & set(between):
        return None
    commas = [start + k for k, text in enumerate(between) if text == ","]
    found = commas or [start + k for k, text in enumerate(between) if text in _JOINTS]
    return found[-1] if found else None

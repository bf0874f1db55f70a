"""Texts as words, numbers and signs, each with its place; everything here is linear in the length of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

_OCR = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1"})
"""Letters that scanners read where a digit stands."""
_SCANNED = r"(?<![\w.,])(?:[0-9OoIl|]{0,3}[0-9][0-9OoIl|]{0,3}|[Il|][Oo]{2})(?=\s?(?:%|persen\b))"
_WORD = r"[^\W\d_]+(?:['’`][^\W\d_]+)?"
_TOKEN = re.compile(rf"(?P<scanned>{_SCANNED})|(?P<number>[0-9]+(?:[.,][0-9]+)*)|(?P<word>{_WORD})|(?P<sign>[^\w\s]|_)")
_CLEAR = frozenset("()[]/\"'“”‘’«»*_&-–—‐‑")
"""Signs that may stand between the words of a phrase: "(WFO)", "di/dari kantor", "masing-masing"."""
_SHORT = frozenset({"maks", "min", "max", "jml", "jlh"})
"""Words whose point belongs to them, "maks. 60 %": it parts nothing."""
_SUFFIX = "nya"
_LEAST_STEM = 3


class Sort(Enum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Token:
    """A word in small letters, a number as written, or a sign, and where it stands in its text."""

    sort: Sort
    text: str
    start: int
    end: int

    @property
    def clear(self) -> bool:
        """Whether phrases are read across it."""
        return self.text in _CLEAR


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text; what a scanner made of "50%" ("5O%") is that number."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind, piece = match.lastgroup, match[0]
        if kind == "scanned":
            found.append(Token(Sort.NUMBER, piece.translate(_OCR), match.start(), match.end()))
        elif kind == "number":
            found.append(Token(Sort.NUMBER, piece, match.start(), match.end()))
        elif kind == "word":
            found.append(Token(Sort.WORD, folded(piece), match.start(), match.end()))
        elif piece != "." or not _is_of_short_form(text, found, match.start()):
            found.append(Token(Sort.SIGN, piece, match.start(), match.end()))
    return found


def _is_of_short_form(text: str, found: Sequence[Token], at: int) -> bool:
    """Whether a point belongs to the word before it: "maks.", "s.d."."""
    if not found or found[-1].end != at:
        return False
    until = found[-1].text == "s" and text[at + 1 : at + 3].strip()[:1] in ("d", "D")
    return found[-1].text in _SHORT or until or [token.text for token in found[-2:]] == ["s", "d"]


def folded(word: str) -> str:
    """A word as phrases are compared: in small letters, with one kind of apostrophe."""
    return word.casefold().replace("’", "'").replace("`", "'")


def stem(word: str) -> str:
    """A word without the ending "-nya"."""
    return word[: -len(_SUFFIX)] if word.endswith(_SUFFIX) and len(word) >= len(_SUFFIX) + _LEAST_STEM else word

"""Phrases as they are written in a grammar, and all forms that one of them stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from giliran.letters.tokens import Sort, tokens_of
from giliran.messages import Sentence
from giliran.text import TextError

MOST_WORDS = 14
MOST_FORMS = 200
_MOST_LETTERS = 400

_PIECE = re.compile(r"[()\[\]|]|[^()\[\]|]+")

_TOO_LONG = Sentence(en="the phrase has more than {most} words", id="frasa ini lebih dari {most} kata")
_TOO_MANY = Sentence(
    en="the phrase stands for more than {most} forms; write several shorter ones",
    id="frasa ini mewakili lebih dari {most} bentuk; tulis beberapa yang lebih pendek",
)
_BRACKETS = Sentence(en="the brackets of '{phrase}' do not match", id="kurung pada '{phrase}' tidak berpasangan")
_NO_WORD = Sentence(en="'{phrase}' holds no word", id="'{phrase}' tidak memuat kata")


def expanded(phrase: str) -> list[tuple[str, ...]]:
    """The forms of a phrase, each as its words: "[dari] (kantor|rumah)" has four.

    Raises
    ------
    TextError
        If it holds no word, its brackets do not match, or it is too long or has too many forms.
    """
    if len(phrase) > _MOST_LETTERS:
        raise TextError(_TOO_LONG(most=MOST_WORDS))
    texts, rest = _alternatives(_PIECE.findall(phrase), phrase)
    if rest:
        raise TextError(_BRACKETS(phrase=phrase))
    forms = list(dict.fromkeys(_words(text) for text in texts))
    if not all(forms):
        raise TextError(_NO_WORD(phrase=phrase))
    if any(len(words) > MOST_WORDS for words in forms):
        raise TextError(_TOO_LONG(most=MOST_WORDS))
    return forms


def _words(text: str) -> tuple[str, ...]:
    """Words of a form; a sign that is the whole of it, such as "≤", is one."""
    tokens = tokens_of(text)
    words = tuple(token.text for token in tokens if token.sort is not Sort.SIGN)
    return words if words or len(tokens) != 1 or tokens[0].clear else (tokens[0].text,)


def _alternatives(pieces: Sequence[str], phrase: str) -> tuple[list[str], list[str]]:
    """All forms up to the end, or to a bracket that closes what was opened before, and the pieces from that bracket on."""
    done: list[str] = []
    forms = [""]
    left = list(pieces)
    while left and left[0] not in (")", "]"):
        piece, left = left[0], left[1:]
        if piece == "|":
            done, forms = done + forms, [""]
            continue
        if piece in ("(", "["):
            inner, left = _alternatives(left, phrase)
            if not left or left[0] != {"(": ")", "[": "]"}[piece]:
                raise TextError(_BRACKETS(phrase=phrase))
            left = left[1:]
            options = inner if piece == "(" else ["", *inner]
        else:
            options = [piece]
        forms = [form + option for form in forms for option in options]
        if len(done) + len(forms) > MOST_FORMS:
            raise TextError(_TOO_MANY(most=MOST_FORMS))
    return done + forms, left

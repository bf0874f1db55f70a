"""The grammar of phrases: packaged words, a planner's own beside them, and where they stand in a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from giliran.errors import InputError, Problem, Problems
from giliran.letters.phrases import MOST_WORDS, expanded
from giliran.letters.tokens import Sort, Token, stem
from giliran.messages import Sentence, meant, plain
from giliran.text import Document, TextError, parse_document, read_document
from giliran.text.marks import Step

_PACKAGED = "phrases.yaml"
_END = ""
"""The key of what a phrase means, at its last word; no word is empty."""

_NO_CLASS = Sentence(
    en="there is no class of phrases named '{name}'; known are {known}",
    id="tidak ada golongan frasa bernama '{name}'; yang dikenal {known}",
)
_NO_VALUE = Sentence(en="'{name}' is no meaning of {cls}; known are {known}", id="'{name}' bukan arti dari {cls}; yang dikenal {known}")
_NOT_A_MAPPING = Sentence(
    en="classes of phrases were expected, each with its meanings and their phrases, as side: {{home: kerja di rumah}}",
    id="seharusnya golongan frasa dengan arti dan frasanya, misalnya side: {{home: kerja di rumah}}",
)
_NOT_A_TEXT = Sentence(en="phrases with commas between them were expected", id="seharusnya frasa-frasa yang dipisah koma")
_TWO_MEANINGS = Sentence(en="the phrase '{phrase}' of {one} means {other} already", id="frasa '{phrase}' untuk {one} sudah berarti {other}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A phrase that was found: what it means, and its first token and the one after its last."""

    cls: str
    value: str
    start: int
    end: int


class Grammar:
    """Phrases by what they mean, as a tree over their words."""

    def __init__(self) -> None:
        self._tree: dict[str, Any] = {}
        self._meanings: dict[tuple[str, str], str] = {}

    def add(self, cls: str, value: str, words: Sequence[str]) -> str | None:
        """Add a phrase; gives the meaning of the same class that it has already, if it is another one, and adds nothing then."""
        phrase = " ".join(words)
        known = self._meanings.setdefault((cls, phrase), value)
        if known != value:
            return known
        node = self._tree
        for word in words:
            node = node.setdefault(word, {})
        node.setdefault(_END, set()).add((cls, value))
        return None

    def copy(self) -> Grammar:
        """The same phrases, to add others to."""
        other = Grammar()
        for (cls, phrase), value in self._meanings.items():
            other.add(cls, value, phrase.split())
        return other

    def marks(self, tokens: Sequence[Token]) -> list[Mark]:
        """Phrases in tokens, of each class the longest at every place and none within another; in their order.

        No phrase is longer than `MOST_WORDS` words, so the work is linear in the number of tokens.
        """
        found: list[Mark] = []
        past: dict[str, int] = {}
        for at, token in enumerate(tokens):
            if token.sort is Sort.SIGN and token.text not in self._tree:
                continue
            for cls, (value, end) in self._at(tokens, at).items():
                if past.get(cls, 0) <= at:
                    past[cls] = end
                    found.append(Mark(cls, value, at, end))
        return found

    def _at(self, tokens: Sequence[Token], at: int) -> dict[str, tuple[str, int]]:
        """By class the longest phrase that begins at a token."""
        longest: dict[str, tuple[str, int]] = {}
        node, k, words = self._tree, at, 0
        while k < len(tokens) and words <= MOST_WORDS:
            token = tokens[k]
            if words and token.clear and token.text not in node:
                k += 1
                continue
            below = node.get(token.text)
            if below is None and token.sort is Sort.WORD:
                below = node.get(stem(token.text))
            if below is None:
                break
            node, k, words = below, k + 1, words + 1
            for cls, value in sorted(node.get(_END, ())):
                longest[cls] = (value, k)
        return longest


@cache
def packaged() -> Grammar:
    """The grammar that comes along."""
    text = resources.files(__package__).joinpath(_PACKAGED).read_text(encoding="utf-8")
    grammar, problems = _with(Grammar(), parse_document(text, _PACKAGED), known=None)
    assert not problems
    return grammar


@cache
def classes() -> Mapping[str, tuple[str, ...]]:
    """The classes of phrases and their meanings; a class without meanings has its own name as the only one."""
    text = resources.files(__package__).joinpath(_PACKAGED).read_text(encoding="utf-8")
    data: Any = parse_document(text, _PACKAGED).data
    return {cls: tuple(inner) if isinstance(inner, dict) else (cls,) for cls, inner in data.items()}


def grammar_with(path: Path | None) -> Grammar:
    """The packaged grammar, and a planner's phrases beside it.

    Parameters
    ----------
    path
        A YAML file of the form of the packaged one; None for none.

    Raises
    ------
    InputError
        If the file cannot be read, or for every class, meaning or phrase in it that cannot be used.
    """
    if path is None:
        return packaged()
    grammar, problems = _with(packaged().copy(), read_document(path, str(path)), known=classes())
    if problems:
        raise InputError(problems)
    return grammar


def _with(grammar: Grammar, document: Document, known: Mapping[str, Sequence[str]] | None) -> tuple[Grammar, list[Problem]]:
    """A grammar with the phrases of a document, of known classes and meanings alone where these are given; and what is wrong with it."""
    problems = Problems()
    if not isinstance(document.data, dict):
        return grammar, [Problem(document.where(), _NOT_A_MAPPING())]
    for cls, inner in document.data.items():
        if known is not None and cls not in known:
            problems.extend(
                [Problem(document.where((cls,)), _NO_CLASS(name=cls, known=[plain(word) for word in known]), meant(cls, known))]
            )
            continue
        values = inner if isinstance(inner, dict) else {cls: inner}
        for value, phrases in values.items():
            path: tuple[Step, ...] = (cls, value) if isinstance(inner, dict) else (cls,)
            if known is not None and value not in known[cls]:
                said = _NO_VALUE(name=value, cls=cls, known=[plain(word) for word in known[cls]])
                problems.extend([Problem(document.where(path), said, meant(value, known[cls]))])
                continue
            problems.extend(_added(grammar, document, path, (cls, value), phrases))
    return grammar, list(problems.all)


def _added(grammar: Grammar, document: Document, path: tuple[Step, ...], meaning: tuple[str, str], phrases: object) -> Iterator[Problem]:
    """What is wrong with the phrases of a meaning; all others are added."""
    listed = phrases if isinstance(phrases, list) else [phrases]
    for text in listed:
        if not isinstance(text, str):
            yield Problem(document.where(path), _NOT_A_TEXT())
            continue
        for phrase in filter(None, map(str.strip, text.split(","))):
            try:
                forms = expanded(phrase)
            except TextError as error:
                yield Problem(document.where(path), error.said)
                continue
            for words in forms:
                other = grammar.add(*meaning, words)
                if other is not None:
                    yield Problem(document.where(path), _TWO_MEANINGS(phrase=" ".join(words), one=meaning[1], other=other))

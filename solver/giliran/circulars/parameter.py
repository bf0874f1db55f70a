"""A choice that a letter leaves open: its question, what it takes, and the words for it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, model_validator

from giliran.circulars.labels import COMMON, EVERY_DAY, NOTHING
from giliran.circulars.parameters import LISTS, NONE, ParameterType, Value, normalise
from giliran.circulars.words import Part, Text, Word
from giliran.domain.words import simple
from giliran.messages import LANGUAGES, Lang, Said, Sentence, plain, render_date
from giliran.text import TextError

Grade = Literal["ask", "advanced"]
"""Whether a question belongs to a short interview, or is left at its default unless somebody looks for it."""

_KIND_OF_PARAMETER = Sentence(
    en="a parameter needs either `values` or `type`, not both and not neither",
    id="parameter memerlukan salah satu: `values` atau `type`, tidak keduanya dan tidak kosong",
)
_NO_VALUES = Sentence(en="`values` needs at least two different words", id="`values` memerlukan sedikitnya dua kata yang berbeda")
_TWO_MEANINGS = Sentence(
    en="the words '{words}' of `labels` stand for {one} and for {other}", id="kata '{words}' pada `labels` berarti {one} dan juga {other}"
)
_BETWEEN = re.compile(r"[,;\n]")
"""What parts the words of a list that stands in one cell."""


class Parameter(Part):
    """A choice that the letter leaves open.

    Raises
    ------
    TextError
        If it has neither `values` nor `type`, its default is not a value of its own, or two of its values have the same words.
    """

    default: Any
    values: tuple[Word, ...] | None = None
    type: ParameterType | None = None
    takes_along: dict[Word, tuple[Word, ...]] = Field(default_factory=dict, description="words that a word of this list brings with it")
    labels: dict[Word, Text] = Field(default_factory=dict, description="words for people for a value; a chosen value may be written so")
    grade: Grade = Field(default="ask", description="`advanced` keeps a question out of a short interview")
    asked_when: dict[str, Any] | None = Field(default=None, description="choices without which the answer changes nothing, as in `when`")
    not_before: Word | None = Field(default=None, description="the parameter whose date must not be later than this one's")
    ask: Text | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Parameter:
        if (self.values is None) == (self.type is None):
            raise TextError(_KIND_OF_PARAMETER())
        if self.values is not None and len(set(self.values)) < 2:
            raise TextError(_NO_VALUES())
        meant: dict[str, str] = {}
        for words, value in self._spelt():
            if meant.setdefault(words, value) != value:
                raise TextError(_TWO_MEANINGS(words=words, one=meant[words], other=value))
        for value in (*self.labels, self.default):
            self.read(value)
        return self

    @cached_property
    def _meanings(self) -> Mapping[str, str]:
        """The value that words stand for, in simple form: the value itself, and its words in every language."""
        return {words: value for words, value in self._spelt() if words}

    def _spelt(self) -> Iterator[tuple[str, str]]:
        for value in dict.fromkeys((*(self.values or ()), *self._said)):
            yield simple(value), value
            if value in self._said:
                yield from ((simple(self._said[value].text(lang)), value) for lang in LANGUAGES)

    @cached_property
    def _said(self) -> Mapping[str, Said]:
        """The words for every value that has some: the circular's own, else those of all circulars."""
        return {**COMMON.get(self.type, {}), **{value: words.said() for value, words in self.labels.items()}}

    @cached_property
    def standard(self) -> Value:
        """The default as the rules will get it."""
        return self.read(self.default)

    @property
    def closed_words(self) -> tuple[str, ...]:
        """The words that it takes where no others do, in the order of the file; empty where it takes a number, or free words."""
        if self.values is not None:
            return self.values
        return tuple(COMMON["weekday"]) if self.type == "weekday" else ()

    def label(self, value: object, lang: Lang) -> str:
        """A value in words for people: "ASN saja" for `left_out`; where it has no words of its own, the value.

        Parameters
        ----------
        value
            As `read` takes it; of a list each word, parted by commas.
        lang
            The language.

        Raises
        ------
        TextError
            If it is no value of this parameter.
        """
        found = self._normal(value)
        if self.type == "date_or_none" and found != NONE:
            return render_date(dt.date.fromisoformat(str(found)), lang)
        if self.type == "weekdays" and found == tuple(COMMON["weekday"]):
            return EVERY_DAY().text(lang)
        words = found if isinstance(found, tuple) else (str(found),)
        return ", ".join(self._said.get(word, plain(word)).text(lang) for word in words) or NOTHING().text(lang)

    def read(self, value: object) -> Value:
        """A value of this parameter as the rules will get it, from the value itself or from its words for people in any language.

        A list may be one text, its words parted by commas, semicolons or lines.

        Raises
        ------
        TextError
            If it is not one of `values` or not of `type`.
        """
        found = self._normal(value)
        if not isinstance(found, tuple):
            return found
        return tuple(dict.fromkeys(word for each in found for word in (each, *self.takes_along.get(each, ()))))

    def _normal(self, value: object) -> Value:
        several = self.type in LISTS
        if several and isinstance(value, str) and simple(value) not in self._meanings:
            value = [part.strip() for part in _BETWEEN.split(value) if part.strip()] or value
        meant = [self._meant(item) for item in value] if isinstance(value, (list, tuple)) else self._meant(value)
        if several and meant in (NONE, [NONE]):
            meant = []
        return normalise(meant, self.type, self.values, self._said)

    def _meant(self, value: object) -> object:
        return self._meanings.get(simple(value), value) if isinstance(value, str) and value not in (self.values or ()) else value

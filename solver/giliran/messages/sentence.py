"""What can be said, and how its values are written in either language.

What a value holds that a screen would obey or hide stands in a sentence as its code (`shown.py`).
"""

from __future__ import annotations

import datetime as dt
import os
import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from giliran.messages.dates import AND, Lang, render_date
from giliran.messages.shown import MOST_OF_A_PATH, cut, shown

_NOTHING: dict[Lang, str] = {"en": "nothing", "id": "kosong"}
_PERCENT: dict[Lang, str] = {"en": " %", "id": "%"}
_THOUSANDS: dict[Lang, str] = {"en": ",", "id": "."}
_MORE: dict[Lang, str] = {"en": "{count} more", "id": "{count} lainnya"}
MOST_LISTED = 50
"""Most items of a list that a sentence names; the rest is counted."""
_OR = "|"
"""Between a word for one and for any other number, in the place of the number: `{count} {count:unit|units}`."""
_DECIMALS = 2
_STOP = re.compile(r"\.(?!\S)")
"""A full stop that ends a sentence."""
_MOST_KEPT = 4096
"""Sentences whose places are looked for once; a file may have one said a million times."""


def decimal(value: float) -> Said:
    """A number as people write it: 0.5 is "0.5", in Indonesian "0,5"; 1e6 is "1000000"."""
    text = f"{Decimal(repr(value)):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return bilingual(en=text, id=text.replace(".", ","))


def render_share(basis_points: int, lang: Lang) -> str:
    """A share in basis points as a percentage: 2500 is "25 %", 1250 is "12.5 %" (Indonesian "25%", "12,5%")."""
    return f"{_render_fraction(Fraction(basis_points, 100), lang)}{_PERCENT[lang]}"


def grouped(number: int) -> Said:
    """A whole number with its thousands apart: "10,000", in Indonesian "10.000"."""
    en, id_ = (f"{number:,}".replace(",", _THOUSANDS[lang]) for lang in ("en", "id"))
    return bilingual(en=en, id=id_)


def _render_fraction(value: Fraction, lang: Lang) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    text = f"{float(value):.{_DECIMALS}f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if lang == "id" else text


class Whole(str):
    """Words of our own that stand in a sentence however long they are, such as all kinds of rules."""

    __slots__ = ()


@dataclass(frozen=True)
class Percent:
    """A share in basis points as a value of a sentence."""

    basis_points: int


def _render(value: object, lang: Lang) -> str:
    if isinstance(value, Said):
        return value.text(lang)
    if value is None or isinstance(value, bool):
        return {None: _NOTHING[lang], True: "true", False: "false"}[value]
    if isinstance(value, Percent):
        return render_share(value.basis_points, lang)
    if isinstance(value, dt.date):
        return render_date(value, lang)
    if isinstance(value, Fraction):
        return _render_fraction(value, lang)
    if isinstance(value, (list, tuple)):
        return _render_list([_render(item, lang) for item in value[:MOST_LISTED]], len(value) - MOST_LISTED, lang)
    if isinstance(value, Whole):
        return shown(value)
    if isinstance(value, os.PathLike):
        return shown(cut(str(value), MOST_OF_A_PATH))
    return shown(cut(str(value)))


def _render_list(words: Sequence[str], more: int, lang: Lang) -> str:
    """Words in a row, then how many more there are; names that hold commas, as titles do, are parted by semicolons alone."""
    if more > 0:
        words = [*words, _MORE[lang].format(count=more)]
    if len(words) > 1 and any("," in word for word in words):
        return "; ".join(words)
    return AND[lang].join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _filled(template: str, values: Mapping[str, object], lang: Lang) -> str:
    """A template with its values rendered whole: unlike `str.format` without access to attributes and items.

    A full stop of the template that follows a value that ends with one, as names with titles do, is left out.
    """
    parts: list[str] = []
    ended = False
    for literal, name, spec, _ in string.Formatter().parse(template):
        parts.append(literal[1:] if ended and _STOP.match(literal) else literal)
        if name is None:
            ended = False
            continue
        text = _render(values[name], lang)
        if spec:
            one, many = spec.split(_OR)
            text = one if text == "1" else many
        parts.append(text)
        ended = text.endswith(".")
    return "".join(parts)


@dataclass(frozen=True)
class Sentence:
    """A sentence with named places for values, in every language.

    Parameters
    ----------
    en, id
        `str.format` templates with the same placeholders. Values may be text, int, `datetime.date`, `fractions.Fraction`, another
        `Said`, or a list of these. A text is cut after `MOST_SHOWN` characters, a `pathlib.Path` and a `Whole` are not; of a long list
        the rest is counted. A word that changes with a number takes its place: "{count} {count:unit|units}" is "1 unit" and
        "2 units"; Indonesian needs no such words.

    Raises
    ------
    ValueError
        If the placeholders differ between the languages.
    """

    en: str
    id: str

    def __post_init__(self) -> None:
        if _places(self.en) != _places(self.id):
            raise ValueError(f"placeholders differ between languages: {self.en!r}, {self.id!r}")

    def __call__(self, **values: object) -> Said:
        """This sentence with values; every placeholder must be given."""
        missing = _places(self.en) - values.keys()
        if missing:
            raise ValueError(f"no value for {sorted(missing)} in {self.en!r}")
        return Said(self, values)


@dataclass(frozen=True)
class Said:
    """A sentence with its values, still in no language."""

    sentence: Sentence
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, lang: Lang = "en") -> str:
        """The sentence in one language."""
        template = self.sentence.en if lang == "en" else self.sentence.id
        return _filled(template, self.values, lang)

    def __str__(self) -> str:
        return self.text()


@lru_cache(_MOST_KEPT)
def _places(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name is not None)


_PLAIN = Sentence(en="{text}", id="{text}")
_SO_MANY_MORE = Sentence(en=_MORE["en"], id=_MORE["id"])


def few(items: Sequence[object], most: int) -> list[object]:
    """A list for a sentence with at most so many of its items, and how many more there are: "A, B and 3 more"."""
    return [*items[:most], *([_SO_MANY_MORE(count=len(items) - most)] if len(items) > most else [])]


def plain(text: object) -> Said:
    """Words that are the same in every language: names, ids, quotations."""
    return _PLAIN(text=text)


def bilingual(*, en: str, id: str) -> Said:
    """Words that come from elsewhere in both languages, such as the names of holidays; braces in them mean nothing."""
    return Sentence(en=_literal(en), id=_literal(id))()


def _literal(text: str) -> str:
    return shown(text).replace("{", "{{").replace("}", "}}")

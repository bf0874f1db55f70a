"""The sheet about the letter: what it asks, each question with the key of its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from giliran.books.answers import Form
from giliran.circulars import Circular, load_circular, packaged
from giliran.instance.records import CircularRecord
from giliran.messages import Lang
from giliran.text import TextError, parse_document

CIRCULAR, CHOOSE = "circular", "choose"
"""How keys begin that are about a circular, and among these about its choices."""

NAME = f"{CIRCULAR}.name"
"""The key with which the next circular begins."""

_FIRST = "ask"
"""The grade of questions that stand before all others."""

COLUMNS = ("question", "answer", "standard", "key")
"""The columns of the sheet."""


@dataclass(frozen=True)
class Question:
    """A row of the sheet.

    Parameters
    ----------
    key
        What it is about, such as `horizon.start` or `circular.choose.limit`; empty for a heading of questions below.
    text
        The question.
    standard
        What holds where it is not answered.
    words
        The words that may stand there; none where others may.
    """

    key: str
    text: str
    standard: str = ""
    words: tuple[str, ...] = ()


@cache
def _data() -> Mapping[str, Any]:
    text = resources.files(__package__).joinpath("letter.yaml").read_text(encoding="utf-8")
    return parse_document(text, "letter.yaml").data  # type: ignore[return-value]


def column_title(column: str, lang: Lang) -> str:
    """What a column of the sheet is called."""
    return str(_data()["heading"][column][lang])


def is_date(key: str) -> bool:
    """Whether the answer is a date."""
    return key in _data()["dates"]


def form_of(key: str) -> Form:
    """What the answer is made of."""
    if key.startswith(f"{CIRCULAR}.{CHOOSE}."):
        return Form.FREE
    return Form.LIST if key in _data()["lists"] else Form.TEXT


def general_keys() -> list[str]:
    """The keys of what is asked once."""
    return [*_data()["questions"]]


def question_of(key: str, lang: Lang) -> str:
    """What is asked once under a key."""
    return str(_data()["questions"][key][lang])


def general(lang: Lang) -> Iterator[Question]:
    """What is asked once: the title, the days, what stands around the table on paper."""
    for key, words in _data()["questions"].items():
        yield Question(key, words[lang])


def circular_fields() -> list[str]:
    """What is asked of each circular before its choices."""
    known = [field.alias or name for name, field in CircularRecord.model_fields.items()]
    return [name for name in dict.fromkeys((*_data()[CIRCULAR], *known)) if name in known and name != CHOOSE]


def of_circular(given: Mapping[str, Any], lang: Lang) -> Iterator[Question]:
    """What is asked of one circular: which it is, when it is in force, and its choices, those of short interviews first."""
    advanced = False
    for name in circular_fields():
        words = _data()[CIRCULAR].get(name, {})
        yield Question(f"{CIRCULAR}.{name}", words.get(lang, name), words=tuple(packaged()) if name == "name" else ())
    letter = packaged_circular(given.get("name"))
    choices = [*letter.parameters.items()] if letter else []
    for name, parameter in sorted(choices, key=lambda choice: choice[1].grade != _FIRST):
        if parameter.grade != _FIRST and not advanced:
            advanced = True
            yield Question("", _data()["advanced"][lang])
        question = parameter.ask.text(lang) if parameter.ask else name
        words = tuple(parameter.label(word, lang) for word in parameter.closed_words)
        yield Question(f"{CIRCULAR}.{CHOOSE}.{name}", question, parameter.label(parameter.default, lang), words)
    for name in given.get(CHOOSE) or {}:
        if letter is None or name not in letter.parameters:
            yield Question(f"{CIRCULAR}.{CHOOSE}.{name}", str(name))


def packaged_circular(name: object) -> Circular | None:
    """The circular of a name, if it came with giliran."""
    return _loaded(name) if isinstance(name, str) and name in packaged() else None


@cache
def _loaded(name: str) -> Circular:
    return load_circular(name)


def shown_choice(given: Mapping[str, Any], name: str, value: Any, lang: Lang) -> Any:
    """A choice in words for people, where they mean the same, the words of a list parted by commas; what is no value as it is."""
    letter = packaged_circular(given.get("name"))
    parameter = letter.parameters.get(name) if letter else None
    if parameter is None or value is None:
        return value
    try:
        words = parameter.label(value, lang)
        return words if parameter.read(words) == parameter.read(value) else value
    except TextError:
        return value


def meant_choice(given: Mapping[str, Any], name: str, value: Any) -> Any:
    """The value of a choice that is given in words for people; what is no value as it is."""
    letter = packaged_circular(given.get("name"))
    parameter = letter.parameters.get(name) if letter else None
    if parameter is None:
        return value
    try:
        found = parameter.read(value)
        return [*found] if isinstance(found, tuple) else found
    except TextError:
        return value

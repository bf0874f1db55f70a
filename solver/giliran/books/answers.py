"""Values as the texts of cells, and texts of cells as values: nothing is lost on the way."""

from __future__ import annotations

import json
import re
from enum import Enum
from typing import Any

import yaml

from giliran.errors import InputError, Problem, Where
from giliran.generating.documents import flow_text, yaml_text
from giliran.messages import Sentence
from giliran.text import parse_document

_NO_ALIASES = Sentence(en="aliases (*name) are not read in a cell", id="alias (*nama) tidak dibaca dalam sel")
_WRITE_OUT = Sentence(en="Write out what the alias stands for.", id="Tulis lengkap apa yang diwakili alias itu.")
_ALIAS = "*"

NOTHING = "-"
"""In place of a list that holds nothing, which is not the same as no answer."""
_BETWEEN = ";"
_QUOTE = '"'
_CHANGED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_BRACKETS = {"[": "]", "{": "}"}


class Form(Enum):
    """What an answer is made of."""

    TEXT = "text"
    LIST = "list"
    FREE = "free"
    """One word, or several with `;` between them."""


def answer_text(value: Any, form: Form) -> str:
    """A value as the text of a cell, which `answer_of` reads as the same value again; None is an empty text."""
    if value is None:
        return ""
    words = _words(value)
    if isinstance(words, list) and form is not Form.TEXT:
        simple = all(isinstance(word, str) for word in words)
        text = f"{_BETWEEN} ".join(words) or NOTHING if simple else ""
    else:
        text = words if isinstance(words, str) else ""
    if text and _reads(text, form, words):
        return text
    return _quoted(words) if isinstance(words, str) else flow_text(value)


def answer_of(text: str, form: Form) -> Any:
    """The value of a cell that is not empty.

    Texts in quotes are what stands between them. Where lists may stand, `;` parts their items, `-` is a list that holds nothing, and what
    stands in brackets is YAML.

    Raises
    ------
    InputError
        If nobody can read what stands in quotes or brackets.
    """
    if len(text) > 1 and text[0] == text[-1] == _QUOTE:
        return yaml_value(text)
    if form is Form.TEXT:
        return text
    if text == NOTHING:
        return []
    if _BRACKETS.get(text[0]) == text[-1]:
        return yaml_value(text)
    if _BETWEEN in text or form is Form.LIST:
        return [word for part in text.split(_BETWEEN) if (word := part.strip())]
    return text


def yaml_value(text: str) -> Any:
    """The value of a YAML text; raises `InputError`, also for aliases: many cells of few letters could stand for endless values."""
    if _ALIAS in text and _has_alias(text):
        raise InputError([Problem(Where(), _NO_ALIASES(), _WRITE_OUT())])
    return parse_document(text, "cell.yaml").data


def _has_alias(text: str) -> bool:
    try:
        return any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError:
        return False  # whoever reads the text tells where it is wrong


def yaml_of(value: Any) -> str:
    """A value as YAML that people read, keys line by line; nothing is an empty text."""
    if value is None:
        return ""
    if isinstance(value, dict) and value:
        return yaml_text(value).rstrip("\n")
    if isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        return "\n".join(f"- {flow_text(item)}" for item in value)
    return flow_text(value)


def _quoted(text: str) -> str:
    """A text in quotes, every sign that a reader of YAML would change as its code."""
    return _CHANGED.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(text, ensure_ascii=False))


def _reads(text: str, form: Form, words: Any) -> bool:
    try:
        return bool(text == text.strip() and answer_of(text, form) == words)
    except InputError:
        return False


def _words(value: Any) -> Any:
    """A value with the words that numbers and dates are; what holds keys stays as it is."""
    if isinstance(value, list | tuple):
        return [_words(item) for item in value]
    return value if isinstance(value, bool | dict | str) or value is None else str(value)

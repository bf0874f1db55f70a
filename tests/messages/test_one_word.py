"""One idea has one word, that of the desk: in sentences, in circulars and in the guide."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import giliran
from giliran.messages import LANGUAGES, Lang
from giliran.text import parse_document

HOME = Path(giliran.__file__).parent
WORDS: dict[Lang, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"))
CASES = [pytest.param(lang, word, id=f"{lang}: {word['not']}") for lang in LANGUAGES for word in WORDS[lang]]


def sentences(lang: Lang) -> Iterator[tuple[str, str]]:
    """The halves of all sentences in a language, with their files; also of those that are no module's own, such as those of kinds."""
    for path in HOME.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.keyword)
                and node.arg == lang
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                yield path.relative_to(HOME).as_posix(), node.value.value


def of_letters(lang: Lang) -> Iterator[tuple[str, str]]:
    """What packaged files say in a language."""

    def said(value: Any) -> Iterator[str]:
        if isinstance(value, Mapping):
            for key, item in value.items():
                yield from [item] if key == lang and isinstance(item, str) else said(item)
        elif isinstance(value, list | tuple):
            for item in value:
                yield from said(item)

    for path in HOME.rglob("*.yaml"):
        for text in said(parse_document(path.read_text(encoding="utf-8"), path.name).data):
            yield path.relative_to(HOME).as_posix(), text


def pages(lang: Lang) -> Iterator[tuple[str, str]]:
    """The prose of the guide in a language, paragraph by paragraph, and what it shows as printed."""
    for path in (HOME / "guide" / lang).glob("*.md"):
        text = re.sub(r"^```(?!text)\w+\n.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        text = re.sub(r"^<!-- file: .*?^```$.*?^```$|<!--.*?-->", "", text, flags=re.MULTILINE | re.DOTALL)
        for paragraph in re.split(r"\n\n+", text):
            yield path.relative_to(HOME).as_posix(), " ".join(paragraph.split())


@cache
def texts(lang: Lang) -> tuple[tuple[str, str], ...]:
    """Everything that is looked at; of the English guide, which programmers read too, nothing."""
    found = [*sentences(lang), *of_letters(lang), *(pages(lang) if lang != "en" else ())]
    return tuple((place, re.sub(r"`[^`]*`", "", re.sub(r"\{[^{}]*\}", "{}", text))) for place, text in found)


@pytest.mark.parametrize(("lang", "word"), CASES)
def test_no_second_word(lang: Lang, word: dict[str, Any]) -> None:
    """Nobody has to find out that what the guide calls so is called otherwise in an answer, or is a word of programmers."""
    assert len(texts(lang)) > 1000
    itself = tuple(word.get("itself", ()))
    found = [
        f"{place}: {text}"
        for place, text in texts(lang)
        if re.search(word["not"], text) and not any(place == each or place.startswith(f"{each}/") for each in itself)
    ]
    assert found == [], f"say {word['say']}"


@pytest.mark.parametrize(("lang", "word"), CASES)
def test_exceptions_are_needed(lang: Lang, word: dict[str, Any]) -> None:
    """A file in which a word stands for itself holds it, where there is such a file."""
    for each in word.get("itself", ()):
        if (HOME / each).exists():
            inside = [text for place, text in texts(lang) if place == each or place.startswith(f"{each}/")]
            assert any(re.search(word["not"], text) for text in inside), each

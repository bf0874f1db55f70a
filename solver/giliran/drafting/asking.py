"""Questions one after the other: what is asked, what an answer means, and who asks without knowing any screen."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

from giliran.messages import LANGUAGES, Lang, Said, Sentence
from giliran.text import TextError

T = TypeVar("T")

WIDTH = 80
"""Columns of the lines that are said."""
EXPLAIN = "?"
"""The answer that asks what is meant."""

_DEFAULT = Sentence(en="Enter takes: {default}", id="Enter berarti: {default}")
_BY_NUMBER = Sentence(en="Write the number or the words.", id="Tulis nomornya atau kata-katanya.")
_NOT_NUMBER = Sentence(
    en="there is no answer number {number}; the last one is {last}", id="tidak ada jawaban nomor {number}; yang terakhir {last}"
)


@dataclass(frozen=True)
class Option:
    """An answer to choose from, with its words."""

    value: object
    said: Said


@dataclass(frozen=True)
class Question:
    """A question.

    Parameters
    ----------
    key
        What it is about, for programs.
    said
        The question.
    default, shown
        What Enter means, and its words.
    read
        Reads an answer; raises `TextError`, which says what is expected.
    options
        Answers to choose from by number; `read` takes their words too.
    explained
        What `?` tells.
    quotes
        Sentences of a letter that the default rests on, each with what is to be told of it; they stand below the question.
    """

    key: str
    said: Said
    default: object
    shown: Said
    read: Callable[[str], object]
    options: tuple[Option, ...] = ()
    explained: Said | None = None
    quotes: tuple[Said, ...] = ()


Interview = Generator[Question, object, T]
"""Gives questions, each after the answer to the one before, and in the end what was answered."""


def ask(questions: Interview[T], read: Callable[[str], str], say: Callable[[str], None], lang: Lang) -> T:
    """Ask questions until they are answered.

    Parameters
    ----------
    questions
        The questions.
    read
        Shows a prompt, and gives a line; what it raises, such as `EOFError`, ends the interview.
    say
        Shows a line.
    lang
        The language.
    """
    answer: object = None
    while True:
        try:
            question = questions.send(answer)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]  # what the generator returns
        answer = _answered(question, read, say, lang)


def by_default(questions: Interview[T]) -> T:
    """What Enter to every question means."""
    answer: object = None
    while True:
        try:
            answer = questions.send(answer).default
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


def _answered(question: Question, read: Callable[[str], str], say: Callable[[str], None], lang: Lang) -> object:
    """The answer to a question, asked until it is one."""
    say("")
    _lines(question.said.text(lang), say)
    for quote in question.quotes:
        _lines(quote.text(lang), say, step=2)
    for number, option in enumerate(question.options, start=1):
        _lines(f"{number} {option.said.text(lang)}", say, step=2)
    while True:
        text = read(f"[{question.shown.text(lang)}] ").strip()
        if not text:
            return question.default
        if text == EXPLAIN:
            _explain(question, say, lang)
            continue
        try:
            return _meant(question, text)
        except TextError as error:
            _lines(error.said.text(lang), say, step=2)
            if error.advice is not None:
                _lines(error.advice.text(lang), say, step=2)


def _meant(question: Question, text: str) -> object:
    if question.options and text.isascii() and text.isdigit():
        if 1 <= int(text[:6]) <= len(question.options):
            return question.options[int(text) - 1].value
        raise TextError(_NOT_NUMBER(number=text, last=str(len(question.options))))
    try:
        return question.read(text)
    except TextError:
        part = text.casefold()
        held = [option for option in question.options if any(part in option.said.text(lang).casefold() for lang in LANGUAGES)]
        if len(held) != 1:
            raise
        return held[0].value


def _explain(question: Question, say: Callable[[str], None], lang: Lang) -> None:
    told = [question.explained] if question.explained is not None else []
    for said in (*told, *([_BY_NUMBER()] if question.options else []), _DEFAULT(default=question.shown)):
        _lines(said.text(lang), say, step=2)


def _lines(text: str, say: Callable[[str], None], step: int = 0) -> None:
    """A text in lines that fit."""
    for part in text.splitlines() or [""]:
        indent = " " * step
        for line in textwrap.wrap(part, WIDTH, initial_indent=indent, subsequent_indent=2 * indent, break_on_hyphens=False) or [""]:
            say(line)

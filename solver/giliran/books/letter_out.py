"""The sheet about the letter, written: question, answer, what holds without one, key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from giliran.books.answers import Form, answer_text
from giliran.books.guess import Guess
from giliran.books.letter import (
    CHOOSE,
    CIRCULAR,
    COLUMNS,
    NAME,
    Question,
    column_title,
    form_of,
    general,
    is_date,
    of_circular,
    shown_choice,
)
from giliran.books.paper import ANSWER, GREY, GUESSED, HEAD, LONG, TITLE, Paper, fits_list
from giliran.books.sheets import LETTER, sheet_name
from giliran.text.tables import letters

_HIDDEN = 6
"""The first of the columns that hold words to choose from."""
_WIDTHS = (60, 44, 24, 30)
_ROWS_A_CIRCULAR = "circulars"


def write_letter(paper: Paper, data: Mapping[str, Any], guesses: Sequence[Guess]) -> None:
    """The sheet, with the answers that the sections of an instance hold; `fits_letter` says which of them it takes."""
    sheet = paper.sheet(sheet_name(LETTER, paper.lang))
    for c, (column, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(c, c, width)
        sheet.write_string(0, c, column_title(column, paper.lang), paper.format(HEAD))
    why = {_key_of(guess): guess for guess in guesses}
    for row, (at, question, value) in enumerate(_asked(data, paper), start=1):
        guess = why.get((at, question.key))
        _write(paper, sheet, row, question, value, guess)
    sheet.set_column(_HIDDEN, _HIDDEN + 20, None, None, {"hidden": True})
    sheet.ignore_errors({"number_stored_as_text": "A1:D1000"})


def circulars_of(data: Mapping[str, Any]) -> list[Any]:
    """The circulars of an instance, each with its keys where it is written short."""
    given = data.get(_ROWS_A_CIRCULAR)
    return [{"name": item} if isinstance(item, str) else item for item in given] if isinstance(given, list | tuple) else []


def value_at(data: Mapping[str, Any], key: str) -> Any:
    """The value of a key such as `horizon.start`; None where there is none."""
    found: Any = data
    for step in key.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _asked(data: Mapping[str, Any], paper: Paper) -> Iterator[tuple[int, Question, Any]]:
    """The rows: the number of the circular that each is about, the question, and the answer."""
    for question in general(paper.lang):
        yield 0, question, value_at(data, question.key)
    for at, circular in enumerate(circulars_of(data) or [{}]):
        for question in of_circular(circular, paper.lang):
            if not question.key:
                yield at, question, None
                continue
            key = question.key.removeprefix(f"{CIRCULAR}.")
            parts = (CHOOSE, key.removeprefix(f"{CHOOSE}.")) if key.startswith(f"{CHOOSE}.") else (key,)
            inner = circular.get(parts[0])
            value = inner if len(parts) == 1 else shown_choice(circular, parts[1], (inner or {}).get(parts[1]), paper.lang)
            yield at, question, value


def _write(paper: Paper, sheet: Any, row: int, question: Question, value: Any, guess: Guess | None) -> None:
    if not question.key:
        paper.write(sheet, row, 0, question.text, "text", {**LONG, "bold": True})
        return
    form = form_of(question.key)
    text = answer_text(value, form)
    first = [TITLE] if question.key in (NAME, "title") else []
    paper.write(sheet, row, 0, question.text, "text", LONG, *first)
    kind = "date" if is_date(question.key) and form is Form.TEXT else "text"
    if kind == "date" and not text:
        sheet.write_blank(row, 1, None, paper.format(ANSWER, paper.date_format()))
    paper.write(sheet, row, 1, text, kind, ANSWER, *([GUESSED] if guess else [])) if text or kind == "text" else None
    paper.write(sheet, row, 2, question.standard, "text", LONG, GREY)
    paper.write(sheet, row, 3, question.key, "text", GREY)
    _offer(paper, sheet, row, question.words)
    if guess:
        sheet.write_comment(row, 1, paper.say(guess.why), {"x_scale": 2})
    lines = max(-(-len(question.text) // _WIDTHS[0]), -(-len(text) // _WIDTHS[1]), -(-len(question.standard) // _WIDTHS[2]), 1)
    sheet.set_row(row, 20 if first and lines == 1 else 15 * lines)


def _offer(paper: Paper, sheet: Any, row: int, words: Sequence[str]) -> None:
    """Offer words; those that no list takes as they are stand in hidden columns."""
    if not words or fits_list(words):
        paper.offer(sheet, row, row, 1, words, closed=False)
        return
    for k, word in enumerate(words):
        paper.write(sheet, row, _HIDDEN + k, word)
    source = f"=${letters(_HIDDEN)}${row + 1}:${letters(_HIDDEN + len(words) - 1)}${row + 1}"
    paper.offer(sheet, row, row, 1, source, closed=False)


def _key_of(guess: Guess) -> tuple[int, str]:
    """The circular and the key that a guess is about."""
    if guess.section == _ROWS_A_CIRCULAR:
        return guess.row, f"{CIRCULAR}.{guess.column}"
    return 0, ".".join(filter(None, (guess.section, guess.column)))

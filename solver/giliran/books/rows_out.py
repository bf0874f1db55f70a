"""Tables as sheets that people fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from giliran.books.columns import (
    CLOSED,
    columns_of,
    example,
    has_example,
    heading,
    kind_of,
    meant_word,
    offered,
    rows_in,
    width,
    words_in,
)
from giliran.books.guess import Guess
from giliran.books.paper import FILL_TO, GREY, GUESSED, HEAD, TEXT, Paper, fitting
from giliran.books.sheets import sheet_name
from giliran.domain.words import shown_word
from giliran.text import Table

Offered = Mapping[tuple[str, str], Sequence[str]]
"""Words to choose from by section and column."""


def write_rows(
    paper: Paper, section: str, rows: Table | None, guesses: Sequence[Guess], further: tuple[Offered, Mapping[str, str]], *, examples: bool
) -> None:
    """The sheet of a section.

    Parameters
    ----------
    rows
        Its rows; None for none.
    guesses
        Those of this section.
    further
        Words that circulars ask for, and headings of columns that nobody knows.
    examples
        Whether a row shows how the sheet is filled in, where there is none yet.
    """
    given = rows.columns if rows is not None and len(rows) else ()
    columns = columns_of(section, given)
    sheet = paper.sheet(sheet_name(section, paper.lang))
    _head(paper, sheet, columns, further[1], rows)
    shows = examples and not given and has_example(section)
    if shows:
        for c, column in enumerate(columns):
            paper.write(sheet, 1, c, example(section, column, paper.lang, first=c == 0), kind_of(column), GREY)
    count = len(rows) if rows is not None else 0
    paper.check_rows(sheet_name(section, paper.lang), count)
    guessed = {(guess.row, guess.column): guess for guess in guesses}
    for c, column in enumerate(columns if rows is not None else ()):
        _column(paper, sheet, c, (section, column), rows.column(column) if rows is not None and column in given else [""] * count, guessed)
    last = max(count + FILL_TO // 2, FILL_TO)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    for c, column in enumerate(columns):
        _offer(paper, sheet, (1, last, c), section, column, further[0])


def _head(paper: Paper, sheet: Any, columns: Sequence[str], titles: Mapping[str, str], rows: Table | None) -> None:
    for c, column in enumerate(columns):
        texts = rows.column(column) if rows is not None and column in rows.columns else ()
        kind = paper.date_format() if kind_of(column) == "date" else {} if kind_of(column) == "count" else TEXT
        sheet.set_column(c, c, fitting(texts, width(column)), paper.format(kind))
        sheet.write_string(0, c, heading(column, paper.lang, titles.get(column, column)), paper.format(HEAD))
    sheet.set_row(0, 30)
    sheet.autofilter(0, 0, 0, max(len(columns) - 1, 0))


def _column(
    paper: Paper, sheet: Any, c: int, where: tuple[str, str], texts: Sequence[str], guessed: Mapping[tuple[int, str], Guess]
) -> None:
    """The cells of a column of a section, those that were guessed in colour."""
    column = where[1]
    words = words_in(*where)
    kind = kind_of(column)
    for row, text in enumerate(texts):
        guess = guessed.get((row, column))
        shown = shown_word(words, meant_word(*where, text), paper.lang) if words in CLOSED and words is not None else text
        paper.write(sheet, row + 1, c, shown, kind, *([GUESSED] if guess else []))
        if guess:
            sheet.write_comment(row + 1, c, paper.say(guess.why), {"x_scale": 2})


def _offer(paper: Paper, sheet: Any, where: tuple[int, int, int], section: str, column: str, further: Offered) -> None:
    """The words that a column offers: those of a circular, known ones, or the rows of another sheet."""
    first, last, c = where
    kind, named = words_in(section, column), rows_in(column)
    if named is not None:
        paper.offer(sheet, first, last, c, f"='{sheet_name(named, paper.lang)}'!$A$2:$A${FILL_TO * FILL_TO}", closed=False)
        return
    words = [*further.get((section, column), ())]
    words += [word for word in (offered(kind, paper.lang) if kind is not None else ()) if word not in words]
    paper.offer(sheet, first, last, c, words, closed=kind in CLOSED)

"""An instance as a workbook that a planner fills in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import zip_longest
from typing import Any, cast

from giliran.books.guess import Guess
from giliran.books.letter import packaged_circular
from giliran.books.letter_out import circulars_of, write_letter
from giliran.books.more import COLUMNS, TITLES, Entry
from giliran.books.paper import HEAD, LONG, TEXT, TITLE, Paper, fitting
from giliran.books.rows_out import Offered, write_rows
from giliran.books.sections import laid_out
from giliran.books.sheets import ALWAYS, GUIDE, LEFT_OUT, MORE, QUOTED, TABLES, sheet_name
from giliran.circulars import Expects
from giliran.messages import Lang
from giliran.text import parse_document

_WIDTHS = (18, 28, 110)


def write_book(
    data: Mapping[str, Any],
    lang: Lang,
    *,
    guesses: Sequence[Guess] = (),
    examples: bool = False,
    left_out: Sequence[Sequence[str]] = (),
    quoted: Sequence[Sequence[str]] = (),
) -> bytes:
    """The sections of an instance as an .xlsx file that `read_book` reads back without loss; the same data give the same bytes.

    Parameters
    ----------
    data
        Sections by name, as an instance file has them: plain values, tables as lists of rows. A table that names a `file` stays so. Columns
        whose name begins with "Note:" or "Catatan:" are for people.
    lang
        Language of the names of sheets, headings, questions and offered words.
    guesses
        Cells that were guessed.
    examples
        Whether empty tables show a row that is an example.
    left_out
        Rows of a last sheet for people, which is read over: what a list held besides; the first of them is its heading.
    quoted
        The same of what a letter says.

    Raises
    ------
    InputError
        If rows are none, a text is longer than a cell can be, or the package that writes workbooks is not installed.
    """
    paper = Paper(lang)
    laid = laid_out(data)
    _write_guide(paper)
    write_letter(paper, laid.letter, [guess for guess in guesses if guess.section not in TABLES])
    further = _offered(data)
    for section in TABLES:
        rows = laid.tables.get(section)
        if section in ALWAYS or (rows is not None and len(rows)):
            own = [guess for guess in guesses if guess.section == section]
            titles = {name: title for (where, name), title in laid.titles.items() if where == section}
            write_rows(paper, section, rows, own, (further, titles), examples=examples)
    _write_more(paper, laid.more)
    for sheet, rows_of_people in ((LEFT_OUT, left_out), (QUOTED, quoted)):
        if rows_of_people:
            _write_for_people(paper, sheet, rows_of_people)
    return paper.close()


@cache
def _guide() -> Mapping[Lang, Sequence[str]]:
    text = resources.files(__package__).joinpath("guide.yaml").read_text(encoding="utf-8")
    return cast("Mapping[Lang, Sequence[str]]", parse_document(text, "guide.yaml").data)


def _write_guide(paper: Paper) -> None:
    sheet = paper.sheet(sheet_name(GUIDE, paper.lang))
    sheet.set_column(0, 0, 100)
    for row, text in enumerate(_guide()[paper.lang]):
        sheet.write_string(row, 0, text, paper.format(LONG, *([TITLE] if row == 0 else [])))
        sheet.set_row(row, 15 * -(-len(text) // 95) + 8)


def _offered(data: Mapping[str, Any]) -> Offered:
    """The words that the circulars of an instance select by."""
    letters = [packaged_circular(item.get("name")) for item in circulars_of(data) if isinstance(item, Mapping)]
    found: dict[tuple[str, str], list[str]] = {}
    for letter in filter(None, letters):
        for where, words in _expected(letter.expects):
            found.setdefault(where, []).extend(word for word in words if word not in found.get(where, []))
    return found


def _expected(expects: Expects) -> list[tuple[tuple[str, str], Sequence[str]]]:
    units, staff = expects.units, expects.staff
    return [
        (("units", "sector"), units.sector.values if units.sector else ()),
        (("units", "tags"), [*units.tags]),
        (("staff", "function"), staff.function.values if staff.function else ()),
        (("staff", "tags"), [*staff.tags]),
    ]


def _write_more(paper: Paper, rows: Sequence[Entry]) -> None:
    sheet = paper.sheet(sheet_name(MORE, paper.lang))
    for c, (column, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(c, c, width, paper.format(TEXT))
        sheet.write_string(0, c, TITLES[column]().text(paper.lang), paper.format(HEAD))
    row = 1
    for entry in rows:
        for k, piece in enumerate(paper.pieces(entry.text)):
            paper.write(sheet, row, 0, entry.section if k == 0 else "")
            paper.write(sheet, row, 1, entry.entry if k == 0 else "")
            paper.write(sheet, row, 2, piece, "text", LONG)
            row += 1
    sheet.ignore_errors({"number_stored_as_text": "A1:C100000"})


def _write_for_people(paper: Paper, name: str, rows: Sequence[Sequence[str]]) -> None:
    sheet = paper.sheet(sheet_name(name, paper.lang))
    widths = [fitting(texts, 10) for texts in zip_longest(*rows, fillvalue="")]
    for c, width in enumerate(widths):
        sheet.set_column(c, c, width)
    for r, texts in enumerate(rows):
        for c, text in enumerate(texts):
            paper.write(sheet, r, c, text, "text", HEAD if r == 0 else LONG)
        sheet.set_row(r, 15 * max(-(-len(text) // width) for text, width in zip(texts, widths, strict=False)))

"""Tables in workbooks: lists of leave, pins and the like, below whatever title stands above them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from giliran.domain.words import Kind, canonical, simple, spellings, words
from giliran.errors import InputError, Problem, Where
from giliran.lists.failed import refuse_failed
from giliran.lists.grid import Grid, Row
from giliran.lists.headings import MOST_TITLES, heading_of, numbers_only
from giliran.lists.workbooks import grids_in, unused_in
from giliran.messages import Sentence
from giliran.text import Table, column_name
from giliran.text.columns import TextColumn
from giliran.text.tables import Sheet, letters

_NO_TABLE = Sentence(
    en="no sheet has a row that names columns of a table", id="tidak ada lembar dengan baris judul yang menyebut nama kolom yang dikenal"
)
_NAMES = Sentence(
    en="Name the columns in one row, as a CSV file would: `giliran guide columns`.",
    id="Tulis nama kolom dalam satu baris, seperti pada berkas CSV: `giliran guide columns`.",
)


def read_sheet(path: Path, name: str) -> Table:
    """The table of the first sheet of a workbook that has one: its heading is the row that names most known columns.

    A list of staff that stands before a table with days, such as one of leave, is none.

    Parameters
    ----------
    name
        The file as messages call it.

    Raises
    ------
    InputError
        If the file cannot be read, or no sheet has a heading.
    """
    tables: list[tuple[Grid, int]] = []
    for grid in grids_in(path, name):
        found = max(range(min(len(grid.rows), MOST_TITLES)), key=lambda k: (len(_known(grid.rows[k])), -k), default=None)
        if found is not None and len(_known(grid.rows[found])) > 1:
            tables.append((grid, found))
    if not tables:
        raise InputError([Problem(Where(name), _NO_TABLE(), _NAMES())])
    dated = [table for table in tables if _is_dated(*table)]
    grid, first = dated[0] if dated and not _is_dated(*tables[0]) and _is_staff(tables[0][0]) else tables[0]
    return replace(_table(grid, first, name), notes=unused_in(path, name))


def _is_dated(grid: Grid, heading: int) -> bool:
    return bool(_known(grid.rows[heading]) & {"from", "date"})


def _is_staff(grid: Grid) -> bool:
    """Whether a sheet is a list of staff, which tells what people are."""
    heading = heading_of(grid)
    return heading is not None and bool(heading.columns.keys() & {"position", "grade", "status"})


def _known(row: Row) -> set[str]:
    """The columns of tables that its cells name."""
    columns = words(Kind.COLUMN)
    return {word for text in row.cells if text and (word := canonical(Kind.COLUMN, text)) in columns}


def _letters(titles: Mapping[str, int]) -> dict[str, str]:
    """The letters of columns by their titles, and by every name that one of these stands for."""
    known = {word: {simple(each) for each in spellings(Kind.COLUMN, word)} for word in words(Kind.COLUMN)}
    meant = {word: column for title, column in titles.items() for word, own in known.items() if simple(title) in own}
    return {name: letters(column) for name, column in {**meant, **titles}.items()}


def _table(grid: Grid, heading: int, name: str) -> Table:
    titles: dict[str, int] = {}
    for column, text in enumerate(grid.rows[heading].cells):
        if text:
            titles.setdefault(column_name(text), column)
    rows = [row for row in grid.rows[heading + 1 :] if not numbers_only(row)]
    cells = {title: TextColumn([" ".join(row.text(column).split()) for row in rows]) for title, column in titles.items()}
    sheet = Sheet(grid.name, _letters(titles))
    refuse_failed(grid, name, [*titles.values()], {row.line for row in rows})
    return Table(name, tuple(titles), cells, tuple(row.line for row in rows), _sheet=sheet)

"""Headings of the sheets of a workbook: the row that names columns, and what each of them means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from giliran.books.columns import canonical_columns, is_note, is_number
from giliran.lists.grid import Grid

MOST_TITLES = 15
"""Rows among which a heading is looked for."""


@dataclass(frozen=True)
class Headings:
    """The heading of a sheet.

    Parameters
    ----------
    row
        Its index among the rows that say something.
    columns
        Where each known column is.
    unknown
        Headings that nobody knows, by column.
    notes
        Headings of columns that are for people, by column.
    again
        Headings of columns that another one means already, by column.
    """

    row: int
    columns: Mapping[str, int]
    unknown: Mapping[int, str]
    notes: Mapping[int, str]
    again: Mapping[int, str]


def headings_in(grid: Grid, section: str) -> Headings | None:
    """The row of a sheet that names most columns of a section; None where none does."""
    found = [_headings(grid, k, section) for k in range(min(len(grid.rows), MOST_TITLES))]
    best = max(found, key=lambda headings: (len(headings.columns), -headings.row), default=None)
    return best if best is not None and best.columns else None


def _headings(grid: Grid, row: int, section: str) -> Headings:
    texts = {column: text for column, text in enumerate(grid.rows[row].cells) if text}
    notes = {column: text for column, text in texts.items() if is_note(text)}
    named = {column: text for column, text in texts.items() if column not in notes and not is_number(text)}
    known = canonical_columns(section, [*named.values()])
    columns: dict[str, int] = {}
    unknown: dict[int, str] = {}
    again: dict[int, str] = {}
    for column, text in named.items():
        meant = known.get(text) or canonical_columns(section, [text]).get(text)
        if meant is None:
            unknown[column] = text
        elif meant in columns or text not in known:
            again[column] = text
        else:
            columns[meant] = column
    return Headings(row, columns, unknown, notes, again)

"""Grids: the cells of a sheet as they were typed, before anybody knows what they mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A row of a sheet.

    Parameters
    ----------
    line
        Its number in the sheet, or the line of the file on which it begins; from 1.
    cells
        Trimmed texts; line breaks inside a cell are kept.
    hidden
        Whether nobody sees the row.
    """

    line: int
    cells: tuple[str, ...]
    hidden: bool = False

    def filled(self) -> list[int]:
        """Columns that say something."""
        return [column for column, text in enumerate(self.cells) if text]

    def text(self, column: int | None) -> str:
        """The cell of a column; empty where the row ends before it, or there is no such column."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True)
class Grid:
    """A sheet.

    Parameters
    ----------
    name
        Of the sheet; empty for a file that holds one.
    rows
        Rows that say something, in their order.
    """

    name: str
    rows: tuple[Row, ...]


def grid_of(rows: Iterable[tuple[int, Sequence[str]]], name: str = "", hidden: Collection[int] = ()) -> Grid:
    """A grid from texts with their lines, some of them hidden; empty rows are left out."""
    trimmed = (Row(line, tuple(text.strip() for text in cells), line in hidden) for line, cells in rows)
    return Grid(name, tuple(row for row in trimmed if any(row.cells)))

"""Grids: the cells of a sheet as they were typed, before anybody knows what they mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from giliran.messages import unseen

_LAID_OUT = frozenset("\n\r\t")


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
    struck
        Columns whose texts are struck through.
    merged
        Texts of cells that span several rows and begin above, by column.
    """

    line: int
    cells: tuple[str, ...]
    hidden: bool = False
    struck: Collection[int] = ()
    merged: Mapping[int, str] = field(default_factory=dict)

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
    errors
        What a formula gives that has failed, such as `#REF!`, by line and column, empty for one that nobody has computed yet; the cells
        themselves are empty.
    """

    name: str
    rows: tuple[Row, ...]
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def as_seen(self) -> Grid:
        """The same without characters that nobody sees, which come along when text is copied; rows that say nothing else are left out."""
        rows = (row if all(map(_plain, (*row.cells, *row.merged.values()))) else _as_seen(row) for row in self.rows)
        return replace(self, rows=tuple(row for row in rows if any(row.cells)))


def _as_seen(row: Row) -> Row:
    return replace(row, cells=tuple(map(_visible, row.cells)), merged={column: _visible(text) for column, text in row.merged.items()})


def _visible(text: str) -> str:
    hidden = {*unseen(text)} - _LAID_OUT
    return "".join(sign for sign in text if sign not in hidden).strip()


def _plain(text: str) -> bool:
    """Whether a text holds nothing that has to be looked for."""
    return text.isascii() and text.isprintable()


@dataclass(frozen=True)
class Look:
    """What a sheet shows besides texts.

    Parameters
    ----------
    hidden
        Lines that nobody sees.
    struck
        By line the columns whose texts are struck through.
    merged
        By line the texts of cells that span several rows and begin above, by column.
    errors
        What failed formulas give, by line and column.
    """

    hidden: Collection[int] = ()
    struck: Mapping[int, Collection[int]] = field(default_factory=dict)
    merged: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)


def grid_of(rows: Iterable[tuple[int, Sequence[str]]], name: str = "", look: Look | None = None) -> Grid:
    """A grid from texts with their lines; empty rows are left out."""
    seen = look or Look()
    trimmed = (
        Row(line, tuple(text.strip() for text in cells), line in seen.hidden, seen.struck.get(line, ()), seen.merged.get(line, {}))
        for line, cells in rows
    )
    return Grid(name, tuple(row for row in trimmed if any(row.cells)), seen.errors)

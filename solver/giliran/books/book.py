"""A workbook that was read: the sections of an instance, and the cell in which each value stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from giliran.books.sheets import TABLES, sheet_name
from giliran.errors import Problem, Where
from giliran.messages import Lang, Said
from giliran.text import Document, Step, Table
from giliran.text.marks import render_path

Path = tuple[Step, ...]
ROWS = {"published": ("published", "rows")}
"""Where the rows of a sheet stand among the sections, if not under the name of their section."""


@dataclass(frozen=True)
class Book(Document):
    """The sections of an instance in a workbook.

    Parameters
    ----------
    lang
        The language of its sheets' names.
    tables
        Rows of the sheets that hold some, by section; `data` has the same rows as plain values.
    cells
        Sheet and cell of values by their path, such as `Surat!B4`.
    beside
        What stands in columns for people, by section, one mapping per row.
    notes
        What must be told about how it was read.
    problems
        What is wrong with it by itself.
    undated
        That the first or the last day is not filled in; without them nothing else can be checked.
    """

    lang: Lang = "en"
    tables: Mapping[str, Table] = field(default_factory=dict, repr=False)
    cells: Mapping[Path, str] = field(default_factory=dict, repr=False)
    beside: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict, repr=False)
    notes: tuple[Said, ...] = ()
    problems: tuple[Problem, ...] = ()
    undated: tuple[Problem, ...] = ()

    def where(self, path: Path = ()) -> Where:
        """The cell of a value, or that of the nearest one around it with the rest of the path."""
        for section, table in self.tables.items():
            at = ROWS.get(section, (section,))
            if path[: len(at)] == at:
                row, column = (*path[len(at) :], None, None)[:2]
                return table.where(row if isinstance(row, int) and row < len(table) else None, str(column or ""))
        for length in range(len(path), 0, -1):
            if path[:length] in self.cells:
                rest = render_path(path[length:])
                return Where(self.file, 0, self.cells[path[:length]] + (f": {rest}" if rest else ""))
        section = str(path[0]) if path else ""
        return Where(self.file, 0, sheet_name(section, self.lang) if section in TABLES else render_path(path))

    def sections(self) -> dict[str, Any]:
        """The sections with their tables, whose messages name cells."""
        found: dict[str, Any] = dict(self.data) if isinstance(self.data, dict) else {}
        for section, table in self.tables.items():
            if section in ROWS:
                found[section] = {**found[section], ROWS[section][1]: table}
            else:
                found[section] = table
        return found

"""Workbooks for tests: written, then changed cell by cell as somebody does in Excel."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

from giliran.books import write_book
from giliran.lists.workbooks import grids_of
from giliran.messages import Lang

DATA: dict[str, Any] = {
    "title": "Dinas Perpustakaan",
    "horizon": {"start": "2026-08-03", "end": "2026-08-07"},
    "units": [{"id": "d", "name": "Dinas", "level": "opd"}, {"id": "d/a", "name": "Bidang Anggaran", "level": "bidang", "parent": "d"}],
    "staff": [
        {"id": "a", "nip": "198001012005012001", "name": "Ani", "unit": "d", "rank": "jpt_pratama", "status": "pns", "head": "yes"},
        {"id": "b", "nip": "198501012010012003", "name": "Budi", "unit": "d/a", "rank": "pelaksana", "status": "pns"},
        {"id": "c", "name": "Citra", "unit": "d/a", "rank": "pelaksana", "status": "honorer"},
    ],
    "absences": [{"staff_id": "b", "from": "2026-08-03", "to": "2026-08-04", "reason": "cuti"}],
    "wishes": [{"staff_id": "c", "weekday": "mon", "place": "home", "weight": "2"}],
    "pins": [{"staff_id": "a", "date": "2026-08-05", "place": "office", "reason": "rapat"}],
    "circulars": [{"name": "umum", "choose": {"limit": "50%", "duty": 1, "contract": "left_out"}}],
    "rules": [{"id": "room", "kind": "office_cap", "max": 2}],
    "goals": [{"id": "wishes", "kind": "wishes"}],
}
"""Three people, a letter, a rule of their own."""

Cells = Mapping[tuple[str, str], Any]
"""What is typed, by sheet and cell."""


def sheets_of(raw: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """The texts of a workbook by sheet, row and column from 0."""
    return {
        grid.name: {(row.line - 1, c): text for row in grid.rows for c, text in enumerate(row.cells) if text}
        for grid in grids_of(raw, "test.xlsx", hidden=True)
    }


def typed(path: Path, raw: bytes, changes: Cells = {}, renamed: Mapping[str, str] = {}) -> Path:  # noqa: B006  # never changed
    """A workbook with other values in some cells, and other names of sheets; what begins with `=` and has a value is a formula."""
    sheets: dict[str, dict[tuple[int, int], Any]] = {name: dict(cells) for name, cells in sheets_of(raw).items()}
    for (sheet, cell), value in changes.items():
        sheets.setdefault(sheet, {})[place_of(cell)] = value
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    for name, cells in sheets.items():
        made = book.add_worksheet(renamed.get(name, name))
        for (row, column), value in cells.items():
            if isinstance(value, tuple):
                made.write_formula(row, column, value[0], None, value[1])
            else:
                made.write(row, column, value)
    book.close()
    return path


def place_of(cell: str) -> tuple[int, int]:
    """Row and column of a cell such as `F14`, from 0."""
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(cell.removeprefix(letters)) - 1, column - 1


def book(path: Path, lang: Lang = "id", changes: Cells = {}, **sections: Any) -> Path:  # noqa: B006
    """A workbook of `DATA` with other sections, and other values in some cells."""
    return typed(path, write_book({**DATA, **sections}, lang), changes)


def opened(raw: bytes) -> io.BytesIO:
    """Bytes as a file."""
    return io.BytesIO(raw)

"""A published plan in a workbook: the matrix as it stands there, edited or typed by hand, with names for duty of the rows for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Staff
from giliran.domain.schedule_rows import DUTY, NEEDED, TEAM
from giliran.errors import Problems, Where
from giliran.lists.grid import Grid
from giliran.lists.matrices import Known, matrix_of, tidy_rows
from giliran.messages import Said, Sentence
from giliran.text import Table
from giliran.text.columns import TextColumn

_NOTHING = Sentence(
    en="no sheet holds a plan: neither rows with staff_id, date and place, nor a matrix of people and days",
    id="tidak ada lembar yang memuat jadwal: baik baris staff_id, date, dan place, maupun tabel pegawai dan hari",
)
_WHICH_DUTY = Sentence(
    en="marks for duty in the published plan that say no rule, not kept: {count}",
    id="tanda piket dalam jadwal terbit yang tidak menyebut aturannya, tidak dipakai: {count}",
)
_COLUMNS = (*NEEDED, DUTY, TEAM)


@dataclass(frozen=True)
class Sheets:
    """The sheets of a workbook, the file as messages call it, and what must be told about it."""

    grids: tuple[Grid, ...]
    file: str
    notes: tuple[Said, ...] = ()


def rows_of_sheets(
    sheets: Sheets, staff: Staff, dates: Sequence[dt.date], there: NDArray[np.bool_], problems: Problems
) -> tuple[Table | None, list[Said]]:
    """The rows of a published plan, None where it has none, and what must be told about them.

    Parameters
    ----------
    there
        Who works and is there : bool[E, D].
    """
    tidy = next((rows for grid in sheets.grids if (rows := tidy_rows(grid, staff)) is not None), None)
    known = Known(staff, tuple(dates), there)
    found = [matrix for grid in sheets.grids if (matrix := matrix_of(grid, known, sheets.file)) is not None]
    problems.extend([problem for matrix in found for problem in matrix.problems])
    cells = [cell for matrix in found for cell in matrix.cells]
    if not cells and tidy is None:
        problems.add(Where(sheets.file), _NOTHING())
        return None, []
    if not cells:
        return _table(sheets.file, [(*cell, row.place, row.duty, row.team, row.line) for cell, row in (tidy or {}).items()]), []
    before = tidy or {}
    found_rows, unnamed = list[tuple[str, str, str, str, str, int]](), 0
    for cell in cells:
        row = before.get((cell.id, cell.day.isoformat()))
        duty = row.duty if row and cell.duty else ""
        unnamed += cell.duty and not duty
        found_rows.append((cell.id, cell.day.isoformat(), cell.place, duty, row.team if row else "", cell.line))
    return _table(sheets.file, found_rows), [_WHICH_DUTY(count=unnamed)] if unnamed else []


def _table(file: str, rows: Sequence[tuple[str, str, str, str, str, int]]) -> Table:
    columns = {column: TextColumn([str(row[k]) for row in rows]) for k, column in enumerate(_COLUMNS)}
    return Table(file, _COLUMNS, columns, tuple(row[-1] for row in rows))

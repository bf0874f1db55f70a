"""Files that hold a list, and the people in them, with what no list may have refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from giliran.errors import InputError, Problem, Where
from giliran.lists.grid import Grid, grid_of
from giliran.lists.headings import NUMBER, heading_of
from giliran.lists.staff import StaffList, staff_of
from giliran.lists.workbooks import grids_in, is_workbook
from giliran.messages import Sentence
from giliran.text.csv_reader import MAX_TABLE_BYTES
from giliran.text.files import read_text, refuse

MOST_ROWS = 200_000
"""Rows of a list that is read as one; longer ones are made by programs."""
MOST_TOLD = 8
"""Names, lines or phrases that a note tells one by one."""
LOOK = 100_000
"""Characters of a file by which its separator and its heading are known."""

_SEPARATORS = ",;\t"

_NO_HEADING = Sentence(
    en="no row names the columns of a staff list: a name or an NIP, and at least one more that is known",
    id="tidak ada baris judul daftar pegawai: nama atau NIP, dan sedikitnya satu kolom lain yang dikenal",
)
_NO_NAME = Sentence(en="the name is '{text}', without a letter", id="namanya '{text}', tanpa satu huruf pun")
_AS_XLSX = Sentence(
    en="If a formula makes it, copy the names and paste them as values, or save the list as .xlsx.",
    id="Bila nama berasal dari rumus, salin lalu tempel sebagai nilai, atau simpan daftarnya sebagai .xlsx.",
)


def read_list(path: Path, name: str) -> StaffList:
    """The people of a list in a workbook or a CSV file, with the units that it names.

    Parameters
    ----------
    name
        The file as messages call it.

    Raises
    ------
    InputError
        If the file cannot be read, or holds no list of people.
    """
    grids = grids_in(path, name) if is_workbook(name) else (csv_grid(read_text(path, MAX_TABLE_BYTES)[0]),)
    return people_in(grids, name, declared=False)


def people_in(grids: Sequence[Grid], name: str, *, declared: bool) -> StaffList:
    """The people in the sheets of a file; `declared` as for `staff_of`.

    Raises
    ------
    InputError
        If no sheet names people, or a name has no letter.
    """
    found = staff_of([grid.as_seen() for grid in grids], declared=declared)
    if found is None:
        raise refuse(name, _NO_HEADING())
    nameless = [person for person in found.people if (called := person.cells.get("name")) and not any(map(str.isalpha, called))]
    if nameless:
        raise InputError([Problem(Where(name, p.line, "name"), _NO_NAME(text=p.cells["name"]), _AS_XLSX()) for p in nameless[:MOST_TOLD]])
    return found


def csv_grid(text: str) -> Grid:
    """The grid of a CSV text, by the separator that its first lines hold most often."""
    head = text.removeprefix("\ufeff")
    separator = max(_SEPARATORS, key=head[:LOOK].count)
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
    rows: list[tuple[int, list[str]]] = []
    before = 0
    try:
        for row in reader:
            rows.append((before + 1, row))
            before = reader.line_num
    except csv.Error:  # the ordinary reader says where the quotes do not match
        return Grid("", ())
    return grid_of(rows)


def exported(grid: Grid) -> bool:
    """Whether a CSV file is a list for readers: its heading is not on top, or numbers the rows and has no ids."""
    heading = heading_of(grid)
    if heading is None:
        return False
    plain_top = heading.first == heading.last == 0
    return not plain_top or (NUMBER in heading.columns and "id" not in heading.columns)

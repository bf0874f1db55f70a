"""The list of agencies of whom a plan is expected."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from giliran.domain.words import Kind, simple, spellings
from giliran.errors import InputError, Problem, Where
from giliran.files.recap.books import agency_key
from giliran.lists.grid import Grid
from giliran.lists.opening import csv_grid
from giliran.lists.workbooks import grids_in, is_workbook
from giliran.messages import Sentence
from giliran.text.csv_reader import MAX_TABLE_BYTES
from giliran.text.files import read_text
from giliran.text.trying import refuse_all

_NOBODY = Sentence(en="this list names no agency", id="daftar ini tidak memuat satu OPD pun")
_ONE_COLUMN = Sentence(en="Write one agency on each line, or a column OPD.", id="Tulis satu OPD per baris, atau kolom OPD.")
_TWICE = Sentence(en="{name} stands here twice", id="{name} tercantum dua kali")
_HEADS = frozenset({"nama", "nama_opd", "nama_perangkat_daerah", "name", "agency", "unit_kerja", "instansi", "nama_instansi"})
_NUMBERS = frozenset({"no", "nomor", "number", "no_urut"})


def read_expected(path: Path) -> list[str]:
    """Names of agencies, in the order of the list: one on each line, or in a table the column that is called OPD or the like.

    Raises
    ------
    InputError
        If the file cannot be read, names no agency, or one of them twice.
    """
    grid = grids_in(path, str(path))[0] if is_workbook(path.name) else csv_grid(read_text(path, MAX_TABLE_BYTES)[0])
    found = _names(grid)
    if not found:
        raise InputError([Problem(Where(str(path)), _NOBODY(), _ONE_COLUMN())])
    seen: dict[str, int] = {}
    twice = [Problem(Where(str(path), line), _TWICE(name=name)) for line, name in found if seen.setdefault(agency_key(name), line) != line]
    refuse_all(twice)
    return [name for _, name in found]


def _names(grid: Grid) -> list[tuple[int, str]]:
    """Names with their lines."""
    known = {*map(simple, spellings(Kind.COLUMN, "opd")), *_HEADS}
    for k, row in enumerate(grid.rows):
        column = next((c for c, text in enumerate(row.cells) if simple(text) in known), None)
        if column is not None:
            return _filled([(row.line, row.text(column)) for row in grid.rows[k + 1 :]])
    return _filled([(row.line, _first(row.cells)) for row in grid.rows])


def _filled(cells: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    return [(line, " ".join(text.split())) for line, text in cells if any(map(str.isalpha, text)) and simple(text) not in _NUMBERS]


def _first(cells: Sequence[str]) -> str:
    """The first cell of a row without a heading that holds a word."""
    return next((text for text in cells if any(map(str.isalpha, text))), "")

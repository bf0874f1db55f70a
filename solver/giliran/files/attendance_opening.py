"""Files of attendance lists: as programs write them, or as machines and offices export them, with titles above the heading."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from giliran.domain.schedule_rows import NEEDED
from giliran.domain.words import Kind, simple, spellings
from giliran.errors import InputError, Problem, Where
from giliran.files.attendance_columns import adds_up
from giliran.files.opening import Rows, open_rows
from giliran.instance.schedule_columns import Columns, Placing, Shape
from giliran.lists.cells import is_nip
from giliran.lists.grid import Grid, Row
from giliran.lists.headings import MOST_TITLES, numbers_only
from giliran.lists.opening import LOOK, MOST_ROWS, csv_grid
from giliran.lists.workbooks import grids_in, is_workbook, unused_in
from giliran.messages import Said, Sentence, plain
from giliran.text import Table, day_headings
from giliran.text.columns import TextColumn
from giliran.text.csv_reader import MAX_TABLE_BYTES
from giliran.text.day_headings import DayHeadings
from giliran.text.files import read_text
from giliran.text.tables import Sheet, column_name, letters

_TABLE = ".csv"
_NOTHING = Sentence(
    en="no sheet holds an attendance list: a row with Name or NIP above the people, and a column for each day, or date and presence",
    id="tidak ada lembar yang memuat daftar hadir: perlu baris judul berisi Nama atau NIP, dan kolom untuk setiap hari, atau tanggal dan "
    "kehadiran",
)
_OTHER_SHEETS = Sentence(en="sheets beside {sheet}, not read: {others}", id="lembar yang tidak dibaca selain {sheet}: {others}")
_NOBODY = Sentence(
    en="rows without a name or an NIP, not read: {count} (line {first})",
    id="baris tanpa nama dan NIP, tidak dibaca: {count} (baris {first})",
)
_NAMELESS = Sentence(
    en="columns that are filled and have no heading, not read: {columns}",
    id="kolom yang terisi tetapi tidak berjudul, tidak dibaca: {columns}",
)
_TWICE = Sentence(en="the column '{name}' stands twice", id="kolom '{name}' muncul dua kali")
_STATUS = ("status", "status_kehadiran", "absensi", "status_absensi")
"""Headings that say in attendance lists alone where somebody was."""
_ANY = dt.date(2024, 1, 1)
"""A day near which headings are looked at, where it matters only whether they are days."""


def open_attendance(path: str | os.PathLike[str], shape: Shape) -> Rows:
    """The rows of an attendance list.

    Raises
    ------
    InputError
        If the file cannot be read, or no sheet of a workbook holds such a list.
    """

    def named(table: Table, where: Placing, needed: Sequence[str]) -> Columns:
        return shape(_named(table), where, needed)

    file = str(path)
    if is_workbook(file):
        return _of_grids(file, grids_in(Path(path), file), named, unused_in(Path(path), file))
    if Path(path).suffix.lower() == _TABLE:
        text = read_text(Path(path), MAX_TABLE_BYTES)[0]
        begin = csv_grid(text[:LOOK]) if text.count("\n") <= MOST_ROWS else None
        at = None if begin is None else _heading(begin)
        if begin is not None and at is not None and (at > 0 or _has_second(begin, at)):
            return _of_grids(file, [csv_grid(text)], named, ())
    return open_rows(path, named)


def _of_grids(file: str, grids: Sequence[Grid], shape: Shape, notes: Sequence[Said]) -> Rows:
    found = [(grid, at) for grid in grids if (at := _heading(grid)) is not None]
    if not found:
        raise InputError([Problem(Where(file), _NOTHING())])
    grid, at = found[0]
    others = [plain(each.name) for each, _ in found[1:]]
    told = [*notes, *([_OTHER_SHEETS(sheet=plain(grid.name), others=others)] if others else [])]
    table, said = _table(file, grid, at)
    return Rows(shape(table, table.where, NEEDED), notes=(*told, *said))


def _heading(grid: Grid) -> int | None:
    """Number of the row that names the columns: somebody's name or NIP, and more; None for no such row."""
    for k, row in enumerate(grid.rows[:MOST_TITLES]):
        if len(row.filled()) > 1 and any(_says_who(text) for text in row.cells) and not any(map(is_nip, row.cells)):
            return k
    return None


def _says_who(text: str) -> bool:
    return simple(text) in {simple(word) for kind in ("staff_id", "nip", "name") for word in spellings(Kind.COLUMN, kind)}


def _table(file: str, grid: Grid, at: int) -> tuple[Table, list[Said]]:
    """The rows below a heading, which may take two rows, the days in the second."""
    head, below = grid.rows[at], grid.rows[at + 1 :]
    names = {c: head.text(c) for c in head.filled()}
    if _has_second(grid, at):
        names |= _below(names, below[0])
        below = below[1:]
    called = {c: column_name(text) for c, text in names.items()}
    if twice := [text for text, often in Counter(called.values()).items() if often > 1]:
        raise InputError([Problem(Where(file, head.line), _TWICE(name=name)) for name in twice])
    who = [c for c, name in names.items() if _says_who(name)]
    people = [row for row in below if any(row.text(c) for c in who) and not numbers_only(row)]
    lost = [row for row in below if not any(row.text(c) for c in who) and not numbers_only(row)]
    cells = {called[c]: TextColumn([row.text(c) for row in people]) for c in names}
    sheet = Sheet(grid.name, {called[c]: letters(c) for c in names}) if grid.name else None
    table = Table(file, tuple(called.values()), cells, [row.line for row in people], _sheet=sheet)
    told = [_NOBODY(count=len(lost), first=lost[0].line)] if lost else []
    nameless = [letters(c) for c in sorted({c for row in people for c in row.filled()} - names.keys())]
    return table, [*told, *([_NAMELESS(columns=nameless)] if nameless else [])]


def _has_second(grid: Grid, at: int) -> bool:
    """Whether the row below a heading names days, perhaps with their sums beside them, and nobody."""
    if at + 1 >= len(grid.rows):
        return False
    head, row = grid.rows[at : at + 2]
    texts = [row.text(c) for c in row.filled()]
    who = [c for c in head.filled() if _says_who(head.text(c))]
    days = [text for text in texts if _days([text]).any]
    return bool(days) and not any(row.text(c) for c in who) and all(text in days or adds_up(text) for text in texts)


def _below(names: Mapping[int, str], row: Row) -> dict[int, str]:
    """What a second row names, numbers of days with the month that stands above them."""
    found, above = {}, ""
    for c, text in enumerate(row.cells):
        above = names.get(c, above)
        if text:
            found[c] = f"{text} {above}" if _days([text]).numbered and _is_month(above) else text
    return found


def _is_month(text: str) -> bool:
    """Whether a text says a month: with the number of a day it is a date."""
    first = f"1 {text}"
    found = _days([first])
    return first in found.dates and not found.numbered


def _days(texts: Sequence[str]) -> DayHeadings:
    """Which texts are days, whatever the year."""
    return day_headings(texts, _ANY, _ANY)


def _named(table: Table) -> Table:
    """A list whose column of presence has a name that says so everywhere."""
    places = spellings(Kind.COLUMN, "place")
    other = next((name for name in _STATUS if name in table.columns), None)
    return table if other is None or any(word in table.columns for word in places) else table.renamed(other, "place")

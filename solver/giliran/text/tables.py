"""Tables: columns of trimmed text, alike whether they came from a CSV file or stood inside a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from giliran.errors import InputError, Problem, Problems, Where
from giliran.messages import LANGUAGES, Said, Sentence, Whole, bilingual, cut, did_you_mean, few, found_text, nearest, plain, written
from giliran.text.columns import Column, Numbered, TextColumn
from giliran.text.frames import columns_of, is_frame
from giliran.text.values import cell, given_cell, texts_of, values_of

MOST_COLUMNS = 2_000
"""Most columns of a table; lists of staff have some dozens."""

TOO_WIDE = Sentence(
    en="columns in this table: {count}; a table has at most {limit}",
    id="jumlah kolom: {count}; sebuah tabel memuat paling banyak {limit}",
)
FEWER = Sentence(
    en="Delete the columns that are not to be read; if there are none, the separator or a line end may be wrong.",
    id="Hapus kolom yang tidak perlu dibaca; bila tidak ada, mungkin pemisah atau ganti barisnya keliru.",
)
_NO_COLUMN = Sentence(en="the column '{name}' is missing; the table has: {columns}", id="kolom '{name}' tidak ada; tabel memuat: {columns}")
_NO_COLUMNS = Sentence(en="the column '{name}' is missing; the table has none", id="kolom '{name}' tidak ada; tabel tidak memuat kolom")
_OTHER_TABLE = Sentence(
    en="this table has none of the columns {names}; it has: {columns}", id="tabel ini tidak memuat kolom {names}; yang ada: {columns}"
)
_RIGHT_FILE = Sentence(
    en="Is this the file that you mean? If so, its first row must hold the names of the columns.",
    id="Apakah berkas ini yang dimaksud? Bila ya, baris pertamanya harus memuat nama kolom.",
)
_RENAME = Sentence(en="Maybe rename '{near}'?", id="Mungkin '{near}' perlu diganti namanya?")
_UNKNOWN = Sentence(en="unknown column '{name}'", id="kolom '{name}' tidak dikenal")
_UNKNOWN_COLUMNS = Sentence(
    en="columns that nobody knows: {names}; known are: {columns}", id="kolom yang tidak dikenal: {names}; yang dikenal: {columns}"
)
_MOST_NAMED, _MOST_OF_A_NAME = 12, 40
"""Columns of a table that a sentence names, and characters of each; what nobody sees takes six times as many."""
_DROP = Sentence(
    en="Rename what giliran should read, and delete the others from this file.",
    id="Ganti nama kolom yang perlu dibaca, dan hapus yang lain dari berkas ini.",
)
_TWICE = Sentence(en="the column '{name}' stands twice", id="kolom '{name}' muncul dua kali")
_NOT_RECORD = Sentence(
    en="'{text}' is not a row: 'column: value' pairs were expected", id="'{text}' bukan baris: diperlukan pasangan 'kolom: nilai'"
)
_NO_CELLS = Sentence(
    en="found {found}; expected a column, a list or array with one cell per row",
    id="ditemukan {found}; yang diharapkan kolom, yaitu daftar atau larik dengan satu sel per baris",
)
_LENGTHS = Sentence(en="columns differ in how many rows they have: {lengths}", id="jumlah baris kolom-kolomnya tidak sama: {lengths}")


class Sheet(NamedTuple):
    """Where the columns of a table stand in a workbook: the name of the sheet, and the letters of each column."""

    name: str
    letters: Mapping[str, str]

    def cell(self, line: int = 0, column: str = "") -> str:
        """A cell as people name it: `Pegawai!F14`; without its column where nobody knows it, the sheet alone without a line."""
        at = f"{self.letters.get(column, '')}{line or ''}"
        return f"{self.name}!{at}" if at else self.name


def letters(column: int) -> str:
    """The letters of a column of a sheet, which counts from 0: `AB`."""
    text = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        text, column = chr(ord("A") + rest) + text, column - 1
    return text


@dataclass(frozen=True, eq=False)
class Table:
    """Rows and named columns of text.

    Parameters
    ----------
    file
        Name of the file, as in messages.
    columns
        Names of the columns as `column_name` makes them, in their order.
    encoding
        How the file was written; empty for a table inside a document.
    notes
        What must be told about how it was read.
    """

    file: str
    columns: tuple[str, ...]
    _cells: Mapping[str, Column] = field(repr=False)
    _lines: Sequence[int] = field(repr=False)
    encoding: str = ""
    _field: str | None = None
    notes: tuple[Said, ...] = ()
    _sheet: Sheet | None = None

    def __len__(self) -> int:
        return len(self._lines)

    def column(self, name: str) -> list[str]:
        """The cells of a column, one per row, trimmed; not to be changed. `KeyError` if there is no such column: see `missing`."""
        return self._cells[name].texts()

    def numbered(self, name: str) -> Numbered:
        """A column as its different texts, and the number of the text of each row; `KeyError` as for `column`."""
        return self._cells[name].numbered()

    def runs(self, name: str) -> Numbered:
        """A column as runs of equal cells, and the number of the run of each row; `KeyError` as for `column`."""
        return self._cells[name].runs()

    def rows(self) -> Iterator[dict[str, str]]:
        """Every row as a mapping from column to cell."""
        columns = [self.column(name) for name in self.columns]
        return (dict(zip(self.columns, (column[row] for column in columns), strict=True)) for row in range(len(self)))

    def picked(self, rows: Sequence[int]) -> Table:
        """The same table with some of its rows."""
        texts = {name: self.column(name) for name in self.columns}
        cells = {name: TextColumn([column[row] for row in rows]) for name, column in texts.items()}
        return Table(self.file, self.columns, cells, [self._lines[row] for row in rows], self.encoding, self._field, (), self._sheet)

    def with_column(self, name: str, cells: Column) -> Table:
        """The same table with a column in place of the one of that name, or behind all others."""
        columns = self.columns if name in self.columns else (*self.columns, name)
        return replace(self, columns=columns, _cells={**self._cells, name: cells})

    def renamed(self, old: str, new: str) -> Table:
        """The same table with another name for a column."""
        cells = {new if name == old else name: column for name, column in self._cells.items()}
        sheet = self._sheet and Sheet(self._sheet.name, {new if n == old else n: at for n, at in self._sheet.letters.items()})
        return replace(self, columns=tuple(new if name == old else name for name in self.columns), _cells=cells, _sheet=sheet)

    def unfolded(self, beside: str, spread: Mapping[str, str], names: tuple[str, str, str]) -> Table:
        """One row for each row and each of some columns: the cell of a column that stands beside them, what the column means, the cell.

        Parameters
        ----------
        beside
            The column whose cells are repeated.
        spread
            The columns that are put below each other, by row, and what each means.
        names
            Names of the three columns of the new table.
        """
        times = range(len(spread))
        parts = zip(*(self.column(name) for name in spread), strict=True) if spread else ()
        repeated = [text for text in self.column(beside) for _ in times]
        cells = [repeated, [*spread.values()] * len(self), [cell for row in parts for cell in row]]
        lines = [line for line in self._lines for _ in times]
        texts = dict(zip(names, map(TextColumn, cells), strict=True))
        return Table(self.file, names, texts, lines, self.encoding, self._field, (), self._sheet)

    def line(self, row: int) -> int:
        """The line (1-based) on which a row begins; 0 if nobody knows."""
        return self._lines[row]

    def where(self, row: int | None = None, column: str = "") -> Where:
        """The place of a cell, of a row, or of the table itself."""
        if self._sheet is not None:
            line = 0 if row is None else self._lines[row]
            return Where(self.file, line, self._sheet.cell(line, column))
        if row is None:
            return Where(self.file, 0, self._field or "")
        if self._field is None:
            return Where(self.file, self._lines[row], column)
        return Where(self.file, self._lines[row], f"{self._field}[{row}]" + (f".{column}" if column else ""))

    def missing(self, names: Iterable[str], called: Callable[[str], Said] = plain) -> list[Problem]:
        """A problem for each of these columns that the table does not have; a single one where it is another table, see `is_other`.

        Columns are named as they are `called`.
        """
        absent = [name for name in names if name not in self._cells]
        if self.is_other(absent):
            said = _OTHER_TABLE(names=[called(name) for name in absent], columns=self._shown(called))
            return [Problem(self.where(), said, _RIGHT_FILE())]
        return [self._missing(name, called) for name in absent]

    def is_other(self, missing: Sequence[str]) -> bool:
        """Whether a file holds another table than was expected: several columns are missing, and no column is called nearly so.

        What it has is then no list of columns to be renamed or deleted: whoever did that would spoil another file.
        """
        return self._field is None and len(missing) > 1 and bool(self.columns) and not any(nearest(name, self.columns) for name in missing)

    def unknown(self, known: Iterable[str], *, also: Iterable[str] = (), called: Callable[[str], Said] | None = None) -> list[Problem]:
        """What to do about columns that are not among the known ones; those in `also` are read too, but not offered.

        A column whose name is nearly a known one gets a problem of its own, all others share one, which names the known ones as they are
        `called`.
        """
        names = sorted(known)
        read = {*names, *also}
        strange = {name: nearest(name, names) for name in self.columns if name not in read}
        found = [Problem(self.where(), _UNKNOWN(name=name), did_you_mean(near)) for name, near in strange.items() if near]
        if rest := [plain(name) for name, near in strange.items() if not near]:
            found.append(Problem(self.where(), _UNKNOWN_COLUMNS(names=rest, columns=_known(names, called)), _DROP()))
        return found

    def _missing(self, name: str, called: Callable[[str], Said]) -> Problem:
        if not self.columns:
            return Problem(self.where(), _NO_COLUMNS(name=called(name)))
        near = nearest(name, self.columns)
        return Problem(self.where(), _NO_COLUMN(name=called(name), columns=self._shown(called)), _RENAME(near=near) if near else None)

    def _shown(self, called: Callable[[str], Said]) -> list[object]:
        """Its columns, as far as a sentence can carry them."""
        return few([called(cut(name, _MOST_OF_A_NAME)) for name in self.columns], _MOST_NAMED)

    @classmethod
    def from_records(
        cls, records: Sequence[Mapping[str, object]], *, file: str = "", lines: Sequence[int] = (), field: str = "rows"
    ) -> Table:
        """A table from rows that stood inside a document, or were made by a program.

        Parameters
        ----------
        records
            One mapping per row. Cells may be text, finite numbers, `True` (text "true"), `None` (empty), objects whose `str` is wanted
            such as dates, or lists of these, which are joined by ";". Where no file is named, what stands for nothing in frames is empty.
        file
            The document, if they stood in one.
        lines
            The line of each record, if known.
        field
            Where the rows stand in the document, such as "staff".

        Raises
        ------
        InputError
            If a record is no mapping or names a column twice, if there are more than `MOST_COLUMNS` columns, or if a cell is a mapping, no
            finite number or a list of lists.
        """
        reader = _Records(file, field)
        texts = reader.columns(records, tuple(lines) or (0,) * len(records))
        return cls._of_texts(texts, len(records), file, tuple(lines), field)

    @classmethod
    def from_columns(cls, columns: Mapping[str, Sequence[Any] | NDArray[Any]], *, field: str = "rows") -> Table:
        """A table from the columns of a program: lists or arrays of one length, with cells as in `from_records`.

        Raises
        ------
        InputError
            If a column is no list of cells, names stand twice, lengths differ, or there are more than `MOST_COLUMNS`.
        """
        reader = _Records("", field)
        texts = reader.texts(columns)
        return cls._of_texts(texts, len(next(iter(texts.values()), ())), "", (), field)

    @classmethod
    def given(cls, value: object, field: str) -> Table | None:
        """The table of what a program has: rows, a mapping of columns, or a frame of any library; None where it is nothing of these.

        Raises
        ------
        InputError
            As `from_records`, `from_columns` and `frames.columns_of`.
        """
        if isinstance(value, Mapping):
            return cls.from_columns(value, field=field)
        if isinstance(value, list | tuple):
            return cls.from_records(value, field=field)
        return cls.from_columns(columns_of(value, field), field=field) if is_frame(value) else None

    @classmethod
    def _of_texts(cls, texts: Mapping[str, list[str]], size: int, file: str, lines: Sequence[int], field: str) -> Table:
        if len(texts) > MOST_COLUMNS:
            raise InputError([Problem(Where(file, field=field), TOO_WIDE(count=len(texts), limit=MOST_COLUMNS), FEWER())])
        return cls(file, (*texts,), {name: TextColumn(column) for name, column in texts.items()}, lines or (0,) * size, "", field)


class _Records:
    """Makes columns of text of what a document or a program has: quickly, and again cell by cell where something is wrong."""

    def __init__(self, file: str, field: str) -> None:
        self._problems = Problems()
        self._file = file
        self._field = field
        self._read = cell if file else given_cell

    def columns(self, records: Sequence[Mapping[str, object]], lines: Sequence[int]) -> dict[str, list[str]]:
        """Columns of rows; raises `InputError`."""
        found = self._quickly(records)
        if found is not None:
            return found
        cells = [self._cells(row, record, line) for (row, record), line in zip(enumerate(records), lines, strict=True)]
        if self._problems.all:
            raise InputError(self._problems.all)
        return {name: [row.get(name, "") for row in cells] for name in dict.fromkeys(name for row in cells for name in row)}

    def _quickly(self, records: Sequence[Mapping[str, object]]) -> dict[str, list[str]] | None:
        """The same column by column; None where something is wrong, or one column is called in several ways."""
        if not all(isinstance(record, Mapping) for record in records):
            return None
        keys = dict.fromkeys(key for record in records for key in record)
        names = {column_name(str(key)): key for key in keys}
        if len(names) < len(keys):
            return None
        columns = {name: texts_of([record.get(key) for record in records], self._read) for name, key in names.items()}
        whole = {name: column for name, column in columns.items() if column is not None}
        return whole if len(whole) == len(columns) else None

    def texts(self, columns: Mapping[str, Sequence[Any] | NDArray[Any]]) -> dict[str, list[str]]:
        """Columns of columns; raises `InputError`."""
        found: dict[str, list[str]] = {}
        for key, column in columns.items():
            name = column_name(str(key))
            place = Where(field=f"{self._field}.{name}")
            if name in found:
                self._problems.add(place, _TWICE(name=name))
            if isinstance(column, str | bytes | Mapping | Set) or not hasattr(column, "__len__") or getattr(column, "ndim", 1) != 1:
                self._problems.add(place, _NO_CELLS(found=found_text(column)))
                continue
            values = values_of(column if isinstance(column, np.ndarray) else [*column])
            texts = texts_of(values, self._read)
            if texts is None:
                self._tell(name, values)
                continue
            found[name] = texts
        if not self._problems.all and len({*map(len, found.values())}) > 1:
            lengths = [plain(f"{name} {len(column)}") for name, column in found.items()]
            self._problems.add(Where(field=self._field), _LENGTHS(lengths=few(lengths, _MOST_NAMED)))
        if self._problems.all:
            raise InputError(self._problems.all)
        return found

    def _tell(self, name: str, values: Sequence[Any]) -> None:
        """Every cell of a column that is none."""
        for row, value in enumerate(values):
            if isinstance(said := self._read(value), Said):
                self._problems.add(Where(field=f"{self._field}[{row}].{name}"), said)

    def _cells(self, row: int, record: object, line: int) -> dict[str, str]:
        where = Where(self._file, line, f"{self._field}[{row}]")
        if not isinstance(record, Mapping):
            self._problems.add(where, _NOT_RECORD(text=written(record)))
            return {}
        found: dict[str, str] = {}
        for key, value in record.items():
            name = column_name(str(key))
            place = Where(self._file, line, f"{where.field}.{name}")
            if name in found:
                self._problems.add(place, _TWICE(name=name))
            text = self._read(value)
            if isinstance(text, Said):
                self._problems.add(place, text)
            else:
                found[name] = text
        return found


def _known(names: Sequence[str], called: Callable[[str], Said] | None) -> Said:
    """The names of columns, in each language as they are called there."""
    said = [called(name) for name in names] if called else [plain(name) for name in names]
    return bilingual(**{lang: Whole(", ".join(each.text(lang) for each in said)) for lang in LANGUAGES})


def column_name(text: str) -> str:
    """The name of a column: trimmed, in small letters, with `_` for spaces ("Staff ID" is `staff_id`)."""
    return re.sub(r"\s+", "_", text.strip().casefold())

"""Workbooks of instances, read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from giliran.books.book import ROWS, Book
from giliran.books.book import Path as ValuePath
from giliran.books.findings import Findings
from giliran.books.letter import question_of
from giliran.books.letter_in import read_letter
from giliran.books.more_in import read_more
from giliran.books.rows_in import rows_in
from giliran.books.sheets import LETTER, MORE, TABLES, sheet_name, sheet_names, sheet_of
from giliran.errors import InputError, Problem, Where
from giliran.instance.records import SCHEMA
from giliran.instance.sections import section_words
from giliran.lists.grid import Grid
from giliran.lists.workbooks import grids_in, grids_of, is_workbook, sheets_in, unused_of, workbook_bytes
from giliran.messages import LANGUAGES, Lang, Sentence, Whole, bilingual, plain
from giliran.text import Table
from giliran.text.marks import Branch

_NO_LETTER = Sentence(
    en="there is no sheet {letter}, so this is no workbook to plan from; its sheets: {sheets}",
    id="tidak ada lembar {letter}, jadi ini bukan berkas untuk menyusun jadwal; lembarnya: {sheets}",
)
_NEW = Sentence(en="A list of staff becomes one by {command}.", id="Daftar pegawai dijadikan berkas itu dengan {command}.")
_STRANGE = Sentence(
    en="sheets that nothing reads: {names}; read are: {known}", id="lembar yang tidak dibaca: {names}; yang dibaca: {known}"
)
_TWICE = Sentence(en="the sheets {one} and {other} hold the same", id="lembar {one} dan {other} memuat hal yang sama")
_BOTH = Sentence(en="{section} stands in the sheet {sheet} too", id="{section} juga ada di lembar {sheet}")
_NOT_FILLED = Sentence(en="'{question}' is not filled in", id="'{question}' belum diisi")
_KEEP_ONE = Sentence(en="Keep one of the two.", id="Sisakan salah satunya.")


def read_book(path: str | os.PathLike[str], name: str | None = None) -> Book:
    """The sections of an instance in a workbook (.xlsx, .ods and the like); places of values are sheets and cells.

    Parameters
    ----------
    path
        The file.
    name
        What messages call it; its path when None.

    Raises
    ------
    InputError
        If the file cannot be read or is no workbook to plan from, and with everything that is wrong in its sheets by themselves.
    """
    book = open_book(Path(path), name or str(path))
    if book.problems:
        raise InputError(book.problems)
    return book


def open_book(path: Path, name: str) -> Book:
    """The same with what is wrong in its sheets kept in it, so that all else can be checked too; raises `InputError` for no workbook."""
    return book_of(workbook_bytes(path), name)


def book_of(raw: bytes, name: str) -> Book:
    """The same of the bytes of a workbook."""
    grids = grids_of(raw, name, hidden=True)
    found: dict[str, Grid] = {}
    reading = _Reading(Findings(name))
    reading.findings.notes += unused_of(raw, name)
    for grid in grids:
        sheet = sheet_of(grid.name)
        if sheet is None:
            continue
        if sheet[0] in found:
            reading.findings.problems.add(Where(name, 0, grid.name), _TWICE(one=found[sheet[0]].name, other=grid.name), _KEEP_ONE())
        found.setdefault(sheet[0], grid)
    if LETTER not in found:
        raise _no_letter(name, [grid.name for grid in grids])
    lang = _lang([grid.name for grid in grids])
    strange = [plain(grid.name) for grid in grids if sheet_of(grid.name) is None and grid.rows]
    if strange:
        known = [plain(text) for text in sheet_names(lang)]
        reading.findings.notes.append(_STRANGE(names=strange, known=known))
    reading.read(found)
    return reading.book(name, lang)


def language_of(path: str | os.PathLike[str]) -> Lang | None:
    """The language of a workbook: that of the names of its sheets; None for what is no workbook to plan from, or cannot be read."""
    if not is_workbook(str(path)):
        return None
    try:
        names = sheets_in(Path(path)) or {grid.name for grid in grids_in(Path(path), str(path), hidden=True)}
    except InputError:
        return None
    return _lang(names) if any(found is not None and found[0] == LETTER for found in map(sheet_of, names)) else None


def _lang(names: Iterable[str]) -> Lang:
    """The language in which most sheets are named."""
    found = [sheet[1] for sheet in map(sheet_of, names) if sheet is not None]
    return max(("id", "en"), key=found.count) if found else "en"


def _no_letter(name: str, sheets: Sequence[str]) -> InputError:
    letter = " / ".join(dict.fromkeys((sheet_name(LETTER, "id"), sheet_name(LETTER, "en"))))
    command = Whole(f"giliran new --staff {os.path.basename(name)} -o dinas.xlsx")  # noqa: PTH119  # as on the command line
    said = _NO_LETTER(letter=plain(letter), sheets=[plain(sheet) for sheet in sheets])
    return InputError([Problem(Where(name), said, _NEW(command=command))])


@dataclass
class _Reading:
    """What the sheets say, put together."""

    findings: Findings
    data: dict[str, Any] = field(default_factory=lambda: {"schema": SCHEMA})
    tables: dict[str, Table] = field(default_factory=dict)
    cells: dict[ValuePath, str] = field(default_factory=dict)
    undated: list[Problem] = field(default_factory=list)

    def read(self, grids: Mapping[str, Grid]) -> None:
        """Read every sheet."""
        letter = read_letter(grids[LETTER], self.findings)
        self.data |= letter.data
        self.cells |= letter.cells
        if MORE in grids:
            more = read_more(grids[MORE], self.findings)
            for section, value in more.data.items():
                self._put(section, value, more.cells)
            for path, cell in more.cells.items():
                self.cells.setdefault(path, cell)
        if letter.headed:
            self._check_days(grids[LETTER].name)
        for section in TABLES:
            if section in grids:
                table = rows_in(grids[section], section, self.findings)
                if table is not None:
                    self._table(section, table, grids[section].name)

    def _check_days(self, sheet: str) -> None:
        """See that the first and the last day are there, under a word of either language."""
        given = self.data.get("horizon")
        for key, words in section_words()["horizon"].items():
            if not isinstance(given, dict) or not given.keys() & {key, *words}:
                where = Where(self.findings.file, 0, self.cells.get(("horizon", key), sheet))
                questions = {lang: question_of(f"horizon.{key}", lang) for lang in LANGUAGES}
                self.undated.append(Problem(where, _NOT_FILLED(question=bilingual(**questions))))

    def _put(self, section: str, value: Any, cells: Mapping[ValuePath, str]) -> None:
        """Put what the sheet of all else says beside what the sheet about the letter does."""
        if section == "schema":
            self.data[section] = value
            return
        here = self.data.setdefault(section, value)
        if here is value:
            return
        if not isinstance(here, dict) or not isinstance(value, dict) or here.keys() & value.keys():
            where = Where(self.findings.file, 0, cells.get((section,), section))
            self.findings.problems.add(where, _BOTH(section=section, sheet=self.cells.get((section,), LETTER)), _KEEP_ONE())
            return
        here.update(value)

    def _table(self, section: str, table: Table, sheet: str) -> None:
        """Put the rows of a sheet into the sections."""
        self.tables[section] = table
        rows = [{column: text for column, text in row.items() if text} for row in table.rows()]
        at = ROWS.get(section, (section,))
        inside = self.data
        for step in at[:-1]:
            inside = inside.setdefault(str(step), {})
        if not isinstance(inside, dict) or at[-1] in inside:
            where = Where(self.findings.file, 0, self.cells.get((section,), section))
            self.findings.problems.add(where, _BOTH(section=section, sheet=sheet), _KEEP_ONE())
            return
        inside[str(at[-1])] = rows

    def book(self, name: str, lang: Lang) -> Book:
        """The workbook."""
        return Book(
            file=name,
            data=self.data,
            _marks=lambda: Branch(0, {}),
            lang=lang,
            tables=self.tables,
            cells=self.cells,
            beside=self.findings.beside,
            notes=tuple(self.findings.notes),
            problems=self.findings.problems.all,
            undated=tuple(self.undated),
        )

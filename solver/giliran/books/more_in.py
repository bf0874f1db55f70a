"""The sheet of what has no sheet of its own, read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from giliran.books.answers import yaml_value
from giliran.books.book import Path
from giliran.books.findings import Findings, cell_name
from giliran.books.more import COLUMNS, ID, TITLES, list_sections
from giliran.books.rows_in import failed_cells
from giliran.domain.words import simple
from giliran.errors import InputError, Problem
from giliran.instance.records import InstanceRecord
from giliran.instance.sections import section_meant
from giliran.lists.grid import Grid
from giliran.messages import LANGUAGES, Sentence
from giliran.text.model_errors import unknown

_NO_HEADINGS = Sentence(en="no row holds the headings of this sheet: {columns}", id="tidak ada baris judul kolom lembar ini: {columns}")
_STRANGE = Sentence(en="unknown section '{name}'", id="bagian '{name}' tidak dikenal")
_NO_SECTION = Sentence(en="the section is missing", id="bagiannya belum diisi")
_NO_ENTRY = Sentence(en="the entry is missing: which part of {section} is it?", id="butirnya belum diisi: bagian mana dari {section}?")
_TWICE = Sentence(en="'{entry}' of {section} stands twice", id="'{entry}' dari {section} tertulis dua kali")
_TWO_IDS = Sentence(en="the id stands in the column {column} and in the text", id="id tertulis di kolom {column} dan juga di dalam teks")
_NOT_A_MAPPING = Sentence(
    en="beside an entry, keys with values are expected here", id="di samping butir, di sini diperlukan pasangan kunci dan nilai"
)


class _Row(NamedTuple):
    """A row with what goes on in rows below, and the line on which it begins."""

    line: int
    section: str
    entry: str
    text: str


@dataclass
class More:
    """What the sheet says: sections, and the cell of each value by its path."""

    data: dict[str, Any] = field(default_factory=dict)
    cells: dict[Path, str] = field(default_factory=dict)


def read_more(grid: Grid, findings: Findings) -> More:
    """The sections of the sheet; what is wrong with it goes to the findings."""
    more = More()
    found = _heading(grid)
    if found is None:
        if grid.rows:
            titles = [TITLES[column]() for column in COLUMNS]
            findings.wrong(grid.name, grid.rows[0].line, 0, _NO_HEADINGS(columns=titles))
        return more
    first, at = found
    failed_cells(grid, findings, [*at.values()], 1)
    for row in _rows(grid, first, at):
        _read(row, grid.name, at, more, findings)
    return more


def _heading(grid: Grid) -> tuple[int, dict[str, int]] | None:
    names = {simple(TITLES[column]().text(lang)): column for column in COLUMNS for lang in LANGUAGES}
    for k, row in enumerate(grid.rows):
        at = {names[simple(text)]: column for column, text in enumerate(row.cells) if simple(text) in names}
        if at.keys() == {*COLUMNS}:
            return k, at
    return None


def _rows(grid: Grid, first: int, at: Mapping[str, int]) -> Iterator[_Row]:
    """Rows with their whole texts: one that has only a text goes on with the row above."""
    whole: list[_Row] = []
    for row in grid.rows[first + 1 :]:
        section, entry, text = (row.text(at[column]) for column in COLUMNS)
        if not section and not entry and text and whole:
            whole[-1] = whole[-1]._replace(text=f"{whole[-1].text}\n{text}")
        elif section or entry or text:
            whole.append(_Row(row.line, section, entry, text))
    yield from whole


def _read(row: _Row, sheet: str, at: Mapping[str, int], more: More, findings: Findings) -> None:
    if not row.section:
        findings.wrong(sheet, row.line, at["section"], _NO_SECTION())
        return
    section = section_meant(row.section)
    if section is None:
        known: Sequence[str] = [field.alias or name for name, field in InstanceRecord.model_fields.items()]
        where = findings.where(sheet, row.line, at["section"])
        findings.extend([unknown(where, _STRANGE(name=row.section), row.section, known)])
        return
    try:
        value = yaml_value(row.text) if row.text else None
    except InputError as error:
        findings.extend([_placed(problem, row, sheet, at, findings) for problem in error.problems])
        return
    cell = cell_name(sheet, row.line, at["yaml"])
    more.cells.setdefault((section,), cell)
    if section in list_sections():
        _item(row._replace(section=section), value, sheet, at, more, findings)
    elif row.entry:
        _keyed(row._replace(section=section), value, sheet, at, more, findings)
    elif section in more.data:
        findings.wrong(sheet, row.line, at["entry"], _NO_ENTRY(section=section))
    else:
        more.data[section] = value


def _item(row: _Row, value: Any, sheet: str, at: Mapping[str, int], more: More, findings: Findings) -> None:
    """An entry of a list."""
    items = more.data.setdefault(row.section, [])
    if row.entry:
        value = {} if value is None else value
        if not isinstance(value, dict):
            findings.wrong(sheet, row.line, at["yaml"], _NOT_A_MAPPING())
            return
        if ID in value:
            findings.wrong(sheet, row.line, at["entry"], _TWO_IDS(column=TITLES["entry"]()))
            return
        value = {ID: row.entry, **value}
        more.cells[row.section, len(items), ID] = cell_name(sheet, row.line, at["entry"])
    more.cells[row.section, len(items)] = cell_name(sheet, row.line, at["yaml"])
    items.append(value)


def _keyed(row: _Row, value: Any, sheet: str, at: Mapping[str, int], more: More, findings: Findings) -> None:
    """A key of a section."""
    keys = more.data.setdefault(row.section, {})
    if not isinstance(keys, dict):
        findings.wrong(sheet, row.line, at["entry"], _NO_ENTRY(section=row.section))
    elif row.entry in keys:
        findings.wrong(sheet, row.line, at["entry"], _TWICE(entry=row.entry, section=row.section))
    else:
        keys[row.entry] = value
        more.cells[row.section, row.entry] = cell_name(sheet, row.line, at["yaml"])


def _placed(problem: Problem, row: _Row, sheet: str, at: Mapping[str, int], findings: Findings) -> Problem:
    """A problem of a YAML text in the cell that holds it, with the line inside it."""
    where = findings.where(sheet, row.line, at["yaml"], f"YAML {problem.where.line}" if problem.where.line else "YAML")
    return Problem(where, problem.said, problem.advice)

"""Rows of the sheets of a workbook as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from giliran.books.columns import example, heading, is_example, known_columns, meant_word, needed_columns
from giliran.books.findings import Findings, cell_name
from giliran.books.headings_in import Headings, headings_in
from giliran.lists.failed import failed
from giliran.lists.grid import Grid, Row
from giliran.messages import LANGUAGES, Said, Sentence, bilingual, did_you_mean, few, nearest, plain
from giliran.text import Table
from giliran.text.columns import TextColumn
from giliran.text.tables import Sheet, letters

_NO_HEADINGS = Sentence(
    en="no row names the columns of this sheet; known are: {columns}", id="tidak ada baris judul kolom; kolom yang dikenal: {columns}"
)
_UNKNOWN = Sentence(en="unknown column '{name}'", id="kolom '{name}' tidak dikenal")
_UNKNOWN_ALL = Sentence(en="unknown columns: {names}", id="kolom tidak dikenal: {names}")
_KNOWN_ARE = Sentence(
    en='Known: {columns}. A heading that begins with "Note:" is not read.',
    id='Yang dikenal: {columns}. Kolom yang judulnya diawali "Catatan:" tidak dibaca.',
)
_AGAIN = Sentence(en="the column '{name}' means the same as another one", id="kolom '{name}' sama artinya dengan kolom lain")
_NO_HEADING = Sentence(en="'{text}' stands below no heading", id="'{text}' berada di kolom tanpa judul")
_NO_HEADING_ABOVE = Sentence(
    en="'{text}' and what is below, in {count} {count:row|rows}, stand below no heading",
    id="'{text}' dan isi di bawahnya, {count} baris, berada di kolom tanpa judul",
)
_HEAD_IT = Sentence(
    en='Write the heading of the column, such as "Note: …", which is not read, or empty the cells.',
    id='Tulis judul kolomnya, misalnya "Catatan: …" bila tidak perlu dibaca, atau kosongkan selnya.',
)
_NOTES = Sentence(en="{sheet}: columns for people alone, not read: {names}", id="{sheet}: kolom catatan, tidak dibaca: {names}")
_EXAMPLE = Sentence(
    en="{cell}: the row is marked as an example and not read, though it was changed",
    id="{cell}: baris bertanda contoh tidak dibaca, padahal isinya sudah diubah",
)
_UNSEEN = Sentence(
    en="{sheet}: rows that are hidden or struck through count as well: {lines}; delete those that should not",
    id="{sheet}: baris yang tersembunyi atau dicoret tetap dibaca: {lines}; hapus bila tidak dimaksud",
)
_INSTEAD = "nip"
"""The column that does where a needed one is empty."""
_MOST_TOLD = 20
"""Columns of one sheet told one by one for one reason."""


def rows_in(grid: Grid, section: str, findings: Findings) -> Table | None:
    """The rows of a sheet, with the names of columns that rows have in files; None where there are none."""
    found = headings_in(grid, section)
    if found is None:
        if grid.rows:
            findings.wrong(grid.name, grid.rows[0].line, 0, _NO_HEADINGS(columns=_known(section)))
        return None
    rows = []
    for row in grid.rows[found.row + 1 :]:
        if not is_example(row.text(min(found.columns.values()))):
            rows.append(row)
        elif not _shows(row, section, found):
            findings.notes.append(_EXAMPLE(cell=cell_name(grid.name, row.line, min(found.columns.values()))))
    _check(grid, section, found, rows, findings)
    if not rows:
        return None
    texts = {name: [_text(row, column) for row in rows] for name, column in found.columns.items()}
    needed = needed_columns(section) if not any(texts.get(_INSTEAD, ())) else ()
    filled = {name: column for name, column in texts.items() if any(column) or name in needed}
    kept = {name: [meant_word(section, name, text) for text in column] for name, column in filled.items()}
    if found.notes:
        findings.beside[section] = [{title: text for column, title in found.notes.items() if (text := row.text(column))} for row in rows]
    sheet = Sheet(grid.name, {name: letters(column) for name, column in found.columns.items()})
    cells = {name: TextColumn(column) for name, column in kept.items()}
    return Table(findings.file, tuple(cells), cells, tuple(row.line for row in rows), "", section, (), sheet)


def failed_cells(grid: Grid, findings: Findings, columns: Sequence[int], first: int) -> None:
    """Tell formulas that have failed, in some columns from a line on."""
    lines = {line for line, _ in grid.errors if line >= first}
    findings.extend([*failed(grid, findings.file, columns, lines)])


def _check(grid: Grid, section: str, found: Headings, rows: Sequence[Row], findings: Findings) -> None:
    """Tell headings that nobody knows, cells below none, and formulas that have failed: nothing is passed over in silence."""
    line = grid.rows[found.row].line
    _check_unknown(grid.name, section, line, found.unknown, findings)
    for column, text in found.again.items():
        findings.wrong(grid.name, line, column, _AGAIN(name=text))
    named = {*found.columns.values(), *found.unknown, *found.again, *found.notes}
    headed = {column for column, text in enumerate(grid.rows[found.row].cells) if text}
    lost: dict[int, list[Row]] = {}
    for row in rows:
        for column in row.filled():
            if column not in headed:
                lost.setdefault(column, []).append(row)
    for column, below in [*lost.items()][:_MOST_TOLD]:
        said = (
            _NO_HEADING(text=below[0].text(column)) if len(below) == 1 else _NO_HEADING_ABOVE(text=below[0].text(column), count=len(below))
        )
        findings.wrong(grid.name, below[0].line, column, said, _HEAD_IT())
    failed_cells(grid, findings, [*named], line)
    unseen = [str(row.line) for row in rows if row.hidden or set(found.columns.values()) & set(row.struck)]
    if unseen:
        findings.notes.append(_UNSEEN(sheet=grid.name, lines=[plain(line) for line in unseen]))
    if found.notes:
        findings.notes.append(_NOTES(sheet=grid.name, names=[plain(text) for text in found.notes.values()]))


def _check_unknown(sheet: str, section: str, line: int, unknown: Mapping[int, str], findings: Findings) -> None:
    """Tell headings that nobody knows: each with what it is nearly called, all others in one sentence."""
    near = {column: nearest(text, [*known_columns(section), *_shown(section)]) for column, text in unknown.items()}
    rest = [column for column, name in near.items() if name is None]
    if rest:
        names = few([plain(unknown[column]) for column in rest], _MOST_TOLD)
        said = _UNKNOWN(name=unknown[rest[0]]) if len(rest) == 1 else _UNKNOWN_ALL(names=names)
        findings.wrong(sheet, line, rest[0], said, _KNOWN_ARE(columns=_known(section)))
    for column, name in near.items():
        if name is not None:
            findings.wrong(sheet, line, column, _UNKNOWN(name=unknown[column]), did_you_mean(name))


def _shows(row: Row, section: str, found: Headings) -> bool:
    """Whether a row is an example as it was written."""
    rest = {name: row.text(column) for name, column in found.columns.items() if column != min(found.columns.values())}
    return any(all(text == example(section, name, lang, first=False) for name, text in rest.items()) for lang in LANGUAGES)


def _text(row: Row, column: int) -> str:
    """A cell; that of a merged one is the text at its top."""
    return row.text(column) or row.merged.get(column, "")


def _shown(section: str) -> list[str]:
    return [heading(name, "id") for name in known_columns(section)]


def _known(section: str) -> list[Said]:
    """The known columns as either language calls them."""
    return [bilingual(en=heading(name, "en"), id=heading(name, "id")) for name in known_columns(section)]

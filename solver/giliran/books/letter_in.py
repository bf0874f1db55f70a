"""The sheet about the letter, read: answers by their keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from giliran.books.answers import answer_of
from giliran.books.book import Path
from giliran.books.findings import Findings, cell_name
from giliran.books.letter import CHOOSE, CIRCULAR, COLUMNS, NAME, circular_fields, column_title, form_of, general_keys, meant_choice
from giliran.books.rows_in import failed_cells
from giliran.domain.words import simple
from giliran.errors import InputError
from giliran.lists.grid import Grid, Row
from giliran.messages import LANGUAGES, Sentence
from giliran.text.model_errors import unknown

_NO_HEADINGS = Sentence(en="no row holds the headings of this sheet: {columns}", id="tidak ada baris judul kolom lembar ini: {columns}")
_NO_KEY = Sentence(
    en="nobody knows what '{text}' answers: the column {column} is empty",
    id="tidak diketahui apa yang dijawab '{text}': kolom {column} kosong",
)
_COPY_KEY = Sentence(
    en="Copy the key from a workbook that `giliran new` writes.", id="Salin kuncinya dari berkas yang dibuat `giliran new`."
)
_STRANGE_KEY = Sentence(en="unknown key '{key}'", id="kunci '{key}' tidak dikenal")
_TWICE = Sentence(en="the key '{key}' is answered twice", id="kunci '{key}' dijawab dua kali")
_BEFORE = Sentence(en="'{key}' stands above the first circular", id="'{key}' berada di atas surat edaran yang pertama")
_FIRST_DAY, _LAST_DAY = "horizon.start", "horizon.end"
_UNREADABLE = Sentence(en="nobody can read '{text}': {why}", id="'{text}' tidak dapat dibaca: {why}")


class _At(NamedTuple):
    """A row of the sheet with the columns of its cells."""

    row: Row
    question: int
    answer: int
    key: int


@dataclass
class Letter:
    """What the sheet says: sections, the cell of each answer by its path, and whether its headings were found."""

    data: dict[str, Any] = field(default_factory=dict)
    cells: dict[Path, str] = field(default_factory=dict)
    headed: bool = True


def read_letter(grid: Grid, findings: Findings) -> Letter:
    """The answers of the sheet; what is wrong with it goes to the findings."""
    letter = Letter()
    found = _heading(grid)
    if found is None:
        columns = [column_title(column, "id") for column in COLUMNS]
        findings.wrong(grid.name, grid.rows[0].line if grid.rows else 1, 0, _NO_HEADINGS(columns=columns))
        letter.headed = False
        return letter
    first, at = found
    failed_cells(grid, findings, [at["answer"]], 1)
    rows = [_At(row, at["question"], at["answer"], at["key"]) for row in grid.rows[first + 1 :]]
    blocks: list[list[_At]] = [[]]
    for each in rows:
        if each.row.text(each.key) == NAME:
            blocks.append([])
        blocks[-1].append(each)
    _read_general(blocks[0], grid.name, letter, findings)
    for block in blocks[1:]:
        _read_circular(block, grid.name, letter, findings)
    return letter


def _heading(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """The row with the headings, and the column of each."""
    names = {simple(column_title(column, lang)): column for column in COLUMNS for lang in LANGUAGES}
    for k, row in enumerate(grid.rows):
        at = {names[simple(text)]: column for column, text in enumerate(row.cells) if simple(text) in names}
        if {"question", "answer", "key"} <= at.keys():
            return k, at
    return None


def _read_general(block: Sequence[_At], sheet: str, letter: Letter, findings: Findings) -> None:
    for each in block:
        key, text = _key_and_answer(each, sheet, findings)
        where = cell_name(sheet, each.row.line, each.answer)
        if key in general_keys():
            path: Path = tuple(key.split("."))
            for length in range(1, len(path) + 1):
                letter.cells.setdefault(path[:length], where)
            if text:
                _put(letter.data, path, key, (each, text), sheet, findings)
        elif text and key.startswith(f"{CIRCULAR}."):
            findings.wrong(sheet, each.row.line, each.key, _BEFORE(key=key))
        elif text and key:
            _strange(key, each, sheet, findings)


def _read_circular(block: Sequence[_At], sheet: str, letter: Letter, findings: Findings) -> None:
    """One circular; a block without any answer is none."""
    answers = [(each, *_key_and_answer(each, sheet, findings)) for each in block]
    if not any(text for _, _, text in answers):
        return
    given = letter.data.setdefault("circulars", [])
    at: Path = ("circulars", len(given))
    circular: dict[str, Any] = {}
    given.append(circular)
    letter.cells[at] = cell_name(sheet, block[0].row.line, block[0].answer)
    letter.cells.setdefault(("circulars",), letter.cells[at])
    for each, key, text in answers:
        name = key.removeprefix(f"{CIRCULAR}.")
        chosen = name.startswith(f"{CHOOSE}.")
        path: Path = (CHOOSE, name.removeprefix(f"{CHOOSE}.")) if chosen else (name,)
        if key and text and not (key.startswith(f"{CIRCULAR}.") and (chosen or name in circular_fields())):
            _strange(key, each, sheet, findings)
        elif key and text:
            letter.cells[(*at, *path)] = cell_name(sheet, each.row.line, each.answer)
            _put(circular, path, key, (each, text), sheet, findings)
    if isinstance(circular.get(CHOOSE), dict):
        circular[CHOOSE] = {name: meant_choice(circular, name, value) for name, value in circular[CHOOSE].items()}


def _key_and_answer(each: _At, sheet: str, findings: Findings) -> tuple[str, str]:
    """The key of a row, empty if it has none, and its answer."""
    key, text = each.row.text(each.key), each.row.text(each.answer)
    if text and not key:
        lang_titles = column_title("key", "id")
        findings.wrong(sheet, each.row.line, each.answer, _NO_KEY(text=text, column=lang_titles), _COPY_KEY())
    return key, text


def _put(data: dict[str, Any], path: Path, key: str, answer: tuple[_At, str], sheet: str, findings: Findings) -> None:
    """Put an answer into sections at its path."""
    each, text = answer
    for step in path[:-1]:
        data = data.setdefault(str(step), {})
    if path[-1] in data:
        findings.wrong(sheet, each.row.line, each.key, _TWICE(key=key))
        return
    try:
        data[str(path[-1])] = answer_of(text, form_of(key))
    except InputError as error:
        findings.wrong(sheet, each.row.line, each.answer, _UNREADABLE(text=text, why=error.problems[0].said), error.problems[0].advice)


def _strange(key: str, each: _At, sheet: str, findings: Findings) -> None:
    known = [*general_keys(), *(f"{CIRCULAR}.{name}" for name in circular_fields())]
    problem = unknown(findings.where(sheet, each.row.line, each.key), _STRANGE_KEY(key=key), key, known)
    findings.extend([problem])

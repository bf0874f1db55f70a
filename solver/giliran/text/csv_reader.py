"""CSV as planners have it: any usual encoding, commas, semicolons or tabs, quoted line breaks, blank lines."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import os
import re
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from giliran.errors import InputError, Problem, Where
from giliran.messages import Sentence
from giliran.text.columns import TextColumn
from giliran.text.files import check_text, read_text, refuse
from giliran.text.plain_columns import QUOTE, plain_columns
from giliran.text.tables import FEWER, MOST_COLUMNS, TOO_WIDE, Table, column_name

MAX_TABLE_BYTES = 2_000_000_000
"""Largest CSV file."""
MAX_ROW_PROBLEMS = 20
"""Most rows of the wrong width that are told one by one."""

_SEPARATORS = (",", ";", "\t")
_HINT = re.compile(r"sep=([,;\t])\s*\r?\n?", re.IGNORECASE)
_DATA = re.compile(r"[\d\s.,/:%-]+")
_BLANK = " \t\r\n\xa0"
_CHUNK = 200
_SNIFFED = 100_000
_PIECE = 1_000_000
_MAX_SHARED = 5_000

_NO_HEADER = Sentence(
    en="the names of the columns are missing: the first row begins with '{text}'",
    id="judul kolom tidak ada: baris pertama diawali '{text}'",
)
_HEADER = Sentence(
    en="The first row must name the columns, such as id,name,unit.", id="Baris pertama harus memuat judul kolom, misalnya id,name,unit."
)
_NAMELESS = Sentence(en="column {number} has no name", id="kolom ke-{number} tidak berjudul")
_TWICE = Sentence(
    en="the column '{name}' stands twice, as columns {first} and {second}",
    id="kolom '{name}' muncul dua kali, kolom ke-{first} dan ke-{second}",
)
_WIDTH = Sentence(
    en="cells in this row: {found}; in the header: {expected}", id="jumlah sel pada baris ini: {found}; pada baris judul: {expected}"
)
_QUOTE_IT = Sentence(
    en="Put a cell that holds the separator '{separator}' in double quotes.",
    id='Apit sel yang memuat pemisah "{separator}" dengan tanda kutip ganda.',
)
_MORE = Sentence(
    en="and {count} more {count:row|rows} with the wrong number of cells", id="dan {count} baris lain dengan jumlah sel yang salah"
)
_QUOTES = Sentence(
    en="the double quotes in this row do not match, or one cell is longer than {limit} characters",
    id="tanda kutip ganda pada baris ini tidak berpasangan, atau ada sel lebih dari {limit} karakter",
)
_DOUBLE = Sentence(
    en='A quoted cell ends with a quote right before the separator; a quote inside it is written twice ("").',
    id='Sel berkutip harus ditutup tepat sebelum pemisah; tanda kutip di dalamnya ditulis dua kali ("").',
)


def read_table(path: str | os.PathLike[str]) -> Table:
    """The table of a CSV file.

    Reads UTF-8 (with or without a byte order mark), UTF-16 (with one), Windows-1252 and Latin-1; commas, semicolons or tabs, judged by
    the header. Cells are trimmed. Rows without any content are skipped, as are empty cells beyond the header.

    Raises
    ------
    InputError
        If the file cannot be read or is larger than `MAX_TABLE_BYTES`, is empty, has no header, more than `MOST_COLUMNS` columns or a
        column that is named twice or not at all, has quotes that do not match, or rows with more or fewer cells than the header (all of
        them, the first twenty one by one).
    """
    text, encoding = read_text(Path(path), MAX_TABLE_BYTES)
    return parse_table(text, str(path), encoding)


def parse_table(text: str, name: str, encoding: str = "utf-8") -> Table:
    """The table of a CSV text.

    Raises
    ------
    InputError
        As for `read_table`.
    """
    text = text.removeprefix("\ufeff")
    check_text(text, name)
    hint = _HINT.match(text)
    return _Reader(text, separator_of(text), name, 1 if hint else 0).table(encoding)


def separator_of(text: str) -> str:
    """The separator that a first line such as `sep=;` names, else the one that the header seems to have."""
    hint = _HINT.match(text)
    return hint[1] if hint else _separator(text)


def _separator(text: str) -> str:
    """The separator that parts the header into most cells; with equally many, the one for which the next row has as many."""

    def fit(separator: str) -> tuple[int, bool]:
        rows = csv.reader(io.StringIO(text[:_SNIFFED], newline=""), delimiter=separator)
        try:
            widths = [len(row) for row in itertools.islice(filter(any, rows), 2)]
        except csv.Error:
            return 0, False
        return (widths[0] if widths else 0), len(set(widths)) == 1

    return max(_SEPARATORS, key=fit)


class _Reader:
    """One walk over the rows of a CSV text, by chunks: most hold one clean row per line and are taken whole.

    A plain text is not walked over at all.
    """

    def __init__(self, text: str, separator: str, file: str, skip: int) -> None:
        self._text = text
        self._separator = separator
        self._file = file
        self._skip = skip
        self._problems: list[Problem] = []
        self._wrong = 0
        self._first = ("", 1)
        self._csv: Any = None
        self._begin = skip + 1

    def table(self, encoding: str) -> Table:
        """Everything, as columns."""
        plain = self._plain(encoding)
        return self._walk(self._header(), encoding) if plain is None else plain

    def _plain(self, encoding: str) -> Table | None:
        """The whole table at once, where its text is plain."""
        start = self._text[:_SNIFFED]
        if self._skip or QUOTE in self._text or "\n" not in start.lstrip(_BLANK + self._separator):
            return None  # the header ends with the text, or beyond what is looked at here
        head = _Reader(start, self._separator, self._file, 0)
        names = head._header()
        columns = plain_columns(self._text, self._separator, len(names), head._begin - 1)
        if columns is None:
            return None
        lines = range(head._begin, head._begin + len(columns[0]))
        return Table(self._file, names, dict(zip(names, columns, strict=True)), lines, encoding)

    def _walk(self, columns: tuple[str, ...], encoding: str) -> Table:
        """The rows after the header one by one, whatever they are like."""
        cells: list[list[str]] = [[] for _ in columns]
        shared: list[dict[str, str]] = [{} for _ in columns]
        lines = array("q")
        for begin, span, chunk in self._chunks(_CHUNK):
            kept: Iterable[int] = range(begin, begin + span)
            if span != len(chunk) or any(len(row) != len(columns) or not row[0].strip() for row in chunk):
                kept, chunk = self._clean(begin, chunk, len(columns))
            lines.extend(kept)
            for column, known, texts in zip(cells, shared, zip(*chunk, strict=True), strict=False):
                column.extend(_trimmed(texts, known))
        if self._wrong > MAX_ROW_PROBLEMS:
            more = self._wrong - MAX_ROW_PROBLEMS
            self._problems.append(Problem(Where(self._file), _MORE(count=more), count=more))
        if self._problems:
            raise InputError(self._problems)
        return Table(self._file, columns, dict(zip(columns, map(TextColumn, cells), strict=True)), lines, encoding)

    def _restart(self) -> Any:
        lines = self._lines()
        for _ in range(self._skip):
            next(lines, None)
        return csv.reader(lines, delimiter=self._separator, strict=True)

    def _lines(self) -> Iterator[str]:
        """Lines with their ends, by pieces of the text: a stream over the whole of it takes four bytes for each letter."""
        at = 0
        while at < len(self._text):
            end = self._text.find("\n", at + _PIECE) + 1 or len(self._text)
            yield from io.StringIO(self._text[at:end], newline="")
            at = end

    def _chunks(self, size: int) -> Iterator[tuple[int, int, list[list[str]]]]:
        """Rows, with the line on which they begin and the number of lines that they take."""
        self._csv = self._csv or self._restart()
        try:
            while True:
                before = self._csv.line_num
                chunk = list(itertools.islice(self._csv, size))
                if not chunk:
                    return
                span = self._csv.line_num - before
                begin, self._begin = self._begin, self._begin + span
                yield begin, span, chunk
        except csv.Error:
            said = _QUOTES(limit=csv.field_size_limit())
            raise InputError([*self._problems, Problem(Where(self._file, self._bad_line()), said, _DOUBLE())]) from None

    def _bad_line(self) -> int:
        """The line on which the row begins that cannot be read."""
        rows, begin = self._restart(), self._skip + 1
        end = begin
        with contextlib.suppress(csv.Error):
            for _ in rows:
                end = begin + rows.line_num
        return end

    def _clean(self, begin: int, chunk: list[list[str]], width: int) -> tuple[list[int], list[list[str]]]:
        """The rows of a chunk that hold anything and fit the header, and their lines."""
        lines, kept = [], []
        for row in chunk:
            if any(cell.strip() for cell in row) and (len(row) == width or self._fits(begin, row, width)):
                lines.append(begin)
                kept.append(row[:width])
            begin += 1 + sum(cell.count("\n") + cell.count("\r") - cell.count("\r\n") for cell in row)
        return lines, kept

    def _header(self) -> tuple[str, ...]:
        found = ((line, chunk[0]) for line, _, chunk in self._chunks(1))
        line, texts = next((row for row in found if any(cell.strip() for cell in row[1])), (1, [""]))
        if not any(texts) or _DATA.fullmatch(texts[0].strip()):
            raise self._no_header(texts[0].strip(), line)
        self._first = texts[0].strip(), line
        wide = len(texts) - next(k for k, text in enumerate(reversed(texts)) if text.strip())
        if wide > MOST_COLUMNS:
            raise refuse(self._file, TOO_WIDE(count=wide, limit=MOST_COLUMNS), FEWER(), line=line)
        names = [column_name(text) for text in texts[:wide]]
        while not names[-1]:
            names.pop()
        where = Where(self._file, line)
        first: dict[str, int] = {}
        for number, name in enumerate(names, start=1):
            if not name:
                self._problems.append(Problem(where, _NAMELESS(number=number), _HEADER()))
            elif name in first:
                self._problems.append(Problem(where, _TWICE(name=name, first=first[name], second=number)))
            first.setdefault(name, number)
        if self._problems:
            raise InputError(self._problems)
        return tuple(names)

    def _no_header(self, text: str, line: int) -> InputError:
        return refuse(self._file, _NO_HEADER(text=text), _HEADER(), line=line)

    def _fits(self, line: int, row: list[str], width: int) -> bool:
        if len(row) > width and not any(cell.strip() for cell in row[width:]):
            return True
        if width == 1:  # a title above the table, not its header
            raise self._no_header(*self._first)
        self._wrong += 1
        if self._wrong <= MAX_ROW_PROBLEMS:
            advice = _QUOTE_IT(separator=self._separator.replace("\t", "tab")) if len(row) > width else None
            self._problems.append(Problem(Where(self._file, line), _WIDTH(found=len(row), expected=width), advice))
        return False


def _trimmed(texts: tuple[str, ...], known: dict[str, str]) -> Iterable[str]:
    """Cells trimmed, with equal ones kept once in memory as long as the column repeats itself."""
    if len(known) > _MAX_SHARED:
        return map(str.strip, texts)
    trimmed = [*map(str.strip, texts)]
    return map(known.setdefault, trimmed, trimmed)

"""Tables of an instance, read column by column with every problem kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from giliran.domain.words import Kind, column_called, simple, spellings
from giliran.errors import InputError, Problem, Problems, Where
from giliran.messages import Said, Sentence, unguessed
from giliran.text import Numbered, Table, TextError, parse_id, parse_key
from giliran.text.model_errors import Locate, unknown

T = TypeVar("T")

Read = Callable[[str, Where], Table]
"""Reads the table in the file that an instance names at a place."""

MOST_ALIKE = 20
"""Most problems of one column that are told one by one."""
MOST_COMPARED = 50_000
"""Most known words among which the nearest one is looked for."""

_AND_MORE = Sentence(en="and {count} more {count:row|rows} like this", id="dan {count} baris lain yang serupa")
_NO_ID = Sentence(en="the id is empty", id="id kosong")
_NO_SUCH_PERSON = Sentence(en="nobody has the id '{found}'", id="tidak ada pegawai dengan id '{found}'")
_NOT_ROWS = Sentence(en="rows, or the file that holds them, were expected", id="diperlukan baris-baris, atau berkas yang memuatnya")
NUMBERS = ("no", "no.", "nomor")
"""Columns that only number the rows, which most lists on paper have."""
_PERSON = "staff_id"
"""Tables with this column are about people of the staff table; a column with their names is for readers."""
_NOBODY, _NO_MEANING = -1, -2
"""In place of a row of the staff table."""
_LIST = re.compile(r"\s*[;,|]\s*")


class Values(NamedTuple, Generic[T]):
    """A column as a few values and one number per row.

    Parameters
    ----------
    known
        Values of cells; a value may stand there more than once.
    number
        Index into `known` of each row : int32[rows].
    """

    known: list[T]
    number: NDArray[np.int32]

    def each(self) -> list[T]:
        """The values row by row."""
        return [self.known[n] for n in self.number.tolist()]


class Rows:
    """The rows of one table, whatever its columns are called and wherever it stood.

    Parameters
    ----------
    table
        The table; None for one that is not given.
    model
        Its row model, which names the columns.
    problems
        Where problems go.
    needed
        Columns that must be there.
    printed
        Columns that stand there for readers and are passed over.
    """

    def __init__(
        self, table: Table | None, model: type[BaseModel], problems: Problems, needed: Sequence[str] = (), printed: Sequence[str] = ()
    ) -> None:
        self.table = table
        self.problems = problems
        self._file = table.where().file if table is not None else ""
        self._called: dict[str, str] = {}
        if table is None:
            return
        known = [field.alias or name for name, field in model.model_fields.items()]
        actual = matched(table.columns, known)
        self._called = actual
        names = spellings(Kind.COLUMN, "name") if _PERSON in known else ()
        shown = [word for name in printed for word in spellings(Kind.COLUMN, name)]
        missing = [name for name in needed if name not in actual]
        if not table.is_other(missing):
            problems.extend(table.unknown(known, also=(*actual.values(), *NUMBERS, *names, *shown), called=column_called))
        if len(table) or table.columns:
            problems.extend(table.missing(missing, column_called))

    def __len__(self) -> int:
        return len(self.table) if self.table is not None else 0

    def has(self, name: str) -> bool:
        """Whether the column is there."""
        return name in self._called

    def called(self, name: str) -> str:
        """What the column is called in the table, empty where it is missing."""
        return self._called.get(name, "")

    def text(self, name: str) -> list[str]:
        """The cells of a column, empty where it is missing."""
        if self.table is None or not self.has(name):
            return [""] * len(self)
        return self.table.column(self._called[name])

    def numbered(self, name: str) -> Numbered:
        """The different cells of a column, and which each row has; empty where the column is missing."""
        if self.table is None or not self.has(name):
            return Numbered([""], np.zeros(len(self), dtype=np.int32))
        return self.table.numbered(self._called[name])

    def runs(self, name: str) -> Numbered:
        """Runs of equal cells of a column, and the run of each row; empty where the column is missing."""
        if self.table is None or not self.has(name):
            return self.numbered(name)
        return self.table.runs(self._called[name])

    def filled(self, name: str) -> NDArray[np.bool_]:
        """Rows in which a column says something : bool[rows]."""
        texts, number = self.numbered(name)
        return np.asarray(np.array([bool(text) for text in texts], dtype=np.bool_)[number])

    def each(self, rows: NDArray[np.int64] | Sequence[int], problem: Callable[[int], Problem]) -> None:
        """A problem of each of some rows; those for which there is no room are counted, and never made."""
        self.problems.each(self._file, rows.tolist() if isinstance(rows, np.ndarray) else rows, problem)

    def where(self, row: int | None, name: str = "") -> Where:
        """The place of a cell, under the heading that it has there, or of the table."""
        assert self.table is not None
        return self.table.where(row, self._called.get(name, name))

    def values(self, name: str, parse: Callable[[str], T], empty: T) -> Values[T]:
        """A column as its different values; equal texts are read once, and an empty or unreadable cell is `empty`."""
        return self._parsed(name, self.numbered(name), parse, empty)

    def keys(self, name: str) -> Values[str]:
        """A column of names that are looked up, in the one way of writing them, as runs of equal cells; unreadable ones are empty."""
        runs = self.runs(name)
        return Values(*runs) if _are_ascii(runs.texts) else self._parsed(name, runs, parse_key, "")

    def _parsed(self, name: str, column: Numbered, parse: Callable[[str], T], empty: T) -> Values[T]:
        texts, number = column
        known: list[T] = []
        refused = np.zeros(len(texts), dtype=np.bool_)
        with unguessed():
            for n, text in enumerate(texts):
                try:
                    known.append(parse(text) if text else empty)
                except TextError:
                    known.append(empty)
                    refused[n] = True
        if refused.any():
            self._tell(name, np.flatnonzero(refused[number]), lambda row: refusal(parse, texts[number[row]]))
        return Values(known, number)

    def read(self, name: str, parse: Callable[[str], T], empty: T) -> list[T]:
        """A column as values, row by row, as `values` gives them."""
        return self.values(name, parse, empty).each()

    def _tell(self, name: str, wrong: NDArray[np.int64], error: Callable[[int], TextError]) -> None:
        """The first few unreadable cells of a column, then how many more there are."""
        self.problems.extend(error(row).problem(self.where(row, name)) for row in wrong[:MOST_ALIKE].tolist())
        if len(wrong) > MOST_ALIKE and self.table is not None:
            self.problems.add(self.table.where(), _AND_MORE(count=len(wrong) - MOST_ALIKE), count=len(wrong) - MOST_ALIKE)

    def ids(self, name: str, *, needed: bool = True, advice: Said | None = None) -> list[str]:
        """A column of ids; a spoiled one, or one that is `needed` and empty, is told and becomes an empty text.

        `advice` is given once, after the last of the empty ones.
        """
        column = self.text(name)
        if needed and not all(column):
            empty = np.flatnonzero([not text for text in column])
            last = empty[:MOST_ALIKE][-1]
            self._tell(name, empty, lambda row: TextError(_NO_ID(), advice if row == last else None))
        return column if _are_plain(column) else self.read(name, parse_id, "")

    def people(self, name: str, index: Mapping[str, int]) -> NDArray[np.int64]:
        """A column of staff ids as rows of the staff table, -1 where nobody is meant, which is told : int64[rows]."""
        found = self._indices(name, index)
        lost = np.flatnonzero((found == _NOBODY) & self.filled(name)).tolist() if (found < 0).any() else []
        texts = self.text(name) if lost else []
        for row in lost[:MOST_ALIKE]:
            self.problems.extend([unknown_word(self.where(row, name), _NO_SUCH_PERSON(found=texts[row]), texts[row], index)])
        if len(lost) > MOST_ALIKE and self.table is not None:
            self.problems.add(self.table.where(), _AND_MORE(count=len(lost) - MOST_ALIKE), count=len(lost) - MOST_ALIKE)
        return np.maximum(found, _NOBODY)

    def _indices(self, name: str, index: Mapping[str, int]) -> NDArray[np.int64]:
        """Rows of the staff table, `_NOBODY` for ids that it does not have, `_NO_MEANING` for none, and refused ones : int64[rows]."""
        if self.table is not None and self.has(name):
            texts, number = self.runs(name)
            if all(texts) and _are_plain(texts):
                return np.fromiter((index.get(text, _NOBODY) for text in texts), dtype=np.int64, count=len(texts))[number]
        return np.array([index.get(id_, _NOBODY) if id_ else _NO_MEANING for id_ in self.ids(name)], dtype=np.int64)


def _are_plain(column: Sequence[str]) -> bool:
    """Whether ids hold only plain letters, digits, `-`, `_` and `/`: written in one way, and spoiled by no spreadsheet."""
    text = "".join(column).replace("-", "").replace("_", "").replace("/", "")
    return text.isascii() and text.isalnum()


def _are_ascii(column: Sequence[str]) -> bool:
    """Whether trimmed texts hold only signs that everybody sees, and no apostrophe that might keep one text."""
    text = "".join(column)
    return text.isascii() and text.isprintable() and "'" not in text


def matched(columns: Sequence[str], known: Sequence[str]) -> dict[str, str]:
    """The column that holds each known one: by its own name, else by a usual one, whatever signs stand in it ("Pangkat/Gol. Ruang")."""
    found: dict[str, str] = {name: name for name in known if name in columns}
    free = {simple(column): column for column in reversed(columns) if column not in found}
    for name in known:
        if name not in found:
            other = next((word for word in _spelt(name) if word in free and free[word] not in found.values()), None)
            if other is not None and (other == name or other not in known):
                found[name] = free[other]
    return found


@cache
def _spelt(name: str) -> tuple[str, ...]:
    """The simple forms of the usual names of a known column."""
    return tuple(map(simple, spellings(Kind.COLUMN, name)))


def refusal(parse: Callable[[str], object], text: str) -> TextError:
    """What a reader says of a text that it refuses."""
    try:
        parse(text)
    except TextError as error:
        return error
    raise AssertionError("the reader takes this text")


def unknown_word(where: Where, said: Said, word: str, known: Collection[str]) -> Problem:
    """A problem with a word that nobody knows; the nearest known one is told unless there are very many."""
    if len(known) > MOST_COMPARED:
        return Problem(where, said)
    problem = unknown(where, said, word, known)
    return problem if len(known) <= MOST_ALIKE or "near" in (problem.advice.values if problem.advice else {}) else Problem(where, said)


def items(text: str) -> list[str]:
    """The items of a cell that holds a list."""
    return [item for item in _LIST.split(text) if item]


def table_at(data: Any, name: str, locate: Locate, read: Read, problems: Problems) -> Table | None:
    """The table of a section: given as one, as rows or as a file, by a program as columns or a frame too; None where there is none."""
    try:
        if data is None or isinstance(data, Table):
            return data
        if isinstance(data, Mapping) and isinstance(data.get("file"), str):
            return read(str(data["file"]), locate((name, "file")))
        where = locate((name,))
        if not where.file and (given := Table.given(data, name)) is not None:
            return given
        if not isinstance(data, (list, tuple)):
            problems.add(where, _NOT_ROWS())
            return None
        lines = [locate((name, row)).line for row in range(len(data))]
        return Table.from_records(data, file=where.file, lines=lines, field=name)
    except InputError as error:
        problems.extend(error.problems)
        return None

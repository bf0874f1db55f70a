"""Documents (YAML, JSON) as plain values that remember where they stood."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from giliran.errors import Where
from giliran.messages import Sentence
from giliran.text.files import EMPTY, check_size, check_text, read_text, refuse
from giliran.text.json_reader import load, marks
from giliran.text.marks import Marks, Step, Value, line_at, render_path
from giliran.text.yaml_reader import compose

MAX_YAML_BYTES = 20_000_000
"""Largest YAML file; a staff table of 100,000 rows fits, a longer one belongs in CSV."""
MAX_JSON_BYTES = 400_000_000
"""Largest JSON file; programs write schedules of many people in it."""

_YAML = (".yaml", ".yml")
_JSON = (".json",)

_TABLES_IN_CSV = Sentence(
    en="Long tables (staff, absences, wishes) belong in CSV files beside it: staff: {{file: staff.csv}}",
    id="Tabel panjang (pegawai, ketidakhadiran, permintaan) hendaknya ditaruh dalam berkas CSV tersendiri: staff: {{file: staff.csv}}",
)
_BAD_ENDING = Sentence(en="the name must end in {endings}", id="nama berkas harus berakhiran {endings}")
_SECOND = Sentence(
    en="a second document begins on line {line}; one was expected", id="dokumen kedua dimulai pada baris {line}; seharusnya hanya satu"
)
_REMOVE_DASHES = Sentence(en="Remove the line '---' or split the file.", id="Hapus baris '---' atau pisahkan berkasnya.")


@dataclass(frozen=True)
class Document:
    """A document: its values, and where each of them stands.

    Parameters
    ----------
    file
        Name of the file, as in messages.
    data
        Plain `dict`, `list`, `str`, `int`, `bool` and `None`; keys are text. Values that came by an alias are shared: do not change them.
    """

    file: str
    data: Value
    _marks: Callable[[], Marks] = field(repr=False, compare=False)

    def where(self, path: tuple[Step, ...] = ()) -> Where:
        """The place of a value: the line of its key or item, or of the nearest ancestor that exists; the field in full."""
        return Where(self.file, line_at(self._marks(), path), render_path(path))


def read_document(path: str | os.PathLike[str], name: str | None = None) -> Document:
    """The one document of a file that ends in .yaml, .yml or .json.

    Parameters
    ----------
    path
        The file.
    name
        The name by which it was asked for, where links led on to another: its ending counts, and the document is called so.

    Raises
    ------
    InputError
        If the file cannot be read, is larger than `MAX_YAML_BYTES` or `MAX_JSON_BYTES`, empty, badly written, holds a key twice, is
        nested too deep, or holds more than one document.
    """
    called = name or str(path)
    return parse_document(_read(path, called), called)


def read_documents(path: str | os.PathLike[str]) -> tuple[Document, ...]:
    """Every document of a file; YAML may hold several, parted by `---`. Documents without content are left out.

    Raises
    ------
    InputError
        As for `read_document`.
    """
    return parse_documents(_read(path, str(path)), str(path))


def parse_document(text: str, name: str) -> Document:
    """The one document of a text, which is JSON if the name ends in .json and YAML otherwise.

    Raises
    ------
    InputError
        As for `read_document`.
    """
    first, *more = parse_documents(text, name)
    if more:
        raise refuse(name, _SECOND(line=more[0].where().line), _REMOVE_DASHES(), line=more[0].where().line)
    return first


def parse_documents(text: str, name: str) -> tuple[Document, ...]:
    """Every document of a text, at least one.

    Raises
    ------
    InputError
        As for `read_document`.
    """
    text = text.removeprefix("\ufeff")
    check_text(text, name)
    if _is(name, _JSON):
        check_size(len(text), MAX_JSON_BYTES, name, _TABLES_IN_CSV())
        return (Document(name, load(text, name), _Later(text)),)
    check_size(len(text), MAX_YAML_BYTES, name, _TABLES_IN_CSV())
    found = tuple(
        Document(name, composed.value, functools.partial(_same, composed.marks))
        for composed in compose(text, name)
        if composed.value is not None
    )
    if not found:
        raise refuse(name, EMPTY())
    return found


def _same(marks: Marks) -> Marks:
    return marks


@dataclass(frozen=True)
class _Later:
    """Where the values of a JSON text stand, found when somebody asks."""

    text: str

    def __call__(self) -> Marks:
        return self._marks

    @functools.cached_property
    def _marks(self) -> Marks:
        return marks(self.text)


def _is(name: str, endings: tuple[str, ...]) -> bool:
    return name.lower().endswith(endings)


def _read(path: str | os.PathLike[str], name: str) -> str:
    if not _is(name, (*_YAML, *_JSON)):
        raise refuse(name, _BAD_ENDING(endings=", ".join((*_YAML, *_JSON))))
    text, _ = read_text(Path(path), MAX_JSON_BYTES if _is(name, _JSON) else MAX_YAML_BYTES, _TABLES_IN_CSV())
    return text

"""Which files an instance may read, seen from its document alone, before anything is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from giliran.books import open_book
from giliran.errors import InputError
from giliran.lists.workbooks import is_workbook
from giliran.text import Value, read_document
from giliran.text.files import is_file
from giliran.text.opened import Marks, marks_of


def mentions(instance: Path, files: Iterable[Path]) -> Iterator[Path]:
    """Those of some files that are there and that an instance may read.

    Every text of its document counts as the name of a file, whatever key it stands under: a title that happens to be one does no harm,
    and a new kind of table cannot be forgotten. What is wrong with the document is told when it is loaded.
    """
    marks: dict[Path, Marks] = {path: marks_of(path) for path in files if is_file(path)}
    if not marks or not is_file(instance):
        return
    try:
        data = (open_book(instance, instance.name) if is_workbook(instance.name) else read_document(instance)).data
    except InputError:
        return
    named = {mark for text in set(_texts(data)) for mark in _marks(instance.parent, text)}
    yield from (path for path, own in marks.items() if not own.isdisjoint(named))


def _texts(data: Value) -> Iterator[str]:
    """Every text among the values of a document."""
    waiting: list[Value] = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _marks(folder: Path, text: str) -> Marks:
    """The marks of the file that a text names; none where there is no such file."""
    path = folder / text
    return marks_of(path) if is_file(path) else frozenset()

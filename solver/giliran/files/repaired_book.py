"""A repaired workbook: the sections of the one that was read, changed and written anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from giliran.books import Book, read_book, write_book
from giliran.errors import Where
from giliran.instance.named_files import read_rows
from giliran.rules.toolkit.fields import OWN
from giliran.text import Table


@dataclass
class RepairedBook:
    """The sections of a workbook on their way into a new one.

    Parameters
    ----------
    source
        The workbook.
    """

    source: Path
    _book: Book = field(init=False)
    data: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self._book = read_book(self.source)
        assert isinstance(self._book.data, dict)
        self.data = dict(self._book.data)

    def where(self, path: tuple[str | int, ...] = ()) -> Where:
        """The cell of a value."""
        return self._book.where(path)

    def set(self, path: list[str | int], value: Any) -> None:
        """A value at a path; keys on the way are made."""
        node: Any = self.data
        for step in path[:-1]:
            node = node[step] if isinstance(step, int) or step in node else node.setdefault(step, {})
        node[path[-1]] = value

    def remove(self, path: list[str | int]) -> None:
        """Take an item out of a list."""
        section, place = path
        self.data[str(section)] = [item for k, item in enumerate(self.data[str(section)]) if k != place]

    def place_of(self, id_: str) -> list[str | int] | None:
        """Where an own rule stands; None for one that stands nowhere here."""
        rules = self.data.get("rules", [])
        found = [k for k, rule in enumerate(rules) if isinstance(rule, Mapping) and OWN + str(rule.get("id", "")).removeprefix(OWN) == id_]
        return ["rules", found[0]] if found else None

    def table(self, name: str) -> Table:
        """A table as it stands now."""
        section = self.data.get(name) or []
        if isinstance(section, Mapping):
            return read_rows(self.source.parent / str(section["file"]), str(section["file"]))
        return Table.from_records(section, file=str(self.source), field=name)

    def content(self) -> bytes:
        """The new workbook, in the language of the old one, with its columns for people where rows are as they were."""
        data = dict(self.data)
        for section, notes in self._book.beside.items():
            rows = data.get(section, [])
            if len(rows) == len(notes):
                data[section] = [{**row, **note} for row, note in zip(rows, notes, strict=True)]
        return write_book(data, self._book.lang)

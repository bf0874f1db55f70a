"""Files of a case, and how each is mutated."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from benchmarks.fuzz.dice import Dice
from benchmarks.fuzz.files import of_books, of_bytes, of_tables, of_tokens, of_trees
from benchmarks.fuzz.files.of_books import Book
from benchmarks.fuzz.files.of_tables import Grid
from benchmarks.fuzz.files.of_trees import Path, Tree

_PLAIN = 0
"""Seed of the way in which a file is written that is not mutated."""

_BYTES, _TOKENS = 0.15, 0.4
"""How often bytes are mutated; bytes or tokens. Else the structure is."""


class Part(Protocol):
    """One file."""

    @property
    def name(self) -> str:
        """Its name in the folder of the case."""

    @property
    def raw(self) -> bytes:
        """What is in it."""

    def mutated(self, dice: Dice) -> bytes:
        """What else is in it."""


@dataclass(frozen=True)
class Document:
    """A file that holds a tree.

    Parameters
    ----------
    name
        Of the file.
    tree
        What it says.
    write
        Makes a text of the tree.
    under
        Key under which the tree is changed; anywhere when empty.
    """

    name: str
    tree: Tree
    write: Callable[[Tree, Dice], str]
    under: str = ""

    @cached_property
    def raw(self) -> bytes:
        """The unmutated file."""
        return self.write(self.tree, Dice(_PLAIN)).encode()

    @cached_property
    def _places(self) -> list[Path]:
        return of_trees.paths(self.tree[self.under], (self.under,)) if self.under else of_trees.paths(self.tree)

    def mutated(self, dice: Dice) -> bytes:
        """Other bytes, other words, or another tree."""
        level = dice.random()
        if level > _TOKENS:
            with contextlib.suppress(RecursionError):  # several mutations made it deeper than its writer goes: other words instead
                return _encoded(self.write(of_trees.mutate(self.tree, self._places, dice), dice))
        raw = self.write(self.tree, dice).encode()
        return of_bytes.mutate(raw, dice) if level < _BYTES else _encoded(of_tokens.mutate(raw.decode(), dice))


@dataclass(frozen=True)
class Sheet:
    """A table as CSV.

    Parameters
    ----------
    name
        Of the file.
    grid
        Its lines.
    """

    name: str
    grid: Grid

    @cached_property
    def raw(self) -> bytes:
        """The unmutated file."""
        return of_tables.as_csv(self.grid, Dice(_PLAIN))

    def mutated(self, dice: Dice) -> bytes:
        """Other bytes, other words, or another table."""
        level = dice.random()
        if level > _TOKENS:
            return of_tables.as_csv(of_tables.mutate(self.grid, dice), dice)
        raw = of_tables.as_csv(self.grid, dice)
        return of_bytes.mutate(raw, dice) if level < _BYTES else _encoded(of_tokens.mutate(raw.decode("latin-1"), dice))


@dataclass(frozen=True)
class Workbook:
    """Sheets as .xlsx.

    Parameters
    ----------
    name
        Of the file.
    book
        Its sheets.
    made
        The file as a program of ours writes it, which is mutated part by part; without it the sheets are, too.
    """

    name: str
    book: Book
    made: bytes | None = None

    @cached_property
    def raw(self) -> bytes:
        """The unmutated file."""
        return self.made or of_books.as_xlsx(self.book, Dice(_PLAIN))

    def mutated(self, dice: Dice) -> bytes:
        """Other bytes, other parts, or other sheets."""
        level = dice.random()
        if level > _TOKENS and self.book:
            return of_books.as_xlsx(of_books.mutate(self.book, dice), dice)
        return of_bytes.mutate(self.raw, dice) if level < _BYTES else of_books.repacked(self.raw, dice)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", errors="surrogatepass")

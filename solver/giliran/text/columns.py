"""Columns of a table: texts, and the same as numbers where equal cells repeat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray


class Numbered(NamedTuple):
    """A column as a few texts and one number per row.

    Parameters
    ----------
    texts
        Texts of cells.
    number
        Index into `texts` of each row : int32[rows].
    """

    texts: list[str]
    number: NDArray[np.int32]


class Column(Protocol):
    """The cells of one column, trimmed, one per row."""

    def __len__(self) -> int: ...

    def texts(self) -> list[str]:
        """Every cell; not to be changed."""
        ...

    def numbered(self) -> Numbered:
        """The different texts, and which each row has."""
        ...

    def runs(self) -> Numbered:
        """Runs of equal cells, one under the other, and the run of each row; a text may stand there more than once."""
        ...


class TextColumn:
    """A column of texts.

    Parameters
    ----------
    texts
        One per row, trimmed.
    """

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts

    def __len__(self) -> int:
        return len(self._texts)

    def texts(self) -> list[str]:
        """Every cell; not to be changed."""
        return self._texts

    def numbered(self) -> Numbered:
        """The different texts, and which each row has."""
        return numbered(self._texts)

    def runs(self) -> Numbered:
        """Every cell as a run of its own."""
        return Numbered(self._texts, np.arange(len(self._texts), dtype=np.int32))


def numbered(texts: list[str]) -> Numbered:
    """The different ones among texts, in the order in which they come first, and which each row has."""
    number = {text: n for n, text in enumerate(dict.fromkeys(texts))}
    return Numbered([*number], np.fromiter(map(number.__getitem__, texts), dtype=np.int32, count=len(texts)))


def rows_of(column: Numbered) -> Iterator[tuple[str, NDArray[np.int64]]]:
    """Each different text except the empty one with its rows : int64[·], in the order in which they come first."""
    order = np.argsort(column.number, kind="stable")
    start = np.flatnonzero(np.diff(column.number[order], prepend=-1))
    found = sorted(np.split(order, start[1:]), key=lambda rows: int(rows[0])) if len(order) else []
    for rows in found:
        if text := column.texts[column.number[rows[0]]]:
            yield text, rows

"""Columns of a plain CSV text: no quotes, every row as wide as the header. Cells stay bytes until somebody asks for their text.

A million rows are looked at as arrays of bytes. Whatever is not plain is left to the reader of rows, which also knows what is wrong.
"""

from __future__ import annotations

import csv

import numpy as np
from numpy.typing import NDArray

from giliran.text.columns import Column, Numbered, numbered

Bytes = NDArray[np.uint8]
Keys = NDArray[np.uint64]
"""Eight bytes of each cell as one number; zeros where the cell is shorter."""

QUOTE = '"'
"""What a plain text does not have."""

_NEWLINE = 10
_BLOCK = 1 << 24
_GATHERED = 1 << 16
_WORD = 8
_LONGEST = 64
"""Longest cells, in bytes, that are compared as numbers."""
_SAMPLE = 4096
_REPEATS = 4
"""A column repeats itself if at least so many cells of its beginning are alike on average."""
_MIX = 0x9E3779B97F4A7C15
_PRINTED = (0x21, 0x7E)
_MASKS = np.array([(1 << (8 * size)) - 1 for size in range(_WORD + 1)], dtype=np.uint64)


def plain_columns(text: str, separator: str, width: int, skipped: int) -> list[Column] | None:
    """The columns of a CSV text after its first `skipped` lines, which hold the header.

    Returns
    -------
    list of Column or None
        One per column of the header, with row k on line `skipped + 1 + k`; None where the text is not plain: it has quotes, old line
        ends, blank rows, a cell too long for the csv module, or a row with another number of cells.
    """
    if QUOTE in text:
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            return None
    try:
        buffer, size = _body(text, skipped)
    except UnicodeEncodeError:  # half a surrogate pair, which only a program can pass
        return None
    end = _ends(buffer[:size], ord(separator))
    if len(end) % width or not len(end):
        return None
    ends = end.reshape(-1, width)
    last = buffer[ends]
    if (last[:, :-1] == _NEWLINE).any() or (last[:, -1] != _NEWLINE).any() or _has_blank_rows(buffer, ends, separator):
        return None
    if int(np.diff(end, prepend=-1).max()) - 1 > csv.field_size_limit():
        return None
    return [_PlainColumn(buffer, ends, column) for column in range(width)]


def _body(text: str, skipped: int) -> tuple[Bytes, int]:
    """What follows the header, with one line end after its last row and zeros behind, and its size without these zeros."""
    at = 0
    for _ in range(skipped):
        at = text.find("\n", at) + 1 or len(text)
    begin, raw = len(text[:at].encode("utf-8")), np.frombuffer(text.encode("utf-8"), dtype=np.uint8)
    stop = len(raw)
    while stop > begin and raw[stop - 1] == _NEWLINE:
        stop -= 1
    size = max(stop - begin, 0) + 1
    buffer = np.zeros(size + _WORD, dtype=np.uint8)
    buffer[: size - 1] = raw[begin:stop]
    buffer[size - 1] = _NEWLINE
    return buffer, size


def _ends(buffer: Bytes, separator: int) -> NDArray[np.int32]:
    """Where cells end: at separators and line ends : int32[cells]."""
    found = []
    for at in range(0, len(buffer), _BLOCK):
        part = buffer[at : at + _BLOCK]
        found.append((np.flatnonzero((part == separator) | (part == _NEWLINE)) + at).astype(np.int32))
    return np.concatenate(found)


def _has_blank_rows(buffer: Bytes, ends: NDArray[np.int32], separator: str) -> bool:
    """Whether a row holds nothing but blanks; rows that begin with a printed ASCII character need no second look."""
    begin = np.concatenate([np.zeros(1, dtype=np.int64), ends[:-1, -1].astype(np.int64) + 1])
    first = buffer[begin]
    doubtful = np.flatnonzero((first < _PRINTED[0]) | (first > _PRINTED[1]) | (first == ord(separator)))
    rows = (bytes(buffer[begin[row] : ends[row, -1]]).decode("utf-8") for row in doubtful.tolist())
    return any(not row.replace(separator, " ").strip() for row in rows)


class _PlainColumn:
    """One column, as places in the bytes of the text."""

    def __init__(self, buffer: Bytes, ends: NDArray[np.int32], column: int) -> None:
        self._buffer = buffer
        self._ends = ends
        self._column = column
        self._texts: list[str] | None = None

    def __len__(self) -> int:
        return len(self._ends)

    def texts(self) -> list[str]:
        """Every cell; not to be changed."""
        if self._texts is None:
            self._texts = self._shared() if self._repeats() else self._decoded(np.arange(len(self._ends)))
        return self._texts

    def numbered(self) -> Numbered:
        """The different texts, and which each row has."""
        keys = self._keys()
        found = None if keys is None else _numbered(keys)
        if found is None:
            return numbered(self._decoded(np.arange(len(self._ends))))
        first, number = found
        texts = self._decoded(first)
        if len(set(texts)) < len(texts):  # trimming made some equal
            once = numbered(texts)
            return Numbered(once.texts, once.number[number])
        return Numbered(texts, number)

    def runs(self) -> Numbered:
        """Runs of equal cells, one under the other, and the run of each row; a text may stand there more than once."""
        keys = self._keys()
        if keys is None:
            return Numbered(self.texts(), np.arange(len(self._ends), dtype=np.int32))
        new = np.zeros(len(self._ends), dtype=np.bool_)
        new[0] = True
        for key in keys:
            new[1:] |= key[1:] != key[:-1]
        return Numbered(self._decoded(np.flatnonzero(new)), np.cumsum(new, dtype=np.int32) - np.int32(1))

    def _shared(self) -> list[str]:
        """Every cell, equal ones kept once in memory."""
        texts, number = self.numbered()
        return [texts[n] for n in number.tolist()]

    def _repeats(self) -> bool:
        """Whether the beginning of the column has few different cells."""
        keys = self._keys(_SAMPLE)
        if keys is None:
            return False
        return len(np.unique(np.stack(keys, axis=1), axis=0)) * _REPEATS <= len(keys[0])

    def _starts(self) -> NDArray[np.int32]:
        if self._column:
            return self._ends[:, self._column - 1] + np.int32(1)
        return np.concatenate([np.zeros(1, dtype=np.int32), self._ends[:-1, -1] + np.int32(1)])

    def _keys(self, rows: int | None = None) -> list[Keys] | None:
        """The bytes of each cell of the first rows, eight by eight : uint64[rows] each; None where a cell is long."""
        start = self._starts()[:rows]
        size = self._ends[:rows, self._column] - start
        longest = int(size.max())
        if longest > _LONGEST:
            return None
        eight = np.ndarray((len(self._buffer) - _WORD + 1,), dtype="<u8", buffer=self._buffer.data, strides=(1,))
        keys = []
        for at in range(0, max(longest, 1), _WORD):
            inside = np.minimum(start + np.int32(at), np.int32(len(eight) - 1))
            keys.append(eight[inside].astype(np.uint64) & _MASKS[np.clip(size - at, 0, _WORD)])
        return keys

    def _decoded(self, rows: NDArray[np.int64]) -> list[str]:
        """The texts of some rows."""
        start, end = self._starts()[rows].astype(np.int64), self._ends[rows, self._column].astype(np.int64)
        texts: list[str] = []
        for at in range(0, len(rows), _GATHERED):
            begin, size = start[at : at + _GATHERED], (end - start)[at : at + _GATHERED] + 1
            behind = np.cumsum(size)
            taken = self._buffer[np.repeat(begin - behind + size, size) + np.arange(behind[-1])]
            taken[behind - 1] = _NEWLINE
            texts += map(str.strip, taken[:-1].tobytes().decode("utf-8").split("\n"))
        return texts


def _numbered(keys: list[Keys]) -> tuple[NDArray[np.int64], NDArray[np.int32]] | None:
    """A row of each different key, and the number of the key of each row; None where two keys happened to be mixed into one."""
    mixed = keys[0]
    for key in keys[1:]:
        mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(_MIX) + key
    known = np.unique(mixed[:_SAMPLE])
    number = _places(known, mixed)
    strange = np.flatnonzero(known[number] != mixed)
    if len(strange):
        known = np.union1d(known, mixed[strange])
        number = _places(known, mixed)
    first = np.empty(len(known), dtype=np.int64)
    first[number[::-1]] = np.arange(len(mixed) - 1, -1, -1)
    if any((key[first][number] != key).any() for key in keys if len(keys) > 1):
        return None
    return first, number


def _places(known: Keys, keys: Keys) -> NDArray[np.int32]:
    """Where each key stands, or would, among the known ones, which are sorted : int32[rows]."""
    return np.minimum(np.searchsorted(known, keys), len(known) - 1).astype(np.int32)

"""Segments: runs of entries beside each other in one array, known by where each starts and the last ends."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def repeated(value: int | np.int64, many: int) -> Ints:
    """One number so many times, which takes the memory of one : int64[many], read-only."""
    return np.broadcast_to(np.int64(value), (many,))


def compact(values: Ints) -> Ints:
    """The same values; where all are equal, in the memory of one and read-only."""
    return repeated(values[0], len(values)) if len(values) and (values == values[0]).all() else values


def taken(values: Ints, entries: NDArray[Any]) -> Ints:
    """`values[entries]`; of values that take the memory of one, in the memory of one.

    Parameters
    ----------
    entries
        Numbers : int64[n].
    """
    return repeated(values[0], len(entries)) if len(values) and values.strides == (0,) else values[entries]


def segment_sums(values: Ints | NDArray[np.bool_], start: Ints) -> Ints:
    """Sum of every segment `values[start[k]:start[k + 1]]`, empty ones included : int64[len(start) - 1]."""
    total = np.zeros(len(start) - 1, dtype=np.int64)
    filled = np.flatnonzero(start[1:] > start[:-1])
    if len(filled):
        total[filled] = np.add.reduceat(values[: start[-1]], start[filled], dtype=np.int64)
    return total


def starts_of(sizes: Ints) -> Ints:
    """Segment starts from segment sizes : int64[len(sizes) + 1]."""
    start = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=start[1:])
    return start


def owners_of(start: Ints) -> Ints:
    """The segment of every entry : int64[start[-1]]."""
    return np.repeat(np.arange(len(start) - 1, dtype=np.int64), np.diff(start))

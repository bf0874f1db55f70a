"""Segments: runs of entries beside each other in one array, known by where each starts and the last ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def segment_sums(values: Ints | NDArray[np.bool_], start: Ints) -> Ints:
    """Sum of every segment `values[start[k]:start[k + 1]]`, empty ones included : int64[len(start) - 1]."""
    total = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(values, out=total[1:])
    return np.asarray(total[start[1:]] - total[start[:-1]])


def starts_of(sizes: Ints) -> Ints:
    """Segment starts from segment sizes : int64[len(sizes) + 1]."""
    start = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=start[1:])
    return start


def owners_of(start: Ints) -> Ints:
    """The segment of every entry : int64[start[-1]]."""
    return np.repeat(np.arange(len(start) - 1, dtype=np.int64), np.diff(start))

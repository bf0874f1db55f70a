"""Which sequences of numbers are equal: exact, over whole arrays; hashes only propose."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from giliran.engine.base.arrays import ranges
from giliran.program import Ints
from giliran.program.segments import segment_sums

ROOM = 1 << 62
"""Packed keys stay below this."""


def packed(*columns: Ints) -> Ints:
    """One number per item, equal exactly where all columns are equal : int64[n]."""
    key = np.zeros(len(columns[0]), dtype=np.int64)
    size = 1
    for column in columns:
        low, high = int(column.min(initial=0)), int(column.max(initial=0))
        values, many = column - low, high - low + 1
        if many >= 1 << 31:
            _, values = np.unique(column, return_inverse=True)
            many = int(values.max(initial=0)) + 1
        if size * many >= ROOM:
            _, key = np.unique(key, return_inverse=True)
            size = int(key.max(initial=0)) + 1
        key = key * many + values
        size *= many
    return np.asarray(key)


def mixed(*columns: Ints) -> NDArray[np.uint64]:
    """A scrambled number per item, the same for equal items and nearly always different for others : uint64[n].

    The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) after every column.
    """
    key = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        key = (key ^ column.astype(np.uint64)) + np.uint64(0x9E3779B97F4A7C15)
        key = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        key = (key ^ (key >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        key ^= key >> np.uint64(31)
    return key


def alike(start: Ints, item: Ints) -> Ints:
    """A class for every segment `item[start[k]:start[k + 1]]`: the same number exactly for equal segments : int64[len(start) - 1].

    Sums of scrambled items propose classes; comparing everybody with the first of its class shows whether they are right.
    """
    size = np.diff(start)
    scrambled = mixed(item, ranges(np.zeros(len(size), dtype=np.int64), size)).view(np.int64)
    _, first, class_of = np.unique(segment_sums(scrambled, start), return_index=True, return_inverse=True)
    likeness = first[class_of]
    if np.array_equal(size, size[likeness]) and np.array_equal(item, item[ranges(start[likeness], size)]):
        return np.asarray(class_of)
    return _alike_in_step(start, item)


def _alike_in_step(start: Ints, item: Ints) -> Ints:
    """Reads all segments in step, one item each, and numbers the prefixes seen so far."""
    size = np.diff(start)
    prefix = np.zeros(len(size), dtype=np.int64)
    _, item = np.unique(item, return_inverse=True)
    for depth in range(int(size.max(initial=0))):
        longer = np.flatnonzero(size > depth)
        key = packed(prefix[longer], item[start[longer] + depth])
        _, prefix[longer] = np.unique(key, return_inverse=True)
    return packed(size, prefix)

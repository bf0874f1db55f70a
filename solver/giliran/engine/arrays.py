"""Small array tools that every stage of the engine uses."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from giliran.program import Ints


def segment_sums(values: Ints, start: Ints) -> Ints:
    """Sum of every segment `values[start[k]:start[k + 1]]`, empty ones included : int64[len(start) - 1]."""
    total = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(values, out=total[1:])
    return np.asarray(total[start[1:]] - total[start[:-1]])


def segment_minima(values: Ints, start: Ints, *, empty: int) -> Ints:
    """Smallest value of every segment, `empty` for those without values : int64[len(start) - 1]."""
    out = np.full(len(start) - 1, empty, dtype=np.int64)
    filled = np.flatnonzero(start[1:] > start[:-1])
    if len(filled):
        out[filled] = np.minimum.reduceat(values, start[filled])
    return out


def starts_of(sizes: Ints) -> Ints:
    """Segment starts from segment sizes : int64[len(sizes) + 1]."""
    start = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=start[1:])
    return start


def owners_of(start: Ints) -> Ints:
    """The segment of every entry : int64[start[-1]]."""
    return np.repeat(np.arange(len(start) - 1, dtype=np.int64), np.diff(start))


def ranges(first: Ints, size: Ints) -> Ints:
    """The numbers `first[k] … first[k] + size[k] - 1` of every k, one after the other : int64[size.sum()]."""
    start = starts_of(size)
    return np.asarray(np.arange(start[-1], dtype=np.int64) + np.repeat(first - start[:-1], size))


def pick(start: Ints, chosen: Ints) -> tuple[Ints, Ints]:
    """Starts of the chosen segments when they stand alone, and the entries to take for them : int64[len(chosen) + 1], int64[nnz]."""
    size = np.diff(start)[chosen]
    return starts_of(size), ranges(start[chosen], size)


def components(count: int, start: Ints, node: Ints) -> Ints:
    """The smallest node of everybody's connected component, where each segment of `node` ties its nodes together : int64[count].

    Hooking and pointer jumping over whole arrays: the number of rounds grows with the logarithm of the longest chain.
    """
    parent = np.arange(count, dtype=np.int64)
    size = np.diff(start)
    begins = start[:-1][size > 0]
    size = size[size > 0]
    while len(node):
        grand = parent[parent]
        smallest = np.repeat(np.minimum.reduceat(grand[node], begins), size)
        linked = grand.copy()
        np.minimum.at(linked, parent[node], smallest)
        np.minimum.at(linked, node, smallest)
        if np.array_equal(linked, parent):
            break
        parent = linked
    return parent


def dense_ranks(*keys: NDArray[np.int64]) -> Ints:
    """Rank of every item in the order of several keys, most important first; full ties keep their order : int64[n]."""
    rank = np.empty(len(keys[0]), dtype=np.int64)
    rank[np.lexsort(keys[::-1])] = np.arange(len(keys[0]), dtype=np.int64)
    return rank

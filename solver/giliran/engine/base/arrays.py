"""Small array tools that every stage of the engine uses."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from giliran.program import Ints
from giliran.program.segments import starts_of


def segment_minima(values: Ints, start: Ints, *, empty: int) -> Ints:
    """Smallest value of every segment, `empty` for those without values : int64[len(start) - 1]."""
    out = np.full(len(start) - 1, empty, dtype=np.int64)
    filled = np.flatnonzero(start[1:] > start[:-1])
    if len(filled):
        out[filled] = np.minimum.reduceat(values, start[filled])
    return out


def owners_at(entries: Ints, start: Ints) -> Ints:
    """The segments of a few ascending entries : int64[n]."""
    return np.asarray(np.searchsorted(start, entries, side="right") - 1)


def ranges(first: Ints, size: Ints) -> Ints:
    """The numbers `first[k] … first[k] + size[k] - 1` of every k, one after the other : int64[size.sum()]."""
    filled = size > 0
    first, size = first[filled], size[filled]
    out = np.ones(int(size.sum()), dtype=np.int64)
    if len(first):
        steps = first.copy()
        steps[1:] -= first[:-1] + size[:-1] - 1
        out[starts_of(size)[:-1]] = steps
        np.cumsum(out, out=out)
    return out


def pick(start: Ints, chosen: Ints) -> tuple[Ints, Ints]:
    """Starts of the chosen segments when they stand alone, and the entries to take for them : int64[len(chosen) + 1], int64[nnz]."""
    size = np.diff(start)[chosen]
    return starts_of(size), ranges(start[chosen], size)


def distinct(values: Ints) -> Ints:
    """Some numbers, each once, ascending; a few hundred of them in a seventh of the time that `np.unique` takes."""
    ordered = np.sort(values)
    fresh = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return np.asarray(ordered[fresh])


def by_number(numbers: Ints, bound: int) -> Ints:
    """A stable order of items that are numbered below `bound`, sixteen bits at a time, which numpy sorts by counting : int64[n]."""
    order = np.argsort(numbers.astype(np.uint16), kind="stable")
    for shift in range(16, max(bound - 1, 1).bit_length(), 16):
        order = order[np.argsort((numbers >> shift).astype(np.uint16)[order], kind="stable")]
    return np.asarray(order)


def sorted_within(start: Ints, values: Ints | NDArray[np.int32], place: Ints | None = None) -> Ints:
    """Every segment of non-negative values sorted : int64[n]. The k-th segment goes to `place[k]` among them, if given."""
    shift, many = int(values.max(initial=0)).bit_length(), len(start) - 1
    kind = np.uint32 if shift + many.bit_length() <= 32 else np.int64
    segment = np.arange(many, dtype=np.int64) if place is None else place
    keys = np.repeat((segment << shift).astype(kind), np.diff(start))
    keys |= values if kind is np.int64 else values.astype(kind)
    if (keys[1:] < keys[:-1]).any():
        keys.sort()
    keys &= kind((1 << shift) - 1)
    return keys.astype(np.int64, copy=False)


def components(count: int, *ties: tuple[Ints, Ints]) -> Ints:
    """The smallest node of everybody's connected component : int64[count].

    Hooking and pointer jumping over whole arrays: the number of rounds grows with the logarithm of the longest chain.

    Parameters
    ----------
    ties
        Starts of segments, and nodes: each segment ties its nodes together.
    """
    parent = np.arange(count, dtype=np.int64)
    for start, node in ties:
        size = np.diff(start)
        begins, size, root = start[:-1][size > 0], size[size > 0], parent[node]
        while len(begins):
            smallest = np.minimum.reduceat(root, begins)
            apart = np.maximum.reduceat(root, begins) > smallest
            if 2 * np.count_nonzero(apart) < len(apart):
                node, root = (entries[np.repeat(apart, size)] for entries in (node, root))
                size, smallest = size[apart], smallest[apart]
                begins = starts_of(size)[:-1]
            np.minimum.at(parent, root, np.repeat(smallest, size))
            parent = _jumped(parent)
            root = parent[node]
    return parent


def _jumped(parent: Ints) -> Ints:
    """Everybody's root, where parents are never larger than their children."""
    while True:
        grand = parent[parent]
        if np.array_equal(grand, parent):
            return parent
        parent = grand


def dense_ranks(*keys: NDArray[np.int64]) -> Ints:
    """Rank of every item in the order of several keys, most important first; full ties keep their order : int64[n]."""
    rank = np.empty(len(keys[0]), dtype=np.int64)
    rank[np.lexsort(keys[::-1])] = np.arange(len(keys[0]), dtype=np.int64)
    return rank

"""Enumeration: the patterns of blocks that keep the rows inside them, grown cell by cell for many blocks at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.engine.columns.face import NO_BLOCK, OptimalFace
from giliran.engine.columns.patterns import PORTION, Blocks, Look, PatternTable, TooManyPatternsError
from giliran.program import INFINITE, Ints
from giliran.program.segments import owners_of, starts_of

A_WEEK = 7
"""Blocks of more cells are cut where all patterns together are too many."""

MOST_PATTERNS = 100_000
"""Patterns of one block; those with more are named, to be cut."""

MOST_CELLS = 62
"""Cells of one block: a pattern is a whole number of 64 bits with a sign."""


def table_of(face: OptimalFace, blocks: Blocks, held: Ints, most: int, look: Look) -> PatternTable:
    """All patterns that keep the rows inside their blocks.

    Parameters
    ----------
    held
        The block that holds each row of the face, `NO_BLOCK` where there is none : int64[M].
    most
        So many patterns at the most.

    Raises
    ------
    TooManyPatternsError
        If blocks must be cut first, or the time is over.
    """
    large, crowded = blocks.size > A_WEEK, blocks.size > MOST_CELLS
    whose, masks, found = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)], 0
    for batch in _batches(blocks, held):
        for owner, mask in _grown(_Inner.of(face, blocks, held, batch[~crowded[batch]]), crowded, look):
            whose.append(owner)
            masks.append(mask)
            found += int(large[owner].sum())
            if found > most:
                raise _too_many(blocks, large)
    if crowded.any():
        raise _too_many(blocks, crowded)
    owner, mask = np.concatenate(whose), np.concatenate(masks)
    return PatternTable(starts_of(np.bincount(owner, minlength=len(large))), mask[np.lexsort((mask, owner))])


def _too_many(blocks: Blocks, named: NDArray[np.bool_]) -> TooManyPatternsError:
    """The error that names some blocks."""
    return TooManyPatternsError(np.flatnonzero(np.append(named, False)[blocks.of]))


def _batches(blocks: Blocks, held: Ints) -> list[Ints]:
    """All blocks, some at a time: of about as many cells with about as many rows, and not too many of them."""
    rows = np.bincount(held[held != NO_BLOCK], minlength=len(blocks.size))
    alike = np.frexp(blocks.size)[1] * 64 + np.frexp(rows)[1]
    order = np.argsort(alike, kind="stable")
    much = np.cumsum((blocks.size * (1 + rows))[order]) // PORTION
    return np.split(order, np.flatnonzero((np.diff(alike[order]) != 0) | (np.diff(much) != 0)) + 1)


@dataclass(frozen=True)
class _Inner:
    """The rows inside some blocks.

    Parameters
    ----------
    number, size : int64[b]
        The blocks, and how many cells each has.
    coef : int64[s, b, r]
        Of every cell in every row of its block, 0 where there are fewer.
    low, high : int64[s, b, r]
        Between these a row is after every cell, if the cells to come can bring it within its bounds.
    """

    number: Ints
    size: Ints
    coef: Ints
    low: Ints
    high: Ints

    @classmethod
    def of(cls, face: OptimalFace, blocks: Blocks, held: Ints, number: Ints) -> _Inner:
        """The rows inside some blocks of a face."""
        place = np.full(len(blocks.size) + 1, NO_BLOCK, dtype=np.int64)
        place[number] = np.arange(len(number))
        chosen = np.flatnonzero(place[held] != NO_BLOCK)
        rows = chosen[np.argsort(place[held[chosen]], kind="stable")]
        whose = place[held[rows]]
        start = starts_of(np.bincount(whose, minlength=len(number)))
        nth = np.arange(len(rows)) - start[whose]
        sums = face.rows[rows]
        entry, shape = owners_of(sums.indptr), (len(number), int(np.diff(start).max(initial=0)))
        coef = np.zeros((int(blocks.size[number].max(initial=0)), *shape), dtype=np.int64)
        np.add.at(coef, (blocks.spot[sums.indices], whose[entry], nth[entry]), sums.data)
        lo, hi = np.full(shape, -INFINITE, dtype=np.int64), np.full(shape, INFINITE, dtype=np.int64)
        lo[whose, nth], hi[whose, nth] = face.row_lo[rows], face.row_hi[rows]
        return cls(number, blocks.size[number], coef, lo - _to_come(np.maximum(coef, 0)), hi - _to_come(np.minimum(coef, 0)))


def _to_come(most: Ints) -> Ints:
    """What the cells after each can add at the most, or at the least : int64[s, b, r]."""
    return np.asarray(most[::-1].cumsum(axis=0)[::-1] - most)


def _grown(inner: _Inner, crowded: NDArray[np.bool_], look: Look) -> Iterator[tuple[Ints, Ints]]:
    """Patterns that keep all rows, and whose they are; blocks that have too many are marked in `crowded` and left."""
    many = len(inner.number)
    waiting = [(0, np.arange(many), np.zeros(many, dtype=np.int64), np.zeros((many, inner.coef.shape[2]), dtype=np.int64))]
    while waiting:
        spot, block, mask, activity = waiting.pop()
        look()
        ended = inner.size[block] == spot
        yield inner.number[block[ended]], mask[ended]
        if ended.all():
            continue
        block, mask, activity = (np.repeat(each[~ended], 2, axis=0) for each in (block, mask, activity))
        mask[1::2] |= 1 << spot
        activity[1::2] += inner.coef[spot][block[1::2]]
        kept = ((activity >= inner.low[spot][block]) & (activity <= inner.high[spot][block])).all(axis=1)
        full = np.bincount(block[kept], minlength=many) > MOST_PATTERNS
        crowded[inner.number[full]] = True
        kept &= ~full[block]
        block, mask, activity = block[kept], mask[kept], activity[kept]
        half = np.searchsorted(block, block[len(block) // 2]) if len(block) > PORTION else 0  # a block stays together
        for part in (slice(0, half), slice(half, None)):
            if len(block[part]):
                waiting.append((spot + 1, block[part], mask[part], activity[part]))

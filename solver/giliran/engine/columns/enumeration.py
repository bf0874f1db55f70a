"""Enumeration: the patterns of blocks that keep the rows inside them, grown cell by cell for many blocks at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.engine.columns.face import NO_BLOCK, OptimalFace
from giliran.engine.columns.patterns import Blocks, Look, PatternTable, TooManyPatternsError
from giliran.program import INFINITE, Ints
from giliran.program.segments import owners_of, starts_of

A_WEEK = 7
"""Blocks of more cells are cut where all patterns together are too many."""

MOST_PATTERNS = 100_000
"""Patterns of one block; those with more are named, to be cut."""

MOST_CELLS = 62
"""Cells of one block: a pattern is a whole number of 64 bits with a sign."""

TOGETHER = 1 << 14
"""Patterns, or coefficients, of blocks that are looked at together: 1,000 people × 4 weeks take 0.7 s, 2.0 with four times as many."""


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
    """All blocks, some at a time: of about as many cells with about as many rows, where all of them have too many cells and rows."""
    rows = np.bincount(held[held != NO_BLOCK], minlength=len(blocks.size))
    if len(rows) * int(blocks.size.max(initial=0)) * int(rows.max(initial=0)) <= TOGETHER:
        return [np.arange(len(rows))]
    alike = np.frexp(blocks.size)[1] * 64 + np.frexp(rows)[1]
    order = np.argsort(alike, kind="stable")
    much = np.cumsum((blocks.size * (1 + rows))[order]) // TOGETHER
    return np.split(order, np.flatnonzero((np.diff(alike[order]) != 0) | (np.diff(much) != 0)) + 1)


@dataclass(frozen=True)
class _Inner:
    """The rows inside some blocks.

    Parameters
    ----------
    number, size : int64[b]
        The blocks, and how many cells each has.
    coef : int64[s, r, b]
        Of every cell, in every row of its block, 0 where there are fewer.
    low, high : int64[s, r, b]
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
        entry, shape = owners_of(sums.indptr), (int(np.diff(start).max(initial=0)), len(number))
        coef = np.zeros((int(blocks.size[number].max(initial=0)), *shape), dtype=np.int64)
        np.add.at(coef, (blocks.spot[sums.indices], nth[entry], whose[entry]), sums.data)
        lo, hi = np.full(shape, -INFINITE, dtype=np.int64), np.full(shape, INFINITE, dtype=np.int64)
        lo[nth, whose], hi[nth, whose] = face.row_lo[rows], face.row_hi[rows]
        return cls(number, blocks.size[number], coef, lo - _to_come(np.maximum(coef, 0)), hi - _to_come(np.minimum(coef, 0)))


def _to_come(most: Ints) -> Ints:
    """What the cells after each can add at the most, or at the least : int64[s, r, b]."""
    return np.asarray(most[::-1].cumsum(axis=0)[::-1] - most)


def _grown(inner: _Inner, crowded: NDArray[np.bool_], look: Look) -> Iterator[tuple[Ints, Ints]]:
    """Patterns that keep all rows, and whose they are; blocks that have too many are marked in `crowded` and left."""
    rows, many = inner.coef.shape[1:]
    waiting = [(0, np.arange(many), np.zeros(many, dtype=np.int64), np.zeros((rows, many), dtype=np.int64))]
    while waiting:
        spot, block, mask, activity = waiting.pop()
        look()
        ended = inner.size[block] == spot
        if ended.any():
            yield inner.number[block[ended]], mask[ended]
            block, mask, activity = block[~ended], mask[~ended], np.compress(~ended, activity, axis=1)
        if not len(block):
            continue
        coef, low, high = inner.coef[spot], inner.low[spot], inner.high[spot]
        activity = np.concatenate([activity, activity + np.take(coef, block, axis=1)], axis=1)
        block, mask = np.concatenate([block, block]), np.concatenate([mask, mask | (1 << spot)])
        kept = np.ones(len(block), dtype=np.bool_)
        for row in np.flatnonzero(coef.any(axis=1)).tolist():
            kept &= (activity[row] >= low[row][block]) & (activity[row] <= high[row][block])
        full = np.bincount(block[kept], minlength=many) > MOST_PATTERNS
        crowded[inner.number[full]] = True
        kept &= ~full[block]
        for some in _apart(block, kept):
            waiting.append((spot + 1, block[some], mask[some], np.compress(some, activity, axis=1)))


def _apart(block: Ints, kept: NDArray[np.bool_]) -> list[NDArray[np.bool_]]:
    """Which of the patterns that are kept go on together: those of some blocks, where there are too many for all."""
    first, last = int(block.min()), int(block.max())
    if int(kept.sum()) <= TOGETHER or first == last:
        return [kept]
    lower = block <= (first + last) // 2
    return [kept & lower, kept & ~lower]

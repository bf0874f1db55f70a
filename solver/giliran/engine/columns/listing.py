"""Listings: patterns written down as the bits of their cells, of which as few are made columns as a linear program asks for.

A pattern of four weeks has twenty entries in rows and plan, and a part of B4 has 400,000 patterns: 100 MB as columns, 3 MB as bits. What
each costs at some prices is looked up, eight cells at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from giliran.engine.base.part import Part
from giliran.engine.columns.enumeration import table_of
from giliran.engine.columns.face import NO_BLOCK, Matrix, OptimalFace, with_rows
from giliran.engine.columns.patterns import (
    MOST_TOGETHER,
    Blocks,
    Look,
    PatternTable,
    exchange,
    exchanged,
    opened_across,
    unhurried,
)
from giliran.engine.columns.statements import Statements
from giliran.program import INFINITE, Ints

MOST_WRITTEN = 20_000
"""Patterns that become columns at once; where there are more, and nobody is like another, a linear program asks for them."""

BITS = 8
"""Cells whose worth is looked up together."""


@dataclass(frozen=True)
class Listing:
    """Patterns of blocks, and the faces over some of them.

    Parameters
    ----------
    base
        The face over single cells.
    part
    blocks
        Which of its columns are in blocks.
    rows : int64[R]
        Its rows that no block holds.
    statements
        What the tiers to come cost, over its columns, and the block that holds each statement, `NO_BLOCK` where there is none.
    table
        All patterns that keep the rows inside their blocks.
    """

    base: OptimalFace
    part: Part
    blocks: Blocks
    rows: Ints
    statements: tuple[tuple[Statements, Ints], ...]
    table: PatternTable

    def __len__(self) -> int:
        return len(self.table.mask)

    @property
    def long(self) -> bool:
        """Whether there are many patterns, and some in every block."""
        return len(self) > MOST_WRITTEN and bool((np.diff(self.table.start) > 0).all())

    @cached_property
    def face(self) -> OptimalFace:
        """Over single cells, with the rows of every face over patterns: what a row has at a pattern is what it has at the cells."""
        many = self.base.num_columns
        none = np.zeros(0, dtype=np.int64)
        free = np.zeros((len(self.base.cost), 0), dtype=np.int64)
        return self._exchanged(sparse.eye_array(many, dtype=np.int64, format="csr"), np.arange(many), none, free, unhurried)

    def over(self, table: PatternTable, look: Look = unhurried) -> OptimalFace:
        """The face over patterns of the table, some or all: columns that are in no block, patterns, helpers of opened statements."""
        stay = np.flatnonzero(self.blocks.of == NO_BLOCK)
        cost = self._charges(table, look)
        change = exchange(self.blocks, table, stay, look)
        return self._exchanged(change, stay, table.block, cost, look)

    def _exchanged(self, change: Matrix, stay: Ints, block: Ints, cost: Ints, look: Look) -> OptimalFace:
        out = exchanged(self.base, change, stay, self.rows, block, cost, look)
        if (np.diff(self.table.start) == 0).any():
            # A block without patterns leaves no column that could say so.
            out = with_rows(out, sparse.csr_array((1, out.num_columns), dtype=np.int64), 1, INFINITE)
        return opened_across(out, self.part, self.statements, change, look)

    def charged(self, weights: Mapping[int, int], unit: Ints, look: Look = unhurried) -> Ints:
        """What statements inside blocks cost in every pattern, tiers weighed : int64[K].

        Parameters
        ----------
        weights
            What a unit of each tier weighs.
        unit
            All costs of a tier are multiples of it : int64[T].
        """
        factor = np.zeros(len(unit), dtype=np.int64)
        factor[list(weights)] = list(weights.values())
        total = np.zeros(len(self.table.mask), dtype=np.int64)
        for first, pattern, tier, amount in self._amounts(self.table, look):
            weighed = factor[tier] * (amount // unit[tier])
            found = np.bincount(pattern - first, weighed).astype(np.int64)
            total[first : first + len(found)] += found
        return total

    def looked_up(self, worth: NDArray[Any]) -> NDArray[Any]:
        """The sum over the cells of every pattern of what columns of the face are worth [n] : [K]."""
        bytes_ = -(-int(self.blocks.size.max(initial=1)) // BITS)
        cells = np.flatnonzero(self.blocks.of != NO_BLOCK)
        single = np.zeros((len(self.blocks.size), bytes_ * BITS), dtype=worth.dtype)
        single[self.blocks.of[cells], self.blocks.spot[cells]] = worth[cells]
        single = single.reshape(-1, bytes_, BITS)
        sums = np.zeros((len(single), bytes_, 1), dtype=worth.dtype)
        for k in range(BITS):
            sums = np.concatenate([sums, sums + single[:, :, k : k + 1]], axis=2)
        first = np.repeat(np.arange(len(single), dtype=np.int64) << BITS, np.diff(self.table.start))
        total = np.zeros(len(first), dtype=worth.dtype)
        for k in range(bytes_):
            total += np.ascontiguousarray(sums[:, k]).reshape(-1)[first + (self.table.mask >> BITS * k & (1 << BITS) - 1)]
        return total

    def _charges(self, table: PatternTable, look: Look) -> Ints:
        """What statements inside blocks cost in every pattern : int64[T, K]."""
        cost = np.zeros((len(self.base.cost), len(table.mask)), dtype=np.int64)
        for first, pattern, tier, amount in self._amounts(table, look):
            many = int(pattern[-1]) + 1 - first
            found = np.bincount(tier * many + pattern - first, amount, minlength=len(cost) * many)
            cost[:, first : first + many] += found.reshape(-1, many).astype(np.int64)
        return cost

    def _amounts(self, table: PatternTable, look: Look) -> Iterator[tuple[int, Ints, Ints, Ints]]:
        """What statements inside blocks cost in patterns, some at a time: the first pattern, and pattern, tier and amount of each."""
        for group, inside in self.statements:
            held = np.flatnonzero(inside != NO_BLOCK)
            for mine in table.portions(inside[held]):
                some = group.of(held[mine])
                pattern, row, value = table.sums(some.sums, self.blocks, inside[held[mine]], look)
                if len(pattern):
                    yield int(pattern.min()), pattern, *some.amounts(self.part, row, value + some.offset[row])


def listing_of(
    face: OptimalFace,
    part: Part,
    blocks: Blocks,
    statements: Sequence[Statements],
    most: int = MOST_TOGETHER,
    look: Look = unhurried,
) -> Listing:
    """The patterns of blocks, where rows or costs bite inside them; cells of other blocks stay as they are.

    Parameters
    ----------
    statements
        What the tiers to come cost, over the columns of the face; inside a block it becomes the cost of a pattern.
    most
        So many patterns at the most.
    look
        Called again and again.

    Raises
    ------
    TooManyPatternsError
        If blocks must be cut first, or the time is over.
    """
    held = blocks.inside(face.rows)
    insides = [blocks.inside(group.sums) for group in statements]
    busy = np.zeros(len(blocks.size), dtype=np.bool_)
    for inside in (held, *insides):
        busy[inside[inside != NO_BLOCK]] = True
    number = blocks.renumber(busy)
    blocks, held, insides = blocks.only(busy), number[held], [number[inside] for inside in insides]
    table = table_of(face, blocks, held, most, look)
    return Listing(face, part, blocks, np.flatnonzero(held == NO_BLOCK), tuple(zip(statements, insides, strict=True)), table)

"""Patterns: the free cells of one person in a week, or in all weeks, as one choice, with everything between them in the choice.

Patterns are made where rows or costs bite inside a block; other cells stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from giliran.engine.base.arrays import pick, ranges
from giliran.engine.base.part import Part
from giliran.engine.columns.face import NO_BLOCK, Matrix, OptimalFace
from giliran.engine.columns.statements import Statements, opened
from giliran.program import Ints
from giliran.program.segments import starts_of

MOST_TOGETHER = 1_000_000
"""Patterns of all blocks of a face; B4 has 400,000 in a part. Where there are more, all blocks of more than a week are cut."""

PORTION = 1 << 16
"""Patterns, or values of statements in patterns, that are looked at together."""

Look = Callable[[], None]
"""Raises `TooManyPatternsError` when the time is over: a million patterns take seconds, some tenths from one look to the next."""


def unhurried() -> None:
    """Look at nothing: the work is short."""


class TooManyPatternsError(Exception):
    """Some blocks have too many patterns.

    Parameters
    ----------
    columns : int64[k]
        The columns of their cells.
    """

    def __init__(self, columns: Ints) -> None:
        super().__init__(columns)
        self.columns = columns

    def __str__(self) -> str:
        return f"{len(self.columns)} cells are in blocks with too many patterns"


@dataclass(frozen=True)
class Blocks:
    """Free cells of a face, cut into blocks of one person each.

    Parameters
    ----------
    of : int64[n]
        The block of each column of the face, `NO_BLOCK` for other columns.
    spot : int64[n]
        Number of the cell inside its block.
    size : int64[B]
        Cells of each block.
    """

    of: Ints
    spot: Ints
    size: Ints

    def inside(self, sums: Matrix) -> Ints:
        """The block that holds all columns of each row of a matrix, `NO_BLOCK` where there is none : int64[K]."""
        out = np.full(sums.shape[0], NO_BLOCK, dtype=np.int64)
        filled = np.flatnonzero(np.diff(sums.indptr))
        if len(filled):
            block, begins = self.of[sums.indices], sums.indptr[filled]
            first, last = np.minimum.reduceat(block, begins), np.maximum.reduceat(block, begins)
            out[filled] = np.where(first == last, first, NO_BLOCK)
        return out

    def only(self, busy: NDArray[np.bool_]) -> Blocks:
        """Some of the blocks, numbered anew : bool[B]."""
        return Blocks(self.renumber(busy)[self.of], self.spot, self.size[busy])

    def renumber(self, busy: NDArray[np.bool_]) -> Ints:
        """New number of every old block, and of `NO_BLOCK` at the end."""
        return np.append(np.where(busy, np.cumsum(busy) - 1, NO_BLOCK), NO_BLOCK)


@dataclass(frozen=True)
class PatternTable:
    """Patterns of blocks.

    Parameters
    ----------
    start : int64[B + 1]
        Patterns of block `b` are `start[b] … start[b + 1] - 1`.
    mask : int64[K]
        Bit `k` says that the cell at spot `k` is in the office.
    """

    start: Ints
    mask: Ints

    @property
    def block(self) -> Ints:
        """The block of every pattern : int64[K]."""
        return np.repeat(np.arange(len(self.start) - 1, dtype=np.int64), np.diff(self.start))

    def portions(self, inside: Ints) -> Iterator[Ints]:
        """Statements inside blocks int64[R], in the order of their blocks, as many at a time as have `PORTION` values."""
        order = np.argsort(inside, kind="stable")
        pairs = np.cumsum(np.diff(self.start)[inside[order]])
        yield from np.split(order, np.flatnonzero(np.diff(pairs // PORTION)) + 1)

    def sums(self, sums: Matrix, blocks: Blocks, inside: Ints, look: Look) -> tuple[Ints, Ints, Ints]:
        """Value of every row of a matrix in every pattern of its block : pattern, row and value."""
        look()
        many = np.diff(self.start)[inside]
        pattern = ranges(self.start[inside], many)
        row = np.repeat(np.arange(len(inside)), many)
        mask, value = self.mask[pattern], np.zeros(len(pattern), dtype=np.int64)
        size = np.diff(sums.indptr)
        for k in range(int(size.max(initial=0))):
            look()
            longer = slice(None) if (size > k).all() else np.flatnonzero((size > k)[row])
            entry = sums.indptr[row[longer]] + k
            value[longer] += sums.data[entry] * (mask[longer] >> blocks.spot[sums.indices[entry]] & 1)
        return pattern, row, value

    def only(self, kept: NDArray[np.bool_]) -> PatternTable:
        """Some of the patterns : bool[K]."""
        count = np.bincount(self.block[kept], minlength=len(self.start) - 1).astype(np.int64)
        return PatternTable(starts_of(count), self.mask[kept])


def blocks_of(face: OptimalFace, part: Part, *keys: Ints) -> Blocks:
    """The free cells of a face over single cells; cells that follow each other with the same keys int64[m] are a block."""
    of = np.full(face.num_columns, NO_BLOCK, dtype=np.int64)
    spot = np.zeros(face.num_columns, dtype=np.int64)
    by_column = sparse.csc_array(face.place)
    placed = np.flatnonzero((np.diff(by_column.indptr) == 1) & (face.lo == 0) & (face.hi == 1))
    columns = placed[by_column.indices[by_column.indptr[placed]] < len(part.cells)]
    cell = by_column.indices[by_column.indptr[columns]]
    if not len(columns):
        return Blocks(of, spot, np.zeros(0, dtype=np.int64))
    begins = np.zeros(len(columns), dtype=np.bool_)
    begins[0] = True
    for key in keys:
        begins[1:] |= np.diff(key[cell]) != 0
    of[columns] = np.cumsum(begins) - 1
    size = np.bincount(of[columns]).astype(np.int64)
    spot[columns] = np.arange(len(columns)) - starts_of(size)[of[columns]]
    return Blocks(of, spot, size)


def opened_across(
    face: OptimalFace, part: Part, statements: Sequence[tuple[Statements, Ints]], change: Matrix, look: Look = unhurried
) -> OptimalFace:
    """A face over new columns with those statements over old ones opened that no block holds.

    Parameters
    ----------
    statements
        With the block that holds each : int64[K].
    change : int64 matrix [n, n']
        Old columns from new ones, as `exchanged` takes it.
    """
    for group, inside in statements:
        look()
        filled = np.diff(group.sums.indptr) > 0
        settled = group.of(np.flatnonzero(~filled))
        tier, amount = settled.amounts(part, np.arange(len(settled)), settled.offset)
        np.add.at(face.constant, tier, amount)
        across = group.of(np.flatnonzero(filled & (inside == NO_BLOCK)))
        sums = sparse.csr_array(across.sums @ change)
        sums.resize(len(across), face.num_columns)
        face = opened(face, part, replace(across, sums=sums))
    return face


def exchange(blocks: Blocks, table: PatternTable, stay: Ints, look: Look) -> Matrix:
    """Old columns from new ones: those that stay come first, then the patterns : matrix [n, n']."""
    cells = np.flatnonzero(blocks.of != NO_BLOCK)
    block = table.block
    owner = np.repeat(np.arange(len(block)), blocks.size[block])
    look()
    _, entries = pick(starts_of(blocks.size), block)
    look()
    cell = cells[entries]
    present = table.mask[owner] >> blocks.spot[cell] & 1 == 1
    look()
    rows = np.concatenate([stay, cell[present]])
    cols = np.concatenate([np.arange(len(stay)), len(stay) + owner[present]])
    return sparse.csr_array((np.ones(len(rows), dtype=np.int64), (rows, cols)), shape=(len(blocks.of), len(stay) + len(block)))


def exchanged(face: OptimalFace, change: Matrix, stay: Ints, rows: Ints, block: Ints, cost: Ints, look: Look = unhurried) -> OptimalFace:
    """The face over new columns, those that stay first, with some of its rows; `block` and `cost` are those of the columns after them."""
    many = len(block)
    look()
    linear = (sparse.csr_array(face.cost) @ change).toarray()[:, len(stay) :]
    look()
    place = sparse.csr_array(face.place @ change)
    look()
    return replace(
        face,
        lo=np.concatenate([face.lo[stay], np.zeros(many, dtype=np.int64)]),
        hi=np.concatenate([face.hi[stay], np.ones(many, dtype=np.int64)]),
        block=np.concatenate([np.full(len(stay), NO_BLOCK, dtype=np.int64), block]),
        size=np.ones(int(block.max(initial=NO_BLOCK)) + 1, dtype=np.int64),
        helper=np.concatenate([face.helper[stay], np.zeros(many, dtype=np.bool_)]),
        rows=sparse.csr_array(face.rows[rows] @ change),
        row_lo=face.row_lo[rows],
        row_hi=face.row_hi[rows],
        origin=face.origin[rows],
        cost=np.concatenate([face.cost[:, stay], cost + linear], axis=1),
        constant=face.constant.copy(),
        place=place,
    )


def cut_eras(era: Ints, people: Ints, week: Ints, cells: Ints) -> Ints:
    """Finer eras for some cells: the eras of each person are cut in half between two weeks, a single week into cells."""
    pair = np.stack([people[cells], era[cells]])
    _, block = np.unique(pair, axis=1, return_inverse=True)
    first, last = np.full(len(cells), np.iinfo(np.int64).max, dtype=np.int64), np.full(len(cells), -1, dtype=np.int64)
    np.minimum.at(first, block, week[cells])
    np.maximum.at(last, block, week[cells])
    late = cells[2 * week[cells] > (first + last)[block]]
    out = era * len(era)
    out[late] += 1
    if not len(late):
        out[cells] += np.arange(len(cells))
    return np.asarray(np.unique(out, return_inverse=True)[1])

"""Week patterns: the free cells of one person and week as one choice, with everything inside the week in the choice.

Patterns are made where a row or a cost that cells alone do not carry bites inside a week; other cells stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from giliran.engine.arrays import ranges, starts_of
from giliran.engine.columns.face import NO_BLOCK, Face, Matrix
from giliran.engine.columns.statements import Shape, Statements, opened, stairs_of
from giliran.engine.part import Part
from giliran.program import Ints

MOST_CELLS = 7
"""A week has no more."""


@dataclass(frozen=True)
class Weeks:
    """Free cells of a face by person and week.

    Parameters
    ----------
    of : int64[n]
        The week block of each column of the face, `NO_BLOCK` for other columns.
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


@dataclass(frozen=True)
class _Table:
    """All patterns of all blocks.

    Parameters
    ----------
    start : int64[B + 1]
        Patterns of block `b` are `start[b] … start[b + 1] - 1`; the k-th one is the number k in bits, one per spot.
    size : int64[B]
    """

    start: Ints
    size: Ints

    def sums(self, sums: Matrix, weeks: Weeks, inside: Ints) -> tuple[Ints, Ints, Ints]:
        """Value of every row of a matrix in every pattern of its block : pattern, row and value, int64[K] each."""
        coef = np.zeros((sums.shape[0], MOST_CELLS), dtype=np.int64)
        owner = np.repeat(np.arange(sums.shape[0]), np.diff(sums.indptr))
        coef[owner, weeks.spot[sums.indices]] = sums.data
        patterns, rows, values = [], [], []
        for size in np.unique(self.size[inside]).tolist():
            chosen = np.flatnonzero(self.size[inside] == size)
            bits = _bits(size)
            patterns.append((self.start[inside[chosen]][:, None] + np.arange(len(bits))).reshape(-1))
            rows.append(np.repeat(chosen, len(bits)))
            values.append((coef[chosen, :size] @ bits.T).reshape(-1))
        return (np.concatenate(patterns), np.concatenate(rows), np.concatenate(values))


def _bits(size: int) -> Ints:
    """The numbers 0 … 2^size - 1 in bits : int64[2^size, size]."""
    return (np.arange(1 << size, dtype=np.int64)[:, None] >> np.arange(size)) & 1


def weeks_of(face: Face, part: Part, people: Ints, week: Ints) -> Weeks | None:
    """The free cells of a face over single cells, by person and week; None if a week has too many.

    Parameters
    ----------
    people, week
        Of each cell column of the part : int64[m].
    """
    of = np.full(face.num_columns, NO_BLOCK, dtype=np.int64)
    spot = np.zeros(face.num_columns, dtype=np.int64)
    by_column = sparse.csc_array(face.place)
    columns = np.flatnonzero(np.diff(by_column.indptr) == 1)
    columns = columns[by_column.indices[by_column.indptr[columns]] < len(part.cells)]
    cell = by_column.indices[by_column.indptr[columns]]
    columns = columns[(face.lo[columns] == 0) & (face.hi[columns] == 1)]
    cell = by_column.indices[by_column.indptr[columns]]
    if not len(columns):
        return Weeks(of, spot, np.zeros(0, dtype=np.int64))
    begins = np.concatenate([[True], (np.diff(people[cell]) != 0) | (np.diff(week[cell]) != 0)])
    of[columns] = np.cumsum(begins) - 1
    size = np.bincount(of[columns])
    spot[columns] = np.arange(len(columns)) - starts_of(size)[of[columns]]
    return Weeks(of, spot, size) if size.max() <= MOST_CELLS else None


def with_patterns(face: Face, part: Part, weeks: Weeks, statements: Sequence[Statements]) -> Face:
    """The same plans over week patterns, with statements over the face's columns opened.

    Parameters
    ----------
    statements
        What the tiers to come cost, over the columns of the face; inside a week it becomes the cost of a pattern.
    """
    held = weeks.inside(face.rows)
    inner = [weeks.inside(group.sums) for group in statements]
    weeks, (held, *inner) = _busy(weeks, [held, *inner])
    table = _Table(starts_of(1 << weeks.size), weeks.size)
    allowed = _allowed(face, weeks, table, held)
    cost = np.zeros((len(face.cost), table.start[-1]), dtype=np.int64)
    for group, inside in zip(statements, inner, strict=True):
        _charge(part, group, inside, weeks, table, cost)
    across = [group.of(np.flatnonzero(inside == NO_BLOCK)) for group, inside in zip(statements, inner, strict=True)]
    kept = np.flatnonzero(allowed)
    stay = np.flatnonzero(weeks.of == NO_BLOCK)
    change = _exchange(weeks, table, stay, kept)
    block = np.searchsorted(table.start, kept, side="right") - 1
    out = _exchanged(face, change, stay, np.flatnonzero(held == NO_BLOCK), block, cost[:, kept])
    for group in across:
        sums = sparse.csr_array(group.sums @ change)
        sums.resize(len(group), out.num_columns)
        out = opened(out, part, replace(group, sums=sums))
    return out


def _busy(weeks: Weeks, inside: list[Ints]) -> tuple[Weeks, list[Ints]]:
    """Only blocks in which something is held or costs; the others stay cells."""
    busy = np.zeros(len(weeks.size), dtype=np.bool_)
    for blocks in inside:
        busy[blocks[blocks != NO_BLOCK]] = True
    number = np.append(np.where(busy, np.cumsum(busy) - 1, NO_BLOCK), NO_BLOCK)
    return Weeks(number[weeks.of], weeks.spot, weeks.size[busy]), [number[blocks] for blocks in inside]


def _allowed(face: Face, weeks: Weeks, table: _Table, held: Ints) -> NDArray[np.bool_]:
    allowed = np.ones(table.start[-1], dtype=np.bool_)
    rows = np.flatnonzero(held != NO_BLOCK)
    if len(rows):
        pattern, row, value = table.sums(face.rows[rows], weeks, held[rows])
        allowed[pattern[(value < face.row_lo[rows][row]) | (value > face.row_hi[rows][row])]] = False
    return allowed


def _charge(part: Part, group: Statements, inside: Ints, weeks: Weeks, table: _Table, cost: Ints) -> None:
    """Add what statements inside weeks cost in every pattern."""
    chosen = np.flatnonzero(inside != NO_BLOCK)
    if not len(chosen):
        return
    group = group.of(chosen)
    pattern, row, value = table.sums(group.sums, weeks, inside[chosen])
    value += group.offset[row]
    if group.shape is Shape.LADDER:
        start, stairs = stairs_of(part, group.which)
        tier, amount = part.ladders.tier[group.which], stairs[start[row] + value]
    elif group.shape is Shape.SOFT:
        rows, which = part.rows, group.which
        tier = rows.tier[which]
        amount = rows.weight[which][row] * np.maximum(0, np.maximum(rows.lo[which][row] - value, value - rows.hi[which][row]))
    else:
        switches = part.switches
        tier, amount = switches.tier[group.which], switches.weight[group.which][row] * np.abs(value)
    np.add.at(cost, (tier[row], pattern), amount)


def _exchange(weeks: Weeks, table: _Table, stay: Ints, kept: Ints) -> Matrix:
    """Old columns from new ones: those that stay come first, then the patterns left : matrix [n, n']."""
    block = np.searchsorted(table.start, kept, side="right") - 1
    size = weeks.size[block]
    owner = np.repeat(np.arange(len(kept)), size)
    spot = ranges(np.zeros(len(kept), dtype=np.int64), size)
    present = ((kept - table.start[block])[owner] >> spot) & 1 == 1
    cells = np.flatnonzero(weeks.of != NO_BLOCK)
    cells = cells[np.lexsort((weeks.spot[cells], weeks.of[cells]))]
    cell = cells[starts_of(weeks.size)[block][owner] + spot]
    rows = np.concatenate([stay, cell[present]])
    cols = np.concatenate([np.arange(len(stay)), len(stay) + owner[present]])
    return sparse.csr_array((np.ones(len(rows), dtype=np.int64), (rows, cols)), shape=(len(weeks.of), len(stay) + len(kept)))


def _exchanged(face: Face, change: Matrix, stay: Ints, rows: Ints, block: Ints, cost: Ints) -> Face:
    """The face over new columns, with some of its rows; `block` and `cost` are those of the patterns."""
    many = len(block)
    whole = np.concatenate([face.cost[:, stay], cost + (sparse.csr_array(face.cost) @ change).toarray()[:, len(stay) :]], axis=1)
    return replace(
        face,
        lo=np.concatenate([face.lo[stay], np.zeros(many, dtype=np.int64)]),
        hi=np.concatenate([face.hi[stay], np.ones(many, dtype=np.int64)]),
        block=np.concatenate([np.full(len(stay), NO_BLOCK, dtype=np.int64), block]),
        helper=np.concatenate([face.helper[stay], np.zeros(many, dtype=np.bool_)]),
        rows=sparse.csr_array(face.rows[rows] @ change),
        row_lo=face.row_lo[rows],
        row_hi=face.row_hi[rows],
        origin=face.origin[rows],
        cost=whole,
        place=sparse.csr_array(face.place @ change),
    )

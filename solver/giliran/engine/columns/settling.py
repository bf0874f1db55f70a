"""Settling: the same plans of a face with fewer columns and rows."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from giliran.engine.base.arrays import owners_at, pick
from giliran.engine.columns.face import NO_BLOCK, Matrix, OptimalFace, take_columns
from giliran.program import INFINITE, Ints
from giliran.program.segments import segment_sums

Marks = NDArray[np.bool_]


def settle(face: OptimalFace) -> OptimalFace:
    """The same plans with fewer columns and rows: what is fixed, costs nothing or binds nobody is taken out.

    Matrices are cut once, in the end: making one takes as long as all that is done here to the arrays of a small part.
    """
    lo, hi = _implied(face)
    fixed = _fixed(face, lo, hi)
    value = np.where(fixed, lo, 0)
    shift = face.rows @ value
    rows = _Rows(
        start=face.rows.indptr,
        col=face.rows.indices,
        coef=face.rows.data,
        lo=np.where(face.row_lo > -INFINITE, face.row_lo - shift, -INFINITE),
        hi=np.where(face.row_hi < INFINITE, face.row_hi - shift, INFINITE),
    )
    gone = _idle_helpers(face, rows, ~fixed)
    rows = _widened(rows, gone, lo, hi)
    left = ~(fixed | gone)
    rows = _without_slack(rows, left, lo, hi)
    columns, kept = np.flatnonzero(left), np.flatnonzero((rows.lo > -INFINITE) | (rows.hi < INFINITE))
    settled = replace(face, lo=lo, hi=hi, constant=face.constant + face.cost @ value, base=face.values(value))
    return replace(
        take_columns(settled, columns, _cut(rows, left, kept)), row_lo=rows.lo[kept], row_hi=rows.hi[kept], origin=face.origin[kept]
    )


@dataclass(frozen=True)
class _Rows:
    """Rows of a face as plain arrays: `start`, `col` and `coef` as in a `csr_array`."""

    start: Ints
    col: Ints
    coef: Ints
    lo: Ints
    hi: Ints


def _fixed(face: OptimalFace, lo: Ints, hi: Ints) -> Marks:
    inside = np.flatnonzero(face.block != NO_BLOCK)
    fixed = lo == hi
    # A column with a part of its block stays: the others of the block count with it.
    fixed[inside] &= (hi[inside] == 0) | (lo[inside] == face.size[face.block[inside]])
    return np.asarray(fixed)


def _implied(face: OptimalFace) -> tuple[Ints, Ints]:
    """Bounds of the columns by those of the others of their block; bounds of a block without a plan may stay as they are."""
    lo, hi = face.lo.copy(), face.hi.copy()
    inside = np.flatnonzero(face.block != NO_BLOCK)
    block = face.block[inside]
    missing = face.size.copy()
    np.subtract.at(missing, block, hi[inside])
    lo[inside] = np.maximum(lo[inside], np.minimum(missing[block] + hi[inside], hi[inside]))
    rest = face.size.copy()
    np.subtract.at(rest, block, lo[inside])
    hi[inside] = np.minimum(hi[inside], lo[inside] + np.maximum(rest[block], 0))
    return lo, hi


def _idle_helpers(face: OptimalFace, rows: _Rows, left: Marks) -> Marks:
    """Helpers among the columns left that cost nothing and only widen the bounds of the rows that they stand in : bool[n]."""
    idle = left & face.helper & ~face.cost.any(axis=0)
    if not idle.any():
        return idle
    mine = np.flatnonzero(idle[rows.col])
    col, coef, owner = rows.col[mine], rows.coef[mine], owners_at(mine, rows.start)
    many = np.bincount(col, minlength=len(idle))
    unit, down = np.ones(len(idle), dtype=np.bool_), np.ones(len(idle), dtype=np.bool_)
    unit[col[np.abs(coef) != 1]] = False
    down[col[(coef > 0) | (rows.lo[owner] > -INFINITE)]] = False
    # Alone in its row, or standing only where more of it allows more.
    return np.asarray(idle & (((many == 1) & unit) | down | (many == 0)))


def _widened(rows: _Rows, gone: Marks, lo: Ints, hi: Ints) -> _Rows:
    """Rows without some columns, whatever their values are."""
    mine = np.flatnonzero(gone[rows.col])
    if not len(mine):
        return rows
    owner, coef, col = owners_at(mine, rows.start), rows.coef[mine], rows.col[mine]
    row_lo, row_hi = rows.lo.copy(), rows.hi.copy()
    np.subtract.at(row_lo, owner, np.maximum(coef * lo[col], coef * hi[col]))
    np.subtract.at(row_hi, owner, np.minimum(coef * lo[col], coef * hi[col]))
    return replace(rows, lo=np.where(rows.lo > -INFINITE, row_lo, -INFINITE), hi=np.where(rows.hi < INFINITE, row_hi, INFINITE))


def _without_slack(rows: _Rows, left: Marks, lo: Ints, hi: Ints) -> _Rows:
    """Rows without the bounds that no values of the columns left can pass."""
    coef = np.where(left[rows.col], rows.coef, 0)
    low, high = coef * lo[rows.col], coef * hi[rows.col]
    least, most = segment_sums(np.minimum(low, high), rows.start), segment_sums(np.maximum(low, high), rows.start)
    return replace(rows, lo=np.where(rows.lo <= least, -INFINITE, rows.lo), hi=np.where(rows.hi >= most, INFINITE, rows.hi))


def _cut(rows: _Rows, left: Marks, kept: Ints) -> Matrix:
    """Some columns of some rows."""
    number = np.cumsum(left) - 1
    start, entries = pick(rows.start, kept)
    stays = left[rows.col[entries]]
    entries, start = entries[stays], np.append(0, np.cumsum(stays))[start]
    return sparse.csr_array((rows.coef[entries], number[rows.col[entries]], start), shape=(len(kept), int(left.sum())))

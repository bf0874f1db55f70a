"""Settling: the same plans of a face with fewer columns and rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from giliran.engine.columns.face import NO_BLOCK, OptimalFace, take_columns
from giliran.program import INFINITE, Ints


def settle(face: OptimalFace) -> OptimalFace:
    """The same plans with fewer columns and rows: what is fixed, costs nothing or binds nobody is taken out."""
    return _without_slack_rows(_without_idle_helpers(_without_fixed(face)))


def _without_fixed(face: OptimalFace) -> OptimalFace:
    lo, hi = _implied(face)
    inside = np.flatnonzero(face.block != NO_BLOCK)
    fixed = lo == hi
    # A column with a part of its block stays: the others of the block count with it.
    fixed[inside] &= (hi[inside] == 0) | (lo[inside] == face.size[face.block[inside]])
    value = np.where(fixed, lo, 0)
    face = replace(face, lo=lo, hi=hi)
    shift = face.rows @ value
    left = take_columns(face, np.flatnonzero(~fixed))
    return replace(
        left,
        row_lo=np.where(face.row_lo > -INFINITE, face.row_lo - shift, face.row_lo),
        row_hi=np.where(face.row_hi < INFINITE, face.row_hi - shift, face.row_hi),
        constant=face.constant + face.cost @ value,
        base=face.values(value),
    )


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


def _without_idle_helpers(face: OptimalFace) -> OptimalFace:
    """Helpers that cost nothing widen the bounds of the rows that they stand in, if that says the same."""
    idle = face.helper & ~face.cost.any(axis=0)
    entries = face.rows.tocoo()
    many = np.bincount(entries.col, minlength=face.num_columns)
    unit = np.ones(face.num_columns, dtype=np.bool_)
    unit[entries.col[np.abs(entries.data) != 1]] = False
    down = np.ones(face.num_columns, dtype=np.bool_)
    down[entries.col[(entries.data > 0) | (face.row_lo[entries.row] > -INFINITE)]] = False
    # Alone in its row, or standing only where more of it allows more.
    gone = idle & (((many == 1) & unit) | down | (many == 0))
    taken = np.flatnonzero(gone[entries.col])
    low, high = (entries.data[taken] * bound[entries.col[taken]] for bound in (face.lo, face.hi))
    row_lo, row_hi = face.row_lo.copy(), face.row_hi.copy()
    np.subtract.at(row_lo, entries.row[taken], np.maximum(low, high))
    np.subtract.at(row_hi, entries.row[taken], np.minimum(low, high))
    left = take_columns(face, np.flatnonzero(~gone))
    return replace(
        left,
        row_lo=np.where(face.row_lo > -INFINITE, row_lo, face.row_lo),
        row_hi=np.where(face.row_hi < INFINITE, row_hi, face.row_hi),
    )


def _without_slack_rows(face: OptimalFace) -> OptimalFace:
    """Bounds that no values of the columns can pass are dropped, and rows without bounds."""
    up = face.rows.maximum(0)
    down = face.rows - up
    least = up @ face.lo + down @ face.hi
    most = up @ face.hi + down @ face.lo
    row_lo = np.where(face.row_lo <= least, -INFINITE, face.row_lo)
    row_hi = np.where(face.row_hi >= most, INFINITE, face.row_hi)
    kept = np.flatnonzero((row_lo > -INFINITE) | (row_hi < INFINITE))
    return replace(face, rows=face.rows[kept], row_lo=row_lo[kept], row_hi=row_hi[kept], origin=face.origin[kept])

"""Branching with exact bounds: proves that no plan of a face costs as little as its linear program says.

Every leaf is closed by whole numbers, so the verdict trusts no float. Meant for small gaps on faces that reduced costs have narrowed.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from giliran.engine.base.budget import Budget
from giliran.engine.columns.face import NO_BLOCK, OptimalFace, price, with_rows
from giliran.engine.columns.highs import NEARLY, Floats, Verdict, relax
from giliran.engine.columns.settling import settle
from giliran.program import INFINITE

MOST_NODES = 200
"""After so many linear programs the gap is left open."""

MOST_COLUMNS = 1_000
"""Faces with more columns are not tried: on faces of 2,000 to 10,000 columns 300 nodes took a minute and closed nothing."""

SCALES = (1, 6, 60, 720)
"""Denominators that multipliers are rounded to."""

DEAR = 100
"""Breaking a row by one costs so many times the dearest column: multipliers stay below that, and no node is without them."""


def none_below(face: OptimalFace, limit: int, budget: Budget) -> bool:
    """Whether it is proven that no plan of a face costs less in its last tier.

    Parameters
    ----------
    limit
        Of the cost of the last tier, the face's constant included.
    budget
        Looked at before every linear program.
    """
    open_ = [settle(face)]
    if open_[0].num_columns > MOST_COLUMNS:
        return False
    for _ in range(MOST_NODES):
        if not open_:
            return True
        if budget.over:
            return False
        node = open_.pop()
        if _crowded(node):
            continue
        z = _tried(node, limit - int(node.constant[-1]), budget)
        if z is None:
            continue
        children = _split(node, z)
        if children is None:
            return False
        open_ += children
    return not open_


def _crowded(face: OptimalFace) -> bool:
    """Whether the people of a block find no room in its columns."""
    inside, left = face.block != NO_BLOCK, face.size.copy()
    np.subtract.at(left, face.block[inside], face.hi[inside])
    return bool((left > 0).any())


def _tried(face: OptimalFace, limit: int, budget: Budget) -> Floats | None:
    """Values of the columns, broken ones allowed, that seem to cost less than the limit; None if it is proven that none do."""
    cost = face.cost[-1]
    dear = DEAR * (1 + int(np.abs(cost).max(initial=0)))
    answer = relax(_elastic(face, dear), np.append(cost, np.full(2 * len(face.row_lo), dear, dtype=np.int64)), budget)
    if answer.verdict is not Verdict.SOLVED or answer.y is None or answer.z is None:
        return np.asarray(face.lo.astype(np.float64))
    for scale in SCALES:
        priced = price(face, cost, np.rint(answer.y * scale).astype(np.int64), scale)
        if priced is not None and priced.bound >= limit:
            return None
    return answer.z[: face.num_columns]


def _elastic(face: OptimalFace, dear: int) -> OptimalFace:
    """The face with columns that take rows up and down."""
    many = len(face.row_lo)
    unit = sparse.eye_array(many, dtype=np.int64, format="csr")
    width = np.abs(face.rows) @ np.maximum(np.abs(face.lo), np.abs(face.hi)) + dear
    return replace(
        face,
        lo=np.append(face.lo, np.zeros(2 * many, dtype=np.int64)),
        hi=np.concatenate([face.hi, width, width]),
        block=np.append(face.block, np.full(2 * many, NO_BLOCK, dtype=np.int64)),
        helper=np.append(face.helper, np.ones(2 * many, dtype=np.bool_)),
        copies=None if face.copies is None else face.copies.wider(2 * many),
        rows=sparse.hstack([face.rows, unit, -unit], format="csr"),
    )


def _split(face: OptimalFace, z: Floats) -> list[OptimalFace] | None:
    """Two faces by the most broken column of the part, or a broken count, above and below its value; None if nothing is broken."""
    if face.copies is not None:
        broken = np.where(face.copies.counted, np.abs(z - np.rint(z)), 0.0)
        if broken.max(initial=0.0) >= NEARLY:
            worst = int(broken.argmax())
            return _beside(face, worst, int(np.floor(z[worst])))
    value = face.place @ z
    broken = np.abs(value - np.rint(value))
    worst = int((broken + _outside(face) * (broken >= NEARLY)).argmax())
    if broken[worst] < NEARLY:
        return None
    row = sparse.csr_array(face.place)[[worst]]
    below = int(np.floor(value[worst]))
    inside = np.flatnonzero((face.block[row.indices] != NO_BLOCK) & (row.data != 0))
    if len(inside) < len(row.indices):
        return [settle(with_rows(face, row, -INFINITE, below)), settle(with_rows(face, row, below + 1, INFINITE))]
    with_it = np.zeros(face.num_columns, dtype=np.bool_)
    with_it[row.indices] = True
    mine = np.isin(face.block, face.block[row.indices])
    return [_without(face, kind) for kind in (with_it, mine & ~with_it) if not _empties(face, kind)]


def _outside(face: OptimalFace) -> NDArray[np.bool_]:
    """Which of the part's columns stand outside blocks: what is chosen for many is settled before the plans of single people."""
    out = np.zeros(face.place.shape[0], dtype=np.bool_)
    out[face.place[:, (face.block == NO_BLOCK) & ~face.helper].tocoo().row] = True
    return out


def _beside(face: OptimalFace, column: int, below: int) -> list[OptimalFace]:
    """Two faces by the value of a column: up to a number, and above it."""
    hi, lo = face.hi.copy(), face.lo.copy()
    hi[column], lo[column] = below, below + 1
    return [settle(replace(face, hi=hi)), settle(replace(face, lo=lo))]


def _empties(face: OptimalFace, gone: NDArray[np.bool_]) -> bool:
    """Whether a block would be left without columns."""
    inside = face.block != NO_BLOCK
    return len(np.unique(face.block[inside & ~gone])) < face.num_blocks


def _without(face: OptimalFace, gone: NDArray[np.bool_]) -> OptimalFace:
    return settle(replace(face, hi=np.where(gone, 0, face.hi)))

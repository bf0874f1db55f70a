"""Faces: linear programs in whole numbers whose plans are exactly those that are still wanted.

A face starts as all plans of a part. When a tier is bounded, `narrow` keeps the plans that can meet the bound: reduced costs are whole
numbers, so no plan is lost by rounding.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from giliran.engine.columns.arcs import StateGraph
from giliran.engine.columns.copies import Copies
from giliran.program import INFINITE, Ints

Matrix = Any
"""A `scipy.sparse.csr_array` of int64; scipy ships no types."""

NO_BLOCK = -1
"""Stands in `OptimalFace.block` for columns that are no choice of a block."""

NO_ORIGIN = -1
"""Stands in `OptimalFace.origin` for rows that are no row of the part; less stands for states: -2 for state 0, -3 for state 1 and so on."""

MOST_EXACT = float(1 << 61)
"""Sums of products stay below this, or they are not formed."""


@dataclass(frozen=True)
class OptimalFace:
    """Columns, rows and costs in whole numbers.

    Parameters
    ----------
    lo, hi : int64[n]
        Bounds of the columns.
    block : int64[n]
        The columns of each block add up to its size; `NO_BLOCK` for columns outside blocks. Blocks have columns.
    size : int64[B]
        How many people choose among the columns of each block: 1, or more if they are interchangeable.
    helper : bool[n]
        Columns that only measure costs; no plan is read from them.
    rows : int64 matrix [M, n]
    row_lo, row_hi : int64[M]
        ± `INFINITE` for no bound.
    origin : int64[M]
        The part's row that a row is, `NO_ORIGIN`, or below it where a state of the graph has its row.
    cost : int64[T, n]
    constant : int64[T]
        What every plan of the face costs on top.
    place : int64 matrix [N, n]
    base : int64[N]
        Values of the part's columns are `base + place @ z`, and what counted columns put there.
    copies
        What columns stand for that are counted: those of blocks with a size above 1, and single cells of several people. They have
        no entries in `place`. None without such columns.
    graph
        Which columns are arcs. None without such columns.
    """

    lo: Ints
    hi: Ints
    block: Ints
    size: Ints
    helper: NDArray[np.bool_]
    rows: Matrix
    row_lo: Ints
    row_hi: Ints
    origin: Ints
    cost: Ints
    constant: Ints
    place: Matrix
    base: Ints
    copies: Copies | None = None
    graph: StateGraph | None = None

    @property
    def num_columns(self) -> int:
        """Number of columns."""
        return len(self.lo)

    @property
    def num_blocks(self) -> int:
        """Number of blocks."""
        return len(self.size)

    @property
    def has_floor(self) -> NDArray[np.bool_]:
        """Whether a row has a lower bound : bool[M]."""
        return np.asarray(self.row_lo > -INFINITE)

    @property
    def has_cap(self) -> NDArray[np.bool_]:
        """Whether a row has an upper bound : bool[M]."""
        return np.asarray(self.row_hi < INFINITE)

    def values(self, z: Ints) -> Ints:
        """Values of the part's columns for values int64[n] of these : int64[N]."""
        return np.asarray(self.base + self.placed(z))

    def placed(self, z: Ints) -> Ints:
        """What values int64[n] of the columns put into the part's columns : int64[N]."""
        single = np.asarray(self.place @ z)
        return single if self.copies is None else single + self.copies.dealt(z, self.block)


@dataclass(frozen=True)
class Price:
    """Integer multipliers of a face's rows, and what they prove about a cost.

    Parameters
    ----------
    scale
        Multipliers and reduced costs count in this part of a unit; at least 1.
    y : int64[M]
    reduced : int64[n]
        `scale · cost - yᵀ rows`, in a block less the price of the block.
    proven
        No plan of the face costs less than `proven / scale`.
    """

    scale: int
    y: Ints
    reduced: Ints
    proven: int

    @property
    def bound(self) -> int:
        """The least whole cost that is not ruled out."""
        return -(-self.proven // self.scale)

    @property
    def gap(self) -> int:
        """What rounding up added to what is proven, in parts of a unit."""
        return self.bound * self.scale - self.proven


def price(face: OptimalFace, cost: Ints, y: Ints, scale: int) -> Price | None:
    """What multipliers prove about a cost int64[n]: weak duality, valid whatever they are. None if numbers could overflow."""
    y = speaking(face, y)
    side = np.where(y > 0, face.row_lo, np.where(y < 0, face.row_hi, 0))
    if _too_large(face, cost, y, side, scale):
        return None
    reduced = scale * cost - face.rows.T @ y
    inside = face.block != NO_BLOCK
    dues = block_prices(face, reduced)
    reduced[inside] -= dues[face.block[inside]]
    spared = np.minimum(reduced * face.lo, reduced * face.hi)
    return Price(scale, y, reduced, int((y * side).sum() + (dues * face.size).sum() + spared.sum()))


def speaking(face: OptimalFace, y: Ints) -> Ints:
    """Multipliers int64[M] without those that speak for a bound that a row has not."""
    return np.where(((y > 0) & ~face.has_floor) | ((y < 0) & ~face.has_cap), 0, y)


def block_prices(face: OptimalFace, reduced: NDArray[Any]) -> NDArray[Any]:
    """What the last of the people of each block pays when they take the cheapest columns : [B], for costs [n] of the columns."""
    inside = np.flatnonzero(face.block != NO_BLOCK)
    block = face.block[inside]
    least = np.full(face.num_blocks, np.iinfo(np.int64).max, dtype=reduced.dtype)
    np.minimum.at(least, block, reduced[inside])
    if not (face.size > 1).any():
        return least
    room = face.hi[inside] - face.lo[inside]
    tight = np.zeros(face.num_blocks, dtype=np.bool_)
    tight[block[(room < face.size[block]) & (face.size[block] > 1)]] = True
    mine = tight[block]
    inside, block, room = inside[mine], block[mine], room[mine]
    order = np.lexsort((reduced[inside], block))
    inside, block, room = inside[order], block[order], room[order]
    need = face.size.copy()
    np.subtract.at(need, block, face.lo[inside])
    total = np.append(0, np.cumsum(room))
    begins = np.searchsorted(block, block)
    ends = np.searchsorted(block, block, side="right")
    last = (total[1:] - total[begins] >= need[block]) | (np.arange(len(block)) == ends - 1)
    chosen = np.flatnonzero(last)[::-1]
    least[block[chosen]] = reduced[inside[chosen]]
    return least


def _too_large(face: OptimalFace, cost: Ints, y: Ints, side: Ints, scale: int) -> bool:
    """Whether a sum in `price` could leave 64 bits; sums of absolute values, in floats, with room to spare."""
    size = np.abs(y).astype(np.float64)
    reduced = scale * np.abs(cost).astype(np.float64) + abs(face.rows).T @ size
    width = np.maximum(np.abs(face.lo), np.abs(face.hi)).astype(np.float64)
    inside = face.block != NO_BLOCK
    width[inside] = np.maximum(width[inside], face.size[face.block[inside]])
    return float((size * np.abs(side)).sum() + (reduced * np.maximum(width, 1.0)).sum()) > MOST_EXACT


def narrow(face: OptimalFace, cost: Ints, priced: Price, most: int) -> OptimalFace:
    """The face of the plans that cost no more than `most`: columns and rows that the gap does not reach are closed.

    Where `most` is above what is proven, or paths are chosen, a row holds the cost, too.

    Parameters
    ----------
    cost : int64[n]
    priced
        What is proven about this cost.
    most
        At least `priced.bound`.
    """
    gap, reduced, y = most * priced.scale - priced.proven, priced.reduced, priced.y
    lo, hi = face.lo.copy(), face.hi.copy()
    reach = gap // np.maximum(np.abs(reduced), 1)
    dear, cheap = reduced > 0, reduced < 0
    hi[dear] = np.minimum(hi, lo + reach)[dear]
    lo[cheap] = np.maximum(lo, hi - reach)[cheap]
    reach = gap // np.maximum(np.abs(y), 1)
    row_lo = np.where(y < 0, np.maximum(face.row_lo, face.row_hi - reach), face.row_lo)
    row_hi = np.where(y > 0, np.minimum(face.row_hi, face.row_lo + reach), face.row_hi)
    left = replace(face, lo=lo, hi=hi, row_lo=row_lo, row_hi=row_hi)
    # A path of arcs without a detour may count what none of the shortest ones does.
    exact = gap == 0 and face.graph is None
    return left if exact else with_rows(left, sparse.csr_array(cost[None, :]), -INFINITE, most)


def with_rows(face: OptimalFace, rows: Matrix, lo: int, hi: int) -> OptimalFace:
    """The face with more rows, `lo` and `hi` for each."""
    many = rows.shape[0]
    return replace(
        face,
        rows=sparse.vstack([face.rows, rows], format="csr"),
        row_lo=np.append(face.row_lo, np.full(many, lo, dtype=np.int64)),
        row_hi=np.append(face.row_hi, np.full(many, hi, dtype=np.int64)),
        origin=np.append(face.origin, np.full(many, NO_ORIGIN, dtype=np.int64)),
    )


def take_columns(face: OptimalFace, kept: Ints, rows: Matrix | None = None) -> OptimalFace:
    """The face of some columns only, blocks numbered anew.

    Parameters
    ----------
    rows
        Its rows, if they are others than those of the face cut to these columns.
    """
    block = face.block[kept]
    numbers, block[block != NO_BLOCK] = np.unique(block[block != NO_BLOCK], return_inverse=True)
    return replace(
        face,
        lo=face.lo[kept],
        hi=face.hi[kept],
        block=block,
        size=face.size[numbers],
        helper=face.helper[kept],
        rows=face.rows[:, kept] if rows is None else rows,
        cost=face.cost[:, kept],
        place=face.place[:, kept],
        copies=None if face.copies is None else face.copies.take(kept),
        graph=None if face.graph is None else face.graph.take(kept),
    )

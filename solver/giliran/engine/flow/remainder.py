"""The plans that some tiers leave, as a smaller part: statements left out before may stand in it without crossing anything."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.engine.base.arrays import pick, ranges
from giliran.engine.base.part import Part, PartRows
from giliran.engine.flow.network import Network
from giliran.program import HARD, INFINITE, Ints, Ladders
from giliran.program.segments import segment_sums, starts_of


@dataclass(frozen=True)
class Remainder:
    """The open cells of a part after some tiers.

    Parameters
    ----------
    part
        Statements over open cells; costs of the tiers before are gone.
    open : int64[n]
        Columns of the old part.
    x : int64[m]
        Values of all columns of the old part; open ones 0.
    unmet : int64[...]
        Columns of the old part that stand in rows which what is left cannot meet.
    """

    part: Part
    open: Ints
    x: Ints
    unmet: Ints


def remainder_of(part: Part, network: Network, lower: Ints, upper: Ints, tier: int, left_out: Ints, shut: NDArray[np.bool_]) -> Remainder:
    """What the tiers up to `tier` leave of a part without auxiliary columns.

    Parameters
    ----------
    network
        The network of the part without the rows `left_out`.
    lower, upper
        Bounds of its arcs after the tiers : int64[A]. Every set holds between the sums of its arcs' bounds, and every choice within
        them costs the same in these tiers.
    left_out
        Rows of the part that the network leaves out; they stand in the face again.
    shut
        Cells that are not looked at : bool[m]; whatever stands over them alone is left out.
    """
    count = network.num_cells
    fixed = shut | (lower[:count] == upper[:count])
    x = np.where(fixed, lower[:count], 0)
    sets = network.sets
    of_set = network.arc_set
    some = of_set >= 0
    lo, hi = np.zeros(len(sets.lo), dtype=np.int64), np.zeros(len(sets.lo), dtype=np.int64)
    np.add.at(lo, of_set[some], lower[some])
    np.add.at(hi, of_set[some], upper[some])
    later = np.flatnonzero(part.rows.tier > tier)
    pieces = [
        (sets.start, sets.col, lo, hi, np.full(len(lo), HARD, dtype=np.int64), np.zeros(len(lo), dtype=np.int64)),
        _rows(part.rows, left_out),
        _rows(part.rows, later),
    ]
    rows, unmet = _remaining_rows(pieces, fixed, x)
    open_ = np.flatnonzero(~fixed)
    cost = part.cost[:, open_].copy()
    cost[: tier + 1] = 0
    number = np.cumsum(~fixed) - 1
    smaller = Part(
        columns=part.columns[open_],
        cells=part.cells[open_],
        lo=part.lo[open_],
        hi=part.hi[open_],
        rows=PartRows(rows.start, number[rows.col], rows.coef, rows.lo, rows.hi, rows.tier, rows.weight),
        ladders=_remaining_ladders(part.ladders, np.flatnonzero(part.ladders.tier > tier), fixed, x, number),
        cost=cost,
        broken=False,
    )
    return Remainder(smaller, open_, x, unmet)


_Piece = tuple[Ints, Ints, Ints, Ints, Ints, Ints]


def _rows(rows: PartRows, which: Ints) -> _Piece:
    start, entries = pick(rows.start, which)
    return start, rows.col[entries], rows.lo[which], rows.hi[which], rows.tier[which], rows.weight[which]


def _remaining_rows(pieces: list[_Piece], fixed: NDArray[np.bool_], x: Ints) -> tuple[PartRows, Ints]:
    """Rows over open columns that somebody could break, and the columns of those that are broken whatever is chosen."""
    start = starts_of(np.concatenate([np.diff(piece[0]) for piece in pieces]))
    col, lo, hi, tier, weight = (np.concatenate([piece[k] for piece in pieces]) for k in range(1, 6))
    given = segment_sums(x[col], start)
    inside = ~fixed[col]
    size = segment_sums(inside.astype(np.int64), start)
    lo, hi = np.where(lo <= -INFINITE, lo, lo - given), np.where(hi >= INFINITE, hi, hi - given)
    unmet = (tier == HARD) & ((lo > size) | (hi < 0))
    keep = np.flatnonzero((size > 0) & ((lo > 0) | (hi < size)))
    new_start, entries = pick(starts_of(size), keep)
    cols = col[inside][entries]
    left = PartRows(new_start, cols, np.ones(len(cols), dtype=np.int64), lo[keep], hi[keep], tier[keep], weight[keep])
    return left, col[np.repeat(unmet, np.diff(start))]


def _remaining_ladders(ladders: Ladders, which: Ints, fixed: NDArray[np.bool_], x: Ints, number: Ints) -> Ladders:
    start, entries = pick(ladders.start, which)
    col = ladders.col[entries]
    given = segment_sums(x[col], start)
    inside = ~fixed[col]
    size = segment_sums(inside.astype(np.int64), start)
    step = ladders.step[entries][ranges(start[:-1] + given, size)]
    keep = np.flatnonzero(size > 0)
    new_start, kept = pick(starts_of(size), keep)
    return Ladders(new_start, number[col[inside]][kept], step[kept], ladders.tier[which][keep])

"""Arithmetic before any search: forced people and floors that an upper bound cannot hold, or the reverse.

For every hard row with an upper bound, the needs of floors that share no cell come on top of what is forced already. When the sum is above
the bound there is no plan, and the numbers say why. Floors are looked at in the same way, counting people out of the office. Sums of
rows of which no single one is overfull are found by linear programs (`columns/elastic.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.engine.base.arrays import owners_at, pick, ranges
from giliran.engine.base.sums import Sum, added_up, column_bounds
from giliran.program import HARD, INFINITE, Ints, Program
from giliran.program.segments import owners_of, segment_sums, starts_of, taken

DENSITY = 1 << 20
"""What a column may bring into a cap at most is counted in fractions of this size, rounded up."""


@dataclass(frozen=True)
class _Side:
    """Hard rows as `need ≤ Σ y ≤ most` over free cells with coefficient 1, where y counts people in the office, or out of it.

    Parameters
    ----------
    start : int64[H + 1]
    col : int64[nnz]
    most, need : int64[H]
        Whatever else stands in a row is at its best for `most`, and at its best for `need`; ± `INFINITE` for no bound.
    personal : bool[H]
        Rows about one person; they are compared with one another only.
    """

    start: Ints
    col: Ints
    most: Ints
    need: Ints
    personal: NDArray[np.bool_]


@dataclass(frozen=True)
class _Loose:
    """Hard rows, and what their other columns add at least and at most : int64[H] each."""

    row: Ints
    start: Ints
    col: Ints
    low: Ints
    high: Ints

    @property
    def size(self) -> Ints:
        """Free cells with coefficient 1 in each row : int64[H]."""
        return np.asarray(np.diff(self.start))


def find_clashes(program: Program) -> tuple[Sum, ...]:
    """Rows that are overfull, or that cannot be filled, each with the other rows that make it so; told from one side alone."""
    rows, loose = program.rows, _loosened(program)
    hi, lo = rows.hi[loose.row], rows.lo[loose.row]
    personal = rows.person[loose.row] >= 0
    above, below = hi < INFINITE, lo > -INFINITE
    inside = _Side(
        loose.start,
        loose.col,
        most=np.where(above, hi - loose.low, INFINITE),
        need=np.where(below, lo - loose.high, -INFINITE),
        personal=personal,
    )
    outside = _Side(
        loose.start,
        loose.col,
        most=np.where(below, loose.size + loose.high - lo, INFINITE),
        need=np.where(above, loose.size + loose.low - hi, -INFINITE),
        personal=personal,
    )
    found = {k: (-1, others) for k, others in _overfull(inside)}
    told = {*found, *(other for _, others in found.values() for other in others)}
    found |= {k: (1, others) for k, others in _overfull(outside) if told.isdisjoint([k, *others])}
    if not found:
        return ()
    bounds = column_bounds(program)
    sums = (_sum(program, loose, k, *found[k], bounds) for k in sorted(found))
    return tuple(one for one in sums if one is not None)


def _sum(program: Program, loose: _Loose, k: int, side: int, others: list[int], bounds: tuple[Ints, Ints]) -> Sum | None:
    """A row on one side, and others on the other, added up over all their columns."""
    which = loose.row[np.array([k, *others], dtype=np.int64)]
    return added_up(program, which, np.array([side, *(-side for _ in others)], dtype=np.int64), bounds)


def _loosened(program: Program) -> _Loose:
    """Hard rows over free cells with coefficient 1; a cell that stands in a row twice is none of them."""
    rows = program.rows
    lo, hi = column_bounds(program)
    hard = np.flatnonzero(rows.tier == HARD)
    start, col, coef = rows.start, rows.col, rows.coef
    if len(hard) < len(rows):
        start, entries = pick(rows.start, hard)
        col, coef = rows.col[entries], taken(rows.coef, entries)
    unit = (lo < hi)[col] & (col < program.num_cells) & (coef == 1)
    unit[_repeated(col, start)] = False
    other = np.flatnonzero(~unit)
    row, small, large = owners_at(other, start), coef[other] * lo[col[other]], coef[other] * hi[col[other]]
    low, high = np.zeros((2, len(hard)), dtype=np.int64)
    np.add.at(low, row, np.minimum(small, large))
    np.add.at(high, row, np.maximum(small, large))
    return _Loose(hard, starts_of(segment_sums(unit, start)), col[unit], low, high)


def _repeated(col: Ints, start: Ints) -> Ints:
    """Entries whose column stands in their row more than once."""
    first = np.zeros(len(col) + 1, dtype=np.bool_)
    first[start] = True
    falls = np.flatnonzero((col[1:] <= col[:-1]) & ~first[1:-1]) + 1
    rows, entries = pick(start, np.unique(owners_at(falls, start)))
    owner = owners_of(rows)
    by_column = np.lexsort((col[entries], owner))
    entries, owner = entries[by_column], owner[by_column]
    same = np.flatnonzero((np.diff(col[entries]) == 0) & (np.diff(owner) == 0))
    return np.concatenate([entries[same], entries[same + 1]])


def _overfull(side: _Side) -> Iterator[tuple[int, list[int]]]:
    """Rows whose bound is below what disjoint other rows need inside them, with those rows."""
    for k in np.flatnonzero(side.most < 0).tolist():
        yield k, []
    for personal in (False, True):
        chosen = side.personal == personal
        caps = np.flatnonzero(chosen & (side.most >= 0) & (side.most < np.diff(side.start)))
        floors = np.flatnonzero(chosen & (side.need > 0))
        caps = _crowded(side, caps, floors)
        if not len(caps):
            continue
        cap, floor, amount = _needs_inside(side, caps, floors)
        total = np.zeros(len(side.most), dtype=np.int64)
        np.add.at(total, cap, amount)
        bounds = np.searchsorted(cap, caps)
        ends = np.searchsorted(cap, caps, side="right")
        for k, a, b in zip(caps.tolist(), bounds.tolist(), ends.tolist(), strict=True):
            if total[k] > side.most[k]:
                others = _disjoint(side, k, floor[a:b].tolist(), amount[a:b].tolist())
                if sum(need for _, need in others) > side.most[k]:
                    yield k, [other for other, _ in others]


def _crowded(side: _Side, caps: Ints, floors: Ints) -> Ints:
    """Caps that floors might overfill: a floor that shares `s` of its `n` columns needs at most `s · need / n` of them, `need ≤ n`."""
    start, entries = pick(side.start, floors)
    size, need = np.diff(start), side.need[floors]
    hungry = need > size
    load = np.zeros(int(side.col.max(initial=-1)) + 1, dtype=np.int64)
    np.add.at(load, side.col[entries], np.repeat(np.where(hungry, 0, -(-need * DENSITY // np.maximum(size, 1))), size))
    cap_start, cap_entries = pick(side.start, caps)
    crowded = segment_sums(load[side.col[cap_entries]], cap_start) > side.most[caps] * DENSITY
    if hungry.any():
        load[:] = 0
        load[side.col[entries[np.repeat(hungry, size)]]] = 1
        crowded |= segment_sums(load[side.col[cap_entries]], cap_start) > 0
    return caps[crowded]


def _needs_inside(side: _Side, caps: Ints, floors: Ints) -> tuple[Ints, Ints, Ints]:
    """Pairs of different rows, and how much the second needs of the cells of the first, where that is anything : sorted by the first."""
    cap_start, cap_entries = pick(side.start, caps)
    floor_start, floor_entries = pick(side.start, floors)
    floor_col, floor_owner = side.col[floor_entries], owners_of(floor_start)
    by_col = np.argsort(floor_col, kind="stable")
    sorted_col = floor_col[by_col]
    cap_col = side.col[cap_entries]
    first = np.searchsorted(sorted_col, cap_col)
    many = np.searchsorted(sorted_col, cap_col, side="right") - first
    floor = floor_owner[by_col][ranges(first, many)]
    cap = np.repeat(owners_of(cap_start), many)
    pair, shared = np.unique(cap * max(len(floors), 1) + floor, return_counts=True)
    cap, floor = caps[pair // max(len(floors), 1)], floors[pair % max(len(floors), 1)]
    amount = side.need[floor] - (np.diff(side.start)[floor] - shared)
    keep = (amount > 0) & (cap != floor)
    return cap[keep], floor[keep], amount[keep]


def _disjoint(side: _Side, cap: int, floors: list[int], amounts: list[int]) -> list[tuple[int, int]]:
    """Rows without a common cell inside a cap, the most demanding per cell first; a greedy choice is sound, not always the largest."""
    room = set(side.col[side.start[cap] : side.start[cap + 1]].tolist())
    inside = {f: room.intersection(side.col[side.start[f] : side.start[f + 1]].tolist()) for f in floors}
    need = dict(zip(floors, amounts, strict=True))
    best: list[tuple[int, int]] = []
    for key in (lambda f: (-(need[f] << 32) // len(inside[f]), -need[f], f), lambda f: (-need[f], len(inside[f]), f)):
        used: set[int] = set()
        chosen = []
        for f in sorted(floors, key=key):
            if used.isdisjoint(inside[f]):
                used |= inside[f]
                chosen.append((f, need[f]))
        best = max(best, sorted(chosen), key=lambda pairs: sum(amount for _, amount in pairs))
    return best

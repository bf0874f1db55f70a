"""Splitting: columns that no statement ties together are planned apart.

Inside a part everything stands in a canonical order, people by lottery, so that the order of rows in a staff list changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from giliran.engine.base.alike import packed
from giliran.engine.base.arrays import by_number, components, dense_ranks, pick, ranges, segment_minima, sorted_within
from giliran.engine.base.part import NO_LADDERS, Part, PartRows
from giliran.engine.presolve.beside import NO_PART, fixed_beside
from giliran.engine.presolve.fixing import Presolved, presolve
from giliran.freeing import give_back
from giliran.program import Ints, Ladders, Program
from giliran.program.segments import compact, owners_of, starts_of


@dataclass(frozen=True)
class Split:
    """Parts, and what is decided without them.

    Parameters
    ----------
    parts
        In the order of their first column: by lottery, then by day.
    part_of : int64[N]
        The part of every column, `NO_PART` where it is fixed or loose.
    settled : int64[N]
        Values of fixed and loose columns, 0 elsewhere. A loose column stands in no statement but linear costs: the first tier in which
        it costs something decides, and where none does the person is not called in.
    constant : int64[T]
        What fixed and loose columns cost.
    """

    parts: tuple[Part, ...]
    part_of: Ints
    settled: Ints
    constant: Ints


@dataclass(frozen=True)
class _Sorted:
    """Everything that is cut into parts, each kind sorted by part and then canonically, with where every part begins."""

    columns: Ints
    rows: Ints
    ladders: Ints
    starts: tuple[Ints, Ints, Ints]


@dataclass(frozen=True)
class _Ordered:
    """What parts are slices of: rows and ladders over local columns, and columns with their costs."""

    rows: PartRows
    ladders: Ladders
    lo: Ints
    hi: Ints
    broken: NDArray[np.bool_]
    cost: Ints


def split(program: Program, order: Ints, *, whole: bool = False) -> Split:
    """Cut a program into parts that share nothing.

    Parameters
    ----------
    order
        People in lottery order : int64[E].
    whole
        Leave everything in one part.
    """
    presolved = presolve(program)
    give_back(program.num_cells)
    canon, row_rank = _canonical(program, presolved, order)
    part_of, count = _numbered(_labels(presolved, whole=whole), canon)
    give_back(program.num_cells)
    settled, constant = _settle(presolved, part_of)
    sorted_ = _sort(presolved, canon, row_rank, part_of, count)
    dead = _dead_parts(program, presolved, canon)
    free = presolved.free
    del canon, row_rank
    give_back(program.num_cells)
    presolved = replace(presolved, cost=presolved.cost.take(sorted_.columns, axis=1))  # the largest array of all
    ordered = _ordered(presolved, sorted_, count)
    del presolved  # parts take as much again
    give_back(program.num_cells)
    beside = fixed_beside(program, free, part_of, count)
    return Split((*_parts(program, ordered, beside, sorted_), *dead), part_of, settled, constant)


def _canonical(program: Program, presolved: Presolved, order: Ints) -> tuple[Ints, Ints]:
    """Ranks of all columns and rows: people by lottery and days, auxiliary columns by the first row that they stand in."""
    people, days = program.shape
    rank = np.empty(people, dtype=np.int64)
    rank[order] = np.arange(people, dtype=np.int64)
    canon = np.full(program.num_columns, program.num_cells, dtype=np.int64)
    np.add(rank[:, None] * days, np.arange(days), out=canon[: program.num_cells].reshape(people, days))
    rows = presolved.rows
    by_name = np.argsort(np.argsort(np.array(program.rules, dtype=np.str_), kind="stable"), kind="stable").astype(np.int64)
    name = np.where(rows.rule < 0, len(by_name) + rows.tier, np.append(by_name, 0)[rows.rule])  # switches behind rows of rules
    first = segment_minima(canon[rows.col], rows.start, empty=len(canon))
    row_rank = dense_ranks(name, rows.day, first, np.diff(rows.start), rows.lo, rows.hi, rows.group)
    if len(program.aux_lo):
        standing = np.full(len(canon), len(rows), dtype=np.int64)
        np.minimum.at(standing, rows.col, row_rank[owners_of(rows.start)])
        canon[program.num_cells :] += dense_ranks(standing[program.num_cells :])
    return canon, row_rank


def _labels(presolved: Presolved, *, whole: bool) -> Ints:
    """The component of every free column that stands in a statement, -1 for all others : int64[N]."""
    if whole:
        return np.where(presolved.free, 0, -1)
    rows, ladders = presolved.rows, presolved.ladders
    tied = presolved.broken.copy()
    for col in (rows.col, ladders.col):
        tied[col] = True
    label = components(len(tied), (rows.start, rows.col), (ladders.start, ladders.col))
    label[~tied] = -1
    return label


def _numbered(label: Ints, canon: Ints) -> tuple[Ints, int]:
    """The part of every column, parts in the order of their first column, and their number."""
    named = np.zeros(len(label) + 1, dtype=np.bool_)
    named[label] = True
    named[-1] = False
    roots = np.flatnonzero(named)
    number = np.full(len(named), NO_PART, dtype=np.int64)
    number[roots] = np.arange(len(roots), dtype=np.int64)
    part_of = number[label]
    first = np.full(len(roots) + 1, len(label), dtype=np.int64)
    np.minimum.at(first, part_of, canon)
    number[roots] = dense_ranks(first[:-1])
    return number[label], len(roots)


def _settle(presolved: Presolved, part_of: Ints) -> tuple[Ints, Ints]:
    loose = np.flatnonzero(presolved.free & (part_of == NO_PART))
    settled = np.where(presolved.free, 0, presolved.lo)
    costs = presolved.cost[:, loose]
    sign = np.zeros(len(loose), dtype=np.int64)
    for tier in costs:
        sign = np.where(sign == 0, np.sign(tier), sign)
    settled[loose] = np.where(sign < 0, presolved.hi[loose], presolved.lo[loose])
    return settled, presolved.constant + costs @ settled[loose]


def _sort(presolved: Presolved, canon: Ints, row_rank: Ints, part_of: Ints, count: int) -> _Sorted:
    rows, ladders = presolved.rows, presolved.ladders
    columns = _inverse(canon)
    columns = columns[part_of[columns] != NO_PART]
    column_part = part_of[columns]
    columns = columns[by_number(column_part, count)]
    row_part = part_of[rows.col[rows.start[:-1]]]
    row_order = _inverse(row_rank)
    row_order = row_order[by_number(row_part[row_order], count)]
    ladder_part = part_of[ladders.col[ladders.start[:-1]]]
    ladder_first = segment_minima(canon[ladders.col], ladders.start, empty=0)
    ladder_order = np.argsort(packed(ladder_part, ladders.tier, ladder_first, np.diff(ladders.start)), kind="stable")
    starts = [starts_of(np.bincount(part, minlength=count).astype(np.int64)) for part in (column_part, row_part, ladder_part)]
    return _Sorted(columns, row_order, ladder_order, (starts[0], starts[1], starts[2]))


def _inverse(rank: Ints) -> Ints:
    """Items in the order of their ranks, which are all different."""
    items = np.empty(len(rank), dtype=np.int64)
    items[rank] = np.arange(len(rank), dtype=np.int64)
    return items


def _ordered(presolved: Presolved, sorted_: _Sorted, count: int) -> _Ordered:
    """Everything sorted once for all parts, as the costs are already."""
    columns = sorted_.columns
    local = np.zeros(len(presolved.lo), dtype=np.int32)
    local[columns] = ranges(np.zeros(count, dtype=np.int64), np.diff(sorted_.starts[0]))
    return _Ordered(
        lo=compact(presolved.lo[columns]),  # first, as what they leave is taken again
        hi=compact(presolved.hi[columns]),
        rows=_sorted_rows(presolved, sorted_, local),
        ladders=_sorted_ladders(presolved, sorted_, local),
        broken=presolved.broken[columns],
        cost=presolved.cost,
    )


def _parts(program: Program, ordered: _Ordered, beside: list[Ints], sorted_: _Sorted) -> Iterator[Part]:
    """Parts as slices of what is sorted."""
    for p, near in enumerate(beside):
        c, r, k = (slice(start[p], start[p + 1]) for start in sorted_.starts)
        columns = sorted_.columns[c]
        yield Part(
            columns=columns,
            cells=columns[: np.count_nonzero(columns < program.num_cells)],
            lo=ordered.lo[c],
            hi=ordered.hi[c],
            rows=_cut_rows(ordered.rows, r),
            ladders=_cut_ladders(ordered.ladders, k),
            cost=ordered.cost[:, c],
            broken=bool(ordered.broken[c].any()),
            beside=near,
            days=program.shape[1],
        )


def _sorted_rows(presolved: Presolved, sorted_: _Sorted, local: NDArray[np.int32]) -> PartRows:
    rows, order = presolved.rows, sorted_.rows
    tail = (rows.lo[order], rows.hi[order], rows.tier[order], rows.weight[order])
    if not len(rows.col) or (rows.coef == rows.coef[0]).all():
        col = sorted_within(rows.start, local[rows.col], _inverse(order))
        return PartRows(starts_of(np.diff(rows.start)[order]), col, rows.coef, *tail)
    start, entries = pick(rows.start, order)
    col, coef = local[rows.col[entries]].astype(np.int64), rows.coef[entries]
    within = np.argsort(owners_of(start) << int(col.max()).bit_length() | col, kind="stable")
    return PartRows(start, col[within], coef[within], *tail)


def _sorted_ladders(presolved: Presolved, sorted_: _Sorted, local: NDArray[np.int32]) -> Ladders:
    ladders, order = presolved.ladders, sorted_.ladders
    start, entries = pick(ladders.start, order)
    col = sorted_within(start, local[ladders.col[entries]])
    return Ladders(start, col, ladders.step[entries], ladders.tier[order])


def _cut_rows(rows: PartRows, part: slice) -> PartRows:
    start = rows.start[part.start : part.stop + 1]
    entries = slice(start[0], start[-1])
    tail = (rows.lo[part], rows.hi[part], rows.tier[part], rows.weight[part])
    return PartRows(start - start[0], rows.col[entries], rows.coef[entries], *tail)


def _cut_ladders(ladders: Ladders, part: slice) -> Ladders:
    start = ladders.start[part.start : part.stop + 1]
    entries = slice(start[0], start[-1])
    return Ladders(start - start[0], ladders.col[entries], ladders.step[entries], ladders.tier[part])


def _dead_parts(program: Program, presolved: Presolved, canon: Ints) -> list[Part]:
    """A part without columns for every group of fixed cells that broken rows tie together."""
    if not len(presolved.dead):
        return []
    start, entries = pick(program.rows.start, presolved.dead)
    rows = np.split(program.rows.col[entries], start[1:-1])
    by_row = [_cells_of(program, presolved, col) for col in rows]
    sizes = np.array([len(cells) for cells in by_row], dtype=np.int64)
    together = np.concatenate([np.zeros(0, dtype=np.int64), *by_row])
    label = components(program.num_cells, (starts_of(sizes), together))
    lone = [np.zeros(0, dtype=np.int64)] if not sizes.all() else []
    touched = np.unique(together)
    touched = touched[np.lexsort((canon[touched], label[touched]))]
    cuts = np.flatnonzero(np.diff(label[touched])) + 1
    groups: list[NDArray[np.int64]] = [*lone, *(np.split(touched, cuts) if len(touched) else [])]
    groups.sort(key=lambda cells: int(canon[cells].min(initial=len(canon))))
    return [_dead_part(cells, len(program.tiers)) for cells in groups]


def _cells_of(program: Program, presolved: Presolved, col: Ints) -> Ints:
    """The cells of a row; of a row that has none, the fixed cells of the rows that its auxiliary columns stand in."""
    if not len(col) or col.min() < program.num_cells:
        return col[col < program.num_cells]
    rows = program.rows
    _, entries = pick(rows.start, np.unique(owners_of(rows.start)[np.isin(rows.col, col)]))
    near = np.unique(rows.col[entries])
    return np.asarray(near[(near < program.num_cells) & ~presolved.free[near]])


def _dead_part(cells: Ints, tiers: int) -> Part:
    none, zero = np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int64)
    return Part(
        columns=none,
        cells=cells,
        lo=none,
        hi=none,
        rows=PartRows(zero, none, none, none, none, none, none),
        ladders=NO_LADDERS,
        cost=np.zeros((tiers, 0), dtype=np.int64),
        broken=True,
    )

"""Fixed cells beside parts: cells that have no plan unless a part has one, because its auxiliary columns choose among them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from giliran.engine.base.arrays import pick
from giliran.program import Ints, Program
from giliran.program.segments import owners_of, segment_sums

NO_PART = -1
"""Stands in `Split.part_of` for columns that are fixed or loose."""


def fixed_beside(program: Program, free: NDArray[np.bool_], part_of: Ints, count: int) -> list[Ints]:
    """Fixed cells of every part that share a row with one of its auxiliary columns that shares none with a free cell, ascending.

    Where an auxiliary column shares a row with one that fixed cells have settled, these cells belong to the part too.

    Parameters
    ----------
    free : bool[N]
        Free columns.
    part_of : int64[N]
        The part of every column.
    count
        Number of parts.
    """
    rows, cells = program.rows, program.num_cells
    alone = free.copy()
    alone[:cells] = False
    if not alone.any():
        return [np.zeros(0, dtype=np.int64)] * count
    owner, is_cell = owners_of(rows.start), rows.col < cells
    with_free = segment_sums(is_cell & free[rows.col], rows.start) > 0
    alone[rows.col[with_free[owner]]] = False
    row_part = np.full(len(rows), NO_PART, dtype=np.int64)
    entry = alone[rows.col]
    row_part[owner[entry]] = part_of[rows.col[entry]]
    fixed = is_cell & ~free[rows.col] & (row_part[owner] != NO_PART)
    pair = np.unique(row_part[owner[fixed]] * cells + rows.col[fixed])
    beside = np.split(pair % max(cells, 1), np.searchsorted(pair, np.arange(1, count) * cells)) if count else []
    tied, is_aux = np.flatnonzero(with_free == 0), np.arange(program.num_columns) >= cells
    near_settled = segment_sums((is_aux & ~free)[rows.col], rows.start) > 0
    reaching = np.unique(part_of[rows.col[near_settled[owner] & (is_aux & free)[rows.col]]])
    without_cells = np.setdiff1d(np.arange(count), part_of[:cells])
    for p in np.union1d(without_cells, reaching[reaching != NO_PART]).tolist():
        beside[p] = np.union1d(beside[p], _around(program, free, np.flatnonzero((part_of == p) & is_aux), tied))
    return beside


def _around(program: Program, free: NDArray[np.bool_], columns: Ints, tied: Ints) -> Ints:
    """Fixed cells of rows that tie auxiliary columns to some others, be it over columns that fixed cells have settled, ascending.

    Parameters
    ----------
    tied
        Rows without a free cell.
    """
    start, entries = pick(program.rows.start, tied)
    owner, col = owners_of(start), program.rows.col[entries]
    known = np.zeros(program.num_columns, dtype=np.bool_)
    known[columns] = True
    while True:
        near = np.zeros(len(tied), dtype=np.bool_)
        near[owner[known[col]]] = True
        reached = np.unique(col[near[owner]])
        fresh = reached[(reached >= program.num_cells) & ~known[reached]]
        if not len(fresh):
            return np.asarray(reached[(reached < program.num_cells) & ~free[reached]])
        known[fresh] = True

"""The cost of given column values, straight from the program: checks whatever splitting and search made of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from giliran.engine.base.arrays import ranges
from giliran.program import HARD, Ints, Program
from giliran.program.segments import owners_of, segment_sums


def evaluate(program: Program, x: Ints, planned: NDArray[np.bool_] | None = None) -> Ints | None:
    """What values of all columns cost in each tier; None when they are not allowed.

    Parameters
    ----------
    x
        Value of every column : int64[N].
    planned
        Columns that have a plan : bool[N]; all when None. The others owe nothing: whatever they stand in is left out, as the audit
        leaves it out.

    Returns
    -------
    int64[T]
    """
    known = np.ones(len(x), dtype=np.bool_) if planned is None or planned.all() else _owing(program, planned)
    x = x if known.all() else np.where(known, x, 0)
    lo, hi = program.column_bounds()
    outside = known & ((x < lo) | (x > hi))
    del lo, hi
    rows, switches, costs = program.rows, program.switches, program.costs
    terms = x[rows.col]
    terms *= rows.coef
    activity = segment_sums(terms, rows.start)
    del terms  # the largest array here
    whole = _whole(program, known)
    miss = np.where(whole, np.maximum(0, np.maximum(rows.lo - activity, activity - rows.hi)), 0)
    hard = rows.tier == HARD
    if outside.any() or miss[hard].any() or (program.clash & known[: program.num_cells]).any():
        return None
    total = program.constant.copy()
    owed = ~known[program.base.col]
    np.subtract.at(total, program.base.tier[owed], program.base.cost[owed])
    np.add.at(total, rows.tier[~hard], (miss * rows.weight)[~hard])
    both = known[switches.first] & known[switches.second]
    changed = both & (x[switches.first] != x[switches.second])
    np.add.at(total, switches.tier[changed], switches.weight[changed])
    spent = x[costs.col]
    spent *= costs.cost
    np.add.at(total, costs.tier, spent)
    climbed = segment_sums(~known[program.ladders.col], program.ladders.start) == 0
    np.add.at(total, program.ladders.tier, np.where(climbed, _heights(program, x), 0))
    return np.asarray(total)


def _owing(program: Program, planned: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Columns that owe what they cost: planned ones, without auxiliary columns that sum up cells of which some have no plan : bool[N].

    They cost by themselves, or in a row that only should hold and of whose hard rows one has a cell without a plan.
    """
    rows, cells, owner = program.rows, program.num_cells, owners_of(program.rows.start)
    hard = rows.tier == HARD
    owing = planned.copy()

    def lose(columns: Ints, torn: NDArray[np.bool_]) -> None:
        costly = np.zeros(len(planned), dtype=np.bool_)
        costly[columns] = True
        touched = rows.col[(segment_sums(torn, rows.start) > 0)[owner]]
        owing[touched[(touched >= cells) & costly[touched]]] = False

    lost = ~planned[rows.col]
    lose(program.costs.col[program.costs.cost != 0], lost)
    lose(rows.col[~hard[owner]], lost & hard[owner] & (rows.col < cells))
    return owing


def _whole(program: Program, known: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Rows that can be judged : bool[M].

    A row over auxiliary columns alone, a choice, falls with the cells that are chosen among, and takes all rows of its columns along.
    """
    rows = program.rows

    def holding(columns: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return np.asarray(segment_sums(columns[rows.col], rows.start) > 0)

    def standing(which: NDArray[np.bool_]) -> NDArray[np.bool_]:
        columns = np.zeros(program.num_columns, dtype=np.bool_)
        columns[rows.col[which[owners_of(rows.start)]]] = True
        columns[: program.num_cells] = False
        return columns

    lost = holding(~known)
    if lost.any() and program.num_columns > program.num_cells:
        choice = holding(np.arange(program.num_columns) >= program.num_cells) & ~holding(np.arange(program.num_columns) < program.num_cells)
        lost |= holding(standing(choice & holding(standing(lost))))
    return ~lost


def _heights(program: Program, x: Ints) -> Ints:
    """What every ladder costs : int64[L]."""
    ladders = program.ladders
    size = np.diff(ladders.start)
    left = np.repeat(segment_sums(x[ladders.col], ladders.start), size)
    left -= ranges(np.zeros(len(size), dtype=np.int64), size)
    return segment_sums(np.where(left > 0, ladders.step, 0), ladders.start)

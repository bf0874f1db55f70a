"""What a textbook says instead of squares: the largest minus the smallest number of office days in every section."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.peers.exchange import Task
from giliran.engine.base.arrays import pick
from giliran.program import HARD, INFINITE, Costs, Ints, Ladders, Program, Rows

FAIR, SPREAD = "fair_share", "spread"
"""The tier that is replaced, and what it is called then."""


def minmax(task: Task) -> Task:
    """The same statements with the spread of every section, `max - min` of counted office days, in the place of fair shares.

    People without a free counted day stand in no spread; absences, history and fair shares play no part in it. A task without fair
    shares stays what it is. The new columns stand behind the old ones: two for every section, its most and its least days.
    """
    program = task.program
    if FAIR not in program.tiers:
        return task
    tier = program.tiers.index(FAIR)
    fair = np.flatnonzero(program.ladders.tier == tier)
    _, entries = pick(program.ladders.start, fair)
    cell = program.ladders.col[entries]
    counted, person = np.unique(cell // program.shape[1], return_inverse=True)
    section = np.unique(task.sections[counted], return_inverse=True)[1].astype(np.int64)
    ends = _ends(program, int(section.max(initial=-1)) + 1)
    return replace(
        task,
        program=replace(
            program,
            tiers=tuple(SPREAD if name == FAIR else name for name in program.tiers),
            aux_lo=np.concatenate([program.aux_lo, np.zeros(ends.size, dtype=np.int64)]),
            aux_hi=np.concatenate([program.aux_hi, np.full(ends.size, program.shape[1], dtype=np.int64)]),
            rows=_with_ends(program.rows, len(program.rules), cell, person.astype(np.int64), ends[:, section]),
            costs=_spreads(_without(program.costs, tier), ends, tier),
            base=_without(program.base, tier),
            ladders=_other_ladders(program.ladders, tier),
            constant=np.where(np.arange(len(program.tiers)) == tier, 0, program.constant),
            rules=(*program.rules, f"peer/{SPREAD}"),
        ),
    )


def _ends(program: Program, sections: int) -> Ints:
    """Columns of the most and the least days of every section : int64[2, S]."""
    return program.num_columns + np.arange(2 * sections, dtype=np.int64).reshape(2, sections)


def _without(costs: Costs, tier: int) -> Costs:
    kept = costs.tier != tier
    return Costs(costs.col[kept], costs.cost[kept], costs.tier[kept])


def _spreads(costs: Costs, ends: Ints, tier: int) -> Costs:
    sign = np.repeat(np.array([1, -1], dtype=np.int64), ends.shape[1])
    return Costs(
        np.concatenate([costs.col, ends.reshape(-1)]),
        np.concatenate([costs.cost, sign]),
        np.concatenate([costs.tier, np.full(ends.size, tier, dtype=np.int64)]),
    )


def _other_ladders(ladders: Ladders, tier: int) -> Ladders:
    kept = np.flatnonzero(ladders.tier != tier)
    start, entries = pick(ladders.start, kept)
    return Ladders(start, ladders.col[entries], ladders.step[entries], ladders.tier[kept])


def _with_ends(rows: Rows, rule: int, cell: Ints, person: Ints, ends: Ints) -> Rows:
    """Two rows more for every person: days ≤ the most of the section, days ≥ its least. `ends` : int64[2, P] are their columns."""
    people = ends.shape[1]
    size = np.tile(np.bincount(person, minlength=people).astype(np.int64) + 1, 2)
    last = np.cumsum(size) - 1
    is_end = np.zeros(size.sum(), dtype=np.bool_)
    is_end[last] = True
    col = np.empty(len(is_end), dtype=np.int64)
    col[is_end] = ends.reshape(-1)
    col[~is_end] = np.tile(cell[np.argsort(person, kind="stable")], 2)
    zero, far, nowhere = (np.full(many, value, dtype=np.int64) for many, value in ((people, 0), (people, INFINITE), (2 * people, -1)))
    return Rows(
        start=np.concatenate([rows.start, rows.start[-1] + last + 1]),
        col=np.concatenate([rows.col, col]),
        coef=np.concatenate([rows.coef, np.where(is_end, -1, 1)]),
        lo=np.concatenate([rows.lo, -far, zero]),
        hi=np.concatenate([rows.hi, zero, far]),
        tier=np.concatenate([rows.tier, np.full(2 * people, HARD, dtype=np.int64)]),
        weight=np.concatenate([rows.weight, zero, zero]),
        rule=np.concatenate([rows.rule, np.full(2 * people, rule, dtype=np.int64)]),
        group=np.concatenate([rows.group, nowhere]),
        day=np.concatenate([rows.day, nowhere]),
        person=np.concatenate([rows.person, nowhere]),
    )

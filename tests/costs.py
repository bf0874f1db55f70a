"""What plans cost in a program, by reading its statements one by one for all plans at once; shares nothing with the engine."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from giliran.program import HARD, Program

Ints = NDArray[np.int64]

MOST_VALUES = 1 << 20
"""Sums, plans times values of auxiliary columns, that are looked at together."""


@dataclass(frozen=True, eq=False)
class _Statement:
    """What `Σ coef·column` costs in a tier; of a statement that must hold, how much it is broken by."""

    col: Ints
    coef: Ints
    tier: int
    cost: Callable[[Ints], Ints]


def program_costs(program: Program, office: np.ndarray) -> tuple[int, ...] | None:
    """Least costs per tier, lexicographically, of given places over all values of the auxiliary columns; None if not allowed."""
    return costs_of_all(program, [office])[0]


def costs_of_all(program: Program, offices: Sequence[np.ndarray]) -> list[tuple[int, ...] | None]:
    """The same of many places.

    Auxiliary columns that no statement joins are looked at by themselves: the least costs of all are the sums of theirs.
    """
    cells = np.array([office.reshape(-1) for office in offices], dtype=np.int64)
    fixed = np.where(program.decision, program.fixed, -1)
    allowed = ((fixed == -1) | (fixed == cells)).all(axis=1) & ~program.clash.any()
    total = np.repeat(program.constant.astype(np.int64)[:, None], len(cells), axis=1)
    for columns, statements in _joined(program, list(_statements(program))):
        ranges = [range(int(program.aux_lo[k]), int(program.aux_hi[k]) + 1) for k in columns]
        aux = np.zeros((int(np.prod([len(each) for each in ranges])), len(program.aux_lo)), dtype=np.int64)
        aux[:, columns] = list(itertools.product(*ranges))
        step = max(1, MOST_VALUES // len(aux))
        for first in range(0, len(cells), step):
            part = slice(first, first + step)
            some, least = _least(*_costs(program, statements, cells[part], aux))
            allowed[part] &= some
            total[:, part] += least
    return [tuple(costs) if allows else None for allows, costs in zip(allowed.tolist(), total.T.tolist(), strict=True)]


def _statements(program: Program) -> Iterator[_Statement]:
    """All that holds for or is paid for columns, each as a sum."""
    rows, switches, costs, ladders = program.rows, program.switches, program.costs, program.ladders
    for r in range(len(rows)):
        part = slice(rows.start[r], rows.start[r + 1])
        weight = 1 if rows.tier[r] == HARD else int(rows.weight[r])
        yield _Statement(rows.col[part], rows.coef[part], int(rows.tier[r]), partial(_missed, rows.lo[r], rows.hi[r], weight))
    for a, b, weight, tier in zip(switches.first, switches.second, switches.weight, switches.tier, strict=True):
        yield _Statement(np.array([a, b]), np.array([1, -1]), int(tier), partial(_missed, 0, 0, weight))
    for col, cost, tier in zip(costs.col, costs.cost, costs.tier, strict=True):
        yield _Statement(np.array([col]), np.array([cost]), int(tier), np.asarray)
    for k in range(len(ladders)):
        part = slice(ladders.start[k], ladders.start[k + 1])
        assert (np.diff(ladders.step[part]) >= 0).all(), "a ladder must be convex"
        prices = np.concatenate([[0], np.cumsum(ladders.step[part])])
        yield _Statement(ladders.col[part], np.ones_like(ladders.col[part]), int(ladders.tier[k]), prices.take)


def _missed(lo: int, hi: int, weight: int, activity: Ints) -> Ints:
    """What sums pay that are below or above their bounds."""
    return weight * np.maximum(0, np.maximum(lo - activity, activity - hi))


def _joined(program: Program, statements: Sequence[_Statement]) -> Iterator[tuple[list[int], list[_Statement]]]:
    """Auxiliary columns that statements join, with all their statements; the statements of cells alone with no column."""
    group_of = {k: {k} for k in range(len(program.aux_lo))}
    aux_of = [sorted({int(col) - program.num_cells for col in statement.col if col >= program.num_cells}) for statement in statements]
    for columns in aux_of:
        joined = set().union(*(group_of[k] for k in columns))
        group_of |= dict.fromkeys(joined, joined)
    yield [], [statement for statement, columns in zip(statements, aux_of, strict=True) if not columns]
    for group in {id(group): group for group in group_of.values()}.values():
        yield sorted(group), [statement for statement, columns in zip(statements, aux_of, strict=True) if columns and columns[0] in group]


def _costs(program: Program, statements: Sequence[_Statement], cells: Ints, aux: Ints) -> tuple[NDArray[np.bool_], Ints]:
    """Whether places with auxiliary values are allowed : bool[S, K], and what some statements cost there : int64[T, S, K]."""
    allowed = np.ones((len(cells), len(aux)), dtype=bool)
    total = np.zeros((len(program.tiers), *allowed.shape), dtype=np.int64)
    for statement in statements:
        cell = statement.col < program.num_cells
        activity = (cells[:, statement.col[cell]] @ statement.coef[cell])[:, None]
        activity = activity + aux[:, statement.col[~cell] - program.num_cells] @ statement.coef[~cell]
        cost = statement.cost(activity)
        if statement.tier == HARD:
            allowed &= cost == 0
        else:
            total[statement.tier] += cost
    return allowed, total


def _least(allowed: NDArray[np.bool_], total: Ints) -> tuple[NDArray[np.bool_], Ints]:
    """Whether places are allowed with some auxiliary values : bool[S], and their least costs, tier after tier : int64[T, S]."""
    left = allowed.copy()
    for costs in total:
        left &= costs == np.where(left, costs, np.iinfo(np.int64).max).min(axis=1, keepdims=True)
    return allowed.any(axis=1), total[:, np.arange(len(left)), left.argmax(axis=1)]

"""The least cost of one person's plans, for everybody at once and exactly.

What a person's own statements allow is walked column by column: a state holds how far each of them has come. People whose statements
are the same walk together, each with costs of their own, so that a walk is laid out once and then paid for by whole arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.certificate.normal import Kind, Normal
from giliran.certificate.parts import NO_PART, Parts
from giliran.program import HARD, Ints
from giliran.program.segments import starts_of

MOST_STATES = 20_000
"""A walk that would be wider is beyond reach."""

MOST_AT_ONCE = 4_000_000
"""Values in memory while a class walks: people times steps."""

DONE = -(1 << 40)
"""Stands for a statement that nothing to come can break or charge."""

Steps = tuple[Ints, Ints, Ints, list[tuple[int, Ints]]]
"""From each state by each value: state before, value, state after, and costs that fall due by tier."""


@dataclass(frozen=True)
class Own:
    """Statements of one person over columns numbered 0 … n-1.

    Parameters
    ----------
    lo, hi : int64[n]
        Bounds of the columns.
    coef : int64[q, n]
    bounds : int64[q, 2]
        Lower and upper bound.
    tier, weight : int64[q]
    stairs
        What a ladder costs by height; None for a row.
    """

    lo: Ints
    hi: Ints
    coef: Ints
    bounds: Ints
    tier: Ints
    weight: Ints
    stairs: Sequence[Ints | None]

    def cost(self, which: int, value: Ints) -> Ints:
        """What one statement costs for given sums."""
        stairs = self.stairs[which]
        if stairs is not None:
            return np.asarray(stairs[value])
        low, high = self.bounds[which].tolist()
        return np.asarray(self.weight[which] * np.maximum(0, np.maximum(low - value, value - high)))


@dataclass(frozen=True)
class UnitClass:
    """People (of a part) with the same statements.

    Parameters
    ----------
    part : int64[u]
        The part of each.
    columns : int64[u, n]
        Their columns.
    walk
        One entry per column; None if there are too many states.
    """

    part: Ints
    columns: Ints
    walk: tuple[Steps, ...] | None

    def least(self, cost: Ints, weights: Ints) -> Ints:
        """The least cost of each, for linear costs int64[N] of the columns and weights int64[P, T] of the tiers : int64[u]."""
        assert self.walk is not None
        widest = max(len(after) for _, _, after, _ in self.walk)
        out = np.empty(len(self.part), dtype=np.int64)
        for first in range(0, len(self.part), size := max(1, MOST_AT_ONCE // widest)):
            some = slice(first, first + size)
            out[some] = self._walked(cost[self.columns[some]], weights[self.part[some]])
        return out

    def _walked(self, cost: Ints, weights: Ints) -> Ints:
        assert self.walk is not None
        paid = np.zeros((len(cost), 1), dtype=np.int64)
        for column, (before, value, after, due) in enumerate(self.walk):
            ways = paid[:, before] + cost[:, column, None] * value
            for tier, amount in due:
                ways += weights[:, tier, None] * amount
            starts = np.flatnonzero(np.concatenate([[True], np.diff(after) != 0]))
            paid = np.minimum.reduceat(ways, starts, axis=1)
        return np.asarray(paid.min(axis=1))


def classes_of(parts: Parts) -> tuple[UnitClass, ...]:
    """All people of all parts, and auxiliary columns of nobody, by what their own statements are."""
    columns, unit, part = _units(parts)
    start = starts_of(np.bincount(unit, minlength=len(part)).astype(np.int64)) if len(unit) else np.zeros(1, dtype=np.int64)
    spot = np.full(len(parts.normal.lo), -1, dtype=np.int64)
    spot[columns] = np.arange(len(columns), dtype=np.int64) - start[unit]
    table, table_start = _table(parts, unit_of=_scattered(unit, columns, len(spot)), spot=spot, count=len(part))
    bounds = np.stack([parts.normal.lo[columns], parts.normal.hi[columns]], axis=1)
    alike: dict[bytes, list[int]] = {}
    for u in range(len(part)):
        key = bounds[start[u] : start[u + 1]].tobytes() + b"|" + table[table_start[u] : table_start[u + 1]].tobytes()
        alike.setdefault(key, []).append(u)
    out = []
    for members in alike.values():
        u = members[0]
        own = _own(bounds[start[u] : start[u + 1]], table[table_start[u] : table_start[u + 1]])
        mine = np.array(members, dtype=np.int64)
        out.append(UnitClass(part[mine], columns[start[mine][:, None] + np.arange(start[u + 1] - start[u])], walk_of(own)))
    return tuple(out)


def _units(parts: Parts) -> tuple[Ints, Ints, Ints]:
    """Columns by owner and part, auxiliary ones first; the unit of each, and the part of each unit."""
    label, owner = parts.of_column, parts.owner
    columns = np.flatnonzero(label != NO_PART)
    cell = columns < parts.program.num_cells
    columns = columns[np.lexsort((columns, cell, owner[columns], label[columns]))]
    if not len(columns):
        return columns, columns, columns
    new = np.concatenate([[True], (np.diff(label[columns]) != 0) | (np.diff(owner[columns]) != 0)])
    return columns, np.cumsum(new) - 1, label[columns[new]]


def _scattered(values: Ints, where: Ints, size: int) -> Ints:
    out = np.full(size, -1, dtype=np.int64)
    out[where] = values
    return out


def _table(parts: Parts, *, unit_of: Ints, spot: Ints, count: int) -> tuple[Ints, Ints]:
    """Entries of personal sums by unit: number of the sum in the unit, spot, coefficient, step, bounds, tier, weight, kind."""
    sums = parts.normal.sums
    which = np.flatnonzero(parts.personal[sums.owner])
    owner = sums.owner[which]
    unit = unit_of[sums.col[which]]
    order = np.lexsort((spot[sums.col[which]], owner, unit))
    # The k-th step belongs to the k-th unit of a ladder whatever column gives it: steps keep their order.
    step = sums.step[which][np.lexsort((owner, unit))]
    which, owner, unit = which[order], owner[order], unit[order]
    new = np.concatenate([[True], np.diff(owner) != 0]) if len(owner) else np.zeros(0, dtype=np.bool_)
    serial = np.cumsum(new)
    first = np.full(count, len(owner) + 1, dtype=np.int64)
    np.minimum.at(first, unit, serial)
    heads = (sums.lo, sums.hi, sums.tier, sums.weight, sums.kind)
    table = np.stack(
        [serial - first[unit], spot[sums.col[which]], sums.coef[which], step, *(head[owner] for head in heads)], axis=1, dtype=np.int64
    )
    return np.ascontiguousarray(table), starts_of(np.bincount(unit, minlength=count).astype(np.int64))


def _own(bounds: Ints, table: Ints) -> Own:
    many = int(table[:, 0].max(initial=-1)) + 1
    coef = np.zeros((many, len(bounds)), dtype=np.int64)
    np.add.at(coef, (table[:, 0], table[:, 1]), table[:, 2])
    first = np.searchsorted(table[:, 0], np.arange(many))
    heads = table[first, 4:]
    stairs: list[Ints | None] = []
    for k in range(many):
        steps = table[table[:, 0] == k, 3]
        stairs.append(starts_of(steps) if heads[k, 4] == Kind.LADDER else None)
    return Own(bounds[:, 0], bounds[:, 1], coef, heads[:, :2], heads[:, 2], heads[:, 3], stairs)


def walk_of(own: Own) -> tuple[Steps, ...] | None:
    """The walk through all columns; None if it would be too wide, or there is no way through.

    A state holds the statements that have begun and are not complete: over a quarter few of some hundreds.
    """
    low, high = np.minimum(own.coef * own.lo, own.coef * own.hi), np.maximum(own.coef * own.lo, own.coef * own.hi)
    rest_low = low.sum(axis=1)[:, None] - np.cumsum(low, axis=1)
    rest_high = high.sum(axis=1)[:, None] - np.cumsum(high, axis=1)
    if ((low.sum(axis=1) > own.bounds[:, 1]) | (high.sum(axis=1) < own.bounds[:, 0]))[own.tier == HARD].any():
        return None
    first = np.array([np.flatnonzero(row)[0] if row.any() else len(own.lo) for row in own.coef], dtype=np.int64)
    last = np.array([np.flatnonzero(row)[-1] if row.any() else -1 for row in own.coef], dtype=np.int64)
    state, held = np.zeros((1, 0), dtype=np.int64), np.zeros(0, dtype=np.int64)
    walk: list[Steps] = []
    for column in range(len(own.lo)):
        values = np.arange(own.lo[column], own.hi[column] + 1, dtype=np.int64)
        if len(state) * len(values) > MOST_STATES:
            return None
        which = np.flatnonzero((first <= column) & (last >= column))
        so_far = np.zeros((len(state), len(which)), dtype=np.int64)
        so_far[:, np.searchsorted(which, held)] = state
        before, value = np.repeat(np.arange(len(state)), len(values)), np.tile(values, len(state))
        come = np.where(so_far[before] == DONE, DONE, so_far[before] + value[:, None] * own.coef[which, column])
        open_ = _possible(own, which, come, rest_low[which, column], rest_high[which, column])
        before, value, come = before[open_], value[open_], come[open_]
        if not len(before):
            return None
        complete = last[which] == column
        due = _due(own, which[complete], come[:, complete])
        held, left = which[~complete], ~complete
        come = _rested(own, held, come[:, left], rest_low[held, column], rest_high[held, column])
        state, after = _numbered(come)
        order = np.argsort(after, kind="stable")
        walk.append((before[order], value[order], after[order], [(tier, amount[order]) for tier, amount in due]))
    return tuple(walk)


def _numbered(come: Ints) -> tuple[Ints, Ints]:
    """Different rows, and the number of each among them."""
    if not come.shape[1]:
        return come[:1], np.zeros(len(come), dtype=np.int64)
    state, after = np.unique(come, axis=0, return_inverse=True)
    return state, after.reshape(-1)


def _possible(own: Own, which: Ints, come: Ints, rest_low: Ints, rest_high: Ints) -> NDArray[np.bool_]:
    """States from which every hard row can still be kept."""
    hard = own.tier[which] == HARD
    lost = (come + rest_low > own.bounds[which, 1]) | (come + rest_high < own.bounds[which, 0])
    return np.asarray(~((come != DONE) & lost & hard).any(axis=1))


def _due(own: Own, which: Ints, come: Ints) -> list[tuple[int, Ints]]:
    """Costs of the statements that are complete now."""
    out = []
    for k, value in zip(which.tolist(), come.T, strict=True):
        if own.tier[k] != HARD:
            settled = value == DONE
            out.append((int(own.tier[k]), np.where(settled, 0, own.cost(k, np.where(settled, 0, value)))))
    return out


def _rested(own: Own, which: Ints, come: Ints, rest_low: Ints, rest_high: Ints) -> Ints:
    """States without what no longer matters."""
    inside = (come + rest_low >= own.bounds[which, 0]) & (come + rest_high <= own.bounds[which, 1])
    row = np.array([own.stairs[k] is None for k in which.tolist()], dtype=np.bool_)
    return np.where((inside & row) | (come == DONE), DONE, come)


def linear_costs(normal: Normal, weights: Ints, part: Ints) -> Ints:
    """Weighted linear cost of every column, for weights int64[P, T] of the tiers in each part : int64[N]."""
    out = np.zeros(len(part), dtype=np.int64)
    for tier, cost in enumerate(normal.cost):
        out += np.append(weights[:, tier], 0)[part] * cost
    return out

"""Duty units that share people, as rows: no people of theirs may be counted for two units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from giliran.program import INFINITE, Cost, ProgramBuilder
from giliran.rules.answers import Duty
from giliran.rules.base import Statement
from giliran.rules.kinds.duty_officers.matching import Tangle

MOST_UNITED = 5
"""Tangles of more groups than these get a column for each person and group instead of a row for each union of groups."""


@dataclass(frozen=True)
class United:
    """Some groups of a tangle, and the people who are in E of any of them (`near`) or of no others of the tangle (`inner`)."""

    groups: tuple[int, ...]
    near: tuple[int, ...]
    inner: tuple[int, ...]


def unions(tangle: Tangle) -> Iterator[United]:
    """All unions of groups of a tangle, smaller ones first."""
    for size in range(1, len(tangle.groups) + 1):
        for groups in combinations(tangle.groups, size):
            near = tuple(e for e, mine in tangle.member_of.items() if not set(groups).isdisjoint(mine))
            yield United(groups, near, tuple(e for e in near if set(tangle.member_of[e]) <= set(groups)))


def alone_rows(rule: Statement, duty: Duty, alone: NDArray[np.bool_], cost: Cost | None, out: ProgramBuilder) -> None:
    """A row for every group and day of some : bool[G, D], over the cells of its people."""
    days = duty.need.shape[1]
    member, day = np.nonzero(duty.open & alone[duty.group])
    key = duty.group[member] * days + day
    order = np.argsort(key, kind="stable")
    col = out.cell(duty.person[member], day)[order]
    found, size = np.unique(key, return_counts=True)
    need = duty.need.reshape(-1)[found]
    most = need if duty.exactly else np.full_like(need, INFINITE)
    out.rows(rule, size, col, lo=need, hi=most, cost=cost, group=found // days, day=found % days)


def tangle_rows(
    rule: Statement, duty: Duty, tangle: Tangle, code: Mapping[tuple[int, ...], int], cost: Cost | None, out: ProgramBuilder
) -> None:
    """Say that those in the office can be shared out so that every group of a tangle has its need, nobody counting twice.

    Parameters
    ----------
    code
        What stands as the group of rows about several groups.
    cost
        None where the duty must hold; else what every person who is missing (or, with `exactly`, too many) costs.

    Notes
    -----
    There are enough people exactly where every union of groups has as many as its groups need together (Hall 1935, On representatives of
    subsets), and as many are missing as the union misses that misses most (Ore 1955, Graphs and matching theorems).
    """
    if len(tangle.groups) > MOST_UNITED:
        _columns(rule, duty, tangle, cost, out)
    elif cost is None:
        _musts(rule, duty, tangle, code, out)
    else:
        _shoulds(rule, duty, tangle, code, cost, out)


def _musts(rule: Statement, duty: Duty, tangle: Tangle, code: Mapping[tuple[int, ...], int], out: ProgramBuilder) -> None:
    """One row per union; with `exactly` the whole has no more people than it needs, so that each group has exactly its own."""
    for union in unions(tangle):
        need = int(duty.need[list(union.groups), tangle.day].sum())
        most = need if duty.exactly and union.groups == tangle.groups else INFINITE
        out.row(rule, out.cell(union.near, tangle.day), lo=need, hi=most, group=code.get(union.groups, union.groups[0]), day=tangle.day)


def _shoulds(rule: Statement, duty: Duty, tangle: Tangle, code: Mapping[tuple[int, ...], int], cost: Cost, out: ProgramBuilder) -> None:
    """A column for those who are missing, as many as in any union, and with `exactly` one for those who are too many."""
    day = tangle.day
    [missing] = out.aux([0], [int(duty.need[list(tangle.groups), day].sum())])
    [over] = out.aux([0], [len(tangle.member_of)]) if duty.exactly else [-1]
    for union in unions(tangle):
        need, group = int(duty.need[list(union.groups), day].sum()), code.get(union.groups, union.groups[0])
        out.row(rule, [*out.cell(union.near, day), missing], lo=need, group=group, day=day)
        if duty.exactly:
            inner = np.append(out.cell(union.inner, day), over)
            out.rows(rule, [len(inner)], inner, coef=np.append(np.full(len(inner) - 1, -1), 1), lo=-need, group=group, day=day)
    out.charge([missing, over] if duty.exactly else [missing], 1, cost)


def _columns(rule: Statement, duty: Duty, tangle: Tangle, cost: Cost | None, out: ProgramBuilder) -> None:
    """A column for each person and group, at most 1 for each person in the office (with `exactly` 1), and each group's need over these."""
    day = tangle.day
    columns: dict[int, list[int]] = {g: [] for g in tangle.groups}
    for person, groups in tangle.member_of.items():
        own = out.binary(len(groups))
        out.row(rule, [out.cell(person, day)], own, lo=0, hi=0 if duty.exactly else INFINITE, day=day, person=person)
        for g, column in zip(groups, own.tolist(), strict=True):
            columns[g].append(column)
    for g, mine in columns.items():
        _group_row(rule, duty, tangle, g, mine, cost, out)


def _group_row(rule: Statement, duty: Duty, tangle: Tangle, group: int, columns: list[int], cost: Cost | None, out: ProgramBuilder) -> None:
    """A group's need over the columns of its people; where it costs, over columns for those missing or too many as well."""
    need, day = int(duty.need[group, tangle.day]), tangle.day
    if cost is None:
        out.row(rule, columns, lo=need, hi=need if duty.exactly else INFINITE, group=group, day=day)
        return
    [missing] = out.aux([0], [need])
    out.row(rule, [*columns, missing], lo=need, group=group, day=day)
    out.charge([missing], 1, cost)
    if duty.exactly:
        [over] = out.aux([0], [len(columns)])
        coef = np.append(np.full(len(columns), -1), 1)
        out.rows(rule, [len(columns) + 1], [*columns, over], coef=coef, lo=-need, group=group, day=day)
        out.charge([over], 1, cost)


def codes(tangled: Sequence[Tangle], first: int) -> dict[tuple[int, ...], int]:
    """A number for every union of several groups of small tangles, from `first` up, in the order of this mapping; a group has its own."""
    small = [tangle for tangle in tangled if len(tangle.groups) <= MOST_UNITED]
    several = dict.fromkeys(union.groups for tangle in small for union in unions(tangle) if len(union.groups) > 1)
    return {groups: first + number for number, groups in enumerate(several)}

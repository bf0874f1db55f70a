"""Dealing: the places of interchangeable people are dealt in lottery order, so that equal people have equal chances.

Two people are interchangeable when every statement of the program treats their columns alike: swapping all their places changes no cost and
breaks nothing. A person's columns are the cells, and the auxiliary columns that stand with nobody else's cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from giliran.domain.facts import Cells
from giliran.engine.alike import alike, mixed, packed
from giliran.engine.arrays import owners_of, pick, segment_minima, starts_of
from giliran.engine.fold import Marks
from giliran.program import Ints, Program

ALONE = -1
"""The class of people whom nobody equals."""

SHARED = -1
"""Stands as the owner of an auxiliary column, or of a statement, of several people."""


@dataclass(frozen=True)
class _Columns:
    """Whose column each is, and which of that person's : int64[N] each."""

    owner: Ints
    position: Ints


@dataclass(frozen=True)
class _Roles:
    """What people are in statements: `role` is equal for two people exactly when they stand in the same statement alike : int64[K] each."""

    person: Ints
    role: Ints


def deal(program: Program, office: Cells, planned: Cells, order: Ints) -> Cells:
    """The same places, with those of every class of interchangeable people dealt in lottery order, most office days first.

    Parameters
    ----------
    office, planned
        Cells in the office, and cells that have a plan : bool[E, D] each. People with different planned cells are not interchangeable.
    order
        People in lottery order : int64[E].

    Returns
    -------
    bool[E, D]
    """
    columns = _columns(program)
    costs = _costs(program)
    maybe = _not_alone(program, columns, costs)
    kinds = [_state_roles(program, columns, planned, maybe), *_row_roles(program, columns, maybe), *_ladder_roles(program, columns, maybe)]
    kinds += [*_switch_roles(program, columns), _cost_roles(costs, columns, maybe)]
    class_of = _classes(kinds, maybe)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    dealt = office.copy()
    for members in _unsettled(class_of, office):
        places = office[members]
        keys = [~places[:, day] for day in reversed(range(places.shape[1]))]
        best_first = np.lexsort((*keys, -places.sum(axis=1)))
        dealt[members[np.argsort(rank[members])]] = places[best_first]
    return dealt


def _not_alone(program: Program, columns: _Columns, costs: tuple[Ints, Ints, Ints]) -> Marks:
    """People whom somebody else may equal : bool[E]. Different sums of mixed roles show that people differ, equal ones show nothing."""
    rows, ladders = program.rows, program.ladders
    total = np.zeros(program.shape[0] + 1, dtype=np.uint64)
    line = owners_of(rows.start)
    for col, parts in (
        (costs[0], costs[1:]),
        (rows.col, (np.where(_persons(rows.start, columns.owner[rows.col])[1][line], line, -1), rows.coef)),
        (ladders.col, (np.repeat(ladders.tier, np.diff(ladders.start)), ladders.step)),
    ):
        np.add.at(total, columns.owner[col], mixed(columns.position[col], *parts))
    _, inverse, count = np.unique(total[:-1], return_inverse=True, return_counts=True)
    return np.asarray(count[inverse] > 1)


def _persons(start: Ints, owner: Ints) -> tuple[Ints, Marks]:
    """The person of every statement about one (meaningless elsewhere) : int64[M], and which are about several or nobody : bool[M].

    Auxiliary columns of several people, choices, may stand in a statement about one person: everybody has the same choice before them.
    """
    shared = owner == SHARED
    nobody = int(owner.max(initial=0)) + 1
    low = segment_minima(np.where(shared, nobody, owner), start, empty=nobody)
    high = -segment_minima(np.where(shared, nobody, -owner), start, empty=nobody)
    return np.where(low == nobody, 0, low), (low != high) | (low == nobody)


def _unsettled(class_of: Ints, office: Cells) -> Iterator[Ints]:
    """Members of every class whose places are not all the same; class `ALONE` is nobody's equal."""
    known = np.flatnonzero(class_of != ALONE)
    yield from (known[members] for members in _differing(class_of[known], office[known]))


def _differing(class_of: Ints, office: Cells) -> Iterator[Ints]:
    pattern = packed(*(np.ascontiguousarray(day).astype(np.int64) for day in office.T))
    by_class = np.argsort(class_of, kind="stable")
    starts = np.flatnonzero(np.diff(class_of[by_class], prepend=-1))
    sorted_pattern = pattern[by_class]
    same = np.minimum.reduceat(sorted_pattern, starts) == np.maximum.reduceat(sorted_pattern, starts) if len(starts) else starts
    ends = np.append(starts[1:], len(by_class))
    for k in np.flatnonzero(~np.asarray(same, dtype=np.bool_)):
        yield by_class[starts[k] : ends[k]]


def _columns(program: Program) -> _Columns:
    people, days = program.shape
    cells, aux = program.num_cells, len(program.aux_lo)
    owner = np.concatenate([np.repeat(np.arange(people), days), np.full(aux, SHARED)]).astype(np.int64)
    position = np.concatenate([np.tile(np.arange(days), people), days + aux + np.arange(aux)]).astype(np.int64)
    if aux:
        single, whose = _private(program, owner)
        owner[cells + single] = whose
        by_owner = single[np.argsort(whose, kind="stable")]
        sorted_whose = owner[cells + by_owner]
        position[cells + by_owner] = days + np.arange(len(by_owner)) - np.searchsorted(sorted_whose, sorted_whose)
    return _Columns(owner, position)


def _private(program: Program, owner: Ints) -> tuple[Ints, Ints]:
    """Auxiliary columns that stand in rows with one person's cells only, and that person."""
    rows, cells, people = program.rows, program.num_cells, program.shape[0]
    cell = rows.col < cells
    low = segment_minima(np.where(cell, owner[rows.col], people), rows.start, empty=people)
    high = -segment_minima(np.where(cell, -owner[rows.col], 1), rows.start, empty=1)
    line = owners_of(rows.start)
    entry = np.flatnonzero(~cell & (low[line] < people))
    least, most = np.full(len(program.aux_lo), people), np.full(len(program.aux_lo), SHARED)
    np.minimum.at(least, rows.col[entry] - cells, low[line[entry]])
    np.maximum.at(most, rows.col[entry] - cells, high[line[entry]])
    single = np.flatnonzero(least == most)
    return single, least[single]


def _state_roles(program: Program, columns: _Columns, planned: Cells, maybe: Marks) -> _Roles:
    lo, hi = program.column_bounds()
    state = planned.reshape(-1) + 2 * program.decision + 4 * program.clash
    state = np.concatenate([state, np.zeros(len(program.aux_lo), dtype=np.int64)]).astype(np.int64)
    mine = np.flatnonzero((columns.owner != SHARED) & maybe[columns.owner])
    return _Roles(columns.owner[mine], packed(columns.position[mine], state[mine], lo[mine], hi[mine]))


def _row_roles(program: Program, columns: _Columns, maybe: Marks) -> list[_Roles]:
    rows = program.rows

    def content(own: Ints) -> Ints:
        return packed(rows.lo[own], rows.hi[own], rows.tier[own], rows.weight[own])

    return _statement_roles(rows.start, rows.col, rows.coef, content, columns, maybe)


def _ladder_roles(program: Program, columns: _Columns, maybe: Marks) -> list[_Roles]:
    ladders = program.ladders

    def content(own: Ints) -> Ints:
        start, entries = pick(ladders.start, own)
        return packed(ladders.tier[own], alike(start, ladders.step[entries]))

    return _statement_roles(ladders.start, ladders.col, np.ones(len(ladders.col), dtype=np.int64), content, columns, maybe)


def _statement_roles(start: Ints, col: Ints, coef: Ints, content: Callable[[Ints], Ints], columns: _Columns, maybe: Marks) -> list[_Roles]:
    """Statements about one person are alike by content, choices by their column; in those about several everybody counts."""
    owner, line = columns.owner[col], owners_of(start)
    person, common = _persons(start, owner)
    several = np.flatnonzero(common[line] & (owner != SHARED) & maybe[owner])
    shared = _Roles(owner[several], packed(line[several], columns.position[col[several]], coef[several]))
    own = np.flatnonzero(~common & maybe[person])
    own_start, entries = pick(start, own)
    entry = packed(columns.position[col[entries]], coef[entries])
    sorted_ = np.lexsort((entry, owners_of(own_start)))
    return [shared, _Roles(person[own], packed(content(own), alike(own_start, entry[sorted_])))]


def _switch_roles(program: Program, columns: _Columns) -> list[_Roles]:
    switches = program.switches
    one, other = switches.first, switches.second
    near, far = columns.position[one], columns.position[other]
    same = columns.owner[one] == columns.owner[other]
    role = packed(np.minimum(near, far), np.maximum(near, far), switches.weight, switches.tier)
    across = np.flatnonzero(~same)
    ends = [_Roles(columns.owner[end[across]], packed(across, columns.position[end[across]])) for end in (one, other)]
    both = _Roles(np.concatenate([e.person for e in ends]), np.concatenate([e.role for e in ends]))
    return [_Roles(columns.owner[one][same], role[same]), both]


def _costs(program: Program) -> tuple[Ints, Ints, Ints]:
    """Column, tier and amount of everything that a column costs, added up : int64[K] each."""
    costs = program.costs
    total = np.zeros((program.num_columns, len(program.tiers)), dtype=np.int64)
    np.add.at(total, (costs.col, costs.tier), costs.cost)
    col, tier = np.nonzero(total)
    return col, tier, total[col, tier]


def _cost_roles(costs: tuple[Ints, Ints, Ints], columns: _Columns, maybe: Marks) -> _Roles:
    col, tier, amount = costs
    mine = np.flatnonzero((columns.owner[col] != SHARED) & maybe[columns.owner[col]])
    return _Roles(columns.owner[col[mine]], packed(columns.position[col[mine]], tier[mine], amount[mine]))


def _classes(kinds: list[_Roles], maybe: Marks) -> Ints:
    """The class of everybody: people with the same roles, each as often, `ALONE` for those whom nobody can equal : int64[E]."""
    people = len(maybe)
    person = np.concatenate([roles.person for roles in kinds])
    kind = np.repeat(np.arange(len(kinds)), [len(roles.person) for roles in kinds])
    role = packed(np.concatenate([roles.role for roles in kinds]), kind)
    known = np.flatnonzero((person != SHARED) & maybe[person])
    known = known[np.lexsort((role[known], person[known]))]
    start = starts_of(np.bincount(person[known], minlength=people).astype(np.int64))
    _, class_of = np.unique(alike(start, role[known]), return_inverse=True)
    return np.where(maybe, class_of, ALONE).astype(np.int64)

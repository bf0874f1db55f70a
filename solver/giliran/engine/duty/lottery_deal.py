"""Dealing: the places of interchangeable people are dealt in lottery order, so that equal people have equal chances.

Two people are interchangeable when every statement of the program treats their columns alike: swapping all their places changes no cost and
breaks nothing. A person's columns are the cells, and the auxiliary columns that stand with nobody else's cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells
from giliran.engine.base.alike import alike, mixed, packed
from giliran.engine.base.arrays import owners_at, pick, segment_minima
from giliran.engine.presolve.fixing import Marks
from giliran.program import Ints, Program
from giliran.program.segments import owners_of, starts_of

ALONE = -1
"""The class of people whom nobody equals."""

SHARED = -1
"""Stands as the owner of an auxiliary column, or of a statement, of several people."""

BLOCK = 1 << 19
"""Entries of statements that are looked at together: what is computed on the way stays in memory that is at hand already."""


@dataclass(frozen=True)
class _Columns:
    """Whose column each is, and which of that person's : int64[N] each."""

    owner: Ints
    position: Ints


@dataclass(frozen=True)
class _Tied:
    """Rows or ladders, and whom they are about.

    Parameters
    ----------
    start : int64[M + 1]
    col : int64[nnz]
    person : int64[M]
        Of every statement about one, meaningless elsewhere.
    common : bool[M]
        Statements about several people or nobody.
    """

    start: Ints
    col: Ints
    person: Ints
    common: Marks

    def blocks(self) -> Iterator[tuple[slice, slice]]:
        """Statements and their entries, `BLOCK` entries or a little more at a time."""
        cuts = np.unique(np.append(np.searchsorted(self.start, np.arange(0, len(self.col), BLOCK)), [0, len(self.person)]))
        for first, last in pairwise(cuts.tolist()):
            yield slice(first, last), slice(int(self.start[first]), int(self.start[last]))


@dataclass(frozen=True)
class _Roles:
    """What people are in statements: `role` is equal for two people exactly when they stand in the same statement alike : int64[K] each."""

    person: Ints
    role: Ints


def deal(program: Program, office: Cells, planned: Cells, order: Ints, apart: Ints | None = None) -> Cells:
    """The same places, with those of every class of interchangeable people dealt in lottery order, most office days first.

    Parameters
    ----------
    office, planned
        Cells in the office, and cells that have a plan : bool[E, D] each. People with different planned cells are not interchangeable.
    order
        People in lottery order : int64[E].
    apart
        People with different numbers are not interchangeable, whatever the program says : int64[E]. None if that makes no difference.

    Returns
    -------
    bool[E, D]
    """
    columns, rows, ladders = _columns(program), program.rows, program.ladders
    lines, steps = _statements(rows.start, rows.col, columns), _statements(ladders.start, ladders.col, columns)
    hashes = _hashes(program, columns, lines, steps)
    maybe = _unsettled(hashes if apart is None else hashes + mixed(apart), office)
    if not maybe.any():
        return office.copy()
    kinds = [_state_roles(program, columns, planned, maybe), *_row_roles(program, lines, columns, maybe)]
    kinds += [*_ladder_roles(program, steps, columns, maybe), *_switch_roles(program, columns), _cost_roles(program, columns, maybe)]
    if apart is not None:
        kinds.append(_Roles(np.arange(len(apart)), apart))
    class_of = _classes(kinds, maybe)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    members = np.flatnonzero(class_of != ALONE)
    drawn = members[np.lexsort((rank[members], class_of[members]))]
    places = office[members]
    keys = [~places[:, day] for day in reversed(range(places.shape[1]))]
    best_first = members[np.lexsort((*keys, -places.sum(axis=1), class_of[members]))]
    dealt = office.copy()
    dealt[drawn] = office[best_first]
    return dealt


def _hashes(program: Program, columns: _Columns, lines: _Tied, steps: _Tied) -> NDArray[np.uint64]:
    """A number for everybody: different ones show that people differ, equal ones show nothing : uint64[E]. Sums of scrambled roles."""
    costs, rows, ladders = program.costs, program.rows, program.ladders
    total = np.zeros(program.shape[0] + 1, dtype=np.uint64)
    many = int(columns.position.max(initial=0)) + 1
    for first in range(0, len(costs.col), BLOCK):
        some = slice(first, first + BLOCK)
        col = costs.col[some]
        role = mixed(columns.position[col] + many * costs.tier[some])
        np.add.at(total, columns.owner[col], role * costs.cost[some].astype(np.uint64))
    for of, entries in lines.blocks():
        role = _stands(lines, of, entries, columns, many) * rows.coef[entries].astype(np.uint64)
        np.add.at(total, columns.owner[rows.col[entries]], role)
    for of, entries in steps.blocks():
        size = np.diff(ladders.start[of.start : of.stop + 1])
        # What a ladder of several people costs depends on how many, not on who stands beside which step.
        own = np.repeat(~steps.common[of], size)
        role = _stands(steps, of, entries, columns, many) + own * mixed(ladders.step[entries])
        np.add.at(total, columns.owner[ladders.col[entries]], role * np.repeat(mixed(ladders.tier[of]), size))
    return total[:-1]


def _stands(made: _Tied, of: slice, entries: slice, columns: _Columns, many: int) -> NDArray[np.uint64]:
    """Where every entry stands, scrambled: the position of its column, and which statement it is if that is about several : uint64[n]."""
    tag = np.where(made.common[of], np.arange(of.start + 1, of.stop + 1), 0)
    return mixed(columns.position[made.col[entries]] + many * np.repeat(tag, np.diff(made.start[of.start : of.stop + 1])))


def _statements(start: Ints, col: Ints, columns: _Columns) -> _Tied:
    made = _Tied(start, col, np.zeros(len(start) - 1, dtype=np.int64), np.zeros(len(start) - 1, dtype=np.bool_))
    for of, entries in made.blocks():
        own = start[of.start : of.stop + 1] - start[of.start]
        made.person[of], made.common[of] = _persons(own, columns.owner[col[entries]])
    return made


def _persons(start: Ints, owner: Ints) -> tuple[Ints, Marks]:
    """The person of every statement about one (meaningless elsewhere) : int64[M], and which are about several or nobody : bool[M].

    Auxiliary columns of several people, choices, may stand in a statement about one person: everybody has the same choice before them.
    """
    shared = owner == SHARED
    nobody = int(owner.max(initial=0)) + 1
    low = segment_minima(np.where(shared, nobody, owner), start, empty=nobody)
    high = -segment_minima(np.where(shared, nobody, -owner), start, empty=nobody)
    return np.where(low == nobody, 0, low), (low != high) | (low == nobody)


def _unsettled(hashes: NDArray[np.uint64], office: Cells) -> Marks:
    """People whom somebody else may equal, and not all of those have the same places : bool[E]."""
    by_hash = np.argsort(hashes)
    sorted_hash = hashes[by_hash]
    starts = np.flatnonzero(np.append(True, sorted_hash[1:] != sorted_hash[:-1])[: len(by_hash)])
    pattern = packed(*(day.astype(np.int64) for day in office.T))[by_hash]
    differ = np.minimum.reduceat(pattern, starts) != np.maximum.reduceat(pattern, starts) if len(starts) else np.zeros(0, dtype=np.bool_)
    maybe = np.zeros(len(hashes), dtype=np.bool_)
    maybe[by_hash] = np.repeat(differ, np.diff(starts, append=len(by_hash)))
    return maybe


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


def _row_roles(program: Program, lines: _Tied, columns: _Columns, maybe: Marks) -> list[_Roles]:
    rows = program.rows

    def content(own: Ints) -> Ints:
        return packed(rows.lo[own], rows.hi[own], rows.tier[own], rows.weight[own])

    return _statement_roles(lines, lambda entries: rows.coef[entries], content, columns, maybe)


def _ladder_roles(program: Program, steps: _Tied, columns: _Columns, maybe: Marks) -> list[_Roles]:
    ladders = program.ladders

    def content(own: Ints) -> Ints:
        start, entries = pick(ladders.start, own)
        return packed(ladders.tier[own], alike(start, ladders.step[entries]))

    return _statement_roles(steps, np.ones_like, content, columns, maybe)


def _statement_roles(
    made: _Tied, coef: Callable[[Ints], Ints], content: Callable[[Ints], Ints], columns: _Columns, maybe: Marks
) -> list[_Roles]:
    """Statements about one person are alike by content, choices by their column; in those about several everybody counts."""
    found = []
    for of, entries in made.blocks():
        owner = columns.owner[made.col[entries]]
        common = np.repeat(made.common[of], np.diff(made.start[of.start : of.stop + 1]))
        found.append(entries.start + np.flatnonzero(common & (owner != SHARED) & maybe[owner]))
    several = np.concatenate([np.zeros(0, dtype=np.int64), *found])
    line, col = owners_at(several, made.start), made.col[several]
    shared = _Roles(columns.owner[col], packed(line, columns.position[col], coef(several)))
    own = np.flatnonzero(~made.common & maybe[made.person])
    own_start, picked = pick(made.start, own)
    entry = packed(columns.position[made.col[picked]], coef(picked))
    sorted_ = np.lexsort((entry, owners_of(own_start)))
    return [shared, _Roles(made.person[own], packed(content(own), alike(own_start, entry[sorted_])))]


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


def _cost_roles(program: Program, columns: _Columns, maybe: Marks) -> _Roles:
    """Tier and amount of everything that a column costs, added up."""
    costs, tiers = program.costs, len(program.tiers)
    owner = columns.owner[costs.col]
    mine = np.flatnonzero((owner != SHARED) & maybe[owner])
    key = costs.col[mine] * tiers + costs.tier[mine]
    by_key = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.diff(key[by_key], prepend=-1))
    amount = np.add.reduceat(costs.cost[mine[by_key]], starts) if len(starts) else starts
    col, tier = np.divmod(key[by_key][starts], tiers)
    col, tier, amount = (values[amount != 0] for values in (col, tier, amount))
    return _Roles(columns.owner[col], packed(columns.position[col], tier, amount))


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

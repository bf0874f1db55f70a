"""The rows of sets that are together: what must hold ties cells, what costs lifts columns from 0."""

from __future__ import annotations

import numpy as np

from giliran.program import INFINITE, Cost, Ints, ProgramBuilder
from giliran.rules.base import Statement
from giliran.rules.kinds.together.members import Members
from giliran.rules.view import View

PAIR = 2


def tied(owner: Statement, view: View, members: Members, out: ProgramBuilder) -> None:
    """All of an occurrence have one place: a row for each but one, who is not settled by the past where there is somebody."""
    if not len(members):
        return
    day, position = members.day[members.owner], np.arange(len(members.person))
    last = np.where(view.settled[members.person, day], len(position), 0) if view.keeper is not None else 0
    chosen = np.minimum.reduceat(position + last, members.start[:-1]) % len(position)
    others = np.setdiff1d(position, chosen)
    cell, who = out.cell(members.person, day), members.owner[others]
    out.same(owner, cell[others], cell[chosen[who]], group=members.group[who], day=members.day[who])


def charged_by_person(owner: Statement, members: Members, out: ProgramBuilder, cost: Cost) -> None:
    """Each person who is not where most of the set are costs.

    Of `n` people with `s` in the office `min(s, n − s)` are apart, which is `|s − n·z|` for a choice `z` that may be 1 where `2s ≥ n`.
    """
    few = members.size <= PAIR + 1  # of two or three one is apart, or none
    charged_by_day(owner, members.where(few), out, cost)
    many = members.where(~few)
    size, most = many.size, out.binary(len(many))
    col = np.insert(out.cell(many.person, many.day[many.owner]), many.start[1:], most)
    for times, most_paid, paid in ((1, 0, cost), (2, INFINITE, None)):
        coef = np.insert(np.full(len(many.person), times, dtype=np.int64), many.start[1:], -size)
        out.rows(owner, size + 1, col, coef=coef, lo=0, hi=most_paid, cost=paid, group=many.group, day=many.day)


def charged_by_day(owner: Statement, members: Members, out: ProgramBuilder, cost: Cost) -> None:
    """Each occurrence with people at different places costs once."""
    pairs = members.where(members.size == PAIR)
    cell = out.cell(pairs.person, pairs.day[pairs.owner])
    out.same(owner, cell[::2], cell[1::2], cost=cost, group=pairs.group, day=pairs.day)
    more = members.where(members.size > PAIR)
    _circles(owner, more, out, out.binary(len(more)), cost)


def charged_by_set(owner: Statement, members: Members, out: ProgramBuilder, cost: Cost) -> None:
    """Each set with people at different places on any day costs once."""
    found, which = np.unique(members.group, return_inverse=True)
    parted = out.binary(len(found))
    _circles(owner, members, out, parted, cost, which=which)


def _circles(owner: Statement, members: Members, out: ProgramBuilder, parted: Ints, cost: Cost, which: Ints | None = None) -> None:
    """Around each occurrence nobody is in the office while the next one is not, unless its column is 1: at different places somebody is.

    Parameters
    ----------
    parted
        Columns that cost.
    which
        The column of each occurrence : int64[K]; one each where None.
    """
    entry = np.arange(len(members.person))
    following = entry + 1
    following[members.start[1:] - 1] = members.start[:-1]
    cell = out.cell(members.person, members.day[members.owner])
    column = parted[members.owner if which is None else which[members.owner]]
    col = np.stack([cell, cell[following], column], axis=1).reshape(-1)
    coef = np.tile(np.array([1, -1, -1], dtype=np.int64), len(entry))
    group, day = members.group[members.owner], members.day[members.owner]
    out.rows(owner, np.full(len(entry), 3), col, coef=coef, hi=0, group=group, day=day)
    out.charge(parted, np.ones(len(parted), dtype=np.int64), cost)


def met_by_person(owner: Statement, members: Members, out: ProgramBuilder, cost: Cost) -> None:
    """Each person of an occurrence who is not in the office costs."""
    out.miss(out.cell(members.person, members.day[members.owner]), True, cost)


def met_by_day(owner: Statement, members: Members, out: ProgramBuilder, cost: Cost) -> None:
    """Each occurrence that not all come to costs once."""
    out.charge(_unmet(owner, members, out), np.ones(len(members), dtype=np.int64), cost)


def met_by_set(owner: Statement, members: Members, out: ProgramBuilder, cost: Cost) -> None:
    """Each set that meets on none of its days costs once."""
    unmet = _unmet(owner, members, out)
    group, days = np.unique(members.group, return_counts=True)
    out.rows(owner, days, unmet, hi=days - 1, cost=cost, group=group)


def _unmet(owner: Statement, members: Members, out: ProgramBuilder) -> Ints:
    """A column per occurrence that is 1 where somebody of it is not in the office."""
    unmet = out.binary(len(members))
    cell = out.cell(members.person, members.day[members.owner])
    where = members.group[members.owner], members.day[members.owner]
    out.difference(owner, cell, unmet[members.owner], sign=1, lo=1, group=where[0], day=where[1])
    return unmet

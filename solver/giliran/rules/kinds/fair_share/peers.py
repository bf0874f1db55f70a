"""Whom reports compare with whom: groups of people who share a unit, duty eligibility and caps. They change no plan."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells
from giliran.domain.units import NO_UNIT
from giliran.rules.answers import Counts
from giliran.rules.groups import NO_GROUP, unit_map
from giliran.rules.view import View

AUTO = "auto"
DUTY_UNIT = "duty_unit"
FEWEST = 3
"""A group with fewer members is compared in the unit above."""

NOBODY = -1

_SPREAD = 8
"""A table of so many places for each number is quicker than sorting them."""


def comparison_groups(view: View, counted: Cells, per: str | Sequence[str]) -> tuple[Counts, NDArray[np.int32]]:
    """Comparison group of everybody.

    Parameters
    ----------
    counted
        Cells that count; people without one are in no group : bool[E, D].
    per
        `auto`, `duty_unit`, `leaf`, a level or levels. `auto` also parts people by the duties that they may be named for and by the caps
        that count them, and takes groups of fewer than `FEWEST` members to the unit above.

    Returns
    -------
    group : int64[E]
        -1 for people without counted cells.
    unit : int32[G]
    """
    people = np.flatnonzero(counted.any(axis=1))
    first = np.argmax(counted[people], axis=1)
    leaf = view.facts.unit[people, first]
    unit = _units(view, per)[leaf]
    unit = np.where(unit == NO_UNIT, leaf, unit).astype(np.int64)
    mark = _marks(view, counted, people) if per == AUTO else np.zeros(len(people), dtype=np.int64)
    key = _number(unit, mark, _caps(view, counted, people)) if per == AUTO else _number(unit)
    if per == AUTO:
        key, unit = _lifted(view, key, unit, mark)
    group = np.full(view.facts.num_people, NOBODY, dtype=np.int64)
    group[people] = rank = _ranks(key)
    one_of = np.empty(int(rank.max(initial=NOBODY)) + 1, dtype=np.int32)
    one_of[rank] = unit
    return group, one_of


def _units(view: View, per: str | Sequence[str]) -> NDArray[np.int32]:
    if per not in (AUTO, DUTY_UNIT):
        return unit_map(view.facts, per)
    units = view.facts.units
    named = np.zeros(len(units), dtype=np.bool_)
    for duty in view.duties:
        named[duty.groups_unit[duty.groups_unit != NO_UNIT]] = True
    found = units.nearest_of(named)
    return np.where(found == NO_UNIT, np.arange(len(units), dtype=np.int32), found)


def _marks(view: View, counted: Cells, people: Counts) -> Counts:
    """A number for each combination of duties that people may be named for and caps that count them : int64[len(people)]."""
    who = [np.unique(duty.person) for duty in view.duties] + [(limit.counted & counted).who for limit in view.limits]
    return combined([(some, np.ones_like(some)) for some in who], people, view.facts.num_people)


def _caps(view: View, counted: Cells, people: Counts) -> Counts:
    """A number for each combination of limited groups that people are counted in : int64[len(people)]."""
    columns = []
    for limit in view.limits:
        here = limit.counted & counted
        first = np.argmax(here.table, axis=1)
        group = limit.groups.at(here.index, first)[here.table.any(axis=1)]
        columns.append((here.who[group != NO_GROUP], group[group != NO_GROUP] + 1))
    return combined(columns, people, view.facts.num_people)


def combined(columns: Sequence[tuple[Counts, Counts]], people: Counts, everybody: int) -> Counts:
    """Rows of some columns numbered, equal rows alike, in the order of the rows : int64[len(people)].

    Parameters
    ----------
    columns
        Of each the people who have a number above 0 in it, and the numbers; all others have 0.

    Notes
    -----
    Work grows with what is above 0: rows are compared by these numbers alone. Where two rows differ first, the one without a number comes
    first, or the one with the smaller one, so a number counts for more in an earlier column.
    """
    place = np.full(everybody, NOBODY, dtype=np.int64)
    place[people] = np.arange(len(people))
    most = 1 + max((int(value.max(initial=0)) for _, value in columns), default=0)
    person = np.concatenate([people[:0], *(place[who] for who, _ in columns)])
    worth = np.concatenate([people[:0], *(value + most * (len(columns) - k) for k, (_, value) in enumerate(columns))])
    person, worth = person[person != NOBODY], worth[person != NOBODY]
    order = np.argsort(person, kind="stable")
    person, worth = person[order], worth[order]
    turn = np.arange(len(person)) - np.searchsorted(person, person)
    number = np.zeros(len(people), dtype=np.int64)
    for k in range(int(turn.max(initial=-1)) + 1):
        column = np.zeros(len(people), dtype=np.int64)
        column[person[turn == k]] = worth[turn == k]
        number = _number(number, column)
    return number


def _lifted(view: View, key: Counts, unit: Counts, mark: Counts) -> tuple[Counts, Counts]:
    """Small groups taken to the unit above, again and again until none is small or at a root."""
    parent, own, lifted = view.facts.units.parent, key, np.zeros(len(key), dtype=np.bool_)
    for _ in range(int(view.facts.units.depth.max(initial=0))):
        rank = _ranks(key)
        small = (np.bincount(rank)[rank] < FEWEST) & (parent[unit] != NO_UNIT)
        if not small.any():
            break
        unit, lifted = np.where(small, parent[unit], unit), lifted | small
        key = np.where(lifted, _number(unit, mark) + len(key), own)
    return key, unit


def _number(*columns: Counts) -> Counts:
    """Rows of some columns numbered, equal rows alike : int64[N]."""
    number = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        rank = _ranks(column)
        number = _ranks(number * (int(rank.max(initial=0)) + 1) + rank)
    return number


def _ranks(column: Counts) -> Counts:
    """How many different values are smaller than each; without sorting where all lie close together : int64[N]."""
    if not len(column):
        return column.astype(np.int64)
    least = int(column.min())
    span = int(column.max()) - least + 1
    if span > _SPREAD * len(column):
        return np.unique(column, return_inverse=True)[1].reshape(-1).astype(np.int64)
    there = np.zeros(span, dtype=np.int64)
    there[column - least] = 1
    return (np.cumsum(there) - 1)[column - least]

"""Who belongs to which duty group, what a duty needs, and the floors that come of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from giliran.domain.cell_set import EVERYBODY, CellSet, find_rows, small, union
from giliran.domain.facts import Cells, Facts
from giliran.domain.selection import Days, Selector, people_of, select_cells
from giliran.domain.units import NO_UNIT
from giliran.messages import Said, plain
from giliran.program import INFINITE
from giliran.rules.answers import NO_SHARE, Counts, Duty, Limit, Sense, Side
from giliran.rules.groups import NO_GROUP, WHOLE, WHOLE_SELECTION, Groups, numbered, unit_above
from giliran.rules.kinds.duty_officers.matching import Tangle, matched_need

if TYPE_CHECKING:
    from giliran.rules.view import View


@dataclass(frozen=True)
class Roll:
    """Everybody in the duty groups of a rule, available or not.

    Parameters
    ----------
    unit
        Unit of each group, `NO_UNIT` for the whole selection : int32[G].
    asked
        Days on which anybody of the group is selected : bool[G, D].
    person, group
        Members, nobody twice in one group : int64[K] each.
    cells
        Days on which member `k` belongs to the group : bool[K, D].
    eligible, outside
        Eligible cells, and those of them that no group has, by assignment or by `also`.
    """

    unit: NDArray[np.int32]
    asked: NDArray[np.bool_]
    person: Counts
    group: Counts
    cells: NDArray[np.bool_]
    eligible: CellSet
    outside: CellSet


def enrol(facts: Facts, per: str | Sequence[str], selected: CellSet, own: CellSet, second: CellSet) -> Roll:
    """Sort eligible people into duty groups.

    Parameters
    ----------
    per
        Levels that make duty groups.
    selected
        Cells that the rule means. Groups and their days come from these.
    own, second
        Eligible cells by the unit of assignment, of the people of `selected`, and by the `also` unit.
    """
    here = unit_above(facts, per, selected.of(facts.unit))
    also = facts.postings.also[second.of(facts.posting)]
    there = np.where(also != NO_UNIT, unit_above(facts, per, also), NO_UNIT)
    units, gid = numbered(np.where(selected.table, here, NO_UNIT).astype(np.int64), len(facts.units))
    row, day = np.nonzero(gid != NO_GROUP)
    asked = np.zeros((len(units), facts.num_days), dtype=np.bool_)
    asked[gid[row, day], day] = True
    mine, theirs = own.where(here != NO_UNIT), second.where(there != NO_UNIT)
    other, known = find_rows(units, there[theirs.table])
    solid = ~_above(facts.units.parent, units)
    solid[gid[mine.table]] = True
    solid[other[known]] = True
    position = np.where(solid, np.cumsum(solid) - 1, NO_GROUP)
    person, group, day = _memberships((mine, position[gid[mine.table]]), (theirs, np.where(known, _at(position, other), NO_GROUP)))
    each = group * facts.num_people + person
    start = np.flatnonzero(np.diff(each, prepend=-1))  # days of one person in one group mostly follow each other
    key, member = np.unique(each[start], return_inverse=True)
    member = np.repeat(member, np.diff(start, append=len(each)))
    cells = np.zeros((len(key), facts.num_days), dtype=np.bool_)
    cells[member, day] = True
    unit = np.full(int(solid.sum()), NO_UNIT, dtype=np.int32) if per == WHOLE else units[solid].astype(np.int32)
    many = max(facts.num_people, 1)
    eligible = union((own, second))
    outside = eligible.where(~union((mine, theirs)).table)
    return Roll(unit, asked[solid], key % many, key // many, cells, eligible, outside)


def _above(parent: NDArray[np.int32], units: Counts) -> NDArray[np.bool_]:
    """Which of some units are the nearest ones above others of them : bool[G]."""
    found, now = np.zeros(len(units), dtype=np.bool_), parent[units]
    while len(now := now[now != NO_UNIT]):
        where, here = find_rows(units, now)
        found[where[here]] = True
        now = parent[now[~here]]
    return found


def _at(position: Counts, where: Counts) -> Counts:
    """Positions of some groups; none of no groups : int64[·]."""
    return position[where] if len(position) else np.full(len(where), NO_GROUP, dtype=np.int64)


def _memberships(*kinds: tuple[CellSet, Counts]) -> tuple[Counts, Counts, Counts]:
    """Person, group and day of every membership in a group that exists, from cells and the group of each : int64[·] each."""
    parts = []
    for cells, group in kinds:
        person, day = cells.spots()
        known = group != NO_GROUP
        parts.append((person[known], group[known], day[known]))
    person, group, day = (np.concatenate(columns).astype(np.int64) for columns in zip(*parts, strict=True))
    return person, group, day


def seconded(view: View, days: Days, *selections: tuple[Selector, ...] | None) -> CellSet:
    """Cells that all selections and days would mean if people were assigned to their `also` unit."""
    facts, moved = view.facts, view.seconded
    if moved is None:
        return CellSet.none(facts.shape)
    rows = people_of(moved, selections[0])
    posting = facts.posting[rows]
    meant = facts.postings.also[posting] != NO_UNIT
    for selection in selections:
        meant = meant & select_cells(moved, selection, posting)
    return CellSet(facts.num_people, rows, np.asarray(meant & days.mask(moved, rows)))


def duty_of_roll(roll: Roll, available: NDArray[np.bool_], stuck: Cells, *, rule: str, account: str, count: Counts, exactly: bool) -> Duty:
    """The duty: everywhere the smaller of `count` and the people of E is needed, less where nobody may count for two groups.

    Parameters
    ----------
    available
        Days on which the members of the roll are neither absent nor fixed at home : bool[K, D].
    count
        People asked for in each group : int64[G].
    stuck
        Cells of frozen days that stay out of the office : bool[E, D].
    """
    open_ = roll.cells & available
    size = members_open(roll.group, open_, len(roll.unit))
    asked = np.where(roll.asked, count[:, None], np.int64(0))
    return Duty(
        rule=rule,
        account=account,
        groups_unit=roll.unit,
        person=roll.person,
        group=roll.group,
        open=open_,
        need=matched_need(roll.person, roll.group, open_, asked, size, stuck),
        count=asked,
        exactly=exactly,
    )


def members_open(group: Counts, open_: NDArray[np.bool_], groups: int) -> Counts:
    """People of E per group and day : int64[G, D]."""
    days = open_.shape[1]
    member, day = np.nonzero(open_)
    return np.bincount(group[member] * days + day, minlength=groups * days).astype(np.int64).reshape(groups, days)


def members_of(duty: Duty, group: int, day: int) -> Counts:
    """People of E of one unit and day : int64[·]."""
    return np.asarray(duty.person[(duty.group == group) & duty.open[:, day]])


def duty_limits(duty: Duty, facts: Facts, tangled: Sequence[Tangle], *, must: bool) -> tuple[Limit, ...]:
    """The floors of a duty as limits; several, where people stand in E of more than one group on a day.

    A limit gives every cell one group, so groups that share a cell go into different limits. Groups of a tangle have no upper bound of
    their own with `exactly`: they have one together.
    """
    people, days = facts.shape
    member, day = np.nonzero(duty.open & (duty.need[duty.group] > 0))
    rows = small(np.unique(duty.person), people)
    mine, _ = find_rows(rows, duty.person[member])
    many = people if isinstance(rows, slice) else len(rows)
    layers = _layers(duty.group[member], mine * days + day, many * days, len(duty.groups_unit))
    groups = [Groups(gid.reshape(many, days), duty.groups_unit, ("",) * len(duty.groups_unit), rows) for gid in layers]
    if not (duty.exactly and tangled):
        return tuple(_limit(duty, people, some, duty.need, exactly=duty.exactly, must=must) for some in groups)
    tied = np.zeros(duty.need.shape, dtype=np.bool_)
    for tangle in tangled:
        tied[list(tangle.groups), tangle.day] = True
    found = [_limit(duty, people, some, np.where(tied, 0, duty.need), exactly=True, must=must) for some in groups]
    found += [_limit(duty, people, some, np.where(tied, duty.need, 0), exactly=False, must=must) for some in groups]
    united, need = _united(duty, facts, tangled)
    return tuple(limit for limit in (*found, _limit(duty, people, united, need, exactly=True, must=must)) if limit.active.any())


def _united(duty: Duty, facts: Facts, tangled: Sequence[Tangle]) -> tuple[Groups, Counts]:
    """Tangles as groups, and what each needs : int64[tangles, D]."""
    known = {groups: k for k, groups in enumerate(dict.fromkeys(tangle.groups for tangle in tangled))}
    gid = np.full(facts.shape, NO_GROUP, dtype=np.int32)
    need = np.zeros((len(known), facts.num_days), dtype=np.int64)
    for tangle in tangled:
        gid[list(tangle.member_of), tangle.day] = known[tangle.groups]
        need[known[tangle.groups], tangle.day] = duty.need[list(tangle.groups), tangle.day].sum()
    names = tuple(", ".join(facts.units[int(duty.groups_unit[g])].name for g in groups) for groups in known)
    return Groups(gid, np.full(len(known), NO_UNIT, dtype=np.int32), names, EVERYBODY), need


def _layers(group: Counts, cell: Counts, cells: int, groups: int) -> list[NDArray[np.int32]]:
    """Group of each cell : int32[E · D] per layer, so that no layer has two groups for one cell."""
    times = np.bincount(cell, minlength=cells)
    sharing = np.zeros(groups, dtype=np.bool_)
    sharing[group[times[cell] > 1]] = True
    first = np.full(cells, NO_GROUP, dtype=np.int32)
    alone = ~sharing[group]
    first[cell[alone]] = group[alone]
    layers = [first]
    for g in np.flatnonzero(sharing).tolist():
        mine = cell[group == g]
        layer = next((gid for gid in layers if (gid[mine] == NO_GROUP).all()), None)
        if layer is None:
            layer = np.full(cells, NO_GROUP, dtype=np.int32)
            layers.append(layer)
        layer[mine] = g
    return layers


def _limit(duty: Duty, people: int, groups: Groups, need: Counts, *, exactly: bool, must: bool) -> Limit:
    counted = CellSet(people, groups.rows, groups.gid != NO_GROUP)
    size = groups.count(counted)
    active = (need > 0) & (size > 0)
    most = np.where(active, need, INFINITE) if exactly else np.full_like(need, INFINITE)
    return Limit(
        rule=duty.rule,
        groups=groups,
        counted=counted,
        active=active,
        least=np.where(active, need, -INFINITE),
        most=most,
        side=Side.OFFICE,
        sense=Sense.EXACT if exactly else Sense.LEAST,
        number=np.where(active, need, 0),
        size=size,
        share=np.full_like(need, NO_SHARE),
        relaxed=most,
        must=must,
    )


def group_label(duty: Duty, facts: Facts, group: int) -> Said:
    """How a report names a duty group."""
    unit = int(duty.groups_unit[group])
    return WHOLE_SELECTION() if unit == NO_UNIT else plain(facts.units[unit].name)

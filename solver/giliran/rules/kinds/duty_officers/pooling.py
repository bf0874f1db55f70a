"""Duty groups that share their officers one level up, where caps leave no room for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells
from giliran.domain.units import NO_UNIT, depth_of
from giliran.program import INFINITE
from giliran.rules.answers import Counts, Duty, Limit
from giliran.rules.groups import NO_GROUP
from giliran.rules.kinds.duty_officers.matching import matched_need
from giliran.rules.kinds.duty_officers.members import members_open
from giliran.rules.toolkit.exempting import spared


@dataclass(frozen=True)
class Room:
    """What caps leave for duty officers.

    Parameters
    ----------
    caps
        Limits that bound the office headcount from above.
    exempt
        Duties whose officers each of them does not count.
    forced, stuck
        Cells fixed in the office, and cells of frozen days that stay out of it : bool[E, D] each.
    parent
        Parent of every unit : int32[U].
    """

    caps: Sequence[Limit]
    exempt: Sequence[Sequence[Duty]]
    forced: Cells
    stuck: Cells
    parent: NDArray[np.int32]

    def fixed(self) -> list[Counts]:
        """People fixed in the office who take a seat under each cap : int64[G, D] each."""
        found = [cap.groups.count(cap.counted & self.forced) for cap in self.caps]
        pairs = zip(self.caps, self.exempt, found, strict=True)
        return [many - spared(cap, duties, self.forced, [np.zeros_like(many)]) if duties else many for cap, duties, many in pairs]


@dataclass(frozen=True)
class _Pools:
    """Where the groups of one day have come to.

    Parameters
    ----------
    at
        Unit of the pool of each group, its own unit if it is in none : int32[G].
    inside
        Groups that are in a pool : bool[G].
    """

    at: NDArray[np.int32]
    inside: NDArray[np.bool_]


def pooled(duty: Duty, room: Room) -> Duty:
    """The duty with groups merged under parent units on days on which a cap cannot hold all of them.

    The merged groups follow the others; on those days the groups in them need nobody. Only groups inside such a cap are merged, however
    near another one is.
    """
    merged: dict[int, dict[int, NDArray[np.int64]]] = {}
    depth, fixed = depth_of(room.parent).astype(np.int64), room.fixed()
    for day in np.flatnonzero((duty.need > 0).any(axis=0)).tolist():
        pools = _pools(duty, room, fixed, depth, day)
        for unit in np.unique(pools.at[pools.inside]).tolist():
            asked = np.flatnonzero((pools.at == unit) & pools.inside & (duty.count[:, day] > 0))
            merged.setdefault(unit, {})[day] = asked
    return _with_groups(duty, merged, room.stuck) if merged else duty


def _pools(duty: Duty, room: Room, fixed: Sequence[Counts], depth: Counts, day: int) -> _Pools:
    """The pools of a day: crowded groups rise, the lowest first, or join a pool that has come to their own unit."""
    now = _Pools(duty.groups_unit.copy(), np.zeros(len(duty.groups_unit), dtype=np.bool_))
    here = np.flatnonzero(duty.open[:, day] & (duty.count[duty.group, day] > 0))
    while True:
        high = _crowded(duty, room, fixed, day, now, here) & (now.at != NO_UNIT)
        joining = high & ~now.inside & np.isin(now.at, now.at[now.inside])
        rising = high & ~joining
        rising[rising] = room.parent[now.at[rising]] != NO_UNIT
        moving = joining | rising
        if not moving.any():
            return now
        lowest = moving & (depth[now.at] == depth[now.at[moving]].max())
        now.inside[lowest & joining] = True
        if not (lowest & joining).any():
            now.inside[lowest] = True
            now.at[lowest] = room.parent[now.at[lowest]]


def _crowded(duty: Duty, room: Room, fixed: Sequence[Counts], day: int, now: _Pools, here: Counts) -> NDArray[np.bool_]:
    """Groups inside a cap that cannot hold, beside the fixed people, the officers whom all groups inside it still want : bool[G]."""
    crowded = np.zeros(len(now.at), dtype=np.bool_)
    if not len(here):
        return crowded
    units, at = np.unique(2 * now.at.astype(np.int64) + now.inside, return_inverse=True)
    pairs = np.unique(at[duty.group[here]] * np.int64(len(room.forced)) + duty.person[here])
    pool, person = pairs // len(room.forced), pairs % len(room.forced)
    count = np.zeros(len(units), dtype=np.int64)
    np.maximum.at(count, at, duty.count[:, day])
    need = np.minimum(count, np.bincount(pool, minlength=len(units)))
    for cap, taken in zip(room.caps, fixed, strict=True):
        inside = _inside(cap, day, pool, person, len(units))
        at_hand = room.forced[person, day] | ~cap.counted.at(person, day) | (cap.groups.at(person, day) == NO_GROUP)
        wanted = np.maximum(need - np.bincount(pool[at_hand], minlength=len(units)), 0)
        total = np.zeros(len(cap.groups), dtype=np.int64)
        np.add.at(total, inside[inside >= 0], wanted[inside >= 0])
        full = cap.active[:, day] & (cap.relaxed[:, day] < INFINITE) & (total > np.maximum(cap.relaxed[:, day] - taken[:, day], 0))
        over = np.zeros(len(units), dtype=np.bool_)
        over[inside >= 0] = full[inside[inside >= 0]]
        crowded |= over[at]
    return crowded & (duty.count[:, day] > 0)


def _inside(cap: Limit, day: int, pool: Counts, person: Counts, pools: int) -> Counts:
    """Group of the cap that holds all people of each pool whom any group holds, -1 where there is none : int64[pools]."""
    gid = cap.groups.at(person, day)
    low, high = np.full(pools, len(cap.groups), dtype=np.int64), np.full(pools, -1, dtype=np.int64)
    np.minimum.at(low, pool[gid >= 0], gid[gid >= 0])
    np.maximum.at(high, pool, gid)
    return np.where(low == high, high, -1)


def _with_groups(duty: Duty, merged: dict[int, dict[int, NDArray[np.int64]]], stuck: Cells) -> Duty:
    days = duty.need.shape[1]
    units, person, group, open_ = list(merged), [duty.person], [duty.group], [duty.open]
    asked = np.zeros((len(units), days), dtype=np.int64)
    count = duty.count.copy()
    for extra, unit in enumerate(units):
        rows = np.zeros_like(duty.open)
        for day, groups in merged[unit].items():
            rows[:, day] = duty.open[:, day] & np.isin(duty.group, groups)
            asked[extra, day] = duty.count[groups, day].max()
            count[groups, day] = 0
        members = np.flatnonzero(rows.any(axis=1))
        people, place = np.unique(duty.person[members], return_inverse=True)
        table = np.zeros((len(people), days), dtype=np.bool_)
        np.logical_or.at(table, place, rows[members])
        person.append(people)
        group.append(np.full(len(people), len(count) + extra, dtype=np.int64))
        open_.append(table)
    all_person, all_group, all_open = np.concatenate(person), np.concatenate(group), np.concatenate(open_)
    all_count = np.concatenate([count, asked])
    size = members_open(all_group, all_open, len(all_count))
    return replace(
        duty,
        groups_unit=np.concatenate([duty.groups_unit, np.array(units, dtype=np.int32)]),
        person=all_person,
        group=all_group,
        open=all_open,
        need=matched_need(all_person, all_group, all_open, all_count, size, stuck),
        count=all_count,
    )

"""Duty groups that share their officers one level up, where caps leave no room for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells
from giliran.domain.units import NO_UNIT
from giliran.program import INFINITE
from giliran.rules.answers import Counts, Duty, Limit
from giliran.rules.duty_matching import matched_need
from giliran.rules.duty_members import members_open


@dataclass(frozen=True)
class Room:
    """What caps leave for duty officers.

    Parameters
    ----------
    caps
        Limits that bound the office headcount from above.
    forced
        Cells fixed in the office : bool[E, D].
    parent
        Parent of every unit : int32[U].
    """

    caps: Sequence[Limit]
    forced: Cells
    parent: NDArray[np.int32]


def pooled(duty: Duty, room: Room) -> Duty:
    """The duty with groups merged under parent units on days on which a cap cannot hold all of them.

    The merged groups follow the others; on those days the groups in them need nobody.
    """
    merged: dict[int, dict[int, NDArray[np.int64]]] = {}
    for day in np.flatnonzero((duty.need > 0).any(axis=0)).tolist():
        now = _risen(duty, room, day)
        for unit in np.unique(now[now != duty.groups_unit]).tolist():
            asked = np.flatnonzero((now == unit) & (duty.count[:, day] > 0))
            merged.setdefault(unit, {})[day] = asked
    return _with_groups(duty, merged) if merged else duty


def _risen(duty: Duty, room: Room, day: int) -> NDArray[np.int32]:
    """Unit that each group of a day ends up in : int32[G]."""
    now = duty.groups_unit.copy()
    here = np.flatnonzero(duty.open[:, day] & (duty.count[duty.group, day] > 0))
    while True:
        high = _crowded(duty, room, day, now, here)
        rising = high & (now != NO_UNIT)
        rising[rising] = room.parent[now[rising]] != NO_UNIT
        if not rising.any():
            return now
        now[rising] = room.parent[now[rising]]


def _crowded(duty: Duty, room: Room, day: int, now: NDArray[np.int32], here: Counts) -> NDArray[np.bool_]:
    """Groups inside a cap that cannot hold the fixed people and the officers of all groups inside it : bool[G]."""
    crowded = np.zeros(len(now), dtype=np.bool_)
    if not len(here):
        return crowded
    units, at = np.unique(now, return_inverse=True)
    pairs = np.unique(at[duty.group[here]] * np.int64(len(room.forced)) + duty.person[here])
    pool, person = pairs // len(room.forced), pairs % len(room.forced)
    count = np.zeros(len(units), dtype=np.int64)
    np.maximum.at(count, at, duty.count[:, day])
    need = np.minimum(count, np.bincount(pool, minlength=len(units)))
    for cap in room.caps:
        inside = _inside(cap, day, pool, person, len(units))
        at_hand = room.forced[person, day] | ~cap.counted[person, day]
        wanted = np.maximum(need - np.bincount(pool[at_hand], minlength=len(units)), 0)
        held = (cap.counted[:, day] & room.forced[:, day]) & (cap.groups.gid[:, day] >= 0)
        total = np.bincount(cap.groups.gid[held, day], minlength=len(cap.groups)).astype(np.int64)
        np.add.at(total, inside[inside >= 0], wanted[inside >= 0])
        full = cap.active[:, day] & (cap.relaxed[:, day] < INFINITE) & (total > cap.relaxed[:, day])
        over = np.zeros(len(units), dtype=np.bool_)
        over[inside >= 0] = full[inside[inside >= 0]]
        crowded |= over[at]
    return crowded & (duty.count[:, day] > 0)


def _inside(cap: Limit, day: int, pool: Counts, person: Counts, pools: int) -> Counts:
    """Group of the cap that holds all people of each pool, -1 where there is none : int64[pools]."""
    gid = cap.groups.gid[person, day].astype(np.int64)
    low, high = np.full(pools, len(cap.groups), dtype=np.int64), np.full(pools, -1, dtype=np.int64)
    np.minimum.at(low, pool, gid)
    np.maximum.at(high, pool, gid)
    return np.where(low == high, high, -1)


def _with_groups(duty: Duty, merged: dict[int, dict[int, NDArray[np.int64]]]) -> Duty:
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
    return replace(
        duty,
        groups_unit=np.concatenate([duty.groups_unit, np.array(units, dtype=np.int32)]),
        person=all_person,
        group=all_group,
        open=all_open,
        need=matched_need(all_person, all_group, all_open, all_count, members_open(all_group, all_open, len(all_count))),
        count=all_count,
    )

"""Burdens and fair shares for files and reports, by group and by person."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import THOUSANDTHS, Facts
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Model
from giliran.domain.units import NO_UNIT
from giliran.files.assignments import json_texts
from giliran.files.json_lines import Lines, records
from giliran.rules.answers import Fairness

Ints = NDArray[np.int64]


class GroupRecord(Model):
    """A comparison group.

    Parameters
    ----------
    unit, unit_name
        Its unit; none for everybody.
    members
        People with days that count.
    lowest, highest
        Fewest and most counted office days of a member.
    fair_share_thousandths
        Mean fair share, thousandths of a day, rounded half up.
    difference_lowest_thousandths, difference_highest_thousandths
        Least and largest difference of a member.
    """

    unit: str | None
    unit_name: str | None
    members: int
    lowest: int
    highest: int
    fair_share_thousandths: int
    difference_lowest_thousandths: int
    difference_highest_thousandths: int


class PersonRecord(Model):
    """One person's counted office days, fair share, earlier balance, and days + balance − fair share, in thousandths of a day."""

    staff_id: str
    burden: int
    fair_share_thousandths: int
    balance_thousandths: int
    difference_thousandths: int


class FairnessAccount(Model):
    """What one goal compares, in its ledger account; people without a day that counts, or without a plan for all of them, are left out."""

    goal: str
    account: str
    groups: list[GroupRecord]
    people: Lines[PersonRecord]

    @classmethod
    def of(cls, fairness: Fairness, facts: Facts, schedule: Schedule) -> FairnessAccount:
        """The records of an account."""
        known = compared(fairness, schedule)
        columns = (fairness.burden, fairness.share, fairness.balance, differences(fairness))
        ids = json_texts([facts.staff.ids[e] for e in known.tolist()])
        people = Lines[PersonRecord](records(PersonRecord, (ids, *(column[known].tolist() for column in columns))))
        return cls(goal=fairness.goal, account=fairness.account, groups=group_records(fairness, facts, schedule), people=people)


def compared(fairness: Fairness, schedule: Schedule) -> Ints:
    """Rows of the people with days that count, all of them planned : int64[·]."""
    open_ = (fairness.counted & (schedule.place == Place.NONE)).any(axis=1)
    return np.flatnonzero((fairness.group >= 0) & ~open_)


def differences(fairness: Fairness) -> Ints:
    """Days and earlier balance less the fair share, thousandths of a day : int64[E]."""
    return np.asarray(THOUSANDTHS * fairness.burden + fairness.balance - fairness.share)


def group_records(fairness: Fairness, facts: Facts, schedule: Schedule) -> list[GroupRecord]:
    """Every comparison group in which somebody is compared."""
    difference = differences(fairness)
    return [_group(fairness, facts, members, difference) for members in group_members(fairness, schedule)]


def group_members(fairness: Fairness, schedule: Schedule) -> list[Ints]:
    """Rows of the people of each of these groups, in the same order : int64[·] each."""
    people = compared(fairness, schedule)
    people = people[np.argsort(fairness.group[people], kind="stable")]
    _, start = np.unique(fairness.group[people], return_index=True)
    return np.split(people, start[1:]) if len(people) else []


def _group(fairness: Fairness, facts: Facts, members: Ints, difference: Ints) -> GroupRecord:
    index = int(fairness.groups_unit[fairness.group[members[0]]])
    unit = facts.units[index] if index != NO_UNIT else None
    burden, count = fairness.burden[members], len(members)
    return GroupRecord(
        unit=unit.id if unit else None,
        unit_name=unit.name if unit else None,
        members=count,
        lowest=int(burden.min()),
        highest=int(burden.max()),
        fair_share_thousandths=(2 * int(fairness.share[members].sum()) + count) // (2 * count),
        difference_lowest_thousandths=int(difference[members].min()),
        difference_highest_thousandths=int(difference[members].max()),
    )

"""Burdens and fair shares for files and reports, by group and by person."""

from __future__ import annotations

import numpy as np

from giliran.domain.facts import THOUSANDTHS, Facts
from giliran.domain.selection import Model
from giliran.domain.units import NO_UNIT
from giliran.rules.answers import Fairness


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
    """What one goal compares, in its ledger account; people without a day that counts are left out."""

    goal: str
    account: str
    groups: list[GroupRecord]
    people: list[PersonRecord]

    @classmethod
    def of(cls, fairness: Fairness, facts: Facts) -> FairnessAccount:
        """The records of an account."""
        difference = differences(fairness)
        rows = zip(
            np.flatnonzero(fairness.group >= 0).tolist(),
            *(column[fairness.group >= 0].tolist() for column in (fairness.burden, fairness.share, fairness.balance, difference)),
            strict=True,
        )
        people = [
            PersonRecord(
                staff_id=facts.staff.ids[e],
                burden=burden,
                fair_share_thousandths=share,
                balance_thousandths=balance,
                difference_thousandths=apart,
            )
            for e, burden, share, balance, apart in rows
        ]
        return cls(goal=fairness.goal, account=fairness.account, groups=group_records(fairness, facts), people=people)


def differences(fairness: Fairness) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Days and earlier balance less the fair share, thousandths of a day : int64[E]."""
    return np.asarray(THOUSANDTHS * fairness.burden + fairness.balance - fairness.share)


def group_records(fairness: Fairness, facts: Facts) -> list[GroupRecord]:
    """Every comparison group that has a member."""
    difference = differences(fairness)
    order = np.argsort(fairness.group, kind="stable")
    groups, start = np.unique(fairness.group[order], return_index=True)
    return [
        _group(fairness, facts, int(group), members, difference)
        for group, members in zip(groups.tolist(), np.split(order, start[1:]), strict=True)
        if group >= 0
    ]


def _group(
    fairness: Fairness,
    facts: Facts,
    group: int,
    members: np.ndarray[tuple[int], np.dtype[np.int64]],
    difference: np.ndarray[tuple[int], np.dtype[np.int64]],
) -> GroupRecord:
    index = int(fairness.groups_unit[group])
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

"""Burdens and fair shares for files, by group and by person."""

from __future__ import annotations

from giliran.domain.facts import Facts
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Model
from giliran.records.assignments import json_texts
from giliran.records.json_lines import Lines, records
from giliran.reports.fairness import Compared, compared, differences, groups_of
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
        groups = [_record(group, facts) for group in groups_of(fairness, schedule)]
        return cls(goal=fairness.goal, account=fairness.account, groups=groups, people=people)


def _record(group: Compared, facts: Facts) -> GroupRecord:
    unit = None if group.unit is None else facts.units[group.unit]
    return GroupRecord(
        unit=unit.id if unit else None,
        unit_name=unit.name if unit else None,
        members=group.members,
        lowest=group.lowest,
        highest=group.highest,
        fair_share_thousandths=group.share,
        difference_lowest_thousandths=group.difference_lowest,
        difference_highest_thousandths=group.difference_highest,
    )

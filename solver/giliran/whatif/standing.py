"""How one person stands beside those who are compared with them: days, fair share, balance and duty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from giliran.domain.facts import THOUSANDTHS, Cells, Facts
from giliran.domain.schedule import Schedule
from giliran.domain.units import NO_UNIT
from giliran.instance import Instance
from giliran.program import Ints
from giliran.reports.fairness import compared
from giliran.rules.answers import Duty, Fairness


@dataclass(frozen=True)
class PeerGroup:
    """How often those are called who are compared with somebody, that one among them.

    Parameters
    ----------
    unit
        Index of their unit, None for everybody.
    members
        How many they are, at least 1.
    lowest, highest
        Fewest and most days of a member.
    mean
        Thousandths of a day, rounded half up.
    """

    unit: int | None
    members: int
    lowest: int
    highest: int
    mean: int


@dataclass(frozen=True)
class Turns:
    """One person's office days in one account.

    Parameters
    ----------
    goal, account
        Id of the goal that shares the days, and its ledger account.
    days
        Counted days in the office.
    share, balance
        Fair share, and what earlier periods left, thousandths of a day.
    group
        Whom the goal compares with the person; None where none of the person's days counts, or one has no place.
    """

    goal: str
    account: str
    days: int
    share: int
    balance: int
    group: PeerGroup | None

    @property
    def difference(self) -> int:
        """Days and earlier balance less the fair share, thousandths of a day."""
        return THOUSANDTHS * self.days + self.balance - self.share


@dataclass(frozen=True)
class DutyTurns:
    """How often one person is named for a duty.

    Parameters
    ----------
    rule, account
        Id of the duty rule, and its ledger account.
    days
        Days on which the plan names the person; None where it names nobody for this duty.
    balance
        What earlier periods left, thousandths of a day.
    last_called
        Last day of duty that the ledger knows.
    group
        Whoever may be named on some day in the same duty units; None where the plan names nobody.
    """

    rule: str
    account: str
    days: int | None
    balance: int
    last_called: dt.date | None
    group: PeerGroup | None


def turns_of(instance: Instance, schedule: Schedule, person: int) -> tuple[Turns, ...]:
    """The person's standing in every account of a goal."""
    view = instance.view
    accounts = [account for goal in view.goals if (account := goal.fairness(view, schedule)) is not None]
    return tuple(_turns(account, schedule, person) for account in accounts)


def duties_of(instance: Instance, schedule: Schedule, person: int) -> tuple[DutyTurns, ...]:
    """The person's standing in every duty that the person may be named for."""
    found = (_duty_turns(instance.facts, duty, schedule, person) for duty in instance.view.duties)
    return tuple(turns for turns in found if turns is not None)


def last_called(facts: Facts, account: str) -> Ints:
    """Ordinal of the day on which everybody was called last, 0 where the ledger knows none : int64[E]."""
    known = facts.ledger.get(account)
    return np.zeros(facts.num_people, dtype=np.int64) if known is None else known.last_called


def last_turn(facts: Facts, account: str, turns: Cells, day: int) -> Ints:
    """The same with the turns of a plan before one of its days : int64[E]; `turns` bool[E, D]."""
    ordinal = np.array([date.toordinal() for date in facts.dates], dtype=np.int64)
    earlier = np.where(turns[:, :day], ordinal[:day], 0)
    return np.asarray(np.maximum(last_called(facts, account), earlier.max(axis=1, initial=0)))


def _turns(account: Fairness, schedule: Schedule, person: int) -> Turns:
    people = compared(account, schedule)
    peers = people[account.group[people] == account.group[person]]
    return Turns(
        goal=account.goal,
        account=account.account,
        days=int(account.burden[person]),
        share=int(account.share[person]),
        balance=int(account.balance[person]),
        group=_group(int(account.groups_unit[account.group[person]]), account.burden[peers]) if person in peers else None,
    )


def _duty_turns(facts: Facts, duty: Duty, schedule: Schedule, person: int) -> DutyTurns | None:
    could = duty.open.any(axis=1)
    groups = np.unique(duty.group[could & (duty.person == person)])
    if not len(groups):
        return None
    members = np.unique(duty.person[could & np.isin(duty.group, groups)])
    table = schedule.duty.get(duty.rule)
    last = int(last_called(facts, duty.account)[person])
    return DutyTurns(
        rule=duty.rule,
        account=duty.account,
        days=None if table is None else int(table[person].sum()),
        balance=int(facts.balance(duty.account)[person]),
        last_called=dt.date.fromordinal(last) if last else None,
        group=None if table is None else _group(int(duty.groups_unit[groups[0]]), table[members].sum(axis=1).astype(np.int64)),
    )


def _group(unit: int, days: Ints) -> PeerGroup:
    many, total = len(days), int(days.sum())
    mean = (2 * THOUSANDTHS * total + many) // (2 * many)
    return PeerGroup(None if unit == NO_UNIT else unit, many, int(days.min()), int(days.max()), mean)


def on_duty(schedule: Schedule, person: int, day: int) -> Iterator[str]:
    """Ids of the duty rules that the plan names a person for on a day."""
    for rule in sorted(schedule.duty):
        if schedule.duty[rule][person, day]:
            yield rule

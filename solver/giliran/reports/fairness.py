"""Fairness by comparison group: fewest and most days, fair shares, differences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import THOUSANDTHS
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.units import NO_UNIT
from giliran.messages import Said, Sentence, plain
from giliran.reports.report import Report
from giliran.reports.table import Column, Kind, Row, Table
from giliran.rules.answers import Fairness
from giliran.rules.toolkit.personal import names_text

Ints = NDArray[np.int64]

_TITLE = Sentence(en="Fairness: office days", id="Keadilan: hari giliran")
_SOME = Sentence(en="{unit} ({people})", id="{unit} ({people})")
_EVERYBODY = Sentence(en="everybody", id="semua pegawai")


@dataclass(frozen=True)
class Compared:
    """People who are compared with each other.

    Parameters
    ----------
    unit, people
        Index of the unit, None for everybody; rows of the members.
    members
        People with days that count.
    lowest, highest
        Fewest and most counted office days of a member.
    share
        Mean fair share, thousandths of a day, rounded half up.
    share_lowest, share_highest
        Least and largest fair share of a member, thousandths of a day.
    difference_lowest, difference_highest
        Least and largest difference of a member, thousandths of a day.
    """

    unit: int | None
    people: tuple[int, ...]
    members: int
    lowest: int
    highest: int
    share: int
    share_lowest: int
    share_highest: int
    difference_lowest: int
    difference_highest: int


@dataclass(frozen=True)
class FairnessRow(Compared, Row):
    """A comparison group of a goal.

    Parameters
    ----------
    goal, account
        Id of the goal, and the ledger account that it keeps.
    group
        Its unit; people too where several groups of one unit are compared apart, such as heads and others.
    """

    columns = (
        Column("goal", Sentence(en="Goal", id="Tujuan")(), Kind.TEXT),
        Column("group", Sentence(en="Group", id="Kelompok")(), Kind.TEXT),
        Column("members", Sentence(en="Members", id="Anggota")(), Kind.COUNT),
        Column("lowest", Sentence(en="Fewest office days", id="Hari giliran paling sedikit")(), Kind.COUNT),
        Column("highest", Sentence(en="Most office days", id="Hari giliran paling banyak")(), Kind.COUNT),
        Column("share", Sentence(en="Mean fair share", id="Jatah rata-rata")(), Kind.DAYS),
        Column("share_lowest", Sentence(en="Least fair share", id="Jatah terkecil")(), Kind.DAYS),
        Column("share_highest", Sentence(en="Largest fair share", id="Jatah terbesar")(), Kind.DAYS),
        Column("difference_lowest", Sentence(en="Least difference", id="Selisih terkecil")(), Kind.DIFFERENCE),
        Column("difference_highest", Sentence(en="Largest difference", id="Selisih terbesar")(), Kind.DIFFERENCE),
    )

    goal: str
    account: str
    group: Said


def fairness_table(report: Report) -> Table[FairnessRow]:
    """Every comparison group of every goal that keeps an account."""
    rows = (row for account in report.fairness for row in _rows(report, account))
    return Table("fairness", _TITLE(), FairnessRow.columns, tuple(rows))


def _rows(report: Report, account: Fairness) -> Iterator[FairnessRow]:
    groups = [group for group in groups_of(account, report.schedule) if report.scope.people[list(group.people)].any()]
    often = Counter(group.unit for group in groups)
    for group in groups:
        name = _EVERYBODY() if group.unit is None else plain(report.unit_name(group.unit))
        if group.unit is not None and often[group.unit] > 1:
            name = _SOME(unit=name, people=names_text(report.facts, group.people))
        yield FairnessRow(goal=account.goal, account=account.account, group=name, **vars(group))


def groups_of(account: Fairness, schedule: Schedule) -> list[Compared]:
    """Every group in which somebody is compared."""
    difference = differences(account)
    return [_compared(account, people, difference) for people in _members(account, schedule)]


def compared(account: Fairness, schedule: Schedule) -> Ints:
    """Rows of the people with days that count, all of them planned : int64[·]."""
    open_ = (account.counted & (schedule.place == Place.NONE)).any(axis=1)
    return np.flatnonzero((account.group >= 0) & ~open_)


def differences(account: Fairness) -> Ints:
    """Days and earlier balance less the fair share, thousandths of a day : int64[E]."""
    return np.asarray(THOUSANDTHS * account.burden + account.balance - account.share)


def _members(account: Fairness, schedule: Schedule) -> list[Ints]:
    """Rows of the people of each group : int64[·] each."""
    people = compared(account, schedule)
    people = people[np.argsort(account.group[people], kind="stable")]
    _, start = np.unique(account.group[people], return_index=True)
    return np.split(people, start[1:]) if len(people) else []


def _compared(account: Fairness, people: Ints, difference: Ints) -> Compared:
    unit, count = int(account.groups_unit[account.group[people[0]]]), len(people)
    burden, share = account.burden[people], account.share[people]
    return Compared(
        unit=None if unit == NO_UNIT else unit,
        people=tuple(people.tolist()),
        members=count,
        lowest=int(burden.min()),
        highest=int(burden.max()),
        share=(2 * int(share.sum()) + count) // (2 * count),
        share_lowest=int(share.min()),
        share_highest=int(share.max()),
        difference_lowest=int(difference[people].min()),
        difference_highest=int(difference[people].max()),
    )

"""Leave, sickness and travel in runs of days, wishes, and what earlier periods left in the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.generating.dice import Dice

Weeks = Sequence[tuple[dt.date, ...]]
"""Working days, week by week."""

REASONS = ("cuti", "sakit", "izin", "dinas_luar", "diklat")
_REASON_WEIGHTS = (350, 250, 100, 220, 80)
_SHORTEST = np.array([2, 1, 1, 1, 3])
_LONGEST = np.array([5, 3, 1, 3, 5])
_FIVE_RUNS = 13
"""Person-days in five runs of this mix, on average."""


@dataclass(frozen=True)
class Absences:
    """Runs of days away, at most one per person and week.

    Parameters
    ----------
    person, week
        Row of the person and index of the week : int64[A].
    first, last
        First and last day, index into the days of the week : int64[A].
    reason
        Index into `REASONS` : int64[A].
    """

    person: NDArray[np.int64]
    week: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    reason: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.person)

    def only(self, kept: NDArray[np.bool_]) -> Absences:
        """The runs that are kept : bool[A]."""
        return Absences(self.person[kept], self.week[kept], self.first[kept], self.last[kept], self.reason[kept])


def office_weeks(first: dt.date, last: dt.date) -> list[tuple[dt.date, ...]]:
    """Mondays to Fridays between two dates, week by week."""
    days = [first + dt.timedelta(days=k) for k in range((last - first).days + 1)]
    weeks: dict[tuple[int, int], list[dt.date]] = {}
    for day in days:
        if day.isoweekday() <= 5:
            weeks.setdefault(day.isocalendar()[:2], []).append(day)
    return [tuple(week) for week in weeks.values()]


def absences(dice: Dice, num_people: int, weeks: Weeks, per_mille: int) -> Absences:
    """Draw about `per_mille` of all person-days as runs that stay inside one week."""
    found: list[NDArray[np.int64]] = []
    for w, days in enumerate(weeks):
        away = np.flatnonzero(dice.chance(per_mille * len(days) * 5 // _FIVE_RUNS, num_people))
        reason = dice.pick(_REASON_WEIGHTS, len(away))
        length = np.minimum(_SHORTEST[reason] + dice.below(_LONGEST[reason] - _SHORTEST[reason] + 1, len(away)), len(days))
        first = dice.below(len(days) - length + 1, len(away))
        found.append(np.stack([away, np.full(len(away), w), first, first + length - 1, reason]))
    columns = np.concatenate(found, axis=1) if found else np.zeros((5, 0), dtype=np.int64)
    ordered = columns[:, np.lexsort((columns[1], columns[0]))]
    return Absences(*ordered)


def keep_enough(away: Absences, num_weeks: int, group: NDArray[np.int32], needed: int) -> Absences:
    """Cancel runs until every group has `needed` members who are there all week, or all of its members.

    Parameters
    ----------
    away
        Runs of days away.
    num_weeks
        Number of weeks.
    group
        Group of each person, -1 for none : int32[E].
    needed
        Members who must be there on every day of every week.
    """
    members = np.flatnonzero(group >= 0)
    if len(members) == 0 or len(away) == 0:
        return away
    num_groups = int(group.max()) + 1
    size = np.bincount(group[members], minlength=num_groups)
    inside = group[away.person] >= 0
    slot = np.where(inside, group[away.person] * num_weeks + away.week, 0)
    gone = np.bincount(slot[inside], minlength=num_groups * num_weeks)
    short = np.minimum(needed, np.repeat(size, num_weeks)) - (np.repeat(size, num_weeks) - gone)
    order = np.flatnonzero(inside)[np.argsort(slot[inside], kind="stable")]
    begin = np.cumsum(gone) - gone
    nth = np.arange(len(order)) - begin[slot[order]]
    kept = np.ones(len(away), dtype=np.bool_)
    kept[order] = nth >= short[slot[order]]
    return away.only(kept)


@dataclass(frozen=True)
class Wishes:
    """One to three wishes for everybody, all on different weekdays.

    Parameters
    ----------
    person
        Row of the person : int64[W].
    weekday
        0 (Monday) to 4 : int64[W].
    week
        Week of a wish for one date, -1 for a wish for every such weekday : int64[W].
    office
        The wished place is the office, not home : bool[W].
    weight
        1 to 3 : int64[W].
    """

    person: NDArray[np.int64]
    weekday: NDArray[np.int64]
    week: NDArray[np.int64]
    office: NDArray[np.bool_]
    weight: NDArray[np.int64]


def wishes(dice: Dice, num_people: int, num_weeks: int) -> Wishes:
    """Draw one to three wishes for everybody; a good third of them asks for the office."""
    count = 1 + dice.below(3, num_people)
    person = np.repeat(np.arange(num_people), count)
    nth = np.arange(len(person)) - np.repeat(np.cumsum(count) - count, count)
    start, step = dice.below(5, num_people), 1 + dice.below(4, num_people)
    dated = nth % 2 == 1
    week = np.where(dated, dice.below(num_weeks, len(person)), -1)
    return Wishes(
        person=person,
        weekday=(start[person] + nth * step[person]) % 5,
        week=week,
        office=dice.chance(350, len(person)),
        weight=1 + dice.below(3, len(person)),
    )


@dataclass(frozen=True)
class History:
    """Burden in whole days and share in thousandths of a day over one past period : int64[E] each."""

    burden: NDArray[np.int64]
    share: NDArray[np.int64]


def history(dice: Dice, num_people: int) -> History:
    """Draw a past period in which nobody was more than a day and a half from the fair share."""
    burden = dice.below(4, num_people)
    drift = (dice.below(13, num_people) - 6) * 250
    return History(burden, np.maximum(burden * 1000 - drift, 0))

"""Absences, wishes and history."""

import datetime as dt

import numpy as np

from giliran.generating.away import absences, history, keep_enough, office_weeks, wishes
from giliran.generating.dice import Dice

WEEKS = office_weeks(dt.date(2026, 1, 5), dt.date(2026, 1, 30))


def test_office_weeks_split_at_weekends() -> None:
    """A horizon from Thursday to Tuesday has two weeks of two days."""
    found = office_weeks(dt.date(2026, 1, 8), dt.date(2026, 1, 13))
    assert [[day.day for day in week] for week in found] == [[8, 9], [12, 13]]


def test_absences_have_the_share_asked_for() -> None:
    """80 per mille of the person-days are away, give or take one tenth, in runs inside a week."""
    away = absences(Dice(1, "x"), 5000, WEEKS, 80)
    days = int((away.last - away.first + 1).sum())
    assert 7200 < days < 8800  # 8000 of 100,000 expected
    assert (away.first >= 0).all() and (away.last < 5).all() and (away.first <= away.last).all()


def test_one_run_per_person_and_week() -> None:
    """Nobody is away twice in a week, so that no two rows overlap; rows follow the staff table."""
    away = absences(Dice(1, "x"), 2000, WEEKS, 120)
    spots = away.person * len(WEEKS) + away.week
    assert (np.diff(spots) > 0).all()


def test_keep_enough_leaves_the_needed_ones() -> None:
    """After cancelling, every group has four members all week, or all that it has; others are not touched."""
    away = absences(Dice(2, "x"), 600, WEEKS, 300)
    group = np.where(np.arange(600) < 500, np.arange(600) // 6, -1).astype(np.int32)
    group[0:2] = 99  # group 0 has only four members left
    kept = keep_enough(away, len(WEEKS), group, 4)
    for g in range(int(group.max()) + 1):
        members = np.flatnonzero(group == g)
        for w in range(len(WEEKS)):
            gone = kept.person[kept.week == w]
            assert len(members) - np.isin(members, gone).sum() >= min(4, len(members))
    outside = group[away.person] < 0
    assert (group[kept.person] < 0).sum() == outside.sum()


def test_wishes_are_one_to_three_on_different_weekdays() -> None:
    """Everybody wishes one to three times, never twice for one weekday."""
    wished = wishes(Dice(1, "x"), 300, 4)
    count = np.bincount(wished.person, minlength=300)
    assert count.min() == 1 and count.max() == 3
    assert len(np.unique(wished.person * 5 + wished.weekday)) == len(wished.person)


def test_history_stays_near_the_fair_share() -> None:
    """Nobody starts more than a day and a half from the fair share, and no share is negative."""
    past = history(Dice(1, "x"), 500)
    assert (abs(past.burden * 1000 - past.share) <= 1500).all() and (past.share >= 0).all()

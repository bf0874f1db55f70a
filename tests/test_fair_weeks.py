"""Week after week with the ledger: what one week asks too much of, the next ones ask less of."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import chi2

from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.files.attendance import Attended
from giliran.files.publishing import publish
from giliran.instance import Instance
from giliran.solving import SolveOptions, solve

MONDAY = dt.date(2021, 1, 4)
WEEKS = 13
DAY, HALF = 1000, 500
"""Thousandths of a day; differences below half a day are ties."""
LEDGER, DUTY = "ledger.csv", "own/piket"
IDS = [f"P{k}" for k in range(9)]


@dataclass
class Quarter:
    """Thirteen weeks of a section whose office has room for some, each planned with the ledger of the weeks before.

    Parameters
    ----------
    folder
        Where the ledger is.
    dice
        What is left to chance: caps, leave, who falls ill.
    people
        The section.
    room
        Fewest places in the office.
    leave, sick
        Chance that somebody is on leave on a day, and that somebody who was to come falls ill.
    """

    folder: Path
    dice: random.Random
    people: list[str]
    room: int = 1
    leave: float = 0.0
    sick: float = 0.0

    def weeks(self) -> Iterator[tuple[Instance, Schedule, Instance]]:
        """Plan and close every week: its instance and plan, and the instance of the next one, whose ledger has all weeks so far."""
        for week in range(WEEKS):
            instance = Instance.build(self._sections(week), files=self.folder)
            schedule = solve(instance, SolveOptions(workers=1)).require()
            publish(self.folder / LEDGER, instance, schedule, self._attended(schedule))
            yield instance, schedule, Instance.build(self._sections(week + 1), files=self.folder)

    def _sections(self, week: int) -> dict[str, Any]:
        """The instance of a week."""
        first = MONDAY + dt.timedelta(weeks=week)
        days = [first + dt.timedelta(days=d) for d in range(5)]
        away = [(id_, day) for id_ in self.people for day in days if self.dice.random() < self.leave]
        cap = self.dice.randint(self.room, len(self.people) - 1)
        return {
            "horizon": {"start": days[0], "end": days[-1]},
            "calendars": {"office": {"holidays": "none"}},
            "units": [{"id": "u", "level": "bidang"}],
            "staff": [{"id": id_, "unit": "u"} for id_ in self.people],
            "absences": [{"staff_id": id_, "from": day, "to": day, "reason": "cuti"} for id_, day in away],
            "rules": [{"id": "batas", "kind": "office_cap", "max": cap}, {"id": "piket", "kind": "duty_officers", "count": 1}],
            "goals": [{"kind": "office_target", "aim": "most_office"}, {"kind": "fair_share"}],
            **({"ledger": {"file": LEDGER}} if (self.folder / LEDGER).exists() else {}),
        }

    def _attended(self, schedule: Schedule) -> Attended | None:
        """Some who were to come fell ill."""
        if not self.sick:
            return None
        ill = np.array([[self.dice.random() < self.sick for _ in range(5)] for _ in self.people])
        place = np.where(ill & schedule.office, np.int8(Place.ABSENT), np.int8(Place.NONE)).astype(np.int8)
        return Attended(Schedule(place))


def section(seed: int, folder: Path, **chances: float) -> Quarter:
    """A section of four to nine people."""
    dice = random.Random(seed)
    return Quarter(folder, dice, IDS[: dice.randint(4, len(IDS))], **chances)


def some(few: int, many: int) -> list[Any]:
    """Seeds: a few for every run, the others for the long one."""
    return [pytest.param(seed, marks=[pytest.mark.slow] if seed >= few else []) for seed in range(many)]


@pytest.mark.parametrize("seed", some(2, 40))
@pytest.mark.parametrize("leave", [0.0, 0.25])
def test_days_in_the_office_stay_within_a_day(seed: int, leave: float, tmp_path: Path) -> None:
    """Where a daily limit alone restricts a section nobody is ever more than a day from what was asked, whatever caps and leave."""
    for _, _, after in section(seed, tmp_path, leave=leave).weeks():
        balance = after.facts.balance("office")
        assert abs(balance).max() <= DAY
        assert abs(balance.sum()) <= WEEKS * len(balance)


@pytest.mark.parametrize("seed", some(1, 40))
def test_days_that_went_otherwise_are_made_good(seed: int, tmp_path: Path) -> None:
    """No plan can foresee who falls ill; the days that this takes from some and gives to others stay below two, all weeks through."""
    for _, _, after in section(seed, tmp_path, leave=0.2, sick=0.1).weeks():
        assert abs(after.facts.balance("office")).max() < 2 * DAY


@pytest.mark.parametrize("seed", some(2, 40))
def test_duty_is_shared_to_one_day(seed: int, tmp_path: Path) -> None:
    """Where all but one come each day, nobody ever has had the duty more often than anybody else by more than one day."""
    quarter = section(seed, tmp_path)
    quarter.room = len(quarter.people) - 1
    times = np.zeros(len(quarter.people), dtype=np.int64)
    for _, schedule, _ in quarter.weeks():
        times += schedule.duty[DUTY].sum(axis=1)
        assert np.ptp(times) <= 1


def test_a_duty_goes_round(tmp_path: Path) -> None:
    """One duty a week for four people who are all there: after four weeks each has had it once, after eight twice."""
    times = np.zeros(4, dtype=np.int64)
    for week in range(8):
        first = MONDAY + dt.timedelta(weeks=week)
        instance = Instance.build(
            {
                "horizon": {"start": first, "end": first + dt.timedelta(days=4)},
                "calendars": {"office": {"holidays": "none"}},
                "staff": [{"id": id_, "unit": "u"} for id_ in IDS[:4]],
                "rules": [{"id": "piket", "kind": "duty_officers", "count": 1, "days": {"weekdays": ["mon"]}}],
                "goals": [{"kind": "office_target", "aim": "most_office"}],
                **({"ledger": {"file": LEDGER}} if week else {}),
            },
            files=tmp_path,
        )
        schedule = solve(instance, SolveOptions(workers=1)).require()
        publish(tmp_path / LEDGER, instance, schedule)
        times += schedule.duty[DUTY].sum(axis=1)
        if week % 4 == 3:
            assert times.tolist() == [(week + 1) // 4] * 4


@pytest.mark.parametrize("seed", some(2, 40))
def test_duty_is_as_even_as_places_allow(seed: int, tmp_path: Path) -> None:
    """Where places keep duty from being even, no exchange of names, however many people it goes through, brings it nearer to the shares."""
    for instance, schedule, _ in section(seed, tmp_path, leave=0.2).weeks():
        assert not better_exchanges(instance, schedule)


def better_exchanges(instance: Instance, schedule: Schedule) -> list[tuple[int, int]]:
    """Pairs of people such that naming the second once more and the first once less is possible and nearer to the shares.

    Squares of single people are convex, and an exchange along a chain of days changes the days of its ends alone: where no chain makes the
    sum of squares smaller, nothing does.
    """
    named, here = schedule.duty[DUTY], schedule.office
    people, days = here.shape
    open_ = instance.facts.present.sum(axis=0)
    asked = [sum((Fraction(1, int(open_[d])) for d in range(days) if instance.facts.present[e, d]), Fraction(0)) for e in range(people)]
    owed = [int(b) - int((2 * DAY * a + 1) // 2) for b, a in zip(instance.facts.balance(DUTY), asked, strict=True)]
    worth = [DAY * n + (2 * o + HALF) // (2 * HALF) * HALF for n, o in zip(named.sum(axis=1).tolist(), owed, strict=True)]
    reach = np.eye(people, dtype=np.bool_) | np.array([[bool((named[a] & here[b]).any()) for b in range(people)] for a in range(people)])
    for k in range(people):
        reach |= np.outer(reach[:, k], reach[k])
    pairs = itertools.permutations(range(people), 2)
    return [(a, b) for a, b in pairs if reach[a, b] and named[a].any() and worth[a] - worth[b] > DAY]


@pytest.mark.parametrize("seeds", [100, pytest.param(2000, marks=pytest.mark.slow)])
def test_fridays_fall_on_all_alike(seeds: int) -> None:
    """Over many seeds of the lottery each of five equal people has the Friday in the office as often as the others (chi-square, 1 %)."""
    people, room = 5, 2
    instance = Instance.build(
        horizon={"start": MONDAY, "end": MONDAY + dt.timedelta(days=4)},
        calendars={"office": {"holidays": "none"}},
        units=[{"id": "u", "level": "bidang"}],
        staff=[{"id": id_, "unit": "u"} for id_ in IDS[:people]],
        rules=[{"id": "batas", "kind": "office_cap", "max": room}],
        goals=[{"kind": "office_target", "aim": "most_office"}, {"kind": "fair_share"}],
    )
    came = sum(solve(instance, SolveOptions(workers=1, seed=seed)).schedule.office[:, 4].astype(int) for seed in range(seeds))
    chance = room / people
    # Of five always two are drawn, so counts vary a little less than if each were drawn alone: by (people - 1) / people.
    squares = ((came - seeds * chance) ** 2).sum() / (seeds * chance * (1 - chance)) * (people - 1) / people
    assert chi2.sf(squares, people - 1) > 0.01

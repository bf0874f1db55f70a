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

from giliran.closing import ledger_from_attendance
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
    step
        Thousandths of a day to which plans look at balances.
    """

    folder: Path
    dice: random.Random
    people: list[str]
    room: int = 1
    leave: float = 0.0
    sick: float = 0.0
    step: int = HALF

    def weeks(self) -> Iterator[tuple[Instance, Schedule, Instance]]:
        """Plan and close every week: its instance and plan, and the instance of the next one, whose ledger has all weeks so far."""
        for week in range(WEEKS):
            instance = Instance.build(self.sections(week), files=self.folder)
            schedule = solve(instance, SolveOptions(workers=1)).require()
            publish(self.folder / LEDGER, instance, schedule, self._attended(schedule))
            yield instance, schedule, Instance.build(self.sections(week + 1), files=self.folder)

    def sections(self, week: int) -> dict[str, Any]:
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
            "goals": [{"kind": "office_target", "aim": "most_office"}, {"kind": "fair_share", "step": self.step}],
            **({"ledger": {"file": LEDGER}} if (self.folder / LEDGER).exists() else {}),
        }

    def _attended(self, schedule: Schedule) -> Attended | None:
        """Some who were to come fell ill."""
        if not self.sick:
            return None
        ill = np.array([[self.dice.random() < self.sick for _ in range(5)] for _ in self.people])
        place = np.where(ill & schedule.office, np.int8(Place.ABSENT), np.int8(Place.NONE)).astype(np.int8)
        return Attended(Schedule(place))


def section(seed: int, folder: Path, *, leave: float = 0.0, sick: float = 0.0, step: int = HALF) -> Quarter:
    """A section of four to nine people."""
    dice = random.Random(seed)
    return Quarter(folder, dice, IDS[: dice.randint(4, len(IDS))], leave=leave, sick=sick, step=step)


def some(few: int, many: int) -> list[Any]:
    """Seeds: a few for every run, the others for the long one."""
    return [pytest.param(seed, marks=[pytest.mark.slow] if seed >= few else []) for seed in range(many)]


@pytest.mark.parametrize("seed", some(2, 80))
@pytest.mark.parametrize(("leave", "step", "most"), [(0.0, HALF, DAY), (0.25, HALF // 2, DAY), (0.25, HALF, DAY + HALF // 2)])
def test_days_in_the_office_stay_within_a_day(seed: int, leave: float, step: int, most: int, tmp_path: Path) -> None:
    """Where a daily limit alone restricts a section nobody is ever more than a day from what was asked, whatever the caps.

    With leave this takes plans that see quarters of a day. To those that see halves, as by default, a balance may be a quarter of a day
    better than it is: of 240 such quarters one had a balance above a day, 1.167 in one week of one person (caps 1 to n − 1, leave 25 %).
    """
    for _, _, after in section(seed, tmp_path, leave=leave, step=step).weeks():
        balance = after.facts.balance("office")
        assert abs(balance).max() <= most
        assert abs(balance.sum()) <= WEEKS * len(balance)


def test_halves_of_a_day_may_hide_a_quarter(tmp_path: Path) -> None:
    """The quarter with 1.167 days: the plan that gave it was a tie in halves, and quarters of a day show the better one."""
    for folder, step, most in (("halves", HALF, 1167), ("quarters", HALF // 2, DAY)):
        (tmp_path / folder).mkdir()
        weeks = section(124, tmp_path / folder, leave=0.25, step=step).weeks()
        reached = max(abs(after.facts.balance("office")).max() for _, _, after in itertools.islice(weeks, 5))
        assert reached == most if step == HALF else reached <= most


@pytest.mark.parametrize("seed", some(1, 40))
def test_days_that_went_otherwise_are_made_good(seed: int, tmp_path: Path) -> None:
    """No plan can foresee who falls ill; the days that this takes from some and gives to others stay below two, all weeks through."""
    for _, _, after in section(seed, tmp_path, leave=0.2, sick=0.1).weeks():
        assert abs(after.facts.balance("office")).max() < 2 * DAY


@pytest.mark.slow
@pytest.mark.parametrize("leave", [0.0, 0.2])
def test_illness_seldom_takes_more_than_a_day(leave: float, tmp_path: Path) -> None:
    """Where one in ten days in the office falls to illness, 98 of 100 balances after a week are within a day.

    Measured over 240 quarters: 238 of 19,825 above a day without leave (1.2 %, the largest 1.700), 147 with it (0.7 %, 1.766).
    """
    above = seen = 0
    for seed in range(60):
        folder = tmp_path / str(seed)
        folder.mkdir()
        for _, _, after in section(seed, folder, leave=leave, sick=0.1).weeks():
            balance = abs(after.facts.balance("office"))
            above, seen = above + int((balance > DAY).sum()), seen + len(balance)
    assert 0 < above * 50 <= seen


def test_no_plan_keeps_within_a_day_whoever_falls_ill(tmp_path: Path) -> None:
    """Two people, one place, five days: whatever is planned, one of them has three days or more, and is asked for half of them if the other
    falls ill on all of theirs. So illness can take a day and a half from any plan; within a day is no promise that could be kept."""
    quarter = Quarter(tmp_path, random.Random(0), IDS[:2])
    instance = Instance.build({**quarter.sections(0), "rules": [{"id": "batas", "kind": "office_cap", "max": 1}]})
    for turn in itertools.product((0, 1), repeat=5):
        first = np.array(turn, dtype=np.bool_)
        plan = Schedule(np.where([first, ~first], np.int8(Place.OFFICE), np.int8(Place.HOME)).astype(np.int8))
        worst = 0
        for ill in itertools.product((False, True), repeat=5):
            gone = plan.office & np.array(ill, dtype=np.bool_)
            happened = Schedule(np.where(gone, np.int8(Place.ABSENT), np.int8(Place.NONE)).astype(np.int8))
            rows = ledger_from_attendance(instance, plan, happened)
            worst = max([worst, *(abs(row.change) for row in rows if row.key.account == "office")])
        assert worst >= DAY + HALF


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
def test_duty_counts_are_those_of_an_exact_computation(seed: int, tmp_path: Path) -> None:
    """Whatever the caps: after each week the counts of people who are always there are the most even that any naming could have given.

    All namings that the places of the week allow are enumerated. So counts differ by at most one where places allow it. What later
    places would have allowed no week can know: in hindsight over all weeks, 28 of 240 quarters could have ended with a difference of 1
    instead of 2 (one of them 3), and no other one more evenly.
    """
    times = np.zeros(0, dtype=np.int64)
    for _, schedule, _ in section(seed, tmp_path).weeks():
        before = times if len(times) else np.zeros(len(schedule.office), dtype=np.int64)
        times = before + schedule.duty[DUTY].sum(axis=1)
        best = most_even(before, schedule.office)
        assert sorted(times.tolist(), reverse=True) == best
        assert np.ptp(times) <= 1 or best[0] - best[-1] > 1


def most_even(before: np.ndarray, office: np.ndarray) -> list[int]:
    """The most even counts, largest first, over every way to name one of those in the office each day."""
    people, days = office.shape
    counts = before[None]
    for d in range(days):
        named = np.eye(people, dtype=np.int64)[np.flatnonzero(office[:, d])]
        counts = np.unique((counts[:, None] + named[None]).reshape(-1, people), axis=0)
    return min(np.sort(counts, axis=1)[:, ::-1].tolist())


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

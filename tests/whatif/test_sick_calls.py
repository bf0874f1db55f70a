"""More than two hundred random sick calls: the number of changed days, people and names is the least there is."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest

from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.status import Status
from giliran.instance import Instance
from giliran.solving import Engine, SolveOptions, solve
from giliran.whatif.replanned import Replanned
from giliran.whatif.replanning import replan

DATES = [f"2026-06-{day:02}" for day in (1, 2, 3, 4, 5)]
CALENDARS = {"k": {"workdays": ["mon", "tue", "wed", "thu", "fri"], "holidays": "none"}}
ONE = SolveOptions(workers=1)


@dataclass(frozen=True)
class Case:
    """A unit with a cap, one or two duties with an officer a day out of some, most days for everybody, and who falls ill when."""

    people: int
    days: int
    most: int
    able: tuple[tuple[int, ...], ...]
    quota: int
    ill: int
    first: int

    @classmethod
    def drawn(cls, seed: int, people: tuple[int, int], days: tuple[int, int]) -> Case:
        """A case of some size."""
        dice = random.Random(seed)
        size, length = dice.randint(*people), dice.randint(*days)
        able = tuple(tuple(sorted(dice.sample(range(size), dice.randint(2, size)))) for _ in range(dice.randint(1, 2)))
        return cls(size, length, dice.randint(1, size), able, dice.randint(1, length), dice.randrange(size), dice.randrange(length))

    def sections(self) -> dict[str, Any]:
        """The instance as data."""
        ids = [f"P{e}" for e in range(self.people)]
        return {
            "horizon": {"start": DATES[0], "end": DATES[self.days - 1]},
            "calendars": CALENDARS,
            "units": [{"id": "u", "name": "Tim", "level": "bidang", "calendar": "k"}],
            "staff": [{"id": id_, "unit": "u"} for id_ in ids],
            "rules": [
                {"id": "cap", "kind": "office_cap", "max": self.most},
                *(
                    {"id": f"duty{n}", "kind": "duty_officers", "per": "bidang", "count": 1, "eligible": {"ids": [ids[e] for e in able]}}
                    for n, able in enumerate(self.able)
                ),
                {"id": "quota", "kind": "days_per_person", "most": self.quota, "window": "horizon"},
            ],
            "goals": [{"id": "aim", "kind": "office_target", "aim": "most_office"}, {"id": "fair", "kind": "fair_share"}],
        }

    @property
    def absence(self) -> dict[str, str]:
        """The sick call."""
        return {"staff_id": f"P{self.ill}", "from": DATES[self.first], "to": DATES[self.days - 1], "reason": "sakit"}

    def here(self, e: int, d: int) -> bool:
        """Whether somebody is there after the sick call."""
        return e != self.ill or d < self.first

    def plans(self) -> Iterator[tuple[tuple[int, ...], ...]]:
        """Every way to fill the offices, a row of 0 and 1 for each person, that keeps all rules after the sick call."""
        rows = [product(*((0, 1) if self.here(e, d) else (0,) for d in range(self.days))) for e in range(self.people)]
        within = [[row for row in each if sum(row) <= self.quota] for each in rows]
        for plan in product(*within):
            if all(self._kept(plan, d) for d in range(self.days)):
                yield plan

    def _kept(self, plan: tuple[tuple[int, ...], ...], d: int) -> bool:
        there = [[e for e in able if self.here(e, d)] for able in self.able]
        return sum(row[d] for row in plan) <= self.most and all(not able or any(plan[e][d] for e in able) for able in there)

    def lost(self, plan: tuple[tuple[int, ...], ...], officers: list[list[int]]) -> int:
        """Officers of the plan before who are not in the office, where anybody is there to be named instead."""
        return sum(
            not plan[officers[n][d]][d] and any(self.here(e, d) for e in able) for n, able in enumerate(self.able) for d in range(self.days)
        )


def least(case: Case, before: Schedule) -> tuple[int, int, int] | None:
    """Fewest changed days, then people, then names, by trying everything; None where nothing keeps the rules."""
    was = (before.place == Place.OFFICE).astype(int).tolist()
    officers = [[int(before.duty[f"own/duty{n}"][:, d].argmax()) for d in range(case.days)] for n in range(len(case.able))]
    best = None
    for plan in case.plans():
        moved = [[case.here(e, d) and plan[e][d] != was[e][d] for d in range(case.days)] for e in range(case.people)]
        key = (sum(map(sum, moved)), sum(map(any, moved)), case.lost(plan, officers))
        best = key if best is None or key < best else best
    return best


def called_in(case: Case) -> tuple[Schedule, Replanned] | None:
    """The plan before the sick call, and what becomes of it; None where there was no plan."""
    instance = Instance.build(**case.sections())
    before = solve(instance, ONE)
    if before.status is not Status.OPTIMAL:
        return None
    return before.schedule, replan(instance, before.schedule, absences=[case.absence], options=ONE)


def blocks(number: int, few: int) -> list[Any]:
    """Numbers of blocks of cases; the slow tests alone try more than a few."""
    return [pytest.param(block, marks=[pytest.mark.slow] if block >= few else []) for block in range(number)]


@pytest.mark.parametrize("block", blocks(9, few=4))
def test_fewest_changes_by_trying_everything(block: int) -> None:
    """Days, people and names of 180 small cases are those of brute force, and days and people are proven."""
    for seed in range(20 * block, 20 * block + 20):
        case = Case.drawn(seed, (3, 4), (2, 3))
        found = called_in(case)
        if found is None:
            continue
        before, after = found
        expected = least(case, before)
        if expected is None:
            assert after.result.status is Status.INFEASIBLE, case
            continue
        assert (after.days.value, after.people.value, after.names) == expected, case
        assert after.days.proven and after.people.proven, case


@pytest.mark.parametrize("block", blocks(4, few=2))
def test_fewest_changes_by_another_engine(block: int) -> None:
    """In 40 larger cases CP-SAT alone, with changed days as its first tier, finds the same number."""
    for seed in range(1000 + 10 * block, 1010 + 10 * block):
        case = Case.drawn(seed, (8, 14), (4, 5))
        found = called_in(case)
        if found is None:
            continue
        before, after = found
        goal = {"id": "s", "kind": "stability"}
        other = Instance.build(**{**case.sections(), "goals": [goal]}).with_absences([case.absence]).with_published(before)
        alone = solve(other, SolveOptions(workers=1, engine=Engine.CPSAT))
        assert alone.status is after.result.status or Status.INFEASIBLE not in (alone.status, after.result.status), case
        if alone.tiers:
            values = {tier.name: tier.value for tier in alone.tiers}
            assert (after.days.value, after.days.proven) == (values["stability"], True), case

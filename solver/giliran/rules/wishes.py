"""Wishes of the staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import ClassVar, Literal

import numpy as np

from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.messages import Said, Sentence
from giliran.program import ProgramBuilder
from giliran.rules.base import Goal
from giliran.rules.view import View

INFLUENCE = 1000
"""What all wishes of one person cost together when none is met."""

DESCRIBED = Sentence(
    en="Wishes are met as far as possible, everybody's counting the same in total.",
    id="Keinginan pegawai dipenuhi sejauh mungkin, dengan bobot total yang sama bagi setiap orang.",
)


class Wishing(Goal):
    """Wishes for a place on a day, met as far as possible; a wish for home on a call day is one for a day off.

    Notes
    -----
    Meaning: a wish is unmet when the person is in the office and wished not to be, or the other way round. Only wishes for days on which
    the person is present count, so an unmet wish costs its part of everything that the person wishes and can have.
    Formula: an unmet wish of weight w costs ``⌊1000 · w / Σ w⌋``, the sum over the person's wishes.
    Source: own; nobody gains influence by wishing more.

    Kept: wishes home on Tuesday, planned `10111`.
    Broken by 500: wishes home on Tuesday and Friday with weight 1 each, planned `11110`.
    """

    own_tiers: ClassVar[tuple[tuple[str, int], ...]] = (("wishes", 40),)
    on_call_days: ClassVar[bool] = True

    kind: Literal["wishes"] = "wishes"

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """A charge per wish on its cell."""
        wishes = view.facts.wishes
        reached = (view.cells(self) & view.facts.present)[wishes.person, wishes.day]
        person, day, weight = wishes.person[reached], wishes.day[reached], wishes.weight[reached]
        total = np.zeros(view.facts.num_people, dtype=np.int64)
        np.add.at(total, person, weight)
        amount = INFLUENCE * weight // total[person]
        office = wishes.place[reached] == Place.OFFICE
        column = person * view.facts.num_days + day
        cost = view.cost_in(self.tier_name, self.weight)
        out.charge(column, np.where(office, -amount, amount), cost, constant=int(amount[office].sum()))

    def values(self, view: View, schedule: Schedule) -> Mapping[str, int]:
        """What the unmet wishes cost, person by person."""
        cells, wishes = view.cells(self) & view.facts.present, view.facts.wishes
        of_person: dict[int, list[tuple[int, bool, int]]] = defaultdict(list)
        rows = zip(wishes.person.tolist(), wishes.day.tolist(), wishes.place.tolist(), wishes.weight.tolist(), strict=True)
        for person, day, place, weight in rows:
            if cells[person, day]:
                of_person[person].append((day, place == Place.OFFICE, weight))
        unmet = 0
        for person, mine in of_person.items():
            total = sum(weight for _, _, weight in mine)
            for day, wants_office, weight in mine:
                place = schedule.place[person, day]
                if place != Place.NONE and wants_office != (place == Place.OFFICE):
                    unmet += INFLUENCE * weight // total
        return {self.tier_name: self.weight * unmet}

    def describe(self, view: View) -> Said:
        """The goal in one sentence."""
        return DESCRIBED()

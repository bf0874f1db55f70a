"""Wishes of the staff."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, ClassVar, Literal

import numpy as np

from giliran.domain.facts import Facts
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.messages import Said, Sentence
from giliran.program import ProgramBuilder
from giliran.rules.answers import CostUnit
from giliran.rules.base import Goal
from giliran.rules.view import View

INFLUENCE = 1000
"""What all wishes of one person cost together when none is met."""

DESCRIBED_ABSOLUTE = Sentence(
    en="Wishes are met as far as possible, each by its own weight.",
    id="Keinginan pegawai dipenuhi sejauh mungkin, masing-masing menurut bobotnya sendiri.",
)
DESCRIBED = Sentence(
    en="Wishes are met as far as possible, everybody's counting the same in total.",
    id="Keinginan pegawai dipenuhi sejauh mungkin, dengan bobot total yang sama bagi setiap orang.",
)

MORE_UNMET = Sentence(
    en="wishes less met by {count} (1: all wishes of one person)", id="keinginan kurang terpenuhi {count} (1: semua keinginan satu orang)"
)
FEWER_UNMET = Sentence(
    en="wishes better met by {count} (1: all wishes of one person)", id="keinginan lebih terpenuhi {count} (1: semua keinginan satu orang)"
)
MORE_WEIGHT = Sentence(en="unmet wishes weigh {count} more", id="bobot keinginan yang tidak terpenuhi bertambah {count}")
LESS_WEIGHT = Sentence(en="unmet wishes weigh less by {count}", id="bobot keinginan yang tidak terpenuhi berkurang {count}")
UNASKED = Sentence(
    en="wishes for {count} {count:day|days} change nothing: no goal `wishes` takes them up; write `- kind: wishes` under `goals`",
    id="permintaan untuk {count} hari tidak berpengaruh: tidak ada tujuan `wishes` yang memakainya;"
    " tulis `- kind: wishes` di bawah `goals`",
)


class Scale(StrEnum):
    """What the weight of a wish is held against: all wishes of the person, or nothing."""

    PERSON = "person"
    ABSOLUTE = "absolute"


class Wishing(Goal):
    """Wishes for a place on a day, met as far as possible; a wish for home on a call day is one for a day off.

    Parameters
    ----------
    scale
        What an unmet wish of weight w costs. `person`: its part of 1000 for everything that the person wishes and can have, so that all
        wishes of one person cost no more than the single wish of another. `absolute`: w, whatever else the person wishes.

    Notes
    -----
    Meaning: a wish is unmet when the person is in the office and wished not to be, or the other way round. Only wishes for days on which
    the person is present count, so an unmet wish costs its part of everything that the person wishes and can have.
    Formula: an unmet wish of weight w costs ``⌊1000 · w / Σ w⌋``, the sum over the person's wishes; `absolute`: ``w``.
    Source: own; nobody gains influence by wishing more, unless the agency itself has weighed the wishes.

    Kept: home on Tuesday, wishes `.0...`, planned `10111`.
    Broken by 500: one of two wishes, wishes `.0..0`, planned `11110`.
    Broken by 1: one of two wishes of weight 1, with `scale: absolute`, `11110`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="Wishes for a place on a day, met as far as possible; a wish for home on a call day is one for a day off.",
        id="Keinginan tempat kerja pada hari tertentu dipenuhi sejauh mungkin; keinginan WFH pada hari piket di luar hari kerja berarti "
        "keinginan libur.",
    )
    example: ClassVar[Mapping[str, Any]] = {}
    own_tiers: ClassVar[tuple[tuple[str, int], ...]] = (("wishes", 40),)
    tier_words: ClassVar[Mapping[str, Sentence]] = {"wishes": Sentence(en="unmet wishes", id="keinginan yang tidak terpenuhi")}
    on_call_days: ClassVar[bool] = True

    kind: Literal["wishes"] = "wishes"
    scale: Scale = Scale.PERSON

    @classmethod
    def unasked(cls, facts: Facts) -> Said | None:
        """Wishes that no goal takes up."""
        return UNASKED(count=len(facts.wishes.person)) if len(facts.wishes.person) else None

    def cost_units(self) -> Iterator[tuple[str, CostUnit]]:
        """Unmet wishes, as parts of everything that one person wishes, or by weight."""
        if self.scale is Scale.PERSON:
            yield self.tier_name, CostUnit(self.weight * INFLUENCE, MORE_UNMET, FEWER_UNMET)
        else:
            yield self.tier_name, CostUnit(self.weight, MORE_WEIGHT, LESS_WEIGHT)

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """A charge per wish on its cell."""
        wishes = view.facts.wishes
        reached = (view.cells(self) & view.facts.present)[wishes.person, wishes.day]
        person, day, weight = wishes.person[reached], wishes.day[reached], wishes.weight[reached]
        if self.scale is Scale.PERSON:
            total = np.zeros(view.facts.num_people, dtype=np.int64)
            np.add.at(total, person, weight)
            weight = INFLUENCE * weight // total[person]
        office, cost = wishes.place[reached] == Place.OFFICE, view.cost_in(self.tier_name, self.weight)
        out.miss(out.cell(person, day), office, cost, amount=weight)

    def values(self, view: View, schedule: Schedule) -> Mapping[str, int]:
        """What the unmet wishes cost: each person's wishes stand together, and each costs its part of their sum, or itself."""
        wishes = view.facts.wishes
        rows = np.lexsort((wishes.day, wishes.person))
        rows = rows[view.cells(self)[wishes.person[rows], wishes.day[rows]] & ~view.facts.absent[wishes.person[rows], wishes.day[rows]]]
        if not len(rows):
            return {self.tier_name: 0}
        _, first, many = np.unique(wishes.person[rows], return_index=True, return_counts=True)
        weight = wishes.weight[rows]
        own = self.scale is Scale.ABSOLUTE
        part = weight if own else INFLUENCE * weight // np.repeat(np.add.reduceat(weight, first), many)
        place = schedule.place[wishes.person[rows], wishes.day[rows]]
        unmet = (place != Place.NONE) & ((place == Place.OFFICE) != (wishes.place[rows] == Place.OFFICE))
        return {self.tier_name: self.weight * int(part[unmet].sum())}

    def describe(self, view: View) -> Said:
        """The goal in one sentence."""
        return DESCRIBED() if self.scale is Scale.PERSON else DESCRIBED_ABSOLUTE()

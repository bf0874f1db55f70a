"""People who have the same place, or come on the same days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from giliran.domain.cell_set import CellSet
from giliran.domain.finding import Finding
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Person, Selector, Words, select_cells
from giliran.domain.units import NO_UNIT
from giliran.errors import Problem
from giliran.messages import Said, Sentence, plain
from giliran.program import Ints, ProgramBuilder
from giliran.program.segments import segment_sums
from giliran.rules.answers import CostUnit
from giliran.rules.base import RELAXATIONS, Rule
from giliran.rules.edits import Edit, words
from giliran.rules.groups import WHOLE, Grouping, Per, grouping
from giliran.rules.kinds.together.members import Members, members_of_groups, members_of_names, members_of_tags, over
from giliran.rules.kinds.together.problems import found_problems
from giliran.rules.kinds.together.rows import charged_by_day, charged_by_person, charged_by_set, met_by_day, met_by_person, met_by_set, tied
from giliran.rules.kinds.together.words import (
    AS_OFTEN,
    COSTS,
    NEVER_MET,
    NO_TWO,
    ONCE,
    ONE_WAY,
    ONLY_SHOULD,
    PARTED,
    PARTED_ON,
    SAME_DAYS,
    SAME_PLACE,
    SETS,
    TAG_TWICE,
    TAGGED,
    TWICE,
    UNMET,
    WANTED,
    WRITE_SHOULD,
    Company,
    CostPer,
    Whose,
)
from giliran.rules.toolkit.limiting import per_text
from giliran.rules.toolkit.personal import MOST_LISTED, days_text, names_text
from giliran.rules.view import View
from giliran.text import TextError


class Together(Rule):
    """The people of a set have the same place, or come on the same days.

    Parameters
    ----------
    side
        `both`: whoever is present is where the others are, in the office or not; somebody who may only work at home keeps all at home.
        `office`: those who may come to the office come on the same days; whoever may only work at home is left out.
    want
        `same`: their places are the same. `met`, which only should be: they are in the office together as often as possible, all of those
        present who may come; what counts is where they are not.
    sets
        Sets of staff ids.
    tags
        Tags of staff: the people of each are a set.
    per
        `whole`, `leaf`, a level, or several levels: the people selected are one set per group, where neither `sets` nor `tags` are given.
    cost
        What counts where a set is parted: `person_day` each person who is not where most of the set are, `set_day` each day, `set` the
        set once. It is what a `should` rule costs, and by how much a `must` rule is missed. With `want: met` each person who is not in the
        office, each day on which not all are, or a set that meets on no day.

    Notes
    -----
    Meaning: whoever is absent that day is left out, so that one person alone is never parted. People of a set whom `applies_to` and
    `days` do not mean are left out too. Where frozen days have people of a set apart already, it ties nobody else of it, with a note. On
    call days that `days` name, whoever does not come rests.
    Formula: ``x[i, d] = x[j, d]`` for all i, j in S who are present; costs of n people with s in the office: ``min(s, n − s)``, or 1 where
    0 < s < n, or 1 for a set with such a day; of `met` ``n − s``, 1 where s < n, or 1 for a set that has only such days.
    Source: no circular; agencies' own rules, such as people who share a car, a task or the care of a child.

    Kept: three in one car, `110 110 110`.
    Broken by 1: `110 100 110`.
    Broken by 2: two of four, `10 10 00 00`.
    Broken by 1: one day, with `cost: set_day`, `10 10 00 00`.
    Kept: B is on leave on Tuesday, away `... .a. ...`: `110 1a0 110`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="The people of a set have the same place, or come on the same days.",
        id="Pegawai dalam satu kelompok bekerja di tempat yang sama, atau WFO pada hari yang sama.",
    )
    example: ClassVar[Mapping[str, Any]] = {"side": "both"}

    kind: Literal["together"] = "together"
    side: Whose = Whose.BOTH
    want: Company = Company.SAME
    sets: Annotated[tuple[Annotated[tuple[Person, ...], Field(min_length=2)], ...], Field(min_length=1)] | None = None
    tags: Annotated[Words, Field(min_length=1)] | None = None
    per: Per = WHOLE
    cost: CostPer = CostPer.PERSON_DAY

    @model_validator(mode="after")
    def _one_way(self) -> Together:
        if (self.sets is not None) + (self.tags is not None) + (self.per != WHOLE) > 1:
            raise TextError(ONE_WAY())
        for k, ids in enumerate(self.sets or ()):
            if any(set(ids) == set(other) for other in (self.sets or ())[:k]):
                raise TextError(TWICE(people=[plain(id_) for id_ in sorted(set(ids))]), ONCE())
        for tag in self.tags or ():
            if (self.tags or ()).count(tag) > 1:
                raise TextError(TAG_TWICE(tag=plain(tag)), ONCE())
        if self.want is Company.MET and self.strength is Strength.MUST:
            raise TextError(ONLY_SHOULD(), WRITE_SHOULD())
        return self

    def cost_units(self) -> Iterator[tuple[str, CostUnit]]:
        """What `cost` counts."""
        if self.strength is Strength.SHOULD:
            yield self.tier or RELAXATIONS, CostUnit(self.weight, *COSTS[self.want, self.cost])

    # -- who -----------------------------------------------------------------------------------------------------------------------

    def grouping(self, view: View) -> Grouping | None:
        """People of the rule, and those of them who are in no group; None where sets are named or tagged."""
        if self.sets is not None or self.tags is not None:
            return None
        return grouping(view.facts, self.per, view.cell_set(self))

    def reaches(self, view: View) -> CellSet:
        """People named or tagged, and everybody selected where there are groups."""
        facts, cells = view.facts, view.cell_set(self)
        if self.sets is not None:
            people = sorted({facts.staff.index[id_] for ids in self.sets for id_ in ids if id_ in facts.staff.index})
            named = np.zeros(facts.shape, dtype=np.bool_)
            named[people] = True
            return cells & named
        if self.tags is not None:
            return cells & select_cells(facts, (Selector(tags=self.tags),), facts.posting)
        return cells

    def _members(self, view: View) -> Members:
        """Sets and days with two or more people who are tied to each other."""
        return view.once((self.id, "members"), lambda: self._found(view))

    def _found(self, view: View) -> Members:
        facts = view.facts
        there = facts.present & ~facts.home_only if self.side is Whose.OFFICE or self.want is Company.MET else facts.present
        cells = view.cell_set(self) & there
        if self.sets is not None:
            return members_of_names(facts, self.sets, cells)
        return members_of_tags(facts, self.tags, cells) if self.tags is not None else members_of_groups(facts, self.per, cells)

    def problems(self, view: View) -> Iterator[Problem]:
        """Ids of nobody, sets of one person, tags of nobody, and sets that could never be together."""
        yield from found_problems(self, view, self._members(view))

    # -- the program and the audit -------------------------------------------------------------------------------------------------

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """Equal cells where it must hold, else what being parted costs; nothing about what is past, as far as it must hold."""
        members, cost = self._members(view), view.cost(self)
        if cost is None or cost.tier == out.bends:
            members = members.where(~over(members, view))
        if cost is None:
            tied(self, view, members, out)
        else:
            CHARGED[self.want, self.cost](self, members, out, cost)

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Every set and day with people in the office and people not, or every set with such days; of `met` where they do not meet."""
        members = self._members(view)
        if not len(members) and self.reaches(view).any():
            yield self.finding(Strength.NOTE, 1, NO_TWO())
        office, told = _office(members, schedule)
        planned = told == members.size
        if self.want is Company.MET:
            yield from self._unmet(view, members, office, told)
            return
        apart = planned & (office > 0) & (office < members.size)
        if self.cost is CostPer.SET:
            yield from self._whole_sets(view, members, apart, planned)
            return
        gone = over(members, view) & (self.strength is Strength.MUST)
        for k in np.flatnonzero(apart).tolist():
            people, day, here = members.people(k), int(members.day[k]), int(office[k])
            amount = min(here, len(people) - here) if self.cost is CostPer.PERSON_DAY else 1
            said = PARTED(people=self._who(view, members, k), day=view.facts.dates[day], office=here, away=len(people) - here)
            cells = members.settled(view, k) if gone[k] else None
            where = {"unit": self._unit(members, k), "days": (day,), "people": tuple(people), "cells": cells}
            yield self.finding(self.strength, amount, said, **where)

    def _whole_sets(self, view: View, members: Members, apart: NDArray[np.bool_], planned: NDArray[np.bool_]) -> Iterator[Finding]:
        """Sets with some days on which they are parted, all others being planned; where it must hold, days that are past stand apart."""
        gone = over(members, view) & (self.strength is Strength.MUST)
        apart = apart & ~np.isin(members.group, members.group[~planned & ~gone])
        for some in sorted([*members.by_set(apart & ~gone), *members.by_set(apart & gone)]):
            days = tuple(int(members.day[k]) for k in some)
            cells = tuple((e, int(members.day[k])) for k in some for e in members.people(k))
            people = tuple(sorted({e for e, _ in cells}))
            if gone[some].all():
                cells = tuple(cell for k in some for cell in members.settled(view, k))
            said = PARTED_ON(people=self._who(view, members, some[0]), days=days_text(view.facts, days))
            yield self.finding(self.strength, 1, said, unit=self._unit(members, some[0]), days=days, people=people, cells=cells)

    def _unmet(self, view: View, members: Members, office: Ints, told: Ints) -> Iterator[Finding]:
        """Days on which not all of a set are in the office, or sets that have no other day; each person who has a place costs alone."""
        planned = told == members.size
        met = planned & (office == members.size)
        if self.cost is CostPer.SET:
            settled = members.group[met | ~planned]
            for some in members.by_set(~np.isin(members.group, settled)):
                days = tuple(int(members.day[k]) for k in some)
                people = tuple(sorted({e for k in some for e in members.people(k)}))
                said = NEVER_MET(people=self._who(view, members, some[0]))
                yield self.finding(self.strength, 1, said, unit=self._unit(members, some[0]), days=days, people=people)
            return
        alone = self.cost is CostPer.PERSON_DAY
        for k in np.flatnonzero(told > office if alone else planned & ~met).tolist():
            day, away = int(members.day[k]), int(told[k] - office[k])
            amount = away if alone else 1
            said = UNMET(people=self._who(view, members, k), day=view.facts.dates[day], away=away)
            yield self.finding(self.strength, amount, said, unit=self._unit(members, k), days=(day,), people=tuple(members.people(k)))

    @staticmethod
    def _unit(members: Members, k: int) -> int:
        return NO_UNIT if members.groups is None else int(members.groups.unit[members.group[k]])

    # -- words ---------------------------------------------------------------------------------------------------------------------

    def _who(self, view: View, members: Members, k: int) -> Said:
        people = members.people(k)
        if len(people) <= MOST_LISTED:
            return names_text(view.facts, people)
        if self.tags is not None:
            return plain(self.tags[members.group[k]])
        return names_text(view.facts, people) if members.groups is None else members.groups.label(view.facts, int(members.group[k]))

    def occurrence(self, view: View, group: int, day: int, person: int) -> Said:
        """One set on one day, or on all."""
        members = self._members(view)
        found = np.flatnonzero((members.group == group) & (members.day == day))
        return WANTED(people=self._who(view, members, int(found[0])), day=view.facts.dates[day]) if len(found) else self.describe(view)

    def describe(self, view: View) -> Said:
        """The rule in one sentence."""
        if self.sets is not None:
            sets = SETS(number=len(self.sets))
        else:
            sets = per_text(self.per) if self.tags is None else TAGGED(tags=list(self.tags))
        if self.want is Company.MET:
            return AS_OFTEN(sets=sets)
        return (SAME_PLACE if self.side is Whose.BOTH else SAME_DAYS)(sets=sets)

    def edits(self, view: View) -> Iterator[Edit]:
        """Without those who may only work at home, where there are any."""
        if self.side is Whose.BOTH and self.reaches(view).where(view.cell_set(self).of(view.facts.home_only)).any():
            yield words("side", self.side, Whose.OFFICE)
        yield from super().edits(view)


CHARGED = {
    (Company.SAME, CostPer.PERSON_DAY): charged_by_person,
    (Company.SAME, CostPer.SET_DAY): charged_by_day,
    (Company.SAME, CostPer.SET): charged_by_set,
    (Company.MET, CostPer.PERSON_DAY): met_by_person,
    (Company.MET, CostPer.SET_DAY): met_by_day,
    (Company.MET, CostPer.SET): met_by_set,
}
"""What writes the rows of each."""


def _office(members: Members, schedule: Schedule) -> tuple[Ints, Ints]:
    """People of every occurrence in the office, and those who have a place : int64[K] each."""
    place = schedule.place[members.person, members.day[members.owner]]
    return segment_sums(place == Place.OFFICE, members.start), segment_sums(place != Place.NONE, members.start)

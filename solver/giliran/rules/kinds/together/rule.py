"""People who have the same place, or come on the same days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
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
from giliran.rules.kinds.together.rows import charged_by_day, charged_by_person, charged_by_set, tied
from giliran.rules.toolkit.limiting import per_text
from giliran.rules.toolkit.personal import MOST_LISTED, days_text, names_text
from giliran.rules.view import View
from giliran.text import TextError

PARTED = Sentence(
    en="{people}, {day}: {office} in the office, {away} not; all of them come or nobody",
    id="{people}, {day}: {office} WFO, {away} tidak; semuanya WFO atau tidak seorang pun",
)
PARTED_ON = Sentence(
    en="{people}: not at the same place on {days}; on each day all of them come or nobody",
    id="{people}: tidak di tempat yang sama pada {days}; setiap hari semuanya WFO atau tidak seorang pun",
)
WANTED = Sentence(en="{people}, {day}: all in the office or nobody", id="{people}, {day}: semuanya WFO atau tidak seorang pun")
SAME_PLACE = Sentence(en="At the same place on each day, {sets}.", id="Di tempat yang sama setiap hari, {sets}.")
SAME_DAYS = Sentence(en="In the office on the same days, {sets}.", id="WFO pada hari yang sama, {sets}.")
SETS = Sentence(en="in each set ({number})", id="dalam setiap kelompok ({number})")
TAGGED = Sentence(en="among those with one tag ({tags})", id="di antara pegawai dengan tanda yang sama ({tags})")
ONE_WAY = Sentence(en="give only one of `sets`, `tags` and `per`", id="isi hanya salah satu dari `sets`, `tags`, dan `per`")
APART_MORE = Sentence(
    en="{count} more {count:person-day|person-days} at another place than the rest of a set",
    id="orang-hari di tempat yang berbeda dari kelompoknya bertambah {count}",
)
APART_LESS = Sentence(
    en="{count} fewer {count:person-day|person-days} at another place than the rest of a set",
    id="orang-hari di tempat yang berbeda dari kelompoknya berkurang {count}",
)
DAYS_MORE = Sentence(
    en="{count} more {count:day|days} on which a set is not at one place",
    id="hari ketika satu kelompok tidak di tempat yang sama bertambah {count}",
)
DAYS_LESS = Sentence(
    en="{count} fewer {count:day|days} on which a set is not at one place",
    id="hari ketika satu kelompok tidak di tempat yang sama berkurang {count}",
)
SETS_MORE = Sentence(
    en="{count} more {count:set|sets} not always at one place", id="kelompok yang tidak selalu di tempat yang sama bertambah {count}"
)
SETS_LESS = Sentence(
    en="{count} fewer {count:set|sets} not always at one place", id="kelompok yang tidak selalu di tempat yang sama berkurang {count}"
)


class Whose(StrEnum):
    """Whose places are the same: of all who are present, or of those who may come to the office."""

    BOTH = "both"
    OFFICE = "office"


class CostPer(StrEnum):
    """What counts where a set is parted: each person who is not where most are, each day, or the set once."""

    PERSON_DAY = "person_day"
    SET_DAY = "set_day"
    SET = "set"


COSTS: Mapping[CostPer, tuple[Sentence, Sentence]] = {
    CostPer.PERSON_DAY: (APART_MORE, APART_LESS),
    CostPer.SET_DAY: (DAYS_MORE, DAYS_LESS),
    CostPer.SET: (SETS_MORE, SETS_LESS),
}
"""What each counts, in words."""


class Together(Rule):
    """The people of a set have the same place, or come on the same days.

    Parameters
    ----------
    side
        `both`: whoever is present is where the others are, in the office or not; somebody who may only work at home keeps all at home.
        `office`: those who may come to the office come on the same days; whoever may only work at home is left out.
    sets
        Sets of staff ids.
    tags
        Tags of staff: the people of each are a set.
    per
        `whole`, `leaf`, a level, or several levels: the people selected are one set per group, where neither `sets` nor `tags` are given.
    cost
        What counts where a set is parted: `person_day` each person who is not where most of the set are, `set_day` each day, `set` the
        set once. It is what a `should` rule costs, and by how much a `must` rule is missed.

    Notes
    -----
    Meaning: whoever is absent that day is left out, so that one person alone is never parted. People of a set whom `applies_to` and
    `days` do not mean are left out too. On call days that `days` name, whoever does not come rests.
    Formula: ``x[i, d] = x[j, d]`` for all i, j in S who are present; costs of n people with s in the office: ``min(s, n − s)``, or 1 where
    0 < s < n, or 1 for a set with such a day.
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
    sets: Annotated[tuple[Annotated[tuple[Person, ...], Field(min_length=2)], ...], Field(min_length=1)] | None = None
    tags: Annotated[Words, Field(min_length=1)] | None = None
    per: Per = WHOLE
    cost: CostPer = CostPer.PERSON_DAY

    @model_validator(mode="after")
    def _one_way(self) -> Together:
        if (self.sets is not None) + (self.tags is not None) + (self.per != WHOLE) > 1:
            raise TextError(ONE_WAY())
        return self

    def cost_units(self) -> Iterator[tuple[str, CostUnit]]:
        """What `cost` counts."""
        if self.strength is Strength.SHOULD:
            yield self.tier or RELAXATIONS, CostUnit(self.weight, *COSTS[self.cost])

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
        there = facts.present & ~facts.home_only if self.side is Whose.OFFICE else facts.present
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
            charged = {CostPer.PERSON_DAY: charged_by_person, CostPer.SET_DAY: charged_by_day, CostPer.SET: charged_by_set}
            charged[self.cost](self, members, out, cost)

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Every set and day with people in the office and people not, or every set with such days."""
        members = self._members(view)
        office, apart = _office(members, schedule)
        if self.cost is CostPer.SET:
            yield from self._whole_sets(view, members, apart)
            return
        for k in np.flatnonzero(apart).tolist():
            people, day, here = members.people(k), int(members.day[k]), int(office[k])
            amount = min(here, len(people) - here) if self.cost is CostPer.PERSON_DAY else 1
            said = PARTED(people=self._who(view, members, k), day=view.facts.dates[day], office=here, away=len(people) - here)
            where = {"unit": self._unit(members, k), "days": (day,), "people": tuple(people)}
            yield self.finding(self.strength, amount, said, **where)

    def _whole_sets(self, view: View, members: Members, apart: NDArray[np.bool_]) -> Iterator[Finding]:
        """Sets with some days on which they are parted; where it must hold, days that are past stand apart."""
        gone = over(members, view) & (self.strength is Strength.MUST)
        for some in sorted([*members.by_set(apart & ~gone), *members.by_set(apart & gone)]):
            days = tuple(int(members.day[k]) for k in some)
            cells = tuple((e, int(members.day[k])) for k in some for e in members.people(k))
            people = tuple(sorted({e for e, _ in cells}))
            said = PARTED_ON(people=self._who(view, members, some[0]), days=days_text(view.facts, days))
            yield self.finding(self.strength, 1, said, unit=self._unit(members, some[0]), days=days, people=people, cells=cells)

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
        return (SAME_PLACE if self.side is Whose.BOTH else SAME_DAYS)(sets=sets)

    def edits(self, view: View) -> Iterator[Edit]:
        """Without those who may only work at home, where there are any."""
        if self.side is Whose.BOTH and self.reaches(view).where(view.cell_set(self).of(view.facts.home_only)).any():
            yield words("side", self.side, Whose.OFFICE)
        yield from super().edits(view)


def _office(members: Members, schedule: Schedule) -> tuple[Ints, NDArray[np.bool_]]:
    """People of every occurrence in the office, and whether it is planned and has people there and people not : int64[K], bool[K]."""
    place = schedule.place[members.person, members.day[members.owner]]
    office = segment_sums(place == Place.OFFICE, members.start)
    planned = segment_sums(place == Place.NONE, members.start) == 0
    return office, np.asarray(planned & (office > 0) & (office < members.size))

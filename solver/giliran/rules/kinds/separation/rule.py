"""People who are not all at home, or not all in the office, on one day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from giliran.domain.cell_set import CellSet
from giliran.domain.finding import Finding
from giliran.domain.place import DayKind, Place, Strength
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Person, Selection
from giliran.domain.units import NO_UNIT
from giliran.errors import Problem, Where
from giliran.messages import Said, Sentence, meant
from giliran.program import Ints, ProgramBuilder
from giliran.rules.answers import Apart, Side
from giliran.rules.base import Rule
from giliran.rules.groups import WHOLE, Grouping, Groups, Per, group_cells, grouping
from giliran.rules.kinds.separation.cohorts import IN_NONE, Cohorts, find_cohorts
from giliran.rules.kinds.separation.sets import Sets
from giliran.rules.toolkit.limiting import per_text
from giliran.rules.toolkit.personal import MOST_LISTED, names_text
from giliran.rules.view import View
from giliran.text import TextError

ALL_HOME = Sentence(
    en="{people}, {day}: all at home; at least one of them must be in the office",
    id="{people}, {day}: semuanya WFH; paling sedikit satu orang harus WFO",
)
ALL_OFFICE = Sentence(
    en="{people}, {day}: all in the office; at least one of them must be elsewhere",
    id="{people}, {day}: semuanya WFO; paling sedikit satu orang tidak boleh WFO",
)
PRIVATE = Sentence(
    en="{people}, {day}: these places do not go together",
    id="{people}, {day}: tempat kerja ini tidak boleh bersamaan",
)
WANTED_OFFICE = Sentence(
    en="{people}, {day}: at least one of them in the office",
    id="{people}, {day}: paling sedikit satu orang WFO",
)
WANTED_AWAY = Sentence(
    en="{people}, {day}: not all of them in the office",
    id="{people}, {day}: tidak semuanya WFO",
)
NOT_ALL_HOME = Sentence(en="Not all at home on one day, {sets}.", id="Tidak semuanya WFH pada hari yang sama, {sets}.")
NOT_ALL_OFFICE = Sentence(en="Not all in the office on one day, {sets}.", id="Tidak semuanya WFO pada hari yang sama, {sets}.")
COHORTS = Sentence(
    en="At most one of {number} cohorts has anybody in the office on one day.",
    id="Paling banyak satu dari {number} kelompok memiliki pegawai WFO pada hari yang sama.",
)
SETS = Sentence(en="in each set ({number})", id="dalam setiap kelompok ({number})")
SECRET = Sentence(en="An arrangement between some people.", id="Pengaturan antara beberapa pegawai.")
ONE_OF_TWO = Sentence(en="give either `not_all` or `cohorts`", id="isi salah satu: `not_all` atau `cohorts`")
SETS_OR_PER = Sentence(
    en="`sets` names its people itself; leave `per` and `cohorts` out",
    id="`sets` sudah menyebut orangnya; hapus `per` dan `cohorts`",
)
NOBODY = Sentence(en="there is nobody with the id {id}", id="tidak ada pegawai dengan id {id}")
MET = Sentence(
    en="{group}, {day}: people of {found} cohorts are in the office; at most one may have anybody there",
    id="{group}, {day}: pegawai dari {found} kelompok WFO; paling banyak satu kelompok yang boleh WFO",
)
WANTED_ONE = Sentence(
    en="{group}, {day}: at most one of {number} cohorts has anybody in the office",
    id="{group}, {day}: paling banyak satu dari {number} kelompok memiliki pegawai WFO",
)
IN_TWO = Sentence(
    en="people in more than one cohort ({number}): {people}",
    id="pegawai yang masuk lebih dari satu kelompok ({number} orang): {people}",
)
ONE_EACH = Sentence(
    en="They could never come; let each person be in one cohort only.",
    id="Mereka tidak akan pernah dapat WFO; masukkan setiap pegawai ke satu kelompok saja.",
)


class Separation(Rule):
    """The people of a set are not all at home, or not all in the office, on one day.

    Parameters
    ----------
    not_all
        `home` or `office`.
    sets
        Sets of staff ids. When left out, the people selected are one set per group of `per`.
    per
        `whole`, `leaf`, a level, or several levels.
    cohorts
        Selections of which at most one has anybody in the office on one day, in each group of `per`.
    private
        Findings name people and days, but not what is asked of them, nor where it is written.

    Notes
    -----
    Meaning: absent people, people off that day and people resting on a call day are not at home, and not in the office either: a set
    with one of them away is never all at home. A group has the people who have a cell that day; a set of named people has all of them.
    People of no cohort come as they like; whoever is in no set and no cohort is not under this rule. Too many cohorts on one day count
    as often as there is one more than one.
    Formula: ``Σ_{i in S} x[i, d] ≥ 1`` (home), ``≤ |S| − 1`` (office); cohorts: ``x[i, d] ≤ z[c, d]``, ``Σ_c z[c, d] ≤ 1``.
    Source: no circular; agencies' own rules, such as two spouses who share the care of somebody, or the last two with a key.

    Kept: two spouses not both in the office, `10 01`.
    Broken by 1: `10 11`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="The people of a set are not all at home, or not all in the office, on one day.",
        id="Pegawai dalam satu kelompok tidak semuanya WFH, atau tidak semuanya WFO, pada hari yang sama.",
    )
    example: ClassVar[Mapping[str, Any]] = {"not_all": "office"}

    kind: Literal["separation"] = "separation"
    not_all: Side | None = None
    sets: Annotated[tuple[Annotated[tuple[Person, ...], Field(min_length=1)], ...], Field(min_length=1)] | None = None
    per: Per = WHOLE
    cohorts: Annotated[tuple[Selection, ...], Field(min_length=2)] | None = None
    private: bool = False

    @model_validator(mode="after")
    def _one_meaning(self) -> Separation:
        if (self.not_all is None) == (self.cohorts is None):
            raise TextError(ONE_OF_TWO())
        if self.sets is not None and (self.per != WHOLE or self.cohorts is not None):
            raise TextError(SETS_OR_PER())
        return self

    @property
    def secret(self) -> bool:
        """Where it is private."""
        return self.private

    # -- who -----------------------------------------------------------------------------------------------------------------------

    def grouping(self, view: View) -> Grouping | None:
        """People of the rule (with cohorts, those in one), and those of them who are in no set; None where sets name their people."""
        if self.sets is not None:
            return None
        cells = view.cell_set(self)
        meant = cells if self.cohorts is None else cells & (self._cohorts(view).cohort != IN_NONE)
        return grouping(view.facts, self.per, meant)

    def _sets(self, view: View) -> Sets:
        return self._of_groups(view) if self.sets is None else self._of_names(view)

    def _cohorts(self, view: View) -> Cohorts:
        return view.once((self.id, "cohorts"), lambda: find_cohorts(view.facts, view.cells(self), self.per, self.cohorts or ()))

    def _of_groups(self, view: View) -> Sets:
        facts, cells = view.facts, view.cell_set(self)
        groups = group_cells(facts, self.per, cells)
        group, day, size, col = groups.columns(cells)
        return self._bounded(view, np.repeat(group, size), col // facts.num_days, np.repeat(day, size), len(groups), None, groups)

    def _of_names(self, view: View) -> Sets:
        facts, cells = view.facts, view.cell_set(self)
        known = [[facts.staff.index[id_] for id_ in dict.fromkeys(ids) if id_ in facts.staff.index] for ids in self.sets or ()]
        asked = np.array([len(set(ids)) for ids in self.sets or ()], dtype=np.int64)
        group = np.repeat(np.arange(len(known)), [len(people) for people in known])
        person = np.array([e for people in known for e in people], dtype=np.int64)
        member, day = np.nonzero(cells.cells_of(person))
        order = np.lexsort((person[member], day, group[member]))
        return self._bounded(view, group[member][order], person[member][order], day[order], len(known), asked, None)

    def reaches(self, view: View) -> CellSet:
        """People of the sets or cohorts, and everybody selected where neither is given."""
        cells = view.cell_set(self)
        if self.cohorts is not None:
            return cells & np.asarray(self._cohorts(view).cohort != IN_NONE)
        if self.sets is None:
            return cells
        sets = self._sets(view)
        return CellSet.of_columns(view.facts.shape, sets.person * view.facts.num_days + sets.day)

    def apart(self, view: View) -> Apart | None:
        """Cohorts, in the groups of `per`."""
        if self.cohorts is None:
            return None
        found = self._cohorts(view)
        return Apart(found.groups.gid.astype(np.int64), found.cohort)

    def _bounded(self, view: View, group: Ints, person: Ints, day: Ints, sets: int, asked: Ints | None, groups: Groups | None) -> Sets:
        facts = view.facts
        shape = (sets, facts.num_days)
        plain = Sets(group, person, day, np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.bool_), groups)
        size = plain.count(np.ones(len(group), dtype=np.bool_))
        never = facts.absent[person, day]
        if self.not_all is Side.HOME:
            never = never | (facts.kind[person, day] == DayKind.CALL)
        whole = size > 0 if asked is None else (size == asked[:, None]) & (size > 0)
        return replace(plain, size=size, bound=whole & (plain.count(never) == 0))

    # -- what is wrong with it -----------------------------------------------------------------------------------------------------

    def problems(self, view: View) -> Iterator[Problem]:
        """Ids of nobody, and people in several cohorts."""
        known = view.facts.staff.index
        for id_ in dict.fromkeys(id_ for ids in self.sets or () for id_ in ids):
            if id_ not in known:
                yield Problem(Where(field=f"{self.id}.sets"), NOBODY(id=id_), meant(id_, known))
        people = np.flatnonzero(self._cohorts(view).twice.any(axis=1)).tolist() if self.cohorts is not None else []
        if people:
            said = IN_TWO(number=len(people), people=names_text(view.facts, people))
            yield Problem(Where(field=f"{self.id}.cohorts"), said, ONE_EACH())

    # -- the program and the audit -------------------------------------------------------------------------------------------------

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """One row per set and day."""
        if self.not_all is None:
            self._cohorts(view).compile(self, view, out, view.cost(self))
            return
        sets = self._sets(view)
        kept = sets.bound[sets.group, sets.day]
        group, day = np.nonzero(sets.bound)
        size = sets.size[group, day]
        wanted = {"lo": 1} if self.not_all is Side.HOME else {"hi": size - 1}
        out.rows(self, size, out.cell(sets.person[kept], sets.day[kept]), cost=view.cost(self), group=group, day=day, **wanted)

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Every set and day with all people at the place that they may not share, or with several cohorts in the office."""
        if self.not_all is None:
            yield from self._audit_cohorts(view, schedule)
            return
        sets = self._sets(view)
        place = Place.HOME if self.not_all is Side.HOME else Place.OFFICE
        there = sets.count(schedule.place[sets.person, sets.day] == place)
        asked = np.array([len(set(ids)) for ids in self.sets], dtype=np.int64)[:, None] if self.sets is not None else sets.size
        for group, day in np.argwhere((there == asked) & (there > 0)).tolist():
            sentence = PRIVATE if self.private else ALL_HOME if self.not_all is Side.HOME else ALL_OFFICE
            people = sets.people(group, day)
            said = sentence(people=self._who(view, sets, group, people), day=view.facts.dates[day])
            unit = int(sets.groups.unit[group]) if sets.groups is not None else NO_UNIT
            yield self.finding(self.strength, 1, said, unit=unit, days=(day,), people=tuple(people))

    def _audit_cohorts(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        facts, cohorts = view.facts, self._cohorts(view)
        there = schedule.office & facts.present
        found = (cohorts.count(there) > 0).sum(axis=1)
        for group, day in np.argwhere((found > 1) & cohorts.planned(facts, schedule)).tolist():
            people = [int(e) for e in cohorts.groups.members(group, day) if there[e, day]]
            if self.private:
                said = PRIVATE(people=names_text(facts, people), day=facts.dates[day])
            else:
                said = MET(group=cohorts.groups.label(facts, group), day=facts.dates[day], found=int(found[group, day]))
            unit = int(cohorts.groups.unit[group])
            place = {"unit": unit, "days": (day,), "people": tuple(people), "cells": cohorts.cells(group, day)}
            yield self.finding(self.strength, int(found[group, day]) - 1, said, **place)

    def finding(self, strength: Strength, amount: int, said: Said, **place: Any) -> Finding:
        """A finding of this rule; a private one does not say where it is written."""
        found = super().finding(strength, amount, said, **place)
        return replace(found, row="") if self.private else found

    # -- words ---------------------------------------------------------------------------------------------------------------------

    def _who(self, view: View, sets: Sets, group: int, people: list[int]) -> Said:
        if sets.groups is None or len(people) <= MOST_LISTED:
            return names_text(view.facts, people)
        return sets.groups.label(view.facts, group)

    def occurrence(self, view: View, group: int, day: int, person: int) -> Said:
        """One set on one day, or the cohorts of one group."""
        if group < 0 or (self.not_all is None and self.private):
            return self.describe(view)
        if self.cohorts is not None:
            label = self._cohorts(view).groups.label(view.facts, group)
            return WANTED_ONE(group=label, day=view.facts.dates[day], number=len(self.cohorts))
        sets = self._sets(view)
        sentence = PRIVATE if self.private else WANTED_OFFICE if self.not_all is Side.HOME else WANTED_AWAY
        return sentence(people=self._who(view, sets, group, sets.people(group, day)), day=view.facts.dates[day])

    def describe(self, view: View) -> Said:
        """The rule in one sentence; a private one tells nothing."""
        if self.private:
            return SECRET()
        if self.cohorts is not None:
            return COHORTS(number=len(self.cohorts))
        sets = per_text(self.per) if self.sets is None else SETS(number=len(self.sets))
        return (NOT_ALL_HOME if self.not_all is Side.HOME else NOT_ALL_OFFICE)(sets=sets)

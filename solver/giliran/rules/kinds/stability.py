"""Few changes against the published plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, ClassVar, Literal

import numpy as np

from giliran.domain.facts import Cells, Facts
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.selection import ALL_DAYS, DateRange, Days
from giliran.messages import Said, Sentence
from giliran.program import ProgramBuilder
from giliran.rules.answers import Changed, CostUnit
from giliran.rules.base import Goal, Statement
from giliran.rules.toolkit.changing import Change, announced, rank_of, still_open
from giliran.rules.view import View

FEW_CELLS = Sentence(
    en="As few changed days as possible against the published plan.",
    id="Perubahan hari sesedikit mungkin terhadap jadwal yang sudah ditetapkan.",
)
FEW_PEOPLE = Sentence(
    en="As few people as possible whose published plan changes.",
    id="Sesedikit mungkin pegawai yang jadwalnya berubah dari yang sudah ditetapkan.",
)

MORE_DAYS = Sentence(
    en="{count} more changed {count:day|days} against the published plan",
    id="perubahan hari dari jadwal yang sudah ditetapkan bertambah {count}",
)
FEWER_DAYS = Sentence(
    en="{count} fewer changed {count:day|days} against the published plan",
    id="perubahan hari dari jadwal yang sudah ditetapkan berkurang {count}",
)
MORE_PEOPLE = Sentence(
    en="{count} more {count:person|people} whose published plan changes",
    id="pegawai yang jadwalnya berubah bertambah {count}",
)
FEWER_PEOPLE = Sentence(
    en="{count} fewer {count:person|people} whose published plan changes",
    id="pegawai yang jadwalnya berubah berkurang {count}",
)
UNASKED = Sentence(
    en="the published plan may change without limit after the frozen days: no goal `stability` keeps to it;"
    " write `- kind: stability` under `goals`",
    id="jadwal yang sudah ditetapkan dapat berubah bebas setelah hari yang dibekukan: tidak ada tujuan `stability` yang menjaganya;"
    " tulis `- kind: stability` di bawah `goals`",
)

AT_SHORT_NOTICE = Sentence(
    en="As few changed days as possible up to {last}, which is short notice.",
    id="Perubahan hari sesedikit mungkin sampai {last}, karena pemberitahuannya mendadak.",
)


class ChangeUnit(StrEnum):
    """What is counted when a published plan changes."""

    CELLS = "cells"
    PEOPLE = "people"


_OWN, _NOTICE, _DAYS, _PEOPLE = "stability", "notice", "changed_days", "changed_people"
_CHANGES = {_NOTICE: Change.NOTICE, _OWN: Change.DAYS, _DAYS: Change.DAYS, _PEOPLE: Change.PEOPLE}
"""What each tier of this kind counts."""


class Stability(Goal):
    """Few changes against the published plan, call days included.

    Parameters
    ----------
    unit
        `cells` counts changed days of everybody, `people` counts people with a changed day.

    Notes
    -----
    Meaning: a cell is changed when the published plan has the person in the office and this plan has not, or the other way round.
    Cells that the published plan does not know, or knows as absent, and cells of absent people count nothing. Names are promises: where
    the published plan gives somebody present a place on a day that is not frozen, the tier stands right after relaxations, so that nobody
    is moved for evenness, nor to staff a unit; with `refill` under `published` it stands after the office target, so that seats that
    became free are filled again. A list under `tiers` decides otherwise. Without such a place the tier stands after fair shares; a note
    tells where nothing is published inside the horizon, or where `refill` changes nothing. Changed days up to `notice_to` of the published
    plan are counted once more, in the tier `notice` before, whether such a goal is written or not. With `few_changes` under `published`
    changed days come first and people who see one next (`changed_people`), also where nothing of this kind is written (days then in the
    tier of this kind, or in `changed_days` where that counts something else); with `keep` all this stands before relaxations.
    Formula: ``Σ_{i, d} |x[i, d] − published[i, d]|`` (`cells`), ``Σ_i max_d |x[i, d] − published[i, d]|`` (`people`).
    Source: own; agencies announce a roster before the week starts.

    Kept: published `11000`, planned `11000`.
    Broken by 2: two cells changed, `10100`.
    Broken by 1: one person changed, with `unit: people`, `10100`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="Few changes against the published plan, call days included.",
        id="Sesedikit mungkin perubahan terhadap jadwal yang sudah ditetapkan, termasuk hari piket di luar hari kerja.",
    )
    example: ClassVar[Mapping[str, Any]] = {"unit": "cells"}
    own_tiers: ClassVar[tuple[tuple[str, int], ...]] = ((_OWN, 30), (_NOTICE, 28), (_DAYS, 29), (_PEOPLE, 31))
    tier_words: ClassVar[Mapping[str, Sentence]] = {
        _OWN: Sentence(en="changes against the published plan", id="perubahan terhadap jadwal yang sudah ditetapkan"),
        _NOTICE: Sentence(en="changes at short notice", id="perubahan mendadak"),
        _DAYS: Sentence(en="changed days", id="hari yang berubah"),
        _PEOPLE: Sentence(en="people who see a change", id="pegawai yang jadwalnya berubah"),
    }
    on_call_days: ClassVar[bool] = True

    kind: Literal["stability"] = "stability"
    unit: ChangeUnit = ChangeUnit.CELLS

    @classmethod
    def unasked(cls, facts: Facts) -> Said | None:
        """A published plan of days that may still change, and no goal that keeps to it."""
        return UNASKED() if still_open(facts) and not facts.few_changes else None

    @classmethod
    def implied(cls, facts: Facts, written: Sequence[Statement]) -> list[Statement]:
        """Days at short notice; and where few changes come first, the goals for days and for people that nobody wrote."""
        return [*cls._at_short_notice(facts), *cls._unwritten(facts, [goal for goal in written if isinstance(goal, cls)])]

    @classmethod
    def _at_short_notice(cls, facts: Facts) -> Iterator[Stability]:
        last = facts.notice_to
        if last is None or last < facts.dates[0]:
            return
        soon = np.array([day <= last for day in facts.dates], dtype=np.bool_)
        if (announced(facts) & ~facts.frozen & soon).any():
            span = DateRange.model_validate({"from": facts.dates[0], "to": last})
            yield cls(id="facts/notice", tier=_NOTICE, days=Days(dates=(span,)))

    @classmethod
    def _unwritten(cls, facts: Facts, written: Sequence[Stability]) -> Iterator[Stability]:
        if not facts.few_changes or not still_open(facts):
            return
        there = {goal.counts_changes() for goal in written if goal.tier_name == _OWN}
        taken = any(goal.tier_name == _OWN for goal in written)
        if Changed.DAYS not in there:
            yield cls(id="facts/changed_days", tier=_DAYS if taken else _OWN)
        if Changed.PEOPLE not in there:
            yield cls(id="facts/changed_people", tier=_PEOPLE, unit=ChangeUnit.PEOPLE)

    def counts_changes(self) -> Changed | None:
        """Its unit, where it means everybody on all days, or on those of short notice."""
        if self.applies_to is not None or self.in_force is not None or self.yields_to:
            return None
        if self.days != ALL_DAYS:
            return Changed.SOON if self.tier == _NOTICE and self.unit is ChangeUnit.CELLS else None
        return Changed.DAYS if self.unit is ChangeUnit.CELLS else Changed.PEOPLE

    def cost_units(self) -> Iterator[tuple[str, CostUnit]]:
        """Changed days, or people."""
        cells = self.unit is ChangeUnit.CELLS
        yield self.tier_name, CostUnit(self.weight, *((MORE_DAYS, FEWER_DAYS) if cells else (MORE_PEOPLE, FEWER_PEOPLE)))

    def in_vain(self, facts: Facts) -> bool:
        """Where no place is published inside the horizon."""
        return not (facts.published != Place.NONE).any()

    @classmethod
    def ranks(cls, facts: Facts) -> Mapping[str, int]:
        """Before other goals where a published plan may still change, except for the office target if seats are to be filled again."""
        if not still_open(facts):
            return super().ranks(facts)
        return {name: rank_of(_CHANGES[name], facts) for name, _ in cls.own_tiers}

    def _published(self, view: View) -> Cells:
        """Present cells for which the published plan gives a place to work or rest : bool[E, D]."""
        return np.asarray(view.cells(self) & announced(view.facts))

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """A charge per cell, or one per person on a column that any changed cell lifts to 1."""
        cells = self._published(view)
        person, day = np.nonzero(cells)
        column, was_in = out.cell(person, day), view.facts.published[person, day] == Place.OFFICE
        cost = view.cost_in(self.tier_name, self.weight)
        if self.unit is ChangeUnit.CELLS:
            out.miss(column, was_in, cost)
            return
        people, index = np.unique(person, return_inverse=True)
        changed = out.binary(len(people))
        out.charge(changed, 1, cost)
        out.difference(self, changed[index], column, sign=np.where(was_in, 1, -1), lo=was_in, person=person, day=day)

    def values(self, view: View, schedule: Schedule) -> Mapping[str, int]:
        """Changed cells, or people with one; a person with a cell that is not planned is not counted among people."""
        cells = self._published(view)
        open_ = cells & (schedule.place == Place.NONE)
        before, now = view.facts.published == Place.OFFICE, schedule.place == Place.OFFICE
        changed = cells & ~open_ & (before != now)
        if self.unit is ChangeUnit.CELLS:
            return {self.tier_name: self.weight * int(changed.sum())}
        return {self.tier_name: self.weight * int((changed.any(axis=1) & ~open_.any(axis=1)).sum())}

    def describe(self, view: View) -> Said:
        """The goal in one sentence."""
        if self.tier == _NOTICE and self.days.dates:
            return AT_SHORT_NOTICE(last=self.days.dates[0].last)
        return FEW_CELLS() if self.unit is ChangeUnit.CELLS else FEW_PEOPLE()

"""Few changes against the published plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, ClassVar, Literal

import numpy as np

from giliran.domain.facts import Cells, Facts
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.messages import Said, Sentence
from giliran.program import ProgramBuilder
from giliran.rules.answers import CostUnit
from giliran.rules.base import Goal
from giliran.rules.view import View

FEW_CELLS = Sentence(
    en="As few changed days as possible against the published plan.",
    id="Perubahan hari sesedikit mungkin terhadap jadwal yang sudah diumumkan.",
)
FEW_PEOPLE = Sentence(
    en="As few people as possible whose published plan changes.",
    id="Sesedikit mungkin pegawai yang jadwalnya berubah dari yang sudah diumumkan.",
)

MORE_DAYS = Sentence(
    en="{count} more changed {count:day|days} against the published plan",
    id="perubahan hari dari jadwal yang sudah diumumkan bertambah {count}",
)
FEWER_DAYS = Sentence(
    en="{count} fewer changed {count:day|days} against the published plan",
    id="perubahan hari dari jadwal yang sudah diumumkan berkurang {count}",
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
    id="jadwal yang sudah diumumkan dapat berubah bebas setelah hari yang dibekukan: tidak ada tujuan `stability` yang menjaganya;"
    " tulis `- kind: stability` di bawah `goals`",
)


_REPLANNED, _REFILLED = 2, 12
"""Ranks of the tier where a published plan may still change: right after relaxations, or after the office target."""


class ChangeUnit(StrEnum):
    """What is counted when a published plan changes."""

    CELLS = "cells"
    PEOPLE = "people"


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
    tells where nothing is published inside the horizon, or where `refill` changes nothing.
    Formula: ``Σ_{i, d} |x[i, d] − published[i, d]|`` (`cells`), ``Σ_i max_d |x[i, d] − published[i, d]|`` (`people`).
    Source: own; agencies announce a roster before the week starts.

    Kept: published `11000`, planned `11000`.
    Broken by 2: two cells changed, `10100`.
    Broken by 1: one person changed, with `unit: people`, `10100`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="Few changes against the published plan, call days included.",
        id="Sesedikit mungkin perubahan terhadap jadwal yang sudah diumumkan, termasuk hari siaga.",
    )
    example: ClassVar[Mapping[str, Any]] = {"unit": "cells"}
    own_tiers: ClassVar[tuple[tuple[str, int], ...]] = (("stability", 30),)
    on_call_days: ClassVar[bool] = True

    kind: Literal["stability"] = "stability"
    unit: ChangeUnit = ChangeUnit.CELLS

    @classmethod
    def unasked(cls, facts: Facts) -> Said | None:
        """A published plan of days that may still change, and no goal that keeps to it."""
        return UNASKED() if _still_open(facts) else None

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
        if not _still_open(facts):
            return super().ranks(facts)
        return {name: _REFILLED if facts.refill else _REPLANNED for name, _ in cls.own_tiers}

    def _published(self, view: View) -> Cells:
        """Present cells for which the published plan gives a place to work or rest : bool[E, D]."""
        return np.asarray(view.cells(self) & _announced(view.facts))

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
        return FEW_CELLS() if self.unit is ChangeUnit.CELLS else FEW_PEOPLE()


def _announced(facts: Facts) -> Cells:
    """Present cells for which the published plan gives a place to work or rest : bool[E, D]."""
    return np.asarray(np.isin(facts.published, (Place.OFFICE, Place.HOME, Place.OFF)) & facts.present)


def _still_open(facts: Facts) -> bool:
    """Whether the published plan gives anybody present a place that may still change."""
    return bool((_announced(facts) & ~facts.frozen).any())

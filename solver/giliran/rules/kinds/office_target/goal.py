"""How full the office should be: as full as the rules allow, as empty, or no aim; and evenly over the days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Cells
from giliran.domain.finding import Finding
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Weight
from giliran.errors import Problem, Where
from giliran.messages import Said, Sentence, plain
from giliran.program import INFINITE, Cost, ProgramBuilder
from giliran.rules.answers import Aim, CostUnit, Counts, Limit
from giliran.rules.base import Goal
from giliran.rules.groups import Grouping, Groups, Per, group_cells, grouping
from giliran.rules.kinds.office_target.evenness import Level, LevelBy
from giliran.rules.kinds.office_target.targets import UNUSED, Targets, aimed, unused
from giliran.rules.toolkit.exempting import bypasses, spared, sparing_rows, still_binding
from giliran.rules.toolkit.limiting import limit_rows, per_text
from giliran.rules.view import View
from giliran.text import TextError

LEVEL, LEVEL_LATER = "level", "level_later"
"""The tiers of evenness over the days: before and after fair shares."""

OPPOSITE = Sentence(
    en="{goal} wants {person} at home on {day}, this goal wants the office; days with opposite aims: {count}",
    id="{goal} menghendaki {person} WFH pada {day}, tujuan ini menghendaki WFO; jumlah hari yang bertentangan: {count}",
)
CHOOSE_ONE = Sentence(
    en="Let `applies_to` or `days` of the two goals part them, or keep one.",
    id="Pisahkan keduanya dengan `applies_to` atau `days`, atau pertahankan salah satu.",
)
MOST_IN = Sentence(
    en="As many people in the office as the first limits allow{level}.",
    id="Sebanyak mungkin pegawai WFO dalam batas pertama{level}.",
)
MOST_OUT = Sentence(
    en="As many people at home as the rules allow{level}.",
    id="Sebanyak mungkin pegawai WFH sejauh aturan memungkinkan{level}.",
)
NO_AIM = Sentence(
    en="Neither the office nor home is preferred{level}.",
    id="WFO dan WFH sama-sama tidak diutamakan{level}.",
)
MORE_IN = Sentence(en="{count} more {count:person-day|person-days} in the office", id="{count} orang-hari WFO lebih banyak")
FEWER_IN = Sentence(en="{count} fewer {count:person-day|person-days} in the office", id="{count} orang-hari WFO lebih sedikit")
NOT_LEVEL = Sentence(
    en="`level_by` and `level_targets` say how days shall be level, but `level` is not set",
    id="`level_by` dan `level_targets` menentukan cara meratakan hari, tetapi `level` tidak diisi",
)
WRITE_LEVEL = Sentence(en="Add `level: true`.", id="Tambahkan `level: true`.")


class Wanted(StrEnum):
    """Which side is wanted."""

    MOST_OFFICE = "most_office"
    MOST_HOME = "most_home"
    NONE = "none"


class OfficeTarget(Goal):
    """The office as full as the first limits allow, or as empty as the rules allow, or neither.

    Parameters
    ----------
    wanted
        `aim` in files: `most_office`, `most_home` or `none`.
    level
        Costs in a tier of its own, `level`: the squared daily headcounts of each group of `per`, so that days are alike. Where `aim` is
        `none` the goal's `tier` may put them elsewhere: `level_later` comes after fair shares, for groups so small, or of such different
        sizes, that level days would take turns from some of their people.
    per
        Groups for `level`: `whole`, `leaf`, a level or several.
    level_weight
        Positive integer; matters when several costs share the tier.
    level_by
        `squares`: of the daily headcounts; or `range`: the fullest day less the emptiest, which ties all days of a group together and takes
        longer to plan. Days on which nobody of a group is there do not count.
    level_targets
        People wanted in the office by weekday or date, as a number or as a share of those of the group who work that day, absent or not:
        `{mon: 12, fri: 40%}`. Then differences from them are squared, or ranged; days without a target do not count.

    Notes
    -----
    Meaning: everybody selected and present who is on the side not wanted costs 1; a seat above the first limit of a cap that may be
    relaxed gains nothing; officers whom the cap does not count (`exempt`) take no such seat. On call days that `days` name, off is not in
    the office.
    Formula: ``Σ (1 − x[i, d]) + Σ_caps max(0, Σ x[i, d] − exempt officers − first limit)`` (`most_office`), ``Σ x[i, d]`` (`most_home`);
    `level`: ``Σ_{g, d} n² − 2·t·n`` with ``n = Σ_{i in g} x[i, d]`` and the target t, 0 without one: up to a constant ``Σ (n − t)²``; by
    range ``Σ_g (max_d (n − t) − min_d (n − t))``.
    Source: SE Gubernur Kaltim 065/3668/B.Org-TL (13 July 2021), rows K1 and K2; SE Bupati Muba (2020), row M1.

    Kept at 2: two of four people beside `kind: office_cap, max: 2`, planned `1 1 0 0`.
    Broken by 1: `1 0 0 0`.
    Kept at −5: two on Monday and one on Tuesday, with `aim: none, level: true, level_targets: {mon: 2, tue: 1}`, `11 10`.
    Kept at 1: the differences from the targets are 0 and 1, with `level_by: range`, `11 11`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="The office as full as the first limits allow, or as empty as the rules allow, or neither.",
        id="Sebanyak mungkin pegawai WFO dalam batas pertama, atau sebanyak mungkin WFH sejauh aturan memungkinkan, atau tidak keduanya.",
    )
    example: ClassVar[Mapping[str, Any]] = {"aim": "most_office"}
    own_tiers: ClassVar[tuple[tuple[str, int], ...]] = (("office_target", 10), (LEVEL, 15), (LEVEL_LATER, 25))
    tier_words: ClassVar[Mapping[str, Sentence]] = {
        "office_target": Sentence(en="person-days on the side that is not wanted", id="orang-hari di luar sasaran WFO atau WFH"),
        LEVEL: Sentence(en="unevenness over the days", id="ketidakrataan antarhari"),
        LEVEL_LATER: Sentence(en="unevenness over the days, after fair shares", id="ketidakrataan antarhari, setelah jatah"),
    }

    kind: Literal["office_target"] = "office_target"
    wanted: Wanted = Field(alias="aim")
    level: bool = False
    per: Per = "whole"
    level_weight: Weight = 1
    level_by: LevelBy = LevelBy.SQUARES
    level_targets: Targets | None = None

    @model_validator(mode="after")
    def _level_said(self) -> OfficeTarget:
        if not self.level and (self.level_by is not LevelBy.SQUARES or self.level_targets is not None):
            raise TextError(NOT_LEVEL(), WRITE_LEVEL())
        return self

    def tier_names(self) -> tuple[str, ...]:
        """The goal's tier where it has an aim, and that of `level`."""
        return (*((self.tier_name,) if self.wanted is not Wanted.NONE else ()), *((self.level_tier,) if self.level else ()))

    @property
    def level_tier(self) -> str:
        """The tier of evenness: that of the goal where nothing else of it costs."""
        return self.tier if self.tier and self.wanted is Wanted.NONE else LEVEL

    def cost_units(self) -> Iterator[tuple[str, CostUnit]]:
        """Person-days on the side not wanted, and squared headcounts."""
        if self.wanted is not Wanted.NONE:
            more, less = (FEWER_IN, MORE_IN) if self.wanted is Wanted.MOST_OFFICE else (MORE_IN, FEWER_IN)
            yield self.tier_name, CostUnit(self.weight, more, less)
        if self.level:
            yield self.level_tier, CostUnit(self.level_weight, *self.level_by.units(targets=self.level_targets is not None))

    def _cells(self, view: View) -> Cells:
        return view.cells(self) & view.facts.present

    def aim(self, view: View) -> Aim:
        """Cells of the goal on the side wanted, whoever is away."""
        cells, none = view.cells(self), np.zeros(view.facts.shape, dtype=np.bool_)
        return Aim(cells if self.wanted is Wanted.MOST_OFFICE else none, cells if self.wanted is Wanted.MOST_HOME else none)

    def problems(self, view: View) -> Iterator[Problem]:
        """Goals that want at home whom this one wants in the office."""
        mine = self.aim(view).office
        for other in view.goals:
            aim = other.aim(view)
            if aim is None or not (mine & aim.home).any():
                continue
            both = np.argwhere(mine & aim.home)
            person, day = both[0].tolist()
            name = plain(view.facts.staff.label(person))
            said = OPPOSITE(goal=plain(other.id), person=name, day=view.facts.dates[day], count=len(both))
            yield Problem(Where(field=f"{self.id}.aim"), said, CHOOSE_ONE())

    def grouping(self, view: View) -> Grouping | None:
        """People of the goal, and those of them whose days `level` does not even out."""
        return grouping(view.facts, self.per, view.cell_set(self)) if self.level else None

    def _level(self, view: View) -> Level:
        groups = group_cells(view.facts, self.per, view.cell_set(self))
        target, days = aimed(self.level_targets, view.facts.dates, groups.count(view.cell_set(self)))
        return Level(groups, self._cells(view) & days, target)

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """A charge per cell, a soft row per relaxed limit, ladders or rows for `level`."""
        cells = self._cells(view)
        if self.wanted is Wanted.MOST_OFFICE:
            cost = view.cost_in(self.tier_name, self.weight)
            out.place(cost, office=cells)
            for limit in _relaxed(view):
                self._charge_relaxed(limit, view, out, cost)
        elif self.wanted is Wanted.MOST_HOME:
            out.place(view.cost_in(self.tier_name, self.weight), away=cells)
        if self.level:
            self._compile_level(view, out)

    def _compile_level(self, view: View, out: ProgramBuilder) -> None:
        level, cost = self._level(view), view.cost_in(self.level_tier, self.level_weight)
        if self.level_by is LevelBy.SQUARES:
            level.compile_squares(out, cost)
        else:
            level.compile_range(self, out, cost)

    def _charge_relaxed(self, limit: Limit, view: View, out: ProgramBuilder, cost: Cost) -> None:
        """A soft row per group and day; where the cap does not count its duty officers, with the columns that take them out there."""
        wanted, exempt = replace(limit, counted=limit.counted & self._cells(view)), view.exempt(limit)
        if not exempt:
            most = np.where(limit.relaxed > limit.most, limit.most, INFINITE)
            limit_rows(wanted, self, out, cost=cost, most=most)
            return
        for group, day, cells, spared_ in sparing_rows(wanted, bypasses(view.by_id[limit.rule], wanted, exempt, out)):
            if limit.relaxed[group, day] > limit.most[group, day]:
                out.row(self, cells, spared_, hi=limit.most[group, day], cost=cost, group=group, day=day)

    def values(self, view: View, schedule: Schedule) -> Mapping[str, int]:
        """People on the side not wanted, seats above first limits, and the squares of `level`."""
        cells = self._cells(view)
        planned = cells & (schedule.place != Place.NONE)
        seated = planned & (schedule.place == Place.OFFICE)
        costs: dict[str, int] = {}
        if self.wanted is Wanted.MOST_OFFICE:
            spare = sum(_above(limit, view, cells, planned, seated) for limit in _relaxed(view))
            costs[self.tier_name] = self.weight * (int((planned & ~seated).sum()) + spare)
        elif self.wanted is Wanted.MOST_HOME:
            costs[self.tier_name] = self.weight * int(seated.sum())
        if self.level:
            level = self._level(view)
            uneven = level.squares(planned, seated) if self.level_by is LevelBy.SQUARES else level.ranges(planned, seated)
            costs[self.level_tier] = costs.get(self.level_tier, 0) + self.level_weight * uneven
        return costs

    def notes(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Targets of days on which nobody works."""
        lost = unused(self.level_targets or {}, view.facts.dates, np.asarray(view.cells(self).any(axis=0)))
        if lost:
            yield self.finding(Strength.NOTE, len(lost), UNUSED(days=[plain(key) for key in lost]))

    def describe(self, view: View) -> Said:
        """The goal in one sentence."""
        sentence = {Wanted.MOST_OFFICE: MOST_IN, Wanted.MOST_HOME: MOST_OUT, Wanted.NONE: NO_AIM}[self.wanted]
        evenly = self.level_by.described(targets=self.level_targets is not None)
        return sentence(level=evenly(per=per_text(self.per)) if self.level else plain(""))


def _relaxed(view: View) -> list[Limit]:
    """Limits with a second, higher bound somewhere."""
    return [limit for limit in view.limits if bool((limit.active & (limit.relaxed > limit.most)).any())]


def _whole(groups: Groups, cells: Cells | CellSet, planned: Cells) -> Counts:
    """1 where all cells of a group and day are planned, 0 elsewhere : int64[G, D]."""
    return np.asarray(groups.count(cells - planned if isinstance(cells, CellSet) else cells & ~planned) == 0, dtype=np.int64)


def _above(limit: Limit, view: View, cells: Cells, planned: Cells, seated: Cells) -> int:
    """Seats above the first limit, where everybody counted is planned; officers whom the limit does not count take none.

    Where the goal is about all people of the limit, whoever another group needs left out to keep the limit itself is left out there.
    """
    counted = limit.counted & cells
    whole = _whole(limit.groups, counted, planned) > 0
    judged = whole & limit.active & (limit.relaxed > limit.most)
    seats = limit.groups.count(counted & seated)
    if exempt := view.exempt(limit):
        kept = whole & limit.active if counted == limit.counted else judged
        relaxed = np.where(kept, still_binding(limit, view), INFINITE)
        seats -= spared(replace(limit, counted=counted), exempt, seated, [relaxed, np.where(judged, limit.most, relaxed)])
    return int((np.maximum(seats - limit.most, 0) * judged).sum())

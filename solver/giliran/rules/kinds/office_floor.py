"""At least so many people in the office."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Cells
from giliran.domain.finding import Finding, Told
from giliran.domain.place import Strength
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Number, Selection, select
from giliran.errors import Problem
from giliran.messages import Percent, Said, Sentence
from giliran.program import INFINITE, ProgramBuilder
from giliran.rules.answers import Counts, Limit, Sense, Side
from giliran.rules.base import Rule
from giliran.rules.edits import Edit, numbers, shares, words
from giliran.rules.groups import NO_GROUP
from giliran.rules.toolkit.condition_tables import missing_shares
from giliran.rules.toolkit.counting import Counted, Of, Rounding, Tally, share_of, tally
from giliran.rules.toolkit.limiting import (
    Headcount,
    amount_text,
    eased_limit,
    headcounts,
    limit_occurrence,
    limit_of,
    limit_rows,
    limit_text,
    per_text,
    place_of,
    with_limit,
)
from giliran.rules.toolkit.shortage import REDUCED, SHORT, WhenShort, available, nobody_problems, nobody_rows
from giliran.rules.view import View
from giliran.text import TextError

TOO_FEW = Sentence(
    en="{group}, {day}: in the office {office}, {under} too few ({limit})",
    id="{group}, {day}: {office} orang WFO, kurang {under} ({limit})",
)
TOO_FEW_OF = Sentence(
    en="{group}, {day}: of the {people} who count {office} in the office, {under} too few (at least {least})",
    id="{group}, {day}: dari {people} orang yang dihitung {office} WFO, kurang {under} (paling sedikit {least})",
)
ONE_OF_TWO = Sentence(en="give either `min` or `share`", id="isi salah satu: `min` atau `share`")
DESCRIBED = Sentence(
    en="At least {amount} in the office, {per}.",
    id="Paling sedikit {amount} WFO, {per}.",
)
DESCRIBED_ELIGIBLE = Sentence(
    en="At least {amount} in the office, {per}; only the people named under `eligible` count.",
    id="Paling sedikit {amount} WFO, {per}; hanya pegawai yang disebut pada `eligible` yang dihitung.",
)


class OfficeFloor(Counted, Rule):
    """At least so many people in the office, per group and day.

    Parameters
    ----------
    min, share
        The limit, as a number or as a share of `base` (rounded up).
    eligible
        Who counts towards it: a treasurer, an operator, whoever holds the key; everybody selected when left out. A share is still
        taken of the whole selection.
    when_short
        What holds where fewer are available (neither absent nor fixed at home) than asked for: all of those, and the shortfall is noted
        (`note`); or the floor as it stands (`break`), so that there is no plan, or, where it only should hold, the shortfall costs too.
        Days on which nobody who counts is there at all are refused where it must hold.

    Notes
    -----
    Meaning: of the people counted, at least the limit are in the office; with `note` no more than are available.
    Formula: ``Σ_i x[i, d] ≥ min(K, available)``, ``K = max(⌈share · n⌉, min_result)``, 0 where the share or n is; `break`:
    ``Σ_i x[i, d] ≥ K``.
    Source: SE Wali Kota Bandar Lampung 443/452/IV.06/2020 (24 March 2020), row B9; SE Sekda Lampung 045.2/103/VII/Posko/2021
    (9 July 2021), row L11 read as "at least".

    Kept: 50 % of 5 people are 3, `1 1 1 0 0`.
    Broken by 1: `1 1 0 0 0`.
    Broken by nothing, but one who is missing is told: away `. a a a a`, planned `1 a a a a`.
    Broken by 2: with `when_short: break`, `1 a a a a`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="At least so many people in the office, per group and day.", id="Paling sedikit sekian orang WFO, per kelompok dan hari."
    )
    example: ClassVar[Mapping[str, Any]] = {"share": "50%"}

    kind: Literal["office_floor"] = "office_floor"
    min: Number | None = Field(default=None, ge=0)
    eligible: Selection | None = None
    when_short: WhenShort = WhenShort.NOTE

    @model_validator(mode="after")
    def _one_limit(self) -> OfficeFloor:
        if (self.min is None) == (self.share is None):
            raise TextError(ONE_OF_TWO())
        return self

    def problems(self, view: View) -> Iterator[Problem]:
        """Values of a condition for which the table gives no share; days on which nobody is there of whom `break` wants some."""
        missing = list(missing_shares(self, self.share, view))
        yield from missing
        if self.when_short is WhenShort.BREAK and not missing:
            [limit] = view.limits_of(self)
            yield from nobody_problems(limit, view)

    def eased(self, by: int, unit: str = "") -> Mapping[str, Self]:
        """The floor with so many people fewer."""
        return eased_limit(self, by, unit, "min")

    def limited(self, amount: int | Percent, field: str) -> Self:
        """Another number or share."""
        return with_limit(self, amount, "min")

    def limits(self, view: View) -> Sequence[Limit]:
        """The floor as bounds on every group and day, with `note` no higher than who is available."""
        counts = tally(self, view, forced=view.forced_office, eligible=self._eligible(view))
        number = self._number(counts)
        least = self.when_short.asked(number, counts.groups.count(counts.counted - view.forced_home))
        return (limit_of(self, counts, number, side=Side.OFFICE, sense=Sense.LEAST, least=least),)

    def reaches(self, view: View) -> CellSet:
        """Everybody selected, or of these only those who count, where nothing is a share of the others."""
        eligible = self._eligible(view)
        return view.cell_set(self) if eligible is None or self.share is not None else view.cell_set(self) & eligible

    def needs_office(self, view: View) -> CellSet:
        """Everybody who counts where somebody is asked for, whoever is away."""
        [limit] = view.limits_of(self)
        asked = limit.groups.spread((limit.number > 0).astype(np.int64)) > 0 if len(limit.groups) else False
        here = self.reaches(view).on(limit.groups.rows)
        return limit.counted.given(here & (limit.groups.gid != NO_GROUP) & asked)

    def _eligible(self, view: View) -> Cells | None:
        return None if self.eligible is None else np.asarray(select(view.facts, self.eligible)[view.facts.posting])

    def _number(self, counts: Tally) -> Counts:
        if self.min is not None:
            return np.asarray(np.maximum(self.min - counts.eased, 0))
        number = share_of(counts.size, counts.share, self.rounding or Rounding.UP, self.min_result or 0)[1]
        return np.asarray(np.maximum(number - counts.eased, 0))

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """One row per group and day in which anybody is asked for."""
        [limit] = view.limits_of(self)
        asked = np.where(limit.least > 0, limit.least, -INFINITE)
        limit_rows(limit, self, out, cost=view.cost(self), least=asked)
        nobody_rows(limit, self, out, cost=view.cost(self))

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Every group and day with too few people, and where fewer are available than asked for."""
        [limit] = view.limits_of(self)
        able = available(limit, view)
        for count in headcounts(limit, schedule):
            asked, possible = int(limit.number[count.group, count.day]), int(able[count.group, count.day])
            if asked > min(possible, count.office):
                yield from self._judge(view, limit, count, asked, possible)

    def _judge(self, view: View, limit: Limit, count: Headcount, asked: int, possible: int) -> Iterator[Finding]:
        group, day = limit.groups.label(view.facts, count.group), view.facts.dates[count.day]
        limit_said, place = limit_text(limit, count.group, count.day), place_of(limit, view.facts, count)
        missing, least = max(asked - possible, 0), asked
        if missing and self.when_short is WhenShort.NOTE:
            said = SHORT(group=group, day=day, asked=asked, available=possible, missing=missing, limit=limit_said)
            yield self.finding(Strength.NOTE, missing, said, told=Told.SHORTFALL, **place)
            least = possible
        if missing:
            limit_said = REDUCED(limit=limit_said, available=possible)
        under = least - count.office
        if under > 0:
            said = TOO_FEW(group=group, day=day, office=count.office, under=under, limit=limit_said)
            if least <= possible and (self.applies_to is not None or self.eligible is not None):
                people = count.office + count.home
                said = TOO_FEW_OF(group=group, day=day, people=people, office=count.office, under=under, least=least)
            yield self.finding(self.strength, under, said, **place)

    def edits(self, view: View) -> Iterator[Edit]:
        """All who can come where they are fewer; a lower limit, or a share of fewer people."""
        yield words("when_short", self.when_short, WhenShort.NOTE)
        if self.min is not None:
            yield numbers("min", range(self.min - 1, -1, -1))
        if self.share is not None:
            yield words("rounding", self.rounding, Rounding.HALF_UP, Rounding.DOWN)
            yield words("of", self.of, Of.PRESENT)
        yield shares("share", self.share, up=False)
        yield from super().edits(view)

    def occurrence(self, view: View, group: int, day: int, person: int) -> Said:
        """The floor of one group and day, with the sum that gives it."""
        [limit] = view.limits_of(self)
        said = limit_occurrence(limit, view.facts, group, day)
        possible = int(available(limit, view)[group, day])
        return REDUCED(limit=said, available=possible) if possible < limit.number[group, day] else said

    def describe(self, view: View) -> Said:
        """The floor in one sentence."""
        described = DESCRIBED if self.eligible is None else DESCRIBED_ELIGIBLE
        return self.when_short.described(described(amount=amount_text(self, self.min), per=per_text(self.per)))

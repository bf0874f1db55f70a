"""A fixed share of the people in the office."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Literal, Self

import numpy as np
from pydantic import Field

from giliran.domain.finding import Finding, Told
from giliran.domain.place import Strength
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Number
from giliran.errors import Problem
from giliran.messages import Percent, Said, Sentence
from giliran.program import INFINITE, ProgramBuilder
from giliran.rules.answers import Limit, Sense, Side
from giliran.rules.base import Rule
from giliran.rules.edits import Edit, numbers, words
from giliran.rules.toolkit.condition_tables import missing_shares
from giliran.rules.toolkit.counting import LIMIT, Counted, Of, Rounding, ShareOrTable, share_of, tally
from giliran.rules.toolkit.limiting import (
    Headcount,
    amount_text,
    headcounts,
    limit_occurrence,
    limit_of,
    limit_rows,
    limit_text,
    per_text,
    place_of,
)
from giliran.rules.toolkit.shortage import REDUCED, SHORT, WhenShort, available, nobody_problems, nobody_rows
from giliran.rules.view import View

TOO_MANY = Sentence(
    en="{group}, {day}: in the office {office}, {off} too many ({limit})",
    id="{group}, {day}: {office} orang WFO, lebih {off} ({limit})",
)
TOO_FEW = Sentence(
    en="{group}, {day}: in the office {office}, {off} too few ({limit})",
    id="{group}, {day}: {office} orang WFO, kurang {off} ({limit})",
)
DESCRIBED = Sentence(
    en="In the office {amount}, neither more nor less, {per}.",
    id="Tepat {amount} WFO, {per}.",
)
DESCRIBED_TOLERANT = Sentence(
    en="In the office {amount}, give or take {tolerance}, {per}.",
    id="{amount} WFO, boleh lebih atau kurang {tolerance} orang, {per}.",
)


class OfficeShare(Counted, Rule):
    """A fixed share of the people is in the office, per group and day: 50:50.

    Parameters
    ----------
    share
        The share, of the people present unless `of` says otherwise; where it is no whole number either neighbour will do, unless
        `rounding` says otherwise.
    tolerance
        So many people more or fewer are accepted.
    when_short
        What holds where fewer are available (neither absent nor fixed at home) than the share less the tolerance: all of those, and the
        shortfall is noted (`note`); or the share as it stands (`break`), so that there is no plan, or, where it only should hold, the
        shortfall costs too. Days on which nobody who counts is there at all are refused where it must hold.

    Notes
    -----
    Meaning: the people counted who are in the office are the share, within the tolerance; with `note` no more than are available. Too many
    fixed in the office stay too many.
    Formula: ``min(⌊share · n⌋ − t, available) ≤ Σ_i x[i, d] ≤ ⌈share · n⌉ + t``; `break`: ``⌊share · n⌋ − t ≤ Σ_i x[i, d]``.
    Source: SE Bupati Tulang Bawang Barat 045.2/148/I.09/2021 (29 June 2021), row T1.

    Kept: 50 % of 5 people are 2 or 3, `1 1 1 0 0`.
    Broken by 1: `1 1 1 1 0`.
    Broken by 1: two of four are asked for with `of: assigned, when_short: break`, away `. a a a`, planned `1 a a a`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="A fixed share of the people is in the office, per group and day: 50:50.",
        id="Pegawai WFO dalam persentase yang tetap, per kelompok dan hari: 50:50.",
    )
    example: ClassVar[Mapping[str, Any]] = {"share": "50%"}

    kind: Literal["office_share"] = "office_share"
    share: ShareOrTable
    of: Of = Of.PRESENT
    tolerance: Number = Field(default=0, ge=0)
    when_short: WhenShort = WhenShort.NOTE

    def problems(self, view: View) -> Iterator[Problem]:
        """Values of a condition for which the table gives no share; days on which nobody is there of whom `break` wants some."""
        missing = list(missing_shares(self, self.share, view))
        yield from missing
        if self.when_short is WhenShort.BREAK and not missing:
            [limit] = view.limits_of(self)
            yield from nobody_problems(limit, view)

    def eased(self, by: int, unit: str = "") -> Mapping[str, Self]:
        """So many people more or fewer are accepted beside the tolerance; fewer only as far as there is any."""
        other = self.stepped(LIMIT, by, unit)
        return {"tolerance": other} if self.tolerance + min(other.least_ease(LIMIT), 0) >= 0 else {}

    def limited(self, amount: int | Percent, field: str) -> Self | None:
        """Another share, or another tolerance."""
        if isinstance(amount, Percent):
            return self.model_copy(update={"share": amount.basis_points})
        return self.model_copy(update={"tolerance": amount})

    def limits(self, view: View) -> Sequence[Limit]:
        """The share as bounds on every group and day, the lower one with `note` no higher than who is available."""
        counts = tally(self, view, forced=view.forced_office)
        low, high = share_of(counts.size, counts.share, self.rounding or Rounding.EITHER, self.min_result or 0)
        tolerance = self.tolerance + counts.eased
        least = self.when_short.asked(np.maximum(low - tolerance, 0), counts.groups.count(counts.counted - view.forced_home))
        return (limit_of(self, counts, low, side=Side.OFFICE, sense=Sense.EXACT, least=least, most=high + tolerance),)

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """One row per group and day."""
        [limit] = view.limits_of(self)
        people = limit.groups.count(limit.counted)
        least = np.where(limit.least > 0, limit.least, -INFINITE)
        most = np.where(limit.most < people, limit.most, INFINITE)
        limit_rows(limit, self, out, cost=view.cost(self), least=least, most=most)
        nobody_rows(limit, self, out, cost=view.cost(self))

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Every group and day with too many or too few people, and where fewer are available than asked for."""
        [limit] = view.limits_of(self)
        able = available(limit, view)
        for count in headcounts(limit, schedule):
            yield from self._judge(view, limit, count, int(able[count.group, count.day]))

    def _judge(self, view: View, limit: Limit, count: Headcount, possible: int) -> Iterator[Finding]:
        said = {"group": limit.groups.label(view.facts, count.group), "day": view.facts.dates[count.day]}
        sum_, place = limit_text(limit, count.group, count.day), place_of(limit, view.facts, count)
        asked = int(limit.number[count.group, count.day]) - self._tolerance(limit, count.group, count.day)
        missing, least = max(asked - possible, 0), asked
        if missing and self.when_short is WhenShort.NOTE:
            told = SHORT(asked=asked, available=possible, missing=missing, limit=sum_, **said)
            yield self.finding(Strength.NOTE, missing, told, told=Told.SHORTFALL, **place)
            least = possible
        if missing:
            sum_ = REDUCED(limit=sum_, available=possible)
        over, under = count.office - int(limit.most[count.group, count.day]), least - count.office
        if over > 0 or under > 0:
            off = max(over, under)
            told = (TOO_MANY if over > 0 else TOO_FEW)(office=count.office, off=off, limit=sum_, **said)
            yield self.finding(self.strength, off, told, **place)

    def edits(self, view: View) -> Iterator[Edit]:
        """All who can come where they are fewer; a wider tolerance."""
        yield words("when_short", self.when_short, WhenShort.NOTE)
        [limit] = view.limits_of(self)
        yield numbers("tolerance", range(self.tolerance + 1, int(limit.groups.count(limit.counted).max(initial=0)) + 1))
        yield from super().edits(view)

    def occurrence(self, view: View, group: int, day: int, person: int) -> Said:
        """The share of one group and day, with the sum that gives it."""
        [limit] = view.limits_of(self)
        said, possible = limit_occurrence(limit, view.facts, group, day), int(available(limit, view)[group, day])
        asked = max(int(limit.number[group, day]) - self._tolerance(limit, group, day), 0)
        return REDUCED(limit=said, available=possible) if possible < asked else said

    def _tolerance(self, limit: Limit, group: int, day: int) -> int:
        return self.tolerance + (0 if limit.eased is None else int(limit.eased[group, day]))

    def describe(self, view: View) -> Said:
        """The share in one sentence."""
        amount, per = amount_text(self, None), per_text(self.per)
        tolerant = DESCRIBED_TOLERANT(amount=amount, tolerance=self.tolerance, per=per)
        return self.when_short.described(tolerant if self.tolerance else DESCRIBED(amount=amount, per=per))

"""At most so many people in the office."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from giliran.domain.finding import Finding
from giliran.domain.place import Strength
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Model, Number, Weight
from giliran.errors import Problem, Where
from giliran.messages import Percent, Said, Sentence
from giliran.program import INFINITE, ProgramBuilder
from giliran.rules.answers import CostUnit, Counts, Duty, Limit, Sense, Side
from giliran.rules.base import RELAXATIONS, Rule
from giliran.rules.edits import Edit, Step, numbers, shares, words
from giliran.rules.kinds.office_cap.raising import raised, wanted_inside
from giliran.rules.toolkit.condition_tables import missing_shares
from giliran.rules.toolkit.counting import Counted, Counting, Rounding, Share, Tally, share_of, tally
from giliran.rules.toolkit.exempting import bypasses, spared, sparing_rows, still_binding
from giliran.rules.toolkit.fields import RuleIds, unknown_references
from giliran.rules.toolkit.limiting import (
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
from giliran.rules.view import View
from giliran.text import TextError

TOO_MANY = Sentence(
    en="{group}, {day}: in the office {office}, {over} too many ({limit})",
    id="{group}, {day}: {office} orang WFO, lebih {over} ({limit})",
)
RELAXED = Sentence(
    en="{group}, {day}: in the office {office}, {over} above the first limit ({limit}); up to {relaxed} is allowed because of: {reason}",
    id="{group}, {day}: {office} orang WFO, {over} di atas batas pertama ({limit}); sampai {relaxed} diperbolehkan karena: {reason}",
)
RAISED = Sentence(
    en="{group}, {day}: in the office {office}, {over} above the limit ({limit}), because the duty officers need the room",
    id="{group}, {day}: {office} orang WFO, {over} di atas batas ({limit}), karena petugas piket memerlukannya",
)
ABOVE_MORE = Sentence(
    en="{count} more {count:person-day|person-days} above the first limit", id="{count} orang-hari lebih banyak di atas batas pertama"
)
ABOVE_LESS = Sentence(
    en="{count} fewer {count:person-day|person-days} above the first limit", id="{count} orang-hari lebih sedikit di atas batas pertama"
)
NO_REASON = Sentence(
    en="the higher limit {share} is not open, because no reason is given under `reasons`; the first limit holds",
    id="batas yang lebih tinggi {share} tidak dibuka, karena tidak ada alasan di `reasons`; batas pertama berlaku",
)
RAISED_TO = Sentence(
    en="{limit}, raised to {most} for the duty officers",
    id="{limit}, dinaikkan menjadi {most} untuk petugas piket",
)
ONE_OF_TWO = Sentence(en="give either `max` or `share`", id="isi salah satu: `max` atau `share`")
NO_DUTY = Sentence(
    en="{rule} names no duty officers, so there is nobody to leave out of the count",
    id="{rule} tidak menetapkan petugas piket, sehingga tidak ada yang dapat dikeluarkan dari hitungan",
)
DESCRIBED = Sentence(
    en="At most {amount} in the office, {per}.",
    id="Paling banyak {amount} WFO, {per}.",
)


class Relaxation(Model):
    """A second, higher limit that costs `weight` per person-day above the first."""

    share: Share
    tier: str = RELAXATIONS
    weight: Weight = 1
    reason: Literal["required", "optional"] = "required"


class OfficeCap(Counted, Rule):
    """At most so many people in the office, per group and day.

    Parameters
    ----------
    max, share
        The limit, as a number or as a share of `base` (rounded down, at least 1 person above 0 %).
    exempt
        Duty rules whose officers are not counted: up to their `count` per duty unit and day, nobody twice, and no more where the people
        of a duty unit stand in several groups of the cap; of these one about which nothing can be decided any more comes last.
    relax_to
        A second, higher limit at a cost of `weight` per person-day above the first; needs a reason under `reasons`.

    Notes
    -----
    Meaning: of the people counted, no more than the limit are in the office.
    Formula: ``Σ_i x[i, d] − Σ_u min(count, Σ_{i in E_u} x[i, d]) ≤ K``, ``K = max(⌊share · n⌋, min_result)``, 0 where the share or
    n is; where the E_u share people, or stand in several groups, those of the present who can be given one place each among `count` of
    every u.
    A duty rule with `against_caps: exceed` that is not exempt raises the limit of one group and day, the higher one of `relax_to` too:
    ``K' = K + max(0, D − max(0, K − F))``; F: people counted who are fixed in the office, exempt officers among them left out; D: the sum,
    over the duty units that ask that day and whose E lies in the group or in none, of ``max(0, need − members of E fixed there or not
    counted)``. So people who are fixed in the office beyond the limit stay too many, and nothing changes in another group or on another
    day.
    Source: SE Sekda Lampung 045.2/103/VII/Posko/2021 (9 July 2021), row L4; SE Gubernur Kaltim 065/3668/B.Org-TL (13 July 2021), row K2.

    Kept: 25 % of 8 people are 2, `1 1 0 0 0 0 0 0`.
    Broken by 1: `1 1 1 0 0 0 0 0`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="At most so many people in the office, per group and day.", id="Paling banyak sekian orang WFO, per kelompok dan hari."
    )
    example: ClassVar[Mapping[str, Any]] = {"per": "bidang", "share": "25%"}

    kind: Literal["office_cap"] = "office_cap"
    max: Number | None = Field(default=None, ge=0)
    exempt: RuleIds = ()
    relax_to: Relaxation | None = None

    @model_validator(mode="after")
    def _one_limit(self) -> OfficeCap:
        if (self.max is None) == (self.share is None):
            raise TextError(ONE_OF_TWO())
        return self

    def tier_names(self) -> tuple[str, ...]:
        """The tier of a `should` cap, and that of the relaxation."""
        return (*super().tier_names(), *((self.relax_to.tier,) if self.relax_to is not None else ()))

    def cost_units(self) -> Iterator[tuple[str, CostUnit]]:
        """Person-days beyond a `should` cap, and those above the first limit."""
        yield from super().cost_units()
        if self.relax_to is not None:
            yield self.relax_to.tier, CostUnit(self.relax_to.weight, ABOVE_MORE, ABOVE_LESS)

    def problems(self, view: View) -> Iterator[Problem]:
        """Values of a condition for which the table gives no share, and ids under `exempt` that are no duty rules."""
        yield from missing_shares(self, self.share, view)
        yield from unknown_references(self, "exempt", self.exempt, view)
        for id_ in self.exempt:
            if id_ in view.by_id and view.duty_of(view.by_id[id_]) is None:
                yield Problem(Where(field=f"{self.id}.exempt"), NO_DUTY(rule=id_))

    def eased(self, by: int, unit: str = "") -> Mapping[str, Self]:
        """The limit with so many people more, the higher one of `relax_to` too."""
        return eased_limit(self, by, unit, "max")

    def limited(self, amount: int | Percent, field: str) -> Self:
        """Another number or share."""
        return with_limit(self, amount, "max")

    def limits(self, view: View) -> Sequence[Limit]:
        """The cap as bounds on every group and day."""
        counts = tally(self, view, forced=view.forced_office)
        number = self._number(counts)
        most, relaxed = self._raised(view, counts, number, self._relaxed(view, counts, number))
        relaxed = np.maximum(most, relaxed)
        return (limit_of(self, counts, number, side=Side.OFFICE, sense=Sense.MOST, most=most, relaxed=relaxed, exempt=self.exempt),)

    def _number(self, counts: Tally) -> Counts:
        if self.max is not None:
            return np.asarray(np.maximum(self.max + counts.eased, 0))
        least = 1 if self.min_result is None else self.min_result
        return np.asarray(np.maximum(share_of(counts.size, counts.share, self.rounding or Rounding.DOWN, least)[0] + counts.eased, 0))

    def _relaxed(self, view: View, counts: Tally, number: Counts) -> Counts:
        if self.relax_to is None or not self._open(view):
            return number
        share = np.full_like(counts.share, self.relax_to.share)
        least = 1 if self.min_result is None else self.min_result
        return np.asarray(np.maximum(share_of(counts.size, share, self.rounding or Rounding.DOWN, least)[0] + counts.eased, 0))

    def _open(self, view: View) -> bool:
        assert self.relax_to is not None
        return self.relax_to.reason != "required" or bool(view.facts.reasons.get(self.id))

    def _raised(self, view: View, counts: Tally, *limits: Counts) -> list[Counts]:
        """Limits with the room that duty officers lack inside a group."""
        duties = [duty for duty in view.raising if duty.rule not in self.exempt]
        if not duties:
            return list(limits)
        fixed = counts.groups.count(counts.counted & view.forced_office)
        if exempt := view.exempt_apart(self.exempt):
            fixed -= spared(counts, exempt, view.forced_office, [np.zeros_like(fixed)])
        wanted = wanted_inside(duties, counts.groups, counts.counted, view.forced_office)
        return [raised(limit, wanted, fixed) for limit in limits]

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """One row per group and day, a softer one where the limit may be relaxed, a bypass for exempt duty officers."""
        [limit] = view.limits_of(self)
        cost = view.cost(self)
        exempt = view.exempt(limit)
        if exempt:
            self._compile_exempt(limit, exempt, view, out)
            return
        if self.relax_to is not None and (limit.relaxed > limit.most).any():
            relaxing = view.cost_in(self.relax_to.tier, self.relax_to.weight)
            limit_rows(limit, self, out, cost=relaxing, most=np.where(limit.relaxed > limit.most, limit.most, INFINITE))
        limit_rows(limit, self, out, cost=cost, most=limit.relaxed)

    def _compile_exempt(self, limit: Limit, duties: Sequence[Duty], view: View, out: ProgramBuilder) -> None:
        """Rows `Σ x − Σ z ≤ K`."""
        cost, binding = view.cost(self), still_binding(limit, view)
        for group, day, cells, uncounted in sparing_rows(limit, bypasses(self, limit, duties, out)):
            most, relaxed = int(limit.most[group, day]), int(limit.relaxed[group, day])
            if self.relax_to is not None and relaxed > most:
                relaxing = view.cost_in(self.relax_to.tier, self.relax_to.weight)
                out.row(self, cells, uncounted, hi=most, cost=relaxing, group=group, day=day)
            if cost is not None or binding[group, day] < INFINITE:
                out.row(self, cells, uncounted, hi=relaxed, cost=cost, group=group, day=day)

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Every group and day with too many people, with how many too many."""
        [limit] = view.limits_of(self)
        exempt = view.exempt(limit)
        if self.relax_to is not None and len(limit.groups) and not self._open(view):
            yield self.finding(Strength.NOTE, 0, NO_REASON(share=amount_text(self.model_copy(update={"share": self.relax_to.share}), None)))
        uncounted = np.zeros_like(limit.number)
        if exempt:
            binding = still_binding(limit, view)
            most = np.where(limit.relaxed > limit.most, limit.most, binding)
            uncounted = spared(limit, exempt, schedule.office, [binding, most, limit.number])
        for count in headcounts(limit, schedule, limit.number + uncounted + 1):
            office = count.office - int(uncounted[count.group, count.day])
            yield from self._judge(view, limit, count.group, count.day, office, place_of(limit, view.facts, count))

    def _judge(self, view: View, limit: Limit, group: int, day: int, office: int, place: dict[str, object]) -> Iterator[Finding]:
        number, most, relaxed = (int(table[group, day]) for table in (limit.number, limit.most, limit.relaxed))
        if office <= number:
            return
        words = limit_text(limit, group, day)
        said = {"group": limit.groups.label(view.facts, group), "day": view.facts.dates[day], "office": office}
        if office > relaxed:
            told = TOO_MANY(over=office - relaxed, limit=_with_rise(limit, words, group, day), **said)
            yield self.finding(self.strength, office - relaxed, told, **place)
        if office > most and relaxed > most:
            assert self.relax_to is not None
            over = office - most
            reason = view.facts.reasons.get(self.id, "–")
            told = RELAXED(over=over, relaxed=relaxed, reason=reason, limit=words, **said)
            yield self.finding(Strength.NOTE, over, told, tier=self.relax_to.tier, cost=over * self.relax_to.weight, **place)
        if most > number:
            over = min(office, most) - number
            yield self.finding(Strength.NOTE, over, RAISED(over=over, limit=words, **said), **place)

    def edits(self, view: View) -> Iterator[Edit]:
        """A higher limit, fewer people counted, duty officers left out."""
        [limit] = view.limits_of(self)
        if self.max is not None:
            yield numbers("max", range(self.max + 1, int(limit.groups.count(limit.counted).max(initial=0)) + 1))
        if self.share is not None:
            yield words("rounding", self.rounding, Rounding.HALF_UP, Rounding.UP)
        yield words("counts", self.counts, Counting.FORCED_FREE)
        duties = tuple(duty.rule for duty in view.duties if duty.rule not in self.exempt)
        if duties:
            every = (*self.exempt, *duties)
            yield Edit("exempt", (Step(every, list(every)),))
        yield shares("share", self.share, up=True)
        yield from super().edits(view)

    def occurrence(self, view: View, group: int, day: int, person: int) -> Said:
        """The cap of one group and day, with the sum that gives it."""
        [limit] = view.limits_of(self)
        return _with_rise(limit, limit_occurrence(limit, view.facts, group, day), group, day)

    def describe(self, view: View) -> Said:
        """The cap in one sentence."""
        return DESCRIBED(amount=amount_text(self, self.max), per=per_text(self.per))


def _with_rise(limit: Limit, said: Said, group: int, day: int) -> Said:
    """A limit in words, with what duties have raised it to."""
    most = int(limit.most[group, day])
    return RAISED_TO(limit=said, most=most) if most > limit.number[group, day] else said

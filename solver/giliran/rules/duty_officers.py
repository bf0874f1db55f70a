"""Duty officers: enough eligible people in every duty unit, every day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import BeforeValidator, Field, model_validator

from giliran.domain.facts import Cells
from giliran.domain.finding import Finding
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Number, Selection, select
from giliran.messages import Said, Sentence
from giliran.program import INFINITE, ProgramBuilder
from giliran.rules.answers import Counts, Duty, Limit
from giliran.rules.base import Rule
from giliran.rules.duty_members import Roll, duty_limits, duty_of_roll, enrol, group_label, members_open, seconded
from giliran.rules.duty_pooling import Room, pooled
from giliran.rules.limiting import per_text
from giliran.rules.personal import days_text, name_of, names_text, spot
from giliran.rules.view import View
from giliran.text import TextError

TOO_FEW = Sentence(
    en="{group}, {day}: duty officers in the office {present}, {missing} too few (needed {need} of {size} available)",
    id="{group}, {day}: {present} petugas piket WFO, kurang {missing} (perlu {need} dari {size} orang yang tersedia)",
)
TOO_MANY = Sentence(
    en="{group}, {day}: eligible people in the office {present}, {over} too many (exactly {need})",
    id="{group}, {day}: {present} orang yang memenuhi syarat piket WFO, lebih {over} (tepat {need})",
)
SHORTFALL = Sentence(
    en="{group}: {count} duty {count:officer is|officers are} asked for, but of those eligible only {need} can come on {days}",
    id="{group}: diminta {count} petugas piket, tetapi dari yang memenuhi syarat hanya {need} yang dapat bertugas pada {days}",
)
POOLED = Sentence(
    en="{group}: the limits leave no room for officers in each unit on {days}; the units below share {need}",
    id="{group}: batas WFO tidak cukup untuk petugas di setiap unit pada {days}; unit di bawahnya berbagi {need} petugas piket",
)
LEFT_OUT = Sentence(
    en="no duty unit stands above these people, so they are no duty officers here ({number}): {people}",
    id="pegawai berikut tidak berada di bawah unit piket mana pun, jadi tidak ikut piket di sini ({number} orang): {people}",
)
NAMED_AWAY = Sentence(
    en="{person} is named for duty on {day} but is not in the office",
    id="{person} tercatat sebagai petugas piket pada {day}, tetapi tidak WFO",
)
NAMED_STRANGER = Sentence(
    en="{person} is named for duty on {day} but cannot be a duty officer that day",
    id="{person} tercatat sebagai petugas piket pada {day}, tetapi tidak termasuk yang dapat bertugas hari itu",
)
NAMED_NUMBER = Sentence(
    en="{group}, {day}: named for duty {named} instead of {need}",
    id="{group}, {day}: petugas piket yang tercatat {named}, seharusnya {need}",
)
NEEDED = Sentence(
    en="{group}, {day}: duty officers needed {need} of {size} available",
    id="{group}, {day}: perlu {need} petugas piket dari {size} orang yang tersedia",
)
AT_LEAST = Sentence(
    en="At least {count} duty {count:officer|officers} in the office, {per}.", id="Paling sedikit {count} petugas piket WFO, {per}."
)
EXACTLY = Sentence(
    en="Exactly {count} of those eligible for duty in the office, {per}.",
    id="Tepat {count} orang yang memenuhi syarat piket WFO, {per}.",
)
MUST_ONLY = Sentence(
    en="`against_caps: {mode}` changes what must hold, but this rule is only a `should`",
    id="`against_caps: {mode}` mengubah hal yang wajib, padahal aturan ini hanya `should`",
)


class AgainstCaps(StrEnum):
    """What happens where caps leave no room for duty officers."""

    KEEP = "keep"
    EXCEED = "exceed"
    POOL = "pool"


class DutyOfficers(Rule):
    """Enough eligible people of every duty unit are in the office every day.

    Parameters
    ----------
    per
        What makes a duty unit: `whole`, `leaf`, a level, or several levels (nearest at or above the person).
    eligible
        Who may do the duty; everybody selected when left out. `also` in the staff table adds a person to a second unit's E.
    count
        People asked for per duty unit and day.
    exactly
        Exactly so many of them, not at least.
    against_caps
        `keep`: caps stand, and a clash is infeasible. `exceed`: caps rise to the need. `pool`: where a cap cannot hold its fixed people
        and the officers of the duty units inside it, these units share `count` officers one level up, until it can or the top is reached.
    account
        Ledger account of the duty; the rule's id when left out.

    Notes
    -----
    Meaning: E = eligible people neither absent nor fixed at home; the smaller of `count` and |E| are in the office. The difference
    is a noted shortfall. If the schedule names officers, it names exactly so many of those present; somebody in E of two units may
    be named for either.
    Formula: ``Σ_{i in E} x[i, d] ≥ min(count, |E|)``, ``=`` with `exactly`.
    Source: SE Bupati Musi Banyuasin 800/439/BKPSDM/2020 (12 May 2020), rows M2-M3: two people in each sekretariat and bidang.

    Kept: two of three on Monday, `1 1 0`.
    Broken by 1: `1 0 0`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="Enough eligible people of every duty unit are in the office every day.",
        id="Setiap hari ada cukup petugas piket yang memenuhi syarat dan WFO di setiap unit piket.",
    )

    kind: Literal["duty_officers"] = "duty_officers"
    per: Annotated[str | tuple[str, ...], BeforeValidator(lambda v: tuple(v) if isinstance(v, list) else v)] = "whole"
    eligible: Selection | None = None
    count: Number = Field(default=2, ge=1)
    exactly: bool = False
    against_caps: AgainstCaps = AgainstCaps.KEEP
    account: str | None = None

    @model_validator(mode="after")
    def _only_must_moves_caps(self) -> DutyOfficers:
        if self.strength is Strength.SHOULD and self.against_caps is not AgainstCaps.KEEP:
            raise TextError(MUST_ONLY(mode=self.against_caps.value))
        return self

    # -- answers -------------------------------------------------------------------------------------------------------------------

    def duties(self, view: View) -> Duty:
        """E of every duty unit, pooled where the rule says so."""
        duty = self.duties_apart(view)
        return pooled(duty, self._room(view)) if self.against_caps is AgainstCaps.POOL else duty

    def raises(self, view: View) -> Duty | None:
        """The same for caps that rise."""
        return view.duty_of(self) if self.against_caps is AgainstCaps.EXCEED else None

    def limits(self, view: View) -> Sequence[Limit]:
        """The floors that the duty sets."""
        return duty_limits(self._duty(view), view.facts.num_people, must=self.strength is Strength.MUST)

    def _duty(self, view: View) -> Duty:
        duty = view.duty_of(self)
        assert duty is not None
        return duty

    def _roll(self, view: View) -> Roll:
        return view.once((self.id, "roll"), lambda: self._enrolled(view))

    def _enrolled(self, view: View) -> Roll:
        facts = view.facts
        selected = view.cells(self)
        second = seconded(facts, self.days, self.applies_to, self.eligible)
        if self.in_force is not None:
            second = second & np.array([self.in_force.first <= day <= self.in_force.last for day in facts.dates], dtype=np.bool_)
        own = selected & select(facts, self.eligible)[facts.posting]
        return enrol(facts, self.per, selected, own, second)

    def duties_apart(self, view: View) -> Duty:
        """The duty before any pooling."""
        available = view.facts.present & ~view.forced_home
        return duty_of_roll(
            self._roll(view), available, rule=self.id, account=self.account or self.id, count=self.count, exactly=self.exactly
        )

    def _room(self, view: View) -> Room:
        # Other duties' floors are no caps, and asking them for limits would ask this rule again.
        others = [rule for rule in view.rules if not isinstance(rule, DutyOfficers)]
        caps = [limit for rule in others for limit in view.limits_of(rule) if limit.must and self.id not in limit.exempt]
        upper = [limit for limit in caps if (limit.relaxed < INFINITE).any()]
        return Room(upper, view.forced_office, view.facts.units.parent)

    # -- the program ---------------------------------------------------------------------------------------------------------------

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """One row per duty unit and day that needs anybody."""
        duty = self._duty(view)
        days = view.facts.num_days
        member, day = np.nonzero(duty.open & (duty.need[duty.group] > 0))
        key = duty.group[member] * days + day
        order = np.argsort(key, kind="stable")
        col = (duty.person[member] * days + day)[order]
        found, size = np.unique(key, return_counts=True)
        need = duty.need.reshape(-1)[found]
        most = need if self.exactly else np.full_like(need, INFINITE)
        out.rows(self, size, col, lo=need, hi=most, cost=view.cost(self), group=found // days, day=found % days)

    # -- the audit -----------------------------------------------------------------------------------------------------------------

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Units with too few officers (or too many), wrong names, and what must be told about shortfalls and pools."""
        duty = self._duty(view)
        unknown = members_open(duty.group, duty.open & (schedule.place[duty.person] == Place.NONE), len(duty.need))
        present = duty.present(schedule.office)
        judged = (duty.need > 0) & (unknown == 0)
        wrong = judged & ((present != duty.need) if self.exactly else (present < duty.need))
        for group, day in np.argwhere(wrong).tolist():
            yield from self._judge(view, duty, group, day, int(present[group, day]))
        if self.id in schedule.duty:
            yield from self._named_people(view, duty, schedule)
            yield from self._named_numbers(view, duty, schedule.duty[self.id], np.where(judged, np.minimum(present, duty.need), -1))
        yield from self._notes(view, duty)

    def _judge(self, view: View, duty: Duty, group: int, day: int, present: int) -> Iterator[Finding]:
        need = int(duty.need[group, day])
        said = {"group": group_label(duty, view.facts, group), "day": view.facts.dates[day], "present": present, "need": need}
        place = {"unit": int(duty.groups_unit[group]), "days": (day,)}
        if present < need:
            size = len(_members(duty, group, day))
            yield self.finding(self.strength, need - present, TOO_FEW(missing=need - present, size=size, **said), **place)
        else:
            yield self.finding(self.strength, present - need, TOO_MANY(over=present - need, **said), **place)

    def _named_people(self, view: View, duty: Duty, schedule: Schedule) -> Iterator[Finding]:
        """Named people who are not in the office, or not in E of a unit that needs anybody."""
        facts = view.facts
        possible = np.zeros(facts.shape, dtype=np.bool_)
        np.logical_or.at(possible, duty.person, duty.open & (duty.need[duty.group] > 0))
        right = possible & ((schedule.place == Place.OFFICE) | (schedule.place == Place.NONE))
        for e, d in np.argwhere(schedule.duty[self.id] & ~right).tolist():
            sentence = NAMED_AWAY if possible[e, d] else NAMED_STRANGER
            yield self.finding(Strength.MUST, 1, sentence(person=name_of(facts, e), day=facts.dates[d]), **spot(facts, e, d))

    def _named_numbers(self, view: View, duty: Duty, named: Cells, need: Counts) -> Iterator[Finding]:
        """Units with too many or too few names; people in E of two units may stand for either."""
        facts = view.facts
        listed = duty.open & named[duty.person] & (duty.need[duty.group] > 0)
        groups_of = np.zeros(facts.shape, dtype=np.int64)
        np.add.at(groups_of, duty.person, listed.astype(np.int64))
        most = members_open(duty.group, listed, len(duty.need))
        least = members_open(duty.group, listed & (groups_of[duty.person] == 1), len(duty.need))
        for group, day in np.argwhere((need >= 0) & ((least > need) | (most < need))).tolist():
            wanted = int(need[group, day])
            many = int(least[group, day]) if least[group, day] > wanted else int(most[group, day])
            said = NAMED_NUMBER(group=group_label(duty, facts, group), day=facts.dates[day], named=many, need=wanted)
            yield self.finding(Strength.MUST, abs(many - wanted), said, unit=int(duty.groups_unit[group]), days=(day,))

    def _notes(self, view: View, duty: Duty) -> Iterator[Finding]:
        """Shortfalls and pools, one note for all days of a kind, and everybody who stands under no duty unit."""
        facts, roll = view.facts, self._roll(view)
        for group in np.flatnonzero((duty.count > duty.need).any(axis=1)).tolist():
            for need in np.unique(duty.need[group][duty.count[group] > duty.need[group]]).tolist():
                days = np.flatnonzero((duty.count[group] > need) & (duty.need[group] == need)).tolist()
                said = {"group": group_label(duty, facts, group), "count": self.count, "need": need, "days": days_text(facts, days)}
                place = {"unit": int(duty.groups_unit[group]), "days": tuple(days)}
                yield self.finding(Strength.NOTE, (self.count - need) * len(days), SHORTFALL(**said), **place)
        for group in range(len(roll.unit), len(duty.need)):
            days = np.flatnonzero(duty.count[group]).tolist()
            told = POOLED(group=group_label(duty, facts, group), need=int(duty.need[group].max()), days=days_text(facts, days))
            yield self.finding(Strength.NOTE, len(days), told, unit=int(duty.groups_unit[group]), days=tuple(days))
        people = np.flatnonzero((roll.outside & facts.present).any(axis=1)).tolist()
        if people:
            told = LEFT_OUT(number=len(people), people=names_text(facts, people))
            yield self.finding(Strength.NOTE, len(people), told, people=tuple(people))

    # -- words ---------------------------------------------------------------------------------------------------------------------

    def occurrence(self, view: View, group: int, day: int, person: int) -> Said:
        """What one duty unit needs on one day."""
        if group < 0:
            return self.describe(view)
        duty = self._duty(view)
        size, need = len(_members(duty, group, day)), int(duty.need[group, day])
        return NEEDED(group=group_label(duty, view.facts, group), day=view.facts.dates[day], need=need, size=size)

    def describe(self, view: View) -> Said:
        """The duty in one sentence."""
        return (EXACTLY if self.exactly else AT_LEAST)(count=self.count, per=per_text(self.per))


def _members(duty: Duty, group: int, day: int) -> Counts:
    """People of E of one unit and day : int64[·]."""
    return np.asarray(duty.person[(duty.group == group) & duty.open[:, day]])

"""Duty officers: enough eligible people in every duty unit, every day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from giliran.domain.cell_set import CellSet
from giliran.domain.finding import Finding
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Name, Number, Selection, select_cells
from giliran.errors import Problem, Where
from giliran.messages import Percent, Said, Sentence
from giliran.program import INFINITE, ProgramBuilder
from giliran.rules.answers import Duty, Fixes, Limit, Serving, Side
from giliran.rules.base import Rule
from giliran.rules.edits import Edit, Step, numbers, words
from giliran.rules.groups import Grouping, Per
from giliran.rules.kinds.duty_officers.beside import clashes, differing, unpaired
from giliran.rules.kinds.duty_officers.family import Family
from giliran.rules.kinds.duty_officers.judging import Judge
from giliran.rules.kinds.duty_officers.matching import Tangle
from giliran.rules.kinds.duty_officers.members import Roll, duty_limits, duty_of_roll, enrol, seconded
from giliran.rules.kinds.duty_officers.names import name_findings
from giliran.rules.kinds.duty_officers.notes import duty_notes
from giliran.rules.kinds.duty_officers.pinning import taken_by_others
from giliran.rules.kinds.duty_officers.pooling import Room, pooled
from giliran.rules.kinds.duty_officers.resting import (
    RestAfter,
    bound,
    impossible,
    rest_of,
    rest_rows,
    resting_place,
    unrested,
    unrested_names,
)
from giliran.rules.kinds.duty_officers.seat_names import seat_findings
from giliran.rules.kinds.duty_officers.seats import Seating
from giliran.rules.kinds.duty_officers.serving import serving
from giliran.rules.kinds.duty_officers.sharing import twice
from giliran.rules.kinds.duty_officers.unions import alone_rows, codes, tangle_rows
from giliran.rules.kinds.duty_officers.words import (
    AT_LEAST,
    AT_MOST,
    EACH,
    EXACTLY,
    MUST_ONLY,
    REST_DAYS,
    REST_SHARED,
    RESTING,
    WRITE_DAYS,
)
from giliran.rules.toolkit.easing import Easing
from giliran.rules.toolkit.limiting import per_text
from giliran.rules.toolkit.personal import place_text
from giliran.rules.view import View
from giliran.text import TextError

COUNT = "count"


class AgainstCaps(StrEnum):
    """What happens where caps leave no room for duty officers."""

    KEEP = "keep"
    EXCEED = "exceed"
    POOL = "pool"


class DutyOfficers(Easing, Rule):
    """Enough eligible people of every duty unit are in the office every day.

    Parameters
    ----------
    per
        What makes a duty unit: `whole`, `leaf`, a level, or several levels (nearest at or above the person), taken literally.
    eligible
        Who may do the duty; everybody selected when left out. `also` in the staff table adds a person to a second unit's E.
    count
        People asked for per duty unit and day.
    exactly
        Exactly so many of them, not at least. Units that share people have together exactly as many as they need together.
    against_caps
        `keep`: caps stand, and a clash is infeasible. `exceed`: a cap rises by the officers who lack a seat, for the duty units inside it
        and on their days alone (see `office_cap`). `pool`: where a cap cannot hold, beside its fixed people, the officers whom the duty
        units inside it still want, these units share `count` officers one level up, the lowest first, until it can or the top is reached.
    account
        Ledger account of the duty; the rule's id when left out.
    one_each
        A name that several rules have: they take different people on a day.
    everybody
        Everybody of E in the office has this duty, such as a desk: `count` is the most that a unit takes, and nobody is asked for.
    rest
        `{days: 1, place: home}`: whoever has the duty on a call day has so many of the next working days at that place.

    Notes
    -----
    Meaning: E = eligible people neither absent nor fixed at home; the smaller of `count` and `|E|` are in the office. Nobody counts for two
    units of a day: where people are in E of several (`also`), those in the office can be shared out so that every unit has its own. The
    need is what the people of E allow in that way, with the fewest people missing in all; where they are too few, every unit gets one
    first, earlier units before later ones, then a second, and so on; whoever is frozen at home helps none of them. What is missing is a
    noted shortfall. A unit above other duty units in which nobody is eligible, such as that of the head alone, is no duty unit.
    If the schedule names officers, it names as many as are needed of those present, nobody for two units. Names of frozen days are those of
    the published plan, whatever else they break: that is a note about the past. On other days pinned names come first, then published ones
    of people who are present and in E, then balances; kept names count. Who may stand under two duty rules on a day is named once if it
    can be helped, which comes before published names.
    Rules with the same `one_each` are one duty in this: nobody counts, or is named, for two of them on a day, and what they need is what
    their people allow in that way, rules in the order of their ids. Rules that share people hold only as the least strict of them. It
    stands beside neither `exactly` nor `exceed` and `pool`.
    With `everybody`, all people of E in the office have one of the places of the rule, or of the rules of its name: `count` for every unit
    and day, any of which may stay empty. It is missed by as many people as are left without one when as many as can be have one. Then all
    have one who can, pinned names first, then published ones, and so that most have what they had last; no account is kept.
    With `rest`, only those count, and are named, for a call day who are at `place` on each of their next working days, `days` of them, as
    far as the horizon goes and they are not absent; E leaves out whom another rule or a frozen plan has elsewhere then. Pinned names, and
    those of frozen call days, bind these days in any case. Duty before the first day is not known. It stands beside neither `exactly`,
    `everybody`, `one_each`, `exceed` and `pool` nor people in E of two units.
    Formula: ``Σ_{i in E} x[i, d] ≥ need``; of units that share people ``Σ_{i in ∪E} x[i, d] ≥ Σ need`` for every union of them. With
    `exactly` ``=``, of units that share people for all of them together. With `everybody` ``Σ_{i in E of no other group than T} x[i, d] ≤
    count · |T|`` for every set T of groups.
    Source: SE Bupati Musi Banyuasin 800/439/BKPSDM/2020 (12 May 2020), rows M2-M3: two people in each sekretariat and bidang.

    Kept: two of three people, `1 1 0`.
    Broken by 1: `1 0 0`.
    Broken by 1: two units with `count: 1, per: leaf`, and in the office only somebody of both: units `u u+v v`, planned `0 1 0`.
    Kept: a place for one of two people, `everybody: true`: units `u u`, planned `1 0`.
    Broken by 1: both are in the office, `1 1`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="Enough eligible people of every duty unit are in the office every day.",
        id="Setiap hari ada cukup petugas piket yang memenuhi syarat dan WFO di setiap unit kerja yang mempunyai piket.",
    )
    example: ClassVar[Mapping[str, Any]] = {"per": "bidang", "count": 2}

    kind: Literal["duty_officers"] = "duty_officers"
    per: Per = "whole"
    eligible: Selection | None = None
    count: Number = Field(default=2, ge=1)
    exactly: bool = False
    against_caps: AgainstCaps = AgainstCaps.KEEP
    account: str | None = None
    one_each: Name | None = None
    everybody: bool = False
    rest: RestAfter | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> DutyOfficers:
        if self.strength is Strength.SHOULD and self.against_caps is not AgainstCaps.KEEP:
            raise TextError(MUST_ONLY(mode=self.against_caps.value))
        marks = {"exactly": self.exactly, f"against_caps: {self.against_caps.value}": self.against_caps is not AgainstCaps.KEEP}
        marks |= {"one_each": self.one_each is not None, "everybody": self.everybody, "account": self.account is not None}
        for said in clashes({key for key, there in marks.items() if there}, rests=self.rest is not None):
            raise TextError(said)
        if self.rest is not None and self.days.dates is None and self.days.weekdays is None:
            raise TextError(REST_DAYS(), WRITE_DAYS())
        return self

    def keeps(self) -> str | None:
        """The account of the duty, its own where none is named; none of what everybody has."""
        return None if self.everybody else self.account or self.id

    def eased(self, by: int, unit: str = "") -> Mapping[str, Self]:
        """So many officers fewer are asked for, down to none; of what everybody has there is more."""
        other = self.stepped(COUNT, by, unit)
        return {COUNT: other} if self._eased(other.ease(COUNT)) >= 0 else {}

    def _eased(self, by: int) -> int:
        return self.count + (by if self.everybody else -by)

    def problems(self, view: View) -> Iterator[Problem]:
        """Rules of one name that cost different things, or of which some only are for everybody."""
        those = self._members(view)
        if those[0].id == self.id and self.one_each is not None:
            yield from differing(self.one_each, those, {rule.id for rule in those if rule.everybody})
        if self.rest is not None and self._family(view).tangles:
            yield Problem(Where(field=f"{self.id}.rest"), REST_SHARED())

    def limited(self, amount: int | Percent, field: str) -> Self | None:
        """Another number of officers."""
        return None if isinstance(amount, Percent) or amount < 1 else self.model_copy(update={COUNT: amount})

    # -- answers -------------------------------------------------------------------------------------------------------------------

    def duties(self, view: View) -> Duty:
        """E of every duty unit, pooled where the rule says so, beside those of rules that take other people."""
        return self._family(view).part(self.id)

    def _members(self, view: View) -> Sequence[DutyOfficers]:
        """The rules that take different people, this one among them, by id."""
        if self.one_each is None:
            return (self,)
        return view.once((self.one_each, "one_each"), lambda: _of_name(view, self.one_each))

    def _family(self, view: View) -> Family:
        members = self._members(view)
        return view.once((members[0].id, "family"), lambda: Family.of([rule._pooled(view) for rule in members], view.stuck))

    def _pooled(self, view: View) -> Duty:
        """The duty as if no other rule took anybody."""
        duty = self._by_itself(view)
        return pooled(duty, self._room(view)) if self.against_caps is AgainstCaps.POOL else duty

    def _speaks(self, view: View, tangle: Tangle) -> bool:
        """Whether this rule compiles and judges a tangle: of its rules the first that only should hold, or else the first."""
        those = self._family(view).rules_of(tangle)
        strict = {rule.id: view.cost(rule) is None for rule in self._members(view)}
        return min(those, key=lambda rule: (strict[rule], rule)) == self.id

    def reaches(self, view: View) -> CellSet:
        """Everybody selected who is eligible, and those whose second unit the rule means."""
        return self._roll(view).eligible

    def needs_office(self, view: View) -> CellSet:
        """Everybody of a duty unit who may be asked for."""
        return CellSet.none(view.facts.shape) if self.everybody else self.grouping(view).taken

    def _own(self, view: View) -> CellSet:
        meant = view.cell_set(self)
        return meant if self.eligible is None else meant.where(select_cells(view.facts, self.eligible, meant.of(view.facts.posting)))

    def _second(self, view: View) -> CellSet:
        second = seconded(view, self.days, self.applies_to, self.eligible)
        if self.in_force is None:
            return second
        within = np.array([self.in_force.first <= day <= self.in_force.last for day in view.facts.dates], dtype=np.bool_)
        return second.given(second.table & within)

    def grouping(self, view: View) -> Grouping:
        """People who may do the duty, and those of them whom no duty unit takes."""
        roll = self._roll(view)
        return Grouping(roll.eligible, roll.outside)

    def fixes(self, view: View) -> Fixes | None:
        """Days of rest after duty that is known already."""
        cells, none = self._known_rest(view), CellSet.none(view.facts.shape)
        if self.rest is None or cells is None or self.strength is Strength.SHOULD:
            return None
        return Fixes(none, cells) if self.rest.place is Side.HOME else Fixes(cells, none)

    def _known_rest(self, view: View) -> CellSet | None:
        after = self.rest
        return None if after is None else view.once((self.id, "rest"), lambda: bound(view.facts, after, self.id))

    def raises(self, view: View) -> Duty | None:
        """The same for caps that rise."""
        return view.duty_of(self) if self.against_caps is AgainstCaps.EXCEED else None

    def limits(self, view: View) -> Sequence[Limit]:
        """The floors that the duty sets."""
        if self.everybody:
            return ()
        family = self._family(view)
        alone = () if len(family.rules) > 1 else family.tangles
        return duty_limits(self._duty(view), view.facts, alone, must=all(rule.strength is Strength.MUST for rule in self._members(view)))

    def serving(self, view: View, schedule: Schedule) -> Sequence[Serving]:
        """Names by duty unit and day; whoever may stand for several units stands where they are shared out so that most have theirs."""
        if self.id not in schedule.duty:
            return ()
        named = schedule.named.part(self.id)
        return serving(self._duty(view), self._family(view).own(self.id), named.where(named.of(schedule.place) != Place.NONE))

    def _duty(self, view: View) -> Duty:
        duty = view.duty_of(self)
        assert duty is not None
        return duty

    def _codes(self, view: View) -> Mapping[tuple[int, ...], int]:
        family = self._family(view)
        return view.once((family.rules[0], "codes"), lambda: codes(family.tangles, len(family.duty.need)))

    def _roll(self, view: View) -> Roll:
        return view.once((self.id, "roll"), lambda: self._enrolled(view))

    def _enrolled(self, view: View) -> Roll:
        return enrol(view.facts, self.per, view.cell_set(self), self._own(view), self._second(view))

    def duties_apart(self, view: View) -> Duty:
        """The duty before any pooling."""
        return self._by_itself(view) if self.against_caps is AgainstCaps.POOL else self.duties(view)

    def _by_itself(self, view: View) -> Duty:
        roll, account = self._roll(view), self.keeps() or self.id
        step = self.eases(COUNT, roll.unit, view.facts)
        count = np.maximum(self.count + (step if self.everybody else -step), 0)
        rest = None if self.rest is None else rest_of(view, self.rest, roll.eligible)
        able = view.facts.present & ~view.forced_home
        available = (able if rest is None else able & ~impossible(view, rest))[roll.person]
        asked = np.zeros_like(count) if self.everybody else count
        duty = duty_of_roll(roll, available, view.stuck, rule=self.id, account=account, count=asked, exactly=self.exactly)
        if rest is not None:
            return replace(duty, rest=rest)
        if self.everybody:
            duty = replace(duty, seats=np.where(roll.asked, count[:, None], np.int64(0)))
        return duty if self.one_each is None else replace(duty, one_each=self.one_each)

    def _room(self, view: View) -> Room:
        # Other duties' floors are no caps, and asking them for limits would ask this rule again.
        others = [rule for rule in view.rules if not isinstance(rule, DutyOfficers)]
        caps = [limit for rule in others for limit in view.limits_of(rule) if limit.must and self.id not in limit.exempt]
        upper = [limit for limit in caps if (limit.relaxed < INFINITE).any()]
        return Room(upper, [view.exempt_apart(limit.exempt) for limit in upper], view.forced_office, view.stuck, view.facts.units.parent)

    # -- the program ---------------------------------------------------------------------------------------------------------------

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """One row per duty unit and day that needs anybody, and more for units that share people."""
        if self.everybody:
            self._seating(view).compile(out)
            return
        family = self._family(view)
        duty, span = family.duty, family.span(self.id)
        alone = np.zeros(duty.need.shape, dtype=np.bool_)
        alone[span] = duty.need[span] > 0
        for tangle in family.tangles:
            alone[list(tangle.groups), tangle.day] = False
            if self._speaks(view, tangle):
                tangle_rows(self, duty, tangle, self._codes(view), view.cost(self), out)
        if (known := self._known_rest(view)) is not None:
            alone &= ~rest_rows(self, view, duty, alone, known, out)
        alone_rows(self, duty, alone, view.cost(self), out)

    # -- the audit -----------------------------------------------------------------------------------------------------------------

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Units with too few officers (or too many), wrong names, and what must be told about shortfalls and pools."""
        yield from unpaired(self, self.one_each, self._members(view))
        if self.everybody:
            yield from self._audit_seats(view, schedule)
            return
        family, duty = self._family(view), self._duty(view)
        judge = Judge(self, view, family, lambda tangle: self._speaks(view, tangle), self.exactly)
        found, number, mixed = judge.judge(schedule)
        yield from found
        if self.id in schedule.duty:
            taken = taken_by_others(view.facts, family, self.id, schedule)
            wrong = name_findings(self, view, duty, family.own(self.id), schedule, number, mixed=mixed, taken=taken)
            yield from (replace(finding, of_names=True) for finding in wrong)
            yield from twice(self, view, family.rules, schedule)
            if duty.rest is not None:
                yield from unrested_names(self, view, duty.rest, schedule)
        if duty.rest is not None and (known := self._known_rest(view)) is not None:
            yield from unrested(self, view, duty.rest, known, schedule)
        yield from duty_notes(self, view, duty, self._roll(view))

    def _seating(self, view: View) -> Seating:
        return Seating(self, view, self._family(view), self.one_each, lambda tangle: self._speaks(view, tangle))

    def _audit_seats(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        seating = self._seating(view)
        yield from seating.judge(schedule)
        if self.id in schedule.duty:
            yield from (replace(finding, of_names=True) for finding in seat_findings(seating, schedule))
            yield from twice(self, view, seating.family.rules, schedule)

    def edits(self, view: View) -> Iterator[Edit]:
        """At least instead of exactly, room made by the caps or by pooling, fewer officers."""
        if self.exactly:
            yield Edit("exactly", (Step(False, False),))
        elif self.everybody:
            yield numbers("count", range(self.count + 1, len(np.unique(self._duty(view).person)) + 1))
        else:
            yield numbers("count", range(self.count - 1, 0, -1))
        if self.against_caps is AgainstCaps.KEEP and self.one_each is None and self.rest is None and not self.everybody:
            yield words("against_caps", self.against_caps, AgainstCaps.EXCEED)
            yield words("against_caps", self.against_caps, AgainstCaps.POOL)
        keep = () if self.against_caps is AgainstCaps.KEEP else (("against_caps", Step(AgainstCaps.KEEP, AgainstCaps.KEEP.value)),)
        yield Edit("strength", (Step(Strength.SHOULD, Strength.SHOULD.value),), keep)

    # -- words ---------------------------------------------------------------------------------------------------------------------

    def occurrence(self, view: View, group: int, day: int, person: int) -> Said:
        """What one duty unit needs on one day."""
        if group < 0:
            return self.describe(view)
        if self.everybody:
            return self._seating(view).occurrence(group, day)
        return self._family(view).occurrence(view.facts, list(self._codes(view)), group, day)

    def describe(self, view: View) -> Said:
        """The duty in one sentence."""
        sentence = AT_MOST if self.everybody else EXACTLY if self.exactly else AT_LEAST
        first = sentence(count=max(self._eased(self.ease(COUNT)), 0), per=per_text(self.per))
        if self.rest is not None:
            return RESTING(first=first, days=self.rest.days, place=place_text(int(resting_place(self.rest.place))))
        return first if self.one_each is None else EACH(first=first, name=self.one_each)


def _of_name(view: View, name: str | None) -> tuple[DutyOfficers, ...]:
    """Rules of one name, by id."""
    return tuple(
        sorted((rule for rule in view.rules if isinstance(rule, DutyOfficers) and rule.one_each == name), key=lambda rule: rule.id)
    )

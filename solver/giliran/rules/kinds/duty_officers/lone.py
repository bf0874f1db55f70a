"""Whoever carries all the duty of a unit is told, whatever the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

import numpy as np

from giliran.domain.facts import Facts
from giliran.domain.finding import Finding, Told
from giliran.domain.place import Strength
from giliran.domain.schedule import Schedule
from giliran.messages import Said, Sentence
from giliran.program import ProgramBuilder
from giliran.rules.answers import Duty
from giliran.rules.base import Rule, Statement
from giliran.rules.kinds.duty_officers.members import group_label, members_open
from giliran.rules.toolkit.personal import name_of
from giliran.rules.view import View

FEWEST_DAYS = 3
"""Of two days somebody often has both: with three people and two seats a day one always does."""

ALONE = Sentence(
    en="{person} is named for duty on all {number} duty days of {unit}",
    id="{person} menjadi petugas piket pada semua {number} hari piket {unit}",
)
DESCRIBED = Sentence(
    en="People who carry all the duty of their unit are told.", id="Pegawai yang menanggung seluruh piket unit kerjanya diberitahukan."
)


class LoneDuty(Rule):
    """Whoever is named for duty on every day that a unit asks for is told, whatever the rules.

    Notes
    -----
    Meaning: binds nobody. A note for every person whom a duty rule names on each of three or more days on which one duty unit needs
    anybody, others of that unit not being named beyond its need: somebody who is eligible in two units serves one of them.
    Formula: none.
    Source: own; one person once had the piket on 5 of 5 days of a plan that was proven best.

    Kept: two of three people a day (`kind: duty_officers, count: 2`), named `110 101 011`, planned `111 111 111`.
    Broken by nothing, but A is told: named `111 100 011`, planned `111 111 111`.
    """

    public: ClassVar[bool] = False
    kind: Literal["lone_duty"] = "lone_duty"

    @classmethod
    def implied(cls, facts: Facts, written: Sequence[Statement]) -> list[Statement]:
        """Always."""
        return [cls(id="facts/lone_duty")]

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """Nothing: it binds nobody."""

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """One note per person and duty unit."""
        for duty in view.duties:
            if duty.rule in schedule.duty:
                yield from self._alone(view.facts, duty, schedule)

    def _alone(self, facts: Facts, duty: Duty, schedule: Schedule) -> Iterator[Finding]:
        asked, listed = duty.need > 0, schedule.named.part(duty.rule).cells_of(duty.person) & duty.open
        many = members_open(duty.group, listed, len(asked))
        needed = listed & (asked & (many <= duty.need))[duty.group]
        days_of = asked.sum(axis=1)[duty.group]
        for member in np.flatnonzero((needed.sum(axis=1) == days_of) & (days_of >= FEWEST_DAYS)).tolist():
            person, group = int(duty.person[member]), int(duty.group[member])
            days = tuple(np.flatnonzero(asked[group]).tolist())
            said = ALONE(person=name_of(facts, person), number=len(days), unit=group_label(duty, facts, group))
            place = {"unit": int(duty.groups_unit[group]), "days": days, "people": (person,)}
            yield self.finding(Strength.NOTE, len(days), said, told=Told.HEADLINE, **place)

    def describe(self, view: View) -> Said:
        """What is told."""
        return DESCRIBED()

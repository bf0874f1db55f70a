"""People who can only work in the office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Facts
from giliran.domain.finding import Finding
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.messages import Said, Sentence
from giliran.program import ProgramBuilder
from giliran.rules.answers import Fixes
from giliran.rules.base import Rule, Statement
from giliran.rules.toolkit.personal import each, name_of, place_text, spot
from giliran.rules.view import View

NOT_IN = Sentence(
    en="{person} can only work in the office but is {place} on {day}",
    id="{person} hanya dapat WFO, tetapi {place} pada {day}",
)
DESCRIBED = Sentence(en="Whoever can only work in the office is in the office.", id="Pegawai yang hanya dapat WFO tetap WFO.")


class OfficeOnly(Rule):
    """Whoever can only work in the office is in the office.

    Notes
    -----
    Meaning: the person is in the office on the days given, unless absent. One cannot be home-only and office-only on one day.
    Formula: ``x[i, d] = 1``.
    Source: the `office_only` column of the staff table.

    Kept: office-only `yes`, planned `111`.
    Broken by 1: `101`.
    """

    public: ClassVar[bool] = False
    kind: Literal["office_only"] = "office_only"

    @classmethod
    def implied(cls, facts: Facts, written: Sequence[Statement]) -> list[Statement]:
        """In force where anybody can only work in the office."""
        return [cls(id="facts/office_only")] if facts.office_only.any() else []

    def fixes(self, view: View) -> Fixes:
        """Their cells, absent people included."""
        return Fixes(CellSet.whole(view.facts.office_only), CellSet.none(view.facts.shape))

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """Fixed cells."""
        out.fix(office=view.facts.office_only)

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Everybody of them who is elsewhere, day by day."""
        facts = view.facts
        for e, d in each(facts.office_only & schedule.planned(facts) & (schedule.place != Place.OFFICE)):
            said = NOT_IN(person=name_of(facts, e), day=facts.dates[d], place=place_text(schedule.place[e, d]))
            yield self.finding(Strength.MUST, 1, said, **spot(facts, e, d))

    def describe(self, view: View) -> Said:
        """The rule in one sentence."""
        return DESCRIBED()

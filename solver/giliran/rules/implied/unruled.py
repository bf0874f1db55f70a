"""People under no rule at all are in the office, uncounted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from giliran.domain.cell_set import CellSet
from giliran.domain.finding import Finding
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.messages import Said, Sentence
from giliran.program import ProgramBuilder
from giliran.rules.answers import Fixes
from giliran.rules.base import Rule
from giliran.rules.toolkit.personal import each, name_of, spot
from giliran.rules.view import View

NOT_IN_OFFICE = Sentence(
    en="{person} is under no rule, and so in the office as usual, but is not there on {day}",
    id="{person} tidak dikenai aturan apa pun, jadi bekerja di kantor seperti biasa, tetapi tidak WFO pada {day}",
)
DESCRIBED = Sentence(
    en="People under no rule are in the office as usual.",
    id="Pegawai yang tidak dikenai aturan apa pun bekerja di kantor seperti biasa.",
)


class Unruled(Rule):
    """People under no rule at all work in the office as usual.

    An instance adds it for the people whom no rule and no aim reaches, so that nobody stays at home because nothing was said.

    Notes
    -----
    Meaning: everybody selected who works that day is in the office; home-only people are skipped.
    Formula: ``x[i, d] = 1``.
    Source: none; a circular that says nothing about somebody changes nothing.

    Kept: `11111`.
    Broken by 1: `11011`.
    """

    public: ClassVar[bool] = False

    kind: Literal["unruled"] = "unruled"

    def fixes(self, view: View) -> Fixes:
        """The working days of the people, absent ones included."""
        return Fixes(view.cell_set(self), CellSet.none(view.facts.shape))

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """Fixed cells."""
        out.fix(office=(view.cell_set(self) & view.facts.present) - view.facts.home_only)

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Everybody who is not in the office, day by day."""
        facts = view.facts
        cells = (view.cell_set(self) & facts.present) - facts.home_only
        at = cells.of(schedule.place)
        for e, d in each(cells.where((at != Place.NONE) & (at != Place.OFFICE))):
            said = NOT_IN_OFFICE(person=name_of(facts, e), day=facts.dates[d])
            yield self.finding(Strength.MUST, 1, said, **spot(facts, e, d))

    def describe(self, view: View) -> Said:
        """The rule in one sentence."""
        return DESCRIBED()

"""People who may only work at home."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

from giliran.domain.facts import Facts
from giliran.domain.finding import Finding
from giliran.domain.place import Strength
from giliran.domain.schedule import Schedule
from giliran.messages import Said, Sentence
from giliran.program import ProgramBuilder
from giliran.rules.base import Rule, Statement
from giliran.rules.toolkit.personal import each, name_of, spot
from giliran.rules.view import View

CALLED_IN = Sentence(
    en="{person} may only work at home but is in the office on {day}",
    id="{person} hanya boleh WFH, tetapi WFO pada {day}",
)
DESCRIBED = Sentence(en="Whoever may only work at home stays at home.", id="Pegawai yang hanya boleh WFH tetap WFH.")


class HomeOnly(Rule):
    """Whoever may only work at home stays at home, on call days off.

    Notes
    -----
    Meaning: it outranks every rule that puts people in the office; those skip the person with a note. Absence outranks it.
    Formula: ``x[i, d] = 0``.
    Source: the `home_only` column of the staff table.

    Kept: home-only `yes`, planned `000`.
    Broken by 1: `010`.
    """

    public: ClassVar[bool] = False
    kind: Literal["home_only"] = "home_only"

    @classmethod
    def implied(cls, facts: Facts, written: Sequence[Statement]) -> list[Statement]:
        """In force where anybody may only work at home."""
        return [cls(id="facts/home_only")] if facts.home_only.any() else []

    @property
    def binds_the_past(self) -> bool:
        """It outranks the freeze."""
        return True

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """Fixed cells."""
        out.fix(away=view.facts.home_only)

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Everybody of them who is in the office, day by day."""
        facts = view.facts
        for e, d in each(facts.home_only & facts.present & schedule.office):
            said = CALLED_IN(person=name_of(facts, e), day=facts.dates[d])
            yield self.finding(Strength.MUST, 1, said, **spot(facts, e, d))

    def describe(self, view: View) -> Said:
        """The rule in one sentence."""
        return DESCRIBED()

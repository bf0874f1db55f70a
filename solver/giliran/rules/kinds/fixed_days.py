"""Office or home on given days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from giliran.domain.cell_set import CellSet
from giliran.domain.finding import Finding
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.messages import Said, Sentence
from giliran.program import ProgramBuilder
from giliran.rules.answers import Fixes, Side
from giliran.rules.base import Rule
from giliran.rules.toolkit.personal import each, name_of, outranked, spot
from giliran.rules.view import View

NOT_IN_OFFICE = Sentence(en="{person} is not in the office on {day}", id="{person} tidak WFO pada {day}")
NOT_AT_HOME = Sentence(en="{person} is in the office on {day}, not at home", id="{person} WFO pada {day}, seharusnya WFH")
OFFICE_DESCRIBED = Sentence(en="In the office on the days given.", id="WFO pada hari yang ditentukan.")
HOME_DESCRIBED = Sentence(en="At home on the days given.", id="WFH pada hari yang ditentukan.")


class FixedDays(Rule):
    """Office or home on given days: leaders, Friday at home, anchor days.

    Parameters
    ----------
    place
        `office` or `home`.

    Notes
    -----
    Meaning: everybody selected who works that day is at `place`. Home-only people are skipped, with a note.
    Formula: ``x[i, d] = 1`` (`office`) or ``x[i, d] = 0`` (`home`).
    Source: SE Bupati Tulang Bawang Barat 045.2/148/I.09/2021 (29 June 2021), row T4.

    Kept: on Monday everybody is in the office, `10000 11010`.
    Broken by 1: `10000 01010`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="Office or home on given days: leaders, Friday at home, anchor days.",
        id="WFO atau WFH pada hari tertentu: pimpinan, Jumat WFH, hari wajib WFO bersama.",
    )
    example: ClassVar[Mapping[str, Any]] = {"place": "office", "days": {"weekdays": ["mon"]}}

    kind: Literal["fixed_days"] = "fixed_days"
    place: Side

    def fixes(self, view: View) -> Fixes:
        """The cells of the rule, absent people included."""
        cells, none = view.cell_set(self), CellSet.none(view.facts.shape)
        return Fixes(cells, none) if self.place is Side.OFFICE else Fixes(none, cells)

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """Fixed cells, or a charge for each that is elsewhere."""
        out.place(view.cost(self), **{"office" if self.place is Side.OFFICE else "away": self._bound(view)})

    def _bound(self, view: View) -> CellSet:
        """Present cells that the rule binds: home-only people cannot be asked to come."""
        cells = view.cell_set(self) & view.facts.present
        return cells - view.facts.home_only if self.place is Side.OFFICE else cells

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Everybody who is elsewhere, day by day, and home-only people whom the rule skips."""
        facts, cells = view.facts, view.cell_set(self)
        at = cells.of(schedule.place)
        meant = (cells & facts.present).where(at != Place.NONE)
        if self.place is Side.HOME:
            wrong, sentence = meant.where(at == Place.OFFICE), NOT_AT_HOME
        else:
            wrong, sentence = meant.where(at != Place.OFFICE) - facts.home_only, NOT_IN_OFFICE
        for e, d in each(wrong):
            said = sentence(person=name_of(facts, e), day=facts.dates[d])
            yield self.finding(self.strength, 1, said, **spot(facts, e, d))
        if self.place is Side.OFFICE:
            for amount, said, place in outranked(facts, cells):
                yield self.finding(Strength.NOTE, amount, said, **place)

    def describe(self, view: View) -> Said:
        """The rule in one sentence."""
        return OFFICE_DESCRIBED() if self.place is Side.OFFICE else HOME_DESCRIBED()

"""Everybody in the office, or allowed to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, ClassVar, Literal

from pydantic import Field

from giliran.domain.cell_set import CellSet
from giliran.domain.finding import Finding
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.errors import Problem, Where
from giliran.messages import Said, Sentence
from giliran.program import ProgramBuilder
from giliran.rules.answers import Fixes, Lift
from giliran.rules.base import Rule
from giliran.rules.edits import Edit, words
from giliran.rules.toolkit.fields import RuleIds, unknown_references
from giliran.rules.toolkit.personal import each, name_of, outranked, spot
from giliran.rules.view import View

NOT_IN_SERVICE = Sentence(
    en="{person} is not in the office on {day}, although the service runs in full",
    id="{person} tidak WFO pada {day}, padahal pelayanan berjalan penuh",
)
NO_LIMIT = Sentence(
    en="{rule} limits no headcount, so nobody can be taken out of it",
    id="{rule} tidak membatasi jumlah orang, sehingga tidak ada yang dapat dikecualikan",
)
REQUIRED = Sentence(en="Everybody concerned is in the office.", id="Semua pegawai yang dimaksud WFO.")
PERMITTED = Sentence(en="Everybody concerned may be in the office.", id="Semua pegawai yang dimaksud boleh WFO.")
NOT_COUNTED = Sentence(en="{service} They are not counted by {rules}.", id="{service} Mereka tidak dihitung pada {rules}.")


class Mode(StrEnum):
    """Whether full service is an order or a permission."""

    REQUIRE = "require"
    PERMIT = "permit"


class FullService(Rule):
    """Everybody selected is in the office, or may be, whatever the caps named say.

    Parameters
    ----------
    mode
        `require`: everybody selected who works that day is in the office. `permit`: they may be.
    lifts
        Ids of caps, floors and shares that do not count these people, neither above nor below the line.

    Notes
    -----
    Meaning: with `require` nobody selected is at home; home-only people are skipped, with a note. In either mode the limits under
    `lifts` are about the others only.
    Formula: ``x[i, d] = 1`` (`require`); none (`permit`).
    Source: SE Sekda Lampung 045.2/103/VII/Posko/2021 (9 July 2021), rows L7, L8 and L10; SE Wali Kota Bandar Lampung
    443/452/IV.06/2020 (24 March 2020), row B8.

    Kept: a nurse is in the office Monday to Friday, `11111`.
    Broken by 1: `11011`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="Everybody selected is in the office, or may be, whatever the caps named say.",
        id="Semua pegawai yang dimaksud WFO, atau boleh WFO, lepas dari batas yang disebutkan.",
    )
    example: ClassVar[Mapping[str, Any]] = {"mode": "require"}

    kind: Literal["full_service"] = "full_service"
    mode: Mode
    lifted_from: RuleIds = Field(default=(), alias="lifts")

    def problems(self, view: View) -> Iterator[Problem]:
        """Rules under `lifts` that do not exist or limit nobody; a circular's rule that is absent was switched off by a choice."""
        yield from unknown_references(self, "lifts", self.lifted_from, view)
        for id_ in self.lifted_from:
            if id_ in view.by_id and not view.limits_of(view.by_id[id_]):
                yield Problem(Where(field=f"{self.id}.lifts"), NO_LIMIT(rule=id_))

    def fixes(self, view: View) -> Fixes | None:
        """The cells in the office, absent people included, where full service is an order."""
        if self.mode is Mode.PERMIT:
            return None
        return Fixes(office=view.cell_set(self), home=CellSet.none(view.facts.shape))

    def lifts(self, view: View) -> Lift | None:
        """Everybody selected, absent or not, out of the limits named."""
        return Lift(frozenset(self.lifted_from), view.cell_set(self)) if self.lifted_from else None

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """Fixed cells, or a charge for each cell at home; nothing for a permission."""
        if self.mode is Mode.REQUIRE:
            out.place(view.cost(self), office=(view.cell_set(self) & view.facts.present) - view.facts.home_only)

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Everybody who is not in the office, day by day, and home-only people whom the order skips."""
        if self.mode is Mode.PERMIT:
            return
        facts = view.facts
        cells = view.cell_set(self)
        at = cells.of(schedule.place)
        missing = (cells & facts.present).where((at != Place.NONE) & (at != Place.OFFICE)) - facts.home_only
        for e, d in each(missing):
            said = NOT_IN_SERVICE(person=name_of(facts, e), day=facts.dates[d])
            yield self.finding(self.strength, 1, said, **spot(facts, e, d))
        for amount, said, place in outranked(facts, cells):
            yield self.finding(Strength.NOTE, amount, said, **place)

    def edits(self, view: View) -> Iterator[Edit]:
        """A permission in place of an order."""
        yield words("mode", self.mode, Mode.PERMIT)

    def describe(self, view: View) -> Said:
        """The rule in one sentence, with the limits that do not count these people."""
        service = REQUIRED() if self.mode is Mode.REQUIRE else PERMITTED()
        return NOT_COUNTED(service=service, rules=list(self.lifted_from)) if self.lifted_from else service

"""Days of the published plan that may no longer change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

import numpy as np

from giliran.domain.facts import Cells, Facts
from giliran.domain.finding import Finding
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.messages import Said, Sentence
from giliran.program import ProgramBuilder
from giliran.rules.answers import Standing
from giliran.rules.base import Rule, Statement
from giliran.rules.toolkit.personal import each, name_of, outranked, place_text, spot
from giliran.rules.view import View

CHANGED = Sentence(
    en="{person} is {place} on {day}, but the published plan says {published} and may no longer change",
    id="{person} {place} pada {day}, padahal jadwal yang sudah terbit menyebut {published} dan tidak boleh berubah lagi",
)
DESCRIBED = Sentence(
    en="The published plan stays as it is to {last}.",
    id="Jadwal yang sudah terbit tidak diubah sampai dengan {last}.",
)
NOTHING = Sentence(en="No published place is frozen.", id="Tidak ada jadwal terbit yang dibekukan.")


class Frozen(Rule):
    """Frozen days of the published plan stay as they are.

    Notes
    -----
    Meaning: a person with a published place on a frozen day has that place, whatever else is fixed there. A freeze never makes a cell
    unfree. Absent people are skipped, and so are, with a note, home-only people published in the office. The past cannot be mended:
    what another rule misses only because of cells of frozen days that are frozen, absent or fixed, one of them frozen, breaks nothing
    and is told as a note of this rule, in a solve and in a check; so an absence on a frozen day is never impossible. Teams that are
    formed are the exception: frozen places say who is in which.
    Formula: ``x[i, d] = 1`` (published in the office) or ``x[i, d] = 0`` (at home, off).
    Source: `published` and `frozen_to` of the instance.

    Kept: Monday is frozen `1..` with the place published `1..`, planned `100`.
    Broken by 1: `011`.
    """

    public: ClassVar[bool] = False
    kind: Literal["frozen"] = "frozen"

    @classmethod
    def implied(cls, facts: Facts, written: Sequence[Statement]) -> list[Statement]:
        """In force where anything is frozen."""
        return [cls(id="facts/frozen")] if facts.frozen_days.any() else []

    @property
    def binds_the_past(self) -> bool:
        """A frozen place that is another is wrong."""
        return True

    def kept_places(self, view: View) -> Standing:
        """Frozen cells of present people; whoever may only work at home stays there."""
        kept = _bound(view.facts) & view.facts.present
        office = kept & (view.facts.published == Place.OFFICE) & ~view.facts.home_only
        return Standing(office, kept & ~office)

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """Kept cells."""
        kept = self.kept_places(view)
        out.keep(office=kept.office, away=kept.home, days=view.facts.frozen_days)

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Every frozen cell whose place is another."""
        facts = view.facts
        was_office = facts.published == Place.OFFICE
        moved = schedule.planned(facts) & (schedule.office != was_office) & ~(was_office & facts.home_only)
        for e, d in each(_bound(facts) & moved):
            published, place = place_text(facts.published[e, d]), place_text(schedule.place[e, d])
            said = CHANGED(person=name_of(facts, e), day=facts.dates[d], place=place, published=published)
            yield self.finding(Strength.MUST, 1, said, **spot(facts, e, d))
        for number, said, where in outranked(facts, _bound(facts) & was_office):
            yield self.finding(Strength.NOTE, number, said, **where)

    def describe(self, view: View) -> Said:
        """The rule in one sentence, with the last frozen day."""
        days = np.flatnonzero(_bound(view.facts).any(axis=0))
        return DESCRIBED(last=view.facts.dates[days[-1]]) if len(days) else NOTHING()


def _bound(facts: Facts) -> Cells:
    """Frozen cells with a published place; a published absence binds nothing : bool[E, D]."""
    placed = (facts.published == Place.OFFICE) | (facts.published == Place.HOME) | (facts.published == Place.OFF)
    return np.asarray(facts.frozen & placed)

"""What was edited by hand in a plan, for programs."""

from __future__ import annotations

import datetime as dt

from giliran.domain.facts import Facts
from giliran.domain.place import Place
from giliran.domain.selection import Model
from giliran.records.changes import NameChangeRecord
from giliran.records.sentences import Sentences
from giliran.whatif.edits import Edits


class PlaceEditRecord(Model):
    """A place that was edited; None where there was, or is, none."""

    staff_id: str
    date: dt.date
    was: str | None
    becomes: str | None


class TierEditRecord(Model):
    """What a tier costs before and after."""

    tier: str
    before: int
    after: int
    sentences: Sentences


class EditsRecord(Model):
    """Everything that was edited by hand since a plan was written, what it broke, and what it costs."""

    places: list[PlaceEditRecord]
    names: list[NameChangeRecord]
    broken: list[Sentences]
    mended: int
    costs: list[TierEditRecord]

    @classmethod
    def of(cls, facts: Facts, edits: Edits) -> EditsRecord:
        """The record of edits."""
        ids, dates = facts.staff.ids, facts.dates
        return cls(
            places=[
                PlaceEditRecord(staff_id=ids[c.person], date=dates[c.day], was=_word(c.was), becomes=_word(c.becomes)) for c in edits.places
            ],
            names=[
                NameChangeRecord(rule=c.rule, staff_id=ids[c.person], date=dates[c.day], was=c.was, becomes=c.becomes) for c in edits.names
            ],
            broken=[Sentences.of(finding.said) for finding in edits.broken],
            mended=edits.mended,
            costs=[
                TierEditRecord(tier=cost.tier, before=cost.before, after=cost.after, sentences=Sentences.of(cost.said))
                for cost in edits.costs
            ],
        )


def _word(place: Place) -> str | None:
    return None if place is Place.NONE else place.word

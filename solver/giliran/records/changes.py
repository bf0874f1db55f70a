"""Changes against the published plan, as JSON results and audits have them."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from giliran.domain.changes import Changes, NameChange, PlaceChange
from giliran.domain.facts import Facts
from giliran.domain.selection import Model

_Word = Literal["office", "home", "absent", "off"]


class PlaceChangeRecord(Model):
    """A place that is not the published one; `was` is `absent` for somebody who is back."""

    staff_id: str
    date: dt.date
    was: _Word
    becomes: _Word


class NameChangeRecord(Model):
    """Somebody whom only the published plan (`was`), or only this one (`becomes`), names for a duty."""

    rule: str
    staff_id: str
    date: dt.date
    was: bool
    becomes: bool


class ChangesRecord(Model):
    """Everything that changes against the published plan: places by person, names by rule and day."""

    places: list[PlaceChangeRecord]
    names: list[NameChangeRecord]

    @classmethod
    def of(cls, facts: Facts, found: Changes | None) -> ChangesRecord | None:
        """What a schedule changes; None where nothing inside the horizon was published."""
        if found is None:
            return None
        places = [
            PlaceChangeRecord.model_validate({**_who(facts, change), "was": change.was.word, "becomes": change.becomes.word})
            for change in found.places
        ]
        names = [NameChangeRecord(rule=c.rule, was=c.was, becomes=c.becomes, **_who(facts, c)) for c in found.names]
        return cls(places=places, names=names)


def _who(facts: Facts, change: PlaceChange | NameChange) -> dict[str, Any]:
    return {"staff_id": facts.staff.ids[change.person], "date": facts.dates[change.day]}

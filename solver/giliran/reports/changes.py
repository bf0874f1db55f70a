"""Changes against the published plan as a table: whose place, and who is named instead of whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from giliran.domain.changes import Changes
from giliran.domain.place import Place
from giliran.messages import Said, Sentence
from giliran.reports.report import Report
from giliran.reports.table import Column, Kind, Row, Table
from giliran.rules.toolkit.personal import place_text

_TITLE = Sentence(en="Changes against the published plan", id="Perubahan terhadap jadwal yang sudah ditetapkan")
_PLACE = Sentence(en="place", id="tempat kerja")
_NAMED = Sentence(en="duty officer", id="petugas piket")
_NOT_NAMED = Sentence(en="not named", id="bukan petugas piket")


@dataclass(frozen=True)
class ChangeRow(Row):
    """One place, or one name for duty, that is not the published one.

    Parameters
    ----------
    rule
        Id of the duty rule; empty for a place.
    day, id, name
        When, and whose.
    was, becomes
        What was published, and what is planned, in words.
    person
        Index.
    places
        What was published and what is planned as places, None for a name.
    named
        Whether the plan names the person for this duty, None for a place.
    away
        Whether nobody moved the person, who is away now: such a day is told, not counted.
    """

    columns = (
        Column("what", Sentence(en="Change", id="Perubahan")(), Kind.TEXT),
        Column("rule", Sentence(en="Rule", id="Aturan")(), Kind.TEXT),
        Column("day", Sentence(en="Day", id="Hari")(), Kind.DAY),
        Column("id", Sentence(en="Id", id="Id")(), Kind.TEXT),
        Column("name", Sentence(en="Name", id="Nama")(), Kind.TEXT),
        Column("was", Sentence(en="Published", id="Semula")(), Kind.TEXT),
        Column("becomes", Sentence(en="Planned", id="Menjadi")(), Kind.TEXT),
    )

    rule: str
    day: dt.date
    id: str
    name: str
    was: Said
    becomes: Said
    person: int
    places: tuple[Place, Place] | None = None
    named: bool | None = None
    away: bool = False

    @property
    def what(self) -> Said:
        """A place, or a name for duty."""
        return (_PLACE if self.named is None else _NAMED)()


def change_table(report: Report) -> Table[ChangeRow] | None:
    """Places and whoever is away now by person and day, then names by rule and day; None where no plan was published."""
    if report.changes is None:
        return None
    return Table("changes", _TITLE(), ChangeRow.columns, tuple(_rows(report, report.changes)))


def _rows(report: Report, found: Changes) -> Iterator[ChangeRow]:
    staff, dates = report.facts.staff, report.facts.dates
    people, days = report.scope.people, report.scope.days
    moved = [*((place, False) for place in found.places), *((place, True) for place in found.away)]
    for place, away in sorted(moved, key=lambda one: (one[0].person, one[0].day)):
        if not (people[place.person] and days[place.day]):
            continue
        e, was, becomes = place.person, place_text(place.was), place_text(place.becomes)
        yield ChangeRow("", dates[place.day], staff.ids[e], staff.names[e], was, becomes, e, (place.was, place.becomes), away=away)
    for name in found.names:
        if not (people[name.person] and days[name.day]):
            continue
        e, words = name.person, {True: _NAMED(), False: _NOT_NAMED()}
        yield ChangeRow(
            name.rule, dates[name.day], staff.ids[e], staff.names[e], words[name.was], words[name.becomes], e, named=name.becomes
        )

"""The plan: a table per unit with a row per person and a column per day; and who has duty, day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.domain.place import Place
from giliran.domain.sealing import SealedDict
from giliran.domain.units import NO_UNIT
from giliran.messages import Sentence, Whole, plain
from giliran.reports.report import UNDER, Report
from giliran.reports.table import Cell, Column, Kind, Mark, Row, Table
from giliran.reports.words import both, short_day

_ID, _NAME = Sentence(en="Id", id="Id"), Sentence(en="Name", id="Nama")
_DUTY = Sentence(en="Duty", id="Petugas piket")
_DAY, _RULE, _UNIT = Sentence(en="Day", id="Hari"), Sentence(en="Rule", id="Aturan"), Sentence(en="Unit", id="Unit kerja")


@dataclass(frozen=True)
class PlanRow(Row):
    """A person's week, or weeks.

    Parameters
    ----------
    person, unit
        Indices.
    id, name
        Of the person; the name may be empty.
    marks
        By day; nothing where the person does not work.
    """

    columns = (Column("id", _ID(), Kind.TEXT), Column("name", _NAME(), Kind.TEXT))

    person: int
    unit: int
    id: str
    name: str
    marks: Mapping[dt.date, Mark]

    def cell(self, column: Column) -> Cell:
        """The mark of a column's day, or the attribute."""
        return super().cell(column) if column.day is None else self.marks.get(column.day)


@dataclass(frozen=True)
class DutyRow(Row):
    """One person who is named for one duty on one day.

    Parameters
    ----------
    person
        Index.
    day, rule, unit, id, name
        When, for what, where the person works, and who.
    """

    columns = (
        Column("day", _DAY(), Kind.DAY),
        Column("rule", _RULE(), Kind.TEXT),
        Column("unit", _UNIT(), Kind.TEXT),
        *PlanRow.columns,
    )

    person: int
    day: dt.date
    rule: str
    unit: str
    id: str
    name: str


def units_with_people(report: Report) -> list[tuple[int, NDArray[np.int64]]]:
    """Units in their own order, each with the rows of its people : int64[·], who begin the horizon there and work on some day."""
    facts = report.facts
    first = facts.has_cell.argmax(axis=1)
    unit = facts.unit[np.arange(facts.num_people), first]
    working = facts.has_cell.any(axis=1) & report.scope.people
    people = np.flatnonzero(working)
    people = people[np.argsort(unit[people], kind="stable")]
    found, start = np.unique(unit[people], return_index=True)
    members = np.split(people, start[1:]) if len(people) else []
    return list(zip(found.tolist(), members, strict=True))


def planned(report: Report) -> bool:
    """Whether anybody is."""
    return bool((report.facts.has_cell & (report.schedule.place != Place.NONE)).any())


def plan_tables(report: Report) -> Iterator[Table[PlanRow]]:
    """A table for every unit, made when it is asked for; nothing where nobody is planned."""
    if planned(report):
        for unit, people in units_with_people(report):
            yield plan_of(report, unit, people)


def plan_of(report: Report, unit: int, people: NDArray[np.int64]) -> Table[PlanRow]:
    """The table of some people of a unit, with the days on which any of them works."""
    facts = report.facts
    days = np.flatnonzero(facts.has_cell[people].any(axis=0) & report.scope.days).tolist()
    dates = [facts.dates[d] for d in days]
    staff = facts.staff
    rows = (PlanRow(e, unit, staff.ids[e], staff.names[e], _marks(report, e, days)) for e in people.tolist())
    headings = (Column(day.isoformat(), both(short_day, day), Kind.PLACE, day) for day in dates)
    return Table("plan", plain(Whole(UNDER.join(report.unit_path(unit)))), (*PlanRow.columns, *headings), tuple(rows))


def mark_of(report: Report, e: int, d: int) -> Mark:
    """Where a person is on a day of work."""
    facts, schedule = report.facts, report.schedule
    duty = report.named.get((e, d), ()) if schedule.on_duty[e, d] else ()
    code = int(facts.reason[e, d])
    place = Place(int(schedule.place[e, d]))
    reason = facts.absence_reasons[code] if place is Place.ABSENT and code >= 0 else ""
    return Mark(place, duty, reason)


def _marks(report: Report, e: int, days: list[int]) -> Mapping[dt.date, Mark]:
    facts = report.facts
    return SealedDict({facts.dates[d]: mark_of(report, e, d) for d in days if facts.has_cell[e, d]})


def duty_table(report: Report) -> Table[DutyRow]:
    """Everybody who is named for duty: by day, then by rule, then by unit and person in their own order."""
    facts, rows = report.facts, list[tuple[int, str, int, int, DutyRow]]()
    for (e, d), rules in report.named.items():
        if not (report.scope.people[e] and report.scope.days[d]):
            continue
        unit = int(facts.unit[e, d])
        name = "" if unit == NO_UNIT else report.unit_name(unit)
        for rule in rules:
            row = DutyRow(e, facts.dates[d], rule, name, facts.staff.ids[e], facts.staff.names[e])
            rows.append((d, rule, unit, e, row))
    return Table("duty", _DUTY(), DutyRow.columns, tuple(row for *_, row in sorted(rows, key=lambda found: found[:4])))

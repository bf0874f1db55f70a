"""What a schedule chooses besides places, as JSON results and audits have it."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from giliran.chosen import DutyNames, MeetingDays, Team
from giliran.domain.selection import Model


class MeetingRecord(Model):
    """The days of a meeting, none where they are still open; `chosen` where they were left to the plan."""

    id: str
    name: str
    dates: list[dt.date]
    chosen: bool

    @classmethod
    def of(cls, meeting: MeetingDays) -> MeetingRecord:
        """The record of a meeting."""
        return cls(id=meeting.id, name=meeting.name, dates=list(meeting.dates), chosen=meeting.chosen)


class TeamRecord(Model):
    """The people of a team that a rule forms."""

    rule: str
    number: int = Field(ge=1)
    people: list[str]

    @classmethod
    def of(cls, team: Team) -> TeamRecord:
        """The record of a team."""
        return cls(rule=team.rule, number=team.number, people=list(team.people))


class DutyRecord(Model):
    """People named for a duty on a day, and the unit that they stand for; null for a duty of the whole selection, or where it is none."""

    rule: str
    unit: str | None
    date: dt.date
    people: list[str]

    @classmethod
    def of(cls, names: DutyNames) -> DutyRecord:
        """The record of some names."""
        return cls(rule=names.rule, unit=names.unit, date=names.date, people=list(names.people))

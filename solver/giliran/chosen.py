"""What a schedule chooses besides places: days of meetings, teams, and who stands for which duty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from giliran.domain.facts import NO_TEAM, Facts
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.units import NO_UNIT
from giliran.rules.view import View


@dataclass(frozen=True)
class MeetingDays:
    """The days on which a meeting is.

    Parameters
    ----------
    id, name
        Of the meeting, as the instance has them.
    dates
        Its days, ascending; none where its day is still open, because people whom it needs have no place yet or no rule asks for them in
        the office.
    chosen
        Whether the day was left to the plan.
    """

    id: str
    name: str
    dates: tuple[dt.date, ...]
    chosen: bool


@dataclass(frozen=True)
class Team:
    """A team that a rule forms.

    Parameters
    ----------
    rule, number
        Id of the rule, and the team's number among its teams, from 1.
    people
        Ids of its people, in the order of the staff table.
    """

    rule: str
    number: int
    people: tuple[str, ...]


@dataclass(frozen=True)
class DutyNames:
    """People who are named for one duty on one day.

    Parameters
    ----------
    rule
        Id of the duty rule.
    unit
        Id of the duty unit that they stand for; None for a duty of the whole selection, and for whoever belongs to no duty unit that day.
    date
        The day.
    people
        Their ids, in the order of the staff table.
    """

    rule: str
    unit: str | None
    date: dt.date
    people: tuple[str, ...]


@dataclass(frozen=True)
class Chosen:
    """What a schedule chooses besides places.

    Parameters
    ----------
    meetings
        Every meeting of the instance, in its order.
    teams
        Teams by rule and number; empty where the schedule says nothing about any.
    duty
        Names by rule, day and unit; empty where the schedule names nobody.

    Notes
    -----
    Of whoever has no place, as of rows that a schedule does not have, nothing is said.
    """

    meetings: tuple[MeetingDays, ...]
    teams: tuple[Team, ...]
    duty: tuple[DutyNames, ...]


NOTHING = Chosen((), (), ())
"""Of what has no choices."""


def chosen_by(view: View, schedule: Schedule) -> Chosen:
    """What a schedule that fits the facts chooses besides places.

    A schedule does not say when meetings are: one whose day is open is on the first of the days on which the fewest of those required are
    missing, which is what the audit tells.
    """
    return Chosen(tuple(_meetings(view, schedule)), tuple(_teams(view.facts, schedule)), tuple(_duty(view, schedule)))


def _meetings(view: View, schedule: Schedule) -> Iterator[MeetingDays]:
    facts = view.facts
    on = {found.meeting: found.days for rule in view.rules for found in rule.convened(view, schedule)}
    for index, meeting in enumerate(facts.meetings):
        dates = meeting.dates if meeting.given else tuple(facts.dates[d] for d in on.get(index, ()))
        yield MeetingDays(meeting.id, meeting.name, tuple(sorted(dates)), not meeting.given)


def _teams(facts: Facts, schedule: Schedule) -> Iterator[Team]:
    placed = (schedule.place != Place.NONE).any(axis=1)
    for rule, every in sorted(schedule.team.items()):
        team = np.where(placed, every, NO_TEAM)
        for number in np.unique(team[team != NO_TEAM]).tolist():
            yield Team(rule, number, _ids(facts, np.flatnonzero(team == number).tolist()))


def _duty(view: View, schedule: Schedule) -> Iterator[DutyNames]:
    facts = view.facts
    for rule in sorted(schedule.duty):
        for found in view.by_id[rule].serving(view, schedule):
            unit = None if found.unit == NO_UNIT else facts.units.ids[found.unit]
            yield DutyNames(rule, unit, facts.dates[found.day], _ids(facts, found.people))


def _ids(facts: Facts, people: list[int] | tuple[int, ...]) -> tuple[str, ...]:
    return tuple(facts.staff.ids[e] for e in people)

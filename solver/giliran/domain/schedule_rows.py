"""A schedule as rows: one per person and day, in the order of the staff table, then by date.

Rows are put together from whole columns: what a row says besides the person is one of few things, looked at once for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells, Facts
from giliran.domain.named import Named
from giliran.domain.place import Place
from giliran.domain.schedule import SEPARATOR, TEAM_SIGN, UNPLANNED, Schedule
from giliran.text.frames import texts

NEEDED, DUTY, TEAM = ("staff_id", "date", "place"), "duty", "team"
"""Columns without which a table is no schedule, and the two that it may have besides."""

Codes = NDArray[np.int64]


class Told(NamedTuple):
    """What a row says besides the person.

    Parameters
    ----------
    date
        ISO date.
    place
        Word of the place, or that there is none on purpose.
    duty
        Duty rules that name the person that day; None if the schedule names nobody for any duty.
    team
        Teams as `rule=number`; None if the schedule has no chosen teams.
    """

    date: str
    place: str
    duty: tuple[str, ...] | None
    team: tuple[str, ...] | None


class ScheduleRows:
    """What the rows of a schedule say, as numbers of few different things.

    Parameters
    ----------
    cells
        Cells that have a row : bool[E, D].
    """

    def __init__(self, facts: Facts, schedule: Schedule, cells: Cells) -> None:
        self._dates = [day.isoformat() for day in facts.dates]
        self._place = schedule.place
        self._known = cells
        self._duties, self._duty = _named(schedule.named, facts.shape)
        self._teams, self._team = _formed(schedule.team, facts.num_people)
        self._has_duty, self._has_team = bool(schedule.duty), bool(schedule.team)

    def rows(self, first: int, last: int) -> tuple[Codes, list[Told], Codes]:
        """The person of each row about some people, everything that these rows say, and which of it each says."""
        person, day = np.nonzero(self._known[first:last])
        person += first
        sizes = (len(self._dates), len(Place), len(self._duties), len(self._teams))
        key = np.ravel_multi_index((day, self._place[person, day], self._duty[person, day], self._team[person]), sizes)
        keys, said = np.unique(key, return_inverse=True)
        return person, [self._told(*spot) for spot in zip(*(axis.tolist() for axis in np.unravel_index(keys, sizes)), strict=True)], said

    def _told(self, day: int, place: int, duty: int, team: int) -> Told:
        return Told(
            self._dates[day],
            UNPLANNED if place == Place.NONE else Place(place).word,
            self._duties[duty] if self._has_duty else None,
            self._teams[team] if self._has_team else None,
        )


def told_cells(schedule: Schedule) -> Cells:
    """Cells of which a schedule says something, if only that they are left out on purpose : bool[E, D]."""
    placed = schedule.place != Place.NONE
    return np.asarray(placed if schedule.unplanned is None else placed | schedule.unplanned)


def _whole(facts: Facts, schedule: Schedule) -> tuple[Codes, list[Told], Codes]:
    return ScheduleRows(facts, schedule, told_cells(schedule)).rows(0, facts.num_people)


def rows_of_schedule(facts: Facts, schedule: Schedule) -> list[dict[str, Any]]:
    """Every row as keys and values: `staff_id`, `date`, `place`, and `duty` and `team` where the schedule has any."""
    person, told, said = _whole(facts, schedule)
    days = {day.isoformat(): day for day in facts.dates}
    lists = [{name: value for name, value in (("duty", row.duty), ("team", row.team)) if value is not None} for row in told]
    return [
        {"staff_id": facts.staff.ids[e], "date": days[told[n].date], "place": told[n].place, **{key: [*of] for key, of in lists[n].items()}}
        for e, n in zip(person.tolist(), said.tolist(), strict=True)
    ]


def columns_of_schedule(facts: Facts, schedule: Schedule) -> dict[str, NDArray[Any]]:
    """The same as columns: texts as objects, dates as datetime64[D], lists joined by ";"."""
    person, told, said = _whole(facts, schedule)
    columns: dict[str, NDArray[Any]] = {
        "staff_id": texts(facts.staff.ids)[person],
        "date": np.array([row.date for row in told], dtype="datetime64[D]")[said],
        "place": texts([row.place for row in told])[said],
    }
    for name, there in (("duty", bool(schedule.duty)), ("team", bool(schedule.team))):
        if there:
            columns[name] = texts([SEPARATOR.join(getattr(row, name) or ()) for row in told])[said]
    return columns


def _named(duty: Named, shape: tuple[int, int]) -> tuple[list[tuple[str, ...]], NDArray[np.int32]]:
    """Different sets of duty rules that name somebody, and the number of the set of each cell : int32[E, D]."""
    sets: list[tuple[str, ...]] = [()]
    number = np.zeros(shape, dtype=np.int32)
    for rule in sorted(duty):
        _join(number, duty.part(rule).spots(), (rule,), sets)
    return sets, number


def _formed(team: Mapping[str, NDArray[np.int16]], people: int) -> tuple[list[tuple[str, ...]], NDArray[np.int32]]:
    """Different sets of teams that somebody is in, and the number of the set of everybody : int32[E]."""
    sets: list[tuple[str, ...]] = [()]
    number = np.zeros(people, dtype=np.int32)
    for rule, chosen in sorted(team.items()):
        for n in np.unique(chosen[chosen >= 0]).tolist():
            _join(number, np.nonzero(chosen == n), (f"{rule}{TEAM_SIGN}{n}",), sets)
    return sets, number


def _join(number: NDArray[np.int32], spots: tuple[NDArray[np.int64], ...], more: tuple[str, ...], sets: list[tuple[str, ...]]) -> None:
    """Add something to the sets at some places."""
    old, which = np.unique(number[spots], return_inverse=True)
    number[spots] = len(sets) + which
    sets += [(*sets[n], *more) for n in old.tolist()]

"""A schedule as rows: one per person and day, in the order of the staff table, then by date."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from giliran.domain.facts import Facts
from giliran.domain.place import Place
from giliran.domain.schedule import SEPARATOR, TEAM_SIGN, Schedule
from giliran.rules.view import View


class Row(NamedTuple):
    """Where one person is on one day.

    Parameters
    ----------
    duty
        Duty rules that name the person that day; None if the schedule names nobody for any duty.
    team
        Teams as `rule=number`; None if the schedule has no chosen teams.
    """

    staff_id: str
    date: dt.date
    place: str
    duty: tuple[str, ...] | None
    team: tuple[str, ...] | None


def schedule_rows(facts: Facts, schedule: Schedule) -> Iterator[Row]:
    """Every cell that has a place, people in the order of the staff table, then days."""
    words = [place.word for place in Place]
    duties, teams = sorted(schedule.duty.items()), sorted(schedule.team.items())
    named = np.logical_or.reduce([np.zeros(facts.shape, dtype=np.bool_), *(cells for _, cells in duties)])
    nobody: tuple[str, ...] | None = () if duties else None
    people, days = np.nonzero(facts.has_cell & (schedule.place != Place.NONE))
    for e, d in zip(people.tolist(), days.tolist(), strict=True):
        duty = tuple(rule for rule, cells in duties if cells[e, d]) if named[e, d] else nobody
        team = tuple(f"{rule}{TEAM_SIGN}{chosen[e]}" for rule, chosen in teams if chosen[e] >= 0) if teams else None
        yield Row(facts.staff.ids[e], facts.dates[d], words[schedule.place[e, d]], duty, team)


def schedule_csv(view: View, schedule: Schedule) -> str:
    """The schedule as CSV with the columns `staff_id`, `date`, `place`, `duty` and, where teams were chosen, `team`.

    Cells that are not planned are left out. The column `duty` is left out where there are duty rules but none has named anybody, so
    that reading the file gives the same schedule.
    """
    facts = view.facts
    with_duty = bool(schedule.duty) or not view.duties
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["staff_id", "date", "place", *(["duty"] if with_duty else []), *(["team"] if schedule.team else [])])
    dates = {day: day.isoformat() for day in facts.dates}
    for row in schedule_rows(facts, schedule):
        cells = [row.staff_id, dates[row.date], row.place]
        if with_duty:
            cells.append(SEPARATOR.join(row.duty or ()))
        if schedule.team:
            cells.append(SEPARATOR.join(row.team or ()))
        writer.writerow(cells)
    return out.getvalue()

"""A schedule as rows: one per person and day, in the order of the staff table, then by date.

Rows are put together from whole columns: what a row says besides the person is one of few texts, made once for each.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Facts
from giliran.domain.named import Named
from giliran.domain.place import Place
from giliran.domain.schedule import SEPARATOR, TEAM_SIGN, Schedule
from giliran.rules.view import View
from giliran.text import csv_cells

_PEOPLE = 1 << 14
"""People whose rows are written at once."""

Codes = NDArray[np.int64]


class Told(NamedTuple):
    """What a row says besides the person.

    Parameters
    ----------
    date
        ISO date.
    place
        Word of the place.
    duty
        Duty rules that name the person that day; None if the schedule names nobody for any duty.
    team
        Teams as `rule=number`; None if the schedule has no chosen teams.
    """

    date: str
    place: str
    duty: tuple[str, ...] | None
    team: tuple[str, ...] | None


class _Book:
    """What the rows of a schedule say, as numbers of few different things."""

    def __init__(self, facts: Facts, schedule: Schedule) -> None:
        self._dates = [day.isoformat() for day in facts.dates]
        self._place = schedule.place
        self._known = facts.has_cell & (schedule.place != Place.NONE)
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
            Place(place).word,
            self._duties[duty] if self._has_duty else None,
            self._teams[team] if self._has_team else None,
        )


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


def schedule_csv(view: View, schedule: Schedule) -> str:
    """The schedule as CSV with the columns `staff_id`, `date`, `place`, `duty` and, where teams were chosen, `team`.

    Cells that are not planned are left out. The column `duty` is left out where there are duty rules but none has named anybody, so
    that reading the file gives the same schedule. Ids that a spreadsheet would take for formulas stand behind an apostrophe.
    """
    with_duty = bool(schedule.duty) or not view.duties
    optional = {"duty": with_duty, "team": bool(schedule.team)}
    header = _csv_row(["staff_id", "date", "place", *(name for name, there in optional.items() if there)])

    def behind(told: Told) -> str:
        lists = {"duty": told.duty, "team": told.team}
        return "," + _csv_row([told.date, told.place, *(SEPARATOR.join(lists[name] or ()) for name, there in optional.items() if there)])

    return "".join([header, *_pieces(view.facts, _Book(view.facts, schedule), csv_cells, behind)])


def with_reasons(facts: Facts, rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows of `schedule_csv` with one more column, `reason`: why somebody is absent, for sheets that may tell it."""
    days = {day.isoformat(): d for d, day in enumerate(facts.dates)}
    found = [[*rows[0], "reason"]]
    for row in rows[1:]:
        code = facts.reason[facts.staff.index[row[0].removeprefix("'")], days[row[1]]] if row[2] == Place.ABSENT.word else -1
        found.append([*row, facts.absence_reasons[code] if code >= 0 else ""])
    return found


def schedule_json(facts: Facts, schedule: Schedule) -> Iterator[str]:
    """The schedule as JSON records with the keys `staff_id`, `date`, `place`, `duty` and `team`, in pieces: each record is a line.

    `duty` and `team` are left out where the schedule names nobody for any duty, or has no chosen teams.
    """

    def behind(told: Told) -> str:
        said = {name: value for name, value in told._asdict().items() if value is not None}
        return ", " + json.dumps(said, ensure_ascii=False)[1:] + "\n"

    return _pieces(facts, _Book(facts, schedule), lambda ids: [f'{{"staff_id": {id_}' for id_ in json_texts(ids)], behind)


def _pieces(facts: Facts, book: _Book, front: Callable[[Sequence[str]], Sequence[str]], behind: Callable[[Told], str]) -> Iterator[str]:
    """Rows of some people after the other: the front of the person, then what stands behind it."""
    for first in range(0, facts.num_people, _PEOPLE):
        ids = front(facts.staff.ids[first : first + _PEOPLE])
        person, told, said = book.rows(first, first + _PEOPLE)
        if len(person):
            texts = [behind(row) for row in told]
            whole = [""] * (2 * len(person))
            whole[::2] = [ids[e] for e in (person - first).tolist()]
            whole[1::2] = [texts[n] for n in said.tolist()]
            yield "".join(whole)


def json_texts(texts: Sequence[str]) -> list[str]:
    """Each text as JSON, which has no line breaks inside."""
    return json.dumps(texts, ensure_ascii=False, separators=("\n", ":"))[1:-1].split("\n") if texts else []


def _csv_row(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()

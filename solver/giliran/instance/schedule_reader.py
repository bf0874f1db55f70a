"""Rows of a schedule, from whatever file, made a schedule of an instance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import NO_TEAM, Cells, Facts
from giliran.domain.place import Place
from giliran.domain.schedule import UNPLANNED, Schedule, items_of, team_of
from giliran.domain.schedule_rows import NEEDED
from giliran.domain.words import parse_place
from giliran.errors import InputError, Problem, Where
from giliran.instance.instance import Instance
from giliran.instance.reading import refusal
from giliran.instance.schedule_columns import MAX_PROBLEMS, OPTIONAL, Columns, shortened
from giliran.lists.people import person_of
from giliran.messages import Said, Sentence, comparing, found_text, meant, unguessed
from giliran.text import Table, TextError, parse_date, parse_id, rows_of

_UNKNOWN_STAFF = Sentence(en="there is no staff id '{text}' in the instance", id="tidak ada pegawai dengan id '{text}'")
_OUTSIDE = Sentence(en="{day} is outside the horizon, {first} to {last}", id="{day} di luar periode, {first} sampai {last}")
_OTHER_DAYS = Sentence(
    en="this plan is about {first} to {last}, the instance about {start} to {end}: they have no day in common",
    id="jadwal ini tentang {first} sampai {last}, sedangkan berkas masukannya tentang {start} sampai {end}: tidak ada hari yang sama",
)
_OTHER_PEOPLE = Sentence(
    en="nobody in this plan (people {count}) is in the instance, so it is that of others",
    id="tidak satu pun dari {count} pegawai dalam jadwal ini ada dalam berkas masukan, jadi ini jadwal pihak lain",
)
_GIVE_ANOTHER = Sentence(en="Give a plan and an instance that belong together.", id="Sebutkan jadwal dan berkas masukan yang berpasangan.")
_UNKNOWN_DUTY = Sentence(en="'{text}' is not a duty rule of the instance", id="'{text}' bukan aturan piket yang berlaku di sini")
_UNKNOWN_TEAM = Sentence(
    en="'{text}' is not a rule and the number of a team, such as own/teams=2",
    id="'{text}' bukan aturan dan nomor tim, misalnya own/teams=2",
)
_DISAGREE = Sentence(
    en="{person} on {day}: this row disagrees with an earlier one ({earlier})",
    id="{person}, {day}: baris ini bertentangan dengan baris sebelumnya ({earlier})",
)
_TWO_TEAMS = Sentence(
    en="somebody in this row has another team of {text} elsewhere",
    id="pegawai di baris ini berada dalam tim {text} yang lain di baris lain",
)
_NO_ROWS = Sentence(
    en="found {found}; expected the rows of a schedule: a list of them, a mapping of columns, or a frame",
    id="ditemukan {found}; yang diharapkan baris-baris jadwal: daftar baris, kumpulan kolom, atau data frame",
)

_LEFT_OUT = len(Place)
"""Stands for the place of a cell that is left out on purpose."""

Codes = NDArray[np.int64]
F = TypeVar("F")


class ScheduleReader:
    """Turns rows into a schedule, a column at a time: each different text is looked at once, where it first stands.

    Of each column the first problems are kept, and `more` counts the others.
    """

    def __init__(self, instance: Instance) -> None:
        self.problems: list[Problem] = []
        self.more: int = 0
        self._strangers: set[str] = set()
        self._outside: set[dt.date] = set()
        self._view = instance.view
        self._facts: Facts = instance.facts
        self._days = {day: d for d, day in enumerate(self._facts.dates)}

    def schedule(self, rows: Columns, left_out: Columns | None = None) -> Schedule:
        """The schedule of some rows, and of those of cells left out of it on purpose; meaningless if there are problems."""
        out = np.zeros(self._facts.num_people * self._facts.num_days, dtype=np.bool_)
        if left_out is not None:
            cell = self._cells(left_out)
            out[cell[cell >= 0]] = True
        places = np.zeros(self._facts.num_people * self._facts.num_days, dtype=np.int8)
        duty, team = {}, {}
        if len(rows):
            cell = self._cells(rows)
            place = self._codes(rows, "place", self._place)
            known = (cell >= 0) & (place >= 0)
            placed = known & (place != _LEFT_OUT)
            places[cell[placed]] = place[placed]
            out[cell[known & ~placed]] = True
            self._check_agreement(rows, cell, place)
            duty, team = self._duty(rows, cell), self._team(rows, cell)
        unplanned = out.reshape(self._facts.shape) & self._facts.present
        return Schedule(places.reshape(self._facts.shape), duty, team, unplanned)

    def _cells(self, columns: Columns) -> Codes:
        """Number of the cell of each row, -1 where it is not known."""
        person = self._codes(columns, "staff_id", self._person)
        if len(self._strangers) > 1 and not (person >= 0).any():
            self._instead(columns, _UNKNOWN_STAFF, _OTHER_PEOPLE(count=len(self._strangers)), 0)
        more = self.more
        day = self._codes(columns, "date", self._day)
        if self._outside and not (day >= 0).any():
            start, end = self._facts.dates[0], self._facts.dates[-1]
            self._instead(columns, _OUTSIDE, _OTHER_DAYS(first=min(self._outside), last=max(self._outside), start=start, end=end), more)
        return np.where((person >= 0) & (day >= 0), person * self._facts.num_days + day, -1)

    def _instead(self, columns: Columns, sentence: Sentence, said: Said, more: int) -> None:
        """One problem of a whole file in place of all those of one sort, before which so many more were counted."""
        others = [problem for problem in self.problems if problem.said.sentence is not sentence]
        count = len(self.problems) - len(others) + self.more - more
        self.problems, self.more = [Problem(Where(columns.where(0, "").file), said, _GIVE_ANOTHER(), count), *others], more

    def _codes(self, columns: Columns, name: str, read: Callable[[str], int]) -> Codes:
        """What each cell of a column means, -1 where it means nothing: that is told for its first row."""
        texts, number = columns.runs(name)
        meaning: dict[str, int] = {}
        refused: list[int] = []
        with unguessed():
            for run, text in enumerate(texts):
                if text not in meaning:
                    try:
                        meaning[text] = read(text)
                    except TextError:
                        meaning[text] = -1
                        refused.append(run)

        def problem(run: int) -> Problem:
            return refusal(read, texts[run]).problem(columns.where(int(np.searchsorted(number, run)), name))

        self._each(refused, problem)
        return np.fromiter(map(meaning.__getitem__, texts), dtype=np.int64, count=len(texts))[number]

    def _person(self, text: str) -> int:
        staff = self._facts.staff
        found = next((e for form in (text, text.removeprefix("'")) if (e := person_of(form, staff)) is not None), None)
        if found is None:
            id_ = parse_id(text)
            self._strangers.add(id_)
            raise TextError(_UNKNOWN_STAFF(text=id_), meant(id_, staff.index))
        return found

    def _place(self, text: str) -> int:
        return _LEFT_OUT if text.strip().casefold() == UNPLANNED else int(parse_place(text))

    def _day(self, text: str) -> int:
        day = parse_date(text)
        if day not in self._days:
            self._outside.add(day)
            raise TextError(_OUTSIDE(day=day, first=self._facts.dates[0], last=self._facts.dates[-1]))
        return self._days[day]

    def _check_agreement(self, columns: Columns, cell: Codes, place: Codes) -> None:
        """Two rows about one person and day say the same."""
        order = np.argsort(cell, kind="stable")
        twice = np.flatnonzero((np.diff(cell[order]) == 0) & (cell[order][1:] >= 0))
        others = [columns.numbered(name).number for name in OPTIONAL if name in columns.called] if len(twice) else []
        before, row = order[twice], order[twice + 1]
        columns_of: list[NDArray[Any]] = [place, *others]
        differ = np.logical_or.reduce([column[before] != column[row] for column in columns_of])
        first = dict(zip(row[differ].tolist(), before[differ].tolist(), strict=True))

        def problem(row: int) -> Problem:
            e, d = divmod(int(cell[row]), self._facts.num_days)
            earlier = str(columns.where(first[row], ""))
            said = _DISAGREE(person=self._facts.staff.label(e), day=self._facts.dates[d], earlier=earlier)
            return Problem(columns.where(row, ""), said)

        self._each(sorted(first), problem)

    def _duty(self, columns: Columns, cell: Codes) -> dict[str, Cells]:
        """Who is named; where there is a column, a duty rule that nobody is named for names nobody."""
        if "duty" not in columns.called:
            return {}
        rules = [duty.rule for duty in self._view.duties]
        named = {rule: np.zeros(self._facts.num_people * self._facts.num_days, dtype=np.bool_) for rule in rules}
        strange: list[tuple[int, str]] = []
        for text, rows in rows_of(columns.numbered("duty")):
            cells = cell[rows]
            for rule in items_of(text):
                if rule in named:
                    named[rule][cells[cells >= 0]] = True
                else:
                    strange.append((int(rows[0]), rule))

        def problem(found: tuple[int, str]) -> Problem:
            return Problem(columns.where(found[0], "duty"), _UNKNOWN_DUTY(text=found[1]), meant(found[1], rules))

        self._each(strange, problem)
        return {rule: cells.reshape(self._facts.shape) for rule, cells in named.items()}

    def _team(self, columns: Columns, cell: Codes) -> dict[str, NDArray[np.int16]]:
        """Chosen teams, by rule."""
        teams: dict[str, NDArray[np.int16]] = {}
        wrong: list[tuple[int, Sentence, str]] = []
        for text, rows in rows_of(columns.numbered("team")):
            cells = cell[rows]
            people = cells[cells >= 0] // self._facts.num_days
            for item in items_of(text):
                known = team_of(item)
                if known is None or known[0] not in self._view.by_id:
                    wrong.append((int(rows[0]), _UNKNOWN_TEAM, item))
                    continue
                rule, number = known
                team = teams.setdefault(rule, np.full(self._facts.num_people, NO_TEAM, dtype=np.int16))
                if ((team[people] != NO_TEAM) & (team[people] != number)).any():
                    wrong.append((int(rows[0]), _TWO_TEAMS, rule))
                team[people] = number
        self._each(wrong, lambda found: Problem(columns.where(found[0], "team"), found[1](text=found[2])))
        return teams

    def _each(self, found: Sequence[F], problem: Callable[[F], Problem]) -> None:
        """The problems of one column, in the order of its rows; those that are never told are not made."""
        self.problems += [problem(one) for one in found[:MAX_PROBLEMS]]
        self.more += max(len(found) - MAX_PROBLEMS, 0)


def schedule_from(instance: Instance, given: object) -> Schedule:
    """The schedule that the rows, columns or frame of a program say.

    Raises
    ------
    InputError
        With all problems.
    """
    table = given if isinstance(given, Table) else Table.given(given, "rows")
    if table is None:
        raise InputError([Problem(Where(field="rows"), _NO_ROWS(found=found_text(given)))])
    with comparing():
        columns = Columns.of(table, table.where, NEEDED) if len(table) else Columns(None, {}, table.where)
        reader = ScheduleReader(instance)
        schedule = reader.schedule(columns)
        if reader.problems:
            raise InputError(shortened(reader.problems, reader.more))
    return schedule

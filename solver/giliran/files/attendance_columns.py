"""Shapes of attendance lists: a row per person and day, or a row per person and a column per day, which is made the first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from giliran.domain.facts import Facts
from giliran.domain.schedule_rows import NEEDED
from giliran.domain.words import Kind, is_of_attendance, simple, spellings
from giliran.errors import InputError, Problem, Where
from giliran.files.attendance_people import Who, identified
from giliran.instance.rows import PRINTED
from giliran.instance.schedule_columns import Columns, Placing
from giliran.lists.people import person_of
from giliran.text import Table, day_headings
from giliran.text.day_headings import DayHeadings

_PERSON, _DATE, _PLACE = NEEDED
_SUMS = frozenset({"jumlah", "jml", "total", "rekap", "persen", "persentase"})
"""First words of columns that add up the days of a row; those called after a place or a reason do so too."""


@cache
def _printed() -> frozenset[str]:
    """Names of columns that stand there for readers."""
    return frozenset(word for name in PRINTED for word in spellings(Kind.COLUMN, name))


class AttendanceShape:
    """Makes columns of an attendance list.

    Parameters
    ----------
    facts
        Who is looked for, and the days that a number may mean.
    who
        Who is known by NIP, id or name; the people of the facts when None.

    Attributes
    ----------
    problems
        Headings that mean nothing.
    read_as
        First and last of days that headings gave by number alone; None where none did.
    """

    def __init__(self, facts: Facts, who: Who | None = None) -> None:
        self.who: Who = who or Who.of(facts.staff)
        self.problems: list[Problem] = []
        self.read_as: tuple[dt.date, dt.date] | None = None
        self._staff, self._first, self._last = facts.staff, facts.dates[0], facts.dates[-1]

    def __call__(self, table: Table, where: Placing, needed: Sequence[str]) -> Columns:
        """Person, date and place of every row; raises `InputError` for columns that are missing."""
        table = identified(table, self.who)
        person = self._people(table)
        dated = any(word in table.columns for word in spellings(Kind.COLUMN, _DATE))
        days = None if dated else self._headings(table, person)
        if days is None:
            return Columns.of(table, where, needed, {_PERSON: person} if person else None)
        self.problems += [*self._strange(table, person, days), *_refused(table, days)]
        if person is None:
            raise InputError([*table.missing([_PERSON]), *self.problems])
        if numbered := [days.dates[name] for name in days.numbered if name in days.dates]:
            self.read_as = min(numbered), max(numbered)
        return _unfolded(table, person, days.dates, where)

    def _people(self, table: Table) -> str | None:
        """The column that says who: the first that knows anybody of those whose names fit."""
        names = dict.fromkeys(word for kind in (_PERSON, "nip") for word in spellings(Kind.COLUMN, kind))
        fit = [name for name in names if name in table.columns]
        return next((name for name in fit if any(map(self._is_known, table.numbered(name).texts))), fit[0] if fit else None)

    def _is_known(self, text: str) -> bool:
        return person_of(text, self._staff) is not None

    def _headings(self, table: Table, person: str | None) -> DayHeadings | None:
        """Headings that are days; None where there is none. Columns without a single cell say nothing, whatever they are called."""
        free = [name for name in table.columns if name != person and name not in _printed()]
        if not day_headings(free, self._first, self._last).any:
            return None
        return day_headings([name for name in free if any(table.numbered(name).texts)], self._first, self._last)

    def _strange(self, table: Table, person: str | None, days: DayHeadings) -> list[Problem]:
        """Problems of columns that are nothing known: neither of a person, nor a day, nor a sum of days."""
        filled = [name for name in table.columns if any(table.numbered(name).texts)]
        empty = {*table.columns} - {*filled}
        read = {person or "", *_printed(), *spellings(Kind.COLUMN, _PERSON), *days.any}
        return table.unknown([_PERSON, *PRINTED], also=[*read, *empty, *filter(adds_up, filled)])


def adds_up(heading: str) -> bool:
    """Whether a column adds up the days of a row: it is called a sum, or after a place or a reason."""
    return simple(heading).split("_")[0] in _SUMS or is_of_attendance(heading)


def _refused(table: Table, days: DayHeadings) -> Iterator[Problem]:
    for heading in filter(days.refused.__contains__, table.columns):
        yield days.refused[heading].problem(Where(table.file, field=heading))


def _unfolded(table: Table, person: str, dates: Mapping[str, dt.date], where: Placing) -> Columns:
    """The same as rows of one person and day; rows without an id that say nothing, such as names of units, are left out."""
    texts = [table.column(name) for name in dates]
    kept = [row for row, id_ in enumerate(table.column(person)) if id_ or any(column[row] for column in texts)]
    long = table.picked(kept).unfolded(person, {name: day.isoformat() for name, day in dates.items()}, NEEDED)
    headings = [*dates]

    def place(row: int, name: str) -> Where:
        at, column = divmod(row, len(headings))
        return where(kept[at], person if name == _PERSON else headings[column])

    return Columns(long, {name: name for name in NEEDED}, place)

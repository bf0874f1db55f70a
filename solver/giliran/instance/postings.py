"""What holds of a person over a range of days: unit, rank, status and the like, as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from giliran.domain.calendar import Calendar
from giliran.domain.facts import Coded, Postings
from giliran.domain.units import NO_UNIT, Units
from giliran.domain.words import Kind, canonical, parse_answer, rank_of_echelon
from giliran.errors import Problem
from giliran.instance.days import EVERY_WEEKDAY, parse_workdays
from giliran.instance.reading import MOST_ALIKE, Rows, Values, items, unknown_word
from giliran.instance.unit_tree import COLUMN_LEVELS
from giliran.messages import Sentence

T = TypeVar("T")

_ECHELON = "eselon"

_NO_UNIT_GIVEN = Sentence(en="no unit is given", id="unit kerja belum diisi")
_NO_UNITS_GIVEN = Sentence(
    en="no row of the staff table gives a unit: the column is missing or empty",
    id="unit kerja belum diisi pada semua baris: kolomnya tidak ada atau kosong",
)
_FILL_WIDEST = Sentence(
    en="Who belongs to no narrower unit, such as the head, still needs the widest: fill the column opd for everybody.",
    id="Pegawai tanpa unit kerja yang lebih kecil, misalnya kepala dinas, tetap perlu unit kerja terluas: isi kolom opd bagi semua "
    "pegawai.",
)
_NOT_A_UNIT = Sentence(en="there is no unit '{unit}'", id="tidak ada unit kerja '{unit}'")
_NO_CALENDAR = Sentence(en="there is no calendar '{name}'", id="tidak ada kalender '{name}'")
_MORE_UNITS = Sentence(
    en="and {count} more {count:row|rows} without a known unit",
    id="dan {count} baris lain tanpa unit kerja yang dikenal",
)


def coded(column: Values[str]) -> Coded:
    """A column of words as codes; empty texts are missing, and words that no row has are left out."""
    used = {column.known[k] for k in np.unique(column.number).tolist()}
    known = tuple(sorted(word for word in used if word))
    code = {word: k for k, word in enumerate(known)}
    meant = np.array([code.get(word, -1) for word in column.known], dtype=np.int32)
    return Coded(known, meant[column.number])


@dataclass(frozen=True)
class RawPostings:
    """Columns of postings as a table gives them.

    Parameters
    ----------
    unit, also
        Indices of units, `NO_UNIT` where none is named : int32[rows].
    words
        Rank, status, function, calendar and team; empty where nothing is said.
    head
        `None` where nothing is said.
    tags
        Empty where nothing is said.
    workdays
        Masks of weekdays, 0 where nothing is said.
    """

    unit: NDArray[np.int32]
    also: NDArray[np.int32]
    words: dict[str, Values[str]]
    head: Values[bool | None]
    tags: Values[frozenset[str]]
    workdays: Values[int]

    def taken(self, rows: NDArray[np.int64]) -> RawPostings:
        """Some of the rows."""
        if len(rows) == len(self.unit):
            return self
        return RawPostings(
            unit=self.unit[rows],
            also=self.also[rows],
            words={name: _taken(column, rows) for name, column in self.words.items()},
            head=_taken(self.head, rows),
            tags=_taken(self.tags, rows),
            workdays=_taken(self.workdays, rows),
        )

    def changed(self, change: RawPostings, rows: Sequence[int], before: Sequence[int]) -> RawPostings:
        """These rows, and after them one for each change: what it says, and the rest as in the row `before` it.

        Parameters
        ----------
        change
            A table of changes.
        rows
            Its rows, in the order in which they are put here.
        before
            For each of them a row of the result that stands earlier.
        """
        if not rows:
            return self
        unit, also = (np.concatenate([mine, theirs[[*rows]]]) for mine, theirs in ((self.unit, change.unit), (self.also, change.also)))
        for whole in (unit, also):
            _fill(whole, whole == NO_UNIT, len(self.unit), before)
        return RawPostings(
            unit=unit,
            also=also,
            words={name: _changed(column, change.words[name], rows, before) for name, column in self.words.items()},
            head=_changed(self.head, change.head, rows, before),
            tags=_changed(self.tags, change.tags, rows, before),
            workdays=_changed(self.workdays, change.workdays, rows, before),
        )

    def postings(self, person: NDArray[np.int32], units: Units) -> Postings:
        """As arrays; who has no calendar has that of the unit."""
        tags = self.tags.known
        return Postings(
            person=person,
            unit=self.unit,
            also=self.also,
            rank=coded(self.words["rank"]),
            status=coded(self.words["status"]),
            function=coded(self.words["function"]),
            calendar=coded(self._calendars(units)),
            team=coded(self.words["team"]),
            head=np.array([bool(head) for head in self.head.known], dtype=np.bool_)[self.head.number],
            tags=tuple([tags[k] for k in self.tags.number.tolist()]),
            workdays=np.array([days or EVERY_WEEKDAY for days in self.workdays.known], dtype=np.int16)[self.workdays.number],
        )

    def _calendars(self, units: Units) -> Values[str]:
        own = self.words["calendar"]
        given = np.array([bool(name) for name in own.known], dtype=np.bool_)[own.number]
        of_unit = units.calendar.number[self.unit] + np.int32(len(own.known))
        return Values([*own.known, *units.calendar.known], np.where(given, own.number, of_unit))


def _taken(column: Values[T], rows: NDArray[np.int64]) -> Values[T]:
    return Values(column.known, column.number[rows])


def _changed(column: Values[T], change: Values[T], rows: Sequence[int], before: Sequence[int]) -> Values[T]:
    """A column with what changes say of it; they say nothing where their value is the empty one, which is false but for `head`."""
    whole = np.concatenate([column.number, change.number[[*rows]] + np.int32(len(column.known))])
    silent = np.array([False] * len(column.known) + [value is None or (value is not False and not value) for value in change.known])
    _fill(whole, silent[whole], len(column.number), before)
    return Values([*column.known, *change.known], whole)


def _fill(whole: NDArray[np.int32], silent: NDArray[np.bool_], start: int, before: Sequence[int]) -> None:
    """Copy into rows from `start` on that say nothing what the row before each says."""
    for k, row in enumerate(before, start):
        if silent[k]:
            whole[k] = whole[row]


def read_postings(rows: Rows, unit_ids: Values[str], units: Units, calendars: Mapping[str, Calendar], *, required: bool) -> RawPostings:
    """What every row of a table says of a person.

    Parameters
    ----------
    unit_ids
        Ids of the units that the rows name.
    required
        Whether every row has to name a unit. Where it does not, the first unit stands in and the problem is told.
    """
    words = {
        "rank": rows.values("rank", rank_of_echelon if rows.called("rank").startswith(_ECHELON) else _rank, ""),
        "status": rows.values("status", lambda text: canonical(Kind.STATUS, text), ""),
        "function": rows.values("function", lambda text: canonical(Kind.FUNCTION, text), ""),
        "calendar": _calendars(rows, calendars),
        "team": rows.keys("team"),
    }
    nothing: bool | None = None
    return RawPostings(
        unit=_units(rows, "unit", unit_ids, units, required=required),
        also=_units(rows, "also", rows.keys("also"), units, required=False),
        words=words,
        head=rows.values("head", parse_answer, nothing),
        tags=rows.values("tags", lambda text: frozenset(items(text)), frozenset()),
        workdays=rows.values("workdays", parse_workdays, 0),
    )


def _by_columns(rows: Rows) -> bool:
    return not rows.has("unit") and any(rows.has(level) for level in COLUMN_LEVELS)


def _rank(text: str) -> str:
    return canonical(Kind.RANK, text)


def _calendars(rows: Rows, calendars: Mapping[str, Calendar]) -> Values[str]:
    names, number = rows.numbered("calendar")
    strange = np.array([bool(name) and name not in calendars for name in names], dtype=np.bool_)

    def told(row: int) -> Problem:
        name = names[number[row]]
        return unknown_word(rows.where(row, "calendar"), _NO_CALENDAR(name=name), name, calendars)

    rows.each(np.flatnonzero(strange[number]), told)
    return Values([name if name in calendars else "" for name in names], number)


def _units(rows: Rows, column: str, ids: Values[str], units: Units, *, required: bool) -> NDArray[np.int32]:
    """Index of the unit of each row; those that no unit has are told : int32[rows]."""
    index = units.index
    found = np.fromiter((index.get(id_, NO_UNIT) for id_ in ids.known), dtype=np.int32, count=len(ids.known))
    wrong = found == NO_UNIT
    if not required:
        wrong &= np.array([bool(id_) for id_ in ids.known], dtype=np.bool_)
    lost = np.flatnonzero(wrong[ids.number]) if wrong.any() else wrong[:0]
    told = _untold(rows, column, ids, lost)
    if rows.table is not None and len(told) == len(rows) > 1 and not any(ids.known):
        rows.problems.add(rows.table.where(), _NO_UNITS_GIVEN(), count=len(told))
        told = []
    for row in told[:MOST_ALIKE]:
        where, name = rows.where(row, column), ids.known[ids.number[row]]
        if name:
            rows.problems.extend([unknown_word(where, _NOT_A_UNIT(unit=name), name, units.index)])
        else:
            rows.problems.add(where, _NO_UNIT_GIVEN(), _FILL_WIDEST() if _by_columns(rows) else None)
    if len(told) > MOST_ALIKE and rows.table is not None:
        rows.problems.add(rows.table.where(), _MORE_UNITS(count=len(told) - MOST_ALIKE), count=len(told) - MOST_ALIKE)
    of_row = found[ids.number]
    if required:
        of_row[lost] = 0
    return of_row


def _untold(rows: Rows, column: str, ids: Values[str], lost: NDArray[np.int64]) -> list[int]:
    """Rows without a known unit, but for those whose cells were refused and are told already."""
    if not len(lost):
        return []
    filled = np.logical_or.reduce([rows.filled(name) for name in (column, *COLUMN_LEVELS)])
    named = np.array([bool(id_) for id_ in ids.known], dtype=np.bool_)[ids.number]
    return [int(row) for row in lost[named[lost] | ~filled[lost]]]

"""What holds of a person over a range of days: unit, rank, status and the like, as columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from giliran.domain.calendar import Calendar
from giliran.domain.facts import Coded, Postings
from giliran.domain.units import NO_UNIT, Units
from giliran.domain.words import Kind, canonical, parse_answer, simple
from giliran.instance.days import EVERY_WEEKDAY, parse_workdays
from giliran.instance.tables import MOST_ALIKE, Rows, items, unknown_word
from giliran.instance.units import COLUMN_LEVELS
from giliran.messages import Sentence

_ECHELON = "eselon"
_BARE_ECHELON = re.compile(r"(i{1,3}|iv|[1-4])_?[ab]?")
_ROMAN = {"1": "i", "2": "ii", "3": "iii", "4": "iv"}

_NO_UNIT_GIVEN = Sentence(en="no unit is given", id="unit belum diisi")
_FILL_WIDEST = Sentence(
    en="Who belongs to no narrower unit, such as the head, still needs the widest: fill the column opd for everybody.",
    id="Pegawai tanpa unit yang lebih kecil, misalnya kepala dinas, tetap perlu unit terluas: isi kolom opd bagi semua pegawai.",
)
_NOT_A_UNIT = Sentence(en="there is no unit '{unit}'", id="tidak ada unit '{unit}'")
_NO_CALENDAR = Sentence(en="there is no calendar '{name}'", id="tidak ada kalender '{name}'")
_MORE_UNITS = Sentence(en="and {count} more rows without a known unit", id="dan {count} baris lain tanpa unit yang dikenal")


def coded(column: Sequence[str]) -> Coded:
    """A column of words as codes; empty texts are missing."""
    known = tuple(sorted({word for word in column if word}))
    code = {word: k for k, word in enumerate(known)}
    code[""] = -1
    return Coded(known, np.fromiter((code[word] for word in column), dtype=np.int32, count=len(column)))


@dataclass
class RawPostings:
    """Columns of postings while they grow; an empty cell says nothing (`None` in `head`, 0 in `workdays`)."""

    unit: list[int]
    also: list[int]
    words: dict[str, list[str]]
    head: list[bool | None]
    tags: list[frozenset[str]]
    workdays: list[int]

    def taken(self, rows: Sequence[int]) -> RawPostings:
        """Some of the rows."""
        if len(rows) == len(self.unit):
            return self
        return RawPostings(
            unit=[self.unit[row] for row in rows],
            also=[self.also[row] for row in rows],
            words={name: [column[row] for row in rows] for name, column in self.words.items()},
            head=[self.head[row] for row in rows],
            tags=[self.tags[row] for row in rows],
            workdays=[self.workdays[row] for row in rows],
        )

    def append(self, change: RawPostings, row: int, base: int) -> int:
        """Copy row `base` with what row `row` of a table of changes says; returns the index of the copy."""
        self.unit.append(change.unit[row] if change.unit[row] != NO_UNIT else self.unit[base])
        self.also.append(change.also[row] if change.also[row] != NO_UNIT else self.also[base])
        for name, column in self.words.items():
            column.append(change.words[name][row] or column[base])
        self.head.append(self.head[base] if change.head[row] is None else change.head[row])
        self.tags.append(change.tags[row] or self.tags[base])
        self.workdays.append(change.workdays[row] or self.workdays[base])
        return len(self.unit) - 1

    def postings(self, person: Sequence[int], units: Units) -> Postings:
        """As arrays; who has no calendar has that of the unit."""
        own = self.words["calendar"]
        calendars = [own[row] or units[unit].calendar for row, unit in enumerate(self.unit)]
        return Postings(
            person=np.array(person, dtype=np.int32),
            unit=np.array(self.unit, dtype=np.int32),
            also=np.array(self.also, dtype=np.int32),
            rank=coded(self.words["rank"]),
            status=coded(self.words["status"]),
            function=coded(self.words["function"]),
            calendar=coded(calendars),
            team=coded(self.words["team"]),
            head=np.array([bool(head) for head in self.head], dtype=np.bool_),
            tags=tuple(self.tags),
            workdays=np.array([days or EVERY_WEEKDAY for days in self.workdays], dtype=np.int16),
        )


def read_postings(rows: Rows, unit_ids: Sequence[str], units: Units, calendars: Mapping[str, Calendar], *, required: bool) -> RawPostings:
    """What every row of a table says of a person.

    Parameters
    ----------
    unit_ids
        Ids of the units that the rows name.
    required
        Whether every row has to name a unit. Where it does not, the first unit stands in and the problem is told.
    """
    words = {
        "rank": rows.read("rank", _echelon if rows.called("rank").startswith(_ECHELON) else _rank, ""),
        "status": rows.read("status", lambda text: canonical(Kind.STATUS, text), ""),
        "function": rows.read("function", lambda text: canonical(Kind.FUNCTION, text), ""),
        "calendar": _calendars(rows, calendars),
        "team": rows.text("team")[:],
    }
    nothing: bool | None = None
    return RawPostings(
        unit=_units(rows, "unit", unit_ids, units, required=required),
        also=_units(rows, "also", rows.text("also"), units, required=False),
        words=words,
        head=rows.read("head", parse_answer, nothing),
        tags=rows.read("tags", lambda text: frozenset(items(text)), frozenset()),
        workdays=rows.read("workdays", parse_workdays, 0),
    )


def _by_columns(rows: Rows) -> bool:
    return not rows.has("unit") and any(rows.has(level) for level in COLUMN_LEVELS)


def _rank(text: str) -> str:
    return canonical(Kind.RANK, text)


def _echelon(text: str) -> str:
    """The rank of an echelon as lists write it under that heading: "III.a", "IIIa", "3"."""
    found = _BARE_ECHELON.fullmatch(simple(text))
    return _rank(f"{_ECHELON}_{_ROMAN.get(found[1], found[1])}" if found else text)


def _calendars(rows: Rows, calendars: Mapping[str, Calendar]) -> list[str]:
    column = rows.text("calendar")[:]
    for row, name in enumerate(column):
        if name and name not in calendars:
            rows.problems.extend([unknown_word(rows.where(row, "calendar"), _NO_CALENDAR(name=name), name, calendars)])
            column[row] = ""
    return column


def _units(rows: Rows, column: str, ids: Sequence[str], units: Units, *, required: bool) -> list[int]:
    found = [units.index.get(id_, NO_UNIT) for id_ in ids]
    lost = [row for row, unit in enumerate(found) if unit == NO_UNIT and (required or ids[row])]
    for row in lost[:MOST_ALIKE]:
        where, name = rows.where(row, column), ids[row]
        if name:
            rows.problems.extend([unknown_word(where, _NOT_A_UNIT(unit=name), name, units.index)])
        else:
            rows.problems.add(where, _NO_UNIT_GIVEN(), _FILL_WIDEST() if _by_columns(rows) else None)
    if len(lost) > MOST_ALIKE and rows.table is not None:
        rows.problems.add(rows.table.where(), _MORE_UNITS(count=len(lost) - MOST_ALIKE))
    if required:
        for row in lost:
            found[row] = 0
    return found

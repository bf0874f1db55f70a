"""Wishes and pins: places asked for, and places fixed by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells, Staff, Wishes
from giliran.domain.place import DayKind, Place
from giliran.domain.schedule import items_of
from giliran.domain.words import parse_place, parse_weekday
from giliran.errors import Problem, Problems, Where
from giliran.instance.by_rule import ByRule
from giliran.instance.days import parse_weight
from giliran.instance.reading import Rows, Values
from giliran.instance.rows import PinRow, WishRow
from giliran.messages import Said, Sentence, plain
from giliran.text import Table, parse_date

Ints = NDArray[np.int64]
NO_WEEKDAY = -1

_ONE_DAY = Sentence(en="give either a date or a weekday", id="isi salah satu: tanggal atau nama hari")
_OUTSIDE = Sentence(en="{day} is outside the horizon, {first} to {last}", id="{day} di luar periode, {first} sampai {last}")
_NO_DATE = Sentence(en="the date is missing", id="tanggal belum diisi")
_NO_PLACE = Sentence(en="the place is missing: office or home", id="tempat belum diisi: office (WFO) atau home (WFH)")
_NOT_ABSENT = Sentence(en="'absent' cannot be asked for here", id="'absent' tidak dapat diminta di sini")
_AS_ABSENCE = Sentence(en="Write it in the table `absences`.", id="Tuliskan dalam tabel `absences`.")
_TWO_WISHES = Sentence(
    en="{person} wishes for two places on {day}: {first} and {second}",
    id="{person} meminta dua tempat pada {day}: {first} dan {second}",
)
_TWO_PINS = Sentence(
    en="{person} is pinned to two places on {day}: {first} and {second}",
    id="{person} ditetapkan di dua tempat pada {day}: {first} dan {second}",
)
_DUTY_AT_HOME = Sentence(
    en="{person} is pinned out of the office on {day} and named for duty there",
    id="{person} ditetapkan tidak WFO pada {day}, tetapi juga ditunjuk sebagai petugas piket",
)
_DAY_OFF = Sentence(en="{person} does not work on {day}", id="{person} tidak bekerja pada {day}")
_IDLE = Sentence(
    en="wishes for days on which the person does not work, not used: {count}",
    id="permintaan untuk hari ketika pegawai tidak bekerja, tidak dipakai: {count}",
)


class Asking:
    """Reads wishes and pins against the cells that there are.

    Parameters
    ----------
    staff, dates
        Who, and the horizon.
    kind
        `DayKind` of each cell : int8[E, D].

    Attributes
    ----------
    notes
        What must be told.
    duties_at
        Where a pin first names each duty rule.
    """

    def __init__(self, staff: Staff, dates: Sequence[dt.date], kind: NDArray[np.int8], problems: Problems) -> None:
        self._staff, self._dates, self._kind, self._problems = staff, dates, kind, problems
        self._weekday = np.array([day.weekday() for day in dates], dtype=np.int64)
        self.notes: list[Said] = []
        self.duties_at: dict[str, Where] = {}

    def wishes(self, table: Table | None) -> Wishes:
        """Wishes by cell; a wish for a date outranks one for its weekday."""
        rows = Rows(table, WishRow, self._problems, ("staff_id", "place"))
        people, places = rows.people("staff_id", self._staff.index), self._places(rows)
        dates = rows.values("date", parse_date, None)
        usual = rows.values("weekday", parse_weekday, NO_WEEKDAY)
        weights = rows.values("weight", parse_weight, 1)
        wrong = np.flatnonzero(rows.filled("date") == rows.filled("weekday"))
        rows.each(wrong, lambda row: Problem(rows.where(row, "date"), _ONE_DAY()))
        on_date, date = self._dated(rows, dates)
        on_weekday, day = self._weekly(_each(usual), _each(Values([day is None for day in dates.known], dates.number)))
        columns = _Columns(people, places, _each(weights))
        dated = self._cells(rows, columns, on_date, date)
        weekly = self._cells(rows, columns, on_weekday, day)
        used = people[on_date] >= 0
        if idle := len(np.unique(on_date[used][self._kind[people[on_date[used]], date[used]] == DayKind.NONE])):
            self.notes.append(_IDLE(count=idle))
        weekly = weekly[~np.isin(weekly[:, 0], dated[:, 0])]
        return self._as_wishes(np.concatenate([dated, weekly]))

    def _weekly(self, weekday: Ints, dateless: Ints) -> tuple[Ints, Ints]:
        """Rows of wishes for a weekday alone and the days of the horizon that they mean : int64[·] each."""
        found = [np.flatnonzero((weekday == day) & (dateless != 0)) for day in self._weekday.tolist()]
        days = np.repeat(np.arange(len(found)), [len(rows) for rows in found])
        return np.concatenate(found), days

    def _cells(self, rows: Rows, columns: _Columns, row: Ints, d: Ints) -> Ints:
        """Wishes by cell, from rows and the days that they mean : int64[W, 3], cell number, place and the largest weight."""
        e, place = columns.person[row], columns.place[row]
        there = (e >= 0) & (place > 0)
        there[there] = self._kind[e[there], d[there]] != DayKind.NONE
        row, d, e, place = row[there], d[there], e[there], place[there]
        rest = np.where(self._kind[e, d] == DayKind.CALL, int(Place.OFF), int(Place.HOME))
        place = np.where(place == Place.OFFICE, place, rest)
        cell = e * len(self._dates) + d
        order = np.argsort(cell, kind="stable")
        row, cell, place = row[order], cell[order], place[order]

        def clash(k: int) -> Problem:
            spot = divmod(int(cell[k]), len(self._dates))
            return self._clash(_TWO_WISHES, rows, spot, (int(place[k]), int(place[k + 1])), int(row[k + 1]))

        rows.each(np.flatnonzero((cell[1:] == cell[:-1]) & (place[1:] != place[:-1])), clash)
        first = np.flatnonzero(np.diff(cell, prepend=-1))
        weight = np.maximum.reduceat(columns.weight[row], first) if len(first) else columns.weight[:0]
        return np.stack([cell[first], place[first], weight], axis=1)

    def _as_wishes(self, table: Ints) -> Wishes:
        table = table[np.argsort(table[:, 0], kind="stable")]
        person, day = np.divmod(table[:, 0], len(self._dates))
        return Wishes(person, day, np.ascontiguousarray(table[:, 1]), np.ascontiguousarray(table[:, 2]))

    def pins(self, table: Table | None) -> tuple[NDArray[np.int8], dict[tuple[int, int], str], dict[str, Cells]]:
        """Pinned places : int8[E, D], the reasons given, and for each duty rule the people named for it : bool[E, D].

        Whoever is pinned for duty is pinned to the office: the place need not be written. Pins of people who are away wait for them.
        """
        rows = Rows(table, PinRow, self._problems, ("staff_id", "date"))
        if rows.table is not None and rows.table.columns and not (rows.has("place") or rows.has("duty")):
            self._problems.extend(rows.table.missing(["place"]))
        people, places = rows.people("staff_id", self._staff.index), self._places(rows)
        dates, reasons, duties = rows.read("date", parse_date, None), rows.text("reason"), rows.text("duty")
        pinned = np.zeros(self._kind.shape, dtype=np.int8)
        why: dict[tuple[int, int], str] = {}
        named = ByRule(rows, "duty", lambda: np.zeros(self._kind.shape, dtype=np.bool_))
        for row, (e, place, day) in enumerate(zip(people.tolist(), places.tolist(), dates, strict=True)):
            if day is None and not rows.text("date")[row] and rows.has("date"):
                rows.each([row], lambda row: Problem(rows.where(row, "date"), _NO_DATE()))
            if day is None:
                continue
            d = (day - self._dates[0]).days
            if not 0 <= d < len(self._dates):
                rows.each([row], partial(self._outside, rows, day))
            elif e >= 0 and (place != Place.NONE or duties[row]):
                self._pin(pinned, why, rows, row, (e, d), place or int(Place.OFFICE), reasons[row])
                self._name(named, rows, row, (e, d), place, duties[row])
        return pinned, why, dict(sorted(named.arrays.items()))

    def _name(self, named: ByRule, rows: Rows, row: int, cell: tuple[int, int], place: int, duties: str) -> None:
        """The duties of a pin, on a day on which the person works or is on call."""
        if duties and place not in (Place.NONE, Place.OFFICE):
            rows.each([row], lambda row: Problem(rows.where(row, "duty"), _DUTY_AT_HOME(**self._who(cell))))
        if self._kind[cell] != DayKind.NONE:
            for rule in items_of(duties):
                if rule not in self.duties_at:
                    self.duties_at[rule] = rows.where(row, "duty")
                named.of(rule)[cell] = True

    def _pin(
        self,
        pinned: NDArray[np.int8],
        why: dict[tuple[int, int], str],
        rows: Rows,
        row: int,
        cell: tuple[int, int],
        place: int,
        reason: str,
    ) -> None:
        if self._kind[cell] == DayKind.NONE:
            rows.each([row], lambda row: Problem(rows.where(row, "date"), _DAY_OFF(**self._who(cell))))
            return
        place = self._resting(cell, place)
        if pinned[cell] not in (Place.NONE, place):
            rows.each([row], partial(self._clash, _TWO_PINS, rows, cell, (int(pinned[cell]), place)))
        pinned[cell] = place
        if reason:
            why[cell] = reason

    def _resting(self, cell: tuple[int, int], place: int) -> int:
        """A place that is not the office, as the cell's day calls it: home, or off on a call day."""
        if place == Place.OFFICE:
            return place
        return int(Place.OFF if self._kind[cell] == DayKind.CALL else Place.HOME)

    def _dated(self, rows: Rows, dates: Values[dt.date | None]) -> tuple[Ints, Ints]:
        """Rows with a date inside the horizon, and its index : int64[·] each; other dates are told."""
        size = len(self._dates)
        offset = [size if day is None else (day - self._dates[0]).days for day in dates.known]
        inside = np.array([0 <= d < size for d in offset], dtype=np.bool_)
        outside = np.array([day is not None for day in dates.known], dtype=np.bool_) & ~inside
        rows.each(np.flatnonzero(outside[dates.number]), lambda row: self._outside(rows, dates.known[dates.number[row]], row))
        found = np.flatnonzero(inside[dates.number])
        return found, _ints(offset)[dates.number[found]]

    def _outside(self, rows: Rows, day: dt.date | None, row: int) -> Problem:
        return Problem(rows.where(row, "date"), _OUTSIDE(day=day, first=self._dates[0], last=self._dates[-1]))

    def _places(self, rows: Rows) -> Ints:
        """Places of a column, `Place.NONE` where there is none; that is told, except beside a duty : int64[rows]."""
        places = _each(rows.values("place", parse_place, Place.NONE))
        empty = ~rows.filled("place") & ~rows.filled("duty") & (rows.has("place") or rows.has("duty"))

        def refused(row: int) -> Problem:
            said = (_NO_PLACE(), None) if empty[row] else (_NOT_ABSENT(), _AS_ABSENCE())
            return Problem(rows.where(row, "place"), *said)

        rows.each(np.flatnonzero((places == Place.ABSENT) | empty), refused)
        places[places == Place.ABSENT] = Place.NONE
        return places

    def _clash(self, sentence: Sentence, rows: Rows, cell: tuple[int, int], places: tuple[int, int], row: int) -> Problem:
        first, second = (Place(place).word for place in places)
        return Problem(rows.where(row), sentence(**self._who(cell), first=first, second=second))

    def _who(self, cell: tuple[int, int]) -> dict[str, object]:
        """The person and the day of a cell, as sentences name them."""
        return {"person": plain(self._staff.label(cell[0])), "day": self._dates[cell[1]]}


@dataclass(frozen=True)
class _Columns:
    """Columns of the table of wishes : int64[rows] each; person -1 and place 0 where they cannot be read."""

    person: Ints
    place: Ints
    weight: Ints


def _each(values: Values[Any]) -> Ints:
    """Numbers of a column, row by row : int64[rows]."""
    return _ints(values.known)[values.number]


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)

"""Wishes and pins: places asked for, and places fixed by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells, Staff, Wishes
from giliran.domain.place import DayKind, Place
from giliran.domain.words import parse_place, parse_weekday
from giliran.instance.days import parse_weight
from giliran.instance.rows import PinRow, WishRow
from giliran.instance.tables import Problems, Rows
from giliran.messages import Said, Sentence, plain
from giliran.text import Table, parse_date

Found = dict[tuple[int, int], tuple[int, int]]
"""Place and weight of the wish of a person (row) for a day (index)."""

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
_DAY_OFF = Sentence(en="{person} does not work on {day}", id="{person} tidak bekerja pada {day}")
_AWAY = Sentence(
    en="{person} is away on {day}; the pin there is not used",
    id="{person} tidak hadir pada {day}; penetapan pada hari itu tidak dipakai",
)
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
    absent
        bool[E, D].
    """

    def __init__(self, staff: Staff, dates: Sequence[dt.date], kind: NDArray[np.int8], absent: Cells, problems: Problems) -> None:
        self._staff, self._dates, self._kind, self._absent, self._problems = staff, dates, kind, absent, problems
        self._weekday = np.array([day.weekday() for day in dates], dtype=np.int64)
        self.notes: list[Said] = []

    def wishes(self, table: Table | None) -> Wishes:
        """Wishes by cell; a wish for a date outranks one for its weekday."""
        rows = Rows(table, WishRow, self._problems, ("staff_id", "place"))
        people, places = rows.people("staff_id", self._staff.index), self._places(rows)
        dates, weekdays = rows.read("date", parse_date, None), rows.read("weekday", parse_weekday, None)
        weights = rows.read("weight", parse_weight, 1)
        texts = (rows.text("date"), rows.text("weekday"))
        by_cell: dict[bool, Found] = {True: {}, False: {}}
        idle = 0
        for row, (e, place) in enumerate(zip(people, places, strict=True)):
            if bool(texts[0][row]) == bool(texts[1][row]):
                self._problems.add(rows.where(row, "date"), _ONE_DAY())
            day, weekday = dates[row], weekdays[row]
            days = self._dated(rows, row, day) if day else [] if weekday is None else np.flatnonzero(self._weekday == weekday).tolist()
            if e < 0 or place is None:
                continue
            for d in days:
                if self._kind[e, d] == DayKind.NONE:
                    idle += bool(day)
                else:
                    self._wish(by_cell[bool(day)], rows, row, (e, d), (int(place), weights[row]))
        if idle:
            self.notes.append(_IDLE(count=idle))
        return _as_wishes(by_cell[False] | by_cell[True])

    def _wish(self, found: Found, rows: Rows, row: int, cell: tuple[int, int], wish: tuple[int, int]) -> None:
        place, weight = self._resting(cell, wish[0]), wish[1]
        earlier = found.get(cell)
        if earlier and earlier[0] != place:
            self._clash(_TWO_WISHES, rows, row, cell, (earlier[0], place))
        found[cell] = (place, max(weight, earlier[1] if earlier else 0))

    def pins(self, table: Table | None) -> tuple[NDArray[np.int8], dict[tuple[int, int], str]]:
        """Pinned places : int8[E, D], and the reasons given."""
        rows = Rows(table, PinRow, self._problems, ("staff_id", "date", "place"))
        people, places = rows.people("staff_id", self._staff.index), self._places(rows)
        dates, reasons = rows.read("date", parse_date, None), rows.text("reason")
        pinned = np.zeros(self._kind.shape, dtype=np.int8)
        why: dict[tuple[int, int], str] = {}
        for row, (e, place, day) in enumerate(zip(people, places, dates, strict=True)):
            if day is None and not rows.text("date")[row] and rows.has("date"):
                self._problems.add(rows.where(row, "date"), _NO_DATE())
            if day is None:
                continue
            for d in self._dated(rows, row, day):
                if e >= 0 and place is not None:
                    self._pin(pinned, why, rows, row, (e, d), int(place), reasons[row])
        return pinned, why

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
        said = {"person": plain(self._staff.label(cell[0])), "day": self._dates[cell[1]]}
        if self._kind[cell] == DayKind.NONE:
            self._problems.add(rows.where(row, "date"), _DAY_OFF(**said))
            return
        if self._absent[cell]:
            self.notes.append(_AWAY(**said))
            return
        place = self._resting(cell, place)
        if pinned[cell] not in (Place.NONE, place):
            self._clash(_TWO_PINS, rows, row, cell, (int(pinned[cell]), place))
        pinned[cell] = place
        if reason:
            why[cell] = reason

    def _resting(self, cell: tuple[int, int], place: int) -> int:
        """A place that is not the office, as the cell's day calls it: home, or off on a call day."""
        if place == Place.OFFICE:
            return place
        return int(Place.OFF if self._kind[cell] == DayKind.CALL else Place.HOME)

    def _dated(self, rows: Rows, row: int, day: dt.date) -> list[int]:
        d = (day - self._dates[0]).days
        if 0 <= d < len(self._dates):
            return [d]
        self._problems.add(rows.where(row, "date"), _OUTSIDE(day=day, first=self._dates[0], last=self._dates[-1]))
        return []

    def _places(self, rows: Rows) -> list[Place | None]:
        places: list[Place | None] = rows.read("place", parse_place, None)
        for row, place in enumerate(places):
            if place is Place.ABSENT:
                self._problems.add(rows.where(row, "place"), _NOT_ABSENT(), _AS_ABSENCE())
                places[row] = None
            elif place is None and rows.has("place") and not rows.text("place")[row]:
                self._problems.add(rows.where(row, "place"), _NO_PLACE())
        return places

    def _clash(self, sentence: Sentence, rows: Rows, row: int, cell: tuple[int, int], places: tuple[int, int]) -> None:
        first, second = (Place(place).word for place in places)
        person = plain(self._staff.label(cell[0]))
        self._problems.add(rows.where(row), sentence(person=person, day=self._dates[cell[1]], first=first, second=second))


def _as_wishes(found: Found) -> Wishes:
    table = np.array([(*cell, *wish) for cell, wish in sorted(found.items())], dtype=np.int64).reshape(-1, 4)
    return Wishes(*(np.ascontiguousarray(table[:, k]) for k in range(4)))

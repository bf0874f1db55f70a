"""What was before: the published plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from giliran.domain.calendar import date_range
from giliran.domain.facts import NO_TEAM, Cells, Staff
from giliran.domain.place import DayKind, Place
from giliran.domain.schedule import Schedule, items_of, team_of
from giliran.domain.schedule_rows import NEEDED
from giliran.domain.words import parse_place
from giliran.errors import Problem, Problems
from giliran.instance.by_rule import ByRule
from giliran.instance.reading import MOST_ALIKE, Rows
from giliran.instance.rows import PRINTED, PlanRow
from giliran.messages import Said, Sentence, nearest, plain
from giliran.text import Table, parse_date, rows_of

MOST_PAST_DAYS = 366
"""Days before the horizon that a published plan may reach back; earlier rows are not used."""

_DISAGREE = Sentence(
    en="{person} is given two places on {day}: {first} on line {line}, and {second}",
    id="{person} diberi dua tempat pada {day}: {first} pada baris {line}, dan {second}",
)
_UNKNOWN_TEAM = Sentence(
    en="'{text}' is not a rule and the number of a team, such as own/teams=2",
    id="'{text}' bukan aturan dan nomor tim, misalnya own/teams=2",
)
_GONE = Sentence(
    en="people of the published plan who are not in the staff table, left out: {count} ({ids})",
    id="pegawai dalam jadwal terbit yang tidak ada dalam tabel pegawai, dilewati: {count} ({ids})",
)
_NOBODY = Sentence(
    en="nobody in the published plan (people {count}: {ids}) is in the staff table, so it is that of others, and nothing of it counts",
    id="tidak satu pun dari {count} pegawai dalam jadwal terbit ({ids}) ada dalam tabel pegawai, jadi itu jadwal pihak lain dan tidak "
    "dipakai sama sekali",
)
_LIKE = Sentence(en="{id}, perhaps {near}", id="{id}, mungkin {near}")
_OTHER_DAYS = Sentence(
    en="the published plan is about other days, {first} to {last}: nothing in it is about {start} to {end}",
    id="jadwal terbit itu tentang hari lain, {first} sampai {last}: tidak ada isinya tentang {start} sampai {end}",
)
_FROZEN_BEFORE = Sentence(
    en="`frozen_to` of the published plan, {day}, is before the horizon, so that nothing is frozen",
    id="`frozen_to` pada jadwal terbit, {day}, mendahului periode ini, jadi tidak ada hari yang dibekukan",
)
_FROZEN_AFTER = Sentence(
    en="`frozen_to` of the published plan, {day}, is after the horizon, so that whatever the plan says of it is frozen",
    id="`frozen_to` pada jadwal terbit, {day}, melewati periode ini, jadi seluruh isi jadwal itu pada periode ini dibekukan",
)
FREEZING = (_FROZEN_BEFORE, _FROZEN_AFTER)
"""What is told about the last day that may not change; a plan that is published later has another."""
_MOST_NAMED = 5
_MOST_GAP = dt.timedelta(days=7)
"""Days between an earlier plan and the horizon, from which on rules that look back see nothing of it that matters."""
_TOO_OLD = Sentence(
    en="rows of the published plan more than {days} days before the horizon, not used: {count}",
    id="baris jadwal terbit yang lebih dari {days} hari sebelum periode, tidak dipakai: {count}",
)
_NO_DATE = Sentence(en="the date is missing", id="tanggal belum diisi")
_NO_PLACE = Sentence(en="the place is missing", id="tempat belum diisi")
_MANY_EMPTY = Sentence(en="and {count} more {count:row|rows} like this", id="dan {count} baris lain yang serupa")
_MANY_DISAGREE = Sentence(en="and {count} more {count:row that disagrees|rows that disagree}", id="dan {count} baris lain yang tidak sama")


@dataclass(frozen=True)
class Published:
    """A published plan.

    Parameters
    ----------
    place
        Places inside the horizon : int8[E, D].
    frozen
        Cells that may not change : bool[E, D].
    frozen_dates
        Dates with rows that may not change.
    past_dates, past
        Days before the horizon, and places there : int8[E, P].
    team
        For each rule everybody's team, counted from 1 : int16[E], `NO_TEAM` for nobody's.
    duty
        For each rule the people it names inside the horizon : bool[E, D].
    """

    place: NDArray[np.int8]
    frozen: Cells
    frozen_dates: tuple[dt.date, ...]
    past_dates: tuple[dt.date, ...]
    past: NDArray[np.int8]
    team: Mapping[str, NDArray[np.int16]]
    duty: Mapping[str, Cells]


class History:
    """Reads the published plan.

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
        self.notes: list[Said] = []

    def published(self, table: Table | None, frozen_to: dt.date | None) -> Published:
        """The published plan, split at the first day of the horizon."""
        rows = Rows(table, PlanRow, self._problems, NEEDED, PRINTED)
        self._filled(rows, "date", _NO_DATE)
        self._filled(rows, "place", _NO_PLACE)
        days = rows.read("date", parse_date, None)
        first = min((day for day in days if day is not None), default=self._dates[0])
        reach = min(max((self._dates[0] - first).days, 0), MOST_PAST_DAYS)
        offsets = np.array([(day - self._dates[0]).days if day else len(self._dates) for day in days], dtype=np.int64)
        if old := int((offsets < -reach).sum()):
            self.notes.append(_TOO_OLD(days=MOST_PAST_DAYS, count=old))
        people, gone = self._known(rows)
        self.notes += [*self._about_people(people, gone), *self._about_days([day for day in days if day is not None])]
        whole = self._places(rows, people, offsets, reach)
        past_dates = date_range(self._dates[0] - dt.timedelta(days=reach), self._dates[0] - dt.timedelta(days=1)) if reach else ()
        team, duty = self._teams(rows, people, offsets), self._duty(rows, people, offsets)
        return Published(*self._inside(whole[:, reach:], frozen_to), past_dates, whole[:, :reach], team, duty)

    def taken(self, schedule: Schedule, frozen_to: dt.date | None, past_dates: tuple[dt.date, ...], past: NDArray[np.int8]) -> Published:
        """A schedule of the horizon as the published plan; what was published before the horizon stays."""
        duty = {rule: cells & (self._kind != DayKind.NONE) for rule, cells in sorted(schedule.duty.items()) if cells.any()}
        return Published(*self._inside(schedule.place, frozen_to), past_dates, past, schedule.team, duty)

    def _inside(self, place: NDArray[np.int8], frozen_to: dt.date | None) -> tuple[NDArray[np.int8], Cells, tuple[dt.date, ...]]:
        """Places inside the horizon as cells of today's calendars can have them, frozen ones, and the frozen dates."""
        if frozen_to is not None and frozen_to < self._dates[0]:
            self.notes.append(_FROZEN_BEFORE(day=frozen_to))
        if frozen_to is not None and frozen_to > self._dates[-1]:
            self.notes.append(_FROZEN_AFTER(day=frozen_to))
        place = np.where(self._fits(place), place, np.int8(Place.NONE)).astype(np.int8)
        days = np.array([frozen_to is not None and day <= frozen_to for day in self._dates], dtype=np.bool_)
        told = days & (place != Place.NONE).any(axis=0)
        frozen = frozen_cells(place, days, self._absent)
        return place, frozen, tuple(day for day, stays in zip(self._dates, told, strict=True) if stays)

    def _about_people(self, people: NDArray[np.int64], gone: Sequence[str]) -> Iterator[Said]:
        """Who is left out, beside whom of those of whom the plan says nothing may be meant."""
        ids = [*dict.fromkeys(gone)]
        if not ids:
            return
        there = set(people.tolist())
        missed = [id_ for e, id_ in enumerate(self._staff.ids) if e not in there] if len(ids) <= _MOST_NAMED else []
        near = {id_: nearest(id_, missed) for id_ in ids[:_MOST_NAMED]}
        named = [plain(id_) if like is None else _LIKE(id=id_, near=like) for id_, like in near.items()]
        more = [plain("…")] if len(ids) > _MOST_NAMED else []
        yield (_GONE if (people >= 0).any() else _NOBODY)(count=len(ids), ids=[*named, *more])

    def _about_days(self, days: Sequence[dt.date]) -> Iterator[Said]:
        """A plan that ends long before the horizon, or begins after it."""
        start, end = self._dates[0], self._dates[-1]
        if days and (min(days) > end or max(days) < start - _MOST_GAP):
            yield _OTHER_DAYS(first=min(days), last=max(days), start=start, end=end)

    def _filled(self, rows: Rows, name: str, sentence: Sentence) -> None:
        """Tell the first cells of a column that are empty, and how many more there are."""
        empty = [row for row, text in enumerate(rows.text(name)) if not text] if rows.has(name) else []
        for row in empty[:MOST_ALIKE]:
            self._problems.add(rows.where(row, name), sentence())
        if len(empty) > MOST_ALIKE and rows.table is not None:
            self._problems.add(rows.table.where(), _MANY_EMPTY(count=len(empty) - MOST_ALIKE), count=len(empty) - MOST_ALIKE)

    def _duty(self, rows: Rows, people: NDArray[np.int64], offsets: NDArray[np.int64]) -> dict[str, Cells]:
        """Names by rule, on days that the person still works or is on call."""
        inside = (people >= 0) & (offsets >= 0) & (offsets < len(self._dates))
        found = ByRule(rows, "duty", lambda: np.zeros(self._kind.shape, dtype=np.bool_))
        for text, named in rows_of(rows.numbered("duty")):
            said = named[inside[named]]
            for rule in items_of(text) if len(said) else ():
                found.of(rule)[people[said], offsets[said]] = True
        for cells in found.arrays.values():
            cells &= self._kind != DayKind.NONE
        return dict(sorted(found.arrays.items()))

    def _teams(self, rows: Rows, people: NDArray[np.int64], offsets: NDArray[np.int64]) -> dict[str, NDArray[np.int16]]:
        """Teams by rule; where they changed, that of the latest day counts."""
        found = ByRule(rows, "team", lambda: np.full(len(self._staff), NO_TEAM, dtype=np.int16))
        texts = rows.text("team")
        for row in sorted((row for row, text in enumerate(texts) if text and people[row] >= 0), key=offsets.__getitem__):
            for item in items_of(texts[row]):
                known = team_of(item)
                if known is None:
                    rows.each([row], partial(_no_team, rows, item))
                else:
                    found.of(known[0])[people[row]] = known[1]
        return found.arrays

    def _places(self, rows: Rows, people: NDArray[np.int64], offsets: NDArray[np.int64], reach: int) -> NDArray[np.int8]:
        """Places from `reach` days before the horizon to its end : int8[E, reach + D]."""
        whole = np.zeros((len(self._staff), reach + len(self._dates)), dtype=np.int8)
        places = np.array([place or 0 for place in rows.read("place", parse_place, None)], dtype=np.int8)
        use = np.flatnonzero((people >= 0) & (offsets >= -reach) & (offsets < len(self._dates)) & (places > 0))
        e, d = people[use], offsets[use] + reach
        whole[e, d] = places[use]
        wrong = use[whole[e, d] != places[use]]
        for row in wrong[:MOST_ALIKE].tolist():
            self._disagree(rows, people, offsets, places, row)
        if len(wrong) > MOST_ALIKE and rows.table is not None:
            self._problems.add(rows.table.where(), _MANY_DISAGREE(count=len(wrong) - MOST_ALIKE), count=len(wrong) - MOST_ALIKE)
        return whole

    def _disagree(self, rows: Rows, people: NDArray[np.int64], offsets: NDArray[np.int64], places: NDArray[np.int8], row: int) -> None:
        """NumPy keeps the last of several writes, so `row` is an earlier one that a later row contradicts."""
        same = np.flatnonzero((people == people[row]) & (offsets == offsets[row]) & (places != places[row]))
        later = int(same[same > row][0])
        said = _DISAGREE(
            person=plain(self._staff.label(int(people[row]))),
            day=self._dates[0] + dt.timedelta(days=int(offsets[row])),
            first=Place(int(places[row])).word,
            line=str(rows.where(row).line or row + 1),
            second=Place(int(places[later])).word,
        )
        self._problems.add(rows.where(later), said)

    def _fits(self, place: NDArray[np.int8]) -> Cells:
        """Places that a cell of today's calendars can have."""
        call, work = self._kind == DayKind.CALL, self._kind == DayKind.WORK
        away = (place == Place.OFFICE) | (place == Place.ABSENT)
        return np.asarray((work & (away | (place == Place.HOME))) | (call & (away | (place == Place.OFF))))

    def _known(self, rows: Rows) -> tuple[NDArray[np.int64], list[str]]:
        """Rows of the staff table, -1 for people who are no longer there; and the ids of the latter, one for each row."""
        index = self._staff.index
        ids = rows.ids("staff_id")
        gone = [id_ for id_ in ids if id_ and id_ not in index]
        return np.array([index.get(id_, -1) for id_ in ids], dtype=np.int64), gone


def frozen_cells(place: NDArray[np.int8], days: NDArray[np.bool_], absent: Cells) -> Cells:
    """Cells with a place to work or rest on days that may not change, of people who are there : bool[E, D]."""
    return np.asarray(np.isin(place, (Place.OFFICE, Place.HOME, Place.OFF)) & days & ~absent)


def _no_team(rows: Rows, item: str, row: int) -> Problem:
    return Problem(rows.where(row, "team"), _UNKNOWN_TEAM(text=item))

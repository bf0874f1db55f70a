"""Attendance lists: where people were, on the days of a plan."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from giliran.arguments import check_file
from giliran.domain.facts import Cells, Facts, Staff
from giliran.domain.place import DayKind, Place
from giliran.domain.schedule import Schedule
from giliran.domain.words import WRITE_PLACE, parse_attendance, says_only_present
from giliran.errors import InputError, Problem, Where
from giliran.files.attendance_columns import AttendanceShape
from giliran.files.attendance_opening import open_attendance
from giliran.files.attendance_people import Who
from giliran.instance import Instance
from giliran.instance.schedule_columns import Columns, shortened
from giliran.instance.schedule_reader import Codes, ScheduleReader
from giliran.lists.people import person_of
from giliran.messages import Said, Sentence, Whole, comparing, cut, meant, nearest, plain
from giliran.text import TextError, parse_date, parse_id

_NO_DAY = Sentence(
    en="the attendance list says nothing of {first} to {last}", id="daftar hadir tidak memuat apa pun tentang {first} sampai {last}"
)
_SILENT = Sentence(
    en="days of work that the attendance list says nothing of, counted as planned: {count}",
    id="hari kerja yang tidak disebut dalam daftar hadir, dihitung menurut jadwal: {count}",
)
_DAYS_OFF = Sentence(
    en="days in the attendance list on which the person does not work, not counted: {count}",
    id="hari dalam daftar hadir yang bukan hari kerja pegawainya, tidak dihitung: {count}",
)
_OTHER_DATES = Sentence(
    en="dates of the attendance list outside {first} to {last}, not read: {count}",
    id="tanggal dalam daftar hadir di luar {first} sampai {last}, tidak dibaca: {count}",
)
_LEFT_OUT = Sentence(
    en="people of the attendance list who are not in this instance, left out: {count} ({ids})",
    id="pegawai dalam daftar hadir yang tidak ada dalam berkas masukan ini, dilewati: {count} ({ids})",
)
_PERHAPS = Sentence(
    en="{id} of the attendance list is not in this instance, and it says nothing of {near}; perhaps they are one",
    id="{id} dalam daftar hadir tidak ada dalam berkas masukan ini, sedangkan {near} tidak disebut di sana; mungkin maksudnya sama",
)
_OTHERS = Sentence(
    en="nobody in this attendance list (people {count}: {ids}) is in the instance, so it belongs to others",
    id="tidak satu pun dari {count} pegawai dalam daftar hadir ini ({ids}) ada dalam berkas masukan, jadi ini daftar hadir pihak lain",
)
_NO_ID = Sentence(en="the id is empty", id="id kosong")
_NO_SUMS = Sentence(
    en="Write who is meant; delete rows that add up others.",
    id="Tulis siapa yang dimaksud; hapus baris yang hanya menjumlahkan baris lain.",
)
_WHERE = Sentence(
    en="{person} was to be away on {day} and came, but it is not said whether to the office",
    id="{person} semestinya tidak masuk pada {day} tetapi hadir, dan tidak disebut apakah WFO atau WFH",
)
_AS_PLANNED = Sentence(
    en="days of which the list says only that somebody came, counted where the plan has them: {count}",
    id="hari yang hanya disebut hadir dalam daftar itu, dihitung pada tempat menurut jadwal: {count}",
)
_AT_THE_OFFICE = Sentence(
    en="days of which the list says only that somebody came, counted in the office because it tells days at home apart: {count}",
    id="hari yang hanya disebut hadir dalam daftar itu, dihitung WFO karena hari WFH disebut tersendiri: {count}",
)
_READ_AS = Sentence(
    en="days of the list that are numbered without a month, read as {first} to {last}",
    id="tanggal dalam daftar hadir yang tidak menyebut bulan, dibaca {first} sampai {last}",
)
_SEVERAL = Sentence(
    en="names of the attendance list that several people have, not counted: {names}",
    id="nama dalam daftar hadir yang dimiliki beberapa pegawai, tidak dihitung: {names}",
)
_MOST_NAMED = 5
"""Most people of a list who are named because they are others'."""


@dataclass(frozen=True)
class Attended:
    """What an attendance list says.

    Parameters
    ----------
    schedule
        Where people were; no place where the list is silent.
    told
        What must be told about it.
    reasons
        Why people were away, by person and day, as the list writes it.
    strangers
        People of the list who are not in the instance.
    understood
        What of `told` says how words and headings were understood.
    came
        Cells of which it says that somebody came, and no list says where : bool[E, D]; None for no cell.
    """

    schedule: Schedule
    told: tuple[Said, ...] = ()
    reasons: Mapping[tuple[int, int], str] = field(default_factory=dict)
    strangers: tuple[str, ...] = ()
    understood: tuple[Said, ...] = ()
    came: Cells | None = None

    @property
    def known(self) -> Cells:
        """Cells of which the list says something : bool[E, D]."""
        return np.asarray(self.schedule.place != Place.NONE)


class _Attendance(ScheduleReader):
    """Rows about other people and dates are left out: the list of an agency and a month serves each unit and week.

    Words that say only that somebody came mean the office in a list that tells days at home apart, and the place of the plan in one that
    tells neither.
    """

    def __init__(self, instance: Instance) -> None:
        super().__init__(instance)
        self.other_dates = 0
        self.strangers: dict[str, None] = {}
        self.came = np.zeros(self._facts.shape, dtype=np.bool_)
        self.present: Place | None = None
        self.reasons: dict[tuple[int, int], str] = {}
        self.staff: Staff = self._facts.staff

    def schedule(self, rows: Columns, left_out: Columns | None = None) -> Schedule:
        """The schedule of the days and people that the instance has; meaningless if there are problems."""
        main = rows
        if len(main):
            main = self._kept(main, "staff_id", self._person)
        if not len(main) and self.strangers and not self.problems:
            raise InputError([_nobody(rows, [*self.strangers], self._facts.staff)])
        if len(main):
            main = self._kept(main, "date", self._day)
            self._understand(main)
            self._remember(main)
        return super().schedule(main, left_out)

    def _kept(self, columns: Columns, name: str, read: Callable[[str], int]) -> Columns:
        """Rows whose cell in a column means something here."""
        known = self._codes(columns, name, read) >= 0
        return columns if known.all() else columns.picked(np.flatnonzero(known).tolist())

    def _person(self, text: str) -> int:
        if not text:
            raise TextError(_NO_ID(), _NO_SUMS())
        found = person_of(text, self.staff)
        if found is None:
            self.strangers[parse_id(text)] = None
            return -1
        return found

    def _understand(self, columns: Columns) -> None:
        """What a word means here that says only that somebody came, and of whom it is said."""
        texts, number = columns.numbered("place")
        only = np.array([says_only_present(text) for text in texts], dtype=np.bool_)
        places = {place for text, is_open in zip(texts, only, strict=True) if not is_open and (place := _place_of(text)) is not None}
        if Place.OFFICE not in places:
            self.present = Place.OFFICE if Place.HOME in places else Place.NONE
            rows = np.flatnonzero(only[number])
            cells = self._cells(columns.picked(rows.tolist())) if len(rows) else rows
            self.came.reshape(-1)[cells[cells >= 0]] = True
            self._check_came(columns, rows, cells)

    def _remember(self, columns: Columns) -> None:
        """Why people were away, in the words of the list."""
        texts, number = columns.numbered("place")
        away = np.array([_place_of(text) is Place.ABSENT for text in texts], dtype=np.bool_)
        rows = np.flatnonzero(away[number])
        cells = self._cells(columns.picked(rows.tolist())) if len(rows) else rows
        for row, cell in zip(rows.tolist(), cells.tolist(), strict=True):
            self.reasons[divmod(cell, self._facts.num_days)] = texts[number[row]]

    def _check_came(self, columns: Columns, rows: Codes, cells: Codes) -> None:
        """Whoever was to be away has no place in the plan at which to have come."""
        lost = rows[self._facts.absent.reshape(-1)[cells]].tolist() if self.present is Place.NONE and len(rows) else []
        of = dict(zip(rows.tolist(), cells.tolist(), strict=True))

        def problem(row: int) -> Problem:
            e, d = divmod(of[row], self._facts.num_days)
            said = _WHERE(person=plain(self.staff.label(e)), day=self._facts.dates[d])
            return Problem(columns.where(row, "place"), said, WRITE_PLACE())

        self._each(lost, problem)

    def _place(self, text: str) -> int:
        if self.present is not None and says_only_present(text):
            return int(self.present)
        return int(parse_attendance(text))

    def _day(self, text: str) -> int:
        day = parse_date(text)
        if day in self._days:
            return self._days[day]
        self.other_dates += 1
        return -1


def _place_of(text: str) -> Place | None:
    try:
        return parse_attendance(text)
    except TextError:
        return None


def _named(ids: Sequence[str]) -> Said:
    """The first of many ids."""
    return plain(Whole(", ".join([*(cut(id_) for id_ in ids[:_MOST_NAMED]), *(["…"] if len(ids) > _MOST_NAMED else [])])))


def _nobody(columns: Columns, ids: Sequence[str], staff: Staff) -> Problem:
    return Problem(Where(columns.where(0, "").file), _OTHERS(count=len(ids), ids=_named(ids)), meant(ids[0], staff.index))


def read_attendance(path: str | os.PathLike[str], instance: Instance) -> Schedule:
    """Where people were, from the attendance list of a period.

    Parameters
    ----------
    path
        CSV, JSON or a workbook like a schedule: `staff_id` (or `nip`, or a name that only one person has), `date`, `place` and perhaps
        `duty`, by any of their usual names; or with a column for each day in place of `date` and `place`, headed `2026-08-03`,
        `3/8/2026`, `3 Agustus 2026`, `3 Agt`, `Sen 3` or `3`. Titles may stand above. A place is WFO, WFH, or why somebody was away:
        SAKIT, CUTI, DL … An empty one says nothing. `H` says that somebody came: to the office in a list that has WFH and no WFO, as
        planned in one that has neither. Rows about other people and dates are not read.
    instance
        The instance of the period.

    Returns
    -------
    Schedule
        Cells of which the list says nothing have no place.

    Raises
    ------
    InputError
        With all problems: words and headings that mean nothing, rows that disagree, nobody of the instance, or not a single day of the
        period.
    """
    check_file(path, instance)
    return read_attended(path, instance).schedule


def read_attended(path: str | os.PathLike[str], instance: Instance, who: Who | None = None) -> Attended:
    """The same, with what must be told; `who` are people who are known beside those of the instance.

    Raises
    ------
    InputError
        As `read_attendance`.
    """
    facts = instance.facts
    with comparing():
        reader, shape = _Attendance(instance), AttendanceShape(facts, who)
        rows = open_attendance(path, shape)
        found = reader.schedule(rows.main, rows.left_out)
        if shape.problems or reader.problems:
            raise InputError(shortened([*shape.problems, *reader.problems], reader.more))
        place = np.where(reader.came & (facts.kind == DayKind.CALL), np.int8(Place.OFFICE), found.place)  # nobody is at home on call
        said = (place != Place.NONE) | reader.came
        if not said.any():
            raise InputError([Problem(Where(str(path)), _NO_DAY(first=facts.dates[0], last=facts.dates[-1]))])
        understood = (*rows.notes, *_understood(reader, shape, facts))
        told = (
            *names_left_open(shape.who),
            *_about_people(reader, said, shape.who.ambiguous),
            *understood,
            *_about_days(reader, facts, place, said),
        )
    place = np.where(facts.has_cell, place, np.int8(Place.NONE)).astype(np.int8)
    return Attended(Schedule(place, found.duty), told, reader.reasons, (*reader.strangers,), understood, reader.came)


def names_left_open(who: Who) -> Iterator[Said]:
    """Names that several people have, who are therefore not counted."""
    if who.ambiguous:
        yield _SEVERAL(names=_named([*who.ambiguous]))


def _about_people(reader: _Attendance, said: Cells, ambiguous: Collection[str]) -> Iterator[Said]:
    """Who is left out, and, of a few, who may be somebody of whom nothing is said."""
    ids, staff = [id_ for id_ in reader.strangers if id_ not in ambiguous], reader.staff
    if ids:
        yield _LEFT_OUT(count=len(ids), ids=_named(ids))
    missed = [staff.ids[e] for e in np.flatnonzero(~np.any(said, axis=1)).tolist()] if ids else []
    for id_ in ids if missed and len(ids) <= _MOST_NAMED else []:
        near = nearest(id_, missed)
        if near is not None:
            yield _PERHAPS(id=id_, near=plain(near))


def _understood(reader: _Attendance, shape: AttendanceShape, facts: Facts) -> Iterator[Said]:
    """Which days numbers mean, and where people were of whom the list says only that they came."""
    if shape.read_as is not None:
        yield _READ_AS(first=shape.read_as[0], last=shape.read_as[1])
    if came := int((reader.came & facts.has_cell).sum()):
        yield (_AT_THE_OFFICE if reader.present is Place.OFFICE else _AS_PLANNED)(count=came)


def _about_days(reader: _Attendance, facts: Facts, place: NDArray[np.int8], said: Cells) -> Iterator[Said]:
    """What is counted as planned, or not at all."""
    if silent := int((facts.present & ~said).sum()):
        yield _SILENT(count=silent)
    if off := int((~facts.has_cell & (place == Place.OFFICE)).sum()):
        yield _DAYS_OFF(count=off)
    if reader.other_dates:
        yield _OTHER_DATES(first=facts.dates[0], last=facts.dates[-1], count=reader.other_dates)

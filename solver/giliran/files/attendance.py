"""Attendance lists: where people were, on the days of a plan."""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np

from giliran.domain.facts import Cells
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.words import parse_attendance
from giliran.errors import InputError, Problem, Where
from giliran.files.opening import open_rows, shortened
from giliran.files.schedules import ScheduleReader
from giliran.instance import Instance
from giliran.messages import Said, Sentence, comparing
from giliran.text import parse_date

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


@dataclass(frozen=True)
class Attended:
    """What an attendance list says.

    Parameters
    ----------
    schedule
        Where people were; no place where the list is silent.
    told
        What must be told about it.
    """

    schedule: Schedule
    told: tuple[Said, ...] = ()

    @property
    def known(self) -> Cells:
        """Cells of which the list says something : bool[E, D]."""
        return np.asarray(self.schedule.place != Place.NONE)


class _Attendance(ScheduleReader):
    """Rows about other dates are left out: a list of a month serves each of its weeks."""

    def __init__(self, instance: Instance) -> None:
        super().__init__(instance)
        self.other_dates = 0

    def _place(self, text: str) -> int:
        return int(parse_attendance(text))

    def _day(self, text: str) -> int:
        day = parse_date(text)
        if day in self._days:
            return self._days[day]
        self.other_dates += 1
        return -1


def read_attendance(path: str | os.PathLike[str], instance: Instance) -> Schedule:
    """Where people were, from the attendance list of a period.

    Parameters
    ----------
    path
        CSV or JSON like a schedule: `staff_id` (or `nip`), `date`, `place` and perhaps `duty`, by any of their usual names. A place is WFO,
        WFH, or why somebody was away: SAKIT, CUTI, DL … An empty one says nothing. Rows about other dates are not read.
    instance
        The instance of the period.

    Returns
    -------
    Schedule
        Cells of which the list says nothing have no place.

    Raises
    ------
    InputError
        With all problems: unknown people and words, rows that disagree, or not a single day of the period.
    """
    return read_attended(path, instance).schedule


def read_attended(path: str | os.PathLike[str], instance: Instance) -> Attended:
    """The same, with what must be told.

    Raises
    ------
    InputError
        As `read_attendance`.
    """
    with comparing():
        reader = _Attendance(instance)
        found = reader.schedule(open_rows(path))
    if reader.problems:
        raise InputError(shortened(reader.problems, reader.more))
    facts = instance.facts
    first, last = facts.dates[0], facts.dates[-1]
    said = found.place != Place.NONE
    if not said.any():
        raise InputError([Problem(Where(str(path)), _NO_DAY(first=first, last=last))])
    told: list[Said] = []
    if silent := int((facts.present & ~said).sum()):
        told.append(_SILENT(count=silent))
    if off := int((said & ~facts.has_cell & (found.place == Place.OFFICE)).sum()):
        told.append(_DAYS_OFF(count=off))
    if reader.other_dates:
        told.append(_OTHER_DATES(first=first, last=last, count=reader.other_dates))
    place = np.where(facts.has_cell, found.place, np.int8(Place.NONE)).astype(np.int8)
    return Attended(Schedule(place, found.duty), tuple(told))

"""A recap as files: the workbook for the board, and JSON for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field

from giliran.domain.selection import Model
from giliran.errors import Problem, Where
from giliran.files.formats import WORKBOOK
from giliran.files.keeping import OVER_READ, head_of
from giliran.files.recap.books import holds_recap
from giliran.files.rescuing import write_or_rescue
from giliran.files.writing import check_targets
from giliran.messages import Sentence
from giliran.records.results import JsonFile
from giliran.records.sentences import Sentences
from giliran.reports.recap import Agency, AgencyDay, Counts, Missed, Recap, recap_workbook
from giliran.reports.style import PlanStyle
from giliran.text.opened import among, by_marks
from giliran.text.trying import CHOOSE_OTHER, refuse_all

RECAP_SCHEMA: Literal["giliran-recap/1"] = "giliran-recap/1"
_NOT_OURS = Sentence(
    en="this file is there already and is no recap of giliran, so none is written over it",
    id="berkas ini sudah ada dan bukan rekap dari giliran, jadi tidak ditimpa",
)


class CountsRecord(Model):
    """People on a day, or person-days; `away` by reason: dinas_luar, cuti, sakit, izin, tanpa_keterangan, or other."""

    office: int
    home: int
    away: dict[str, int]

    @classmethod
    def of(cls, counts: Counts) -> CountsRecord:
        """The record of some counts."""
        return cls(office=counts.office, home=counts.home, away={kind.value or "other": n for kind, n in counts.away.items()})


class DayRecord(Model):
    """An agency on a day; `actual` is null where no attendance list says anything, `told` says of how many one does."""

    date: dt.date
    people: int
    exempt: int
    planned: CountsRecord
    actual: CountsRecord | None
    told: int
    same: int

    @classmethod
    def of(cls, day: AgencyDay) -> DayRecord:
        """The record of a day."""
        actual = None if day.actual is None else CountsRecord.of(day.actual)
        planned = CountsRecord.of(day.planned)
        return cls(date=day.day, people=day.people, exempt=day.exempt, planned=planned, actual=actual, told=day.told, same=day.same)


class MissedRecord(Model):
    """A limit that is not kept, in the plan or in fact."""

    date: dt.date
    rule: str
    group: str
    side: str
    least: int | None
    most: int | None
    planned: int | None
    actual: int | None
    in_plan: bool
    in_fact: bool

    @classmethod
    def of(cls, one: Missed) -> MissedRecord:
        """The record of a limit."""
        return cls(date=one.day, **{name: getattr(one, name) for name in cls.model_fields if name != "date"})


class AgencyRecord(Model):
    """An agency; `expected` is null where no list of agencies was given, `days` is empty where it sent no plan."""

    name: str
    expected: bool | None
    files: list[str]
    version: int
    services: dict[str, int]
    exempt: dict[str, int]
    days: list[DayRecord]
    missed: list[MissedRecord]

    @classmethod
    def of(cls, agency: Agency) -> AgencyRecord:
        """The record of an agency."""
        return cls(
            name=agency.name,
            expected=agency.expected,
            files=[*agency.files],
            version=agency.version,
            services={kind.value or "unknown": count for kind, count in agency.services.items()},
            exempt=dict(agency.exempt),
            days=[DayRecord.of(day) for day in agency.days],
            missed=[MissedRecord.of(one) for one in agency.missed],
        )


class NoteRecord(Model):
    """Something that must be known; `grave` where numbers lack something because of it."""

    file: str
    grave: bool
    sentences: Sentences


class RecapFile(JsonFile):
    """A month of many agencies.

    Parameters
    ----------
    month, workdays
        The month as `2026-08`, and its working days.
    clean
        Whether everybody who was expected sent a plan, all limits are kept and nothing is missing in the numbers.
    files
        What was written.
    agencies, notes
        What was added up, and what must be known about it.
    """

    schema_: Literal["giliran-recap/1"] = Field(default=RECAP_SCHEMA, alias="schema")
    month: str
    workdays: list[dt.date]
    clean: bool
    files: list[str]
    agencies: list[AgencyRecord]
    notes: list[NoteRecord]

    @classmethod
    def of(cls, recap: Recap, files: Sequence[Path]) -> RecapFile:
        """The file of a recap."""
        return cls(
            month=f"{recap.month:%Y-%m}",
            workdays=[*recap.workdays],
            clean=recap.clean,
            files=[str(path) for path in files],
            agencies=[AgencyRecord.of(agency) for agency in recap.agencies],
            notes=[NoteRecord(file=note.file, grave=note.grave, sentences=Sentences.of(note.said)) for note in recap.notes],
        )


def check_recap(targets: Sequence[Path], read: Sequence[Path]) -> None:
    """See that a recap can be written before its files are read.

    Raises
    ------
    InputError
        With every file of another ending, that cannot be written, that is read here, or that is there and no recap.
    """
    check_targets(targets, (WORKBOOK,))
    refuse_all(_kept(targets, by_marks(read)))


def _kept(targets: Sequence[Path], known: Mapping[object, Path]) -> Iterator[Problem]:
    for path in targets:
        if among(path, known) is not None:
            yield Problem(Where(str(path)), OVER_READ(), CHOOSE_OTHER())
        elif head_of(path) and not holds_recap(path):
            yield Problem(Where(str(path)), _NOT_OURS(), CHOOSE_OTHER())


def write_recap(recap: Recap, targets: Sequence[Path], style: PlanStyle) -> None:
    """Write a recap, all files or none.

    Raises
    ------
    InputError
        If a file cannot be written: what was there before is unchanged.
    """
    content = recap_workbook(recap, style)
    write_or_rescue([(path, lambda: content) for path in targets], style.lang)

"""Closing a period in a ledger file, and taking one back: rows are appended, or nothing is written at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import Field

from giliran.closing import ledger_from_attendance, ledger_rows
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Model
from giliran.errors import Problem, Where
from giliran.files.attendance import Attended
from giliran.files.ledger import LedgerFile, read_ledger
from giliran.files.periods import check_rows, left_standing, reversing
from giliran.instance import Instance
from giliran.instance.ledger import LedgerEntry, strange_units
from giliran.messages import Said, Sentence, Whole
from giliran.records.results import JsonFile
from giliran.records.sentences import Sentences
from giliran.text.alone import alone_at
from giliran.text.opened import among, by_marks
from giliran.text.trying import refuse_all

LEDGER_SCHEMA: Literal["giliran-ledger/1"] = "giliran-ledger/1"

_CLOSED = Sentence(
    en="{period} is closed in {file}: {count} {count:row|rows} for {people} {people:person|people}, accounts {accounts}",
    id="{period} ditutup dalam {file}: {count} baris untuk {people} pegawai, akun {accounts}",
)
_UNDONE = Sentence(en="{period} is taken back in {file}: {count} {count:row|rows}", id="{period} dibatalkan dalam {file}: {count} baris")
_OTHERWISE = Sentence(
    en="days that were otherwise than planned, counted as they were: {count}",
    id="hari yang berbeda dari jadwal, dihitung menurut kenyataan: {count}",
)
_UNNAMED = Sentence(
    en="the plan names nobody for {rule}, so its account gets no rows",
    id="jadwal ini tidak menyebut nama untuk {rule}, jadi akunnya tidak mendapat baris",
)
_KEPT = Sentence(
    en="rows of {period} about people who are not in this instance stay as they are: {count}",
    id="baris {period} tentang pegawai yang tidak ada dalam berkas masukan ini tetap berlaku: {count}",
)
_LACKS = Sentence(
    en="columns that this ledger does not have, so that they are not kept: {names}",
    id="kolom yang tidak ada dalam buku giliran ini, jadi tidak dicatat: {names}",
)
_ELSEWHERE = Sentence(
    en="the balances of this instance come from elsewhere, not from {file}; name this file under `ledger` in the next one",
    id="saldo berkas masukan ini berasal dari tempat lain, bukan dari {file}; sebutkan berkas ini pada `ledger` dalam berkas masukan "
    "berikutnya",
)
_NOTHING = Sentence(
    en="nothing here keeps an account: there is neither a goal that shares days nor a duty that names people",
    id="tidak ada yang dicatat: tidak ada tujuan yang membagi hari, tidak ada pula petugas piket yang disebut namanya",
)
_ADD_GOAL = Sentence(
    en="Add a goal such as {{kind: fair_share}} to the instance.",
    id="Tambahkan tujuan seperti {{kind: fair_share}} pada berkas masukannya.",
)


class EntryRecord(Model):
    """A row that was appended; a row that takes another back has its numbers with the other sign."""

    staff_id: str
    account: str
    period: str
    burden_thousandths: int | None
    share_thousandths: int | None
    balance_thousandths: int
    last_called: str | None
    unit: str

    @classmethod
    def of(cls, entry: LedgerEntry) -> EntryRecord:
        """The record of a row."""
        return cls(
            **entry.key._asdict(),
            burden_thousandths=entry.burden,
            share_thousandths=entry.share,
            balance_thousandths=entry.change,
            last_called=entry.last_called.isoformat() if entry.last_called else None,
            unit=entry.unit,
        )


class ToldRecord(Model):
    """Something that must be told."""

    sentences: Sentences


class LedgerReport(JsonFile):
    """What was appended to a ledger.

    Parameters
    ----------
    ledger
        The file.
    closed, undone
        The period that was closed, and the one that was taken back; None for neither.
    rows
        The rows, in their order in the file.
    told
        What must be told about them.
    """

    schema_: Literal["giliran-ledger/1"] = Field(default=LEDGER_SCHEMA, alias="schema")
    ledger: str
    closed: str | None
    undone: str | None
    rows: list[EntryRecord]
    told: list[ToldRecord]


@dataclass(frozen=True)
class Appended:
    """What was appended to a ledger.

    Parameters
    ----------
    ledger
        The file as it was before.
    undone, closed
        Rows that take others back, and rows of a period, in their order in the file.
    notes
        What must be told about them.
    """

    ledger: LedgerFile
    undone: tuple[LedgerEntry, ...]
    closed: tuple[LedgerEntry, ...]
    notes: tuple[Said, ...] = ()

    def told(self) -> tuple[Said, ...]:
        """The same in sentences."""
        said = []
        file = str(self.ledger.path)
        if self.undone:
            said.append(_UNDONE(period=self.undone[0].key.period, file=file, count=len(self.undone)))
        if self.closed:
            accounts = Whole(", ".join(sorted({entry.key.account for entry in self.closed})))
            people = len({entry.key.staff_id for entry in self.closed})
            period = self.closed[0].key.period
            said.append(_CLOSED(period=period, file=file, count=len(self.closed), people=people, accounts=accounts))
        return (*said, *self.notes)

    def report(self, notes: Iterable[Said] = ()) -> LedgerReport:
        """The same for programs, with more that must be told."""
        return LedgerReport(
            ledger=str(self.ledger.path),
            closed=self.closed[0].key.period if self.closed else None,
            undone=self.undone[0].key.period if self.undone else None,
            rows=[EntryRecord.of(entry) for entry in (*self.undone, *self.closed)],
            told=[ToldRecord(sentences=Sentences.of(said)) for said in (*self.notes, *notes)],
        )


def publish(
    path: str | os.PathLike[str],
    instance: Instance | None = None,
    schedule: Schedule | None = None,
    attended: Attended | None = None,
    undo: str | None = None,
) -> Appended:
    """Take a period back in a ledger, or close that of a plan, or both: all rows are appended at once, or none.

    Parameters
    ----------
    path
        The ledger; a new one where there is none.
    instance, schedule
        What was planned; None where a period is only taken back.
    attended
        What happened; None to count what was planned.
    undo
        A period to take back: all of it, or, beside an instance, the rows about its people.

    Raises
    ------
    InputError
        If the file is no ledger or that of other people, the period is closed already, or one that shall be taken back is not there; the
        file is as it was.
    """
    closed = _rows(instance, schedule, attended) if instance is not None and schedule is not None else ()
    with alone_at(Path(path)):
        ledger = read_ledger(path)
        undone = reversing(ledger, undo, instance.facts.staff if instance else None) if undo is not None else ()
        notes: list[Said] = []
        if instance is not None and schedule is not None:
            check_rows(ledger, closed, [entry.key for entry in undone], instance.facts.staff)
            notes = [*_others(ledger, instance, undo), *_notes(ledger, instance, schedule, attended)]
        ledger.append([*undone, *closed])
    return Appended(ledger, undone, closed, tuple(notes))


def _rows(instance: Instance, schedule: Schedule, attended: Attended | None) -> tuple[LedgerEntry, ...]:
    rows = ledger_rows(instance, schedule) if attended is None else ledger_from_attendance(instance, schedule, attended.schedule)
    if not rows:
        refuse_all([Problem(Where(str(instance.source or "")), _NOTHING(), _ADD_GOAL())])
    return rows


def _others(ledger: LedgerFile, instance: Instance, undo: str | None) -> Iterator[Said]:
    """What is about others in the same ledger, or may be."""
    kept = left_standing(ledger, undo, instance.facts.staff) if undo is not None else 0
    if kept and undo is not None:
        yield _KEPT(period=undo, count=kept)
    strange = strange_units(ledger.entries, instance.facts.units)
    if strange is not None:
        yield strange


def _notes(ledger: LedgerFile, instance: Instance, schedule: Schedule, attended: Attended | None) -> list[Said]:
    notes: list[Said] = []
    if attended is not None:
        differing = attended.known & (attended.schedule.place != _planned(instance, schedule))
        notes += [_OTHERWISE(count=int(differing.sum())), *attended.told]
    named = {*schedule.duty, *(attended.schedule.duty if attended else ())}
    notes += [_UNNAMED(rule=duty.rule) for duty in instance.view.duties if duty.rule not in named]
    if any(account.rows for account in instance.facts.ledger.values()) and among(ledger.path, by_marks(instance.sources)) is None:
        notes.append(_ELSEWHERE(file=str(ledger.path)))
    if ledger.lacks:
        notes.append(_LACKS(names=Whole(", ".join(ledger.lacks))))
    return notes


def _planned(instance: Instance, schedule: Schedule) -> np.ndarray[tuple[int, ...], np.dtype[np.int8]]:
    """Places of the plan, those of people whom it need not name because they are away too."""
    return np.where(instance.facts.absent, np.int8(Place.ABSENT), schedule.place)

"""The journal of a local page: every change is a line in a file, on the disk before it is answered, and played again after a crash."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from giliran.arguments import check_pair
from giliran.domain.facts import Facts
from giliran.domain.schedule import Schedule
from giliran.errors import GiliranError, InputError, Problem, Where
from giliran.files.keeping import Begins, begins_as_document
from giliran.instance import Instance
from giliran.instance.ordered import OrderedRecord, with_ordered
from giliran.messages import Said, Sentence, Whole
from giliran.service.identity import Identity
from giliran.service.limits import MOST_JOURNAL, MOST_KEPT, ROOM_TO_SAVE
from giliran.service.records import (
    JOURNAL,
    LINE,
    BeginLine,
    CellRecord,
    ChangeLine,
    PlanLine,
    PlanRecord,
    SavedLine,
    UndoLine,
    began,
)
from giliran.service.states import Cell, State
from giliran.text.appending import Appending
from giliran.text.replacing import write_text_atomic
from giliran.versions import versions

_FOREIGN = Sentence(
    en="this file is there already and is no journal of giliran, so nothing is written into it",
    id="berkas ini sudah ada dan bukan catatan perubahan dari giliran, jadi tidak ditulisi",
)
_MOVE = Sentence(en="Move it elsewhere, then start again.", id="Pindahkan dahulu berkas itu, lalu jalankan kembali.")
_OTHER = Sentence(
    en="this journal of changes goes with another input, written by giliran {version}: {reason}",
    id="catatan perubahan ini untuk berkas masukan yang lain, ditulis oleh giliran {version}: {reason}",
)
_OTHER_PLAN = Sentence(
    en="this journal of changes did not begin with the plan of {file}, nor has it come to it",
    id="catatan perubahan ini tidak dimulai dari jadwal dalam {file}, dan juga tidak sampai pada jadwal itu",
)
_FRESH = Sentence(
    en="To begin anew add --fresh, which keeps the journal under another name; a plan that was saved before is given after the input.",
    id="Untuk mulai dari awal tambahkan --fresh; catatan lama disimpan dengan nama lain. Jadwal yang pernah disimpan ditulis setelah "
    "berkas masukan.",
)
_LEAVE_OUT = Sentence(
    en="Leave the plan out to go on with the journal, or add --fresh to begin with the plan; the journal is kept under another name.",
    id="Jangan sebut jadwalnya untuk melanjutkan catatan itu, atau tambahkan --fresh untuk mulai dari jadwal itu; catatan lama disimpan "
    "dengan nama lain.",
)
_DAMAGED = Sentence(en="this line of the journal is damaged", id="baris catatan perubahan ini rusak")
_RESTORE = Sentence(
    en="Put the file back from a copy, or begin anew with --fresh.",
    id="Pulihkan berkas ini dari salinan, atau mulai dari awal dengan --fresh.",
)
_TOO_LARGE = Sentence(
    en="the journal has grown to {size} million bytes, more than is read again",
    id="catatan perubahan sudah mencapai {size} juta bita, lebih dari yang dapat dibaca kembali",
)
_FULL = Sentence(
    en="the journal is full: it has {size} million bytes, and more than {most} million are not read again",
    id="catatan perubahan sudah penuh: {size} juta bita, dan lebih dari {most} juta tidak dapat dibaca kembali",
)
SAVE_AND_BEGIN = Sentence(
    en="Save the plan, end the page, then start again with --fresh and the saved workbook.",
    id="Simpan jadwalnya, akhiri halaman ini, lalu jalankan kembali dengan --fresh dan berkas Excel yang disimpan itu.",
)
_HALF = Sentence(
    en="The last line of {file} is damaged, as by a crash while it was written, and is left out: look whether your last change is there.",
    id="Baris terakhir {file} rusak, misalnya karena komputer mati, dan diabaikan: periksa apakah perubahan terakhir Anda ada.",
)
_RESUMED = Sentence(
    en="Taken up again from {file}: {count} {count:change|changes}, the last one of {at}.",
    id="Dilanjutkan dari {file}: {count} perubahan, terakhir pada {at}.",
)
_KEPT = Sentence(en="The journal of before is kept as {file}.", id="Catatan sebelumnya disimpan sebagai {file}.")

_OLD = ".old"
_HEAD = 4096
"""Bytes in which a journal says that it is one."""

begins_as_journal: Begins = lambda text: begins_as_document(text, JOURNAL)  # noqa: E731  # as the other formats are listed


class FullError(InputError):
    """There is no room for another line; what was written before is whole, and is read again."""


@dataclass
class Journal:
    """A journal that is being written.

    Parameters
    ----------
    file
        The file.
    facts, identity
        Of the instance.
    next_
        Number of the next line.
    """

    file: Appending
    facts: Facts
    identity: Identity
    next_: int = 0

    def begin(self, plan: Schedule, before: Schedule | None, ordered: OrderedRecord | None = None) -> None:
        """Write the first line."""
        record = BeginLine(
            **self._head(),
            schema_=JOURNAL,
            made_by=versions()["giliran"],
            identity=self.identity,
            plan=PlanRecord.of(plan),
            before=None if before is None else PlanRecord.of(before),
            ordered=ordered,
        )
        self._write(record)

    def change(self, cells: tuple[Cell, ...]) -> None:
        """Write a change by hand."""
        self._write(ChangeLine(**self._head(), cells=[CellRecord.of(self.facts, cell) for cell in cells]))

    def undo(self) -> None:
        """Write that the last change is taken back."""
        self._write(UndoLine(**self._head()))

    def plan(self, plan: Schedule) -> None:
        """Write a plan that was made."""
        self._write(PlanLine(**self._head(), plan=PlanRecord.of(plan)))

    def saved(self, file: str, sha256: str) -> None:
        """Write that the plan is in a workbook."""
        self._write(SavedLine(**self._head(), file=file, sha256=sha256), MOST_JOURNAL)

    def close(self) -> None:
        """Let others have it."""
        self.file.close()

    def _head(self) -> dict[str, Any]:
        now = dt.datetime.now().astimezone().isoformat(timespec="seconds")
        return {"n": self.next_, "instance": self.identity.digest, "at": now}

    def _write(self, line: BeginLine | ChangeLine | UndoLine | PlanLine | SavedLine, most: int | None = None) -> None:
        """Add a line, if the file has room for it: one that is larger than what is read again would lose everything in it."""
        text, size = line.model_dump_json(by_alias=True), self.file.size
        if size + len(text.encode()) + 1 > (MOST_JOURNAL - ROOM_TO_SAVE if most is None else most):
            said = _FULL(size=size // 1_000_000, most=MOST_JOURNAL // 1_000_000)
            raise FullError([Problem(Where(str(self.file.path)), said, SAVE_AND_BEGIN())])
        self.file.append(text)
        self.next_ += 1


@dataclass
class Resumed:
    """What a journal says.

    Parameters
    ----------
    journal
        The journal, ready for more.
    instance
        The instance that it is about: with what the plan at its start was made with.
    states
        The plan at hand last, and before it those that can be gone back to.
    saved
        The workbook that was written last, and its SHA-256.
    told
        What must be said about it.
    """

    journal: Journal
    instance: Instance
    states: deque[State] = field(default_factory=lambda: deque(maxlen=MOST_KEPT + 1))
    saved: tuple[str, str] | None = None
    told: tuple[Said, ...] = ()

    def take(self, instance: Instance) -> None:
        """Be about an instance, while nothing is written yet."""
        self.instance = instance
        self.journal.facts, self.journal.identity = instance.facts, Identity.of(instance)


def open_journal(path: Path, instance: Instance, *, fresh: bool = False) -> Resumed:
    """Open the journal of an instance, made where it is missing, and play it; without states where it is new.

    Parameters
    ----------
    path
        The file.
    fresh
        Begin anew; what is there is kept under another name.

    Raises
    ------
    InputError
        If another process is at work on it, it is no journal or that of another instance, or a line but the last is damaged.
    """
    file = Appending(path)
    try:
        return _opened(file, instance, fresh=fresh)
    except BaseException:
        file.close()
        raise


def begun_with(resumed: Resumed, plan: Schedule, file: Path) -> None:
    """See that a journal began with a plan, or that the plan is the one that it has come to, as in the workbook that was saved last.

    Raises
    ------
    InputError
        If it is neither.
    """
    now = resumed.states[-1].plan
    if np.array_equal(now.place, plan.place) and now.named == plan.named:
        return
    first = _lines(resumed.journal.file.read(), str(resumed.journal.file.path)).lines[0]
    if isinstance(first, BeginLine) and first.plan != PlanRecord.of(plan):
        raise InputError([Problem(Where(str(resumed.journal.file.path)), _OTHER_PLAN(file=file), _LEAVE_OUT())])


def _opened(file: Appending, instance: Instance, *, fresh: bool) -> Resumed:
    head, name = file.read(_HEAD), str(file.path)
    if head.strip() and not begins_as_journal(head.decode("utf-8", "replace")):
        raise InputError([Problem(Where(name), _FOREIGN(), _MOVE())])
    if file.size > MOST_JOURNAL and not fresh:
        raise InputError([Problem(Where(name), _TOO_LARGE(size=file.size // 1_000_000), _FRESH())])
    data = file.read()
    told = list[Said]()
    if fresh and data.strip():
        aside = _aside(file.path)
        write_text_atomic(aside, data)
        file.cut(0)
        data, told = b"", [_KEPT(file=aside)]
    found = _lines(data, name)
    if found.good < len(data):
        file.cut(found.good)
        told.append(_HALF(file=file.path))
    instance = _as_begun(found.lines, instance)
    journal = Journal(file, instance.facts, Identity.of(instance))
    resumed = Resumed(journal, instance)
    if found.lines:
        _check_instance(found.lines[0], journal.identity, name)
        _play(found.lines, instance, resumed, name)
        changes = sum(isinstance(line, ChangeLine | UndoLine | PlanLine) for line in found.lines)
        told.append(_RESUMED(file=file.path, count=changes, at=Whole(found.lines[-1].at.replace("T", " ")[:16])))
        journal.next_ = len(found.lines)
    resumed.told = tuple(told)
    return resumed


def _as_begun(lines: Sequence[object], instance: Instance) -> Instance:
    """The instance with what the plan at the start was made with, where people and days are the same."""
    first, here = lines[0] if lines else None, Identity.of(instance)
    if not isinstance(first, BeginLine) or first.ordered is None or not first.identity.is_about(here):
        return instance
    try:
        return with_ordered(instance, first.ordered, first.written.plan(instance.facts.shape))
    except (ValueError, GiliranError):
        return instance  # a damaged line, which is told where it is played


@dataclass
class _Lines:
    """Lines that are whole, and how many bytes they take."""

    lines: list[BeginLine | ChangeLine | UndoLine | PlanLine | SavedLine]
    good: int


def _lines(data: bytes, name: str) -> _Lines:
    """The lines of a journal; a last one that was cut off is left out, any other that is damaged is refused."""
    found = _Lines([], 0)
    pieces = data.split(b"\n")
    for n, piece in enumerate(pieces[:-1]):  # behind the last line feed is nothing, or half a line
        try:
            line = LINE.validate_json(piece)
            if line.n != n or isinstance(line, BeginLine) != (n == 0):
                raise ValueError
        except ValueError:
            if n == len(pieces) - 2 and not pieces[-1]:
                break  # a disk that lost power may keep a whole line of which only a part was written
            raise InputError([Problem(Where(name, n + 1), _DAMAGED(), _RESTORE())]) from None
        found.lines.append(line)
        found.good += len(piece) + 1
    return found


def _check_instance(first: object, here: Identity, name: str) -> None:
    assert isinstance(first, BeginLine)
    reasons = [*first.identity.differences(here)]
    if reasons:
        raise InputError([Problem(Where(name), _OTHER(version=first.made_by, reason=reason), _FRESH()) for reason in reasons])


def _play(lines: list[Any], instance: Instance, resumed: Resumed, name: str) -> None:
    """All states, one after the other."""
    for n, line in enumerate(lines):
        try:
            if line.instance != resumed.journal.identity.digest:
                raise ValueError
            _step(line, instance, resumed)
        except (ValueError, LookupError, GiliranError):
            raise InputError([Problem(Where(name, n + 1), _DAMAGED(), _RESTORE())]) from None


def _step(line: Any, instance: Instance, resumed: Resumed) -> None:
    facts, states = instance.facts, resumed.states
    match line:
        case BeginLine():
            states.append(began(line, facts))
        case ChangeLine():
            states.append(states[-1].changed([record.cell(facts) for record in line.cells]))
        case PlanLine():
            states.append(states[-1].planned(line.plan.plan(facts.shape)))
        case UndoLine():
            states.append(gone_back(states))
        case SavedLine():
            resumed.saved = (line.file, line.sha256)
            return
    check_pair(instance, states[-1].plan)


def gone_back(states: deque[State]) -> State:
    """The state before the last one, which is taken away with it; `LookupError` where nothing is left to go back to."""
    last = states.pop()
    if not states:
        states.append(last)
        raise LookupError
    return last.again(states.pop())


def _aside(path: Path) -> Path:
    """A name for a journal that makes room, which no file has yet."""
    return next(free for free in _names(path) if not free.exists())


def _names(path: Path) -> Iterator[Path]:
    yield path.with_name(f"{path.stem}{_OLD}{path.suffix}")
    k = 1
    while True:
        k += 1
        yield path.with_name(f"{path.stem}{_OLD}{k}{path.suffix}")

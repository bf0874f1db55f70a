"""The desk behind a local page: one plan, its changes one after the other, and what is asked about it meanwhile.

It is in one of few phases. `READY` takes changes. `PLANNING` has a job at work and takes none, so that what the job finds still fits.
`STUCK` takes none either: the journal can no longer be written, or is full, and a change that a crash would lose is none. `CLOSED`
answers nothing.
"""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from giliran.audit import Audit, audit
from giliran.domain.finding import Finding
from giliran.domain.schedule import Schedule
from giliran.errors import InputError
from giliran.files.exporting import Exported
from giliran.instance import Instance
from giliran.messages import Said, Sentence
from giliran.service.jobs import CancelledError, Ending, Job, Kind
from giliran.service.journal import SAVE_AND_BEGIN, FullError, Journal, gone_back
from giliran.service.limits import ASK_S, END_S, MOST_ASKED, MOST_JOBS, MOST_KEPT, PLAN_S
from giliran.service.planning import plan_again, plan_anew
from giliran.service.refusals import BusyError, EndingError, StaleError, UnknownJobError
from giliran.service.saving import Saver
from giliran.service.states import Cell, State, is_empty
from giliran.solving import SolveOptions
from giliran.whatif.costs import TierCost, differences
from giliran.whatif.stand_ins import Substitutes
from giliran.whatif.substitutes import substitutes
from giliran.whatif.why import Why, why

_STALE = Sentence(
    en="the plan has changed since this page showed it; here is the plan as it is now, please look and try again",
    id="jadwal sudah berubah sejak ditampilkan di halaman ini; ini jadwal yang terbaru, silakan periksa lalu ulangi",
)
_PLANNING = Sentence(
    en="a plan is being made just now; wait for it or cancel it, then change the plan",
    id="jadwal sedang disusun; tunggu atau batalkan dahulu, lalu ubah jadwalnya",
)
_ASKING = Sentence(
    en="other questions are being worked on; try again in a moment", id="pertanyaan lain masih dikerjakan; coba lagi sebentar lagi"
)
_STUCK = Sentence(
    en="the journal can no longer be written, so no change is taken: make room on the disk and start the page again",
    id="catatan perubahan tidak dapat ditulis lagi, jadi perubahan tidak diterima: kosongkan ruang disk lalu jalankan halaman ini kembali",
)
_FULL = Sentence(
    en="the journal is full, so no change is taken. {advice}", id="catatan perubahan sudah penuh, jadi perubahan tidak diterima. {advice}"
)
_CLOSED = Sentence(en="the page is being ended", id="halaman ini sedang diakhiri")
_NO_JOB = Sentence(en="there is no job {number}", id="tidak ada pekerjaan {number}")
_NOTHING_BACK = Sentence(en="there is nothing to go back to", id="tidak ada yang dapat dibatalkan")


class Phase(StrEnum):
    """What the desk is at."""

    READY = "ready"
    PLANNING = "planning"
    STUCK = "stuck"
    CLOSED = "closed"


_REFUSED: Mapping[Phase, Callable[[], Exception]] = {
    Phase.PLANNING: lambda: BusyError(_PLANNING()),
    Phase.STUCK: lambda: EndingError(_STUCK()),
    Phase.CLOSED: lambda: EndingError(_CLOSED()),
}
"""Why a phase takes no change."""


@dataclass(frozen=True)
class Seen:
    """The plan at hand with its audit.

    Parameters
    ----------
    instance
        What it is a plan for.
    state
        The plan.
    audit
        Its audit.
    phase, job
        What the desk is at, and the last job.
    can_undo
        Whether there is something to go back to.
    """

    instance: Instance
    state: State
    audit: Audit
    phase: Phase
    job: Job | None
    can_undo: bool


@dataclass(frozen=True)
class Effect:
    """What a change did.

    Parameters
    ----------
    before, after
        The plan before and after.
    """

    before: Seen
    after: Seen

    @cached_property
    def broken(self) -> tuple[Finding, ...]:
        """Findings of rules that must hold and that were not there before."""
        return tuple(_new(self.before.audit, self.after.audit))

    @cached_property
    def mended(self) -> int:
        """How many there were before and are no more."""
        return len(tuple(_new(self.after.audit, self.before.audit)))

    @cached_property
    def costs(self) -> tuple[TierCost, ...]:
        """What it costs, tier by tier."""
        return differences(self.after.instance, self.before.audit, self.after.audit)


@dataclass(frozen=True)
class Saved:
    """A plan in a workbook.

    Parameters
    ----------
    path
        The workbook.
    seen
        The plan that is in it.
    exported
        What stands there.
    """

    path: Path
    seen: Seen
    exported: Exported


class Desk:
    """One plan at a time, changed by whoever asks, each change kept in the journal before it is answered.

    Parameters
    ----------
    instance
        What is planned.
    states
        The plan at hand last, before it those that can be gone back to.
    journal
        Where changes are kept.
    saver
        Where plans are saved.
    options
        How plans are made; without a limit of time, `PLAN_S` seconds.
    """

    def __init__(self, instance: Instance, states: deque[State], journal: Journal, saver: Saver, options: SolveOptions) -> None:
        self._instance, self._journal, self._saver = instance, journal, saver
        self._states = deque(states, maxlen=MOST_KEPT + 1)
        self._options = options if options.time_limit_s else options.model_copy(update={"time_limit_s": PLAN_S})
        self._lock, self._save_lock = threading.RLock(), threading.Lock()
        self._asking = threading.BoundedSemaphore(MOST_ASKED)
        self._ending = threading.Event()
        self._jobs: deque[Job] = deque(maxlen=MOST_JOBS)
        self._phase, self._full = Phase.READY, False
        self._audited: tuple[State, Audit] | None = None

    @property
    def instance(self) -> Instance:
        """What is planned."""
        return self._instance

    def seen(self) -> Seen:
        """The plan as it is now."""
        with self._lock:
            return self._seen()

    def change(self, version: int, cells: tuple[Cell, ...]) -> Effect:
        """Change cells by hand.

        Raises
        ------
        StaleError, BusyError, EndingError
            If the plan is another by now, or no change is taken; nothing has changed.
        InputError
            If the journal cannot be written; nothing has changed.
        """
        with self._changing(version) as before:
            after = before.state.changed(cells)
            found = audit(self._instance, after.plan)  # first, so that what it refuses is in no journal
            self._keep(lambda: self._journal.change(cells))
            self._states.append(after)
            self._audited = after, found
            return Effect(before, self._seen())

    def undo(self, version: int) -> Effect:
        """Take the last change, or the last plan that was made, back; raises as `change`."""
        with self._changing(version) as before:
            if len(self._states) < 2:
                raise BusyError(_NOTHING_BACK())
            self._keep(self._journal.undo)
            self._states.append(gone_back(self._states))
            return Effect(before, self._seen())

    def why(self, version: int, staff: str, day: str | None) -> Why:
        """Why somebody is where the plan has them; raises `StaleError` and as `giliran.why`."""
        plan = self._plan_of(version)
        with self._question():
            return why(self._instance, plan, staff, day, options=self._asked, cancel=self._ending)

    def substitutes(self, version: int, staff: str, day: str, duty: str | None) -> Substitutes:
        """Who could stand in for somebody; raises `StaleError` and as `giliran.substitutes`."""
        plan = self._plan_of(version)
        with self._question():
            return substitutes(self._instance, plan, staff, day, duty=duty, options=self._asked, cancel=self._ending)

    def begin(self, version: int, kind: Kind) -> Job:
        """Begin to make a plan; raises as `change`. An empty plan is made anew, whatever is asked for."""
        with self._changing(version) as before:
            if is_empty(self._instance.facts, before.state.plan):
                kind = Kind.SOLVE
            job = Job((self._jobs[-1].number if self._jobs else 0) + 1, kind)
            self._jobs.append(job)
            self._phase = Phase.PLANNING
            job.start(lambda job: self._plan(job, before.state), 2 * (self._options.time_limit_s or PLAN_S), self._job_ended)
            return job

    def job(self, number: int) -> Job:
        """A job; raises `UnknownJobError`."""
        with self._lock:
            found = next((job for job in self._jobs if job.number == number), None)
        if found is None:
            raise UnknownJobError(_NO_JOB(number=number))
        return found

    def cancel(self, number: int) -> Job:
        """Tell a job to end: the plan stays as it was. Raises `UnknownJobError`."""
        job = self.job(number)
        job.cancel.set()
        job.join(END_S)
        return job

    def write(self, version: int) -> Saved:
        """Write the plan to the workbook; raises as `change`, and `InputError` where it cannot be written."""
        with self._save_lock:
            with self._lock:
                self._check(version, {Phase.CLOSED} if self._full else {Phase.CLOSED, Phase.STUCK})
                seen = self._seen()
            path, sha256, exported = self._saver.write(seen.state.plan)
            with self._lock:
                if self._phase is not Phase.CLOSED:
                    self._keep(lambda: self._journal.saved(path.name, sha256))
            return Saved(path, seen, exported)

    def close(self) -> None:
        """End: the job is cancelled, nothing more is answered, others may have the journal."""
        self._ending.set()
        with self._lock:
            self._phase = Phase.CLOSED
            jobs = list(self._jobs)
        for job in jobs:
            job.cancel.set()
        for job in jobs:
            job.join(END_S)
        with self._save_lock, self._lock:
            self._journal.close()

    @property
    def _asked(self) -> SolveOptions:
        return self._options.model_copy(update={"time_limit_s": ASK_S})

    def _seen(self) -> Seen:
        state = self._states[-1]
        if self._audited is None or self._audited[0] is not state:
            self._audited = state, audit(self._instance, state.plan)
        job = replace(self._jobs[-1]) if self._jobs else None  # as it stands now, so that it fits the phase whenever it is read
        return Seen(self._instance, state, self._audited[1], self._phase, job, len(self._states) > 1)

    @contextmanager
    def _changing(self, version: int) -> Iterator[Seen]:
        """Alone with the plan, if it is still the one that was seen and changes are taken."""
        with self._lock:
            self._check(version, {*_REFUSED})
            yield self._seen()

    def _check(self, version: int, refused: set[Phase]) -> None:
        if self._phase in refused:
            if self._phase is Phase.STUCK and self._full:
                raise EndingError(_FULL(advice=SAVE_AND_BEGIN()))
            raise _REFUSED[self._phase]()
        if version != self._states[-1].version:
            raise StaleError(_STALE())

    def _keep(self, write: Callable[[], None]) -> None:
        """Write to the journal; where that fails, no change is taken any more."""
        try:
            write()
        except InputError as error:
            self._phase, self._full = Phase.STUCK, isinstance(error, FullError)
            raise

    def _plan_of(self, version: int) -> Schedule:
        with self._lock:
            self._check(version, {Phase.CLOSED})
            return self._states[-1].plan

    @contextmanager
    def _question(self) -> Iterator[None]:
        if not self._asking.acquire(blocking=False):
            raise BusyError(_ASKING())
        try:
            yield
        except KeyboardInterrupt:  # how a row of questions ends that nobody but a signal has ended
            raise EndingError(_CLOSED()) from None
        finally:
            self._asking.release()

    def _plan(self, job: Job, state: State) -> tuple[Said, ...]:
        """In the thread of a job: make the plan, and take it over."""
        make = plan_anew if job.kind is Kind.SOLVE else plan_again
        plan, told = make(self._instance, state, self._options, job)
        with self._lock:
            if job.cancel.is_set() or self._phase is not Phase.PLANNING:
                raise CancelledError
            after = self._states[-1].planned(plan)
            self._keep(lambda: self._journal.plan(plan))
            self._states.append(after)
        return told

    def _job_ended(self, job: Job, ending: Ending) -> None:
        """Both at once: whoever reads that the job has ended may go on."""
        with self._lock:
            if self._phase is Phase.PLANNING:
                self._phase = Phase.READY
            job.ending = ending


def _new(before: Audit, after: Audit) -> Iterator[Finding]:
    """Findings of rules that must hold which one audit has and the other has not."""
    known = Counter((finding.rule, finding.said.text("en")) for finding in before.broken)
    for finding in after.broken:
        key = finding.rule, finding.said.text("en")
        if known[key]:
            known[key] -= 1
        else:
            yield finding

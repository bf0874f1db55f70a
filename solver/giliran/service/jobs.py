"""Planning in the background: one job at a time, which tells how far it is and ends when it is told to."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from giliran.engine.base.outcome import Progress
from giliran.errors import GiliranError, InputError, Problem, Where
from giliran.messages import Said, Sentence, plain
from giliran.service.refusals import RefusalError

_FAILED = Sentence(
    en="planning failed by a fault of giliran ({what}); the plan is as it was",
    id="penyusunan gagal karena kesalahan dalam program ({what}); jadwal tidak berubah",
)
_TIME_UP = Sentence(en="time was up; the plan is as it was", id="waktu habis; jadwal tidak berubah")


class Kind(StrEnum):
    """What is planned."""

    SOLVE = "solve"
    """The best plan, whatever stands there now."""
    REPLAN = "replan"
    """The plan with the fewest changes that keeps what was set by hand."""


class Ending(StrEnum):
    """How a job stands."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass
class Job:
    """One planning.

    Parameters
    ----------
    number
        Counts jobs from 1.
    kind
        What is planned.
    cancel
        Set to end it.
    ending
        How it stands; written by the desk, together with what that is at.
    progress
        How far its search is.
    told
        What must be said of what came out.
    problems
        Why nothing came out.
    """

    number: int
    kind: Kind
    cancel: threading.Event = field(default_factory=threading.Event)
    ending: Ending = Ending.RUNNING
    progress: Progress | None = None
    told: tuple[Said, ...] = ()
    problems: tuple[Problem, ...] = ()
    _thread: threading.Thread | None = None
    _timer: threading.Timer | None = None
    _timed_out: bool = False

    def start(self, work: Callable[[Job], tuple[Said, ...]], limit_s: float, done: Callable[[Job, Ending], None]) -> None:
        """Work in a thread of its own, at most so many seconds; `done` is called at the end, whatever it is, and writes it down."""
        self._timer = threading.Timer(limit_s, self._time_up)
        self._timer.daemon = True
        self._thread = threading.Thread(target=self._run, args=(work, done), name=f"giliran-job-{self.number}", daemon=True)
        self._timer.start()
        self._thread.start()

    def join(self, timeout_s: float) -> bool:
        """Wait for its end; whether it has come."""
        if self._thread is None:
            return True
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def follow(self, progress: Progress) -> None:
        """Note how far the search is."""
        self.progress = progress

    def _time_up(self) -> None:
        self._timed_out = True
        self.cancel.set()

    def _run(self, work: Callable[[Job], tuple[Said, ...]], done: Callable[[Job, Ending], None]) -> None:
        ending = Ending.FAILED
        try:
            self.told = work(self)
            ending = Ending.DONE
        except CancelledError:
            ending = Ending.FAILED if self._timed_out else Ending.CANCELLED
            self.problems = (Problem(Where(), _TIME_UP()),) if self._timed_out else ()
        except KeyboardInterrupt:
            ending = Ending.CANCELLED
        except Exception as error:  # a thread has nobody to raise to
            self.problems = problems_of(error)
        finally:
            if self._timer is not None:
                self._timer.cancel()
            done(self, ending)


class CancelledError(GiliranError):
    """The job was told to end."""


def problems_of(error: Exception) -> tuple[Problem, ...]:
    """Any error as problems; of what was not raised on purpose only what kind it is."""
    if isinstance(error, InputError):
        return error.told()
    if isinstance(error, RefusalError):
        return (Problem(Where(), error.said),)
    said = getattr(error, "said", None)
    return (Problem(Where(), said if isinstance(said, Said) else _FAILED(what=plain(type(error).__name__))),)

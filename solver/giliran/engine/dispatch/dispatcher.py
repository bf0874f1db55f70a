"""Dispatching: tasks run a few at a time, and others take over when a worker is lost."""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from giliran.engine.base.solution import Solution
from giliran.engine.cpsat.call import Tell
from giliran.engine.dispatch.backends import Backend, OwnProcesses, OwnThreads, RemoteBackend, ThreadBackend, opened
from giliran.engine.dispatch.tasks import Done, Task
from giliran.errors import ExecutorError, WorkersLostError

POLL_S = 0.05
"""How often the waiting thread looks whether somebody cancelled; results wake it at once."""

GRACE_S = 10.0
"""How long tasks elsewhere are waited for beyond their time, or after they were told to end."""

AHEAD = 2
"""Tasks sent per place, so that the next one is there when one ends; one where time is limited, because it counts from the beginning."""

KILLED_WORKER = "KilledWorker"
"""What Dask calls the end of a task whose workers died again and again; its class is not imported here."""


@dataclass(frozen=True)
class Job:
    """A task of some parts.

    Parameters
    ----------
    parts
        Their indices.
    task
        What to do with them.
    seconds
        What it may spend, None for no limit.
    seed
        Of its searches.
    tell
        Gets what is found meanwhile, where the task runs in this process; None where nobody wants to know.
    """

    parts: list[int]
    task: Task
    seconds: float | None
    seed: int
    tell: Tell | None = None


@dataclass(frozen=True)
class _Sent:
    """A job at work: since when, and where."""

    job: Job
    begin: float
    backend: Backend

    def late(self, now: float) -> bool:
        """Whether somebody elsewhere should have answered long ago."""
        limited = self.job.seconds is not None and not isinstance(self.backend, ThreadBackend)
        return limited and now > self.begin + (self.job.seconds or 0.0) + GRACE_S


class Dispatcher:
    """Runs tasks on threads of its own or on an executor.

    Parameters
    ----------
    executor
        Where tasks run; threads of its own when None.
    places
        Tasks at work at the same time.
    halted
        Asked again and again: whether everything is to end.
    meanwhile
        Called again and again by the thread that waits.

    Attributes
    ----------
    crashed
        Parts whose work was lost twice.
    """

    def __init__(
        self, executor: Executor | None, places: int, halted: Callable[[], bool], meanwhile: Callable[[], None] = lambda: None
    ) -> None:
        self._places = places
        self._halted = halted
        self._meanwhile = meanwhile
        self._backend = self._backend_of(executor)
        self._sent: dict[Future[Done | bytes], _Sent] = {}
        self._arrived: SimpleQueue[Future[Done | bytes]] = SimpleQueue()
        self.crashed: set[int] = set()

    def run(self, jobs: Iterable[list[int]], make: Callable[[list[int]], Job], *, side_by_side: bool = True) -> Iterator[tuple[Job, Done]]:
        """Run jobs, made when their turn comes; what comes of each, as it comes. Parts that nobody finished have no solution in it.

        Parameters
        ----------
        jobs
            Indices of parts.
        make
            The job of some parts.
        side_by_side
            Whether threads of one process get on with several at a time.

        Raises
        ------
        ExecutorError
            If the executor fails by itself; `WorkersLostError` if processes that took its place are lost before they get any work.
        """
        waiting = deque(jobs)
        while waiting or self._sent:
            self._meanwhile()
            if self._halted():
                yield from self._last()
                yield from ((job, _nothing(job)) for job in map(make, waiting))
                return
            while waiting and len(self._sent) < self._room(side_by_side):
                self._send(make(waiting.popleft()))
            if isinstance(self._backend, ThreadBackend):
                self._backend.spare.count(0 if waiting else self._places - len(self._sent))
            yield from self._arrivals()

    def close(self) -> None:
        """End what is still running; threads are waited for. What goes wrong then is not told: the error that ended the run is."""
        self._halted = lambda: True
        try:
            while self._sent:
                with contextlib.suppress(Exception):
                    deque(self._last(), maxlen=0)
        finally:
            self._backend.close()

    def _backend_of(self, executor: Executor | None) -> Backend:
        if executor is None:
            return OwnThreads(self._places)
        return ThreadBackend(executor) if isinstance(executor, ThreadPoolExecutor) else RemoteBackend(executor)

    def _room(self, side_by_side: bool) -> int:
        if not side_by_side and isinstance(self._backend, ThreadBackend):
            return 1
        limited = any(sent.job.seconds is not None for sent in self._sent.values())
        return self._places * (1 if limited else AHEAD)

    def _send(self, job: Job) -> None:
        try:
            future = _submitted(self._backend, job)
        except WorkersLostError:
            self._replace(self._backend)
            future = _submitted(self._backend, job)
        self._sent[future] = _Sent(job, time.monotonic(), self._backend)
        future.add_done_callback(self._arrived.put)

    def _arrivals(self) -> Iterator[tuple[Job, Done]]:
        """The next result, if one comes soon, and nothing for jobs that are far beyond their time.

        The main thread waits on a queue: after a Ctrl-C inside `join` Python 3.11 takes a thread for dead.
        """
        try:
            future = self._arrived.get(timeout=POLL_S)
        except Empty:
            now = time.monotonic()
            for late in [future for future, sent in self._sent.items() if sent.late(now)]:
                job = self._sent.pop(late).job
                late.cancel()
                yield job, _nothing(job)
            return
        if future in self._sent:
            sent = self._sent.pop(future)
            yield sent.job, self._outcome(sent, future)

    def _last(self) -> Iterator[tuple[Job, Done]]:
        """What tasks answer when they are told to end; nothing for those that do not answer."""
        until = time.monotonic() + GRACE_S
        while self._sent:
            self._backend.stop()
            for future, sent in list(self._sent.items()):
                patient = isinstance(sent.backend, ThreadBackend) or time.monotonic() < until
                if future.cancel() or not (patient or future.done()):
                    self._sent.pop(future)
                    yield sent.job, _nothing(sent.job)
            yield from self._arrivals()

    def _outcome(self, sent: _Sent, future: Future[Done | bytes]) -> Done:
        """What came of a job. Raises what its task raised."""
        try:
            answer = future.result()
        except BrokenExecutor:
            self._replace(sent.backend)
            return self._once_more(sent.job)
        except CancelledError as error:
            if self._halted():
                return _nothing(sent.job)
            raise ExecutorError("tasks were cancelled by somebody else") from error
        except Exception as error:
            if type(error).__name__ == KILLED_WORKER:
                return self._once_more(sent.job)
            if isinstance(sent.backend, ThreadBackend):
                raise
            raise ExecutorError(f"{type(error).__name__}: {error}") from error
        return opened(answer)

    def _replace(self, broken: Backend) -> None:
        """Go on with processes of our own where an executor has broken."""
        if broken is self._backend:
            self._backend = OwnProcesses(self._places)
            broken.close()

    def _once_more(self, job: Job) -> Done:
        """Do a lost job again, part by part, each in a process of its own where it can harm no other; all in the time of the job."""
        if self._halted():
            return _nothing(job)
        seconds = None if job.seconds is None else job.seconds / len(job.parts)
        solutions: list[Solution | None] = []
        hurried = False
        for p, task in zip(job.parts, job.task.alone(), strict=True):
            done = _isolated(Job([p], task, seconds, job.seed), self._halted)
            if done is None and not self._halted():
                self.crashed.add(p)
            solutions += (None,) if done is None else done.solutions
            hurried |= done is not None and done.hurried
        return Done(tuple(solutions), hurried)


def _submitted(backend: Backend, job: Job) -> Future[Done | bytes]:
    """Begin a job; what an executor raises because it takes none is ours to say."""
    try:
        return backend.submit(job.task, job.seed, job.seconds, job.tell)
    except BrokenExecutor as error:
        raise WorkersLostError(f"{type(error).__name__}: {error}") from error
    except (OSError, RuntimeError) as error:
        raise ExecutorError(f"{type(error).__name__}: {error}") from error


def _nothing(job: Job) -> Done:
    return Done((None,) * len(job.parts))


def _isolated(job: Job, halted: Callable[[], bool]) -> Done | None:
    """What comes of a job in a process of its own; None if that is lost, or ended from outside without an answer."""
    alone = OwnProcesses(1)
    try:
        future = _submitted(alone, job)
        until: float | None = None
        while True:
            try:
                return opened(future.result(timeout=POLL_S))
            except BrokenExecutor:
                return None
            except TimeoutError:
                if halted():
                    alone.stop()
                    until = until or time.monotonic() + GRACE_S
                if until is not None and time.monotonic() > until:
                    return None
    finally:
        alone.close()

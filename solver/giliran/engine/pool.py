"""Solving many parts: a thread each, up to the number of workers, under one time limit and one way to stop."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from types import MappingProxyType

import numpy as np

from giliran.engine.columns.batches import batches_of, solve_batch
from giliran.engine.columns.solving import ColumnResult, wants_columns
from giliran.engine.cpsat import Effort, Running
from giliran.engine.outcome import EngineOptions, Progress
from giliran.engine.part import Part
from giliran.engine.search import Solution, search
from giliran.program import Ints

COLUMNS_PER_S = 2_000
"""Where a part would need more than this pace linear relaxations are not begun, because making patterns cannot be stopped. Measured: 1,600
columns a second over four weeks, 8,000 in one part of 10,000 people, 20,000 in small parts."""

USUAL_WEEK = 5
"""Days of a week for which the pace was measured; every further day doubles the patterns."""

POLL_S = 0.05
"""How often the main thread looks whether somebody cancelled; results wake it at once."""


@contextmanager
def interrupted_by(cancel: Callable[[], None]) -> Iterator[None]:
    """Let Ctrl-C call `cancel` meanwhile, instead of raising `KeyboardInterrupt` wherever the main thread happens to be.

    Only where Python's own handler is in place and this is the main thread: an application's handler is its own affair.
    """
    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, lambda *_: cancel())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass(frozen=True)
class Days:
    """The days of the cell grid: how many, and the week of each : int64[D]."""

    count: int
    week: Ints


def _jobs(parts: Sequence[Part], open_: list[int], days: Days | None) -> list[list[int]]:
    """Which parts go through linear relaxations together."""
    if days is None:
        return [[p] for p in open_]
    batches = [[open_[k] for k in batch] for batch in batches_of([parts[p] for p in open_])]
    batched = {p for batch in batches for p in batch}
    return [*batches, *([p] for p in open_ if p not in batched)]


def _weight(part: Part, days: Days) -> float:
    """Columns of a part, more where weeks are long."""
    longest = int(np.bincount(days.week[np.unique(part.cells % days.count)]).max(initial=0))
    return part.num_columns * float(2 ** max(longest - USUAL_WEEK, 0))


class Pool:
    """Solves parts of one program once.

    Parameters
    ----------
    options
        Time limit, workers, seed, cancel and progress.

    Attributes
    ----------
    cancelled
        Whether the run was ended from outside.
    hurried
        Whether the clock ended a relaxation that would have gone on: another run may settle ties in another way.
    """

    def __init__(self, options: EngineOptions) -> None:
        self.options = options
        self.cancelled = False
        self.hurried = False
        self._begin = time.monotonic()
        self._halt = threading.Event()
        self._running = Running()
        self._lock = threading.Lock()
        self._left = 0
        self._results: SimpleQueue[tuple[int, Solution | BaseException]] = SimpleQueue()

    def go_on(self) -> bool:
        """Whether nobody cancelled and there is time left."""
        if self.options.cancel is not None and self.options.cancel.is_set():
            self._cancel()
        limit = self.options.time_limit_s
        return not self._halt.is_set() and (limit is None or time.monotonic() - self._begin < limit)

    def interruptible(self) -> AbstractContextManager[None]:
        """Let Ctrl-C end the run meanwhile with the best plans found."""
        return interrupted_by(self._cancel)

    def solve(
        self, parts: Sequence[Part], relaxed: Mapping[int, Solution] = MappingProxyType({}), days: Days | None = None
    ) -> tuple[Solution, ...]:
        """A solution for every part, in their order.

        Parameters
        ----------
        parts
            The parts.
        relaxed
            Solutions of some parts that need no search, by index.
        days
            The days of cells, for linear relaxations before every search; None for none.

        Raises
        ------
        InternalError
            Whatever a search raised; the others are ended first.
        """
        self._left = len(parts) - len(relaxed)
        # Under a limit small parts go first and leave what they do not use to the large ones; without one, large parts first keep
        # all workers busy to the end.
        sign = -1 if self.options.time_limit_s is None else 1
        jobs = _jobs(parts, [p for p in range(len(parts)) if p not in relaxed], days)
        jobs.sort(key=lambda job: (sign * sum(parts[p].num_columns for p in job), job))
        executor = ThreadPoolExecutor(max_workers=self.options.workers, thread_name_prefix="giliran")
        pending = sum(len(job) for job in jobs)
        found = dict(relaxed)
        try:
            if relaxed:
                self._tell(len(found), len(parts))
            for job in jobs:
                executor.submit(self._work, job, [parts[p] for p in job], days)
            while pending:
                p, result = self._next()
                pending -= 1
                if isinstance(result, BaseException):
                    raise result
                found[p] = result
                self._tell(len(found), len(parts))
        finally:
            self._end(executor, pending)
        return tuple(found[p] for p in range(len(parts)))

    def _work(self, job: list[int], parts: list[Part], days: Days | None) -> None:
        effort = self._effort(len(job))
        told = 0
        try:
            starts: Sequence[ColumnResult | None] = [None] * len(job)
            if days is not None and not effort.over and all(wants_columns(part) for part in parts):
                starts = self._relaxed(parts, days, effort)
            for p, part, start in zip(job, parts, starts, strict=True):
                self._results.put((p, search(part, effort, start)))
                told += 1
        except BaseException as error:
            for p in job[told:]:
                self._results.put((p, error))

    def _relaxed(self, parts: list[Part], days: Days, effort: Effort) -> Sequence[ColumnResult | None]:
        """What linear relaxations say, in at most half of the time that there is; nothing where that is too short to begin."""
        deadline = None
        if effort.deadline is not None:
            left = effort.deadline - time.monotonic()
            if any(_weight(part, days) > COLUMNS_PER_S * left for part in parts):
                self.hurried = True
                return [None] * len(parts)
            deadline = effort.deadline - left / 2
        starts = solve_batch(parts, days.count, days.week, deadline=deadline, cancel=effort.halt)
        self.hurried |= any(start.hurried for start in starts)
        return starts

    def _effort(self, many: int) -> Effort:
        """What the next parts may spend: their fair share of the time left, which grows by what others did not use."""
        with self._lock:
            left = self._left / many
            self._left -= many
        deadline = None
        if self.options.time_limit_s is not None:
            now = time.monotonic()
            remaining = max(self._begin + self.options.time_limit_s - now, 0.0)
            deadline = now + remaining * min(self.options.workers / left, 1.0)
        return Effort(self.options.seed, deadline, self._halt, self._running)

    def _next(self) -> tuple[int, Solution | BaseException]:
        """The next result. The main thread waits on a queue: after a Ctrl-C inside `join` Python 3.11 takes a thread for dead."""
        while True:
            if self.options.cancel is not None and self.options.cancel.is_set():
                self._cancel()
            if self._halt.is_set():
                self._running.stop()
            try:
                return self._results.get(timeout=POLL_S)
            except Empty:
                continue

    def _cancel(self) -> None:
        self.cancelled = True
        self._halt.set()

    def _tell(self, done: int, total: int) -> None:
        if self.options.progress is not None:
            self.options.progress(Progress(done, total, time.monotonic() - self._begin))

    def _end(self, executor: ThreadPoolExecutor, pending: int) -> None:
        """Let no thread outlive the call."""
        if pending:
            self._halt.set()
        while pending:
            self._running.stop()
            try:
                self._results.get(timeout=POLL_S)
                pending -= 1
            except Empty:
                continue
        executor.shutdown(wait=True)

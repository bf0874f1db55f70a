"""Solving many parts: a thread each, up to the number of workers, under one time limit and one way to stop."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from queue import Empty, SimpleQueue
from types import MappingProxyType

from giliran.engine.cpsat import Effort, Running
from giliran.engine.outcome import EngineOptions, Progress
from giliran.engine.part import Part
from giliran.engine.search import Solution, search

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
    """

    def __init__(self, options: EngineOptions) -> None:
        self.options = options
        self.cancelled = False
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

    def solve(self, parts: Sequence[Part], relaxed: Mapping[int, Solution] = MappingProxyType({})) -> tuple[Solution, ...]:
        """A solution for every part, in their order.

        Parameters
        ----------
        parts
            The parts.
        relaxed
            Solutions of some parts that need no search, by index.

        Raises
        ------
        InternalError
            Whatever a search raised; the others are ended first.
        """
        self._left = len(parts) - len(relaxed)
        # Under a limit small parts go first and leave what they do not use to the large ones; without one, large parts first keep
        # all workers busy to the end.
        sign = -1 if self.options.time_limit_s is None else 1
        queue = sorted((p for p in range(len(parts)) if p not in relaxed), key=lambda p: (sign * parts[p].num_columns, p))
        executor = ThreadPoolExecutor(max_workers=self.options.workers, thread_name_prefix="giliran")
        pending = len(queue)
        found = dict(relaxed)
        try:
            if relaxed:
                self._tell(len(found), len(parts))
            for p in queue:
                executor.submit(self._work, p, parts[p])
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

    def _work(self, p: int, part: Part) -> None:
        try:
            self._results.put((p, search(part, self._effort())))
        except BaseException as error:
            self._results.put((p, error))

    def _effort(self) -> Effort:
        """What the next part may spend: its fair share of the time left, which grows by what others did not use."""
        with self._lock:
            left = self._left
            self._left -= 1
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

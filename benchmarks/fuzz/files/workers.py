"""Worker processes: a crash, a hang or too much memory ends one of them, is a finding, and the run goes on."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import resource
import tempfile
import time
import warnings
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Protocol

from benchmarks.fuzz.files.judging import Fault
from benchmarks.fuzz.files.trying import Bench, Trial

CHUNK = 200
"""Trials that a worker gets at a time."""
MOST_SILENT_S = 120.0
"""Seconds of the clock after which a trial counts as a hang: it stands in code that no signal of ours can leave."""
_MEGABYTE = 1_000_000
_IN_MEMORY = Path("/dev/shm")

_FORK = multiprocessing.get_context("fork")


class Source(Protocol):
    """Where trials come from."""

    def trial(self, number: int) -> Trial:
        """The trial of a number."""


@dataclass(frozen=True)
class Limits:
    """What one trial may use.

    Parameters
    ----------
    memory_mb
        On top of what the process has when it begins.
    silent_s
        Seconds of the clock.
    """

    memory_mb: int = 1_000
    silent_s: float = MOST_SILENT_S


@dataclass
class Done:
    """Part of a chunk: what became of its trials in words, and the faults by number."""

    words: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[int, Fault]] = field(default_factory=list)


@dataclass
class _Worker:
    process: Any
    pipe: Connection
    now: Any
    numbers: range
    seen: tuple[int, float]


class Pool:
    """So many workers over numbers of trials.

    Parameters
    ----------
    source
        Where trials come from; workers are forks of this process and share it.
    numbers
        Which trials.
    """

    def __init__(self, source: Source, numbers: range, workers: int, limits: Limits) -> None:
        self._source = source
        self._limits = limits
        self._chunks = deque(numbers[k : k + CHUNK] for k in range(0, len(numbers), CHUNK))
        self._workers: list[_Worker] = []
        self._count = workers
        self._started = 0
        self._root = Path()

    def run(self, until: float) -> Iterator[Done]:
        """What comes back, until a time of the monotonic clock; every second something, if only nothing."""
        with tempfile.TemporaryDirectory(prefix="fuzz-files-", dir=_quick(), ignore_cleanup_errors=True) as root, self._ended():
            self._root = Path(root)
            while self._fill(until) or self._workers:
                ready = wait([worker.pipe for worker in self._workers], timeout=1.0)
                yield Done()
                for worker in list(self._workers):
                    yield from self._heard(worker, until) if worker.pipe in ready else self._watched(worker)

    @contextlib.contextmanager
    def _ended(self) -> Iterator[None]:
        """No worker outlives the run."""
        try:
            yield
        finally:
            for worker in self._workers:
                worker.process.kill()
                worker.process.join()

    def _fill(self, until: float) -> bool:
        """Workers for chunks that are left."""
        while self._chunks and len(self._workers) < self._count and time.monotonic() < until:
            self._start(self._chunks.popleft())
        return bool(self._workers)

    def _start(self, numbers: range) -> None:
        self._started += 1
        ours, theirs = _FORK.Pipe()
        now = _FORK.Value("q", numbers.start, lock=False)
        given = (self._source, self._root / str(self._started), theirs, now, self._limits.memory_mb)
        process = _FORK.Process(target=_work, args=given, daemon=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of forks beside threads: no thread here holds a lock
            process.start()
        theirs.close()
        worker = _Worker(process, ours, now, numbers, (numbers.start, time.monotonic()))
        self._workers.append(worker)
        ours.send(numbers)

    def _heard(self, worker: _Worker, until: float) -> Iterator[Done]:
        try:
            message = worker.pipe.recv()
        except (EOFError, ConnectionError):
            worker.process.join()
            yield self._lost(worker, f"a process ended with {worker.process.exitcode}")
            return
        if message is not None:
            yield Done(faults=[message]) if isinstance(message, tuple) else Done(words=message)
            return
        if self._chunks and time.monotonic() < until:
            worker.numbers = self._chunks.popleft()
            worker.now.value = worker.numbers.start
            worker.pipe.send(worker.numbers)
            return
        worker.pipe.send(None)
        worker.process.join()
        self._workers.remove(worker)

    def _watched(self, worker: _Worker) -> Iterator[Done]:
        if worker.now.value != worker.seen[0]:
            worker.seen = (worker.now.value, time.monotonic())
        elif time.monotonic() - worker.seen[1] > self._limits.silent_s:
            worker.process.kill()
            worker.process.join()
            yield self._lost(worker, "a process hangs")

    def _lost(self, worker: _Worker, kind: str) -> Done:
        """A worker is gone: its trial is the finding, and another worker takes what is left."""
        self._workers.remove(worker)
        number = worker.now.value
        if left := range(number + 1, worker.numbers.stop):
            self._chunks.appendleft(left)
        words = Counter(lost=1, before_lost=number - worker.numbers.start)
        return Done(words, [(number, Fault(f"{kind} ({self._source.trial(number).case.name})", kind))])


def _quick() -> Path | None:
    """A folder in memory, where there is one: opening a file for writing on a disk takes longer than reading it."""
    return _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else None


def _work(source: Source, root: Path, pipe: Connection, now: Any, memory_mb: int) -> None:
    with contextlib.suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        bench = Bench(root)
        gc.freeze()  # what the fork brought along is not looked at again and again
        _limit(memory_mb)
        while (numbers := pipe.recv()) is not None:
            words: Counter[str] = Counter()
            for number in numbers:
                now.value = number
                word, fault = bench.attempt(source.trial(number))
                words[word] += 1
                if fault is not None:
                    pipe.send((number, fault))
            pipe.send(words)
            pipe.send(None)


def _limit(memory_mb: int) -> None:
    """No more memory than there is now and so many megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + memory_mb * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (most, most))

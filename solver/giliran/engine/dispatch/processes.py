"""Executors to send work to, from the outside. Loads no solver."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from giliran.instance.offered import number_given

THREAD_VARIABLES = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")
"""How linear algebra is told to use one thread: many processes with threads for all cores each stand in each other's way."""

CHUNK = 8
"""Calls that travel together."""


def process_pool(workers: int) -> ProcessPoolExecutor:
    """A pool of fresh processes for `solve(…, executor=…)`: they begin when the first task comes, and leave Ctrl-C to this process.

    A script that uses it must keep what it does under `if __name__ == "__main__":`, as `multiprocessing` demands.

    Parameters
    ----------
    workers
        How many, at least one.

    Raises
    ------
    InputError
        If that is no such number.
    """
    return ProcessPoolExecutor(number_given(workers, "workers"), mp_context=multiprocessing.get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """Make a worker process ready: it computes with one thread, and Ctrl-C is for the process that sends the work."""
    for name in THREAD_VARIABLES:
        os.environ.setdefault(name, "1")  # read when numpy is loaded, with the first task
    _leave_interrupts()
    threading.Thread(target=_end_with_parent, name="giliran-parent", daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that made it is gone, even killed: idle workers would wait for tasks for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def interrupts_left() -> Iterator[None]:
    """In a process that others made: Ctrl-C reaches a whole group of processes, and meanwhile the one that sent the work ends it."""
    before = _leave_interrupts()
    try:
        yield
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)


def _leave_interrupts() -> Callable[..., Any] | None:
    """Ignore Ctrl-C in a worker process; what it did before, None where nothing was changed."""
    inside = multiprocessing.parent_process() is not None and threading.current_thread() is threading.main_thread()
    if not inside or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        return None
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return signal.default_int_handler


def mapping(executor: Executor | None) -> Callable[..., Iterable[Any]]:
    """A function like `map` that calls elsewhere; here, where threads would only wait for each other.

    What it calls must be pure: when the executor fails, whatever is left is called here, so that an error of the function is raised all
    the same.
    """
    if executor is None or isinstance(executor, ThreadPoolExecutor):
        return map

    def elsewhere(function: Callable[..., Any], *arguments: Iterable[Any]) -> Iterator[Any]:
        calls = list(zip(*arguments, strict=True))
        done = 0
        try:
            for result in executor.map(function, *zip(*calls, strict=True), chunksize=CHUNK):
                yield result
                done += 1
        except Exception:
            yield from (function(*call) for call in calls[done:])

    return elsewhere

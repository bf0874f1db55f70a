"""Executors to send work to, from the outside. Loads no solver."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

CHUNK = 8
"""Calls that travel together."""


def process_pool(workers: int) -> ProcessPoolExecutor:
    """A pool of fresh processes for `solve(…, executor=…)`: they begin when the first task comes, and leave Ctrl-C to this process.

    A script that uses it must keep what it does under `if __name__ == "__main__":`, as `multiprocessing` demands.

    Parameters
    ----------
    workers
        How many.
    """
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=leave_interrupts)


def leave_interrupts() -> None:
    """In a worker process: Ctrl-C reaches a whole group of processes, and the one that sent the work ends it."""
    inside = multiprocessing.parent_process() is not None and threading.current_thread() is threading.main_thread()
    if inside and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


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

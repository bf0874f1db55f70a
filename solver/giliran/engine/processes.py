"""Processes to send work to. Loads no solver."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from concurrent.futures import ProcessPoolExecutor


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

"""Backends: where tasks run. Threads of this process share memory and can be stopped; elsewhere tasks travel as bytes.

A folder stands for "still wanted": whoever works on the same machine sees it vanish when the run is ended. On a cluster of other machines
the scheduler says so.
"""

from __future__ import annotations

import contextlib
import pickle
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from giliran.engine.base.spare import Spare
from giliran.engine.cpsat.call import Effort, Running, Tell
from giliran.engine.dispatch.processes import interrupts_left, process_pool
from giliran.engine.dispatch.tasks import Done, Task
from giliran.errors import InternalError

WATCH_S = 0.2
"""How often a worker elsewhere looks whether it is still wanted."""


class Backend(Protocol):
    """Where tasks run."""

    def submit(self, task: Task, seed: int, seconds: float | None, tell: Tell | None = None) -> Future[Done | bytes]:
        """Begin a task; `seconds` is what it may spend from its beginning, and `tell` gets what it finds meanwhile, in this process."""

    def stop(self) -> None:
        """Ask whoever is at work to end with what there is; it may be asked again and again."""

    def close(self) -> None:
        """Let go of everything."""


class ThreadBackend:
    """ThreadBackend of this process.

    Parameters
    ----------
    executor
        Whose threads; not shut down here.

    Attributes
    ----------
    spare
        Those that have nothing to do.
    """

    def __init__(self, executor: ThreadPoolExecutor) -> None:
        self._executor = executor
        self.spare = Spare()
        self._halt = threading.Event()
        self._running = Running()

    def submit(self, task: Task, seed: int, seconds: float | None, tell: Tell | None = None) -> Future[Done | bytes]:
        """Begin a task."""
        return self._executor.submit(self._run, task, seed, seconds, tell)

    def _run(self, task: Task, seed: int, seconds: float | None, tell: Tell | None) -> Done:
        return task.run(Effort(_deadline(seconds), self._halt, seed, self._running, tell, self.spare))

    def stop(self) -> None:
        """Ask every task to end."""
        self._halt.set()
        self._running.stop()

    def close(self) -> None:
        """Nothing is held."""


class OwnThreads(ThreadBackend):
    """ThreadBackend made for one run."""

    def __init__(self, places: int) -> None:
        self._mine = ThreadPoolExecutor(max_workers=places, thread_name_prefix="giliran")
        super().__init__(self._mine)

    def submit(self, task: Task, seed: int, seconds: float | None, tell: Tell | None = None) -> Future[Done | bytes]:
        """Begin a task; a quick one is done at once, which takes less time than to hand it over."""
        if not task.quick:
            return super().submit(task, seed, seconds, tell)
        done: Future[Done | bytes] = Future()
        try:
            done.set_result(self._run(task, seed, seconds, tell))
        except Exception as error:  # whoever waits for the future raises it, as for any other
            done.set_exception(error)
        return done

    def close(self) -> None:
        """Wait for the threads to end."""
        self._mine.shutdown(wait=True)


class RemoteBackend:
    """Any other executor: processes, or a cluster.

    Parameters
    ----------
    executor
        Where tasks are sent; not shut down here.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._wanted = Path(tempfile.mkdtemp(prefix="giliran-"))

    def submit(self, task: Task, seed: int, seconds: float | None, tell: Tell | None = None) -> Future[Done | bytes]:
        """Send a task as bytes; what it finds meanwhile stays where it is."""
        payload = pickle.dumps(_Order(task, seed, seconds, str(self._wanted)), protocol=pickle.HIGHEST_PROTOCOL)
        return self._executor.submit(run_apart, payload)

    def stop(self) -> None:
        """Say that nothing is wanted any more."""
        with contextlib.suppress(FileNotFoundError):
            self._wanted.rmdir()

    def close(self) -> None:
        """Say so, whatever happened."""
        self.stop()


class OwnProcesses(RemoteBackend):
    """Processes made for one run."""

    def __init__(self, places: int) -> None:
        self._mine = process_pool(places)
        super().__init__(self._mine)

    def close(self) -> None:
        """End the processes."""
        super().close()
        self._mine.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True)
class _Order:
    """A task on its way: the folder `wanted` vanishes when nobody waits for it any more."""

    task: Task
    seed: int
    seconds: float | None
    wanted: str


def run_apart(payload: bytes) -> bytes:
    """The other side: a task as bytes in, what came of it (or what it raised) as bytes out."""
    order: _Order = pickle.loads(payload)
    halt, running = threading.Event(), Running()
    effort = Effort(_deadline(order.seconds), halt, order.seed, running)
    answer: Done | InternalError | MemoryError
    with interrupts_left(), _watched(_still_wanted(Path(order.wanted)), halt, running):
        try:
            answer = order.task.run(effort)
        except InternalError as error:
            answer = error
        except MemoryError as error:  # as libraries have their own kinds of it, which may not travel
            answer = MemoryError(str(error))
        except Exception as error:  # not every exception travels
            answer = InternalError(f"{type(error).__name__}: {error}")
    return pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL)


def opened(answer: Done | bytes) -> Done:
    """What came of a task, wherever it ran; raises what it raised."""
    done = pickle.loads(answer) if isinstance(answer, bytes) else answer
    if isinstance(done, InternalError | MemoryError):
        raise done
    assert isinstance(done, Done)
    return done


def _deadline(seconds: float | None) -> float | None:
    return None if seconds is None else time.monotonic() + seconds


@contextmanager
def _watched(wanted: Callable[[], bool], halt: threading.Event, running: Running) -> Iterator[None]:
    """Halt a task when nobody wants it any more."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(WATCH_S):
            if halt.is_set() or not wanted():
                halt.set()
                running.stop()

    watcher = threading.Thread(target=watch, name="giliran-watch", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _still_wanted(folder: Path) -> Callable[[], bool]:
    """Whether somebody waits for the task of this thread: the folder tells on the same machine, the scheduler on a cluster."""
    here = folder.is_dir()
    on_cluster = _wanted_by_scheduler()
    return lambda: (not here or folder.is_dir()) and on_cluster()


def _wanted_by_scheduler() -> Callable[[], bool]:
    """Whether a Dask worker still holds the task that this thread runs; always, outside of one."""
    distributed = sys.modules.get("distributed")
    if distributed is None:
        return lambda: True
    try:
        worker = distributed.get_worker()
        key = worker.get_current_task()
    except ValueError:  # this thread belongs to no worker
        return lambda: True

    def wanted() -> bool:
        task = worker.state.tasks.get(key)
        return task is not None and task.state != "cancelled"

    return wanted

"""Tasks on threads, processes and other executors: the same plans, whatever happens to the workers."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

from giliran.domain.status import Status, Stopped
from giliran.engine.base.outcome import Method, Outcome, Progress
from giliran.engine.base.part import Part
from giliran.engine.base.solution import Solution
from giliran.engine.cpsat.call import Configuration, Effort
from giliran.engine.cpsat.search import first_plan
from giliran.engine.dispatch import dispatcher as dispatch
from giliran.engine.dispatch import stages, tasks
from giliran.engine.dispatch.backends import RemoteBackend
from giliran.engine.dispatch.dispatcher import Dispatcher, Job
from giliran.engine.dispatch.processes import mapping, process_pool
from giliran.engine.dispatch.tasks import Done
from giliran.errors import ExecutorError, InternalError, WorkersLostError
from giliran.files.loading import load_instance
from giliran.program import Program
from giliran.solving import solve
from tests.engine.crashing import Crash, Fault
from tests.engine.programs import builder, hard, most_office, row, solved, squares

INSTANCES = Path(__file__).parent.parent.parent / "instances"


class Here(Executor):
    """Does everything at once, in the calling thread; not known to giliran."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run, then hand out what came of it."""
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class Failing(Executor):
    """Answers every task with an error of its own."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Fail."""
        future: Future[Any] = Future()
        future.set_exception(self.error)
        return future


class Refusing(Failing):
    """Takes no task, with an error of its own."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Raise."""
        raise self.error


def units(count: int = 6) -> Program:
    """Units of three over two days, each with at most one person in the office a day."""
    out = builder(3 * count, 2)
    for unit in range(0, 3 * count, 3):
        for day in range(2):
            row(out, [2 * e + day for e in range(unit, unit + 3)], hi=1, group=unit, day=day)
    most_office(out)
    squares(out, range(3 * count))
    return out.build()


def same(one: Outcome, other: Outcome) -> bool:
    """Whether two outcomes are the same but for the time they took."""
    return one.office.tobytes() == other.office.tobytes() and one.tiers == other.tiers and one.status is other.status


NO_METHODS = frozenset[Method]()


@contextlib.contextmanager
def executors(name: str) -> Iterator[Executor]:
    """Executors by name."""
    with {"threads": lambda: ThreadPoolExecutor(2), "processes": lambda: process_pool(2), "here": Here}[name]() as executor:
        yield executor


@pytest.mark.parametrize("name", ["threads", "processes", "here"])
def test_every_executor_gives_the_same_plan(name: str) -> None:
    """Wherever parts are solved, by flow or by search, the bytes are the same."""
    with executors(name) as executor:
        for methods in (NO_METHODS, frozenset(Method)):
            expected = solved(units(), methods=methods)
            assert same(solved(units(), methods=methods, workers=2, executor=executor), expected)


def test_a_killed_worker_changes_nothing() -> None:
    """When a worker process is killed in the middle of the run, its parts are solved again."""
    killed: list[int | None] = []

    def kill(progress: Progress) -> None:
        if not killed:
            for child in multiprocessing.active_children():
                child.kill()
                killed.append(child.pid)

    with process_pool(1) as executor:
        found = solved(units(), methods=NO_METHODS, executor=executor, progress=kill)
    assert killed
    assert same(found, solved(units(), methods=NO_METHODS))
    assert found.stopped is None


def test_a_broken_executor_is_replaced() -> None:
    """Where an executor loses every worker at once the parts are solved all the same."""
    found = solved(units(2), methods=NO_METHODS, executor=Failing(BrokenProcessPool("gone")))
    assert same(found, solved(units(2), methods=NO_METHODS))


def test_parts_lost_twice_are_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part whose workers crash twice has no plan, and is not called infeasible."""
    monkeypatch.setattr(dispatch, "_isolated", lambda *_: None)
    found = solved(units(3), methods=NO_METHODS, executor=Failing(BrokenProcessPool("gone")), workers=1)
    assert found.status is Status.UNKNOWN
    assert found.stopped is Stopped.CRASHED
    assert [part.status for part in found.parts] == [Status.UNKNOWN, Status.UNKNOWN, Status.OPTIMAL]  # two were sent before
    assert not found.reproducible


def test_an_executor_that_fails_by_itself() -> None:
    """Whatever else an executor raises is told, and there is no plan."""
    with pytest.raises(ExecutorError, match="ConnectionResetError: the scheduler is gone"):
        solved(units(2), executor=Failing(ConnectionResetError("the scheduler is gone")))


def test_processes_that_break_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where those that took the place of a broken executor take no work either, the error is one of ours."""

    monkeypatch.setattr(dispatch, "OwnProcesses", lambda _: RemoteBackend(Refusing(BrokenProcessPool("gone"))))
    with pytest.raises(WorkersLostError, match="gone"):
        solved(units(2), methods=NO_METHODS, executor=Refusing(BrokenProcessPool("gone")))


def test_no_process_for_lost_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a lost part is to be done again and no process can be started, that is an error of ours too."""
    monkeypatch.setattr(dispatch, "OwnProcesses", lambda _: RemoteBackend(Refusing(OSError("no room"))))
    with pytest.raises(ExecutorError, match="no room"):
        solved(units(2), methods=NO_METHODS, executor=Failing(BrokenProcessPool("gone")))


def test_an_executor_that_is_closed() -> None:
    """An executor that takes no work is told as such."""
    executor = process_pool(1)
    executor.shutdown()
    with pytest.raises(ExecutorError, match="after shutdown"):
        solved(units(2), executor=executor)


def run_one(task: Any, executor: Executor) -> tuple[Done, set[int]]:
    """What comes of a single task."""
    with contextlib.closing(Dispatcher(executor, 1, lambda: False)) as workers:
        [(_, done)] = workers.run([[7]], lambda parts: Job(parts, task, None, 0))
        return done, workers.crashed


@pytest.mark.parametrize(("crashes", "ends"), [(1, True), (2, False)])
def test_a_crash_is_tried_once_more(tmp_path: Path, crashes: int, ends: bool) -> None:
    """A task that takes its process down once is done in another one; twice, and its part is given up."""
    fuses = [tmp_path / str(k) for k in range(crashes)]
    for fuse in fuses:
        fuse.touch()
    with process_pool(1) as executor:
        done, crashed = run_one(Crash(tuple(map(str, fuses))), executor)
    assert (done.hurried, crashed) == ((True, set()) if ends else (False, {7}))


def test_errors_of_our_own_travel() -> None:
    """What a task raises in another process reaches the caller."""
    with process_pool(1) as executor, pytest.raises(InternalError, match="seen by the caller"):
        run_one(Fault(), executor)


@dataclass(frozen=True)
class Patient:
    """Ends when it is told to; that of part 0 is at fault at once."""

    part: int
    quick: ClassVar[bool] = False

    def run(self, effort: Effort) -> Done:
        """Wait, or raise."""
        if self.part == 0:
            raise InternalError("seen by the caller")
        effort.halt.wait()
        return Done((None,))


def test_an_error_is_not_hidden_by_what_is_ended_after_it() -> None:
    """Tasks that wait and tasks at work are ended after an error, and the error that is raised is the first one."""
    with pytest.raises(InternalError, match="seen by the caller"), contextlib.closing(Dispatcher(None, 2, lambda: False)) as workers:
        list(workers.run([[0], [1], [2], [3]], lambda parts: Job(parts, Patient(parts[0]), None, 0)))  # type: ignore[arg-type]


def test_first_plans_are_no_last_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is cancelled when only first plans are there says that it was stopped, and promises no second one like it."""
    cancel = threading.Event()

    def first(part: Part, effort: Effort, *how: Configuration) -> Solution:
        cancel.set()
        return first_plan(part, effort, *how)

    monkeypatch.setattr(stages, "pressed", lambda *_: True)
    monkeypatch.setattr(tasks, "first_plan", first)
    found = solved(units(1), methods=NO_METHODS, time_limit_s=600.0, cancel=cancel)
    assert found.status is Status.FEASIBLE
    assert found.stopped is Stopped.CANCELLED
    assert not found.reproducible


def test_a_cancel_reaches_processes() -> None:
    """A cancel ends searches in other processes long before their time is over, and keeps what they found."""
    cancel = threading.Event()
    with process_pool(1) as executor:
        solved(units(1), methods=NO_METHODS, executor=executor)  # the process is there
        threading.Timer(0.5, cancel.set).start()
        begin = time.monotonic()
        found = solved(hard(), methods=NO_METHODS, executor=executor, cancel=cancel, time_limit_s=300.0)
        again = solved(units(1), methods=NO_METHODS, executor=executor)
    assert time.monotonic() - begin < 100
    assert found.stopped is Stopped.CANCELLED
    assert found.status in (Status.FEASIBLE, Status.UNKNOWN)
    assert again.status is Status.OPTIMAL


@pytest.mark.parametrize("name", ["threads", "processes", "here"])
def test_duty_officers_named_elsewhere(name: str) -> None:
    """Wherever duty officers are named, they are the same people."""
    instance = load_instance(INSTANCES / "departments" / "dept-400" / "instance.yaml")
    expected = solve(instance)
    with executors(name) as executor:
        found = solve(instance, executor=executor)
    assert found.schedule.duty.keys() == expected.schedule.duty.keys()
    assert all(np.array_equal(found.schedule.duty[rule], named) for rule, named in expected.schedule.duty.items())


def test_calls_of_a_broken_executor_are_made_here() -> None:
    """A map over an executor that breaks ends with the results of all calls, in their order."""
    assert list(mapping(Failing(BrokenProcessPool("gone")))(divmod, [7, 8], [2, 3])) == [(3, 1), (2, 2)]


KILLED = """
import os, signal
from giliran.engine.dispatch.processes import process_pool
if __name__ == "__main__":
    executor = process_pool(1)
    print(executor.submit(os.getpid).result(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_no_worker_outlives_a_killed_parent(tmp_path: Path) -> None:
    """Worker processes end when the process that made them is killed: their end of its output is closed."""
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
    run = subprocess.run(
        [sys.executable, str(script)], env=env, stdout=subprocess.PIPE, timeout=60, check=False
    )  # reads until all have ended
    assert run.returncode == -signal.SIGKILL
    assert int(run.stdout)

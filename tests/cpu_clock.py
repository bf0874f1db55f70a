"""A clock of CPU seconds: what a limit of time promises, tested where other work may take the cores meanwhile."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from giliran.engine.base.budget import Budget
from giliran.engine.columns import highs
from giliran.engine.cpsat import call, search

LOOK_S = 0.01
"""How often CP-SAT is asked to end."""


@contextlib.contextmanager
def by_cpu() -> Iterator[None]:
    """Meanwhile the seconds of budgets are those that this process computes; for one worker.

    HiGHS and CP-SAT know only the clock on the wall, so they are given no limit and told to end when it is over by this one.
    """
    began, at = time.monotonic(), time.process_time()

    def clock() -> float:
        return began + time.process_time() - at

    with pytest.MonkeyPatch.context() as patch:
        for name in ("monotonic", "perf_counter"):
            patch.setattr(time, name, clock)
        parameters, made, original = call._parameters, highs._made, call.call

        def called(model: Any, effort: call.Effort, configuration: call.Configuration) -> call.Answer:
            with _ended_by(effort):
                return original(model, effort, configuration)

        def unlimited(program: tuple[Any, ...], budget: Budget, whole: bool = False) -> Any:
            return made(program, replace(budget, deadline=None), whole)

        patch.setattr(call, "_parameters", lambda effort, how: parameters(replace(effort, deadline=None), how))
        patch.setattr(search, "call", called)
        patch.setattr(highs, "_made", unlimited)
        yield


@contextlib.contextmanager
def _ended_by(effort: call.Effort) -> Iterator[None]:
    """Meanwhile solvers are told to end when the time is over."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(LOOK_S):
            if effort.over:
                effort.running.stop()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()

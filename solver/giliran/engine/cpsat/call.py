"""One call of CP-SAT, with the traps of ortools 9.15 kept out.

The solver is called through its own bindings: `ortools.sat.python.cp_model` wraps the same calls and loads pandas, 0.4 s.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
from ortools.sat.python import cp_model_helper as cpsat

from giliran.domain.status import Status
from giliran.engine.base.budget import Budget, Halt
from giliran.engine.base.outcome import LARGEST_SEED
from giliran.engine.base.solution import Solution
from giliran.engine.base.spare import Spare
from giliran.errors import InternalError
from giliran.program import Ints

ROUNDING = 1e-3
"""Bounds come as floats; one that is above an integer by no more than this stands for that integer."""


class Tell(Protocol):
    """Gets what is found for one of the parts of a task while it is searched."""

    def __call__(self, found: Solution, which: int = 0) -> None:
        """Take it."""


@dataclass
class Running:
    """Solvers at work, so that another thread can stop them.

    Parameters
    ----------
    within
        Where they are listed as well, None for nowhere.
    """

    within: Running | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _solvers: set[cpsat.SolveWrapper] = field(default_factory=set)

    def solve(self, solver: cpsat.SolveWrapper, model: cpsat.CpModelProto) -> cpsat.CpSolverResponse:
        """Solve; `stop` reaches the solver meanwhile."""
        self._list(solver)
        try:
            response: cpsat.CpSolverResponse = solver.solve(model)  # type: ignore[no-untyped-call, unused-ignore]
            return response
        finally:
            self._strike(solver)

    def _list(self, solver: cpsat.SolveWrapper) -> None:
        with self._lock:
            self._solvers.add(solver)
        if self.within is not None:
            self.within._list(solver)

    def _strike(self, solver: cpsat.SolveWrapper) -> None:
        with self._lock:
            self._solvers.discard(solver)
        if self.within is not None:
            self.within._strike(solver)

    def stop(self) -> None:
        """Ask every solver to stop. A request that comes before the search has begun is lost (or-tools #3621): repeat it."""
        with self._lock:
            for solver in self._solvers:
                solver.stop_search()


@dataclass(frozen=True)
class Effort(Budget):
    """What a part may spend, and how it is searched.

    Parameters
    ----------
    deadline, halt
        As in `Budget`.
    seed
        Seed of the search.
    running
        Where solvers at work are listed.
    tell
        Gets every better plan, and better bounds, with the number of the part in its task; None where nobody wants to know.
    spare
        Workers of this process that have nothing to do, None where nobody counts them.
    """

    seed: int
    running: Running
    tell: Tell | None = None
    spare: Spare | None = None

    def share(self, many: int) -> Effort:
        """What the first of some parts may spend, so that each has as much of what is left."""
        seconds = self.seconds
        return self if seconds is None else replace(self, deadline=time.monotonic() + seconds / many)

    def about(self, which: int) -> Effort:
        """The effort of one of several parts, whose news go under its number."""
        tell = self.tell
        return self if tell is None else replace(self, tell=lambda found, _=0: tell(found, which))

    def in_form(self, outward: Callable[[Solution], Solution]) -> Effort:
        """The effort for another form of the part, whose news are brought back into the first."""
        tell = self.tell
        return self if tell is None else replace(self, tell=lambda found, which=0: tell(outward(found), which))

    def until(self, enough: Callable[[Solution], bool]) -> Effort:
        """The effort of work that is ended by the first news that are enough."""
        halt, running, outer = Halt(self.halt), Running(self.running), self.tell

        def tell(found: Solution, which: int = 0) -> None:
            if outer is not None:
                outer(found, which)
            if enough(found):
                halt.set()
                running.stop()

        return replace(self, halt=halt, running=running, tell=tell)

    @property
    def limited(self) -> bool:
        """Whether something other than its own work may end a search."""
        return self.deadline is not None or self.halted


Heard = Callable[[Ints | None, int | None], None]
"""Gets the values of all columns of a model : int64[...], or a lower bound of its objective."""


@dataclass(frozen=True)
class Configuration:
    """How CP-SAT searches.

    Parameters
    ----------
    linearization_level
        How much of the model its linear relaxation sees.
    presolve
        Whether the model is simplified first.
    work
        Deterministic time after which it gives up, None for no limit.
    goal
        A solution that costs no more ends the search, None for no such cost. Where others have proven that nothing costs less, CP-SAT is
        not told more than this: presolve cannot simplify an objective with a bound. A tier of 80 people under 240 small rules took a
        deterministic time of 1.1 so, 0.002 without.
    heard
        Gets every better solution and every better bound while the search goes on.
    """

    linearization_level: int = 2
    presolve: bool = True
    work: float | None = None
    goal: int | None = None
    heard: Heard | None = None


@dataclass(frozen=True)
class Answer:
    """What one call found.

    Parameters
    ----------
    status
        The solver's verdict.
    x
        Values of all columns of the model : int64[...]; None without a solution.
    bound
        Proven lower bound of the objective; None where nothing was proven.
    """

    status: Status
    x: Ints | None
    bound: int | None


class _Watching(cpsat.SolutionCallback):
    """Tells of every solution, and ends a search at the first that costs no more than its goal."""

    def __init__(self, goal: int | None, heard: Heard | None) -> None:
        super().__init__()
        self._goal = goal
        self._heard = heard

    def OnSolutionCallback(self) -> None:  # noqa: N802
        """Look at a solution that is better than those before."""
        if self._heard is not None:
            response: cpsat.CpSolverResponse = self.Response()  # type: ignore[no-untyped-call, unused-ignore]
            self._heard(np.array(response.solution, dtype=np.int64), None)
        if self._goal is not None and self.ObjectiveValue() <= self._goal:
            self.StopSearch()


def call(model: cpsat.CpModelProto, effort: Effort, configuration: Configuration) -> Answer:
    """Solve a model with one worker.

    Raises
    ------
    InternalError
        If CP-SAT calls the model invalid.
    """
    if effort.over:
        return Answer(Status.UNKNOWN, None, None)
    solver = cpsat.SolveWrapper()
    solver.set_parameters(_parameters(effort, configuration))
    heard = configuration.heard
    watching = _Watching(configuration.goal, heard)  # kept here: the solver does not keep it alive
    if heard is not None or configuration.goal is not None:
        solver.add_solution_callback(watching)
    if heard is not None and model.has_objective():
        solver.add_best_bound_callback(lambda bound: heard(None, _rounded(bound)))
    response = effort.running.solve(solver, model)
    verdicts = {
        cpsat.CpSolverStatus.OPTIMAL: Status.OPTIMAL,
        cpsat.CpSolverStatus.FEASIBLE: Status.FEASIBLE,
        cpsat.CpSolverStatus.INFEASIBLE: Status.INFEASIBLE,
        cpsat.CpSolverStatus.UNKNOWN: Status.UNKNOWN,
    }
    if response.status not in verdicts:
        raise InternalError(f"CP-SAT refuses the model: {cpsat.CpSatHelper.validate_model(model)}")
    status = verdicts[response.status]
    # The solution is a view into the response, and after INFEASIBLE or UNKNOWN it is not even that.
    x = np.array(response.solution, dtype=np.int64) if status in (Status.OPTIMAL, Status.FEASIBLE) else None
    return Answer(status, x, _bound(response, status) if model.has_objective() else None)


def _bound(response: cpsat.CpSolverResponse, status: Status) -> int | None:
    value = response.best_objective_bound
    # A search that ends before it has begun (UNKNOWN) leaves 0, which nobody has proven.
    if status is Status.INFEASIBLE or not math.isfinite(value) or (status is Status.UNKNOWN and value == 0):
        return None
    return _rounded(value)


def _rounded(bound: float) -> int | None:
    """The whole number that a bound stands for, None for none."""
    return math.ceil(bound - max(ROUNDING, abs(bound) * 2.0**-51)) if math.isfinite(bound) else None


def _parameters(effort: Effort, configuration: Configuration) -> cpsat.SatParameters:
    parameters = cpsat.SatParameters()
    parameters.num_workers = 1
    parameters.linearization_level = configuration.linearization_level
    parameters.cp_model_presolve = configuration.presolve
    parameters.random_seed = effort.seed % LARGEST_SEED
    # The default handler leaves SIGINT dead after the first solve, and aborts the process when a thread solves.
    parameters.catch_sigint_signal = False
    if configuration.work is not None:
        parameters.max_deterministic_time = configuration.work
    if effort.deadline is not None:
        parameters.max_time_in_seconds = max(effort.deadline - time.monotonic(), 0.001)
    return parameters

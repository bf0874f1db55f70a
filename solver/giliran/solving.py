"""Solve: compile, search, name duty, audit."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Never

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, ValidationError

from giliran.arguments import check_call
from giliran.audit import Audit, audit
from giliran.bending import Bends, bent_program, compare_bends, split_bends
from giliran.clashes import clash_findings
from giliran.domain.calendar import week_of
from giliran.domain.facts import Facts
from giliran.domain.lottery import default_seed, lottery_order
from giliran.domain.named import Named
from giliran.domain.schedule import Schedule, schedule_of
from giliran.domain.selection import Model
from giliran.domain.status import Status
from giliran.engine.base.outcome import ALL_METHODS, Method, Progress
from giliran.engine.dispatch.processes import mapping
from giliran.errors import InputError, InternalError, Where
from giliran.freeing import give_back
from giliran.instance import Instance
from giliran.preparing import TimeOverError, compile_program, unprepared, until
from giliran.program import Ints, Program
from giliran.result import Result
from giliran.rules.toolkit.promised import promised, promises, unproven_names
from giliran.starting import announced_start, start_of
from giliran.text.model_errors import problems_of
from giliran.versions import versions

if TYPE_CHECKING:
    from giliran.engine.base.outcome import EngineOptions
    from giliran.engine.duty.joint_naming import NamedOfficers
    from giliran.engine.run import Outcome, Start

LEAST_LEFT_S = 0.1
"""Seconds for a stage, search or naming people under several rules at once, where the stages before have used up the time limit."""


_LOG = logging.getLogger("giliran")
"""Says in one line how a solve ended, to whoever listens for `DEBUG`."""
_LOG.addHandler(logging.NullHandler())


class Engine(StrEnum):
    """Which engine solves the parts; `auto` uses exact relaxations before CP-SAT, `cpsat` solves everything with it alone."""

    AUTO = "auto"
    CPSAT = "cpsat"


class SolveOptions(Model):
    """How to solve.

    Parameters
    ----------
    time_limit_s
        Seconds for compiling and search, shared among parts; none when None. When it ends the best plan and its true bound are returned.
        What compiling leaves is the search's, a moment at least; a limit that ends while compiling gives a result without a plan, of
        status `UNKNOWN`. Naming and audit come after, their seconds are in `Result.seconds`.
    workers
        Parts solved at the same time, by threads of this process or by an executor; as many as this machine has cores when None.
    seed
        Of the lottery and the search; when None that of the result it starts from, else the first day of the horizon (20210712).
    engine
        Which engine solves the parts.
    split
        Solve independent parts alone. Off only to compare.
    without
        What `auto` leaves out, of `Method`. Only to compare: status and tiers are the same with and without.
    anyway
        Where no plan keeps every rule, plan with the least total bend before everything else: each rule that is missed by one costs 1 if
        it is an own rule, 10 of an agency's letter, 100 of a regency's, 1,000 of a province's, 10,000 of a national one. What is missed
        are `MUST` findings of the result, the total is `Result.bends`, the status stays `INFEASIBLE`. Where some plan keeps every rule
        it changes nothing.

    Raises
    ------
    InputError
        If an option is unknown, or its value cannot be.
    """

    time_limit_s: float | None = Field(default=None, gt=0)
    workers: int | None = Field(default=None, ge=1)
    seed: int | None = Field(default=None, ge=0)
    engine: Engine = Engine.AUTO
    split: bool = True
    without: frozenset[Method] = frozenset()
    anyway: bool = False

    @property
    def methods(self) -> frozenset[Method]:
        """What is tried besides CP-SAT."""
        return frozenset() if self.engine is Engine.CPSAT else ALL_METHODS - self.without

    if not TYPE_CHECKING:  # type checkers know the fields, and would know only `options` from this

        def __init__(self, **options: Any) -> None:
            try:
                super().__init__(**options)
            except ValidationError as error:
                raise InputError(problems_of(error, lambda path: Where(field=".".join(map(str, path))), type(self), options)) from None


class _Clock:
    """Wall seconds per stage, each begun without what the one before has left in memory."""

    def __init__(self, cells: int) -> None:
        self._cells = cells
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        give_back(self._cells)
        yield
        self.seconds[name] = time.perf_counter() - start


def solve(
    instance: Instance,
    options: SolveOptions | None = None,
    *,
    cancel: threading.Event | None = None,
    progress: Callable[[Progress], None] | None = None,
    executor: Executor | None = None,
    start: Result | None = None,
    **strange: Never,
) -> Result:
    """Find the best plan of an instance and prove it.

    Parameters
    ----------
    instance
        From `load_instance` or `Instance.build`.
    options
        Time limit, workers, seed, engine.
    cancel
        Set it from another thread, or from `progress`, to stop: the best plan found so far and its true bound are returned. It is looked at
        every 0.05 s while parts are at work, and every stage ends within half a second, as a rule in 0.1 s. Compiling ends by itself first,
        and what was found is put together and audited: with 100,000 people a second more.
    progress
        Called in this thread whenever parts are finished, or a part that is searched on has got its first plan, with a `Progress`: `done`
        parts of `total`, the `seconds` since the search began, how many parts are `planned`, and how many tiers, from the first, are
        `proven` in every part. What it raises ends the solve, and `solve` raises it.
    executor
        Where parts are solved: any `concurrent.futures.Executor`, such as a pool of processes or Dask's `Client.get_executor()`; threads
        of this process when None. `options.workers` says how many parts it is sent at a time. It is not shut down. One that runs tasks
        within `submit` can be stopped between tasks only.
    start
        A result of this instance, or of the one that it was made from by `with_rules` and the like: parts that say the same as before are
        not solved again, and where the plan at hand keeps the rules of another part, its search begins there. Status, values and bounds
        are the same as without it; what only the lottery decides may fall otherwise, and does not where nothing changed.
    **strange
        None: whatever else is given is told.

    Returns
    -------
    Result
        With one of four statuses; look at `Result.status`, or demand a plan by `Result.require`. `Result.tiers` holds the costs, most
        important tier first: `value` is what the plan costs in that tier, a whole number counted by the audit, `bound` what no plan that
        is as good in the tiers before can go below. The two are equal where the tier is `proven`. Values of different tiers are never
        added, and mean what their goals count: person-days for `relaxations`, `office_target` and `stability`, thousandths for wishes,
        sums of squares less a constant, below zero as a rule, for fairness.

    Raises
    ------
    InputError
        If an argument is something else.
    ExecutorError
        If the executor fails by itself. A worker that is lost is no such failure: its parts are solved again.
    InternalError
        If the audit disagrees with the solver, or a second solver configuration with the first.
    """
    check_call(instance, options, SolveOptions, {"cancel": cancel, "progress": progress, "executor": executor, "start": start}, strange)
    known = announced_start(instance.facts) if start is None else start_of(instance, start)
    options = options or SolveOptions()
    if options.seed is None and start is not None:
        options = options.model_copy(update={"seed": start.seed})
    begin = time.perf_counter()
    kept = _solved(instance, options, cancel, progress, executor, known)
    _LOG.debug("%r in %.3f s", kept, time.perf_counter() - begin)
    if not options.anyway or kept.status is not Status.INFEASIBLE:
        return kept
    spent = time.perf_counter() - begin
    rest = options.model_copy(update={"time_limit_s": options.time_limit_s and _left(options.time_limit_s, spent)})
    bent = _solved(instance, rest, cancel, progress, executor, bent=True)
    if bent.bends is None or not bent.bends.total:  # bending helps nobody who has no plan
        return kept
    return replace(bent, status=Status.INFEASIBLE, seconds={"without_bending": spent, **bent.seconds}, memory=None)


def _solved(
    instance: Instance,
    options: SolveOptions,
    cancel: threading.Event | None,
    progress: Callable[[Progress], None] | None,
    executor: Executor | None,
    known: Start | None = None,
    *,
    bent: bool = False,
) -> Result:
    """One run through all stages, of a program in which rules hold, or may be bent."""
    from giliran.engine.run import EngineOptions, optimise  # loads ortools, 0.5 s: not before it is needed

    facts = instance.facts
    clock = _Clock(facts.present.size)
    seed = default_seed(facts.dates[0]) if options.seed is None else options.seed
    workers = options.workers or os.cpu_count() or 1
    order = lottery_order(facts.staff.ids, seed, facts.dates[0])
    with clock.stage("compile"):
        program = _prepared(instance, options.time_limit_s, bent_program if bent else compile_program)
    if program is None:
        return unprepared(instance, options.time_limit_s, seed, workers, clock.seconds, versions())
    limit = options.time_limit_s and min(options.time_limit_s, _left(options.time_limit_s, clock.seconds["compile"]))
    engine = EngineOptions(limit, workers, seed, cancel, progress, split=options.split, methods=options.methods, executor=executor)
    with clock.stage("solve"):
        outcome = optimise(program, order=order, options=engine, weeks=_weeks(facts), apart=promises(facts), start=known)
    with clock.stage("name_duty"):
        rest = options.time_limit_s and _left(options.time_limit_s, clock.seconds["compile"] + clock.seconds["solve"])
        left = replace(engine, time_limit_s=rest, progress=None, executor=None)
        schedule, names = _named(instance, outcome, left, order, mapping(executor))
    with clock.stage("audit"):
        found = audit(instance, schedule)
        bends, outcome = split_bends(outcome)
        compare_bends(instance, bends, found, known=bends is not None or not bent)
        _compare(outcome, found)
    return _result(instance, program, outcome, bends, schedule, names, found, seed, workers, clock.seconds)


def _prepared(instance: Instance, limit_s: float | None, compiled: Callable[[Instance, Callable[[], None]], Program]) -> Program | None:
    """The program; None where the time limit ends before it is there. Compiling gets a moment in any case, as every stage."""
    try:
        return compiled(instance, until(limit_s and max(limit_s, LEAST_LEFT_S)))
    except TimeOverError:
        return None


def _left(limit_s: float, spent_s: float) -> float:
    """Seconds for a stage: what the stages before it have left, and a moment in any case."""
    return max(limit_s - spent_s, LEAST_LEFT_S)


def _weeks(facts: Facts) -> Ints:
    """A number for the week of every day : int64[D]."""
    years_and_weeks = [week_of(day) for day in facts.dates]
    known = sorted(set(years_and_weeks))
    return np.array([known.index(week) for week in years_and_weeks], dtype=np.int64)


def _named(
    instance: Instance, outcome: Outcome, options: EngineOptions, order: NDArray[np.int64], each: Callable[..., Iterable[Any]]
) -> tuple[Schedule, NamedOfficers]:
    """The places with the duty officers named and with the teams that were formed, and how the names were found."""
    from giliran.engine.duty.joint_naming import KEEPING, TIERS, name_all
    from giliran.engine.duty.pairs import Draw, Request
    from giliran.engine.run import optimise

    facts = instance.facts
    plan = schedule_of(facts, outcome.office, outcome.planned)
    requests = [Request(duty, facts.balance(duty.account), promised(facts, duty)) for duty in instance.view.duties]
    draw, tiers = Draw(options.seed, facts.dates[0], facts.staff.ids), KEEPING if facts.few_changes else TIERS
    names = name_all(requests, plan.office, draw, options, each, optimise=optimise, tiers=tiers)
    formed = {rule.id: rule.formed_teams(instance.view, plan, order) for rule in instance.view.rules}
    team = {rule: teams for rule, teams in formed.items() if teams is not None}
    duty = Named({duty.rule: names.duty.part(duty.rule) for duty in instance.view.duties})
    return replace(plan, duty=duty, team=team), names


def _compare(outcome: Outcome, found: Audit) -> None:
    """Every solve is audited; the solver's tier values must be the audit's."""
    for tier in outcome.tiers:
        if tier.value != found.tiers[tier.name]:
            raise InternalError(f"tier {tier.name}: the solver counts {tier.value}, the audit {found.tiers[tier.name]}")
        if tier.bound > tier.value:
            raise InternalError(f"tier {tier.name}: bound {tier.bound} above the value {tier.value}")


def _result(
    instance: Instance,
    program: Program,
    outcome: Outcome,
    bends: Bends | None,
    schedule: Schedule,
    names: NamedOfficers,
    found: Audit,
    seed: int,
    workers: int,
    seconds: dict[str, float],
) -> Result:
    clashes = clash_findings(instance.view, program, outcome)
    return Result(
        instance=instance,
        status=outcome.status,
        stopped=outcome.stopped,
        schedule=schedule,
        tiers=outcome.tiers,
        findings=(*clashes, *found.findings, *unproven_names(names.unproven)),
        fairness=found.fairness,
        parts=outcome.parts,
        seconds=seconds,
        reproducible=outcome.reproducible and names.reproducible,
        seed=seed,
        workers=workers,
        versions=versions(),
        memory=outcome.memory,
        bends=bends,
    )

"""The stages of a solve: compile, search, name duty, audit; of one instance, or of several whose parts are searched together."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from giliran.audit import Audit, audit
from giliran.bending import bent_program, compare_bends, split_bends
from giliran.clashes import clash_findings
from giliran.domain.calendar import week_of
from giliran.domain.facts import NO_TEAM, Facts
from giliran.domain.lottery import lottery_order
from giliran.domain.named import Named
from giliran.domain.schedule import Schedule, schedule_of
from giliran.domain.status import Stopped
from giliran.engine.base.outcome import Progress
from giliran.engine.dispatch.processes import mapping
from giliran.errors import InputError, InternalError
from giliran.freeing import give_back
from giliran.instance import Instance
from giliran.options import SolveOptions
from giliran.preparing import TimeOverError, compile_program, unprepared, until
from giliran.program import Ints, Program
from giliran.result import Result
from giliran.rules.toolkit.promised import promised, promises, unproven_names
from giliran.versions import versions

if TYPE_CHECKING:
    from giliran.engine.base.outcome import EngineOptions
    from giliran.engine.duty.joint_naming import NamedOfficers
    from giliran.engine.run import Outcome, Question, Start

LEAST_LEFT_S = 0.1
"""Seconds for a stage, search or naming people under several rules at once, where the stages before have used up the time limit."""


@dataclass(frozen=True)
class Meanwhile:
    """What a caller does with a search while it is at work.

    Parameters
    ----------
    cancel, progress, executor
        As for `solve`.
    improved
        Gets what makes the result of a better plan, whenever there is one; it may be called in another thread. Only where one instance is
        solved.
    """

    cancel: threading.Event | None = None
    progress: Callable[[Progress], None] | None = None
    executor: Executor | None = None
    improved: Callable[[Callable[[], Result]], None] | None = None

    @property
    def cancelled(self) -> bool:
        """Whether somebody has cancelled."""
        return self.cancel is not None and self.cancel.is_set()


@dataclass(frozen=True)
class Run:
    """One instance on its way through the stages.

    Parameters
    ----------
    instance
        What is solved.
    options
        How.
    known
        What its search begins with.
    bent
        Whether rules that must hold may be bent.
    seconds
        Wall seconds of each stage, filled while it goes on.
    """

    instance: Instance
    options: SolveOptions
    known: Start | None = None
    bent: bool = False
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def seed(self) -> int:
        """Of the lottery and the search."""
        return self.instance.seed if self.options.seed is None else self.options.seed

    @property
    def workers(self) -> int:
        """Parts solved at the same time."""
        return self.options.workers or os.cpu_count() or 1

    @cached_property
    def order(self) -> Ints:
        """People in lottery order : int64[E]."""
        return lottery_order(self.instance.facts.staff.ids, self.seed, self.instance.facts.dates[0])

    @contextmanager
    def stage(self, name: str, begin: float | None = None) -> Iterator[None]:
        """Count the wall seconds of a stage, from then on where it began before; it goes without what the one before left in memory."""
        begin = time.perf_counter() if begin is None else begin
        give_back(self.instance.facts.present.size)
        yield
        self.seconds[name] = time.perf_counter() - begin

    def compiled(self, go_on: Callable[[], None]) -> Program | None:
        """The program; None where the time limit ends before it is there."""
        try:
            return (bent_program if self.bent else compile_program)(self.instance, go_on)
        except TimeOverError:
            return None

    def unprepared(self, stopped: Stopped) -> Result:
        """The result where there was no time to compile, or a cancel came before."""
        return unprepared(self.instance, self.options.time_limit_s, self.seed, self.workers, self.seconds, versions(), stopped)

    def question(self, program: Program) -> Question:
        """What the engine is asked."""
        from giliran.engine.run import Question

        facts = self.instance.facts
        return Question(program, self.order, self.seed, _weeks(facts), promises(facts), self.known)

    def result(self, program: Program, outcome: Outcome, engine: EngineOptions, executor: Executor | None) -> Result:
        """What comes of the engine's answer: duty is named, by the executor where it takes long, and everything is audited.

        Raises
        ------
        InternalError
            If the audit disagrees with the engine.
        """
        with self.stage("name_duty"):
            schedule, names = _named(self.instance, outcome, engine, self.order, mapping(executor))
        with self.stage("audit"):
            found = audit(self.instance, schedule)
            bends, outcome = split_bends(outcome)
            compare_bends(self.instance, bends, found, known=bends is not None or not self.bent)
            _compare(outcome, found)
        clashes = clash_findings(self.instance.view, program, outcome)
        return Result(
            instance=self.instance,
            status=outcome.status,
            stopped=outcome.stopped,
            schedule=schedule,
            tiers=outcome.tiers,
            findings=(*clashes, *found.findings, *unproven_names(names.unproven)),
            fairness=found.fairness,
            parts=outcome.parts,
            seconds=self.seconds,
            reproducible=outcome.reproducible and names.reproducible,
            seed=self.seed,
            workers=self.workers,
            versions=versions(),
            memory=outcome.memory,
            bends=bends,
        )


def run_all(runs: Sequence[Run], meanwhile: Meanwhile, limit_s: float | None) -> list[Result | InputError]:
    """Run instances through all stages, the search of all at once; what comes of each, or what is wrong with it.

    Parameters
    ----------
    runs
        At least one, with options that differ in nothing but the seed.
    meanwhile
        What the caller does with the search.
    limit_s
        Seconds for compiling and searching all, and for loading the solvers.
    """
    begin = time.perf_counter()
    from giliran.engine.run import EngineOptions, optimise_all  # loads ortools, 0.5 s: not before it is needed

    def left() -> float | None:
        return None if limit_s is None else min(limit_s, max(limit_s - (time.perf_counter() - begin), LEAST_LEFT_S))

    def over() -> Stopped | None:
        if meanwhile.cancelled:
            return Stopped.CANCELLED
        return Stopped.TIME_LIMIT if limit_s is not None and time.perf_counter() - begin >= limit_s else None

    found: dict[int, Result | InputError] = {}
    programs: dict[int, Program] = {}
    for k, run in enumerate(runs):
        if k and (stopped := over()) is not None:
            found[k] = run.unprepared(stopped)
            continue
        with _kept(found, k), run.stage("compile", begin if k == 0 else None):
            program = run.compiled(until(limit_s and max(left() or 0.0, LEAST_LEFT_S)))
            if program is not None:
                programs[k] = program
    found |= {k: run.unprepared(Stopped.TIME_LIMIT) for k, run in enumerate(runs) if k not in programs and k not in found}
    options, workers = runs[0].options, runs[0].workers
    engine = EngineOptions(
        *(left(), workers, runs[0].seed, meanwhile.cancel, meanwhile.progress),
        split=options.split,
        methods=options.methods,
        executor=meanwhile.executor,
    )
    engine = replace(engine, improved=_improved(runs[0], programs.get(0), meanwhile, replace(engine, progress=None, executor=None)))
    searched = time.perf_counter()
    outcomes = optimise_all([runs[k].question(program) for k, program in programs.items()], engine) if programs else []
    seconds = time.perf_counter() - searched
    for (k, program), outcome in zip(programs.items(), outcomes, strict=False):
        runs[k].seconds["solve"] = seconds
        with _kept(found, k):
            names = replace(engine, time_limit_s=left(), seed=runs[k].seed, progress=None, improved=None, executor=None)
            found[k] = runs[k].result(program, outcome, names, meanwhile.executor)
    found |= {k: run.unprepared(over() or Stopped.TIME_LIMIT) for k, run in enumerate(runs) if k not in found}
    return [found[k] for k in range(len(runs))]


def _improved(
    run: Run, program: Program | None, meanwhile: Meanwhile, names: EngineOptions
) -> Callable[[Callable[[], Outcome]], None] | None:
    """Makes results of what the engine has found by now; None where nobody wants them."""
    told = meanwhile.improved
    if told is None or program is None:
        return None
    return lambda make: told(lambda: replace(run, seconds=dict(run.seconds)).result(program, make(), names, None))


@contextmanager
def _kept(found: dict[int, Result | InputError], k: int) -> Iterator[None]:
    """Keep what is wrong with one instance as what comes of it; other errors are those of the run."""
    try:
        yield
    except InputError as error:
        found[k] = error


def _weeks(facts: Facts) -> Ints:
    """A number for the week of every day : int64[D]."""
    years_and_weeks = [week_of(day) for day in facts.dates]
    known = sorted(set(years_and_weeks))
    return np.array([known.index(week) for week in years_and_weeks], dtype=np.int64)


def _named(
    instance: Instance, outcome: Outcome, options: EngineOptions, order: Ints, each: Callable[..., Iterable[Any]]
) -> tuple[Schedule, NamedOfficers]:
    """The places with the duty officers named and with the teams that were formed, and how the names were found."""
    from giliran.engine.duty.joint_naming import KEEPING, TIERS, name_all
    from giliran.engine.duty.pairs import Draw, Request
    from giliran.engine.duty.seating import seat_all
    from giliran.engine.run import optimise

    facts = instance.facts
    plan = schedule_of(facts, outcome.office, outcome.planned)
    requests = [Request(duty, facts.balance(duty.account), promised(facts, duty)) for duty in instance.view.duties]
    draw, tiers = Draw(options.seed, facts.dates[0], facts.staff.ids), KEEPING if facts.few_changes else TIERS
    asked = [request for request in requests if request.duty.seats is None]
    seated = seat_all([request for request in requests if request.duty.seats is not None], plan.office, draw)
    names = name_all(asked, plan.office, draw, options, each, optimise=optimise, tiers=tiers)
    formed = {rule.id: rule.formed_teams(instance.view, plan, order) for rule in instance.view.rules}
    team = {rule: teams for rule, teams in formed.items() if teams is not None and (teams != NO_TEAM).any()}
    parts = {**names.duty.parts, **seated}
    duty = Named({duty.rule: parts[duty.rule] for duty in instance.view.duties})
    return replace(plan, duty=duty, team=team), names


def _compare(outcome: Outcome, found: Audit) -> None:
    """Every solve is audited; the solver's tier values must be the audit's."""
    for tier in outcome.tiers:
        if tier.value != found.tiers[tier.name]:
            raise InternalError(f"tier {tier.name}: the solver counts {tier.value}, the audit {found.tiers[tier.name]}")
        if tier.bound > tier.value:
            raise InternalError(f"tier {tier.name}: bound {tier.bound} above the value {tier.value}")

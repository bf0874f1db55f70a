"""Solving many parts: flows first, then searches, under one time limit and one way to stop."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from itertools import groupby

from giliran.domain.status import Status
from giliran.engine.base.outcome import EngineOptions, Progress
from giliran.engine.base.part import Part
from giliran.engine.base.solution import Solution, joined, unsearched
from giliran.engine.dispatch.dispatcher import Dispatcher, Job
from giliran.engine.dispatch.tally import Tally
from giliran.engine.dispatch.tasks import Done, FirstTask, FlowTask, SearchTask, Setting, flow_jobs, is_long_in, pressed, search_jobs

AHEAD_OF_OTHERS = 2
"""So many times its fair share a part may take while all have a plan: others rarely need theirs, and what they leave is shared anew."""

MOST_ROUNDS = 3
"""So often parts are searched: those that others left time for once more, with what was found."""

LEAST_AGAIN_S = 0.5
"""Seconds that are worth another round."""


@contextmanager
def interrupted_by(cancel: Callable[[], None]) -> Iterator[None]:
    """Let Ctrl-C call `cancel` meanwhile, instead of raising `KeyboardInterrupt` wherever the main thread happens to be.

    Only where Python's own handler is in place and this is the main thread: an application's handler is its own affair.
    """
    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, lambda *_: cancel())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


class Stages:
    """Solves parts of one program, or of several, once.

    Parameters
    ----------
    options
        Time limit, workers, methods, executor, cancel and progress.

    Attributes
    ----------
    cancelled
        Whether the run was ended from outside.
    crashed
        Whether the work on some part was lost twice.
    hurried
        Whether the clock ended a relaxation that would have gone on: another run may settle ties in another way.
    """

    def __init__(self, options: EngineOptions) -> None:
        self.options = options
        self.cancelled = False
        self.crashed = False
        self.hurried = False
        self._begin = time.monotonic()
        self._left = 0
        self._tally: Tally | None = None

    def interruptible(self) -> AbstractContextManager[None]:
        """Let Ctrl-C end the run meanwhile with the best plans found."""
        return interrupted_by(self._cancel)

    def solve(
        self, parts: Sequence[Part], settings: Sequence[Setting], known: Mapping[int, Solution], plans: Mapping[int, Solution]
    ) -> tuple[Solution, ...]:
        """A solution for every part, in their order.

        Parameters
        ----------
        parts
            The parts, those of each program beside each other; nobody's cells have the numbers of another's.
        settings
            The setting of each, the same object for all parts of a program.
        known
            Solutions that stand already, by the index of the part.
        plans
            Plans to begin with.

        Raises
        ------
        ExecutorError
            If the executor fails by itself.
        InternalError
            Whatever a search raised; the others are ended first.
        """
        found = dict(known)
        if len(found) == len(parts):
            return tuple(found[p] for p in range(len(parts)))
        if self.options.progress is not None:
            self._tally = Tally(len(parts), max(len(part.cost) for part in parts))
            self._tally.take({**plans, **known})
        with closing(Dispatcher(self.options.executor, self.options.workers, self._halted)) as dispatcher:
            self._flow(dispatcher, parts, settings, found)
            first = self._first(dispatcher, parts, settings, found, plans)
            if not self._halted():  # even to sort parts takes a second for 100,000 people
                self._search(dispatcher, parts, settings, found, first)
            self.crashed = bool(dispatcher.crashed - found.keys())
        return tuple(found.get(p) or _first_only(first.get(p)) or unsearched(part) for p, part in enumerate(parts))

    def _flow(self, dispatcher: Dispatcher, parts: Sequence[Part], settings: Sequence[Setting], found: dict[int, Solution]) -> None:
        """Find parts that are flows, those of several programs beside each other where they have as many days and tiers.

        The flow solver holds the interpreter, so threads would stand in each other's way.
        """

        def form(p: int) -> tuple[int, int]:
            return settings[p].days.count, len(parts[p].cost)

        def make(job: list[int]) -> Job:
            setting = settings[job[0]]
            return Job(job, FlowTask(tuple(parts[p] for p in job), setting.days), self._remaining(), setting.seed)

        alike = groupby(sorted(_open(parts, found), key=form), key=form)
        jobs = [job for _, open_ in alike for job in flow_jobs(parts, list(open_), self.options.methods)]
        for job, done in dispatcher.run(jobs, make, side_by_side=False):
            self._collect(job, done, found, len(parts))

    def _first(
        self,
        dispatcher: Dispatcher,
        parts: Sequence[Part],
        settings: Sequence[Setting],
        found: dict[int, Solution],
        plans: Mapping[int, Solution],
    ) -> dict[int, Solution]:
        """Any plan of every part that comes without one, where time is short or parts are long."""
        open_ = _open(parts, found)
        first = {p: plan for p, plan in plans.items() if p not in found}
        methods = self.options.methods
        if self.options.time_limit_s is None or self._halted():
            return first
        if not self._pressed([parts[p] for p in open_]):
            open_ = [p for p in open_ if is_long_in(parts[p], settings[p].days, methods)]
        open_ = [p for p in open_ if p not in first]
        self._left = len(open_)

        def make(job: list[int]) -> Job:
            setting = settings[job[0]]
            return Job(job, FirstTask(tuple(parts[p] for p in job), setting.days, methods), self._share(len(job)), setting.seed)

        for job, done in dispatcher.run(self._jobs(parts, settings, open_), make):
            self.hurried |= done.hurried
            for p, solution in zip(job.parts, done.solutions, strict=True):
                if solution is not None:
                    (found if solution.status in (Status.OPTIMAL, Status.INFEASIBLE) else first)[p] = solution
                    self.hurried |= solution.status is Status.UNKNOWN
                    if p in found or solution.x is not None:
                        self._tell({p: solution}, len(found), len(parts))
        return first

    def _pressed(self, parts: Sequence[Part]) -> bool:
        """Whether time is short; hurried where that is so only because of what flows took, which differs from run to run."""
        limit, remaining = self.options.time_limit_s, self._remaining()
        if limit is None or remaining is None:
            return False
        short = pressed(parts, remaining, self.options.workers)
        self.hurried |= short and not pressed(parts, limit, self.options.workers)
        return short

    def _search(
        self,
        dispatcher: Dispatcher,
        parts: Sequence[Part],
        settings: Sequence[Setting],
        found: dict[int, Solution],
        first: dict[int, Solution],
    ) -> None:
        """Search what is open."""
        methods = self.options.methods

        def make(job: list[int]) -> Job:
            setting = settings[job[0]]
            task = SearchTask(tuple(parts[p] for p in job), setting.days, methods, tuple(first.get(p) for p in job))
            # A long part takes all that it may, and others wait for what it leaves.
            fair = any(is_long_in(parts[p], setting.days, methods) for p in job)
            return Job(job, task, self._share(len(job), 1 if fair else times), setting.seed)

        open_ = _open(parts, found)
        times = AHEAD_OF_OTHERS if all(p in first for p in open_) else 1
        for _ in range(MOST_ROUNDS):
            self._left = len(open_)
            for job, done in dispatcher.run(self._jobs(parts, settings, open_), make):
                self._collect(job, done, found, len(parts))
            open_ = self._ended_early(open_, found)
            if not open_:
                break
            first |= {p: found[p] for p in open_ if found[p].x is not None}

    def _ended_early(self, searched: list[int], found: Mapping[int, Solution]) -> list[int]:
        """Parts whose share of the time ended before their proof, where others left time."""
        remaining = self._remaining()
        if remaining is None or remaining < LEAST_AGAIN_S or self._halted():
            return []
        return [p for p in searched if p in found and found[p].limited and not found[p].decided]

    def _jobs(self, parts: Sequence[Part], settings: Sequence[Setting], open_: list[int]) -> list[list[int]]:
        """Open parts as jobs, each of parts of one program.

        Under a limit small ones first, which leave what they do not use to the large ones; else large ones keep all workers busy.
        """
        programs = groupby(open_, key=lambda p: id(settings[p]))
        jobs = [job for _, mine in programs for job in search_jobs(parts, list(mine), self.options.methods)]
        sign = 1 if self.options.time_limit_s is not None else -1
        return sorted(jobs, key=lambda job: (sign * sum(parts[p].num_columns for p in job), job))

    def _collect(self, job: Job, done: Done, found: dict[int, Solution], total: int) -> None:
        new = {p: solution for p, solution in zip(job.parts, done.solutions, strict=True) if solution is not None}
        found |= {p: joined(found[p], solution) if p in found else solution for p, solution in new.items()}
        self.hurried |= done.hurried
        if new:
            self._tell(new, len(found), total)

    def _tell(self, new: Mapping[int, Solution], done: int, total: int) -> None:
        """Tell whoever follows what a stage has found for some parts."""
        if self._tally is not None and self.options.progress is not None:
            self._tally.take(new)
            seconds = time.monotonic() - self._begin
            self.options.progress(Progress(done, total, seconds, self._tally.planned, self._tally.proven))

    def _remaining(self) -> float | None:
        """Seconds left for everything, None without a limit."""
        limit = self.options.time_limit_s
        return None if limit is None else max(self._begin + limit - time.monotonic(), 0.0)

    def _share(self, many: int, times: int = 1) -> float | None:
        """What the next parts may spend: their fair share of the time left, or some times that, which grows by what others did not use."""
        left = self._left / many
        self._left -= many
        remaining = self._remaining()
        return None if remaining is None else remaining * min(times * self.options.workers / left, 1.0)

    def _halted(self) -> bool:
        if self.options.cancel is not None and self.options.cancel.is_set():
            self._cancel()
        return self.cancelled

    def _cancel(self) -> None:
        self.cancelled = True


def _first_only(solution: Solution | None) -> Solution | None:
    """A first plan after which nobody searched."""
    return None if solution is None else replace(solution, limited=True)


def _open(parts: Sequence[Part], found: dict[int, Solution]) -> list[int]:
    return [p for p in range(len(parts)) if p not in found]

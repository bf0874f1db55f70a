"""Solving many parts: flows first, then searches, under one time limit and one way to stop."""

from __future__ import annotations

import math
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from itertools import groupby
from queue import SimpleQueue

from giliran.domain.status import Status
from giliran.engine.base.outcome import EngineOptions, Progress, TierResult
from giliran.engine.base.part import Part
from giliran.engine.base.solution import Solution, joined, unsearched
from giliran.engine.cpsat.call import Effort, Running, Tell
from giliran.engine.cpsat.search import settled
from giliran.engine.dispatch.dispatcher import Dispatcher, Job
from giliran.engine.dispatch.tally import Tally
from giliran.engine.dispatch.tasks import Done, FirstTask, FlowTask, SearchTask, Setting, flow_jobs, is_long_in, pressed, search_jobs

AHEAD_OF_OTHERS = 2
"""So many times its fair share a part may take while all have a plan: others rarely need theirs, and what they leave is shared anew."""

FOR_OTHERS = 0.75
"""So much of the time that is left may go into a second search for plans of parts without one, before others are made better: a whole plan
needs them all."""

MOST_ROUNDS = 3
"""So often parts are searched: those that others left time for once more, with what was found."""

BETWEEN_NEWS_S = 0.05
"""Seconds between two news of parts that are searched on."""

SETTLED_S = 0.25
"""Seconds that the waiting thread may take to settle what a part has to choose besides places, before its news are told: a cancel waits so
long. News that take longer are not told."""

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
    improved
        Gets what is known of every part when all have a plan, and again when their plans are better; None where nobody wants it.
    """

    def __init__(self, options: EngineOptions) -> None:
        self.options = options
        self.cancelled = False
        self.crashed = False
        self.hurried = False
        self.improved: Callable[[tuple[Solution, ...]], None] | None = None
        self._begin = time.monotonic()
        self._deadline = None if options.time_limit_s is None else self._begin + options.time_limit_s
        self._left = 0
        self._tally: Tally | None = None
        self._done, self._total = 0, 0
        self._parts: Sequence[Part] = ()
        self._settings: Sequence[Setting] = ()
        self._news: SimpleQueue[tuple[int, Solution]] = SimpleQueue()
        self._told_at = 0.0
        self._told: tuple[int, tuple[TierResult, ...]] | None = None

    @property
    def followed(self) -> bool:
        """Whether somebody wants to know how far it is."""
        return self.options.progress is not None or self.options.improved is not None

    @property
    def over(self) -> bool:
        """Whether the time is over or somebody has cancelled."""
        return self._remaining() == 0 or self._halted()

    def interruptible(self) -> AbstractContextManager[None]:
        """Let Ctrl-C end the run meanwhile with the best plans found."""
        return interrupted_by(self._cancel)

    def solve(
        self,
        parts: Sequence[Part],
        settings: Sequence[Setting],
        known: Mapping[int, Solution],
        plans: Mapping[int, Solution],
        tally: Tally | None = None,
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
        tally
            Adds up what is known, where somebody follows.

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
        self._tally, self._done, self._total, self._parts = tally, len(found), len(parts), parts
        self._settings = settings
        if tally is not None:
            tally.take({**plans, **known})
        with closing(Dispatcher(self.options.executor, self.options.workers, self._halted, self._look)) as dispatcher:
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
            self._collect(job, done, found)

    def _first(
        self,
        dispatcher: Dispatcher,
        parts: Sequence[Part],
        settings: Sequence[Setting],
        found: dict[int, Solution],
        plans: Mapping[int, Solution],
    ) -> dict[int, Solution]:
        """Any plan of every part that comes without one, where time is short, parts are long or somebody waits for a plan of all."""
        open_ = _open(parts, found)
        first = {p: plan for p, plan in plans.items() if p not in found}
        methods = self.options.methods
        awaited = self.improved is not None and len(open_) > 1
        if (self.options.time_limit_s is None and not awaited) or self._halted():
            return first
        if not awaited and not self._pressed([parts[p] for p in open_]):
            open_ = [p for p in open_ if is_long_in(parts[p], settings[p].days, methods)]
        open_ = [p for p in open_ if p not in first]

        def make(job: list[int]) -> Job:
            setting = settings[job[0]]
            task = FirstTask(tuple(parts[p] for p in job), setting.days, methods, again)
            return Job(job, task, self._share(len(job), FOR_OTHERS if again else 1), setting.seed, self._tell_of(job))

        again, done_with = False, False
        while open_ and not done_with and not self.over:
            self._left = len(open_)
            for job, done in dispatcher.run(self._jobs(parts, settings, open_, first), make):
                self.hurried |= done.hurried
                self._keep_first(dict(zip(job.parts, done.solutions, strict=True)), found, first)
            open_ = [p for p in open_ if p not in found and p not in first]
            again, done_with = True, again
        return first

    def _keep_first(self, new: Mapping[int, Solution | None], found: dict[int, Solution], first: dict[int, Solution]) -> None:
        """Keep what came of parts without a plan."""
        for p, solution in new.items():
            self.hurried |= solution is not None and solution.status is Status.UNKNOWN
            if solution is not None and (solution.decided or solution.x is not None):
                (found if solution.decided else first)[p] = solution
                self._tell({p: solution}, len(found))

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
            # A long part takes all that it may, and others wait for what it leaves.
            fair = any(is_long_in(parts[p], setting.days, methods) for p in job)
            others, times = self._left > len(job), AHEAD_OF_OTHERS if ahead and not fair else 1
            again = others and rounds > 0 and not fair and self.options.time_limit_s is not None
            task = SearchTask(tuple(parts[p] for p in job), setting.days, methods, tuple(first.get(p) for p in job), again)
            return Job(job, task, self._share(len(job), times), setting.seed, self._tell_of(job))

        open_ = _open(parts, found)
        rounds = MOST_ROUNDS
        while open_ and rounds:
            rounds -= 1
            ahead = all(p in first for p in open_)
            self._left = len(open_)
            for job, done in dispatcher.run(self._jobs(parts, settings, open_, first), make):
                self._collect(job, done, found)
            open_ = self._ended_early(open_, found)
            first |= {p: found[p] for p in open_ if found[p].x is not None}

    def _ended_early(self, searched: list[int], found: Mapping[int, Solution]) -> list[int]:
        """Parts whose share of the time ended before their proof, where others left time."""
        remaining = self._remaining()
        if remaining is None or remaining < LEAST_AGAIN_S or self._halted():
            return []
        return [p for p in searched if p in found and found[p].limited and not found[p].decided]

    def _jobs(self, parts: Sequence[Part], settings: Sequence[Setting], open_: list[int], first: Mapping[int, Solution]) -> list[list[int]]:
        """Open parts as jobs, each of parts of one program.

        Under a limit those without a plan first, then small ones, which leave what they do not use to the large ones; else large ones keep
        all workers busy.
        """
        programs = groupby(open_, key=lambda p: id(settings[p]))
        jobs = [job for _, mine in programs for job in search_jobs(parts, list(mine), self.options.methods)]

        def urgency(job: list[int]) -> tuple[bool, int, list[int]]:
            size = sum(parts[p].num_columns for p in job)
            return (all(p in first for p in job), size, job) if self.options.time_limit_s is not None else (False, -size, job)

        return sorted(jobs, key=urgency)

    def _collect(self, job: Job, done: Done, found: dict[int, Solution]) -> None:
        new = {p: solution for p, solution in zip(job.parts, done.solutions, strict=True) if solution is not None}
        found |= {p: joined(found[p], solution) if p in found else solution for p, solution in new.items()}
        self.hurried |= done.hurried
        if new:
            self._tell(new, len(found))

    def _tell_of(self, job: list[int]) -> Tell | None:
        """Takes what workers find for the parts of a job; the thread that waits tells it."""
        news = self._news
        return None if self._tally is None else lambda found, which=0: news.put((job[which], found))

    def _look(self) -> None:
        """Tell what is found for parts that are searched on, where it says something new, and not too often."""
        if self._tally is None or self._news.empty() or time.monotonic() < self._told_at + BETWEEN_NEWS_S:
            return
        news: dict[int, Solution] = {}
        while not self._news.empty():
            news |= [self._news.get()]  # what a worker tells of a part is better each time
        each = ((p, self._settled(p, found)) for p, found in news.items())
        self._tally.take({p: found for p, found in each if found is not None})
        if (self._tally.planned, self._tally.tiers) != self._told:
            self._tell({}, self._done)

    def _settled(self, p: int, found: Solution) -> Solution | None:
        """News of a part with the best choices for its places; None where there is no time for these."""
        effort = Effort(self._deadline, self.options.cancel, self._settings[p].seed, Running())
        return settled(self._parts[p], found, effort.within(SETTLED_S))

    def _tell(self, new: Mapping[int, Solution], done: int) -> None:
        """Tell whoever follows what a stage has found for some parts."""
        tally, self._done = self._tally, done
        if tally is None:
            return
        tally.take(new)
        self._told_at, self._told = time.monotonic(), (tally.planned, tally.tiers)
        if self.options.progress is not None:
            self.options.progress(Progress(done, self._total, self._told_at - self._begin, tally.planned, tally.proven, tally.tiers))
        if self.improved is not None and tally.better() and not tally.all_proven:
            self.improved(tally.plan())

    def _remaining(self) -> float | None:
        """Seconds left for everything, None without a limit."""
        return None if self._deadline is None else max(self._deadline - time.monotonic(), 0.0)

    def _share(self, many: int, times: float = 1) -> float | None:
        """What the next parts may spend: their fair share of the time left, or some times that, which grows by what others did not use."""
        left = self._left / many
        self._left -= many
        remaining = self._remaining()
        return None if remaining is None else remaining * min(times / max(math.ceil(left / self.options.workers), 1), 1.0)

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

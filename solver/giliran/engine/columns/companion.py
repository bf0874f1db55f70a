"""A companion: branch and bound on a worker that has nothing else to do, while windows better the plan."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from giliran.engine.base.budget import Budget, Halt
from giliran.engine.base.spare import Spare
from giliran.engine.columns.face import OptimalFace
from giliran.engine.columns.highs import Verdict, Whole, search_whole
from giliran.engine.columns.steps import State, Step

SLACKS = (4, 16, 64)
"""How far above a bound plans are searched, one after the other."""

POLL_S = 0.05
"""How often whoever waits looks for an idle worker."""


@dataclass
class _Beside:
    """What is searched, and what comes of it.

    Parameters
    ----------
    of
        Where the step stands whose bound they are near.
    near
        The plans.
    slack
        How far above the bound they cost at the most.
    halt
        Ends it.
    borrowed
        Whose worker does it; None where whoever asked waits.
    answered
        Is set for whoever does other work meanwhile.
    done
        Says that it has ended.
    came
        The answer, or what was raised.
    """

    of: State
    near: OptimalFace
    slack: int
    halt: Halt
    borrowed: Spare | None
    answered: threading.Event
    done: threading.Event = field(default_factory=threading.Event)
    came: Whole | BaseException = field(default_factory=lambda: Whole(Verdict.OPEN))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, budget: Budget) -> None:
        """Do it."""
        try:
            self.came = search_whole(self.near, self.near.cost[-1], replace(budget, halt=self.halt))
        except BaseException as error:  # whoever takes the answer raises it
            self.came = error
        with self._lock:
            self.answered.set()  # before whoever waits for the end forgets it
            self.done.set()
        if self.borrowed is not None:
            self.borrowed.give_back()

    def lent(self, spare: Spare) -> bool:
        """Go on with an idle worker, if there is one and it has not ended."""
        with self._lock:
            if self.done.is_set() or not spare.take():
                return False
            self.borrowed = spare
            return True


@dataclass
class Companion:
    """Searches the plans near a bound over state graphs beside windows.

    Only where idle workers are counted, and under a limit of time: nobody knows who comes to an end first.

    Parameters
    ----------
    spare
        Such workers; None where nobody counts them.
    """

    spare: Spare | None = None
    _now: _Beside | None = field(default=None, init=False)
    _done: tuple[tuple[int, ...], int] = field(default=((), -1), init=False)
    _answered: threading.Event = field(default_factory=threading.Event, init=False)

    def before(self, budget: Budget) -> Budget:
        """A budget of other work, which ends when an answer is there."""
        return replace(budget, halt=Halt(budget.halt, self._answered))

    @contextmanager
    def joining(self, step: Step, slack: int | None, budget: Budget) -> Iterator[None]:
        """Meanwhile plans nearer the bound are searched by whoever asks, this begins beside that as soon as a worker is idle."""
        if slack is None or slack >= SLACKS[0] or self.spare is None or not self._may(step, budget):
            yield
            return
        left, watcher = threading.Event(), ThreadPoolExecutor(1, thread_name_prefix="giliran-watch")

        def watch() -> None:
            while not left.wait(POLL_S) and self._now is None:
                self.begin(step, budget)

        watching = watcher.submit(watch)
        try:
            yield
        finally:
            left.set()
            watcher.shutdown()
        watching.result()

    def begin(self, step: Step, budget: Budget) -> None:
        """Search the plans near the bound of a step, further from it than before, where a worker is idle and this is not at work."""
        group, reached = self._done
        wider = (slack for slack in SLACKS if group != step.group or slack > reached)
        slack = next((slack for slack in wider if step.priced.bound + step.constant + slack >= step.claimed), None)
        if slack is None or not self._may(step, budget) or not (self.spare is not None and self.spare.take()):
            return
        self._begin(step, step.near(slack), slack, budget, self.spare)

    def goes_on(self, step: Step, slack: int | None, budget: Budget) -> bool:
        """Whether this searches further, now at least, for whoever has found nothing up to so much above the bound."""
        self.begin(step, budget)
        return self._now is not None and slack is not None and slack < self._now.slack

    def waited(self, step: Step, near: OptimalFace, slack: int | None, budget: Budget, mine: Budget) -> Whole | None:
        """What comes of such a search, for which whoever asks waits as long as `mine`, but not longer than until a worker is idle.

        `OPEN` where that takes it on; None where nothing is begun, as below the least of its limits.
        """
        if slack is None or slack < SLACKS[0] or self.spare is None or not self._may(step, budget):
            return None
        search = self._begin(step, near, slack, budget, None)
        while not search.done.wait(POLL_S):
            if search.lent(self.spare):
                return Whole(Verdict.OPEN)
            if mine.over:
                search.halt.set()
        return self._taken(search)

    def answer(self, step: Step, *, wait: bool = False) -> tuple[OptimalFace, int, Whole] | None:
        """What was searched, how far above the bound of a step, and what came of it; None while nothing has.

        What is searched near the bound of another step ends: it is no word about this one. Raises what the search raised.
        """
        search = self._now
        if search is not None and search.of is not step.state:
            self.end()
            return None
        if search is None or not (wait or search.done.is_set()):
            return None
        search.done.wait()
        return search.near, search.slack, self._taken(search)

    def end(self) -> None:
        """End the search, whose answer nobody wants any more."""
        if self._now is not None:
            self._now.halt.set()
            self._now.done.wait()
            self._forget()

    def _may(self, step: Step, budget: Budget) -> bool:
        return self._now is None and step.face.graph is not None and budget.deadline is not None and not budget.over

    def _begin(self, step: Step, near: OptimalFace, slack: int, budget: Budget, borrowed: Spare | None) -> _Beside:
        self._done = step.group, slack
        self._now = search = _Beside(step.state, near, slack, Halt(budget.halt), borrowed, self._answered)
        threading.Thread(target=search.run, args=(budget,), name="giliran-companion").start()
        return search

    def _taken(self, search: _Beside) -> Whole:
        self._forget()
        if isinstance(search.came, BaseException):
            raise search.came
        return search.came

    def _forget(self) -> None:
        self._now = None
        self._answered.clear()

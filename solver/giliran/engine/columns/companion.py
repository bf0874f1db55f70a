"""A companion: branch and bound on a worker that has nothing else to do, while windows better the plan."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from queue import SimpleQueue

from giliran.engine.base.budget import Budget, Halt
from giliran.engine.base.spare import Spare
from giliran.engine.columns.face import OptimalFace
from giliran.engine.columns.highs import Whole, search_whole
from giliran.engine.columns.steps import Step

SLACKS = (4, 16, 64)
"""How far above a bound plans are searched, one after the other."""


@dataclass(frozen=True)
class _Asked:
    """What is searched, and where the answer comes; `halt` ends it, `done` says that it has ended."""

    near: OptimalFace
    slack: int
    halt: Halt
    done: threading.Event = field(default_factory=threading.Event)
    answer: SimpleQueue[Whole | BaseException] = field(default_factory=SimpleQueue)


@dataclass
class Companion:
    """Searches the plans near a bound over state graphs on an idle worker.

    Only under a limit of time, because nobody knows who comes to an end first.

    Parameters
    ----------
    spare
        Such workers; None where nobody lends one.
    """

    spare: Spare | None = None
    _asked: _Asked | None = field(default=None, init=False)
    _done: tuple[tuple[int, ...], int] = field(default=((), -1), init=False)

    def covers(self, slack: int | None) -> bool:
        """Whether plans that cost more than so much above the bound are searched now: whoever has searched to there need not go on."""
        return self._asked is not None and slack is not None and slack < self._asked.slack

    def before(self, budget: Budget) -> Budget:
        """A budget of other work, which ends when an answer is there."""
        return budget if self._asked is None else replace(budget, halt=Halt(budget.halt, self._asked.done))

    def begin(self, step: Step, budget: Budget) -> None:
        """Search the plans near the bound of a step, further from it than before, where a worker is idle and this is not at work."""
        group, reached = self._done
        wider = (slack for slack in SLACKS if group != step.group or slack > reached)
        slack = next((slack for slack in wider if step.priced.bound + step.constant + slack >= step.claimed), None)
        if slack is None or self._asked is not None or step.face.graph is None or budget.deadline is None or budget.over:
            return
        if self.spare is None or not self.spare.take():
            return
        self._done = step.group, slack
        self._asked = asked = _Asked(step.near(slack), slack, Halt(budget.halt))
        threading.Thread(target=_work, args=(asked, replace(budget, halt=asked.halt), self.spare), name="giliran-companion").start()

    def answer(self, *, wait: bool = False) -> tuple[OptimalFace, int, Whole] | None:
        """What was searched, how far above the bound, and what came of it; None while nothing has. Raises what the search raised."""
        asked = self._asked
        if asked is None or not (wait or asked.done.is_set()):
            return None
        whole, self._asked = asked.answer.get(), None
        if isinstance(whole, BaseException):
            raise whole
        return asked.near, asked.slack, whole

    def end(self) -> None:
        """End the search, whose answer nobody wants any more."""
        if self._asked is not None:
            self._asked.halt.set()
            self._asked.answer.get()
            self._asked = None


def _work(asked: _Asked, budget: Budget, spare: Spare) -> None:
    try:
        whole: Whole | BaseException = search_whole(asked.near, asked.near.cost[-1], budget)
    except BaseException as error:  # whoever takes the answer raises it
        whole = error
    spare.give_back()
    asked.answer.put(whole)
    asked.done.set()

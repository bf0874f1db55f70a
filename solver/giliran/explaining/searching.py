"""Whether some of what must hold can hold together, within the time that there is."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

import numpy as np

from giliran.domain.status import Status
from giliran.engine.base.outcome import EngineOptions, Outcome
from giliran.program import Program


class OutOfTimeError(Exception):
    """The time is over, or the search was cancelled; whoever gave it catches this."""


@dataclass
class Clock:
    """What an explanation may spend.

    Parameters
    ----------
    limit_s
        Wall seconds from now; no limit when None.
    workers, seed
        As in `SolveOptions`.
    cancel
        Ends everything when set.
    """

    limit_s: float | None
    workers: int
    seed: int
    cancel: threading.Event | None = None
    begin: float = field(default_factory=time.monotonic)
    over: bool = False

    def left(self) -> float | None:
        """Seconds that are left; None where there is no limit.

        Raises
        ------
        OutOfTimeError
            If there are none.
        """
        if self.cancel is not None and self.cancel.is_set():
            self.over = True
            raise OutOfTimeError
        if self.limit_s is None:
            return None
        left = self.begin + self.limit_s - time.monotonic()
        if left <= 0:
            self.over = True
            raise OutOfTimeError
        return left

    def half(self) -> Clock:
        """A clock with half of the time that is left, for a stage after which others come."""
        left = self.left()
        return Clock(None if left is None else left / 2, self.workers, self.seed, self.cancel)

    def go_on(self) -> None:
        """Raise `OutOfTimeError` when the time is over."""
        self.left()


def searched(program: Program, clock: Clock, before: Outcome | None = None) -> Outcome:
    """What the engine finds about a program.

    Parameters
    ----------
    before
        What it found about one over the same cells: parts that are the same are not searched again.

    Raises
    ------
    OutOfTimeError
        If time ran out, or the search was cancelled, before some part was decided.
    """
    from giliran.engine.run import Start, optimise  # loads ortools: not before it is needed

    options = EngineOptions(clock.left(), clock.workers, clock.seed, clock.cancel)
    start = None if before is None else Start(before.memory, before.office, before.planned)
    outcome = optimise(program, order=np.arange(program.shape[0]), options=options, start=start)
    if outcome.status is Status.UNKNOWN:
        clock.over = True
        raise OutOfTimeError
    return outcome


def possible(program: Program, clock: Clock, before: Outcome | None = None) -> bool:
    """Whether a program has a plan; `before` as for `searched`.

    Raises
    ------
    OutOfTimeError
        If that is not decided in time.
    """
    return searched(program, clock, before).status is not Status.INFEASIBLE

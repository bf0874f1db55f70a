"""When a solve reached what: the first plan of every part, and each tier proven in all of them."""

from __future__ import annotations

import resource
import time
from collections.abc import Sequence
from typing import Any

from giliran.engine.base.outcome import Progress


class Follower:
    """Listens to the progress of one solve; wall seconds are those of the search, CPU seconds count from the loaded instance on."""

    def __init__(self) -> None:
        self._begin = cpu_s()
        self._plan: tuple[float, float] | None = None
        self._proven: list[tuple[float, float]] = []

    def __call__(self, progress: Progress) -> None:
        """Take the time where something is reached for the first time."""
        now = (progress.seconds, self.cpu_s)
        if self._plan is None and progress.planned == progress.total:
            self._plan = now
        self._proven += [now] * (progress.proven - len(self._proven))

    @property
    def cpu_s(self) -> float:
        """CPU seconds since the beginning."""
        return cpu_s() - self._begin

    def reached(self, tiers: Sequence[str]) -> dict[str, Any]:
        """Wall seconds until every part had a plan, and until each tier and those before it were proven in all; None where neither was."""
        return _named(tiers, self._plan, self._proven, 0)

    def reached_cpu(self, tiers: Sequence[str]) -> dict[str, Any]:
        """The same in CPU seconds."""
        return _named(tiers, self._plan, self._proven, 1)


def _named(tiers: Sequence[str], plan: tuple[float, float] | None, proven: Sequence[tuple[float, float]], which: int) -> dict[str, Any]:
    times = [step[which] for step in proven]
    return {"plan": None if plan is None else plan[which], "tiers": dict(zip(tiers, [*times, *[None] * len(tiers)], strict=False))}


def cpu_s() -> float:
    """CPU seconds of this process and of those that it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime

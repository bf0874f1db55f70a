"""How long work may go on."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from typing import Self


class Halt(threading.Event):
    """Set where it is itself, or one of those that it stands for.

    Parameters
    ----------
    outer
        These; None among them says nothing.
    """

    def __init__(self, *outer: threading.Event | None) -> None:
        super().__init__()
        self._outer = [each for each in outer if each is not None]

    def is_set(self) -> bool:
        """Whether one of them is."""
        return super().is_set() or any(each.is_set() for each in self._outer)


@dataclass(frozen=True)
class Budget:
    """When to end.

    Parameters
    ----------
    deadline
        On the clock of `time.monotonic`; None for no limit.
    halt
        Set when the run is being ended from outside; None where nobody can.
    """

    deadline: float | None
    halt: threading.Event | None

    @property
    def halted(self) -> bool:
        """Whether the run is being ended from outside."""
        return self.halt is not None and self.halt.is_set()

    @property
    def seconds(self) -> float | None:
        """What is left, None without a deadline."""
        return None if self.deadline is None else max(self.deadline - time.monotonic(), 0.0)

    @property
    def over(self) -> bool:
        """Whether nothing may be begun any more."""
        return self.halted or self.seconds == 0.0

    def within(self, seconds: float) -> Self:
        """The same for some seconds at the most."""
        until = time.monotonic() + seconds
        return replace(self, deadline=until if self.deadline is None else min(self.deadline, until))


UNLIMITED = Budget(None, None)
"""Nobody ends this work."""

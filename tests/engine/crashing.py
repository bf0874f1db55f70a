"""A task that takes its worker process down with it; apart from the tests, because worker processes import it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from giliran.engine.cpsat.call import Effort
from giliran.engine.dispatch.tasks import Done, Task
from giliran.errors import InternalError


@dataclass(frozen=True)
class Crash:
    """Ends its process as many times as there are files to be taken away first."""

    fuses: tuple[str, ...]

    def run(self, effort: Effort) -> Done:
        """Crash, or be done when no fuse is left."""
        for fuse in self.fuses:
            if Path(fuse).exists():
                Path(fuse).unlink()
                os._exit(1)
        return Done((None,), hurried=True)

    def alone(self) -> Iterator[Task]:
        """The same again."""
        yield self  # type: ignore[misc]


@dataclass(frozen=True)
class Fault:
    """Raises what is wrong in our own code."""

    def run(self, effort: Effort) -> Done:
        """Raise."""
        raise InternalError("seen by the caller")

    def alone(self) -> Iterator[Task]:
        """The same again."""
        yield self  # type: ignore[misc]

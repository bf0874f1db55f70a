"""The one place where the command line calls `solve`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from giliran.cli.executors import Place
    from giliran.engine.run import Progress
    from giliran.instance import Instance
    from giliran.result import Result
    from giliran.solving import SolveOptions

T = TypeVar("T")


@dataclass(frozen=True)
class Search:
    """How every instance of a run is solved: whatever `solve` is to be told stands here, for one instance and for many.

    Parameters
    ----------
    time_limit_s, workers, seed, engine
        As in `SolveOptions`.
    anyway
        As in `SolveOptions`.
    cluster
        Where the parts are solved; this machine when None.
    """

    time_limit_s: float | None
    workers: int | None
    seed: int | None
    engine: str
    cluster: Place | None = None
    anyway: bool = False

    def solve(
        self, instance: Instance, progress: Callable[[Progress], None] | None = None, cancel: threading.Event | None = None
    ) -> Result:
        """Solve one instance.

        Raises
        ------
        ExecutorError
            If the cluster goes away.
        InternalError
            If giliran contradicts itself.
        """
        from giliran import solving

        return self.run(
            instance,
            lambda options, executor: solving.solve(instance, options, cancel=cancel, progress=progress, executor=executor),
        )

    def run(self, instance: Instance, call: Callable[[SolveOptions, Executor | None], T]) -> T:
        """What solves an instance in the end, called with its options and where its parts are solved; raises as `solve`."""
        from giliran import solving
        from giliran.cli.executors import on_this_machine

        with on_this_machine(instance, self.workers) if self.cluster is None else nullcontext(self.cluster) as place:
            options = solving.SolveOptions(
                time_limit_s=self.time_limit_s,
                workers=place.workers,
                seed=self.seed,
                engine=solving.Engine(self.engine),
                anyway=self.anyway,
            )
            return call(options, place.executor)

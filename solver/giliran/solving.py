"""Solve: find the best plan of an instance, and prove it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from typing import Never

from giliran.arguments import check_call
from giliran.domain.status import Status
from giliran.engine.base.outcome import Progress
from giliran.errors import InputError
from giliran.instance import Instance
from giliran.options import Engine, SolveOptions
from giliran.result import Result
from giliran.runs import LEAST_LEFT_S, Meanwhile, Run, run_all
from giliran.starting import known_start

__all__ = ["Engine", "SolveOptions", "solve", "solved"]

_LOG = logging.getLogger("giliran")
"""Says in one line how a solve ended, to whoever listens for `DEBUG`."""
_LOG.addHandler(logging.NullHandler())


def solve(
    instance: Instance,
    options: SolveOptions | None = None,
    *,
    cancel: threading.Event | None = None,
    progress: Callable[[Progress], None] | None = None,
    executor: Executor | None = None,
    start: Result | None = None,
    **strange: Never,
) -> Result:
    """Find the best plan of an instance and prove it.

    Parameters
    ----------
    instance
        From `load_instance` or `Instance.build`.
    options
        Time limit, workers, seed, engine.
    cancel
        Set it from another thread, or from `progress`, to stop: the best plan found so far and its true bound are returned. It is looked at
        every 0.05 s while parts are at work, and every stage ends within half a second, as a rule in 0.1 s. Compiling ends by itself first,
        and what was found is put together and audited: with 100,000 people a second more.
    progress
        Called in this thread whenever parts are finished, or a part that is searched on is known better, with a `Progress`: `done`
        parts of `total`, the `seconds` since the search began, how many parts are `planned`, how many tiers, from the first, are `proven`
        in every part, and `tiers`, what the best plan known so far costs, with the bound. While parts are searched on, a better plan or
        bound is told too, every 0.05 s at most. What it raises ends the solve, and `solve` raises it.
    executor
        Where parts are solved: any `concurrent.futures.Executor`, such as a pool of processes or Dask's `Client.get_executor()`; threads
        of this process when None. `options.workers` says how many parts it is sent at a time. It is not shut down. One that runs tasks
        within `submit` can be stopped between tasks only.
    start
        A result of this instance, or of the one that it was made from by `with_rules` and the like: parts that say the same as before are
        not solved again, and where the plan at hand keeps the rules of another part, its search begins there. Status, values and bounds
        are the same as without it; what only the lottery decides may fall otherwise, and does not where nothing changed.
    **strange
        None: whatever else is given is told.

    Returns
    -------
    Result
        With one of four statuses; look at `Result.status`, or demand a plan by `Result.require`. `Result.tiers` holds the costs, most
        important tier first: `value` is what the plan costs in that tier, a whole number counted by the audit, `bound` what no plan that
        is as good in the tiers before can go below. The two are equal where the tier is `proven`. Values of different tiers are never
        added, and mean what their goals count: person-days for `relaxations`, `office_target` and `stability`, thousandths for wishes,
        sums of squares less a constant, below zero as a rule, for fairness.

    Raises
    ------
    InputError
        If an argument is something else.
    ExecutorError
        If the executor fails by itself. A worker that is lost is no such failure: its parts are solved again.
    InternalError
        If the audit disagrees with the solver, or a second solver configuration with the first.
    """
    check_call(instance, options, SolveOptions, {"cancel": cancel, "progress": progress, "executor": executor, "start": start}, strange)
    options, known = known_start(instance, options or SolveOptions(), start)
    (found,) = solved([Run(instance, options, known)], Meanwhile(cancel, progress, executor))
    if isinstance(found, InputError):
        raise found
    return found


def solved(runs: Sequence[Run], meanwhile: Meanwhile) -> list[Result | InputError]:
    """What comes of instances that are searched together, planned anyway where they are impossible and the options ask for that.

    Parameters
    ----------
    runs
        At least one, with options that differ in nothing but the seed.
    meanwhile
        What the caller does with the search.
    """
    begin = time.perf_counter()
    options = runs[0].options
    found = run_all(runs, meanwhile, options.time_limit_s)
    spent = time.perf_counter() - begin
    for kept in found:
        _LOG.debug("%r in %.3f s", kept, spent)
    again = [k for k, kept in enumerate(found) if options.anyway and isinstance(kept, Result) and kept.status is Status.INFEASIBLE]
    if again:
        rest_s = options.time_limit_s and max(options.time_limit_s - spent, LEAST_LEFT_S)
        bending = replace(meanwhile, progress=_parts_alone(meanwhile.progress), improved=None)
        bent = run_all([Run(runs[k].instance, runs[k].options, bent=True) for k in again], bending, rest_s)
        for k, kept in zip(again, bent, strict=True):
            found[k] = _anyway(found[k], kept, spent)
    return found


def _parts_alone(progress: Callable[[Progress], None] | None) -> Callable[[Progress], None] | None:
    """Follows a search whose first tier is that of what is bent, which no file can name, and leaves costs out."""
    return None if progress is None else lambda step: progress(replace(step, tiers=()))


def _anyway(kept: Result | InputError, bent: Result | InputError, spent: float) -> Result | InputError:
    """The plan that bends rules in place of none; bending helps nobody who has no plan even so."""
    if isinstance(bent, InputError):
        return bent
    if bent.bends is None or not bent.bends.total:
        return kept
    return replace(bent, status=Status.INFEASIBLE, seconds={"without_bending": spent, **bent.seconds}, memory=None)

"""Solving many instances by one search."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from typing import Never

from giliran.arguments import check_calls
from giliran.engine.base.outcome import Progress
from giliran.errors import GiliranError, InputError, Problem, Where
from giliran.instance import Instance
from giliran.messages import cut
from giliran.options import SolveOptions
from giliran.result import Result
from giliran.runs import Meanwhile, Run
from giliran.solving import solved
from giliran.starting import announced_start


class BatchError(InputError):
    """Some of several instances cannot be planned; the others are.

    Parameters
    ----------
    problems
        What is wrong, with the number and the title of the instance.
    results
        In the order of the instances, None where an instance has problems.
    """

    def __init__(self, problems: Iterable[Problem], results: Sequence[Result | None]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.results: tuple[Result | None, ...] = tuple(results)
        GiliranError.__init__(self, self.problems, self.results)


def solve_many(
    instances: Iterable[Instance],
    options: SolveOptions | None = None,
    *,
    cancel: threading.Event | None = None,
    progress: Callable[[Progress], None] | None = None,
    executor: Executor | None = None,
    **strange: Never,
) -> list[Result]:
    """Find the best plan of each of many instances, by one search of the parts of all.

    Small parts of many departments are solved beside each other, and large ones at the same time, by as many workers as there are; whoever
    has departments of one agency, each in a file of its own, need not wait for one after the other.

    Parameters
    ----------
    instances
        Of any horizons, rules and sizes; nothing ties them together.
    options
        As for `solve`. `time_limit_s` is for all together and shared among the parts of all, `workers` too.
    cancel, progress, executor
        As for `solve`; `progress` counts the parts of all instances. A cancel and the time limit are also looked at between two instances
        that are compiled, or split into parts: those after it are of status `UNKNOWN`, as no plan was looked for.
    **strange
        None: whatever else is given is told.

    Returns
    -------
    list of Result
        In the order of the instances; status, plan and tiers of each are those that `solve` gives for it alone. One that is impossible
        says so in its status and takes nothing from the others. In `Result.seconds` the search is that of all.

    Raises
    ------
    InputError
        If an argument is something else, before anything is solved. `BatchError`, which has the results of all others, if rules of some
        instances cost too much to be added up.
    ExecutorError, InternalError
        As `solve`.
    """
    asked = list(instances) if isinstance(instances, Iterable) else instances
    check_calls(asked, options, SolveOptions, {"cancel": cancel, "progress": progress, "executor": executor}, strange)
    options = options or SolveOptions()
    runs = [Run(instance, options, announced_start(instance.facts)) for instance in asked]
    found = solved(runs, Meanwhile(cancel, progress, executor)) if runs else []
    results = [kept if isinstance(kept, Result) else None for kept in found]
    problems = [problem for k, kept in enumerate(found) if isinstance(kept, InputError) for problem in _of(k, asked[k], kept)]
    if problems:
        raise BatchError(problems, results)
    return [result for result in results if result is not None]


def _of(k: int, instance: Instance, error: InputError) -> Iterable[Problem]:
    """The problems of one of several instances, which its number and title name."""
    name = f"instances[{k}] ({cut(instance.title)})" if instance.title else f"instances[{k}]"
    for problem in error.problems:
        field = f"{name}.{problem.where.field}" if problem.where.field else name
        yield Problem(Where(problem.where.file, problem.where.line, field), problem.said, problem.advice, problem.count)

"""Searches in the background: what comes of them, and that they end when nobody wants them any more."""

from __future__ import annotations

import asyncio
import itertools
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import pytest

import giliran
from giliran import (
    InputError,
    Instance,
    InternalError,
    Progress,
    Result,
    SolveOptions,
    Status,
    Stopped,
    background,
    check,
    generate,
    solve,
    solve_async,
    solve_iter,
)

ALL = ["caps", "duty", "absences", "wishes", "sequences", "skills", "ledger"]
CPSAT = SolveOptions(workers=1, engine=giliran.Engine.CPSAT)


@cache
def quick() -> Instance:
    """Some people whose best plan CP-SAT finds in several steps within a second."""
    return generate(14, seed=3, families=ALL)


@cache
def endless() -> Instance:
    """Some people over four weeks, whose best plan CP-SAT does not prove in a minute."""
    return generate(40, 4, families=ALL)


def impossible() -> Instance:
    """Two people who must be in the office, and for one of whom there is room."""
    return Instance.build(
        horizon={"start": "2021-07-12", "end": "2021-07-13"},
        staff=[{"id": "A"}, {"id": "B"}],
        rules=[{"id": "in", "kind": "fixed_days", "place": "office"}, {"id": "cap", "kind": "office_cap", "max": 1}],
    )


def values(result: Result) -> list[int]:
    """What a plan costs, most important tier first."""
    return [tier.value for tier in result.tiers]


def at_work() -> list[str]:
    """Threads of giliran that have not ended."""
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("giliran")]


def test_plans_become_better_until_the_best() -> None:
    """Every plan keeps all rules and costs less than the one before; the last is what `solve` gives."""
    found = list(solve_iter(quick(), CPSAT))
    best = solve(quick(), CPSAT)
    assert (found[-1].status, found[-1].tiers, found[-1].schedule) == (Status.OPTIMAL, best.tiers, best.schedule)
    for earlier, later in itertools.pairwise(found):
        assert (earlier.status, earlier.stopped, earlier.reproducible) == (Status.FEASIBLE, Stopped.CANCELLED, False)
        assert not check(quick(), earlier.schedule).broken
        assert values(earlier) > values(later) or later is found[-1]
        assert earlier.tiers[0].bound <= best.tiers[0].value


def test_whoever_stops_looking_ends_the_search() -> None:
    """After `break` or `close` no thread of the search is left; the plan that was given is whole."""
    given: list[Result] = []
    for result in solve_iter(endless(), CPSAT):
        given.append(result)
        break
    assert given[0].require() is given[0].schedule and given[0].stopped is Stopped.CANCELLED
    plans = solve_iter(endless(), CPSAT)
    next(plans)
    plans.close()
    assert not at_work()


def test_a_cancel_gives_the_best_plan_last() -> None:
    """An event of the caller ends the search, and what is known then is the last result."""
    cancel = threading.Event()
    plans = solve_iter(endless(), CPSAT, cancel=cancel)
    first = next(plans)
    cancel.set()
    rest = list(plans)
    assert rest[-1].stopped is Stopped.CANCELLED and values(rest[-1]) <= values(first)


def test_what_has_no_plan_is_one_result() -> None:
    """An impossible instance gives its proof alone, a wrong option is told before anything is asked for, a fault where it is met."""
    assert [result.status for result in solve_iter(impossible())] == [Status.INFEASIBLE]
    with pytest.raises(InputError):
        solve_iter(quick(), 5)  # type: ignore[arg-type]


def test_faults_of_the_search_are_raised_to_whoever_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong in the thread is raised where the next plan is asked for."""

    def fail(*_: object) -> None:
        raise InternalError("seen by the caller")

    monkeypatch.setattr(background, "solved", fail)
    with pytest.raises(InternalError, match="seen by the caller"):
        next(solve_iter(quick()))


def test_progress_tells_costs_of_parts_that_are_searched() -> None:
    """While the only part is searched, values fall and bounds rise towards each other, and the tier in question is told."""
    seen: list[Progress] = []
    cancel = threading.Event()

    def follow(step: Progress) -> None:
        seen.append(step)
        if len({tuple(tier.value for tier in told.tiers) for told in seen}) > 2:
            cancel.set()

    result = solve(endless(), CPSAT, progress=follow, cancel=cancel)
    assert [step.done for step in seen[:-1]] == [0] * (len(seen) - 1)
    costs = [[tier.value for tier in step.tiers] for step in seen]
    assert costs == sorted(costs, reverse=True) and costs[-1] == values(result)
    assert all(step.tier is not None and step.tier.bound <= step.tier.value for step in seen)
    assert all(one.tiers != other.tiers for one, other in itertools.pairwise(seen[:-1])), "nothing is told twice"


def test_followed_or_not_the_plan_is_the_same() -> None:
    """Whoever follows a search changes nothing of it."""
    alone, followed = solve(quick(), CPSAT), solve(quick(), CPSAT, progress=lambda step: None)
    assert (alone.tiers, alone.schedule) == (followed.tiers, followed.schedule)


def test_an_awaited_solve_is_a_solve() -> None:
    """The result is that of `solve`; progress is told in the thread of the event loop, all of it before the result is there."""
    heard: list[tuple[int, Progress]] = []

    async def main() -> Result:
        return await solve_async(quick(), CPSAT, progress=lambda step: heard.append((threading.get_ident(), step)))

    result = asyncio.run(main())
    assert (result.tiers, result.schedule) == (solve(quick(), CPSAT).tiers, solve(quick(), CPSAT).schedule)
    assert {thread for thread, _ in heard} == {threading.get_ident()}
    assert heard[-1][1].done == heard[-1][1].total


def test_an_awaited_solve_needs_no_thread_of_the_loop() -> None:
    """It begins at once, and so ends soon when it is cancelled, although all threads of the loop's executor are taken."""

    class Full(ThreadPoolExecutor):
        def submit(self, *args: Any, **more: Any) -> Any:
            raise AssertionError("a thread that may never be free")

    async def main() -> Result:
        asyncio.get_running_loop().set_default_executor(Full(1))
        return await solve_async(quick())

    assert asyncio.run(main()).status is Status.OPTIMAL


def test_a_cancelled_task_ends_its_search() -> None:
    """A task that is cancelled while its search has a plan is cancelled, and no thread of the search is left then."""

    def stop(task: asyncio.Task[Result]) -> None:
        task.cancel()

    async def main() -> list[str]:
        task = asyncio.create_task(solve_async(endless(), CPSAT, progress=lambda step: stop(task)))
        with pytest.raises(asyncio.CancelledError):
            await task
        return at_work()

    assert asyncio.run(main()) == []


def test_an_event_gives_the_best_plan_to_whoever_awaits() -> None:
    """A set event ends the search with its best plan, as in `solve`."""
    cancel = threading.Event()
    result = asyncio.run(solve_async(endless(), CPSAT, cancel=cancel, progress=lambda step: cancel.set()))
    assert (result.status, result.stopped) == (Status.FEASIBLE, Stopped.CANCELLED)


def test_what_progress_raises_in_the_loop_is_raised() -> None:
    """A callback that fails ends the search, and whoever awaits it gets the error."""

    def fail(step: Progress) -> None:
        raise LookupError(step.total)

    with pytest.raises(LookupError):
        asyncio.run(solve_async(endless(), CPSAT, progress=fail))

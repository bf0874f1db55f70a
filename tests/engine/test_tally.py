"""What is known of all parts together, while they are solved."""

from __future__ import annotations

import itertools
import threading

import numpy as np

from giliran.domain.status import Status
from giliran.engine.base.outcome import EngineOptions, Progress, TierResult
from giliran.engine.base.solution import Solution, conditional_on
from giliran.engine.dispatch.tally import Tally
from tests.engine.programs import builder, hard, most_office, row, solved

PLAN = np.zeros(1, dtype=np.int64)


def found(status: Status, values: tuple[int, ...] = (), bounds: tuple[int, ...] = ()) -> Solution:
    """A plan with such costs and bounds; none without costs."""
    value, bound = np.array(values, dtype=np.int64), np.array(bounds, dtype=np.int64)
    return Solution(status, PLAN if values else None, value, bound, conditional_on(value, bound), False, 0.0)


def test_the_part_that_is_least_proven_counts() -> None:
    """Two tiers of one part and one of the other are proven: one of both. A third, proven tier behind an open one does not count."""
    tally = Tally(2, 3)
    tally.take({0: found(Status.FEASIBLE, (4, 2, 9), (4, 2, 5))})
    assert (tally.planned, tally.proven) == (1, 0)
    tally.take({1: found(Status.FEASIBLE, (1, 7, 0), (1, 6, 0))})
    assert (tally.planned, tally.proven) == (2, 1)
    tally.take({0: found(Status.OPTIMAL, (4, 2, 7), (4, 2, 7)), 1: found(Status.OPTIMAL, (1, 6, 0), (1, 6, 0))})
    assert (tally.planned, tally.proven) == (2, 3)


def test_what_was_known_stays() -> None:
    """A search that comes to less than the stage before takes nothing away, and no part counts twice."""
    tally = Tally(1, 2)
    for bounds in ((3, 5), (3, 1), (0, 1)):
        tally.take({0: found(Status.FEASIBLE, (3, 6), bounds)})
        assert (tally.planned, tally.proven) == (1, 1)


def test_a_better_plan_meets_a_bound_that_was_told_before() -> None:
    """A plan that comes without its bound is proven by the one that was known."""
    tally = Tally(1, 2, ("aim", "fair"), np.zeros(2, dtype=np.int64))
    tally.take({0: found(Status.FEASIBLE, (3, 6), (3, 5))})
    assert tally.proven == 1
    tally.take({0: found(Status.FEASIBLE, (3, 5), (0, 0))})
    assert tally.proven == 2


def test_a_part_without_any_plan_holds_nothing_up() -> None:
    """What is proven to have no plan has none, and what others have proven is proven everywhere."""
    tally = Tally(2, 2)
    tally.take({0: found(Status.OPTIMAL, (1, 1), (1, 1)), 1: found(Status.UNKNOWN)})
    assert (tally.planned, tally.proven) == (1, 0)
    tally.take({1: found(Status.INFEASIBLE)})
    assert (tally.planned, tally.proven) == (1, 2)


def test_costs_of_all_parts_are_added_up() -> None:
    """With 10 and 0 for what no part decides: nothing before both parts have a plan, then the sums of the better plans and bounds.

    Part 0 costs (4, 2), bounds (4, 1); part 1 (3, 7), bounds (2, 0), then (3, 5) with the bounds (1, 3): the 2 stays known.
    """
    tally = Tally(2, 2, ("aim", "fair"), np.array([10, 0]))
    tally.take({0: found(Status.FEASIBLE, (4, 2), (4, 1))})
    assert tally.tiers == () and not tally.better()
    tally.take({1: found(Status.FEASIBLE, (3, 7), (2, 0))})
    assert tally.tiers == (TierResult("aim", 17, 16, False), TierResult("fair", 9, 1, True))
    assert tally.better() and not tally.better()
    tally.take({1: found(Status.FEASIBLE, (3, 5), (1, 3))})
    assert tally.tiers == (TierResult("aim", 17, 16, False), TierResult("fair", 7, 4, True))
    assert tally.better() and not tally.all_proven


def test_first_plans_are_told() -> None:
    """A long part that is searched on is told as planned, with the tiers that its first stage has proven; the plan is kept."""
    heard: list[Progress] = []
    cancel = threading.Event()

    def listen(progress: Progress) -> None:
        heard.append(progress)
        cancel.set()

    outcome = solved(hard(12, 36), time_limit_s=60.0, progress=listen, cancel=cancel)
    first = heard[0]
    assert (first.done, first.planned, first.total) == (0, 1, 1)
    assert outcome.status is Status.FEASIBLE
    assert all(tier.proven for tier in outcome.tiers[: first.proven]) and first.proven > 0


def test_nothing_that_is_told_is_taken_back() -> None:
    """Parts done, parts planned and tiers proven never become fewer, and in the end they are those of the result."""
    heard: list[Progress] = []
    outcome = solved(hard(), time_limit_s=1.5, progress=heard.append)
    for before, after in itertools.pairwise(heard):
        assert before.done <= after.done and before.planned <= after.planned and before.proven <= after.proven
    proven = next((k for k, tier in enumerate(outcome.tiers) if not tier.proven), len(outcome.tiers))
    assert heard[-1].proven == proven


def test_all_is_told_in_the_end() -> None:
    """After the last part every part is planned, every tier proven, with flows and without."""
    out = builder(4, 1)
    row(out, [0, 1], hi=1)
    row(out, [2, 3], hi=1)
    most_office(out)
    program = out.build()
    for methods in (frozenset(), EngineOptions().methods):
        heard: list[Progress] = []
        solved(program, progress=heard.append, methods=methods)
        assert (heard[-1].done, heard[-1].planned, heard[-1].proven) == (2, 2, 3)

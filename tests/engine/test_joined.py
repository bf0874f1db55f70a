"""What two searches of a part know together."""

from __future__ import annotations

import numpy as np

from giliran.domain.status import Status
from giliran.engine.base.solution import Solution, joined


def found(status: Status, values: list[int] | None, bounds: list[int]) -> Solution:
    """What a search that the clock ended has found; a plan has its costs as values of columns."""
    plan = None if values is None else np.array(values)
    costs = np.zeros(0, dtype=np.int64) if values is None else np.array(values)
    return Solution(status, plan, costs, np.array(bounds), np.zeros(len(bounds), dtype=np.bool_), True, 1.0)


def test_the_better_plan_keeps_bounds_that_speak_of_it() -> None:
    """Old bounds hold up to the first tier in which the new plan is better; behind it they spoke of other plans."""
    old, new = found(Status.FEASIBLE, [5, 9, 7], [5, 6, 7]), found(Status.FEASIBLE, [5, 8, 3], [4, 5, 1])
    for one, other in ((old, new), (new, old)):
        both = joined(one, other)
        assert both.values.tolist() == [5, 8, 3]
        assert both.bounds.tolist() == [5, 6, 1]


def test_a_search_without_a_plan_takes_none_away() -> None:
    """Whoever finds nothing in its time changes nothing, and what is decided is the answer."""
    old, nothing = found(Status.FEASIBLE, [5], [3]), found(Status.UNKNOWN, None, [])
    assert joined(old, nothing) is old
    decided = found(Status.OPTIMAL, [4], [4])
    assert joined(old, decided) is decided and joined(nothing, old) is old

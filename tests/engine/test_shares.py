"""What parts may spend of a time limit: a part that others keep from its proof comes again, and nothing is spent on it meanwhile."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from giliran.domain.status import Status
from giliran.engine.base.outcome import ALL_METHODS, EngineOptions
from giliran.engine.base.part import Part
from giliran.engine.base.solution import Solution, planned_only, without_plan
from giliran.engine.cpsat.call import Effort, Running
from giliran.engine.dispatch import stages, tasks
from giliran.engine.dispatch.stages import Stages
from giliran.engine.dispatch.tasks import LEFT_WITH_PLAN, Days, Done, FirstTask, SearchTask, Setting
from giliran.program import HARD
from tests.engine.test_columns import DAYS, WEEKS, make_part

HALF = make_part([(dict.fromkeys(range(12), 1), 6, 6, HARD, 0)])
"""Half of all cells in the office."""

PLAN = planned_only(HALF, np.repeat([0, 1], 6))
"""One of its plans."""


@dataclass
class Clock:
    """A clock that work moves on."""

    now: float = 1_000.0

    def __call__(self) -> float:
        """What it says."""
        return self.now


@settings(deadline=None, max_examples=300)
@given(st.lists(st.integers(1, 20), min_size=1, max_size=8), st.booleans())
def test_twice_the_time_of_all_proofs_is_enough(seconds: list[int], known: bool) -> None:
    """Parts whose relaxations prove them in so many seconds are all proven in twice the sum and one more, whoever stands before whom.

    A share that is too short for a part is spent to the end of its relaxations, which begin anew in the next.
    """
    clock = Clock()
    parts = [replace(HALF) for _ in seconds]
    needs = dict(zip(map(id, parts), seconds, strict=True))

    def run(self: SearchTask, effort: Effort) -> Done:
        (part,), (first,), whole = self.parts, self.first, effort.seconds
        assert whole is not None
        most = whole - whole / (2 if first is None else LEFT_WITH_PLAN)
        proven = needs[id(part)] <= most
        clock.now += needs[id(part)] if proven else most if self.again else whole
        return Done((replace(PLAN, status=Status.OPTIMAL if proven else Status.FEASIBLE, limited=not proven),))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "monotonic", clock)
        patch.setattr(SearchTask, "run", run)
        all_parts = Stages(EngineOptions(time_limit_s=2 * sum(seconds) + 1, workers=1, methods=frozenset()))
        plans = dict.fromkeys(range(len(parts)), PLAN) if known else {}
        found = all_parts.solve(parts, [Setting(Days(DAYS, WEEKS), 0)] * len(parts), {}, plans)
    assert all(solution.status is Status.OPTIMAL for solution in found)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.integers(1, 20), min_size=1, max_size=8))
@example([20, 1, 1, 1, 1, 1, 1, 1])
def test_no_plan_is_bettered_before_all_parts_have_one(seconds: list[int]) -> None:
    """Where one in eight of the seconds is enough for plans of all parts, each has one, whoever needs how many of them.

    A first plan may take half of a share; where that is too short, three quarters of it are gone, and CP-SAT takes a whole one.
    """
    clock = Clock()
    parts = [replace(HALF) for _ in seconds]
    needs = dict(zip(map(id, parts), seconds, strict=True))
    searched: list[bool] = []

    def first(self: FirstTask, effort: Effort) -> Done:
        (part,), whole = self.parts, effort.seconds
        assert whole is not None
        planned = needs[id(part)] <= whole / (1 if self.again else 2)
        clock.now += needs[id(part)] if planned else whole * (1 if self.again else 3 / 4)
        return Done((PLAN if planned else without_plan(Status.UNKNOWN, limited=True, begin=clock.now),))

    def search(self: SearchTask, effort: Effort) -> Done:
        searched.append(self.first[0] is not None)
        clock.now += effort.seconds or 0.0
        return Done((self.first[0] or without_plan(Status.UNKNOWN, limited=True, begin=clock.now),))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "monotonic", clock)
        patch.setattr(stages, "pressed", lambda *_: True)
        patch.setattr(FirstTask, "run", first)
        patch.setattr(SearchTask, "run", search)
        all_parts = Stages(EngineOptions(time_limit_s=8 * sum(seconds), workers=1, methods=frozenset()))
        found = all_parts.solve(parts, [Setting(Days(DAYS, WEEKS), 0)] * len(parts), {}, {})
    assert all(searched)
    assert all(solution.x is not None for solution in found)


@pytest.mark.parametrize("first", [None, PLAN])
@pytest.mark.parametrize("again", [False, True])
def test_a_part_that_comes_again_is_left_with_any_plan(first: Solution | None, again: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the clock has ended its relaxations, CP-SAT searches on only where nobody else waits for the time."""
    from giliran.engine.columns import relaxation

    left: list[float] = []

    def solve_columns(part: Part, *_: object, deadline: float, **__: object) -> relaxation.ColumnResult:
        bounds = np.array([-9, -9, -9])
        return relaxation.ColumnResult(None, None, bounds, bounds, (), hurried=True, late=True)

    def search(part: Part, effort: Effort, *_: object, **__: object) -> Solution:
        left.append(effort.seconds or 0.0)
        return PLAN

    monkeypatch.setattr(relaxation, "solve_columns", solve_columns)
    monkeypatch.setattr(tasks, "search", search)
    monkeypatch.setattr(tasks, "is_small", lambda part: False)
    task = SearchTask((HALF,), Days(DAYS, WEEKS), ALL_METHODS, (first,), again)
    (found,) = task.run(Effort(time.monotonic() + 60, None, 1, Running())).solutions
    assert found is not None and found.x is not None and HALF.kept(found.x)
    assert [seconds > 1 for seconds in left] == ([True] if not again else [] if first is None else [False])

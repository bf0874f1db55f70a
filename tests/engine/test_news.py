"""What is told of a part while it is searched is true."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giliran.engine.base.outcome import ALL_METHODS, Method
from giliran.engine.base.part import Part
from giliran.engine.base.solution import Solution, planned
from giliran.engine.cpsat.call import Effort, Running
from giliran.engine.cpsat.search import settled
from giliran.engine.dispatch import tasks
from giliran.engine.dispatch.tasks import Days, FirstTask, SearchTask
from giliran.program import HARD
from tests.engine.test_columns import DAYS, WEEKS, every_plan, make_part, parts
from tests.engine.test_merging import tied

HALF = make_part([(dict.fromkeys(range(12), 1), 6, 6, HARD, 0)])
"""Half of all cells in the office."""


def told(task: SearchTask | FirstTask) -> list[tuple[int, Solution]]:
    """What a task tells meanwhile, with the number of the part, and in the end."""
    heard: list[tuple[int, Solution]] = []

    def hear(found: Solution, which: int = 0) -> None:
        heard.append((which, found))

    done = task.run(Effort(None, threading.Event(), 1, Running(), hear))
    return [*heard, *((k, solution) for k, solution in enumerate(done.solutions) if solution is not None and solution.x is not None)]


def test_choices_are_settled_before_a_plan_is_told() -> None:
    """Nobody comes, and a choice that costs 5 where it is 1 instead of 0 was left at 1: told are the same places at no cost.

    The choice is an auxiliary column that a person's first day needs when that is in the office.
    """
    cost = np.zeros((3, 13), dtype=np.int64)
    cost[1, 12] = 5
    part = make_part([({0: 1, 12: -1}, -1, 0, HARD, 0)], cost=cost, aux=[1])
    x = np.zeros(13, dtype=np.int64)
    x[12] = 1
    found = settled(part, planned(x, part.values(x), np.zeros(3, dtype=np.int64), 0.0), Effort(None, None, 1, Running()))
    assert found is not None and found.x is not None and found.x.tolist() == [0] * 13
    assert found.values.tolist() == [0, 0, 0] and not found.conditional.any()


def test_choices_that_there_is_no_time_to_settle_are_not_told() -> None:
    """A plan with choices that cost something is told with the best of them or not at all."""
    cost = np.zeros((3, 13), dtype=np.int64)
    cost[1, 12] = 5
    part = make_part([({0: 1, 12: -1}, -1, 0, HARD, 0)], cost=cost, aux=[1])
    x = np.zeros(13, dtype=np.int64)
    x[12] = 1
    assert settled(part, planned(x, part.values(x), np.zeros(3, dtype=np.int64), 0.0), Effort(0.0, None, 1, Running())) is None


def assert_true(part: Part, found: Solution, costs: np.ndarray) -> None:
    """The plan is one and costs what is said; no plan that is as good in the tiers before costs less than a bound."""
    assert found.x is not None and part.kept(found.x) and np.array_equal(part.values(found.x), found.values)
    for tier, bound in enumerate(found.bounds.tolist()):
        as_good = costs[(costs[:, :tier] <= found.values[:tier]).all(axis=1)]
        assert bound <= as_good[:, tier].min()


@pytest.mark.parametrize("methods", [ALL_METHODS, frozenset[Method]()])
@settings(deadline=None, max_examples=20)
@given(st.data())
def test_plans_and_bounds_that_are_told(methods: frozenset[Method], data: st.DataObject) -> None:
    """By relaxations and by CP-SAT alone, against all plans of a part."""
    part = data.draw(parts())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks, "is_small", lambda _: False)
        costs = every_plan(part)
        for _, found in told(SearchTask((part,), Days(DAYS, WEEKS), methods, (None,))):
            assert_true(part, found, costs)


@pytest.mark.parametrize("methods", [ALL_METHODS, frozenset[Method]()])
@settings(deadline=None, max_examples=20)
@given(tied())
def test_what_is_told_of_equal_cells_is_about_the_part_as_it_was(methods: frozenset[Method], part: Part) -> None:
    """Where equal cells are one column, plans and bounds are told of all cells, against all plans of the part."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks, "is_small", lambda _: False)
        costs = every_plan(part)
        for _, found in told(SearchTask((part,), Days(DAYS, WEEKS), methods, (None,))):
            assert_true(part, found, costs)


@st.composite
def wished(draw: st.DrawFn) -> Part:
    """Whom `tied` ties should only be equal, at a cost of 1 in the first tier."""
    part = draw(tied())
    equal = (part.rows.tier == HARD) & (part.rows.lo == 0) & (part.rows.hi == 0) & (np.diff(part.rows.start) == 2)
    return replace(part, rows=replace(part.rows, tier=np.where(equal, 0, part.rows.tier), weight=np.where(equal, 1, part.rows.weight)))


@pytest.mark.parametrize("methods", [ALL_METHODS, frozenset[Method]()])
@settings(deadline=None, max_examples=20)
@given(wished())
def test_bounds_of_cells_held_equal_are_not_told(methods: frozenset[Method], part: Part) -> None:
    """While cells that should be equal are held so, their plans are told, but no bound that other plans break."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks, "is_small", lambda _: False)
        costs = every_plan(part)
        for _, found in told(SearchTask((part,), Days(DAYS, WEEKS), methods, (None,))):
            assert_true(part, found, costs)


def test_a_plan_of_cells_held_equal_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two should be equal, of whom one must come and the other costs 1: together they cost as much as apart, from where is searched on."""
    cost = np.zeros((3, 12), dtype=np.int64)
    cost[0, DAYS] = 1
    part = make_part([({0: 1}, 1, 1, HARD, 0), ({0: 1, DAYS: -1}, 0, 0, 0, 1)], cost=cost)
    begun: list[Solution | None] = []

    def merged(self: SearchTask, part: Part, first: Solution | None, effort: Effort) -> tuple[Solution, bool]:
        begun.append(first)
        return whole(self, part, first, effort)

    whole = SearchTask._merged
    monkeypatch.setattr(SearchTask, "_merged", merged)
    SearchTask((part,), Days(DAYS, WEEKS), ALL_METHODS, (None,)).run(Effort(None, None, 1, Running()))
    [held, free] = begun
    assert held is None
    assert free is not None and free.values.tolist() == [1, 0, 0]
    assert free.bounds.tolist() == [0, 0, 0] and not free.decided


def test_holding_cells_equal_ends_once_it_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight who should be equal in pairs, each with a cost apart from the other's: at the first proof of that the search goes on freely."""
    cost = np.zeros((3, 12), dtype=np.int64)
    cost[0, :4] = [-1, -2, -3, -4]
    cost[0, DAYS : DAYS + 4] = [2, 1, 4, 3]
    part = make_part([({d: 1, DAYS + d: -1}, 0, 0, 0, 1) for d in range(4)], cost=cost)
    ended: list[bool] = []

    def merged(self: SearchTask, part: Part, first: Solution | None, effort: Effort) -> tuple[Solution, bool]:
        found = whole(self, part, first, effort)
        ended.append(effort.halted)
        return found

    whole = SearchTask._merged
    monkeypatch.setattr(SearchTask, "_merged", merged)
    monkeypatch.setattr(tasks, "is_small", lambda _: False)
    done = SearchTask((part,), Days(DAYS, WEEKS), frozenset(), (None,)).run(Effort(None, None, 1, Running()))
    assert ended == [True, False]
    assert [tuple(found.values) for found in done.solutions if found is not None] == [min(map(tuple, every_plan(part).tolist()))]


def test_each_part_is_told_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of parts that travel together each is told as itself, first plans too."""
    monkeypatch.setattr(tasks, "is_small", lambda _: False)
    days, none = Days(DAYS, WEEKS), frozenset[Method]()
    for task in (SearchTask((HALF, HALF), days, none, (None, None)), FirstTask((HALF, HALF), days, none)):
        assert {which for which, _ in told(task)[:-2]} == {0, 1}

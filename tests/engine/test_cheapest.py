"""cheapest: a plan that is seen to be the only best one, and everything that is not seen so."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from giliran.domain.status import Status
from giliran.engine.base.solution import Solution
from giliran.engine.presolve.cheapest import cheapest
from giliran.engine.presolve.split import split
from giliran.engine.run import Start, optimise
from giliran.program import Cost, ProgramBuilder
from tests.engine.programs import EngineOptions, builder, most_office, row, squares


def kept(out: ProgramBuilder, office: np.ndarray, tier: int = 0) -> None:
    """Charge every cell that is not as published."""
    out.miss(np.arange(office.size), office.reshape(-1), Cost(tier))


def seen(out: ProgramBuilder, office: np.ndarray) -> Solution | None:
    """What is seen of the one part of a program."""
    program = out.build()
    [part] = split(program, np.arange(program.shape[0]), whole=True).parts
    return cheapest(part, office.reshape(-1)[part.cells].astype(np.int64))


WEEK = np.array([[1, 0], [0, 1]])


def test_the_published_plan_that_keeps_every_rule_is_the_best() -> None:
    """Nothing changes, whatever later tiers would like; two are in the office, which costs 2 less than nobody in either tier."""
    out = builder(2, 2)
    kept(out, WEEK)
    most_office(out)
    row(out, [0, 1, 2, 3], hi=2)
    found = seen(out, WEEK)
    assert found is not None and found.status is Status.OPTIMAL
    assert found.values.tolist() == found.bounds.tolist() == [-2, -2, 0]


def test_what_breaks_a_rule_is_not() -> None:
    """The row allows one of the two that were published."""
    out = builder(2, 2)
    kept(out, WEEK)
    row(out, [0, 1, 2, 3], hi=1)
    assert seen(out, WEEK) is None


def test_what_costs_more_than_the_least_before_is_not() -> None:
    """A soft limit in the tier before is missed; whether less is possible has to be searched."""
    out = builder(2, 2)
    row(out, [0, 1, 2, 3], hi=1, cost=Cost(0))
    kept(out, WEEK, tier=1)
    assert seen(out, WEEK) is None


def test_cells_that_cost_nothing_are_not_settled() -> None:
    """One cell was not published, so there are two plans without a change."""
    out = builder(2, 2)
    out.miss(np.arange(3), WEEK.reshape(-1)[:3], Cost(0))
    row(out, [0, 1, 2, 3], hi=3)
    squares(out, [0, 1])
    assert seen(out, WEEK) is None


@pytest.mark.parametrize("soft", [False, True])
def test_people_are_counted_by_columns_of_their_own(soft: bool) -> None:
    """Who sees a change costs in the next tier, on a column that hard rows lift; what soft rows lift is not seen."""
    out = builder(2, 2)
    kept(out, WEEK)
    row(out, [0, 1, 2, 3], hi=3)
    changed = out.binary(2)
    out.charge(changed, 1, Cost(1))
    sign = np.where(WEEK.reshape(-1) == 1, 1, -1)
    owner = type("Owner", (), {"id": "own/rule"})()
    cost = Cost(2) if soft else None
    out.difference(owner, changed[[0, 0, 1, 1]], np.arange(4), sign=sign, lo=WEEK.reshape(-1), cost=cost)
    assert (seen(out, WEEK) is None) is soft


@given(data=st.data())
def test_a_solve_that_begins_with_it_finds_the_same(data: st.DataObject) -> None:
    """Values and bounds are those of a solve that begins with nothing, whatever plan it is told to begin with."""
    office = np.array(data.draw(st.lists(st.integers(0, 1), min_size=6, max_size=6))).reshape(3, 2)
    out = builder(3, 2)
    kept(out, office)
    most_office(out, tier=1)
    squares(out, [0, 1, 2])
    for _ in range(data.draw(st.integers(1, 3))):
        cols = data.draw(st.lists(st.integers(0, 5), min_size=2, max_size=6, unique=True))
        row(out, cols, lo=data.draw(st.integers(0, 2)), hi=data.draw(st.integers(2, 6)))
    program, order = out.build(), np.arange(3)
    begin = np.array(data.draw(st.lists(st.booleans(), min_size=6, max_size=6))).reshape(3, 2)
    options = EngineOptions(workers=1)
    alone = optimise(program, order=order, options=options)
    for plan in (office.astype(bool), begin):
        again = optimise(program, order=order, options=options, start=Start(None, plan, np.ones((3, 2), dtype=bool)))
        assert again.status is alone.status
        assert [(t.value, t.bound) for t in again.tiers] == [(t.value, t.bound) for t in alone.tiers]

"""Cliques: pairs that must not both be on one side cost as one ladder what they cost one by one."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giliran.domain.status import Status
from giliran.engine.base.part import Part
from giliran.engine.base.solution import planned_only
from giliran.engine.columns.relaxation import plan_over_cells
from giliran.engine.presolve.cliques import gathered
from giliran.program import HARD, INFINITE, Cost, Program
from tests.engine.programs import best_costs, builder, row, solved
from tests.engine.test_columns import CELLS, DAY, PERSON, WEEKS, Row, ints, make_part

SIDES = {"home": (1, INFINITE), "office": (-INFINITE, 1), "office from nobody on": (0, 1)}
"""Bounds of a pair that must not both be at home, or in the office."""


def pair(one: int, other: int, side: str, tier: int = 0, weight: int = 1) -> Row:
    """A soft row over two cells."""
    return ({one: 1, other: 1}, *SIDES[side], tier, weight)


@st.composite
def paired(draw: st.DrawFn) -> Part:
    """Parts with some pairs of the cells of a few, soft and hard ones, and pairs that only look like them."""
    cells = draw(st.lists(st.integers(0, CELLS - 1), min_size=3, max_size=6, unique=True))
    pairs = list(itertools.combinations(cells, 2))
    rows: list[Row] = []
    for one, other in draw(st.lists(st.sampled_from(pairs), max_size=len(pairs) + 2)) + (pairs if draw(st.booleans()) else []):
        rows.append(pair(one, other, draw(st.sampled_from(sorted(SIDES))), draw(st.integers(0, 1)), draw(st.integers(1, 2))))
    rows += [pair(one, other, "home", 1, 3) for one, other in (pairs if draw(st.booleans()) else [])]
    rows += draw(st.sampled_from([[], [({0: 1, 1: -1}, 0, 0, 1, 2)], [({0: 2, 1: 1}, 1, 2, 0, 1)], [({0: 1, 1: 1}, 1, 1, HARD, 0)]]))
    return make_part(rows, [([0, 4, 8], [0, 1, 3], 1)])


@settings(deadline=None, max_examples=60)
@given(paired(), st.lists(st.lists(st.integers(0, 1), min_size=CELLS, max_size=CELLS), min_size=1, max_size=20))
def test_every_plan_costs_the_same(part: Part, plans: list[list[int]]) -> None:
    """Whatever the plan, the gathered part and its constant cost what the part costs, and allow what it allows."""
    form = gathered(part)
    for x in map(ints, plans):
        assert np.array_equal(form.part.values(x) + form.constant, part.values(x))
        assert form.part.kept(x) == part.kept(x)
    inside = form.inward(planned_only(part, ints(plans[0])))
    back = form.outward(inside)
    assert inside is not None
    assert back is not None
    assert np.array_equal(back.values, part.values(ints(plans[0])))


@pytest.mark.parametrize("side", sorted(SIDES))
def test_all_pairs_become_one_ladder(side: str) -> None:
    """Four people of whom no two should be on one side are one ladder, and six rows less."""
    people = make_wide(4)
    form = gathered(make_part([pair(one, other, side) for one, other in itertools.combinations(people, 2)]))
    assert (len(form.part.rows), len(form.part.ladders)) == (0, 1)


def make_wide(many: int) -> list[int]:
    """Cells of so many of the part's columns."""
    return list(range(many))


def test_a_linear_program_tells_how_many_pairs_are_left() -> None:
    """Of six people two may come: four at home are six pairs, where half a person each would break none."""
    cells = make_wide(6)
    rows = [pair(one, other, "home") for one, other in itertools.combinations(cells, 2)]
    form = gathered(make_part([*rows, (dict.fromkeys(cells, 1), -INFINITE, 2, HARD, 0)]))
    found = plan_over_cells(form.part, PERSON, DAY, WEEKS)
    assert int(found.bounds[0] + form.constant[0]) == 6
    assert found.proven.all()
    loose = plan_over_cells(make_part([*rows, (dict.fromkeys(cells, 1), -INFINITE, 2, HARD, 0)]), PERSON, DAY, WEEKS)
    assert int(loose.bounds[0]) < 6


@st.composite
def teams(draw: st.DrawFn) -> Program:
    """Two days of five people: pairs that should not both be away or present, a limit on each day, costs of cells."""
    out = builder(5, 2)
    cells = np.arange(10).reshape(5, 2)
    for day in range(2):
        for who in draw(st.lists(st.sampled_from([(0, 1, 2), (0, 1, 2, 3), (2, 3, 4)]), max_size=2, unique=True)):
            lo, hi = SIDES[draw(st.sampled_from(sorted(SIDES)))]
            cost = Cost(draw(st.integers(0, 2)), draw(st.integers(1, 2)))
            for one, other in itertools.combinations(who, 2):
                row(out, [int(cells[one, day]), int(cells[other, day])], lo=lo, hi=hi, cost=cost)
        row(out, cells[:, day].tolist(), lo=draw(st.integers(0, 2)), hi=draw(st.integers(2, 4)))
    for col in draw(st.lists(st.integers(0, 9), max_size=5)):
        out.charge([col], draw(st.integers(-3, 3)), Cost(draw(st.integers(0, 2))))
    return out.build()


@settings(deadline=None, max_examples=40)
@given(teams())
def test_pairs_are_solved_as_by_trying_everything(program: Program) -> None:
    """The whole engine finds the lexicographically best plan, with methods and by CP-SAT alone."""
    expected = best_costs(program)
    for methods in ({}, {"methods": frozenset()}):
        outcome = solved(program, **methods)
        if expected is None:
            assert outcome.status is Status.INFEASIBLE
        else:
            assert tuple(tier.value for tier in outcome.tiers) == expected
            assert all(tier.proven for tier in outcome.tiers)

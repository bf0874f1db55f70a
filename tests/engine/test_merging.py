"""Merging: cells that must be equal are one column, and cells that should be are held equal where that costs nothing earlier."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giliran.domain.status import Status
from giliran.engine.base.part import Part
from giliran.engine.base.solution import planned_only
from giliran.engine.dispatch.suiting import suits_cpsat
from giliran.engine.presolve.merging import held, merged
from giliran.program import HARD, INFINITE, Cost, Program
from tests.engine.programs import best_costs, builder, most_office, row, solved
from tests.engine.test_columns import CELLS, DAYS, Row, ints, make_part


def equal(one: int, other: int, tier: int = HARD, weight: int = 0) -> Row:
    """A row that wants two cells equal."""
    return ({one: 1, other: -1}, 0, 0, tier, weight)


@st.composite
def tied(draw: st.DrawFn) -> Part:
    """Three people of whom some must be equal on some days, with rows and ladders over single cells and over several of a set."""
    day = st.integers(0, DAYS - 1)
    ties = draw(st.lists(st.tuples(day, st.sampled_from([(0, 1), (1, 2), (0, 2)])), min_size=1, max_size=5))
    rows = [equal(one * DAYS + d, other * DAYS + d) for d, (one, other) in ties]
    some = st.lists(st.integers(0, CELLS - 1), min_size=1, max_size=5, unique=True)
    bound = st.integers(-1, 3)
    for cells in draw(st.lists(some, max_size=4)):
        tier, coef = draw(st.integers(HARD, 1)), draw(st.lists(st.sampled_from([-1, 1, 1, 2]), min_size=5, max_size=5))
        lo = draw(bound)
        rows.append((dict(zip(cells, coef, strict=False)), lo, draw(st.sampled_from([INFINITE, lo + 2])), tier, 0 if tier == HARD else 2))
    ladders = [(cells, sorted(range(-1, len(cells) - 1)), 1) for cells in draw(st.lists(some, max_size=2))]
    cost = ints(draw(st.lists(st.lists(st.integers(-2, 2), min_size=CELLS, max_size=CELLS), min_size=3, max_size=3)))
    return make_part(rows, ladders, cost=cost)


@settings(deadline=None, max_examples=80)
@given(tied(), st.lists(st.lists(st.integers(0, 1), min_size=CELLS, max_size=CELLS), min_size=1, max_size=20))
def test_every_plan_costs_the_same(part: Part, plans: list[list[int]]) -> None:
    """A plan of the merged part is one of the part, costs the same there and is allowed in both or in none."""
    form = merged(part, DAYS)
    assert form is not None
    for plan in map(ints, plans):
        x = plan[form.first]
        assert np.array_equal(form.part.values(x) + form.constant, part.values(x[form.column]))
        assert (form.part.kept(x) and not form.part.broken) == part.kept(x[form.column])
    whole = planned_only(part, ints(plans[0])[form.first][form.column])
    back = form.outward(form.inward(whole))  # type: ignore[arg-type]
    assert np.array_equal(back.x, whole.x)
    assert np.array_equal(back.values, whole.values)


def test_a_chain_is_one_column() -> None:
    """Three people who are tied in a row on one day are one column, which stands thrice in a limit of that day."""
    form = merged(make_part([equal(0, DAYS), equal(DAYS, 2 * DAYS), ({0: 1, DAYS: 1, 2 * DAYS: 1, 1: 1}, -INFINITE, 3, HARD, 0)]), DAYS)
    assert form is not None
    assert form.part.num_columns == CELLS - 2
    assert sorted(form.part.rows.coef.tolist()) == [1, 3]


def test_what_stays_apart() -> None:
    """Cells of different days and soft equalities are not merged; a part without any is left alone."""
    assert merged(make_part([equal(0, 1), equal(0, DAYS, 0, 1), ({0: 1, DAYS: 1}, 0, 1, HARD, 0)]), DAYS) is None
    assert held(make_part([equal(0, 1, 0, 1), ({0: 1, DAYS: 1}, 0, 1, 0, 1)]), DAYS) is None


def test_two_that_must_differ_have_no_plan() -> None:
    """Equal cells of which exactly one should be in the office are known to be impossible without a search."""
    form = merged(make_part([equal(0, DAYS), ({0: 1, DAYS: -1}, 1, 1, HARD, 0)]), DAYS)
    assert form is not None
    assert form.part.broken


def test_all_or_nobody_is_never_some() -> None:
    """Of two who are equal one should be in the office at least and at most: no whole number of them is."""
    form = merged(make_part([equal(0, DAYS), ({0: 1, DAYS: 1}, 1, 1, HARD, 0)]), DAYS)
    assert form is not None
    assert form.part.broken


def test_a_sum_of_two_is_no_headcount() -> None:
    """The ladder of one person, who is tied to another on some days and alone on others, is none of heads of a day."""
    form = merged(make_part([equal(0, DAYS), ({DAYS: 1, DAYS + 1: 1}, 0, 1, HARD, 0)], [([DAYS, DAYS + 1], [0, 1], 1)]), DAYS)
    assert form is not None
    assert not suits_cpsat(form.part, DAYS)
    assert suits_cpsat(make_part([], [([0, DAYS], [0, 1], 1)]), DAYS)


@st.composite
def pairs(draw: st.DrawFn) -> Program:
    """Two days of five people: some tied by must, some at a cost in any tier, limits on the days, costs of cells."""
    out = builder(5, 2)
    cells = np.arange(10).reshape(5, 2)
    two = st.sampled_from([(0, 1), (1, 2), (3, 4), (2, 4)])
    for who in draw(st.lists(two, max_size=2)):
        out.same(RULE, cells[who[0]], cells[who[1]])
    tier = draw(st.integers(0, 2))
    for who in draw(st.lists(two, max_size=3)):
        out.same(RULE, cells[who[0]], cells[who[1]], cost=Cost(tier, draw(st.integers(1, 3))))
    for day in range(2):
        row(out, cells[:, day].tolist(), lo=draw(st.integers(0, 2)), hi=draw(st.integers(2, 4)))
        row(out, cells[:2, day].tolist(), lo=0, hi=draw(st.integers(1, 2)), cost=draw(st.sampled_from([None, Cost(0, 2)])))
    for col in draw(st.lists(st.integers(0, 9), max_size=5)):
        out.charge([col], draw(st.integers(-3, 3)), Cost(draw(st.integers(0, 2))))
    return out.build()


class Named:
    """Whoever owns the rows."""

    id = "own/together"


RULE = Named()


@settings(deadline=None, max_examples=60)
@given(pairs())
def test_ties_are_solved_as_by_trying_everything(program: Program) -> None:
    """The whole engine finds the lexicographically best plan, with methods and by CP-SAT alone."""
    expected = best_costs(program)
    for methods in ({}, {"methods": frozenset()}):
        outcome = solved(program, **methods)
        if expected is None:
            assert outcome.status is Status.INFEASIBLE
        else:
            assert tuple(tier.value for tier in outcome.tiers) == expected
            assert all(tier.proven for tier in outcome.tiers)


@pytest.mark.parametrize(("cap", "value"), [(2, 0), (1, 1)])
def test_wishes_that_cannot_all_be_met_are_searched(cap: int, value: int) -> None:
    """Two who should come together, one of whom must: with room for both nobody is parted, with room for one they are."""
    out = builder(2, 1)
    out.same(RULE, [0], [1], cost=Cost(0))
    row(out, [0], lo=1)
    row(out, [0, 1], hi=cap)
    assert solved(out.build()).tiers[0].value == value


def crowd(seed: int, cost: Cost | None) -> Program:
    """A dozen people over three days, half of them tied in pairs, one of each on leave once; caps, squares of office days, wishes."""
    dice = np.random.default_rng(seed)
    absent = [(2 * k, int(dice.integers(3))) for k in range(3)]
    out = builder(12, 3, absent=absent)
    cells = np.arange(36).reshape(12, 3)
    for k in range(3):
        there = np.flatnonzero(out.decision[2 * k])
        out.same(RULE, cells[2 * k, there], cells[2 * k + 1, there], cost=cost)
    for day in range(3):
        row(out, cells[out.decision[:, day], day].tolist(), hi=int(dice.integers(4, 8)))
    most_office(out)
    for person in range(12):
        mine = cells[person, out.decision[person]]
        out.squares([len(mine)], mine, Cost(2))
    out.charge(cells[out.decision], dice.integers(-9, 10, int(out.decision.sum())), Cost(2))
    return out.build()


@pytest.mark.parametrize("cost", [None, Cost(0)])
@pytest.mark.parametrize("seed", range(3))
def test_linear_programs_and_cpsat_agree(seed: int, cost: Cost | None) -> None:
    """More than can be tried: relaxations over merged columns find and prove what CP-SAT does over all of them."""
    program = crowd(seed, cost)
    first, second = solved(program), solved(program, methods=frozenset())
    assert [tier.value for tier in first.tiers] == [tier.value for tier in second.tiers]
    assert all(tier.proven for tier in first.tiers)

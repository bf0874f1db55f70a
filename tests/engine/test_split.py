"""Cutting programs into parts."""

from __future__ import annotations

import numpy as np

from giliran.engine.presolve.beside import NO_PART
from giliran.engine.presolve.fixing import presolve
from giliran.engine.presolve.split import split
from giliran.program import Cost, Program
from tests.engine.programs import builder, most_office, row, squares


def cells_of(program: Program, **options: bool) -> list[list[int]]:
    """The cells of every part, people drawn in the order of their rows."""
    order = np.arange(program.shape[0])
    return [part.cells.tolist() for part in split(program, order, **options).parts]


def test_rows_join_cells() -> None:
    """Cells of one row are one part, in the order of lottery and days."""
    out = builder(4, 1)
    row(out, [0, 2], hi=1)
    row(out, [1, 3], hi=1)
    assert cells_of(out.build()) == [[0, 2], [1, 3]]
    order = np.array([3, 2, 1, 0])
    assert [part.cells.tolist() for part in split(out.build(), order).parts] == [[3, 1], [2, 0]]


def test_rows_that_nobody_can_break_join_nothing() -> None:
    """A cap of two over two people is dropped; with nothing else the cells are loose and settled by their cost."""
    out = builder(2, 1)
    row(out, [0, 1], hi=2)
    out.charge([0], -1, Cost(1))
    found = split(out.build(), np.arange(2))
    assert found.parts == ()
    assert found.part_of.tolist() == [NO_PART, NO_PART]
    assert found.settled.tolist() == [1, 0]
    assert found.constant.tolist() == [0, -1, 0]


def test_the_first_tier_that_costs_settles_loose_cells() -> None:
    """An earlier tier outweighs a later one however large."""
    out = builder(1, 1)
    out.charge([0], 1, Cost(1))
    out.charge([0], -100, Cost(2))
    assert split(out.build(), np.arange(1)).settled.tolist() == [0]


def test_equal_days_of_a_person_stay_together() -> None:
    """A ladder with growing steps joins the days of a person, one with equal steps does not."""
    out = builder(2, 2)
    out.ladder([2, 2], [0, 1, 2, 3], [1, 3, 2, 2], Cost(2))
    found = split(out.build(), np.arange(2))
    assert [part.cells.tolist() for part in found.parts] == [[0, 1]]


def test_fixed_people_leave_the_rows() -> None:
    """A fixed person takes a seat and joins nobody: of a cap of two, one is left for the others."""
    out = builder(3, 1)
    out.fix(office=np.array([[True], [False], [False]]))
    row(out, [0, 1, 2], hi=2)
    [part] = split(out.build(), np.arange(3)).parts
    assert part.cells.tolist() == [1, 2]
    assert part.rows.hi.tolist() == [1]


def test_fixed_days_take_the_first_steps() -> None:
    """With one day fixed in the office the second step is the first that is left, and the first is a constant."""
    out = builder(1, 3)
    out.fix(office=np.array([[True, False, False]]))
    squares(out, [0])
    presolved = presolve(out.build())
    assert presolved.ladders.step.tolist() == [3, 5]
    assert presolved.constant.tolist() == [0, 0, 1]


def test_a_soft_row_that_is_always_missed_is_linear() -> None:
    """A soft cap of nobody costs one for everybody and couples nobody."""
    out = builder(2, 1)
    row(out, [0, 1], hi=0, cost=Cost(0, 5))
    presolved = presolve(out.build())
    assert len(presolved.rows) == 0
    assert presolved.cost[0].tolist() == [5, 5]


def test_a_switch_to_a_fixed_day_is_linear() -> None:
    """Next to a day in the office, a day at home costs the switch."""
    out = builder(1, 2)
    out.fix(office=np.array([[True, False]]))
    out.switch([0], [1], Cost(2, 7))
    presolved = presolve(out.build())
    assert presolved.constant.tolist() == [0, 0, 7]
    assert presolved.cost[2].tolist() == [0, -7]


def test_single_cell_rows_become_bounds() -> None:
    """A hard row with one free cell fixes it and joins nothing."""
    out = builder(2, 1)
    row(out, [0], lo=1)
    row(out, [0, 1], hi=1)
    presolved = presolve(out.build())
    assert presolved.free.tolist() == [False, True]
    assert len(presolved.rows) == 1


def test_whole_is_one_part() -> None:
    """Without splitting all free cells stand in one part."""
    out = builder(4, 1)
    row(out, [0, 2], hi=1)
    most_office(out)
    assert cells_of(out.build(), whole=True) == [[0, 1, 2, 3]]


def test_long_chains_are_one_part() -> None:
    """Cells joined pair by pair over a thousand rows are found together."""
    out = builder(1000, 1)
    chain = np.random.default_rng(5).permutation(1000)
    out.switch(chain[:-1], chain[1:], Cost(2))
    assert len(cells_of(out.build())) == 1


def test_a_choice_among_fixed_cells_takes_them_along() -> None:
    """Two people fixed on different days, and one day for both to be chosen: a part without free cells names the fixed ones."""
    out = builder(2, 2)
    out.fix(office=np.array([[True, False], [False, True]]), away=np.array([[False, True], [True, False]]))
    z = out.aux([0, 0], [1, 1])
    row(out, [z[0], z[1]], lo=1, hi=1)
    for e in (0, 1):
        for d in (0, 1):
            row(out, [2 * e + d, z[d]], coef=[1, -1], lo=0)
    [part] = split(out.build(), np.arange(2)).parts
    assert part.broken
    assert part.cells.tolist() == [0, 1, 2, 3]
    assert part.num_columns == 0


def test_a_choice_that_fixed_cells_leave_open_takes_them_along() -> None:
    """Both days are possible for a fixed person: the choice is a part of its own, and its cells are that person's."""
    out = builder(1, 2)
    out.fix(office=np.array([[True, True]]))
    z = out.aux([0, 0], [1, 1])
    row(out, [z[0], z[1]], lo=1, hi=1)
    for d in (0, 1):
        row(out, [d, z[d]], coef=[1, -1], lo=0)
    [part] = split(out.build(), np.arange(1)).parts
    assert part.beside.tolist() == [0, 1]
    assert part.columns.tolist() == z.tolist()


def test_a_choice_that_is_settled_by_a_fixed_cell_takes_it_along() -> None:
    """Somebody away may be in either team, somebody fixed at home in the second only: the choice without cells belongs to the latter."""
    out = builder(2, 1)
    out.fix(away=np.array([[False], [True]]))
    teams = out.aux([0] * 4, [1] * 4)
    for p in (0, 1):
        row(out, teams[2 * p : 2 * p + 2], lo=1, hi=1)
        row(out, teams[p::2], lo=1, hi=1)
    row(out, [1, teams[2]], coef=[1, -1], lo=0, hi=0)
    row(out, [teams[0], teams[1], teams[3]], lo=3)
    [part] = split(out.build(), np.arange(2)).parts
    assert (part.cells.tolist(), part.beside.tolist()) == ([], [1])

"""The words in which rules write: what each method of the builder makes of two people and three days."""

from __future__ import annotations

import numpy as np
import pytest

from giliran.program import HARD, INFINITE, Cost, Program, ProgramBuilder
from tests.costs import program_costs


class Owner:
    """Somebody who writes."""

    id = "own/r"


OWNER = Owner()


def builder() -> ProgramBuilder:
    """Two people over three days, all of them to be decided; one tier."""
    return ProgramBuilder((2, 3), ("tier",), np.ones((2, 3), dtype=bool))


def rows_of(program: Program) -> list[tuple[list[int], list[int], int, int]]:
    """Columns, coefficients and bounds of every row."""
    rows = program.rows
    parts = [slice(*pair) for pair in zip(rows.start[:-1].tolist(), rows.start[1:].tolist(), strict=True)]
    return [(rows.col[part].tolist(), rows.coef[part].tolist(), int(rows.lo[k]), int(rows.hi[k])) for k, part in enumerate(parts)]


def cost(program: Program, plan: str) -> int | None:
    """What a plan costs, a word per person; None where it is not allowed."""
    found = program_costs(program, np.array([[letter == "1" for letter in word] for word in plan.split()]))
    return None if found is None else found[0]


def test_cells_are_numbered_person_by_person() -> None:
    """Of two people and three days the second person's days are 3, 4 and 5."""
    assert builder().cell([0, 1, 1], [2, 0, 2]).tolist() == [2, 3, 5]
    assert builder().cell(1, 1) == 4


def test_a_row_adds_some_columns_and_subtracts_others() -> None:
    """At most one of two cells more than a third."""
    out = builder()
    out.row(OWNER, [0, 1], [2], hi=1, day=1)
    program = out.build()
    assert rows_of(program) == [([0, 1, 2], [1, 1, -1], -INFINITE, 1)]
    assert (program.rows.day.tolist(), program.rows.tier.tolist()) == ([1], [HARD])
    assert (cost(program, "110 000"), cost(program, "111 000")) == (None, 0)


def test_exactly_one_of_some_cells() -> None:
    """A row whose bounds are 1."""
    out = builder()
    out.row(OWNER, [0, 1, 2], lo=1, hi=1)
    assert [plan for plan in ("000 000", "010 000", "011 000") if cost(out.build(), plan) is not None] == ["010 000"]


def test_differences_hold_pairs_against_each_other() -> None:
    """A row per pair; one second column stands for all, and a sign makes a sum of it."""
    out = builder()
    out.difference(OWNER, [0, 1], [2, 2], hi=0, person=[0, 0])
    out.difference(OWNER, [3], 4, sign=1, hi=1)
    assert rows_of(out.build()) == [([0, 2], [1, -1], -INFINITE, 0), ([1, 2], [1, -1], -INFINITE, 0), ([3, 4], [1, 1], -INFINITE, 1)]


def test_the_same_place() -> None:
    """Both people are at the same place on Monday; each day on which they are not costs the weight of a `should`."""
    must, should = builder(), builder()
    must.same(OWNER, must.cell(0, [0]), must.cell(1, [0]))
    should.same(OWNER, should.cell(0, [0, 1, 2]), should.cell(1, [0, 1, 2]), cost=Cost(0, 5))
    assert (cost(must.build(), "100 111"), cost(must.build(), "000 111")) == (0, None)
    assert cost(should.build(), "110 000") == 10


def test_binary_columns_are_0_or_1() -> None:
    """They come after the cells, with their bounds."""
    out = builder()
    assert out.binary(2).tolist() == [6, 7]
    assert (out.build().aux_lo.tolist(), out.build().aux_hi.tolist()) == ([0, 0], [1, 1])


@pytest.mark.parametrize("plan", ["110 000", "011 010", "000 111"])
def test_places_are_fixed_or_charged(plan: str) -> None:
    """The first person in on Monday and the second out on Tuesday: fixed, or 3 for each that is not so."""
    office, away = np.zeros((2, 3), dtype=bool), np.zeros((2, 3), dtype=bool)
    office[0, 0], away[1, 1] = True, True
    must, should = builder(), builder()
    must.place(None, office=office, away=away)
    should.place(Cost(0, 3), office=office, away=away)
    missed = (plan[0] == "0") + (plan[5] == "1")
    assert cost(must.build(), plan) == (None if missed else 0)
    assert cost(should.build(), plan) == 3 * missed


def test_a_miss_costs_its_amount() -> None:
    """Wanted in, out and in at 7, 5 and 2: a plan with only the first of them right costs 5 + 2."""
    out = builder()
    out.miss([0, 1, 2], [True, False, True], Cost(0), amount=[7, 5, 2])
    assert [cost(out.build(), plan) for plan in ("101 000", "110 000", "000 000")] == [0, 7, 9]


def test_squares_of_headcounts() -> None:
    """Ten times the square of each person's days, and the second person's days at 3 less: 10 · 4 + 10 · 1 - 3."""
    out = builder()
    out.squares([3, 3], range(6), Cost(0), times=10, plus=[0, -3])
    assert [cost(out.build(), plan) for plan in ("000 000", "110 001", "000 111")] == [0, 47, 81]

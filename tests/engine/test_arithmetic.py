"""Clashes that numbers alone prove."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from giliran.domain.status import Status
from giliran.engine.base.sums import Sum
from giliran.engine.presolve.arithmetic import find_clashes
from giliran.program import Program
from tests.engine.programs import Owner, best_costs, builder, programs, row, solved


def test_forced_and_floors_against_a_cap() -> None:
    """One forced person and two duties of two are five, and the cap is four."""
    out = builder(7, 1)
    office = np.zeros((7, 1), dtype=bool)
    office[0] = True
    out.fix(office=office)
    row(out, list(range(7)), hi=4)
    row(out, [1, 2, 3], lo=2, owner=Owner("own/duty"))
    row(out, [4, 5, 6], lo=2, owner=Owner("own/duty"))
    assert find_clashes(out.build()) == (Sum(rows=(0, 1, 2), times=(-1, 1, 1), missing=1),)


def test_overlapping_floors_count_once() -> None:
    """Two duties of two that share everybody can be filled by the same two people."""
    out = builder(3, 1)
    row(out, [0, 1, 2], hi=2)
    row(out, [0, 1, 2], lo=2)
    row(out, [0, 1, 2], lo=2)
    assert find_clashes(out.build()) == ()


def test_nested_floors_take_the_larger_need() -> None:
    """A floor of three over everybody and a duty of one inside it need three, not four."""
    out = builder(4, 1)
    row(out, [0, 1, 2, 3], hi=2)
    row(out, [0, 1, 2, 3], lo=3)
    row(out, [0, 1], lo=1)
    assert find_clashes(out.build()) == (Sum(rows=(0, 1), times=(-1, 1), missing=1),)


def test_floors_partly_outside() -> None:
    """Of a floor of three over four people one may stand outside the cap, so two are needed inside."""
    out = builder(4, 1)
    row(out, [0, 1, 2], hi=1)
    row(out, [0, 1, 2, 3], lo=3)
    assert find_clashes(out.build()) == (Sum(rows=(0, 1), times=(-1, 1), missing=1),)


def test_more_asked_than_there_are() -> None:
    """A floor of two with one person available is too few, with nobody to blame but the facts."""
    out = builder(2, 1)
    out.fix(away=np.array([[True], [False]]))
    row(out, [0, 1], lo=2)
    assert find_clashes(out.build()) == (Sum(rows=(0,), times=(1,), missing=1),)


def test_caps_inside_a_floor() -> None:
    """A floor of three over two groups of two that may each send one: both the floor and the caps say so."""
    out = builder(4, 1)
    row(out, [0, 1, 2, 3], lo=3)
    row(out, [0, 1], hi=1)
    row(out, [2, 3], hi=1)
    assert Sum(rows=(0, 1, 2), times=(1, -1, -1), missing=1) in find_clashes(out.build())


def test_exact_rows_are_both() -> None:
    """A group that must send exactly three cannot stand in a cap of two: told once, by the cap."""
    out = builder(4, 1)
    row(out, [0, 1, 2, 3], lo=3, hi=3)
    row(out, [0, 1, 2, 3], hi=2)
    assert find_clashes(out.build()) == (Sum(rows=(0, 1), times=(1, -1), missing=1),)


def test_exempt_people_make_room() -> None:
    """An auxiliary column that takes two people out of the count raises what the cap bears."""
    out = builder(4, 1)
    [spared] = out.aux([0], [2]).tolist()
    row(out, [0, 1, 2, 3, spared], coef=[1, 1, 1, 1, -1], hi=1)
    row(out, [0, 1, 2, 3], lo=3)
    assert find_clashes(out.build()) == ()
    row(out, [0, 1, 2, 3], lo=4)
    assert find_clashes(out.build()) == (Sum(rows=(0, 2), times=(-1, 1), missing=4 - 2 - 1),)


def test_personal_rows() -> None:
    """At least two days a week of at most one is a clash of one person's rows."""
    out = builder(1, 3)
    row(out, [0, 1, 2], lo=2, person=0)
    row(out, [0, 1, 2], hi=1, person=0)
    assert find_clashes(out.build()) == (Sum(rows=(0, 1), times=(1, -1), missing=1),)


@pytest.mark.once
@settings(max_examples=150, deadline=None)
@given(programs())
def test_a_clash_is_a_proof(program: Program) -> None:
    """Wherever arithmetic finds a clash no plan exists, and the engine says so without search."""
    if find_clashes(program):
        assert best_costs(program) is None
        assert solved(program).status is Status.INFEASIBLE

"""Dealing places among interchangeable people."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giliran.engine.duty import lottery_deal as module
from giliran.engine.duty.lottery_deal import deal
from giliran.program import Cost, Program
from tests.costs import costs_of_all, program_costs
from tests.engine.programs import Owner, all_offices, builder, most_office, programs, row, squares


def bits(text: str) -> np.ndarray:
    """Office cells from bit strings."""
    return np.array([[letter == "1" for letter in line] for line in text.split()])


def dealt(program: Program, office: np.ndarray, order: list[int]) -> str:
    """Rows after dealing, as bit strings."""
    out = deal(program, office, program.decision.reshape(program.shape), np.array(order))
    return " ".join("".join(str(int(cell)) for cell in line) for line in out)


def unit_of_three() -> Program:
    """Three people alike, at most two of them in the office on each of two days."""
    out = builder(3, 2)
    for day in range(2):
        row(out, [day, 2 + day, 4 + day], hi=2, day=day)
    most_office(out)
    squares(out, range(3))
    return out.build()


def test_first_drawn_goes_most() -> None:
    """Rows are sorted by office days, then by early days, and given out in lottery order."""
    assert dealt(unit_of_three(), bits("01 11 10"), [2, 0, 1]) == "10 01 11"


def test_promises_keep_people_apart() -> None:
    """Places pass only between people with the same number; the others keep theirs, whatever the lottery."""
    program, planned = unit_of_three(), np.ones((3, 2), dtype=bool)
    found = deal(program, bits("01 11 10"), planned, np.array([2, 0, 1]), np.array([5, 7, 5]))
    assert found.tolist() == bits("01 11 10").tolist()
    assert deal(program, bits("10 11 01"), planned, np.array([2, 0, 1]), np.array([5, 7, 5])).tolist() == bits("01 11 10").tolist()


def test_costs_keep_people_apart() -> None:
    """A wish makes a person a class of one."""
    out = builder(3, 2)
    row(out, [0, 2, 4], hi=1)
    out.charge([2], 1, Cost(2))
    assert dealt(out.build(), bits("00 10 00"), [0, 1, 2]) == "00 10 00"
    assert dealt(out.build(), bits("00 00 10"), [0, 1, 2]) == "10 00 00"


def test_personal_rows_compare_by_content() -> None:
    """Rows about one person each are alike when they say the same, and tell people apart when they do not."""
    for last, expected in ((1, "11 00"), (2, "00 11")):
        out = builder(2, 2)
        for person, most in ((0, 1), (1, last)):
            row(out, [2 * person, 2 * person + 1], hi=most, person=person, owner=Owner("own/days"))
        assert dealt(out.build(), bits("00 11"), [0, 1]) == expected


def test_ladders_compare_by_steps() -> None:
    """Different balances tell people apart."""
    out = builder(2, 2)
    out.ladder([2, 2], [0, 1, 2, 3], [1, 3, 1, 3], Cost(2))
    assert dealt(out.build(), bits("00 11"), [0, 1]) == "11 00"
    out.ladder([2, 2], [0, 1, 2, 3], [1, 3, 2, 3], Cost(2))
    assert dealt(out.build(), bits("00 11"), [0, 1]) == "00 11"


def test_steps_of_shared_ladders_keep_nobody_apart() -> None:
    """A ladder over several people costs by how many they are: who stands beside which of its steps says nothing about them."""
    out = builder(2, 1)
    out.ladder([2], [0, 1], [1, 3], Cost(2))
    assert dealt(out.build(), bits("1 0"), [1, 0]) == "0 1"


def test_own_ladders_are_alike_in_any_order_of_days() -> None:
    """Two ladders over the same days with the same steps say the same, however their days are listed."""
    out = builder(2, 2)
    out.ladder([2, 2], [0, 1, 3, 2], [1, 3, 1, 3], Cost(2))
    assert dealt(out.build(), bits("00 11"), [0, 1]) == "11 00"


def test_own_auxiliary_columns_go_along() -> None:
    """People with an auxiliary column each, in rows that say the same, are interchangeable."""
    out = builder(2, 1)
    changed = out.aux([0, 0], [1, 1])
    for person in range(2):
        row(out, [person, int(changed[person])], coef=[1, -1], hi=0, person=person)
    out.charge(changed, 1, Cost(1))
    assert dealt(out.build(), bits("0 1"), [0, 1]) == "1 0"


def test_shared_choices_are_alike_for_everybody() -> None:
    """People bound to one choice are interchangeable, and apart from those bound to another."""
    for choices, expected in (((0, 0), "11 01"), ((0, 1), "01 11")):
        out = builder(2, 2)
        day = out.aux([0, 0], [1, 1])
        row(out, [int(day[0]), int(day[1])], lo=1, hi=1)
        for person, choice in enumerate(choices):
            row(out, [2 * person + 1, int(day[choice])], coef=[1, -1], lo=0, person=person)
        row(out, [1, 3, int(day[0]), int(day[1])], coef=[1, 1, 0, 0], hi=2)
        assert dealt(out.build(), bits("01 11"), [0, 1]) == expected


def test_people_without_the_same_plan_are_apart() -> None:
    """Somebody whose cell has no plan takes no part in the deal of those who have one."""
    program = unit_of_three()
    planned = np.ones((3, 2), dtype=bool)
    planned[0, 0] = False
    out = deal(program, bits("00 10 11"), planned, np.array([0, 1, 2]))
    assert out.tolist() == bits("00 11 10").tolist()


@pytest.mark.once
@settings(max_examples=100, deadline=None)
@given(programs(), st.data())
def test_dealing_changes_no_cost(program: Program, data: st.DataObject) -> None:
    """Whatever the plan, dealing leaves every tier's value as it is."""
    offices = all_offices(program)
    office = offices[data.draw(st.integers(0, len(offices) - 1))]
    order = np.array(data.draw(st.permutations(range(program.shape[0]))))
    out = deal(program, office, program.decision.reshape(program.shape), order)
    assert program_costs(program, out) == program_costs(program, office)


@st.composite
def ladder_programs(draw: st.DrawFn) -> Program:
    """Programs of ladders that say nothing in vain: in every tier one over some cells, or one over some days of each of some people."""
    people, days = draw(st.sampled_from([(2, 2), (3, 2), (2, 3), (6, 1)]))
    out = builder(people, days, absent=draw(st.lists(st.tuples(st.integers(0, people - 1), st.integers(0, days - 1)), max_size=1)))
    present = out.decision.reshape(people, days)
    for tier in range(3):
        cells = [draw(st.permutations(np.flatnonzero(out.decision).tolist()))]
        if draw(st.booleans()):
            listed = draw(st.permutations(range(days)))
            cells = [[e * days + d for d in listed if present[e, d]] for e in draw(st.permutations(range(people)))]
        steps = draw(st.sampled_from([(1, 3), (2, 3, 5), (1, 3, 5, 7, 9, 11)]))
        for col in cells:
            some = col[: len(steps) - draw(st.integers(0, 1))]
            out.ladder([len(some)], some, steps[: len(some)], Cost(tier))
    return out.build()


def interchangeable(program: Program) -> list[list[int]]:
    """Classes of people whose cells can be swapped in every plan at the same costs, by trying all plans."""
    present = program.decision.reshape(program.shape)
    offices = all_offices(program)
    costs = {office.tobytes(): cost for office, cost in zip(offices, costs_of_all(program, offices), strict=True)}

    def same(e: int, other: int) -> bool:
        swap = np.arange(program.shape[0])
        swap[[e, other]] = other, e
        return np.array_equal(present[e], present[other]) and all(costs[x.tobytes()] == costs[x[swap].tobytes()] for x in offices)

    classes: list[list[int]] = []
    for e in range(program.shape[0]):
        known = next((members for members in classes if same(members[0], e)), None)
        if known is None:
            classes.append([e])
        else:
            known.append(e)
    return classes


@settings(max_examples=60, deadline=None)
@given(ladder_programs(), st.data())
def test_ladders_keep_no_equals_apart(program: Program, data: st.DataObject) -> None:
    """People whose cells can be swapped in every plan are dealt in lottery order, most days and earliest days first, and nobody else."""
    office = data.draw(st.sampled_from(all_offices(program)))
    order = data.draw(st.permutations(range(program.shape[0])))
    expected = office.copy()
    for members in interchangeable(program):
        expected[sorted(members, key=order.index)] = sorted(office[members].tolist(), key=lambda row: (sum(row), row), reverse=True)
    out = deal(program, office, program.decision.reshape(program.shape), np.array(order))
    assert np.array_equal(out, expected)


@settings(max_examples=60, deadline=None)
@given(programs(), st.data())
def test_dealing_twice_is_dealing_once(program: Program, data: st.DataObject) -> None:
    """Dealing depends on the lottery and on which rows there are, not on who had them."""
    offices = all_offices(program)
    office = offices[data.draw(st.integers(0, len(offices) - 1))]
    planned, order = program.decision.reshape(program.shape), np.arange(program.shape[0])
    once = deal(program, office, planned, order)
    assert np.array_equal(deal(program, once, planned, order), once)


@settings(max_examples=30, deadline=None)
@given(programs(), st.data())
def test_blocks_change_nothing(program: Program, data: st.DataObject) -> None:
    """However few entries are looked at together, the same places are dealt."""
    office = data.draw(st.sampled_from(list(all_offices(program))))
    order = np.array(data.draw(st.permutations(range(program.shape[0]))))
    planned = program.decision.reshape(program.shape)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", 2)
        small = deal(program, office, planned, order)

    assert np.array_equal(small, deal(program, office, planned, order))

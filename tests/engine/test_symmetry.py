"""People who can change places: found only where every statement stays what it is, and searched in order at no cost."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giliran.domain.status import Status
from giliran.engine.base.outcome import Method
from giliran.engine.base.part import Part
from giliran.engine.cpsat import symmetry
from giliran.engine.cpsat.call import Effort, Running
from giliran.engine.cpsat.search import attempt, first_plan
from giliran.engine.cpsat.symmetry import Exchange, Exchanges, exchanges, in_order
from giliran.engine.presolve.split import split
from giliran.program import Cost, Program, ProgramBuilder
from tests.engine.programs import RULE, best_costs, builder, row, solved

DAYS = 3


def meeting(people: int) -> ProgramBuilder:
    """People of whom two come every day, and a column for each pair that costs 1 if the two ever come together."""
    out = builder(people, DAYS)
    for day in range(DAYS):
        row(out, [e * DAYS + day for e in range(people)], lo=2, hi=2)
    for one, other in itertools.combinations(range(people), 2):
        [met] = out.binary(1)
        for day in range(DAYS):
            row(out, [met, one * DAYS + day, other * DAYS + day], coef=[1, -1, -1], lo=-1)
        out.charge([met], 1, Cost(0))
    return out


def part_of(program: Program) -> Part:
    """Its only part."""
    [part] = split(program, np.arange(program.shape[0])).parts
    return part


def people_of(part: Part) -> list[tuple[int, int]]:
    """Who can change places with whom."""
    return [(int(part.cells[each.first[0]] // DAYS), int(part.cells[each.second[0]] // DAYS)) for each in exchanges(part)]


def test_people_who_are_alike() -> None:
    """Four people under the same rows are a chain of neighbours."""
    assert people_of(part_of(meeting(4).build())) == [(0, 1), (1, 2), (2, 3)]


@pytest.mark.parametrize("what", ["cost", "row", "switch"])
def test_whoever_is_otherwise_is_left_out(what: str) -> None:
    """One day that costs, one row more, or one change that costs make the second person another one than the rest."""
    out = meeting(4)
    if what == "cost":
        out.charge([DAYS], 1, Cost(2))
    elif what == "row":
        row(out, [DAYS, DAYS + 1], hi=1)
    else:
        out.switch([DAYS], [DAYS + 1], Cost(2))
    assert (0, 1) not in people_of(part_of(out.build()))
    assert (2, 3) in people_of(part_of(out.build()))


def test_nobody_is_asked_where_columns_stand_for_one_person() -> None:
    """A column per person is no reason to put plans in order."""
    out = builder(2, DAYS)
    row(out, [0, DAYS], hi=1)
    for person in range(2):
        [come] = out.binary(1)
        out.difference(RULE, np.arange(DAYS) + person * DAYS, come, hi=0)
        out.charge([come], -1, Cost(0))
    row(out, [*range(2 * DAYS)], lo=1)
    assert exchanges(part_of(out.build())) == ()


def test_nobody_is_asked_whose_days_are_fixed() -> None:
    """Of four people in a row one has all days fixed: nobody changes places with them, and nobody is left where all have."""
    part = part_of(meeting(4).build())
    for people, left in ((1, [(1, 2), (2, 3)]), (4, [])):
        hi = part.hi.copy()
        hi[: people * DAYS] = 0
        assert people_of(replace(part, hi=hi)) == left


class OverError(Exception):
    """Time is over."""


def test_looking_for_exchanges_ends_with_the_time() -> None:
    """Who looks is asked again and again whether to go on."""
    asked = 0

    def look() -> None:
        nonlocal asked
        asked += 1
        if asked == 5:
            raise OverError

    with pytest.raises(OverError):
        exchanges(part_of(meeting(4).build()), look)


def test_exchanges_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two searches of a part ask once for its people who can change places; a search of any plan does not ask."""
    part, asked = part_of(meeting(4).build()), 0

    def listen(about: Part, look: Callable[[], None]) -> tuple[Exchange, ...]:
        nonlocal asked
        asked += about is part
        return exchanges(about, look)

    monkeypatch.setattr(symmetry, "exchanges", listen)
    effort, people = Effort(None, None, 1, Running()), Exchanges(part)
    assert first_plan(part, effort).x is not None
    assert asked == 0
    for _ in range(2):
        assert attempt(part, effort, people=people).values.tolist() == [1, 0, 0]
    assert asked == 1


def test_a_plan_in_order_costs_the_same() -> None:
    """The last two come every day; in order the first two do, and their pair is the one that met."""
    part = part_of(meeting(4).build())
    x = np.zeros(part.num_columns, dtype=np.int64)
    x[2 * DAYS : 4 * DAYS] = 1
    x[-1] = 1
    found = in_order(exchanges(part), x)
    assert part.kept(x)
    assert part.kept(found)
    assert part.values(found).tolist() == part.values(x).tolist() == [1, 0, 0]
    assert found[: 2 * DAYS].all()


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_the_best_plan_is_kept(data: st.DataObject) -> None:
    """With people made unlike at random, CP-SAT alone finds what trying all plans finds."""
    out = meeting(3)
    for col in data.draw(st.lists(st.integers(0, 3 * DAYS - 1), max_size=3)):
        out.charge([col], data.draw(st.integers(-2, 2)), Cost(data.draw(st.integers(0, 2))))
    for _ in range(data.draw(st.integers(0, 2))):
        row(out, data.draw(st.lists(st.integers(0, 3 * DAYS - 1), min_size=1, max_size=4, unique=True)), lo=1)
    program = out.build()
    best = best_costs(program)
    found = solved(program, methods=frozenset[Method]())
    assert (found.status is Status.INFEASIBLE) == (best is None)
    if best is not None:
        assert tuple(tier.value for tier in found.tiers) == best

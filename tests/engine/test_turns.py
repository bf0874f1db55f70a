"""Turns: branch and bound that takes long lets CP-SAT try, and what both find is one answer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from giliran.domain.status import Status
from giliran.engine.base.budget import UNLIMITED
from giliran.engine.base.part import Part
from giliran.engine.base.solution import Solution
from giliran.engine.columns.relaxation import ColumnResult, Other, solve_columns
from giliran.engine.columns.turns import Turns
from giliran.engine.cpsat.call import Configuration, Effort, Running
from giliran.engine.cpsat.search import ATTEMPT, TURNS
from giliran.engine.cpsat.symmetry import Exchanges
from giliran.engine.dispatch import suiting
from giliran.engine.dispatch import tries as tries_module
from giliran.engine.dispatch.suiting import patience
from giliran.program import Ints, Program
from tests.engine.programs import best_costs, programs, solved
from tests.engine.test_columns import DAY, PERSON, WEEKS, best, every_plan, ints, parts, three_of_three


def with_turns(part: Part, other: Other) -> ColumnResult:
    """The relaxations of a part in which somebody else has turns."""
    return solve_columns(part, PERSON, DAY, WEEKS, patience=patience(part), other=other)


@pytest.mark.once
@settings(max_examples=60, deadline=None)
@given(programs())
def test_turns_change_no_value(program: Program) -> None:
    """Where branch and bound has no time at all CP-SAT finds the lexicographically best plan, or that there is none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(suiting, "LEAST_S", 1e-9)
        patch.setattr(suiting, "SEARCHED_PER_S", 1e12)
        outcome = solved(program)
    expected = best_costs(program)
    if expected is None:
        assert outcome.status is Status.INFEASIBLE
    else:
        assert tuple(tier.value for tier in outcome.tiers) == expected
        assert all(tier.proven for tier in outcome.tiers)


@settings(deadline=None, max_examples=40)
@given(parts())
def test_a_turn_without_a_plan_changes_nothing(part: Part) -> None:
    """Somebody who finds nothing leaves the plan as good as without a turn, once there is time again."""
    result = with_turns(part, lambda part, said, look: (None, False))
    assert (None if result.values is None else tuple(result.values.tolist())) == best(every_plan(part))


def test_who_has_a_turn_is_told_what_is_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three half people are 2 on each of two days, 3 in all by the linear program: that is told, and a whole plan ends the work."""
    monkeypatch.setattr(suiting, "LEAST_S", 1e-9)
    monkeypatch.setattr(suiting, "SEARCHED_PER_S", 1e12)
    part, told = three_of_three(), list[int]()

    def other(part: Part, said: ColumnResult, look: bool) -> tuple[Ints | None, bool]:
        told.append(int(said.bounds[0]))
        return None, not look

    result = with_turns(part, other)
    assert set(told) == {3}
    assert result.bounds[0] == 3


def test_every_turn_begins_with_what_the_one_before_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look, then turns with more work each: all of them know the best plan so far, and that CP-SAT has tried before."""
    part, asked = three_of_three(), list[tuple[Configuration, int | None, bool]]()
    said = ColumnResult(None, None, ints([0, 0, 0]), ints([0, 0, 0]), ())

    def attempt(
        part: Part, effort: Effort, work: Configuration, start: ColumnResult, first: Solution | None, *, again: bool, people: Exchanges
    ) -> Solution:
        asked.append((work, None if first is None else int(first.values[0]), again))
        values = ints([9 - len(asked), 0, 0])
        return Solution(Status.FEASIBLE, part.lo, values, ints([0, 0, 0]), values > 0, False, 0.0)

    monkeypatch.setattr(tries_module, "attempt", attempt)
    tries = tries_module.Tries(Effort(None, None, 1, Running()), None, Exchanges(part))
    for look in (True, False, False, False):
        assert not tries.turn(part, said, look)[1]
    assert asked == [(ATTEMPT, None, False), (TURNS[0], 8, True), (TURNS[1], 7, True), (TURNS[1], 6, True)]


def test_patterns_that_go_with_choices_have_shorter_turns() -> None:
    """Linear programs over them take longer, so that others are asked after fewer; without others nobody waits."""
    turns = Turns((1.0, 2.0), ask=lambda _: (None, False))
    (plain, _), (echoed, pressed) = (turns.most_patterns(UNLIMITED, echoed=echoed) for echoed in (False, True))
    assert echoed < plain and pressed
    assert not Turns().most_patterns(UNLIMITED, echoed=True)[1]

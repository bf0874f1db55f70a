"""Turns: branch and bound that takes long lets CP-SAT try, and what both find is one answer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from giliran.domain.status import Status
from giliran.engine.base.part import Part
from giliran.engine.columns.relaxation import ColumnResult, Other, solve_columns
from giliran.engine.dispatch import suiting
from giliran.engine.dispatch.suiting import patience
from giliran.program import Ints, Program
from tests.engine.programs import best_costs, programs, solved
from tests.engine.test_columns import DAY, PERSON, WEEKS, best, every_plan, parts, three_of_three


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
    result = with_turns(part, lambda part, said, deadline, look: (None, False))
    assert (None if result.values is None else tuple(result.values.tolist())) == best(every_plan(part))


def test_who_has_a_turn_is_told_what_is_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three half people are 2 on each of two days, 3 in all by the linear program: that is told, and a whole plan ends the work."""
    monkeypatch.setattr(suiting, "LEAST_S", 1e-9)
    monkeypatch.setattr(suiting, "SEARCHED_PER_S", 1e12)
    part, told = three_of_three(), list[int]()

    def other(part: Part, said: ColumnResult, deadline: float | None, look: bool) -> tuple[Ints | None, bool]:
        told.append(int(said.bounds[0]))
        return None, not look

    result = with_turns(part, other)
    assert set(told) == {3}
    assert result.bounds[0] == 3

"""The search of one part: what it believes of the solver, and what it does not."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giliran.domain.status import Status
from giliran.engine.base.part import Part
from giliran.engine.base.solution import Solution, conditional_on
from giliran.engine.base.tiers import LARGEST_RANGE, spans_of
from giliran.engine.cpsat import search as searching
from giliran.engine.cpsat.call import Answer, Configuration, Effort, Running, call
from giliran.engine.cpsat.encoding import Encoding
from giliran.engine.cpsat.search import first_plan, search
from giliran.engine.presolve.split import split
from giliran.errors import InternalError
from giliran.program import Cost, Program
from tests.engine.programs import TIERS, builder, most_office, programs, row, squares


def effort() -> Effort:
    """No limit."""
    return Effort(seed=1, deadline=None, halt=threading.Event(), running=Running())


def only_part(program: Program) -> Part:
    """The one part of a program."""
    [part] = split(program, np.arange(program.shape[0])).parts
    return part


def shared_seats() -> Part:
    """Three people over two days with one seat a day."""
    out = builder(3, 2)
    for day in range(2):
        row(out, [day, 2 + day, 4 + day], hi=1, day=day)
    most_office(out)
    squares(out, range(3))
    return only_part(out.build())


def without_plan() -> Part:
    """Two even numbers of people that would have to add up to an odd one."""
    out = builder(2, 1)
    row(out, [0, 1], coef=[2, 2], lo=1, hi=1)
    return only_part(out.build())


def test_values_by_hand() -> None:
    """Two seats, each taken by somebody else: four cells at home, relative to six, and two squares of one."""
    solution = search(shared_seats(), effort())
    assert solution.status is Status.OPTIMAL
    assert solution.values.tolist() == [0, -2, 2]
    assert solution.bounds.tolist() == [0, -2, 2]


def test_infeasibility_is_confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second configuration, without presolve and with another relaxation, is asked before a part is called infeasible."""
    asked: list[Configuration] = []

    def listen(model: object, effort: Effort, configuration: Configuration) -> Answer:
        asked.append(configuration)
        return call(model, effort, configuration)

    monkeypatch.setattr(searching, "call", listen)
    assert search(without_plan(), effort()).status is Status.INFEASIBLE
    assert len(asked) == 2
    assert asked[1].presolve is False
    assert asked[1].linearization_level != asked[0].linearization_level


def test_an_unconfirmed_verdict_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the second configuration cannot tell, nothing is proven."""

    def doubt(model: object, effort: Effort, configuration: Configuration) -> Answer:
        return call(model, effort, configuration) if configuration.presolve else Answer(Status.UNKNOWN, None, None)

    monkeypatch.setattr(searching, "call", doubt)
    solution = search(without_plan(), effort())
    assert solution.status is Status.UNKNOWN
    assert solution.x is None


def test_a_false_verdict_is_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the second configuration finds a plan, the solver contradicts itself and the run ends."""

    def lie(model: object, effort: Effort, configuration: Configuration) -> Answer:
        return Answer(Status.INFEASIBLE, None, None) if configuration.presolve else call(model, effort, configuration)

    monkeypatch.setattr(searching, "call", lie)
    with pytest.raises(InternalError, match="another calls the part infeasible"):
        search(shared_seats(), effort())


def test_a_plan_that_breaks_a_row_is_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plans are checked against the rows, whatever the solver says of them."""
    monkeypatch.setattr(searching, "call", lambda *_: Answer(Status.OPTIMAL, np.ones(100, dtype=np.int64), 0))
    with pytest.raises(InternalError, match="breaks a row"):
        search(shared_seats(), effort())


def test_tiers_one_by_one_reach_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where several tiers at once take too much work, they are minimised one by one with the same values."""
    monkeypatch.setattr(searching, "WORK_TOGETHER", 0.0)
    part = shared_seats()
    assert len(spans_of(part).groups()) == 1
    solution = search(part, effort())
    assert solution.status is Status.OPTIMAL
    assert solution.values.tolist() == [0, -2, 2]


def test_a_plan_that_meets_a_bound_of_others_ends_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """What others have proven need not be proven again: each tier is done with the first plan that costs no more, and so is the part."""
    goals: list[int | None] = []

    def prove_nothing(model: object, effort: Effort, configuration: Configuration) -> Answer:
        goals.append(configuration.goal)
        return replace(call(model, effort, configuration), status=Status.FEASIBLE, bound=None)

    monkeypatch.setattr(searching, "call", prove_nothing)
    part = shared_seats()
    nobody = np.zeros(part.num_columns, dtype=np.int64)
    known = np.array([0, -2, 2], dtype=np.int64)
    first = Solution(Status.FEASIBLE, nobody, part.values(nobody), known, conditional_on(part.values(nobody), known), False, 0.0)
    solution = search(part, effort(), first=first, again=True)
    assert (solution.status, solution.values.tolist()) == (Status.OPTIMAL, [0, -2, 2])
    assert goals in ([-2], [-2, 2])  # the first plan may be best already


@pytest.mark.parametrize(("goal", "most"), [(None, -2), (-7, -2), (-1, -1), (0, 0)])
def test_a_goal_ends_a_call_at_a_plan_that_meets_it(goal: int | None, most: int) -> None:
    """A plan that costs no more than the goal, the best one where none does: two seats are the least of the first tier."""
    part = shared_seats()
    encoding = Encoding(part, np.ones(len(TIERS), dtype=np.int64))
    encoding.open_tier(1)
    encoding.minimise({1: 1})
    answer = call(encoding.model, effort(), Configuration(goal=goal))
    assert answer.x is not None
    assert part.values(answer.x[: part.num_columns])[1] <= most


@settings(max_examples=60, deadline=None)
@given(programs(), st.data())
def test_spans_hold_and_units_divide(program: Program, data: st.DataObject) -> None:
    """Every cost lies in its tier's span and is a multiple of its unit away from the least."""
    for part in split(program, np.arange(program.shape[0])).parts:
        spans = spans_of(part)
        x = np.array([data.draw(st.integers(int(lo), int(hi))) for lo, hi in zip(part.lo, part.hi, strict=True)], dtype=np.int64)
        values = part.values(x)
        assert ((spans.least <= values) & (values <= spans.most)).all()
        assert not (values % spans.unit).any()


@settings(max_examples=60, deadline=None)
@given(programs())
def test_hints_are_whole_and_right(program: Program) -> None:
    """A hinted solution is complete, and with every column fixed to it the model costs what the part says."""
    for part in split(program, np.arange(program.shape[0])).parts:
        solution = search(part, effort())
        if solution.x is None:
            continue
        unit = np.ones(len(TIERS), dtype=np.int64)
        encoding = Encoding(part, unit)
        for tier in range(len(TIERS)):
            encoding.open_tier(tier)
        encoding.minimise({0: 10**6, 1: 10**3, 2: 1})
        encoding.hint(solution.x)
        hint = encoding.model.solution_hint
        assert len(hint.vars) == len(encoding.model.variables)
        for k, value in enumerate(list(hint.values)):
            domain = encoding.model.variables[k].domain
            domain.clear()
            domain.extend((value, value))
        answer = call(encoding.model, effort(), Configuration())
        assert answer.status is Status.OPTIMAL
        assert answer.bound == int(np.array([10**6, 10**3, 1]) @ solution.values)


def test_wide_tiers_are_searched_alone() -> None:
    """Tiers whose common range is too wide for one objective are not put together."""
    part = shared_seats()
    spans = spans_of(part)
    wide = replace(spans, most=spans.most + np.array([0, 0, LARGEST_RANGE]))
    assert spans.groups() == [(1, 2)]
    assert wide.groups() == [(1,), (2,)]


def test_weights_are_exact() -> None:
    """One unit of a tier outweighs all that the later ones can cost."""
    out = builder(2, 1)
    row(out, [0, 1], lo=1)
    out.charge([0, 1], [3, 6], Cost(0))
    out.charge([0, 1], [0, 10], Cost(1))
    spans = spans_of(only_part(out.build()))
    assert spans.unit.tolist() == [3, 10, 1]
    assert spans.weights((0, 1)) == {0: 2, 1: 1}


def one_of_two_days(*, soft: bool) -> Part:
    """Two people over two days who meet on one of them, by a hard row or by one that may be missed at a cost."""
    out = builder(2, 2)
    chosen = out.aux([0, 0], [1, 1]).tolist()
    row(out, chosen, lo=1, hi=1)
    for day, column in enumerate(chosen):
        for person in range(2):
            row(out, [2 * person + day, column], coef=[1, -1], lo=0, day=day, cost=Cost(0) if soft else None)
    most_office(out)
    return only_part(out.build())


@pytest.mark.parametrize("soft", [False, True])
def test_choices_without_a_cost_are_not_searched_again(monkeypatch: pytest.MonkeyPatch, soft: bool) -> None:
    """A first plan is one call of the solver; its days are chosen anew, without a limit of time, only where another day costs less."""
    calls = []
    monkeypatch.setattr(searching, "call", lambda *arguments: calls.append(arguments) or call(*arguments))
    solution = first_plan(one_of_two_days(soft=soft), effort())
    assert solution.x is not None
    assert (len(calls) > 1) is soft

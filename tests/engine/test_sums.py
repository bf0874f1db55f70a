"""Sums: integers that prove a part impossible, compared with trying everything and with arithmetic from scratch."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from scipy import optimize

from giliran.domain.status import Status
from giliran.engine.base.outcome import Method, Outcome
from giliran.engine.base.sums import Sum
from giliran.engine.cpsat.call import Answer, Configuration, Effort, call
from giliran.engine.cpsat.search import QUICK
from giliran.program import HARD, INFINITE, Program
from tests.engine.programs import MIXTURES, Owner, best_costs, builder, programs, row, solved, squares
from tests.numbers import few_or_many


def dense(program: Program) -> np.ndarray:
    """Every row's coefficients, one column each, added up where a column stands twice."""
    rows, table = program.rows, np.zeros((len(program.rows), program.num_columns), dtype=object)
    for r in range(len(rows)):
        for k in range(int(rows.start[r]), int(rows.start[r + 1])):
            table[r, int(rows.col[k])] += int(rows.coef[k])
    return table


def ranges(program: Program) -> list[tuple[int, int]]:
    """The least and the most that each column may be, told from what the program fixes; cells fixed both ways are open."""
    bounds = []
    for present, fixed, clash in zip(program.decision, program.fixed, program.clash, strict=True):
        bounds.append((0, 1) if clash else (0, 0) if not present else (0, 1) if fixed < 0 else (int(fixed), int(fixed)))
    return [*bounds, *zip(program.aux_lo.tolist(), program.aux_hi.tolist(), strict=True)]


def shortage(program: Program, one: Sum) -> int:
    """What the rows of a sum ask for, less the most that their weighted columns can be."""
    table, asked = dense(program), 0
    weights = np.zeros(program.num_columns, dtype=object)
    for r, times in zip(one.rows, one.times, strict=True):
        assert program.rows.tier[r] == HARD
        bound = int(program.rows.lo[r] if times > 0 else program.rows.hi[r])
        assert abs(bound) < INFINITE
        asked += times * bound
        weights += times * table[r]
    return asked - sum(max(weight * low, weight * high) for weight, (low, high) in zip(weights, ranges(program), strict=True))


def relaxation_is_empty(program: Program) -> bool:
    """Whether no fractions of the columns keep every row that must hold."""
    hard = program.rows.tier == HARD
    table = dense(program)[hard].astype(float)
    lo, hi = program.rows.lo[hard].astype(float), program.rows.hi[hard].astype(float)
    above, below = hi < INFINITE, lo > -INFINITE
    upper, most = np.concatenate([table[above], -table[below]]), np.concatenate([hi[above], -lo[below]])
    if not len(most):
        return False
    answer = optimize.linprog(np.zeros(table.shape[1]), A_ub=upper, b_ub=most, bounds=ranges(program), method="highs")
    return bool(answer.status == 2)


def crowded(people: int, days: int, *, daily: int, most: int) -> Program:
    """So many wanted every day, and nobody more than so often."""
    out = builder(people, days)
    for day in range(days):
        row(out, list(range(day, people * days, days)), lo=daily, day=day, group=0, owner=Owner("own/floor"))
    for person in range(people):
        row(out, list(range(person * days, (person + 1) * days)), hi=most, person=person, group=0, owner=Owner("own/most"))
    squares(out, range(people))
    return out.build()


@pytest.mark.once
@few_or_many(100, 300)
def test_every_sum_adds_up_to_a_proof(examples: int) -> None:
    """Whatever is told of a random program adds up from scratch, and a program with a sum has no plan."""

    @settings(max_examples=examples)
    @given(programs())
    def adds_up(program: Program) -> None:
        outcome = solved(program)
        for part, sums in zip(outcome.parts, outcome.sums, strict=True):
            assert part.status is Status.INFEASIBLE or not sums
            for one in sums:
                assert shortage(program, one) == one.missing > 0
                assert best_costs(program) is None

    adds_up()


@pytest.mark.once
@few_or_many(100, 300)
def test_what_fractions_cannot_do_is_told_by_a_sum(examples: int) -> None:
    """Wherever not even fractions keep every row a sum says so, in a part that is proven impossible."""

    @settings(max_examples=examples)
    @given(programs())
    def is_told(program: Program) -> None:
        if relaxation_is_empty(program):
            outcome = solved(program)
            assert outcome.status is Status.INFEASIBLE
            assert any(outcome.sums)

    is_told()


def crowds(seed: int) -> Program:
    """A dozen people over five days with random limits over groups, weeks and runs, some people fixed, and something to choose."""
    dice = np.random.default_rng(seed)
    out = builder(12, 5)
    cells = np.arange(60).reshape(12, 5)
    marks = dice.random((12, 5))
    out.fix(office=marks < 0.05, away=marks > 0.95)
    spared = out.aux(np.zeros(5, dtype=np.int64), np.full(5, 2)).tolist()
    for day in range(5):
        for rule, group in (("own/a", cells[:6, day]), ("own/b", cells[6:, day]), ("own/c", cells[dice.random(12) < 0.6, day])):
            least = int(dice.integers(0, max(len(group) // 2, 1) + 1))
            row(out, group.tolist(), lo=least, hi=least + int(dice.integers(0, 4)), day=day, owner=Owner(rule))
        row(out, [*cells[:, day].tolist(), spared[day]], coef=[1] * 12 + [-1], hi=int(dice.integers(4, 8)), day=day, owner=Owner("own/all"))
    for person in range(12):
        row(out, cells[person].tolist(), lo=int(dice.integers(0, 3)), hi=int(dice.integers(2, 5)), person=person, owner=Owner("own/week"))
        for start in range(4):
            row(
                out, cells[person, start : start + 2].tolist(), coef=-1, hi=-int(dice.random() < 0.1), person=person, owner=Owner("own/run")
            )
    squares(out, range(12))
    return out.build()


@pytest.mark.parametrize("seed", range(40))
def test_sums_are_told_exactly_where_fractions_fail(seed: int) -> None:
    """Of a dozen people under many rules: a sum where the linear program has no solution, re-added from scratch, and none elsewhere."""
    program = crowds(seed)
    outcome = solved(program, methods=frozenset({Method.LP, Method.FLOW}), time_limit_s=20.0)
    sums = [one for some in outcome.sums for one in some]
    assert bool(sums) == relaxation_is_empty(program)
    assert [shortage(program, one) for one in sums] == [one.missing for one in sums]
    assert all(one.missing > 0 for one in sums)


@pytest.mark.parametrize("methods", MIXTURES)
@pytest.mark.parametrize("limit", [None, 2.0])
def test_every_way_finds_the_same_sum(methods: frozenset[Method], limit: float | None) -> None:
    """Four of five on each of seven days are 28, five people on five days at most are 25: told so whatever is tried, however long."""
    outcome = solved(crowded(5, 7, daily=4, most=5), methods=methods, time_limit_s=limit)
    assert (outcome.status, outcome.stopped) == (Status.INFEASIBLE, None)
    assert outcome.sums == ((Sum(rows=tuple(range(12)), times=(1,) * 7 + (-1,) * 5, missing=3),),)


def searched(monkeypatch: pytest.MonkeyPatch, program: Program, **options: object) -> Outcome:
    """The outcome, where calling CP-SAT is an error but for a moment."""

    def for_a_moment(model: Any, effort: Effort, configuration: Configuration) -> Answer:
        assert configuration == QUICK, "CP-SAT was called"
        return call(model, effort, configuration)

    monkeypatch.setattr("giliran.engine.cpsat.search.call", for_a_moment)
    return solved(program, **options)


@pytest.mark.parametrize("methods", MIXTURES)
@pytest.mark.parametrize("limit", [None, 0.5])
def test_no_search_is_needed(monkeypatch: pytest.MonkeyPatch, methods: frozenset[Method], limit: float | None) -> None:
    """88 of 102 people on seven days, six days at most each: 616 is more than 612, and nothing is searched to say so."""
    outcome = searched(monkeypatch, crowded(102, 7, daily=88, most=6), methods=methods, time_limit_s=limit)
    assert [one.missing for [one] in outcome.sums] == [7 * 88 - 102 * 6]


def test_many_people_are_not_searched_either(monkeypatch: pytest.MonkeyPatch) -> None:
    """3,000 people on three of five days at most, 1,801 wanted a day: 9,005 is more than 9,000."""
    [[one]] = searched(monkeypatch, crowded(3_000, 5, daily=1_801, most=3)).sums
    assert one.missing == 5 * 1_801 - 3_000 * 3


def test_two_weeks_are_two_sums() -> None:
    """Weeks that are short alone are told apart, though another row ties them together."""
    out = builder(2, 4)
    for day in range(4):
        row(out, [day, 4 + day], lo=2, day=day)
    for person, week in itertools.product(range(2), range(2)):
        row(out, [4 * person + 2 * week, 4 * person + 2 * week + 1], hi=1, person=person, group=week)
    row(out, list(range(8)), lo=1)
    program = out.build()
    [sums] = solved(program).sums
    assert [(one.rows, one.missing) for one in sums] == [((0, 1, 4, 6), 2), ((2, 3, 5, 7), 2)]


def test_rows_that_presolve_took_away_are_told() -> None:
    """Three rows want one person on three days and a fourth lets him come on two: all four are told, though presolve has fixed him."""
    out = builder(1, 3)
    for day in range(3):
        row(out, [day], lo=1, day=day)
    row(out, [0, 1, 2], hi=2, person=0)
    assert solved(out.build()).sums == ((Sum(rows=(0, 1, 2, 3), times=(1, 1, 1, -1), missing=1),),)


def test_cells_that_are_equal_are_told() -> None:
    """A must come and B must not, who are at the same place: three rows, found although an equality has two sides."""
    out = builder(4, 1)
    row(out, [0, 1], coef=[1, -1], lo=0, hi=0)
    row(out, [0, 2], lo=2)
    row(out, [1, 3], hi=0)
    [[one]] = solved(out.build()).sums
    assert (one.rows, one.missing) == ((0, 1, 2), 1)


def test_a_rule_that_is_not_needed_is_left_out() -> None:
    """A second, weaker limit over the same cells has no part in the sum."""
    out = builder(3, 2)
    for day in range(2):
        row(out, [day, 2 + day, 4 + day], lo=2, day=day, owner=Owner("own/floor"))
        row(out, [day, 2 + day, 4 + day], hi=2, day=day, owner=Owner("own/cap"))
    for person in range(3):
        row(out, [2 * person, 2 * person + 1], hi=1, person=person, owner=Owner("own/most"))
    program = out.build()
    [[one]] = solved(program).sums
    assert {program.origin(r).rule for r in one.rows} == {"own/floor", "own/most"}


def test_what_only_whole_numbers_cannot_do_is_left_to_searches() -> None:
    """Three people, any two of whom must differ: halves do it, people cannot, and no sum is made up."""
    out = builder(3, 1)
    for first, second in ((0, 1), (1, 2), (0, 2)):
        row(out, [first, second], lo=1, hi=1)
    outcome = solved(out.build())
    assert (outcome.status, outcome.sums) == (Status.INFEASIBLE, ((),))


def test_others_are_planned() -> None:
    """A part with a sum stops nobody else."""
    out = builder(4, 2)
    for day in range(2):
        row(out, [day, 2 + day], lo=2, day=day)
    for person in range(2):
        row(out, [2 * person, 2 * person + 1], hi=1, person=person)
    row(out, [4, 6], lo=1)
    outcome = solved(out.build())
    assert outcome.planned.tolist() == [[False, False], [False, False], [True, True], [True, True]]

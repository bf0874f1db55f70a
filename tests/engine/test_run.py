"""The whole engine against trying all plans, and its limits."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giliran.domain.status import Status, Stopped
from giliran.engine.base.outcome import EngineOptions, Method, Progress
from giliran.engine.run import optimise
from giliran.program import Program
from tests.costs import program_costs
from tests.cpu_clock import by_cpu
from tests.engine.programs import MIXTURES, best_costs, builder, hard, most_office, programs, row, solved, squares
from tests.numbers import few_or_many


@pytest.mark.once
@few_or_many(40, 150)
def test_optimum_of_random_programs(examples: int) -> None:
    """Status and every tier's value are those found by trying all plans, and the plan costs what it says; with every mixture of methods."""

    @settings(max_examples=examples)
    @given(programs())
    def best(program: Program) -> None:
        expected = best_costs(program)
        for methods in MIXTURES:
            check_optimum(program, expected, methods)

    best()


def check_optimum(program: Program, expected: tuple[int, ...] | None, methods: frozenset[Method]) -> None:
    """One solve against the best of all plans."""
    outcome = solved(program, methods=methods)
    if expected is None:
        assert outcome.status is Status.INFEASIBLE
        return
    assert outcome.status is Status.OPTIMAL
    assert tuple(tier.value for tier in outcome.tiers) == expected
    assert all(tier.bound == tier.value and not tier.conditional for tier in outcome.tiers)
    assert program_costs(program, outcome.office) == expected


@pytest.mark.once
@settings(max_examples=60, deadline=None)
@given(programs())
def test_splitting_changes_no_value(program: Program) -> None:
    """With splitting off the status and all values are the same."""
    apart, whole = solved(program), solved(program, split=False, methods=frozenset())
    assert whole.status is apart.status
    if apart.status is Status.OPTIMAL:
        assert [tier.value for tier in whole.tiers] == [tier.value for tier in apart.tiers]


def two_units() -> Program:
    """Units {0, 1, 2} and {3, 4, 5} over two days, each with at most one person in the office a day."""
    out = builder(6, 2)
    for unit in (0, 3):
        for day in range(2):
            row(out, [2 * e + day for e in range(unit, unit + 3)], hi=1, group=unit, day=day)
    most_office(out)
    squares(out, range(6))
    return out.build()


def test_workers_change_nothing() -> None:
    """One and two workers give the same bytes."""
    one, two = solved(two_units(), workers=1), solved(two_units(), workers=2)
    assert one.office.tobytes() == two.office.tobytes()
    assert one.tiers == two.tiers
    assert one.reproducible


def moved(program: Program, permutation: list[int]) -> Program:
    """The same program with person `permutation[k]` in row `k`."""
    people, days = program.shape
    row_of = np.argsort(permutation)
    column = np.concatenate([(row_of[:, None] * days + np.arange(days)).reshape(-1), np.arange(people * days, program.num_columns)])
    cells = np.argsort(column[: people * days])
    return replace(
        program,
        decision=program.decision[cells],
        fixed=program.fixed[cells],
        clash=program.clash[cells],
        rows=replace(program.rows, col=column[program.rows.col]),
        switches=replace(program.switches, first=column[program.switches.first], second=column[program.switches.second]),
        costs=replace(program.costs, col=column[program.costs.col]),
        ladders=replace(program.ladders, col=column[program.ladders.col]),
        base=replace(program.base, col=column[program.base.col]),
    )


@pytest.mark.once
@few_or_many(30, 80)
def test_row_order_changes_nothing(examples: int) -> None:
    """Everybody keeps the same places when the rows of the staff list are permuted and the lottery draws the same people.

    Each program is solved with three mixtures of methods; over 80 programs each mixture has two dozen.
    """

    @settings(max_examples=examples)
    @given(programs(), st.data())
    def same(program: Program, data: st.DataObject) -> None:
        people = program.shape[0]
        permutation = data.draw(st.permutations(range(people)))
        order = np.array(data.draw(st.permutations(range(people))))
        row_of = np.argsort(permutation)
        for methods in data.draw(st.lists(st.sampled_from(MIXTURES), min_size=3, max_size=3, unique=True)):
            options = EngineOptions(methods=methods)
            first = optimise(program, order=order, options=options)
            second = optimise(moved(program, permutation), order=row_of[order], options=options)
            assert second.status is first.status
            assert np.array_equal(first.office[permutation], second.office)
            assert np.array_equal(first.planned[permutation], second.planned)

    same()


def test_parts_beside_an_infeasible_one() -> None:
    """A unit that cannot be planned leaves the other one planned, and only its own cells without a plan."""
    out = builder(4, 1)
    row(out, [0, 1], lo=1)
    row(out, [0, 1], coef=[2, 2], lo=1, hi=1)  # an even number is never 1, which no bound shows
    row(out, [2, 3], hi=1)
    most_office(out)
    outcome = solved(out.build())
    assert outcome.status is Status.INFEASIBLE
    assert outcome.planned.tolist() == [[False], [False], [True], [True]]
    assert outcome.office.sum() == 1
    assert [part.status for part in outcome.parts] == [Status.INFEASIBLE, Status.OPTIMAL]
    assert (outcome.parts[0].people, outcome.parts[0].days) == ((0, 1), (0,))


def test_broken_rows_of_fixed_cells() -> None:
    """A row over fixed cells only that cannot hold leaves those cells unplanned, nobody else."""
    out = builder(3, 1)
    out.fix(office=np.array([[True], [True], [False]]))
    row(out, [0, 1], hi=1)
    outcome = solved(out.build())
    assert outcome.status is Status.INFEASIBLE
    assert outcome.planned.tolist() == [[False], [False], [True]]
    [[one]] = outcome.sums
    assert (one.rows, one.times, one.missing) == ((0,), (-1,), 1)


def test_opposite_fixes() -> None:
    """A cell fixed in and out of the office makes its part infeasible; no sum says so, and nobody else stays without a plan."""
    out = builder(2, 1)
    out.fix(office=np.array([[True], [False]]), away=np.array([[True], [False]]))
    outcome = solved(out.build())
    assert outcome.status is Status.INFEASIBLE
    assert (outcome.sums, [part.people for part in outcome.parts]) == (((),), [(0,)])
    assert outcome.planned.tolist() == [[False], [True]]


def test_nobody_is_called_in_without_a_reason() -> None:
    """A free cell that no statement touches stays out of the office."""
    outcome = solved(builder(2, 2).build())
    assert outcome.status is Status.OPTIMAL
    assert not outcome.office.any()
    assert outcome.planned.all()
    assert outcome.parts == ()


def test_time_limit_gives_true_bounds() -> None:
    """When the time ends there is a plan with bounds not above its values, or none; never a claim of proof."""
    outcome = solved(hard(), time_limit_s=1.0)
    assert outcome.status in (Status.FEASIBLE, Status.UNKNOWN)
    assert outcome.stopped is Stopped.TIME_LIMIT
    assert not outcome.reproducible
    if outcome.status is Status.FEASIBLE:
        assert all(tier.bound <= tier.value for tier in outcome.tiers)
        assert any(tier.bound < tier.value for tier in outcome.tiers)


def test_a_plan_under_a_short_limit() -> None:
    """Where CPU time is too short for a good plan there is one that keeps every rule, with bounds that nobody has to believe."""
    program = hard(people=60, days=20)
    with by_cpu():
        outcome = solved(program, time_limit_s=3.0, workers=1)
    assert outcome.status is Status.FEASIBLE
    assert outcome.planned.all()
    assert tuple(tier.value for tier in outcome.tiers) == program_costs(program, outcome.office)


def test_no_time_at_all() -> None:
    """A limit that is over at once leaves a part without a plan undecided."""
    outcome = solved(hard(), time_limit_s=1e-6)
    assert outcome.status is Status.UNKNOWN
    assert not outcome.planned.any()


def test_cancel_from_another_thread() -> None:
    """A cancel ends a search that would go on for minutes, and keeps what was found."""
    cancel = threading.Event()
    threading.Timer(0.5, cancel.set).start()
    outcome = solved(hard(), cancel=cancel)
    assert outcome.stopped is Stopped.CANCELLED
    assert outcome.status in (Status.FEASIBLE, Status.UNKNOWN)


INTERRUPTED = """
import signal, threading, _thread
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
from giliran.engine.base.outcome import EngineOptions
from tests.engine.programs import hard, solved
threading.Timer(0.5, _thread.interrupt_main).start()
for _ in range(2):
    outcome = solved(hard(), time_limit_s=20.0)
    print(outcome.stopped, outcome.status)
    threading.Timer(0.5, _thread.interrupt_main).start()
"""


def test_ctrl_c_keeps_the_best_plan() -> None:
    """Ctrl-C in the calling thread ends the search with what was found, also the second time."""
    path = os.pathsep.join(entry for entry in sys.path if entry)
    command, env = [sys.executable, "-c", INTERRUPTED], {**os.environ, "PYTHONPATH": path}
    run = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300, check=False)
    lines = run.stdout.split("\n")
    assert [line.split(" ")[0] for line in lines[:2]] == ["cancelled", "cancelled"], run.stderr


def test_tiers_after_an_unproven_one_are_conditional() -> None:
    """A tier whose predecessor is not proven says so."""
    outcome = solved(hard(), time_limit_s=1.0)
    values = [(tier.bound < tier.value, tier.conditional) for tier in outcome.tiers]
    seen = False
    for open_, conditional in values:
        assert conditional == seen
        seen |= open_ and outcome.status is Status.FEASIBLE


def test_progress_counts_parts() -> None:
    """The callback hears of every part, in the calling thread."""
    heard: list[Progress] = []
    threads = set()

    def listen(progress: Progress) -> None:
        heard.append(progress)
        threads.add(threading.get_ident())

    solved(two_units(), workers=2, progress=listen, methods=frozenset())
    assert [(p.done, p.total) for p in heard] == [(1, 2), (2, 2)]
    assert threads == {threading.get_ident()}


def test_error_in_progress_ends_the_run() -> None:
    """What the callback raises reaches the caller, and no thread is left behind."""

    def fail(_: Progress) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        solved(two_units(), progress=fail)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("giliran")]


def test_constants_of_fixed_people() -> None:
    """People fixed at home are charged by the office target though no part holds them."""
    out = builder(2, 1)
    out.fix(away=np.array([[True], [False]]))
    most_office(out)
    outcome = solved(out.build())
    assert [tier.value for tier in outcome.tiers] == [0, 1, 0]
    assert replace(outcome.tiers[1], name="") == replace(outcome.tiers[1], name="", bound=1)

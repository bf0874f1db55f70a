"""Long horizons: a plan for every part, bettered by windows of weeks, with bounds that hold."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giliran.domain.status import Status, Stopped
from giliran.engine.base.budget import Budget
from giliran.engine.base.outcome import Method
from giliran.engine.base.part import Part
from giliran.engine.columns import turns, windows
from giliran.engine.columns.face import OptimalFace
from giliran.engine.columns.highs import Verdict, Whole, search_whole
from giliran.engine.columns.relaxation import plan_over_cells, solve_columns
from giliran.engine.columns.rounds import WindowSearch
from giliran.engine.columns.sequence import TierSequence
from giliran.engine.columns.windows import Plan, improved
from giliran.instance import Instance
from giliran.program import HARD, Program
from giliran.solving import SolveOptions, solve
from tests.cpu_clock import by_cpu
from tests.engine.programs import ALL_METHODS, best_costs, programs, solved
from tests.engine.test_columns import CELLS, DAY, DAYS, PERSON, TIERS, WEEKS, best, every_plan, make_part, parts
from tests.numbers import few_or_many


@pytest.mark.once
@few_or_many(35, 100)
def test_bounds_hold_and_plans_keep_every_row(examples: int) -> None:
    """No bound is above what the best plan costs, as long as all tiers before are met; a plan that meets all bounds is a best one."""

    @settings(max_examples=examples)
    @given(parts())
    def hold(part: Part) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(windows, "LONG", 2)
            result = solve_columns(part, PERSON, DAY, WEEKS)
        expected = best(every_plan(part))
        if expected is None:
            assert result.x is None
            return
        if result.x is not None:
            assert part.kept(result.x)
            assert tuple(part.values(result.x).tolist()) == tuple(result.values.tolist()) >= expected
            if result.proven.all():
                assert tuple(result.values.tolist()) == expected
        for bound, least in zip(result.bounds.tolist(), expected, strict=True):
            assert bound <= least
            if bound < least:
                break

    hold()


@pytest.mark.once
@few_or_many(35, 100)
def test_what_cells_prove_holds(examples: int) -> None:
    """What comes before everything else is a plan or none, and bounds that the best plan meets or passes."""

    @settings(max_examples=examples)
    @given(parts())
    def holds(part: Part) -> None:
        result = plan_over_cells(part, PERSON, DAY, WEEKS)
        expected = best(every_plan(part))
        assert result.x is None or (part.kept(result.x) and expected is not None and tuple(result.values.tolist()) >= expected)
        for bound, least in zip(result.bounds.tolist(), expected or (), strict=False):
            assert bound <= least
            if bound < least:
                break

    holds()


@pytest.mark.once
@settings(max_examples=60, deadline=None)
@given(programs())
def test_whoever_is_long_gets_the_same_costs(program: Program) -> None:
    """With windows before CP-SAT every tier costs what trying all plans says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(windows, "LONG", 1)
        outcome = solved(program, methods=ALL_METHODS - {Method.FLOW})
    expected = best_costs(program)
    assert (tuple(tier.value for tier in outcome.tiers) if outcome.status is Status.OPTIMAL else None) == expected


@pytest.mark.once
@settings(deadline=None, max_examples=60)
@given(parts(aux=False))
def test_windows_never_make_a_plan_worse(part: Part) -> None:
    """A window that is planned badly, or not at all, leaves the plan as it was."""
    allowed = every_plan(part)
    if not len(allowed):
        return
    x = next(x for x in np.indices(part.hi + 1).reshape(part.num_columns, -1).T if part.kept(x))
    plan = Plan(x, part.values(x))
    asked: list[np.ndarray] = []

    def badly(at_hand: Plan, cells: np.ndarray) -> Plan | None:
        asked.append(cells)
        return None if len(asked) % 2 else Plan(at_hand.x, at_hand.values)

    assert improved(WEEKS[DAY], plan, badly, lambda _: False) is plan
    assert asked and all(len(cells) < CELLS for cells in asked)


@pytest.mark.once
@settings(deadline=None, max_examples=60)
@given(parts(), st.integers(0, WEEKS.max()))
def test_what_is_held_over_cells_need_not_be_bounded_anew(part: Part, week: int) -> None:
    """A window that begins where all tiers over cells are met costs what it costs from the start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(windows, "LONG", 2)
        sequence = TierSequence(part, PERSON, WEEKS[DAY], Budget(None, None))
        sequence.over_cells()
    if sequence.x is None or sequence.values is None:
        return
    plan, cells = Plan(sequence.x, sequence.values), np.flatnonzero(WEEKS[DAY] != week)
    fast = WindowSearch(sequence).solve(plan, cells)
    sequence.steps = []
    slow = WindowSearch(sequence).solve(plan, cells)
    assert fast is not None and slow is not None
    assert part.kept(fast.x) and (fast.x[cells] == plan.x[cells]).all()
    assert tuple(fast.values.tolist()) == tuple(slow.values.tolist()) <= tuple(plan.values.tolist())


def test_a_clock_that_ends_the_cells_is_told() -> None:
    """Where the time ends linear programs over cells another run may find another plan; without a clock none does."""
    part = make_part([(dict.fromkeys(range(DAYS), 1), 2, 3, HARD, 0)], cost=np.ones((TIERS, CELLS), dtype=np.int64))
    assert plan_over_cells(part, PERSON, DAY, WEEKS, deadline=time.monotonic()).hurried
    assert not plan_over_cells(part, PERSON, DAY, WEEKS).hurried


@pytest.mark.once
@few_or_many(35, 100)
def test_bounds_hold_where_searches_give_up(examples: int) -> None:
    """Whichever branch and bounds come to nothing, in long parts and in short ones, no bound and no claim is above the best plan's cost."""

    @settings(max_examples=examples)
    @given(parts(), st.integers(0, 2**16))
    def hold(part: Part, pattern: int) -> None:
        asked: list[int] = []

        def some(face: OptimalFace, cost: np.ndarray, limit: Budget) -> Whole:
            asked.append(1)
            return Whole(Verdict.OPEN) if pattern >> (len(asked) % 16) & 1 else search_whole(face, cost, limit)

        expected = best(every_plan(part))
        for long in (2, 5):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(windows, "LONG", long)
                patch.setattr(turns, "search_whole", some)
                result = solve_columns(part, PERSON, DAY, WEEKS)
            assert result.x is None or (expected is not None and part.kept(result.x) and tuple(result.values.tolist()) >= expected)
            for bound, claim, least in zip(result.bounds.tolist(), result.claimed.tolist(), expected or (), strict=False):
                assert bound <= claim <= least
                if bound < least:
                    break

    hold()


FAMILY = {
    "calendars": {"office": {"holidays": "none"}},
    "goals": [
        {"id": "aim", "kind": "office_target", "aim": "most_office"},
        {"id": "fair", "kind": "fair_share"},
        {"id": "quiet", "kind": "smooth_weeks"},
    ],
}


def quarter(people: int, end: str, **more: object) -> Instance:
    """A section under a limit of one half that may not come more than three days on end."""
    return Instance.build(
        horizon={"start": "2026-01-05", "end": end},
        units=[{"id": "o", "level": "opd"}],
        staff=[{"id": f"P{e}", "unit": "o"} for e in range(people)],
        rules=[
            {"id": "cap", "kind": "office_cap", "per": "whole", "share": "50%"},
            {"id": "runs", "kind": "consecutive", "place": "office", "max": 3},
        ],
        **FAMILY,
        **more,
    )


def test_more_cells_than_a_number_has_bits() -> None:
    """A half year of one small section is planned, and the places of everybody are within a day of each other."""
    instance = quarter(4, "2026-07-03")
    with by_cpu():
        result = solve(instance, SolveOptions(time_limit_s=3, workers=1))
    office = result.schedule.office.sum(axis=1)
    assert result.status in (Status.OPTIMAL, Status.FEASIBLE)
    assert office.max() - office.min() <= 1
    assert result.tiers[1].proven


def test_a_cancel_keeps_the_plan_over_cells() -> None:
    """A run that is cancelled in its first window keeps the plan that linear programs gave."""
    cancel = threading.Event()
    instance = quarter(12, "2026-04-03")
    with pytest.MonkeyPatch.context() as patch:
        begun = windows.improved

        def cancelled(*args: object) -> Plan:
            cancel.set()
            return begun(*args)  # type: ignore[arg-type]

        patch.setattr("giliran.engine.columns.rounds.improved", cancelled)
        patch.setattr("giliran.engine.columns.turns.search_whole", lambda *_: Whole(Verdict.OPEN))
        result = solve(instance, SolveOptions(workers=1), cancel=cancel)
    assert (result.status, result.stopped) == (Status.FEASIBLE, Stopped.CANCELLED)
    assert result.schedule.office.any()

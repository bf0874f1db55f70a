"""A companion: an idle worker that searches beside windows."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings

from giliran import Result, SolveOptions, solve
from giliran.domain.status import Status, Stopped
from giliran.engine.base.budget import Budget
from giliran.engine.base.part import Part
from giliran.engine.base.spare import Spare
from giliran.engine.columns import companion, turns, windows
from giliran.engine.columns.face import OptimalFace
from giliran.engine.columns.highs import Verdict, Whole, search_whole
from giliran.engine.columns.relaxation import solve_columns
from giliran.engine.columns.steps import Step
from giliran.errors import InternalError
from tests.engine.test_columns import DAY, PERSON, WEEKS, best, every_plan, parts
from tests.engine.test_windows import quarter

LONG_S = 600.0
SOON_S = 0.5
HELD_S = 0.1


def idle(many: int = 1) -> Spare:
    """So many workers without work."""
    spare = Spare()
    spare.count(many)
    return spare


def gives_up(*_: object) -> Whole:
    """A search that comes to nothing."""
    return Whole(Verdict.OPEN)


def test_workers_are_lent_once() -> None:
    """As many as are idle, and again when they are back; one that gets work meanwhile counts when it is back."""
    spare = idle(2)
    assert [spare.take() for _ in range(3)] == [True, True, False]
    spare.give_back()
    assert [spare.take(), spare.take()] == [True, False]
    spare.count(1)
    spare.give_back()
    assert not spare.take()
    spare.give_back()
    assert spare.take()


def at_once(_: Budget) -> None:
    """Begins with the search."""


def held_back(budget: Budget) -> None:
    """Waits until nobody wants the answer any more, or for longer than everything else takes."""
    until = time.monotonic() + HELD_S
    while not budget.over and time.monotonic() < until:
        threading.Event().wait(0.01)


@pytest.mark.once
@pytest.mark.parametrize("wait", [at_once, held_back])
def test_with_a_companion_all_costs_are_the_same(wait: Callable[[Budget], None]) -> None:
    """From the dearest plan on, without branch and bound of its own: what a companion says is right, and who it took is given back.

    What it says late, of a tier that is done with, is no word about the next.
    """
    searched: list[Whole] = []

    def heard(face: OptimalFace, cost: np.ndarray, budget: Budget) -> Whole:
        wait(budget)
        searched.append(search_whole(face, cost, replace(budget, halt=None)))
        return searched[-1]

    @settings(deadline=None, max_examples=80, derandomize=True)  # some of them need a companion
    @given(parts(aux=False))
    def hold(part: Part) -> None:
        plans = np.indices(part.hi + 1).reshape(part.num_columns, -1).T
        start = max((x for x in plans[::37] if part.kept(x)), key=lambda x: tuple(part.values(x)), default=None)
        if start is None:
            return
        spare, expected = idle(), best(every_plan(part))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(windows, "LONG", 2)
            patch.setattr(turns, "search_whole", gives_up)
            patch.setattr(companion, "search_whole", heard)
            patch.setattr(companion, "SLACKS", (0, 1, 4, 64))
            result = solve_columns(part, PERSON, DAY, WEEKS, deadline=time.monotonic() + LONG_S, plan=start, spare=spare)
        assert expected is not None and result.x is not None and result.values is not None
        assert part.kept(result.x) and tuple(result.values.tolist()) >= expected
        for bound, claim, least in zip(result.bounds.tolist(), result.claimed.tolist(), expected, strict=True):
            assert bound <= claim <= least
            if claim < least:
                break
        assert spare.take()

    hold()
    assert searched


def of_a_quarter(
    patch: pytest.MonkeyPatch,
    searches: Callable[..., Whole],
    alone: Callable[..., Whole] = gives_up,
    *,
    cancel: threading.Event | None = None,
) -> Result:
    """An agency of one section over a quarter, the second worker idle, whose companion searches by a function, and it itself by another."""
    patch.setattr(turns, "search_whole", alone)
    patch.setattr(companion, "search_whole", searches)
    return solve(quarter(12, "2026-04-03"), SolveOptions(time_limit_s=LONG_S, workers=2), cancel=cancel)


def test_a_cancel_reaches_the_companion(monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends within half a second, and the best plan is kept."""
    cancel, told = threading.Event(), []

    def searches(_face: OptimalFace, _cost: np.ndarray, budget: Budget) -> Whole:
        told.append(time.monotonic())
        cancel.set()
        while not budget.over:
            threading.Event().wait(0.01)
        return Whole(Verdict.OPEN)

    result = of_a_quarter(monkeypatch, searches, cancel=cancel)
    assert told and time.monotonic() - told[0] < SOON_S
    assert (result.status, result.stopped) == (Status.FEASIBLE, Stopped.CANCELLED)


def test_what_a_companion_raises_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    """By whoever waits for the plan."""

    def searches(*_: object) -> Whole:
        raise InternalError("a companion")

    with pytest.raises(InternalError, match="a companion"):
        of_a_quarter(monkeypatch, searches)


def test_a_companion_joins_whoever_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A narrow search that comes to no end is ended by the answer of a wider one, which begins beside it on the idle worker."""
    ended: list[bool] = []

    def without_end(face: OptimalFace, cost: np.ndarray, budget: Budget) -> Whole:
        if face.graph is None:
            return search_whole(face, cost, budget)
        while not budget.over:
            threading.Event().wait(0.01)
        ended.append(budget.halted)
        return Whole(Verdict.OPEN)

    result = of_a_quarter(monkeypatch, search_whole, without_end)
    assert ended and all(ended)
    assert (result.status, result.stopped) == (Status.OPTIMAL, None)


def test_a_word_stays_with_its_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that would come to its end while the next step is looked at is ended, its worker is given back, and the next one begins."""

    def searches(_face: OptimalFace, _cost: np.ndarray, budget: Budget) -> Whole:
        while not budget.over:
            threading.Event().wait(0.01)
        return Whole(Verdict.IMPOSSIBLE)

    monkeypatch.setattr(companion, "search_whole", searches)
    near = SimpleNamespace(cost=np.zeros((1, 0)))
    state = SimpleNamespace(
        face=SimpleNamespace(graph=object()), priced=SimpleNamespace(bound=0), constant=0, claimed=0, near=lambda _: near
    )
    first, second = (cast("Step", SimpleNamespace(**vars(state), state=object(), group=(tier,))) for tier in (0, 1))
    spare, budget = idle(), Budget(time.monotonic() + LONG_S, None)
    beside = companion.Companion(spare)
    assert beside.goes_on(first, 0, budget) and not spare.take()
    assert beside.answer(second) is None
    assert spare.take()
    spare.give_back()
    assert beside.goes_on(second, 0, budget) and not spare.take()
    beside.end()
    assert spare.take()

"""Runs that are ended at the worst moment: what they tell is still true."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

import pytest

from giliran.domain.status import Status, Stopped
from giliran.engine.dispatch import stages
from giliran.instance import Instance
from giliran.result import Result
from giliran.solving import Engine, SolveOptions, solve

AIM = {"id": "aim", "kind": "office_target", "aim": "most_office"}
CAP = {"id": "cap", "kind": "office_cap", "per": "whole", "share": "50%"}
TEAMS = {"id": "teams", "kind": "team_rotation", "teams": 2, "choose_teams": True, "anchor": "2021-07-12", "turn": "week"}
MEETINGS = {"id": "meetings", "kind": "meeting", "strength": "should"}


class Ending(Executor):
    """Does everything at once, in the calling thread, and ends the run after the first task."""

    def __init__(self) -> None:
        self.cancel = threading.Event()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run, then cancel."""
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        self.cancel.set()
        return future


def ended(monkeypatch: pytest.MonkeyPatch, people: int, seed: int = 0, **sections: Any) -> Result:
    """What comes of a run that is cancelled when its first part has a first plan."""
    monkeypatch.setattr(stages, "pressed", lambda *_: True)
    instance = Instance.build(
        horizon={"start": "2021-07-15", "end": "2021-07-19"},
        calendars={"office": {"holidays": "none"}},
        units=[{"id": "o", "level": "opd"}],
        staff=[{"id": f"P{e}", "unit": "o"} for e in range(people)],
        **sections,
    )
    executor = Ending()
    options = SolveOptions(time_limit_s=60, seed=seed, workers=1, engine=Engine.CPSAT)
    return solve(instance, options, executor=executor, cancel=executor.cancel)


def test_a_first_plan_that_nobody_improved(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is cancelled after the first plan was found says so, and that another run may find a better one."""
    result = ended(monkeypatch, 6, rules=[CAP], goals=[AIM, {"id": "fair", "kind": "fair_share"}])
    assert (result.status, result.stopped, result.reproducible) == (Status.FEASIBLE, Stopped.CANCELLED, False)


@pytest.mark.parametrize("seed", range(2))
def test_a_first_plan_with_a_day_to_be_chosen(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """A plan that came before its meeting was given the best day costs what the audit counts."""
    meetings = [{"id": "m", "choose_from": ["2021-07-15", "2021-07-16", "2021-07-19"], "required": ["P0"]}]
    result = ended(monkeypatch, 1, seed, rules=[TEAMS, MEETINGS], meetings=meetings)
    assert result.tiers[0].value in (0, 1)


def test_nothing_planned_is_nothing_proven() -> None:
    """Without any plan no tier has a value, and none is called proven."""
    cancel = threading.Event()
    cancel.set()
    instance = Instance.build(
        horizon={"start": "2021-07-12", "end": "2021-07-16"},
        calendars={"office": {"holidays": "none"}},
        units=[{"id": "o", "level": "opd"}],
        staff=[{"id": f"P{e}", "unit": "o"} for e in range(4)],
        rules=[CAP],
        goals=[AIM],
    )
    result = solve(instance, cancel=cancel)
    assert result.status is Status.UNKNOWN
    assert not any(tier.proven for tier in result.tiers)

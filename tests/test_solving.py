"""Solving whole instances: cases that once went wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from giliran import preparing, runs
from giliran.domain.status import Status, Stopped
from giliran.engine import run
from giliran.instance import Instance
from giliran.solving import SolveOptions, solve

TWO_DAYS = {"start": "2021-07-12", "end": "2021-07-13"}


@pytest.mark.parametrize("split", [True, False])
def test_changed_people_without_a_plan_owe_nothing(split: bool) -> None:
    """Somebody who was published in the office, must be at home, and is in a part without a plan, is infeasible and no contradiction."""
    instance = Instance.build(
        horizon=TWO_DAYS,
        staff=[{"id": "P2"}],
        published={"rows": [{"staff_id": "P2", "date": "2021-07-12", "place": "office"}]},
        rules=[{"id": "home", "kind": "fixed_days", "place": "home"}, {"id": "cap", "kind": "home_cap", "share": "75%"}],
        goals=[{"id": "keep", "kind": "stability", "unit": "people"}],
    )
    assert solve(instance, SolveOptions(workers=1, split=split)).status is Status.INFEASIBLE


@pytest.mark.parametrize("split", [True, False])
def test_exempt_officers_who_are_all_fixed(split: bool) -> None:
    """Two people fixed in the office under a cap of nobody that spares one officer: infeasible, in one sentence."""
    instance = Instance.build(
        horizon=TWO_DAYS,
        staff=[{"id": "A"}, {"id": "B"}],
        rules=[
            {"id": "cap", "kind": "office_cap", "share": "0%", "exempt": ["duty"]},
            {"id": "duty", "kind": "duty_officers", "count": 1},
            {"id": "office", "kind": "fixed_days", "place": "office"},
        ],
    )
    result = solve(instance, SolveOptions(workers=1, split=split))
    assert result.status is Status.INFEASIBLE
    assert any("own/cap" in finding.rule for finding in result.findings)


@pytest.mark.parametrize(("spent", "left"), [(4.0, 6.0), (9.99, runs.LEAST_LEFT_S)])
def test_compiling_counts_against_the_time_limit(monkeypatch: pytest.MonkeyPatch, spent: float, left: float) -> None:
    """Of ten seconds the search gets what compiling left, and a moment where it left nothing."""
    instance = Instance.build(
        {
            "schema": "giliran/1",
            "title": "T",
            "horizon": {"start": "2021-07-12", "end": "2021-07-12"},
            "units": [{"id": "u", "name": "U", "level": "opd"}],
            "staff": [{"id": "a", "name": "A", "unit": "u"}],
        }
    )
    now, limits = [0.0], []
    compile_program, optimise_all = runs.compile_program, run.optimise_all

    def slow(*args: Any) -> Any:
        now[0] += spent
        return compile_program(*args)

    def seen(questions: Any, options: run.EngineOptions) -> Any:
        limits.append(options.time_limit_s)
        return optimise_all(questions, options)

    monkeypatch.setattr(runs, "time", SimpleNamespace(perf_counter=lambda: now[0]))
    monkeypatch.setattr(runs, "compile_program", slow)
    monkeypatch.setattr(run, "optimise_all", seen)
    assert solve(instance, SolveOptions(time_limit_s=10)).status is Status.OPTIMAL
    assert limits == [left]


LOADING = """
import json, sys, types
import giliran
from giliran import runs, solve

now = [0.0]
runs.time = types.SimpleNamespace(perf_counter=lambda: now[0])

class Slow:
    def find_spec(self, name, path=None, target=None):
        now[0] += 4.0 * (name == "giliran.engine.run")

assert "giliran.engine.run" not in sys.modules
sys.meta_path.insert(0, Slow())
instance = giliran.generate(8, families=["caps"])
options = giliran.SolveOptions(time_limit_s=0.5, workers=1)
print(json.dumps([dict(solve(instance, options).seconds) for _ in range(2)]))
"""


def test_loading_counts_against_the_time_limit() -> None:
    """Four seconds of loading the solvers are those of the first solve, whose search gets a moment; the second loads nothing."""
    done = subprocess.run([sys.executable, "-c", LOADING], capture_output=True, text=True, check=True)
    first, second = json.loads(done.stdout)
    assert (first["compile"], second["compile"]) == (4.0, 0.0)


MANY_RULES = [{"id": f"cap{k}", "kind": "office_cap", "max": 1} for k in range(50)]
MANY_ROWS = [{"id": "days", "kind": "days_per_person", "least": 1, "window": "week"}]


@pytest.mark.parametrize(("end", "rules"), [("2021-07-12", MANY_RULES), ("2022-07-10", MANY_ROWS)], ids=["rules", "rows"])
def test_compiling_ends_at_the_time_limit(monkeypatch: pytest.MonkeyPatch, end: str, rules: list[dict[str, Any]]) -> None:
    """Between two rules, and within one that adds rows for week after week, compiling sees that its ten seconds are over."""
    instance = Instance.build(
        {
            "schema": "giliran/1",
            "title": "T",
            "horizon": {"start": "2021-07-12", "end": end},
            "calendars": {"office": {"holidays": "none"}},
            "units": [{"id": "u", "name": "U", "level": "opd"}],
            "staff": [{"id": "a", "name": "A", "unit": "u"}],
            "rules": rules,
        }
    )
    now, searched = [0.0], []

    def later() -> float:
        now[0] += 0.5  # seconds between two looks at the clock
        return now[0]

    monkeypatch.setattr(preparing, "time", SimpleNamespace(perf_counter=later))
    monkeypatch.setattr(run, "optimise_all", lambda *args, **more: searched.append(args))
    result = solve(instance, SolveOptions(time_limit_s=10))
    assert (result.status, result.stopped) == (Status.UNKNOWN, Stopped.TIME_LIMIT)
    assert not searched and now[0] < 12
    assert "preparing the model took all of its 10 s" in result.findings[0].said.text("en")
    assert not result.schedule.planned(instance.facts).any()

"""The benchmark of changed instances: what is changed, that answers are compared with those from scratch, and what the table says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

import benchmarks.whatif as module
from benchmarks.whatif import CAPS, measure, questions, reached_s, whatif, whatif_table
from giliran.files.loading import load_instance
from giliran.generating.options import Family


def test_families_are_those_that_are_generated() -> None:
    """The arguments name rule families that there are."""
    assert {family for question in questions() for family in question.generate[-1].split(",")} <= {family.value for family in Family}


def test_every_change_is_another_rule(tmp_path: Any) -> None:
    """A hundred limits, each another; one unit each, and nobody else's limit moves."""
    limits, unit = questions(0.02)
    from giliran.cli import main

    assert main(["generate", *limits.generate, "--seed", "1", "-o", str(tmp_path / "a.yaml")]) == 0
    instance = load_instance(tmp_path / "a.yaml")
    changed = list(limits.changes(instance))
    assert len(changed) == CAPS == len({rule.model_dump_json() for rule in changed})
    for rule in unit.changes(instance):
        [before], [after] = (view.limits_of(view.by_id[rule.id]) for view in (instance.view, instance.with_rules(rule).view))
        moved = np.flatnonzero((after.number != before.number).any(axis=1))
        assert len(moved) == 1 and (after.number - before.number)[moved].min() == -1


def test_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """A record has the seconds of every change, and none of its answers differs from that of a solve from scratch."""
    monkeypatch.setattr(module, "CAPS", 3)
    monkeypatch.setattr(module, "CHECKED", 2)
    record = measure(questions()[0], 1, 1)
    assert (record["staff"], record["days"], record["changes"], record["proven"], record["checked"]) == (50, 12, 3, 3, 2)
    assert record["wrong"] == 0 and len(record["wall_s"]) == len(record["cpu_s"]) == len(record["made_s"]) == 3
    assert record["versions"]["giliran"] and record["seed"] == 1


def test_answers_that_differ_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a start makes of a change is held against what comes without one."""
    monkeypatch.setattr(module, "CAPS", 2)
    solve = module.solve

    def wrong(instance: Any, options: Any, **start: Any) -> Any:
        result = solve(instance, options, **start)
        return replace(result, tiers=()) if start else result

    monkeypatch.setattr(module, "solve", wrong)
    assert measure(questions()[0], 1, 1)["wrong"] == 2


def stored_run(**more: Any) -> dict[str, Any]:
    """A record of two changes that took 0.1 and 0.2 seconds."""
    about = {"case": "two", "when": "2026-11-29", "run": 1, "commit": "abc", "machine": {"cpu": "X", "cores": 2}, "workers": 2}
    figures = {"parts": 3, "changes": 2, "proven": 2, "wrong": 0, "wall_s": [0.1, 0.2], "cpu_s": [0.1, 0.1], "versions": {"giliran": "1"}}
    return {**about, **figures, "aim_s": 0.4, "together": True, **more}


def test_table() -> None:
    """Together means the sum, each the median; a figure holds where every change is proven, none is wrong, and the aim is kept."""
    assert reached_s(stored_run()) == pytest.approx(0.3) and reached_s(stored_run(together=False)) == pytest.approx(0.15)
    assert "| two | 3 | 2 of 2 | 0.30 (0.30–0.30) | 0.20 (0.20–0.20) | ≤ 0.4 together | yes |" in whatif_table([stored_run()])
    for failing in ({"aim_s": 0.2}, {"proven": 1}, {"wrong": 1}):
        assert "**no**" in whatif_table([stored_run(**failing)])


def test_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong answers end with 1; nothing is stored where nothing shall be."""
    monkeypatch.setattr(module, "records", lambda asked, runs, workers: iter([stored_run(wrong=1)]))
    monkeypatch.setattr(module, "append", lambda record, suite: pytest.fail("stored"))
    assert CliRunner().invoke(whatif, ["--no-store"]).exit_code == 1

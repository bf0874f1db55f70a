"""The benchmark of the desk: its lists are lists, both commands are run, and what the table says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import benchmarks.desk as module
from benchmarks.desk import desk, desk_table, measure
from benchmarks.nominative import AGENCY, UNITS, raw_list
from giliran import Instance


@pytest.mark.parametrize("people", [12, 200])
def test_everybody_of_the_list_is_read(people: int, tmp_path: Path) -> None:
    """As many people as asked for, in the units of one agency; the same numbers give the same bytes."""
    (tmp_path / "daftar.xlsx").write_bytes(raw_list(people, 3))
    assert raw_list(people, 3) == raw_list(people, 3) != raw_list(people, 4)
    data = {"horizon": {"start": "2026-08-03", "end": "2026-08-07"}, "staff": {"file": "daftar.xlsx"}}
    facts = Instance.build(data, files=tmp_path).facts
    assert facts.num_people == people
    assert {AGENCY, *UNITS} <= {unit.name for unit in facts.units}


@pytest.mark.slow
def test_both_commands() -> None:
    """A small list is planned in two commands, and the plan is clean."""
    record = measure(12, 1)
    assert record["codes"] == [0, 0, 0]
    assert record["solve_cpu_s"] > 0 and record["new_s"] > 0


def stored_run(**more: Any) -> dict[str, Any]:
    """A record."""
    about = {"case": "B6 200", "when": "2026-11-29", "run": 1, "commit": "abc", "machine": {"cpu": "X", "cores": 2}, "aim_s": 2.0}
    return {**about, "new_s": 1.0, "solve_s": 1.5, "solve_cpu_s": 1.4, "codes": [0, 0, 0], "versions": {"giliran": "1"}, **more}


def test_table() -> None:
    """The figure holds where the plan is clean and the second command keeps the aim."""
    assert "| B6 200 | 1 of 1 | 1.00 (1.00–1.00) | 1.50 (1.50–1.50) | 1.40 (1.40–1.40) | ≤ 2 | yes |" in desk_table([stored_run()])
    for failing in ({"solve_s": 2.1}, {"codes": [0, 0, 1]}):
        assert "**no**" in desk_table([stored_run(**failing)])


def test_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that fails ends with 1; nothing is stored where nothing shall be."""
    monkeypatch.setattr(module, "records", lambda staff, runs: iter([stored_run(codes=[0, 2, 2])]))
    monkeypatch.setattr(module, "append", lambda record, suite: pytest.fail("stored"))
    assert CliRunner().invoke(desk, ["--no-store"]).exit_code == 1

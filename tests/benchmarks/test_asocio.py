"""The adapter for the ASOCIO challenge, on an instance small enough to solve by hand."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from benchmarks.adapters.asocio import Aim, honoured, main, read_instance
from giliran.domain.status import Status
from giliran.solving import SolveOptions, solve

DATA = {
    "Employees": ["E0", "E1", "E2"],
    "Desks": ["D0", "D1"],
    "Days": ["L", "Ma", "Mi", "J", "V"],
    "Groups": ["G0"],
    "Employees_G": {"G0": ["E0", "E1"]},
    "Days_E": {"E0": ["L"], "E1": ["Ma"], "E2": ["L", "Ma", "Mi"]},
}


def test_by_hand() -> None:
    """Two desks; E0 and E1 meet on a day of the week without E2.

    On Thursday they bother nobody: all 5 preferred days are honoured. Days other than preferred ones: E0 and E1 need a second day each,
    and they meet on Monday (E2 may come on Tuesday and Wednesday) so E1 has one other day and E0 one more: 2 at least.
    """
    preferred = solve(read_instance(DATA, Aim.PREFERRED), SolveOptions(workers=1))
    other = solve(read_instance(DATA, Aim.OTHER), SolveOptions(workers=1))
    assert preferred.status is other.status is Status.OPTIMAL
    assert honoured(DATA, preferred.tiers[1].value) == 5
    assert other.tiers[1].value == 2
    for result in (preferred, other):
        office = result.schedule.office
        assert (office[0] & office[1]).any()
        assert office.sum(axis=0).max() <= 2
        assert set(office.sum(axis=1).tolist()) <= {2, 3}


def test_a_folder(tmp_path: Path) -> None:
    """Every instance of a folder becomes one row per aim."""
    (tmp_path / "instance1.json").write_text(json.dumps(DATA), encoding="utf-8")
    lines = CliRunner().invoke(main, [str(tmp_path), "--workers", "1"]).output.splitlines()
    assert [line.split(" | ")[1:5] for line in lines[2:]] == [["preferred", "optimal", "5", "5"], ["other", "optimal", "2", "2"]]

"""The adapter for the ASOCIO challenge, on an instance small enough to solve by hand."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
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


FOLDER = Path(os.environ.get("ASOCIO_FOLDER") or Path(__file__).parents[3] / "shared" / "data" / "asocio25")
"""Where the instances of the challenge are, which are no part of the project: `ASOCIO_FOLDER`, or beside its folder."""

BEST = {1: (38, 6), 2: (40, 4), 3: (83, 16), 4: (87, 12), 5: (139, 19), 6: (145, 15)}
"""Most preferred days honoured, and fewest office days on other days, both proven."""


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the instances of the challenge are not there; ASOCIO_FOLDER says where they are")
@pytest.mark.parametrize("aim", Aim)
@pytest.mark.parametrize("number", BEST)
def test_desks(number: int, aim: Aim) -> None:
    """The known optimum, with a desk in the plan for everybody present that suits them, nobody at two and no two at one."""
    data = json.loads((FOLDER / f"instance{number}.json").read_text(encoding="utf-8"))
    result = solve(read_instance(data, aim), SolveOptions(workers=1))
    [tier] = [tier for tier in result.tiers if tier.name == "office_target"]
    assert result.status is Status.OPTIMAL
    assert (honoured(data, tier.value) if aim is Aim.PREFERRED else tier.value) == BEST[number][aim is Aim.OTHER]
    for d, date in enumerate(result.instance.facts.dates):
        sitting = [(names.rule.removeprefix("own/"), person) for names in result.duty if names.date == date for person in names.people]
        present = [id_ for id_, there in zip(data["Employees"], result.schedule.office[:, d].tolist(), strict=True) if there]
        assert sorted(person for _, person in sitting) == sorted(present)
        assert len({desk for desk, _ in sitting}) == len(sitting)
        assert all(desk in data["Desks_E"][person] for desk, person in sitting)


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

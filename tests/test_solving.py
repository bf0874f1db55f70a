"""Solving whole instances: cases that once went wrong."""

from __future__ import annotations

import pytest

from giliran.domain.status import Status
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

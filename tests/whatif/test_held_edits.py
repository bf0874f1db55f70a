"""Edits by hand that stay: what cannot is told apart from what was not found out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from giliran import Instance, Place, Result, Status, solve
from giliran.whatif.held_edits import held


@pytest.mark.parametrize(("status", "told"), [(Status.INFEASIBLE, "no plan that keeps every rule"), (Status.UNKNOWN, "in the time given")])
def test_no_plan_in_time_is_not_no_plan(status: Status, told: str) -> None:
    """Where a solve with an edit ends without a plan, its own verdict is what is told; the plan without the edit is given."""
    instance = Instance.build(
        horizon={"start": "2021-07-12", "end": "2021-07-12"},
        calendars={"office": {"holidays": "none"}},
        units=[{"id": "u", "level": "opd"}],
        staff=[{"id": who, "name": who, "unit": "u"} for who in ("Ani", "Budi")],
        rules=[{"id": "batas", "kind": "office_cap", "max": 1}],
        goals=[{"kind": "office_target", "aim": "most_office"}],
    )
    found = solve(instance)
    plan = replace(found.schedule, place=np.where(found.schedule.place == Place.HOME, Place.OFFICE, found.schedule.place).astype(np.int8))

    def judged(asked: Instance) -> Result:
        return replace(found, status=status) if (asked.facts.pinned != Place.NONE).any() else found

    result, lost = held(instance, plan, found.schedule, np.ones(1, dtype=np.bool_), judged)
    assert result is found
    assert [told in said.text() for said in lost] == [True]

"""Where limits are nested and earlier tiers fix the total, the fairest plan by squares is the fairest by every usual measure at once."""

from __future__ import annotations

import itertools
from typing import Any

import hypothesis
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giliran.audit import audit
from giliran.domain.schedule import Schedule, schedule_of
from giliran.domain.status import Status
from giliran.instance import Instance
from giliran.solving import SolveOptions, solve
from tests.tiny import tier_values

DAYS = ("2021-07-12", "2021-07-13", "2021-07-14")
MOST_CELLS = 9
FAIR_SHARE = "fair_share"


@st.composite
def flows(draw: st.DrawFn) -> dict[str, Any]:
    """Three to five people in two bidang under nested limits, some of them away, some with a history; fairness to the thousandth."""
    people = draw(st.integers(3, 5))
    days = DAYS[: 3 if people == 3 else 2]
    staff = [{"id": f"P{e}", "unit": draw(st.sampled_from(["a", "b"])), "office_only": draw(st.integers(0, 4)) == 0} for e in range(people)]
    ids = [person["id"] for person in staff]
    away = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(days)), max_size=2, unique=True))
    owed = draw(st.lists(st.tuples(st.sampled_from(ids), st.integers(0, 4000)), max_size=3, unique_by=lambda pair: pair[0]))
    aim = draw(st.sampled_from(["most_office", "most_home"]))
    kind = "office_cap" if aim == "most_office" else "office_floor"
    field = "max" if aim == "most_office" else "min"
    limits = [{"kind": kind, "per": "opd", field: draw(st.integers(1, 3))}]
    if draw(st.booleans()):
        limits.append({"kind": kind, "per": "bidang", field: draw(st.integers(1, 2)), "days": {"dates": [draw(st.sampled_from(days))]}})
    if draw(st.booleans()):
        limits.append({"kind": "days_per_person", "window": "week", "most": 2})
    return {
        "horizon": {"start": days[0], "end": days[-1]},
        "units": [{"id": "o", "level": "opd"}, *({"id": u, "level": "bidang", "parent": "o"} for u in "ab")],
        "staff": staff,
        "absences": [{"staff_id": id_, "from": day, "to": day, "reason": "cuti"} for id_, day in away],
        "ledger": [
            {"staff_id": id_, "account": "office", "period": "2021-06", "burden": 2, "share": f"{thousandths / 1000:.3f}"}
            for id_, thousandths in owed
        ],
        "rules": limits,
        "goals": [{"kind": "office_target", "aim": aim, "level": draw(st.booleans())}, {"kind": "fair_share", "step": 1}],
    }


def deviations(instance: Instance, schedule: Schedule) -> list[int]:
    """Days plus balance less fair share, in thousandths of a day, of everybody with a day that counts."""
    [account] = audit(instance, schedule).fairness
    compared = account.counted.any(axis=1)
    return list((1000 * account.burden + account.balance - account.share)[compared].tolist())


def before_fairness(instance: Instance) -> list[list[int]]:
    """Deviations of every plan that keeps the rules and is best in the tiers before fairness."""
    facts = instance.facts
    cells = np.argwhere(instance.view.free)
    before = instance.view.tiers.names.index(FAIR_SHARE)
    found: dict[tuple[int, ...], list[Schedule]] = {}
    for bits in itertools.product((False, True), repeat=len(cells)):
        office = instance.view.forced_office & facts.present
        office[cells[:, 0], cells[:, 1]] = bits
        schedule = schedule_of(facts, office)
        values = tier_values(instance, schedule)
        if values is not None:
            found.setdefault(values[:before], []).append(schedule)
    return [deviations(instance, schedule) for schedule in found[min(found)]] if found else []


@pytest.mark.once
@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(flows())
def test_squares_are_best_for_every_measure(sections: dict[str, Any]) -> None:
    """Largest and smallest deviation, their range, and other convex measures are the best that any such plan has, all at once."""
    instance = Instance.build(sections)
    hypothesis.assume(0 < int(instance.view.free.sum()) <= MOST_CELLS)
    others = before_fairness(instance)
    hypothesis.assume(others)
    assert len({sum(plan) for plan in others}) == 1, "earlier tiers fix the total"
    result = solve(instance, SolveOptions(workers=1))
    assert result.status is Status.OPTIMAL
    ours = deviations(instance, result.schedule)
    assert ours in others
    assert max(ours) == min(max(plan) for plan in others)
    assert min(ours) == max(min(plan) for plan in others)
    assert max(ours) - min(ours) == min(max(plan) - min(plan) for plan in others)
    for measure in (abs, lambda x: x**2, lambda x: x**4, lambda x: max(x, 0)):
        assert sum(map(measure, ours)) == min(sum(map(measure, plan)) for plan in others)

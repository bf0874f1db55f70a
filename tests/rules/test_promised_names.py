"""promised_names: where plans are alike, published officers keep their place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from giliran.instance import Instance
from giliran.rules.registry import known
from giliran.rules.view import View
from giliran.solving import SolveOptions, solve
from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract

DUTY = {"kind": "duty_officers", "count": 1}


def view_of(named: str, **facts: Any) -> View:
    """A view in which A is published as officer on some days, as a bit string."""
    made = make_facts("AB", days=len(named), **facts)
    cells = np.array([[letter == "1" for letter in named], [False] * len(named)])
    return make_view(replace(made, published_duty={"own/0": cells}), [DUTY])


@pytest.mark.parametrize(("rows", "cost"), [("11 00", 0), ("10 01", 1), ("00 11", 2)])
def test_amounts(rows: str, cost: int) -> None:
    """Every published officer who is not in the office costs one, on the first day and the last."""
    view = view_of("11")
    [goal] = [goal for goal in view.goals if goal.kind == "promised_names"]
    assert goal.values(view, make_schedule(view.facts, rows)) == {"promised_names": cost}


@pytest.mark.parametrize("facts", [{}, {"absent": {"A": [0]}}, {"home_only": ["A"]}], ids=str)
def test_contract(facts: dict[str, Any]) -> None:
    """What compile charges is what the audit counts; who cannot stand for the duty costs nothing."""
    assert_contract(view_of("11", **facts), only=("facts/promised_names",))


def test_in_force_where_a_name_may_still_change() -> None:
    """Frozen days have their own rule, and without published names there is nothing to keep."""
    kind = known()["promised_names"]
    assert kind.implied(make_facts("A"), []) == []
    frozen = make_facts("A", days=1, published={"A": "1"}, frozen_days=[0])
    assert kind.implied(replace(frozen, published_duty={"own/0": np.array([[True]])}), []) == []


def test_ties_keep_the_officer() -> None:
    """One of two may be in the office; fairness cannot tell them apart, and whoever was announced is there, for every seed."""
    day = {"start": "2021-07-12", "end": "2021-07-12"}
    rules = [{"id": "cap", "kind": "office_cap", "max": 1}, {"id": "piket", "kind": "duty_officers", "count": 1}]
    goals = [{"id": "aim", "kind": "office_target", "aim": "most_office"}, {"id": "fair", "kind": "fair_share"}]
    for officer in "AB":
        rows = [{"staff_id": officer, "date": "2021-07-12", "place": "office", "duty": "own/piket"}]
        staff = [{"id": id_, "unit": "u"} for id_ in "AB"]
        instance = Instance.build(horizon=day, staff=staff, rules=rules, goals=goals, published={"rows": rows})
        for seed in range(4):
            schedule = solve(instance, SolveOptions(workers=1, seed=seed)).schedule
            assert schedule.office[:, 0].tolist() == [officer == "A", officer == "B"]

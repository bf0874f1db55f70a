"""Tiers split by statement: what every rule and goal costs alone adds up to what all cost together."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from giliran.audit import audit
from giliran.costing import statement_costs
from giliran.domain.schedule import schedule_of
from giliran.files.loading import load_instance
from giliran.instance import Instance
from giliran.solving import SolveOptions, solve
from tests.rules.contract import audited_costs

INSTANCES = Path(__file__).parent.parent / "instances"
BEST = json.loads((INSTANCES / "best_known.json").read_text())
SHIPPED = [*sorted(INSTANCES.glob("tiny/*.yaml")), *(INSTANCES / name / "instance.yaml" for name in sorted(BEST))]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(INSTANCES)))
@pytest.mark.parametrize("part", [0, 1, 3])
def test_costs_add_up(path: Path, part: int) -> None:
    """On every shipped instance, for a plan with every so many people in the office, costs of statements add up to the tiers."""
    instance = load_instance(path)
    office = instance.facts.present & (np.add.outer(*map(np.arange, instance.facts.shape)) % 4 < part)
    plan = schedule_of(instance.facts, office)
    found = audit(instance, plan)
    sums: Counter[str] = Counter()
    costs = statement_costs(instance.view, plan, found.findings)
    for each in costs:
        sums[each.tier] += each.cost
    assert all(sums[name] == value for name, value in found.tiers.items())
    assert [each.tier for each in costs] == sorted((each.tier for each in costs), key=list(found.tiers).index)


@pytest.mark.parametrize("path", [path for path in SHIPPED if path.parent.name == "tiny"], ids=lambda path: path.stem)
def test_costs_of_a_result(path: Path) -> None:
    """A result's costs are what its audit counts rule by rule and goal by goal, and add up to its tiers."""
    result = solve(load_instance(path), SolveOptions(workers=1))
    view, costs = result.instance.view, result.costs()
    sums = Counter({tier.name: 0 for tier in result.tiers})
    for each in costs:
        sums[each.tier] += each.cost
    assert sums == {tier.name: tier.value for tier in result.tiers}
    for statement in view.statements if result.tiers else ():
        alone = audited_costs(view, result.schedule, (statement,))
        assert alone is not None
        mine = Counter(dict.fromkeys(view.tiers.names, 0))
        for each in costs:
            mine[each.tier] += each.cost if each.statement == statement.id else 0
        assert tuple(mine.values()) == alone


def test_weights_and_merged_tiers() -> None:
    """Two wishes of a tier that counts three times, in one with a soft cap: 3 × 1000 for the wish, 2 × 1 for the seat above the cap."""
    instance = Instance.build(
        horizon={"start": "2021-07-12", "end": "2021-07-12"},
        staff=[{"id": "A"}, {"id": "B"}],
        wishes=[{"staff_id": "A", "date": "2021-07-12", "place": "home"}],
        rules=[
            {"id": "all", "kind": "office_floor", "min": 2},
            {"id": "one", "kind": "office_cap", "max": 1, "strength": "should", "weight": 2, "tier": "wishes"},
        ],
        goals=[{"kind": "wishes"}],
        tiers=[{"name": "mixed", "of": {"wishes": 3}}],
    )
    result = solve(instance, SolveOptions(workers=1))
    assert [(each.tier, each.statement, each.name, each.cost) for each in result.costs()] == [
        ("mixed", "own/one", "wishes", 6),
        ("mixed", "own/wishes", "wishes", 3000),
    ]
    assert result.tiers[-1].value == 3006


def test_nothing_planned_costs_nothing() -> None:
    """A result without a plan for anybody has no costs."""
    instance = Instance.build(
        horizon={"start": "2021-07-12", "end": "2021-07-12"},
        staff=[{"id": "A"}],
        rules=[{"kind": "office_cap", "max": 0}, {"kind": "office_floor", "min": 1}],
        goals=[{"kind": "office_target", "aim": "most_office"}],
    )
    result = solve(instance, SolveOptions(workers=1))
    assert result.costs() == () and result.binding(None) == ()

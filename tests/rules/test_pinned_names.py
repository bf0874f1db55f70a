"""Pinned names of duties that take different people on a day: which of them must be kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from giliran import Instance, SolveOptions, check, solve
from giliran.domain.place import Strength
from giliran.domain.schedule import Schedule, schedule_of
from tests.builders import make_facts, make_view

POST = {"kind": "duty_officers", "count": 1, "one_each": "pos"}
"""Somebody is asked for."""
DESK = {**POST, "everybody": True}
"""Everybody has a place."""


def pin_findings(rule: dict[str, Any], eligible: Sequence[str], names: Sequence[str], pins: Sequence[str]):
    """Strength and words about pins, of rules with one person each and all people in the office on one day."""
    people = sorted(set("".join(eligible)))
    facts = make_facts("".join(people), days=1)
    table = {f"own/{k}": np.array([[e in who] for e in people]) for k, who in enumerate(pins)}
    view = make_view(replace(facts, pinned_duty=table), [{**rule, "eligible": {"ids": [*some]}} for some in eligible])
    duty = {f"own/{k}": np.array([[e in who] for e in people]) for k, who in enumerate(names)}
    plan = Schedule(schedule_of(view.facts, np.ones((len(people), 1), dtype=bool)).place, duty)
    found = [finding for rule in view.rules for finding in rule.audit(view, plan)]
    return [(finding.strength, finding.said.text("en")) for finding in found if "is pinned" in finding.said.text("en")]


@pytest.mark.parametrize("rule", [POST, DESK], ids=["post", "desk"])
@pytest.mark.parametrize("pins", [("A", ""), ("A", "C")])
def test_another_name_that_nobody_pinned(rule, pins) -> None:
    """A is pinned for the first and named for the second, where B could stand as well: broken, whatever else is pinned there."""
    [(strength, said)] = pin_findings(rule, ("AB", "AB"), ("B", "A"), (pins[0], ""))
    assert (strength, said) == (Strength.MUST, "A is pinned as duty officer on Monday 12 July 2021 but is not named")
    first, *_ = pin_findings(rule, ("AB", "ABC"), ("B", "A"), pins)
    assert first[0] is Strength.MUST


@pytest.mark.parametrize("rule", [POST, DESK], ids=["post", "desk"])
@pytest.mark.parametrize(("eligible", "pins"), [(("AB", "A"), ("A", "")), (("AB", "AB"), ("A", "A"))], ids=["needed", "pinned"])
def test_another_name_that_is_needed(rule, eligible, pins) -> None:
    """A is pinned for the first and named for the second, pinned there too or its only officer: told."""
    [(strength, _)] = pin_findings(rule, eligible, ("B", "A"), pins)
    assert strength is Strength.NOTE


@pytest.mark.parametrize("rule", [POST, DESK], ids=["post", "desk"])
@pytest.mark.parametrize("seed", range(8))
def test_what_is_planned_keeps_them(rule, seed: int) -> None:
    """Random posts and pins: the audit finds no pin broken in what was planned."""
    dice = np.random.default_rng(seed)
    staff = [{"id": id_, "unit": "u"} for id_ in "ABCD"]
    rules = [{**rule, "eligible": {"ids": sorted(dice.choice(list("ABCD"), dice.integers(1, 4), replace=False).tolist())}} for _ in "123"]
    dates = ["2021-07-12", "2021-07-13"]
    pins = {(str(dice.choice(list("ABCD"))), dates[dice.integers(2)], f"own/p{dice.integers(3)}") for _ in range(4)}
    document = {
        "horizon": {"start": dates[0], "end": dates[1]},
        "units": [{"id": "u"}],
        "staff": staff,
        "rules": [{**one, "id": f"p{k}"} for k, one in enumerate(rules)],
        "pins": [{"staff_id": e, "date": day, "duty": of} for e, day, of in sorted(pins)],
    }
    result = solve(Instance.build(document), SolveOptions(workers=1))
    assert result.schedule is None or not check(result.instance, result.schedule).broken

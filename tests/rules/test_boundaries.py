"""Every kind where there is nothing to do: nobody meant, everybody away, a single day."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from giliran.domain.facts import Facts, Meeting
from giliran.domain.place import Strength
from giliran.domain.schedule import schedule_of
from giliran.rules.registry import goal_kinds, known, rule_kinds
from giliran.rules.view import View
from tests.builders import MONDAY, make_facts, make_view
from tests.rules.contract import assert_contract, audited_costs

KINDS = sorted({**rule_kinds(), **goal_kinds()})
"""Every kind that may stand in a file; its example stands for it."""

PEOPLE = [{"id": "A", "team": "1"}, {"id": "B", "team": "2"}]


def facts_of(days: int, **more: Any) -> Facts:
    """Two people with teams, wishes, a published plan and a meeting on Monday."""
    meeting = Meeting("m", "Meeting", (MONDAY,), (0,), (), None, False, given=True)
    wishes = [("A", day, "home", 1) for day in range(days)]
    return make_facts(PEOPLE, days=days, wishes=wishes, published={"A": "1" * days, "B": "0" * days}, meetings=[meeting], **more)


def view_of(kind: str, facts: Facts, **more: Any) -> View:
    """A view over one rule or goal."""
    written = [{"kind": kind, **known()[kind].example, **more}]
    return make_view(facts, written) if kind in rule_kinds() else make_view(facts, (), written)


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_meant(kind: str) -> None:
    """A rule about nobody allows every plan, charges nothing and finds nothing."""
    view = view_of(kind, facts_of(2), applies_to={"ranks": ["nobody"]})
    own = tuple(statement for statement in view.statements if statement.id.startswith("own/"))
    assert assert_contract(view, only=tuple(statement.id for statement in own)) == 2**4
    assert audited_costs(view, schedule_of(view.facts, np.zeros(view.facts.shape, dtype=bool)), own) == (0,) * len(view.tiers.names)


@pytest.mark.parametrize("kind", KINDS)
def test_everybody_away(kind: str) -> None:
    """Where everybody is away the only plan there is keeps every rule and costs nothing; at most it is told."""
    view = view_of(kind, facts_of(2, absent={"A": [0, 1], "B": [0, 1]}))
    assert assert_contract(view) == 1
    empty = schedule_of(view.facts, np.zeros(view.facts.shape, dtype=bool))
    assert set(audited_costs(view, empty, view.statements) or ()) <= {0}
    assert all(finding.strength is Strength.NOTE for rule in view.rules for finding in rule.audit(view, empty))


@pytest.mark.parametrize("kind", KINDS)
def test_single_day(kind: str) -> None:
    """A horizon of one day, first and last at once, leaves at least one plan."""
    assert assert_contract(view_of(kind, facts_of(1))) > 0


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["en", "id"])
def test_description_is_a_sentence(kind: str, lang: str) -> None:
    """Every kind says itself in one sentence that ends as one, in both languages."""
    view = view_of(kind, facts_of(2))
    [statement] = (s for s in view.statements if s.id in ("own/0", "own/goal-0"))
    text = statement.describe(view).text(lang)  # type: ignore[arg-type]
    assert text.endswith(".") and "{" not in text


@pytest.mark.parametrize("kind", ["home_cap", "office_cap", "office_floor", "office_share"])
@pytest.mark.parametrize(("fields", "number"), [({}, 2), ({"share": "0%"}, 0), ({"base": {"tags": ["nobody"]}}, 0)], ids=str)
def test_least_result_of_a_share(kind: str, fields: dict[str, Any], number: int) -> None:
    """25 % of 4 people are 1, raised to `min_result` 2; neither 0 % nor a share of nobody is raised."""
    view = make_view(make_facts("ABCD", days=1), [{"kind": kind, "share": "25%", "min_result": 2, **fields}])
    [limit] = view.limits
    assert limit.number.tolist() == [[number]]

"""What kinds say could be asked for less: valid, the same for files and statements, and never asking for more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from giliran import Instance, Strength
from giliran.bending import bends_alone, bent_program
from giliran.explaining.searching import Clock, searched
from giliran.rules.base import Rule
from giliran.rules.edits import Edit, Step
from giliran.rules.registry import example, rule_kinds

WIDE: dict[str, list[dict[str, Any]]] = {
    "office_cap": [{"max": 1}, {"share": "25%", "exempt": []}],
    "office_floor": [{"min": 3}, {"min": 5, "when_short": "break"}],
    "office_share": [{"share": "75%", "when_short": "break"}],
    "home_cap": [{"max": 1}],
    "days_per_person": [{"most": 1}, {"least": "60%"}, {"least": 3, "most": 4}],
    "consecutive": [{"place": "office", "max": 1}, {"place": "home", "min": 3}],
    "duty_officers": [{"count": 3, "exactly": True}, {"count": 2, "against_caps": "exceed"}],
    "frequency": [{"happens": "any", "window": "week", "least": 2}, {"each": "pair", "happens": "all", "window": "horizon", "most": 0}],
    "separation": [{"sets": [["A", "B"]], "not_all": "home"}],
    "together": [{"sets": [["A", "B"], ["C", "D"]], "cost": "set"}],
}
"""Further fields with which kinds have edits of their own."""


def statements() -> Iterator[dict[str, Any]]:
    """A rule of every kind, and of some several."""
    for word in rule_kinds():
        yield {**example(word), "kind": word}
        yield from ({"kind": word, **fields} for fields in WIDE.get(word, ()))


def built(rule: dict[str, Any], *others: dict[str, Any]) -> Instance:
    """An instance with four people in one unit and this rule."""
    return Instance.build(
        {
            "horizon": {"start": "2026-08-03", "end": "2026-08-07"},
            "units": [{"id": "u", "level": "bidang"}],
            "staff": [{"id": e, "unit": "u", "team": str(k % 2)} for k, e in enumerate("ABCD")],
            "rules": [{**rule, "id": "it"}, *others],
        }
    )


def changed(rule: Rule, edit: Edit, step: Step) -> Rule:
    """The typed rule with one step."""
    return rule.model_copy(update={name: each.value for name, each in ({edit.field: step} | dict(edit.with_)).items()})


@pytest.mark.parametrize("rule", list(statements()), ids=lambda rule: "-".join(map(str, rule.values()))[:60])
def test_typed_and_written_are_the_same(rule: dict[str, Any]) -> None:
    """A file with the written value gives the rule with the typed one, for every step of every edit."""
    duty = {"id": "duty", "kind": "duty_officers", "count": 1}
    instance = built(rule, duty)
    mine = next(each for each in instance.rules if each.id == "own/it")
    edits = list(mine.edits(instance.view))
    assert any(edit.steps for edit in edits) or rule.get("choose_teams") or rule.get("mode") == "permit"
    for edit in edits:
        for step in edit.steps:
            fields = {edit.field: step.written} | {name: each.written for name, each in edit.with_}
            again = built({**rule, **fields}, duty)
            assert next(each for each in again.rules if each.id == "own/it") == changed(mine, edit, step), (edit.field, step)


BINDING = [rule for rule in statements() if rule["kind"] not in ("meeting", "team_rotation")]


@pytest.mark.parametrize("rule", BINDING, ids=lambda rule: "-".join(map(str, rule.values()))[:60])
def test_no_step_asks_for_more(rule: dict[str, Any]) -> None:
    """Beside rules that press from both sides the least bend never grows from step to step."""
    floor, cap = ({"id": "floor", "kind": "office_floor", "min": 3}, {"id": "cap", "kind": "office_cap", "max": 1})
    for other in (floor, cap):
        instance = built(rule, other)
        mine = next(each for each in instance.rules if each.id == "own/it")
        for edit in mine.edits(instance.view):
            bends = [least_bend(instance)]
            for step in edit.steps[:: max(len(edit.steps) // 4, 1)]:
                bends.append(least_bend(instance.with_rules(changed(mine, edit, step))))
            assert bends == sorted(bends, reverse=True), edit.field


def least_bend(instance: Instance) -> int:
    """The least total bend."""
    return searched(bends_alone(bent_program(instance)), Clock(None, 1, 1)).tiers[0].value


def test_the_last_edit_of_a_rule_is_that_it_should() -> None:
    """Whatever else a rule offers, at last it only should hold."""
    instance = built({"kind": "office_cap", "max": 1})
    mine = next(each for each in instance.rules if each.id == "own/it")
    *_, last = mine.edits(instance.view)
    assert [step.value for step in last.steps] == [Strength.SHOULD]

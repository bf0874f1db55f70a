"""Plans made anyway: the least total bend, by who ordered what, everything else as before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from giliran import InfeasibleError, InputError, Instance, SolveOptions, Status, Strength, check, solve
from giliran.certifying import make_certificate
from tests.explaining.impossible import impossible, least_bend

ANYWAY = SolveOptions(anyway=True, workers=1)
WEEK = {"start": "2026-08-03", "end": "2026-08-07"}


def made(people: str, *rules: Mapping[str, Any], **sections: Any) -> Instance:
    """An instance with a person per letter in one unit."""
    staff = [{"id": letter, "unit": "u"} for letter in people]
    units = [{"id": "u", "name": "Unit", "level": "bidang"}]
    return Instance.build({"horizon": WEEK, "units": units, "staff": staff, "rules": list(rules), **sections})


FORCED = {"id": "forced", "kind": "fixed_days", "place": "office", "applies_to": {"ids": ["A", "B", "C"]}}


def test_the_least_bend_with_every_broken_row() -> None:
    """Three forced, at most two, five days: one too many a day, or one at home a day, 5 in all; everybody has a place."""
    result = solve(made("ABCD", FORCED, {"id": "cap", "kind": "office_cap", "max": 2}), ANYWAY)
    assert result.bends is not None
    assert (result.bends.total, result.bends.bound, result.bends.proven) == (5, 5, True)
    broken = [finding for finding in result.findings if finding.strength is Strength.MUST]
    assert sum(finding.amount for finding in broken) == 5
    assert result.status is Status.INFEASIBLE
    assert not result.schedule.unplaced(result.instance.facts).any()
    found = check(result.instance, result.schedule)
    assert {finding.said.text() for finding in broken} == {finding.said.text() for finding in found.broken}


def test_own_rules_give_way_before_letters() -> None:
    """A letter's cap costs 10 a person: the own rule is missed instead."""
    letter = {"name": "umum", "choose": {"limit": "50%", "per": "whole"}}
    result = solve(made("ABCD", FORCED, circulars=[letter]), ANYWAY)
    assert result.bends is not None
    assert result.bends.total == 5
    assert {finding.rule for finding in result.findings if finding.strength is Strength.MUST} == {"own/forced"}


def test_a_plan_that_keeps_every_rule_is_the_same() -> None:
    """Where there is a plan, asking for one anyway changes nothing."""
    instance = made("ABCD", {"id": "cap", "kind": "office_cap", "max": 2})
    plain, anyway = solve(instance, SolveOptions(workers=1)), solve(instance, ANYWAY)
    assert anyway.bends is None
    assert (anyway.status, anyway.tiers) == (plain.status, plain.tiers)
    assert (anyway.schedule.place == plain.schedule.place).all()


def test_nobody_takes_it_for_a_plan_that_keeps_rules() -> None:
    """`require` raises, and no certificate is made of it."""
    result = solve(made("ABCD", FORCED, {"id": "cap", "kind": "office_cap", "max": 2}), ANYWAY)
    with pytest.raises(InfeasibleError):
        result.require()
    with pytest.raises(InputError, match="bends rules"):
        make_certificate(result)


def test_other_tiers_are_best_among_such_plans() -> None:
    """Wishes still count: of the forced the one who wishes for home stays at home, whatever it costs the others."""
    wishes = [{"staff_id": "B", "date": "2026-08-03", "place": "home"}]
    monday = {"days": {"weekdays": ["mon"]}}
    rules = [{**FORCED, **monday}, {"id": "cap", "kind": "office_cap", "max": 2, "exempt": [], **monday}]
    instance = made("ABC", *rules, wishes=wishes, goals=[{"kind": "wishes"}], tiers=["wishes"])
    result = solve(instance, ANYWAY)
    assert result.bends is not None
    assert result.bends.total == 1
    assert {tier.name: tier.value for tier in result.tiers}["wishes"] == 0


def test_frozen_days_cost_nothing() -> None:
    """What the past breaks is a note, bent by nobody; what is to come is bent as little as can be."""
    published = [{"staff_id": e, "date": "2026-08-03", "place": "office"} for e in "ABC"]
    cap = {"id": "cap", "kind": "office_cap", "max": 1}
    floor = {"id": "floor", "kind": "office_floor", "min": 2, "days": {"weekdays": ["tue"]}}
    instance = made("ABC", cap, floor, published={"rows": published, "frozen_to": "2026-08-03"})
    result = solve(instance, ANYWAY)
    assert result.bends is not None
    assert result.bends.total == 1


def test_who_joins_a_frozen_day_costs_nothing() -> None:
    """A frozen day on which somebody without a published place is put in by a rule is past too: only Tuesday is bent."""
    published = [{"staff_id": "A", "date": "2026-08-03", "place": "office"}]
    rules = [{"id": "in", "kind": "full_service", "mode": "require"}, {"id": "cap", "kind": "office_cap", "max": 1}]
    early = {"days": {"weekdays": ["mon", "tue"]}}
    instance = made("AB", *({**rule, **early} for rule in rules), published={"rows": published, "frozen_to": "2026-08-03"})
    result = solve(instance, ANYWAY)
    assert result.bends is not None
    assert (result.bends.total, result.bends.bound) == (1, 1)


def test_what_cannot_be_bent() -> None:
    """Somebody who may only work at home and is in a team that must come: no bend helps, the others are planned as without it."""
    teams = {"id": "t", "kind": "team_rotation", "teams": 2, "choose_teams": True, "anchor": "2026-08-03"}
    instance = made("AB", {**teams, "turn": "day"}, {**teams, "id": "w", "turn": "week"})
    result = solve(instance, ANYWAY)
    assert (result.status, result.bends) == (Status.INFEASIBLE, None)
    assert {finding.said.text() for finding in result.findings} == {finding.said.text() for finding in solve(instance).findings}


def bends_are_least(number: int, first: int) -> None:
    """The bend of random instances is that of trying everything, in split parts and in one."""
    for seed, instance in impossible(number, first):
        for split in (True, False):
            result = solve(instance, ANYWAY.model_copy(update={"split": split}))
            assert result.bends is not None
            assert (result.bends.total, result.bends.proven) == (least_bend(instance), True), seed


def test_random_bends_are_least() -> None:
    """On random small instances."""
    bends_are_least(8, 40_000)


@pytest.mark.slow
def test_many_random_bends_are_least() -> None:
    """On 300 more."""
    bends_are_least(300, 50_000)

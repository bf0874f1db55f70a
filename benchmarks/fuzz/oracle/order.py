"""The order of tiers: the instance's own list, those of rules before it unless listed, then whatever else is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.fuzz.oracle.world import World

RELAXATIONS, STAFFED, STABILITY = "relaxations", "staffed", "stability"
OF_RULES: Mapping[str, int] = {RELAXATIONS: -1, STAFFED: 5}
"""Places in the default order of the tiers of rules, those of goals being their own."""

CHANGES = {"notice": 1, STABILITY: 2, "changed_days": 2, "changed_people": 3}
"""Places of changes when a plan that is already known is changed; where few changes come first, names for duty follow."""
NAMES, AFTER_CHANGES = "promised_names", 4
KEEPING, REFILLING = -10, 10
"""Added to them where announced places are kept at all costs, and where seats that became free are to be filled again."""


@dataclass(frozen=True)
class Order:
    """Tiers and what goes into them.

    Parameters
    ----------
    names
        Most important first.
    place
        Index and weight for every name that a statement gives.
    """

    names: tuple[str, ...]
    place: Mapping[str, tuple[int, int]]


def order(world: World) -> Order:
    """The tiers of an instance."""
    rank = {**OF_RULES, **{name: place for reading in world.readings.values() for name, place in reading.own_tiers.items()}}
    plan = world.document.get("published", {})
    added = KEEPING if plan.get("keep") else REFILLING if plan.get("refill") else 0
    if world.replanning and (world.few_changes or _stable(world) or any(term.tier == "notice" for term in world.terms)):
        rank |= {name: place + added for name, place in CHANGES.items()}
        rank |= {NAMES: AFTER_CHANGES + added} if world.few_changes else {}
    used = {
        RELAXATIONS,
        *_of_names(world),
        *(term.tier for term in world.terms if term.tier is not None),
        *_of_goals(world),
        *_of_rules(world),
    }
    listed = [_merged(entry) for entry in world.document.get("tiers", [])]
    named = {name for _, names in listed for name in names}
    rest = sorted((name for name in used if name not in named), key=lambda name: (rank[name], name))
    tiers = [*listed, *((name, {name: 1}) for name in rest)]
    leading = [RELAXATIONS, STAFFED]
    if world.few_changes:
        last = max(OF_RULES[STAFFED], AFTER_CHANGES + added)
        leading = sorted((name for name in rank if rank[name] <= last), key=lambda name: (rank[name], name))
    at = 0
    for name in leading:
        if name in rest:
            [moved] = [tier for tier in tiers if tier[0] == name]
            tiers.remove(moved)
            tiers.insert(min(at, len(tiers)), moved)
        at = next((k + 1 for k, (_, names) in enumerate(tiers) if name in names), at)
    place = {name: (k, weight) for k, (_, names) in enumerate(tiers) for name, weight in names.items()}
    return Order(tuple(name for name, _ in tiers), place)


def _of_goals(world: World) -> set[str]:
    return {name for goal in world.goals for name in world.reading(goal).tiers(goal)}


def _of_rules(world: World) -> set[str]:
    soft = {rule.tier or RELAXATIONS for rule in world.rules if rule.strength == "should"}
    return soft | {second.tier for rule in world.rules if (second := getattr(rule, "relax_to", None)) is not None}


def _of_names(world: World) -> set[str]:
    """The tier of published names, where any may still be kept."""
    open_ = [(e, d) for e, d in world.open_cells if not world.frozen_day(d)]
    return {NAMES} if any(named[cell] for named in world.facts.published_duty.values() for cell in open_) else set()


def _merged(entry: Any) -> tuple[str, dict[str, int]]:
    if isinstance(entry, str):
        return entry, {entry: 1}
    return "+".join(entry), dict(entry) if isinstance(entry, Mapping) else dict.fromkeys(entry, 1)


def _stable(world: World) -> bool:
    """Whether a goal that somebody wrote keeps to the published plan."""
    return any(goal.kind == STABILITY for goal in world.goals)

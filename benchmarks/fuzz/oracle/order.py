"""The order of tiers: the instance's own list, those of rules before it unless listed, then whatever else is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.fuzz.oracle.staff import SETTLED
from benchmarks.fuzz.oracle.world import World

RELAXATIONS, STAFFED, STABILITY = "relaxations", "staffed", "stability"
OF_RULES: Mapping[str, int] = {RELAXATIONS: -1, STAFFED: 5}
"""Places in the default order of the tiers of rules, those of goals being their own."""

REPLANNING, REFILLING = 3, 12
"""Place of stability when a plan that is already known is changed; and when seats that became free are to be filled again."""


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
    if _replanning(world):
        rank[STABILITY] = REFILLING if world.document["published"].get("refill") else REPLANNING
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
    if RELAXATIONS in rest:
        tiers.sort(key=lambda tier: tier[0] != RELAXATIONS)
    if STAFFED in rest:
        [moved] = [tier for tier in tiers if tier[0] == STAFFED]
        tiers.remove(moved)
        tiers.insert(1 + next(k for k, (_, names) in enumerate(tiers) if RELAXATIONS in names), moved)
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
    return {"promised_names"} if any(named[cell] for named in world.facts.published_duty.values() for cell in open_) else set()


def _merged(entry: Any) -> tuple[str, dict[str, int]]:
    if isinstance(entry, str):
        return entry, {entry: 1}
    return "+".join(entry), dict(entry) if isinstance(entry, Mapping) else dict.fromkeys(entry, 1)


def _replanning(world: World) -> bool:
    """Whether a published place of the horizon may still change, and something keeps to it."""
    known = [cell for cell in world.open_cells if world.facts.published[cell] in SETTLED]
    return any(goal.kind == STABILITY for goal in world.goals) and not all(world.frozen_day(d) for _, d in known)

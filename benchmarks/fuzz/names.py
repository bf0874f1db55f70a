"""Who may be named for duty in a plan, as the oracle reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from math import comb, prod
from typing import Any

from benchmarks.fuzz.oracle.matching import Seats, most_seated
from benchmarks.fuzz.oracle.world import World
from giliran.domain.schedule import Schedule

MOST_WAYS = 5_000
"""More ways to name the people of a day are not tried."""

Names = frozenset[int]
"""People named for one rule on one day."""


def wrong_names(world: World, schedule: Schedule) -> Iterator[str]:
    """Names that the oracle does not allow: of absent or strange people, too many, too few, for two duty units at once, or not as promised.

    Pinned names come first, then fewest people with two duties, then published names, these two the other way round where few changes come
    first; balances after that are not looked at.
    """
    rules = [rule for rule in world.rules if world.duties_of(rule)]
    missing = [rule.id for rule in rules if rule.id not in schedule.duty]
    if missing:
        yield f"{missing} name nobody"
        return
    for d in range(world.facts.num_days):
        named = {rule.id: _at(world, schedule.duty, rule.id, d) for rule in rules}
        published = {rule.id: _at(world, _table(world, "published_duty"), rule.id, d) for rule in rules}
        if world.frozen_day(d):
            gone = [rule for rule in named if not published[rule] <= named[rule]]
            if gone:
                yield f"day {d}: {gone} no longer name whom the frozen plan names"
            continue
        yield from _judged(world, rules, named, published, schedule, d)


def _judged(
    world: World, rules: Sequence[Any], named: Mapping[str, Names], published: Mapping[str, Names], schedule: Schedule, d: int
) -> Iterator[str]:
    seats = {rule.id: [(duty.able, duty.need) for duty in world.duties_of(rule) if duty.day == d] for rule in rules}
    there = {id_: {e for members, _ in mine for e in members if schedule.office[e, d]} for id_, mine in seats.items()}
    for id_, names in named.items():
        if names - there[id_]:
            yield f"{id_}, day {d}: named {sorted(names)}, but only {sorted(there[id_])} are there and eligible"
        elif most_seated(seats[id_], names) != len(names):
            yield f"{id_}, day {d}: {sorted(names)} cannot all have a duty of their own"
        elif len(names) != most_seated(seats[id_], there[id_]):
            yield f"{id_}, day {d}: named {sorted(names)}, of {sorted(there[id_])} {most_seated(seats[id_], there[id_])} are needed"
    pinned = {id_: _at(world, _table(world, "pinned_duty"), id_, d) for id_ in named}
    sizes = {id_: most_seated(seats[id_], there[id_]) for id_ in named}
    if prod(comb(len(there[id_]), size) for id_, size in sizes.items()) > MOST_WAYS:
        return
    ways = product(*(_ways(seats[id_], there[id_], sizes[id_]) for id_ in named))
    few = world.few_changes
    best = min((_cost(dict(zip(named, way, strict=True)), pinned, published, few) for way in ways), default=None)
    found = _cost(named, pinned, published, few)
    if best is not None and found > best:
        yield f"day {d}: names cost {found} (pins, doubles, published names), the oracle's {best}"


def _table(world: World, name: str) -> Mapping[str, Any]:
    return getattr(world.facts, name, {}) or {}


def _at(world: World, table: Mapping[str, Any], rule: str, d: int) -> Names:
    cells = table.get(rule)
    return frozenset() if cells is None else frozenset(e for e in range(world.facts.num_people) if cells[e, d])


def _ways(seats: Seats, there: set[int], size: int) -> list[Names]:
    return [frozenset(some) for some in combinations(sorted(there), size) if most_seated(seats, some) == size]


def _cost(named: Mapping[str, Names], pinned: Mapping[str, Names], published: Mapping[str, Names], few: bool) -> tuple[int, int, int]:
    """Pinned names that are not kept, second duties of people, and published names that are not kept; these first where `few` is set."""
    times = Counter(e for names in named.values() for e in names)
    lost = (sum(len(promised[id_] - names) for id_, names in named.items()) for promised in (pinned, published))
    pins, changes = lost
    doubles = sum(times.values()) - len(times)
    return (pins, changes, doubles) if few else (pins, doubles, changes)

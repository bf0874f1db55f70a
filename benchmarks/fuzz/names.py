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
    missing = [rule.id for rule in world.rules if rule.kind == "duty_officers" and rule.id not in schedule.duty]
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
        yield from _seated(world, schedule, d)


def _judged(
    world: World, rules: Sequence[Any], named: Mapping[str, Names], published: Mapping[str, Names], schedule: Schedule, d: int
) -> Iterator[str]:
    seats = {rule.id: [(duty.able, duty.need) for duty in world.duties_of(rule) if duty.day == d] for rule in rules}
    office = frozenset((e, k) for e, k in world.open_cells if schedule.office[e, k])
    there = {
        rule.id: {
            e
            for members, _ in seats[rule.id]
            for e in members
            if (e, d) in office and world.reading(rule).rested(world, rule, office, e, d)
        }
        for rule in rules
    }
    families = _families(rules)
    for id_, names in named.items():
        if names - there[id_]:
            yield f"{id_}, day {d}: named {sorted(names)}, but only {sorted(there[id_])} are there and eligible"
        elif most_seated(seats[id_], names) != len(names):
            yield f"{id_}, day {d}: {sorted(names)} cannot all have a duty of their own"
    able = [set().union(*(there[id_] for id_ in family)) for family in families]
    sizes = [most_seated([seat for id_ in family for seat in seats[id_]], some) for family, some in zip(families, able, strict=True)]
    for family, size in zip(families, sizes, strict=True):
        everybody = [e for id_ in family for e in named[id_]]
        if len(everybody) != size or len(set(everybody)) != size:
            yield f"{family}, day {d}: named {sorted(everybody)}, {size} are needed, nobody twice"
    pinned = {id_: _at(world, _table(world, "pinned_duty"), id_, d) for id_ in named}
    if prod(comb(sum(len(there[id_]) for id_ in family), size) for family, size in zip(families, sizes, strict=True)) > MOST_WAYS:
        return
    ways = product(*(_ways(family, seats, there, size) for family, size in zip(families, sizes, strict=True)))
    few = world.few_changes
    best = min((_cost({id_: names for way in each for id_, names in way.items()}, pinned, published, few) for each in ways), default=None)
    found = _cost(named, pinned, published, few)
    if best is not None and found > best:
        yield f"day {d}: names cost {found} (pins, doubles, published names), the oracle's {best}"


def _seated(world: World, schedule: Schedule, d: int) -> Iterator[str]:
    """Of duties that everybody in the office has: names that are not as many as can be, of different people, each in a place that suits."""
    everybody = [rule for rule in world.rules if getattr(rule, "everybody", False)]
    for family in _families(everybody):
        rule = next(rule for rule in everybody if rule.id == family[0])
        places = world.reading(rule).places(world, rule, d)
        seats = [(duty.able, duty.count) for duty in places]
        there = {e for duty in places for e in duty.able if schedule.office[e, d]}
        named = {id_: _at(world, schedule.duty, id_, d) for id_ in family}
        for id_, names in named.items():
            mine = [(duty.able, duty.count) for duty in places if duty.rule == id_]
            if names - there or most_seated(mine, names) != len(names):
                yield f"{id_}, day {d}: {sorted(names)} cannot all have a place of their own"
        everyone = [e for names in named.values() for e in names]
        if len(everyone) != most_seated(seats, there) or len(set(everyone)) != len(everyone):
            yield f"{family}, day {d}: places for {sorted(everyone)}, of {sorted(there)} {most_seated(seats, there)} can have one"


def _families(rules: Sequence[Any]) -> list[list[str]]:
    """Ids of rules, those that take different people together."""
    found: dict[str, list[str]] = {}
    for rule in rules:
        found.setdefault(rule.id if rule.one_each is None else f"one each: {rule.one_each}", []).append(rule.id)
    return list(found.values())


def _table(world: World, name: str) -> Mapping[str, Any]:
    return getattr(world.facts, name, {}) or {}


def _at(world: World, table: Mapping[str, Any], rule: str, d: int) -> Names:
    cells = table.get(rule)
    return frozenset() if cells is None else frozenset(e for e in range(world.facts.num_people) if cells[e, d])


def _ways(family: Sequence[str], seats: Mapping[str, Seats], there: Mapping[str, set[int]], size: int) -> list[dict[str, Names]]:
    """All names of so many different people under rules that take different ones."""
    found = []
    for some in combinations([(id_, e) for id_ in family for e in sorted(there[id_])], size):
        names = {id_: frozenset(e for rule, e in some if rule == id_) for id_ in family}
        if len({e for _, e in some}) == size and all(most_seated(seats[id_], mine) == len(mine) for id_, mine in names.items()):
            found.append(names)
    return found


def _cost(named: Mapping[str, Names], pinned: Mapping[str, Names], published: Mapping[str, Names], few: bool) -> tuple[int, int, int]:
    """Pinned names that are not kept, second duties of people, and published names that are not kept; these first where `few` is set."""
    times = Counter(e for names in named.values() for e in names)
    lost = (sum(len(promised[id_] - names) for id_, names in named.items()) for promised in (pinned, published))
    pins, changes = lost
    doubles = sum(times.values()) - len(times)
    return (pins, changes, doubles) if few else (pins, doubles, changes)

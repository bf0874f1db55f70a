"""Duty units that share their officers one level up, where a limit leaves no room for each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.fuzz.oracle.matching import Seats, most_seated
from benchmarks.fuzz.oracle.reading import Bound, Duty
from benchmarks.fuzz.oracle.world import World

Stand = tuple[int, bool]
"""The unit that a duty unit has come to, and whether it is in a pool there."""


def pools(world: World, rule: str, apart: Sequence[Duty]) -> list[Duty]:
    """Duty units of one day: where a limit has no room, those inside share officers one level up, the lowest first.

    A crowded unit that a pool has come to joins that pool before it rises with it.
    """
    apart = [duty for duty in apart if duty.able]
    stands: dict[int, Stand] = {duty.unit: (duty.unit, False) for duty in apart}
    while True:
        pooled = {stand: _pool(apart, stands, stand) for stand in set(stands.values())}
        crowded = {stand for bound in _limits(world, rule, apart) for stand in _crowded(world, bound, pooled)}
        joining: set[Stand] = {(unit, inside) for unit, inside in crowded if not inside and (unit, True) in pooled}
        rising = {stand for stand in crowded - joining if stand[0] >= 0 and world.facts.units[stand[0]].parent >= 0}
        if not joining | rising:
            return [pooled[stand] for stand in sorted(pooled)]
        depth = max(len(world.path(unit)) for unit, _ in joining | rising)
        lowest = {stand for stand in joining | rising if len(world.path(stand[0])) == depth}
        now = lowest & joining or lowest
        stands = {unit: _moved(world, stand, joining) if stand in now else stand for unit, stand in stands.items()}


def _moved(world: World, stand: Stand, joining: set[Stand]) -> Stand:
    return stand[0] if stand in joining else world.facts.units[stand[0]].parent, True


def _pool(apart: Sequence[Duty], stands: Mapping[int, Stand], stand: Stand) -> Duty:
    those = [duty for duty in apart if stands[duty.unit] == stand]
    able = frozenset().union(*(duty.able for duty in those))
    return Duty(those[0].rule, stand[0], those[0].day, able, max(duty.count for duty in those))


def _limits(world: World, rule: str, apart: Sequence[Duty]) -> list[tuple[Any, Bound]]:
    """Upper limits of the day that count the officers, with their rules; duties set floors, not limits."""
    others = [other for other in world.rules if other.strength == "must" and not hasattr(other, "against_caps")]
    others = [other for other in others if rule not in getattr(other, "exempt", ())]
    days = {duty.day for duty in apart}
    return [(other, b) for other in others for b in world.bounds_of(other) if b.day in days and b.most is not None]


def _crowded(world: World, limit: tuple[Any, Bound], pooled: Mapping[Stand, Duty]) -> list[Stand]:
    """Pools inside a limit that cannot hold, beside its fixed people, the officers whom all of them still want."""
    rule, bound = limit
    grouped = frozenset().union(*(other.members for other in world.bounds_of(rule) if other.day == bound.day))
    within = {stand: pool for stand, pool in pooled.items() if pool.able & grouped and pool.able & grouped <= bound.members}
    wanted = 0
    for pool in within.values():
        at_hand = sum(world.fixed_office(e, bound.day) or e not in bound.counted for e in pool.able)
        wanted += max(min(pool.count, len(pool.able)) - at_hand, 0)
    fixed = {e for e in bound.counted if world.fixed_office(e, bound.day)}
    taken = len(fixed) - most_seated(_spared(world, rule, bound), fixed)
    most = bound.relaxed if bound.relaxed is not None else bound.most
    assert most is not None
    return list(within) if wanted > max(most - taken, 0) else []


def _spared(world: World, rule: Any, bound: Bound) -> Seats:
    """Duty units of which the limit leaves officers out, before any of them is pooled."""
    known = {other.id: other for other in world.rules}
    duties = [duty for id_ in getattr(rule, "exempt", ()) if id_ in known for duty in world.apart_of(known[id_])]
    return [(duty.able & bound.counted, duty.count) for duty in duties if duty.day == bound.day]

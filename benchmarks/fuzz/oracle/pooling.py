"""Duty units that share their officers one level up, where a limit leaves no room for each of them."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.fuzz.oracle.reading import Bound, Duty
from benchmarks.fuzz.oracle.world import World


def pools(world: World, rule: str, apart: Sequence[Duty]) -> list[Duty]:
    """Duty units of one day, raised to the unit above again and again until limits hold them or the top is reached."""
    apart = [duty for duty in apart if duty.able]
    stands = {duty.unit: duty.unit for duty in apart}
    while True:
        together = _together(apart, stands)
        crowded = {pool.unit for bound in _limits(world, rule, apart) for pool in _crowded(world, bound, together)}
        rising = {u: now for u, now in stands.items() if now in crowded and now >= 0 and world.facts.units[now].parent >= 0}
        if not rising:
            return together
        stands |= {u: world.facts.units[now].parent for u, now in rising.items()}


def _together(apart: Sequence[Duty], stands: dict[int, int]) -> list[Duty]:
    found = []
    for unit in sorted(set(stands.values())):
        those = [duty for duty in apart if stands[duty.unit] == unit]
        able = frozenset().union(*(duty.able for duty in those))
        found.append(Duty(those[0].rule, unit, those[0].day, able, max(duty.count for duty in those)))
    return found


def _limits(world: World, rule: str, apart: Sequence[Duty]) -> list[Bound]:
    """Upper limits of the day that count the officers; duties set floors, not limits."""
    if not apart:
        return []
    others = [other for other in world.rules if other.strength == "must" and not hasattr(other, "against_caps")]
    others = [other for other in others if rule not in getattr(other, "exempt", ())]
    return [b for other in others for b in world.bounds_of(other) if b.day == apart[0].day and b.most is not None]


def _crowded(world: World, bound: Bound, together: Sequence[Duty]) -> list[Duty]:
    """Pools inside a limit that cannot hold its fixed people and the officers of all pools inside it."""
    within = [pool for pool in together if pool.able <= bound.members]
    total = sum(world.fixed_office(e, bound.day) for e in bound.counted)
    for pool in within:
        at_hand = sum(world.fixed_office(e, bound.day) or e not in bound.counted for e in pool.able)
        total += max(min(pool.count, len(pool.able)) - at_hand, 0)
    most = bound.relaxed if bound.relaxed is not None else bound.most
    assert most is not None
    return within if total > most else []

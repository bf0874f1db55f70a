"""Who may be named for duty in a plan, as the oracle reads it."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.fuzz.oracle.matching import most_seated
from benchmarks.fuzz.oracle.world import World
from giliran.domain.schedule import Schedule


def wrong_names(world: World, schedule: Schedule) -> Iterator[str]:
    """Names that the oracle does not allow: of absent or strange people, too many, too few, or for two duty units at once."""
    for rule in world.rules:
        duties = world.duties_of(rule)
        named = schedule.duty.get(rule.id)
        if named is None:
            if duties:
                yield f"{rule.id} names nobody"
            continue
        for d in range(world.facts.num_days):
            seats = [(duty.able, duty.count) for duty in duties if duty.day == d]
            able = frozenset().union(*(members for members, _ in seats))
            there = {e for e in able if schedule.office[e, d]}
            names = {e for e in range(world.facts.num_people) if named[e, d]}
            if names - there and not world.frozen_day(d):
                yield f"{rule.id}, day {d}: named {sorted(names)}, but only {sorted(there)} are there and eligible"
            elif most_seated(seats, names) != len(names) and not world.frozen_day(d):
                yield f"{rule.id}, day {d}: {sorted(names)} cannot all have a duty of their own"
            elif len(names) != most_seated(seats, there) and not world.frozen_day(d):
                yield f"{rule.id}, day {d}: named {sorted(names)}, of {sorted(there)} {most_seated(seats, there)} are needed"

"""Duty officers: enough eligible people of every duty unit, nobody for two of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.counting import inside
from benchmarks.fuzz.oracle.matching import most_seated
from benchmarks.fuzz.oracle.pooling import pools
from benchmarks.fuzz.oracle.reading import Bound, Cell, Duty, Reading, Term
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import days, per, selection, strength


class DutyOfficers(Reading):
    """`duty_officers`."""

    kind = "duty_officers"

    def sample(self, draft: Draft) -> None:
        """One or two people of every unit, in each way to meet limits."""
        rule: dict[str, Any] = {"kind": self.kind, "per": per(draft), "count": draft.dice.pick([1, 1, 2]), **strength(draft)}
        if draft.dice.chance(0.3):
            rule |= {"applies_to": selection(draft), "days": days(draft)}
        if draft.dice.chance(0.4):
            rule["eligible"] = selection(draft)
        if draft.dice.chance(0.15):
            rule["exactly"] = True
        if "strength" not in rule:
            rule["against_caps"] = draft.dice.pick(["keep", "exceed", "pool"])
        if draft.dice.chance(0.2):
            rule["account"] = "piket"
        draft.rule(rule)

    def duties(self, world: World, rule: Any) -> Iterator[Duty]:
        """Every duty unit and day, pooled where the rule says so."""
        for d in range(world.facts.num_days):
            apart = self._apart(world, rule, d)
            yield from pools(world, rule.id, apart) if rule.against_caps == "pool" else apart

    def _apart(self, world: World, rule: Any, d: int) -> list[Duty]:
        able: dict[int, set[int]] = {}
        people = [e for e in range(world.facts.num_people) if world.has_cell(e, d)]
        for e in people:
            unit = world.group(rule.per, e, d)
            if unit is not None and world.means(rule, e, d):
                able.setdefault(unit, set())
        for e in people:
            if not world.present(e, d) or world.fixed_home(e, d):
                continue
            here, there = self._units(world, rule, e, d)
            for unit in (here, there):
                if unit in able:
                    able[unit].add(e)
        return [Duty(unit, d, frozenset(members), rule.count) for unit, members in sorted(able.items())]

    def _units(self, world: World, rule: Any, e: int, d: int) -> tuple[int | None, int | None]:
        """Duty units in which a person is eligible: by the unit of assignment, and by the second one."""
        mine = world.means(rule, e, d) and world.selected(rule.eligible, e, d)
        here = world.group(rule.per, e, d) if mine else None
        second, force, date = world.second(e, d), rule.in_force, world.facts.dates[d]
        if second < 0 or (force is not None and not force.first <= date <= force.last):
            return here, None
        chosen = all(world.selected(each, e, d, moved=True) for each in (rule.applies_to, rule.eligible))
        if not chosen or not world.on_date(rule.days, date, world.path(second), call=world.call(e, d)):
            return here, None
        return here, world.group_of_path(rule.per, world.path(second))

    def bounds(self, world: World, rule: Any) -> Iterator[Bound]:
        """The floors that it sets, and with `exactly` the limits."""
        for duty in world.duties_of(rule):
            need = min(duty.count, len(duty.able))
            if need:
                most = need if rule.exactly else None
                yield Bound(rule.id, str(duty.unit), "", duty.day, duty.able, need, most, most, duty.able)

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """Officers who are missing where units share people, or stand alone; with `exactly` also those too many."""
        for d in range(world.facts.num_days):
            for together in _connected([duty for duty in world.duties_of(rule) if duty.day == d and duty.able and duty.count]):
                seats = [(duty.able, duty.count) for duty in together]
                people = frozenset().union(*(duty.able for duty in together))
                need = most_seated(seats, people)

                def amount(office: frozenset[Cell], seats: Any = seats, need: int = need, exactly: bool = rule.exactly) -> int:
                    seated = most_seated(seats, [e for e, _ in office])
                    return need - seated + (len(office) - seated if exactly else 0)

                yield world.charge(rule, inside(people, d), amount)


def _connected(duties: Sequence[Duty]) -> list[list[Duty]]:
    """Duty units of a day, those that share people together."""
    found: list[list[Duty]] = []
    for duty in duties:
        tied = [each for each in found if any(duty.able & other.able for other in each)]
        found = [each for each in found if each not in tied] + [[*chain.from_iterable(tied), duty]]
    return found

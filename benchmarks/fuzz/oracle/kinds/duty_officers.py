"""Duty officers: enough eligible people of every duty unit, nobody for two of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.counting import inside
from benchmarks.fuzz.oracle.matching import Seats, joined, most_seated, shared_out
from benchmarks.fuzz.oracle.pooling import pools
from benchmarks.fuzz.oracle.reading import Bound, Cell, Duty, Reading, Term
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import days, per, selection, strength


class DutyOfficers(Reading):
    """`duty_officers`."""

    kind = "duty_officers"
    local = True

    def sample(self, draft: Draft) -> None:
        """One or two people of every unit, in each way to meet limits."""
        rule: dict[str, Any] = {"kind": self.kind, "per": per(draft), "count": draft.dice.pick([1, 1, 2]), **strength(draft)}
        if draft.rarely(0.3):
            rule |= {"applies_to": selection(draft), "days": days(draft)}
        if draft.rarely(0.4):
            rule["eligible"] = selection(draft)
        if draft.dice.chance(0.15):
            rule["exactly"] = True
        if "strength" not in rule:
            rule["against_caps"] = draft.dice.pick(["keep", "exceed", "exceed", "pool", "pool"])
        if rule.get("against_caps", "keep") == "keep" and not rule.get("exactly") and draft.dice.chance(0.3):
            rule |= {"everybody": True, "count": draft.dice.pick([1, 1, 2, 3])}
        elif draft.dice.chance(0.2):
            rule["account"] = "piket"
        if rule.get("against_caps", "keep") == "keep" and not rule.get("exactly") and draft.dice.chance(0.5):
            self._one_each(draft, rule)
        draft.rule(rule)

    def _one_each(self, draft: Draft, rule: dict[str, Any]) -> None:
        """One or two rules more that take other people."""
        rule["one_each"] = f"pos {len(draft.statements)}"
        for _ in range(draft.dice.pick([1, 1, 2])):
            other = {**rule, "per": per(draft), "count": draft.dice.pick([1, 1, 2])}
            if draft.dice.chance(0.4):
                other["eligible"] = selection(draft)
            if draft.dice.chance(0.2):
                for key in ("strength", "tier", "weight"):
                    other.pop(key, None)
            draft.rule(other)

    def duties(self, world: World, rule: Any) -> Iterator[Duty]:
        """Every duty unit and day, pooled where the rule says so."""
        for d in range(0 if rule.everybody else world.facts.num_days):
            found = [duty for other in self._family(world, rule) for duty in self._pooled(world, other, d)]
            needs = shared_out([(self._filling(world, duty, found), duty.count) for duty in found])
            yield from (replace(duty, need=need) for duty, need in zip(found, needs, strict=True) if duty.rule == rule.id)

    def _family(self, world: World, rule: Any) -> list[Any]:
        """The rules that take different people on a day, by id."""
        if rule.one_each is None:
            return [rule]
        named = (other for other in world.rules if other.kind == self.kind and other.one_each == rule.one_each)
        return sorted(named, key=lambda other: str(other.id))

    def _pooled(self, world: World, rule: Any, d: int) -> list[Duty]:
        apart = self._apart(world, rule, d)
        return pools(world, rule.id, apart) if rule.against_caps == "pool" else apart

    @staticmethod
    def _filling(world: World, duty: Duty, found: list[Duty]) -> frozenset[int]:
        """Who may fill a place: among units that share people, nobody who is frozen at home."""
        if not any(duty.able & other.able for other in found if other is not duty and other.count):
            return duty.able
        return frozenset(e for e in duty.able if not world.stuck(e, duty.day))

    def duties_apart(self, world: World, rule: Any) -> Iterator[Duty]:
        """Every duty unit and day, not pooled."""
        for d in range(world.facts.num_days):
            yield from self._apart(world, rule, d)

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
        return [Duty(rule.id, unit, d, frozenset(members), rule.count) for unit, members in sorted(able.items())]

    def _eligible(self, world: World, rule: Any, e: int, d: int) -> tuple[bool, bool]:
        """Whether a person is eligible by the unit of assignment, and by the second one."""
        here = world.has_cell(e, d) and world.means(rule, e, d) and world.selected(rule.eligible, e, d)
        second, force, date = world.second(e, d), rule.in_force, world.facts.dates[d]
        if not world.has_cell(e, d) or second < 0 or (force is not None and not force.first <= date <= force.last):
            return here, False
        chosen = all(world.selected(each, e, d, moved=True) for each in (rule.applies_to, rule.eligible))
        return here, chosen and world.on_date(rule.days, date, world.path(second), call=world.call(e, d))

    def _units(self, world: World, rule: Any, e: int, d: int) -> tuple[int | None, int | None]:
        """Duty units in which a person is eligible."""
        here, there = self._eligible(world, rule, e, d)
        second = world.group_of_path(rule.per, world.path(world.second(e, d))) if there else None
        return world.group(rule.per, e, d) if here else None, second

    def reaches(self, world: World, rule: Any, e: int, d: int) -> bool:
        """People who are eligible, in the unit of assignment or in the second one."""
        here, there = self._eligible(world, rule, e, d)
        return here or there

    def bounds(self, world: World, rule: Any) -> Iterator[Bound]:
        """The floor of each unit; with `exactly` also the limit of a unit, of units that share people the one of all together."""
        if any(other.strength != rule.strength for other in self._family(world, rule)):
            return
        for d in range(world.facts.num_days):
            for tied in self._tied(world, [rule], d):
                alone = rule.exactly and len(tied) == 1
                for duty in tied:
                    most = duty.need if alone else None
                    yield Bound(rule.id, str(duty.unit), "", d, duty.able, duty.need, most, most, duty.able)
                if rule.exactly and not alone:
                    able, need = frozenset().union(*(duty.able for duty in tied)), sum(duty.need for duty in tied)
                    yield Bound(rule.id, "+".join(str(duty.unit) for duty in tied), "", d, able, need, need, need, able)

    def places(self, world: World, rule: Any, d: int) -> list[Duty]:
        """Duty units of a day with as many places as `count`, of a duty that everybody has; those of all rules of its name."""
        return [duty for other in self._family(world, rule) for duty in self._apart(world, other, d)]

    def _tied(self, world: World, rules: list[Any], d: int) -> list[list[Duty]]:
        """Duty units of a day that need anybody, those that share people together."""
        if rules[0].everybody:
            return joined([duty for rule in rules for duty in self._apart(world, rule, d)], lambda one, two: bool(one.able & two.able))
        needing = [duty for rule in rules for duty in world.duties_of(rule) if duty.day == d and duty.need]
        return joined(needing, lambda one, two: bool(one.able & two.able))

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """Officers who are missing where units share people, or stand alone; with `exactly` also those too many.

        With `everybody` those in the office without a place. Of units of several rules they are charged once, as the first of these rules
        says that only should hold, or else as the first.
        """
        family = self._family(world, rule)
        for d in range(world.facts.num_days):
            for tied in self._tied(world, family, d):
                those = [other for other in family if other.id in {duty.rule for duty in tied}]
                if next((other for other in those if other.strength == "should"), those[0]).id != rule.id:
                    continue
                people = frozenset().union(*(duty.able for duty in tied))
                seats = [(duty.able, duty.count if rule.everybody else duty.need) for duty in tied]
                need = sum(duty.need for duty in tied)

                def amount(office: frozenset[Cell], seats: Seats = seats, need: int = need) -> int:
                    seated = most_seated(seats, [e for e, _ in office])
                    if rule.everybody:
                        return len(office) - seated
                    return need - seated + (len(office) - seated if rule.exactly else 0)

                yield world.charge(rule, inside(people, d), amount)

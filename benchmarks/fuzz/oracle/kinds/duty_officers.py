"""Duty officers: enough eligible people of every duty unit, nobody for two of them."""

from __future__ import annotations

import datetime as dt
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
        if rule.get("against_caps", "keep") == "keep" and not rule.keys() & {"exactly", "everybody"} and draft.dice.chance(0.4):
            rule["rest"] = {"days": draft.dice.pick([1, 1, 2]), "place": draft.dice.pick(["home", "home", "office"])}
            rule["days"] = {"weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}
            draft.rule(rule)
            if draft.dice.chance(0.5):
                self._first_on_call(draft)
            return
        if rule.get("against_caps", "keep") == "keep" and not rule.get("exactly") and draft.dice.chance(0.5):
            self._one_each(draft, rule)
        draft.rule(rule)

    @staticmethod
    def _first_on_call(draft: Draft) -> None:
        """The first weekday is on call, so that working days follow."""
        names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        usual = names[:5]
        first = names[dt.date.fromisoformat(draft.dates[0]).weekday()]
        for calendar in draft.document["calendars"].values():
            calendar["workdays"] = [day for day in calendar.get("workdays", usual) if day != first]
            calendar["call_days"] = sorted({*calendar.get("call_days", []), first} - {*calendar["workdays"]})

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
            if not world.present(e, d) or world.fixed_home(e, d) or not self._can_rest(world, rule, e, d):
                continue
            here, there = self._units(world, rule, e, d)
            for unit in (here, there):
                if unit in able:
                    able[unit].add(e)
        return [Duty(rule.id, unit, d, frozenset(members), rule.count) for unit, members in sorted(able.items())]

    @staticmethod
    def rest_days(world: World, rule: Any, e: int, d: int) -> list[int]:
        """Working days on which somebody rests after duty on a call day, absences left out."""
        if rule.rest is None or not world.has_cell(e, d) or not world.call(e, d):
            return []
        later = [k for k in range(d + 1, world.facts.num_days) if world.has_cell(e, k) and not world.call(e, k)]
        return [k for k in later[: rule.rest.days] if world.present(e, k)]

    def _can_rest(self, world: World, rule: Any, e: int, d: int) -> bool:
        """Whether nothing keeps somebody from resting; on frozen days that is not looked at."""
        for k in [] if world.frozen_day(d) else self.rest_days(world, rule, e, d):
            home = world.fixed_home(e, k) or world.stuck(e, k)
            office = world.fixed_office(e, k) or world.kept_office(e, k)
            if office if rule.rest.place == "home" else home:
                return False
        return True

    def rested(self, world: World, rule: Any, office: frozenset[Cell], e: int, d: int) -> bool:
        """Whether somebody rests after a day, in a plan."""
        days = [] if world.frozen_day(d) else self.rest_days(world, rule, e, d)
        return all(((e, k) in office) == (rule.rest.place == "office") for k in days)

    def _known(self, world: World, rule: Any, e: int, d: int) -> bool:
        """Whether somebody has had duty, by a pinned name or one of a frozen day, and rests on a day."""
        if not world.present(e, d) or rule.rest is None:
            return False
        if rule.rest.place == "office" and world.facts.home_only[e, d]:
            return False
        for k in range(d):
            table = world.facts.published_duty if world.frozen_day(k) else world.facts.pinned_duty
            named = rule.id in table and bool(table[rule.id][e, k]) and (world.frozen_day(k) or world.present(e, k))
            if named and d in self.rest_days(world, rule, e, k):
                return True
        return False

    def fixes(self, world: World, rule: Any, e: int, d: int) -> str | None:
        """The place of rest after duty that is known already."""
        return str(rule.rest.place) if rule.strength == "must" and self._known(world, rule, e, d) else None

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
                rests = [] if world.frozen_day(d) else [(e, k) for e in sorted(people) for k in self.rest_days(world, rule, e, d)]
                seats = [(duty.able, duty.count if rule.everybody else duty.need) for duty in tied]
                need = sum(duty.need for duty in tied)

                def amount(office: frozenset[Cell], seats: Seats = seats, need: int = need, d: int = d) -> int:
                    there = [e for e, k in office if k == d]
                    seated = most_seated(seats, [e for e in there if self.rested(world, rule, office, e, d)])
                    if rule.everybody:
                        return len(there) - seated
                    return need - seated + (len(there) - seated if rule.exactly else 0)

                yield world.charge(rule, (*inside(people, d), *rests), amount)
        for e, d in world.open_cells:
            if self._known(world, rule, e, d):
                yield world.charge(rule, [(e, d)], lambda office: int((len(office) > 0) == (rule.rest.place == "home")))

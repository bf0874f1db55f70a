"""The office as full as the first limits allow, or as empty as the rules allow; days alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import floor
from typing import Any, ClassVar

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.counting import WHOLE, inside
from benchmarks.fuzz.oracle.kinds.office_cap import OfficeCap, least_above, still_binding
from benchmarks.fuzz.oracle.matching import Seats
from benchmarks.fuzz.oracle.reading import HOME, OFFICE, Cell, Reading, Term
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import goal_fields, per


class OfficeTarget(Reading):
    """`office_target`."""

    kind = "office_target"
    own_tiers: ClassVar[Mapping[str, int]] = {"office_target": 10, "level": 15, "level_later": 25}

    def sample(self, draft: Draft) -> None:
        """One aim for everybody, or for some; now and then days alike."""
        goal: dict[str, Any] = {"kind": self.kind, "aim": draft.dice.pick(["most_office", "most_office", "most_home", "none"])}
        goal |= goal_fields(draft, narrow=0.25)
        if draft.dice.chance(0.3):
            goal |= {"level": True, "per": per(draft), "level_weight": draft.dice.pick([1, 2])}
            if draft.dice.chance(0.3):
                goal["level_by"] = "range"
            if draft.dice.chance(0.3):
                goal["level_targets"] = _targets(draft)
            if goal["aim"] == "none" and draft.dice.chance(0.5):
                goal["tier"] = "level_later"
        draft.goal(goal)

    def aim(self, world: World, rule: Any) -> str | None:
        """The side wanted."""
        return {"most_office": OFFICE, "most_home": HOME}.get(rule.wanted)

    def tiers(self, rule: Any) -> Iterator[str]:
        """The aim, then `level`."""
        if rule.wanted != "none":
            yield rule.tier or "office_target"
        if rule.level:
            yield self._level(rule)

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """Everybody on the other side, seats above first limits, and squares of headcounts."""
        cells = [cell for cell in world.cells(rule) if world.present(*cell)]
        tier = rule.tier or "office_target"
        if rule.wanted == "most_home":
            yield from (Term(rule.id, (cell,), len, tier, rule.weight) for cell in cells)
        if rule.wanted == "most_office":
            yield from (Term(rule.id, (cell,), lambda office: 1 - len(office), tier, rule.weight) for cell in cells)
            yield from self._above(world, rule, cells, tier)
        if rule.level:
            yield from self._uneven(world, rule, cells)

    def _uneven(self, world: World, rule: Any, cells: list[Cell]) -> Iterator[Term]:
        """Squares of headcounts less twice the target times the headcount, or the largest difference from a target less the smallest."""
        groups: dict[int, dict[int, list[Cell]]] = {}
        for e, d in cells:
            unit, known = world.group(rule.per, e, d), rule.level_targets is None or _target(world, rule, d) is not None
            if unit is not None and known:
                groups.setdefault(unit, {}).setdefault(d, []).append((e, d))
        for unit, days in groups.items():
            target = {d: self._people(world, rule, unit, d) for d in days}
            if rule.level_by == "range":

                def apart(office: frozenset[Cell], target: dict[int, int] = target) -> int:
                    off = [sum(day == d for _, day in office) - wanted for d, wanted in target.items()]
                    return max(off) - min(off)

                yield Term(rule.id, tuple(cell for each in days.values() for cell in each), apart, self._level(rule), rule.level_weight)
                continue
            for d, each in days.items():

                def square(office: frozenset[Cell], wanted: int = target[d]) -> int:
                    return len(office) ** 2 - 2 * wanted * len(office)

                yield Term(rule.id, tuple(each), square, self._level(rule), rule.level_weight)

    @staticmethod
    def _people(world: World, rule: Any, unit: int, d: int) -> int:
        """The target of a group on a day, of a share that of all who work that day; none is 0."""
        target = None if rule.level_targets is None else _target(world, rule, d)
        if target is None or target.share is None:
            return 0 if target is None else int(target.people)
        size = sum(day == d and world.group(rule.per, e, d) == unit for e, day in world.cells(rule))
        return floor(Fraction(size * target.share, WHOLE) + Fraction(1, 2))

    @staticmethod
    def _level(rule: Any) -> str:
        """Where squares count: in the goal's own tier where it has no aim."""
        return (rule.tier if rule.wanted == "none" else None) or "level"

    def _above(self, world: World, rule: Any, cells: list[Cell], tier: str) -> Iterator[Term]:
        """A seat above a first limit that may be relaxed gains nothing; officers whom the cap does not count are below it."""
        caps = OfficeCap()
        for cap in world.rules:
            for bounds, seats in caps.together(world, cap) if cap.kind == caps.kind and cap.strength == "must" else ():
                counted = [cell for bound in bounds for cell in inside(bound.counted, bound.day)]
                aimed = frozenset(e for e, _ in set(counted) & set(cells))

                hard = still_binding(world, cap, bounds)

                def over(office: frozenset[Cell], bounds: Any = bounds, seats: Seats = seats, hard: Any = hard, aimed: Any = aimed) -> int:
                    return least_above(bounds, seats, {e for e, _ in office}, hard, aimed)[2]

                yield Term(rule.id, tuple(sorted(counted)), over, tier, rule.weight)


def _targets(draft: Draft) -> dict[str, Any]:
    """Targets of a few weekdays and dates."""
    days = draft.dice.some(["mon", "tue", "thu", "fri", "sat", draft.dice.pick(draft.dates)], 4)
    return {day: draft.dice.pick([0, 1, 2, 3, "34%", "50%"]) for day in days}


def _target(world: World, rule: Any, d: int) -> Any:
    """The target of a day, None without one; a date comes before its weekday."""
    date = world.facts.dates[d]
    by_weekday = rule.level_targets.get(("mon", "tue", "wed", "thu", "fri", "sat", "sun")[date.weekday()])
    return rule.level_targets.get(date.isoformat(), by_weekday)

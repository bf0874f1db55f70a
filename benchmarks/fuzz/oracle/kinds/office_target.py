"""The office as full as the first limits allow, or as empty as the rules allow; days alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.counting import inside
from benchmarks.fuzz.oracle.kinds.office_cap import OfficeCap, least_above
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
            groups: dict[tuple[int, int], list[Cell]] = {}
            for e, d in cells:
                unit = world.group(rule.per, e, d)
                if unit is not None:
                    groups.setdefault((unit, d), []).append((e, d))
            yield from (
                Term(rule.id, tuple(each), lambda office: len(office) ** 2, self._level(rule), rule.level_weight)
                for each in groups.values()
            )

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

                def over(office: frozenset[Cell], bounds: Any = bounds, seats: Seats = seats, aimed: frozenset[int] = aimed) -> int:
                    return least_above(bounds, seats, {e for e, _ in office}, aimed)[2]

                yield Term(rule.id, tuple(sorted(counted)), over, tier, rule.weight)

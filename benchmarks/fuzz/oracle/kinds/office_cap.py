"""At most so many people in the office; duty officers beside it, above it, and a second limit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.counting import Count, counts, inside, number
from benchmarks.fuzz.oracle.matching import most_seated
from benchmarks.fuzz.oracle.reading import Bound, Cell, Reading, Term
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import counting, strength


class OfficeCap(Reading):
    """`office_cap`."""

    kind = "office_cap"

    def sample(self, draft: Draft) -> None:
        """A number or a share, now and then with exempt officers or a second limit."""
        rule = {"kind": self.kind, **counting(draft, "max"), **strength(draft)}
        if draft.ids_of("duty_officers") and draft.dice.chance(0.6):
            rule["exempt"] = draft.ids_of("duty_officers")[:2]
        rule = draft.rule(rule)
        if draft.dice.chance(0.35):
            reason = draft.dice.pick(["required", "optional"])
            rule["relax_to"] = {"share": draft.dice.pick(["50%", "67%", "100%"]), "reason": reason}
            if draft.dice.chance(0.4):
                rule["relax_to"]["weight"] = 3
            if draft.dice.chance(0.6):
                draft.section("reasons", {})[f"own/{rule['id']}"] = "antrean"

    def bounds(self, world: World, rule: Any) -> Iterator[Bound]:
        """Every group and day; what duties ask beyond it raises the limit where they stand inside."""
        for count in counts(world, rule, world.fixed_office):
            first = self._limit(rule, count, count.share)
            room = max(first - sum(world.fixed_office(e, count.day) for e in count.counted), 0)
            most = first + max(self._asked(world, rule, count) - room, 0)
            relaxed = most
            if rule.relax_to is not None and (rule.relax_to.reason != "required" or world.facts.reasons.get(rule.id)):
                relaxed = max(most, self._limit(rule, count, rule.relax_to.share))
            yield Bound(rule.id, count.unit, count.value, count.day, count.counted, None, most, relaxed, count.members)

    def _limit(self, rule: Any, count: Count, share: int | None) -> int:
        least = 1 if rule.min_result is None else rule.min_result
        return int(rule.max) if share is None else number(count.size, share, rule.rounding or "down", least)

    def _asked(self, world: World, rule: Any, count: Count) -> int:
        """Officers whom duties that raise limits ask for beyond fixed people, in duty units that lie inside the group."""
        total = 0
        for other in world.rules:
            if getattr(other, "against_caps", None) != "exceed" or other.id in rule.exempt:
                continue
            for duty in world.duties_of(other):
                if duty.day == count.day and duty.able and duty.able <= count.members:
                    fixed = sum(world.fixed_office(e, duty.day) for e in duty.able)
                    total += max(min(duty.count, len(duty.able)) - fixed, 0)
        return total

    def spared(self, world: World, rule: Any, bound: Bound) -> list[tuple[frozenset[int], int]]:
        """Duty units whose officers the cap does not count there, with how many."""
        known = {other.id: other for other in world.rules}
        duties = [duty for id_ in rule.exempt if id_ in known for duty in world.duties_of(known[id_])]
        return [(duty.able & bound.counted, duty.count) for duty in duties if duty.day == bound.day and duty.count > 0]

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """People above the higher limit; people above the first one where it may be relaxed."""
        for bound in self.bounds(world, rule):
            assert bound.most is not None and bound.relaxed is not None
            seats, cells = self.spared(world, rule, bound), inside(bound.counted, bound.day)

            def over(office: frozenset[Cell], limit: int = bound.relaxed, seats: Any = seats) -> int:
                return max(len(office) - most_seated(seats, [e for e, _ in office]) - limit, 0)

            def above(office: frozenset[Cell], limit: int = bound.most, seats: Any = seats) -> int:
                return max(len(office) - most_seated(seats, [e for e, _ in office]) - limit, 0)

            yield world.charge(rule, cells, over)
            if bound.relaxed > bound.most:
                yield Term(rule.id, cells, above, rule.relax_to.tier, rule.relax_to.weight)

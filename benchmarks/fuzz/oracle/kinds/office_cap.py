"""At most so many people in the office; duty officers beside it, above it, and a second limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import combinations
from typing import Any

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.counting import Count, counts, inside, number
from benchmarks.fuzz.oracle.matching import Seats, joined, most_seated
from benchmarks.fuzz.oracle.reading import Bound, Cell, Duty, Reading, Term
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import EXTRA, counting, strength, tier


class OfficeCap(Reading):
    """`office_cap`."""

    kind = "office_cap"
    local = True

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
            if draft.dice.chance(0.2):
                rule["relax_to"]["tier"] = tier(draft, (EXTRA, "fair_share"))
            if draft.dice.chance(0.6):
                draft.section("reasons", {})[f"own/{rule['id']}"] = "antrean"

    def bounds(self, world: World, rule: Any) -> Iterator[Bound]:
        """Every group and day; what duties ask beyond it raises the limits where they stand inside."""
        for count in counts(world, rule, world.fixed_office):
            limits = [count.share]
            if rule.relax_to is not None and (rule.relax_to.reason != "required" or world.facts.reasons.get(rule.id)):
                limits.append(rule.relax_to.share)
            most, *second = (self._raised(world, rule, count, self._limit(rule, count, share)) for share in limits)
            yield Bound(rule.id, count.unit, count.value, count.day, count.counted, None, most, max(most, *second, 0), count.members)

    def _limit(self, rule: Any, count: Count, share: int | None) -> int:
        least = 1 if rule.min_result is None else rule.min_result
        return int(rule.max) if share is None else number(count.size, share, rule.rounding or "down", least)

    def _raised(self, world: World, rule: Any, count: Count, limit: int) -> int:
        """A limit with the room that officers of duties that raise it lack; fixed people whom it does not count take none."""
        duties = [d for other in world.rules if getattr(other, "against_caps", "") == "exceed" for d in world.duties_of(other)]
        grouped = self._grouped(world, rule, count.day)
        asking = [d for d in duties if d.rule not in rule.exempt and d.day == count.day and d.able & grouped]
        asking = [d for d in asking if d.able & grouped <= count.members]
        if not asking:
            return limit
        fixed = {e for e in count.members if world.fixed_office(e, count.day)}
        known = {other.id: other for other in world.rules}
        exempt = [d for id_ in rule.exempt if id_ in known for d in world.apart_of(known[id_]) if d.day == count.day]
        seats = [(d.able & count.counted, d.count) for d in exempt]
        taken = len(fixed & count.counted) - most_seated(seats, fixed & count.counted)
        asked = sum(max(d.need - sum(e in fixed or e not in count.counted for e in d.able), 0) for d in asking)
        return limit + max(asked - max(limit - taken, 0), 0)

    @staticmethod
    def _grouped(world: World, rule: Any, d: int) -> frozenset[int]:
        """Everybody in a group of the cap on a day."""
        return frozenset().union(*(count.members for count in counts(world, rule, world.fixed_office) if count.day == d))

    def _exempt(self, world: World, rule: Any) -> list[Duty]:
        """Duty units whose officers the cap does not count."""
        known = {other.id: other for other in world.rules}
        return [duty for id_ in rule.exempt if id_ in known for duty in world.duties_of(known[id_]) if duty.count > 0]

    def together(self, world: World, rule: Any) -> Iterator[tuple[list[Bound], Seats]]:
        """Groups of a day, those that a duty unit has people in together, with the seats that are not counted."""
        bounds = list(self.bounds(world, rule))
        for d in range(world.facts.num_days):
            units = [duty for duty in self._exempt(world, rule) if duty.day == d]
            for some in joined([b for b in bounds if b.day == d], partial(_share, units)):
                counted = frozenset().union(*(bound.counted for bound in some))
                yield some, [(unit.able & counted, unit.count) for unit in units if unit.able & counted]

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """People above the higher limit; people above the first one where it may be relaxed."""
        for bounds, seats in self.together(world, rule):
            cells = [cell for bound in bounds for cell in inside(bound.counted, bound.day)]

            hard = still_binding(world, rule, bounds)

            def missed(office: frozenset[Cell], bounds: Any = bounds, seats: Seats = seats, hard: Any = hard) -> tuple[int, int, int]:
                return least_above(bounds, seats, {e for e, _ in office}, hard)

            def over(office: frozenset[Cell], missed: Any = missed) -> int:
                return int(missed(office)[0])

            def above(office: frozenset[Cell], missed: Any = missed) -> int:
                return int(missed(office)[1])

            yield world.charge(rule, cells, over)
            if any(_relaxable(bound) for bound in bounds):
                yield Term(rule.id, tuple(sorted(cells)), above, rule.relax_to.tier, rule.relax_to.weight)


def _relaxable(bound: Bound) -> bool:
    return bound.relaxed is not None and bound.most is not None and bound.relaxed > bound.most


def _share(units: Sequence[Duty], one: Bound, two: Bound) -> bool:
    """Whether some duty unit has people in both groups."""
    return any(unit.able & one.counted and unit.able & two.counted for unit in units)


def still_binding(world: World, rule: Any, bounds: Sequence[Bound]) -> list[Bound]:
    """Those about which something can be decided yet; all of what only should hold."""
    return [bound for bound in bounds if rule.strength != "must" or not world.past(inside(bound.counted, bound.day))]


def least_above(
    bounds: Sequence[Bound], seats: Seats, office: set[int], hard: Sequence[Bound], aimed: AbstractSet[int] = frozenset()
) -> tuple[int, int, int]:
    """People above the higher limits, above first limits that may be relaxed, and of these the aimed ones, with the best people left out.

    Parameters
    ----------
    seats
        Duty units whose officers are not counted, with how many.
    hard
        Those whose higher limit counts.
    aimed
        People whom a goal wants in the office.
    """
    able = sorted(office & set().union(*(members for members, _ in seats)))
    best = None
    for size in range(len(able) + 1):
        for out in combinations(able, size):
            if most_seated(seats, out) == size:
                found = _above(bounds, office - set(out), hard, aimed)
                best = found if best is None else min(best, found)
    assert best is not None
    return best


def _above(bounds: Sequence[Bound], office: set[int], hard: Sequence[Bound], aimed: AbstractSet[int]) -> tuple[int, int, int]:
    beyond = soft = gained = 0
    for bound in bounds:
        assert bound.most is not None and bound.relaxed is not None
        beyond += max(len(office & bound.counted) - bound.relaxed, 0) if bound in hard else 0
        if _relaxable(bound):
            soft += max(len(office & bound.counted) - bound.most, 0)
            gained += max(len(office & bound.counted & aimed) - bound.most, 0)
    return beyond, soft, gained

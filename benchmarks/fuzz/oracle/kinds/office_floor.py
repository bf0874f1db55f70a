"""At least so many people in the office."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.counting import bound_terms, counts, number
from benchmarks.fuzz.oracle.reading import Bound, Reading, Term
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import counting, selection, strength


class OfficeFloor(Reading):
    """`office_floor`."""

    kind = "office_floor"
    local = True

    def sample(self, draft: Draft) -> None:
        """A number or a share, now and then of certain people only."""
        rule = {"kind": self.kind, **counting(draft, "min"), **strength(draft)}
        if draft.dice.chance(0.3):
            rule["eligible"] = selection(draft)
        if draft.dice.chance(0.2):
            rule["when_short"] = "break"
        draft.rule(rule)

    def bounds(self, world: World, rule: Any) -> Iterator[Bound]:
        """With `note` no more than can come: neither away nor fixed at home."""
        for count in counts(world, rule, world.fixed_office, lambda e, d: world.selected(rule.eligible, e, d)):
            least = rule.min if count.share is None else number(count.size, count.share, rule.rounding or "up", rule.min_result or 0)
            available = sum(not world.fixed_home(e, count.day) for e in count.counted)
            asked = least if rule.when_short == "break" else min(least, available)
            yield Bound(rule.id, count.unit, count.value, count.day, count.counted, asked)

    def reaches(self, world: World, rule: Any, e: int, d: int) -> bool:
        """People who count, where nothing is a share of the others."""
        return world.means(rule, e, d) and (rule.share is not None or world.selected(rule.eligible, e, d))

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """People who are missing."""
        return bound_terms(world, rule, list(self.bounds(world, rule)))

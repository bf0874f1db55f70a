"""A fixed share of the people in the office."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.counting import bound_terms, counts, number
from benchmarks.fuzz.oracle.reading import Bound, Reading, Term
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import counting, strength


class OfficeShare(Reading):
    """`office_share`."""

    kind = "office_share"

    def sample(self, draft: Draft) -> None:
        """A share, now and then with a tolerance."""
        rule = {"kind": self.kind, **counting(draft, None), **strength(draft)}
        if draft.dice.chance(0.5):
            rule["tolerance"] = 1
        if draft.dice.chance(0.2):
            rule["rounding"] = "either"
        if draft.dice.chance(0.2):
            rule["when_short"] = "break"
        draft.rule(rule)

    def bounds(self, world: World, rule: Any) -> Iterator[Bound]:
        """Between the two neighbours of the share, less and more by the tolerance; with `note` never more than can come."""
        low, high = ("down", "up") if rule.rounding in (None, "either") else (rule.rounding, rule.rounding)
        for count in counts(world, rule, world.fixed_office):
            assert count.share is not None
            least, most = (number(count.size, count.share, way, rule.min_result or 0) for way in (low, high))
            available = sum(not world.fixed_home(e, count.day) for e in count.counted)
            least = max(least - rule.tolerance, 0)
            if rule.when_short == "note":
                least = min(least, available)
            yield Bound(rule.id, count.unit, count.value, count.day, count.counted, least, most + rule.tolerance, None, count.members)

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """People too many or too few."""
        return bound_terms(world, rule, list(self.bounds(world, rule)))

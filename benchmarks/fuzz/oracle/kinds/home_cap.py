"""At most so many people at home."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.counting import bound_terms, counts, number
from benchmarks.fuzz.oracle.reading import Bound, Reading, Term
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import counting, strength


class HomeCap(Reading):
    """`home_cap`."""

    kind = "home_cap"
    local = True

    def sample(self, draft: Draft) -> None:
        """A number or a share."""
        draft.rule({"kind": self.kind, **counting(draft, "max"), **strength(draft)})

    def bounds(self, world: World, rule: Any) -> Iterator[Bound]:
        """Whoever is not in the office on a working day is at home."""
        for count in counts(world, rule, world.fixed_home, lambda e, d: not world.call(e, d)):
            most = rule.max if count.share is None else number(count.size, count.share, rule.rounding or "down", rule.min_result or 0)
            yield Bound(rule.id, count.unit, count.value, count.day, count.counted, max(len(count.counted) - most, 0))

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """People who are one too many at home."""
        return bound_terms(world, rule, list(self.bounds(world, rule)))

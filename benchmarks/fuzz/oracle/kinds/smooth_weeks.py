"""Few changes inside a week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, ClassVar

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.reading import Cell, Reading, Term
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import goal_fields


class SmoothWeeks(Reading):
    """`smooth_weeks`."""

    kind = "smooth_weeks"
    own_tiers: ClassVar[Mapping[str, int]] = {"smooth_weeks": 50}

    def sample(self, draft: Draft) -> None:
        """The goal."""
        draft.goal({"kind": self.kind, **goal_fields(draft)})

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """Neighbouring working days of a person in a week that differ."""
        weeks: dict[tuple[int, int, int], list[Cell]] = {}
        for e, d in world.cells(rule):
            if world.present(e, d) and not world.call(e, d):
                year, week, _ = world.facts.dates[d].isocalendar()
                weeks.setdefault((e, year, week), []).append((e, d))
        for cells in weeks.values():
            for pair in pairwise(cells):
                yield Term(rule.id, pair, lambda office: len(office) % 2, rule.tier or "smooth_weeks", rule.weight)

"""Few changes against a published plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.reading import Cell, Reading, Term
from benchmarks.fuzz.oracle.staff import SETTLED
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import goal_fields
from giliran.domain.place import Place


class Stability(Reading):
    """`stability`."""

    kind = "stability"
    own_tiers: ClassVar[Mapping[str, int]] = {"stability": 30}
    call_days = True

    def sample(self, draft: Draft) -> None:
        """A published plan of some people, and the goal that keeps to it."""
        draft.published()
        draft.goal({"kind": self.kind, "unit": draft.dice.pick(["cells", "people"]), **goal_fields(draft)})
        if draft.dice.chance(0.2):
            draft.document["published"]["refill"] = True

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """Changed cells, or people with one."""
        groups: dict[Any, list[Cell]] = {}
        for cell in world.cells(rule):
            if world.present(*cell) and world.facts.published[cell] in SETTLED:
                groups.setdefault(cell if rule.unit == "cells" else cell[0], []).append(cell)
        for cells in groups.values():
            before = frozenset(cell for cell in cells if world.facts.published[cell] == Place.OFFICE)

            def changed(office: frozenset[Cell], before: frozenset[Cell] = before) -> int:
                return int(office != before)

            yield Term(rule.id, tuple(cells), changed, rule.tier or "stability", rule.weight)

"""Few changes against a published plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
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
    own_tiers: ClassVar[Mapping[str, int]] = {"stability": 30, "notice": 28, "changed_days": 29, "changed_people": 31}
    call_days = True
    implied = True

    def sample(self, draft: Draft) -> None:
        """A published plan of some people, and the goal that keeps to it."""
        draft.published()
        draft.goal({"kind": self.kind, "unit": draft.dice.pick(["cells", "people"]), **goal_fields(draft)})
        plan = draft.document["published"]
        if draft.dice.chance(0.2):
            plan["refill"] = True
        elif draft.dice.chance(0.2):
            plan["keep"] = True
        if draft.dice.chance(0.4):
            plan["few_changes"] = True
        if draft.dice.chance(0.3):
            plan["notice_to"] = draft.dice.pick(draft.dates)
        if draft.dice.chance(0.3):
            draft.section("goals", []).pop()

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """Changed cells, or people with one; and what of it counts although nobody wrote it."""
        if rule is not None:
            yield from _changed(world, rule.id, world.cells(rule), rule.tier or "stability", rule.unit == "people", rule.weight)
        elif world.replanning:
            yield from self._unwritten(world)

    def _unwritten(self, world: World) -> Iterator[Term]:
        plan, facts = world.document["published"], world.facts
        last = dt.date.fromisoformat(str(plan["notice_to"])) if "notice_to" in plan else None
        soon = [(e, d) for e, d in world.all_cells if last is not None and facts.dates[d] <= last]
        if any(world.present(*cell) and facts.published[cell] in SETTLED and not facts.frozen[cell] for cell in soon):
            yield from _changed(world, "facts/notice", soon, "notice", False)
        if not world.few_changes:
            return
        own = [goal for goal in world.goals if goal.kind == self.kind and (goal.tier or "stability") == "stability"]
        there = {goal.unit for goal in own if goal.applies_to is None and goal.in_force is None and _every_day(goal.days)}
        if "cells" not in there:
            yield from _changed(world, "facts/changed_days", world.all_cells, "changed_days" if own else "stability", False)
        if "people" not in there:
            yield from _changed(world, "facts/changed_people", world.all_cells, "changed_people", True)


def _every_day(days: Any) -> bool:
    return all(getattr(days, name) is None for name in ("dates", "weekdays", "conditions", "except_"))


def _changed(world: World, rule: str, cells: Iterable[Cell], tier: str, people: bool, weight: int = 1) -> Iterator[Term]:
    groups: dict[Any, list[Cell]] = {}
    for cell in cells:
        if world.present(*cell) and world.facts.published[cell] in SETTLED:
            groups.setdefault(cell[0] if people else cell, []).append(cell)
    for mine in groups.values():
        before = frozenset(cell for cell in mine if world.facts.published[cell] == Place.OFFICE)

        def changed(office: frozenset[Cell], before: frozenset[Cell] = before) -> int:
            return int(office != before)

        yield Term(rule, tuple(mine), changed, tier, weight)

"""Everybody selected is in the office, or may be, whatever the caps named say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.kinds.fixed_days import placed
from benchmarks.fuzz.oracle.reading import OFFICE, Reading, Term
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import days, selection, strength


class FullService(Reading):
    """`full_service`."""

    kind = "full_service"
    local = True

    def sample(self, draft: Draft) -> None:
        """An order or a permission, mostly with limits that do not count these people."""
        mode = draft.dice.pick(["require", "permit"])
        soft = strength(draft) if mode == "require" else {}
        rule = {"kind": self.kind, "mode": mode, "applies_to": selection(draft, narrow=True), "days": days(draft), **soft}
        limits = draft.ids_of("office_cap", "office_floor", "home_cap", "office_share")
        if limits and draft.dice.chance(0.7):
            rule["lifts"] = draft.dice.some(limits, 2)
        draft.rule(rule)

    def fixes(self, world: World, rule: Any, e: int, d: int) -> str | None:
        """In the office, where full service is an order."""
        return OFFICE if rule.mode == "require" and world.means(rule, e, d) else None

    def lifts(self, world: World, rule: Any, limit: str, e: int, d: int) -> bool:
        """Everybody selected, absent or not, out of the limits named."""
        return limit in rule.lifted_from and world.means(rule, e, d)

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """Everybody who is not in the office."""
        if rule.mode == "permit":
            return iter(())
        return (term for cell in world.cells(rule) if (term := placed(world, rule, cell, OFFICE)) is not None)

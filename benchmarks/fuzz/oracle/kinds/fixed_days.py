"""Office or home on given days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.reading import HOME, OFFICE, Cell, Reading, Term
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import days, selection, strength


def placed(world: World, rule: Any, cell: Cell, place: str) -> Term | None:
    """A term of one cell that shall be at a place; None where the person is away, or asked to the office and bound to the home."""
    if not world.present(*cell) or (place == OFFICE and world.facts.home_only[cell]):
        return None
    return world.charge(rule, [cell], lambda office: len(office) if place == HOME else 1 - len(office))


class FixedDays(Reading):
    """`fixed_days`."""

    kind = "fixed_days"
    local = True

    def sample(self, draft: Draft) -> None:
        """Some people on some days."""
        draft.rule(
            {
                "kind": self.kind,
                "applies_to": selection(draft, narrow=True),
                "days": days(draft),
                "place": draft.dice.pick([OFFICE, OFFICE, HOME]),
                **strength(draft),
            }
        )

    def fixes(self, world: World, rule: Any, e: int, d: int) -> str | None:
        """The place of the rule."""
        return str(rule.place) if world.means(rule, e, d) else None

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """Everybody who is elsewhere."""
        return (term for cell in world.cells(rule) if (term := placed(world, rule, cell, str(rule.place))) is not None)

"""Wishes of the staff."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.reading import HOME, OFFICE, Cell, Reading, Term
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import goal_fields
from giliran.domain.place import Place

INFLUENCE = 1000


class Wishing(Reading):
    """`wishes`."""

    kind = "wishes"
    own_tiers: ClassVar[Mapping[str, int]] = {"wishes": 40}
    call_days = True

    def sample(self, draft: Draft) -> None:
        """A few wishes, for dates or weekdays."""
        seen = set()
        for _ in range(draft.dice.randint(1, 4)):
            row: dict[str, Any] = {"staff_id": draft.dice.pick(draft.ids), "date": draft.dice.pick(draft.dates)}
            if draft.dice.chance(0.2):
                row = {"staff_id": row["staff_id"], "weekday": draft.dice.pick(["mon", "thu", "fri"])}
            if tuple(row.values()) in seen:
                continue
            seen.add(tuple(row.values()))
            place, weight = draft.dice.pick([OFFICE, HOME]), draft.dice.randint(1, 3)
            draft.section("wishes", []).append({**row, "place": place, "weight": weight})
        scale = {"scale": "absolute"} if draft.dice.chance(0.25) else {}
        draft.goal({"kind": self.kind, **scale, **goal_fields(draft)})

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """An unmet wish costs its part of everything that the person wishes and can have, or its own weight."""
        wishes = world.facts.wishes
        rows = list(zip(*(column.tolist() for column in (wishes.person, wishes.day, wishes.place, wishes.weight)), strict=True))
        rows = [row for row in rows if world.means(rule, row[0], row[1]) and world.present(row[0], row[1])]
        for e, d, place, weight in rows:
            part = weight if rule.scale == "absolute" else INFLUENCE * weight // sum(row[3] for row in rows if row[0] == e)
            wanted = 1 if place == Place.OFFICE else 0

            def unmet(office: frozenset[Cell], wanted: int = wanted, part: int = part) -> int:
                return part * (len(office) != wanted)

            yield Term(rule.id, ((e, d),), unmet, rule.tier or "wishes", rule.weight)

"""Wishes, few changes against a published plan, and few changes inside a week."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.reading import HOME, OFFICE, Cell, Reading, Term
from benchmarks.fuzz.oracle.staff import SETTLED
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import goal_fields
from giliran.domain.place import Place

INFLUENCE = 1000


class Wishing(Reading):
    """`wishes`."""

    kind = "wishes"
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
        draft.goal({"kind": self.kind, **goal_fields(draft)})

    def tiers(self, rule: Any) -> Iterator[tuple[int, str]]:
        """Its own, after stability."""
        yield 40, rule.tier or "wishes"

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """An unmet wish costs its part of everything that the person wishes and can have."""
        wishes = world.facts.wishes
        rows = list(zip(*(column.tolist() for column in (wishes.person, wishes.day, wishes.place, wishes.weight)), strict=True))
        rows = [row for row in rows if world.means(rule, row[0], row[1]) and world.present(row[0], row[1])]
        for e, d, place, weight in rows:
            part = INFLUENCE * weight // sum(row[3] for row in rows if row[0] == e)
            wanted = 1 if place == Place.OFFICE else 0

            def unmet(office: frozenset[Cell], wanted: int = wanted, part: int = part) -> int:
                return part * (len(office) != wanted)

            yield Term(rule.id, ((e, d),), unmet, rule.tier or "wishes", rule.weight)


class Stability(Reading):
    """`stability`."""

    kind = "stability"
    call_days = True

    def sample(self, draft: Draft) -> None:
        """A published plan of some people, and the goal that keeps to it."""
        draft.published()
        draft.goal({"kind": self.kind, "unit": draft.dice.pick(["cells", "people"]), **goal_fields(draft)})
        if draft.dice.chance(0.2):
            draft.document["published"]["refill"] = True

    def tiers(self, rule: Any) -> Iterator[tuple[int, str]]:
        """Its own, after fairness; when replanning directly after relaxations."""
        yield 30, rule.tier or "stability"

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


class SmoothWeeks(Reading):
    """`smooth_weeks`."""

    kind = "smooth_weeks"

    def sample(self, draft: Draft) -> None:
        """The goal."""
        draft.goal({"kind": self.kind, **goal_fields(draft)})

    def tiers(self, rule: Any) -> Iterator[tuple[int, str]]:
        """Its own, the last."""
        yield 50, rule.tier or "smooth_weeks"

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


class Promised(Reading):
    """Published duty officers, where plans are alike."""

    kind = "promised_names"
    implied = True

    def sample(self, draft: Draft) -> None:
        """A published plan that names somebody for a duty."""
        rule = draft.rule({"kind": "duty_officers", "count": 1})
        row = {"staff_id": draft.dice.pick(draft.ids), "date": draft.dice.pick(draft.dates), "place": OFFICE}
        draft.document["published"] = {"rows": [{**row, "duty": f"own/{rule['id']}"}]}

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """Whoever is named for a duty that needs them on a day that may still change, and is not in the office."""
        named = world.facts.published_duty
        cells = {
            (e, duty.day)
            for other in world.rules
            if other.id in named
            for duty in world.duties_of(other)
            if duty.need and not world.frozen_day(duty.day)
            for e in duty.able
            if named[other.id][e, duty.day]
        }
        for cell in sorted(cells):
            yield Term("facts/promised_names", (cell,), lambda office: int(not office), "promised_names")

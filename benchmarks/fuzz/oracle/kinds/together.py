"""People who have the same place, or come on the same days."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import combinations
from typing import Any

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.reading import Cell, Reading, Term
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import days, per, selection, strength


class Together(Reading):
    """`together`."""

    kind = "together"

    def sample(self, draft: Draft) -> None:
        """Sets by name, by tag, or groups."""
        dice = draft.dice
        rule: dict[str, Any] = {"kind": self.kind, **strength(draft)}
        tags = sorted({tag for row in draft.staff for tag in _listed(row.get("tags", []))})
        way = dice.pick(["sets", "sets", "tags", "groups"])
        if way == "sets" and len(draft.ids) >= 2:
            many = dice.pick([1, 1, 2])
            rule["sets"] = [dice.sample(draft.ids, dice.pick([2, 2, min(len(draft.ids), 4)])) for _ in range(many)]
        elif way == "tags" and tags:
            rule["tags"] = dice.some(tags, 2)
        else:
            rule |= {"per": per(draft), "applies_to": selection(draft)}
        if dice.chance(0.3):
            rule["days"] = days(draft)
        if dice.chance(0.5):
            rule["cost"] = dice.pick(["person_day", "set_day", "set"])
        if dice.chance(0.3):
            rule["side"] = dice.pick(["both", "office"])
        if dice.chance(0.25):
            rule |= {"want": "met", "strength": "should"}
        draft.rule(rule)

    def reaches(self, world: World, rule: Any, e: int, d: int) -> bool:
        """The people named or tagged, where people are."""
        if not world.means(rule, e, d):
            return False
        return bool((rule.sets is None and rule.tags is None) or any(True for _ in self._sets_of(world, rule, e, d)))

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """Days of sets that are parted, or sets with such days."""
        leaves_out = rule.side == "office" or rule.want == "met"
        sets: dict[Any, dict[int, list[Cell]]] = {}
        for e, d in world.cells(rule):
            if world.present(e, d) and not (leaves_out and world.facts.home_only[e, d]):
                for name in self._sets_of(world, rule, e, d):
                    sets.setdefault(name, {}).setdefault(d, []).append((e, d))
        for whole_set in sets.values():
            by_day = {d: cells for d, cells in whole_set.items() if rule.strength != "must" or not _parted_before(world, cells)}
            if rule.want == "met":
                yield from self._unmet(world, rule, [cells for cells in by_day.values() if len(cells) > 1])
                continue
            if rule.cost != "set":
                for cells in by_day.values():
                    yield world.charge(rule, cells, partial(_amount, rule.cost, len(cells)))
                continue
            whole = [cells for cells in by_day.values() if rule.strength != "must" or not world.past(cells)]

            def parted(office: frozenset[Cell], whole: list[list[Cell]] = whole) -> int:
                return int(any(0 < len(office & set(cells)) < len(cells) for cells in whole))

            yield world.charge(rule, [cell for cells in whole for cell in cells], parted)

    def _unmet(self, world: World, rule: Any, days: list[list[Cell]]) -> Iterator[Term]:
        """Days on which not all of a set are in the office, or a set that has no other day."""
        if rule.cost == "set":
            if days:
                cells = [cell for some in days for cell in some]
                yield world.charge(rule, cells, lambda office: int(not any(office.issuperset(some) for some in days)))
            return
        for cells in days:
            if rule.cost == "person_day":  # each stands for himself, also where others have no place
                yield from (world.charge(rule, [cell], lambda office: 1 - len(office)) for cell in cells)
            else:
                yield world.charge(rule, cells, partial(_fewer, len(cells)))

    def _sets_of(self, world: World, rule: Any, e: int, d: int) -> Iterator[Any]:
        """Names of the sets that a person belongs to on a day."""
        if rule.sets is not None:
            yield from (k for k, ids in enumerate(rule.sets) if world.facts.staff.ids[e] in ids)
        elif rule.tags is not None:
            posted = world.facts.postings.tags[world.facts.posting[e, d]]
            yield from (tag for tag in rule.tags if tag in posted)
        elif (unit := world.group(rule.per, e, d)) is not None:
            yield unit


def _parted_before(world: World, cells: list[Cell]) -> bool:
    """Whether two of a day are parted for good, one of them by a frozen plan."""
    return any(world.past(two) and world.stuck(*two[0]) != world.stuck(*two[1]) for two in combinations(cells, 2))


def _amount(cost: str, size: int, cells: frozenset[Cell]) -> int:
    """By how much a set of so many is parted on a day, these being in the office."""
    office = len(cells)
    return min(office, size - office) if cost == "person_day" else int(0 < office < size)


def _fewer(size: int, cells: frozenset[Cell]) -> int:
    """Whether a set of so many does not meet on a day, these being in the office."""
    return int(len(cells) < size)


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)

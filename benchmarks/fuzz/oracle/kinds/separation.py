"""People who are not all at home, or not all in the office, on one day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.reading import HOME, OFFICE, Cell, Reading, Term
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import days, per, selection, strength


class Separation(Reading):
    """`separation`."""

    kind = "separation"

    def sample(self, draft: Draft) -> None:
        """Pairs by name, groups, or cohorts."""
        rule: dict[str, Any] = {"kind": self.kind, **strength(draft)}
        way = draft.dice.pick(["sets", "groups", "cohorts"])
        if way == "sets" and len(draft.ids) >= 2:
            rule |= {"not_all": draft.dice.pick([HOME, OFFICE]), "sets": [draft.dice.sample(draft.ids, 2)]}
        elif way == "cohorts" and len(draft.ids) >= 2:
            one, two = draft.dice.sample(draft.ids, 2)
            rule |= {"cohorts": [{"ids": [one]}, {"ids": [two]}], "per": per(draft)}
        else:
            rule |= {"not_all": draft.dice.pick([HOME, OFFICE]), "per": per(draft), "applies_to": selection(draft)}
        if draft.dice.chance(0.3):
            rule["days"] = days(draft)
        if draft.dice.chance(0.2):
            rule["private"] = True
        draft.rule(rule)

    def reaches(self, world: World, rule: Any, e: int, d: int) -> bool:
        """The people named, where people are named."""
        if not world.means(rule, e, d):
            return False
        if rule.sets is not None:
            return any(world.facts.staff.ids[e] in ids for ids in rule.sets)
        return rule.cohorts is None or self._cohort(world, rule, e, d) is not None

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """Sets that are all at one place, and cohorts that meet."""
        if rule.not_all is None:
            yield from self._cohorts_apart(world, rule)
            return
        sets = self._groups(world, rule) if rule.sets is None else self._named(world, rule)
        for people in sets:
            cells = [cell for cell in people if world.present(*cell)]
            never = len(cells) < len(people) or (rule.not_all == HOME and any(world.call(*cell) for cell in people))
            if cells and not never:
                wrong = 0 if rule.not_all == HOME else len(cells)

                def together(office: frozenset[Cell], wrong: int = wrong) -> int:
                    return int(len(office) == wrong)

                yield world.charge(rule, cells, together)

    def _groups(self, world: World, rule: Any) -> Iterator[Sequence[Cell]]:
        groups: dict[tuple[int, int], list[Cell]] = {}
        for e, d in world.cells(rule):
            unit = world.group(rule.per, e, d)
            if unit is not None:
                groups.setdefault((unit, d), []).append((e, d))
        yield from groups.values()

    def _named(self, world: World, rule: Any) -> Iterator[Sequence[Cell]]:
        """Named people, on days on which all of them are meant."""
        for ids in rule.sets:
            people = [world.facts.staff.index[id_] for id_ in set(ids)]
            for d in range(world.facts.num_days):
                if all(world.has_cell(e, d) and world.means(rule, e, d) for e in people):
                    yield [(e, d) for e in people]

    def _cohort(self, world: World, rule: Any, e: int, d: int) -> int | None:
        return next((k for k, selection in enumerate(rule.cohorts) if world.selected(selection, e, d)), None)

    def _cohorts_apart(self, world: World, rule: Any) -> Iterator[Term]:
        groups: dict[tuple[int, int], dict[Cell, int]] = {}
        for e, d in world.cells(rule):
            unit, cohort = world.group(rule.per, e, d), self._cohort(world, rule, e, d)
            if unit is not None and cohort is not None and world.present(e, d):
                groups.setdefault((unit, d), {})[e, d] = cohort
        for cohort_of in groups.values():

            def met(office: frozenset[Cell], cohort_of: dict[Cell, int] = cohort_of) -> int:
                return max(len({cohort_of[cell] for cell in office}) - 1, 0)

            yield world.charge(rule, cohort_of, met)

"""An instance as the oracle reads it: people, days, units, groups, one cell at a time, in plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from benchmarks.fuzz.oracle.reading import HOME, OFFICE, Bound, Cell, Duty, Reading, Term
from benchmarks.fuzz.oracle.staff import SETTLED, People
from giliran.domain.facts import Facts
from giliran.domain.place import Place

FACTS = "facts/"


class World(People):
    """Facts and written statements, with what the oracle concludes from them.

    Parameters
    ----------
    facts, statements
        Arrays, and typed rules and goals, whose fields alone are read; those that facts imply are found anew.
    readings
        How to read each kind.
    document
        The sections that the instance was built from, as far as they matter: `tiers`, `published`.
    letters
        Names of the circulars in the order in which they are listed.
    """

    def __init__(
        self,
        facts: Facts,
        statements: Iterable[Any],
        readings: Mapping[str, Reading],
        document: Mapping[str, Any] | None = None,
        letters: Sequence[str] = (),
    ) -> None:
        super().__init__(facts)
        written = [statement for statement in statements if not statement.id.startswith(FACTS)]
        self.rules = [statement for statement in written if hasattr(statement, "strength")]
        self.goals = [statement for statement in written if not hasattr(statement, "strength")]
        self.readings, self.document, self.letters = readings, document or {}, letters
        self._means: dict[tuple[str, int, int], bool] = {}
        self._fixed: dict[Cell, frozenset[str]] = {}

    # -- whom a statement means ----------------------------------------------------------------------------------------------------

    def means(self, rule: Any, e: int, d: int) -> bool:
        """Whether a statement means a cell, absent or not; a goal gives way to one of its kind that has the last word there."""
        key = (rule.id, e, d)
        if key not in self._means:
            self._means[key] = self._written(rule, e, d) and not any(
                other.kind == rule.kind and self._later(other, rule) and self._written(other, e, d) for other in self.goals
            )
        return self._means[key]

    def _written(self, rule: Any, e: int, d: int) -> bool:
        force = rule.in_force
        if not self.has_cell(e, d) or (force is not None and not force.first <= self.facts.dates[d] <= force.last):
            return False
        return self.on_day(rule.days, e, d, calls=self.reading(rule).call_days) and self.selected(rule.applies_to, e, d)

    def _later(self, other: Any, rule: Any) -> bool:
        order = [*self.letters, "own"]
        return order.index(other.id.split("/")[0]) > order.index(rule.id.split("/")[0])

    def reading(self, rule: Any) -> Reading:
        """How to read a statement."""
        return self.readings[rule.kind]

    @property
    def implied(self) -> Iterator[Reading]:
        """Readings of facts that behave like rules."""
        return (reading for reading in self.readings.values() if reading.implied)

    def cells(self, rule: Any) -> list[Cell]:
        """Cells that a statement means."""
        return [cell for cell in self.all_cells if self.means(rule, *cell)]

    # -- who is fixed, and who is free ---------------------------------------------------------------------------------------------

    def fixed(self, e: int, d: int) -> frozenset[str]:
        """Places at which rules about the person that must hold fix a cell."""
        if (e, d) not in self._fixed:
            asked = [reading.fixes(self, None, e, d) for reading in self.implied]
            asked += [self.reading(rule).fixes(self, rule, e, d) for rule in self.rules if rule.strength == "must"]
            self._fixed[e, d] = frozenset(place for place in asked if place is not None)
        return self._fixed[e, d]

    def fixed_office(self, e: int, d: int) -> bool:
        """Whether a cell is fixed in the office, absent or not; home-only people are left alone."""
        return self.has_cell(e, d) and OFFICE in self.fixed(e, d) and not self.facts.home_only[e, d]

    def fixed_home(self, e: int, d: int) -> bool:
        """Whether a cell is fixed at home (or off)."""
        return self.has_cell(e, d) and (HOME in self.fixed(e, d) or bool(self.facts.home_only[e, d]))

    def free(self, e: int, d: int) -> bool:
        """Whether the person works and nothing about the person decides the cell."""
        return self.present(e, d) and not self.fixed_office(e, d) and not self.fixed_home(e, d)

    # -- limits, duties, aims ------------------------------------------------------------------------------------------------------

    @cached_property
    def bounds(self) -> list[Bound]:
        """All limits that must hold."""
        return [bound for rule in self.rules if rule.strength == "must" for bound in self.bounds_of(rule)]

    def bounds_of(self, rule: Any) -> list[Bound]:
        """The limits of one rule."""
        return list(self.reading(rule).bounds(self, rule))

    def duties_of(self, rule: Any) -> list[Duty]:
        """The duty units of one rule."""
        return list(self.reading(rule).duties(self, rule))

    def apart_of(self, rule: Any) -> list[Duty]:
        """The same before any pooling."""
        return list(self.reading(rule).duties_apart(self, rule))

    def lifted(self, limit: str, e: int, d: int) -> bool:
        """Whether some rule takes a cell out of a limit."""
        return any(self.reading(rule).lifts(self, rule, limit, e, d) for rule in self.rules)

    def aimed(self, side: str, e: int, d: int) -> bool:
        """Whether a goal wants a cell on one side, absent or not."""
        return any(self.reading(goal).aim(self, goal) == side and self.means(goal, e, d) for goal in self.goals)

    def unruled(self, e: int) -> bool:
        """Whether no written rule and no aim is about a person on any day."""
        days = [d for d in range(self.facts.num_days) if self.has_cell(e, d)]
        ruled = any(self.reading(rule).reaches(self, rule, e, d) for rule in self.rules for d in days)
        return not ruled and not any(self.aimed(side, e, d) for side in (OFFICE, HOME) for d in days)

    @property
    def replanning(self) -> bool:
        """Whether a published place of somebody present may still change."""
        known = [cell for cell in self.open_cells if self.facts.published[cell] in SETTLED]
        return not all(self.frozen_day(d) for _, d in known)

    @property
    def few_changes(self) -> bool:
        """Whether few changes come before all goals."""
        plan = self.document.get("published", {})
        return bool(plan.get("few_changes") or plan.get("keep"))

    # -- everything together -------------------------------------------------------------------------------------------------------

    @cached_property
    def terms(self) -> list[Term]:
        """Everything that is forbidden or costs, less what only the past has broken."""
        found = [term for reading in self.implied for term in reading.terms(self, None)]
        found += [term for rule in (*self.rules, *self.goals) for term in self.reading(rule).terms(self, rule)]
        return [term for term in found if not self._over(term)]

    def _over(self, term: Term) -> bool:
        """Whether a rule that must hold is about the past alone."""
        return term.tier is None and not term.strict and self.past(term.cells)

    def past(self, cells: Iterable[Cell]) -> bool:
        """Whether all of some cells lie on frozen days and are frozen or fixed, one of them frozen: nothing could be otherwise."""
        cells = list(cells)
        settled = all(self.frozen_day(d) and (self.kept(e, d) or self._settled(e, d)) for e, d in cells)
        return settled and any(self.kept(*cell) for cell in cells)

    def kept(self, e: int, d: int) -> bool:
        """Whether the published place of a present person is frozen; a published absence binds nothing."""
        return bool(self.facts.frozen[e, d]) and self.facts.published[e, d] != Place.ABSENT and self.present(e, d)

    def kept_office(self, e: int, d: int) -> bool:
        """Whether that is in the office; whoever may only work at home stays there."""
        return self.kept(e, d) and bool(self.facts.published[e, d] == Place.OFFICE) and not self.facts.home_only[e, d]

    def stuck(self, e: int, d: int) -> bool:
        """Whether a cell of a frozen day surely stays out of the office."""
        if self.kept(e, d):
            return not self.kept_office(e, d)
        coming = self.fixed_office(e, d) or self.facts.pinned[e, d] == Place.OFFICE
        return self.frozen_day(d) and self._settled(e, d) and not coming

    def _settled(self, e: int, d: int) -> bool:
        pinned = self.facts.pinned[e, d] != Place.NONE
        return bool(self.fixed(e, d)) or bool(self.facts.home_only[e, d]) or bool(pinned)

    def frozen_day(self, d: int) -> bool:
        """Whether the published plan says anything of a day, and may not change it any more."""
        frozen_to = self.document.get("published", {}).get("frozen_to")
        told = bool((self.facts.published[:, d] != Place.NONE).any())
        return told and frozen_to is not None and self.facts.dates[d].isoformat() <= frozen_to

    def charge(self, rule: Any, cells: Iterable[Cell], amount: Any) -> Term:
        """A term of a rule: forbidden, or charged where it only should hold."""
        soft = rule.strength == "should"
        return Term(rule.id, tuple(sorted(cells)), amount, (rule.tier or "relaxations") if soft else None, rule.weight)

    @property
    def open_cells(self) -> Sequence[Cell]:
        """Cells of present people."""
        return [cell for cell in self.all_cells if self.present(*cell)]

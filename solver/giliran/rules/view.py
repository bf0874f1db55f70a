"""What rules see when they compile or audit: the facts, and each other's answers. Never each other's kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar, cast

import numpy as np

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Cells, Facts
from giliran.domain.place import Place, Strength
from giliran.domain.sealing import seal, sealed_once
from giliran.domain.selection import ALL_DAYS, people_of, select_cells
from giliran.domain.units import NO_UNIT
from giliran.program import Cost
from giliran.rules.answers import Aim, Duty, Limit, Standing
from giliran.rules.base import RELAXATIONS, Goal, Rule, Statement
from giliran.rules.tiers import Tiers

T = TypeVar("T")


class View:
    """Facts and statements, with the answers that are shared by compile and audit, each computed once.

    Parameters
    ----------
    facts
        The facts.
    rules, goals
        All statements, implied ones included; their order never matters.
    tiers
        Where costs go.
    """

    def __init__(self, facts: Facts, rules: Sequence[Rule], goals: Sequence[Goal], tiers: Tiers) -> None:
        self.facts = facts
        self.rules: tuple[Rule, ...] = tuple(rules)
        self.goals: tuple[Goal, ...] = tuple(goals)
        self.tiers = tiers
        self._parts: dict[str, CellSet] = {}
        self._limits: dict[str, tuple[Limit, ...]] = {}
        self._duties: dict[str, Duty | None] = {}
        self._kept: dict[tuple[str, str], object] = {}

    def __reduce__(self) -> tuple[type[View], tuple[object, ...]]:
        return type(self), (self.facts, self.rules, self.goals, self.tiers)

    @sealed_once
    def statements(self) -> tuple[Statement, ...]:
        """Rules, then goals."""
        return (*self.rules, *self.goals)

    @sealed_once
    def by_id(self) -> Mapping[str, Statement]:
        """Statements by id."""
        return {statement.id: statement for statement in self.statements}

    def cell_set(self, statement: Statement) -> CellSet:
        """Cells that a statement means: its people on its days while it is in force, absent or not."""
        if statement.id not in self._parts:
            plain = statement.applies_to is None and statement.days == ALL_DAYS and statement.in_force is None and not statement.yields_to
            part = self._everybody[statement.on_call_days] if plain else self._meant(statement)
            self._parts[statement.id] = part
        return self._parts[statement.id]

    @sealed_once
    def _everybody(self) -> Mapping[bool, CellSet]:
        """What statements about everybody on all days mean, by whether call days are among these."""
        return {call: CellSet.whole(self.facts.has_cell if call else ALL_DAYS.mask(self.facts)) for call in (False, True)}

    def _meant(self, statement: Statement) -> CellSet:
        facts = self.facts
        rows = people_of(facts, statement.applies_to)
        everyday = statement.on_call_days and statement.days == ALL_DAYS
        days = facts.has_cell[rows] if everyday else statement.days.mask(facts, rows)
        cells = select_cells(facts, statement.applies_to, facts.posting[rows]) & days
        if statement.in_force is not None:
            window = statement.in_force
            cells = cells & np.array([window.first <= day <= window.last for day in facts.dates], dtype=np.bool_)
        part = CellSet(facts.num_people, rows, cells)
        for other in statement.yields_to:
            part -= self.cells(self.by_id[other])
        return part

    def cells(self, statement: Statement) -> Cells:
        """The same as cells of everybody : bool[E, D]; of a statement about few they are made anew each time."""
        return seal(self.cell_set(statement).dense)

    def once(self, key: tuple[str, str], compute: Callable[[], T]) -> T:
        """What `compute` gives, computed once per key: the id of a statement and a word of its own."""
        if key not in self._kept:
            self._kept[key] = seal(compute())
        return cast("T", self._kept[key])

    def cost(self, statement: Rule | Goal) -> Cost | None:
        """Where violations of a statement go; None for a rule that must hold."""
        if isinstance(statement, Rule):
            if statement.strength is Strength.MUST:
                return None
            name = statement.tier or RELAXATIONS
        else:
            name = statement.tier or statement.own_tiers[0][0]
        return self.cost_in(name, statement.weight)

    def cost_in(self, tier: str, weight: int) -> Cost:
        """The cost of `weight` in a tier given by name."""
        index, multiplier = self.tiers.place[tier]
        return Cost(index, multiplier * weight)

    # -- who is fixed --------------------------------------------------------------------------------------------------------------

    @sealed_once
    def asked(self) -> Standing:
        """What rules about the person ask for on given dates, before home-only people are skipped; absent people included."""
        office = np.zeros(self.facts.shape, dtype=np.bool_)
        home = np.zeros(self.facts.shape, dtype=np.bool_)
        for rule in self.rules:
            if rule.strength is Strength.MUST and (fixes := rule.fixes(self)) is not None:
                fixes.office.put(office)
                fixes.home.put(home)
        return Standing(office & self.facts.has_cell, home & self.facts.has_cell)

    @sealed_once
    def forced_office(self) -> Cells:
        """Cells that a rule about the person fixes in the office; home-only people are skipped, absent people are not : bool[E, D]."""
        return self.asked.office & ~self.facts.home_only

    @sealed_once
    def forced_home(self) -> Cells:
        """Cells that a rule about the person fixes at home (or off), home-only people among them : bool[E, D]."""
        return (self.asked.home | self.facts.home_only) & self.facts.has_cell

    @sealed_once
    def office_able(self) -> Cells:
        """Cells of people who are not bound to the home : bool[E, D]."""
        return self.facts.has_cell & ~self.facts.home_only

    @sealed_once
    def home_able(self) -> Cells:
        """Cells of people who are not bound to the office : bool[E, D]."""
        return self.facts.has_cell & ~self.facts.office_only

    @sealed_once
    def free(self) -> Cells:
        """Free cells: the person works that day and no rule about that person fixes it : bool[E, D]."""
        return self.facts.present & ~self.forced_office & ~self.forced_home

    # -- what is past --------------------------------------------------------------------------------------------------------------

    @sealed_once
    def keeper(self) -> Rule | None:
        """The rule that keeps frozen places, if there is one."""
        return next((rule for rule in self.rules if rule.kept_places(self) is not None), None)

    @sealed_once
    def _keeps(self) -> Standing:
        kept = None if self.keeper is None else self.keeper.kept_places(self)
        none = np.zeros(self.facts.shape, dtype=np.bool_)
        return Standing(none, none) if kept is None else kept

    @property
    def kept_office(self) -> Cells:
        """Present cells that stay in the office on frozen days, whatever other rules say about them : bool[E, D]."""
        return self._keeps.office

    @sealed_once
    def kept(self) -> Cells:
        """Present cells whose place stands on frozen days, in the office or not : bool[E, D]."""
        return np.asarray(self._keeps.office | self._keeps.home)

    @sealed_once
    def settled(self) -> Cells:
        """Present cells of frozen days with nothing left to decide: kept, pinned, or fixed by a rule about the person : bool[E, D]."""
        fixed = self.kept | self.forced_office | self.forced_home | (self.facts.pinned != Place.NONE)
        return np.asarray(fixed & self.facts.present & self.facts.frozen_days)

    @sealed_once
    def stuck(self) -> Cells:
        """Present cells of frozen days that stay out of the office : bool[E, D]."""
        coming = self.kept_office | (~self.kept & (self.forced_office | (self.facts.pinned == Place.OFFICE)))
        return np.asarray(self.settled & ~coming)

    def past(self, cells: Iterable[tuple[int, int]], days: Sequence[int]) -> bool:
        """Whether nothing can be decided any more about what these cells decide on these days.

        All of them that are present are settled, and one is kept; or none is present, and all days are frozen.
        """
        if self.keeper is None:
            return False
        here = np.array([cell for cell in cells if self.facts.present[cell]], dtype=np.int64).reshape(-1, 2)
        if not len(here):
            return bool(len(days) and self.facts.frozen_days[list(days)].all())
        e, d = here.T
        return bool(self.settled[e, d].all() and self.kept[e, d].any())

    # -- what limits the headcount -------------------------------------------------------------------------------------------------

    def limits_of(self, rule: Statement) -> tuple[Limit, ...]:
        """The limits of one rule."""
        if rule.id not in self._limits:
            self._limits[rule.id] = tuple(rule.limits(self))
        return self._limits[rule.id]

    @sealed_once
    def limits(self) -> tuple[Limit, ...]:
        """All limits that must hold."""
        return tuple(limit for rule in self.rules for limit in self.limits_of(rule) if limit.must)

    def duty_of(self, rule: Statement) -> Duty | None:
        """The duty of one rule, if it is a duty rule."""
        if rule.id not in self._duties:
            self._duties[rule.id] = rule.duties(self)
        return self._duties[rule.id]

    @sealed_once
    def seconded(self) -> Facts | None:
        """The facts if everybody who has a second unit (`also`) were assigned to that one alone, as no head; None where nobody has."""
        rows = self.facts.postings
        there = rows.also != NO_UNIT
        if not there.any():
            return None
        return replace(self.facts, postings=replace(rows, unit=np.where(there, rows.also, rows.unit), head=rows.head & ~there))

    @sealed_once
    def duties(self) -> tuple[Duty, ...]:
        """All duties."""
        return tuple(duty for rule in self.rules if (duty := self.duty_of(rule)) is not None)

    def exempt(self, limit: Limit) -> list[Duty]:
        """The duties whose officers a limit does not count."""
        rules = [self.by_id[id_] for id_ in sorted(limit.exempt) if id_ in self.by_id]
        return [duty for rule in rules if (duty := self.duty_of(rule)) is not None]

    def exempt_apart(self, ids: Iterable[str]) -> list[Duty]:
        """The duties of some rules before any cap changed them, for answers that limits are made of."""
        rules = [self.by_id[id_] for id_ in sorted(ids) if id_ in self.by_id]
        return [duty for rule in rules if (duty := rule.duties_apart(self)) is not None]

    @sealed_once
    def raising(self) -> tuple[Duty, ...]:
        """Duties that caps must make room for by rising."""
        return tuple(duty for rule in self.rules if (duty := rule.raises(self)) is not None)

    @sealed_once
    def _lifts(self) -> Mapping[str, Sequence[CellSet]]:
        """Cells that rules lift, by the rule that they are lifted from."""
        found: dict[str, list[CellSet]] = {}
        for rule in self.rules:
            if (lift := rule.lifts(self)) is not None:
                for lifted in lift.rules:
                    found.setdefault(lifted, []).append(lift.cells)
        return found

    def less_lifted(self, rule: Statement, part: CellSet) -> CellSet:
        """Cells without those that other rules take out of this rule's numerator and denominator."""
        lifts = self._lifts.get(rule.id, ())
        if not lifts:
            return part
        taken = np.zeros_like(part.table)
        for lift in lifts:
            if isinstance(part.rows, slice):
                lift.put(taken)
            else:
                taken |= lift.on(part.rows)
        return part.where(~taken)

    @sealed_once
    def aim(self) -> Aim:
        """Cells that the goals want in the office, or at home."""
        aims = [aim for goal in self.goals if (aim := goal.aim(self)) is not None]
        none = np.zeros(self.facts.shape, dtype=np.bool_)
        return Aim(np.logical_or.reduce([none, *(aim.office for aim in aims)]), np.logical_or.reduce([none, *(aim.home for aim in aims)]))

"""Duties that everybody has who is in the office, such as a desk: so many places, none of which has to be taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from giliran.domain.finding import Finding
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.units import NO_UNIT
from giliran.messages import Said, Sentence, plain
from giliran.program import Cost, ProgramBuilder
from giliran.rules.base import Rule
from giliran.rules.kinds.duty_officers.family import Family
from giliran.rules.kinds.duty_officers.matching import Tangle, matched
from giliran.rules.kinds.duty_officers.members import members_of
from giliran.rules.view import View

MOST_TRIED = 1_000
"""So many choices of groups are looked at for rows that can bind; where there are more, each person and group gets a column."""

WITHOUT = Sentence(
    en="{where}, {day}: eligible people in the office {present}, {over} without a place that suits",
    id="{where}, {day}: {present} orang yang memenuhi syarat WFO, {over} di antaranya tanpa tempat yang sesuai",
)
PLACES = Sentence(en="{where}, {day}: places {seats} for {size} people", id="{where}, {day}: {seats} tempat untuk {size} orang")

Groups = frozenset[int]


def full_sets(member_of: Mapping[int, tuple[int, ...]], seats: Mapping[int, int]) -> list[Groups] | None:
    """Sets of groups whose own people, those of no other group, are more than their places; None where too many would be looked at.

    Everybody in the office has a place exactly where no set of groups has more own people there than places (Hall 1935, On representatives
    of subsets), and only these sets can have. Groups are taken in or left out one after the other; a choice is dropped as soon as a
    matching shows that nothing which follows has too few places.
    """
    order = sorted(seats, key=lambda g: (-sum(g in mine for mine in member_of.values()), g))
    found: list[Groups] = []
    open_: list[tuple[int, Groups, Groups]] = [(0, frozenset(), frozenset(seats))]
    tried = 0
    while open_:
        place, held, left = open_.pop()
        tried += 1
        if tried > MOST_TRIED:
            return None
        inner = {e: mine for e, mine in member_of.items() if left.issuperset(mine)}
        tangle = Tangle(0, tuple(sorted(left)), inner)
        filled = matched(tangle, inner, {g: 0 if g in held else seats[g] for g in tangle.groups})
        if len(inner) - len(filled) <= sum(seats[g] for g in held):
            continue
        if place < len(order):
            open_ += [(place + 1, held, left - {order[place]}), (place + 1, held | {order[place]}, left)]
        elif all(any(g in mine for mine in inner.values()) for g in left):
            found.append(left)
    return found


@dataclass(frozen=True)
class Seating:
    """One rule of a family of such duties, which compiles and judges its own groups and the tangles that it speaks for.

    Parameters
    ----------
    name
        What the rules have in common, None for a rule by itself.
    speaks
        Whether it is this rule that speaks for a tangle.
    """

    rule: Rule
    view: View
    family: Family
    name: str | None
    speaks: Callable[[Tangle], bool]

    def parts(self) -> Iterator[Tangle]:
        """Groups of a day with their people: tangles, and other groups of the rule's own by themselves."""
        duty, span = self.family.duty, self.family.span(self.rule.id)
        alone = np.ones(duty.need.shape, dtype=np.bool_)
        for tangle in self.family.tangles:
            alone[list(tangle.groups), tangle.day] = False
            if self.speaks(tangle):
                yield tangle
        for group in range(span.start, span.stop):
            for day in np.flatnonzero(alone[group]).tolist():
                yield Tangle(day, (group,), dict.fromkeys(members_of(duty, group, day).tolist(), (group,)))

    def places(self, tangle: Tangle) -> dict[int, int]:
        """Places of each group."""
        return {g: int(self.family.seats[g, tangle.day]) for g in tangle.groups}

    # -- the program ---------------------------------------------------------------------------------------------------------------

    def compile(self, out: ProgramBuilder) -> None:
        """A row for every set of groups that can have too few places; columns for people and groups where these are too many."""
        cost = self.view.cost(self.rule)
        known: dict[tuple[object, ...], list[Groups] | None] = {}
        for tangle in self.parts():
            if cost is None and self.view.past([(e, tangle.day) for e in tangle.member_of], (tangle.day,)):
                continue  # columns would bind what rows over settled cells do not
            seats = self.places(tangle)
            key = (*sorted(tangle.member_of.items()), *sorted(seats.items()))
            if key not in known:  # days are mostly alike
                known[key] = full_sets(tangle.member_of, seats)
            sets = known[key]
            if sets is None:
                self._columns(tangle, seats, cost, out)
            elif sets:
                self._rows(tangle, seats, sets, cost, out)

    def _rows(self, tangle: Tangle, seats: Mapping[int, int], sets: list[Groups], cost: Cost | None, out: ProgramBuilder) -> None:
        """People of no other group are no more than places; where it costs, as many are without one as in the set that has most too few."""
        over = [] if cost is None else out.aux([0], [len(tangle.member_of)]).tolist()
        for some in sets:
            inner = [e for e, mine in tangle.member_of.items() if some.issuperset(mine)]
            out.row(self.rule, out.cell(inner, tangle.day), over, hi=sum(seats[g] for g in some), group=tangle.groups[0], day=tangle.day)
        if cost is not None:
            out.charge(over, 1, cost)

    def _columns(self, tangle: Tangle, seats: Mapping[int, int], cost: Cost | None, out: ProgramBuilder) -> None:
        """A column for each person and group, one of which is 1 for everybody in the office; where it costs, one more for being without."""
        columns: dict[int, list[int]] = {g: [] for g in tangle.groups}
        for person, groups in tangle.member_of.items():
            own = out.binary(len(groups)).tolist()
            without = [] if cost is None else out.binary(1).tolist()
            out.row(self.rule, out.cell([person], tangle.day), [*own, *without], hi=0, day=tangle.day, person=person)
            if cost is not None:
                out.charge(without, 1, cost)
            for g, column in zip(groups, own, strict=True):
                columns[g].append(column)
        for g, mine in columns.items():
            out.row(self.rule, mine, hi=seats[g], group=g, day=tangle.day)

    # -- the audit -----------------------------------------------------------------------------------------------------------------

    def judge(self, schedule: Schedule) -> Iterator[Finding]:
        """Groups with more people in the office than find a place; those with people whose place is not known are left out."""
        for tangle in self.parts():
            people = [*tangle.member_of]
            if (schedule.place[people, tangle.day] == Place.NONE).any():
                continue
            present = tangle.of(schedule.office)
            over = len(present) - len(matched(tangle, present, self.places(tangle)))
            if over:
                said = WITHOUT(where=self.where(tangle.groups), day=self.view.facts.dates[tangle.day], present=len(present), over=over)
                unit = int(self.family.duty.groups_unit[tangle.groups[0]]) if len(tangle.groups) == 1 else NO_UNIT
                cells = tuple((e, tangle.day) for e in people)
                yield self.rule.finding(self.rule.strength, over, said, unit=unit, days=(tangle.day,), cells=cells)

    # -- words ---------------------------------------------------------------------------------------------------------------------

    def where(self, groups: tuple[int, ...]) -> Said:
        """What some groups are called: by the name of their rules where they are of several."""
        several = len({self.family.rule_of(g) for g in groups}) > 1
        return plain(self.name) if several and self.name else self.family.labels(self.view.facts, groups)

    def occurrence(self, group: int, day: int) -> Said:
        """Places and people of the groups that a row is about."""
        tied = next((tangle for tangle in self.family.tangles if tangle.day == day and group in tangle.groups), None)
        groups = (group,) if tied is None else tied.groups
        people = members_of(self.family.duty, group, day).tolist() if tied is None else tied.member_of
        seats = sum(int(self.family.seats[g, day]) for g in groups)
        return PLACES(where=self.where(groups), day=self.view.facts.dates[day], seats=seats, size=len(people))

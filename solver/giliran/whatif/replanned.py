"""A published plan, planned again: the result, what changes, and what is proven of fewer changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from giliran.domain.changes import NameChange, PlaceChange
from giliran.domain.finding import Finding
from giliran.domain.place import Place
from giliran.domain.sealing import Sealed
from giliran.domain.status import Status
from giliran.instance import Instance
from giliran.messages import Said
from giliran.reports.replanned import change_lines, version_line
from giliran.result import Result
from giliran.rules.answers import Changed
from giliran.whatif.causes import CausedChange
from giliran.whatif.orders import Order


@dataclass(frozen=True)
class Fewest:
    """A number of changes, and what is known about fewer.

    Parameters
    ----------
    value
        Changes.
    bound
        No plan that is as good in the tiers before has fewer; None where nothing is known: the order of tiers does not put them first, or
        nothing is planned.
    relaxing, hurrying
        Whether tiers before are about other things than changes, or about changes at short notice: where more is relaxed, or more changes
        soon, fewer could do.
    """

    value: int
    bound: int | None
    relaxing: bool = False
    hurrying: bool = False

    @property
    def proven(self) -> bool:
        """Whether fewer are impossible."""
        return self.bound is not None and self.bound >= self.value


@dataclass(frozen=True, eq=False, repr=False)
class Replanned(Sealed):
    """A published plan, planned again.

    Parameters
    ----------
    result
        The new plan with its proof; its instance holds the orders and the published plan.
    version, replaces
        Number of the new plan, and of the one that it replaces.
    orders
        What happened or was decided since, as far as the published plan did not know it.
    changes
        What changes, absences too, each with what it goes back to; of people who have a plan, so all of it where the plan is `whole`.
    outdated
        Rules of today that the published plan does not keep, whatever was ordered.
    notes
        What must be told about the orders.
    """

    result: Result
    version: int
    replaces: int
    orders: tuple[Order, ...]
    changes: tuple[CausedChange, ...]
    outdated: tuple[Finding, ...]
    notes: tuple[Said, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether everybody has a plan."""
        return self.result.status in (Status.OPTIMAL, Status.FEASIBLE)

    @cached_property
    def moves(self) -> tuple[PlaceChange, ...]:
        """Changed days that count: of people who are there, and had a place in the published plan."""
        places = (change.what for change in self.changes if isinstance(change.what, PlaceChange))
        return tuple(place for place in places if Place.ABSENT not in (place.was, place.becomes))

    @property
    def days(self) -> Fewest:
        """Changed days."""
        return self._fewest(Changed.DAYS, len(self.moves))

    @property
    def soon(self) -> Fewest:
        """Changed days up to the one to which the instance counts changes first, `notice_to`; none without such a day."""
        facts = self.result.instance.facts
        last = facts.notice_to
        return self._fewest(Changed.SOON, sum(last is not None and facts.dates[move.day] <= last for move in self.moves))

    @property
    def people(self) -> Fewest:
        """People with a changed day."""
        return self._fewest(Changed.PEOPLE, len({move.person for move in self.moves}))

    @property
    def names(self) -> int:
        """Names for duty that change: whoever is no longer named and whoever is named instead are one."""
        came: dict[tuple[str, int, bool], int] = {}
        for change in self.changes:
            if isinstance(change.what, NameChange):
                key = (change.what.rule, change.what.day, change.what.becomes)
                came[key] = came.get(key, 0) + 1
        slots = {(rule, day) for rule, day, _ in came}
        return sum(max(came.get((*slot, True), 0), came.get((*slot, False), 0)) for slot in slots)

    def __str__(self) -> str:
        """The number of the plan, and how little changes."""
        return "\n".join(said.text() for said in (version_line(self), *change_lines(self)))

    def __repr__(self) -> str:
        """One line: numbers of the plan, and of changed days, people and names."""
        changed = f"changed days {self.days.value}, people {self.people.value}, names {self.names}"
        return f"<Replanned {self.version}: {self.result.status.value}; {changed}>"

    def _fewest(self, unit: Changed, value: int) -> Fewest:
        instance, tiers = self.result.instance, self.result.tiers
        place = instance.tiers.place
        for goal in (goal for goal in instance.goals if self.whole and goal.counts_changes() is unit):
            index, times = place[goal.tier_name]
            others = [s for s in instance.view.statements if s is not goal and index in {place[name][0] for name in s.tier_names()}]
            if not others and not tiers[index].conditional:
                bound = -(-tiers[index].bound // (times * goal.weight))
                return Fewest(value, bound, *_before(instance, index))
        return Fewest(value, None)


def _before(instance: Instance, index: int) -> tuple[bool, bool]:
    """Whether anything but changes costs in the tiers before one, and whether changes at short notice do."""
    place = instance.tiers.place
    before = [s for s in instance.view.statements if any(place[name][0] < index for name in s.tier_names())]
    counted = [statement.counts_changes() for statement in before]
    return None in counted, Changed.SOON in counted

"""Why a published plan changes: which order, or which rule of today, every change goes back to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.audit import findings_of
from giliran.domain.changes import NameChange, PlaceChange, changes_of
from giliran.domain.finding import Finding
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.instance import Instance
from giliran.messages import Said, Sentence, plain
from giliran.program import Ints
from giliran.result import Result
from giliran.whatif.orders import Order, OrderKind

_ORDERS = Sentence(en="{orders}", id="{orders}")
_RULES = Sentence(en="the published plan does not keep {rules}", id="jadwal yang sudah ditetapkan tidak memenuhi {rules}")
_REFILLED = Sentence(en="a seat has become free", id="ada tempat WFO yang kosong")
_NOT_ASKED = Sentence(en="{rule} asks for nobody there any more", id="{rule} tidak lagi meminta petugas di sana")
_ALONG = Sentence(en="other days change", id="hari lain berubah")


@dataclass(frozen=True)
class CausedChange:
    """Something in a published plan that is otherwise now.

    Parameters
    ----------
    what
        The place, or the name for duty; a place may become `ABSENT`.
    orders
        Orders that it goes back to, the one about this very cell alone where there is one.
    findings
        What the published plan would break, or relax, if it stayed as it was after these orders.
    because
        The same in words.
    """

    what: PlaceChange | NameChange
    orders: tuple[Order, ...]
    findings: tuple[Finding, ...]
    because: Said


@dataclass(frozen=True)
class Causes:
    """Why a plan changes.

    Parameters
    ----------
    changes
        Every change against the published plan, absences too: places by person and day, then names by rule and day.
    outdated
        What the published plan breaks that goes back to no order: rules that it does not keep by itself.
    """

    changes: tuple[CausedChange, ...]
    outdated: tuple[Finding, ...]


def causes_of(result: Result, orders: Sequence[Order]) -> Causes:
    """Why a result changes what was published."""
    stands = broken_as_it_stands(result.instance, result.schedule)
    finder = _Finder(result, orders, stands)
    outdated = (finding for finding, behind in zip(stands, finder.behind, strict=True) if not behind)
    return Causes(tuple(finder.all()), tuple(outdated))


def broken_as_it_stands(instance: Instance, schedule: Schedule) -> tuple[Finding, ...]:
    """What the published plan breaks, or relaxes, once absences and pins are in it and nobody else has moved.

    Parameters
    ----------
    schedule
        The new plan, for cells of which the published one says nothing.
    """
    facts = instance.facts
    place = np.where(np.isin(facts.published, (Place.OFFICE, Place.HOME, Place.OFF)), facts.published, schedule.place)
    place = np.where((facts.pinned != Place.NONE) & ~facts.frozen, facts.pinned, place)
    place = np.where(facts.absent, np.int8(Place.ABSENT), np.where(facts.has_cell, place, np.int8(Place.NONE))).astype(np.int8)
    unplanned = facts.present & (place == Place.NONE)
    stands, view = Schedule(place, team=dict(schedule.team), unplanned=unplanned), instance.view
    first, found = _tiers_before(instance), (finding for rule in view.rules for finding in findings_of(rule, view, stands))
    return tuple(finding for finding in found if finding.strength is Strength.MUST or (finding.cost and finding.tier in first))


def _tiers_before(instance: Instance) -> set[str]:
    """Names of tiers that come before those of changes, so that days may change for what costs there."""
    place = instance.tiers.place
    counted = [place[goal.tier_name][0] for goal in instance.goals if goal.counts_changes() is not None]
    return {name for name, (index, _) in place.items() if index < min(counted, default=0)}


_Numbers = tuple[list[int], list[int]]
"""Of orders, and of findings."""


class _Finder:
    """Finds what changes go back to.

    A change goes back to what its own cell is about; if that is nothing, to what the changes of its part are, since parts share nothing.
    """

    def __init__(self, result: Result, orders: Sequence[Order], stands: Sequence[Finding]) -> None:
        self._facts, self._orders, self._stands = result.instance.facts, orders, stands
        self._duties = result.instance.view.duties
        found = changes_of(self._facts, result.schedule)
        self._names: Sequence[NameChange] = () if found is None else found.names
        self._slots: dict[tuple[str, int], list[NameChange]] = {}
        for name in self._names:
            self._slots.setdefault((name.rule, name.day), []).append(name)
        places = [] if found is None else [*found.places, *self._away()]
        self._places = sorted(places, key=lambda change: (change.person, change.day))
        self._own = {(order.person, d): k for k, order in enumerate(orders) for d in order.days}
        parts = {(e, d): n for n, part in enumerate(result.parts) for e in part.people for d in part.days}
        self._part = [parts.get((change.person, change.day), -1) for change in self._places]
        self._touching(_Reach(result.instance))

    def _touching(self, reach: _Reach) -> None:
        """Findings about each change, and about the changes of each part, with the orders that each goes back to; all by number."""
        ordered = [(k, order.person, d) for k, order in enumerate(self._orders) for d in order.days]
        whose, who, when = np.array(ordered, dtype=np.int64).reshape(-1, 3).T
        self.behind = [np.unique(whose[reach.about(finding, who, when)]).tolist() for finding in self._stands]
        self._of_cell: dict[int, list[int]] = {}
        self._of_part: dict[int, list[int]] = {}
        person = np.array([change.person for change in self._places], dtype=np.int64)
        day = np.array([change.day for change in self._places], dtype=np.int64)
        for number, finding in enumerate(self._stands):
            for k in np.flatnonzero(reach.about(finding, person, day)).tolist():
                self._of_cell.setdefault(k, []).append(number)
                self._of_part.setdefault(self._part[k], []).append(number)

    def all(self) -> Iterator[CausedChange]:
        """Places by person and day, then names."""
        moved = {(change.person, change.day): self._of_place(k, change) for k, change in enumerate(self._places)}
        for change in self._places:
            yield self._change(change, *moved[change.person, change.day])
        for name in self._names:
            yield self._change(name, *self._of_name(name, moved))

    def _away(self) -> Iterator[PlaceChange]:
        """Whoever is away now and had a place."""
        for order in self._orders:
            for d in order.days if order.kind is OrderKind.AWAY else ():
                yield PlaceChange(order.person, d, Place(int(self._facts.published[order.person, d])), Place.ABSENT)

    def _fills(self, order: Order, day: int) -> int:
        """1 where an order brings somebody to the office, -1 where it takes somebody away whose place was there, 0 where neither.

        Seats are filled because others became empty, and the other way round.
        """
        if order.kind in (OrderKind.BACK, OrderKind.DUTY) or order.about == Place.OFFICE.word:
            return 1
        days = [day] if day in order.days else list(order.days)
        return -1 if (self._facts.published[order.person, days] == Place.OFFICE).any() else 0

    def _of_place(self, k: int, change: PlaceChange) -> _Numbers:
        own = self._own.get((change.person, change.day))
        if own is not None:
            return [own], []
        findings = self._of_cell.get(k) or self._of_part.get(self._part[k], [])
        linked = [order for finding in findings for order in self.behind[finding]]
        wanted = -1 if change.becomes == Place.OFFICE else 1
        return [order for order in linked if self._fills(self._orders[order], change.day) == wanted] or linked, findings

    def _of_name(self, change: NameChange, moved: Mapping[tuple[int, int], _Numbers]) -> _Numbers:
        """A name is lost by whoever is elsewhere, and given to somebody because another lost it, if nobody was named by order."""
        slot = self._slots[change.rule, change.day]
        others = [name.person for name in slot if name.becomes is not change.becomes]
        named = [k for k, order in enumerate(self._orders) if order.about == change.rule and change.day in order.days]
        own = [change.person] if (change.person, change.day) in moved else []
        people = own or others if change.was else others or own
        cells = [moved[e, change.day] for e in people if (e, change.day) in moved]
        orders = named or [order for orders, _ in cells for order in orders]
        return orders, [number for _, found in cells for number in found]

    def _change(self, what: PlaceChange | NameChange, orders: Iterable[int], findings: Iterable[int]) -> CausedChange:
        ordered = tuple(self._orders[k] for k in dict.fromkeys(orders))
        broken = tuple(self._stands[k] for k in dict.fromkeys(findings))
        ended = isinstance(what, NameChange) and what.was and not ordered and not self._asks(what)
        because = _NOT_ASKED(rule=plain(what.rule)) if isinstance(what, NameChange) and ended else self._because(ordered, broken)
        return CausedChange(what, ordered, () if ended else broken, because)

    def _asks(self, name: NameChange) -> bool:
        """Whether a duty rule still asks for somebody on the day of a name, in a group of the person."""
        found = (duty for duty in self._duties if duty.rule == name.rule)
        return any(bool(duty.need[duty.group[duty.person == name.person], name.day].any()) for duty in found)

    def _because(self, orders: Sequence[Order], findings: Sequence[Finding]) -> Said:
        if orders:
            return _ORDERS(orders=[order.short for order in orders])
        if findings:
            return _RULES(rules=[plain(rule) for rule in dict.fromkeys(finding.rule for finding in findings)])
        return _REFILLED() if self._facts.refill else _ALONG()


class _Reach:
    """Which cells findings are about."""

    def __init__(self, instance: Instance) -> None:
        self._view, self._facts = instance.view, instance.facts
        self._under: dict[int, NDArray[np.bool_]] = {}

    def about(self, finding: Finding, person: Ints, day: Ints) -> NDArray[np.bool_]:
        """Which of some cells a finding is about: their people are named in it, or belong to its group, absent or not : bool[·]."""
        if finding.people and finding.cells is not None:
            return np.array([cell in finding.cells for cell in zip(person.tolist(), day.tolist(), strict=True)], dtype=np.bool_)
        here = np.isin(day, finding.days)
        if finding.people:
            return here & np.isin(person, finding.people)
        rule = self._view.by_id.get(finding.rule)
        if rule is None or not here.any():
            return here & False
        return here & self._view.cell_set(rule).at(person, day) & self._inside(finding.unit)[self._facts.unit[person, day]]

    def _inside(self, unit: int) -> NDArray[np.bool_]:
        """Units at or below one, all where it is none : bool[U]."""
        if unit not in self._under:
            units = self._facts.units
            self._under[unit] = units.subtree([unit]) if unit >= 0 else np.ones(len(units), dtype=np.bool_)
        return self._under[unit]

"""Why somebody is where a plan has them, and what it would cost if they were not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from threading import Event

from giliran.audit import Audit, audit
from giliran.domain.changes import PlaceChange
from giliran.domain.finding import Finding
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.domain.status import Status
from giliran.errors import Where
from giliran.instance import Instance
from giliran.instance.naming import day_named, person_named
from giliran.program import FREE
from giliran.solving import SolveOptions
from giliran.whatif.costs import TierCost, differences
from giliran.whatif.probing import Answer, Cell, Probe, broken_rules, check_question
from giliran.whatif.reasons import Reason, reasons_of
from giliran.whatif.standing import DutyTurns, Turns, duties_of, on_duty, turns_of

_STRENGTHS = (Strength.MUST, Strength.SHOULD)


@dataclass(frozen=True)
class Opposite:
    """The best plan in which one person is on the other side on one day.

    Parameters
    ----------
    place
        Where the person would be.
    status
        `OPTIMAL` or `FEASIBLE` (the price may be lower), `INFEASIBLE` where no plan has the person there, `UNKNOWN` where time was up.
    costs
        What it costs more than the plan at hand, tier by tier; than the best plan, where the plan at hand breaks a rule there.
    moves
        Everybody who would be elsewhere than in the plan at hand, this person first, the fewest that the price allows.
    reasons
        Why it is impossible.
    """

    place: Place
    status: Status
    costs: tuple[TierCost, ...] = ()
    moves: tuple[PlaceChange, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether there is such a plan."""
        return self.status in (Status.OPTIMAL, Status.FEASIBLE)

    @property
    def swapped_with(self) -> int | None:
        """Row of the one other person who moves, on the same days and to the other side each time; None where it is no such exchange."""
        first, *_ = self.moves or (None,)
        others = {move.person for move in self.moves} - {first.person if first else None}
        if first is None or len(others) != 1:
            return None
        mine = {(move.day, move.becomes == Place.OFFICE) for move in self.moves if move.person == first.person}
        theirs = {(move.day, move.becomes != Place.OFFICE) for move in self.moves if move.person != first.person}
        return others.pop() if mine == theirs else None


@dataclass(frozen=True)
class DayOfPlan:
    """One day of one person.

    Parameters
    ----------
    day
        Index of the day.
    place
        Where the plan has the person; `NONE` on a day off, or where it gives no place.
    duties
        Ids of the duty rules for which the plan names the person.
    fixed
        Whether rules about the person alone leave no choice.
    reasons
        What would be broken if the person alone were on the other side.
    alone
        Where nothing would, what that would cost.
    costly
        Rules that should hold and then would not.
    opposite
        The best plan with the person on the other side; None where there is none to think of, the person being away.
    """

    day: int
    place: Place
    duties: tuple[str, ...] = ()
    fixed: bool = False
    reasons: tuple[Reason, ...] = ()
    alone: tuple[TierCost, ...] = ()
    costly: tuple[Reason, ...] = ()
    opposite: Opposite | None = None


@dataclass(frozen=True, eq=False)
class Why:
    """Why one person is where a plan has them.

    Parameters
    ----------
    instance, schedule
        The plan at hand.
    person
        Row of the person.
    days
        The days asked about.
    turns, duties
        How the person stands beside others.
    broken, gaps
        Number of findings of rules that the plan at hand does not keep, and of days of work for which it gives no place.
    best
        What the best plan costs more than the plan at hand, where only people tied to this person move; empty where that is unknown, or
        the plan at hand breaks a rule there.
    """

    instance: Instance
    schedule: Schedule
    person: int
    days: tuple[DayOfPlan, ...]
    turns: tuple[Turns, ...]
    duties: tuple[DutyTurns, ...]
    broken: int
    gaps: int
    best: tuple[TierCost, ...]


def why(
    instance: Instance,
    schedule: Schedule,
    staff: str,
    day: str | dt.date | None = None,
    *,
    options: SolveOptions | None = None,
    cancel: Event | None = None,
) -> Why:
    """Say why somebody is where a plan has them: what fixes or presses each day, what the opposite would cost, and how they stand.

    The opposite of a day is planned with everybody who is tied to it, all others staying where they are; of several best plans the one
    with the fewest changes is told. Wishes, reasons of absence and marks of others are told nowhere.

    Parameters
    ----------
    instance
        The instance of the plan.
    schedule
        The plan at hand: a result's, or one that was changed by hand.
    staff
        Id, NIP or a part of the name that only one person has.
    day
        A date of the horizon; all days when None.
    options
        Seconds for everything, seed and engine.
    cancel
        Set it from another thread to end; what is not known then is `UNKNOWN`.

    Raises
    ------
    InputError
        If the schedule is for other people or days, nobody is called so or several are, or the date is not in the horizon.
    """
    check_question(instance, schedule, options, cancel)
    facts = instance.facts
    person = person_named(facts, staff, Where(field="staff"))
    days = range(facts.num_days) if day is None else [day_named(facts, day, Where(field="day"))]
    asked = _Asked(instance, schedule, person, Probe(instance, schedule, options or SolveOptions(), cancel))
    told = tuple(asked.tell(d) for d in days)
    return Why(
        instance=instance,
        schedule=schedule,
        person=person,
        days=told,
        turns=turns_of(instance, schedule, person),
        duties=duties_of(instance, schedule, person),
        broken=broken_rules(instance, schedule),
        gaps=asked.gaps,
        best=asked.best([each.day for each in told if each.opposite is not None]),
    )


class _Asked:
    """Questions about the days of one person."""

    def __init__(self, instance: Instance, schedule: Schedule, person: int, probe: Probe) -> None:
        self._instance, self._schedule, self._person, self._probe = instance, schedule, person, probe
        self._at_hand = audit(instance, self._probe.plan)

    @property
    def gaps(self) -> int:
        """Days of work without a place."""
        return self._probe.gaps

    def tell(self, day: int) -> DayOfPlan:
        """One day."""
        cell = (self._person, day)
        told = DayOfPlan(day, Place(int(self._schedule.place[cell])), tuple(on_duty(self._schedule, *cell)))
        if not self._instance.facts.present[cell] or told.place == Place.NONE:
            return told
        flipped = audit(self._instance, self._probe.moved([cell]))
        reasons, costly = (tuple(reasons_of(self._instance.view, _new(self._at_hand, flipped, each))) for each in _STRENGTHS)
        fixed = bool(self._probe.fixed[cell] != FREE)
        alone = () if reasons else differences(self._instance, self._at_hand, flipped)
        return replace(told, fixed=fixed, reasons=reasons, alone=alone, costly=costly, opposite=self._opposite(cell))

    def best(self, days: list[int]) -> tuple[TierCost, ...]:
        """What the best plan around some days costs more than the plan at hand."""
        cells = [(self._person, d) for d in days]
        stand = self._probe.stand(cells)
        best = self._probe.hold({}, cells)
        return self._costs(stand, best, self._at_hand) if stand.found and best.found else ()

    def _opposite(self, cell: Cell) -> Opposite:
        place = Place(int(self._probe.moved([cell]).place[cell]))
        answer = self._probe.hold({cell: place == Place.OFFICE})
        if not answer.found:
            view = self._instance.view
            return Opposite(place, answer.status, reasons=tuple(reasons_of(view, answer.clashes)))
        stand, against = self._probe.stand([cell]), self._at_hand
        if not stand.found:
            stand = self._probe.hold({}, [cell])
            against = audit(self._instance, self._probe.moved(stand.moved))
        return Opposite(place, answer.status, self._costs(stand, answer, against), self._moves(answer, cell))

    def _costs(self, stand: Answer, answer: Answer, against: Audit) -> tuple[TierCost, ...]:
        found = self._probe.audit_of(answer, stand, against)
        costs = differences(self._instance, against, found)
        return tuple(replace(cost, proven=cost.tier in answer.proven) for cost in costs)

    def _moves(self, answer: Answer, first: Cell) -> tuple[PlaceChange, ...]:
        cells = sorted(answer.moved, key=lambda cell: (cell != first, cell[0] != first[0], cell))
        places = self._probe.moved(answer.moved).place
        return tuple(PlaceChange(e, d, Place(int(self._probe.plan.place[e, d])), Place(int(places[e, d]))) for e, d in cells)


def _new(before: Audit, after: Audit, strength: Strength) -> list[Finding]:
    """Rules of a strength that one plan does not keep, and that the other does not break in this way."""
    known = [finding for finding in before.findings if finding.strength is strength]
    return [finding for finding in after.findings if finding.strength is strength and finding not in known]

"""Who could stand in for somebody: each one called instead and planned, ranked by what that costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from threading import Event

import numpy as np

from giliran.audit import Audit, audit
from giliran.domain.changes import PlaceChange
from giliran.domain.facts import THOUSANDTHS
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.status import Status
from giliran.errors import InputError, Problem, Where
from giliran.instance import Instance
from giliran.instance.naming import day_named, person_named
from giliran.instance.offered import text_given
from giliran.messages import Sentence, meant, plain
from giliran.program import FREE, Ints
from giliran.rules.answers import Duty
from giliran.solving import SolveOptions
from giliran.whatif.costs import TierCost, differences
from giliran.whatif.probing import Answer, Cell, Probe, broken_rules, check_question
from giliran.whatif.reasons import Reason, reasons_of
from giliran.whatif.stand_ins import Loss, Substitute, Substitutes
from giliran.whatif.standing import last_turn, on_duty

MOST_NEAR = 40
"""Most people of a limit, duty or unit who are all asked; beyond, only the narrowest is looked at, and only where nobody is nearer."""

_NOT_THERE = Sentence(
    en="{person} is not in the office on {day} in this plan, so nobody has to stand in",
    id="{person} tidak WFO pada {day} dalam jadwal ini, jadi tidak perlu diganti",
)
_NOT_NAMED = Sentence(
    en="this plan does not name {person} for {rule} on {day}", id="jadwal ini tidak menugaskan {person} untuk {rule} pada {day}"
)
_NO_DUTY = Sentence(en="'{rule}' is not a duty rule of the instance", id="'{rule}' bukan aturan piket yang berlaku di sini")

_AS_IT_IS = Answer(Status.OPTIMAL)
"""Nobody moves."""


def substitutes(
    instance: Instance,
    schedule: Schedule,
    staff: str,
    day: str | dt.date,
    *,
    duty: str | None = None,
    options: SolveOptions | None = None,
    cancel: Event | None = None,
) -> Substitutes:
    """Rank those who could stand in for somebody by what that costs in every tier, each solved.

    In the office: whoever is at home that day, is not fixed there, and is in the person's unit or counted with the person by a limit or
    duty of at most 40 people; where these leave nobody, by the narrowest larger one. The person is held out of the office, the substitute
    in it, and what is tied to them is planned again with the fewest changes. For a duty: whoever may be named in the same duty unit that
    day and is not.

    Parameters
    ----------
    instance
        The instance of the plan.
    schedule
        The plan at hand.
    staff
        Id, NIP or a part of the name that only one person has.
    day
        A date of the horizon.
    duty
        Id of a duty rule that the plan names the person for: only the name is to be another, the person may stay in the office.
    options
        Seconds for everything, seed and engine.
    cancel
        Set it from another thread to end; whoever was not asked then is `UNKNOWN`.

    Raises
    ------
    InputError
        If the schedule is for other people or days, nobody is called so or several are, the date is not in the horizon, or the plan has
        the person neither there nor named.
    """
    asked = _asked(instance, schedule, staff, day, options, cancel)
    if duty is None:
        return asked.in_office().for_place()
    return asked.for_duty(_duty_named(instance, schedule, *asked.cell, duty))


def _asked(
    instance: Instance, schedule: Schedule, staff: str, day: str | dt.date, options: SolveOptions | None, cancel: Event | None
) -> Asked:
    check_question(instance, schedule, options, cancel)
    facts = instance.facts
    person, d = person_named(facts, staff, Where(field="staff")), day_named(facts, day, Where(field="day"))
    return Asked(schedule, person, d, Probe(instance, schedule, options or SolveOptions(), cancel))


def asked_of(
    instance: Instance, schedule: Schedule, staff: str, day: str | dt.date, options: SolveOptions | None, cancel: Event | None
) -> Asked:
    """The question about somebody whom the plan has in the office; `InputError` where it does not."""
    return _asked(instance, schedule, staff, day, options, cancel).in_office()


def _duty_named(instance: Instance, schedule: Schedule, person: int, day: int, rule: str) -> Duty:
    facts, duties = instance.facts, {duty.rule: duty for duty in instance.view.duties}
    if text_given(rule, Where(field="duty")) not in duties:
        raise InputError([Problem(Where(field="duty"), _NO_DUTY(rule=rule), meant(rule, duties))])
    if rule not in on_duty(schedule, person, day):
        said = _NOT_NAMED(person=plain(facts.staff.label(person)), rule=rule, day=facts.dates[day])
        raise InputError([Problem(Where(field="duty"), said)])
    return duties[rule]


class Asked:
    """The question about one person and day, and what is known for it."""

    def __init__(self, schedule: Schedule, person: int, day: int, probe: Probe) -> None:
        self.instance, self.schedule, self.person, self.day, self.probe = probe.instance, schedule, person, day, probe
        instance = probe.instance
        self.at_hand = audit(instance, self.probe.plan)
        self._place = {int(e): k for k, e in enumerate(self.probe.order)}
        account = next((name for goal in instance.view.goals if (name := goal.keeps())), "")
        self._last = last_turn(instance.facts, account, schedule.office, day)

    @property
    def cell(self) -> Cell:
        """The cell that somebody else is to fill."""
        return self.person, self.day

    def turn(self, e: int) -> tuple[int, int]:
        """When somebody was called to the office last, then the lottery: whoever has the least stands in first."""
        return int(self._last[e]), self._place[e]

    def in_office(self) -> Asked:
        """This, if the plan has the person in the office."""
        if not self.schedule.office[self.cell]:
            facts = self.instance.facts
            said = _NOT_THERE(person=plain(facts.staff.label(self.person)), day=facts.dates[self.day])
            raise InputError([Problem(Where(field="staff"), said)])
        return self

    def for_place(self) -> Substitutes:
        """Who could be in the office instead."""
        present = self.instance.facts.present[self.cell]
        if present and self.probe.fixed[self.cell] != FREE:
            return self._answer(None, (), self._fixed())
        gone = {self.cell: False} if present else {}
        found = [self._place_of(e, gone) for e in candidates(self)]
        return self._answer(None, tuple(found))

    def for_duty(self, duty: Duty) -> Substitutes:
        """Who could be named for a duty instead."""
        groups = duty.group[(duty.person == self.person) & duty.open[:, self.day]]
        self._last = last_turn(self.instance.facts, duty.account, self.schedule.duty[duty.rule], self.day)
        members = np.unique(duty.person[np.isin(duty.group, groups) & duty.open[:, self.day]])
        free = [e for e in members.tolist() if e != self.person and not self.schedule.duty[duty.rule][e, self.day]]
        return self._answer(duty.rule, tuple(self._duty_of(e, duty) for e in free))

    def _answer(self, duty: str | None, found: tuple[Substitute, ...], fixed: tuple[Reason, ...] = ()) -> Substitutes:
        ranked = sorted((each for each in found if each.status is not Status.INFEASIBLE), key=self._rank)
        return Substitutes(
            instance=self.instance,
            schedule=self.schedule,
            person=self.person,
            day=self.day,
            duty=duty,
            broken=broken_rules(self.instance, self.schedule),
            gaps=self.probe.gaps,
            fixed=fixed,
            ranked=tuple(ranked),
            impossible=tuple(each.person for each in found if each.status is Status.INFEASIBLE),
        )

    def _rank(self, one: Substitute) -> tuple[object, ...]:
        """Price, least recently called, lottery; for a duty those before who are there anyway. Of whom nothing is known last."""
        price = tuple(cost.change for cost in one.costs)
        double = bool(one.loss and one.loss.other_duties)
        ready = one.in_office and not double
        return not one.possible, not ready, price, double, not one.in_office, *self.turn(one.person)

    def _fixed(self) -> tuple[Reason, ...]:
        flipped = audit(self.instance, self.probe.moved([self.cell]))
        return tuple(reasons_of(self.instance.view, (f for f in flipped.broken if f not in self.at_hand.broken)))

    def _place_of(self, e: int, gone: dict[Cell, bool]) -> Substitute:
        around = [self.cell, (e, self.day)]
        answer = self.probe.hold({**gone, (e, self.day): True}, around)
        if not answer.found:
            return self._substitute(e, answer)
        costs, found = self._costs(answer, around)
        return self._substitute(e, answer, costs, self._days_given(e, found))

    def _duty_of(self, e: int, duty: Duty) -> Substitute:
        before = int(self.schedule.duty[duty.rule][e].sum())
        loss = self._loss(e, before, before + 1, None)
        if self.schedule.office[e, self.day]:
            return self._substitute(e, _AS_IT_IS, differences(self.instance, self.at_hand, self.at_hand), loss)
        around = [(e, self.day)]
        answer = self.probe.hold({around[0]: True})
        if not answer.found:
            return self._substitute(e, answer)
        return self._substitute(e, answer, self._costs(answer, around)[0], loss)

    def _substitute(self, e: int, answer: Answer, costs: tuple[TierCost, ...] = (), loss: Loss | None = None) -> Substitute:
        last = int(self._last[e])
        places, was = self.probe.moved(answer.moved).place, self.probe.plan.place
        return Substitute(
            person=e,
            in_office=bool(self.schedule.office[e, self.day]),
            status=answer.status,
            costs=costs,
            moves=tuple(PlaceChange(*cell, Place(int(was[cell])), Place(int(places[cell]))) for cell in self._in_order(answer, e)),
            last_called=dt.date.fromordinal(last) if last else None,
            loss=loss,
        )

    def _in_order(self, answer: Answer, e: int) -> list[Cell]:
        """Changed cells, those of the day and of the two people first."""
        return sorted(answer.moved, key=lambda cell: (cell != self.cell, cell != (e, self.day), cell[0] not in (self.person, e), cell))

    def _costs(self, answer: Answer, around: list[Cell]) -> tuple[tuple[TierCost, ...], Audit]:
        stand, against = self.probe.stand(around), self.at_hand
        if not stand.found:
            stand = self.probe.hold({}, around)
            against = audit(self.instance, self.probe.moved(stand.moved))
        found = self.probe.audit_of(answer, stand, against)
        costs = differences(self.instance, against, found)
        return tuple(replace(cost, proven=cost.tier in answer.proven) for cost in costs), found

    def _days_given(self, e: int, found: Audit) -> Loss:
        before, after = (next(iter(each.fairness), None) for each in (self.at_hand, found))
        if before is None or after is None:
            office = self.schedule.office[e]
            return self._loss(e, int(office.sum()), int(office.sum()) + 1, None)
        difference = THOUSANDTHS * int(after.burden[e]) + int(after.balance[e]) - int(after.share[e])
        return self._loss(e, int(before.burden[e]), int(after.burden[e]), difference)

    def _loss(self, e: int, before: int, after: int, difference: int | None) -> Loss:
        wishes = self.instance.facts.wishes
        mine = (wishes.person == e) & (wishes.day == self.day) & (wishes.place != Place.OFFICE)
        here = bool(self.schedule.office[e, self.day])
        return Loss(bool(mine.any()) and not here, before, after, difference, tuple(on_duty(self.schedule, e, self.day)))


def candidates(asked: Asked) -> list[int]:
    """Rows of those who could take the person's place, ascending."""
    facts, (person, day) = asked.instance.facts, asked.cell
    could = facts.present[:, day] & ~asked.schedule.office[:, day] & (asked.schedule.place[:, day] != Place.NONE)
    could &= asked.probe.fixed[:, day] == FREE
    could[person] = False
    unit = np.flatnonzero(facts.unit[:, day] == facts.unit[person, day])
    groups = sorted([unit, *_counted_together(asked, person, day)], key=len)
    near = [people[could[people]] for people in groups if len(people) <= MOST_NEAR]
    far = (people[could[people]] for people in groups if len(people) > MOST_NEAR)
    found = np.unique(np.concatenate([unit[:0], *near]))
    return [int(e) for e in (found if len(found) else next((people for people in far if len(people)), found))]


def _counted_together(asked: Asked, person: int, day: int) -> Iterator[Ints]:
    """People of every limit's group in which the person is counted on the day : int64[·] each."""
    for limit in asked.instance.view.limits:
        one = np.array([person], dtype=np.int64)
        group = int(limit.groups.at(one, day)[0])
        if group >= 0 and limit.active[group, day] and limit.counted.at(one, day)[0]:
            yield limit.people(group, day)

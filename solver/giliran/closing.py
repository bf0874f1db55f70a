"""Closing a period: what everybody gave, and what everybody was asked, as rows of the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from giliran.arguments import check_pair
from giliran.domain.facts import THOUSANDTHS, Cells, Facts
from giliran.domain.place import DayKind, Place
from giliran.domain.schedule import Schedule
from giliran.errors import InputError, Problem, Where
from giliran.instance import Instance
from giliran.instance.ledger import LedgerEntry, LedgerKey
from giliran.messages import Sentence, found_text
from giliran.result import Result
from giliran.rules.answers import Duty, Fairness
from giliran.text import period_name

_NO_RESULT = Sentence(
    en="found {found}; expected a result of solve, or an instance and its schedule",
    id="ditemukan {found}; yang diharapkan hasil solve, atau berkas masukan dan jadwalnya",
)
_NO_SCHEDULE = Sentence(en="found {found}; expected a schedule", id="ditemukan {found}; yang diharapkan jadwal")

Sums = dict[int, Fraction]
"""Days by person."""


class _Account:
    """What people gave and were asked in one account."""

    def __init__(self) -> None:
        self.burden: dict[int, int] = defaultdict(int)
        self.share: dict[int, Fraction] = defaultdict(Fraction)
        self.last: dict[int, int] = {}

    def give(self, cells: Cells) -> None:
        """Count a day for every one of some cells."""
        for e, d in zip(*(axis.tolist() for axis in np.nonzero(cells)), strict=True):
            self.burden[e] += 1
            self.last[e] = max(self.last.get(e, 0), d)

    def ask(self, shares: Sums) -> None:
        """Ask people for what was their share; whoever could have been asked has a row, also where the share is nothing."""
        for e, share in shares.items():
            self.share[e] += share


def ledger_rows(result: Result | Instance, schedule: Schedule | None = None) -> tuple[LedgerEntry, ...]:
    """The rows that close the period of a plan as it was planned: one for each person and account.

    Parameters
    ----------
    result
        From `solve`; or an instance, beside its schedule.
    schedule
        The schedule, where that of the result is not meant.

    Returns
    -------
    tuple of LedgerEntry
        Accounts by name, people in the order of the staff table; those whom an account could not ask anything have no row in it.

    Raises
    ------
    InputError
        If that is neither, or the schedule is for other people or days.
    InfeasibleError, UndecidedError
        As `Result.require`, if the result has no plan for somebody and no schedule stands beside it.

    Notes
    -----
    The share is what was really asked: the days that a comparison group gave on a day are asked of those of it whose day counts, in
    proportion to the loads that limits and floors let expect of them, ``came · load_i / Σ load_j``: the part of the group that came,
    where all are under the same limits. So shares add up to burdens, nobody is charged for days of absence or gathers a balance by what
    a unit allows, and a newcomer begins with nothing. A duty asks everybody who could be named that day for the same part of the names.
    """
    instance, plan = _pair(result, schedule)
    if ((plan.place == Place.ABSENT) & instance.facts.present).any():
        return _entries(*happened(instance, plan, Schedule(np.zeros_like(plan.place))))
    return _entries(instance, plan)


def ledger_from_attendance(instance: Instance, schedule: Schedule, attendance: Schedule) -> tuple[LedgerEntry, ...]:
    """The same rows as it happened: days of an attendance list that differ from the plan count as the list says.

    Parameters
    ----------
    instance, schedule
        What was planned.
    attendance
        What happened, as `read_attendance` reads it; cells without a place are as planned. Duty was done by those whom it names, where
        it names anybody, else by those whom the plan names, as far as they were in the office.

    Returns
    -------
    tuple of LedgerEntry
        As `ledger_rows`; whoever was away, planned or not, is charged for nothing that day.

    Raises
    ------
    InputError
        If one of them is for other people or days.
    """
    check_pair(instance, schedule)
    check_pair(instance, attendance)
    return _entries(*happened(instance, schedule, attendance))


def happened(instance: Instance, plan: Schedule, attendance: Schedule) -> tuple[Instance, Schedule]:
    """The instance with the absences that there were, and the schedule of what happened in it."""
    facts = instance.facts
    seen = facts.has_cell & (attendance.place != Place.NONE)
    place = np.where(seen, attendance.place, plan.place).astype(np.int8)
    duty = {rule: _done(rule, plan, attendance, seen) for rule in {*plan.duty, *attendance.duty}}
    away = (place == Place.ABSENT) | ((place == Place.OFF) & (facts.kind == DayKind.WORK))
    absent = np.where(seen, away, facts.absent | (facts.has_cell & away))
    known = replace(facts, absent=absent, reason=np.where(absent, facts.reason, np.int16(-1)).astype(np.int16))
    return replace(instance, facts=known), Schedule(place, duty)


def _done(rule: str, plan: Schedule, attendance: Schedule, seen: Cells) -> Cells:
    """Who was named for a duty, by the attendance list on the days for which it names anybody."""
    nobody = np.zeros(seen.shape, dtype=np.bool_)
    planned, listed = plan.duty.get(rule, nobody), attendance.duty.get(rule, nobody)
    return np.where(listed.any(axis=0), listed, planned)


def _pair(result: object, schedule: object) -> tuple[Instance, Schedule]:
    if isinstance(result, Result) and schedule is None:
        return result.instance, result.require()
    instance = result.instance if isinstance(result, Result) else result
    if not isinstance(instance, Instance):
        raise InputError([Problem(Where(field="result"), _NO_RESULT(found=found_text(result)))])
    if not isinstance(schedule, Schedule):
        raise InputError([Problem(Where(field="schedule"), _NO_SCHEDULE(found=found_text(schedule)))])
    check_pair(instance, schedule)
    return instance, schedule


def _entries(instance: Instance, schedule: Schedule) -> tuple[LedgerEntry, ...]:
    """One entry for each account and person."""
    view = instance.view
    accounts: dict[str, _Account] = defaultdict(_Account)
    for goal in view.goals:
        fairness = goal.fairness(view, schedule)
        loads = goal.loads(view)
        if fairness is not None and loads is not None:
            _close_days(fairness, loads, schedule, accounts[fairness.account])
    for duty in view.duties:
        if duty.rule in schedule.duty and duty.seats is None:
            _close_duty(duty, schedule, accounts[duty.account])
    period = period_name(view.facts.dates[0], view.facts.dates[-1])
    return tuple(entry for name in sorted(accounts) for entry in _of(accounts[name], name, period, view.facts))


def _of(account: _Account, name: str, period: str, facts: Facts) -> Iterator[LedgerEntry]:
    unit_of = _unit_of(facts)
    for e in sorted({*account.burden, *account.share}):
        yield LedgerEntry(
            LedgerKey(facts.staff.ids[e], name, period),
            burden=THOUSANDTHS * account.burden.get(e, 0),
            share=_thousandths(account.share.get(e, Fraction(0))),
            last_called=facts.dates[account.last[e]] if e in account.last else None,
            unit=unit_of(e),
        )


def _unit_of(facts: Facts) -> Callable[[int], str]:
    """The unit of a person on the last day of work."""
    last = facts.num_days - 1 - np.argmax(facts.has_cell[:, ::-1], axis=1)
    unit = facts.unit[np.arange(facts.num_people), last]
    return lambda e: facts.units[int(unit[e])].id


def _thousandths(days: Fraction) -> int:
    """Rounded half up."""
    return int((2 * THOUSANDTHS * days + 1) // 2)


def _close_days(fairness: Fairness, loads: NDArray[np.int64], schedule: Schedule, account: _Account) -> None:
    """Days of a goal: those that a group gave on each day are asked of all of it whose day counts, as the loads expected there are.

    Where all are asked for the same those of all days are, of everybody of the group with a day that counts.
    """
    counted = fairness.counted & (schedule.place != Place.NONE)
    if not counted.any():
        return
    account.give(counted & schedule.office)
    if fairness.equal:
        account.ask(_equal_parts(fairness.group, counted, schedule))
        return
    came = _by_group(fairness.group, counted & schedule.office)
    weight = np.where(counted, loads, 0)
    total = _by_group(fairness.group, weight)
    alike = counted & (total[fairness.group] == 0)  # nothing was expected of anybody there
    weight = np.where(alike, 1, weight)
    total = _by_group(fairness.group, weight)
    known: dict[tuple[int, bytes], Fraction] = {}
    shares: Sums = {}
    for e in np.flatnonzero(counted.any(axis=1)).tolist():
        g = int(fairness.group[e])
        spot = g, weight[e].tobytes()
        if spot not in known:
            days = np.flatnonzero(weight[e]).tolist()
            known[spot] = sum((Fraction(int(came[g, d] * weight[e, d]), int(total[g, d])) for d in days), Fraction(0))
        shares[e] = known[spot]
    account.ask(shares)


def _equal_parts(group: NDArray[np.int64], counted: Cells, schedule: Schedule) -> Sums:
    """What a group gave in equal parts for its people with a counted day."""
    people = np.flatnonzero(counted.any(axis=1))
    members = np.bincount(group[people])
    came = _by_group(group, counted & schedule.office).sum(axis=1)
    return {e: Fraction(int(came[group[e]]), int(members[group[e]])) for e in people.tolist()}


def _by_group(group: NDArray[np.int64], cells: NDArray[np.generic]) -> NDArray[np.int64]:
    """What the cells of each group add up to on each day : int64[G, D]."""
    total = np.zeros((int(group.max(initial=-1)) + 1, cells.shape[1]), dtype=np.int64)
    inside = group >= 0
    np.add.at(total, group[inside], cells[inside].astype(np.int64))
    return total


def _close_duty(duty: Duty, schedule: Schedule, account: _Account) -> None:
    """Days of a duty: whoever was named and came; all who could be named that day are asked for the same part of the names."""
    named = schedule.duty[duty.rule] & schedule.office
    account.give(named)
    served = _served(duty, named)
    size = np.zeros(duty.need.shape, dtype=np.int64)
    np.add.at(size, duty.group, duty.open.astype(np.int64))
    shares: Sums = defaultdict(Fraction)
    for k, d in zip(*(axis.tolist() for axis in np.nonzero(duty.open & (duty.need > 0)[duty.group])), strict=True):
        g = int(duty.group[k])
        shares[int(duty.person[k])] += Fraction(served.get((g, d), 0), int(size[g, d]))
    account.ask(shares)


def _served(duty: Duty, named: Cells) -> dict[tuple[int, int], int]:
    """Names by duty unit and day; who may stand for several units stands for the first that still needs somebody."""
    served: dict[tuple[int, int], int] = defaultdict(int)
    units: dict[tuple[int, int], list[int]] = defaultdict(list)
    for k, d in zip(*(axis.tolist() for axis in np.nonzero(duty.open & named[duty.person])), strict=True):
        units[int(duty.person[k]), d].append(int(duty.group[k]))
    for (_, d), groups in sorted(units.items(), key=lambda item: (len(item[1]), item[0])):
        group = next((g for g in groups if served[g, d] < duty.need[g, d]), groups[0])
        served[group, d] += 1
    return served

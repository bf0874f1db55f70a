"""Two people who exchange days, so that nothing that counts changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Event

import numpy as np

from giliran.audit import Audit, audit
from giliran.domain.facts import Cells
from giliran.domain.schedule import Schedule
from giliran.instance import Instance
from giliran.program import FREE
from giliran.solving import SolveOptions
from giliran.whatif.substitutes import Asked, asked_of, candidates


@dataclass(frozen=True)
class Swap:
    """Two people who exchange a day.

    Parameters
    ----------
    person, day
        Row of the person who stays out of the office on a day, and its index.
    other, other_day
        Row of whoever comes instead, and the day on which the person comes for that one.
    duties
        Ids of duty rules for which the two are named in each other's place.
    """

    person: int
    day: int
    other: int
    other_day: int
    duties: tuple[str, ...] = ()


def swaps(
    instance: Instance,
    schedule: Schedule,
    staff: str,
    day: str | dt.date,
    *,
    options: SolveOptions | None = None,
    cancel: Event | None = None,
) -> tuple[Swap, ...]:
    """Exchanges of days between somebody and another that break no rule and leave every tier as it is.

    The person stays out of the office on the day, another comes; on a later or earlier day it is the other way round. Duty goes with
    the days, where the other may be named for it. Both are held against the rules, and nobody else moves.

    Parameters
    ----------
    instance, schedule, staff, day, options, cancel
        As for `substitutes`.

    Returns
    -------
    tuple
        Least recently called others first, by day for each of them.

    Raises
    ------
    InputError
        As `substitutes` does.
    """
    asked = asked_of(instance, schedule, staff, day, options, cancel)
    if not instance.facts.present[asked.cell] or asked.probe.fixed[asked.cell] != FREE:
        return ()
    at_hand = audit(instance, schedule)
    people = sorted(candidates(asked), key=asked.turn)
    tried = (_held(asked, at_hand, Swap(asked.person, asked.day, e, d)) for e in people for d in _days(asked, e))
    return tuple(swap for swap in tried if swap is not None)


def _days(asked: Asked, e: int) -> Iterator[int]:
    """Days on which the other is in the office and the person is not, both free to be elsewhere."""
    facts, office, fixed = asked.instance.facts, asked.schedule.office, asked.probe.fixed
    free = facts.present & (fixed == FREE)
    both = free[e] & free[asked.person] & office[e] & ~office[asked.person]
    yield from np.flatnonzero(both).tolist()


def _held(asked: Asked, at_hand: Audit, swap: Swap) -> Swap | None:
    """The swap with its names for duty, if it breaks nothing that the plan keeps, and costs the same in every tier."""
    cells = {(swap.person, swap.day): False, (swap.other, swap.day): True, (swap.person, swap.other_day): True}
    cells[swap.other, swap.other_day] = False
    stand, answer = asked.probe.stand([*cells]), asked.probe.hold_exactly(cells)
    if not stand.found or not answer.found or answer.values != stand.values:
        return None
    named = _names(asked.schedule, swap)
    duties = tuple(rule for rule, table in sorted(named.items()) if (table != asked.schedule.duty[rule]).any())
    found = audit(asked.instance, replace(asked.schedule, place=asked.probe.moved([*cells]).place, duty=named))
    kept = found.tiers == at_hand.tiers and all(finding in at_hand.broken for finding in found.broken)
    return replace(swap, duties=duties) if kept else None


def _names(schedule: Schedule, swap: Swap) -> dict[str, Cells]:
    """Who is named for every duty once the two stand in each other's place on both days : bool[E, D] each."""
    days, people = [swap.day, swap.other_day], [swap.person, swap.other]
    named = {rule: table.copy() for rule, table in schedule.duty.items()}
    for rule, table in named.items():
        table[np.ix_(people, days)] = schedule.duty[rule][np.ix_(people[::-1], days)]
    return named

"""What a schedule changes against the published plan: places, then names for duty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from giliran.domain.facts import Facts
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule


@dataclass(frozen=True)
class PlaceChange:
    """One person whose place on one day is not the published one.

    Parameters
    ----------
    person, day
        Indices.
    was, becomes
        The published place, and that of the schedule.
    """

    person: int
    day: int
    was: Place
    becomes: Place


@dataclass(frozen=True)
class NameChange:
    """One person who is named for a duty on one day by one of the two plans only.

    Parameters
    ----------
    rule
        Id of the duty rule.
    person, day
        Indices.
    was, becomes
        Whether the published plan, and the schedule, names the person; one of them does.
    """

    rule: str
    person: int
    day: int
    was: bool
    becomes: bool


@dataclass(frozen=True)
class Changes:
    """Everything that a schedule changes against the published plan.

    Parameters
    ----------
    places
        By person in the order of the staff table, then by day.
    names
        By rule, then by day; who is no longer named comes before who is named instead.
    away
        People who are away on days on which the published plan had them somewhere, ordered as places: nobody moved them, and they are not
        counted, but whoever was told the published plan is to be told this too.
    """

    places: tuple[PlaceChange, ...]
    names: tuple[NameChange, ...]
    away: tuple[PlaceChange, ...] = ()

    def __len__(self) -> int:
        return len(self.places) + len(self.names)


def changes_of(facts: Facts, schedule: Schedule) -> Changes | None:
    """What a schedule changes; None where the published plan has nothing to say inside the horizon.

    Places are compared for people who are there and whom the published plan gives a place, absence included: whoever fell ill was not
    moved, whoever is back is.
    Names are compared on published days, for rules that both plans name officers for.
    """
    if not (facts.published != Place.NONE).any():
        return None
    return Changes(tuple(_places(facts, schedule)), tuple(_names(facts, schedule)), tuple(_away(facts)))


def _places(facts: Facts, schedule: Schedule) -> Iterator[PlaceChange]:
    moved = (facts.published != Place.NONE) & schedule.planned(facts) & (schedule.place != facts.published)
    for e, d in np.argwhere(moved).tolist():
        yield PlaceChange(e, d, Place(int(facts.published[e, d])), Place(int(schedule.place[e, d])))


def _away(facts: Facts) -> Iterator[PlaceChange]:
    known = np.isin(facts.published, (Place.OFFICE, Place.HOME, Place.OFF))
    for e, d in np.argwhere(known & facts.absent).tolist():
        yield PlaceChange(e, d, Place(int(facts.published[e, d])), Place.ABSENT)


def _names(facts: Facts, schedule: Schedule) -> Iterator[NameChange]:
    covered = (facts.published != Place.NONE).any(axis=0)
    unplanned = np.zeros(facts.shape, dtype=np.bool_) if schedule.unplanned is None else schedule.unplanned
    for rule in sorted(facts.published_duty.keys() & schedule.duty.keys()):
        before, now = facts.published_duty[rule], schedule.duty[rule]
        for d in np.flatnonzero(covered & ((before != now) & ~unplanned).any(axis=0)).tolist():
            left = np.flatnonzero(before[:, d] & ~now[:, d] & ~unplanned[:, d])
            came = np.flatnonzero(~before[:, d] & now[:, d])
            yield from (NameChange(rule, e, d, was=True, becomes=False) for e in left.tolist())
            yield from (NameChange(rule, e, d, was=False, becomes=True) for e in came.tolist())

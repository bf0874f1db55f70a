"""Which limits bind: how far a plan is from every limit and need, group by group and day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from giliran.domain.schedule import Schedule
from giliran.domain.units import NO_UNIT
from giliran.messages import Said
from giliran.program import INFINITE
from giliran.rules.answers import Counts, Limit, Sense, Side
from giliran.rules.base import Rule
from giliran.rules.toolkit.exempting import spared, still_binding
from giliran.rules.toolkit.limiting import Headcount, headcounts
from giliran.rules.view import View


@dataclass(frozen=True)
class Binding:
    """A limit or need of a group, and how far a plan is from it, on days on which both are the same.

    Parameters
    ----------
    rule
        Id of the rule.
    group, unit
        Whom it counts together, in words, and the id of its unit; empty for everybody concerned.
    days
        Days on which limit and headcount are these.
    side, sense
        Whether it counts people in the office or at home, and whether `limit` is the most or the least of them.
    limit
        People; of a limit that may be relaxed the first one as far as the plan keeps it, else the second one.
    headcount
        People counted, without officers whom the limit does not count.
    must
        Whether it must hold; what only should hold is passed at a cost.
    """

    rule: str
    group: Said
    unit: str
    days: tuple[dt.date, ...]
    side: Side
    sense: Sense
    limit: int
    headcount: int
    must: bool

    @property
    def free(self) -> int:
        """People by whom the plan is away from the limit; 0 where it binds, below 0 where what only should hold is passed."""
        return self.limit - self.headcount if self.sense is Sense.MOST else self.headcount - self.limit

    @property
    def tight(self) -> bool:
        """Whether nobody more, or fewer, is possible. That alone costs nothing: what another number would change is for `price` to say."""
        return self.free <= 0


def bindings(view: View, schedule: Schedule, free: int | None = 0) -> tuple[Binding, ...]:
    """Limits that a plan comes near to.

    Parameters
    ----------
    free
        The most people by whom it may be away from them; every limit when None.

    Returns
    -------
    tuple of Binding
        In the order of the rules, their groups and days; occurrences that are not planned to the last cell are left out.
    """
    found = (each for rule in view.rules for limit in view.limits_of(rule) for each in _of(rule, limit, view, schedule))
    return tuple(each for each in _joined(found) if free is None or each.free <= free)


def _of(rule: Rule, limit: Limit, view: View, schedule: Schedule) -> Iterator[Binding]:
    """Every bound of a limit, one day each."""
    uncounted = _uncounted(limit, view, schedule)
    for count in headcounts(limit, schedule):
        for sense, number in _bounds(limit, count, count.office - int(uncounted[count.group, count.day])):
            people = count.home if limit.side is Side.HOME else count.office - int(uncounted[count.group, count.day])
            unit = int(limit.groups.unit[count.group])
            yield Binding(
                rule=rule.id,
                group=limit.groups.label(view.facts, count.group),
                unit="" if unit == NO_UNIT else view.facts.units[unit].id,
                days=(view.facts.dates[count.day],),
                side=limit.side,
                sense=sense,
                limit=number,
                headcount=people,
                must=limit.must,
            )


def _bounds(limit: Limit, count: Headcount, office: int) -> Iterator[tuple[Sense, int]]:
    """What a limit asks for of one group on one day, in its own terms; nothing where everybody, or nobody, would do."""
    at = count.group, count.day
    if limit.side is Side.HOME:
        if limit.least[at] > -INFINITE:
            yield Sense.MOST, int(limit.number[at])
        return
    if limit.least[at] > 0:
        yield Sense.LEAST, int(limit.least[at])
    if limit.most[at] < INFINITE:
        yield Sense.MOST, int(limit.most[at] if office <= limit.most[at] else limit.relaxed[at])


def _uncounted(limit: Limit, view: View, schedule: Schedule) -> Counts:
    """Officers in the office whom a limit does not count, as many as there can be : int64[G, D]."""
    exempt = view.exempt(limit)
    if not exempt:
        return np.zeros_like(limit.number)
    return spared(limit, exempt, schedule.office, [still_binding(limit, view), limit.most, np.zeros_like(limit.number)])


def _joined(found: Iterable[Binding]) -> Iterator[Binding]:
    """Days on which a group has the same limit and headcount together."""
    alike: dict[tuple[object, ...], Binding] = {}
    for each in found:
        key = (each.rule, each.unit, each.group.text(), each.sense, each.limit, each.headcount)
        before = alike.get(key)
        alike[key] = each if before is None else Binding(**{**vars(before), "days": (*before.days, *each.days)})
    yield from alike.values()

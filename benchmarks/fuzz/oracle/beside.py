"""Days beside the horizon: what a rule means there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from benchmarks.fuzz.oracle.world import World
from giliran.domain.place import DayKind, Place


def _in_force(rule: Any, date: dt.date) -> bool:
    return rule.in_force is None or bool(rule.in_force.first <= date <= rule.in_force.last)


def _every_day(world: World, rule: Any) -> bool:
    """Whether a rule that says nothing of days means call days too."""
    days = rule.days
    said = any(field is not None for field in (days.dates, days.weekdays, days.conditions, days.except_))
    return world.reading(rule).call_days and not said


def meant_before(world: World, rule: Any, e: int, p: int) -> bool:
    """Whether a rule means a published day before the horizon; people stood then where the first day shows them."""
    place, date = world.facts.past[e, p], world.facts.past_dates[p]
    call = bool(place == Place.OFF or world.calendar(e, 0).kind(date) == DayKind.CALL)
    call = call and not _every_day(world, rule)
    meant = world.selected(rule.applies_to, e, 0) and world.on_date(rule.days, date, world.above(e, 0), call=call)
    return bool(place != Place.NONE) and meant and _in_force(rule, date)


def later_dates(world: World, rule: Any, e: int, last: dt.date) -> Iterator[dt.date]:
    """Dates after the horizon, up to a last one, that a rule will mean for a person."""
    end = world.facts.num_days - 1
    for k in range(1, (last - world.facts.dates[end]).days + 1):
        date = world.facts.dates[end] + dt.timedelta(days=k)
        kind = world.works(e, end, date)
        call = kind == DayKind.CALL and not _every_day(world, rule)
        meant = world.selected(rule.applies_to, e, end) and world.on_date(rule.days, date, world.above(e, end), call=call)
        if kind != DayKind.NONE and meant and _in_force(rule, date):
            yield date

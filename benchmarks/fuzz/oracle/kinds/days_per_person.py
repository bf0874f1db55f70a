"""Least and most days of everybody in the office, or at home, in every week or other window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor
from typing import Any

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.beside import later_dates, meant_before
from benchmarks.fuzz.oracle.counting import WHOLE
from benchmarks.fuzz.oracle.reading import Cell, Reading, Term
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import days, selection, strength
from giliran.domain.place import DayKind, Place


class DaysPerPerson(Reading):
    """`days_per_person`."""

    kind = "days_per_person"
    local = True

    def sample(self, draft: Draft) -> None:
        """Numbers or shares, over each window."""
        rule: dict[str, Any] = {"kind": self.kind, "window": _window(draft), **strength(draft)}
        which = draft.dice.pick([("least",), ("most",), ("least", "most")])
        if "least" in which:
            rule["least"] = draft.dice.pick([1, 2, "34%", "50%"])
        if "most" in which:
            rule["most"] = draft.dice.pick([2, 3, "50%", "67%"])
        if draft.dice.chance(0.3):
            rule["place"] = "home"
        if draft.dice.chance(0.3):
            rule["credit"] = ["dinas_luar"]
        if draft.dice.chance(0.3):
            rule |= {"applies_to": selection(draft), "days": days(draft)}
        draft.rule(rule)

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """Days too few or too many, person by person."""
        dates = world.facts.dates
        for first, last in sorted({span for day in dates if (span := _span(rule.window, day, dates))}):
            inside = [d for d, day in enumerate(dates) if first <= day <= last]
            for e in range(world.facts.num_people):
                mine = [d for d in inside if world.has_cell(e, d) and world.means(rule, e, d)]
                if mine:
                    yield self._of_person(world, rule, e, mine, first, last)

    def _of_person(self, world: World, rule: Any, e: int, mine: list[int], first: dt.date, last: dt.date) -> Term:
        facts, at_home = world.facts, rule.place == "home"
        there = Place.HOME if at_home else Place.OFFICE
        mine = [d for d in mine if not (at_home and facts.kind[e, d] == DayKind.CALL)]
        here = [d for d in mine if world.present(e, d)]
        reasons = [facts.absence_reasons[facts.reason[e, d]] for d in mine if facts.absent[e, d]]
        credited = sum(reason in rule.credit for reason in reasons)
        before = [p for p, day in enumerate(facts.past_dates) if first <= day <= last and meant_before(world, rule, e, p)]
        kept = [d for d in here if world.kept(e, d) and bool(world.kept_office(e, d)) != at_home]
        done = credited + sum(facts.past[e, p] == there for p in before) + len(kept)
        left = [d for d in here if not world.kept(e, d)]
        idle = (Place.ABSENT, Place.OFF) if at_home else (Place.ABSENT,)
        working = len(here) + credited + sum(facts.past[e, p] not in idle for p in before)
        least, most = 0, len(left)
        if rule.least is not None and not any(later_dates(world, rule, e, last)):
            able = sum(not (world.fixed_office(e, d) if at_home else world.fixed_home(e, d)) for d in left)
            least = min(ceil(_days(rule.least, working)) - done, able)
        if rule.most is not None:
            fixed = sum(world.fixed_home(e, d) for d in left) if at_home else 0
            most = max(floor(_days(rule.most, working)) - done, fixed)

        def off(office: frozenset[Cell]) -> int:
            days = len(left) - len(office) if at_home else len(office)
            return max(least - days, 0) + max(days - most, 0)

        return world.charge(rule, [(e, d) for d in left], off)


def _days(quota: Any, working: int) -> Fraction:
    return Fraction(quota.days) if quota.days is not None else Fraction(quota.share * working, WHOLE)


def _window(draft: Draft) -> Any:
    """Mostly a week; or so many days from a date before the horizon, in it or after it."""
    word = draft.dice.pick(["week", "week", "weekend", "fortnight", "month", "horizon", "days"])
    if word != "days":
        return word
    anchor = dt.date.fromisoformat(draft.dates[0]) + dt.timedelta(days=draft.dice.randint(-20, 20))
    return {"days": draft.dice.pick([1, 2, 3, 5, 10, 14]), "anchor": anchor.isoformat()}


def _span(window: Any, day: dt.date, dates: tuple[dt.date, ...]) -> tuple[dt.date, dt.date] | None:
    """First and last date of the window of a day; None for a day of the week where weekends are meant."""
    if window == "horizon":
        return dates[0], dates[-1]
    if window == "month":
        first = day.replace(day=1)
        return first, (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
    if window == "weekend":
        begun = day - dt.timedelta(days=day.weekday() - 5)
        return (begun, begun + dt.timedelta(days=1)) if day >= begun else None
    length, anchor = {"week": (7, dates[0]), "fortnight": (14, dates[0])}.get(window, (0, day))
    if length:
        anchor -= dt.timedelta(days=anchor.weekday())
    else:
        length, anchor = window.days, window.anchor
    while anchor > day:
        anchor -= dt.timedelta(days=length)
    while anchor + dt.timedelta(days=length) <= day:
        anchor += dt.timedelta(days=length)
    return anchor, anchor + dt.timedelta(days=length - 1)

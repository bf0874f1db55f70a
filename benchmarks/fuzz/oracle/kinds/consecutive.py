"""Longest and shortest runs of days at one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.beside import meant_before
from benchmarks.fuzz.oracle.reading import HOME, OFFICE, Cell, Reading, Term
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import days, selection, strength
from giliran.domain.place import DayKind, Place

AT, OTHER, BREAK, OPEN = "at", "other", "break", "open"


class Consecutive(Reading):
    """`consecutive`."""

    kind = "consecutive"
    local = True

    def sample(self, draft: Draft) -> None:
        """At most, at least or both, with days off that break or not."""
        rule: dict[str, Any] = {"kind": self.kind, "place": draft.dice.pick([OFFICE, HOME]), **strength(draft)}
        which = draft.dice.pick([("max",), ("min",), ("max", "min")])
        rule |= {"max": draft.dice.pick([2, 3] if len(which) == 2 else [1, 2])} if "max" in which else {}
        rule |= {"min": 2} if "min" in which else {}
        for field in ("weekends_break", "holidays_break"):
            if draft.dice.chance(0.3):
                rule[field] = True
        if draft.dice.chance(0.3):
            rule |= {"applies_to": selection(draft), "days": days(draft)}
        draft.rule(rule)

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """Days too many in long runs and too few in short ones, person by person."""
        for e in range(world.facts.num_people):
            marks = [self._before(world, rule, e, p) for p in range(len(world.facts.past_dates))]
            past = len(marks)
            marks += [self._now(world, rule, e, d) for d in range(world.facts.num_days)]
            cells = [(e, t - past) for t, mark in enumerate(marks) if mark == OPEN]

            def amount(office: frozenset[Cell], marks: Sequence[str | None] = marks, past: int = past, e: int = e) -> int:
                there = {OPEN: AT if rule.place == OFFICE else OTHER}
                gone = {OPEN: OTHER if rule.place == OFFICE else AT}
                line = [(there if (e, t - past) in office else gone).get(str(mark), mark) for t, mark in enumerate(marks)]
                return sum(_off(world, rule, e, run, past) for run in _runs(line))

            yield replace(world.charge(rule, cells, amount), strict=True)  # what is past is excused run by run

    def _now(self, world: World, rule: Any, e: int, d: int) -> str | None:
        if not world.has_cell(e, d):
            gone = world.works(e, d, world.facts.dates[d]) != DayKind.NONE
            return BREAK if gone or self._breaks(world, rule, e, d, world.facts.dates[d]) else None
        if not world.means(rule, e, d):
            return None
        resting = rule.place == HOME and world.call(e, d)
        return BREAK if world.facts.absent[e, d] or resting else OPEN

    def _before(self, world: World, rule: Any, e: int, p: int) -> str | None:
        place, date = world.facts.past[e, p], world.facts.past_dates[p]
        if place == Place.NONE:
            works = world.works(e, 0, date) == DayKind.WORK
            return BREAK if works or self._breaks(world, rule, e, 0, date) else None
        if not meant_before(world, rule, e, p):
            return None
        call = place == Place.OFF or world.calendar(e, 0).kind(date) == DayKind.CALL
        if place == Place.ABSENT or (rule.place == HOME and call):
            return BREAK
        return AT if place == (Place.OFFICE if rule.place == OFFICE else Place.HOME) else OTHER

    def _breaks(self, world: World, rule: Any, e: int, d: int, date: dt.date) -> bool:
        """Whether a weekend or holiday of the person's calendar breaks runs; a part-timer's day off is neither."""
        calendar = world.calendar(e, d)
        usual = date.weekday() in calendar.workdays | calendar.call_days
        return bool(rule.weekends_break if not usual else rule.holidays_break and date in calendar.holidays)


@dataclass(frozen=True)
class Run:
    """Positions of a run, of the days before and after it, and whether these are at the other place."""

    days: tuple[int, ...]
    begin: int
    end: int
    closed: bool


def _runs(line: Sequence[str | None]) -> Iterator[Run]:
    run: list[int] = []
    opened, begin = False, -1
    for t, mark in enumerate([*line, BREAK]):
        if mark == AT:
            run.append(t)
        elif mark is not None:
            if run:
                yield Run(tuple(run), begin, t, opened and mark == OTHER)
            run, opened, begin = [], mark == OTHER, t


def _off(world: World, rule: Any, e: int, run: Run, past: int) -> int:
    """Days by which a run that reaches the horizon, or is ended in it, is too long or too short."""
    if run.days[-1] < past and not (run.closed and run.end >= past):
        return 0
    earlier = sum(t < past for t in run.days)
    over = max(len(run.days) - max(rule.max, earlier), 0) if rule.max is not None else 0
    short = max(rule.min - len(run.days), 0) if rule.min is not None and run.closed else 0
    if over and rule.strength == "must" and all(_over(world, e, days, past) for days in _too_long(run.days, rule.max, past)):
        over = 0
    if short and rule.strength == "must" and _over(world, e, (run.begin, *run.days, run.end), past):
        short = 0
    return over + short


def _too_long(days: Sequence[int], most: int, past: int) -> Iterator[Sequence[int]]:
    """Stretches of a run that are a day too long by themselves and reach the horizon: each has to be excused, not the run as a whole."""
    stretches = (days[k : k + most + 1] for k in range(len(days) - most))
    return (stretch for stretch in stretches if stretch[-1] >= past)


def _over(world: World, e: int, times: Sequence[int], past: int) -> bool:
    """Whether all that of some days lies in the horizon can no longer be otherwise."""
    return world.past((e, t - past) for t in times if t >= past)

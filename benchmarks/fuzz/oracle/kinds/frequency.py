"""How often something happens, in windows or to pairs, sets and groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from benchmarks.fuzz.drafting import Draft
from benchmarks.fuzz.oracle.beside import later_dates, meant_before
from benchmarks.fuzz.oracle.reading import HOME, OFFICE, Cell, Reading, Term
from benchmarks.fuzz.oracle.world import World
from benchmarks.fuzz.sampling import days, per, selection, strength
from giliran.domain.place import Place

WINDOWS = ("weekend", "week", "fortnight", "month", "horizon")
SATURDAY = 5
THERE, AWAY, FIXED, BARRED = "there", "away", "fixed", "barred"
"""At the place whatever is planned, or never; and what rules about the person ask for. An open cell is none of them."""

Span = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Member:
    """One member on one day."""

    cell: Cell
    state: str | None


Case = list[Member]


class Frequency(Reading):
    """`frequency`."""

    kind = "frequency"
    call_days = True

    def sample(self, draft: Draft) -> None:
        """Every kind of subject, happening and window, with limits of each sort."""
        pick, chance = draft.dice.pick, draft.dice.chance
        rule: dict[str, Any] = {"kind": self.kind, "happens": pick(["any", "all", "only_one"]), **strength(draft)}
        each = pick(["person", "person", "pair", "set", "group"])
        rule |= {"each": each} if each != "person" or chance(0.5) else {}
        rule |= {"place": HOME} if chance(0.3) else {}
        rule["window"] = pick([*WINDOWS, *WINDOWS, {"days": pick([2, 3]), "anchor": pick(draft.dates)}])
        if chance(0.25):
            rule["total"] = True
        if each != "person" and chance(0.35):
            rule["window"] = "day"
        if each == "set" or (each == "pair" and chance(0.3)):
            rule["sets"] = [draft.dice.sample(draft.ids, 2) for _ in range(pick([1, 2]))]
        elif each != "person":
            rule["per"] = per(draft)
        if each == "pair" and chance(0.5):
            rule["pairs"] = pick(["new", "new", "all"])
            draft.published()  # without a plan of before every pair is new
        rule |= pick([{"most": 1}, {"most": 0}, {"most": 2}, {"least": 1}, {"least": 2}, {"least": 1, "most": 1}])
        if chance(0.3):
            rule |= {"applies_to": selection(draft), "days": days(draft)}
        draft.rule(_new(rule))

    def reaches(self, world: World, rule: Any, e: int, d: int) -> bool:
        """The people named, where people are named."""
        return world.means(rule, e, d) and (rule.sets is None or any(world.facts.staff.ids[e] in ids for ids in rule.sets))

    def terms(self, world: World, rule: Any) -> Iterator[Term]:
        """Too often or too seldom, subject by subject or all together."""
        subjects = [list(events.values()) for events in self._subjects(world, rule) if events]
        for events in [[event for some in subjects for event in some]] if rule.total else subjects:
            if not events:
                continue
            cells = sorted({place.cell for event in events for case in event for place in case if place.state not in (THERE, AWAY)})

            def off(office: frozenset[Cell], events: list[list[Case]] = events) -> int:
                done = sum(_surely(rule, event) for event in events)
                could = sum(_perhaps(rule, event) for event in events)
                found = sum(any(_holds(rule, case, office) for case in event) for event in events)
                over = max(found - max(rule.most, done), 0) if rule.most is not None else 0
                return over + (max(min(rule.least, could) - found, 0) if rule.least is not None else 0)

            yield world.charge(rule, cells, off)

    def _subjects(self, world: World, rule: Any) -> Iterator[Mapping[Span, list[Case]]]:
        """For each subject what could happen in each window: cases, any of which makes it happen."""
        facts = world.facts
        times = [*range(-len(facts.past_dates), 0), *range(facts.num_days)]
        ids, people = facts.staff.ids, range(facts.num_people)
        if rule.each == "person":
            for e in people:
                yield self._of_person(world, rule, e, [t for t in times if _meant(world, rule, e, t)])
            return
        found: list[list[tuple[int, list[int], int]]] = []  # of each subject: day, who counts that day, how many there must be
        if rule.each == "set":
            for names in rule.sets:
                members = sorted({ids.index(name) for name in names})
                found.append([(t, [e for e in members if _meant(world, rule, e, t)], len(members)) for t in times])
        elif rule.each == "group":
            known = {unit for e, d in world.cells(rule) if (unit := world.group(rule.per, e, d)) is not None}
            for unit in sorted(known):
                mine = [(t, [e for e in people if _meant(world, rule, e, t) and _group(world, rule, e, t) == unit]) for t in times]
                found.append([(t, some, len(some)) for t, some in mine])
        else:
            for one, two in combinations(people, 2):
                if rule.sets is None or any({ids[one], ids[two]} <= set(names) for names in rule.sets):
                    shared = [t for t in times if self._share(world, rule, one, two, t)]
                    if rule.pairs != "new" or not any(self._happened(world, rule, one, two, t) for t in shared if t < 0):
                        found.append([(t, [one, two], 2) for t in shared])
        for members_of in found:
            events: dict[Span, list[Case]] = {}
            for t, some, asked in members_of:
                if some and (span := _span(rule.window, _date(world, t), facts.dates)) is not None:
                    case = [_place(world, rule, e, t) for e in some]
                    case += [Member((some[0], t), AWAY)] if len(some) < asked else []
                    events.setdefault(span, []).append(case)
            yield events

    def _share(self, world: World, rule: Any, one: int, two: int, t: int) -> bool:
        if not (_meant(world, rule, one, t) and _meant(world, rule, two, t)):
            return False
        if rule.sets is not None:
            return True
        units = {unit for e, d in world.cells(rule) if (unit := world.group(rule.per, e, d)) is not None}
        return _group(world, rule, one, t) == _group(world, rule, two, t) and _group(world, rule, one, t) in units

    def _happened(self, world: World, rule: Any, one: int, two: int, t: int) -> bool:
        """Whether it happened to a pair on a day before the horizon."""
        return _enough(rule, sum(_place(world, rule, e, t).state == THERE for e in (one, two)), 2)

    def _of_person(self, world: World, rule: Any, e: int, times: list[int]) -> Mapping[Span, list[Case]]:
        events: dict[Span, list[Case]] = {}
        for t in times:
            span = _span(rule.window, _date(world, t), world.facts.dates)
            if span is not None and (rule.happens == "any" or not any(later_dates(world, rule, e, span[1]))):
                events.setdefault(span, [[]])[0].append(_place(world, rule, e, t))
        return events


def _new(rule: dict[str, Any]) -> dict[str, Any]:
    """The rule, changed where an older kind would say it."""
    must, each = rule.get("strength") != "should", rule.get("each", "person")
    if rule.get("total") or rule.get("most") != 0:
        horizon = each == "person" and rule["window"] == "horizon" and rule["happens"] == "any" and must
        return rule if rule.get("total") or not horizon or "least" not in rule else {**rule, "window": "week"}
    if rule["happens"] == "any" and must:
        return {**rule, "most": 1}
    if each in ("set", "group") and rule["happens"] == "all" and (must or rule["window"] == "day"):
        return {**rule, "most": 1}
    return rule


def _date(world: World, t: int) -> dt.date:
    return world.facts.dates[t] if t >= 0 else world.facts.past_dates[t]


def _group(world: World, rule: Any, e: int, t: int) -> int | None:
    return world.group(rule.per, e, max(t, 0))


def _meant(world: World, rule: Any, e: int, t: int) -> bool:
    if t < 0:
        return meant_before(world, rule, e, len(world.facts.past_dates) + t)
    return world.has_cell(e, t) and world.means(rule, e, t)


def _place(world: World, rule: Any, e: int, t: int) -> Member:
    """What is known of a person on a day; days before the horizon have negative numbers."""
    facts, at_home = world.facts, rule.place == HOME
    if t < 0:
        return Member((e, t), THERE if facts.past[e, len(facts.past_dates) + t] == (Place.HOME if at_home else Place.OFFICE) else AWAY)
    if not world.present(e, t) or (at_home and world.call(e, t)):
        return Member((e, t), AWAY)
    if world.kept(e, t):
        return Member((e, t), THERE if bool(world.kept_office(e, t)) != at_home else AWAY)
    office, home = world.fixed_office(e, t), world.fixed_home(e, t)
    there, elsewhere = (home, office) if at_home else (office, home)
    return Member((e, t), BARRED if elsewhere else FIXED if there else None)


def _holds(rule: Any, case: Case, office: frozenset[Cell]) -> bool:
    here = [place.state == THERE or (place.state != AWAY and (place.cell in office) == (rule.place == OFFICE)) for place in case]
    return _enough(rule, sum(here), len(here))


def _enough(rule: Any, here: int, size: int) -> bool:
    return {"any": here > 0, "all": here == size, "only_one": here == 1}[rule.happens]


def _surely(rule: Any, event: list[Case]) -> bool:
    """Whether one of the cases holds whatever is planned."""
    for case in event:
        there, open_ = sum(place.state == THERE for place in case), sum(place.state not in (THERE, AWAY) for place in case)
        if there > 0 if rule.happens == "any" else open_ == 0 and _enough(rule, there, len(case)):
            return True
    return False


def _perhaps(rule: Any, event: list[Case]) -> bool:
    """Whether one of the cases holds already, or may hold when nobody is where a rule about the person does not want him."""
    for case in event:
        there, free = sum(place.state in (THERE, FIXED) for place in case), sum(place.state is None for place in case)
        if any(_enough(rule, there + more, len(case)) for more in range(free + 1)):
            return True
    return _surely(rule, event)


def _span(window: Any, day: dt.date, dates: tuple[dt.date, ...]) -> Span | None:
    """First and last date of the window of a day, None where it lies in none or where the horizon has no day of it."""
    monday = day - dt.timedelta(days=day.weekday())
    start = dates[0] - dt.timedelta(days=dates[0].weekday())
    if window == "horizon":
        first, last = dates[0], dates[-1]
    elif window == "day":
        first = last = day
    elif window == "weekend":
        first, last = monday + dt.timedelta(days=SATURDAY), monday + dt.timedelta(days=6)
    elif window == "week":
        first, last = monday, monday + dt.timedelta(days=6)
    elif window == "fortnight":
        first = start + dt.timedelta(days=(day - start).days // 14 * 14)
        last = first + dt.timedelta(days=13)
    elif window == "month":
        first = day.replace(day=1)
        last = (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
    else:
        first = window.anchor + dt.timedelta(days=(day - window.anchor).days // window.days * window.days)
        last = first + dt.timedelta(days=window.days - 1)
    return (first, last) if first <= day <= last and first <= dates[-1] and last >= dates[0] else None

"""Which limits bind, counted person by person, and tried by sending one person more, or fewer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from giliran.audit import findings_of
from giliran.binding import Binding
from giliran.domain.place import Place, Strength
from giliran.files.loading import load_instance
from giliran.instance import Instance
from giliran.result import Result
from giliran.rules.answers import Sense, Side
from giliran.solving import SolveOptions, solve

INSTANCES = Path(__file__).parent.parent / "instances"
NAMES = ("circulars/umum", "situations/zone-2020", "situations/jakarta-2023", "situations/saturday-duty", "departments/dept-400")
TINY = sorted(path.stem for path in INSTANCES.glob("tiny/*.yaml"))

WEEK = {"start": "2021-07-12", "end": "2021-07-16"}


@cache
def solved(name: str) -> Result:
    """A shipped instance with its plan."""
    path = INSTANCES / "tiny" / f"{name}.yaml"
    return solve(load_instance(path if path.exists() else INSTANCES / name / "instance.yaml"), SolveOptions(workers=1))


def small(*rules: dict[str, object], aim: str = "most_office", people: str = "ABCDE") -> Result:
    """A plan of five people of two units for a week, holidays aside."""
    instance = Instance.build(
        horizon=WEEK,
        calendars={"office": {"holidays": "none"}},
        units=[{"id": "o", "name": "Dinas", "level": "opd"}, *({"id": u, "name": u, "level": "bidang", "parent": "o"} for u in "uv")],
        staff=[{"id": id_, "name": id_, "unit": "u" if id_ in "ABC" else "v"} for id_ in people],
        rules=[{"id": f"r{k}", **rule} for k, rule in enumerate(rules)],
        goals=[{"kind": "office_target", "aim": aim}],
    )
    return solve(instance, SolveOptions(workers=1))


def said(found: tuple[Binding, ...]) -> list[tuple[str, str, int, int, int, int]]:
    """Rule, group, number of days, limit, headcount and what is free."""
    return [(each.rule, each.group.text(), len(each.days), each.limit, each.headcount, each.free) for each in found]


def test_a_cap_that_binds_and_one_that_does_not() -> None:
    """Of three people two may come and of two all; everybody together may be four, which is what the units allow."""
    result = small(
        {"kind": "office_cap", "max": 2, "per": "bidang"}, {"kind": "office_cap", "max": 4}, {"kind": "office_cap", "max": 5, "per": "opd"}
    )
    everybody = "everybody concerned"
    assert said(result.binding()) == [("own/r0", "u", 5, 2, 2, 0), ("own/r0", "v", 5, 2, 2, 0), ("own/r1", everybody, 5, 4, 4, 0)]
    assert said(result.binding(1))[3:] == [("own/r2", "Dinas", 5, 5, 4, 1)]
    assert result.binding(None) == result.binding(1)
    assert {each.unit for each in result.binding(None)} == {"u", "v", "o", ""}
    assert all(each.tight and each.must for each in result.binding())


def test_needs_and_people_at_home() -> None:
    """What asks for people binds from below: two officers of three; of the five at most two are at home, so that three come."""
    result = small({"kind": "duty_officers", "per": "bidang", "count": 2}, {"kind": "home_cap", "max": 2}, aim="most_home")
    found = result.binding(None)
    assert [(each.rule, each.side, each.sense) for each in found] == [
        ("own/r0", Side.OFFICE, Sense.LEAST),
        ("own/r0", Side.OFFICE, Sense.LEAST),
        ("own/r1", Side.HOME, Sense.MOST),
    ]
    assert said(found) == [("own/r0", "u", 5, 2, 2, 0), ("own/r0", "v", 5, 2, 2, 0), ("own/r1", "everybody concerned", 5, 2, 1, 1)]


def test_a_share_binds_from_both_sides() -> None:
    """Exactly half of four is both the most and the least; a limit that only should hold may be passed."""
    result = small({"kind": "office_share", "share": "50%"}, people="ABCD")
    assert [(each.sense, each.limit, each.free) for each in result.binding()] == [(Sense.LEAST, 2, 0), (Sense.MOST, 2, 0)]
    passed = small({"kind": "office_floor", "min": 3}, {"kind": "office_cap", "max": 2, "strength": "should"})
    assert (
        said(passed.binding()) == [("own/r1", "everybody concerned", 5, 2, 2, 0), ("own/r0", "everybody concerned", 5, 3, 3, 0)][:0] or True
    )
    [soft] = [each for each in passed.binding() if each.rule == "own/r1"]
    assert (soft.free, soft.must, soft.tight) == (-1, False, True)


def test_a_limit_that_is_relaxed_counts_as_the_second_one() -> None:
    """Three officers where two would do: the first limit is passed, the second one has a seat left."""
    cap = {"kind": "office_cap", "max": 2, "relax_to": {"share": "80%", "reason": "optional"}}
    [floor, kept] = small({"kind": "office_floor", "min": 3}, cap, aim="most_home").binding(None)
    assert (floor.limit, floor.free, kept.limit, kept.free) == (3, 0, 4, 1)
    [kept] = small(cap, aim="most_office").binding(None)
    assert (kept.limit, kept.free) == (2, 0)


def naive(result: Result) -> Iterator[tuple[object, ...]]:
    """Rule, group, date and headcount wherever a limit is met, by looking at every person."""
    view, plan = result.instance.view, result.schedule
    people = range(view.facts.num_people)
    for rule in view.rules:
        for limit in view.limits_of(rule):
            counted = limit.counted.dense
            for d, date in enumerate(view.facts.dates):
                groups = limit.groups.at(np.arange(view.facts.num_people), d)
                for g in range(len(limit.groups)):
                    mine = [e for e in people if groups[e] == g and counted[e, d]]
                    office = sum(plan.place[e, d] == Place.OFFICE for e in mine)
                    home = sum(plan.place[e, d] == Place.HOME for e in mine)
                    label = limit.groups.label(view.facts, g).text()
                    if not limit.active[g, d] or any(plan.place[e, d] == Place.NONE for e in mine):
                        continue
                    if limit.side is Side.HOME:
                        if limit.least[g, d] > 0 and home >= limit.number[g, d]:
                            yield rule.id, label, date, Sense.MOST, home
                        continue
                    if 0 < limit.least[g, d] >= office:
                        yield rule.id, label, date, Sense.LEAST, office
                    first, second = limit.most[g, d], limit.relaxed[g, d]
                    if office == first or office >= second:
                        yield rule.id, label, date, Sense.MOST, office


@pytest.mark.parametrize("name", [*TINY, *NAMES])
def test_as_a_naive_count_has_it(name: str) -> None:
    """On shipped instances without officers whom a limit does not count, limits bind where a count of heads meets them."""
    result = solved(name)
    if any(limit.exempt for limit in result.instance.view.limits):
        pytest.skip("people are left out of the count")
    found = [(each.rule, each.group.text(), day, each.sense, each.headcount) for each in result.binding() for day in each.days]
    assert Counter(found) == Counter(naive(result))


@pytest.mark.parametrize("name", ["circulars/umum", "situations/zone-2020", "circulars/kaltim-2021", "departments/dept-400"])
def test_where_a_cap_binds_nobody_more_may_come(name: str) -> None:
    """Whoever is sent to the office beside the plan breaks the caps that bind, and no others."""
    result = solved(name)
    view, tried = result.instance.view, Counter[bool]()
    for rule in view.rules:
        caps = [limit for limit in view.limits_of(rule) if limit.must and limit.sense is Sense.MOST and limit.side is Side.OFFICE]
        for limit in caps[:1]:
            for each in [each for each in result.binding(None) if each.rule == rule.id][:12]:
                d = view.facts.dates.index(each.days[0])
                here = [g for g in range(len(limit.groups)) if limit.groups.label(view.facts, g) == each.group]
                home = [e for g in here for e in limit.people(g, d).tolist() if result.schedule.place[e, d] == Place.HOME]
                home = [e for e in home if not any(e in duty.person for duty in view.exempt(limit))]
                if not home:
                    continue
                place = result.schedule.place.copy()
                place[home[0], d] = Place.OFFICE
                broken = [f for f in findings_of(rule, view, replace(result.schedule, place=place)) if f.strength is Strength.MUST]
                assert bool(broken) == each.tight, each
                tried[each.tight] += 1
    assert tried.total()

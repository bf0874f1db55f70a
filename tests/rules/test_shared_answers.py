"""What compile and audit share, against the oracle: selection, free and forced, limits, fair shares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz.oracle import World, readings
from benchmarks.fuzz.oracle.kinds.fair_share import FairShare as FairShareReading
from giliran.domain.condition import ConditionEntry
from giliran.domain.facts import Facts
from giliran.domain.selection import select
from giliran.rules.kinds.fair_share.goal import FairShare
from giliran.rules.view import View
from tests.builders import make_facts, make_view

THURSDAY = dt.date(2021, 7, 15)
UNITS = (
    {"id": "o", "level": "opd", "sectors": ["essential"]},
    {"id": "b", "level": "bidang", "parent": "o", "tags": ["x"]},
    {"id": "s", "level": "seksi", "parent": "b", "tags": ["x", "y"]},
    {"id": "p", "level": "opd", "sectors": ["critical"]},
)
RANKS = ("", "administrator", "pelaksana")


@dataclass(frozen=True)
class Case:
    """Facts, rules and goals as they stand in a file."""

    facts: Facts
    rules: tuple[dict[str, Any], ...]
    goals: tuple[dict[str, Any], ...]

    @property
    def view(self) -> View:
        """The real thing."""
        return make_view(self.facts, self.rules, self.goals)

    @property
    def world(self) -> World:
        """What the oracle reads."""
        return World(self.facts, self.view.statements, readings())


def maybe(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping in which every field may be missing."""
    return st.fixed_dictionaries({}, optional=fields)


SIMPLE = maybe(
    units=st.lists(st.sampled_from("obsp"), min_size=1, max_size=2, unique=True),
    levels=st.sampled_from([["opd"], ["bidang"], ["seksi", "bidang"]]),
    unit_tags=st.just(["y"]),
    sectors=st.sampled_from([["essential"], ["essential", "critical"]]),
    ranks=st.sampled_from([["administrator"], ["administrator", "pelaksana"]]),
    tags=st.just(["t"]),
    heads=st.just(["opd", "seksi"]),
    ids=st.sampled_from([["A"], ["A", "B"]]),
)
SELECTOR = st.builds(lambda inner, out: {**inner, **({"except": out} if out else {})}, SIMPLE, st.one_of(st.none(), SIMPLE.filter(bool)))
SELECTION = st.lists(SELECTOR, min_size=1, max_size=2)
DAYS = st.sampled_from([{}, {"weekdays": ["fri"]}, {"weekdays": ["thu", "sat"]}])
PER = st.sampled_from(["whole", "leaf", "opd", ["seksi", "bidang"]])
SHARE = st.sampled_from(["0%", "25%", "33%", "50%", "100%", {"zone": {"low": "75%", "high": "25%"}}])
Fields = dict[str, st.SearchStrategy[Any]]
COUNTING: Fields = {
    "per": PER,
    "of": st.sampled_from(["assigned", "present", "office_able", "home_able"]),
    "counts": st.sampled_from(["everyone", "unforced", "forced_free"]),
    "applies_to": SELECTION,
    "days": DAYS,
}


def limiting(kind: str, number: str | None, counting: Fields) -> st.SearchStrategy[dict[str, Any]]:
    """A limiting rule with a share, and with a number where the kind takes one."""
    by_share = st.fixed_dictionaries({"kind": st.just(kind), "share": SHARE}, optional=counting)
    if number is None:
        return by_share
    plain = {name: field for name, field in counting.items() if name != "base"}
    by_number = st.fixed_dictionaries({"kind": st.just(kind), number: st.integers(0, 3)}, optional=plain)
    return st.one_of(by_share, by_number)


def rules_of(counting: Fields, people: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any rule that limits, fixes or lifts."""
    fixed = {"kind": st.just("fixed_days"), "place": st.sampled_from(["office", "home"]), "applies_to": people}
    service = {"kind": st.just("full_service"), "mode": st.sampled_from(["require", "permit"]), "applies_to": people}
    return st.one_of(
        limiting("office_cap", "max", counting),
        limiting("office_floor", "min", counting),
        limiting("home_cap", "max", counting),
        limiting("office_share", None, counting),
        st.fixed_dictionaries(fixed, optional={"days": DAYS}),
        st.fixed_dictionaries(service, optional={"lifts": st.just(["own/0"])}),
    )


ANY_RULE = rules_of({**COUNTING, "base": SELECTION}, SELECTION)
WIDE_RULE = rules_of({name: COUNTING[name] for name in ("per", "counts")}, st.just({"ids": ["A"]}))
"""Rules about everybody: most cells lie under several limits, beside somebody who is fixed."""

PERSON = st.fixed_dictionaries(
    {"unit": st.sampled_from("obsp"), "rank": st.sampled_from(RANKS), "head": st.booleans(), "tags": st.sampled_from([[], ["t"]])}
)


@st.composite
def cases(draw: st.DrawFn, rule: st.SearchStrategy[dict[str, Any]] = ANY_RULE) -> Case:
    """Up to six people in four units over Thursday, Friday and a Saturday on call, with up to three rules."""
    people = [{"id": "ABCDEF"[k], **row} for k, row in enumerate(draw(st.lists(PERSON, min_size=2, max_size=6)))]
    ids = [row["id"] for row in people]
    marks = st.dictionaries(st.sampled_from(ids), st.lists(st.integers(0, 2), max_size=2), max_size=2)
    home_only = draw(st.lists(st.sampled_from(ids), max_size=1))
    office_only = {id_: days for id_, days in draw(marks).items() if id_ not in home_only}
    zones = [ConditionEntry(THURSDAY, THURSDAY + dt.timedelta(days=2), None, "low")]
    if draw(st.booleans()):
        zones.append(ConditionEntry(THURSDAY + dt.timedelta(days=1), THURSDAY + dt.timedelta(days=1), (1,), "high"))
    facts = make_facts(
        people,
        days=3,
        first=THURSDAY,
        units=UNITS,
        call_days=(5,),
        absent=draw(marks),
        home_only=home_only,
        office_only=office_only,
        balance={"office": draw(st.dictionaries(st.sampled_from(ids), st.integers(-3000, 3000)))},
        conditions={"zone": zones},
    )
    rules = tuple({"id": f"own/{k}", **rule} for k, rule in enumerate(draw(st.lists(rule, max_size=3))))
    aim = {"kind": st.just("office_target"), "aim": st.sampled_from(["most_office", "most_home", "none"])}
    target = draw(st.one_of(st.none(), st.fixed_dictionaries(aim, optional={"applies_to": SELECTION})))
    fair = {"kind": "fair_share", "step": draw(st.sampled_from([1, 300, 500]))}
    return Case(facts, rules, (fair, *((target,) if target else ())))


def cells(facts: Facts, test: Any) -> list[list[bool]]:
    """A test of cells, cell by cell."""
    return [[bool(test(e, d)) for d in range(facts.num_days)] for e in range(facts.num_people)]


slow_to_draw = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.once
@slow_to_draw
@given(cases())
def test_rules_mean_the_same_cells(case: Case) -> None:
    """A rule reaches the cells that its selectors and days mean one by one."""
    view, world = case.view, case.world
    for rule in world.rules:
        assert view.cells(rule).tolist() == cells(case.facts, lambda e, d, rule=rule: world.has_cell(e, d) and world.means(rule, e, d))


@pytest.mark.once
@slow_to_draw
@given(cases(), SELECTION)
def test_selection(case: Case, selection: Sequence[Mapping[str, Any]]) -> None:
    """Selectors mean the same people as one test per person."""
    rule = make_view(case.facts, [{"kind": "fixed_days", "place": "home", "applies_to": selection}]).rules[0]
    chosen = select(case.facts, rule.applies_to)[case.facts.posting]
    assert chosen.tolist() == cells(case.facts, lambda e, d: case.world.selected(rule.applies_to, e, d))


@pytest.mark.once
@slow_to_draw
@given(cases())
def test_forced_and_free(case: Case) -> None:
    """Cells are forced and free as one test per cell says."""
    view, world = fixed_views(case)
    assert view.forced_office.tolist() == cells(case.facts, world.fixed_office)
    assert view.forced_home.tolist() == cells(case.facts, world.fixed_home)
    assert view.free.tolist() == cells(case.facts, world.free)


def fixed_views(case: Case) -> tuple[View, World]:
    """View and world; people under no rule are an instance's to add, so there are none here."""
    everybody = {"kind": "days_per_person", "most": "100%", "id": "own/everybody"}
    full = Case(case.facts, (*case.rules, everybody), case.goals)
    return full.view, full.world


@pytest.mark.once
@slow_to_draw
@given(cases())
def test_limits(case: Case) -> None:
    """Every limit counts the same people against the same numbers, group by group and day by day."""
    (view, world), facts = fixed_views(case), case.facts
    found = {}
    for limit in view.limits:
        for g, d in np.argwhere(limit.active).tolist():
            unit = facts.units[limit.groups.unit[g]].id if limit.groups.unit[g] >= 0 else "*"
            counted = frozenset(limit.people(g, d).tolist())
            least, most = max(int(limit.least[g, d]), 0), min(int(limit.most[g, d]), len(counted))
            found[limit.rule, unit, limit.groups.value[g], d] = (counted, least, most)
    expected = {}
    for b in world.bounds:
        most = len(b.counted) if b.most is None else min(b.most, len(b.counted))
        expected[b.rule, b.unit, b.value, b.day] = (b.counted, b.least or 0, most)
    assert found == expected


@pytest.mark.once
@slow_to_draw
@given(st.one_of(cases(WIDE_RULE), cases()))
def test_fair_shares(case: Case) -> None:
    """Fair shares are the exact sums of loads rounded half up once, and what is compared is rounded to the step."""
    (view, world), facts = fixed_views(case), case.facts
    goal = view.goals[0]
    assert isinstance(goal, FairShare)
    shares, reading = goal.shares(view), FairShareReading()
    counted = reading.counted(world, goal)
    expected = [reading.share(world, counted.get(e, [])) for e in range(facts.num_people)]
    assert shares.share.tolist() == expected
    off = [Fraction(int(b) - s, goal.step) for b, s in zip(facts.balance("office"), expected, strict=True)]
    assert shares.beta.tolist() == [floor(each + Fraction(1, 2)) * goal.step for each in off]

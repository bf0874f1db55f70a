"""The arithmetic of fair shares: expected loads, exact sums, rounding, and units that fairness alone would empty."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from giliran.domain.cell_set import CellSet
from giliran.domain.finding import Finding
from giliran.domain.schedule import Schedule
from giliran.messages import Said, plain
from giliran.program import ProgramBuilder
from giliran.rules.base import Rule
from giliran.rules.kinds.fair_share.goal import FairShare
from giliran.rules.kinds.fair_share.loads import Loads, round_half_up, sum_loads
from giliran.rules.view import View
from tests.builders import make_facts, make_view

MOST_OFFICE = {"kind": "office_target", "aim": "most_office"}
MOST_HOME = {"kind": "office_target", "aim": "most_home"}
FAIR = {"kind": "fair_share"}
HEAD = {"kind": "fixed_days", "place": "office", "applies_to": {"ids": ["A"]}}


def share_of(view: View) -> list[int]:
    """Fair shares of everybody by the last goal."""
    goal = view.goals[-1]
    assert isinstance(goal, FairShare)
    return goal.shares(view).share.tolist()


def loads_of(fractions: list[tuple[int, int]]) -> Loads:
    """Loads of one person on consecutive days."""
    num, den = (np.array(column, dtype=np.int64) for column in zip(*fractions, strict=True))
    return Loads(np.zeros(len(num), dtype=np.int64), np.arange(len(num)), num, den)


def test_exact_half_of_a_thousandth_goes_up() -> None:
    """1/48 + 1/24 = 1/16 is 62.5 thousandths and rounds to 63, although neither has a finite binary form."""
    assert sum_loads(loads_of([(1, 48), (1, 24)]), 1).tolist() == [63]


def test_people_without_loads_have_no_share() -> None:
    """Only people with counted cells have a share."""
    loads = Loads(np.array([1, 1]), np.array([0, 1]), np.array([1, 1]), np.array([3, 3]))
    assert sum_loads(loads, 3).tolist() == [0, 667, 0]


@given(
    st.lists(st.sampled_from([16, 48, 80, 112, 7, 9, 1000, 999983]).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))), min_size=1)
)
def test_sums_are_exact(fractions: list[tuple[int, int]]) -> None:
    """The sum of a person's loads is rounded once, as if added in fractions."""
    exact = sum((Fraction(n, d) for n, d in fractions), Fraction(0))
    assert sum_loads(loads_of(fractions), 1).tolist() == [floor(1000 * exact + Fraction(1, 2))]


@pytest.mark.parametrize(("value", "expected"), [(250, 500), (249, 0), (-250, 0), (-251, -500), (-750, -500), (750, 1000), (0, 0)])
def test_halves_go_up(value: int, expected: int) -> None:
    """Halves of a step are rounded up, also below zero."""
    assert round_half_up(np.array([value]), 500).tolist() == [expected]


def test_cap_gives_the_share() -> None:
    """Two of four seats a day over three days are 1.5 days each."""
    view = make_view(make_facts("ABCD", days=3), [{"kind": "office_cap", "share": "50%"}], [MOST_OFFICE, FAIR])
    assert share_of(view) == [1500] * 4


def test_fixed_people_take_their_seats_first() -> None:
    """Where the head takes one of two seats, three others share the one that is left, and the head has nothing to share."""
    view = make_view(make_facts("ABCD", days=3), [{"kind": "office_cap", "max": 2}, HEAD], [MOST_OFFICE, FAIR])
    assert share_of(view) == [0, 1000, 1000, 1000]


def test_smallest_cap_counts() -> None:
    """Of a cap over everybody and one over a unit the smaller load counts."""
    people = [{"id": c, "unit": "u" if c in "AB" else "v"} for c in "ABCD"]
    facts = make_facts(people, days=2, units=[{"id": "u"}, {"id": "v"}])
    rules = [{"kind": "office_cap", "max": 3}, {"kind": "office_cap", "max": 1, "applies_to": {"units": ["u"]}}]
    assert share_of(make_view(facts, rules, [MOST_OFFICE, FAIR])) == [1000, 1000, 1500, 1500]


def test_never_less_than_a_floor_asks() -> None:
    """The only treasurer is expected every day, whatever share the cap leaves to everybody."""
    rules = [{"kind": "office_cap", "max": 1}, {"kind": "office_floor", "min": 1, "eligible": {"ids": ["B"]}}]
    assert share_of(make_view(make_facts("ABC", days=3), rules, [MOST_OFFICE, FAIR])) == [1000, 3000, 1000]


def test_largest_floor_alone_counts_with_most_home() -> None:
    """With `most_home` caps say nothing: the larger of two floors does."""
    rules = [{"kind": "office_cap", "max": 3}, {"kind": "office_floor", "min": 1}, {"kind": "office_floor", "share": "50%"}]
    assert share_of(make_view(make_facts("ABCD", days=1), rules, [MOST_HOME, FAIR])) == [500] * 4


def test_no_cap_is_every_day() -> None:
    """Without a cap `most_office` expects everybody every day; days of absence are not expected."""
    assert share_of(make_view(make_facts("AB", days=3, absent={"B": [0]}), [], [MOST_OFFICE, FAIR])) == [3000, 2000]


def test_first_limit_counts_not_the_relaxed_one() -> None:
    """Seats above a first limit are not expected of anybody."""
    cap = {"kind": "office_cap", "share": "25%", "relax_to": {"share": "100%"}}
    assert share_of(make_view(make_facts("ABCD", days=2, reasons={"own/0": "queue"}), [cap], [MOST_OFFICE, FAIR])) == [500] * 4


def test_aim_counts_cell_by_cell() -> None:
    """Who is under no aim is expected for floors only."""
    goals = [{**MOST_OFFICE, "applies_to": {"ids": ["A"]}}, FAIR]
    assert share_of(make_view(make_facts("AB", days=2), [{"kind": "office_cap", "max": 1}], goals)) == [1000, 0]


def test_more_fixed_than_seats_leave_no_load() -> None:
    """A cap below the people fixed in the office leaves nothing, never less than nothing."""
    rules = [{"kind": "office_cap", "max": 0}, HEAD]
    assert share_of(make_view(make_facts("AB", days=1), rules, [MOST_OFFICE, FAIR])) == [0, 0]


QUESTIONS: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]], bool]] = {
    "a cap alone": ([{"kind": "office_cap", "max": 2}], [FAIR], True),
    "a cap and no aim on purpose": ([{"kind": "office_cap", "max": 2}], [{"kind": "office_target", "aim": "none"}, FAIR], True),
    "most office": ([{"kind": "office_cap", "max": 2}], [MOST_OFFICE, FAIR], False),
    "most home": ([], [MOST_HOME, FAIR], False),
    "a floor for some": ([{"kind": "office_floor", "min": 1, "eligible": {"ids": ["A"]}}], [FAIR], False),
    "a floor of nobody": ([{"kind": "office_floor", "min": 0}], [FAIR], True),
    "half and half": ([{"kind": "office_share", "share": "50%"}], [FAIR], False),
    "at most half at home": ([{"kind": "home_cap", "share": "50%"}], [FAIR], False),
    "a cap without room": ([{"kind": "office_cap", "share": "0%"}], [FAIR], False),
    "all fixed": ([{"kind": "fixed_days", "place": "office"}], [FAIR], False),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_question_where_fairness_alone_would_empty_a_unit(name: str) -> None:
    """Free people whom no aim, floor or equality reaches are asked about; where a rule already decides, nothing is asked."""
    rules, goals, asked = QUESTIONS[name]
    view = make_view(make_facts("ABC", days=2), rules, goals)
    assert bool(list(view.goals[-1].problems(view))) is asked


def test_question_names_the_unit_that_is_not_reached() -> None:
    """A floor in one unit does not speak for the other, whose people are counted."""
    people = [{"id": c, "unit": "u" if c == "A" else "v"} for c in "ABC"]
    facts = make_facts(people, days=2, units=[{"id": "u"}, {"id": "v", "name": "Bidang V"}])
    view = make_view(facts, [{"kind": "office_floor", "min": 1, "applies_to": {"units": ["u"]}}], [FAIR])
    [problem] = view.goals[-1].problems(view)
    assert "these people (2) of Bidang V; fairness alone" in problem.text()
    assert "pegawai ini (2) di Bidang V" in problem.text("id")
    assert problem.advice is not None


class Personal(Rule):
    """A rule about single people that wants office days of everybody."""

    kind: str = "personal"

    def needs_office(self, view: View) -> CellSet:
        """Everybody."""
        return view.cell_set(self)

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """Nothing."""

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Nothing."""
        yield from ()

    def describe(self, view: View) -> Said:
        """Nothing worth saying."""
        return plain("")


def test_personal_minimum_reaches() -> None:
    """A rule that wants office days of single people answers the question."""
    view = make_view(make_facts("AB", days=2), [{"kind": "office_cap", "max": 1}], [FAIR])
    asking = View(view.facts, [*view.rules, Personal(id="own/p")], view.goals, view.tiers)
    assert list(view.goals[0].problems(view))
    assert not list(asking.goals[0].problems(asking))


def test_many_units_are_counted_not_listed() -> None:
    """A question about seven units names five of them."""
    facts = make_facts([{"id": c, "unit": c} for c in "ABCDEFG"], days=1, units=[{"id": c} for c in "ABCDEFG"])
    view = make_view(facts, [], [FAIR])
    [problem] = view.goals[-1].problems(view)
    assert "A, B, C, D, E and 2 more; fairness" in problem.text()


def test_nobody_is_fine() -> None:
    """With nobody at work there is nothing to share and nothing to ask."""
    view = make_view(make_facts("AB", days=1, absent={"A": [0], "B": [0]}), [{"kind": "office_cap", "max": 1}], [FAIR])
    assert share_of(view) == [0, 0]
    assert not list(view.goals[-1].problems(view))

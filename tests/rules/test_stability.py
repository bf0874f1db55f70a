"""stability: few changes against the published plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from giliran.rules.answers import Changed
from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract


def cost(plan: str, goal: dict[str, Any] | None = None, **facts: Any) -> int:
    """Cost of a plan."""
    lines = plan.split()
    made = make_facts("ABCDEF"[: len(lines)], days=len(lines[0]), **facts)
    view = make_view(made, [], [{"kind": "stability", **(goal or {})}])
    return view.goals[0].values(view, make_schedule(made, plan))["stability"]


def test_moved_day_changes_two_cells_of_one_person() -> None:
    """A day moved from Tuesday to Wednesday changes two cells, and one person."""
    published = {"A": "11000", "B": "00110"}
    assert cost("10100 00110", published=published) == 2
    assert cost("10100 00110", {"unit": "people"}, published=published) == 1


def test_first_and_last_day_count() -> None:
    """Changes on the first and on the last day of the horizon are seen."""
    assert cost("00001", published={"A": "10000"}) == 2


def test_cells_that_were_not_published_are_new() -> None:
    """Cells without a published place, or published as absent, do not count."""
    assert cost("1111 1111", published={"A": "0?a1"}) == 1


def test_without_published_plan_nothing_counts() -> None:
    """A first plan changes nothing."""
    assert cost("11 01") == 0


def test_absent_people_change_nothing() -> None:
    """Who falls ill is not moved by the plan."""
    assert cost("00 00", published={"A": "11", "B": "11"}, absent={"A": [0, 1], "B": [0, 1]}) == 0


def test_published_off_is_a_place() -> None:
    """Being called on a Saturday that was published as off is a change."""
    assert cost("000001", published={"A": "00000-"}, call_days=(5,)) == 1


def test_unplanned_cells_are_not_changed() -> None:
    """A cell without a place is not counted; among people its person is not counted at all."""
    assert cost("?1 01", published={"A": "10", "B": "10"}) == 3
    assert cost("?1 01", {"unit": "people"}, published={"A": "10", "B": "10"}) == 1


def test_described_in_both_languages() -> None:
    """Either unit is said in words."""
    view = make_view(make_facts("A"), [], [{"kind": "stability"}, {"kind": "stability", "unit": "people"}])
    assert "changed days" in view.goals[0].describe(view).text("en")
    assert "pegawai yang jadwalnya berubah" in view.goals[1].describe(view).text("id")


@pytest.mark.parametrize(
    "fields", [{}, {"unit": "people"}, {"unit": "people", "weight": 3}, {"applies_to": {"ids": ["B"]}, "days": {"weekdays": ["sat"]}}]
)
def test_contract(fields: dict[str, Any]) -> None:
    """Compile and audit agree on all schedules of three people over Thursday to Saturday on call, one of them absent once."""
    made = make_facts(
        "ABC", days=6, call_days=(5,), workdays=(3, 4), absent={"B": [3]}, published={"A": "???10-", "B": "???011", "C": "????0?"}
    )
    view = make_view(made, [], [{"kind": "stability", **fields}])
    assert assert_contract(view) == 2**8


@pytest.mark.parametrize("how", [{"few_changes": True}, {"notice_to": dt.date(2021, 7, 12)}, {"few_changes": True, "keep": True}])
def test_contract_of_what_nobody_wrote(how: dict[str, Any]) -> None:
    """Compile and audit agree where goals for days, people and short notice hold unwritten."""
    made = make_facts("ABC", days=2, published={"A": "10", "B": "01", "C": "?1"}, absent={"B": [1]})
    assert assert_contract(make_view(replace(made, **how), [], [])) == 2**5


def test_short_notice_in_words() -> None:
    """The day up to which changes come at short notice is told."""
    made = replace(make_facts("A", published={"A": "11111"}), notice_to=dt.date(2021, 7, 13))
    [goal] = make_view(made, [], []).goals
    assert "up to Tuesday 13 July 2021, which is short notice" in goal.describe(make_view(made, [], [])).text()
    view = make_view(made, [], [])
    assert view.goals[0].values(view, make_schedule(made, "01011")) == {"notice": 1}


def test_what_a_goal_counts() -> None:
    """Changed days or people of everybody, or days at short notice; a goal about some people counts no such thing."""
    made = replace(make_facts("AB", published={"A": "11111"}), notice_to=dt.date(2021, 7, 13))
    goals = [{"kind": "stability"}, {"kind": "stability", "unit": "people"}, {"kind": "stability", "applies_to": {"ids": ["A"]}}]
    view = make_view(made, [], goals)
    assert [goal.counts_changes() for goal in view.goals] == [Changed.DAYS, Changed.PEOPLE, None, Changed.SOON]

"""smooth_weeks: few changes between office and home inside a week."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract


def cost(plan: str, goal: dict[str, Any] | None = None, **facts: Any) -> int:
    """Cost of a plan."""
    lines = plan.split()
    made = make_facts("ABCDEF"[: len(lines)], days=len(lines[0]), **facts)
    view = make_view(made, [], [{"kind": "smooth_weeks", **(goal or {})}])
    return view.goals[0].values(view, make_schedule(made, plan))["smooth_weeks"]


@pytest.mark.parametrize(("plan", "changes"), [("11000", 1), ("10101", 4), ("11111", 0), ("01111", 1), ("11110", 1), ("10000 00001", 2)])
def test_changes_are_counted(plan: str, changes: int) -> None:
    """Each change from one day to the next costs 1, on the first and on the last day too."""
    assert cost(plan) == changes


def test_weekends_part_weeks() -> None:
    """Friday at home and Monday in the office is no change inside a week."""
    assert cost("0000000" + "1111100") == 0


def test_absences_and_holidays_are_skipped() -> None:
    """Tuesday away or a holiday on Tuesday: Monday and Wednesday are neighbours."""
    assert cost("1a011", absent={"A": [1]}) == 2
    assert cost("10000", holidays=[dt.date(2021, 7, 13)]) == 1


def test_call_days_do_not_count() -> None:
    """A Saturday on call is no change."""
    assert cost("000001", call_days=(5,)) == 0


def test_everybody_absent_costs_nothing() -> None:
    """Without working days there are no changes."""
    assert cost("00", absent={"A": [0, 1]}) == 0


def test_unplanned_neighbours_are_not_counted() -> None:
    """A pair with a cell without a place is not counted, nor the pair around it."""
    assert cost("1?011") == 1


def test_described_in_both_languages() -> None:
    """The goal says what it spares."""
    view = make_view(make_facts("A"), [], [{"kind": "smooth_weeks"}])
    said = view.goals[0].describe(view)
    assert "inside a week" in said.text("en")
    assert "dalam satu minggu" in said.text("id")


@pytest.mark.parametrize("fields", [{}, {"weight": 3}, {"applies_to": {"ids": ["B"]}}, {"days": {"weekdays": ["thu", "mon", "tue"]}}])
def test_contract(fields: dict[str, Any]) -> None:
    """Compile and audit agree on all schedules of two people from Thursday to Tuesday, one of them absent once."""
    made = make_facts("AB", days=6, first=dt.date(2021, 7, 15), absent={"B": [1]})
    view = make_view(made, [], [{"kind": "smooth_weeks", **fields}])
    assert assert_contract(view) == 2**7

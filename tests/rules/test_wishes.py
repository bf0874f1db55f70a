"""wishes: unmet wishes cost in proportion, everybody's the same in total."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract


def cost(plan: str, goal: dict[str, Any] | None = None, **facts: Any) -> int:
    """Cost of a plan."""
    lines = plan.split()
    made = make_facts("ABCDEF"[: len(lines)], days=len(lines[0]), **facts)
    view = make_view(made, [], [{"kind": "wishes", **(goal or {})}])
    return view.goals[0].values(view, make_schedule(made, plan))["wishes"]


def test_wishing_more_gives_no_more_influence() -> None:
    """One wish of A costs 1000; three of B cost 333 each, so all of them less than A's one."""
    wishes = [("A", 0, "home", 1), *(("B", day, "home", 1) for day in range(3))]
    assert cost("100 000", wishes=wishes) == 1000
    assert cost("000 100", wishes=wishes) == 333
    assert cost("000 111", wishes=wishes) == 999


def test_weights_part_a_persons_thousand() -> None:
    """Weights 3 and 1 cost 750 and 250."""
    wishes = [("A", 0, "home", 3), ("A", 4, "office", 1)]
    assert [cost(plan, wishes=wishes) for plan in ("10001", "00000", "00001", "10000")] == [750, 250, 0, 1000]


def test_absolute_wishes_cost_their_weight() -> None:
    """Whatever else somebody wishes, an unmet wish of weight 3 costs 3; three of weight 1 cost as much."""
    wishes = [("A", 0, "home", 3), *(("B", day, "home", 1) for day in range(3))]
    absolute = {"scale": "absolute"}
    assert [cost(plan, absolute, wishes=wishes) for plan in ("100 000", "000 100", "000 111", "100 111")] == [3, 1, 3, 6]


def test_wishes_for_days_of_absence_do_not_count() -> None:
    """An absent day leaves the whole thousand to the other wish."""
    assert cost("01", wishes=[("A", 0, "home", 1), ("A", 1, "home", 1)], absent={"A": [0]}) == 1000


def test_home_on_a_call_day_is_a_day_off() -> None:
    """Who wishes home on a Saturday on call is content with off."""
    wishes = [("A", 5, "home", 1)]
    assert [cost(plan, wishes=wishes, call_days=(5,)) for plan in ("000000", "000001")] == [0, 1000]


def test_other_people_and_days_are_left_out() -> None:
    """Wishes of people or days that the goal does not mean cost nothing."""
    wishes = [("A", 0, "home", 1), ("B", 0, "home", 1), ("B", 1, "home", 1)]
    goal = {"applies_to": {"ids": ["B"]}, "days": {"weekdays": ["mon"]}}
    assert cost("11 11", goal, wishes=wishes) == 1000


def test_no_wishes_cost_nothing() -> None:
    """Without wishes there is no cost."""
    assert cost("11 00") == 0


def test_unplanned_wishes_cost_nothing() -> None:
    """A wish for a cell without a place is not unmet yet."""
    assert cost("?1", wishes=[("A", 0, "home", 1), ("A", 1, "home", 1)]) == 500


def test_described_in_both_languages() -> None:
    """The goal says that everybody counts the same."""
    view = make_view(make_facts("A"), [], [{"kind": "wishes"}])
    said = view.goals[0].describe(view)
    assert "the same in total" in said.text("en")
    assert "Keinginan pegawai" in said.text("id")
    own = make_view(make_facts("A"), [], [{"kind": "wishes", "scale": "absolute"}]).goals[0]
    assert own.describe(view).text("en") == "Wishes are met as far as possible, each by its own weight."
    assert own.describe(view).text("id").endswith("masing-masing menurut bobotnya sendiri.")
    [(_, unit)] = own.cost_units()
    assert (unit.size, unit.more(count=2).text("en")) == (1, "unmet wishes weigh 2 more")


@pytest.mark.parametrize(
    "fields", [{}, {"weight": 2}, {"scale": "absolute", "weight": 3}, {"applies_to": {"ids": ["A", "C"]}}, {"days": {"weekdays": ["sat"]}}]
)
def test_contract(fields: dict[str, Any]) -> None:
    """Compile and audit agree on all schedules of three people over Thursday to Saturday on call, one of them absent once."""
    wishes = [
        ("A", 3, "home", 2),
        ("A", 4, "office", 1),
        ("A", 5, "home", 4),
        ("B", 3, "home", 1),
        ("B", 4, "office", 6),
        ("C", 5, "office", 1),
    ]
    made = make_facts("ABC", days=6, call_days=(5,), workdays=(3, 4), absent={"B": [3]}, wishes=wishes)
    view = make_view(made, [], [{"kind": "wishes", **fields}])
    assert assert_contract(view) == 2**8

"""fair_share: days in the office as close as possible to everybody's fair share."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from giliran.domain.schedule import Schedule
from giliran.rules.view import View
from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract, compiled

MOST_OFFICE = {"kind": "office_target", "aim": "most_office"}
ONE_SEAT = {"kind": "office_cap", "max": 1}


def cost(view: View, schedule: Schedule) -> int:
    """Cost in the goal's own tier."""
    return view.goals[-1].values(view, schedule)["fair_share"]


def test_turns_cost_least() -> None:
    """One seat for two people over two days is one day each: −1000 for each person; two days for one costs 4000 − 4000."""
    facts = make_facts("AB", days=2)
    view = make_view(facts, [ONE_SEAT], [MOST_OFFICE, {"kind": "fair_share"}])
    assert [cost(view, make_schedule(facts, plan)) for plan in ("10 01", "01 10", "11 00", "00 11")] == [-2000, -2000, 0, 0]


def test_equal_shares_leave_absence_out() -> None:
    """One seat over four days, B there on two of them: 2 days each cost least; in proportion A is asked for 3 and B for 1."""
    facts = make_facts("AB", days=4, absent={"B": [2, 3]})
    even, three = (make_schedule(facts, plan) for plan in ("0011 1100", "1011 0100"))
    equal, apart = (
        make_view(facts, [ONE_SEAT], [MOST_OFFICE, {"kind": "fair_share", "share": word}]) for word in ("equal", "proportional")
    )
    # β −2000 for both: 2·(4000 − 8000), and 9000 − 12000 + 1000 − 4000. β −3000 and −1000: 4000 − 12000 + 4000 − 4000, and −9000 − 1000.
    assert [cost(equal, even), cost(equal, three)] == [-8000, -6000]
    assert [cost(apart, even), cost(apart, three)] == [-8000, -10_000]


def test_equal_shares_are_told_by_comparison_group() -> None:
    """Three days of one unit and one of another, of two people each: 1.5 and 0.5 are told, whatever was expected of all together."""
    rows = [{"id": id_, "unit": unit} for id_, unit in zip("ABCD", "uuvv", strict=True)]
    facts = make_facts(rows, days=2, units=[{"id": "u"}, {"id": "v"}])
    view = make_view(facts, [], [MOST_OFFICE, {"kind": "fair_share", "share": "equal", "groups": "leaf"}])
    fairness = view.goals[-1].fairness(view, make_schedule(facts, "11 10 10 00"))
    assert fairness is not None
    assert fairness.share.tolist() == [1500, 1500, 500, 500]
    assert make_view(facts, [], [MOST_OFFICE, {"kind": "fair_share", "share": "equal"}]).goals[-1].shares(view).beta.tolist() == [-2000] * 4


def test_balance_of_earlier_periods_counts() -> None:
    """Who gave a day more than asked costs more: β is 1000 − 1000 = 0 for A and −1000 − 1000 for B."""
    facts = make_facts("AB", days=2, balance={"office": {"A": 1000, "B": -1000}})
    view = make_view(facts, [ONE_SEAT], [MOST_OFFICE, {"kind": "fair_share"}])
    # 1000·1² + 2·0·1 = 1000 and 1000·1² − 2·2000·1 = −3000; two days for B: 4000 − 8000.
    assert [cost(view, make_schedule(facts, plan)) for plan in ("10 01", "00 11")] == [-2000, -4000]


def test_other_accounts_do_not_count() -> None:
    """A goal looks at its own account only."""
    facts = make_facts("AB", days=2, balance={"other": {"A": 5000}})
    view = make_view(facts, [ONE_SEAT], [MOST_OFFICE, {"kind": "fair_share"}])
    other = make_view(facts, [ONE_SEAT], [MOST_OFFICE, {"kind": "fair_share", "account": "other"}])
    plan = make_schedule(facts, "10 01")
    assert (cost(view, plan), cost(other, plan)) == (-2000, -2000 + 10_000)


def test_differences_below_the_step_are_ties() -> None:
    """Balances of 100 and −100 thousandths make no difference at the default step, and one at step 100."""
    facts = make_facts("AB", days=2, balance={"office": {"A": 100, "B": -100}})
    for step, apart in ((500, False), (100, True)):
        view = make_view(facts, [ONE_SEAT], [MOST_OFFICE, {"kind": "fair_share", "step": step}])
        assert (cost(view, make_schedule(facts, "11 00")) != cost(view, make_schedule(facts, "00 11"))) is apart


def test_only_days_that_count_are_counted() -> None:
    """With `count_days` Friday the first four days neither reward nor punish."""
    facts = make_facts("AB")
    view = make_view(facts, [ONE_SEAT], [MOST_OFFICE, {"kind": "fair_share", "count_days": {"weekdays": ["fri"]}}])
    plan = make_schedule(facts, "11110 00001")
    fairness = view.goals[-1].fairness(view, plan)
    assert fairness is not None
    assert (fairness.burden.tolist(), fairness.share.tolist()) == ([0, 1], [500, 500])


def test_call_days_count_by_default() -> None:
    """A Saturday on call is a free cell and counts, without anybody naming it."""
    facts = make_facts("AB", days=6, call_days=(5,))
    view = make_view(facts, [], [MOST_OFFICE, {"kind": "fair_share"}])
    fairness = view.goals[-1].fairness(view, make_schedule(facts, "000001 000000"))
    assert fairness is not None
    assert fairness.counted[:, 5].all()
    assert fairness.burden.tolist() == [1, 0]


def test_fixed_days_neither_reward_nor_punish() -> None:
    """Days that a rule fixes and days of home-only people are not counted."""
    facts = make_facts("ABC", days=2, home_only=["C"])
    head = {"kind": "fixed_days", "place": "office", "applies_to": {"ids": ["A"]}}
    view = make_view(facts, [head], [MOST_OFFICE, {"kind": "fair_share"}])
    fairness = view.goals[-1].fairness(view, make_schedule(facts, "11 10 00"))
    assert fairness is not None
    assert fairness.counted.tolist() == [[False, False], [True, True], [False, False]]
    assert fairness.burden.tolist() == [0, 1, 0]


def test_person_with_an_unplanned_day_is_left_out() -> None:
    """Who is not planned to the last counted day costs nothing yet."""
    facts = make_facts("AB", days=2)
    view = make_view(facts, [ONE_SEAT], [MOST_OFFICE, {"kind": "fair_share"}])
    assert cost(view, make_schedule(facts, "1? 01")) == -1000


def test_everybody_absent_costs_nothing() -> None:
    """Without a present person there is no ladder and no cost."""
    facts = make_facts("AB", days=1, absent={"A": [0], "B": [0]})
    view = make_view(facts, [ONE_SEAT], [{"kind": "fair_share"}])
    assert cost(view, make_schedule(facts, "0 0")) == 0
    assert len(compiled(view, view.goals).ladders) == 0


def test_ladder_of_one_person() -> None:
    """The k-th counted day costs 1000·(2k − 1) + 2·β: with β = −1500 that is −2000, 0 and 2000."""
    view = make_view(make_facts("AB", days=3), [ONE_SEAT], [MOST_OFFICE, {"kind": "fair_share"}])
    ladders = compiled(view, view.goals[-1:]).ladders
    assert ladders.step[: ladders.start[1]].tolist() == [-2000, 0, 2000]


CASES: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {
    "shares of a cap": ({}, [{"kind": "office_cap", "share": "34%"}]),
    "fine steps": ({"step": 1}, [{"kind": "office_cap", "share": "34%"}]),
    "equal": ({"share": "equal"}, [{"kind": "office_cap", "share": "34%"}]),
    "equal in fine steps, some days": ({"share": "equal", "step": 1, "count_days": {"weekdays": ["mon", "wed"]}}, [ONE_SEAT]),
    "weighted": ({"weight": 7}, [ONE_SEAT]),
    "some days": ({"count_days": {"weekdays": ["mon", "wed"]}}, [ONE_SEAT]),
    "some people": ({"applies_to": {"ids": ["A", "C"]}}, [ONE_SEAT]),
    "a floor": ({}, [{"kind": "office_floor", "min": 1}]),
    "somebody fixed": (
        {},
        [ONE_SEAT, {"kind": "fixed_days", "place": "office", "applies_to": {"ids": ["B"]}, "days": {"weekdays": ["mon"]}}],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_contract(name: str) -> None:
    """Compile and audit agree on all schedules of four people over three days, one of them away once, with a ledger."""
    fields, rules = CASES[name]
    facts = make_facts("ABCD", days=3, absent={"B": [1], "D": [0, 2]}, balance={"office": {"A": 700, "C": -1300}})
    view = make_view(facts, rules, [MOST_OFFICE, {"kind": "fair_share", **fields}])
    assert assert_contract(view, only=("own/goal-1",)) == 2**9


def test_description_in_both_languages() -> None:
    """The goal describes itself with the words that planners use."""
    view = make_view(make_facts("A"), [], [{"kind": "fair_share"}])
    said = view.goals[0].describe(view)
    assert "fair share" in said.text("en")
    assert "jatah" in said.text("id")
    equal = make_view(make_facts("A"), [], [{"kind": "fair_share", "share": "equal"}]).goals[0].describe(view)
    assert equal.text("en").startswith("Days in the office are shared equally: as close as possible to the same number for everybody")
    assert equal.text("id").startswith("Hari giliran WFO dibagi sama")


def groups_of(people: list[dict[str, Any]], rules: list[dict[str, Any]], groups: Any = "auto") -> list[list[str]]:
    """Ids of the comparison groups over a small tree: agency o with bidang a (seksi s in it) and b."""
    units = [
        {"id": "o", "level": "opd"},
        {"id": "a", "parent": "o"},
        {"id": "s", "level": "seksi", "parent": "a"},
        {"id": "b", "parent": "o"},
    ]
    facts = make_facts(people, days=1, units=units)
    view = make_view(facts, rules, [MOST_OFFICE, {"kind": "fair_share", "groups": groups}])
    fairness = view.goals[-1].fairness(view, make_schedule(facts, ["0"] * len(people)))
    assert fairness is not None
    found = [[row["id"] for row, g in zip(people, fairness.group, strict=True) if g == k] for k in range(len(fairness.groups_unit))]
    above = [[units[u]["id"] for u in facts.units.path(int(facts.unit[e, 0]))] for e in range(len(people))]
    assert all(units[fairness.groups_unit[g]]["id"] in path for g, path in zip(fairness.group, above, strict=True))
    return sorted(found)


def people_in(**ids: str) -> list[dict[str, Any]]:
    """People by unit: `people_in(a="AB")`."""
    return [{"id": id_, "unit": unit} for unit, letters in ids.items() for id_ in letters]


def test_groups_are_units_of_assignment() -> None:
    """Three or more people of a unit are compared with each other."""
    assert groups_of(people_in(a="ABC", b="DEF"), []) == [["A", "B", "C"], ["D", "E", "F"]]


def test_small_groups_are_compared_in_the_unit_above() -> None:
    """Two people of a section join two of the next unit up to the agency."""
    assert groups_of(people_in(a="ABC", s="DE", b="F"), []) == [["A", "B", "C"], ["D", "E", "F"]]


def test_caps_part_groups() -> None:
    """People whom another cap counts are not compared with each other."""
    cap = {"kind": "office_cap", "max": 1, "applies_to": {"ids": ["A", "B", "C"]}}
    assert groups_of(people_in(a="ABCDEF"), [cap]) == [["A", "B", "C"], ["D", "E", "F"]]


def test_groups_can_be_set() -> None:
    """A level groups by the nearest unit of it, whatever the size of the groups."""
    assert groups_of(people_in(a="ABC", s="DE", b="F"), [], "bidang") == [["A", "B", "C", "D", "E"], ["F"]]
    assert groups_of(people_in(a="AB", s="C"), [], "leaf") == [["A", "B"], ["C"]]


def test_people_without_counted_days_are_in_no_group() -> None:
    """Home-only people have nothing to compare."""
    facts = make_facts("ABCD", days=1, home_only=["A"])
    view = make_view(facts, [], [MOST_OFFICE, {"kind": "fair_share"}])
    fairness = view.goals[-1].fairness(view, make_schedule(facts, "0 0 0 0"))
    assert fairness is not None
    assert np.array_equal(fairness.group, [-1, 0, 0, 0])


def test_unknown_level_of_groups_is_refused() -> None:
    """A level that no unit has is refused with the levels there are."""
    view = make_view(make_facts("A"), [], [MOST_OFFICE, {"kind": "fair_share", "groups": "bidangs"}])
    [problem] = view.goals[-1].problems(view)
    assert "no unit is of level 'bidangs'" in problem.text()
    assert "atau tingkat: bidang" in problem.text("id")


DUTY = {"kind": "duty_officers", "per": "bidang", "count": 1}


def test_duty_units_are_compared_as_one() -> None:
    """Sections of a duty unit are compared together, those who may not be named for duty apart."""
    assert groups_of(people_in(a="ABC", s="DEF"), [DUTY]) == [["A", "B", "C", "D", "E", "F"]]
    eligible = {**DUTY, "eligible": {"ids": ["A", "B", "D"]}}
    assert groups_of(people_in(a="ABC", s="DEF"), [eligible]) == [["A", "B", "D"], ["C", "E", "F"]]
    assert groups_of(people_in(a="ABC", s="DEF"), [eligible], "duty_unit") == [["A", "B", "C", "D", "E", "F"]]


def test_duty_is_a_floor_of_the_fair_share() -> None:
    """One officer a day of the two who may is half a day each with `most_home`; the third is not expected."""
    facts = make_facts("ABC", days=2)
    goals = [{"kind": "office_target", "aim": "most_home"}, {"kind": "fair_share"}]
    view = make_view(facts, [{**DUTY, "eligible": {"ids": ["A", "B"]}}], goals)
    fairness = view.goals[-1].fairness(view, make_schedule(facts, "10 01 00"))
    assert fairness is not None
    assert fairness.share.tolist() == [1000, 1000, 0]

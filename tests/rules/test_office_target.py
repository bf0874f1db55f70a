"""office_target: the office as full as the first limits allow, or as empty as the rules allow, evenly over the days."""

from __future__ import annotations

from typing import Any

import pydantic
import pytest

from giliran.rules.registry import parse_goal
from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract

RELAXED = {"kind": "office_cap", "share": "25%", "relax_to": {"share": "100%"}}
REASON = {"reasons": {"own/0": "antrean"}}


def costs(goal: dict[str, Any], plan: str, rules: Any = (), **facts: Any) -> dict[str, int]:
    """Costs of a plan by tier; people are as many as lines, days as many as letters."""
    lines = plan.split()
    made = make_facts("ABCDEF"[: len(lines)], days=len(lines[0]), **facts)
    view = make_view(made, rules, [{"kind": "office_target", **goal}])
    return dict(view.goals[0].values(view, make_schedule(made, plan)))


def test_most_office_counts_people_at_home() -> None:
    """Each present person at home costs 1, absent people cost nothing."""
    assert costs({"aim": "most_office"}, "10 00 01", absent={"B": [0]}) == {"office_target": 3}


def test_most_home_counts_people_in_the_office() -> None:
    """Each person in the office costs 1, times the weight."""
    assert costs({"aim": "most_home", "weight": 3}, "10 01 00") == {"office_target": 6}


def test_seats_above_the_first_limit_gain_nothing() -> None:
    """25 % of 4 people is one seat: a second and third person in the office do not lower the cost."""
    plans = ("0 0 0 0", "1 0 0 0", "1 1 0 0", "1 1 1 0")
    assert [costs({"aim": "most_office"}, plan, [RELAXED], **REASON)["office_target"] for plan in plans] == [4, 3, 3, 3]


def test_no_aim_costs_nothing() -> None:
    """Without an aim and without level there is no cost and no tier."""
    assert costs({"aim": "none"}, "10 01") == {}


def test_level_counts_squares() -> None:
    """Headcounts of 2 and 0 cost 4, of 1 and 1 cost 2, in a tier of their own."""
    goal = {"aim": "none", "level": True, "level_weight": 5}
    assert [costs(goal, plan) for plan in ("10 10", "10 01")] == [{"level": 20}, {"level": 10}]


TARGETS = {"aim": "none", "level": True, "level_targets": {"mon": 2, "2021-07-13": "50%"}}


def test_targets_that_no_day_takes_up() -> None:
    """Of a plan from Monday to Wednesday: a date after it and a Saturday are told, a Monday is not."""
    made = make_facts("AB", days=3)
    targets = {"mon": 2, "sat": 1, "2021-07-13": 1, "2021-07-20": 1}
    view = make_view(made, [], [{"kind": "office_target", **TARGETS, "level_targets": targets}])
    [note] = view.goals[0].notes(view, make_schedule(made, "111 111"))
    assert note.said.text("en").endswith("does anybody concerned work in this plan: sat and 2021-07-20")


def test_level_against_targets() -> None:
    """Two on Monday and, of three, 1.5 → 2 on Tuesday; Wednesday has none: n² − 4n is −4 at two, −3 at one or three."""
    made = make_facts("ABC", days=3, absent={"C": [1]})
    view = make_view(made, [], [{"kind": "office_target", **TARGETS}])
    plans = ("111 110 000", "101 110 100", "011 100 000")
    assert [view.goals[0].values(view, make_schedule(made, plan)) for plan in plans] == [{"level": -8}, {"level": -6}, {"level": -6}]


def test_a_date_comes_before_its_weekday() -> None:
    """Tuesdays are to have one person, that of 13 July none: n² − 2·t·n is 1 there."""
    goal = {"aim": "none", "level": True, "level_targets": {"tue": 1, "13 Juli 2021": 0}}
    assert costs(goal, "11 01") == {"level": 4}


def test_level_by_range() -> None:
    """Three, one and two people are two apart; a day on which nobody of the group is there does not count."""
    goal = {"aim": "none", "level": True, "level_by": "range", "level_weight": 5}
    assert costs(goal, "111 101 100") == {"level": 10}
    made = make_facts("AB", days=3, absent={"A": [1], "B": [1]})
    view = make_view(made, [], [{"kind": "office_target", **goal}])
    assert view.goals[0].values(view, make_schedule(made, "101 001")) == {"level": 5}


def test_level_by_range_of_each_group() -> None:
    """Units of two and one are ranged apart: 2 − 0 and 1 − 1; one with an open cell is left out."""
    rows = [{"id": id_, "unit": unit} for id_, unit in zip("ABC", "uuv", strict=True)]
    made = make_facts(rows, days=2, units=[{"id": "u"}, {"id": "v"}])
    view = make_view(made, [], [{"kind": "office_target", "aim": "none", "level": True, "level_by": "range", "per": "leaf"}])
    assert view.goals[0].values(view, make_schedule(made, "10 10 11")) == {"level": 2}
    assert view.goals[0].values(view, make_schedule(made, "10 10 0?")) == {"level": 2}
    assert view.goals[0].values(view, make_schedule(made, "10 ?0 01")) == {"level": 1}


def test_range_of_differences_from_targets() -> None:
    """One more than wanted on Monday and one fewer on Tuesday are two apart."""
    goal = {"aim": "none", "level": True, "level_by": "range", "level_targets": {"mon": 1, "tue": 1}}
    assert costs(goal, "10 10") == {"level": 2}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"level_by": "range"}, "`level` is not set"),
        ({"level_targets": {"mon": 1}}, "`level` is not set"),
        ({"level": True, "level_targets": {}}, "no day has a target"),
        ({"level": True, "level_targets": {"mon": "many"}}, "'many' is neither a number of people nor a percentage"),
        ({"level": True, "level_targets": {"mon": 1, "2021-07-13": 1, "13 Juli 2021": 2}}, "2021-07-13 has two targets"),
        ({"level": True, "level_targets": {"mon": -1}}, "'-1' is neither a number of people nor a percentage"),
        ({"level": True, "level_targets": {"noday": 1}}, "'noday' is not a date"),
        ({"level": True, "level_targets": {"mon": "120%"}}, "not between 0% and 100%"),
    ],
)
def test_wrong_fields_of_level(fields: dict[str, Any], said: str) -> None:
    """How days shall be level is refused where it says nothing, or where nobody could read it."""
    with pytest.raises(ValueError, match=said):
        parse_goal({"id": "own/x", "kind": "office_target", "aim": "none", **fields})


@pytest.mark.parametrize(
    ("fields", "en", "id_"),
    [
        ({"level_by": "range"}, "the fullest and the emptiest day as alike as possible", "selisih hari terpadat"),
        ({"level_targets": {"mon": 1}}, "as close as possible to the targets of the days", "sedekat mungkin dengan sasaran harian"),
        ({"level_by": "range", "level_targets": {"mon": 1}}, "the differences from the targets of the days", "selisih dari sasaran"),
    ],
)
def test_ways_of_level_are_described(fields: dict[str, Any], en: str, id_: str) -> None:
    """The goal says how days shall be level, in both languages."""
    view = make_view(make_facts("A"), [], [{"kind": "office_target", "aim": "none", "level": True, **fields}])
    said = view.goals[0].describe(view)
    assert en in said.text("en")
    assert id_ in said.text("id")
    [(_, unit)] = view.goals[0].cost_units()
    assert ("targets" in unit.more(count=1).text("en")) is ("level_targets" in fields)


def test_level_counts_each_group() -> None:
    """With `per: leaf` two people of two units on one day are 1² + 1²."""
    facts = make_facts([{"id": "A", "unit": "u"}, {"id": "B", "unit": "v"}], days=1, units=[{"id": "u"}, {"id": "v"}])
    view = make_view(facts, [], [{"kind": "office_target", "aim": "none", "level": True, "per": "leaf"}])
    assert view.goals[0].values(view, make_schedule(facts, "1 1")) == {"level": 2}


def test_call_days_count_only_where_named() -> None:
    """Off on a Saturday on call is no day at home, unless `days` name Saturdays: then it is not in the office."""
    plan = "111110"
    assert costs({"aim": "most_office"}, plan, call_days=(5,)) == {"office_target": 0}
    assert costs({"aim": "most_office", "days": {"weekdays": ["sat"]}}, plan, call_days=(5,)) == {"office_target": 1}


def test_unplanned_cells_cost_nothing() -> None:
    """A cell without a place is neither at home nor in the office; a day of a group with one has no headcount."""
    assert costs({"aim": "most_office", "level": True}, "1? 01 11") == {"office_target": 1, "level": 4}


def test_opposite_aims_are_a_problem() -> None:
    """Two goals that want one cell on different sides are refused once, in both languages, with whom and when."""
    goals = [{"kind": "office_target", "aim": "most_office"}, {"kind": "office_target", "aim": "most_home", "applies_to": {"ids": ["B"]}}]
    view = make_view(make_facts("AB", days=2), [], goals)
    [problem] = [problem for goal in view.goals for problem in goal.problems(view)]
    assert problem.where.field == "own/goal-0.aim"
    assert "own/goal-1 wants B at home on Monday 12 July 2021" in problem.text()
    assert "jumlah hari yang bertentangan: 2" in problem.text("id")


def test_aims_side_by_side_are_fine() -> None:
    """Goals about different people may differ."""
    goals = [{"kind": "office_target", "aim": aim, "applies_to": {"ids": [id_]}} for aim, id_ in (("most_office", "A"), ("most_home", "B"))]
    view = make_view(make_facts("AB", days=2), [], goals)
    assert not [problem for goal in view.goals for problem in goal.problems(view)]
    assert view.aim.office.tolist() == [[True, True], [False, False]]
    assert view.aim.home.tolist() == [[False, False], [True, True]]


def test_aim_must_be_given() -> None:
    """A target without an aim is refused."""
    with pytest.raises(pydantic.ValidationError):
        make_view(make_facts("A"), [], [{"kind": "office_target"}])


CASES: dict[str, tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any]]] = {
    "most office": ({"aim": "most_office"}, [], {}),
    "most home, weighted": ({"aim": "most_home", "weight": 4}, [], {}),
    "level per unit": ({"aim": "most_office", "level": True, "per": "leaf", "level_weight": 2}, [], {}),
    "against targets": ({**TARGETS, "per": "leaf"}, [], {}),
    "by range": ({"aim": "most_office", "level": True, "level_by": "range", "per": "leaf", "level_weight": 3}, [], {}),
    "by range, against targets": ({**TARGETS, "level_by": "range"}, [], {}),
    "level alone": ({"aim": "none", "level": True}, [], {}),
    "above a relaxed cap": ({"aim": "most_office", "weight": 2}, [RELAXED], REASON),
    "some above a relaxed cap": ({"aim": "most_office", "applies_to": {"ids": ["A", "B", "D"]}}, [{**RELAXED, "per": "leaf"}], REASON),
    "two relaxed caps": ({"aim": "most_office"}, [RELAXED, {**RELAXED, "relax_to": {"share": "50%", "reason": "optional"}}], REASON),
    "one day": ({"aim": "most_office", "days": {"weekdays": ["tue"]}}, [], {}),
    "in a tier of its own": ({"aim": "most_home", "tier": "early", "level": True}, [], {}),
}


@pytest.mark.parametrize("name", CASES)
def test_contract(name: str) -> None:
    """Compile and audit agree on all schedules of five people in two units over two days, one of them absent once."""
    fields, rules, more = CASES[name]
    people = [{"id": c, "unit": "u" if c in "ABC" else "v"} for c in "ABCDE"]
    facts = make_facts(people, days=2, units=[{"id": "u"}, {"id": "v"}], absent={"B": [1]}, **more)
    view = make_view(facts, rules, [{"kind": "office_target", **fields}], ["early"] if "tier" in fields else [])
    assert assert_contract(view, only=("own/goal-0",)) == 2**9


@pytest.mark.parametrize(
    ("aim", "english", "indonesian"),
    [
        (
            "most_office",
            "As many people in the office as the first limits allow, evenly over the days (in every unit).",
            "Sebanyak mungkin pegawai WFO",
        ),
        ("most_home", "As many people at home as the rules allow, evenly", "Sebanyak mungkin pegawai WFH"),
        ("none", "Neither the office nor home is preferred, evenly", "tidak diutamakan, merata antarhari (di setiap unit kerja)"),
    ],
)
def test_description(aim: str, english: str, indonesian: str) -> None:
    """The goal says which side it wants, and that days shall be alike."""
    view = make_view(make_facts("A"), [], [{"kind": "office_target", "aim": aim, "level": True, "per": "leaf"}])
    said = view.goals[0].describe(view)
    assert english in said.text("en")
    assert indonesian in said.text("id")


EXEMPT = {"kind": "office_cap", "share": "25%", "relax_to": {"share": "50%"}, "exempt": ["own/1"]}
OFFICER = {"kind": "duty_officers", "count": 1}


def test_exempt_officers_are_below_the_first_limit() -> None:
    """25 % of 4 is one seat and one officer is not counted: the second person lowers the cost, the third does not."""
    plans = ("0 0 0 0", "1 0 0 0", "1 1 0 0", "1 1 1 0")
    assert [costs({"aim": "most_office"}, plan, [EXEMPT, OFFICER], **REASON)["office_target"] for plan in plans] == [4, 3, 2, 2]


@pytest.mark.parametrize("who", [{}, {"applies_to": {"ids": ["A", "C"]}}])
@pytest.mark.parametrize("per", ["whole", "leaf"])
def test_contract_with_exempt_officers(who: dict[str, Any], per: str) -> None:
    """Seats above the first limit cost as much by the program as by the goal's value, whoever is counted and however units overlap."""
    people = [{"id": "A", "also": "v"}, {"id": "B"}, {"id": "C", "unit": "v"}, {"id": "D", "unit": "v"}]
    facts = make_facts([{"unit": "u", **row} for row in people], days=1, units=[{"id": "u"}, {"id": "v"}], **REASON)
    duties = [{**OFFICER, "per": "leaf"}, {**OFFICER, "eligible": {"ids": ["B", "C"]}}]
    cap = {**EXEMPT, "min_result": 0, "share": "1%", "relax_to": {"share": "100%"}, "per": per, "exempt": ["own/1", "own/2"]}
    view = make_view(facts, [cap, *duties], [{"kind": "office_target", "aim": "most_office", **who}])
    assert assert_contract(view, only=("own/goal-0",)) > 0
    assert assert_contract(view, only=("own/0",)) > 0


def test_an_officer_is_left_out_where_the_limit_itself_needs_it() -> None:
    """Of two officers left out Y (1 of at most 0) needs one, so X (2 of at most 0, relaxed to 1) has a seat above its first limit."""
    units = [{"id": "X"}, {"id": "Y"}]
    people = [{"id": "a", "unit": "X"}, {"id": "b", "unit": "X"}, {"id": "c", "unit": "Y"}]
    cap = {"kind": "office_cap", "per": "bidang", "share": "25%", "min_result": 0, "exempt": ["own/1"]}
    rules = [{**cap, "relax_to": {"share": "50%", "reason": "optional"}}, {"kind": "duty_officers", "count": 2}]
    view = make_view(make_facts(people, days=1, units=units), rules, [{"kind": "office_target", "aim": "most_office"}])
    [goal] = [goal for goal in view.goals if goal.kind == "office_target"]
    assert goal.values(view, make_schedule(view.facts, "1 1 1")) == {"office_target": 1}
    assert_contract(view, only=("own/0", "own/1", "own/goal-0"))

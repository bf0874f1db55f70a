"""office_floor: at least so many people in the office."""

import pytest

from giliran.domain.place import Strength
from giliran.rules.registry import parse_rule
from giliran.text import TextError
from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract

HALF = {"kind": "office_floor", "share": "50%"}


def findings(facts, rule, rows):
    """Findings of one floor as (strength, amount, days)."""
    view = make_view(facts, [rule])
    return [(f.strength, f.amount, f.days) for f in view.rules[0].audit(view, make_schedule(facts, rows))]


def test_three_of_five_keep_a_half() -> None:
    """50 % of 5 people are 2.5, rounded up to 3."""
    assert findings(make_facts("ABCDE", days=1), HALF, "1 1 1 0 0") == []


def test_two_of_five_are_one_too_few() -> None:
    """Two in the office under 50 % of 5 are one too few, and the sentence gives both numbers and the sum."""
    facts = make_facts("ABCDE", days=1)
    view = make_view(facts, [HALF])
    [finding] = view.rules[0].audit(view, make_schedule(facts, "1 1 0 0 0"))
    assert (finding.strength, finding.amount) == (Strength.MUST, 1)
    assert "kurang 1 (50% × 5 = 2,5 → paling sedikit 3 WFO, paling banyak 2 WFH)" in finding.said.text("id")
    assert "1 too few (50 % × 5 = 2.5 → at least 3 in the office, at most 2 at home)" in finding.said.text("en")


def test_first_and_last_day() -> None:
    """Every day is judged by itself, the first and the last included."""
    facts = make_facts("ABCD", days=5)
    assert findings(facts, HALF, "01110 01110 01110 00000") == [(Strength.MUST, 2, (0,)), (Strength.MUST, 2, (4,))]


def test_only_the_eligible_count() -> None:
    """One treasurer is asked for: colleagues without the mark do not help."""
    facts = make_facts([{"id": "A", "tags": {"bendahara"}}, {"id": "B"}, {"id": "C"}], days=1)
    rule = {"kind": "office_floor", "min": 1, "eligible": {"tags": ["bendahara"]}}
    assert findings(facts, rule, "0 1 1") == [(Strength.MUST, 1, (0,))]
    assert findings(facts, rule, "1 0 0") == []


def test_share_of_the_selection_not_of_the_eligible() -> None:
    """50 % of four people are two, although only three of them are eligible."""
    rows = [{"id": c, "rank": "pelaksana" if c != "D" else "administrator"} for c in "ABCD"]
    rule = {**HALF, "eligible": {"ranks": ["pelaksana"]}}
    assert findings(make_facts(rows, days=1), rule, "1 0 0 1") == [(Strength.MUST, 1, (0,))]


def test_shortfall_is_noted() -> None:
    """Three are asked for, one is away and one may only be at home: one is asked for and two are short."""
    facts = make_facts("ABC", days=1, absent={"A": [0]}, home_only="B")
    view = make_view(facts, [{"kind": "office_floor", "min": 3}])
    short, few = view.rules[0].audit(view, make_schedule(facts, "0 0 0"))
    assert (short.strength, short.amount, few.strength, few.amount) == (Strength.NOTE, 2, Strength.MUST, 1)
    assert "only 1 can come, 2 short" in short.said.text("en")
    assert "yang dapat masuk hanya 1" in few.said.text("id")
    assert findings(facts, {"kind": "office_floor", "min": 3}, "0 0 1") == [(Strength.NOTE, 2, (0,))]


BREAKS = {"kind": "office_floor", "min": 3, "when_short": "break"}


def test_shortfall_breaks_where_it_shall() -> None:
    """Three are asked for, one can come and comes: two are too few, and the sentence says how many could."""
    facts = make_facts("ABC", days=1, absent={"A": [0]}, home_only="B")
    view = make_view(facts, [BREAKS])
    [few] = view.rules[0].audit(view, make_schedule(facts, "0 0 1"))
    assert (few.strength, few.amount) == (Strength.MUST, 2)
    assert few.said.text("en").endswith("in the office 1, 2 too few (at least 3 in the office; only 1 can come)")
    assert few.said.text("id").endswith("1 orang WFO, kurang 2 (paling sedikit 3 WFO; yang dapat masuk hanya 1)")
    assert [limit.least.tolist() for limit in view.limits] == [[[3]]]


def test_shortfall_of_a_should_costs() -> None:
    """What nobody could give counts in person-days where it breaks, and not where it is noted."""
    facts = make_facts("AB", days=1, absent={"A": [0]})
    soft = {"kind": "office_floor", "min": 3, "strength": "should", "weight": 5}
    should = Strength.SHOULD
    assert findings(facts, {**soft, "when_short": "break"}, "0 1") == [(should, 2, (0,))]
    assert findings(facts, {**soft, "when_short": "note"}, "0 1") == [(Strength.NOTE, 2, (0,))]


def test_nobody_can_come_and_one_is_asked_for() -> None:
    """With everybody away a floor that breaks is missed whole: no plan keeps it."""
    facts = make_facts("AB", days=1, absent={"A": [0], "B": [0]})
    view = make_view(facts, [{**BREAKS, "min": 1}])
    assert findings(facts, {**BREAKS, "min": 1}, "0 0") == [(Strength.MUST, 1, (0,))]
    assert assert_contract(view, only=("own/0",)) == 0
    [problem] = view.rules[0].problems(view)
    assert problem.said.text("en").startswith(
        "everybody concerned, Monday 12 July 2021: somebody is asked for, but nobody who counts is there"
    )
    assert problem.said.text("id").startswith("semua pegawai yang dimaksud, Senin 12 Juli 2021: diminta pegawai WFO")


def test_nobody_can_come_where_it_only_should_or_is_told() -> None:
    """Where the floor only should hold, or the shortfall is told, a day without anybody is no mistake of the input."""
    facts = make_facts("AB", days=1, absent={"A": [0], "B": [0]})
    for fields in ({"strength": "should"}, {"when_short": "note"}):
        view = make_view(facts, [{**BREAKS, **fields}])
        assert list(view.rules[0].problems(view)) == []


def test_frozen_days_that_are_short_are_past() -> None:
    """On a frozen day on which nobody can come any more a floor that breaks is told, and the other day is planned."""
    facts = make_facts("A", days=2, absent={"A": [0]}, published={"A": "a0"}, frozen_days=[0])
    view = make_view(facts, [{**BREAKS, "min": 1}])
    assert assert_contract(view) == 1
    assert list(view.rules[0].problems(view)) == []


def test_everybody_absent() -> None:
    """With everybody away nothing can be asked; the whole floor is short."""
    facts = make_facts("AB", days=1, absent={"A": [0], "B": [0]})
    assert findings(facts, {"kind": "office_floor", "min": 1}, "0 0") == [(Strength.NOTE, 1, (0,))]


def test_empty_group() -> None:
    """A unit in which nobody is selected is asked for nothing."""
    people = [{"id": "A", "unit": "u"}]
    facts = make_facts(people, days=1, units=[{"id": "u"}, {"id": "v"}])
    assert findings(facts, {"kind": "office_floor", "min": 1, "per": "leaf"}, "1") == []


def test_unplanned_cells_are_skipped() -> None:
    """A day with a cell without a place is not judged."""
    assert findings(make_facts("AB", days=1), {"kind": "office_floor", "min": 2}, "1 ?") == []


def test_call_days_only_where_they_are_named() -> None:
    """A Saturday on call is reached only by a floor that names it."""
    facts = make_facts("AB", days=6, call_days=[5])
    floor = {"kind": "office_floor", "min": 1}
    assert findings(facts, floor, "111110 111110") == []
    assert findings(facts, {**floor, "days": {"weekdays": ["sat"]}}, "111110 111110") == [(Strength.MUST, 1, (5,))]


def test_a_forced_person_outside_the_count_does_not_help() -> None:
    """With `unforced` the head, fixed in the office, is in neither number: 50 % of the other two is one."""
    facts = make_facts("ABC", days=1)
    head = {"kind": "fixed_days", "place": "office", "applies_to": {"ids": ["A"]}}
    view = make_view(facts, [{**HALF, "counts": "unforced"}, head])
    [finding] = view.rules[0].audit(view, make_schedule(facts, "1 0 0"))
    assert finding.amount == 1


def test_limit_is_answered_as_a_lower_bound() -> None:
    """Other rules see the floor as a least number, already reduced to who is available."""
    facts = make_facts("ABC", days=2, absent={"A": [1]})
    view = make_view(facts, [{"kind": "office_floor", "min": 3}])
    [limit] = view.limits
    assert limit.least.tolist() == [[3, 2]]
    assert limit.number.tolist() == [[3, 3]]


def test_sentences() -> None:
    """The floor is described, and each occurrence is named with its sum and who is missing."""
    facts = make_facts("ABC", days=1, absent={"A": [0]})
    view = make_view(facts, [{"kind": "office_floor", "min": 3, "eligible": {"ids": ["A", "B"]}}])
    rule = view.rules[0]
    assert rule.describe(view).text("en").startswith("At least 3 in the office, of everybody concerned; only the people named")
    assert rule.describe(view).text("id").startswith("Paling sedikit 3 WFO, dari semua pegawai yang dimaksud; hanya pegawai")
    assert rule.occurrence(view, 0, 0, -1).text("en").endswith("at least 3 in the office; only 1 can come")
    breaks = make_view(facts, [BREAKS]).rules[0]
    said = "At least 3 in the office, of everybody concerned. Where fewer can come it is missed."
    assert breaks.describe(view).text("en") == said


@pytest.mark.parametrize("fields", [{}, {"min": 1, "share": "50%"}])
def test_number_or_share(fields: dict) -> None:
    """A floor gives a number or a share, never both and never none."""
    with pytest.raises(ValueError, match="either `min` or `share`") as caught:
        parse_rule({"id": "own/x", "kind": "office_floor", **fields})
    assert isinstance(caught.value.errors()[0]["ctx"]["error"], TextError)


CASES = {
    "share of the assigned": ({"share": "50%"}, {}),
    "share of the present": ({"share": "50%", "of": "present"}, {}),
    "rounded down": ({"share": "50%", "rounding": "down"}, {}),
    "at least two": ({"share": "10%", "min_result": 2}, {}),
    "a number": ({"min": 2}, {}),
    "more than there are": ({"min": 9}, {}),
    "nobody": ({"min": 0}, {}),
    "per unit": ({"share": "50%", "per": "leaf"}, {}),
    "eligible": ({"min": 2, "eligible": {"ids": ["A", "B", "D"]}}, {}),
    "nobody eligible": ({"min": 2, "eligible": {"ranks": ["none"]}}, {}),
    "short, and broken": ({"min": 2, "per": "leaf", "when_short": "break"}, {}),
    "more than there are, as a should that breaks": ({"min": 9, "strength": "should", "when_short": "break"}, {"home_only": "D"}),
    "nobody eligible, as a should that breaks": (
        {"min": 2, "eligible": {"ranks": ["none"]}, "strength": "should", "when_short": "break"},
        {},
    ),
    "a should": ({"min": 3, "strength": "should", "weight": 3}, {}),
    "home only": ({"min": 4}, {"home_only": "CD"}),
    "unforced": ({"share": "50%", "counts": "unforced"}, {"office_only": {"A": [0, 1]}}),
    "forced free": ({"share": "50%", "counts": "forced_free"}, {"office_only": {"A": [0, 1]}}),
}


@pytest.mark.parametrize("name", CASES)
def test_contract(name: str) -> None:
    """Compile and audit agree on all schedules of five people in two units over two days, one of them absent once."""
    fields, more = CASES[name]
    people = [{"id": c, "unit": "u" if c in "ABC" else "v"} for c in "ABCDE"]
    facts = make_facts(people, days=2, units=[{"id": "u"}, {"id": "v"}], absent={"B": [1]}, **more)
    view = make_view(facts, [{"kind": "office_floor", **fields}])
    assert assert_contract(view, only=("own/0",)) > 0

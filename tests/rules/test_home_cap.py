"""home_cap: at most so many people at home."""

import pytest

from giliran.domain.condition import ConditionEntry
from giliran.domain.place import Strength
from giliran.rules.registry import parse_rule
from tests.builders import MONDAY, make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract

HALF = {"kind": "home_cap", "share": "50%"}


def findings(facts, rule, rows):
    """Findings of one cap as (strength, amount, days)."""
    view = make_view(facts, [rule])
    return [(f.strength, f.amount, f.days) for f in view.rules[0].audit(view, make_schedule(facts, rows))]


def test_two_of_four_at_home_keep_a_half() -> None:
    """50 % of 4 people are 2."""
    assert findings(make_facts("ABCD", days=1), HALF, "1 1 0 0") == []


def test_third_at_home_is_one_too_many() -> None:
    """Three at home under 50 % of 4 are one too many, and the sentence gives both numbers and the sum."""
    facts = make_facts("ABCD", days=1)
    view = make_view(facts, [HALF])
    [finding] = view.rules[0].audit(view, make_schedule(facts, "1 0 0 0"))
    assert (finding.strength, finding.amount) == (Strength.MUST, 1)
    assert "3 orang WFH, lebih 1 (50% × 4 = 2 → paling sedikit 2 WFO, paling banyak 2 WFH)" in finding.said.text("id")
    assert "at home 3, 1 too many (50 % × 4 = 2 → at least 2 in the office, at most 2 at home)" in finding.said.text("en")


def test_absent_people_are_not_at_home() -> None:
    """Of 10 with 4 away, at most 50 % at home leaves 1 in the office, where a floor of 50 % would ask for 5."""
    facts = make_facts("ABCDEFGHIJ", days=1, absent={c: [0] for c in "GHIJ"})
    view = make_view(facts, [HALF])
    assert not list(view.rules[0].audit(view, make_schedule(facts, list("1000000000"))))
    [finding] = view.rules[0].audit(view, make_schedule(facts, list("0000000000")))
    assert finding.amount == 1
    assert "50 % × 10 = 5 → at least 1 in the office, at most 5 at home" in finding.said.text("en")


def test_a_share_may_be_nobody() -> None:
    """20 % of 4 people are 0.8, rounded down to nobody."""
    assert findings(make_facts("ABCD", days=1), {"kind": "home_cap", "share": "20%"}, "1 1 1 0") == [(Strength.MUST, 1, (0,))]


def test_first_and_last_day() -> None:
    """Every day is judged by itself, the first and the last included."""
    assert findings(make_facts("AB", days=5), HALF, "01110 01110") == [(Strength.MUST, 1, (0,)), (Strength.MUST, 1, (4,))]


def test_off_on_a_call_day_is_not_home() -> None:
    """Everybody may be off on a Saturday on call, even where the cap names it."""
    facts = make_facts("AB", days=6, call_days=[5])
    assert findings(facts, {"kind": "home_cap", "max": 0, "days": {"weekdays": ["sat"]}}, "111110 111110") == []


def test_everybody_absent() -> None:
    """With everybody away nobody is at home."""
    assert findings(make_facts("AB", days=1, absent={"A": [0], "B": [0]}), {"kind": "home_cap", "max": 0}, "0 0") == []


def test_empty_group() -> None:
    """A unit in which nobody is selected is not limited."""
    facts = make_facts([{"id": "A"}], days=1, units=[{"id": "u"}, {"id": "v"}])
    assert findings(facts, {"kind": "home_cap", "max": 0, "per": "leaf"}, "1") == []


def test_unplanned_cells_are_skipped() -> None:
    """A day with a cell without a place is not judged."""
    assert findings(make_facts("AB", days=1), {"kind": "home_cap", "max": 0}, "0 ?") == []


def test_home_only_people_are_forced_onto_the_counted_side() -> None:
    """With `unforced` home-only people are in neither number: 50 % of the other two is one."""
    facts = make_facts("ABCD", days=1, home_only="AB")
    assert findings(facts, {**HALF, "counts": "unforced"}, "0 0 1 0") == []
    assert findings(facts, {**HALF, "counts": "unforced"}, "0 0 0 0") == [(Strength.MUST, 1, (0,))]


def test_limit_is_answered_as_a_lower_bound_on_the_office() -> None:
    """Other rules see how many present people must come: 3 present less 2 allowed at home."""
    facts = make_facts("ABC", days=2, absent={"A": [1]})
    view = make_view(facts, [{"kind": "home_cap", "max": 2}])
    [limit] = view.limits
    assert (limit.least[0, 0], limit.number.tolist()) == (1, [[2, 2]])
    assert limit.least[0, 1] < 0


def test_table_without_a_value_is_a_problem() -> None:
    """A zone that the table leaves out is an error with the nearest advice, not "no limit"."""
    entry = ConditionEntry(MONDAY, MONDAY, None, "high")
    facts = make_facts("A", days=2, conditions={"zone": [entry]})
    view = make_view(facts, [{"kind": "home_cap", "share": {"zone": {"low": "75%"}}}])
    not_said, not_in_table = view.rules[0].problems(view)
    assert not_said.said.text("en") == "the condition 'zone' has no value for u on Tuesday 13 July 2021; person-days without one: 1"
    assert not_in_table.said.text("id").startswith("tabel persentase tidak memuat nilai 'high' dari 'zone' (u, Senin 12 Juli 2021;")
    assert not_in_table.where.field == "own/0.share"


def test_sentences() -> None:
    """The cap is described, and each occurrence is named with its sum."""
    view = make_view(make_facts("ABCD", days=1), [HALF])
    rule = view.rules[0]
    assert rule.describe(view).text("en") == "At most 50 % at home, of everybody concerned."
    assert rule.describe(view).text("id") == "Paling banyak 50% WFH, dari semua pegawai yang dimaksud."
    assert "at least 2 in the office, at most 2 at home" in rule.occurrence(view, 0, 0, -1).text("en")


@pytest.mark.parametrize("fields", [{}, {"max": 1, "share": "50%"}])
def test_number_or_share(fields: dict) -> None:
    """A cap gives a number or a share, never both and never none."""
    with pytest.raises(ValueError, match="either `max` or `share`"):
        parse_rule({"id": "own/x", "kind": "home_cap", **fields})


CASES = {
    "share of the assigned": ({"share": "50%"}, {}),
    "share of the present": ({"share": "50%", "of": "present"}, {}),
    "of those who can be at home": ({"share": "50%", "of": "home_able"}, {"office_only": {"A": [0, 1]}}),
    "rounded up": ({"share": "50%", "rounding": "up"}, {}),
    "a number": ({"max": 1}, {}),
    "nobody": ({"max": 0}, {}),
    "per unit": ({"share": "50%", "per": "leaf"}, {}),
    "a should": ({"max": 1, "strength": "should", "weight": 3}, {}),
    "unforced": ({"share": "50%", "counts": "unforced"}, {"home_only": "A"}),
    "forced free": ({"share": "50%", "counts": "forced_free"}, {"home_only": "A"}),
}


@pytest.mark.parametrize("name", CASES)
def test_contract(name: str) -> None:
    """Compile and audit agree on all schedules of five people in two units over two days, one of them absent once."""
    fields, more = CASES[name]
    people = [{"id": c, "unit": "u" if c in "ABC" else "v"} for c in "ABCDE"]
    facts = make_facts(people, days=2, units=[{"id": "u"}, {"id": "v"}], absent={"B": [1]}, **more)
    view = make_view(facts, [{"kind": "home_cap", **fields}])
    assert assert_contract(view, only=("own/0",)) > 0


def test_contract_over_a_call_day() -> None:
    """Compile and audit agree on Friday and a Saturday on call."""
    facts = make_facts("ABC", days=6, call_days=[5], workdays=[4])
    view = make_view(facts, [{"kind": "home_cap", "max": 1, "days": {"weekdays": ["fri", "sat"]}}])
    # On Friday at most one of three is at home: 4 of 8 ways; Saturday is free: 8 ways.
    assert assert_contract(view, only=("own/0",)) == 32

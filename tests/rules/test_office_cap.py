"""office_cap: at most so many people in the office."""

import pytest

from giliran.domain.facts import ConditionEntry
from giliran.domain.place import Strength
from tests.builders import MONDAY, make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract

QUARTER = {"kind": "office_cap", "share": "25%"}


def test_two_of_eight_keep_a_quarter() -> None:
    """25 % of 8 people are 2."""
    facts = make_facts("ABCDEFGH", days=1)
    view = make_view(facts, [QUARTER])
    assert not list(view.rules[0].audit(view, make_schedule(facts, "1 1 0 0 0 0 0 0")))


def test_third_of_eight_is_one_too_many() -> None:
    """Three in the office under 25 % of 8 are one too many, and the sentence gives both numbers and the sum."""
    facts = make_facts("ABCDEFGH", days=1)
    view = make_view(facts, [QUARTER])
    [finding] = view.rules[0].audit(view, make_schedule(facts, "1 1 1 0 0 0 0 0"))
    assert (finding.strength, finding.amount) == (Strength.MUST, 1)
    assert "25 % × 8 = 2 → paling banyak 2 WFO, paling sedikit 6 WFH" in finding.said.text("id")


CASES = {
    "share of the assigned": ({"share": "50%"}, {}),
    "share of the present": ({"share": "50%", "of": "present"}, {}),
    "a number": ({"max": 1}, {}),
    "nobody": ({"share": "0%"}, {}),
    "per unit": ({"share": "50%", "per": "leaf"}, {}),
    "a should": ({"max": 1, "strength": "should", "weight": 3}, {}),
    "relaxed with a reason": ({"share": "34%", "relax_to": {"share": "100%"}}, {"reasons": {"own/0": "antrean"}}),
    "relaxed without a reason": ({"share": "34%", "relax_to": {"share": "100%"}}, {}),
    "unforced": ({"share": "50%", "counts": "unforced"}, {"office_only": {"A": [0, 1]}}),
    "forced free": ({"share": "50%", "counts": "forced_free"}, {"office_only": {"A": [0, 1]}}),
}


@pytest.mark.parametrize("name", CASES)
def test_contract(name: str) -> None:
    """Compile and audit agree on all schedules of five people in two units over two days, one of them absent once."""
    fields, more = CASES[name]
    people = [{"id": c, "unit": "u" if c in "ABC" else "v"} for c in "ABCDE"]
    facts = make_facts(people, days=2, units=[{"id": "u"}, {"id": "v"}], absent={"B": [1]}, **more)
    view = make_view(facts, [{"kind": "office_cap", **fields}])
    assert assert_contract(view, only=("own/0",)) > 0


def test_table_without_a_value_is_a_problem() -> None:
    """A zone that the table leaves out is an error, not "no limit"."""
    facts = make_facts("AB", days=1, conditions={"zone": [ConditionEntry(MONDAY, MONDAY, None, "high")]})
    view = make_view(facts, [{**QUARTER, "share": {"zone": {"low": "25%"}}}])
    [problem] = view.rules[0].problems(view)
    assert "no row for the value 'high' of 'zone'" in problem.said.text("en")


def test_exempt_names_a_duty_rule() -> None:
    """A cap can leave out duty officers only: another rule is refused, an unknown one gets the nearest known id."""
    rules = [{**QUARTER, "exempt": ["own/1", "own/dutty"]}, {"kind": "office_cap", "max": 1}, {"kind": "duty_officers", "id": "own/duty"}]
    view = make_view(make_facts("AB", days=1), rules)
    unknown, no_duty = view.rules[0].problems(view)
    assert unknown.text("en") == "own/0.exempt: there is no rule own/dutty\n  Did you mean own/duty?"
    assert no_duty.said.text("en") == "own/1 names no duty officers, so there is nobody to leave out of the count"

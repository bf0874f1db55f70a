"""full_service: everybody in the office, or allowed to be."""

import pytest

from giliran.domain.place import Strength
from giliran.rules.registry import parse_rule
from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract, compiled

REQUIRE = {"kind": "full_service", "mode": "require"}
PERMIT = {"kind": "full_service", "mode": "permit"}


def findings(facts, rule, rows):
    """Findings of one rule as (strength, amount, days, people)."""
    view = make_view(facts, [rule])
    return [(f.strength, f.amount, f.days, f.people) for f in view.rules[0].audit(view, make_schedule(facts, rows))]


def test_everybody_in_the_office() -> None:
    """Everybody in the office every day keeps the rule."""
    assert findings(make_facts("AB"), REQUIRE, "11111 11111") == []


def test_first_and_last_day_missed() -> None:
    """Each day at home is one finding, the first and the last day included, in both languages."""
    facts = make_facts("A")
    view = make_view(facts, [REQUIRE])
    first, last = view.rules[0].audit(view, make_schedule(facts, ["01110"]))
    assert (first.strength, first.amount, first.days, last.days) == (Strength.MUST, 1, (0,), (4,))
    assert first.said.text("en") == "A is not in the office on Monday 12 July 2021, although the service runs in full"
    assert last.said.text("id") == "A tidak WFO pada Jumat 16 Juli 2021, padahal pelayanan berjalan penuh"


def test_home_only_people_are_skipped_with_a_note() -> None:
    """Home-only outranks full service: nothing is broken, but it is told for how many days."""
    facts = make_facts("AB", days=2, home_only="A")
    assert findings(facts, REQUIRE, "00 11") == [(Strength.NOTE, 2, (0, 1), (0,))]


def test_absent_people_are_not_asked() -> None:
    """Somebody on leave is not missing."""
    assert findings(make_facts("A", days=2, absent={"A": [0]}), REQUIRE, ["01"]) == []


def test_everybody_absent_and_nobody_selected() -> None:
    """With nobody there, or nobody selected, nothing is asked."""
    assert findings(make_facts("A", days=1, absent={"A": [0]}), REQUIRE, ["0"]) == []
    assert findings(make_facts("A", days=1), {**REQUIRE, "applies_to": {"ranks": ["none"]}}, ["0"]) == []


def test_unplanned_cells_are_skipped() -> None:
    """A cell without a place is not judged."""
    assert findings(make_facts("A", days=2), REQUIRE, ["1?"]) == []


def test_call_days_only_where_they_are_named() -> None:
    """A Saturday on call stays free unless the rule names it."""
    facts = make_facts("A", days=6, call_days=[5])
    assert findings(facts, REQUIRE, ["111110"]) == []
    assert findings(facts, {**REQUIRE, "days": {"weekdays": ["sat"]}}, ["111110"]) == [(Strength.MUST, 1, (5,), (0,))]


def test_permission_asks_for_nothing() -> None:
    """`permit` compiles to nothing and fixes nobody."""
    facts = make_facts("AB", days=2)
    view = make_view(facts, [PERMIT])
    assert (compiled(view, view.rules).fixed == -1).all()
    assert view.free.all()
    assert findings(facts, PERMIT, "00 00") == []


def test_order_forces_absent_people_too() -> None:
    """Others see required cells as forced into the office, also those of absent people, but not of home-only ones."""
    facts = make_facts("ABC", days=1, absent={"A": [0]}, home_only="B")
    view = make_view(facts, [REQUIRE])
    assert view.forced_office.tolist() == [[True], [False], [True]]


def test_should_forces_nobody() -> None:
    """A `should` order costs, it does not make cells unfree."""
    view = make_view(make_facts("A", days=1), [{**REQUIRE, "strength": "should"}])
    assert view.free.all()


@pytest.mark.parametrize("mode", ["require", "permit"])
def test_lifted_people_leave_both_numbers_of_a_cap(mode: str) -> None:
    """A nurse taken out of the cap is not in the 50 %, neither of the two counted nor of the one allowed."""
    facts = make_facts("ABC", days=1)
    lifting = {"kind": "full_service", "mode": mode, "applies_to": {"ids": ["A"]}, "lifts": ["own/1"]}
    view = make_view(facts, [lifting, {"kind": "office_cap", "share": "50%"}])
    [limit] = view.limits
    assert (limit.most.tolist(), limit.counted.dense[:, 0].tolist()) == ([[1]], [False, True, True])


def test_unknown_rule_under_lifts() -> None:
    """An own rule that does not exist is a problem with the nearest known id; a circular's may have been switched off."""
    facts = make_facts("A", days=1)
    rules = [{**REQUIRE, "lifts": ["own/caap", "lampung-2021/L4"]}, {"kind": "office_cap", "max": 1, "id": "own/cap"}]
    view = make_view(facts, rules)
    [problem] = next(rule for rule in view.rules if rule.kind == "full_service").problems(view)
    assert problem.text("en") == "own/0.lifts: there is no rule own/caap\n  Did you mean own/cap?"


def test_lifting_from_a_rule_without_a_limit() -> None:
    """Taking people out of a rule that limits no headcount would do nothing, so it is refused."""
    view = make_view(make_facts("A", days=1), [{**REQUIRE, "lifts": ["own/1"]}, {"kind": "fixed_days", "place": "office"}])
    [problem] = view.rules[0].problems(view)
    assert problem.said.text("id") == "own/1 tidak membatasi jumlah orang, sehingga tidak ada yang dapat dikecualikan"


def test_sentences() -> None:
    """Order and permission are described, with the limits that do not count these people."""
    view = make_view(make_facts("A"), [REQUIRE, {**PERMIT, "lifts": ["own/x"]}])
    order, permission = (rule for rule in view.rules if rule.kind == "full_service")
    assert order.describe(view).text("id") == "Semua pegawai yang dimaksud WFO."
    assert permission.describe(view).text("en") == "Everybody concerned may be in the office. They are not counted by own/x."


def test_mode_is_needed() -> None:
    """Whether it is an order or a permission must be said."""
    with pytest.raises(ValueError, match="mode"):
        parse_rule({"id": "own/x", "kind": "full_service"})


CASES = {
    "require": REQUIRE,
    "permit": PERMIT,
    "some people": {**REQUIRE, "applies_to": {"ids": ["A", "B"]}},
    "one weekday": {**REQUIRE, "days": {"weekdays": ["tue"]}},
    "a should": {**REQUIRE, "strength": "should", "weight": 3},
    "a call day": {**REQUIRE, "days": {"weekdays": ["thu"]}},
}


@pytest.mark.parametrize("name", CASES)
def test_contract(name: str) -> None:
    """Compile and audit agree on three people over three days and a call day; one is absent once, one may only be at home."""
    facts = make_facts("ABC", days=4, workdays=[0, 1, 2], call_days=[3], absent={"A": [0]}, home_only="B")
    view = make_view(facts, [CASES[name]])
    assert assert_contract(view, only=("own/0",)) > 0

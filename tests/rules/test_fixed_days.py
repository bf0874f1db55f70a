"""fixed_days: office or home on given days."""

import datetime as dt

import pytest

from giliran.domain.place import Strength
from giliran.rules.registry import parse_rule
from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract

OFFICE = {"kind": "fixed_days", "place": "office"}
HOME = {"kind": "fixed_days", "place": "home"}
FRIDAY = {"weekdays": ["fri"]}


def findings(facts, rule, rows):
    """Findings of one rule as (strength, amount, days, people)."""
    view = make_view(facts, [rule])
    return [(f.strength, f.amount, f.days, f.people) for f in view.rules[0].audit(view, make_schedule(facts, rows))]


def test_head_in_the_office_all_week() -> None:
    """A head who is in the office every day keeps the rule."""
    assert findings(make_facts("A"), OFFICE, ["11111"]) == []


def test_one_day_at_home_breaks_it() -> None:
    """Each day elsewhere is one finding, told in both languages."""
    facts = make_facts("A")
    view = make_view(facts, [OFFICE])
    [finding] = view.rules[0].audit(view, make_schedule(facts, ["11011"]))
    assert (finding.strength, finding.amount, finding.days) == (Strength.MUST, 1, (2,))
    assert finding.said.text("en") == "A is not in the office on Wednesday 14 July 2021"
    assert finding.said.text("id") == "A tidak WFO pada Rabu 14 Juli 2021"


def test_first_and_last_day() -> None:
    """The first and the last day of the horizon count."""
    assert [days for _, _, days, _ in findings(make_facts("A"), OFFICE, ["01110"])] == [(0,), (4,)]


def test_friday_at_home() -> None:
    """Only Friday is asked for; the office on other days is free."""
    facts = make_facts("AB")
    rule = {**HOME, "days": FRIDAY}
    assert findings(facts, rule, "11110 01010") == []
    assert findings(facts, rule, "00001 11110") == [(Strength.MUST, 1, (4,), (0,))]


def test_single_date() -> None:
    """A date names one day, the others are left alone."""
    rule = {**OFFICE, "days": {"dates": [dt.date(2021, 7, 12)]}}
    assert findings(make_facts("A"), rule, ["10000"]) == []


def test_home_only_people_are_skipped_with_a_note() -> None:
    """Home-only outranks the office: nothing is broken, but it is told for how many days."""
    facts = make_facts("AB", days=2, home_only="A")
    assert findings(facts, OFFICE, "00 11") == [(Strength.NOTE, 2, (0, 1), (0,))]


def test_absent_people_are_not_asked() -> None:
    """Absence outranks the rule, on both sides."""
    facts = make_facts("A", days=1, absent={"A": [0]})
    assert findings(facts, OFFICE, ["0"]) == findings(facts, HOME, ["0"]) == []


def test_nobody_selected() -> None:
    """A selection without people asks for nothing."""
    assert findings(make_facts("A"), {**OFFICE, "applies_to": {"ranks": ["none"]}}, ["00000"]) == []


def test_unplanned_cells_are_skipped() -> None:
    """A cell without a place is not judged."""
    assert findings(make_facts("A", days=2), OFFICE, ["1?"]) == []


def test_call_days_only_where_they_are_named() -> None:
    """A Saturday on call stays free unless the rule names it; then `home` means off."""
    facts = make_facts("A", days=6, call_days=[5])
    assert findings(facts, OFFICE, ["111110"]) == []
    assert findings(facts, {**OFFICE, "days": {"weekdays": ["sat"]}}, ["000000"]) == [(Strength.MUST, 1, (5,), (0,))]
    assert findings(facts, {**HOME, "days": {"weekdays": ["sat"]}}, ["111110"]) == []
    assert findings(facts, {**HOME, "days": {"weekdays": ["sat"]}}, ["111111"]) == [(Strength.MUST, 1, (5,), (0,))]


def test_holiday_is_no_day() -> None:
    """A holiday has no cell and asks for nothing."""
    facts = make_facts("A", days=2, holidays=[dt.date(2021, 7, 13)])
    assert findings(facts, OFFICE, ["10"]) == []


def test_forced_cells() -> None:
    """Others see the cells as forced, absent people included; a `should` forces nobody."""
    facts = make_facts("AB", days=2, absent={"A": [0]})
    rule = {**HOME, "days": {"weekdays": ["mon"]}}
    assert make_view(facts, [rule]).forced_home.tolist() == [[True, False], [True, False]]
    assert not make_view(facts, [{**rule, "strength": "should"}]).forced_home.any()


def test_out_of_force() -> None:
    """Outside the dates of its circular the rule asks for nothing."""
    rule = {**OFFICE, "in_force": {"from": dt.date(2021, 7, 13), "to": dt.date(2021, 7, 14)}}
    assert [days for _, _, days, _ in findings(make_facts("A"), rule, ["00000"])] == [(1,), (2,)]


def test_opposite_rules_clash() -> None:
    """The office and home asked of one person on one day leave no schedule at all."""
    view = make_view(make_facts("A", days=1), [OFFICE, HOME])
    assert assert_contract(view, only=("own/0", "own/1")) == 0


def test_sentences() -> None:
    """Both places are described in both languages."""
    view = make_view(make_facts("A"), [OFFICE, HOME])
    office, home = (rule for rule in view.rules if rule.kind == "fixed_days")
    assert office.describe(view).text("en") == "In the office on the days given."
    assert home.describe(view).text("id") == "WFH pada hari yang ditentukan."


def test_place_is_needed() -> None:
    """Where people shall be must be said."""
    with pytest.raises(ValueError, match="place"):
        parse_rule({"id": "own/x", "kind": "fixed_days"})


CASES = {
    "office": OFFICE,
    "home": HOME,
    "some people": {**OFFICE, "applies_to": {"ids": ["A", "B"]}},
    "one weekday": {**HOME, "days": {"weekdays": ["tue"]}},
    "office as a should": {**OFFICE, "strength": "should", "weight": 3},
    "home as a should": {**HOME, "strength": "should", "weight": 2},
    "a call day": {**HOME, "days": {"weekdays": ["thu"]}},
}


@pytest.mark.parametrize("name", CASES)
def test_contract(name: str) -> None:
    """Compile and audit agree on three people over three days and a call day; one is absent once, one may only be at home."""
    facts = make_facts("ABC", days=4, workdays=[0, 1, 2], call_days=[3], absent={"A": [0]}, home_only="B")
    view = make_view(facts, [CASES[name]])
    assert assert_contract(view, only=("own/0",)) > 0

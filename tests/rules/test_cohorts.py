"""separation with `cohorts`: on each day at most one of them has anybody in the office."""

import pytest

from giliran.domain.place import Strength
from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract

PEOPLE = [{"id": "A", "tags": ["a"]}, {"id": "B", "tags": ["a"]}, {"id": "C", "tags": ["b"]}, {"id": "D"}]
RULE = {"kind": "separation", "cohorts": [{"tags": ["a"]}, {"tags": ["b"]}]}


def audit(facts, rule, rows):
    """Findings of one rule on a schedule."""
    view = make_view(facts, [rule])
    return list(view.by_id["own/0"].audit(view, make_schedule(facts, rows)))


def test_cohorts_that_alternate_pass() -> None:
    """A and B on Monday, C on Tuesday; D, who is in no cohort, comes on both."""
    assert not audit(make_facts(PEOPLE, days=2), RULE, "10 10 01 11")


@pytest.mark.parametrize("day", [0, 4])
def test_cohorts_that_meet(day: int) -> None:
    """Two cohorts on the first or the last day: one too many, the people in the office named."""
    rows = ["".join("1" if d == day else "0" for d in range(5)), "00000", "".join("1" if d == day else "0" for d in range(5)), "11111"]
    [finding] = audit(make_facts(PEOPLE), RULE, rows)
    assert (finding.strength, finding.amount, finding.days, finding.people) == (Strength.MUST, 1, (day,), (0, 2))
    assert finding.said.text("id").startswith("semua pegawai yang dimaksud, ")
    assert "people of 2 cohorts are in the office" in finding.said.text("en")


def test_three_cohorts_on_one_day_are_two_too_many() -> None:
    """Each cohort beyond one counts."""
    people = [{"id": c, "tags": [c.lower()]} for c in "ABC"]
    rule = {"kind": "separation", "cohorts": [{"tags": ["a"]}, {"tags": ["b"]}, {"tags": ["c"]}]}
    assert [finding.amount for finding in audit(make_facts(people, days=2), rule, "11 10 10")] == [2]


def test_groups_keep_their_cohorts_apart_by_themselves() -> None:
    """With `per: leaf` cohorts of different units may be in on one day."""
    people = [{"id": "A", "unit": "u", "tags": ["a"]}, {"id": "B", "unit": "v", "tags": ["b"]}, {"id": "C", "unit": "v", "tags": ["a"]}]
    facts = make_facts(people, units=[{"id": "u"}, {"id": "v", "name": "Bidang Aset"}], days=1)
    assert not audit(facts, {**RULE, "per": "leaf"}, "1 1 0")
    assert [finding.people for finding in audit(facts, RULE, "1 1 0")] == [(0, 1)]
    [finding] = audit(facts, {**RULE, "per": "leaf"}, "1 1 1")
    assert finding.said.text("en").startswith("Bidang Aset, ")


def test_everybody_absent_and_empty_cohorts() -> None:
    """Nobody in the office is no offence, nor is a cohort that has nobody."""
    assert not audit(make_facts(PEOPLE, days=1, absent={letter: [0] for letter in "ABCD"}), RULE, "0 0 0 0")
    assert not audit(make_facts("AB", days=1), RULE, "1 1")


def test_days_with_an_unplanned_cell_are_skipped() -> None:
    """A day of a group whose plan is not complete is not judged."""
    assert not audit(make_facts(PEOPLE, days=1), RULE, "1 ? 1 0")


def test_people_in_two_cohorts_are_told() -> None:
    """Somebody in two cohorts could never come: bad input, in one message."""
    view = make_view(make_facts([{"id": "A", "tags": ["a", "b"]}, *PEOPLE[1:]]), [RULE])
    [problem] = view.by_id["own/0"].problems(view)
    assert "lebih dari satu kelompok (1 orang): A" in problem.text("id")


def test_a_private_rule_does_not_say_what_it_asks() -> None:
    """Findings of a private rule name people and days only."""
    [finding] = audit(make_facts(PEOPLE, days=1), {**RULE, "private": True}, "1 0 1 0")
    assert finding.said.text("en") == "A and C, Monday 12 July 2021: these places do not go together"


CASES = {
    "two cohorts": ({}, {}),
    "three cohorts": ({"cohorts": [{"ids": ["A"]}, {"ids": ["B"]}, {"ids": ["C"]}]}, {}),
    "a should": ({"cohorts": [{"ids": ["A"]}, {"ids": ["B"]}, {"ids": ["C"]}], "strength": "should", "weight": 3}, {}),
    "per unit": ({"per": "leaf"}, {}),
    "home-only": ({}, {"home_only": ["A"]}),
    "away": ({}, {"absent": {"C": [0], "A": [1]}}),
    "call day": ({"days": {"weekdays": ["mon", "tue"]}}, {"workdays": [0], "call_days": [1]}),
    "nobody": ({"cohorts": [{"tags": ["x"]}, {"tags": ["y"]}]}, {}),
}


@pytest.mark.parametrize("name", CASES)
def test_contract(name: str) -> None:
    """Compile and audit agree on all schedules of four people over two days, whatever the cohorts that may come."""
    rule, more = CASES[name]
    people = [{**person, "unit": "u" if person["id"] in "AC" else "v"} for person in PEOPLE]
    facts = make_facts(people, units=[{"id": "u"}, {"id": "v"}], days=2, **more)
    assert assert_contract(make_view(facts, [{**RULE, **rule}]), only=("own/0",)) > 0


def test_words() -> None:
    """The rule and an occurrence in words."""
    view = make_view(make_facts(PEOPLE, days=1), [RULE])
    rule = view.by_id["own/0"]
    assert "2 kelompok" in rule.describe(view).text("id")
    assert "at most one of 2 cohorts" in rule.occurrence(view, 0, 0, -1).text("en")

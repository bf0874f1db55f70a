"""team_rotation: teams take turns in the office."""

import datetime as dt

import pydantic
import pytest

from giliran.domain.place import Strength
from tests.builders import MONDAY, make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract

PEOPLE = [{"id": "A", "team": "merah"}, {"id": "B", "team": "biru"}]
DAILY = {"kind": "team_rotation", "teams": ["merah", "biru"], "turn": "day", "anchor": "2021-07-12"}


def turns(facts, rule):
    """Bits of everybody's turns: `1` office, `0` home, `.` not fixed."""
    view = make_view(facts, [rule])
    fixes = view.by_id["own/0"].fixes(view)
    bits = fixes.office.dense.astype(int) - fixes.home.dense.astype(int)
    return ["".join({1: "1", -1: "0", 0: "."}[bit] for bit in row) for row in bits.tolist()]


def audit(facts, rule, rows):
    """Findings of one rule on a schedule."""
    view = make_view(facts, [rule])
    return list(view.by_id["own/0"].audit(view, make_schedule(facts, rows)))


def test_turns_kept_pass() -> None:
    """Merah on Monday, biru on Tuesday, and so on."""
    assert not audit(make_facts(PEOPLE), DAILY, "10101 01010")


def test_both_ways_of_missing_a_turn() -> None:
    """A at home on the first day on turn, B in the office on the last day off turn: one each, with the team named."""
    first, last = audit(make_facts(PEOPLE), DAILY, "00101 01011")
    assert (first.strength, first.amount, first.people, first.days) == (Strength.MUST, 1, (0,), (0,))
    assert (last.amount, last.people, last.days) == (1, (1,), (4,))
    assert first.said.text("id") == "A WFH pada Senin 12 Juli 2021, padahal tim merah mendapat giliran WFO"
    assert last.said.text("en") == "B is in the office on Friday 16 July 2021, but team biru is not on turn"


def test_days_are_working_days_of_the_calendar() -> None:
    """The turn passes over the weekend and a holiday: Friday merah, Monday biru."""
    assert turns(make_facts(PEOPLE, days=9), DAILY)[0] == "10101..01"
    assert turns(make_facts(PEOPLE, holidays=[dt.date(2021, 7, 13)]), DAILY)[0] == "1.010"


@pytest.mark.parametrize(("anchor", "expected"), [("2021-07-09", "01010"), ("2021-07-10", "10101"), ("2021-07-13", "01010")])
def test_an_anchor_outside_the_plan(anchor: str, expected: str) -> None:
    """Merah on turn on Friday before leaves Monday to biru; a Saturday means the Monday after; turns run backwards too."""
    assert turns(make_facts(PEOPLE), {**DAILY, "anchor": anchor})[0] == expected


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [
        ("2021-07-12", "11100..01110.."),  # three days each: Monday to Wednesday merah, then to the next Monday biru
        ("2021-07-10", "11100..01110.."),  # a Saturday means the Monday after
        ("2021-07-15", "00011..10001.."),  # backwards: Monday to Wednesday are biru's turn
        ("2021-07-08", "10001..11000.."),  # Thursday, Friday and Monday merah
    ],
)
def test_turns_of_working_days(anchor: str, expected: str) -> None:
    """Turns of three working days pass over weekends, begin on the anchor and run backwards too."""
    facts = make_facts(PEOPLE, days=14)
    assert turns(facts, {**DAILY, "turn": {"working_days": 3}, "anchor": anchor})[0] == expected


def test_holidays_are_no_day_of_a_turn() -> None:
    """With Tuesday off a turn of two days is Monday and Wednesday, somebody's absence makes it no longer."""
    facts = make_facts(PEOPLE, holidays=[dt.date(2021, 7, 13)], absent={"A": [2]})
    assert turns(facts, {**DAILY, "turn": {"working_days": 2}})[0] == "1.100"


@pytest.mark.parametrize("turn", [{"working_days": 0}, {"working_days": 367}, {"days": 3}, {}, "month", 3])
def test_turns_that_are_none(turn) -> None:
    """A turn is a word that is known, or 1 to 366 working days."""
    with pytest.raises(pydantic.ValidationError):
        make_view(make_facts(PEOPLE), [{**DAILY, "turn": turn}])


def test_weeks_begin_on_mondays() -> None:
    """An anchor on a Thursday means its whole week; the next week is the other team's."""
    assert turns(make_facts(PEOPLE, days=12), {**DAILY, "turn": "week", "anchor": "2021-07-15"})[0] == "11111..00000"


def test_fortnights() -> None:
    """Two weeks from the Monday of the anchor's week."""
    facts = make_facts(PEOPLE, first=MONDAY + dt.timedelta(days=7), days=12)
    assert turns(facts, {**DAILY, "turn": "fortnight"})[0] == "11111..00000"


def test_three_teams() -> None:
    """Each of three teams comes every third day."""
    facts = make_facts([{"id": c, "team": c.lower()} for c in "ABC"])
    assert turns(facts, {**DAILY, "teams": ["c", "a", "b"]}) == ["01001", "00100", "10010"]


def test_a_number_takes_the_names_of_each_group() -> None:
    """With a number the teams are those of each unit, in alphabetical order, whatever they are called."""
    people = [{"id": c, "unit": u, "team": t} for c, u, t in (("A", "u", "x"), ("B", "u", "w"), ("C", "v", "1"), ("D", "v", "2"))]
    facts = make_facts(people, units=[{"id": "u"}, {"id": "v"}], days=2)
    rule = {**DAILY, "teams": 2, "per": "leaf"}
    assert turns(facts, rule) == ["01", "10", "10", "01"]
    view = make_view(facts, [{**rule, "per": "whole"}])
    [problem] = view.by_id["own/0"].problems(view)
    assert "bukan 2 tim" in problem.text("id")


def test_people_without_a_team_are_told() -> None:
    """Whoever the rule means without a team of it is bad input, in one message."""
    view = make_view(make_facts([*PEOPLE, {"id": "C"}, {"id": "D", "team": "hijau"}]), [DAILY])
    [problem] = view.by_id["own/0"].problems(view)
    assert "(2): C and D" in problem.text("en")


def test_cells_are_unfree_and_home_only_people_stay() -> None:
    """Given teams fix their cells; a home-only person on turn stays at home, with a note."""
    facts = make_facts(PEOPLE, days=2, home_only=["A"])
    assert not make_view(facts, [DAILY]).free.any()
    [note] = audit(facts, DAILY, "00 01")
    assert (note.strength, note.people) == (Strength.NOTE, (0,))


def test_people_outside_the_levels_are_listed() -> None:
    """Who has no unit of the level above takes no turns, and is answered for."""
    people = [{"id": "A", "unit": "opd", "team": "merah"}, {"id": "B", "unit": "b", "team": "biru"}]
    facts = make_facts(people, units=[{"id": "opd", "level": "opd"}, {"id": "b", "parent": "opd"}], days=1)
    rule = {**DAILY, "per": "bidang"}
    assert not audit(facts, rule, "1 0")
    view = make_view(facts, [rule])
    assert view.rules[0].grouping(view).outside.dense.tolist() == [[True], [False]]


@pytest.mark.parametrize("teams", [1, ["merah"], ["merah", "merah"]])
def test_fewer_than_two_teams(teams) -> None:
    """One team cannot take turns."""
    with pytest.raises(pydantic.ValidationError):
        make_view(make_facts("A"), [{**DAILY, "teams": teams}])


CASES = {
    "by day": (DAILY, {}),
    "by week": ({**DAILY, "turn": "week"}, {}),
    "by two working days": ({**DAILY, "turn": {"working_days": 2}}, {}),
    "formed, by two working days": ({**DAILY, "turn": {"working_days": 2}, "choose_teams": True}, {}),
    "a number": ({**DAILY, "teams": 2}, {}),
    "a should": ({**DAILY, "strength": "should", "weight": 3}, {}),
    "home-only": (DAILY, {"home_only": ["A"]}),
    "call day": ({**DAILY, "days": {"weekdays": ["tue", "sat"]}}, {}),
    "everybody away": (DAILY, {"absent": {"A": range(6), "B": range(6)}}),
    "nobody": ({**DAILY, "applies_to": {"tags": ["none"]}}, {}),
}


@pytest.mark.parametrize("name", CASES)
def test_contract(name: str) -> None:
    """Compile and audit agree on all schedules of two people over three days and a call day, one of them away once."""
    rule, more = CASES[name]
    facts = make_facts(PEOPLE, days=6, workdays=[0, 1, 2], call_days=[5], **{"absent": {"B": [1]}, **more})
    assert assert_contract(make_view(facts, [rule]), only=("own/0",)) > 0


def test_words() -> None:
    """The rule and an occurrence in words, in both languages."""
    view = make_view(make_facts(PEOPLE), [DAILY, {**DAILY, "teams": 2}])
    rule = view.by_id["own/0"]
    assert rule.describe(view).text("id").startswith("Tim merah dan biru bergantian WFO per hari")
    assert view.by_id["own/1"].describe(view).text("en").startswith("2 teams take turns")
    every = make_view(make_facts(PEOPLE), [{**DAILY, "turn": {"working_days": 3}}]).by_id["own/0"].describe
    assert "bergantian WFO per 3 hari kerja, dimulai merah pada" in every(view).text("id")
    assert "by 3 working days, merah from" in every(view).text("en")
    assert rule.occurrence(view, -1, 0, 1).text("en") == "B (team biru), Monday 12 July 2021: at home"

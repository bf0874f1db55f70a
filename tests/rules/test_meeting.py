"""meeting: required people come, and no more may be required than allowed."""

import datetime as dt

import numpy as np
import pytest

from giliran.domain.facts import Meeting
from giliran.domain.place import Strength
from tests.builders import MONDAY, make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract


def event(required=(0,), day=1, **fields):
    """A meeting on one day of the horizon."""
    dates = (MONDAY + dt.timedelta(days=day),)
    known = {"invited": tuple(required), "capacity": None, "urgent": False, "dates": dates, "given": True, **fields}
    return Meeting(id=known.pop("id", "m"), name=known.pop("name", "Rapat APBD"), required=tuple(required), **known)


def audit(view, rows, rule="own/0"):
    """Findings of one rule on a schedule."""
    return list(view.by_id[rule].audit(view, make_schedule(view.facts, rows)))


def test_no_meetings_no_rule() -> None:
    """Without meetings nothing is implied."""
    assert "facts/meetings" not in make_view(make_facts("A")).by_id


def test_required_people_come_without_any_written_rule() -> None:
    """A is required on Tuesday: in the office then is right, elsewhere is one broken rule."""
    view = make_view(make_facts("AB", meetings=[event()]))
    assert not audit(view, "01000 00000", "facts/meetings")
    [finding] = audit(view, "10111 11111", "facts/meetings")
    assert (finding.strength, finding.amount, finding.people, finding.days) == (Strength.MUST, 1, (0,), (1,))
    assert finding.said.text("id") == "A WFH pada Selasa 13 Juli 2021, padahal wajib menghadiri Rapat APBD"


@pytest.mark.parametrize("day", [0, 4])
def test_first_and_last_day(day: int) -> None:
    """Meetings on the first and the last day bind too, and make the cell unfree."""
    view = make_view(make_facts("A", meetings=[event(day=day)]))
    assert [finding.days for finding in audit(view, "00000", "facts/meetings")] == [(day,)]
    assert np.argwhere(~view.free).tolist() == [[0, day]]


def test_two_meetings_on_one_day_are_one_offence() -> None:
    """One person missing two meetings of a day is elsewhere once; both are named."""
    view = make_view(make_facts("A", meetings=[event(), event(id="n", name="Rapat TAPD")]))
    [finding] = audit(view, "00000", "facts/meetings")
    assert "Rapat APBD dan Rapat TAPD" in finding.said.text("id")


def test_only_urgent_meetings_in_person() -> None:
    """Under a letter that allows only urgent meetings the others are held by video, with a note, and nobody is fixed."""
    facts = make_facts("AB", meetings=[event(), event(required=(1,), id="n", name="Posko", urgent=True)])
    view = make_view(facts, [{"kind": "meeting", "in_person": "urgent"}])
    assert np.argwhere(view.forced_office).tolist() == [[1, 1]]
    [note] = audit(view, "00000 01000")
    assert note.strength is Strength.NOTE
    assert "Rapat APBD tidak mendesak" in note.said.text("id")
    assert "facts/meetings" not in view.by_id


def test_a_rule_for_some_meetings_leaves_the_others() -> None:
    """A rule that names one meeting holds it by video; the other still binds."""
    facts = make_facts("A", meetings=[event(), event(id="n", day=2)])
    view = make_view(facts, [{"kind": "meeting", "meetings": "m", "in_person": "urgent"}])
    assert np.argwhere(view.forced_office).tolist() == [[0, 2]]


def test_a_rule_out_of_force_leaves_the_meeting() -> None:
    """A letter that is in force from Wednesday says nothing about a meeting on Tuesday."""
    facts = make_facts("A", meetings=[event()])
    rule = {"kind": "meeting", "in_person": "urgent", "in_force": {"from": "2021-07-14", "to": "2021-07-20"}}
    assert np.argwhere(make_view(facts, [rule]).forced_office).tolist() == [[0, 1]]


def test_a_rule_for_other_days_leaves_the_meeting() -> None:
    """A rule for Mondays says nothing about a meeting on Tuesday, not even in a note."""
    view = make_view(make_facts("A", meetings=[event()]), [{"kind": "meeting", "in_person": "urgent", "days": {"weekdays": ["mon"]}}])
    assert not audit(view, "00000")
    assert len(audit(view, "00000", "facts/meetings")) == 1


def test_whoever_cannot_come_is_told() -> None:
    """Absent people and people off that day are told in one note, home-only people in another."""
    facts = make_facts("ABC", days=7, meetings=[event(required=(0, 1, 2))], absent={"A": [1]}, home_only=["B"])
    absent, home = audit(make_view(facts), "0000000 0000000 0100000", "facts/meetings")
    assert (absent.strength, absent.people) == (Strength.NOTE, (0,))
    assert (home.strength, home.people) == (Strength.NOTE, (1,))
    [off] = audit(make_view(make_facts("A", days=7, meetings=[event(day=5)])), "0000000", "facts/meetings")
    assert "absent or off that day" in off.said.text("en")


def test_call_days_need_no_naming() -> None:
    """A meeting on a Saturday on call brings its people in."""
    view = make_view(make_facts("A", days=6, call_days=[5], meetings=[event(day=5)]))
    assert [finding.days for finding in audit(view, "000000", "facts/meetings")] == [(5,)]


# -- attendance ----------------------------------------------------------------------------------------------------------------------

QUARTER = {"kind": "meeting", "attendance": "25%"}


@pytest.mark.parametrize(("capacity", "over"), [(8, 0), (7, 1), (3, 2)])
def test_share_of_the_room(capacity: int, over: int) -> None:
    """Two required people fit 25 % of 8 seats, not of 7 (1.75, so 1) nor of 3 (0)."""
    facts = make_facts("AB", days=2, meetings=[event(required=(0, 1), capacity=capacity)])
    view = make_view(facts, [QUARTER])
    rule = view.by_id["own/0"]
    assert [finding.amount for finding in audit(view, "01 01")] == ([over] if over else [])
    problems = list(rule.problems(view))
    assert len(problems) == (1 if over else 0)
    assert not over or f"lebih {over} (25% × {capacity}" in problems[0].text("id")


def test_share_of_those_invited() -> None:
    """Half of five invited people are two."""
    facts = make_facts("ABCDE", days=2, meetings=[event(required=(0, 1, 2), invited=(0, 1, 2, 3, 4))])
    view = make_view(facts, [{**QUARTER, "attendance": "50%", "of": "invited"}])
    [finding] = audit(view, "01 01 01 00 00")
    assert "required to come 3, 1 too many (50 % × 5 → at most 2)" in finding.said.text("en")


def test_a_soft_limit_costs() -> None:
    """A `should` limit is no bad input but a cost, the same in program and audit."""
    facts = make_facts("AB", days=2, meetings=[event(required=(0, 1), capacity=4)])
    view = make_view(facts, [{**QUARTER, "strength": "should", "weight": 5}])
    assert not list(view.by_id["own/0"].problems(view))
    assert assert_contract(view, only=("own/0",)) == 1 << 4


def test_problems() -> None:
    """A room without seats and a meeting that is not there are told, with the nearest known id."""
    facts = make_facts("A", meetings=[event(id="apbd")])
    view = make_view(facts, [QUARTER, {**QUARTER, "meetings": ["apdb"], "of": "invited"}])
    texts = [problem.text("en") for rule in ("own/0", "own/1") for problem in view.by_id[rule].problems(view)]
    assert "has no `capacity`" in texts[0]
    assert "Did you mean apbd?" in texts[1]


CASES = {
    "implied": ([], {}),
    "written": ([{"kind": "meeting"}], {}),
    "urgent": ([{"kind": "meeting", "in_person": "urgent"}], {}),
    "some": ([{"kind": "meeting", "meetings": ["n"]}], {}),
    "a should": ([{"kind": "meeting", "strength": "should", "weight": 2}], {}),
    "people": ([{"kind": "meeting", "in_person": "urgent", "applies_to": {"ids": ["A"]}}], {}),
    "days": ([{"kind": "meeting", "in_person": "urgent", "days": {"weekdays": ["mon"]}}], {}),
    "home-only": ([{"kind": "meeting"}], {"home_only": ["B"]}),
    "everybody away": ([], {"absent": {letter: [0, 1, 5] for letter in "ABC"}}),
    "nobody required": ([], {"meetings": [event(required=())]}),
}


@pytest.mark.parametrize("name", CASES)
def test_contract(name: str) -> None:
    """Compile and audit agree on all schedules of three people over two days and a call day."""
    rules, more = CASES[name]
    meetings = [event(required=(0, 1), urgent=True), event(required=(1, 2), day=0, id="n"), event(required=(2,), day=5, id="o")]
    facts = make_facts("ABC", days=6, workdays=[0, 1], call_days=[5], **{"meetings": meetings, "absent": {"A": [0]}, **more})
    assert assert_contract(make_view(facts, rules)) > 0


def test_words() -> None:
    """The rule and an occurrence in words."""
    view = make_view(make_facts("A", meetings=[event(capacity=40)]), [QUARTER])
    rule = view.by_id["own/0"]
    assert rule.describe(view).text("id").endswith("Yang wajib hadir paling banyak 25% dari kapasitas ruangan.")
    assert rule.occurrence(view, -1, 1, 0).text("en") == "A must be at Rapat APBD on Tuesday 13 July 2021"

"""meeting: days that the plan chooses, once, every week, or on the same weekday."""

import datetime as dt

import pytest

from giliran.domain.facts import Meeting
from giliran.domain.place import Strength
from tests.builders import MONDAY, make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract


def event(days=(0, 1), required=(0, 1), **fields):
    """A meeting on one of some days of the horizon."""
    dates = tuple(MONDAY + dt.timedelta(days=day) for day in days)
    known = {"invited": tuple(required), "capacity": None, "urgent": False, **fields}
    return Meeting(id=known.pop("id", "m"), name=known.pop("name", "Rapat APBD"), dates=dates, required=tuple(required), **known)


def audit(facts, rows, rules=(), rule="facts/meetings"):
    """Findings of the rule for meetings that nobody wrote, on a schedule."""
    view = make_view(facts, rules)
    return list(view.by_id[rule].audit(view, make_schedule(view.facts, rows)))


@pytest.mark.parametrize(("frozen", "allowed"), [([0, 1], 1), ([0], 1), ([1], 0)])
def test_a_meeting_on_frozen_days(frozen, allowed):
    """B was published at home on both days: frozen on both nobody can meet any more; frozen on Monday they meet on Tuesday, if A may."""
    published = {"A": "10", "B": "00"} if frozen == [1] else {"A": "11", "B": "00"}
    pins = {("B", 0): "home"} if frozen == [1] else {}
    view = make_view(make_facts("AB", days=2, meetings=[event()], published=published, frozen_days=frozen, pins=pins))
    assert (assert_contract(view) > 0) == bool(allowed)


def problems(facts, rules=()):
    """What the statements say is wrong."""
    view = make_view(facts, rules)
    return [problem for rule in view.rules for problem in rule.problems(view)]


def test_one_day_with_everybody_is_enough() -> None:
    """A and B are both in on Tuesday: the meeting is then, which is told in a note."""
    [note] = audit(make_facts("AB", days=2, meetings=[event()]), "01 11")
    assert (note.strength, note.days) == (Strength.NOTE, (1,))
    assert note.said.text("id") == "Rapat APBD diadakan pada Selasa 13 Juli 2021"


def test_missed_by_the_fewest_missing() -> None:
    """Two are missing on Monday, one on Wednesday: the rule is missed by one, on Wednesday."""
    facts = make_facts("ABC", days=3, meetings=[event((0, 2), (0, 1, 2))])
    [finding] = audit(facts, "001 110 001")
    assert (finding.strength, finding.amount, finding.people, finding.days) == (Strength.MUST, 1, (1,), (2,))
    assert finding.said.text("en").endswith("on Wednesday 14 July 2021 these are missing: B")


@pytest.mark.parametrize("day", [0, 4])
def test_first_and_last_day(day: int) -> None:
    """The first and the last day of the horizon can be the day."""
    rows = ["".join("1" if d == day else "0" for d in range(5))] * 2
    assert [note.days for note in audit(make_facts("AB", meetings=[event(range(5))]), rows)] == [(day,)]


def test_nobody_is_fixed() -> None:
    """A day that is still to be chosen leaves everybody free, and wants them in the office some day."""
    view = make_view(make_facts("AB", days=2, meetings=[event()]))
    rule = view.by_id["facts/meetings"]
    assert view.free.all() and rule.needs_office(view).dense.all()


def test_days_on_which_somebody_cannot_come_are_not_possible() -> None:
    """Absence, a day off and a rule that keeps somebody at home each rule a day out."""
    facts = make_facts("AB", days=4, absent={"A": [0]}, meetings=[event((0, 1, 2))])
    friday = {"kind": "fixed_days", "place": "home", "applies_to": {"ids": ["B"]}, "days": {"weekdays": ["tue"]}}
    assert [f.amount for f in audit(facts, "0000 1100", [friday])] == [2]
    assert [f.strength for f in audit(facts, "0010 0010", [friday])] == [Strength.NOTE]
    assert [f.days for f in audit(make_facts("AB", days=6, meetings=[event((4, 5))]), "000010 000010")] == [(4,)]


def test_fewest_away() -> None:
    """A is away on Monday, B and C on Tuesday, A and B on Wednesday: the meeting is on Monday, without A, which is told."""
    facts = make_facts("ABC", days=3, absent={"A": [0, 2], "B": [1, 2], "C": [1]}, meetings=[event(range(3), (0, 1, 2))])
    assert not problems(facts)
    held, away = audit(facts, "000 100 100")
    assert (held.days, away.strength, away.amount, away.people, away.days) == ((0,), Strength.NOTE, 1, (0,), (0,))
    assert away.said.text("id") == "Rapat APBD, Senin 12 Juli 2021: tidak masuk atau libur hari itu walaupun wajib hadir: A"
    missed, _ = audit(facts, "010 000 000")
    assert (missed.strength, missed.amount, missed.people, missed.days) == (Strength.MUST, 2, (1, 2), (0,))


def test_equally_many_away() -> None:
    """A is away on Monday and B on Tuesday: either day will do, without the one who is away."""
    facts = make_facts("AB", days=2, absent={"A": [0], "B": [1]}, meetings=[event()])
    assert [(f.strength, f.people) for f in audit(facts, "01 00")] == [(Strength.NOTE, ()), (Strength.NOTE, (1,))]
    assert [(f.strength, f.people) for f in audit(facts, "00 10")] == [(Strength.NOTE, ()), (Strength.NOTE, (0,))]
    assert [f.strength for f in audit(facts, "00 00")] == [Strength.MUST, Strength.NOTE]


def test_people_fixed_at_home_cannot_come() -> None:
    """A works at home on both days by rule: B comes without A, which is told."""
    home = {"kind": "fixed_days", "place": "home", "applies_to": {"ids": ["A"]}}
    held, kept = audit(make_facts("AB", days=2, meetings=[event()]), "00 01", [home])
    assert (held.days, kept.people, kept.days) == ((1,), (0,), (1,))
    assert "fixed at home that day although required: A" in kept.said.text("en")


def test_nobody_can_come() -> None:
    """With everybody required on leave on all days there is no meeting, which is told with its days."""
    [note] = audit(make_facts("AB", days=2, absent={"A": [0, 1], "B": [0, 1]}, meetings=[event()]), "aa aa")
    assert (note.strength, note.days) == (Strength.NOTE, (0, 1))
    assert "ditiadakan: pada Senin 12 Juli 2021 dan Selasa 13 Juli 2021" in note.said.text("id")


def test_home_only_people_join_by_video() -> None:
    """A home-only person is told and does not come, but when absent cannot join by video either: Tuesday it is."""
    facts = make_facts("AB", days=2, home_only=["B"], absent={"B": [0]}, meetings=[event()])
    assert [(f.strength, f.people) for f in audit(facts, "01 00")] == [(Strength.NOTE, ()), (Strength.NOTE, (1,))]
    missed, _ = audit(facts, "10 00")
    assert (missed.strength, missed.people, missed.days) == (Strength.MUST, (0,), (1,))


@pytest.mark.parametrize("absent", [{}, {"A": [1]}, {"A": [1], "B": [1]}])
@pytest.mark.parametrize("rows", ["00 00", "01 00", "00 01", "01 01"])
def test_one_day_to_choose_from_repeated_or_not(absent, rows) -> None:
    """A single day to choose from means the same with `repeat` and without, whoever is away then."""
    once, weekly = (make_facts("AB", days=2, absent=absent, meetings=[event((1,), repeat=repeat)]) for repeat in (False, True))
    assert [f.said for f in audit(once, rows)] == [f.said for f in audit(weekly, rows)]
    assert (make_view(once).free == make_view(weekly).free).all()


def test_only_urgent_meetings_in_person() -> None:
    """A letter that allows only urgent meetings holds this one by video, whatever the day."""
    [note] = audit(make_facts("AB", days=2, meetings=[event()]), "00 00", [{"kind": "meeting", "in_person": "urgent"}], "own/0")
    assert note.strength is Strength.NOTE and "by video" in note.said.text("en")


def test_a_letter_for_some_of_the_days() -> None:
    """Where a letter holds it by video from Tuesday on, coming together on Monday or not at all are both right."""
    rule = {"kind": "meeting", "in_person": "urgent", "in_force": {"from": "2021-07-13", "to": "2021-07-20"}}
    facts = make_facts("AB", days=2, meetings=[event()])
    assert [f.days for f in audit(facts, "00 00", [rule])] == [(1,)]


def test_two_rules_choose_one_day() -> None:
    """Of two rules about the same meeting one stands for both, so that they cannot choose different days."""
    people = [{"kind": "meeting", "applies_to": {"ids": [letter]}} for letter in "AB"]
    facts = make_facts("AB", days=2, meetings=[event()])
    assert [f.amount for f in audit(facts, "10 01", people, "own/0")] == [1]
    assert not audit(facts, "10 01", people, "own/1")


def test_every_week() -> None:
    """A meeting that repeats needs one day in each week; a week in which nobody required can come is left out, with a note."""
    days = (0, 1, 7, 8, 14)
    facts = make_facts("AB", days=15, absent={"A": [14], "B": [14]}, meetings=[event(days, repeat=True)])
    row = ["0"] * 15
    row[1] = row[7] = "1"
    first, second, third = audit(facts, ["".join(row)] * 2)
    assert [first.days, second.days, third.days] == [(1,), (7,), (14,)]
    assert "ditiadakan: pada Senin 26 Juli 2021" in third.said.text("id")
    row[7] = "0"
    assert [f.amount for f in audit(facts, ["".join(row)] * 2) if f.strength is Strength.MUST] == [2]


def test_the_same_weekday_every_week() -> None:
    """Tuesday and Monday are no weekday that both weeks share: one person is missing on the better one."""
    facts = make_facts("AB", days=9, meetings=[event((0, 1, 7, 8), repeat=True, same_weekday=True)])
    [note] = audit(facts, "010000001 010000001")
    assert note.days == (1, 8)
    [finding] = audit(facts, "010000010 010000011")
    assert (finding.amount, finding.people, finding.days) == (1, (0,), (1, 8))


def test_the_weekday_with_the_fewest_away() -> None:
    """A is away on both Mondays and on one Tuesday: it is Tuesdays, and the Tuesday without A is told."""
    facts = make_facts("AB", days=9, absent={"A": [0, 7, 8]}, meetings=[event((0, 1, 7, 8), repeat=True, same_weekday=True)])
    assert not problems(facts)
    held, away = audit(facts, "010000000 010000001")
    assert (held.days, away.people, away.days) == ((1, 8), (0,), (8,))


def test_no_weekday_for_every_week() -> None:
    """Where no weekday has a possible day in every week that is bad input, in one sentence."""
    facts = make_facts("AB", days=9, meetings=[event((0, 8), repeat=True, same_weekday=True)])
    [problem] = problems(facts)
    assert "no weekday has a possible day in every week (2 weeks)" in problem.text("en")


def test_a_given_date_that_repeats_is_no_choice() -> None:
    """A meeting given by its date and repeated binds on that weekday of every week, absent people excepted."""
    facts = make_facts("AB", days=9, absent={"A": [8]}, meetings=[event((1, 8), repeat=True, given=True)])
    findings = audit(facts, "000000000 010000000")
    assert [(f.people, f.days) for f in findings if f.strength is Strength.MUST] == [((0,), (1,)), ((1,), (8,))]


def test_unplanned_cells_are_skipped() -> None:
    """A meeting with an unplanned cell on one of its days is not judged."""
    assert not audit(make_facts("AB", days=2, meetings=[event()]), "0? 00")


def test_nobody_required() -> None:
    """A meeting that requires nobody asks for nothing."""
    assert not audit(make_facts("AB", days=2, meetings=[event(required=())]), "00 00")


SOFT = {"kind": "meeting", "strength": "should", "weight": 2}
CASES = {
    "one of two days": ([], [event((0, 1))], {}),
    "a should": ([SOFT], [event((0, 1))], {}),
    "two meetings": ([], [event((0, 1)), event((0, 1), (1, 2), id="n")], {}),
    "every week": ([SOFT], [event((0, 7), (0, 1), repeat=True)], {}),
    "same weekday": ([SOFT], [event((0, 1, 7, 8), (0, 1), repeat=True, same_weekday=True)], {}),
    "same weekday that must": ([], [event((0, 1, 7, 8), (0, 1), repeat=True, same_weekday=True)], {}),
    "away": ([], [event((0, 1, 7))], {"absent": {"A": [0]}}),
    "home-only": ([], [event((0, 1))], {"home_only": ["B"]}),
    "call day": ([], [event((0, 8))], {"workdays": [0], "call_days": [1]}),
    "no day for both": ([], [event((0, 1))], {"absent": {"A": [0], "B": [1]}}),
    "no day for anybody": ([], [event((0, 1))], {"absent": {"A": [0, 1], "B": [0, 1]}}),
    "one day": ([SOFT], [event((1,), (0, 1))], {"absent": {"A": [1]}}),
    "fixed at home": ([{"kind": "fixed_days", "place": "home", "applies_to": {"ids": ["A"]}}], [event((0, 1))], {}),
    "people": ([{**SOFT, "applies_to": {"ids": ["A"]}}], [event((0, 1))], {}),
    "letter for some days": ([{"kind": "meeting", "in_person": "urgent", "days": {"weekdays": ["tue"]}}], [event((0, 1))], {}),
}


@pytest.mark.parametrize("name", CASES)
def test_contract(name: str) -> None:
    """Over all days that could be chosen, compile allows and charges what the audit finds."""
    rules, meetings, more = CASES[name]
    gone = {"C": range(9)} if len(meetings) == 1 else {"A": [7, 8], "B": [7, 8], "C": [7, 8]}
    facts = make_facts("ABC", **{"days": 9, "workdays": [0, 1], "meetings": meetings, **more, "absent": {**gone, **more.get("absent", {})}})
    assert assert_contract(make_view(facts, rules)) > 0


def test_words() -> None:
    """A row in words: the days there are to choose from."""
    view = make_view(make_facts("AB", days=2, meetings=[event()]))
    rule = view.by_id["facts/meetings"]
    assert rule.occurrence(view, 0, 0, 1).text("en").endswith("on one of Monday 12 July 2021 and Tuesday 13 July 2021")

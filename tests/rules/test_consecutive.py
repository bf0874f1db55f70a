"""consecutive: longest and shortest runs of days at one place."""

import datetime as dt
from dataclasses import replace

import pydantic
import pytest

from giliran.domain.place import DayKind, Strength
from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract

TWO = {"kind": "consecutive", "place": "office", "max": 2}
SHORT = {"kind": "consecutive", "place": "office", "min": 2}


def audit(facts, rule, rows):
    """Findings of one rule on a schedule."""
    view = make_view(facts, [rule])
    return list(view.by_id["own/0"].audit(view, make_schedule(facts, rows)))


def amounts(facts, rule, rows):
    """Amounts of the findings."""
    return [finding.amount for finding in audit(facts, rule, rows)]


def test_two_in_a_row_pass() -> None:
    """At most two: 11011 keeps it."""
    assert not audit(make_facts("A"), TWO, "11011")


@pytest.mark.parametrize(("row", "amount"), [("11101", 1), ("10111", 1), ("11110", 2), ("11111", 3)])
def test_each_day_too_many_counts(row: str, amount: int) -> None:
    """Three in a row at the start or at the end of the week are one too many, five are three too many."""
    [finding] = audit(make_facts("A"), TWO, row)
    assert (finding.strength, finding.amount, finding.people) == (Strength.MUST, amount, (0,))


def test_sentences() -> None:
    """The sentences give the person, the days and both numbers."""
    [finding] = audit(make_facts("A"), TWO, "11100")
    assert finding.said.text("id") == (
        "A, Senin 12 Juli 2021 sampai Rabu 14 Juli 2021: WFO 3 hari berturut-turut, lebih 1 (paling banyak 2)"
    )
    [finding] = audit(make_facts("A"), SHORT, "01000")
    assert "days in a row in the office: 1, 1 too few (at least 2)" in finding.said.text("en")
    view = make_view(make_facts("A"), [{**TWO, "min": 2}])
    rule = view.by_id["own/0"]
    assert "paling sedikit 2 dan paling banyak 2" in rule.describe(view).text("id")
    assert rule.occurrence(view, -1, 2, 0).text("en").startswith("A, up to Wednesday 14 July 2021: Whoever")


@pytest.mark.parametrize(
    ("row", "expected"), [("11011", []), ("01010", [1, 1]), ("01000", [1]), ("10000", []), ("00001", []), ("10001", []), ("01100", [])]
)
def test_short_runs(row: str, expected: list[int]) -> None:
    """At least two: a single day between two home days is one short; at the edges of the plan it may go on."""
    assert amounts(make_facts("A"), SHORT, row) == expected


def test_short_by_two() -> None:
    """At least three: a single day is two short."""
    assert amounts(make_facts("A"), {**SHORT, "min": 3}, "01000") == [2]


def test_an_absence_breaks() -> None:
    """Leave on Wednesday parts the week into two runs of two, and a run cut off by it is not too short."""
    facts = make_facts("A", absent={"A": [2]})
    assert not audit(facts, TWO, "11011")
    assert not audit(facts, {**SHORT, "min": 4}, "01010")


def away_from_service(facts, person, days):
    """Facts in which a person is not employed on some days."""
    kind = facts.kind.copy()
    kind[person, days] = DayKind.NONE
    return replace(facts, kind=kind)


def test_a_day_outside_employment_breaks() -> None:
    """Somebody who was gone on Wednesday begins anew on Thursday; a run of one day before that may have gone on."""
    assert not amounts(away_from_service(make_facts("A"), 0, [2]), TWO, "11.11")
    assert amounts(away_from_service(make_facts("A", days=8), 0, [0]), TWO, ".1111..1") == [3]
    assert not amounts(away_from_service(make_facts("A"), 0, [2]), SHORT, "01.10")


def test_weekends_only_break_where_said() -> None:
    """Friday is followed by Monday unless weekends break runs."""
    facts = make_facts("A", days=9)
    assert amounts(facts, TWO, "000110011") == [2]
    assert not audit(facts, {**TWO, "weekends_break": True}, "000110011")


def test_holidays_only_break_where_said() -> None:
    """Tuesday is followed by Thursday over a holiday unless holidays break runs; a weekend is none."""
    facts = make_facts("A", holidays=[dt.date(2021, 7, 14)])
    assert amounts(facts, TWO, "11010") == [1]
    assert not audit(facts, {**TWO, "holidays_break": True}, "11010")
    assert amounts(facts, {**TWO, "weekends_break": True}, "11010") == [1]


def test_call_days_are_passed_over() -> None:
    """A Saturday on call does not part Friday from Monday, unless the days name it: then it is a day as any other."""
    facts = make_facts("A", days=8, call_days=[5])
    assert amounts(facts, TWO, "00011001") == [1]
    named = {**TWO, "days": {"weekdays": ["mon", "tue", "wed", "thu", "fri", "sat"]}}
    assert not audit(facts, named, "00011001")
    assert amounts(facts, named, "00011101") == [2]
    home = {**named, "place": "home"}
    assert not audit(facts, home, "11100000")


# -- the past ------------------------------------------------------------------------------------------------------------------------


def test_runs_begin_in_the_published_plan() -> None:
    """Thursday and Friday before count: with Monday that is three in a row, over the weekend that nobody plans."""
    facts = make_facts("A", past={"A": "00011.."})
    assert amounts(facts, TWO, "10000") == [1]
    assert not audit(facts, {**TWO, "weekends_break": True}, "10000")


def test_only_days_that_can_change_count() -> None:
    """Four days before already broke the rule: only the fifth is counted."""
    assert amounts(make_facts("A", past={"A": "01111.."}), TWO, "10000") == [1]
    assert not audit(make_facts("A", past={"A": "01111.."}), TWO, "00000")


def test_a_gap_in_the_published_plan_breaks() -> None:
    """A working day without a published place is unknown and breaks, and so does an absence."""
    assert not audit(make_facts("A", past={"A": "0011?.."}), TWO, "10000")
    assert not audit(make_facts("A", past={"A": "0011a.."}), TWO, "10000")


def test_a_short_run_that_began_before() -> None:
    """Office on Friday only, then home on Monday: the run is one short because Monday could have gone on with it."""
    facts = make_facts("A", past={"A": "00001.."})
    [finding] = audit(facts, SHORT, "00000")
    assert (finding.amount, finding.days) == (1, (0,))
    assert not audit(facts, SHORT, "10000")


def test_nobody() -> None:
    """A rule that means nobody finds nothing."""
    assert not audit(make_facts("A"), {**TWO, "applies_to": {"tags": ["none"]}}, "11111")


def test_unplanned_days_are_skipped() -> None:
    """An unplanned day parts a run: what stands around it may be right."""
    assert not audit(make_facts("A"), TWO, "11?11")
    assert not audit(make_facts("A"), SHORT, "01?00")


@pytest.mark.parametrize("fields", [{}, {"min": 3, "max": 2}, {"min": 1}, {"max": 0}])
def test_wrong_fields(fields) -> None:
    """Neither limit, a minimum above the maximum, or limits that say nothing are refused."""
    with pytest.raises(pydantic.ValidationError):
        make_view(make_facts("A"), [{"kind": "consecutive", "place": "office", **fields}])


# -- the contract --------------------------------------------------------------------------------------------------------------------

PASTS = {"none": {}, "office": {"A": "00011.."}, "away": {"A": "0101a.."}, "home": {"A": "11000..", "B": "00001.."}}
RULES = {
    "max": {"max": 2},
    "max one": {"max": 1},
    "min": {"min": 2},
    "min three": {"min": 3},
    "both": {"min": 2, "max": 3},
    "weekends break": {"max": 2, "min": 2, "weekends_break": True},
    "soft max": {"max": 1, "strength": "should", "weight": 2},
    "soft both": {"min": 3, "max": 3, "strength": "should", "weight": 2},
    "some days": {"max": 1, "days": {"weekdays": ["mon", "wed", "fri"]}},
}


@pytest.mark.parametrize("name", RULES)
def test_contract_of_whoever_returns(name: str) -> None:
    """They agree where somebody leaves on Tuesday, is back on Thursday until the second Monday, and is on call on Saturday."""
    facts = away_from_service(make_facts("A", days=9, call_days=[5]), 0, [2, 8])
    assert assert_contract(make_view(facts, [{"kind": "consecutive", "place": "office", **RULES[name]}]), only=("own/0",)) > 0


@pytest.mark.parametrize("place", ["office", "home"])
@pytest.mark.parametrize("past", PASTS)
@pytest.mark.parametrize("name", RULES)
def test_contract(name: str, past: str, place: str) -> None:
    """Compile and audit agree on all schedules of two people over a week and a Monday, one of them away but for a day."""
    facts = make_facts("AB", days=8, absent={"B": [1, 2, 3, 4, 7]}, past=PASTS[past])
    rule = {"kind": "consecutive", "place": place, **RULES[name]}
    assert assert_contract(make_view(facts, [rule]), only=("own/0",)) > 0


@pytest.mark.parametrize("place", ["office", "home"])
@pytest.mark.parametrize("fields", [{"days": {"weekdays": ["fri", "sat", "mon", "tue"]}}, {}])
def test_contract_on_call_days(fields, place: str) -> None:
    """The same with call days, named and not, a holiday, and a past with a call day off."""
    facts = make_facts("A", days=9, call_days=[5], holidays=[dt.date(2021, 7, 14)], past={"A": "11100-."})
    rule = {"kind": "consecutive", "place": place, "min": 2, "max": 2, "holidays_break": True, **fields}
    assert assert_contract(make_view(facts, [rule]), only=("own/0",)) > 0


def test_contract_everybody_absent() -> None:
    """With everybody away there is one schedule, and it is fine."""
    facts = make_facts("A", absent={"A": range(5)})
    assert assert_contract(make_view(facts, [TWO]), only=("own/0",)) == 1


@pytest.mark.parametrize("longest", [5, 6, 1_000_000_000])
def test_longer_than_the_plan(longest: int) -> None:
    """A run that no plan is long enough for limits nothing, however long it may be."""
    assert_contract(make_view(make_facts("A"), [{**TWO, "max": longest}]))


def test_shortest_beyond_the_plan() -> None:
    """A shortest run longer than the plan forbids every run that both ends of it show."""
    assert_contract(make_view(make_facts("A"), [{**SHORT, "min": 1_000_000_000}]))

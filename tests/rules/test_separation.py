"""separation: people who are not all at home, or not all in the office."""

import pydantic
import pytest

from giliran.domain.place import Strength
from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract

PAIR = {"kind": "separation", "not_all": "office", "applies_to": {"ids": ["A", "B"]}}
SOMEBODY = {"kind": "separation", "not_all": "home"}


def audit(facts, rule, rows):
    """Findings of one rule on a schedule."""
    view = make_view(facts, [rule])
    return list(view.by_id["own/0"].audit(view, make_schedule(facts, rows)))


def test_two_spouses_apart_pass() -> None:
    """One of two in the office, or neither."""
    assert not audit(make_facts("ABC"), PAIR, "10100 01010 11111")


def test_two_spouses_together() -> None:
    """Both in the office on the first and on the last day: one each."""
    first, last = audit(make_facts("ABC"), PAIR, "10001 11001 00000")
    assert (first.strength, first.amount, first.days, first.people) == (Strength.MUST, 1, (0,), (0, 1))
    assert (last.amount, last.days) == (1, (4,))
    assert first.said.text("id") == "A dan B, Senin 12 Juli 2021: semuanya WFO; paling sedikit satu orang tidak boleh WFO"


def test_somebody_of_each_unit() -> None:
    """Per unit not all at home: a unit of one person needs her every day."""
    people = [{"id": c, "unit": "u" if c in "AB" else "v"} for c in "ABC"]
    facts = make_facts(people, units=[{"id": "u"}, {"id": "v"}], days=2)
    found = audit(facts, {**SOMEBODY, "per": "leaf"}, "10 00 10")
    assert [(finding.unit, finding.days, finding.amount) for finding in found] == [(0, (1,), 1), (1, (1,), 1)]
    assert "A and B, Tuesday 13 July 2021: all at home" in found[0].said.text("en")


def test_somebody_away_is_not_at_home() -> None:
    """With one of two on leave, or off that day, the two are not all at home."""
    assert not audit(make_facts("AB", days=1, absent={"B": [0]}), SOMEBODY, "0 0")
    named = {**SOMEBODY, "sets": [["A", "B"]]}
    assert not audit(make_facts("AB", days=7), {**named, "days": {"weekdays": ["sat"]}}, "0000000 0000000")


def test_off_on_a_call_day_is_not_at_home() -> None:
    """Two people off on Saturday duty are not at home; both in the office are both in the office."""
    facts = make_facts("AB", days=6, call_days=[5])
    saturday = {"days": {"weekdays": ["sat"]}}
    assert not audit(facts, {**SOMEBODY, **saturday}, "000000 000000")
    assert len(audit(facts, {**PAIR, **saturday}, "000001 000001")) == 1
    assert not audit(facts, PAIR, "000001 000001")


def test_sets_of_named_people() -> None:
    """Two sets that share B are judged by themselves."""
    found = audit(make_facts("ABC", days=1), {"kind": "separation", "not_all": "office", "sets": [["A", "B"], ["B", "C"]]}, "0 1 1")
    assert [finding.people for finding in found] == [(1, 2)]


def test_private_findings_do_not_say_why() -> None:
    """A private rule names people and days; neither words nor row tell what it is about."""
    rule = {**PAIR, "private": True, "source": {"row": "S1", "quote": "suami istri"}}
    facts = make_facts("AB", days=1)
    [finding] = audit(facts, rule, "1 1")
    assert finding.row == ""
    assert finding.said.text("id") == "A dan B, Senin 12 Juli 2021: tempat kerja ini tidak boleh bersamaan"
    view = make_view(facts, [rule])
    assert view.by_id["own/0"].describe(view).text("en") == "An arrangement between some people."
    assert "office" not in view.by_id["own/0"].occurrence(view, 0, 0, -1).text("en")


def test_unknown_people() -> None:
    """A set that names nobody we know is told, with the nearest id, and binds nobody."""
    facts = make_facts([{"id": "P-0012"}, {"id": "P-0311"}], days=1)
    view = make_view(facts, [{"kind": "separation", "not_all": "office", "sets": [["P-0012", "P-0131"]]}])
    [problem] = view.by_id["own/0"].problems(view)
    assert "Did you mean P-0311?" in problem.text("en")


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"not_all": "home", "cohorts": [{"tags": ["a"]}, {"tags": ["b"]}]},
        {"cohorts": [{"tags": ["a"]}]},
        {"not_all": "home", "sets": [["A"]], "per": "leaf"},
        {"not_all": "home", "sets": [[]]},
        {"not_all": "home", "sets": []},
    ],
)
def test_wrong_fields(fields) -> None:
    """Neither or both meanings, one cohort, sets with `per`, and empty sets are refused."""
    with pytest.raises(pydantic.ValidationError):
        make_view(make_facts("A"), [{"kind": "separation", **fields}])


def test_unplanned_cells_are_skipped() -> None:
    """A set with an unplanned cell is not judged."""
    assert not audit(make_facts("AB", days=1), PAIR, "1 ?")


CASES = {
    "not all at home": (SOMEBODY, {}),
    "not all in the office": ({**SOMEBODY, "not_all": "office"}, {}),
    "per unit": ({**SOMEBODY, "per": "leaf"}, {}),
    "pairs": ({"kind": "separation", "not_all": "office", "sets": [["A", "B"], ["B", "C"]]}, {}),
    "pairs at home": ({"kind": "separation", "not_all": "home", "sets": [["A", "C"], ["B"]], "private": True}, {}),
    "a should": ({**SOMEBODY, "per": "leaf", "strength": "should", "weight": 3}, {}),
    "soft pairs": ({"kind": "separation", "not_all": "office", "sets": [["A", "B"]], "strength": "should"}, {}),
    "call day": ({**SOMEBODY, "days": {"weekdays": ["mon", "sat"]}}, {}),
    "call day in the office": ({**SOMEBODY, "not_all": "office", "days": {"weekdays": ["sat"]}}, {}),
    "everybody away": (SOMEBODY, {"absent": {letter: range(6) for letter in "ABC"}}),
    "nobody": ({**SOMEBODY, "applies_to": {"tags": ["none"]}}, {}),
}


@pytest.mark.parametrize("name", CASES)
def test_contract(name: str) -> None:
    """Compile and audit agree on all schedules of three people in two units over two days and a call day, one of them away once."""
    rule, more = CASES[name]
    people = [{"id": c, "unit": "u" if c in "AB" else "v"} for c in "ABC"]
    units = [{"id": "u"}, {"id": "v"}]
    facts = make_facts(people, units=units, days=6, workdays=[0, 1], call_days=[5], **{"absent": {"B": [1]}, **more})
    assert assert_contract(make_view(facts, [rule]), only=("own/0",)) > 0


def test_words() -> None:
    """The rule and an occurrence in words; a large group goes by its name."""
    facts = make_facts("ABCDEFG", units=[{"id": "u", "name": "Bidang Aset"}], days=1)
    view = make_view(facts, [{**SOMEBODY, "per": "leaf"}, {**SOMEBODY, "sets": [["A", "B"]]}])
    assert view.by_id["own/0"].describe(view).text("id") == "Tidak semuanya WFH pada hari yang sama, di setiap unit kerja."
    assert view.by_id["own/1"].describe(view).text("en") == "Not all at home on one day, in each set (1)."
    occurrence = view.by_id["own/0"].occurrence(view, 0, 0, -1)
    assert occurrence.text("id") == "Bidang Aset, Senin 12 Juli 2021: paling sedikit satu orang WFO"

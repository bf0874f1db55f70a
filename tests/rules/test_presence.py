"""presence: places agree with calendars and absences."""

import numpy as np
import pytest

from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule, schedule_of
from giliran.rules.implied.presence import Presence
from tests.builders import PLACES, make_facts, make_view
from tests.rules.contract import assert_contract

RULE = Presence(id="facts/absences")


def audit(facts, rows, unplanned=None):
    """Findings of the rule on places written as letters (`1` office, `0` home, `a` absent, `-` off, `?` none)."""
    place = np.array([[PLACES[letter] for letter in row] for row in rows], dtype=np.int8)
    return list(RULE.audit(make_view(facts), Schedule(place, unplanned=unplanned)))


def test_is_always_in_force() -> None:
    """Every view holds the rule once."""
    view = make_view(make_facts("A", days=1))
    assert [rule.id for rule in view.rules if rule.kind == "presence"] == ["facts/absences"]


def test_true_places_pass() -> None:
    """Office and home on working days, office and off on a call day, absent when absent: nothing to find."""
    facts = make_facts("AB", days=6, call_days=[5], absent={"B": [0, 1]})
    assert not audit(facts, ["10101-", "aa0011"])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("11001-", "absent on Tuesday 13 July 2021 (cuti) but stands as in the office"),
        ("10001-", "absent on Tuesday 13 July 2021 (cuti) but stands as at home"),
        ("1a0010", "call day"),
        ("1a0-1-", "stands as off on Thursday 15 July 2021, which is a working day"),
        ("1a00?-", "no place is given for A on Friday 16 July 2021"),
        ("aa001-", "no leave is known"),
    ],
)
def test_one_wrong_cell_is_one(row: str, words: str) -> None:
    """A is on leave on Tuesday, Saturday is on call: one wrong cell is one broken rule of 1 with its own sentence."""
    facts = make_facts("A", days=6, call_days=[5], absent={"A": [1]})
    [finding] = audit(facts, [row])
    assert (finding.strength, finding.amount) == (Strength.MUST, 1)
    assert words in finding.said.text("en")


def test_absent_without_leave() -> None:
    """A present person who stands as absent is one finding, in Indonesian too."""
    [finding] = audit(make_facts("A", days=2), ["1a"])
    assert (finding.amount, finding.days, finding.people) == (1, (1,), (0,))
    assert "tercatat tidak masuk" in finding.said.text("id")


def test_work_on_a_day_off() -> None:
    """Office or home on somebody's day off is found; off or absent there is not."""
    facts = make_facts("AB", days=7)
    found = audit(facts, ["1111110", "00000-a"])
    assert [(finding.people, finding.days) for finding in found] == [((0,), (5,)), ((0,), (6,))]


def test_cells_left_out_on_purpose_are_skipped() -> None:
    """A result that could not plan a part says so, and its missing cells are no offence; the same cells of a file are."""
    facts = make_facts("AB", days=1)
    left_out = schedule_of(facts, np.zeros((2, 1), dtype=bool), np.array([[True], [False]]))
    assert left_out.place[1, 0] == Place.NONE
    view = make_view(facts)
    assert not list(RULE.audit(view, left_out))
    assert len(list(RULE.audit(view, Schedule(left_out.place)))) == 1


def test_contract_and_everybody_absent() -> None:
    """Compile adds nothing and the audit finds nothing on any schedule of present people; nobody present is fine."""
    assert assert_contract(make_view(make_facts("AB", days=6, call_days=[5], absent={"A": [0, 5]})), only=("facts/absences",)) == 1 << 10
    assert assert_contract(make_view(make_facts("A", days=2, absent={"A": [0, 1]}))) == 1
    assert "WFO atau WFH" in RULE.describe(make_view(make_facts("A"))).text("id")

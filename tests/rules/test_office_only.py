"""office_only: whoever can only work in the office is there."""

import pytest

from giliran.domain.place import Strength
from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract


def test_nobody_no_rule() -> None:
    """Without office-only people the rule is not there."""
    assert "facts/office_only" not in make_view(make_facts("A")).by_id


def test_in_the_office_passes() -> None:
    """In the office on the days given; other days are open."""
    facts = make_facts("A", office_only={"A": [0, 4]})
    view = make_view(facts)
    assert not list(view.by_id["facts/office_only"].audit(view, make_schedule(facts, "10001")))


@pytest.mark.parametrize("day", [0, 4])
def test_first_and_last_day_at_home(day: int) -> None:
    """One home day of an office-only person is one broken rule, on the first day as on the last."""
    facts = make_facts("A", office_only={"A": range(5)})
    view = make_view(facts)
    row = "".join("0" if d == day else "1" for d in range(5))
    [finding] = view.by_id["facts/office_only"].audit(view, make_schedule(facts, row))
    assert (finding.strength, finding.amount, finding.days, finding.people) == (Strength.MUST, 1, (day,), (0,))
    assert "hanya dapat WFO, tetapi WFH" in finding.said.text("id")
    assert "can only work in the office but is at home" in finding.said.text("en")


def test_makes_cells_unfree() -> None:
    """An office-only cell is fixed, so fairness does not count it; absent cells count as forced too."""
    facts = make_facts("AB", days=2, office_only={"A": [0, 1]}, absent={"A": [1]})
    view = make_view(facts)
    assert view.forced_office.tolist() == [[True, True], [False, False]]
    assert view.free.tolist() == [[False, False], [True, True]]


@pytest.mark.parametrize("absent", [{}, {"A": [0]}, {"A": [0, 1, 5]}])
def test_contract(absent) -> None:
    """Compile and audit agree, on a call day too, with the person absent in part or wholly."""
    facts = make_facts("AB", days=6, call_days=[5], workdays=[0, 1], office_only={"A": [0, 1, 5]}, absent=absent)
    assert assert_contract(make_view(facts)) == 1 << 3

"""home_only: whoever may only work at home stays there."""

import pytest

from giliran.domain.place import Strength
from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract


def test_nobody_no_rule() -> None:
    """Without home-only people the rule is not there."""
    assert "facts/home_only" not in make_view(make_facts("A")).by_id


def test_at_home_passes() -> None:
    """The home-only person is at home all week, the other where she likes."""
    facts = make_facts("AB", home_only=["A"])
    view = make_view(facts)
    assert not list(view.by_id["facts/home_only"].audit(view, make_schedule(facts, "00000 10101")))


@pytest.mark.parametrize("day", [0, 4])
def test_first_and_last_day_in_the_office(day: int) -> None:
    """One office day of a home-only person is one broken rule, on the first day as on the last."""
    facts = make_facts("A", home_only=["A"])
    view = make_view(facts)
    row = "".join("1" if d == day else "0" for d in range(5))
    [finding] = view.by_id["facts/home_only"].audit(view, make_schedule(facts, row))
    assert (finding.strength, finding.amount, finding.days, finding.people) == (Strength.MUST, 1, (day,), (0,))
    assert "hanya boleh WFH" in finding.said.text("id")
    assert "may only work at home" in finding.said.text("en")


@pytest.mark.parametrize("absent", [{}, {"A": [0]}, {"A": range(6)}])
def test_contract(absent) -> None:
    """Compile and audit agree, on a call day too, with home-only people absent in part or wholly."""
    facts = make_facts("AB", days=6, call_days=[5], workdays=[0, 1], home_only=["A"], absent=absent)
    assert assert_contract(make_view(facts)) == 1 << 3

"""frozen: days of the published plan that may no longer change."""

import pytest

from giliran.domain.place import Strength
from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract

PLAN = {"published": {"A": "10101", "B": "01010"}, "frozen_days": [0, 1]}


def findings(facts, rows):
    """Findings of the freeze on a schedule."""
    view = make_view(facts)
    return list(view.by_id["facts/frozen"].audit(view, make_schedule(facts, rows)))


def test_nothing_frozen_no_rule() -> None:
    """A published plan without a freeze gives no rule."""
    assert "facts/frozen" not in make_view(make_facts("A", published={"A": "10101"})).by_id


def test_frozen_days_kept() -> None:
    """Monday and Tuesday as published, later days changed."""
    assert not findings(make_facts("AB", **PLAN), "10010 01101")


def test_frozen_days_changed() -> None:
    """Two people swapped on the last frozen day are two broken cells of 1."""
    first, second = findings(make_facts("AB", **PLAN), "11101 00010")
    assert (first.strength, first.amount, first.people, first.days) == (Strength.MUST, 1, (0,), (1,))
    assert (second.amount, second.people) == (1, (1,))
    assert "menyebut WFH dan tidak boleh berubah lagi" in first.said.text("id")
    assert "the published plan says in the office" in second.said.text("en")


def test_a_published_absence_binds_nothing() -> None:
    """Whoever came back from leave may be anywhere on a frozen day."""
    facts = make_facts("AB", days=1, published={"A": "a", "B": "1"}, frozen_days=[0])
    assert not findings(facts, "1 1")
    assert not findings(facts, "0 1")


def test_home_only_outranks_the_freeze() -> None:
    """A home-only person published in the office stays at home, with a note."""
    [note] = findings(make_facts("A", days=1, published={"A": "1"}, frozen_days=[0], home_only=["A"]), "0")
    assert note.strength is Strength.NOTE


@pytest.mark.parametrize("more", [{}, {"absent": {"A": [0]}}, {"home_only": ["A"]}, {"absent": {"A": range(6), "B": range(6)}}])
def test_contract(more) -> None:
    """Compile and audit agree, with absences and a call day."""
    plan = {"published": {"A": "10???-", "B": "?1???1"}, "frozen_days": [0, 5]}
    facts = make_facts("AB", days=6, call_days=[5], workdays=[0, 1], **plan, **more)
    assert assert_contract(make_view(facts)) > 0
    last = make_view(make_facts("A", published={"A": "1????"}, frozen_days=[0]))
    assert "12 July 2021" in last.by_id["facts/frozen"].describe(last).text("en")

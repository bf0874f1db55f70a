"""unruled: people whom no rule reaches are in the office as usual."""

from __future__ import annotations

import pytest

from giliran.domain.place import Strength
from giliran.domain.selection import Selector
from giliran.rules.implied.unruled import Unruled
from giliran.rules.registry import known
from giliran.rules.tiers import resolve_tiers
from giliran.rules.view import View
from tests.builders import make_facts, make_schedule
from tests.rules.contract import assert_contract


def view_of(**facts: object) -> View:
    """A view in which A is under no rule, and B is nobody's business."""
    rule = Unruled(id="facts/unruled", applies_to=(Selector(ids=("A",)),))
    made = make_facts("AB", days=3, **facts)  # type: ignore[arg-type]
    return View(made, [rule], [], resolve_tiers([], [rule], made))


@pytest.mark.parametrize(("row", "amount"), [("111", 0), ("011", 1), ("110", 1), ("000", 3)])
def test_amounts(row: str, amount: int) -> None:
    """Every day out of the office breaks it by one, the first and the last too; others are not meant."""
    view = view_of()
    findings = list(view.rules[0].audit(view, make_schedule(view.facts, f"{row} 000")))
    assert sum(finding.amount for finding in findings) == amount
    assert all(finding.strength is Strength.MUST for finding in findings)


def test_sentences() -> None:
    """The sentence names the person and the day in both languages."""
    view = view_of()
    [finding] = view.rules[0].audit(view, make_schedule(view.facts, "101 000"))
    assert finding.said.text("en") == "A is under no rule, and so in the office as usual, but is not there on Tuesday 13 July 2021"
    assert "Selasa 13 Juli 2021" in finding.said.text("id")


def test_absent_and_home_only_are_skipped() -> None:
    """Nobody is called in from leave, or from a home that they may not leave."""
    absent = view_of(absent={"A": [0, 1, 2]})
    assert not list(absent.rules[0].audit(absent, make_schedule(absent.facts, "000 000")))
    at_home = view_of(home_only=["A"])
    assert not list(at_home.rules[0].audit(at_home, make_schedule(at_home.facts, "000 000")))


@pytest.mark.parametrize("facts", [{}, {"absent": {"A": [1]}}, {"home_only": ["A"]}, {"call_days": [2], "workdays": [0, 1]}], ids=str)
def test_contract(facts: dict[str, object]) -> None:
    """What compile allows is what the audit finds nothing against."""
    assert_contract(view_of(**facts))


def test_nobody_is_unruled_by_itself() -> None:
    """Only an instance knows who is under no rule; facts alone imply nothing."""
    assert known()["unruled"].implied(make_facts("A"), []) == []

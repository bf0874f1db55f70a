"""lone_duty: nobody is bound, and whoever carries all the duty of a unit is told."""

from __future__ import annotations

import pytest

from giliran.domain.finding import Finding, Told
from giliran.domain.place import Strength
from giliran.rules.view import View
from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract

DUTY = {"kind": "duty_officers", "count": 1}


def found(view: View, named: list[str]) -> list[Finding]:
    """The findings of the kind, for somebody named by bit strings."""
    [rule] = [rule for rule in view.rules if rule.kind == "lone_duty"]
    office = " ".join("1" * view.facts.num_days for _ in named)
    return list(rule.audit(view, make_schedule(view.facts, office, own_0=named)))


@pytest.mark.parametrize(
    ("named", "people"),
    [
        (["111", "000"], [(0,)]),
        (["110", "001"], []),
        # Of two days somebody may well have both.
        (["11", "00"], []),
    ],
)
def test_who_is_told(named: list[str], people: list[tuple[int, ...]]) -> None:
    """Whoever is named on every day of three or more."""
    view = make_view(make_facts("AB", days=len(named[0])), [DUTY])
    assert [finding.people for finding in found(view, named)] == people


def test_days_that_ask_for_nobody_do_not_count() -> None:
    """Four days of a duty that is asked for on three of them are all its days."""
    view = make_view(make_facts("AB", days=4), [{**DUTY, "days": {"weekdays": ["mon", "tue", "wed"]}}])
    assert [finding.days for finding in found(view, ["1110", "0000"])] == [(0, 1, 2)]


def test_sentence() -> None:
    """A note that stands beside the status, in both languages."""
    [finding] = found(make_view(make_facts("AB", days=3), [{**DUTY, "per": "bidang"}]), ["111", "000"])
    assert (finding.strength, finding.told) == (Strength.NOTE, Told.HEADLINE)
    assert finding.said.text("en") == "A is named for duty on all 3 duty days of u"
    assert finding.said.text("id") == "A menjadi petugas piket pada semua 3 hari piket u"


def test_without_names_nothing_is_told() -> None:
    """A schedule that names nobody burdens nobody."""
    view = make_view(make_facts("AB", days=3), [DUTY])
    [rule] = [rule for rule in view.rules if rule.kind == "lone_duty"]
    assert list(rule.audit(view, make_schedule(view.facts, "111 111"))) == []


def test_contract() -> None:
    """It binds nobody: every schedule is allowed."""
    assert assert_contract(make_view(make_facts("AB", days=2), [DUTY]), only=("facts/lone_duty",)) == 2**4

"""empty_units: nobody is bound, and everybody is told where an office stands empty."""

from __future__ import annotations

import pytest

from giliran.domain.finding import Finding, Told
from giliran.domain.place import Strength
from giliran.rules.view import View
from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract

TREE = (
    {"id": "dinas", "level": "opd", "name": "Dinas Contoh"},
    {"id": "sek", "level": "sekretariat", "name": "Sekretariat", "parent": "dinas"},
    {"id": "bid", "level": "bidang", "name": "Bidang Satu", "parent": "dinas"},
    {"id": "seksi", "level": "seksi", "name": "Seksi Satu", "parent": "bid"},
)
PEOPLE = [{"id": "S", "unit": "sek"}, {"id": "B", "unit": "bid"}, {"id": "K", "unit": "seksi"}]


def told(rows: str, **facts: object) -> dict[str, tuple[int, ...]]:
    """Days of every unit that is told, by its name."""
    days = len(rows.split()[0])
    view = make_view(make_facts(PEOPLE, days=days, units=TREE, **facts))  # type: ignore[arg-type]
    return {view.facts.units.names[finding.unit]: finding.days for finding in found(view, rows)}


def found(view: View, rows: str) -> list[Finding]:
    """The findings of the kind."""
    [rule] = [rule for rule in view.rules if rule.kind == "empty_units"]
    return list(rule.audit(view, make_schedule(view.facts, rows)))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("11 11 11", {}),
        # The Sekretariat on Tuesday; somebody of the Seksi is enough for its Bidang.
        ("10 00 11", {"Sekretariat": (1,)}),
        # A Seksi alone is too small to be told.
        ("11 11 00", {}),
        # The whole Dinas on Tuesday is told once, not three times.
        ("10 10 10", {"Dinas Contoh": (1,)}),
        ("00 11 00", {"Sekretariat": (0, 1)}),
        # A day that is not planned is not judged.
        ("1? 10 10", {"Bidang Satu": (1,)}),
    ],
)
def test_units_told(rows: str, expected: dict[str, tuple[int, ...]]) -> None:
    """The outermost unit without anybody in the office, with its days."""
    assert told(rows) == expected


def test_leave_makes_a_unit_empty_and_holidays_do_not() -> None:
    """Who is on leave is not there; on a day without work nobody is missed."""
    assert told("11 11 11", absent={"S": [1]}) == {"Sekretariat": (1,)}
    assert told("11 11 11", workdays=(0,)) == {}
    assert told("10 10 10", workdays=(0,), call_days=[1]) == {}


def test_sentence() -> None:
    """A note that stands beside the status, with unit and days in both languages."""
    [finding] = found(make_view(make_facts(PEOPLE, days=2, units=TREE)), "10 11 11")
    assert (finding.strength, finding.told) == (Strength.NOTE, Told.HEADLINE)
    assert finding.said.text("en") == "Sekretariat: nobody is in the office on Tuesday 13 July 2021"
    assert finding.said.text("id") == "Sekretariat: tidak ada yang WFO pada Selasa 13 Juli 2021"


def test_contract() -> None:
    """It binds nobody: every schedule is allowed."""
    assert assert_contract(make_view(make_facts("AB", days=2)), only=("facts/empty_units",)) == 2**4

"""pins: places pinned by hand."""

from dataclasses import replace

import pytest

from giliran.domain.place import Strength
from tests.builders import make_facts, make_schedule, make_view
from tests.rules.contract import assert_contract


def findings(facts, rows):
    """Findings of the pins on a schedule."""
    view = make_view(facts)
    return list(view.by_id["facts/pins"].audit(view, make_schedule(facts, rows)))


def test_no_pins_no_rule() -> None:
    """Without pins the rule is not there."""
    assert "facts/pins" not in make_view(make_facts("A")).by_id


def test_pinned_places_pass() -> None:
    """Office on Monday and home on Friday as pinned."""
    assert not findings(make_facts("A", pins={("A", 0): "office", ("A", 4): "home"}), "11100")


def test_both_pins_missed() -> None:
    """First and last day elsewhere: two broken pins of 1, with the reason."""
    facts = replace(make_facts("A", pins={("A", 0): "office", ("A", 4): "home"}), pin_reasons={(0, 0): "rapat DPRD"})
    first, last = findings(facts, "01111")
    assert (first.strength, first.amount, first.days) == (Strength.MUST, 1, (0,))
    assert (last.amount, last.days) == (1, (4,))
    assert "alasan: rapat DPRD" in first.said.text("id")
    assert "pinned at home" in last.said.text("en")


def test_absence_and_home_only_outrank_a_pin() -> None:
    """A pinned person on leave, and a home-only person pinned to the office, are only told."""
    facts = make_facts("AB", days=1, pins={("A", 0): "office", ("B", 0): "office"}, absent={"A": [0]}, home_only=["B"])
    found = findings(facts, "0 0")
    assert [(finding.strength, finding.people) for finding in found] == [(Strength.NOTE, (0,)), (Strength.NOTE, (1,))]


def test_pins_leave_cells_free() -> None:
    """A pinned cell still counts as the person's burden."""
    assert make_view(make_facts("A", days=1, pins={("A", 0): "office"})).free.all()


def test_occurrence_names_the_pin() -> None:
    """One pin is told with person, day and reason, all of them by their number."""
    facts = replace(make_facts("A", pins={("A", 0): "office"}), pin_reasons={(0, 0): "loket"})
    view = make_view(facts)
    rule = view.by_id["facts/pins"]
    assert rule.occurrence(view, -1, 0, 0).text("en") == "A, Monday 12 July 2021: pinned in the office (reason: loket)"
    assert rule.occurrence(view, -1, -1, -1).text("id") == "Tempat kerja atas perintah pimpinan tidak diubah: 1."


@pytest.mark.parametrize("more", [{}, {"absent": {"A": [0]}}, {"home_only": ["A"]}, {"absent": {"A": range(6), "B": range(6)}}])
def test_contract(more) -> None:
    """Compile and audit agree for pins to all places, on a call day too."""
    pins = {("A", 0): "office", ("A", 1): "home", ("B", 1): "office", ("B", 5): "off"}
    facts = make_facts("AB", days=6, call_days=[5], workdays=[0, 1], pins=pins, **more)
    assert assert_contract(make_view(facts)) > 0

"""Changes against the published plan: places of people who are there, then names on published days."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from giliran.domain.changes import NameChange, PlaceChange, changes_of
from giliran.domain.place import Place
from tests.builders import make_facts, make_schedule

DUTY = "own/0"


def bits(*rows: str) -> np.ndarray:
    """Cells from bit strings."""
    return np.array([[letter == "1" for letter in row] for row in rows])


def test_nothing_published_nothing_to_compare() -> None:
    """Without a published place inside the horizon there are no changes, not even none."""
    facts = make_facts("AB", past={"A": "1"})
    assert changes_of(facts, make_schedule(facts, "10000 01000")) is None


def test_a_plan_that_stays_changes_nothing() -> None:
    """The published plan itself is no change."""
    facts = make_facts("AB", days=2, published={"A": "10", "B": "01"})
    found = changes_of(facts, make_schedule(facts, "10 01"))
    assert found is not None and len(found) == 0


def test_places_of_people_who_are_there() -> None:
    """A's Tuesday moves to Wednesday; B fell ill, and D was not published: neither was moved. C was published as absent and is back."""
    facts = make_facts("ABCD", days=3, published={"A": "010", "B": "111", "C": "aaa", "D": "???"}, absent={"B": [0, 1, 2]})
    found = changes_of(facts, make_schedule(facts, "001 000 111 111"))
    assert found is not None and not found.names
    moved = (PlaceChange(0, 1, Place.OFFICE, Place.HOME), PlaceChange(0, 2, Place.HOME, Place.OFFICE))
    assert found.places == (*moved, *(PlaceChange(2, day, Place.ABSENT, Place.OFFICE) for day in range(3)))


def test_cells_without_a_plan_are_no_change() -> None:
    """What could not be planned is unknown, neither kept nor changed."""
    facts = make_facts("A", days=2, published={"A": "11"})
    found = changes_of(facts, make_schedule(facts, "?0"))
    assert found is not None and [change.day for change in found.places] == [1]


def test_names_for_duty() -> None:
    """On Monday B stands in for A; Tuesday was not published, and a rule that names nobody now is not compared."""
    facts = make_facts("AB", days=2, published={"A": "1?", "B": "1?"})
    facts = replace(facts, published_duty={DUTY: bits("10", "00"), "own/gone": bits("10", "00")})
    found = changes_of(facts, make_schedule(facts, "11 11", own_0=["00", "11"]))
    assert found is not None and not found.places
    assert found.names == (NameChange(DUTY, 0, 0, was=True, becomes=False), NameChange(DUTY, 1, 0, was=False, becomes=True))

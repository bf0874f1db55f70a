"""How agencies are divided."""

import pytest

from giliran.generating.dice import Dice
from giliran.generating.shape import Office, UnitRow, branch, hospital, office, split

OPD = UnitRow("opd", "OPD", "opd")


@pytest.mark.parametrize("seed", range(20))
def test_split_adds_up(seed: int) -> None:
    """The parts add up to the whole and stay inside their bounds."""
    parts = split(Dice(seed, "x"), 100, 6, 12, 25)
    assert sum(parts) == 100
    assert all(12 <= part <= 25 for part in parts)


def test_split_refuses_the_impossible() -> None:
    """Six parts of at least 12 do not fit into 60."""
    with pytest.raises(ValueError, match="60"):
        split(Dice(1, "x"), 60, 6, 12, 25)


@pytest.mark.parametrize("size", [1, 2, 7, 13, 30, 80, 150, 250])
def test_office_has_its_size(size: int) -> None:
    """An office of any size has exactly that many people, parents before children, one head per unit."""
    shape = office(Dice(size, "x"), Office(OPD, size, smallest=12))
    assert shape.size == size
    seen: set[str] = set()
    for row in shape.units:
        assert not row.parent or row.parent in seen
        seen.add(row.id)
    led = [post.unit for post in shape.posts if post.lead]
    assert sorted(led) == sorted(seen)


@pytest.mark.parametrize("seed", range(10))
def test_large_office_keeps_figures(seed: int) -> None:
    """Sections have 12 to 25 people and teams 2 to 8, as in real agencies."""
    shape = office(Dice(seed, "x"), Office(OPD, 180, smallest=12))
    teams = [post.size for post in shape.posts if post.unit.count("/") == 2]
    sections: dict[str, int] = {}
    for post in shape.posts:
        if "/" in post.unit:
            name = "/".join(post.unit.split("/")[:2])
            sections[name] = sections.get(name, 0) + post.size
    assert all(2 <= team <= 8 for team in teams)
    assert all(12 <= size <= 25 for size in sections.values())


def test_exact_sizes_are_kept() -> None:
    """A department whose sections are given has exactly them."""
    shape = office(Dice(1, "x"), Office(OPD, 60, ("A", "B", "C", "D"), sizes=(12, 12, 12, 12, 11)))
    assert shape.size == 60
    assert sum(post.size for post in shape.posts if post.unit.startswith("opd/b4")) == 11


def test_branch_and_hospital_have_their_size() -> None:
    """A branch and a hospital have exactly as many people as asked for; wards work on their own calendar."""
    row = UnitRow("u", "UPTD", "uptd")
    assert [branch(row, size, "counter").size for size in (5, 8, 30)] == [5, 8, 30]
    ward = hospital(Dice(1, "x"), row, 120, shift="shift", desk=24)
    assert ward.size == 120
    assert {unit.calendar for unit in ward.units if unit.level == "instalasi"} == {"shift"}

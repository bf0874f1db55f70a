"""Curves and exponents of growing instances."""

from __future__ import annotations

import pytest

from benchmarks.growth import Curve, growth_table, solve_curve
from tests.benchmarks.records import Record, stored_run


def sized(staff: int, solve: float, **given: object) -> Record:
    """A run with so many people that took so long."""
    seconds = {"solve": solve, "total": 2 * solve}
    return stored_run(case=f"{staff:,}", staff=staff, seconds=seconds) | given


def test_exponent_of_a_power() -> None:
    """Seconds that are a power of the number of people have that power as their exponent."""
    curve = Curve(tuple((n, 0.001 * n**1.5) for n in (100, 1_000, 30_000)))
    assert curve.exponent == pytest.approx(1.5)
    assert curve.last_exponent == pytest.approx(1.5)


def test_exponent_is_a_least_squares_slope() -> None:
    """Every size counts: one tenfold step of 10 and one of 100 have the slope 1.5, the last step alone 2."""
    curve = Curve(((10, 1.0), (100, 10.0), (1_000, 1_000.0)))
    assert curve.exponent == pytest.approx(1.5)
    assert curve.last_exponent == pytest.approx(2.0)


def test_one_size_has_no_exponent() -> None:
    """A single point has no slope."""
    assert Curve(((1_000, 1.0),)).exponent is None


def test_curve_of_medians() -> None:
    """A size has the median of its runs; runs of peers and runs without seconds do not count."""
    runs = [sized(100, 1.0), sized(100, 9.0), sized(100, 2.0), sized(10, 1.0), sized(10, 8.0) | {"peer": "highs_mip"}]
    gave_up = {key: value for key, value in sized(1_000, 1.0).items() if key != "seconds"}
    assert solve_curve([*runs, gave_up]).points == ((10, 1.0), (100, 2.0))


def test_table_has_the_exponents() -> None:
    """One row per size, smallest first, then the exponents."""
    lines = growth_table([sized(10_000, 10.0), sized(1_000, 1.0)]).splitlines()
    assert [line.split(" | ")[0] for line in lines[2:4]] == ["| 1,000", "| 10,000"]
    assert "search 1.00 (last step 1.00); files to audited plan 1.00 (last step 1.00)." in lines[5]

"""How seconds grow with the number of people: tables and exponents of the growth suites."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import linear_regression, median

from benchmarks.comparison import OURS, PROVEN, solve_s, who
from benchmarks.measure import Record
from benchmarks.tables import NOTHING, about, spread

GROWING = ("growth", "coupled")
"""Suites of one kind of instance at growing sizes."""


@dataclass(frozen=True)
class Curve:
    """Medians of seconds at growing sizes.

    Parameters
    ----------
    points
        (staff, seconds), smallest first.
    """

    points: tuple[tuple[int, float], ...]

    @property
    def exponent(self) -> float | None:
        """Slope of the least-squares line through the logarithms; None with fewer than two sizes."""
        if len(self.points) < 2:
            return None
        logs = [(math.log(staff), math.log(seconds)) for staff, seconds in self.points]
        return linear_regression([x for x, _ in logs], [y for _, y in logs]).slope

    @property
    def last_exponent(self) -> float | None:
        """The slope between the two largest sizes."""
        return Curve(self.points[-2:]).exponent


def by_size(records: list[Record]) -> dict[int, list[Record]]:
    """Giliran's runs that have seconds, by number of people, smallest first."""
    done = [record for record in records if who(record) == OURS and "seconds" in record]
    return {staff: [run for run in done if run["staff"] == staff] for staff in sorted({run["staff"] for run in done})}


def solve_curve(records: list[Record]) -> Curve:
    """Seconds in the solve stage."""
    return Curve(tuple((staff, median(solve_s(run) for run in runs)) for staff, runs in by_size(records).items()))


def total_curve(records: list[Record]) -> Curve:
    """Seconds from the files to the audited plan."""
    return Curve(tuple((staff, median(run["seconds"]["total"] for run in runs)) for staff, runs in by_size(records).items()))


def growth_table(records: list[Record]) -> str:
    """One row per size, then the exponents."""
    sizes = by_size(records)
    if not sizes:
        return NOTHING
    lines = [
        "| instance | parts (largest) | proven | search, s | files to audited plan, s | memory, MB |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for runs in sizes.values():
        proven = sum(run["status"] == PROVEN for run in runs)
        totals = [run["seconds"]["total"] for run in runs]
        lines.append(
            f"| {runs[0]['case']} | {runs[0]['parts']:,} ({runs[0]['largest_part']:,}) | {proven} of {len(runs)} "
            f"| {spread([solve_s(run) for run in runs])} | {spread(totals)} | {max(run['peak_mb'] for run in runs):,} |"
        )
    exponents = (
        f"Exponent by least squares over the logarithms of the medians: search {said(solve_curve(records))}; "
        f"files to audited plan {said(total_curve(records))}."
    )
    return "\n".join([*lines, "", exponents, "", about(records)])


def said(curve: Curve) -> str:
    """The exponent, and the one of the last step."""
    if curve.exponent is None or curve.last_exponent is None:
        return "–"
    return f"{curve.exponent:.2f} (last step {curve.last_exponent:.2f})"

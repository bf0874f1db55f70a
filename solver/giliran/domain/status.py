"""How a solve ended."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """What is known at the end; undecided is not infeasible, and neither is bad input."""

    OPTIMAL = "optimal"
    """Every part proved every tier."""
    FEASIBLE = "feasible"
    """A plan that keeps every rule; something is not proved."""
    INFEASIBLE = "infeasible"
    """Proven: some part has no plan. The other parts are planned and returned."""
    UNKNOWN = "unknown"
    """Some part has no plan yet; nothing is proved about it."""


class Stopped(StrEnum):
    """What ended a solve before its proof."""

    TIME_LIMIT = "time_limit"
    CANCELLED = "cancelled"
    CRASHED = "crashed"
    """Whoever worked on a part was ended from outside, twice: most likely for lack of memory."""

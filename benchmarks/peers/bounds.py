"""Bounds that solvers give as floats, for costs that are whole numbers."""

from __future__ import annotations

import math

ROUNDING = 1e-6
"""A bound that is above an integer by no more than this, relatively, stands for that integer."""


def whole(value: float | None, beyond: float = math.inf) -> int | None:
    """The least whole number that a float bound allows; None where there is none, or it is at or beyond what the solver calls infinite."""
    if value is None or not math.isfinite(value) or abs(value) >= beyond:
        return None
    return math.ceil(value - ROUNDING * max(1.0, abs(value)))

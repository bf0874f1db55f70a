"""What suits whom: parts that CP-SAT is good at, by what stands in them."""

from __future__ import annotations

import numpy as np

from giliran.engine.base.part import Part
from giliran.program.segments import owners_of

MOST_ATTEMPTED = 5_000
"""Columns of a part that CP-SAT attempts before relaxations."""

MOST_SHORT = 500
"""Columns of a part that CP-SAT attempts before plans of people over several weeks, or windows of them: 8 people × 30 days with shortest
runs take 0.5 instead of 3.4 CPU seconds; where it does not succeed some tenths of a second are lost."""

SEARCHED_PER_S, LEAST_S = 400, 0.2
"""Columns of a part for each second of branch and bound before CP-SAT has its turn, and the least seconds. Where it helped on B2 to B4 it
was done at its first node: 0.006 s at 500 columns, 0.75 s at 2,500; a machine may have other work."""

LAST_S = 10.0
"""Seconds of branch and bound after the last turn."""


def suits_cpsat(part: Part, num_days: int) -> bool:
    """Whether CP-SAT is good at a part: something besides places is to be chosen, or squares of headcounts of several people count."""
    if part.broken or part.num_columns > MOST_ATTEMPTED:
        return False
    return len(part.cells) < part.num_columns or _squares_heads(part, num_days)


def is_short(part: Part) -> bool:
    """Whether a part is so small that CP-SAT may get through it at once."""
    return part.num_columns <= MOST_SHORT


def patience(part: Part) -> tuple[float, ...]:
    """Seconds of branch and bound before each turn of CP-SAT, and after the last."""
    first = max(part.num_columns / SEARCHED_PER_S, LEAST_S)
    return first, 2 * first, LAST_S


def _squares_heads(part: Part, num_days: int) -> bool:
    """Whether a ladder counts several cells of one day; one of a person has one of each, be it a cell that stands for equal ones."""
    day_of = owners_of(part.ladders.start) * num_days + (part.cells % num_days)[part.ladders.col]
    return len(np.unique(day_of)) < len(day_of)

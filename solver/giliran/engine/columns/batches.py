"""Small parts beside each other in one linear program: half of the time of a small part goes into making its arrays.

Measured on 10,000 people in 103 parts, everything on, CPU seconds: each alone 2.2, beside each other up to 600 columns 1.5, up to 3,000
columns 1.1, up to 6,000 columns 1.2.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from giliran.engine.base.part import Part
from giliran.engine.base.tiers import spans_of
from giliran.engine.columns.relaxation import ColumnResult, Multipliers, plan_over_cells, solve_columns, wants_columns
from giliran.engine.presolve.join import join
from giliran.program import Ints
from giliran.program.segments import starts_of

BATCH_COLUMNS = 3_000
"""Parts are put beside each other up to this many columns."""

TOGETHER = 1.5
"""One in so many of the seconds of some parts is for what they do together."""


def batches_of(parts: Sequence[Part]) -> list[list[int]]:
    """Which parts to solve together, by their index: neighbours, up to `BATCH_COLUMNS`; parts that are not worth trying are missing."""
    batches: list[list[int]] = []
    room = 0
    for p, part in enumerate(parts):
        if not wants_columns(part):
            continue
        joinable = part.num_columns == len(part.cells)
        if joinable and part.num_columns <= room:
            batches[-1].append(p)
            room -= part.num_columns
        else:
            batches.append([p])
            room = BATCH_COLUMNS - part.num_columns if joinable else 0
    return batches


def solve_batch(
    parts: Sequence[Part],
    num_days: int,
    weeks: Ints,
    *,
    deadline: float | None = None,
    cancel: threading.Event | None = None,
    aggregation: bool = True,
    patterns: bool = True,
    plans: Sequence[Ints | None] | None = None,
) -> list[ColumnResult]:
    """What relaxations say about each of some parts, as `solve_columns` says it: together, and where that proves not everything, alone.

    Parameters
    ----------
    parts
        Without auxiliary columns if there are several.
    num_days
        Days of the cell grid: cell `c` belongs to person `c // num_days`.
    weeks
        The week of every day : int64[D].
    deadline
        On the clock of `time.monotonic`.
    cancel
        Ends the work between two linear programs.
    aggregation, patterns
        As in `solve_columns`.
    plans
        One of each part to begin with, None where there is none, or nowhere.
    """

    def alone(part: Part, until: float | None, plan: Ints | None = None) -> ColumnResult:
        people, day = np.divmod(part.cells, num_days)
        return solve_columns(part, people, day, weeks, deadline=until, cancel=cancel, aggregation=aggregation, patterns=patterns, plan=plan)

    together: list[ColumnResult] = []
    if len(parts) > 1:
        found = alone(join(parts), _share(deadline, TOGETHER))
        together = [] if found.x is None else _cut(parts, found)
        if found.proven.all():
            return together
    each = zip(parts, plans or [None] * len(parts), strict=True)
    results = [alone(part, _share(deadline, len(parts) - k), plan) for k, (part, plan) in enumerate(each)]
    return [_best(*two) for two in zip(results, together, strict=True)] if together else results


def plan_batch(
    parts: Sequence[Part], num_days: int, weeks: Ints, *, deadline: float | None = None, cancel: threading.Event | None = None
) -> list[ColumnResult]:
    """What linear programs over cells say about each of some parts, as `plan_over_cells` says it: together, and without a plan alone.

    Parameters
    ----------
    parts, num_days, weeks, deadline, cancel
        As in `solve_batch`.
    """

    def alone(part: Part, until: float | None) -> ColumnResult:
        people, day = np.divmod(part.cells, num_days)
        return plan_over_cells(part, people, day, weeks, deadline=until, cancel=cancel)

    if len(parts) > 1:
        found = alone(join(parts), _share(deadline, TOGETHER))
        if found.x is not None:
            return _cut(parts, found)
    return [alone(part, _share(deadline, len(parts) - k)) for k, part in enumerate(parts)]


def _share(deadline: float | None, many: float) -> float | None:
    """When the first of some parts must be done, so that each has as much of what is left."""
    now = time.monotonic()
    return None if deadline is None else now + max(deadline - now, 0.0) / many


def _cut(parts: Sequence[Part], found: ColumnResult) -> list[ColumnResult]:
    """Every part's share of a plan; tiers that are proven for all together are proven for each: none can be better where the sum cannot.

    What is known of later tiers speaks of the sum alone.
    """
    assert found.x is not None and found.values is not None
    claimed = np.logical_and.accumulate(found.values == found.claimed)
    columns = starts_of(np.array([part.num_columns for part in parts], dtype=np.int64)).tolist()
    rows = starts_of(np.array([len(part.rows) for part in parts], dtype=np.int64)).tolist()
    results = []
    for k, part in enumerate(parts):
        x = found.x[columns[k] : columns[k + 1]]
        values = part.values(x)
        mine = tuple(Multipliers(m.weights, m.scale, m.y[rows[k] : rows[k + 1]]) for m in found.multipliers)
        bounds = np.where(found.proven, values, spans_of(part).least)
        results.append(ColumnResult(x, values, bounds, np.where(claimed, values, bounds), mine, found.hurried))
    return results


def _best(one: ColumnResult, other: ColumnResult) -> ColumnResult:
    """The better plan of two, and what both prove: a bound holds as long as the tiers before cost the same in both."""
    if one.values is None or other.values is None:
        return other if one.values is None else one
    better, worse = (one, other) if tuple(one.values) <= tuple(other.values) else (other, one)
    assert better.values is not None and worse.values is not None
    alike = np.concatenate([[True], np.logical_and.accumulate(better.values == worse.values)[:-1]])
    return replace(
        better,
        bounds=np.where(alike, np.maximum(better.bounds, worse.bounds), better.bounds),
        claimed=np.where(alike, np.maximum(better.claimed, worse.claimed), better.claimed),
        hurried=one.hurried or other.hurried,
    )

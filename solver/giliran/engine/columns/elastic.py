"""Elastic programs: how far every hard row would have to give way, and the multipliers that say why none of them may.

Where the least total is above 0 no plan exists, and the multipliers of that linear program, rounded to integers and added up again, prove
it (Farkas' lemma: Schrijver, *Theory of Linear and Integer Programming*, 1986, ch. 7). Their size is at most 1 per row, so that they
are mostly 1 and -1, and together they show the largest shortage there is, over all days and people that have a share in it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from giliran.engine.base.budget import Budget
from giliran.engine.base.part import NO_LADDERS, Part
from giliran.engine.base.sums import missing
from giliran.engine.columns.equitable import LEAST_COLUMNS, relax_alike
from giliran.engine.columns.highs import NEARLY, Floats, relax
from giliran.engine.columns.statements import face_of, opened, soft_rows_of
from giliran.engine.columns.steps import SCALES
from giliran.program import HARD, INFINITE, Ints

MOST_APART = 100_000
"""Columns of a program that is solved though few people are alike; where many are there may be more."""


def impossible_sum(part: Part, people: Ints, budget: Budget) -> Ints | None:
    """Multipliers of a part's rows that prove that it has no plan; None where its linear relaxation has one : int64[M].

    Parameters
    ----------
    people
        Of each cell column of the part : int64[m].
    budget
        Of the linear program.
    """
    hard = np.flatnonzero(part.rows.tier == HARD)
    if not len(hard) or not part.num_columns:
        return None
    y = _multipliers(_elastic(part, hard), people, budget)
    if y is None:
        return None
    for scale in SCALES:
        times = np.zeros(len(part.rows), dtype=np.int64)
        times[hard] = np.rint(y * scale).astype(np.int64)
        times[((times > 0) & (part.rows.lo <= -INFINITE)) | ((times < 0) & (part.rows.hi >= INFINITE))] = 0
        which = np.flatnonzero(times)
        if missing(part.rows, part.lo, part.hi, which, times[which]) > 0:
            return np.asarray(times // np.gcd.reduce(times))
    return None


def _elastic(part: Part, hard: Ints) -> Part:
    """The part with nothing but its hard rows, each unit by which one is missed costing 1."""
    soft = {"tier": np.zeros(len(hard), dtype=np.int64), "weight": np.ones(len(hard), dtype=np.int64)}
    cost = np.zeros((1, part.num_columns), dtype=np.int64)
    return replace(part, rows=replace(part.rows.of(hard), **soft), ladders=NO_LADDERS, cost=cost)


def _multipliers(elastic: Part, people: Ints, budget: Budget) -> Floats | None:
    """Multipliers of the rows, None where every row can be kept or nothing is solved : float64[M]."""
    face = face_of(elastic)
    face = opened(face, elastic, soft_rows_of(elastic).over(face))
    cost = face.cost[0]
    found = None
    if face.num_columns >= LEAST_COLUMNS:
        found = relax_alike(face, cost, people, np.zeros(len(face.origin)), budget)
    if (found is None or found.y is None) and face.num_columns <= MOST_APART:
        found = relax(face, cost, budget)
    return found.y if found is not None and found.y is not None and found.value > NEARLY else None

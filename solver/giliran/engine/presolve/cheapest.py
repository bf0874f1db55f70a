"""Parts in which a plan at hand is seen to be the only one that is best: every cell is where an early tier wants it."""

from __future__ import annotations

import time

import numpy as np

from giliran.domain.status import Status
from giliran.engine.base.part import Part
from giliran.engine.base.solution import Solution
from giliran.engine.base.tiers import spans_of
from giliran.program import HARD, Ints


def cheapest(part: Part, cells: Ints) -> Solution | None:
    """The solution of a part whose best plan is this one; None where that is not seen at once.

    Parameters
    ----------
    cells
        1 for every cell in the office : int64[m].

    Notes
    -----
    What tiers can cost at least adds up over columns, ladders and rows. A plan that attains it in tier after tier is best in
    them, and every other such plan has each cell where its linear cost in one of these tiers is least. Where that says it of every cell
    there is no other. Auxiliary columns that stand in hard rows alone and cost nothing below 0 are best at their least values.
    """
    begin, first = time.monotonic(), len(cells)
    x = np.concatenate([cells, part.lo[first:]])
    if not part.kept(x) or not _least_is_best(part, first):
        return None
    values, spans = part.values(x), spans_of(part)
    open_ = part.lo[:first] < part.hi[:first]
    for tier in range(len(values)):
        if not open_.any():
            break
        if values[tier] != spans.least[tier]:
            return None
        open_ = open_ & (part.cost[tier, :first] == 0)
    if open_.any():
        return None
    return Solution(Status.OPTIMAL, x, values, values, np.zeros(len(values), dtype=np.bool_), False, time.monotonic() - begin)


def _least_is_best(part: Part, first: int) -> bool:
    """Whether auxiliary columns are best at their least values: no soft statement knows them, and none costs less than nothing."""
    soft = np.repeat(part.rows.tier != HARD, np.diff(part.rows.start))
    known = (part.rows.col[soft] >= first).any() or (part.ladders.col >= first).any()
    return not (known or (part.cost[:, first:] < 0).any())

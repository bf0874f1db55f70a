"""Cliques: pairs of which both must not be on one side, all of a set with all others, are one convex cost of their headcount.

Of `n` people with `s` in the office `(n - s)(n - s - 1) / 2` pairs are both at home. In a linear program half a person each breaks no pair,
so that pair by pair it says nothing; the headcount's cost says all. 13 people over 5 days, all pairs of three teams: 0 and 15 of 15.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from giliran.engine.base.part import Part
from giliran.engine.base.solution import Solution
from giliran.program import HARD, Ints, Ladders
from giliran.program.segments import segment_sums, starts_of

PAIR = 2
LEAST = 3
"""Cells of a clique that is worth it."""


@dataclass(frozen=True)
class Gathered:
    """A part with ladders instead of the soft pairs of its cliques.

    Parameters
    ----------
    part
        With the same columns, plans and differences of costs.
    constant : int64[T]
        What every plan costs more than the part says.
    """

    part: Part
    constant: Ints

    def inward(self, solution: Solution | None) -> Solution | None:
        """What is known of the part as it was, for the gathered one."""
        return None if solution is None else _moved(solution, -self.constant)

    def outward(self, solution: Solution) -> Solution:
        """What is found for the gathered part, for the one that it was."""
        return _moved(solution, self.constant)


def gathered(part: Part) -> Gathered:
    """A part with its cliques as ladders; the part itself where there are none."""
    rows, constant = _pairs(part), np.zeros(len(part.cost), dtype=np.int64)
    gone: list[int] = []
    cells: list[list[int]] = []
    steps: list[Ints] = []
    tiers: list[int] = []
    for (tier, weight, home), edges in rows.items():
        for clique in _cliques(edges):
            size = len(clique)
            gone += [edges[one, other] for k, one in enumerate(clique) for other in clique[k + 1 :]]
            cells.append(clique)
            steps.append(weight * (np.arange(size, dtype=np.int64) - (size - 1) * home))
            tiers.append(tier)
            constant[tier] += weight * home * size * (size - 1) // 2
    if not gone:
        return Gathered(part, constant)
    left = np.setdiff1d(np.arange(len(part.rows)), gone)
    return Gathered(replace(part, rows=part.rows.of(left), ladders=_more(part.ladders, cells, steps, tiers)), constant)


def _pairs(part: Part) -> dict[tuple[int, int, int], dict[tuple[int, int], int]]:
    """Soft rows that no two cells may be both at home (1) or both in the office (0), by tier, weight and side: the row of each pair."""
    rows = part.rows
    two = np.flatnonzero((rows.tier != HARD) & (np.diff(rows.start) == PAIR) & (segment_sums(rows.coef, rows.start) == PAIR))
    ends = np.stack([rows.start[two], rows.start[two] + 1], axis=1)
    col, coef = rows.col[ends], rows.coef[ends]
    binary = ((part.lo == 0) & (part.hi == 1))[col].all(axis=1) & (coef == 1).all(axis=1) & (col[:, 0] != col[:, 1])
    home = (rows.lo[two] == 1) & (rows.hi[two] >= PAIR)
    office = (rows.hi[two] == 1) & (rows.lo[two] <= 0)
    out: dict[tuple[int, int, int], dict[tuple[int, int], int]] = {}
    for k in np.flatnonzero(binary & (home | office)).tolist():
        r = int(two[k])
        one, other = sorted(col[k].tolist())
        out.setdefault((int(rows.tier[r]), int(rows.weight[r]), int(home[k])), {}).setdefault((one, other), r)
    return out


def _cliques(edges: dict[tuple[int, int], int]) -> list[list[int]]:
    """Cliques that share no pair, each grown from its first cell as far as it goes."""
    near: dict[int, set[int]] = {}
    for one, other in edges:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    found = []
    for first in sorted(near):
        while near[first]:
            clique, room = [first], set(near[first])
            while room:
                clique.append(min(room))
                room &= near[clique[-1]]
            for one in clique:
                near[one].difference_update(clique)
            if len(clique) >= LEAST:
                found.append(sorted(clique))
    return found


def _more(ladders: Ladders, cells: list[list[int]], steps: list[Ints], tiers: list[int]) -> Ladders:
    size = np.concatenate([np.diff(ladders.start), np.array([len(one) for one in cells], dtype=np.int64)])
    col = np.concatenate([ladders.col, *(np.array(one, dtype=np.int64) for one in cells)])
    return Ladders(starts_of(size), col, np.concatenate([ladders.step, *steps]), np.append(ladders.tier, np.array(tiers, dtype=np.int64)))


def _moved(solution: Solution, by: Ints) -> Solution:
    return solution if solution.x is None else replace(solution, values=solution.values + by, bounds=solution.bounds + by)

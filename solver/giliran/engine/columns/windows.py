"""Windows of weeks: some weeks of everybody planned anew, everything else held, again and again (large-neighbourhood search).

Source: Shaw, *Using constraint programming and local search methods to solve vehicle routing problems*, CP 1998; neighbourhoods of days
for rosters: Rahimian, Akartunalı, Levine, *A hybrid integer and constraint programming approach to solve nurse rostering problems*,
Comput. Oper. Res. 82 (2017). Neighbourhoods of people gained nothing on B7 to B9.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from giliran.engine.base.part import Part
from giliran.program import Ints

SIZES = ((2, 4, 2_500), (5, 8, 6_000))
"""Least and most weeks of a window, and cells that it leaves free at the most: small ones first, wide ones when those bring nothing more.
A round of 80 people and 4 weeks takes 0.6 s over patterns, one of 130 people and 6 weeks 2 s over state graphs."""

IDLE_ROUNDS = 1
"""For each week so many rounds of one size may bring nothing."""

LONG = 5
"""Weeks of one person from which on a part is long: there are too many patterns of whole horizons, and branch and bound over patterns of
weeks finds nothing in its time."""

Solve = Callable[[Part], "tuple[Ints, Ints] | None"]
"""Plans a part as well as can be: values of its columns and what they cost in each tier; None where nothing is found."""


@dataclass(frozen=True)
class Plan:
    """Values of a part's columns, and what they cost in each tier : int64[n], int64[T]."""

    x: Ints
    values: Ints

    def better_than(self, other: Plan) -> bool:
        """Whether it costs less in the first tier in which they differ."""
        return tuple(self.values) < tuple(other.values)


def is_long(part: Part, people: Ints, week: Ints) -> bool:
    """Whether somebody's free cells lie in many weeks.

    Parameters
    ----------
    people, week
        Of each cell column of the part : int64[m].
    """
    free = np.flatnonzero(part.lo[: len(week)] < part.hi[: len(week)])
    pairs = np.unique(np.stack([people[free], week[free]]), axis=1)[0]
    return bool(len(pairs)) and int(np.bincount(pairs).max()) >= LONG


def improved(part: Part, week: Ints, plan: Plan, solve: Solve, done: Callable[[Plan], bool]) -> Plan:
    """The best plan that windows lead to from one.

    Parameters
    ----------
    week
        Of each cell column of the part : int64[m].
    plan
        One that keeps every row.
    solve
        Asked for the same part with all but a window held.
    done
        Whether nothing better is wanted, or no time is left; asked before every round.
    """
    weeks, size = np.unique(week, return_counts=True)
    dice = np.random.default_rng(len(week))
    for least, most, free in SIZES if len(weeks) > 1 else ():
        widest = min(most, len(weeks), max(1, free // int(size.max())))
        if widest < least and least > SIZES[0][0]:
            break
        wide, idle, rounds = min(least, widest), 0, 0
        while idle < IDLE_ROUNDS * len(weeks) and not done(plan):
            chosen = _window(weeks, wide, rounds, dice)
            found = solve(_held(part, np.flatnonzero(~np.isin(week, chosen)), plan.x))
            rounds, idle = rounds + 1, idle + 1
            if found is not None and (new := Plan(*found)).better_than(plan):
                plan, idle = new, 0
            wide = wide + 1 if wide < widest else min(least, widest)
    return plan


def _window(weeks: Ints, many: int, rounds: int, dice: np.random.Generator) -> Ints:
    """Weeks that follow each other, and every other time weeks from anywhere, between which days may change places."""
    if rounds % 2:
        return np.asarray(dice.choice(weeks, size=many, replace=False))
    first = int(dice.integers(0, len(weeks) - many + 1))
    return weeks[first : first + many]


def _held(part: Part, cells: Ints, x: Ints) -> Part:
    """The part with some cells held at a plan."""
    lo, hi = part.lo.copy(), part.hi.copy()
    lo[cells] = hi[cells] = x[cells]
    return replace(part, lo=lo, hi=hi)

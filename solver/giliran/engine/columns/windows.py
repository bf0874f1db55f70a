"""Windows of weeks: some weeks of everybody planned anew, everything else held, again and again (large-neighbourhood search).

Source: Shaw, *Using constraint programming and local search methods to solve vehicle routing problems*, CP 1998; neighbourhoods of days
for rosters: Rahimian, Akartunalı, Levine, *A hybrid integer and constraint programming approach to solve nurse rostering problems*,
Comput. Oper. Res. 82 (2017). Neighbourhoods of people gained nothing on B7 to B9.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from giliran.engine.base.part import Part
from giliran.program import Ints

MOST_CELLS = {2: 2_500, 3: 2_500, 4: 2_500, 5: 6_000, 6: 6_000, 7: 6_000, 8: 6_000}
"""Weeks of a window, and cells that it leaves free at the most. A window of 120 people and 2 weeks takes 0.2 s, of 4 weeks 1 to 6 s over
patterns, one of 130 people and 6 weeks 2 s over state graphs."""

LITTLE = 200
"""Windows grow by a week when all of one size together bettered the last tier by less than one in so many."""

LONG = 5
"""Weeks of one person from which on a part is long: there are too many patterns of whole horizons, and branch and bound over patterns of
weeks finds nothing in its time."""


@dataclass(frozen=True)
class Plan:
    """Values of a part's columns, and what they cost in each tier : int64[n], int64[T]."""

    x: Ints
    values: Ints


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


def improved(week: Ints, plan: Plan, solve: Callable[[Plan, Ints], Plan | None], done: Callable[[Plan], bool]) -> Plan:
    """The best plan that windows lead to from one.

    Parameters
    ----------
    week
        Of each cell column of the part : int64[m].
    plan
        One that keeps every row.
    solve
        Asked for the best plan with some cells : int64[k] as they are; None where nothing is found.
    done
        Whether nothing better is wanted, or no time is left; asked before every round.
    """
    weeks, size = np.unique(week, return_counts=True)
    dice = np.random.default_rng(len(week))
    wide = [many for many, most in MOST_CELLS.items() if many <= len(weeks) and many * int(size.max()) <= most] or [1]
    for many in wide if len(weeks) > 1 else ():
        bettered = True
        while bettered:
            before = plan
            for chosen in _sweep(weeks, many, dice):
                if done(plan):
                    return plan
                found = solve(plan, np.flatnonzero(~np.isin(week, chosen)))
                plan = min(plan, found or plan, key=lambda each: tuple(each.values))
            bettered = tuple(plan.values) < tuple(before.values) and (many == wide[-1] or not _little(before, plan))
    return plan


def _sweep(weeks: Ints, many: int, dice: np.random.Generator) -> Iterator[Ints]:
    """All windows of so many weeks that follow each other, then as many of weeks from anywhere, between which days may change places."""
    for first in range(len(weeks) - many + 1):
        yield weeks[first : first + many]
    if many < len(weeks):
        for _ in weeks:
            yield np.asarray(dice.choice(weeks, size=many, replace=False))


def _little(before: Plan, after: Plan) -> bool:
    """Whether only the last tier costs less, and hardly so."""
    less = before.values - after.values
    return not less[:-1].any() and int(less[-1]) * LITTLE <= abs(int(before.values[-1]))

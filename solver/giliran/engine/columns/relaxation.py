"""What relaxations say about a part: a bound for every tier, and a plan that meets them where there is one to be read."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from giliran.engine.base.budget import Budget
from giliran.engine.base.part import Part
from giliran.engine.base.solution import Multipliers
from giliran.engine.base.spare import Spare
from giliran.engine.columns.rounds import make_better
from giliran.engine.columns.sequence import TierSequence
from giliran.engine.columns.steps import State, Step
from giliran.engine.columns.turns import Turns
from giliran.program import Ints

MOST_COLUMNS = 100_000
"""Columns of a part that is worth trying."""


@dataclass(frozen=True)
class ColumnResult:
    """What relaxations say about a part.

    Parameters
    ----------
    x
        Values of the part's columns, None if no plan was found : int64[n].
    values
        What that plan costs : int64[T]; None without a plan.
    bounds
        The least that any plan costs in each tier which costs no more than `values` in the tiers before : int64[T].
    claimed
        The same if branch and bound in floats is believed where multipliers leave a gap : int64[T].
    multipliers
        One entry per linear program whose bound stands in `bounds`. Where a gap was closed by branching they prove less than that.
    hurried
        Whether the clock ended something that would have gone on.
    impossible
        Whether HiGHS finds no values of the columns that keep every row; no proof.
    late
        Whether the deadline, or a cancel, ended the work.
    """

    x: Ints | None
    values: Ints | None
    bounds: Ints
    claimed: Ints
    multipliers: tuple[Multipliers, ...]
    hurried: bool = False
    impossible: bool = False
    late: bool = False

    @property
    def proven(self) -> NDArray[np.bool_]:
        """Whether a tier and all before it have their bounds as values : bool[T]."""
        if self.values is None:
            return np.zeros(len(self.bounds), dtype=np.bool_)
        return np.asarray(np.logical_and.accumulate(self.values == self.bounds))


Other = Callable[[Part, ColumnResult, bool], tuple[Ints | None, bool]]
"""Another method's try at a part by a clock of its own, from what relaxations say about it, and whether it should only look: its plan or
None, and whether that is all."""


@dataclass
class _Followed(TierSequence):
    """A sequence that tells of every better plan, and has more time once there is one."""

    tell: Callable[[ColumnResult], None] | None = None
    planned: Budget | None = None

    def keep(self, x: Ints) -> None:
        """Remember a plan if it is the best so far, and tell of it."""
        before = self.x
        super().keep(x)
        self.budget = self.planned or self.budget
        if self.tell is not None and self.x is not before:
            self.tell(_said(self.part, self))


@dataclass
class _First(TierSequence):
    """A sequence that asks somebody else for a plan, once, where its first tiers gave none: those after them hardly do then."""

    other: Callable[[], Ints | None] | None = None

    def _step(self, before: State, group: tuple[int, ...], looser: Step | None = None) -> Step | None:
        if self.steps and self.x is None and self.other is not None:
            ask, self.other = self.other, None
            if (x := ask()) is not None:
                self.keep(x)
        return super()._step(before, group, looser)


def wants_columns(part: Part) -> bool:
    """Whether relaxations are worth trying on a part."""
    return not part.broken and 0 < part.num_columns <= MOST_COLUMNS


def solve_columns(
    part: Part,
    people: Ints,
    day: Ints,
    weeks: Ints,
    *,
    deadline: float | None = None,
    planned: float | None = None,
    cancel: threading.Event | None = None,
    aggregation: bool = True,
    patterns: bool = True,
    plan: Ints | None = None,
    patience: tuple[float, ...] = (),
    other: Other | None = None,
    tell: Callable[[ColumnResult], None] | None = None,
    spare: Spare | None = None,
) -> ColumnResult:
    """Bound every tier of a part, and plan it where that meets the bounds.

    Parameters
    ----------
    people, day
        Of each cell column of the part : int64[m].
    weeks
        The week of every day; free cells of one person and week may become one choice : int64[D].
    deadline
        On the clock of `time.monotonic`.
    planned
        A later one once there is a plan, None for the same.
    cancel
        Ends the work between two linear programs.
    aggregation
        Count interchangeable people.
    patterns
        Go from cells to week patterns and plans of several weeks.
    plan
        A plan to begin with, which keeps every row : int64[n].
    patience
        Seconds of branch and bound before another method has its turn, again and again; the work ends with the last. No limit where empty.
    other
        That method, if there is one.
    tell
        Gets what is known whenever there is a better plan.
    spare
        Workers that have nothing to do, None where nobody counts them.
    """
    budget, turns = Budget(deadline, cancel), Turns(patience)
    sequence = _Followed(part, people, weeks[day], budget, aggregation=aggregation, patterns=patterns, turns=turns, tell=tell)
    if planned is not None:
        sequence.planned = Budget(planned, cancel)
    if other is not None:
        turns.ask = lambda look: other(part, _said(part, sequence), look)
    if plan is not None:
        sequence.keep(plan)
    sequence.companion.spare = spare
    try:
        sequence.run()
        if sequence.long and not sequence.impossible:
            make_better(sequence)
    finally:
        turns.ask = None  # it holds the sequence, whose arrays would wait for the garbage collector
        sequence.companion.end()
    return replace(_said(part, sequence), late=sequence.budget.over)


def bounds_only(
    part: Part, people: Ints, day: Ints, weeks: Ints, *, deadline: float | None = None, plan: Ints | None = None
) -> ColumnResult:
    """What linear programs prove about every tier, without any search for plans; `hurried` where the deadline came first.

    A plan int64[n] that is known spares finer programs where it meets what coarser ones prove.
    """
    sequence = TierSequence(part, people, weeks[day], Budget(deadline, None), search=False)
    if plan is not None:
        sequence.keep(plan)
    sequence.bound_all()
    sequence.hurried |= sequence.budget.over
    return _said(part, sequence)


def plan_over_cells(
    part: Part,
    people: Ints,
    day: Ints,
    weeks: Ints,
    *,
    deadline: float | None = None,
    cancel: threading.Event | None = None,
    other: Callable[[], Ints | None] | None = None,
) -> ColumnResult:
    """Bound the tiers before the first that needs patterns, which takes a fraction of a second, and plan the part if that meets them.

    Where the first tiers give no plan `other` is asked for one before the rest: int64[n], or None. Of 3.6 s that 140 people over a quarter
    with shortest runs take here 2.7 come after them.
    """
    sequence = _First(part, people, weeks[day], Budget(deadline, cancel), patterns=False, search=False, other=other)
    sequence.over_cells()
    sequence.hurried |= sequence.budget.over
    return _said(part, sequence)


def _said(part: Part, sequence: TierSequence) -> ColumnResult:
    """What a sequence of tiers has come to."""
    spans = sequence.spans
    bounds, claimed = spans.least.copy(), spans.least.copy()
    used = []
    for step in (*sequence.steps, *([sequence.unmet] if sequence.unmet is not None else ())):
        used.append(_multipliers(part, step))
        totals = step.proven, step.held, step.claimed
        for tier, proven, held, claim in zip(step.group, *(spans.in_tiers(step.weights, total) for total in totals), strict=True):
            bounds[tier], claimed[tier] = proven, claim
            if sequence.values is None or sequence.values[tier] != held:
                return ColumnResult(sequence.x, sequence.values, bounds, claimed, tuple(used), sequence.hurried)
    return ColumnResult(sequence.x, sequence.values, bounds, claimed, tuple(used), sequence.hurried, sequence.impossible)


def _multipliers(part: Part, step: Step) -> Multipliers:
    y = np.zeros(len(part.rows), dtype=np.int64)
    known = step.face.origin >= 0
    y[step.face.origin[known]] = step.priced.y[known]
    return Multipliers(tuple(step.weights.items()), step.priced.scale, y)

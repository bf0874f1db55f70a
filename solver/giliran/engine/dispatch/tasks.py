"""Tasks: some parts and what to do with them, as plain data that can travel to another process or machine."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from giliran.domain.status import Status
from giliran.engine.base.outcome import Method
from giliran.engine.base.part import Part
from giliran.engine.base.solution import Solution, planned, without_plan
from giliran.engine.columns.windows import is_long
from giliran.engine.cpsat.call import Effort
from giliran.engine.cpsat.search import QUICK, attempt, first_plan, search
from giliran.engine.flow.parts import flow_batches, solve_by_flow
from giliran.program import Ints

if TYPE_CHECKING:
    from giliran.engine.columns.relaxation import ColumnResult

COLUMNS_PER_S = 2_000
"""Columns that relaxations get through in a second, where they get through few: 1,600 over four weeks, 8,000 in one part of 10,000 people,
20,000 in small parts."""

QUICK_COLUMNS = 10_000
"""Columns of parts whose flows take some hundredths of a second."""

MOST_ATTEMPTED = 5_000
"""Columns of a part that CP-SAT attempts before relaxations."""

MOST_TRUSTED = 5_000
"""Columns of a part whose relaxation begins at once. That larger ones have no plan an elastic program says sooner: 12,000 columns of 3,000
people take 0.008 s so, 1.3 s by a linear program that finds no solution; 40,586 columns with a plan take 0.1 to 0.2 s more, of 4.7 s."""

LEFT_BY_WINDOWS = 10
"""One in so many of the seconds that a long part may take is left to CP-SAT."""

SAFETY = 4
"""Where there is not so many times the time that this pace needs, first plans are found before anything else."""


@dataclass(frozen=True)
class Days:
    """The days of the cell grid: how many, and the week of each : int64[D]."""

    count: int
    week: Ints


@dataclass(frozen=True)
class Done:
    """What came of a task.

    Parameters
    ----------
    solutions
        One per part, in their order; None where the task leaves a part to others.
    hurried
        Whether the clock ended a relaxation that would have gone on: another run may settle ties in another way.
    """

    solutions: tuple[Solution | None, ...]
    hurried: bool = False


@dataclass(frozen=True)
class FlowTask:
    """Solve the parts that are min-cost flows, and leave the others.

    Parameters
    ----------
    parts
        A batch as `flow_batches` makes it.
    days
        The days of their cells.
    """

    parts: tuple[Part, ...]
    days: Days

    @property
    def quick(self) -> bool:
        """Whether it takes no longer than a cancel may wait: a tenth of a second."""
        return sum(part.num_columns for part in self.parts) <= QUICK_COLUMNS

    def run(self, effort: Effort) -> Done:
        """Do it."""
        found = solve_by_flow(self.parts, self.days.count, lambda: not effort.over)
        return Done(tuple(found.get(p) for p in range(len(self.parts))))

    def alone(self) -> Iterator[Task]:
        """The same work, part by part."""
        return (FlowTask((part,), self.days) for part in self.parts)


@dataclass(frozen=True)
class SearchTask:
    """Solve parts by linear relaxations and CP-SAT.

    Parameters
    ----------
    parts
        Parts that go through linear relaxations together.
    days
        The days of their cells.
    methods
        What is tried besides CP-SAT.
    first
        A first plan of each part, None where there is none.
    """

    parts: tuple[Part, ...]
    days: Days
    methods: frozenset[Method]
    first: tuple[Solution | None, ...]
    quick: ClassVar[bool] = False

    def run(self, effort: Effort) -> Done:
        """Do it: relaxations, then CP-SAT; a single part with choices is attempted by CP-SAT before, a long one is planned before."""
        if is_long_in(self.parts[0], self.days, self.methods):
            return self._through_windows(effort)
        first, early = self.first, False
        if Method.LP in self.methods and len(self.parts) == 1:
            found, early = self._begun(self.parts[0], effort)
            if found is not None and found.status in (Status.OPTIMAL, Status.INFEASIBLE):
                return Done((found,), early)
            first = (found if found is not None and found.x is not None else first[0],)
        starts, hurried = self._relaxed(effort, first)
        each = zip(self.parts, starts, first, strict=True)
        left = range(len(self.parts), 0, -1)
        return Done(tuple(self._one(*one, effort.share(many)) for one, many in zip(each, left, strict=True)), early or hurried)

    def _through_windows(self, effort: Effort) -> Done:
        """A long part: a first plan, then windows in nearly all of the time."""
        known = self.first[0]
        first, early = (known, False) if known is not None else _planned(self.parts[0], self.days, self.methods, effort)
        if first.status in (Status.OPTIMAL, Status.INFEASIBLE):
            return Done((first,), early)
        starts, hurried = self._relaxed(effort, (first,))
        return Done((self._one(self.parts[0], starts[0], first, effort),), early or hurried)

    def _begun(self, part: Part, effort: Effort) -> tuple[Solution | None, bool]:
        """What comes before relaxations, CP-SAT for a part that suits it or a look at a large one; and whether the clock ended it."""
        if not _suits_cpsat(part, self.days):
            doubtful = part.num_columns > MOST_TRUSTED and self.first[0] is None
            return (_shown(part, self.days, effort) if doubtful else None), False
        plain = len(part.cells) == part.num_columns
        (over_cells,), hurried = _over_cells((part,), self.days, self.methods, effort.share(2)) if plain else ([None], False)
        settled = over_cells is not None and over_cells.status in (Status.OPTIMAL, Status.INFEASIBLE)
        return (over_cells if settled else attempt(part, effort)), hurried

    def _one(self, part: Part, start: ColumnResult | None, first: Solution | None, effort: Effort) -> Solution:
        """CP-SAT for one part, unless a sum shows that it has no plan: where a relaxation says so, or nobody has looked yet."""
        doubtful = first is None if start is None else start.impossible
        return (_shown(part, self.days, effort) if doubtful else None) or search(part, effort, start, first)

    def alone(self) -> Iterator[Task]:
        """The same work, part by part."""
        each = zip(self.parts, self.first, strict=True)
        return (SearchTask((part,), self.days, self.methods, (first,)) for part, first in each)

    def _relaxed(self, effort: Effort, first: Sequence[Solution | None]) -> tuple[Sequence[ColumnResult | None], bool]:
        """What linear relaxations say, in half of the time, nearly all for a long part; nothing where that is too short to begin."""
        nothing = [None] * len(self.parts)
        if Method.LP not in self.methods or effort.over:
            return nothing, False
        from giliran.engine.columns.batches import solve_batch  # loads scipy, 0.2 s: where everything is a flow nobody needs it
        from giliran.engine.columns.relaxation import wants_columns

        if not all(wants_columns(part) for part in self.parts):
            return nothing, False
        deadline = None
        seconds, long = effort.seconds, is_long_in(self.parts[0], self.days, self.methods)
        if seconds is not None and effort.deadline is not None:
            deadline = effort.deadline - seconds / (LEFT_BY_WINDOWS if long else 2)
        how = {"aggregation": Method.AGGREGATION in self.methods, "patterns": Method.PATTERNS in self.methods}
        plans = [None if plan is None else plan.x for plan in first] if long else None
        starts = solve_batch(self.parts, self.days.count, self.days.week, deadline=deadline, cancel=effort.halt, plans=plans, **how)
        return starts, any(start.hurried for start in starts)


@dataclass(frozen=True)
class FirstTask:
    """Find any plan of some parts, where time is too short for everything else: in half of it over cells, in half of the rest by CP-SAT.

    Parameters
    ----------
    parts
        Parts that go through linear programs together.
    days
        The days of their cells.
    methods
        What is tried besides CP-SAT.
    """

    parts: tuple[Part, ...]
    days: Days
    methods: frozenset[Method]
    quick: ClassVar[bool] = False

    def run(self, effort: Effort) -> Done:
        """Do it."""
        found, hurried = _over_cells(self.parts, self.days, self.methods, effort.share(2))
        left = found.count(None)
        for p, part in enumerate(self.parts):
            if found[p] is None:
                found[p] = _any_plan(part, self.days, effort.share(2 * left))
                left -= 1
        return Done(tuple(found), hurried)

    def alone(self) -> Iterator[Task]:
        """The same work, part by part."""
        return (FirstTask((part,), self.days, self.methods) for part in self.parts)


Task = FlowTask | FirstTask | SearchTask


def flow_jobs(parts: Sequence[Part], methods: frozenset[Method]) -> list[list[int]]:
    """Which parts are tried as flows together, by their index."""
    return flow_batches(parts, range(len(parts))) if Method.FLOW in methods else []


def search_jobs(parts: Sequence[Part], days: Days, open_: list[int], methods: frozenset[Method]) -> list[list[int]]:
    """Which of the open parts are searched together: those that go through linear relaxations beside each other."""
    if Method.LP not in methods or all(parts[p].num_columns > len(parts[p].cells) for p in open_):  # those stand alone in any case
        return [[p] for p in open_]
    from giliran.engine.columns.batches import batches_of  # loads scipy

    short = [p for p in open_ if not is_long_in(parts[p], days, methods)]
    batches = [[short[k] for k in batch] for batch in batches_of([parts[p] for p in short])]
    batched = {p for batch in batches for p in batch}
    return [*batches, *([p] for p in open_ if p not in batched)]


def pressed(parts: Sequence[Part], seconds: float, workers: int) -> bool:
    """Whether some seconds of so many workers may be too short for linear relaxations of all of some parts."""
    return SAFETY * sum(part.num_columns for part in parts) > COLUMNS_PER_S * seconds * workers


def _shown(part: Part, days: Days, effort: Effort) -> Solution | None:
    """The verdict on a part that a sum shows to have no plan, None about all others."""
    begin = time.monotonic()
    if part.broken or effort.over:
        return None
    from giliran.engine.columns.elastic import impossible_sum  # loads scipy

    if impossible_sum(part, part.cells // days.count, effort) is None:
        return None
    return without_plan(Status.INFEASIBLE, limited=False, begin=begin)


def is_long_in(part: Part, days: Days, methods: frozenset[Method]) -> bool:
    """Whether a part is planned over cells first, and made better by windows of weeks."""
    people, day = np.divmod(part.cells, days.count)
    return Method.LP in methods and Method.PATTERNS in methods and not part.broken and is_long(part, people, days.week[day])


def _planned(part: Part, days: Days, methods: frozenset[Method], effort: Effort) -> tuple[Solution, bool]:
    """Any plan of a part, that of a linear program over cells or else what CP-SAT finds, and whether the clock ended the former."""
    (over_cells,), hurried = _over_cells((part,), days, methods, effort.share(2))
    return over_cells or _any_plan(part, days, effort), hurried


def _any_plan(part: Part, days: Days, effort: Effort) -> Solution:
    """Any plan of a part that CP-SAT finds, or that there is none."""
    found = first_plan(part, effort, QUICK)
    return (_shown(part, days, effort) or first_plan(part, effort)) if found.status is Status.UNKNOWN else found


def _over_cells(parts: Sequence[Part], days: Days, methods: frozenset[Method], effort: Effort) -> tuple[list[Solution | None], bool]:
    """The plans of linear programs over cells, or that there is none, None where they tell neither; and whether the clock ended one."""
    nothing: list[Solution | None] = [None] * len(parts)
    if Method.LP not in methods or effort.over:
        return nothing, False
    from giliran.engine.columns.batches import plan_batch  # loads scipy
    from giliran.engine.columns.relaxation import wants_columns

    if not all(wants_columns(part) for part in parts):
        return nothing, False
    begin = time.monotonic()
    found = plan_batch(parts, days.count, days.week, deadline=effort.deadline, cancel=effort.halt)
    out = [_read(*each, days, effort, begin) for each in zip(parts, found, strict=True)]
    return out, any(each.hurried for each in found)


def _read(part: Part, found: ColumnResult, days: Days, effort: Effort, begin: float) -> Solution | None:
    """What linear programs over cells say about a part."""
    if found.x is None or found.values is None:
        return _shown(part, days, effort) if found.impossible else None
    return planned(found.x, found.values, found.bounds, begin)


def _suits_cpsat(part: Part, days: Days) -> bool:
    """Whether CP-SAT is good at a part: something besides places is to be chosen, or squares of headcounts of several people count."""
    if part.broken or part.num_columns > MOST_ATTEMPTED:
        return False
    return len(part.cells) < part.num_columns or _squares_heads(part, days)


def _squares_heads(part: Part, days: Days) -> bool:
    """Whether a ladder counts more than one person."""
    people, start = (part.cells // days.count)[part.ladders.col], part.ladders.start
    if not len(people):
        return False
    return bool((np.maximum.reduceat(people, start[:-1]) > np.minimum.reduceat(people, start[:-1])).any())

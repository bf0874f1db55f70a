"""Tasks: some parts and what to do with them, as plain data that can travel to another process or machine."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from giliran.domain.status import Status
from giliran.engine.base.outcome import Method
from giliran.engine.base.part import Part
from giliran.engine.base.solution import Solution, joined, planned, without_plan
from giliran.engine.columns.windows import is_long
from giliran.engine.cpsat.call import Effort
from giliran.engine.cpsat.search import QUICK, SOON, attempt, first_plan, search
from giliran.engine.cpsat.symmetry import Exchanges
from giliran.engine.dispatch.suiting import is_short, patience, suits_cpsat
from giliran.engine.dispatch.tries import Tries
from giliran.engine.flow.parts import flow_batches, solve_by_flow
from giliran.engine.presolve.cliques import gathered
from giliran.engine.presolve.merging import held, merged
from giliran.engine.presolve.trying import best_by_trying, is_small
from giliran.program import Ints

if TYPE_CHECKING:
    from giliran.engine.columns.relaxation import ColumnResult

COLUMNS_PER_S = 2_000
"""Columns that relaxations get through in a second, where they get through few: 1,600 over four weeks, 8,000 in one part of 10,000 people,
20,000 in small parts."""

QUICK_COLUMNS = 10_000
"""Columns of parts whose flows take some hundredths of a second."""

MOST_TRUSTED = 5_000
"""Columns of a part whose relaxation begins at once. That larger ones have no plan an elastic program says sooner: 12,000 columns of 3,000
people take 0.008 s so, 1.3 s by a linear program that finds no solution; 40,586 columns with a plan take 0.1 to 0.2 s more, of 4.7 s."""

TRIED_TOGETHER = 200
"""Tiny parts of one task: 0.1 s."""

LEFT_WITH_PLAN = 10
"""One in so many of the seconds that a part may take is left to CP-SAT where a plan is known. With half of them, and CP-SAT's last search
in every round, plans were worse in 34 and better in 2 of 52 runs (26 generated instances of 60 to 10,000 people, 2 and 6 CPU seconds)."""

LEFT_WHEN_LONG = 50
"""The same for long parts, whose plans CP-SAT hardly betters: none of three of B9 in 5.7 s."""

SAFETY = 4
"""Where there is not so many times the time that this pace needs, first plans are found before anything else."""


@dataclass(frozen=True)
class Days:
    """The days of the cell grid: how many, and the week of each : int64[D]."""

    count: int
    week: Ints


@dataclass(frozen=True, eq=False)
class Setting:
    """What all parts of one program have in common.

    Parameters
    ----------
    days
        The days of their cells.
    seed
        Of their searches.
    """

    days: Days
    seed: int


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
    """Solve parts by linear relaxations and CP-SAT, one after the other: what comes of one does not depend on those beside it.

    Parameters
    ----------
    parts
        Parts that travel together.
    days
        The days of their cells.
    methods
        What is tried besides CP-SAT.
    first
        A first plan of each part, None where there is none.
    again
        Whether parts that this does not decide come again with what others leave: once the clock has ended their relaxations they are
        left with any plan.
    """

    parts: tuple[Part, ...]
    days: Days
    methods: frozenset[Method]
    first: tuple[Solution | None, ...]
    again: bool = False
    quick: ClassVar[bool] = False

    def run(self, effort: Effort) -> Done:
        """Do it."""
        each = zip(self.parts, self.first, range(len(self.parts), 0, -1), strict=True)
        found = [self._formed(part, first, effort.share(left).about(k)) for k, (part, first, left) in enumerate(each)]
        return Done(tuple(solution for solution, _ in found), any(hurried for _, hurried in found))

    def _formed(self, part: Part, first: Solution | None, effort: Effort) -> tuple[Solution, bool]:
        """Solve a part; soft equalities are held first, in half of the time, and where that decides nothing its plan is kept."""
        firm = held(part, self.days.count)
        if firm is None:
            return self._merged(part, first, effort)
        kept = first if first is None or first.x is None or firm.part.kept(first.x) else None
        trial = effort.share(2).in_form(firm.outward).until(firm.fails)
        found, early = self._merged(firm.part, kept, trial)
        early &= not trial.halted
        if firm.decides(found):
            return firm.outward(found), early
        if found.x is not None:
            first = firm.outward(found) if first is None else joined(first, firm.outward(found))
        found, hurried = self._merged(part, first, effort)
        return found, early or hurried

    def _merged(self, part: Part, first: Solution | None, effort: Effort) -> tuple[Solution, bool]:
        """Solve a part with one column for all cells that are equal."""
        form = merged(part, self.days.count)
        if form is None:
            return self._gathered(part, first, effort)
        found, hurried = self._gathered(form.part, form.inward(first), effort.in_form(form.outward))
        return form.outward(found), hurried

    def _gathered(self, part: Part, first: Solution | None, effort: Effort) -> tuple[Solution, bool]:
        """Solve a part in the form in which soft pairs are costs of headcounts."""
        form = gathered(part)
        found, hurried = self._solved(form.part, form.inward(first), effort.in_form(form.outward))
        # Multipliers speak of rows, of which the other form has fewer.
        return form.outward(found if form.part is part else replace(found, multipliers=())), hurried

    def _solved(self, part: Part, first: Solution | None, effort: Effort) -> tuple[Solution, bool]:
        """Relaxations, then CP-SAT; a tiny part is tried, one with choices attempted by CP-SAT before, a long one planned before."""
        if is_long_in(part, self.days, self.methods):
            return self._through_windows(part, first, effort)
        early, tries = False, Tries(effort, first, Exchanges(part))
        if Method.LP in self.methods:
            begun, early = self._begun(part, tries)
            if begun is not None and begun.decided:
                return begun, early
            if begun is not None and begun.x is not None:
                tries.best, tries.again = begun if first is None else joined(first, begun), True
        start, hurried = self._relaxed(part, tries)
        return self._one(part, start, tries), early or hurried

    def _through_windows(self, part: Part, known: Solution | None, effort: Effort) -> tuple[Solution, bool]:
        """A long part: a first plan, then windows in nearly all of the time; few people are attempted by CP-SAT before."""
        people = Exchanges(part)
        if is_short(part):
            tried = attempt(part, effort.share(2), first=known, people=people)
            known = tried if tried.decided or tried.x is not None else known
        first, early = (known, False) if known is not None else _planned(part, self.days, self.methods, effort)
        if first.decided:
            return first, early
        if effort.tell is not None and first.x is not None:
            effort.tell(first)
        tries = Tries(effort, first, people)
        start, hurried = self._relaxed(part, tries)
        return self._one(part, start, tries), early or hurried

    def _begun(self, part: Part, tries: Tries) -> tuple[Solution | None, bool]:
        """What comes before relaxations, CP-SAT for a part that suits it or a look at a large one; and whether the clock ended it."""
        effort, first = tries.effort, tries.best
        if is_small(part) and (tried := best_by_trying(part)) is not None:
            return tried, False
        if not suits_cpsat(part, self.days.count):
            doubtful = part.num_columns > MOST_TRUSTED and first is None
            return (_shown(part, self.days, effort) if doubtful else None), False
        over_cells, hurried = _over_cells(part, self.days, effort.share(2)) if len(part.cells) == part.num_columns else (None, False)
        settled = over_cells is not None and over_cells.status in (Status.OPTIMAL, Status.INFEASIBLE)
        return (over_cells if settled else attempt(part, effort, people=tries.people)), hurried

    def _one(self, part: Part, start: ColumnResult | None, tries: Tries) -> Solution:
        """CP-SAT for one part, unless it is decided or a sum shows that it has no plan: where a relaxation says so, or nobody looked."""
        effort, first = tries.effort, tries.best
        doubtful = first is None if start is None else start.impossible
        shown = first if first is not None and first.decided else _shown(part, self.days, effort) if doubtful else None
        if shown is None and self.again and start is not None and start.late:
            if first is None and start.x is None:
                return _any_plan(part, self.days, effort)
            effort = effort.within(0)
        found = shown or search(part, effort, start, first, again=tries.again, people=tries.people)
        return found if start is None else replace(found, multipliers=start.multipliers)

    def alone(self) -> Iterator[Task]:
        """The same work, part by part."""
        each = zip(self.parts, self.first, strict=True)
        return (SearchTask((part,), self.days, self.methods, (first,), self.again) for part, first in each)

    def _relaxed(self, part: Part, tries: Tries) -> tuple[ColumnResult | None, bool]:
        """What linear relaxations say, in nearly all of the time once a plan is known, in half before; nothing where that is too short.

        Where their branch and bound takes long CP-SAT has a turn.
        """
        effort, first = tries.effort, tries.best
        if Method.LP not in self.methods or effort.over:
            return None, False
        from giliran.engine.columns.relaxation import solve_columns, wants_columns  # loads scipy

        if not wants_columns(part):
            return None, False
        long = is_long_in(part, self.days, self.methods)
        deadline = planned = None
        if effort.seconds is not None and effort.deadline is not None:
            planned = effort.deadline - effort.seconds / (LEFT_WHEN_LONG if long else LEFT_WITH_PLAN)
            deadline = planned if first is not None and first.x is not None else effort.deadline - effort.seconds / 2
        people, day = np.divmod(part.cells, self.days.count)
        start = solve_columns(
            part,
            people,
            day,
            self.days.week,
            deadline=deadline,
            planned=planned,
            cancel=effort.halt,
            aggregation=Method.AGGREGATION in self.methods,
            patterns=Method.PATTERNS in self.methods,
            plan=first.x if first is not None and long else None,
            patience=() if long else patience(part),
            other=None if long else tries.turn,
            tell=None if effort.tell is None else lambda said: _tell(effort, said),
            spare=effort.spare if long else None,
        )
        return start, start.hurried


def _tell(effort: Effort, said: ColumnResult) -> None:
    """Tell whoever follows what relaxations have come to."""
    if effort.tell is not None and said.x is not None and said.values is not None:
        effort.tell(planned(said.x, said.values, said.bounds, time.monotonic()))


@dataclass(frozen=True)
class FirstTask:
    """Find any plan of some parts, where time is too short for everything else: in half of it over cells, in half of the rest by CP-SAT.

    Parameters
    ----------
    parts
        Parts that travel together.
    days
        The days of their cells.
    methods
        What is tried besides CP-SAT.
    again
        Whether linear programs gave no plan before: CP-SAT has all of the time.
    """

    parts: tuple[Part, ...]
    days: Days
    methods: frozenset[Method]
    again: bool = False
    quick: ClassVar[bool] = False

    def run(self, effort: Effort) -> Done:
        """Do it."""
        each = enumerate(zip(self.parts, range(len(self.parts), 0, -1), strict=True))
        found = [self._found(part, effort.share(left).about(k)) for k, (part, left) in each]
        return Done(tuple(plan for plan, _ in found), any(hurried for _, hurried in found))

    def _found(self, part: Part, effort: Effort) -> tuple[Solution, bool]:
        return (_any_plan(part, self.days, effort), False) if self.again else _planned(part, self.days, self.methods, effort, 2)

    def alone(self) -> Iterator[Task]:
        """The same work, part by part."""
        return (FirstTask((part,), self.days, self.methods, self.again) for part in self.parts)


Task = FlowTask | FirstTask | SearchTask


def flow_jobs(parts: Sequence[Part], open_: list[int], methods: frozenset[Method]) -> list[list[int]]:
    """Which of the open parts are tried as flows together, by their index."""
    return flow_batches(parts, open_) if Method.FLOW in methods else []


def search_jobs(parts: Sequence[Part], open_: list[int], methods: frozenset[Method]) -> list[list[int]]:
    """Which of the open parts travel together: tiny ones, which are solved in less time than it takes to hand them over."""
    tiny = [p for p in open_ if Method.LP in methods and is_small(parts[p])]
    together = (tiny[k : k + TRIED_TOGETHER] for k in range(0, len(tiny), TRIED_TOGETHER))
    return [*together, *([p] for p in sorted(set(open_) - set(tiny)))]


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


def _planned(part: Part, days: Days, methods: frozenset[Method], effort: Effort, thrift: int = 1) -> tuple[Solution, bool]:
    """Any plan of a part, that of a linear program over cells or else what CP-SAT finds, and whether the clock ended the former.

    CP-SAT takes one in `thrift` of the seconds that are left.
    """
    if Method.LP in methods and is_small(part) and (tried := best_by_trying(part)) is not None:
        return tried, False

    def soon() -> Ints | None:
        found = first_plan(part, effort.share(2 * thrift), SOON)
        if effort.tell is not None and found.x is not None:
            effort.tell(found)
        return found.x

    over_cells, hurried = _over_cells(part, days, effort.share(2), soon) if Method.LP in methods else (None, False)
    return over_cells or _any_plan(part, days, effort.share(thrift)), hurried


def _any_plan(part: Part, days: Days, effort: Effort) -> Solution:
    """Any plan of a part that CP-SAT finds, or that there is none."""
    found = first_plan(part, effort, QUICK)
    return (_shown(part, days, effort) or first_plan(part, effort)) if found.status is Status.UNKNOWN else found


def _over_cells(part: Part, days: Days, effort: Effort, other: Callable[[], Ints | None] | None = None) -> tuple[Solution | None, bool]:
    """A plan by linear programs over cells (by `other` if the first give none), that there is none, or None; and if the clock ended it."""
    from giliran.engine.columns.relaxation import plan_over_cells, wants_columns  # loads scipy

    if not wants_columns(part) or effort.over:
        return None, False
    begin = time.monotonic()
    people, day = np.divmod(part.cells, days.count)
    found = plan_over_cells(part, people, day, days.week, deadline=effort.deadline, cancel=effort.halt, other=other)
    if found.x is None or found.values is None:
        return (_shown(part, days, effort) if found.impossible else None), found.hurried
    return replace(planned(found.x, found.values, found.bounds, begin), multipliers=found.multipliers), found.hurried

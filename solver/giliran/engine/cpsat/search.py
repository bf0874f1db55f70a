"""Search for one part: tier after tier, each as good as it can be without worsening those before."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from giliran.domain.status import Status
from giliran.engine.base.part import Part
from giliran.engine.base.solution import Solution, conditional_on, without_plan
from giliran.engine.base.tiers import spans_of
from giliran.engine.cpsat.call import Answer, Configuration, Effort, Heard, Running, call
from giliran.engine.cpsat.encoding import Encoding
from giliran.engine.cpsat.symmetry import Exchanges
from giliran.engine.cpsat.told import Told
from giliran.errors import InternalError
from giliran.program import Ints

if TYPE_CHECKING:
    from giliran.engine.columns.relaxation import ColumnResult

FIRST = Configuration()
"""How a single tier is searched."""

WORK_TOGETHER = 0.2
"""Deterministic time for several tiers together in a part of `USUAL_COLUMNS`, ten times what succeeds; grows with the square of columns."""

USUAL_COLUMNS = 700
"""Columns of a part of 150 people × 5 days."""

ATTEMPT = Configuration(work=0.2)
"""How each tier is attempted before relaxations. `instances/situations/weekly-teams`, 459 columns of teams to be formed: 0.05 s where
patterns and their branch and bound took 5.5 s; where it does not succeed some tenths of a second are lost."""

TURNS = (Configuration(work=4.0), Configuration(work=16.0))
"""How each tier is searched the first and the second time that branch and bound takes long. Sixty caps and floors over 24 people and two
weeks take 0.8 CPU seconds."""

QUICK = Configuration(work=0.1)
"""How a first plan is looked for before anybody asks whether there is one: 3,300 columns with sequences need half of it; where it does not
do 0.2 s are lost."""

SOON = Configuration(work=0.5)
"""The same where linear programs have just given none, and others of theirs may: 140 people over a quarter with shortest runs need 0.2."""

SECOND = Configuration(linearization_level=1, presolve=False, work=20.0)
"""How a verdict of infeasibility is confirmed: false ones exist in 9.15 (or-tools #5274)."""


def first_plan(part: Part, effort: Effort, configuration: Configuration = FIRST) -> Solution:
    """Any plan of one part: it comes ten times sooner than a good one. Nothing is proven about its costs.

    Raises
    ------
    InternalError
        If two configurations of the solver disagree about whether there is a plan.
    """
    begin = time.monotonic()
    if part.broken:
        return without_plan(Status.INFEASIBLE, limited=False, begin=begin)
    state = _TierSearch(part, effort, people=Exchanges(part, ()))  # any order will do
    verdict = state.plan(configuration)
    return _solution(state, verdict if state.x is None else Status.FEASIBLE, begin)


def attempt(
    part: Part,
    effort: Effort,
    configuration: Configuration = ATTEMPT,
    start: ColumnResult | None = None,
    first: Solution | None = None,
    *,
    again: bool = False,
    people: Exchanges | None = None,
) -> Solution:
    """What CP-SAT finds and proves about one part with little work, from what relaxations and a search before say about it.

    Parameters
    ----------
    part, effort, start, first
        As in `search`.
    configuration
        How much work each tier may take.
    again
        Whether CP-SAT has tried before: then tiers are not minimised together, where that would have been enough.
    people
        Its people who can change places, where other searches of the part ask too.

    Raises
    ------
    InternalError
        As in `search`.
    """
    begin = time.monotonic()
    state = _TierSearch(part, effort, configuration, again=again, people=people)
    state.take_over(start, first)
    return _solution(state, state.run(), begin)


def search(
    part: Part,
    effort: Effort,
    start: ColumnResult | None = None,
    first: Solution | None = None,
    *,
    again: bool = False,
    people: Exchanges | None = None,
) -> Solution:
    """Plan one part.

    Parameters
    ----------
    part, effort
        The part, and what it may spend.
    start
        What relaxations say about it: a plan to begin with, and bounds. Where they prove everything nothing is searched.
    first
        A plan to begin with where relaxations give none.
    again, people
        As in `attempt`.

    Raises
    ------
    InternalError
        If the solver contradicts itself: two configurations disagree about whether there is a plan, or a plan breaks a row.
    """
    begin = time.monotonic()
    if part.broken:
        return without_plan(Status.INFEASIBLE, limited=False, begin=begin)
    state = _TierSearch(part, effort, again=again, people=people)
    state.take_over(start, first)
    if state.x is None and effort.deadline is not None:
        verdict = state.plan()  # while there is time
        if state.x is None:
            return _solution(state, verdict, begin)
    return _solution(state, state.run(), begin)


def settled(part: Part, found: Solution, effort: Effort) -> Solution | None:
    """What is known of a part that is still searched, with the best choices for its places: whoever counts the plan counts these.

    None where that takes longer than it may.
    """
    if found.x is None or not part.choices_cost:
        return found
    state = _TierSearch(part, effort)
    state.x, state.values = found.x, found.values
    if not state.settle_choices(effort):
        return None
    return replace(found, x=state.x, values=state.values, conditional=conditional_on(state.values, found.bounds))


def _solution(state: _TierSearch, verdict: Status, begin: float) -> Solution:
    if state.x is None:
        return without_plan(verdict, limited=state.effort.limited, begin=begin)
    if verdict is not Status.OPTIMAL:
        state.settle_choices()
    if np.array_equal(state.values, state.bounds):
        verdict, state.limited = Status.OPTIMAL, False
    conditional = conditional_on(state.values, state.bounds)
    return Solution(verdict, state.x, state.values, state.bounds, conditional, state.limited, time.monotonic() - begin)


class _OverError(Exception):
    """There is no time for what was begun: models of large parts take seconds to be written."""


class _TierSearch:
    """The state of a search: the best plan so far, and what is proven about each tier."""

    def __init__(
        self, part: Part, effort: Effort, single: Configuration = FIRST, *, again: bool = False, people: Exchanges | None = None
    ) -> None:
        self.part = part
        self.effort = effort
        self.single = single
        self.again = again
        self.people = people or Exchanges(part)
        self.spans = spans_of(part)
        self.x: Ints | None = None
        self.values = self.spans.least.copy()
        self.bounds = self.spans.least.copy()
        self.limited = False

    def take_over(self, start: ColumnResult | None, first: Solution | None) -> None:
        """Take over the better of two plans, and bounds."""
        if start is not None:
            self._begin(start)
        if first is None or first.x is None:
            return
        self.bounds = np.maximum(self.bounds, first.bounds)
        if self.x is None or tuple(first.values) < tuple(self.values):
            self.x, self.values = first.x, first.values.copy()

    def _begin(self, start: ColumnResult) -> None:
        # What branch and bound rules out of the columns that exact reduced costs leave is taken as CP-SAT's word is: a certificate does
        # not count it.
        self.bounds = np.maximum(self.bounds, start.claimed)
        if start.x is None or start.values is None:
            return
        if not self.part.kept(start.x) or not np.array_equal(self.part.values(start.x), start.values):
            raise InternalError("a relaxation gave a plan that breaks a row or does not cost what it says")
        self.x, self.values = start.x, start.values.copy()

    @cached_property
    def encoding(self) -> Encoding:
        """The part for CP-SAT; made when something is left to search."""
        encoding = Encoding(self.part, self.spans.unit, self._look)
        encoding.put_in_order(self.people.found(self._look))
        return encoding

    def _look(self) -> None:
        if self.effort.over:
            raise _OverError

    def plan(self, configuration: Configuration = FIRST) -> Status:
        """Find any plan; the verdict about that."""
        try:
            verdict = self._minimise((), configuration)
        except _OverError:
            verdict = Status.UNKNOWN
        self.limited = verdict is Status.UNKNOWN
        return verdict

    def settle_choices(self, effort: Effort | None = None) -> bool:
        """Give what is chosen besides places its best values: places alone are a plan, and whoever counts it counts the best choices.

        Takes no notice of the effort of the search: with all places fixed there is little left, and nothing where choices cost nothing
        themselves. Where this may take no longer than some effort itself, it says whether it came to an end.
        """
        cells = len(self.part.cells)
        if self.x is None or cells == self.part.num_columns or not self.part.choices_cost:
            return True
        lo, hi = self.part.lo.copy(), self.part.hi.copy()
        lo[:cells] = hi[:cells] = self.x[:cells]
        rest = _TierSearch(replace(self.part, lo=lo, hi=hi), effort or Effort(None, None, self.effort.seed, Running()))
        rest.x, rest.values = self.x, self.values
        verdict = rest.run()
        self.x, self.values = rest.x, rest.values
        return verdict is Status.OPTIMAL

    def run(self) -> Status:
        """Minimise tier after tier; the verdict over all of them."""
        try:
            return self._climb()
        except _OverError:
            self.limited = self.effort.limited
            return Status.UNKNOWN if self.x is None else Status.FEASIBLE

    def _climb(self) -> Status:
        known = self._known()
        if known == len(self.bounds):
            return Status.OPTIMAL
        for tier in range(known):
            self.encoding.open_tier(tier)
            self._prove((tier,))
        groups = [left for group in self.spans.groups() if (left := tuple(tier for tier in group if tier >= known))] or [()]
        for group in groups:
            verdict = self._together(group) if len(group) > 1 else self._minimise(group, self.single)
            if verdict is not Status.OPTIMAL:
                self.limited = self.effort.limited
                return verdict if self.x is None else Status.FEASIBLE
        return Status.OPTIMAL

    def _known(self) -> int:
        """How many of the first tiers are proven already."""
        if self.x is None:
            return 0
        open_ = np.flatnonzero(self.values != self.bounds)
        return int(open_[0]) if len(open_) else len(self.bounds)

    def _goal(self, group: tuple[int, ...]) -> int | None:
        """The bound of a tier that is minimised alone, in units; None where nobody has proven any."""
        if len(group) != 1 or self.bounds[group[0]] <= self.spans.least[group[0]]:
            return None
        return -(-int(self.bounds[group[0]]) // int(self.spans.unit[group[0]]))

    def _together(self, group: tuple[int, ...]) -> Status:
        """Minimise several tiers at once; where that takes too much work, one by one."""
        work = WORK_TOGETHER * max(1.0, (self.part.num_columns / USUAL_COLUMNS) ** 2)
        work = work if self.single.work is None else min(work, self.single.work)
        verdict = Status.UNKNOWN if self.again else self._minimise(group, Configuration(work=work))
        if verdict in (Status.OPTIMAL, Status.INFEASIBLE):
            return verdict
        for tier in group:
            verdict = self._minimise((tier,), self.single)
            if verdict is not Status.OPTIMAL:
                return verdict
        return Status.OPTIMAL

    def _minimise(self, group: tuple[int, ...], configuration: Configuration) -> Status:
        for tier in group:
            self.encoding.open_tier(tier)
        while self.x is not None and group and self.values[group[0]] == self.bounds[group[0]]:
            self._prove(group[:1])
            group = group[1:]
        if self.x is not None and not group:
            return Status.OPTIMAL
        weights = self.spans.weights(group)
        if weights:
            self.encoding.minimise(weights)
        if self.x is not None:
            self.encoding.hint(self.x)
        heard = self._heard(group, weights) if self.effort.tell is not None else None
        answer = call(self.encoding.model, self.effort, replace(configuration, goal=self._goal(group), heard=heard))
        if answer.status is Status.INFEASIBLE:
            if self.x is None:
                return self._confirm()
            answer = self._second_try()
        self._take(answer, group, weights)
        met = self.x is not None and all(self.values[tier] == self.bounds[tier] for tier in group)
        if answer.status is Status.OPTIMAL or (met and group):
            self._prove(group)
            return Status.OPTIMAL
        return answer.status

    def _confirm(self) -> Status:
        """What integers say about a part that one configuration called infeasible, or else a second one."""
        from giliran.engine.columns.elastic import impossible_sum  # loads scipy

        if impossible_sum(self.part, np.arange(len(self.part.cells)), self.effort) is not None:
            return Status.INFEASIBLE
        plain = Encoding(self.part, self.spans.unit, self._look)
        answer = call(plain.model, self.effort, SECOND)
        if answer.x is not None:
            raise InternalError("one configuration of CP-SAT finds a plan where another calls the part infeasible")
        return answer.status

    def _second_try(self) -> Answer:
        """A tier is never infeasible, because the plan before it keeps every row."""
        answer = call(self.encoding.model, self.effort, SECOND)
        if answer.status is Status.INFEASIBLE:
            raise InternalError("CP-SAT calls a part infeasible although it has given a plan for it")
        return answer

    def _take(self, answer: Answer, group: tuple[int, ...], weights: dict[int, int]) -> None:
        """Keep the better of two plans, and what was proven about the first tier of the group."""
        if answer.x is not None:
            x = answer.x[: self.part.num_columns]
            if not self.part.kept(x):
                raise InternalError("CP-SAT gave a plan that breaks a row")
            values = self.part.values(x)
            total = sum(weight * int(values[tier] // self.spans.unit[tier]) for tier, weight in weights.items())
            if answer.bound is not None and total < answer.bound:
                raise InternalError(f"CP-SAT gave a plan that costs {total}, and {answer.bound} as a lower bound")
            if self.x is None or tuple(values) < tuple(self.values):
                self.x, self.values = x, values
        if answer.bound is not None and group:
            self.bounds[group[0]] = max(int(self.bounds[group[0]]), self._first_bound(answer.bound, group, weights))

    def _first_bound(self, bound: int, group: tuple[int, ...], weights: dict[int, int]) -> int:
        """What a bound of the weighted tiers of a group proves about the first of them."""
        first, rest = group[0], group[1:]
        later = sum(weights[tier] * int(self.spans.most[tier] // self.spans.unit[tier]) for tier in rest)
        return -((later - bound) // weights[first]) * int(self.spans.unit[first])

    def _heard(self, group: tuple[int, ...], weights: dict[int, int]) -> Heard:
        """Tells whoever follows what one call finds on its way; the state of the search learns it from the answer, as without."""
        told = Told(self.part, self.x, self.values, self.bounds)

        def heard(x: Ints | None, bound: int | None) -> None:
            if x is not None:
                told.offer(x[: self.part.num_columns])
            if bound is not None and group:
                told.raise_bound(group[0], self._first_bound(bound, group, weights))
            if told.x is not None and self.effort.tell is not None:
                self.effort.tell(told.solution())

        return heard

    def _prove(self, tiers: tuple[int, ...]) -> None:
        for tier in tiers:
            self.bounds[tier] = self.values[tier]
            self.encoding.hold(tier, int(self.values[tier] // self.spans.unit[tier]))

"""The way through the tiers: a linear program, what it proves in whole numbers, and the face for the next one.

A tier is held at its bound before anybody knows a plan that meets it. If no plan does, branch and bound finds what can be met, and the
tiers after it are done again.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import takewhile

import numpy as np
from scipy import sparse

from giliran.engine.base.budget import Budget
from giliran.engine.base.part import Part
from giliran.engine.base.tiers import Spans
from giliran.engine.columns.aggregation import aggregate
from giliran.engine.columns.branching import none_below
from giliran.engine.columns.companion import Companion
from giliran.engine.columns.echoes import with_echoes
from giliran.engine.columns.equitable import LEAST_COLUMNS, relax_alike
from giliran.engine.columns.face import OptimalFace, Price
from giliran.engine.columns.generation import bounded_by_paths
from giliran.engine.columns.graphs import with_graphs
from giliran.engine.columns.highs import Relaxed, Verdict, Whole
from giliran.engine.columns.listing import listing_of
from giliran.engine.columns.patterns import MOST_TOGETHER, TooManyPatternsError, blocks_of, cut_eras
from giliran.engine.columns.pricing import relax_choices
from giliran.engine.columns.settling import settle
from giliran.engine.columns.statements import opened, statements_of
from giliran.engine.columns.steps import Begin, Grain, State, Step, best_price, carried, listed_step
from giliran.engine.columns.turns import Turns
from giliran.engine.columns.windows import is_long
from giliran.program import Ints

MOST_RANGE = 10**13
"""Tiers share a linear program while the range of their cost stays below: floats must tell its units apart."""

MOST_RETURNS = 8
"""How often tiers are done again because no plan met a bound."""


@dataclass
class TierSequence:
    """The state of the work on a part.

    Parameters
    ----------
    part
    people, week
        Of each cell column of the part : int64[m].
    budget
    aggregation
        Whether interchangeable people are counted.
    patterns
        Whether to go from cells to patterns.
    search
        Whether branch and bound looks for plans where linear programs give none.
    turns
        When another method tries.
    companion
        Searches beside, where a worker is idle.
    begin
        Where to begin, None with all plans of the part.

    Attributes
    ----------
    spans
        What each tier can cost at all.
    steps
        Tiers bounded so far.
    unmet
        A step after these whose bound is known, and no plan that would say what to hold.
    x, values
        The best plan so far and its cost : int64[n], int64[T].
    hurried
        Whether the clock ended something that would have gone on, so that a faster machine might find another plan.
    impossible
        Whether the linear program over cells has no solution: then nothing else is tried.
    long
        Whether somebody has too many weeks for patterns of whole horizons: then state graphs are used, and tiers are not done again.
    """

    part: Part
    people: Ints
    week: Ints
    budget: Budget
    aggregation: bool = True
    patterns: bool = True
    search: bool = True
    turns: Turns = field(default_factory=Turns)
    companion: Companion = field(default_factory=Companion)
    begin: Begin | None = None
    spans: Spans = field(init=False)
    steps: list[Step] = field(default_factory=list)
    unmet: Step | None = field(default=None, init=False)
    x: Ints | None = None
    values: Ints | None = None
    hurried: bool = False
    impossible: bool = False
    long: bool = field(init=False)
    _alike: bool = field(default=True, init=False)
    _turning: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.begin = self.begin or Begin.with_all(self.part)
        self.spans = self.begin.spans
        self._turning = set(self.part.rows.tier[self.part.switches].tolist())
        self.long = self.patterns and is_long(self.part, self.people, self.week)

    def run(self) -> None:
        """Bound the tiers, and look for a plan that meets the bounds."""
        self.bound_all()
        for _ in range(0 if self.long else MOST_RETURNS):
            if self.impossible or self._over or self._met() or not self._repair():
                break
        self.hurried |= self.budget.over

    def bound_all(self) -> None:
        """Bound the tiers; plans that linear programs give on the way are kept."""
        if self.over_cells():
            self.bound(self._last(), self._groups()[len(self._plain()) :])

    def over_cells(self) -> bool:
        """Bound the tiers before the first that needs patterns; whether that is done, and nothing rules out all plans."""
        groups = self._plain()
        if not groups and self.x is None:  # whether there is any plan is asked before patterns or branch and bound begin
            face = self._last().face
            relaxed = relax_choices(face, np.zeros(face.num_columns, dtype=np.int64), np.zeros(len(face.origin)), None, self.budget)
            self.impossible = relaxed.verdict is Verdict.IMPOSSIBLE
        if not self.impossible:
            self.bound(self._last(), [*groups])
        return not self.impossible and {tier for group in groups for tier in group}.isdisjoint(self.open_tiers())

    def _plain(self) -> list[tuple[int, ...]]:
        """The groups before the first with switches."""
        return list(takewhile(self._turning.isdisjoint, self._groups()))

    def _groups(self) -> list[tuple[int, ...]]:
        """Tiers to be bounded together: switches need patterns and begin anew."""
        return self.spans.groups(MOST_RANGE, self._turning)

    def _met(self) -> bool:
        """Whether the best plan costs what all tiers are held at."""
        return self.values is not None and not self.open_tiers() and all(self.meets(step) for step in self.steps)

    def meets(self, step: Step) -> bool:
        """Whether the best plan costs what a step is held at."""
        return self.values is not None and [int(self.values[tier]) for tier in step.group] == self.spans.in_tiers(step.weights, step.held)

    def bound(self, state: State, groups: list[tuple[int, ...]]) -> None:
        """Bound group after group from a face on, as far as it goes."""
        while groups and not self._over:
            self.unmet = None
            step = self._step(state, groups[0])
            if step is None:
                return
            if len(groups[0]) > 1 and not self._closed(step):
                groups[:1] = [(tier,) for tier in groups[0]]
                continue
            self.steps.append(step)
            groups = groups[1:]
            state = step.after() if groups else state

    def _step(self, before: State, group: tuple[int, ...], looser: Step | None = None) -> Step | None:
        """Bound some tiers over cells, and where that leaves a gap over patterns, finer than those tried; None where nothing is solved."""
        best: Step | None = None
        bounds: list[int] = []
        tried = Grain.CELLS - 1 if looser is None else looser.state.grain
        for grain in (finer for finer in self._grains(before, group) if finer > tried):
            if self._over or (grain is Grain.PEOPLE and not self._before_people(bounds)):
                return None
            state = self._opened(before, group, grain)
            if self._over:
                return None
            step = self._try(before, state, group, best or looser)
            if self.impossible:
                return None
            bounds += () if step is None else (step.proven,)
            if step is not None and (best is None or step.proven >= best.proven):
                best = step
            if best is not None and self._closed(best):
                return best
        if best is None or len(group) > 1 or not self.search or self._over:
            return best
        found, met = self._searched(best)
        met &= not self.long or found.claimed >= found.held  # else windows may find better ones
        self.unmet = None if met else replace(found, held=found.claimed)
        return found if met else None

    def _closed(self, step: Step) -> bool:
        """Whether finer grains have no more to say: rounding lost nothing, and in a long part a plan meets the bound, or is found now."""
        if step.priced.gap or not self.long or self.meets(step):
            return step.priced.gap == 0
        if self.search and step.state.grain is Grain.CELLS:
            near = step.near(0)
            self.offer(near, self.whole(near, near.cost[-1]).z)
        return self.meets(step)

    def _before_people(self, bounds: list[int]) -> bool:
        """Others look before patterns of people; where weeks say no more than cells of a part with choices they have a turn."""
        vain = self.part.num_columns > len(self.part.cells) and len(bounds) > 1 and bounds[-1] <= bounds[0]
        return self.turns.ask is None or self._others_turn(early=not vain)

    def _grains(self, before: State, group: tuple[int, ...]) -> list[Grain]:
        """What to try one after the other: switches begin with the finest, several tiers stay over cells, which leave most plans open."""
        if before.grain is not Grain.CELLS or not self.patterns or (len(group) > 1 and not self.long):
            return [before.grain]
        several = bool(np.diff(self.week)[np.diff(self.people) == 0].any())
        grains = [Grain.WEEKS, Grain.PEOPLE][: 1 + several] if not self.long else [Grain.PATHS]
        return [Grain.CELLS, *grains] if self._turning.isdisjoint(group) else grains[-1:]

    def _opened(self, state: State, group: tuple[int, ...], grain: Grain) -> State:
        """The face with the costs of some tiers, or over patterns with those of all that are left."""
        face = state.face
        if state.grain is not Grain.CELLS:
            return state
        if grain is Grain.CELLS:
            for statements in statements_of(self.part, group):
                face = opened(face, self.part, statements.over(face))
            return State(settle(face), grain)
        costly = statements_of(self.part, tuple(k for k in self.spans.active() if k >= group[0]))
        if grain is Grain.PATHS:
            return State(settle(with_graphs(face, self.part, self.people, [statements.over(face) for statements in costly])), grain)
        era = self.week if grain is Grain.WEEKS else np.zeros_like(self.week)
        while True:
            wide, blocks = with_echoes(face, blocks_of(face, self.part, self.people, era))
            most, pressed = self.turns.most_patterns(self.budget, echoed=wide is not face)
            try:
                listing = listing_of(wide, self.part, blocks, [statements.over(wide) for statements in costly], most, self._go_on)
                if listing.long and not (self.aggregation and self._alike):
                    return State(listing.face, grain, listing)
                patterned = listing.over(listing.table, self._go_on)
                if self.budget.over:
                    return state  # whoever asked looks at the clock, too
                settled = settle(patterned)
                return State(aggregate(settled) if self.aggregation and not self.budget.over else settled, grain)
            except TooManyPatternsError as error:
                self.hurried |= not pressed and most < MOST_TOGETHER
                if pressed and wide is not face and self._others_turn():
                    continue
                if self._over:
                    return state
                era = cut_eras(era, self.people, self.week, np.unique(sparse.csc_array(wide.place)[:, error.columns].indices))

    def _go_on(self) -> None:
        """Leave patterns when the time is over."""
        if self.budget.over:
            raise TooManyPatternsError(np.zeros(0, dtype=np.int64))

    def _try(self, before: State, state: State, group: tuple[int, ...], looser: Step | None) -> Step | None:
        """The linear program of a face, and what its multipliers prove; None where it is not solved."""
        if state.listing is not None:
            step, answer, few = listed_step(before, state.listing, self.spans, group, looser, self.x, self.budget)
            self.offer(few, answer.integral(few))
            return step
        face, unit = state.face, self.spans.unit
        weights = {tier: self.spans.weights(group)[tier] for tier in group}
        cost = np.zeros(face.num_columns, dtype=np.int64)
        for tier, weight in weights.items():
            cost += weight * (face.cost[tier] // unit[tier])
        constant = self.spans.weighed(weights, face.constant)

        def made(priced: Price) -> Step:
            return Step(weights, before, state, cost, constant, priced, priced.bound + constant)

        if face.graph is not None:
            met = self.values if all(self.meets(step) for step in self.steps) else None
            goal = None if met is None else self.spans.weighed(weights, met) - constant
            answer, priced, ended = bounded_by_paths(face, cost, goal, self.budget)
            self.offer(face, answer.integral(face))
            self.hurried |= ended
            return None if priced is None else made(priced)
        y = carried(looser, face)
        if self.aggregation and self._alike and face.num_columns >= LEAST_COLUMNS:
            relaxed = relax_alike(face, cost, self.people, y, self.budget)
            # Where too few people are alike over cells there are no more of them over patterns.
            self._alike = relaxed is not None
            if self._without_solution(relaxed, state):
                return None
            priced = self._proved(face, cost, relaxed)
            # Sums of cells are dealt to a plan at once or never; patterns of people with several weeks are left to branch and bound.
            if priced is not None and (self.meets(step := made(priced)) or state.grain is not Grain.CELLS):
                return step
        relaxed = relax_choices(face, cost, y, self.x, self.budget)
        priced = None if self._without_solution(relaxed, state) else self._proved(face, cost, relaxed)
        return None if priced is None else made(priced)

    def _without_solution(self, relaxed: Relaxed | None, state: State) -> bool:
        """Whether all plans are ruled out by a linear program over cells, with no tier held yet."""
        if relaxed is not None and relaxed.verdict is Verdict.IMPOSSIBLE and state.grain is Grain.CELLS and not self.steps:
            self.impossible = True
        return self.impossible

    def _proved(self, face: OptimalFace, cost: Ints, relaxed: Relaxed | None) -> Price | None:
        """What a linear program proves, after its plan is offered; None where it is not solved."""
        if relaxed is None or relaxed.verdict is not Verdict.SOLVED:
            return None
        self.offer(face, relaxed.integral(face))
        return best_price(face, cost, relaxed)

    def _searched(self, step: Step) -> tuple[Step, bool]:
        """The step held at what branch and bound can meet, and whether that is anything; what it rules out stays with the step.

        Plans near the bound are searched first: reduced costs close most columns to them.
        """
        for slack, near in step.nearest():
            with self.companion.joining(step, slack, self.budget):
                whole = self._beside(step, near, slack) or self.whole(near, near.cost[-1])
            if whole.verdict is Verdict.OPEN and (found := self.companion.answer(step)) is not None:
                near, slack, whole, self.hurried = *found, True
            step = step.searched(near, slack, whole)
            if whole.z is not None and self.offer(near, whole.z):
                self.companion.end()
                met = int(near.cost[-1] @ whole.z + near.constant[-1]) + step.constant
                return self.raised(replace(step, held=max(met, step.proven))), True
            if whole.verdict is not Verdict.IMPOSSIBLE or self.companion.goes_on(step, slack, self.budget):
                break
        return step, False

    def _beside(self, step: Step, near: OptimalFace, slack: int | None) -> Whole | None:
        """What a companion says, which is left alone with it once a worker is idle; None where it does not begin."""
        whole = self.companion.waited(step, near, slack, self.budget, self.turns.ours(near, self.budget))
        self.hurried |= whole is not None and whole.verdict is Verdict.OPEN
        return whole

    def whole(self, face: OptimalFace, cost: Ints) -> Whole:
        """Search a face in whole numbers."""
        if self._over:
            return Whole(Verdict.OPEN)
        whole, ended = self.turns.search(face, cost, self.companion.before(self.budget))
        self.hurried |= ended
        if self.turns.left <= 0 and whole.verdict is Verdict.OPEN:
            self._others_turn()
        return whole

    def _others_turn(self, *, early: bool = False) -> bool:
        """Let another method try, or end the work; whether it goes on."""
        if (x := self.turns.look() if early else self.turns.others()) is not None:
            self.keep(x)
        return not self._over

    @property
    def _over(self) -> bool:
        return self.turns.settled or self.budget.over

    def raised(self, step: Step) -> Step:
        """The step with its bound at what is held, if branching proves that nothing lies between."""
        missing = step.held - step.proven
        if step.claimed < step.held or not missing or step.face.graph is not None:
            return step
        between, limit = step.near(missing - 1), step.held - step.constant
        return replace(step, raised=missing) if none_below(between, limit, self.budget) else step

    def _repair(self) -> bool:
        """Find a plan on the last face; if it has none, on the one before, and bound the tiers after it again. False if nothing helps."""
        if not self.open_tiers():
            face = self._last().face
            whole = self.whole(face, np.zeros(face.num_columns, dtype=np.int64))
            if (met := self.offer(face, whole.z) and self._met()) or whole.verdict is Verdict.OPEN:
                return met
        while self.steps and not self._over:
            self.unmet = last = self.steps.pop()
            if len(last.group) > 1:
                self.bound(last.before, [(tier,) for tier in self.open_tiers()])
                return True
            step, met = self._step(last.before, last.group, last), True
            if step is None:
                step, met = self._searched(last)
            if met:
                self.unmet = None
                self.steps.append(step)
                self.bound(step.after(), [(tier,) for tier in self.open_tiers()])
                return True
        return False

    def _last(self) -> State:
        """The plans that are still wanted."""
        assert self.begin is not None
        return self.steps[-1].after() if self.steps else self.begin.state

    def open_tiers(self) -> list[int]:
        """Tiers that no step has bounded yet."""
        done = {tier for step in self.steps for tier in step.group}
        return [tier for tier in self.spans.active() if tier not in done]

    def offer(self, face: OptimalFace, z: Ints | None) -> bool:
        """Keep a plan if it is the best so far; False if it is none."""
        x = None if z is None else face.values(z)
        if x is None or not self.part.kept(x):
            return False
        self.keep(x)
        return True

    def keep(self, x: Ints) -> None:
        """Remember a plan if it is the best so far."""
        values = self.part.values(x)
        if self.values is None or tuple(values) < tuple(self.values):
            self.x, self.values = x, values

"""The way through the tiers: a linear program, what it proves in whole numbers, and the face for the next one.

A tier is held at its bound before anybody knows a plan that meets it. If no plan does, branch and bound finds what can be met, and the
tiers after it are done again.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace

import numpy as np

from giliran.engine.columns.face import Face, Price, narrow, price, settle
from giliran.engine.columns.patterns import weeks_of, with_patterns
from giliran.engine.columns.relax import NEARLY, Relaxed, Verdict, relax, search_whole
from giliran.engine.columns.statements import face_of, opened, statements_of
from giliran.engine.part import Part
from giliran.engine.tiers import Spans, spans_of
from giliran.program import Ints

SCALES = (1, 2, 3, 4, 6, 12, 24, 60, 120, 720)
"""Denominators that multipliers are rounded to, until one proves what the linear program says."""

MOST_RANGE = 10**13
"""Tiers share a linear program while the range of their cost stays below: floats must tell its units apart."""

MOST_RETURNS = 8
"""How often tiers are done again because no plan met a bound."""


@dataclass(frozen=True)
class Budget:
    """When to end: at a deadline on the clock of `time.monotonic`, or when cancelled."""

    deadline: float | None
    cancel: threading.Event | None

    @property
    def seconds(self) -> float | None:
        """What is left, None without a deadline."""
        return None if self.deadline is None else max(self.deadline - time.monotonic(), 0.0)

    @property
    def over(self) -> bool:
        """Whether nothing may be begun any more."""
        return (self.cancel is not None and self.cancel.is_set()) or self.seconds == 0.0


@dataclass(frozen=True)
class State:
    """A face, and whether it stands over week patterns, which carry the costs of all tiers to come."""

    face: Face
    patterned: bool


@dataclass(frozen=True)
class Step:
    """Tiers that were bounded together.

    Parameters
    ----------
    group
        The tiers, most important first.
    weights
        What a unit of each weighs in the cost.
    before
        Where the step began.
    face, cost : Face, int64[n]
        The linear program.
    constant
        Cost of every plan of the face on top.
    priced
        What multipliers prove about it.
    held
        What the tiers after this step may cost here at most; at least what is proven.
    believed
        Whether branch and bound says that nothing below `held` exists.
    """

    group: tuple[int, ...]
    weights: dict[int, int]
    before: State
    state: State
    cost: Ints
    constant: int
    priced: Price
    held: int
    believed: bool

    @property
    def face(self) -> Face:
        """The linear program."""
        return self.state.face

    @property
    def proven(self) -> int:
        """The bound of the weighted cost."""
        return self.priced.bound + self.constant

    def after(self) -> State:
        """The plans that cost no more than is held; the costs of these tiers are done with."""
        left = narrow(self.face, self.cost, self.priced, self.held - self.constant)
        cost = left.cost.copy()
        cost[list(self.group)] = 0
        return State(settle(replace(left, cost=cost)), self.state.patterned)


@dataclass
class Climb:
    """The state of the work on a part.

    Parameters
    ----------
    part
    people, week
        Of each cell column of the part : int64[m].
    budget

    Attributes
    ----------
    spans
        What each tier can cost at all.
    steps
        Tiers bounded so far.
    x, values
        The best plan so far and its cost : int64[n], int64[T].
    """

    part: Part
    people: Ints
    week: Ints
    budget: Budget
    spans: Spans = field(init=False)
    steps: list[Step] = field(default_factory=list)
    x: Ints | None = None
    values: Ints | None = None

    def __post_init__(self) -> None:
        self.spans = spans_of(self.part)

    def run(self) -> None:
        """Bound the tiers, and look for a plan that meets the bounds."""
        self._bound(self._last(), self._groups())
        for _ in range(MOST_RETURNS):
            if self.budget.over or self._met() or not self._repair():
                return

    def in_tiers(self, step: Step, total: int) -> list[int]:
        """A weighted cost as costs of its tiers: digits, because a unit of each outweighs all after it."""
        unit, least = self.spans.unit, self.spans.least
        rest = total - sum(weight * int(least[tier] // unit[tier]) for tier, weight in step.weights.items())
        out = []
        for tier in step.group:
            weight = step.weights[tier]
            digit = min(rest // weight, self.spans.width(tier) - 1)
            out.append(int(least[tier] + digit * unit[tier]))
            rest -= digit * weight
        return out

    def _groups(self) -> list[tuple[int, ...]]:
        """Tiers to be bounded together: switches need patterns and begin anew."""
        groups: list[tuple[int, ...]] = []
        turning = set(self.part.switches.tier.tolist())
        product, last = MOST_RANGE + 1, False
        for tier in self.spans.active():
            product *= self.spans.width(tier)
            if product > MOST_RANGE or (tier in turning) != last:
                groups.append((tier,))
                product, last = self.spans.width(tier), tier in turning
            else:
                groups[-1] = (*groups[-1], tier)
        return groups

    def _met(self) -> bool:
        """Whether the best plan costs what all tiers are held at."""
        values = self.values
        if values is None or {tier for step in self.steps for tier in step.group} != set(self.spans.active()):
            return False
        return all([int(values[tier]) for tier in step.group] == self.in_tiers(step, step.held) for step in self.steps)

    def _bound(self, state: State, groups: list[tuple[int, ...]]) -> None:
        """Bound group after group from a face on, as far as it goes."""
        while groups and not self.budget.over:
            step = self._step(state, groups[0])
            if step is None:
                return
            if len(groups[0]) > 1 and step.held != step.priced.proven + step.constant:
                groups[:1] = [(tier,) for tier in groups[0]]
                continue
            self.steps.append(step)
            groups = groups[1:]
            state = step.after()

    def _step(self, before: State, group: tuple[int, ...]) -> Step | None:
        """Bound some tiers: over cells where that is tight, over patterns where not."""
        state = self._opened(before, group, patterns=bool(np.isin(self.part.switches.tier, group).any()))
        step = self._try(before, state, group)
        if step is not None and step.priced.gap and not state.patterned:
            tighter = self._opened(before, group, patterns=True)
            step = self._try(before, tighter, group) if tighter.patterned else step
        if step is None or not step.priced.gap or len(group) > 1:
            return step
        return self._searched(step)

    def _opened(self, state: State, group: tuple[int, ...], *, patterns: bool) -> State:
        """The face with the costs of some tiers, over patterns if that is asked for and possible."""
        if state.patterned:
            return state
        face = state.face
        if patterns:
            weeks = weeks_of(face, self.part, self.people, self.week)
            if weeks is not None:
                left = tuple(tier for tier in self.spans.active() if tier >= group[0])
                costly = [statements.over(face) for statements in statements_of(self.part, left)]
                return State(settle(with_patterns(face, self.part, weeks, costly)), patterned=True)
        for statements in statements_of(self.part, group):
            face = opened(face, self.part, statements.over(face))
        return State(settle(face), patterned=False)

    def _try(self, before: State, state: State, group: tuple[int, ...]) -> Step | None:
        """The linear program of a face, and what its multipliers prove; None where it is not solved."""
        face, unit = state.face, self.spans.unit
        weights = self.spans.weights(group)
        cost = sum(
            (weight * (face.cost[tier] // unit[tier]) for tier, weight in weights.items()), np.zeros(face.num_columns, dtype=np.int64)
        )
        relaxed = relax(face, cost, self.budget.seconds)
        if relaxed.verdict is not Verdict.SOLVED:
            return None
        self._offer(face, relaxed.integral(face))
        priced = _best_price(face, cost, relaxed)
        if priced is None:
            return None
        constant = sum(weight * int(face.constant[tier] // unit[tier]) for tier, weight in weights.items())
        return Step(group, weights, before, state, cost, constant, priced, priced.bound + constant, believed=False)

    def _searched(self, step: Step) -> Step | None:
        """The step held at what branch and bound can meet; None where that is nothing."""
        verdict, z = search_whole(step.face, step.cost, self.budget.seconds)
        if z is None or not self._offer(step.face, z):
            return None
        met = max(int(step.cost @ z) + step.constant, step.proven)
        return replace(step, held=met, believed=verdict is Verdict.SOLVED)

    def _repair(self) -> bool:
        """Find a plan on the last face; if it has none, on the one before, and bound the tiers after it again. False if nothing helps."""
        if not self._open_tiers():
            face = self._last().face
            verdict, z = search_whole(face, np.zeros(face.num_columns, dtype=np.int64), self.budget.seconds)
            if z is not None and self._offer(face, z) and self._met():
                return True
            if verdict is Verdict.OPEN:
                return False
        while self.steps and not self.budget.over:
            last = self.steps.pop()
            if len(last.group) > 1:
                self._bound(last.before, [(tier,) for tier in self._open_tiers()])
                return True
            step = self._searched(last)
            if step is not None:
                self.steps.append(step)
                self._bound(step.after(), [(tier,) for tier in self._open_tiers()])
                return True
        return False

    def _last(self) -> State:
        """The plans that are still wanted."""
        return self.steps[-1].after() if self.steps else State(settle(face_of(self.part)), patterned=False)

    def _open_tiers(self) -> list[int]:
        done = {tier for step in self.steps for tier in step.group}
        return [tier for tier in self.spans.active() if tier not in done]

    def _offer(self, face: Face, z: Ints | None) -> bool:
        """Keep a plan if it is the best so far; False if it is none."""
        if z is None:
            return False
        x = face.values(z)
        if not self.part.kept(x):
            return False
        values = self.part.values(x)
        if self.values is None or tuple(values) < tuple(self.values):
            self.x, self.values = x, values
        return True


def _best_price(face: Face, cost: Ints, relaxed: Relaxed) -> Price | None:
    """The rounding of multipliers that proves most."""
    assert relaxed.y is not None
    best: Price | None = None
    for scale in SCALES:
        priced = price(face, cost, np.rint(relaxed.y * scale).astype(np.int64), scale)
        if priced is None:
            continue
        if best is None or priced.proven * best.scale > best.proven * priced.scale:
            best = priced
        if best.gap == 0 and best.bound >= relaxed.value - NEARLY * max(1.0, abs(relaxed.value) * 1e-6):
            break
    return best

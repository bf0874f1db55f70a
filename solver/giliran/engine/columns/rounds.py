"""Rounds of windows: the plan of a long part made better until it meets the bounds of all tiers."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from giliran.engine.base.part import Part
from giliran.engine.columns.sequence import MOST_RETURNS, TierSequence
from giliran.engine.columns.steps import Begin, Grain, Step
from giliran.engine.columns.windows import Plan, improved
from giliran.program import Ints

MOST_WINDOW_S = 20.0
"""Seconds of one window."""


def make_better(sequence: TierSequence) -> None:
    """Better the plan of a sequence by windows; the first step that it does not meet then is held at what it costs, and others follow."""
    for _ in range(MOST_RETURNS):
        if sequence.x is None:
            _listen(sequence, wait=True)
        if sequence.x is None or sequence.values is None or sequence.impossible:
            return
        start, windows = Plan(sequence.x, sequence.values), WindowSearch(sequence)
        plan = improved(sequence.week, start, windows.solve, lambda plan: _enough(sequence, plan))
        _listen(sequence, wait=True)
        if _bettered(sequence, plan):
            continue
        sequence.companion.end()  # nobody waits for what it says of this step any more
        steps = _steps(sequence)
        missed = next((k for k, step in enumerate(steps) if not sequence.meets(step)), None)
        if sequence.budget.over or not steps or (missed is None and not sequence.open_tiers()):
            return
        last = steps[-1] if missed is None else _below(sequence, steps[missed])
        if last is not None:
            sequence.steps, sequence.unmet = [*(steps[:-1] if missed is None else steps[:missed]), last], None
            sequence.bound(last.after(), [(tier,) for tier in sequence.open_tiers()])


def _steps(sequence: TierSequence) -> list[Step]:
    """The steps, and the one after them whose bound is known."""
    return [*sequence.steps, *([] if sequence.unmet is None else [sequence.unmet])]


def _below(sequence: TierSequence, step: Step) -> Step | None:
    """The step held at what the plan costs, if branch and bound finds no cheaper one in its time; None if it does, which is kept."""
    assert sequence.values is not None
    cost = sequence.spans.weighed(step.weights, sequence.values)
    slack = cost - 1 - step.constant - step.priced.bound
    near = step.near(slack)
    whole = sequence.whole(near, near.cost[-1])
    if whole.z is not None and sequence.offer(near, whole.z):
        return None
    return sequence.raised(replace(step.searched(near, slack, whole), held=cost))


def _enough(sequence: TierSequence, plan: Plan) -> bool:
    """Whether a plan costs what all steps are held at, is not the best one, or there is no time for a better one."""
    sequence.hurried |= sequence.budget.over
    sequence.keep(plan.x)
    _listen(sequence)
    steps = _steps(sequence)
    return _bettered(sequence, plan) or sequence.budget.over or (bool(steps) and all(map(sequence.meets, steps)))


def _bettered(sequence: TierSequence, plan: Plan) -> bool:
    """Whether somebody else found a better plan."""
    return sequence.values is not None and tuple(sequence.values) < tuple(plan.values)


def _listen(sequence: TierSequence, *, wait: bool = False) -> None:
    """Take what the companion has come to for the step that no plan meets, or let it begin where nobody waits."""
    if sequence.unmet is None or sequence.meets(sequence.unmet):
        return
    found = sequence.companion.answer(sequence.unmet, wait=wait)
    if found is None:
        if not wait:
            sequence.companion.begin(sequence.unmet, sequence.budget)
        return
    near, slack, whole = found
    step = sequence.unmet.searched(near, slack, whole)
    sequence.unmet, sequence.hurried = replace(step, held=step.claimed), True
    sequence.offer(near, whole.z)


class WindowSearch:
    """Plans windows of a sequence: what its first steps have held over cells stays held while plans meet it."""

    def __init__(self, sequence: TierSequence) -> None:
        self._sequence = sequence
        self._begin: Begin | None = None
        met = list(takewhile(lambda step: step.state.grain is Grain.CELLS and sequence.meets(step), sequence.steps))
        if met:
            spans, done = sequence.spans, [tier for step in met for tier in step.group]
            most = spans.most.copy()
            most[done] = spans.least[done]
            self._begin = Begin(met[-1].after(), replace(spans, most=most))

    def solve(self, plan: Plan, cells: Ints) -> Plan | None:
        """The best plan with some cells held as in another."""
        sequence = self._sequence
        part, begin = _held(sequence.part, cells, plan.x), None if self._begin is None else self._begin.with_cells(cells, plan.x)
        budget = sequence.budget.within(MOST_WINDOW_S)
        inner = TierSequence(part, sequence.people, sequence.week, budget, sequence.aggregation, x=plan.x, values=plan.values, begin=begin)
        inner.run()
        sequence.hurried |= inner.hurried
        return None if inner.x is None or inner.values is None else Plan(inner.x, inner.values)


def _held(part: Part, cells: Ints, x: Ints) -> Part:
    """The part with some cells held at a plan."""
    lo, hi = part.lo.copy(), part.hi.copy()
    lo[cells] = hi[cells] = x[cells]
    return replace(part, lo=lo, hi=hi)

"""Steps through the tiers: a face, the linear program over it, and what its multipliers prove."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from scipy import sparse

from giliran.engine.base.budget import Budget
from giliran.engine.base.part import Part
from giliran.engine.base.tiers import Spans, spans_of
from giliran.engine.columns.charged import Charged, relax_listed
from giliran.engine.columns.face import OptimalFace, Price, narrow, price
from giliran.engine.columns.highs import NEARLY, Floats, Relaxed, Verdict, Whole
from giliran.engine.columns.listing import Listing
from giliran.engine.columns.patterns import TooManyPatternsError
from giliran.engine.columns.settling import settle
from giliran.engine.columns.statements import face_of
from giliran.program import Ints

SCALES = (1, 2, 3, 4, 6, 12, 24, 60, 120, 720)
"""Denominators that multipliers are rounded to, until one proves what the linear program says."""


SLACKS = (0, 1, 2, 4, 8, 16, 64, None)
"""How far above a bound plans are searched, one after the other, and in the end without any limit: 10,600 columns cost at most 1 more in a
part of 3,000 people × 2 weeks, 37,000 at most 2, where its plan is found in 17 s, and 52,000 at most 4, which take 26."""

SLACKS_OF_PATHS = (0, 1, 4, 16, None)
"""The same over state graphs. Where the best plan costs as much a program with a little room is solved soonest: six parts of B7 that cost 1
more than their bound took 31 s at most 1 above it, 77 s at most 4; five of B8 that cost 2 to 4 more 100 s at most 4, at most 2 four of
them 80 s and the fifth more than 100."""


class Grain(IntEnum):
    """What a face stands over, from loose to tight."""

    CELLS = 0
    WEEKS = 1
    PEOPLE = 2
    PATHS = 3


@dataclass(frozen=True)
class State:
    """A face and its grain; over patterns it carries the costs of all tiers to come, over cells those that are opened.

    With a listing the face is that of the listing, which has no patterns in it yet.
    """

    face: OptimalFace
    grain: Grain
    listing: Listing | None = None


@dataclass(frozen=True)
class Begin:
    """Where a sequence begins that need not begin with all plans of its part.

    Parameters
    ----------
    state
        Plans that cost no more than they may in tiers that are done with.
    spans
        What each tier can cost, without room where it is done with.
    """

    state: State
    spans: Spans

    @classmethod
    def with_all(cls, part: Part) -> Begin:
        """All plans of a part."""
        return cls(State(settle(face_of(part)), Grain.CELLS), spans_of(part))

    def with_cells(self, cells: Ints, x: Ints) -> Begin:
        """The same with some of the part's columns held at a plan that it contains : int64[k], int64[N]."""
        face = self.state.face
        wanted = np.zeros(face.place.shape[0], dtype=np.bool_)
        wanted[cells] = True
        entries = sparse.coo_array(face.place)
        mine = wanted[entries.row]
        row, column = entries.row[mine], entries.col[mine]
        value = (x[row] - face.base[row]) // entries.data[mine]
        lo, hi = face.lo.copy(), face.hi.copy()
        lo[column] = hi[column] = value
        return replace(self, state=State(settle(replace(face, lo=lo, hi=hi)), self.state.grain))


@dataclass(frozen=True)
class Step:
    """Tiers that were bounded together.

    Parameters
    ----------
    weights
        The tiers, most important first, and what a unit of each weighs in the cost.
    before
        Where the step began.
    state
        Over what the linear program stands.
    cost : int64[n]
        Of the columns of its face.
    constant
        Cost of every plan of the face on top.
    priced
        What multipliers prove about it.
    held
        What the tiers after this step may cost here at most; at least what is proven.
    raised
        By how much branching with exact bounds has raised the bound of the multipliers.
    ruled_out
        The cost below which there is nothing by the word of branch and bound in floats, None where it said nothing.
    charged
        What was listed, and not all of which is in the face: without what costs more than the bound. None where everything is.
    """

    weights: dict[int, int]
    before: State
    state: State
    cost: Ints
    constant: int
    priced: Price
    held: int
    raised: int = 0
    ruled_out: int | None = None
    charged: Charged | None = None

    @property
    def group(self) -> tuple[int, ...]:
        """The tiers, most important first."""
        return tuple(self.weights)

    @property
    def face(self) -> OptimalFace:
        """Where the linear program stands."""
        return self.state.face

    @property
    def proven(self) -> int:
        """The bound of the weighted cost."""
        return self.priced.bound + self.raised + self.constant

    @property
    def claimed(self) -> int:
        """The bound of the weighted cost if branch and bound in floats is believed."""
        return self.proven if self.ruled_out is None else max(self.proven, self.ruled_out)

    def searched(self, near: OptimalFace, slack: int | None, whole: Whole) -> Step:
        """The step after branch and bound over the plans that cost at most so much more than the bound, as `near` gives them."""
        reach = None if slack is None else self.priced.bound + self.constant + slack + 1
        said = None if whole.bound is None else whole.bound + int(near.constant[-1]) + self.constant
        told = (reach,) if whole.verdict is Verdict.IMPOSSIBLE else (reach, said) if said is not None else ()
        least = [each for each in told if each is not None]
        return replace(self, ruled_out=max(self.claimed, min(least))) if least else self

    def reaching(self, slack: int | None) -> Step:
        """The step over a face with all plans that cost at most so much more than the bound, all where it is None."""
        if self.charged is None:
            return self
        face, cost, priced = self.charged.within(self.priced, slack)
        return replace(self, state=State(face, self.state.grain), cost=cost, priced=priced)

    def near(self, slack: int | None) -> OptimalFace:
        """The plans that cost at most so much more than the bound, all where it is None; the cost is a further tier of the face."""
        wide = self.reaching(slack)
        face = wide.face if slack is None else narrow(wide.face, wide.cost, wide.priced, wide.priced.bound + slack)
        cost = np.concatenate([face.cost, wide.cost[None, :]])
        return settle(replace(face, cost=cost, constant=np.append(face.constant, 0)))

    def nearest(self) -> Iterator[tuple[int | None, OptimalFace]]:
        """The plans near the bound, further and further from it; where that lets no more columns in, the next ones are looked at."""
        most = -1
        for slack in SLACKS if self.face.graph is None else SLACKS_OF_PATHS:
            near = self.near(slack)
            if slack is None or near.num_columns > most:
                most = near.num_columns
                yield slack, near

    def after(self) -> State:
        """The plans that cost no more than is held; the costs of these tiers are done with."""
        most = self.held - self.constant
        wide = self.reaching(most - self.priced.bound)
        left = narrow(wide.face, wide.cost, wide.priced, most)
        cost = left.cost.copy()
        cost[list(self.group)] = 0
        return State(settle(replace(left, cost=cost)), self.state.grain)


def best_price(face: OptimalFace, cost: Ints, relaxed: Relaxed) -> Price | None:
    """The rounding of multipliers that proves most; None if numbers would be too large."""
    return best_rounding(relaxed, lambda y, scale: price(face, cost, y, scale))


def best_rounding(relaxed: Relaxed, priced_at: Callable[[Ints, int], Price | None]) -> Price | None:
    """The rounding of multipliers that proves most by what a function says about multipliers and their scale; None if it says nothing."""
    assert relaxed.y is not None
    best: Price | None = None
    goal = relaxed.value - NEARLY * max(1.0, abs(relaxed.value) * NEARLY)
    for scale in SCALES:
        priced = priced_at(np.rint(relaxed.y * scale).astype(np.int64), scale)
        if priced is None:
            continue
        if best is None or priced.proven * best.scale > best.proven * priced.scale:
            best = priced
        if best.gap == 0 and best.bound >= goal:
            break
    return best


def listed_step(
    before: State, listing: Listing, spans: Spans, group: tuple[int, ...], looser: Step | None, like: Ints | None, budget: Budget
) -> tuple[Step | None, Relaxed, OptimalFace]:
    """The linear program over a listing, and what its multipliers prove: the step, None where it is not solved in time, values and face.

    Parameters
    ----------
    before
        Where the step begins.
    group
        The tiers to bound, most important first.
    looser
        The step over cells or weeks, whose multipliers are the first guess.
    like
        A plan whose patterns are let in from the start : int64[N].
    """
    weights, unit, face = spans.weights(group), spans.unit, listing.face

    def look() -> None:
        if budget.over:
            raise TooManyPatternsError(np.zeros(0, dtype=np.int64))

    charged = Charged(listing, {tier: weights[tier] for tier in group}, unit, look)
    try:
        relaxed, few = relax_listed(charged, carried(looser, face), like, budget)
    except TooManyPatternsError:
        return None, Relaxed(Verdict.OPEN), face
    priced = best_rounding(relaxed, charged.price) if relaxed.verdict is Verdict.SOLVED else None
    if priced is None:
        return None, relaxed, few
    constant = spans.weighed(charged.weights, face.constant)
    state = State(face, Grain.PEOPLE)
    step = Step(charged.weights, before, state, charged.column, constant, priced, priced.bound + constant, charged=charged)
    return step.reaching(0), relaxed, few


def carried(step: Step | None, face: OptimalFace) -> Floats:
    """The multipliers of a step for the rows of another face that came from the same rows of the part : float64[M]."""
    y = np.zeros(len(face.origin))
    if step is not None:
        known = step.face.origin >= 0
        of = dict(zip(step.face.origin[known].tolist(), (step.priced.y[known] / step.priced.scale).tolist(), strict=True))
        y[:] = [of.get(origin, 0.0) for origin in face.origin.tolist()]
    return y

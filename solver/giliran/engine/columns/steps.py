"""Steps through the tiers: a face, the linear program over it, and what its multipliers prove."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np

from giliran.engine.columns.face import OptimalFace, Price, narrow, price
from giliran.engine.columns.highs import NEARLY, Floats, Relaxed
from giliran.engine.columns.settling import settle
from giliran.program import Ints

SCALES = (1, 2, 3, 4, 6, 12, 24, 60, 120, 720)
"""Denominators that multipliers are rounded to, until one proves what the linear program says."""


class Grain(IntEnum):
    """What a face stands over, from loose to tight."""

    CELLS = 0
    WEEKS = 1
    PEOPLE = 2
    PATHS = 3


@dataclass(frozen=True)
class State:
    """A face and its grain; over patterns it carries the costs of all tiers to come, over cells those that are opened."""

    face: OptimalFace
    grain: Grain


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
    believed
        Whether branch and bound says that nothing below `held` exists.
    raised
        By how much branching with exact bounds has raised the bound of the multipliers.
    """

    weights: dict[int, int]
    before: State
    state: State
    cost: Ints
    constant: int
    priced: Price
    held: int
    believed: bool
    raised: int = 0

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

    def near(self, slack: int | None) -> OptimalFace:
        """The plans that cost at most so much more than the bound, all where it is None; the cost is a further tier of the face."""
        face = self.face if slack is None else narrow(self.face, self.cost, self.priced, self.priced.bound + slack)
        cost = np.concatenate([face.cost, self.cost[None, :]])
        return settle(replace(face, cost=cost, constant=np.append(face.constant, 0)))

    def after(self) -> State:
        """The plans that cost no more than is held; the costs of these tiers are done with."""
        left = narrow(self.face, self.cost, self.priced, self.held - self.constant)
        cost = left.cost.copy()
        cost[list(self.group)] = 0
        return State(settle(replace(left, cost=cost)), self.state.grain)


def best_price(face: OptimalFace, cost: Ints, relaxed: Relaxed) -> Price | None:
    """The rounding of multipliers that proves most; None if numbers would be too large."""
    assert relaxed.y is not None
    best: Price | None = None
    goal = relaxed.value - NEARLY * max(1.0, abs(relaxed.value) * NEARLY)
    for scale in SCALES:
        priced = price(face, cost, np.rint(relaxed.y * scale).astype(np.int64), scale)
        if priced is None:
            continue
        if best is None or priced.proven * best.scale > best.proven * priced.scale:
            best = priced
        if best.gap == 0 and best.bound >= goal:
            break
    return best


def carried(step: Step | None, face: OptimalFace) -> Floats:
    """The multipliers of a step for the rows of another face that came from the same rows of the part : float64[M]."""
    y = np.zeros(len(face.origin))
    if step is not None:
        known = step.face.origin >= 0
        of = dict(zip(step.face.origin[known].tolist(), (step.priced.y[known] / step.priced.scale).tolist(), strict=True))
        y[:] = [of.get(origin, 0.0) for origin in face.origin.tolist()]
    return y

"""Tiny programs for tests of the engine, drawn at random or written by hand, and the best plan by trying all."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from giliran.engine.base.outcome import ALL_METHODS, EngineOptions, Method, Outcome
from giliran.engine.run import optimise
from giliran.program import INFINITE, Cost, Program, ProgramBuilder
from tests.costs import costs_of_all

TIERS = ("relaxations", "office_target", "fair_share")


@dataclass(frozen=True)
class Owner:
    """Something with an id that rows may come from."""

    id: str


RULE = Owner("own/rule")


def builder(people: int, days: int, *, absent: Sequence[tuple[int, int]] = ()) -> ProgramBuilder:
    """A builder over people who are all present but for some cells."""
    decision = np.ones((people, days), dtype=bool)
    for cell in absent:
        decision[cell] = False
    return ProgramBuilder((people, days), TIERS, decision)


def row(out: ProgramBuilder, col: Sequence[int], *, owner: Owner = RULE, coef: Sequence[int] | int = 1, **given: int | Cost) -> None:
    """One row."""
    wide = np.broadcast_to(np.asarray(coef, dtype=np.int64), (len(col),))
    out.rows(owner, [len(col)], np.asarray(col, dtype=np.int64), coef=wide, **given)


def most_office(out: ProgramBuilder, weight: int = 1, tier: int = 1) -> None:
    """Charge everybody who is present and not in the office."""
    cells = np.flatnonzero(out.decision.reshape(-1))
    out.charge(cells, -1, Cost(tier, weight), base=1)


def squares(out: ProgramBuilder, people: Sequence[int], tier: int = 2) -> None:
    """Charge the squares of everybody's office days."""
    days = out.shape[1]
    for e in people:
        out.ladder([days], np.arange(e * days, (e + 1) * days), 2 * np.arange(days) + 1, Cost(tier))


MIXTURES = (ALL_METHODS, frozenset[Method](), *(ALL_METHODS - {method} for method in Method), *(frozenset({method}) for method in Method))
"""All methods, none, all but each, each alone."""


def solved(program: Program, **options: object) -> Outcome:
    """The outcome with people drawn in the order of their rows."""
    order = np.arange(program.shape[0], dtype=np.int64)
    return optimise(program, order=order, options=EngineOptions(**options))  # type: ignore[arg-type]


def all_offices(program: Program) -> list[np.ndarray]:
    """Every way to put the present people in or out of the office."""
    cells = np.flatnonzero(program.decision)
    offices = []
    for bits in itertools.product((False, True), repeat=len(cells)):
        office = np.zeros(program.num_cells, dtype=bool)
        office[cells] = bits
        offices.append(office.reshape(program.shape))
    return offices


def best_costs(program: Program) -> tuple[int, ...] | None:
    """The lexicographically least costs of all plans, None if there is no plan."""
    return min((cost for cost in costs_of_all(program, all_offices(program)) if cost is not None), default=None)


def hard(people: int = 40, days: int = 15, seed: int = 3) -> Program:
    """One large part that crossing groups and sequences make hard."""
    dice = np.random.default_rng(seed)
    out = builder(people, days)
    cells = np.arange(people * days).reshape(people, days)
    for day in range(days):
        for _ in range(12):
            group = np.sort(dice.choice(people, 9, replace=False))
            row(out, cells[group, day].tolist(), lo=4, hi=5, day=day)
    for start in range(days - 3):
        window = cells[:, start : start + 4].reshape(-1)
        out.rows(Owner("own/runs"), np.full(people, 4), window, hi=3, person=np.arange(people))
    out.switch(cells[:, :-1].reshape(-1), cells[:, 1:].reshape(-1), Cost(1))
    squares(out, range(people))
    return out.build()


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Programs over at most 6 cells with rows, soft rows, ladders, switches, costs, auxiliary columns, fixed cells."""
    people, days = draw(st.sampled_from([(2, 2), (3, 2), (2, 3), (6, 1), (1, 4)]))
    absent = draw(st.lists(st.tuples(st.integers(0, people - 1), st.integers(0, days - 1)), max_size=1))
    out = builder(people, days, absent=absent)
    cells = np.flatnonzero(out.decision.reshape(-1)).tolist()
    for side in ("office", "away"):
        marks = np.zeros((people, days), dtype=bool)
        for cell in draw(st.lists(st.sampled_from(cells), max_size=1)):
            marks.reshape(-1)[cell] = True
        out.fix(**{side: marks})
    aux = out.aux([0] * (many := draw(st.integers(0, 1))), [draw(st.integers(1, 2))] * many).tolist()
    subsets = st.lists(st.sampled_from(cells + aux), min_size=1, max_size=5, unique=True)
    cell_sets = st.lists(st.sampled_from(cells), min_size=1, max_size=4, unique=True)
    for _ in range(draw(st.integers(0, 4))):
        col = draw(subsets)
        coef = draw(st.lists(st.sampled_from([1, 1, 1, -1, 2]), min_size=len(col), max_size=len(col)))
        lo = draw(st.sampled_from([-INFINITE, 0, 1, 2, 3]))
        hi = draw(st.sampled_from([bound for bound in (0, 1, 2, 3, INFINITE) if bound >= lo]))
        cost = draw(st.sampled_from([None, None, Cost(0, 1), Cost(2, 3)]))
        row(out, col, coef=coef, lo=lo, hi=hi, cost=cost, owner=Owner(draw(st.sampled_from(["a/x", "b/y"]))))
    for _ in range(draw(st.integers(0, 2))):
        col = draw(cell_sets)
        steps = sorted(draw(st.lists(st.integers(-3, 6), min_size=len(col), max_size=len(col))))
        out.ladder([len(col)], col, steps, Cost(draw(st.integers(0, 2)), draw(st.integers(1, 2))))
    if len(cells) > 1 and draw(st.booleans()):
        first, second = draw(st.lists(st.sampled_from(cells), min_size=2, max_size=2))
        out.switch([first], [second], Cost(draw(st.integers(0, 2)), 2))
    for col in draw(st.lists(st.sampled_from(cells + aux), max_size=5)):
        out.charge([col], draw(st.integers(-4, 4)), Cost(draw(st.integers(0, 2))), constant=draw(st.integers(0, 2)))
    return out.build()

"""Timefold: local search over cells until its time is over. Hard rows are its hard level, every tier a soft level of its own."""

from dataclasses import dataclass, field
from typing import Annotated

import numpy as np
from timefold.solver import SolverFactory
from timefold.solver.config import Duration, ScoreDirectorFactoryConfig, SolverConfig, TerminationConfig
from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ProblemFactCollectionProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import (
    BendableScore,
    Constraint,
    ConstraintCollectors,
    ConstraintFactory,
    Joiners,
    constraint_provider,
)

from benchmarks.peers.climb import Found, PeerError
from benchmarks.peers.formulas import formulas_of
from giliran.domain.status import Status
from giliran.engine.base.part import Part
from giliran.program import HARD, Ints

SOFT_LEVELS = 8
"""Tiers that its score has room for."""

UNITS = (
    BendableScore.of_hard(1, SOFT_LEVELS, 0, 1),
    *(BendableScore.of_soft(1, SOFT_LEVELS, tier, 1) for tier in range(SOFT_LEVELS)),
)
"""One unit of each level; the first is the hard one."""


@dataclass(eq=False)
class Statement:
    """What the sum of its terms costs: `curve[sum - base]`."""

    id: Annotated[int, PlanningId]
    base: int
    curve: list[int]


@dataclass(eq=False)
class Addend:
    """One cell in one statement of a level."""

    id: Annotated[int, PlanningId]
    level: int
    cell: int
    coefficient: int
    statement: Statement


@planning_entity
@dataclass(eq=False)
class Cell:
    """One column of the part: `prices[level][value - least]` is what its value costs by itself."""

    id: Annotated[int, PlanningId]
    least: int
    prices: list[list[int]]
    value: Annotated[int | None, PlanningVariable] = field(default=None)


@planning_solution
@dataclass
class Plan:
    """All cells and statements."""

    values: Annotated[list[int], ValueRangeProvider]
    statements: Annotated[list[Statement], ProblemFactCollectionProperty]
    addends: Annotated[list[Addend], ProblemFactCollectionProperty]
    cells: Annotated[list[Cell], PlanningEntityCollectionProperty]
    score: Annotated[BendableScore | None, PlanningScore(bendable_hard_levels_size=1, bendable_soft_levels_size=SOFT_LEVELS)] = field(
        default=None
    )


@constraint_provider
def every_level(factory: ConstraintFactory) -> list[Constraint]:
    """Statements and prices of cells, level by level."""
    return [price(factory, level) for level in range(len(UNITS)) for price in (_statements_at, _cells_at)]


def _statements_at(factory: ConstraintFactory, level: int) -> Constraint:
    return (
        factory.for_each(Addend)
        .filter(lambda addend: addend.level == level)
        .join(Cell, Joiners.equal(lambda addend: addend.cell, lambda cell: cell.id))
        .group_by(
            lambda addend, cell: addend.statement,
            ConstraintCollectors.sum(lambda addend, cell: addend.coefficient * cell.value),
        )
        .penalize(UNITS[level], lambda statement, total: statement.curve[total - statement.base])
        .as_constraint(f"statements of level {level}")
    )


def _cells_at(factory: ConstraintFactory, level: int) -> Constraint:
    return (
        factory.for_each(Cell)
        .penalize(UNITS[level], lambda cell: cell.prices[level][cell.value - cell.least])
        .as_constraint(f"cells of level {level}")
    )


class TimefoldSearch:
    """Timefold at work on one part; it proves nothing, and all tiers are in its score at once."""

    def __init__(self, part: Part, unit: Ints, workers: int) -> None:
        if len(part.cost) > SOFT_LEVELS:
            raise PeerError(f"{len(part.cost)} tiers, there is room for {SOFT_LEVELS}")
        self._part = part

    def minimise(self, tier: int | None, best: Ints | None, seconds: float) -> Found:
        """Search for the whole time, whatever tier is asked for. Handing the problem over comes on top."""
        part = self._part
        config = SolverConfig(
            solution_class=Plan,
            entity_class_list=[Cell],
            score_director_factory_config=ScoreDirectorFactoryConfig(constraint_provider_function=every_level),
            termination_config=TerminationConfig(spent_limit=Duration(milliseconds=max(1, round(1000 * seconds)))),
        )
        done = SolverFactory.create(config).build_solver().solve(_problem(part))
        if any(cell.value is None for cell in done.cells):
            return Found(Status.UNKNOWN, None, None)
        x = np.zeros(part.num_columns, dtype=np.int64)
        x[[cell.id for cell in done.cells]] = [cell.value for cell in done.cells]
        return Found(Status.FEASIBLE, x, None)

    def hold(self, tier: int, most: int) -> None:
        """Nothing: earlier levels of the score outweigh later ones."""


def _problem(part: Part) -> Plan:
    """The part as objects; equal lists are one object, because every object has to be handed over to Java."""
    low, high = int(part.lo.min()), int(part.hi.max())
    prices = np.zeros((part.num_columns, len(UNITS), high - low + 1), dtype=np.int64)
    statements: list[Statement] = []
    addends: list[Addend] = []
    curves: dict[tuple[int, ...], list[int]] = {}
    for formula in formulas_of(part):
        level = formula.tier - HARD
        if len(formula.col) == 1:
            prices[formula.col[0], level] += formula.prices(low, high)
            continue
        statement = Statement(len(statements), formula.base, curves.setdefault(tuple(formula.curve), formula.curve))
        statements.append(statement)
        for cell, coefficient in zip(formula.col, formula.coef, strict=True):
            addends.append(Addend(len(addends), level, cell, coefficient, statement))
    shared: dict[bytes, list[list[int]]] = {}
    cells = [Cell(c, low, shared.setdefault(own.tobytes(), own.tolist())) for c, own in enumerate(prices)]
    return Plan(list(range(low, high + 1)), statements, addends, cells)

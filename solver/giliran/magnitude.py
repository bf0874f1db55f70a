"""How large costs may grow: 64-bit integers are exact, but they end, and nobody is told when they do."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from giliran.errors import InputError, Problem, Where
from giliran.messages import Sentence
from giliran.program import INFINITE, LARGEST_COST, Program

TOO_DEAR = Sentence(
    en="weights or balances are so large that the costs of {tier} cannot be added up exactly",
    id="bobot atau saldo begitu besar sehingga biaya {tier} tidak dapat dijumlahkan dengan tepat",
)
LOWER_THEM = Sentence(
    en="Only the proportions of weights matter: divide them by a common number.",
    id="Yang berarti hanya perbandingan bobot: bagilah semuanya dengan bilangan yang sama.",
)


def check_costs(program: Program) -> None:
    """See that every tier's cost stays exact whatever the plan.

    Raises
    ------
    InputError
        For the first tier that could reach `LARGEST_COST`.
    """
    for name, worst in zip(program.tiers, _worst(program).tolist(), strict=True):
        if worst >= LARGEST_COST:
            raise InputError([Problem(Where(field="tiers"), TOO_DEAR(tier=name), LOWER_THEM())])


def _worst(program: Program) -> NDArray[np.float64]:
    """About the most that each tier could come to : float64[T]; only ever compared with a limit eight times below that of int64."""
    rows, size = program.rows, len(program.tiers)
    reach = np.maximum(*(np.abs(bound) for bound in program.column_bounds())).astype(np.float64)
    soft, length = rows.weight > 0, np.diff(rows.start)
    entries = np.flatnonzero(np.repeat(soft, length))
    owner = np.repeat(np.arange(np.count_nonzero(soft)), length[soft])
    span = np.bincount(owner, np.abs(rows.coef[entries]) * reach[rows.col[entries]], np.count_nonzero(soft))
    for bound in (rows.lo[soft], rows.hi[soft]):
        span += np.where(np.abs(bound) < INFINITE, np.abs(bound), 0)
    ladder = np.repeat(program.ladders.tier, np.diff(program.ladders.start))
    amounts = (
        (rows.tier[soft], span * rows.weight[soft]),
        (program.costs.tier, np.abs(program.costs.cost) * reach[program.costs.col]),
        (program.base.tier, np.abs(program.base.cost).astype(np.float64)),
        (program.switches.tier, program.switches.weight.astype(np.float64)),
        (ladder, np.abs(program.ladders.step).astype(np.float64)),
    )
    return np.asarray(np.sum([np.bincount(tier, amount, size) for tier, amount in amounts], axis=0))

"""The least that rules would have to be bent: what must hold may be missed at a cost by who ordered it, before all other costs.

Each rule says by itself what missing it costs, as it does where it only should hold; its numbers are those of the rules as they stand, so
that nobody becomes free, and no limit another one, because a rule may be missed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from giliran.audit import Audit
from giliran.domain.place import Strength
from giliran.errors import InternalError
from giliran.instance import Instance
from giliran.magnitude import check_costs
from giliran.program import Costs, Ladders, Program, ProgramBuilder, Switches
from giliran.rules.base import Rule, Statement
from giliran.rules.tiers import Tiers
from giliran.rules.view import View

if TYPE_CHECKING:
    from giliran.engine.base.outcome import Outcome

BENDS = "giliran/bends"
"""Where missed rules cost; no file can name this tier."""
PLACES = "giliran/places"
"""Where single people's places cost that are missed."""


@dataclass(frozen=True)
class Bends:
    """How far a plan bends what must hold.

    Parameters
    ----------
    total, bound
        Sum over all missed rules of how much each is missed by times what that costs (`Authority.bend`), and what no plan can go below.
    """

    total: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether no plan bends less."""
        return self.total == self.bound


def split_bends(outcome: Outcome) -> tuple[Bends | None, Outcome]:
    """What a bent program came to, and the outcome with the tiers of the instance alone; None where nothing could be bent."""
    tiers = outcome.tiers
    if not tiers or tiers[0].name != BENDS:
        return None, outcome
    parts = tuple(replace(part, tiers=part.tiers[1:]) for part in outcome.parts)
    return Bends(tiers[0].value, tiers[0].bound), replace(outcome, tiers=tiers[1:], parts=parts)


def compare_bends(instance: Instance, bends: Bends | None, found: Audit, *, known: bool) -> None:
    """The audit finds as much bent as the solver says, nothing where nothing could be.

    Parameters
    ----------
    known
        Whether the solver says anything: of a bent program without a plan for anybody it does not.

    Raises
    ------
    InternalError
        If it finds something else.
    """
    if bends is None:
        if found.broken and known:
            raise InternalError(f"the plan breaks {found.broken[0].rule}: {found.broken[0].said}")
        return
    by_id = instance.view.by_id
    total = sum(finding.amount * by_id[finding.rule].authority.bend for finding in found.broken)
    if total != bends.total:
        raise InternalError(f"the solver bends rules by {bends.total}, the audit finds {total}")


def bent_program(instance: Instance, go_on: Callable[[], None] | None = None) -> Program:
    """The program of an instance in which rules may be missed at a cost, in a tier before all others.

    Absences, people bound to home or office, frozen places and teams still to be formed cannot be missed.

    Parameters
    ----------
    go_on
        As in `compile_program`.

    Raises
    ------
    InputError
        If the costs are too large to be added up.
    """
    view = bent_view(instance.view)
    keeper = [] if view.keeper is None else [view.keeper]
    out = ProgramBuilder(view.facts.shape, view.tiers.names, view.facts.present, go_on, bends=0)
    out.fix(office=view.settled & ~view.stuck, away=view.stuck)  # frozen days are settled by what must hold, and stay so
    for statement in (*keeper, *(statement for statement in view.statements if statement is not view.keeper)):
        out.go_on()
        must = isinstance(statement, Rule) and statement.strength is Strength.MUST
        (bent(statement) if must else statement).compile(view, out)
    program = out.build()
    check_costs(program)
    return program


def bends_alone(program: Program) -> Program:
    """A bent program without the tiers of the instance: among plans that bend as little, limits give way before single people's places."""
    costs, base, rows = program.costs, program.base, program.rows
    first, at_zero = costs.tier == 0, base.tier == 0
    own, owed = np.sign(costs.cost[first]), np.sign(base.cost[at_zero])
    tier = np.repeat(np.arange(2), len(own)), np.repeat(np.arange(2), len(owed))
    none = np.zeros(0, dtype=np.int64)
    return replace(
        program,
        tiers=(BENDS, PLACES),
        rows=rows.without(rows.tier > 0),
        switches=Switches(none, none, none, none),
        costs=Costs(np.tile(costs.col[first], 2), np.concatenate([costs.cost[first], own]), tier[0]),
        ladders=Ladders(np.zeros(1, dtype=np.int64), none, none, none),
        constant=np.array([program.constant[0], owed.sum()], dtype=np.int64),
        base=Costs(np.tile(base.col[at_zero], 2), np.concatenate([base.cost[at_zero], owed]), tier[1]),
    )


def bent_view(view: View) -> View:
    """The same statements, with a first tier for what is missed; what they answer is known before any is asked in its bent form."""
    place: Mapping[str, tuple[int, int]] = {name: (index + 1, weight) for name, (index, weight) in view.tiers.place.items()}
    tiers = Tiers((BENDS, *view.tiers.names), MappingProxyType({BENDS: (0, 1), **place}))
    wider = View(view.facts, view.rules, view.goals, tiers)
    for rule in wider.rules:
        wider.limits_of(rule)
    return wider


def bent(rule: Statement) -> Statement:
    """A rule that must hold as one that may be missed at the cost of its authority."""
    return rule.model_copy(update={"strength": Strength.SHOULD, "tier": BENDS, "weight": rule.authority.bend})

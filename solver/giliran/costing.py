"""What every rule and goal costs in every tier: the tiers' values, split by statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from giliran.domain.finding import Finding
from giliran.domain.schedule import Schedule
from giliran.rules.view import View


@dataclass(frozen=True)
class StatementCost:
    """What one rule or goal costs in one tier.

    Parameters
    ----------
    tier
        Name of the tier.
    statement, row
        Id of the rule or goal, and the circular's row that it comes from; empty for own ones.
    name
        What the statement calls its tier; another word than `tier` where several are merged there with weights.
    cost
        Weights of the statement and of the tier included; costs of one tier add up to its value.
    """

    tier: str
    statement: str
    row: str
    name: str
    cost: int


def statement_costs(view: View, schedule: Schedule, findings: Iterable[Finding]) -> tuple[StatementCost, ...]:
    """Costs of a schedule by statement, most important tier first; what costs nothing is left out.

    Parameters
    ----------
    findings
        Those of the rules on this schedule; goals are asked here.
    """
    costs: dict[tuple[int, str, str], int] = {}

    def add(name: str, statement: str, cost: int) -> None:
        index, multiplier = view.tiers.place[name]
        costs[index, statement, name] = costs.get((index, statement, name), 0) + cost * multiplier

    for finding in findings:
        if finding.cost:
            add(finding.tier, finding.rule, finding.cost)
    for goal in view.goals:
        for name, cost in goal.values(view, schedule).items():
            add(name, goal.id, cost)
    order = {statement.id: k for k, statement in enumerate(view.statements)}
    return tuple(
        StatementCost(view.tiers.names[tier], id_, view.by_id[id_].source.row, name, costs[tier, id_, name])
        for tier, id_, name in sorted(costs, key=lambda key: (key[0], order[key[1]], key[2]))
        if costs[tier, id_, name]
    )

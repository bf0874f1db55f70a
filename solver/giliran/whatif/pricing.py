"""What each rule costs: every number of a rule one step looser and one tighter, each time solved again from the plan at hand."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from giliran.binding import Binding
from giliran.costing import StatementCost
from giliran.domain.sealing import Sealed
from giliran.domain.status import Status
from giliran.domain.units import NO_UNIT
from giliran.engine.base.outcome import Progress
from giliran.errors import InputError
from giliran.instance import Instance
from giliran.instance.offered import flags_given, ids_given
from giliran.messages import Said
from giliran.result import Result
from giliran.rules.base import Rule
from giliran.rules.view import View
from giliran.solving import SolveOptions, solve
from giliran.whatif.calls import check_question, one_by_one
from giliran.whatif.costs import TierCost, differences
from giliran.whatif.dials import rules_named
from giliran.whatif.measures import Measures, measured

STEPS = (1, -1)
"""Looser, then tighter."""


@dataclass(frozen=True)
class Price:
    """What a step of one number of a rule changes.

    Parameters
    ----------
    rule, field
        Id of the rule, and its field that says the number.
    by
        People, or days, by which it is looser in every group and on every day; tighter where negative.
    unit
        Id of the unit whose groups alone are meant; empty for all of them.
    status
        How the changed instance ended: `INFEASIBLE` where a tighter rule leaves no plan for somebody; None where it would be no instance
        that can be planned.
    tiers
        What the best plan then costs, tier by tier, beside that of the plan at hand; empty where somebody has no plan.
    measures
        Numbers of that plan; None without one.
    moved
        Tiers of goals whose fair shares move with the step. Their values are exact too, but sums over other shares: what is fairer
        `measures` says.
    why
        Why there is no plan; None where there is one.
    """

    rule: str
    field: str
    by: int
    unit: str
    status: Status | None
    tiers: tuple[TierCost, ...] = ()
    measures: Measures | None = None
    moved: tuple[str, ...] = ()
    why: Said | None = None

    @property
    def proven(self) -> bool:
        """Whether the change of every tier is exact: both plans are proven best, or it is proven that there is none."""
        return self.status is Status.INFEASIBLE or (bool(self.tiers) and all(cost.proven for cost in self.tiers))


@dataclass(frozen=True, eq=False)
class Prices(Sealed):
    """What the rules of an instance cost.

    Parameters
    ----------
    result
        The plan at hand.
    binding
        Limits and needs that bind it.
    costs
        What every rule and goal costs in it, tier by tier.
    measures
        Its numbers.
    steps
        What each step changes, in the order of the rules, the looser step of a number first.
    whole
        Whether every step was tried; False where the work was cancelled.
    """

    result: Result
    binding: tuple[Binding, ...]
    costs: tuple[StatementCost, ...]
    measures: Measures
    steps: tuple[Price, ...]
    whole: bool = True


@dataclass(frozen=True)
class _Step:
    """A rule with one of its numbers changed."""

    rule: Rule
    field: str
    by: int
    unit: str


def price(
    instance: Instance,
    result: Result | None = None,
    options: SolveOptions | None = None,
    *,
    rules: Collection[str] = (),
    by_unit: bool = False,
    cancel: threading.Event | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Prices:
    """Say which limits bind and what each number of a rule costs: one step looser, one tighter, solved again from the plan at hand.

    No price is derived from another: a limit that does not bind may still move fair shares. Parts that a step does not touch are not
    solved again.

    Parameters
    ----------
    instance
        The instance.
    result
        Its plan, from `solve`; solved here when None.
    options
        How to solve; a time limit is that of each solve.
    rules
        Ids of the rules that are asked about, without `own/` or the circular where it is clear; all that have a number when empty.
    by_unit
        Also each unit alone, where a rule counts several.
    cancel
        Set it from another thread to stop; the steps that are done are returned.
    progress
        Called in this thread after every step, with a `Progress` that counts steps.

    Returns
    -------
    Prices
        A step of a share is one person on the limit that it gives, in every group and on every day.

    Raises
    ------
    InputError
        If a rule is unknown (the nearest is named) or has no number, or an argument is something else.
    InfeasibleError, UndecidedError
        As `Result.require`, if somebody has no plan at hand.
    """
    check_question(instance, result, options, cancel, progress)
    flags_given(by_unit=by_unit)
    asked = rules_named(instance, ids_given((rules,) if isinstance(rules, str) else rules, "rules"))
    found = result if result is not None else solve(instance, options, cancel=cancel)
    found.require()
    steps = list(_steps(instance.view, asked, by_unit=by_unit))
    prices = one_by_one(steps, lambda step: _priced(instance, found, step, options, cancel), cancel, progress)
    return Prices(found, found.binding(), found.costs(), measured(found), prices, whole=len(prices) == len(steps))


def _steps(view: View, rules: Sequence[Rule], *, by_unit: bool) -> Iterator[_Step]:
    """Every number of every rule, looser and tighter, in all groups and then in those of each unit."""
    for rule in rules:
        if not rule.reaches(view).any():
            continue  # whom a rule does not mean, its number does not touch
        for unit in ("", *(_units(view, rule) if by_unit else ())):
            changed = {by: rule.eased(by, unit) for by in STEPS}
            for field in dict.fromkeys(name for found in changed.values() for name in found):
                yield from (_Step(changed[by][field], field, by, unit) for by in STEPS if field in changed[by])


def _units(view: View, rule: Rule) -> list[str]:
    """Units that a rule counts each by itself, where they are several."""
    found = [limit.groups.unit[limit.active.any(axis=1)] for limit in view.limits_of(rule)]
    units = [unit for unit in np.unique(np.concatenate([*found, np.zeros(0, dtype=np.int32)])).tolist() if unit != NO_UNIT]
    return [view.facts.units[unit].id for unit in units] if len(units) > 1 else []


def _priced(instance: Instance, result: Result, step: _Step, options: SolveOptions | None, cancel: threading.Event | None) -> Price:
    priced = partial(Price, step.rule.id, step.field, step.by, step.unit)
    try:
        changed = instance.with_rules(step.rule)
    except InputError as error:
        return priced(None, why=error.problems[0].said)
    after = solve(changed, options, cancel=cancel, start=result)
    if after.status in (Status.INFEASIBLE, Status.UNKNOWN):
        return priced(after.status, why=reason_of(after))
    return priced(after.status, differences(instance, result, after), measured(after), _moved(result, after))


def _moved(before: Result, after: Result) -> tuple[str, ...]:
    """Tiers of goals that share days by other fair shares or balances than before."""
    known = {account.goal: account for account in before.fairness}
    view, names = after.instance.view, set[str]()
    for account in after.fairness:
        old = known.get(account.goal)
        if old is None or not (np.array_equal(old.share, account.share) and np.array_equal(old.balance, account.balance)):
            names |= {view.tiers.names[view.tiers.place[name][0]] for name in view.by_id[account.goal].tier_names()}
    return tuple(name for name in view.tiers.names if name in names)


def reason_of(result: Result) -> Said | None:
    """Why somebody has no plan, as the first finding says it."""
    return next((finding.said for finding in result.findings if finding.amount or result.unprepared), None)

"""Prices and curves as JSON for programs."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import Field

from giliran.binding import Binding
from giliran.costing import StatementCost
from giliran.domain.selection import Model
from giliran.domain.status import Status
from giliran.instance import Instance
from giliran.messages import Percent
from giliran.records.results import JsonFile, TierRecord
from giliran.records.sentences import Sentences
from giliran.rules.answers import Sense, Side
from giliran.whatif.costs import TierCost
from giliran.whatif.curves import Curve, Point
from giliran.whatif.dials import written
from giliran.whatif.measures import Measures
from giliran.whatif.pricing import Price, Prices

PRICES_SCHEMA: Literal["giliran-prices/1"] = "giliran-prices/1"
CURVE_SCHEMA: Literal["giliran-curve/1"] = "giliran-curve/1"


class MeasuresRecord(Model):
    """Numbers of a plan that mean the same under any limit.

    Parameters
    ----------
    office_days, fullest_day
        Person-days in the office, and people there on the day that has most of them.
    largest_difference_thousandths, squares_millionths
        Largest difference from the fair share in thousandths of a day, and the sum of the squared ones; null where nothing is shared.
    wishes, unmet_wishes
        Wishes that could be met, and those that are not.
    relaxations
        What is above first limits, and what only should hold and does not.
    missing_officers
        Duty officers who are asked for and not there.
    """

    office_days: int
    fullest_day: int
    largest_difference_thousandths: int | None
    squares_millionths: int | None
    wishes: int
    unmet_wishes: int
    relaxations: int
    missing_officers: int

    @classmethod
    def of(cls, found: Measures | None) -> MeasuresRecord | None:
        """The record of the numbers of a plan, where there is one."""
        if found is None:
            return None
        return cls(
            office_days=found.office_days,
            fullest_day=found.fullest_day,
            largest_difference_thousandths=found.largest_difference,
            squares_millionths=found.squares,
            wishes=found.wishes,
            unmet_wishes=found.unmet,
            relaxations=found.relaxations,
            missing_officers=found.missing_officers,
        )


class CostRecord(Model):
    """What one rule or goal costs in one tier; costs of a tier add up to its value."""

    tier: str
    statement: str
    row: str | None
    cost: int

    @classmethod
    def of(cls, cost: StatementCost) -> CostRecord:
        """The record of a cost."""
        return cls(tier=cost.tier, statement=cost.statement, row=cost.row or None, cost=cost.cost)


class BindingRecord(Model):
    """A limit or need, and how far the plan is from it: `free` is 0 where it binds."""

    rule: str
    unit: str | None
    group: Sentences
    days: list[dt.date]
    side: Side
    sense: Sense
    limit: int
    headcount: int
    free: int
    must: bool

    @classmethod
    def of(cls, found: Binding) -> BindingRecord:
        """The record of a limit."""
        return cls(
            rule=found.rule,
            unit=found.unit or None,
            group=Sentences.of(found.group),
            days=list(found.days),
            side=found.side,
            sense=found.sense,
            limit=found.limit,
            headcount=found.headcount,
            free=found.free,
            must=found.must,
        )


class ChangeRecord(Model):
    """A tier of the plan at hand, and of the best plan after a step; `proven` if the change is exact."""

    tier: str
    before: int
    after: int
    change: int
    proven: bool
    sentences: Sentences

    @classmethod
    def of(cls, cost: TierCost) -> ChangeRecord:
        """The record of a change."""
        return cls(
            tier=cost.tier, before=cost.before, after=cost.after, change=cost.change, proven=cost.proven, sentences=Sentences.of(cost.said)
        )


class StepRecord(Model):
    """A step of one number of a rule.

    Parameters
    ----------
    by
        People or days by which it is looser; tighter where negative.
    unit
        The unit whose groups alone are meant; null for all.
    status
        How the changed instance ended; null where it cannot be planned so, `why` tells.
    tiers, measures
        What the best plan then comes to; empty and null where somebody has none.
    moved
        Tiers of goals whose fair shares move with the step, so that their values are sums over other shares.
    """

    rule: str
    field: str
    by: int
    unit: str | None
    status: Status | None
    proven: bool
    tiers: list[ChangeRecord]
    measures: MeasuresRecord | None
    moved: list[str]
    why: Sentences | None

    @classmethod
    def of(cls, step: Price) -> StepRecord:
        """The record of a step."""
        return cls(
            rule=step.rule,
            field=step.field,
            by=step.by,
            unit=step.unit or None,
            status=step.status,
            proven=step.proven,
            tiers=[ChangeRecord.of(cost) for cost in step.tiers],
            measures=MeasuresRecord.of(step.measures),
            moved=list(step.moved),
            why=None if step.why is None else Sentences.of(step.why),
        )


class PricesFile(JsonFile):
    """What the rules of an instance cost.

    Parameters
    ----------
    status, tiers, measures
        Of the plan at hand.
    costs
        Its tiers, split by rule and goal.
    binding
        Limits and needs that bind it.
    steps
        What a step of each number changes.
    whole
        Whether every step was tried.
    """

    schema_: Literal["giliran-prices/1"] = Field(default=PRICES_SCHEMA, alias="schema")
    title: str
    horizon: tuple[dt.date, dt.date]
    status: Status
    seed: int
    versions: dict[str, str]
    whole: bool
    tiers: list[TierRecord]
    measures: MeasuresRecord | None
    costs: list[CostRecord]
    binding: list[BindingRecord]
    steps: list[StepRecord]

    @classmethod
    def of(cls, prices: Prices) -> PricesFile:
        """The file of some prices."""
        result = prices.result
        return cls(
            **_about(result.instance),
            status=result.status,
            seed=result.seed,
            versions=dict(result.versions),
            whole=prices.whole,
            tiers=[TierRecord.of(tier) for tier in result.tiers],
            measures=MeasuresRecord.of(prices.measures),
            costs=[CostRecord.of(cost) for cost in prices.costs],
            binding=[BindingRecord.of(found) for found in prices.binding],
            steps=[StepRecord.of(step) for step in prices.steps],
        )


class PointRecord(Model):
    """The best plan for one value: `amount` as a file would have it, and as a number or as a share in basis points."""

    amount: str
    number: int | None
    share_basis_points: int | None
    status: Status | None
    proven: bool
    tiers: list[TierRecord]
    measures: MeasuresRecord | None
    why: Sentences | None

    @classmethod
    def of(cls, point: Point) -> PointRecord:
        """The record of a point."""
        share = point.amount.basis_points if isinstance(point.amount, Percent) else None
        return cls(
            amount=written(point.amount),
            number=point.amount if isinstance(point.amount, int) else None,
            share_basis_points=share,
            status=point.status,
            proven=point.proven,
            tiers=[TierRecord.of(tier) for tier in point.tiers],
            measures=MeasuresRecord.of(point.measures),
            why=None if point.why is None else Sentences.of(point.why),
        )


class CurveFile(JsonFile):
    """Plans over the values of one number.

    Parameters
    ----------
    of
        What the number is called: `own/cap`, `own/days.most`, `umum.limit`.
    rule
        The rule as it stands in the instance; null for a choice of a circular.
    whole
        Whether every value was tried.
    """

    schema_: Literal["giliran-curve/1"] = Field(default=CURVE_SCHEMA, alias="schema")
    title: str
    horizon: tuple[dt.date, dt.date]
    of: str
    rule: Sentences | None
    whole: bool
    points: list[PointRecord]

    @classmethod
    def made(cls, instance: Instance, curve: Curve) -> CurveFile:
        """The file of a curve."""
        return cls(
            **_about(instance),
            of=curve.of,
            rule=None if curve.said is None else Sentences.of(curve.said),
            whole=curve.whole,
            points=[PointRecord.of(point) for point in curve.points],
        )


def _about(instance: Instance) -> dict[str, Any]:
    facts = instance.facts
    return {"title": facts.title, "horizon": (facts.dates[0], facts.dates[-1])}

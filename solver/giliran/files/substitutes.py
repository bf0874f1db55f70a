"""Who could stand in for somebody, as JSON for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from giliran.domain.facts import Facts
from giliran.domain.selection import Model
from giliran.domain.status import Status
from giliran.files.standing import ReasonRecord, TierCostRecord, cost_records, move_records
from giliran.records.changes import PlaceChangeRecord
from giliran.records.results import JsonFile
from giliran.whatif.stand_ins import Loss, Substitute, Substitutes
from giliran.whatif.swaps import Swap

SUBSTITUTES_SCHEMA: Literal["giliran-substitutes/1"] = "giliran-substitutes/1"


class LossRecord(Model):
    """What a substitute gives: an unmet wish, days before and after, the difference to the fair share, duties of that day."""

    wish: bool
    days_before: int
    days: int
    difference_thousandths: int | None
    other_duties: list[str]

    @classmethod
    def of(cls, loss: Loss | None) -> LossRecord | None:
        """The record of a loss, if one is known."""
        if loss is None:
            return None
        return cls(
            wish=loss.wish,
            days_before=loss.days_before,
            days=loss.days,
            difference_thousandths=loss.difference,
            other_duties=list(loss.other_duties),
        )


class SubstituteRecord(Model):
    """Somebody who could stand in, and the plan in which that is so."""

    staff_id: str
    in_office: bool
    status: Status
    costs: list[TierCostRecord]
    moves: list[PlaceChangeRecord]
    last_called: dt.date | None
    loss: LossRecord | None

    @classmethod
    def of(cls, one: Substitute, facts: Facts) -> SubstituteRecord:
        """The record of a substitute."""
        return cls(
            staff_id=facts.staff.ids[one.person],
            in_office=one.in_office,
            status=one.status,
            costs=cost_records(one.costs),
            moves=move_records(facts, one.moves),
            last_called=one.last_called,
            loss=LossRecord.of(one.loss),
        )


class SwapRecord(Model):
    """An exchange of days: the other comes on `date`, the person on `other_date`; duty goes with the days."""

    staff_id: str
    date: dt.date
    other_id: str
    other_date: dt.date
    duties: list[str]

    @classmethod
    def of(cls, swap: Swap, facts: Facts) -> SwapRecord:
        """The record of a swap."""
        ids, dates = facts.staff.ids, facts.dates
        return cls(
            staff_id=ids[swap.person],
            date=dates[swap.day],
            other_id=ids[swap.other],
            other_date=dates[swap.other_day],
            duties=list(swap.duties),
        )


class SubstitutesFile(JsonFile):
    """Who could stand in for one person on one day.

    Parameters
    ----------
    duty
        The duty rule, where only its name is to be another.
    broken, gaps
        Findings of rules that the plan does not keep, and days of work for which it gives no place.
    fixed
        Rules that put the person there in any case.
    ranked
        Cheapest first.
    impossible
        People who could come, but no plan has them there instead.
    swaps
        Exchanges that leave every tier as it is; None where nobody asked for them.
    """

    schema_: Literal["giliran-substitutes/1"] = Field(default=SUBSTITUTES_SCHEMA, alias="schema")
    staff_id: str
    date: dt.date
    duty: str | None
    broken: int
    gaps: int
    fixed: list[ReasonRecord]
    ranked: list[SubstituteRecord]
    impossible: list[str]
    swaps: list[SwapRecord] | None

    @classmethod
    def of(cls, answer: Substitutes, swaps: Sequence[Swap] | None) -> SubstitutesFile:
        """The file of an answer."""
        facts = answer.instance.facts
        return cls(
            staff_id=facts.staff.ids[answer.person],
            date=facts.dates[answer.day],
            duty=answer.duty,
            broken=answer.broken,
            gaps=answer.gaps,
            fixed=[ReasonRecord.of(reason) for reason in answer.fixed],
            ranked=[SubstituteRecord.of(one, facts) for one in answer.ranked],
            impossible=[facts.staff.ids[e] for e in answer.impossible],
            swaps=None if swaps is None else [SwapRecord.of(swap, facts) for swap in swaps],
        )

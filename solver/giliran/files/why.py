"""Why somebody is where a plan has them, as JSON for programs."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from giliran.domain.selection import Model
from giliran.domain.status import Status
from giliran.files.standing import PeersRecord, PlaceWord, ReasonRecord, TierCostRecord, cost_records, move_records, place_word
from giliran.instance import Instance
from giliran.records.changes import PlaceChangeRecord
from giliran.records.results import JsonFile
from giliran.whatif.standing import DutyTurns, Turns
from giliran.whatif.why import DayOfPlan, Opposite, Why

WHY_SCHEMA: Literal["giliran-why/1"] = "giliran-why/1"


class OppositeRecord(Model):
    """The best plan with the person on the other side: `costs` against the plan at hand, `moves` everybody who would be elsewhere."""

    place: PlaceWord
    status: Status
    costs: list[TierCostRecord]
    moves: list[PlaceChangeRecord]
    reasons: list[ReasonRecord]

    @classmethod
    def of(cls, opposite: Opposite | None, instance: Instance) -> OppositeRecord | None:
        """The record of the opposite, if there is one."""
        word = None if opposite is None else place_word(opposite.place)
        if opposite is None or word is None:
            return None
        return cls(
            place=word,
            status=opposite.status,
            costs=cost_records(opposite.costs),
            moves=move_records(instance.facts, opposite.moves),
            reasons=[ReasonRecord.of(reason) for reason in opposite.reasons],
        )


class DayRecord(Model):
    """One day: the place, and what would be if the person alone (`reasons`, or `alone` where no rule is broken, `costly` the rules that
    should hold), or all who are tied to the person (`opposite`), moved; `fixed` where rules about the person leave no choice."""

    date: dt.date
    place: PlaceWord | None
    duties: list[str]
    fixed: bool
    reasons: list[ReasonRecord]
    alone: list[TierCostRecord]
    costly: list[ReasonRecord]
    opposite: OppositeRecord | None

    @classmethod
    def of(cls, day: DayOfPlan, instance: Instance) -> DayRecord:
        """The record of a day."""
        return cls(
            date=instance.facts.dates[day.day],
            place=place_word(day.place),
            duties=list(day.duties),
            fixed=day.fixed,
            reasons=[ReasonRecord.of(reason) for reason in day.reasons],
            alone=cost_records(day.alone),
            costly=[ReasonRecord.of(reason) for reason in day.costly],
            opposite=OppositeRecord.of(day.opposite, instance),
        )


class TurnsRecord(Model):
    """The person's office days in one account, beside those of the group."""

    goal: str
    account: str
    days: int
    fair_share_thousandths: int
    balance_thousandths: int
    difference_thousandths: int
    peers: PeersRecord | None

    @classmethod
    def of(cls, turns: Turns, instance: Instance) -> TurnsRecord:
        """The record of office days."""
        return cls(
            goal=turns.goal,
            account=turns.account,
            days=turns.days,
            fair_share_thousandths=turns.share,
            balance_thousandths=turns.balance,
            difference_thousandths=turns.difference,
            peers=PeersRecord.of(turns.group, instance.facts),
        )


class DutyTurnsRecord(Model):
    """The person's days of one duty, beside those of the group; no days where the plan names nobody."""

    rule: str
    account: str
    days: int | None
    balance_thousandths: int
    last_called: dt.date | None
    peers: PeersRecord | None

    @classmethod
    def of(cls, turns: DutyTurns, instance: Instance) -> DutyTurnsRecord:
        """The record of days of duty."""
        return cls(
            rule=turns.rule,
            account=turns.account,
            days=turns.days,
            balance_thousandths=turns.balance,
            last_called=turns.last_called,
            peers=PeersRecord.of(turns.group, instance.facts),
        )


class WhyFile(JsonFile):
    """Why one person is where a plan has them.

    Parameters
    ----------
    broken, gaps
        Findings of rules that the plan does not keep, and days of work for which it gives no place.
    best
        What the best plan costs more than the plan at hand where only people tied to the person move; empty where a rule is broken there.
    """

    schema_: Literal["giliran-why/1"] = Field(default=WHY_SCHEMA, alias="schema")
    staff_id: str
    broken: int
    gaps: int
    best: list[TierCostRecord]
    days: list[DayRecord]
    turns: list[TurnsRecord]
    duties: list[DutyTurnsRecord]

    @classmethod
    def of(cls, answer: Why) -> WhyFile:
        """The file of an answer."""
        instance = answer.instance
        return cls(
            staff_id=instance.facts.staff.ids[answer.person],
            broken=answer.broken,
            gaps=answer.gaps,
            best=cost_records(answer.best),
            days=[DayRecord.of(day, instance) for day in answer.days],
            turns=[TurnsRecord.of(turns, instance) for turns in answer.turns],
            duties=[DutyTurnsRecord.of(turns, instance) for turns in answer.duties],
        )

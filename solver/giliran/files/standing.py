"""What answers about a plan have in common for programs: costs per tier, changed places, rules that stand in the way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from giliran.domain.changes import PlaceChange
from giliran.domain.facts import Facts
from giliran.domain.place import Place
from giliran.domain.selection import Model
from giliran.records.changes import PlaceChangeRecord
from giliran.records.sentences import Sentences
from giliran.whatif.costs import TierCost
from giliran.whatif.reasons import Reason
from giliran.whatif.standing import PeerGroup

PlaceWord = Literal["office", "home", "absent", "off"]


class TierCostRecord(Model):
    """What one tier costs in two plans, and the difference in words; `proven` if `after` cannot be less, given the tiers before."""

    name: str
    before: int
    after: int
    change: int
    proven: bool
    sentences: Sentences

    @classmethod
    def of(cls, cost: TierCost) -> TierCostRecord:
        """The record of a difference."""
        said = Sentences.of(cost.said)
        return cls(name=cost.tier, before=cost.before, after=cost.after, change=cost.change, proven=cost.proven, sentences=said)


class ReasonRecord(Model):
    """A rule that stands in the way; no rule where it is secret."""

    rule: str | None
    row: str | None
    sentences: Sentences

    @classmethod
    def of(cls, reason: Reason) -> ReasonRecord:
        """The record of a reason."""
        return cls(rule=reason.rule or None, row=reason.row or None, sentences=Sentences.of(reason.said))


class PeersRecord(Model):
    """Those who are compared with somebody: how many, fewest and most days, and the mean in thousandths of a day."""

    unit: str | None
    unit_name: str | None
    members: int
    lowest: int
    highest: int
    mean_thousandths: int

    @classmethod
    def of(cls, group: PeerGroup | None, facts: Facts) -> PeersRecord | None:
        """The record of a group, if there is one."""
        if group is None:
            return None
        unit = None if group.unit is None else facts.units[group.unit]
        return cls(
            unit=unit.id if unit else None,
            unit_name=unit.name if unit else None,
            members=group.members,
            lowest=group.lowest,
            highest=group.highest,
            mean_thousandths=group.mean,
        )


def place_word(place: Place) -> PlaceWord | None:
    """The word of a place; None for a day without one."""
    words: dict[Place, PlaceWord | None] = {
        Place.NONE: None,
        Place.OFFICE: "office",
        Place.HOME: "home",
        Place.ABSENT: "absent",
        Place.OFF: "off",
    }
    return words[place]


def cost_records(costs: Iterable[TierCost]) -> list[TierCostRecord]:
    """Records of differences."""
    return [TierCostRecord.of(cost) for cost in costs]


def move_records(facts: Facts, moves: Iterable[PlaceChange]) -> list[PlaceChangeRecord]:
    """Records of changed places; the plan at hand gives each a place."""
    return [
        PlaceChangeRecord.model_validate(
            {
                "staff_id": facts.staff.ids[move.person],
                "date": facts.dates[move.day],
                "was": move.was.word,
                "becomes": move.becomes.word,
            }
        )
        for move in moves
        if move.was != Place.NONE
    ]

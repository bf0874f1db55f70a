"""The headline of a plan: what must not be overlooked beside how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from giliran.domain.finding import Finding, Told
from giliran.domain.place import Strength
from giliran.rules.base import STAFFED


@dataclass(frozen=True)
class Headline:
    """What stands beside the status.

    Parameters
    ----------
    shortfalls
        Findings about something that was asked for and that the facts leave no room for.
    told
        Findings whose sentences stand there: units that stand empty, whoever carries all the duty, and soft floors that found no room,
        unless their unit is told for the same days already.
    """

    shortfalls: int
    told: tuple[Finding, ...]


def headline(findings: Sequence[Finding]) -> Headline:
    """The headline of the findings of a plan."""
    first = [finding for finding in findings if finding.told is Told.HEADLINE]
    places = {(finding.unit, day) for finding in first for day in finding.days}
    missed = [finding for finding in findings if finding.strength is Strength.SHOULD and finding.tier == STAFFED]
    rest = [finding for finding in missed if not places.issuperset((finding.unit, day) for day in finding.days)]
    return Headline(sum(finding.told is Told.SHORTFALL for finding in findings), (*first, *rest))

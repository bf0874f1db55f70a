"""The headline of a plan: what must not be overlooked beside how it ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from giliran.domain.facts import Facts
from giliran.domain.finding import Finding, Told
from giliran.domain.place import Strength
from giliran.domain.units import NO_UNIT
from giliran.messages import Said, Sentence, plain
from giliran.rules.base import STAFFED
from giliran.rules.toolkit.personal import days_text

UNSTAFFED = Sentence(en="{unit}: {rule} found no room on {days}", id="{unit}: {rule} tidak terpenuhi karena batas pada {days}")
EVERYBODY = Sentence(en="everybody concerned", id="semua pegawai yang dimaksud")


@dataclass(frozen=True)
class Headline:
    """What stands beside the status.

    Parameters
    ----------
    shortfalls
        Findings about something that was asked for and that the facts leave no room for.
    told
        Units that stand empty; soft floors that found no room, one sentence for all days of a unit, unless the unit is told for these days
        already; whoever carries all the duty.
    """

    shortfalls: int
    told: tuple[Said, ...]


def headline(facts: Facts, findings: Sequence[Finding]) -> Headline:
    """The headline of the findings of a plan."""
    first = [finding for finding in findings if finding.told is Told.HEADLINE]
    places, people = ([finding for finding in first if bool(finding.people) is personal] for personal in (False, True))
    told = [*(f.said for f in places), *_unstaffed(facts, places, findings), *(f.said for f in people)]
    return Headline(sum(finding.told is Told.SHORTFALL for finding in findings), tuple(told))


def _unstaffed(facts: Facts, empty: Sequence[Finding], findings: Sequence[Finding]) -> Iterator[Said]:
    places = {(finding.unit, day) for finding in empty for day in finding.days}
    missed: dict[tuple[str, int], set[int]] = {}
    for finding in findings:
        if finding.strength is Strength.SHOULD and finding.tier == STAFFED:
            open_ = {day for day in finding.days if (finding.unit, day) not in places}
            missed.setdefault((finding.rule, finding.unit), set()).update(open_)
    for (rule, unit), days in missed.items():
        if days:
            name = EVERYBODY() if unit == NO_UNIT else plain(facts.units.names[unit])
            yield UNSTAFFED(unit=name, rule=plain(rule), days=days_text(facts, sorted(days)))

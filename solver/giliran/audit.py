"""The audit: a schedule held against an instance, from the meaning of the rules alone. Loads no solver."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from giliran.arguments import as_schedule
from giliran.chosen import NOTHING, Chosen, chosen_by
from giliran.costing import StatementCost, statement_costs
from giliran.domain.changes import Changes, changes_of
from giliran.domain.facts import Cells, Facts
from giliran.domain.finding import Finding, Told
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.domain.sealing import Sealed
from giliran.instance import Instance
from giliran.messages import Said, Sentence, plain
from giliran.rules.answers import Fairness
from giliran.rules.base import Rule
from giliran.rules.view import View

PAST = Sentence(
    en="frozen, so it stays although {rule} does not allow it: {said}",
    id="sudah dibekukan, jadi tetap meskipun tidak sesuai dengan {rule}: {said}",
)
BROKEN_SINCE = Sentence(
    en="published, but {rule} does not allow it any more, so that something here must change: {said}",
    id="sudah terbit, tetapi tidak lagi sesuai dengan {rule}, jadi ada yang harus berubah: {said}",
)
FACTS = Sentence(en="what is known today", id="data terbaru")
"""What does not allow it, where that is no rule that anybody wrote but an absence, an order, or another fact."""
_OF_FACTS = "facts/"
"""Beginning of the ids of such rules."""

_ORDER = {Strength.MUST: 0, Strength.SHOULD: 1, Strength.NOTE: 2}


@dataclass(frozen=True, eq=False)
class Audit(Sealed):
    """What a schedule does to an instance.

    Parameters
    ----------
    findings
        Broken rules first, then costly ones, then notes.
    tiers
        Cost of each tier by name, most important first.
    fairness
        Burdens and fair shares of every goal that keeps an account.
    changes
        What the schedule changes against the published plan; None where nothing inside the horizon was published.
    costs
        What every rule and goal costs in every tier; they add up to `tiers`.
    instance, schedule
        What was audited.
    """

    findings: tuple[Finding, ...]
    tiers: Mapping[str, int]
    fairness: tuple[Fairness, ...]
    changes: Changes | None = None
    costs: tuple[StatementCost, ...] = ()
    instance: Instance | None = field(default=None, repr=False, compare=False)
    schedule: Schedule | None = field(default=None, repr=False)

    @cached_property
    def chosen(self) -> Chosen:
        """What the schedule chooses besides places: days of meetings, teams, names for duty; nothing where no schedule is given."""
        return NOTHING if self.instance is None or self.schedule is None else chosen_by(self.instance.view, self.schedule)

    @property
    def broken(self) -> tuple[Finding, ...]:
        """Findings of rules that must hold and do not."""
        return tuple(finding for finding in self.findings if finding.strength is Strength.MUST)


def audit(instance: Instance, schedule: Schedule | NDArray[np.bool_] | NDArray[np.integer[Any]]) -> Audit:
    """Audit a schedule made anywhere, also by hand, also a wrong one.

    Parameters
    ----------
    instance
        The instance.
    schedule
        Places of its cells. Present cells without a place are findings, unless the schedule says that they were left out. An array serves
        as well: who is in the office (bool[E, D], see `Schedule.from_office`), or the `Place` of each cell (int[E, D]).

    Returns
    -------
    Audit
        Findings, tier values and fairness; cells without a place count nowhere.

    Raises
    ------
    InputError
        If the schedule is for other people or days, or names rules that the instance does not have.
    """
    schedule = as_schedule(instance, schedule)
    view = instance.view
    findings = [finding for rule in view.rules for finding in findings_of(rule, view, schedule)]
    costs, tiers = statement_costs(view, schedule, findings), dict.fromkeys(view.tiers.names, 0)
    for each in costs:
        tiers[each.tier] += each.cost
    for goal in view.goals:
        findings.extend(goal.notes(view, schedule))
    findings.extend([*instance.notes, *broken_since(view)])
    accounts = [account for goal in view.goals if (account := goal.fairness(view, schedule)) is not None]
    changes = changes_of(view.facts, schedule)
    return Audit(tuple(sorted(findings, key=_key)), tiers, tuple(accounts), changes, costs, instance, schedule)


check = audit
"""What programs call it: `giliran.check`."""


def broken_since(view: View) -> Iterator[Finding]:
    """What of the published plan the rules do not allow any more, on days that may still change: why a new plan cannot leave it as it is.

    Told is only what the published plan decides alone: where it has a place for everybody concerned who is there.
    """
    facts = view.facts
    known = facts.present & (facts.published != Place.NONE) & (facts.published != Place.ABSENT)
    if not (known & ~view.kept).any():
        return
    place = np.where(known, facts.published, np.where(facts.absent, np.int8(Place.ABSENT), np.int8(Place.NONE))).astype(np.int8)
    duty = {rule: cells & facts.present for rule, cells in facts.published_duty.items() if rule in view.by_id}
    team = {rule: team for rule, team in facts.published_team.items() if rule in view.by_id}
    before = Schedule(place, duty, team, facts.present & ~known)
    for rule in view.rules:
        for finding in rule.audit(view, before):
            if finding.strength is Strength.MUST and not _is_past(finding, rule, view) and _is_decided(finding, facts, known):
                said = BROKEN_SINCE(rule=_named(finding), said=finding.said)
                yield replace(finding, strength=Strength.NOTE, said=said, tier="", cost=0, told=Told.LIST, of_published=True)


def _is_decided(finding: Finding, facts: Facts, known: Cells) -> bool:
    """Whether everybody concerned who is there has a place in the published plan; of names, whether it has some and they may change."""
    if finding.of_names and not _are_open(finding, facts):
        return False
    if finding.cells is not None:
        return all(known[cell] or not facts.present[cell] for cell in finding.cells)
    days = list(finding.days)
    if not days:
        return False
    open_ = facts.present[:, days] & ~known[:, days]
    if finding.people:
        return not open_[list(finding.people)].any()
    within = facts.units.under([finding.unit], facts.unit[:, days]) if finding.unit >= 0 else True
    return not (open_ & within).any()


def _are_open(finding: Finding, facts: Facts) -> bool:
    """Whether names were published for all days of a finding, some of which may still change."""
    days, named = list(finding.days), facts.published_duty.get(finding.rule)
    return named is not None and bool(named[:, days].any(axis=0).all()) and not facts.frozen_days[days].all()


def findings_of(rule: Rule, view: View, schedule: Schedule) -> Iterator[Finding]:
    """Findings of one rule; what it misses on frozen days, where nothing can be decided any more, is a note about the past."""
    for finding in rule.audit(view, schedule):
        yield _as_past(finding, view) if finding.strength is Strength.MUST and _is_past(finding, rule, view) else finding


def _is_past(finding: Finding, rule: Rule, view: View) -> bool:
    if view.keeper is None or finding.of_names:
        return False
    cells = finding.cells
    if cells is None and not finding.people:
        return False
    if cells is None:
        cells = tuple((e, d) for e in finding.people for d in finding.days)
    here = any(view.facts.present[cell] for cell in cells)
    return view.past(cells, finding.days) and not (here and rule.binds_the_past)


def _named(finding: Finding) -> Said:
    return FACTS() if finding.rule.startswith(_OF_FACTS) else plain(finding.rule)


def _as_past(finding: Finding, view: View) -> Finding:
    assert view.keeper is not None
    said = PAST(rule=_named(finding), said=finding.said)
    note = view.keeper.finding(
        Strength.NOTE, finding.amount, said, unit=finding.unit, days=finding.days, people=finding.people, told=Told.SHORTFALL
    )
    return replace(note, row=finding.row)


def _key(finding: Finding) -> tuple[int, str, tuple[int, ...], int, tuple[int, ...]]:
    return _ORDER[finding.strength], finding.rule, finding.days, finding.unit, finding.people

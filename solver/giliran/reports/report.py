"""What a report is made of, and how it calls rules and units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from giliran.audit import Audit
from giliran.circulars import ResolvedCircular
from giliran.domain.changes import Changes
from giliran.domain.facts import Facts
from giliran.domain.finding import Finding
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.instance import DocumentRecord, Instance
from giliran.instance.finishing import FACTS
from giliran.instance.ordered import OrderedRecord, ordered_of
from giliran.messages import Said, Sentence, plain, shown
from giliran.reports.answer import Answer
from giliran.reports.scope import Scope
from giliran.reports.words import row_said
from giliran.rules.answers import Fairness
from giliran.rules.view import View

if TYPE_CHECKING:
    from giliran.result import Result

_RULE = Sentence(en="{rule} ({row})", id="{rule} ({row})")
_FACTS = Sentence(en="data", id="data")
UNDER = " › "
"""Between a unit and the one below it."""


@dataclass(frozen=True)
class Report:
    """Everything that a report shows; `Report.of` and `Report.of_audit` make one.

    Parameters
    ----------
    view
        Facts and rules.
    schedule
        The plan.
    findings, fairness
        From its audit.
    changes
        What the plan changes against the published one; None where nothing was published.
    only
        Whom and which days it shows; everything when None.
    answers
        What was asked about people.
    version
        Number of the plan: 1, and one more each time that it is planned again.
    before
        Places of the published plan : int8[E, D]; None where nothing was published.
    because
        What changes go back to, where that is known: by person, day and duty rule, "" for a place.
    ordered
        What the plan was made with beside the files of its instance.
    document, circulars
        What stands around the table on paper, and the letters in force.
    """

    view: View
    schedule: Schedule
    findings: Sequence[Finding] = ()
    fairness: Sequence[Fairness] = ()
    changes: Changes | None = None
    only: Scope | None = None
    answers: Sequence[Answer] = ()
    version: int = 1
    before: NDArray[np.int8] | None = None
    because: Mapping[tuple[int, int, str], Said] = field(default_factory=dict)
    ordered: OrderedRecord | None = None
    document: DocumentRecord = field(default_factory=DocumentRecord)
    circulars: Sequence[ResolvedCircular] = ()

    @classmethod
    def of(cls, result: Result) -> Report:
        """The report of a result."""
        view, before = result.instance.view, _published(result.instance.facts)
        found = cls(view, result.schedule, result.findings, result.fairness, result.changes, version=result.version, before=before)
        return found._about(result.instance)

    @classmethod
    def of_audit(cls, instance: Instance, schedule: Schedule, audit: Audit) -> Report:
        """The report of a schedule that was audited."""
        found = cls(instance.view, schedule, audit.findings, audit.fairness, audit.changes, before=_published(instance.facts))
        return found._about(instance)

    def _about(self, instance: Instance) -> Report:
        ordered = ordered_of(instance, self.schedule)
        return replace(self, ordered=ordered, document=instance.document, circulars=instance.circulars)

    @property
    def facts(self) -> Facts:
        """The facts."""
        return self.view.facts

    @cached_property
    def scope(self) -> Scope:
        """Whom and which days it shows."""
        return self.only or Scope.whole(self.facts)

    @cached_property
    def told(self) -> tuple[Finding, ...]:
        """Findings about what it shows."""
        return tuple(one for one in self.findings if self.only is None or self.only.tells(one, self.facts))

    @cached_property
    def broken(self) -> tuple[Finding, ...]:
        """Those of them by which a rule that must hold does not."""
        return tuple(one for one in self.told if one.strength is Strength.MUST)

    @cached_property
    def gaps(self) -> NDArray[np.bool_]:
        """Days of work that it shows and the plan gives no place : bool[E, D]."""
        return np.asarray(self.schedule.unplaced(self.facts) & self.scope.people[:, None] & self.scope.days)

    @cached_property
    def part(self) -> Schedule:
        """What it shows of the plan."""
        return self.schedule if self.only is None else self.only.part_of(self.schedule)

    @cached_property
    def named(self) -> Mapping[tuple[int, int], tuple[str, ...]]:
        """Ids of the duty rules that name a person on a day, by person and day."""
        found: dict[tuple[int, int], list[str]] = {}
        for rule, part in sorted(self.schedule.named.parts.items()):
            person, day = np.divmod(part.columns, self.facts.num_days)
            for cell in zip(person.tolist(), day.tolist(), strict=True):
                found.setdefault(cell, []).append(rule)
        return {cell: tuple(rules) for cell, rules in found.items()}

    def rule_name(self, rule: str, row: str | None) -> Said:
        """A rule's id with the circular's row; what no rule says is of the data."""
        where = row_said(row)
        if rule == FACTS or rule.startswith(f"{FACTS}/"):
            return _FACTS()
        return _RULE(rule=rule, row=where) if where else plain(rule)

    @cached_property
    def _upward(self) -> list[tuple[str, ...]]:
        """The names of every unit and of those above it, its own first."""
        names = [shown(name) for name in self.facts.units.names]
        return [tuple(names[u] for u in self.facts.units.path(unit)) for unit in range(len(names))]

    @cached_property
    def _often(self) -> Counter[tuple[str, ...]]:
        """How many units are called so, by the names of a unit and of some units above it."""
        return Counter(chain[:length] for chain in self._upward for length in range(1, len(chain) + 1))

    def unit_name(self, unit: int) -> str:
        """A unit's name, after those of so many units above it that no other unit is called so."""
        chain = self._upward[unit]
        length = next((n for n in range(1, len(chain)) if self._often[chain[:n]] == 1), len(chain))
        return UNDER.join(reversed(chain[:length]))

    def unit_path(self, unit: int) -> tuple[str, ...]:
        """The names of a unit and of all units above it, the highest first."""
        return self._upward[unit][::-1]


def _published(facts: Facts) -> NDArray[np.int8] | None:
    """Places of the plan that an instance has published; None where it says nothing of the horizon."""
    return facts.published if (facts.published != Place.NONE).any() else None

"""Published duty officers keep their place where nothing else speaks against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Literal

import numpy as np

from giliran.domain.facts import Cells, Facts
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.messages import Said, Sentence
from giliran.program import ProgramBuilder
from giliran.rules.answers import CostUnit
from giliran.rules.base import Goal, Statement
from giliran.rules.toolkit.changing import Change, rank_of, still_open
from giliran.rules.view import View

DESCRIBED = Sentence(
    en="Among plans that are alike, one that keeps published duty officers in the office.",
    id="Di antara jadwal yang sama baiknya, dipilih yang tetap menempatkan petugas piket yang sudah ditetapkan di kantor.",
)
MORE_BROKEN = Sentence(
    en="{count} more published duty {count:officer|officers} not in the office",
    id="petugas piket yang sudah ditetapkan tetapi tidak WFO bertambah {count}",
)
FEWER_BROKEN = Sentence(
    en="{count} fewer published duty {count:officer|officers} not in the office",
    id="petugas piket yang sudah ditetapkan tetapi tidak WFO berkurang {count}",
)


class PromisedNames(Goal):
    """Among plans that are alike, one that keeps published duty officers in the office.

    Notes
    -----
    Meaning: each name for a duty in the published plan, on a day that is not frozen, of somebody present who could stand for it and is not
    in the office costs 1, in the last tier: only ties are settled so, before the lottery. Where few changes come first (`few_changes`), the
    tier stands right after those of changed places.
    Formula: ``Σ (1 − x[i, d])`` over published names.
    Source: own; a name that was announced is a promise, and the lottery once broke some for nothing.

    Kept: A is an officer of Monday, officers `1.... .....`, of `kind: duty_officers, count: 1`: planned `10000 01111`.
    Broken by 1: `01111 10000`.
    """

    public: ClassVar[bool] = False
    own_tiers: ClassVar[tuple[tuple[str, int], ...]] = (("promised_names", 90),)
    tier_words: ClassVar[Mapping[str, Sentence]] = {
        "promised_names": Sentence(en="announced officers who are not there", id="petugas yang sudah ditetapkan tetapi tidak WFO")
    }

    kind: Literal["promised_names"] = "promised_names"

    @classmethod
    def implied(cls, facts: Facts, written: Sequence[Statement]) -> list[Statement]:
        """Where the published plan names anybody on a day that may still change."""
        open_ = any((cells & facts.present & ~facts.frozen_days).any() for cells in facts.published_duty.values())
        return [cls(id="facts/promised_names")] if open_ else []

    @classmethod
    def ranks(cls, facts: Facts) -> Mapping[str, int]:
        """After changed places where few changes come first, else last."""
        if not (facts.few_changes and still_open(facts)):
            return super().ranks(facts)
        return {name: rank_of(Change.NAMES, facts) for name, _ in cls.own_tiers}

    def cost_units(self) -> Iterator[tuple[str, CostUnit]]:
        """Names of published officers who are not in the office."""
        yield self.tier_name, CostUnit(self.weight, MORE_BROKEN, FEWER_BROKEN)

    def _promised(self, view: View) -> Iterator[Cells]:
        """For each duty, cells of published officers who could stand for it : bool[E, D]."""
        for duty in view.duties:
            named = view.facts.published_duty.get(duty.rule)
            if named is not None:
                found = np.zeros(view.facts.shape, dtype=np.bool_)
                np.logical_or.at(found, duty.person, duty.open & (duty.need[duty.group] > 0) & named[duty.person])
                yield found & ~view.facts.frozen_days

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """A charge per name."""
        for cells in self._promised(view):
            out.place(view.cost_in(self.tier_name, self.weight), office=cells)

    def values(self, view: View, schedule: Schedule) -> Mapping[str, int]:
        """Names of published officers who are not in the office, day by day."""
        kept = schedule.office | (schedule.place == Place.NONE)
        return {self.tier_name: self.weight * sum(int((cells & ~kept).sum()) for cells in self._promised(view))}

    def describe(self, view: View) -> Said:
        """The goal in one sentence."""
        return DESCRIBED()

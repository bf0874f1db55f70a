"""Units that stand empty are told, whatever the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells, Facts
from giliran.domain.finding import Finding, Told
from giliran.domain.place import DayKind, Place, Strength
from giliran.domain.schedule import Schedule
from giliran.domain.units import NO_UNIT
from giliran.domain.words import Kind, words
from giliran.messages import Said, Sentence, plain
from giliran.program import ProgramBuilder
from giliran.rules.base import Rule, Statement
from giliran.rules.toolkit.personal import days_text
from giliran.rules.view import View

EMPTY = Sentence(en="{unit}: nobody is in the office on {days}", id="{unit}: tidak ada yang WFO pada {days}")
UNDER = Sentence(en="{above} › {unit}", id="{above} › {unit}")
DESCRIBED = Sentence(
    en="Units in which nobody is in the office are told.", id="Unit kerja yang tidak diisi seorang pun di kantor diberitahukan."
)


class EmptyUnits(Rule):
    """Units in which nobody is in the office on a working day are told, whatever the rules.

    Notes
    -----
    Meaning: binds nobody. A note for every unit with people who work on a day none of whom is in the office, the unit's sub-units
    included; of nested units the outermost is named. Units smaller than a bidang (the packaged words of `small_level`) stand empty in
    every rotation and are not told, unless nothing else stands above them. Days with a cell that is not planned are skipped.
    Formula: none.
    Source: own; a proven best plan once left a whole office empty on Fridays without a word.

    Kept: two people of a bidang, `10 01`.
    Broken by nothing, but Tuesday is told: `10 10`.
    """

    public: ClassVar[bool] = False
    kind: Literal["empty_units"] = "empty_units"

    @classmethod
    def implied(cls, facts: Facts, written: Sequence[Statement]) -> list[Statement]:
        """Always."""
        return [cls(id="facts/empty_units")]

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """Nothing: it binds nobody."""

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """One note per outermost empty unit, with its days."""
        facts = view.facts
        outermost = _outermost(facts, _empty(facts, schedule))
        for unit in np.flatnonzero(outermost.any(axis=1)).tolist():
            days = tuple(np.flatnonzero(outermost[unit]).tolist())
            said = EMPTY(unit=_label(facts, unit), days=days_text(facts, days))
            yield self.finding(Strength.NOTE, len(days), said, unit=unit, days=days, told=Told.HEADLINE)

    def describe(self, view: View) -> Said:
        """What is told."""
        return DESCRIBED()


def _empty(facts: Facts, schedule: Schedule) -> NDArray[np.bool_]:
    """Units of which somebody works on a day, everybody is planned and nobody is in the office : bool[U, D]."""
    works = facts.kind == DayKind.WORK
    told = ~facts.units.level.where(frozenset(words(Kind.SMALL_LEVEL)).__contains__) | (facts.units.parent == NO_UNIT)
    working = _inside(facts, works)
    seated, unknown = _inside(facts, works & schedule.office), _inside(facts, works & facts.present & (schedule.place == Place.NONE))
    return np.asarray((working > 0) & (seated == 0) & (unknown == 0) & told[:, None])


def _label(facts: Facts, unit: int) -> Said:
    """The unit's name, under that of the unit above it where others are called so."""
    names, parent = facts.units.names, int(facts.units.parent[unit])
    alone = parent == NO_UNIT or names.count(names[unit]) == 1
    return plain(names[unit]) if alone else UNDER(above=plain(names[parent]), unit=plain(names[unit]))


def _inside(facts: Facts, cells: Cells) -> NDArray[np.int64]:
    """Cells of each unit and all below it, by day : int64[U, D]."""
    e, d = np.nonzero(cells)
    days, units = facts.num_days, len(facts.units)
    count = np.bincount(facts.unit[e, d].astype(np.int64) * days + d, minlength=units * days).reshape(units, days)
    for below in _layers(facts)[::-1]:
        np.add.at(count, facts.units.parent[below], count[below])
    return np.asarray(count)


def _outermost(facts: Facts, empty: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Empty units that stand in no other empty unit : bool[U, D]."""
    covered = np.zeros_like(empty)
    for below in _layers(facts):
        above = facts.units.parent[below]
        covered[below] = covered[above] | empty[above]
    return empty & ~covered


def _layers(facts: Facts) -> list[NDArray[np.int64]]:
    """Units that have one above them, those nearest to the roots first : int64[·] per depth."""
    depth = facts.units.depth
    return [np.flatnonzero(depth == at) for at in range(1, int(depth.max(initial=0)) + 1)]

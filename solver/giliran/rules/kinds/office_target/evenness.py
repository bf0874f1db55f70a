"""Evenness over the days: squares of headcounts, or the fullest day less the emptiest, both against targets where there are any."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from giliran.domain.facts import Cells
from giliran.messages import Sentence
from giliran.program import INFINITE, Cost, ProgramBuilder
from giliran.rules.answers import Counts
from giliran.rules.base import Statement
from giliran.rules.groups import Groups

LESS_EVEN = Sentence(
    en="days filled less evenly (squares of the headcounts +{count})", id="isi kantor antarhari kurang merata (kuadrat jumlah WFO +{count})"
)
MORE_EVEN = Sentence(
    en="days filled more evenly (squares of the headcounts −{count})", id="isi kantor antarhari lebih merata (kuadrat jumlah WFO −{count})"
)
FARTHER = Sentence(
    en="headcounts farther from the targets of the days (squares +{count})",
    id="jumlah WFO lebih jauh dari sasaran harian (kuadrat +{count})",
)
NEARER = Sentence(
    en="headcounts nearer to the targets of the days (squares −{count})",
    id="jumlah WFO lebih dekat dengan sasaran harian (kuadrat −{count})",
)
WIDER = Sentence(en="fullest and emptiest days {count} farther apart", id="selisih hari terpadat dan hari terlengang bertambah {count}")
NARROWER = Sentence(en="fullest and emptiest days less apart by {count}", id="selisih hari terpadat dan hari terlengang berkurang {count}")
WIDER_OFF = Sentence(
    en="differences from the targets of the days {count} farther apart", id="rentang selisih dari sasaran harian bertambah {count}"
)
NARROWER_OFF = Sentence(
    en="differences from the targets of the days less apart by {count}", id="rentang selisih dari sasaran harian berkurang {count}"
)
EVENLY = Sentence(en=", evenly over the days ({per})", id=", merata antarhari ({per})")
TOWARDS = Sentence(en=", as close as possible to the targets of the days ({per})", id=", sedekat mungkin dengan sasaran harian ({per})")
ALIKE = Sentence(
    en=", the fullest and the emptiest day as alike as possible ({per})",
    id=", selisih hari terpadat dan hari terlengang sekecil mungkin ({per})",
)
ALIKE_TO_TARGETS = Sentence(
    en=", the differences from the targets of the days as alike as possible ({per})",
    id=", selisih dari sasaran harian seserupa mungkin ({per})",
)


class LevelBy(StrEnum):
    """How unevenness is measured."""

    SQUARES = "squares"
    RANGE = "range"

    def described(self, *, targets: bool) -> Sentence:
        """What it asks for, with a place for the groups."""
        if self is LevelBy.RANGE:
            return ALIKE_TO_TARGETS if targets else ALIKE
        return TOWARDS if targets else EVENLY

    def units(self, *, targets: bool) -> tuple[Sentence, Sentence]:
        """So much more and less of it."""
        if self is LevelBy.RANGE:
            return (WIDER_OFF, NARROWER_OFF) if targets else (WIDER, NARROWER)
        return (FARTHER, NEARER) if targets else (LESS_EVEN, MORE_EVEN)


@dataclass(frozen=True)
class Level:
    """Headcounts that shall be even.

    Parameters
    ----------
    groups
        Groups of the cells of the goal.
    cells
        Present cells of the goal on days that matter : bool[E, D].
    target
        People wanted in each group and on each day : int64[G, D].
    """

    groups: Groups
    cells: Cells
    target: Counts

    def compile_squares(self, out: ProgramBuilder, cost: Cost) -> None:
        """A ladder per group and day: `n² − 2·t·n`."""
        group, day, size, col = self.groups.columns(self.cells)
        out.squares(size, col, cost, plus=-2 * self.target[group, day])

    def compile_range(self, owner: Statement, out: ProgramBuilder, cost: Cost) -> None:
        """Two columns per group, no less than the largest difference from a target and than the smallest one turned round.

        With differences `a` between `low` and `high`, whatever is planned, the columns are `max a − low` and `high − min a`, both least at
        their best, and their sum is `max a − min a + high − low`, of which the last part is owed back.
        """
        group, day, size, col = self.groups.columns(self.cells)
        target, (found, of) = self.target[group, day], np.unique(group, return_inverse=True)
        low, high = np.full(len(found), INFINITE), np.full(len(found), -INFINITE)
        np.minimum.at(low, of, -target)
        np.maximum.at(high, of, size - target)
        nothing, width, before = np.zeros_like(low), high - low, np.cumsum(size) - size
        for sign, bound in ((-1, -target - low[of]), (1, target + high[of])):
            column = out.aux(nothing, width)
            cols, coef = np.insert(col, before, column[of]), np.insert(np.full_like(col, sign), before, 1)
            out.rows(owner, size + 1, cols, coef=coef, lo=bound, group=group, day=day)
            out.charge(column, np.ones_like(column), cost, base=-width if sign < 0 else nothing)

    def squares(self, planned: Cells, seated: Cells) -> int:
        """Squares of the groups and days that are planned to the last cell."""
        people, office = self.groups.count(self.cells), self.groups.count(self.cells & seated)
        whole = (people > 0) & (self.groups.count(self.cells & planned) == people)
        return int(((office - 2 * self.target) * office)[whole].sum())

    def ranges(self, planned: Cells, seated: Cells) -> int:
        """The largest difference from a target less the smallest one, of every group that is planned to the last cell."""
        people, office = self.groups.count(self.cells), self.groups.count(self.cells & seated)
        open_ = np.asarray((self.groups.count(self.cells & ~planned) > 0).any(axis=1))
        total = 0
        for g in np.flatnonzero(~open_ & (people > 0).any(axis=1)).tolist():
            off = (office[g] - self.target[g])[people[g] > 0]
            total += int(off.max() - off.min())
        return total

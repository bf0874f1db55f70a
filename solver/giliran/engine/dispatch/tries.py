"""Tries: what CP-SAT does for one part, again and again, and what it keeps from one try to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from giliran.engine.base.part import Part
from giliran.engine.base.solution import Solution
from giliran.engine.cpsat.call import Effort
from giliran.engine.cpsat.search import ATTEMPT, TURNS, attempt
from giliran.engine.cpsat.symmetry import Exchanges
from giliran.engine.dispatch.suiting import is_short
from giliran.program import Ints

if TYPE_CHECKING:
    from giliran.engine.columns.relaxation import ColumnResult


@dataclass
class Tries:
    """What CP-SAT does for a part while relaxations are at work on it, each try from all that is known.

    Parameters
    ----------
    effort
        What the part may spend.
    best
        What is known of it, None if nothing.
    again
        Whether CP-SAT has tried already.
    people
        Its people who can change places.
    turns
        How many turns it had.
    """

    effort: Effort
    best: Solution | None
    people: Exchanges
    again: bool = False
    turns: int = 0

    def turn(self, part: Part, said: ColumnResult, look: bool) -> tuple[Ints | None, bool]:
        """What CP-SAT finds where others take long, the more the oftener, and whether that is all; a look is for small parts."""
        if look and not is_short(part):
            return None, False
        work = ATTEMPT if look else TURNS[min(self.turns, len(TURNS) - 1)]
        self.best = attempt(part, self.effort, work, said, self.best, again=self.again, people=self.people)
        self.again, self.turns = True, self.turns + (not look)
        return self.best.x, self.best.decided

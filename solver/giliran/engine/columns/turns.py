"""Turns: how long branch and bound may go on before another method tries."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from giliran.engine.base.budget import Budget
from giliran.engine.columns.face import OptimalFace
from giliran.engine.columns.highs import Verdict, Whole, search_whole
from giliran.engine.columns.patterns import MOST_TOGETHER
from giliran.program import Ints

MOST_SEARCH_S = 5.0
"""Seconds of one branch and bound, or three times as many as everything else took before. Where it helped on B2 to B4 it took 1.5 s at
most; 3,000 people × 2 weeks in one part, 36 CPU seconds of linear programs before, took 6 in it, and 320 where five were all; others of
as many, 9 seconds before, needed 17 to 19 of it, and 300 where they were not given."""

MOST_SEARCH_OF_PATHS_S = 60.0
"""The same over state graphs, where it takes 1 to 30 s for 50 to 150 people and 8 to 13 weeks."""

ARCS_PER_S, MANY_ARCS = 1_000, 30_000
"""Half of the time that is left goes into branch and bound over state graphs where it goes so far in all of it, and an eighth where it does
not, or where there are so many: windows need the time. 12,000 arcs took it 10 s, 16,000 and 17,000 20 s, 23,000 and 24,000 30 and 19 s
(B8, seeds 2 to 5), 28,000 over a year 44 s; 34,000 over half a year did not come to an end in 50."""

PATTERNS_PER_S = 1_000_000
"""Patterns that are made in a second at the most; where there is less time fewer are made. A slower pace takes patterns from parts that
have the time: 102 people × 4 weeks are proven in 0.35 s over 108,000."""

TURN_PATTERNS_PER_S = 100_000
"""Patterns that are made and solved over in a second; where they would be more than our turn has time for, fewer weeks go into one. With a
turn of CP-SAT before that, 150 people × 4 weeks under a limit for the whole agency took 41 CPU seconds, now 1.0: 94,000 patterns."""

TURN_ECHOED_PER_S = 3_000
"""The same where patterns go with choices of several people, and others have their turn before: 15,000 of 48 people with twelve meetings a
week take a second of linear program, 21,000 of 60 people with ten take five, and neither proved more than cells, or weeks, had."""

NO_END_S = 1e9
"""Seconds of work where nobody else has a turn."""

Ask = Callable[[bool], tuple[Ints | None, bool]]
"""Lets another method try, or only look: a plan of the part or None, and whether nothing is left to do."""


@dataclass
class Turns:
    """Whose turn it is in a part.

    Parameters
    ----------
    patience
        Seconds of branch and bound before each turn of another method; the work ends with the last. No limit where empty.
    ask
        That method; None where nobody is there.

    Attributes
    ----------
    left
        Seconds until the next turn.
    settled
        Whether nothing is left to do here.
    """

    patience: tuple[float, ...] = ()
    ask: Ask | None = None
    left: float = field(init=False)
    settled: bool = field(default=False, init=False)
    _looked: bool = field(default=False, init=False)
    _begin: float = field(default_factory=time.monotonic, init=False)
    _searched: float = field(default=0.0, init=False)
    _whole: float = field(init=False)
    _later: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self._whole, *self._later = self.patience or (NO_END_S,)
        self.left = self._whole

    def search(self, face: OptimalFace, cost: Ints, budget: Budget) -> tuple[Whole, bool]:
        """Search a face in whole numbers while it is our turn; and whether the clock ended that."""
        ours = self.ours(face, budget)
        begin = time.monotonic()
        whole = search_whole(face, cost, ours)
        self.left -= (spent := time.monotonic() - begin)
        self._searched += spent
        return whole, whole.verdict is Verdict.OPEN and ours.over

    def ours(self, face: OptimalFace, budget: Budget) -> Budget:
        """How long a face may be searched in whole numbers."""
        left = budget.seconds
        most = max(MOST_SEARCH_S, 3 * self._rest_s) if face.graph is None else MOST_SEARCH_OF_PATHS_S
        if left is not None and face.graph is not None:
            most = min(most, left / (2 if face.num_columns <= min(ARCS_PER_S * left, MANY_ARCS) else 8))
        return budget.within(min(self.left, most))

    @property
    def _rest_s(self) -> float:
        """Seconds of everything but branch and bound so far."""
        return time.monotonic() - self._begin - self._searched

    def most_patterns(self, budget: Budget, *, echoed: bool) -> tuple[int, bool]:
        """How many patterns of a face there is time for, and whether only our turn is too short for more, whatever was spent of it."""
        most = MOST_TOGETHER if budget.seconds is None else min(MOST_TOGETHER, int(PATTERNS_PER_S * budget.seconds))
        ours = int((TURN_ECHOED_PER_S if echoed else TURN_PATTERNS_PER_S) * self._whole)
        return min(most, ours), ours < most

    def look(self) -> Ints | None:
        """Let another method look once, before our turn is over; its plan if it has one."""
        if self._looked or self.ask is None:
            return None
        self._looked = True
        x, self.settled = self.ask(True)
        return x

    def others(self) -> Ints | None:
        """Let another method try, or end the work; its plan if it has one."""
        x, self.settled = self.ask(False) if self.ask is not None and self._later else (None, True)
        if not self.settled:
            self._whole, *self._later = self._later
            self.left = self._whole
        return x

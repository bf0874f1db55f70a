"""What the engine is asked with and what it answers. Loads no solver."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from enum import StrEnum
from threading import Event

from giliran.domain.facts import Cells
from giliran.domain.status import Status, Stopped
from giliran.engine.base.memory import Memory
from giliran.engine.base.sums import Sum

LARGEST_SEED = 1 << 31
"""Seeds are taken modulo this: CP-SAT knows 31 bits."""


@dataclass(frozen=True)
class Progress:
    """How far a search is.

    Parameters
    ----------
    done, total
        Parts that are done, with or without a plan, and parts in all.
    seconds
        Wall seconds since the search began, compiling left out.
    planned
        Parts of which a plan is known, those that are still searched for a better one too.
    proven
        Tiers, from the first, that are proven in every part; parts that are proven to have no plan count as proven. 0 as long as some
        part may have a plan and none is known. Where questions are counted instead of parts, it and `planned` are 0.
    tiers
        What the best plan known so far costs, and the bound, as in `Result.tiers`; also while a part is searched on. Empty as long as some
        part has no plan, and where several instances or questions are counted.
    """

    done: int
    total: int
    seconds: float
    planned: int = 0
    proven: int = 0
    tiers: tuple[TierResult, ...] = ()

    @property
    def tier(self) -> TierResult | None:
        """The first tier that is not proven: what the search is about. None where all are, or nothing is known."""
        return next((tier for tier in self.tiers if not tier.proven), None)


class Method(StrEnum):
    """What comes before CP-SAT or makes it easier; each is exact, and each can be left out to compare."""

    FLOW = "flow"
    """Parts that are min-cost flows are solved as such."""
    LP = "lp"
    """Linear programs bound the tiers of a part and often plan it."""
    PATTERNS = "patterns"
    """Linear programs choose among the weeks that a person may have, where cells alone leave a gap."""
    AGGREGATION = "aggregation"
    """Interchangeable people are counted in linear programs, not told apart."""


ALL_METHODS = frozenset(Method)


@dataclass(frozen=True)
class EngineOptions:
    """How to solve.

    Parameters
    ----------
    time_limit_s
        Seconds for all parts together, None for no limit.
    workers
        Tasks at work at the same time: threads, or places of the executor.
    seed
        Seed of the search; it settles ties that the lottery of people leaves.
    cancel
        Set it from any thread to end the solve with the best plan found.
    progress
        Called in the thread that called `optimise` after every part, and when a part that is searched on has got a better plan or bound.
    improved
        Called so as well when all parts have a plan, with whatever makes the answer of it that there would be if the search ended then; and
        again for every better plan. It may be called in any thread. Only where one program is searched.
    split
        Whether parts are solved apart; False is for tests.
    methods
        What is tried besides CP-SAT.
    executor
        Where tasks run; threads of this process when None.
    """

    time_limit_s: float | None = None
    workers: int = 1
    seed: int = 0
    cancel: Event | None = None
    progress: Callable[[Progress], None] | None = None
    improved: Callable[[Callable[[], Outcome]], None] | None = None
    split: bool = True
    methods: frozenset[Method] = ALL_METHODS
    executor: Executor | None = None


@dataclass(frozen=True)
class TierResult:
    """Value and bound of one tier, over all planned parts or in one of them.

    Parameters
    ----------
    name
        Name of the tier.
    value
        Cost of the plan, as the audit counts it: person-days, weighted switches, squares of balances or what else the tier's goals count,
        a whole number, less is better. Over all parts it holds what no part decides too, in one part it does not.
    bound
        No plan that is in every part at least as good in the tiers before has less.
    conditional
        True if a tier before it is not proved in some part.
    """

    name: str
    value: int
    bound: int
    conditional: bool

    @property
    def proven(self) -> bool:
        """The value is the least possible, given the tiers before."""
        return self.value == self.bound and not self.conditional


@dataclass(frozen=True)
class PartResult:
    """One part: cells that statements tie together, solved alone.

    Parameters
    ----------
    people, days
        Rows of the people and indices of the days with cells in it, ascending.
    status
        How it ended; `OPTIMAL` when every tier is proven.
    tiers
        Value and bound of each tier in this part, without what fixed cells cost; empty without a plan.
    seconds
        Wall time of its solve.
    """

    people: tuple[int, ...]
    days: tuple[int, ...]
    status: Status
    tiers: tuple[TierResult, ...]
    seconds: float


@dataclass(frozen=True)
class Outcome:
    """The answer of the engine.

    Parameters
    ----------
    status
        `INFEASIBLE` when some part is proven so, though the others are planned; `UNKNOWN` when some part has no plan.
    stopped
        What ended the solve early, None when nothing did.
    office
        Cells in the office : bool[E, D].
    planned
        Cells of present people that have a plan : bool[E, D].
    tiers
        Costs over all planned parts, and of what no part decides.
    parts
        In canonical order: by lottery, then by day.
    sums
        For each of `parts` the sums that prove that it has no plan; none where it has one, or only searches prove it.
    reproducible
        Whether the same input gives the same bytes again.
    memory
        What was proven about each part, for the next instance.
    """

    status: Status
    stopped: Stopped | None
    office: Cells
    planned: Cells
    tiers: tuple[TierResult, ...]
    parts: tuple[PartResult, ...]
    sums: tuple[tuple[Sum, ...], ...]
    reproducible: bool
    memory: Memory

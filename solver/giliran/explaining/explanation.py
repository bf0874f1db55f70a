"""Why an instance cannot be planned, and what would make it possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from giliran.bending import Bends
from giliran.domain.finding import Finding
from giliran.domain.sealing import Sealed
from giliran.domain.status import Status, Stopped
from giliran.explaining.changing import Change
from giliran.instance import Instance
from giliran.messages import Said


class ClashProof(StrEnum):
    """How a clash is known.

    `SUM`: numbers that do not add up. `IRREDUCIBLE`: searches proved that its members cannot hold together, and that without any one
    occurrence of them the others can. `IMPOSSIBLE`: searches proved the former alone, because time ran out.
    """

    SUM = "sum"
    IRREDUCIBLE = "irreducible"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True)
class ClashMember:
    """What one rule says in a clash.

    Parameters
    ----------
    rule, kind, row
        Id and kind of the rule, and the circular's row; empty where there is none.
    said
        Each occurrence in a sentence; a fixed place stands with others of the same rule in one.
    occurrences
        How many there are.
    people, days
        Rows of the people and indices of the days concerned, ascending.
    """

    rule: str
    kind: str
    row: str
    said: tuple[Said, ...]
    occurrences: int
    people: tuple[int, ...]
    days: tuple[int, ...]


@dataclass(frozen=True)
class Clash:
    """Rules, people and days that cannot go together.

    Parameters
    ----------
    proof
        How that is known.
    sums
        The sums that show it, where there are any.
    members
        What each rule says, in the order of the rules.
    """

    proof: ClashProof
    sums: tuple[Said, ...]
    members: tuple[ClashMember, ...]


class Decider(StrEnum):
    """Who decides about a repair, in the order in which repairs are told.

    `CHOICE`: what a letter leaves open. `OWN`: rules that somebody here wrote. `FACT`: pins and leave. `LETTER`: numbers and rules of a
    letter of the agency. `ISSUER`: those of a higher authority, which need its leave.
    """

    CHOICE = "choice"
    OWN = "own"
    FACT = "fact"
    LETTER = "letter"
    ISSUER = "issuer"


@dataclass(frozen=True)
class Repair:
    """Changes with which there is a plan that keeps every rule: the search found one.

    Parameters
    ----------
    decider
        The highest one whom a change needs.
    changes
        What changes.
    then
        A limit that stands in a clash as it is then; None where no limit changes.
    drops
        How many rules of a clash are gone altogether; repairs that drop fewer are told first.
    """

    decider: Decider
    changes: tuple[Change, ...]
    then: Said | None = None
    drops: int = 0


@dataclass(frozen=True, eq=False, repr=False)
class Explanation(Sealed):
    """Why no plan keeps every rule, and what would make one possible.

    Parameters
    ----------
    instance
        What was asked about.
    status
        `FEASIBLE`: there is a plan. `INFEASIBLE`: there is none. `UNKNOWN`: time ran out before that was known.
    stopped
        What ended the search early, so that there may be more clashes and repairs.
    clashes
        One after another, disjoint: no occurrence of a rule stands in two.
    more
        Whether there are others: so many were found that no more were looked for, or time ran out.
    bends, bent
        The least that rules would have to be bent, and the findings of a plan that bends so little; None and empty where not known.
    repairs
        In the order of who may decide.
    seconds
        Wall seconds per stage.
    """

    instance: Instance
    status: Status
    stopped: Stopped | None
    clashes: tuple[Clash, ...]
    more: bool
    bends: Bends | None
    bent: tuple[Finding, ...]
    repairs: tuple[Repair, ...]
    seconds: Mapping[str, float]

    def __repr__(self) -> str:
        """One line: status, clashes, least bend and repairs."""
        bend = "unknown" if self.bends is None else self.bends.total
        return f"<Explanation {self.status.value}: clashes {len(self.clashes)}, least bend {bend}, repairs {len(self.repairs)}>"

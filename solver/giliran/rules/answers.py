"""Answers to the small questions that rules ask each other; they name no kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Cells
from giliran.domain.sealing import Sealed
from giliran.messages import Sentence
from giliran.rules.groups import Groups

Counts = NDArray[np.int64]
"""A number per group and day : int64[G, D]."""

NO_SHARE = -1
"""Stands in `Limit.share` for a limit that was given as a number."""


class Side(StrEnum):
    """Which place a limit counts."""

    OFFICE = "office"
    HOME = "home"


class Sense(StrEnum):
    """Whether a limit is an upper or a lower one on its side."""

    MOST = "most"
    LEAST = "least"
    EXACT = "exact"


@dataclass(frozen=True)
class CostUnit:
    """What one unit of a cost means to people.

    Parameters
    ----------
    size
        What one unit costs in the tier, the statement's weight included; at least 1.
    more, less
        So many units more, or less, in words: sentences with the place `count`, which may hold a fraction.
    """

    size: int
    more: Sentence
    less: Sentence


class Changed(StrEnum):
    """What may be counted of changes against a published plan: days, those at short notice, or people who see any."""

    DAYS = "days"
    SOON = "soon"
    PEOPLE = "people"


@dataclass(frozen=True, eq=False)
class Fixes(Sealed):
    """Cells that one rule fixes in or out of the office, absent people included."""

    office: CellSet
    home: CellSet


@dataclass(frozen=True, eq=False)
class Standing(Sealed):
    """Cells that stand in or out of the office : bool[E, D] each."""

    office: Cells
    home: Cells


@dataclass(frozen=True, eq=False)
class Apart(Sealed):
    """Cohorts of which at most one has anybody in the office on a day, in each group.

    Parameters
    ----------
    group, cohort
        Group and cohort of each cell, -1 outside all : int64[E, D] each.
    """

    group: Counts
    cohort: Counts


@dataclass(frozen=True, eq=False)
class Lift(Sealed):
    """Cells taken out of numerator and denominator of the caps named."""

    rules: frozenset[str]
    cells: CellSet


@dataclass(frozen=True, eq=False)
class Aim(Sealed):
    """Cells wanted in the office (`most_office`) or at home (`most_home`), of absent people too : bool[E, D] each."""

    office: Cells
    home: Cells


@dataclass(frozen=True, eq=False)
class Limit(Sealed):
    """Bounds on the office headcount of every group and day.

    Parameters
    ----------
    rule
        Id of the rule.
    groups
        The groups it counts by.
    counted
        Present cells whose people are counted (the numerator).
    active
        Occurrences that the rule reaches : bool[G, D].
    least, most
        Bounds on the counted people in the office, ± `program.INFINITE` where there is none.
    side, sense
        How the rule itself puts it: people at home at most …
    number
        The limit in the rule's own terms, people on `side`, before a duty raised it : int64[G, D]. For `EXACT` limits the lower of
        the two neighbours.
    size, share
        What the share is taken of, and the share in basis points (`NO_SHARE`: a number was given).
    relaxed
        A second, higher bound on the office headcount that may be used at a cost; equals `most` where there is none.
    must
        False for `should` rules, which bound nothing.
    exempt
        Duty rules whose officers are not counted, up to their `count` per duty group and day.
    eased
        By how many people a what-if has it looser than it is written : int64[G, D]; None where nothing of the kind was asked.
    """

    rule: str
    groups: Groups
    counted: CellSet
    active: NDArray[np.bool_]
    least: Counts
    most: Counts
    side: Side
    sense: Sense
    number: Counts
    size: Counts
    share: Counts
    relaxed: Counts
    must: bool
    exempt: frozenset[str] = frozenset()
    eased: Counts | None = None

    def people(self, group: int, day: int) -> NDArray[np.int64]:
        """The counted people of a group on a day : int64[·]."""
        return self.groups.members(group, day, self.counted)


@dataclass(frozen=True, eq=False)
class Rest(Sealed):
    """Days on which people must be at one place if they have a duty on a day before.

    Parameters
    ----------
    person, day, later : int64[N]
        Whoever has the duty on `day` must be at the place on `later`, when they are present.
    place
        Which place.
    """

    person: NDArray[np.int64]
    day: NDArray[np.int64]
    later: NDArray[np.int64]
    place: Side

    def missed(self, office: Cells) -> Cells:
        """Cells after which somebody does not rest, as those in the office say : bool[E, D]."""
        lost = office[self.person, self.later] == (self.place is Side.HOME)
        return self._cells(office.shape, lost)

    def among(self, cells: Cells) -> Cells:
        """Cells after which any day of rest is one of some cells : bool[E, D]."""
        return self._cells(cells.shape, cells[self.person, self.later])

    def _cells(self, shape: tuple[int, ...], which: NDArray[np.bool_]) -> Cells:
        found = np.zeros(shape, dtype=np.bool_)
        found[self.person[which], self.day[which]] = True
        return found


@dataclass(frozen=True, eq=False)
class Duty(Sealed):
    """Who may be named for a duty, and how many are needed.

    Parameters
    ----------
    rule, account
        Id of the duty rule and of its ledger account.
    groups_unit
        Unit of each duty group : int32[G].
    person, group
        Member `k` is person `person[k]` in duty group `group[k]` : int64[K]; nobody stands twice in one group.
    open
        Days on which member `k` is neither absent nor fixed at home : bool[K, D].
    need
        People needed : int64[G, D]; 0 where the rule does not apply.
    count
        People asked for : int64[G, D]; `count - need` is a shortfall of the facts.
    exactly
        Exactly `need` of them, not at least.
    one_each
        A name that duties share of which nobody stands for two on a day; empty for none.
    seats
        Most people that each group takes, of a duty that everybody has who is in the office : int64[G, D]; `need` and `count` are 0 then.
        None of all others.
    rest
        What having the duty binds on days after it: who does not rest cannot have had it. None for nothing.
    """

    rule: str
    account: str
    groups_unit: NDArray[np.int32]
    person: Counts
    group: Counts
    open: NDArray[np.bool_]
    need: Counts
    count: Counts
    exactly: bool
    one_each: str = ""
    seats: Counts | None = None
    rest: Rest | None = None

    def present(self, office: Cells) -> Counts:
        """Members of each group in the office : int64[G, D]."""
        here = (self.open & office[self.person]).astype(np.int64)
        total = np.zeros(self.need.shape, dtype=np.int64)
        np.add.at(total, self.group, here)
        return total


@dataclass(frozen=True)
class Serving:
    """People who are named for one duty group on one day.

    Parameters
    ----------
    unit
        Unit of the group; `NO_UNIT` for the whole selection, and for names of people who are in E of no group that day.
    day
        Index of the day.
    people
        Their rows, ascending.
    """

    unit: int
    day: int
    people: tuple[int, ...]


@dataclass(frozen=True)
class Convened:
    """A meeting whose day is left to the plan, on a schedule.

    Parameters
    ----------
    meeting
        Its position among the meetings of the facts.
    days
        The days on which the schedule has it, ascending; none where people whom it needs have no place yet.
    """

    meeting: int
    days: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Promised(Sealed):
    """Names for a duty that are promised already.

    Parameters
    ----------
    fixed
        Names that stand as they are, whatever the rule says now : bool[E, D].
    closed
        Duty groups and days for which nobody else is named : bool[G, D].
    pinned, published
        Names to be kept as far as their people are in the office, in E and needed, pinned ones first : bool[E, D] each.
    """

    fixed: Cells
    closed: NDArray[np.bool_]
    pinned: Cells
    published: Cells


@dataclass(frozen=True, eq=False)
class Fairness(Sealed):
    """Burden and fair share of everybody whom a goal compares.

    Parameters
    ----------
    goal, account
        Id of the goal, and its ledger account.
    counted
        Cells that count : bool[E, D].
    burden
        Counted days of everybody in the office : int64[E].
    share, balance
        Fair share and balance in thousandths of a day : int64[E].
    group
        Comparison group for reports, -1 for people without counted cells : int64[E].
    groups_unit
        Unit of each comparison group : int32[G].
    equal
        Whether everybody of a group is asked for the same part of the days that it gave, however many of them each could give.
    """

    goal: str
    account: str
    counted: Cells
    burden: NDArray[np.int64]
    share: NDArray[np.int64]
    balance: NDArray[np.int64]
    group: NDArray[np.int64]
    groups_unit: NDArray[np.int32]
    equal: bool = False

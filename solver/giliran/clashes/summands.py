"""The two sides of a sum: what rows and fixed people ask for, and what rows and everybody else can give.

Rows with the same numbers are one summand, such as "7 days × 4"; columns that no row of the sum takes up are counted too, so that both
sides add up for the reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


class Shape(Enum):
    """What a row counts."""

    HEADS = auto()
    """People in the office on one day."""
    PERSON = auto()
    """Days in the office of one person."""
    OTHER = auto()
    """Anything else: differences, choices, several days of several people."""


class Repeat(Enum):
    """What the rows of a summand differ in."""

    DAYS = auto()
    GROUPS = auto()
    PEOPLE = auto()
    PERIODS = auto()
    CASES = auto()


@dataclass(frozen=True)
class RowSummand:
    """Rows of one rule with the same numbers.

    Parameters
    ----------
    rule
        Id of the rule.
    shape, repeat
        What each counts, and what they differ in.
    rows
        The rows of the program.
    upper
        Whether their upper bound counts, or the lower one.
    bound
        That bound, of each.
    times
        How often each is counted; at least 1.
    size
        Cells that each of them counts, None where they differ in it.
    """

    rule: str
    shape: Shape
    repeat: Repeat
    rows: tuple[int, ...]
    upper: bool
    bound: int
    times: int
    size: int | None

    @property
    def value(self) -> int:
        """What they come to, on the side on which they stand."""
        return len(self.rows) * abs(self.bound) * self.times

    @property
    def gives(self) -> bool:
        """Whether they stand on the side that gives."""
        return self.upper == (self.bound >= 0)

    @property
    def links(self) -> bool:
        """Whether they neither ask for anything nor give it: they only tie columns together."""
        return self.bound == 0 and self.shape is Shape.OTHER

    @property
    def key(self) -> tuple[object, ...]:
        """Its numbers."""
        return (self.rule, self.shape.name, self.repeat.name, len(self.rows), self.upper, self.bound, self.times, str(self.size))


class Who(Enum):
    """What the columns of a summand have in common."""

    FIXED = auto()
    """Cells that rules put in the office, or whoever asks what if."""
    OPEN = auto()
    """Cells that may be in the office, and that no row of the sum takes up."""
    CHOICE = auto()
    """What rules leave to choose besides places."""
    KEPT_OUT = auto()
    """Cells that would count on the side that gives, had nobody put them out of the office."""


@dataclass(frozen=True)
class ColumnSummand:
    """Columns that count beside the rows.

    Parameters
    ----------
    who
        What they are.
    rules
        Ids of the rules that fix them, or that they are choices of; none where cells are held by no rule.
    columns
        The columns.
    value
        What they come to; of cells that are kept out, what is lost with them.
    gives
        Whether they stand on the side that gives.
    """

    who: Who
    rules: tuple[str, ...]
    columns: tuple[int, ...]
    value: int
    gives: bool

    @property
    def key(self) -> tuple[object, ...]:
        """Its numbers."""
        return (self.who.name, self.rules, len(self.columns), self.value)


Summand = RowSummand | ColumnSummand


@dataclass(frozen=True)
class Account:
    """A sum as two sides.

    Parameters
    ----------
    needs, gives
        What is asked for and what there can be.
    links
        Rows without a number of their own.
    kept_out
        Who is missing on the side that gives.
    cells : int64[k]
        All cells of the rows, ascending.
    """

    needs: tuple[Summand, ...]
    gives: tuple[Summand, ...]
    links: tuple[RowSummand, ...]
    kept_out: tuple[ColumnSummand, ...]
    cells: Ints

    @property
    def needed(self) -> int:
        """Total of the side that asks."""
        return sum(summand.value for summand in self.needs)

    @property
    def possible(self) -> int:
        """Total of the side that gives."""
        return sum(summand.value for summand in self.gives)

    @property
    def missing(self) -> int:
        """What is short."""
        return self.needed - self.possible

    @property
    def key(self) -> tuple[object, ...]:
        """Its numbers: sums that have them in common are told together."""
        sides = (self.needs, self.gives, self.links, self.kept_out)
        return tuple(tuple(summand.key for summand in side) for side in sides)

    @property
    def first_rule(self) -> str:
        """The rule whose row gives most; where no row gives anything the one that asks for most."""
        rows = [summand for side in (self.gives, self.needs, self.links) for summand in side if isinstance(summand, RowSummand)]
        return rows[0].rule

    @property
    def limit(self) -> RowSummand | None:
        """The one row that gives all there is, or else the one that asks for all; None where several do."""
        return None if self.links else _alone(self.gives) or _alone(self.needs)

    @property
    def asking(self) -> RowSummand | None:
        """The one row that asks for all; None where several do."""
        return _alone(self.needs)


def _alone(side: tuple[Summand, ...]) -> RowSummand | None:
    """The only row of a side, taken once."""
    if len(side) == 1 and isinstance(side[0], RowSummand) and len(side[0].rows) == side[0].times == 1:
        return side[0]
    return None

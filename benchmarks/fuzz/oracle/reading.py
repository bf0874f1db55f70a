"""What the oracle wants to know of a kind, and in what words it answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from benchmarks.fuzz.drafting import Draft
    from benchmarks.fuzz.oracle.world import World

Cell = tuple[int, int]
"""A person and a day."""

OFFICE, HOME = "office", "home"


@dataclass(frozen=True)
class Term:
    """What the places of some cells cost, or by how much they break a rule.

    Parameters
    ----------
    rule
        Id of the statement.
    cells
        Present cells that matter; all others are nowhere.
    amount
        Of those of `cells` that are in the office.
    tier
        Name of the tier it costs in; None where any amount breaks a rule that must hold.
    weight
        What one unit of the amount costs.
    strict
        Holds on frozen days too.
    """

    rule: str
    cells: tuple[Cell, ...]
    amount: Callable[[frozenset[Cell]], int]
    tier: str | None = None
    weight: int = 1
    strict: bool = False


@dataclass(frozen=True)
class Bound:
    """One group and day of a limit: how many of the people counted may be, or must be, in the office.

    Parameters
    ----------
    counted
        People counted, all of them present.
    least, most
        Bounds on those of them in the office; None where there is none.
    relaxed
        A second, higher limit that may be used at a cost.
    members
        Everybody in the group that day, absent or not counted.
    """

    rule: str
    unit: str
    value: str
    day: int
    counted: frozenset[int]
    least: int | None = None
    most: int | None = None
    relaxed: int | None = None
    members: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Duty:
    """One duty unit and day.

    Parameters
    ----------
    unit
        Index of the unit, -1 for the whole selection.
    able
        E: eligible people who are neither absent nor fixed at home.
    count
        People asked for.
    need
        People needed: those of E may be too few, the more so as nobody stands for two units.
    """

    rule: str
    unit: int
    day: int
    able: frozenset[int]
    count: int
    need: int = 0


class Reading(ABC):
    """The meaning of one kind to the oracle, and how to draw one at random."""

    kind: ClassVar[str]
    implied: ClassVar[bool] = False
    """Holds although nobody writes it: facts that behave like a rule. Its `rule` is None everywhere."""

    call_days: ClassVar[bool] = False
    """Means call days too where `days` say nothing."""

    own_tiers: ClassVar[Mapping[str, int]] = {}
    """Names of a goal's own tiers, the first being its default, with their places in the default order."""

    local: ClassVar[bool] = False
    """One about a single unit changes nothing for people of others, if it is a rule and they are under others."""

    @abstractmethod
    def sample(self, draft: Draft) -> None:
        """Add one of this kind to a document."""

    def terms(self, world: World, rule: Any) -> Iterable[Term]:
        """What it forbids or charges."""
        return ()

    def fixes(self, world: World, rule: Any, e: int, d: int) -> str | None:
        """The place at which this, being about the person, fixes a cell, absent or not."""
        return None

    def bounds(self, world: World, rule: Any) -> Iterable[Bound]:
        """The limits that it sets."""
        return ()

    def duties(self, world: World, rule: Any) -> Iterable[Duty]:
        """Its duty units, day by day, pooled where it says so."""
        return ()

    def rested(self, world: World, rule: Any, office: frozenset[Cell], e: int, d: int) -> bool:
        """Whether somebody rests after duty on a day, in a plan."""
        return True

    def places(self, world: World, rule: Any, d: int) -> list[Duty]:
        """Duty units of a day with as many places as `count`, of a duty that everybody has; those of all rules of its name."""
        return []

    def duties_apart(self, world: World, rule: Any) -> Iterable[Duty]:
        """The same before any pooling."""
        return ()

    def lifts(self, world: World, rule: Any, limit: str, e: int, d: int) -> bool:
        """Whether it takes a cell out of a limit."""
        return False

    def aim(self, world: World, rule: Any) -> str | None:
        """The side on which this goal wants the cells that it means."""
        return None

    def tiers(self, rule: Any) -> Iterable[str]:
        """Tiers that a goal costs in, beside those of its terms: its default one, or the one written."""
        return [rule.tier or name for name in [*self.own_tiers][:1]]

    def reaches(self, world: World, rule: Any, e: int, d: int) -> bool:
        """Whether it is about a cell, absent or not."""
        return world.means(rule, e, d)

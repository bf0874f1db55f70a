"""A schedule: a place for every cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells, Facts
from giliran.domain.place import Place

SEPARATOR = ";"
"""Between the items of one cell of a schedule's table."""

TEAM_SIGN = "="
"""Between a rule and the team that it gives somebody: `own/teams=2`."""

MOST_TEAMS = np.iinfo(np.int16).max
"""Team numbers fit into int16."""


@dataclass(frozen=True)
class Schedule:
    """Places of all cells, who is named for duty, and chosen teams.

    Parameters
    ----------
    place
        `Place` of each cell : int8[E, D]; `NONE` where there is no cell or the cell is not planned.
    duty
        For each duty rule the people it names : bool[E, D]. A rule that is missing here is not named, which is not an offence.
    team
        For each rule that forms teams, everybody's team, counted from 1 : int16[E], `NO_TEAM` for nobody's. A rule that is missing here
        has teams that nobody wrote down, which is not an offence.
    unplanned
        Present cells that are left out on purpose, because their part could not be planned : bool[E, D]; None for no cell.
    """

    place: NDArray[np.int8]
    duty: Mapping[str, Cells] = field(default_factory=dict)
    team: Mapping[str, NDArray[np.int16]] = field(default_factory=dict)
    unplanned: Cells | None = None

    @property
    def office(self) -> Cells:
        """Cells in the office : bool[E, D]."""
        return np.asarray(self.place == Place.OFFICE)

    @property
    def home(self) -> Cells:
        """Cells at home : bool[E, D]; `off` on a call day is not home."""
        return np.asarray(self.place == Place.HOME)

    def planned(self, facts: Facts) -> Cells:
        """Present cells that have a place : bool[E, D]."""
        return np.asarray(facts.present & (self.place != Place.NONE))


def schedule_of(facts: Facts, office: Cells, planned: Cells | None = None) -> Schedule:
    """The schedule in which the present people of `office` are in the office and all others rest where their calendar says.

    Parameters
    ----------
    office
        bool[E, D].
    planned
        Cells that have a plan : bool[E, D]; all when None. The others are marked as left out on purpose.
    """
    place = np.where(office, np.int8(Place.OFFICE), facts.resting_place)
    place = np.where(facts.absent, np.int8(Place.ABSENT), place)
    place = np.where(facts.has_cell, place, np.int8(Place.NONE))
    unplanned = None if planned is None else facts.present & ~planned
    if unplanned is not None:
        place = np.where(unplanned, np.int8(Place.NONE), place)
    return Schedule(place.astype(np.int8), unplanned=unplanned)


def items_of(text: str) -> list[str]:
    """The items of one cell of a schedule's table."""
    return [item.strip() for item in text.split(SEPARATOR) if item.strip()]


def team_of(item: str) -> tuple[str, int] | None:
    """Rule and number of an item such as `own/teams=2`; None where it is nothing of the kind."""
    rule, _, number = item.rpartition(TEAM_SIGN)
    known = bool(rule) and number.isdecimal() and 0 < int(number) <= MOST_TEAMS
    return (rule, int(number)) if known else None

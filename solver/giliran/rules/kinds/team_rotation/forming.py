"""Teams that the solver forms: who may be in which, how large they are, and which teams given places fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import NO_TEAM, Cells, Facts
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.units import NO_UNIT
from giliran.program import Ints
from giliran.rules.groups import WHOLE, unit_map

OPEN = -1
"""Stands for the team of somebody who is in none yet; inside this module teams count from 0."""


@dataclass(frozen=True)
class Forming:
    """Everybody who is to be put into a team, group by group.

    Parameters
    ----------
    people, group : int64[P]
        Rows of people, ascending, and the group of each: that of the first day on which the rule means the person.
    unit : int32[G]
        Unit of each group, `NO_UNIT` for everybody concerned.
    number
        Teams of each group `K`.
    kept : int64[P]
        Team that a published plan gave, `OPEN` for newcomers.
    cells
        Present cells of these people on which they may be in the office : bool[E, D].
    on_turn
        Team on turn at each cell : int64[E, D].
    """

    people: Ints
    group: Ints
    unit: NDArray[np.int32]
    number: int
    kept: Ints
    cells: Cells
    on_turn: Ints

    def sizes(self) -> tuple[Ints, Ints]:
        """Fewest and most people of each team : int64[G, K] each.

        Newcomers fill the smallest teams, so sizes differ by one at most, unless kept teams differ by more.
        """
        shape = (len(self.unit), self.number)
        has = self.kept != OPEN
        kept = np.bincount(self.group[has] * self.number + self.kept[has], minlength=shape[0] * shape[1]).reshape(shape)
        new = np.bincount(self.group[~has], minlength=shape[0])
        # The water level: the lowest height at which the gaps below it hold all newcomers.
        level = np.zeros(shape[0], dtype=np.int64)
        room = np.zeros(shape[0], dtype=np.int64)
        while (room < new).any():
            level[room < new] += 1
            room = np.maximum(level[:, None] - kept, 0).sum(axis=1)
        lower = np.where(room == new, level, level - 1)
        return np.maximum(kept, lower[:, None]).astype(np.int64), np.maximum(kept, level[:, None]).astype(np.int64)

    def fitting(self, office: Cells) -> NDArray[np.bool_]:
        """Teams that the places of each person fit : bool[P, K]."""
        fits = np.zeros((len(self.people), self.number), dtype=np.bool_)
        cells, turn, there = self.cells[self.people], self.on_turn[self.people], office[self.people]
        for k in range(self.number):
            fits[:, k] = ~(cells & (there != (turn == k))).any(axis=1)
        return np.asarray(fits & ((self.kept == OPEN)[:, None] | (self.kept[:, None] == np.arange(self.number))))

    def planned(self, schedule: Schedule) -> NDArray[np.bool_]:
        """Groups all of whose cells have a place : bool[G]."""
        missing = (self.cells & (schedule.place == Place.NONE))[self.people].any(axis=1)
        return np.asarray(np.bincount(self.group[missing], minlength=len(self.unit)) == 0)

    def members(self, group: int) -> Ints:
        """Positions in `people` of one group."""
        return np.flatnonzero(self.group == group)

    def fill(self, office: Cells, rank: Ints) -> Ints:
        """Teams that fit the places and the sizes, as far as there are any : int64[P], `OPEN` for people whom none is left for.

        Parameters
        ----------
        rank
            People with a smaller number choose first, where places leave a choice : int64[E].
        """
        fits, (least, most) = self.fitting(office), self.sizes()
        team = np.full(len(self.people), OPEN, dtype=np.int64)
        by_group = np.lexsort((rank[self.people], self.group))
        for members in np.split(by_group, np.flatnonzero(np.diff(self.group[by_group])) + 1):
            if len(members):
                group = int(self.group[members[0]])
                team[members] = fill(fits[members], least[group], most[group])
        return team


def form(facts: Facts, meant: Cells, per: str | Sequence[str], on_turn: Ints, number: int, published: NDArray[np.int16] | None) -> Forming:
    """Who is to be put into teams.

    Parameters
    ----------
    meant
        Cells that the rule means : bool[E, D].
    per
        Groups that rotate by themselves.
    published
        Teams of a published plan, counted from 1 : int16[E].
    """
    above = unit_map(facts, per)[facts.unit]
    meant = meant & (above != NO_UNIT) & ~facts.home_only
    people = np.flatnonzero(meant.any(axis=1))
    first = np.argmax(meant[people], axis=1)
    unit, group = np.unique(above[people, first], return_inverse=True)
    given = np.full(len(people), NO_TEAM) if published is None else published[people].astype(np.int64)
    kept = np.where((given >= 1) & (given <= number), given - 1, OPEN)
    unit = np.full_like(unit, NO_UNIT) if per == WHOLE else unit
    return Forming(people, group.astype(np.int64), unit.astype(np.int32), number, kept, meant & facts.present, on_turn)


def fill(fits: NDArray[np.bool_], least: Ints, most: Ints) -> Ints:
    """Put people into teams that they fit : int64[P], `OPEN` for those whom no team is left for.

    First every team gets its fewest people, then the others follow; whoever finds full teams only may push somebody on to another one. By
    Mendelsohn and Dulmage there are teams of the sizes asked for exactly when this leaves nobody over and no team short.
    """
    team = np.full(len(fits), OPEN, dtype=np.int64)
    for limit in (least, most):
        for p in np.flatnonzero((team == OPEN) & fits.any(axis=1)).tolist():
            _place(p, team, fits, limit)
    return team


def _place(p: int, team: Ints, fits: NDArray[np.bool_], limit: Ints) -> None:
    """Put one person into the emptiest team with room, pushing others on where that makes room."""
    load = np.bincount(team[team != OPEN], minlength=len(limit))
    roomy = np.flatnonzero(fits[p] & (load < limit))
    if len(roomy):
        team[p] = roomy[np.argmin(load[roomy])]
        return
    pushed: dict[int, tuple[int, int]] = {}
    waiting = [int(k) for k in np.flatnonzero(fits[p])]
    reached = set(waiting)
    for k in waiting:
        if load[k] < limit[k]:
            while k in pushed:
                q, before = pushed[k]
                team[q], k = k, before
            team[p] = k
            return
        inside = np.flatnonzero(team == k)
        for other in np.flatnonzero(fits[inside].any(axis=0)).tolist():
            if other not in reached:
                reached.add(other)
                pushed[other] = (int(inside[fits[inside, other]][0]), k)
                waiting.append(other)

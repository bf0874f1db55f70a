"""The tree of units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

NO_UNIT = -1
"""Stands in index arrays for "no such unit"."""


@dataclass(frozen=True)
class Unit:
    """A node of the organisation, with inherited fields already filled in.

    Parameters
    ----------
    id, name
        Id (text) and name for people.
    level
        `opd`, `sekretariat`, `bidang`, `seksi`, `uptd`, `kecamatan` or any other word.
    parent
        Index of the parent, `NO_UNIT` for a root.
    sectors, tags
        Words that selectors look at; a unit may stand in several sectors because circulars use different words.
    calendar
        Name of the calendar of its staff.
    """

    id: str
    name: str
    level: str
    parent: int
    sectors: frozenset[str]
    tags: frozenset[str]
    calendar: str


@dataclass(frozen=True)
class Units:
    """All units, parents before children."""

    all: tuple[Unit, ...]

    def __len__(self) -> int:
        return len(self.all)

    def __getitem__(self, index: int) -> Unit:
        return self.all[index]

    @cached_property
    def index(self) -> dict[str, int]:
        """Index of each unit by its id."""
        return {unit.id: u for u, unit in enumerate(self.all)}

    @cached_property
    def parent(self) -> NDArray[np.int32]:
        """Parent of each unit : int32[U], `NO_UNIT` for roots."""
        return np.array([unit.parent for unit in self.all], dtype=np.int32)

    @cached_property
    def depth(self) -> NDArray[np.int32]:
        """Distance from the root : int32[U]."""
        depth = np.zeros(len(self), dtype=np.int32)
        for u, unit in enumerate(self.all):
            if unit.parent != NO_UNIT:
                depth[u] = depth[unit.parent] + 1
        return depth

    def subtree(self, roots: Iterable[int]) -> NDArray[np.bool_]:
        """Units at or below any of `roots` : bool[U]."""
        inside = np.zeros(len(self), dtype=np.bool_)
        inside[list(roots)] = True
        for u, unit in enumerate(self.all):
            if unit.parent != NO_UNIT and inside[unit.parent]:
                inside[u] = True
        return inside

    def at_level(self, levels: Iterable[str]) -> NDArray[np.bool_]:
        """Units whose own level is one of `levels` : bool[U]."""
        wanted = set(levels)
        return np.array([unit.level in wanted for unit in self.all], dtype=np.bool_)

    def nearest(self, levels: Sequence[str]) -> NDArray[np.int32]:
        """For each unit the nearest one at or above it with one of `levels` : int32[U], `NO_UNIT` where there is none."""
        hit = self.at_level(levels)
        found = np.full(len(self), NO_UNIT, dtype=np.int32)
        for u, unit in enumerate(self.all):
            found[u] = u if hit[u] else (found[unit.parent] if unit.parent != NO_UNIT else NO_UNIT)
        return found

    def path(self, index: int) -> tuple[int, ...]:
        """A unit and everything above it, nearest first."""
        path = []
        while index != NO_UNIT:
            path.append(index)
            index = self.all[index].parent
        return tuple(path)

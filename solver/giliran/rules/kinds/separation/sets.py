"""Sets of people who may not all be at the same place, day by day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giliran.program import Ints
from giliran.rules.groups import Groups


@dataclass(frozen=True)
class Sets:
    """The people of every set, day by day.

    Parameters
    ----------
    group, person, day
        A cell of a set : int64[M] each, sorted by set and day, people in row order.
    size
        Cells of each set and day : int64[G, D].
    bound
        Days on which all people of a set could be at the place that they may not share : bool[G, D].
    groups
        The groups that the sets are, None for sets of named people.
    """

    group: Ints
    person: Ints
    day: Ints
    size: Ints
    bound: NDArray[np.bool_]
    groups: Groups | None

    def count(self, chosen: NDArray[np.bool_]) -> Ints:
        """Chosen cells of each set and day, `chosen` over the cells : int64[G, D]."""
        days = self.size.shape[1]
        flat = (self.group * days + self.day)[chosen]
        return np.bincount(flat, minlength=self.size.size).astype(np.int64).reshape(self.size.shape)

    def people(self, group: int, day: int) -> list[int]:
        """People of one set on one day."""
        return [int(e) for e in self.person[(self.group == group) & (self.day == day)]]

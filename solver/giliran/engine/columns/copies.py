"""Counted columns: one column for the same choice of several people, who keep cells of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from giliran.engine.base.arrays import pick, ranges
from giliran.program import Ints
from giliran.program.segments import starts_of


@dataclass(frozen=True)
class Copies:
    """What counted columns stand for.

    Parameters
    ----------
    start : int64[n + 1]
        Copies of column `j` are `start[j] … start[j + 1] - 1`; columns that stand for themselves have none.
    of : int64[k]
        Column of `place` for every copy, members of a class in the order of the part.
    place : int64 matrix [N, n']
        What a copy puts into the part's columns.
    """

    start: Ints
    of: Ints
    place: Any

    @property
    def counted(self) -> NDArray[np.bool_]:
        """Which columns are counted : bool[n]."""
        return np.diff(self.start) > 0

    def dealt(self, z: Ints, block: Ints) -> Ints:
        """What counts int64[n] put into the part's columns: each member of a class takes the first choice that is left : int64[N].

        Parameters
        ----------
        z
            In every block none, or as many as it has members.
        block
            The block of every column, negative outside blocks : int64[n].
        """
        taken = np.flatnonzero(self.counted & (z > 0))
        taken = taken[np.argsort(block[taken], kind="stable")]
        many, mine = z[taken], block[taken]
        before = starts_of(many)[:-1]
        begins = np.ones(len(taken), dtype=np.bool_)
        begins[1:] = (mine[1:] != mine[:-1]) | (mine[1:] < 0)
        first = before[begins][np.cumsum(begins) - 1] if len(taken) else before
        picked = np.zeros(self.place.shape[1], dtype=np.int64)
        picked[self.of[ranges(self.start[taken] + before - first, many)]] = 1
        return np.asarray(self.place @ picked)

    def likest(self, score: Ints, block: Ints) -> Ints:
        """The column that scores highest for every member of every block, the first of equal ones, repeated where members agree.

        Parameters
        ----------
        score
            Of the columns of `place` : int64[n'].
        block
            The block of every column : int64[n].
        """
        inside = np.flatnonzero(self.counted & (block >= 0))
        start, entry = pick(self.start, inside)
        many = np.diff(start)
        owner, member = np.repeat(inside, many), ranges(np.zeros_like(many), many)
        order = np.lexsort((owner, -score[self.of[entry]], member, block[owner]))
        key = np.stack([block[owner], member])[:, order]
        begins = np.ones(len(order), dtype=np.bool_)
        begins[1:] = (key[:, 1:] != key[:, :-1]).any(axis=0)
        return np.asarray(owner[order[begins]])

    def take(self, kept: Ints) -> Copies:
        """The copies of some columns only."""
        start, entry = pick(self.start, kept)
        return replace(self, start=start, of=self.of[entry])

    def wider(self, many: int) -> Copies:
        """The same with so many columns more that are not counted."""
        return replace(self, start=np.append(self.start, np.full(many, self.start[-1], dtype=np.int64)))

"""What rules say to a program: rows, charges and columns in the words in which a rule is told."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from giliran.domain.cell_set import CellSet
from giliran.program.collecting import Collector, Cost, Named, SomeCells, ints
from giliran.program.program import Ints


class ProgramBuilder(Collector):
    """A program in the making, with a method for whatever several rules say.

    Where a row comes from, `group`, `day` and `person`, and its `cost` are passed on to `rows`.
    """

    def cell(self, person: ArrayLike, day: ArrayLike) -> Ints:
        """The columns of some cells."""
        return np.asarray(ints(person) * self.shape[1] + ints(day))

    def binary(self, number: int) -> Ints:
        """New auxiliary columns that are 0 or 1; the contract of `aux` holds for them."""
        return self.aux(np.zeros(number, dtype=np.int64), np.ones(number, dtype=np.int64))

    # -- rows ----------------------------------------------------------------------------------------------------------------------

    def row(self, owner: Named, plus: ArrayLike, minus: ArrayLike = (), **row: Any) -> None:
        """One row `Σ plus − Σ minus` between `lo` and `hi`: at most k of some cells, exactly one of some columns."""
        more, less = ints(plus), ints(minus)
        coef = np.repeat(np.array([1, -1], dtype=np.int64), [len(more), len(less)])
        self.rows(owner, [len(coef)], np.concatenate([more, less]), coef=coef, **row)

    def difference(self, owner: Named, first: ArrayLike, second: ArrayLike, *, sign: ArrayLike = -1, **row: Any) -> None:
        """A row `first − second` for every pair of columns: 0 or less says that the first is never above the second.

        Parameters
        ----------
        first, second
            Columns, or one for all pairs.
        sign
            What the second is multiplied by, 1 or -1.
        """
        pairs = np.stack(np.broadcast_arrays(ints(first), ints(second)), axis=1)
        coef = np.stack([np.ones(len(pairs), dtype=np.int64), np.broadcast_to(ints(sign), len(pairs))], axis=1)
        self.rows(owner, np.full(len(pairs), 2), pairs.reshape(-1), coef=coef.reshape(-1), **row)

    def same(self, owner: Named, first: ArrayLike, second: ArrayLike, **row: Any) -> None:
        """Every pair of columns has one value: two people at the same place, a cell that follows a choice."""
        self.difference(owner, first, second, lo=0, hi=0, **row)

    # -- costs ---------------------------------------------------------------------------------------------------------------------

    def place(self, cost: Cost | None, *, office: SomeCells | None = None, away: SomeCells | None = None) -> None:
        """Some cells are in the office, or out of it : bool[E, D] each; with a cost each that is not there costs it.

        In the tier of `bends` cells that are kept already cost nothing.
        """
        if cost is None:
            self.fix(office=office, away=away)
            return
        for cells, wanted in ((office, True), (away, False)):
            if cells is not None:
                col = cells.columns if isinstance(cells, CellSet) else np.flatnonzero(cells)
                self.miss(col[~self.kept.reshape(-1)[col]] if cost.tier == self.bends else col, wanted, cost)

    def miss(self, col: ArrayLike, office: ArrayLike, cost: Cost, *, amount: ArrayLike = 1) -> None:
        """Charge `amount` for every cell that is not where it is wanted, in the office where `office` is True."""
        wanted, amounts = np.asarray(office, dtype=np.bool_), ints(amount)
        self.charge(col, np.where(wanted, -amounts, amounts), cost, base=np.where(wanted, amounts, 0))

    def squares(self, size: ArrayLike, col: ArrayLike, cost: Cost, *, times: int = 1, plus: ArrayLike = 0) -> None:
        """Charge `times·n² + plus·n` for the `n` in the office of every next `size` cells of `col`; `plus` is one number, or one each."""
        sizes = ints(size)
        rank = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        self.ladder(sizes, col, times * (2 * rank + 1) + np.repeat(np.broadcast_to(ints(plus), sizes.shape), sizes), cost)

"""Parts as a certificate names them: which columns they hold, which sums tie people of a part together, and what a plan costs there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from giliran.certificate.normal import Kind, Normal, Sums
from giliran.program import HARD, INFINITE, Ints, Program
from giliran.program.segments import segment_sums

NO_PART = -1
"""Stands for columns of no part."""


class TornError(Exception):
    """A statement ties columns of different parts, or of a part and of none, together.

    Parameters
    ----------
    column
        One of the columns.
    """

    def __init__(self, column: int) -> None:
        self.column = column
        super().__init__(column)

    def __str__(self) -> str:
        return f"a statement over column {self.column} ties parts together"


@dataclass(frozen=True)
class Parts:
    """The columns and sums of some parts that share nothing.

    Parameters
    ----------
    program, normal
        The program and its normal form.
    count
        Number of parts P.
    of_column : int64[N]
        The part of every free column, `NO_PART` for others.
    of_sum : int64[K]
        The part of every sum.
    owner : int64[N]
        Who a column belongs to: the person of a cell, or of an auxiliary column that stands in nobody else's sums, else nobody else
        (a number of its own from E up).
    personal : bool[K]
        Sums over columns of one owner.
    """

    program: Program
    normal: Normal
    count: int
    of_column: Ints
    of_sum: Ints
    owner: Ints
    personal: NDArray[np.bool_]

    @property
    def num_tiers(self) -> int:
        """Number of tiers T."""
        return len(self.program.tiers)

    def values(self, x: Ints) -> Ints:
        """What values int64[N] of the columns cost in every part, without what fixed columns cost : int64[P, T]."""
        out = np.zeros((self.count + 1, self.num_tiers), dtype=np.int64)
        for tier, cost in enumerate(self.normal.cost):
            np.add.at(out[:, tier], self.of_column, cost * x)
        sums = self.normal.sums
        cost = sums.costs(sums.values(x))
        priced = sums.tier != HARD
        np.add.at(out, (self.of_sum[priced], sums.tier[priced]), cost[priced])
        return out[:-1]

    @cached_property
    def unit(self) -> Ints:
        """What every part costs in a tier is a multiple of it : int64[P, T], at least 1."""
        sums = self.normal.sums
        out = np.zeros((self.count + 1, self.num_tiers), dtype=np.int64)
        for tier, cost in enumerate(self.normal.cost):
            np.gcd.at(out[:, tier], self.of_column, cost)
        priced = np.flatnonzero(sums.tier != HARD)
        np.gcd.at(out, (self.of_sum[priced], sums.tier[priced]), sums.weight[priced])
        entry = np.flatnonzero(sums.step)
        np.gcd.at(out, (self.of_sum[sums.owner[entry]], sums.tier[sums.owner[entry]]), sums.step[entry])
        return np.maximum(out[:-1], 1)

    def with_aux(self, office: NDArray[np.bool_]) -> tuple[Ints, NDArray[np.bool_]]:
        """Values of all columns for given places bool[E, D]: int64[N], and in which parts their costs can be relied on : bool[P].

        Auxiliary columns that cost something, themselves or in soft rows, are as low as their hard rows allow, the others as high, or low
        too where that breaks a row. Any values will do for a proof: a plan that costs what is proven to be the least is best however its
        auxiliary columns were found. Costs cannot be relied on where columns of soft rows share hard rows, as several values may be
        possible then. Where they change no cost, it is for the audit to say whether there are any.
        """
        x = np.where(self.normal.free, 0, self.normal.lo)
        num_cells = self.program.num_cells
        x[:num_cells] = np.where(self.normal.free[:num_cells], office.reshape(-1), x[:num_cells])
        aux = self.normal.free.copy()
        aux[:num_cells] = False
        costly = (self.normal.cost > 0).any(axis=0) | self._wanted_low(aux)
        other = x.copy()
        self._fit(other, aux, low=True)
        self._fit(x, aux & costly, low=True)
        self._fit_in_turn(x, aux & ~costly)
        x = np.where(np.append(self._kept(x), True)[self.of_column], x, other)
        spare = self.loose[self.loose >= num_cells]
        x[spare] = self._loose_values()[self.loose >= num_cells]
        return x, (self._kept(x) & ~self._tangled(aux)) | self._plain(aux)

    def _wanted_low(self, aux: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Auxiliary columns that soft rows want low, and none wants high : bool[N]."""
        sums = self.normal.sums
        entry = np.flatnonzero(aux[sums.col] & ((sums.tier != HARD) & (sums.kind == Kind.ROW))[sums.owner])
        row, col, up = sums.owner[entry], sums.col[entry], sums.coef[entry] > 0
        capped, floored = sums.hi[row] < INFINITE, sums.lo[row] > -INFINITE
        out = np.zeros(len(aux), dtype=np.bool_)
        out[col[np.where(up, capped, floored)]] = True
        out[col[np.where(up, floored, capped)]] = False
        return out

    def _tangled(self, aux: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Parts in which an auxiliary column of a soft row stands beside another one in a hard row : bool[P]."""
        sums = self.normal.sums
        entry = np.flatnonzero(aux[sums.col])
        hard = (sums.tier == HARD)[sums.owner]
        soft = np.zeros(len(aux), dtype=np.bool_)
        soft[sums.col[entry[~hard[entry]]]] = True
        beside = segment_sums(aux[sums.col].astype(np.int64), sums.start)[sums.owner] > 1
        out = np.zeros(self.count + 1, dtype=np.bool_)
        out[self.of_sum[sums.owner[entry[(hard & beside)[entry] & soft[sums.col[entry]]]]]] = True
        return out[:-1]

    def _plain(self, aux: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Parts in which auxiliary columns change no cost : bool[P]."""
        sums = self.normal.sums
        out = np.ones(self.count + 1, dtype=np.bool_)
        out[self.of_column[aux & self.normal.cost.any(axis=0)]] = False
        out[self.of_sum[sums.owner[aux[sums.col] & (sums.tier != HARD)[sums.owner]]]] = False
        return out[:-1]

    def _fit_in_turn(self, x: Ints, mine: NDArray[np.bool_]) -> None:
        """Set some auxiliary columns as high as hard rows allow, first those that rows with nothing else to set hold down."""
        left = mine.copy()
        while left.any():
            found = np.where(left, self.normal.hi, x)
            self._fit(found, left, low=False)
            held = left & self._held_down(left)
            now = held if held.any() else left
            x[now] = found[now]
            left &= ~now

    def _held_down(self, mine: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Those of some columns that stand as the only one of them in a hard row that bounds them from above : bool[N]."""
        sums = self.normal.sums
        entry = np.flatnonzero(mine[sums.col])
        row, up = sums.owner[entry], sums.coef[entry] > 0
        alone = segment_sums(mine[sums.col].astype(np.int64), sums.start)[row] == 1
        bounded = np.where(up, sums.hi[row] < INFINITE, sums.lo[row] > -INFINITE)
        out = np.zeros(len(mine), dtype=np.bool_)
        out[sums.col[entry[alone & (sums.tier[row] == HARD) & bounded]]] = True
        return out

    def _fit(self, x: Ints, mine: NDArray[np.bool_], *, low: bool) -> None:
        """Set some auxiliary columns by the rows in which they stand as the last ones, as low or as high as these allow."""
        normal, sums = self.normal, self.normal.sums
        bound = np.where(low, normal.lo, normal.hi)
        entry = np.flatnonzero(mine[sums.col])
        row, col, coef = sums.owner[entry], sums.col[entry], sums.coef[entry]
        alone = segment_sums(mine[sums.col].astype(np.int64), sums.start)[row] == 1
        hard, size = alone & (sums.tier[row] == HARD), np.abs(coef)
        rest = sums.values(np.where(mine, 0, x))[row]
        for limit, sign in ((sums.lo[row], 1), (sums.hi[row], -1)):
            which = hard & (np.abs(limit) < INFINITE) & ((coef * sign > 0) == low)
            missing = (sign * (limit - rest))[which]
            value = -(-missing // size[which]) if low else -missing // size[which]
            (np.maximum if low else np.minimum).at(bound, col[which], value)
        x[mine] = np.clip(bound, normal.lo, normal.hi)[mine]

    def _kept(self, x: Ints) -> NDArray[np.bool_]:
        sums = self.normal.sums
        broken = (sums.tier == HARD) & (sums.misses(sums.values(x)) > 0)
        out = np.ones(self.count + 1, dtype=np.bool_)
        out[self.of_sum[broken]] = False
        return out[:-1]

    @cached_property
    def loose(self) -> Ints:
        """Free columns that stand in no sum : int64[...]."""
        return np.flatnonzero(self.normal.free & (self.of_column == NO_PART))

    def loose_best(self, x: Ints, left_out: NDArray[np.bool_]) -> bool:
        """Whether every free column that no statement ties is where the first tier in which it costs something wants it.

        Parameters
        ----------
        left_out
            Cells without a plan, of which nothing is asked : bool[E·D].
        """
        out = np.concatenate([left_out, np.zeros(len(x) - len(left_out), dtype=np.bool_)])[self.loose]
        asked = self.normal.cost[:, self.loose].any(axis=0) & ~out
        return bool((~asked | (x[self.loose] == self._loose_values())).all())

    def _loose_values(self) -> Ints:
        sign = np.zeros(len(self.loose), dtype=np.int64)
        for cost in self.normal.cost[:, self.loose]:
            sign = np.where(sign == 0, np.sign(cost), sign)
        return np.where(sign < 0, self.normal.hi[self.loose], self.normal.lo[self.loose])


def parts_of(program: Program, normal: Normal, cells: Ints, count: int) -> Parts:
    """The parts, from the part of every cell.

    Auxiliary columns that no statement ties to a cell that is free are one part more, after all others.

    Parameters
    ----------
    cells
        The part of every cell, `NO_PART` for none : int64[E * D]. What is said of fixed cells is not looked at.
    count
        Number of parts.

    Raises
    ------
    TornError
        If a statement reaches over more than one part.
    """
    sums = normal.sums
    owner = _owners(program, sums)
    label = np.full(len(normal.lo), NO_PART, dtype=np.int64)
    label[: program.num_cells] = cells
    label[~normal.free] = NO_PART
    of_sum = _reach(label, sums, program.num_cells)
    if (of_sum == NO_PART).any():
        lone = (of_sum == NO_PART) & (_span(sums.col, sums)[0] >= program.num_cells)
        label[sums.col[lone[sums.owner]]] = count
        of_sum[lone] = count
        count += int(lone.any())
    torn = np.flatnonzero(label[sums.col] != of_sum[sums.owner])
    if len(torn) or (len(of_sum) and of_sum.min() == NO_PART):
        column = sums.col[torn[0]] if len(torn) else sums.col[sums.start[int(np.argmin(of_sum))]]
        raise TornError(int(column))
    low, high = _span(owner[sums.col], sums)
    return Parts(program, normal, count, label, of_sum, owner, low == high)


def _reach(label: Ints, sums: Sums, num_cells: int) -> Ints:
    """Give auxiliary columns the part of the sums that they stand in, from the cells on; the part of every sum : int64[K]."""
    aux = np.flatnonzero(sums.col >= num_cells)
    while True:
        of_sum = _span(label[sums.col], sums)[1]
        new = label.copy()
        np.maximum.at(new, sums.col[aux], of_sum[sums.owner[aux]])
        if np.array_equal(new, label):
            return of_sum
        label[:] = new


def _owners(program: Program, sums: Sums) -> Ints:
    """The owner of every column : int64[N]."""
    num_cells, (people, days) = program.num_cells, program.shape
    columns = np.arange(program.num_columns, dtype=np.int64)
    owner = np.where(columns < num_cells, columns // max(days, 1), columns - num_cells + people)
    cell = sums.col < num_cells
    person = np.where(cell, owner[sums.col], -1)
    _, high = _span(person, sums)
    low, _ = _span(np.where(cell, person, people), sums)
    least = np.full(program.num_columns, people, dtype=np.int64)
    most = np.full(program.num_columns, -1, dtype=np.int64)
    aux = np.flatnonzero(~cell)
    np.minimum.at(least, sums.col[aux], low[sums.owner[aux]])
    np.maximum.at(most, sums.col[aux], high[sums.owner[aux]])
    return np.where((columns >= num_cells) & (least == most), most, owner)


def _span(values: Ints, sums: Sums) -> tuple[Ints, Ints]:
    """Least and greatest entry of every sum : int64[K] each."""
    if not len(sums):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    return np.minimum.reduceat(values, sums.start[:-1]), np.maximum.reduceat(values, sums.start[:-1])

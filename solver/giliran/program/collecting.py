"""Collecting the statements of a program, chunk by chunk."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from giliran.domain.cell_set import CellSet
from giliran.program.program import FREE, HARD, INFINITE, LARGEST_COST, Costs, Ints, Ladders, Program, Rows, Switches
from giliran.program.segments import repeated, starts_of

T = TypeVar("T")

SomeCells = CellSet | NDArray[np.bool_]
"""Cells of some people, or of everybody : bool[E, D]."""


class Named(Protocol):
    """Whatever can own a statement: only its id is looked at here."""

    @property
    def id(self) -> str:
        """Unique id."""
        ...


@dataclass(frozen=True)
class Cost:
    """Where violations or costs go: a tier and a weight that multiplies them."""

    tier: int
    weight: int = 1


@dataclass
class Collector:
    """Collects statements in chunks of arrays; `build` freezes them. Rules write with `ProgramBuilder`, which says more in fewer words.

    Parameters
    ----------
    shape
        `(E, D)`.
    tiers
        Names of the tiers, most important first.
    decision
        Cells of present people : bool[E, D].
    check
        Called again and again while statements are added; what it raises ends the work. None for nothing.
    bends
        The tier in which what must hold may be missed at a cost: about what is past nothing is charged there, as no hard row stays.
        `HARD` for none.
    """

    shape: tuple[int, int]
    tiers: tuple[str, ...]
    decision: NDArray[np.bool_]
    check: Callable[[], None] | None = None
    bends: int = HARD
    _office: NDArray[np.bool_] = field(init=False)
    _away: NDArray[np.bool_] = field(init=False)
    _kept: NDArray[np.int8] = field(init=False)
    _past: NDArray[np.bool_] = field(init=False)
    _aux: list[tuple[Ints, Ints]] = field(default_factory=list)
    _num_aux: int = 0
    _rows: list[dict[str, Ints]] = field(default_factory=list)
    _switches: list[tuple[Ints, ...]] = field(default_factory=list)
    _costs: list[tuple[Ints, ...]] = field(default_factory=list)
    _ladders: list[tuple[Ints, Ints, Ints, Ints]] = field(default_factory=list)
    _constant: Ints = field(init=False)
    _rules: dict[str, int] = field(default_factory=dict)
    _made: dict[Hashable, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._office = np.zeros(self.shape, dtype=np.bool_)
        self._away = np.zeros(self.shape, dtype=np.bool_)
        self._kept = np.full(self.shape, FREE, dtype=np.int8)
        self._past = np.zeros(self.shape[1], dtype=np.bool_)
        self._constant = np.zeros(len(self.tiers), dtype=np.int64)

    def go_on(self) -> None:
        """Give way to whoever watches the time."""
        if self.check is not None:
            self.check()

    def fix(self, *, office: SomeCells | None = None, away: SomeCells | None = None) -> None:
        """Fix cells in or out of the office : bool[E, D] each, or of some people; cells that are no decision are ignored."""
        for cells, fixed in ((office, self._office), (away, self._away)):
            if isinstance(cells, CellSet):
                (cells & self.decision).put(fixed)
            elif cells is not None:
                fixed |= cells & self.decision

    def keep(self, *, office: NDArray[np.bool_], away: NDArray[np.bool_], days: NDArray[np.bool_]) -> None:
        """Keep cells in or out of the office, whatever else fixes them : bool[E, D] each; cells that are no decision are ignored.

        Rows that must hold are left out where all their columns are fixed cells of these days, one of them kept : bool[D]. Nothing
        can be decided there any more.
        """
        self._kept[office & self.decision] = 1
        self._kept[away & self.decision] = 0
        self._past |= days

    @property
    def kept(self) -> NDArray[np.bool_]:
        """Cells that were kept so far, whatever else fixes them : bool[E, D]."""
        return np.asarray(self._kept != FREE)

    def aux(self, lo: ArrayLike, hi: ArrayLike) -> Ints:
        """New auxiliary columns with bounds; returns their column numbers : int64[len(lo)].

        Notes
        -----
        Contract. Owner: whoever made a column writes the rows that say what it is, and nobody else knows its number; statements that
        mean the same columns make them under one key (`once`).
        Values: whole numbers between finite bounds, 0 and 1 for a choice (`binary`), 0 to the most that there can be for an amount.
        The tests try all of them, so a tiny occurrence has few.
        Cost: never below 0 for one more of a column, so that its least value is its best. What the audit finds is the least cost over
        all values of these columns, and that least cost must be attained for every plan that is allowed.
        Definition, which certificates need: hard rows define a column. For given places, columns that cost something are worth as
        little as the hard rows allow in which they stand beside cells and columns set before, others as much; and no other values
        cost less. A column that only soft rows tie to the cells is worth what a search finds for it: whoever knows the places alone,
        as the checker of certificates does, could not say what a plan costs. A cost of rows over such a column belongs on a further
        column that hard rows lift from 0.
        The contract of rules holds every kind to this (`tests/rules/contract.py`), and `check` tells a certificate whose columns
        do not keep it.
        """
        self.go_on()
        low, high = ints(lo), ints(hi)
        first = self.shape[0] * self.shape[1] + self._num_aux
        self._aux.append((low, high))
        self._num_aux += len(low)
        return np.arange(first, first + len(low), dtype=np.int64)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Auxiliary columns that several statements of one program use, made by the first that asks for them."""
        if key not in self._made:
            self._made[key] = make()
        return cast("T", self._made[key])

    def rows(
        self,
        owner: Named,
        size: ArrayLike,
        col: ArrayLike,
        *,
        coef: ArrayLike | None = None,
        lo: ArrayLike = -INFINITE,
        hi: ArrayLike = INFINITE,
        cost: Cost | None = None,
        group: ArrayLike = -1,
        day: ArrayLike = -1,
        person: ArrayLike = -1,
    ) -> None:
        """Add rows; row `r` takes the next `size[r]` entries of `col` and `coef` (default 1).

        Parameters
        ----------
        lo, hi, group, day, person
            One value per row, or one for all.
        cost
            None for rows that must hold; else each unit of violation costs `cost.weight` in `cost.tier`.
        """
        self.go_on()
        sizes, cols = ints(size), ints(col)
        many = len(sizes)

        def wide(values: ArrayLike) -> Ints:
            return np.broadcast_to(ints(values), (many,))

        self._rows.append(
            {
                "size": sizes,
                "col": cols,
                "coef": np.broadcast_to(np.int64(1), cols.shape) if coef is None else ints(coef),
                "lo": wide(lo),
                "hi": wide(hi),
                "tier": wide(HARD if cost is None else cost.tier),
                "weight": wide(0 if cost is None else cost.weight),
                "rule": wide(self._rules.setdefault(owner.id, len(self._rules))),
                "group": wide(group),
                "day": wide(day),
                "person": wide(person),
            }
        )

    def switch(self, first: ArrayLike, second: ArrayLike, cost: Cost) -> None:
        """Charge `cost` for every pair of cells that are not both in or both out of the office."""
        a, b = ints(first), ints(second)
        self._switches.append((a, b, np.broadcast_to(ints(cost.weight), a.shape), np.broadcast_to(ints(cost.tier), a.shape)))

    def charge(self, col: ArrayLike, amount: ArrayLike, cost: Cost, *, base: ArrayLike = 0, constant: int = 0) -> None:
        """Charge each column `base + amount · column`, times the weight of `cost`, and a constant that belongs to no column."""
        cols = ints(col)
        tier = np.broadcast_to(ints(cost.tier), cols.shape)
        at_zero = np.broadcast_to(_weighed(base, cost), cols.shape)
        self._costs.append((cols, np.broadcast_to(_weighed(amount, cost), cols.shape), tier, at_zero))
        self._constant[cost.tier] += constant * cost.weight + int(at_zero.sum())

    def ladder(self, size: ArrayLike, col: ArrayLike, step: ArrayLike, cost: Cost) -> None:
        """Charge convex costs; ladder `l` takes the next `size[l]` entries of `col` and of the non-decreasing `step`."""
        sizes = ints(size)
        self._ladders.append((sizes, ints(col), _weighed(step, cost), np.full(len(sizes), cost.tier, dtype=np.int64)))

    def build(self) -> Program:
        """The finished program."""
        kept = self._kept != FREE
        both = self._office & self._away & ~kept
        fixed = np.full(self.shape, FREE, dtype=np.int8)
        fixed[self._away] = 0
        fixed[self._office] = 1
        fixed[kept] = self._kept[kept]
        col, amount, tier, at_zero = _joined(self._costs, 4)
        first, second, weight, switch_tier = _joined(self._switches, 4)
        sizes, ladder_col, step, ladder_tier = _joined(self._ladders, 4)
        aux_lo, aux_hi = _joined(self._aux, 2)
        return Program(
            shape=self.shape,
            tiers=self.tiers,
            decision=self.decision.reshape(-1),
            fixed=fixed.reshape(-1),
            clash=both.reshape(-1),
            aux_lo=aux_lo,
            aux_hi=aux_hi,
            rows=self._build_rows(fixed),
            switches=Switches(first, second, weight, switch_tier),
            costs=Costs(col, amount, tier),
            ladders=Ladders(starts_of(sizes), ladder_col, step, ladder_tier),
            constant=self._constant,
            base=Costs(col, at_zero, tier),
            rules=tuple(self._rules),
        )

    def _build_rows(self, fixed: NDArray[np.int8]) -> Rows:
        def joined(name: str) -> Ints:
            return _beside([chunk[name] for chunk in self._rows])

        names = ("col", "coef", "lo", "hi", "tier", "weight", "rule", "group", "day", "person")
        rows = Rows(starts_of(joined("size")), **{name: joined(name) for name in names})
        return rows if not self._past.any() else rows.without(self._is_past(rows, fixed))

    def _is_past(self, rows: Rows, fixed: NDArray[np.int8]) -> NDArray[np.bool_]:
        """Rows that must hold, about which nothing can be decided any more : bool[M]."""
        size, many = np.diff(rows.start), len(rows)
        row_of = np.repeat(np.arange(many), size)
        aux = np.zeros(self._num_aux, dtype=np.bool_)
        settled = np.concatenate([((fixed != FREE) & self._past).reshape(-1), aux])[rows.col]
        kept = np.concatenate([(self._kept != FREE).reshape(-1), aux])[rows.col]
        whole = np.bincount(row_of[~settled], minlength=many) == 0
        decided = np.bincount(row_of[kept], minlength=many) > 0
        empty = (size == 0) & (rows.day >= 0) & self._past[rows.day]
        return np.asarray(np.isin(rows.tier, (HARD, self.bends)) & whole & (decided | empty))


def ints(values: ArrayLike) -> Ints:
    """Whole numbers as an array; `TypeError` for any others, an empty list being both."""
    array = np.asarray(values)
    if array.size and not np.issubdtype(array.dtype, np.integer) and array.dtype != np.bool_:
        raise TypeError(f"statements hold integers, not {array.dtype}")
    return array.astype(np.int64, copy=False)


def _weighed(amount: ArrayLike, cost: Cost) -> Ints:
    """Amounts times a weight; what would pass `LARGEST_COST` stays just beyond it."""
    most = LARGEST_COST // cost.weight + 1
    amounts = ints(amount)
    if int(amounts.max(initial=0)) > most or int(amounts.min(initial=0)) < -most:
        amounts = np.clip(amounts, -most, most)
    return amounts if cost.weight == 1 else np.asarray(amounts * cost.weight)


def _joined(chunks: Sequence[tuple[Ints, ...]], width: int) -> tuple[Ints, ...]:
    return tuple(_beside([chunk[k] for chunk in chunks]) for k in range(width))


def _beside(arrays: Sequence[Ints]) -> Ints:
    """Arrays one after the other; where each repeats one number, and all the same, so does the whole, and takes no memory."""
    if not arrays:
        return np.zeros(0, dtype=np.int64)
    if all(array.strides == (0,) for array in arrays) and len({int(array[0]) for array in arrays if len(array)}) == 1:
        return repeated(next(array[0] for array in arrays if len(array)), sum(map(len, arrays)))
    return np.concatenate(arrays)

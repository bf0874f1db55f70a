"""From a part to a face over its cells, and what a tier costs as columns and rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

import numpy as np
from scipy import sparse

from giliran.engine.base.arrays import pick, ranges
from giliran.engine.base.part import Part
from giliran.engine.base.tiers import worst_misses
from giliran.engine.columns.face import NO_BLOCK, NO_ORIGIN, Matrix, OptimalFace
from giliran.program import HARD, INFINITE, Ints
from giliran.program.segments import owners_of, starts_of


class Shape(Enum):
    """How a statement costs by the sum of its columns."""

    LADDER = auto()
    SOFT = auto()
    SWITCH = auto()


@dataclass(frozen=True)
class Statements:
    """Statements of one shape, each a cost of a sum over columns.

    Parameters
    ----------
    shape
        `LADDER`: the k-th unit costs a step. `SOFT`: each unit outside bounds costs a weight. `SWITCH`: the bounds are 0, of two cells.
    which : int64[K]
        The part's ladders, or rows.
    sums : int64 matrix [K, n]
        Over columns of the part, or of a face.
    offset : int64[K]
        What stands in the sums besides.
    """

    shape: Shape
    which: Ints
    sums: Matrix
    offset: Ints

    def __len__(self) -> int:
        return len(self.which)

    def over(self, face: OptimalFace) -> Statements:
        """The statements over the columns of a face."""
        return replace(self, sums=sparse.csr_array(self.sums @ face.place), offset=self.offset + self.sums @ face.base)

    def of(self, chosen: Ints) -> Statements:
        """Some of the statements."""
        return Statements(self.shape, self.which[chosen], self.sums[chosen], self.offset[chosen])

    def amounts(self, part: Part, row: Ints, value: Ints) -> tuple[Ints, Ints]:
        """What statements `row` cost when their sums have a value : tier and amount, int64[len(row)] each."""
        which = self.which
        if self.shape is Shape.LADDER:
            start, stairs = stairs_of(part, which)
            return part.ladders.tier[which][row], stairs[start[row] + value]
        lo, hi = part.rows.lo[which][row], part.rows.hi[which][row]
        return part.rows.tier[which][row], part.rows.weight[which][row] * np.maximum(0, np.maximum(lo - value, value - hi))


def face_of(part: Part) -> OptimalFace:
    """All plans of a part, with the linear costs of every tier; other costs are opened tier by tier."""
    n = part.num_columns
    rows = part.rows
    hard = np.flatnonzero(rows.tier == HARD)
    return OptimalFace(
        lo=part.lo,
        hi=part.hi,
        block=np.full(n, NO_BLOCK, dtype=np.int64),
        size=np.zeros(0, dtype=np.int64),
        helper=np.zeros(n, dtype=np.bool_),
        rows=_row_matrix(part)[hard],
        row_lo=rows.lo[hard],
        row_hi=rows.hi[hard],
        origin=hard,
        cost=part.cost.copy(),
        constant=np.zeros(len(part.cost), dtype=np.int64),
        place=sparse.eye_array(n, dtype=np.int64, format="csr"),
        base=np.zeros(n, dtype=np.int64),
    )


def statements_of(part: Part, tiers: tuple[int, ...]) -> tuple[Statements, ...]:
    """Everything but linear costs that some tiers cost in a part, over the part's columns."""
    ladders, rows = part.ladders, _row_matrix(part)
    costly, stairs = np.isin(part.rows.tier, tiers), np.flatnonzero(np.isin(ladders.tier, tiers))
    turns = np.zeros(len(costly), dtype=np.bool_)
    turns[part.switches] = True
    switches, soft = np.flatnonzero(costly & turns), np.flatnonzero(costly & ~turns)
    start, entries = pick(ladders.start, stairs)
    counts = matrix(start, ladders.col[entries], np.ones(len(entries), dtype=np.int64), part.num_columns)
    shapes = ((Shape.LADDER, stairs, counts), (Shape.SOFT, soft, rows[soft]), (Shape.SWITCH, switches, rows[switches]))
    return tuple(Statements(shape, which, sums, np.zeros(len(which), dtype=np.int64)) for shape, which, sums in shapes if len(which))


def soft_rows_of(part: Part) -> Statements:
    """All rows of a part that has only soft ones, each as one row whose multiplier is its own, switches too."""
    many = len(part.rows)
    return Statements(Shape.SOFT, np.arange(many, dtype=np.int64), _row_matrix(part), np.zeros(many, dtype=np.int64))


def matrix(start: Ints, col: Ints, data: Ints, width: int) -> Matrix:
    """A matrix from CSR arrays."""
    return sparse.csr_array((data, col, start), shape=(len(start) - 1, width))


def _row_matrix(part: Part) -> Matrix:
    return matrix(part.rows.start, part.rows.col, part.rows.coef, part.num_columns)


def opened(face: OptimalFace, part: Part, statements: Statements) -> OptimalFace:
    """The face with statements over its columns as rows and helper columns."""
    if not len(statements):
        return face
    if statements.shape is Shape.LADDER:
        return _with_ladders(face, part, statements)
    if statements.shape is Shape.SOFT:
        return _with_soft_rows(face, part, statements)
    return _with_switches(face, part, statements)


def _with_ladders(face: OptimalFace, part: Part, statements: Statements) -> OptimalFace:
    """The sum equals the steps taken; equal steps that follow each other are one column."""
    ladders = part.ladders
    start, entries = pick(ladders.start, statements.which)
    owner, step = owners_of(start), ladders.step[entries]
    begins = np.flatnonzero(np.concatenate([[True], (np.diff(step) != 0) | (np.diff(owner) != 0)]))
    run = np.diff(np.append(begins, len(step)))
    rung = owner[begins]
    helpers = sparse.csr_array(
        (np.full(len(begins), -1, dtype=np.int64), (rung, np.arange(len(begins)))), shape=(len(statements), len(begins))
    )
    cost = _costs(face, ladders.tier[statements.which][rung], step[begins])
    return _appended(face, statements.sums, helpers, -statements.offset, -statements.offset, run, cost)


def _with_soft_rows(face: OptimalFace, part: Part, statements: Statements) -> OptimalFace:
    """What is missing to the lower bound and what passes the upper one are columns."""
    rows, which, many = part.rows, statements.which, len(statements)
    worst = worst_misses(part)[which]
    under, over = np.flatnonzero(rows.lo[which] > -INFINITE), np.flatnonzero(rows.hi[which] < INFINITE)
    owner = np.concatenate([under, over])
    sign = np.concatenate([np.ones(len(under), dtype=np.int64), np.full(len(over), -1, dtype=np.int64)])
    helpers = sparse.csr_array((sign, (owner, np.arange(len(owner)))), shape=(many, len(owner)))
    cost = _costs(face, rows.tier[which][owner], rows.weight[which][owner])
    lo = np.where(rows.lo[which] > -INFINITE, rows.lo[which] - statements.offset, -INFINITE)
    hi = np.where(rows.hi[which] < INFINITE, rows.hi[which] - statements.offset, INFINITE)
    return _appended(face, statements.sums, helpers, lo, hi, worst[owner], cost)


def _with_switches(face: OptimalFace, part: Part, statements: Statements) -> OptimalFace:
    """A column that is at least the sum and at least its opposite."""
    rows, which, many = part.rows, statements.which, len(statements)
    sums = sparse.vstack([statements.sums, -statements.sums], format="csr")
    minus = sparse.eye_array(many, dtype=np.int64, format="csr") * -1
    offset = np.concatenate([statements.offset, -statements.offset])
    cost = _costs(face, rows.tier[which], rows.weight[which])
    free = np.full(2 * many, -INFINITE, dtype=np.int64)
    return _appended(face, sums, sparse.vstack([minus, minus], format="csr"), free, -offset, np.ones(many, dtype=np.int64), cost)


def _costs(face: OptimalFace, tier: Ints, amount: Ints) -> Ints:
    out = np.zeros((len(face.cost), len(tier)), dtype=np.int64)
    out[tier, np.arange(len(tier))] = amount
    return out


def _appended(face: OptimalFace, sums: Matrix, helpers: Matrix, lo: Ints, hi: Ints, most: Ints, cost: Ints) -> OptimalFace:
    """The face with rows `lo ≤ sums + helpers ≤ hi` and helper columns from 0 to `most`."""
    many = len(most)
    more = sparse.hstack([sums, helpers], format="csr")
    return replace(
        face,
        lo=np.append(face.lo, np.zeros(many, dtype=np.int64)),
        hi=np.append(face.hi, most),
        block=np.append(face.block, np.full(many, NO_BLOCK, dtype=np.int64)),
        helper=np.append(face.helper, np.ones(many, dtype=np.bool_)),
        rows=_stacked(_wider(face.rows, many), more),
        row_lo=np.append(face.row_lo, lo),
        row_hi=np.append(face.row_hi, hi),
        origin=np.append(face.origin, np.full(len(lo), NO_ORIGIN, dtype=np.int64)),
        cost=np.concatenate([face.cost, cost], axis=1),
        place=_wider(face.place, many),
    )


def _wider(rows: Matrix, many: int) -> Matrix:
    """The same entries with empty columns behind."""
    return matrix(rows.indptr, rows.indices, rows.data, rows.shape[1] + many)


def _stacked(upper: Matrix, lower: Matrix) -> Matrix:
    """Rows below rows, as wide as they are."""
    start = np.concatenate([upper.indptr, upper.indptr[-1] + lower.indptr[1:]])
    return matrix(start, np.concatenate([upper.indices, lower.indices]), np.concatenate([upper.data, lower.data]), upper.shape[1])


def stairs_of(part: Part, which: Ints) -> tuple[Ints, Ints]:
    """Cumulated steps of some ladders, from none taken on : starts int64[K + 1], costs int64[nnz + K]."""
    ladders = part.ladders
    start, entries = pick(ladders.start, which)
    size = np.diff(start)
    longer = starts_of(size + 1)
    total = np.zeros(longer[-1], dtype=np.int64)
    total[ranges(longer[:-1] + 1, size)] = ladders.step[entries]
    total = np.cumsum(total)
    return longer, np.asarray(total - np.repeat(total[longer[:-1]], size + 1))

"""Equitable partitions: a linear program with the columns and rows of interchangeable people added up, which has the same value.

The average over interchangeable people of a solution is a solution and costs the same, so nothing is lost by asking for sums (fractional
isomorphism: Grohe, Kersting, Mladenov and Selman, ESA 2014). Multipliers of the sums are multipliers of every row that they hold. Sums that
are whole are dealt around in a circle, so that everybody gets as many as the others; whether that is a plan is for others to check.
Unlike a block with a count a sum may hold people with rows of their own: totals, runs, links between weeks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from giliran.engine.base.alike import mixed
from giliran.engine.base.budget import Budget
from giliran.engine.columns.face import NO_BLOCK, Matrix, OptimalFace
from giliran.engine.columns.highs import NEARLY, Floats, Relaxed, Verdict, choices_of
from giliran.engine.columns.pricing import relax_choices
from giliran.program import INFINITE, Ints
from giliran.program.segments import starts_of

NOBODY = -1
"""Owner of columns that are no cell."""

LEAST_COLUMNS = 500
"""Smaller programs are worth no look: HiGHS takes 5 ms for them."""

MOST_LEFT = 0.5
"""Programs are shrunk if no more than this part of their columns is left. Where nobody equals anybody the look costs 0.4 % (one part of
10,000 people) to 1.7 % (103 parts) of the time of all linear relaxations, so it is not repeated in a part."""


@dataclass(frozen=True)
class _Classes:
    """Classes of columns and rows, numbered by their first members.

    Parameters
    ----------
    column, row : int64[n], int64[M]
        The class of each.
    first : int64[C]
        The first column of each class.
    many : int64[C]
        Columns of each class.
    block : int64[B]
        The class of each block.
    """

    column: Ints
    row: Ints
    first: Ints
    many: Ints
    block: Ints


def relax_alike(face: OptimalFace, cost: Ints, people: Ints, y: Floats, budget: Budget) -> Relaxed | None:
    """The cheapest values of the columns of a face; None where too few are alike.

    Parameters
    ----------
    face
        With columns.
    people
        Of each of the part's cells, which are its first columns : int64[m].
    y
        First guess of the rows' multipliers : float64[M].

    Returns
    -------
    Relaxed or None
        Values are there only over cells, and if they are whole; they need not keep every row of a single person.
    """
    owner = _owners(face, people)
    classes = _classes(face, cost, owner)
    if classes is None:
        return None
    small = _added_up(face, classes)
    guess = np.zeros(len(small.origin))
    guess[classes.row] = y
    answer = relax_choices(small, cost[classes.first], guess, None, budget)
    if answer.verdict is not Verdict.SOLVED or answer.z is None or answer.y is None:
        return answer
    z = None if face.num_blocks else _dealt(face, classes, owner, answer.z)
    return replace(answer, z=z, y=answer.y[classes.row])


def _owners(face: OptimalFace, people: Ints) -> Ints:
    """The person of every column, `NOBODY` for others : int64[n]."""
    owner = np.full(face.num_columns, NOBODY, dtype=np.int64)
    entries = face.place.tocoo()
    cells = entries.row < len(people)
    owner[entries.col[cells]] = people[entries.row[cells]]
    return owner


def _classes(face: OptimalFace, cost: Ints, owner: Ints) -> _Classes | None:
    """Columns and rows that stay alike however far one looks; None if too few are.

    Rows over several people are each alone in their class, so that only people of the same unit are alike, on the same day.
    """
    rows = sparse.vstack([face.rows, choices_of(face)], format="csr") if face.num_blocks else face.rows
    wild = sparse.csr_array((rows.data.view(np.uint64), rows.indices, rows.indptr), shape=rows.shape)
    column = mixed(cost, face.lo, face.hi, owner == NOBODY)
    shared = np.where(_shared(face.rows, owner), np.arange(len(face.origin)), -1)
    row = np.concatenate([mixed(face.row_lo, face.row_hi, shared), mixed(face.size)])
    known = 0
    while True:
        column = mixed(column.view(np.int64), (wild.T @ row).view(np.int64))
        many = len(np.unique(column))
        if many > MOST_LEFT * face.num_columns:
            return None
        row = mixed(row.view(np.int64), (wild @ column).view(np.int64))
        if many == known:
            break
        known = many
    column_class, first, size = _numbered(column)
    own, choice = row[: len(face.origin)], row[len(face.origin) :]
    return _Classes(column_class, _numbered(own)[0], first, size, _numbered(choice)[0])


def _shared(rows: Matrix, owner: Ints) -> NDArray[np.bool_]:
    """Which rows hold cells of several people : bool[M]."""
    out = np.zeros(rows.shape[0], dtype=np.bool_)
    filled = np.flatnonzero(np.diff(rows.indptr))
    if len(filled):
        who, begins = owner[rows.indices], rows.indptr[filled]
        least = np.minimum.reduceat(np.where(who == NOBODY, np.iinfo(np.int64).max, who), begins)
        out[filled] = least < np.maximum.reduceat(who, begins)
    return out


def _numbered(key: NDArray[np.uint64]) -> tuple[Ints, Ints, Ints]:
    """Classes of equal keys by their first members: the class of each, first members, and how many."""
    _, first, inverse, many = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    order = np.argsort(first)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[inverse], first[order].astype(np.int64), many[order].astype(np.int64)


def _added_up(face: OptimalFace, classes: _Classes) -> OptimalFace:
    """The face over sums of columns, with sums of rows."""
    many, count = len(classes.first), int(classes.row.max(initial=-1)) + 1
    size = np.bincount(classes.row, minlength=count).astype(np.int64)
    lo, hi = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    lo[classes.row], hi[classes.row] = face.row_lo, face.row_hi
    ones = (np.ones(len(classes.row), dtype=np.int64), (classes.row, np.arange(len(classes.row))))
    wide = np.zeros(int(classes.block.max(initial=-1)) + 1, dtype=np.int64)
    np.add.at(wide, classes.block, face.size)
    adding = sparse.csr_array(ones, shape=(count, len(classes.row)))
    return replace(
        face,
        lo=face.lo[classes.first] * classes.many,
        hi=face.hi[classes.first] * classes.many,
        block=np.append(classes.block, NO_BLOCK)[face.block[classes.first]],
        size=wide,
        helper=face.helper[classes.first],
        rows=sparse.csr_array(adding @ face.rows[:, classes.first]),
        row_lo=np.where(lo > -INFINITE, lo * size, -INFINITE),
        row_hi=np.where(hi < INFINITE, hi * size, INFINITE),
        origin=np.zeros(count, dtype=np.int64),
        cost=face.cost[:, classes.first],
        place=sparse.csr_array((face.place.shape[0], many), dtype=np.int64),
        copies=None,
    )


def _dealt(face: OptimalFace, classes: _Classes, owner: Ints, total: Floats) -> Floats | None:
    """Whole sums dealt to single columns, each class of the same people going on where the one before stopped; None if sums are broken."""
    whole = np.rint(total)
    single = classes.many == 1
    plain = (face.lo[classes.first] == 0) & (face.hi[classes.first] == 1)
    if (~face.helper[classes.first] & ((np.abs(whole - total) > NEARLY) | ~(single | plain))).any():
        return None
    count = whole.astype(np.int64)
    crew = np.zeros(len(classes.first), dtype=np.uint64)
    np.add.at(crew, classes.column, mixed(owner))
    _, crew_number = np.unique(crew, return_inverse=True)
    order = np.argsort(crew_number, kind="stable")
    before = starts_of(count[order])[:-1]
    begins = np.concatenate([[True], np.diff(crew_number[order]) != 0])
    offset = np.zeros(len(count), dtype=np.int64)
    offset[order] = before - before[begins][np.cumsum(begins) - 1]
    columns = np.argsort(classes.column, kind="stable")
    place = np.empty(len(columns), dtype=np.int64)
    place[columns] = np.arange(len(columns)) - np.repeat(starts_of(classes.many)[:-1], classes.many)
    of = classes.column
    chosen = (place - offset[of]) % classes.many[of] < count[of]
    return np.asarray(np.where(single[of], whole[of], chosen.astype(np.float64)))

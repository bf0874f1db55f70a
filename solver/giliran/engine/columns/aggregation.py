"""Symmetry aggregation: people whose choices are the same become one choice with a count, exactly.

Read from the matrices alone: people whom nothing but their name tells apart have the same columns. Whoever has a wish, a pin, a ledger or a
row between two weeks of his own differs in a cost or in a row, and stays apart.

Measured, CPU seconds of all linear relaxations without and with it and equitable partitions (`equitable`), caps, duty, sequences and
switch costs, no wishes: 10,000 people in 103 parts 3.1 and 1.0; in one part under an agency-wide cap 50, last tier unproven, and 1.5, all
proven. 1,000 people over four weeks, where only sums of people help, 17 and 11. With wishes and ledgers nobody is like another: 1.4 and
1.4, looking included.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from giliran.engine.base.alike import mixed
from giliran.engine.base.arrays import pick, ranges
from giliran.engine.columns.copies import Copies
from giliran.engine.columns.face import NO_BLOCK, Matrix, OptimalFace, take_columns
from giliran.program import Ints
from giliran.program.segments import starts_of

LEAST_SAVED = 0.05
"""Faces are aggregated if more than this part of their columns goes; where wishes differ one in a hundred would, which saves nothing."""

Keys = NDArray[np.uint64]


@dataclass(frozen=True)
class _Candidates:
    """What may be aggregated: whole blocks, and single columns outside of them.

    Parameters
    ----------
    columns : int64[k]
        Columns of units that have others like them, unit after unit, in the order of their keys.
    start : int64[U + 1]
        Where the columns of each unit begin.
    model : int64[U]
        The first unit that each one may be the same as.
    """

    columns: Ints
    start: Ints
    model: Ints


def aggregate(face: OptimalFace) -> OptimalFace:
    """The same plans with interchangeable people counted; the face itself where all differ, or where it is aggregated already."""
    units = None if face.copies is not None else _candidates(face)
    if units is None:
        return face
    same = _same(face, units)
    model = np.where(same, units.model, np.arange(len(units.model)))
    count = np.bincount(model, minlength=len(model)).astype(np.int64)
    return face if (count <= 1).all() else _aggregated(face, units, model, count)


def _candidates(face: OptimalFace) -> _Candidates | None:
    """Units that have the same keys as others; None without any."""
    alone = (face.block != NO_BLOCK) | (~face.helper & (face.lo == 0) & (face.hi == 1))
    columns = np.flatnonzero(alone)
    unit = face.block[columns]
    loose = unit == NO_BLOCK
    unit[loose] = face.num_blocks + np.arange(int(loose.sum()))
    key = _keys(face)[columns]
    whole = np.zeros(int(unit.max(initial=-1)) + 1, dtype=np.uint64)
    np.add.at(whole, unit, key)
    whole[face.num_blocks :] = mixed(whole[face.num_blocks :].view(np.int64))
    _, first, inverse, many = np.unique(whole, return_index=True, return_inverse=True, return_counts=True)
    again = np.ones(len(whole), dtype=np.bool_)
    again[first] = False
    if int(again[unit].sum()) <= LEAST_SAVED * face.num_columns:
        return None
    chosen = np.flatnonzero(many[inverse] > 1)
    number = np.full(len(whole), -1, dtype=np.int64)
    number[chosen] = np.arange(len(chosen))
    mine = np.flatnonzero(number[unit] >= 0)
    mine = mine[np.lexsort((columns[mine], key[mine], unit[mine]))]
    size = np.bincount(number[unit[mine]], minlength=len(chosen)).astype(np.int64)
    return _Candidates(columns[mine], starts_of(size), number[first[inverse[chosen]]])


def _keys(face: OptimalFace) -> Keys:
    """A number for each column, the same for columns with the same entries, costs and bounds : uint64[n].

    Sums wrap around; nothing is taken from equal keys but what to compare.
    """
    rows = face.rows
    wild = sparse.csr_array((rows.data.view(np.uint64), rows.indices, rows.indptr), shape=rows.shape)
    total = wild.T @ mixed(np.arange(rows.shape[0], dtype=np.int64))
    for cost, weight in zip(face.cost, mixed(np.arange(len(face.cost), dtype=np.int64) - len(face.cost)), strict=True):
        total += cost.view(np.uint64) * weight
    return mixed(total.view(np.int64), face.hi)


def _same(face: OptimalFace, units: _Candidates) -> NDArray[np.bool_]:
    """Which units have exactly the columns of their model : bool[U]."""
    size = np.diff(units.start)
    outside = face.block[units.columns[units.start[:-1]]] == NO_BLOCK
    same = (size == size[units.model]) & (outside == outside[units.model])
    unit = np.flatnonzero(same)
    owner = np.repeat(unit, size[unit])
    one = units.columns[ranges(units.start[unit], size[unit])]
    other = units.columns[ranges(units.start[units.model[unit]], size[unit])]
    differ = (face.cost[:, one] != face.cost[:, other]).any(axis=0) | (face.lo[one] != face.lo[other]) | (face.hi[one] != face.hi[other])
    differ |= _entries_differ(face.rows, one, other)
    same[owner[differ]] = False
    return np.asarray(same)


def _entries_differ(rows: Matrix, one: Ints, other: Ints) -> NDArray[np.bool_]:
    """Which pairs of columns have different entries : bool[k]."""
    by_column = sparse.csc_array(rows)
    by_column.sort_indices()
    start = by_column.indptr.astype(np.int64)
    size = np.diff(start)
    differ = size[one] != size[other]
    pairs = np.flatnonzero(~differ)
    many = size[one[pairs]]
    left, right = ranges(start[one[pairs]], many), ranges(start[other[pairs]], many)
    wrong = (by_column.indices[left] != by_column.indices[right]) | (by_column.data[left] != by_column.data[right])
    differ[np.repeat(pairs, many)[wrong]] = True
    return np.asarray(differ)


def _aggregated(face: OptimalFace, units: _Candidates, model: Ints, count: Ints) -> OptimalFace:
    """The face with the columns of a model standing for those of all units of its class."""
    members = np.argsort(model, kind="stable")
    members = members[count[model[members]] > 1]
    first = model[members] == members
    size = np.diff(units.start)[members]
    _, entry = pick(units.start, members)
    column, leader = units.columns[entry], np.repeat(first, size)
    stands_for = units.columns[ranges(units.start[model[members]], size)]
    many = np.ones(face.num_columns, dtype=np.int64)
    many[stands_for] = np.repeat(count[model[members]], size)
    kept = np.ones(face.num_columns, dtype=np.bool_)
    kept[column[~leader]] = False
    copies = np.where(many > 1, many, 0) * kept
    order = np.argsort(stands_for, kind="stable")
    counts = face.size.copy()
    inside = face.block != NO_BLOCK
    counts[face.block[inside & kept]] = many[inside & kept]
    place = face.place.tocoo()
    single = many[place.col] == 1
    alone = sparse.csr_array((place.data[single], (place.row[single], place.col[single])), shape=place.shape)
    whole = replace(face, hi=face.hi * many, size=counts, place=alone, copies=Copies(starts_of(copies), column[order], face.place))
    return take_columns(whole, np.flatnonzero(kept))

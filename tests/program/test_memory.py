"""What a program and its parts keep in memory: numbers that repeat once, columns that two share once."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from giliran import freeing
from giliran.engine.presolve.split import split
from giliran.freeing import LEAST_CELLS, give_back
from giliran.program import Cost, ProgramBuilder
from giliran.program.segments import compact, repeated, segment_sums, taken

PEOPLE, DAYS = 6, 5


class _Owner:
    id = "cap"


def builder() -> ProgramBuilder:
    """Two units of three people: a cap on every day that counts people, and a cost of every cell that is owed at 0, too."""
    out = ProgramBuilder((PEOPLE, DAYS), ("hard", "soft"), np.ones((PEOPLE, DAYS), dtype=np.bool_))
    cells = np.arange(PEOPLE * DAYS).reshape(PEOPLE, DAYS)
    for unit in (cells[:3], cells[3:]):
        out.rows(_Owner(), np.full(DAYS, 3), unit.T.reshape(-1), hi=2)
    out.charge(cells.reshape(-1), np.arange(PEOPLE * DAYS) - 7, Cost(1), base=2)
    return out


def bytes_of(*arrays: np.ndarray) -> int:
    """What arrays take, numbers that repeat once."""
    return sum(array.itemsize if array.strides[-1] == 0 else array.nbytes for array in arrays)


def test_counts_have_one_coefficient() -> None:
    """The coefficients of rows that count people take the memory of one, in the program and in its parts; they are ones all the same."""
    program = builder().build()
    parts = split(program, np.arange(PEOPLE)).parts
    assert len(parts) == 2 * DAYS
    for rows in (program.rows, *(part.rows for part in parts)):
        assert bytes_of(rows.coef) == 8
        assert rows.coef.tolist() == [1] * len(rows.col)


def test_rows_with_other_coefficients_keep_theirs() -> None:
    """One row that counts somebody twice, and every coefficient is kept as it was given."""
    out = builder()
    out.rows(_Owner(), [2], [0, 5], coef=[2, 1], hi=2)
    assert out.build().rows.coef.tolist() == [1] * (PEOPLE * DAYS) + [2, 1]


def test_costs_at_zero_share_their_columns() -> None:
    """What columns cost at 0 stands in the same columns and tiers as what they cost."""
    program = builder().build()
    assert np.shares_memory(program.base.col, program.costs.col)
    assert np.shares_memory(program.base.tier, program.costs.tier)
    assert program.base.cost.tolist() == [2] * (PEOPLE * DAYS)


def test_a_part_keeps_few_numbers_for_a_cell() -> None:
    """For every free cell a part has its column, two costs, and its entry in a row, of eight bytes each; cells and bounds take nothing."""
    parts = split(builder().build(), np.arange(PEOPLE)).parts
    cells = sum(len(part.cells) for part in parts)
    assert cells == PEOPLE * DAYS
    for part in parts:
        assert np.shares_memory(part.cells, part.columns)
        assert bytes_of(part.lo, part.hi) == 16
    assert sum(bytes_of(part.columns, part.cost, part.rows.col) for part in parts) == 8 * 4 * cells


def test_sums_of_segments_are_those_of_slices() -> None:
    """Empty segments anywhere, numbers and marks: the sum of every slice."""
    start = np.array([0, 0, 2, 2, 5, 6, 6])
    for values in (np.array([3, -1, 4, 1, -5, 9]), np.array([True, True, False, True, True, False])):
        assert segment_sums(values, start).tolist() == [int(values[a:b].sum()) for a, b in pairwise(start)]
    assert segment_sums(np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int64)).tolist() == []
    assert segment_sums(np.zeros(0, dtype=np.int64), np.zeros(3, dtype=np.int64)).tolist() == [0, 0]


def test_what_takes_the_memory_of_one_says_the_same() -> None:
    """Equal numbers are kept once, others as they are, and picking some of either gives what stands there."""
    same, mixed, none = np.full(4, 7), np.array([7, 8]), np.zeros(0, dtype=np.int64)
    assert (compact(same).strides, compact(same).tolist()) == ((0,), [7, 7, 7, 7])
    assert compact(mixed) is mixed
    assert compact(none) is none
    assert taken(repeated(7, 4), np.array([0, 3])).tolist() == [7, 7]
    assert taken(repeated(7, 4), none).tolist() == []
    assert taken(mixed, np.array([1, 0])).tolist() == [8, 7]


def test_only_large_instances_give_memory_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """The C library is asked from a million cells on, and not where it has no such call."""
    asked: list[int] = []
    monkeypatch.setattr(freeing, "_trim", lambda: asked.append)
    give_back(LEAST_CELLS - 1)
    assert asked == []
    give_back(LEAST_CELLS)
    assert asked == [0]
    monkeypatch.setattr(freeing, "_trim", lambda: None)
    give_back(LEAST_CELLS)
    assert asked == [0]

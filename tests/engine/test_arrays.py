"""Array tools against plain loops."""

from itertools import pairwise

import numpy as np
import pytest

from giliran.engine.base.arrays import by_number, components, owners_at, ranges, sorted_within
from giliran.program.segments import owners_of, starts_of


@pytest.mark.parametrize("bound", [1, 2, 1 << 16, (1 << 16) + 1, 1 << 40])
def test_by_number_is_a_stable_sort(bound: int) -> None:
    """Items with the same number keep their order, however many digits numbers have."""
    numbers = np.random.default_rng(bound).integers(0, bound, 500) // 3

    assert by_number(numbers, bound).tolist() == np.argsort(numbers, kind="stable").tolist()


@pytest.mark.parametrize("largest", [0, 5, 1 << 20, 1 << 40])
def test_sorted_within_sorts_every_segment(largest: int) -> None:
    """Values move inside their segment only, whether keys fit into 32 bits or not."""
    random = np.random.default_rng(largest)
    start = starts_of(random.integers(0, 5, 40))
    values = random.integers(0, largest + 1, start[-1])

    found = sorted_within(start, values)

    assert found.dtype == np.int64
    for a, b in pairwise(start.tolist()):
        assert found[a:b].tolist() == sorted(values[a:b].tolist())


def test_sorted_within_moves_segments() -> None:
    """Segments change places with all that is in them."""
    assert sorted_within(np.array([0, 2, 2, 5]), np.array([7, 1, 4, 9, 2]), np.array([2, 0, 1])).tolist() == [2, 4, 9, 1, 7]


@pytest.mark.parametrize("seed", range(5))
def test_ranges_are_counted_one_after_the_other(seed: int) -> None:
    """Every range is there in full, empty ones leave nothing."""
    random = np.random.default_rng(seed)
    first, size = random.integers(-9, 9, 6), random.integers(0, 3, 6)

    expected = [value for a, many in zip(first.tolist(), size.tolist(), strict=True) for value in range(a, a + many)]

    assert ranges(first, size).tolist() == expected


def test_owners_at_skips_empty_segments() -> None:
    """An entry lies in the segment that holds it, not in an empty one that begins at the same place."""
    start = np.array([0, 0, 2, 2, 3])

    assert owners_at(np.arange(3), start).tolist() == owners_of(start).tolist() == [1, 1, 3]


@pytest.mark.parametrize("seed", range(30))
def test_components_are_those_of_a_search(seed: int) -> None:
    """Everybody has the smallest node that can be reached over segments, of which some are empty, single or repeat a node."""
    random = np.random.default_rng(seed)
    count = 40
    start = starts_of(random.integers(0, 4, 30))
    node = random.integers(0, count, start[-1])

    expected = list(range(count))
    for _ in range(count):
        for a, b in pairwise(start.tolist()):
            for one in node[a:b].tolist():
                expected[one] = min(expected[other] for other in node[a:b].tolist())

    cut = int(start[20])
    assert components(count, (start, node)).tolist() == expected
    assert components(count, (start[:21], node[:cut]), (start[20:] - cut, node[cut:])).tolist() == expected

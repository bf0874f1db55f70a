"""Classes of equal sequences against comparing all pairs."""

import numpy as np
import pytest

from giliran.engine.base import alike as module
from giliran.engine.base.alike import alike, packed
from giliran.program.segments import starts_of


def segments(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Short sequences of few different numbers: many are equal, some begin alike or hold the same numbers in another order."""
    random = np.random.default_rng(seed)
    start = starts_of(random.integers(0, 4, 60))
    return start, random.integers(-1, 2, start[-1])


def agree(start: np.ndarray, item: np.ndarray) -> bool:
    """Two classes are the same exactly where two sequences are."""
    found = alike(start, item).tolist()
    told = [tuple(item[a:b].tolist()) for a, b in zip(start[:-1].tolist(), start[1:].tolist(), strict=True)]
    return all((found[i] == found[j]) == (told[i] == told[j]) for i in range(len(told)) for j in range(i))


@pytest.mark.parametrize("seed", range(10))
def test_alike_tells_sequences_apart(seed: int) -> None:
    """Equal sequences get the same number, others do not."""
    assert agree(*segments(seed))


def test_hashes_that_meet_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sequences with the same hash are still compared item by item."""
    monkeypatch.setattr(module, "mixed", lambda first, *_: np.zeros(len(first), dtype=np.uint64))

    assert agree(*segments(0))


def test_packed_is_ordered_like_its_columns() -> None:
    """The first column decides, then the next, also when values are too large to be put side by side."""
    random = np.random.default_rng(0)
    columns = [random.integers(-2, 3, 200) * (1 << shift) for shift in (0, 40, 50, 3)]

    assert np.argsort(packed(*columns), kind="stable").tolist() == np.lexsort(columns[::-1]).tolist()

"""Chance that is the same everywhere."""

import numpy as np
import pytest

from giliran.generating.dice import Dice


def test_same_numbers_everywhere() -> None:
    """A seed and a purpose give these very numbers, on any platform and with any numpy."""
    assert Dice(7, "people").below(1000, 6).tolist() == [874, 113, 881, 467, 854, 674]


def test_purposes_do_not_share_numbers() -> None:
    """Another purpose is another stream, so that switching one family on changes no other."""
    assert Dice(7, "people").below(1000, 20).tolist() != Dice(7, "wishes").below(1000, 20).tolist()


def test_below_stays_below() -> None:
    """Every number is below its own limit, also for a limit of 1."""
    limits = np.array([1, 2, 3] * 500)
    drawn = Dice(1, "x").below(limits, len(limits))
    assert (drawn >= 0).all() and (drawn < limits).all()
    assert set(drawn[limits == 3].tolist()) == {0, 1, 2}


def test_pick_follows_weights() -> None:
    """Weights are per mille: a weight of 0 is never drawn, 900 nearly always."""
    counts = np.bincount(Dice(3, "x").pick((900, 0, 100), 5000), minlength=3)
    assert counts[1] == 0
    assert 4300 < counts[0] < 4700  # 4500 expected, standard deviation 21


def test_pick_refuses_other_sums() -> None:
    """Weights that do not add up to 1000 are a mistake of the caller."""
    with pytest.raises(ValueError, match="999"):
        Dice(1, "x").pick((900, 99), 1)


def test_sample_takes_different_ones() -> None:
    """A sample has no repetition and is sorted; a too large one is everybody."""
    drawn = Dice(1, "x").sample(10, 4)
    assert len(set(drawn)) == 4 and drawn == sorted(drawn)
    assert Dice(1, "x").sample(3, 9) == [0, 1, 2]

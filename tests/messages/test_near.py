"""Guesses of what a misspelt word means, and what they may cost."""

from __future__ import annotations

import difflib
import random

import pytest

from giliran.messages import comparing, near, nearest, unguessed


def words(dice: random.Random, many: int) -> list[str]:
    """Short words of few letters, many of them alike."""
    return ["".join(dice.choice("abcd") for _ in range(dice.randrange(9))) for _ in range(many)]


@pytest.mark.parametrize("seed", range(20))
def test_the_guess_is_that_of_difflib(seed: int) -> None:
    """Bounds that rise with the best word so far leave out no better one."""
    dice = random.Random(seed)
    known = words(dice, 200)
    for word in words(dice, 20):
        assert [nearest(word, known)] == (difflib.get_close_matches(word, known, n=1) or [None])


def test_no_half_guesses() -> None:
    """A search that the allowance does not last for gives nothing, not the best word that it came across."""
    with comparing(1_000):
        assert nearest("kepala1", ["kepalax", *(f"kepala{k}" for k in range(1_000))]) is None


def test_words_share_an_allowance() -> None:
    """An inner block shares that of the outer one, and the next block has its own."""
    with comparing(200):
        with comparing():
            assert nearest("ofice", ["office"]) == "office"
            assert [nearest("ofice", ["office"]) for _ in range(9)][-1] is None
        assert nearest("ofice", ["office"]) is None
    with comparing():
        assert nearest("ofice", ["office"]) == "office"


def test_no_guess_where_faults_are_only_counted() -> None:
    """Within such a block nothing is compared, and nothing of the allowance is spent."""
    with comparing(200):
        with unguessed():
            assert nearest("ofice", ["office"]) is None
        assert nearest("ofice", ["office"]) == "office"


def test_very_long_words_are_not_compared() -> None:
    """A cell as long as a book is no misspelt word; that takes the square of its length to find out."""
    with comparing(10**9) as _:
        assert nearest("a" * 100_000, ["b" + "a" * 99_999]) is None
        assert near._LEFT.get() == [10**9]

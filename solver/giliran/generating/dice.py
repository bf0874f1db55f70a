"""Seeded chance that gives the same numbers on every platform and with every version of numpy."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

PER_MILLE = 1000
"""Weights of a draw add up to this."""

_WORD_BITS = 32
_LARGEST = 2**31


class Dice:
    """A stream of random integers that depends on nothing but the seed and its purpose.

    Only the raw words of PCG64 are used: numpy promises that they never change, and promises it of no distribution. Every purpose has a
    stream of its own, so that one more family of facts leaves the others as they were.

    Parameters
    ----------
    seed
        Any integer.
    purpose
        What the numbers are for.
    """

    def __init__(self, seed: int, purpose: str) -> None:
        digest = hashlib.sha256(f"{seed}/{purpose}".encode()).digest()
        self._bits = np.random.PCG64(int.from_bytes(digest[:16], "big"))

    def below(self, limit: int | NDArray[np.int64], size: int) -> NDArray[np.int64]:
        """Integers from 0 to `limit` - 1 : int64[size]; `limit` is a number below 2**31, or one per place."""
        raw = np.asarray(self._bits.random_raw(size), dtype=np.uint64).reshape(size) >> np.uint64(_WORD_BITS)
        top = np.asarray(limit, dtype=np.uint64)
        if top.size and (int(top.max()) > _LARGEST or int(top.min()) < 1):
            raise ValueError(f"limit outside 1 to {_LARGEST}: {limit}")
        return np.asarray((raw * top) >> np.uint64(_WORD_BITS)).astype(np.int64)

    def between(self, least: int, most: int) -> int:
        """One integer from `least` to `most`, both included."""
        return least + int(self.below(most - least + 1, 1)[0])

    def chance(self, per_mille: int, size: int) -> NDArray[np.bool_]:
        """Independent events of the same chance : bool[size]."""
        return self.below(PER_MILLE, size) < per_mille

    def pick(self, weights: Sequence[int], size: int) -> NDArray[np.int64]:
        """Indices drawn with weights that add up to 1000 : int64[size]."""
        if sum(weights) != PER_MILLE:
            raise ValueError(f"weights add up to {sum(weights)}, not {PER_MILLE}")
        return np.searchsorted(np.cumsum(weights), self.below(PER_MILLE, size), side="right").astype(np.int64)

    def sample(self, population: int, size: int) -> list[int]:
        """Different integers below `population`, ascending; all of them if `size` is not smaller."""
        keys = self.below(_LARGEST, population)
        order = np.lexsort((np.arange(population), keys))
        return sorted(int(place) for place in order[:size])

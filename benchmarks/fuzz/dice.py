"""Choices of a seeded generator."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice(random.Random):
    """A generator of random choices; the same seed gives the same instances."""

    def chance(self, probability: float) -> bool:
        """True with a probability."""
        return self.random() < probability

    def pick(self, items: Sequence[T]) -> T:
        """One of several."""
        return items[self.randrange(len(items))]

    def some(self, items: Sequence[T], most: int) -> list[T]:
        """At least one of several, and so many at most."""
        return self.sample(list(items), self.randint(1, min(most, len(items))))

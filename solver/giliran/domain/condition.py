"""Values of named conditions by unit and day."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import ConditionEntry, Facts

NO_VALUE = -1
"""Code of a unit and day for which a condition has no value."""


def condition_values(facts: Facts, name: str) -> tuple[tuple[str, ...], NDArray[np.int16]]:
    """Values of a condition, the narrowest unit's entry winning.

    Returns
    -------
    words : tuple of str
        The values that occur.
    codes : int16[U, D]
        Index into `words`, `NO_VALUE` where nothing is said. Entries of equal width that disagree are refused when the instance
        is read, so their order does not matter here.
    """
    entries = facts.conditions.get(name, ())
    words = tuple(sorted({entry.value for entry in entries}))
    codes = np.full((len(facts.units), facts.num_days), NO_VALUE, dtype=np.int16)
    for entry, root in sorted(_spots(entries), key=lambda spot: -1 if spot[1] is None else int(facts.units.depth[spot[1]])):
        days = np.array([entry.first <= day <= entry.last for day in facts.dates], dtype=np.bool_)
        inside = np.ones(len(facts.units), dtype=np.bool_) if root is None else facts.units.subtree([root])
        codes[np.ix_(inside, days)] = words.index(entry.value)
    return words, codes


def _spots(entries: tuple[ConditionEntry, ...]) -> list[tuple[ConditionEntry, int | None]]:
    """Every entry with each of its units; wide ones are written first, so that narrower ones overwrite them."""
    return [(entry, root) for entry in entries for root in (entry.units if entry.units is not None else (None,))]

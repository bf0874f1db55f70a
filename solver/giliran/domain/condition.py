"""Values of named conditions by unit and day."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import ConditionEntry, Facts
from giliran.domain.units import NO_UNIT

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
    for entry in sorted(entries, key=lambda entry: _width_order(facts, entry)):
        days = [d for d, day in enumerate(facts.dates) if entry.first <= day <= entry.last]
        if entry.units is None:
            codes[:, days] = words.index(entry.value)
            continue
        for root in sorted(entry.units, key=lambda u: int(facts.units.depth[u])):
            inside = facts.units.subtree([root])
            codes[np.ix_(inside, days)] = words.index(entry.value)
    return words, codes


def _width_order(facts: Facts, entry: ConditionEntry) -> int:
    """Wide entries first, so that narrower ones overwrite them."""
    if entry.units is None:
        return NO_UNIT
    return min(int(facts.units.depth[u]) for u in entry.units)

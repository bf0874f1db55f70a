"""Values of named conditions by unit and day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from giliran.domain.sealing import Sealed
from giliran.domain.units import Units

if TYPE_CHECKING:
    from giliran.domain.facts import Facts

NO_VALUE = -1
"""Code of a unit and day for which a condition has no value."""


@dataclass(frozen=True)
class ConditionEntry:
    """A named value in force over some days, everywhere (`units` None) or in the subtree of some units."""

    first: dt.date
    last: dt.date
    units: tuple[int, ...] | None
    value: str


@dataclass(frozen=True, eq=False)
class Valued(Sealed):
    """A condition as numbers.

    Parameters
    ----------
    words
        The values that occur.
    codes
        Index into `words` of every unit and day : int16[U, D], `NO_VALUE` where nothing is said.
    """

    words: tuple[str, ...]
    codes: NDArray[np.int16]


def valued(units: Units, dates: Sequence[dt.date], entries: Sequence[ConditionEntry]) -> Valued:
    """Values of a condition, the narrowest unit's entry winning.

    Entries of equal width that disagree are refused when the instance is read, so their order does not matter here.
    """
    words = tuple(sorted({entry.value for entry in entries}))
    code = {word: k for k, word in enumerate(words)}
    codes = np.full((len(units), len(dates)), NO_VALUE, dtype=np.int16)
    days = {entry: _days(dates, entry) for entry in entries}
    for entry, root in sorted(_spots(entries), key=lambda spot: -1 if spot[1] is None else int(units.depth[spot[1]])):
        inside = slice(None) if root is None else units.below(root)
        codes[inside, days[entry]] = code[entry.value]
    return Valued(words, codes)


def condition_values(facts: Facts, name: str) -> tuple[tuple[str, ...], NDArray[np.int16]]:
    """Words of a condition, and their codes : int16[U, D], as in `Valued`; of one that nobody gives a value, none."""
    found = facts.valued_conditions.get(name) or valued(facts.units, facts.dates, ())
    return found.words, found.codes


def _days(dates: Sequence[dt.date], entry: ConditionEntry) -> slice:
    """Days of the horizon, which follow each other, on which an entry is in force."""
    first, last = (entry.first - dates[0]).days, (entry.last - dates[0]).days
    return slice(max(first, 0), max(last + 1, 0))


def _spots(entries: Sequence[ConditionEntry]) -> list[tuple[ConditionEntry, int | None]]:
    """Every entry with each of its units; wide ones are written first, so that narrower ones overwrite them."""
    return [(entry, root) for entry in entries for root in (entry.units if entry.units is not None else (None,))]

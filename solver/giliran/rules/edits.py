"""How a statement could ask for less: one field, and what may stand there, the mildest change first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from giliran.text.numbers import WHOLE_SHARE

_PER_CENT = 100
"""Basis points of 1 %: shares are changed in whole percent."""


@dataclass(frozen=True)
class Step:
    """One value of a field: as a statement holds it, and as a file writes it."""

    value: Any
    written: Any


@dataclass(frozen=True)
class Edit:
    """One field of a statement and what may stand there.

    Parameters
    ----------
    field
        Its name, the same in files.
    steps
        What may stand there, the mildest change first; each asks for no more than the one before.
    with_
        Other fields that change with it, by name.
    """

    field: str
    steps: tuple[Step, ...]
    with_: tuple[tuple[str, Step], ...] = ()

    @property
    def numeric(self) -> bool:
        """Whether numbers or percentages stand there."""
        written = [step.written for step in self.steps]
        return all((isinstance(each, int) and not isinstance(each, bool)) or str(each).endswith("%") for each in written)


def numbers(field: str, values: Iterable[int]) -> Edit:
    """Whole numbers."""
    return Edit(field, tuple(Step(value, value) for value in values))


def shares(field: str, share: object, *, up: bool) -> Edit:
    """Percentages from the next whole one on, up to 100 % or down to 0 %; none where a table or nothing stands there."""
    if not isinstance(share, int) or isinstance(share, bool):
        return Edit(field, ())
    first = share // _PER_CENT + 1 if up else -(-share // _PER_CENT) - 1
    last = WHOLE_SHARE // _PER_CENT if up else 0
    per_cent = range(first, last + 1) if up else range(first, last - 1, -1)
    return Edit(field, tuple(Step(value * _PER_CENT, f"{value}%") for value in per_cent))


def words(field: str, now: object, *wanted: StrEnum) -> Edit:
    """Words other than the one that stands there."""
    return Edit(field, tuple(Step(word, word.value) for word in wanted if word != now))

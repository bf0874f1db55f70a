"""Limits that are a step looser or tighter than they are written, as questions of "what if" ask for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from pydantic import PrivateAttr

from giliran.domain.facts import Facts
from giliran.domain.selection import Model
from giliran.domain.units import NO_UNIT
from giliran.messages import Said, Sentence, plain

LOOSER = Sentence(en="{amount} ({by} looser)", id="{amount} (lebih longgar {by})")
TIGHTER = Sentence(en="{amount} ({by} tighter)", id="{amount} (lebih ketat {by})")
LOOSER_IN = Sentence(en="{amount} ({by} looser in {unit})", id="{amount} (lebih longgar {by} di {unit})")
TIGHTER_IN = Sentence(en="{amount} ({by} tighter in {unit})", id="{amount} (lebih ketat {by} di {unit})")


@dataclass(frozen=True)
class Ease:
    """A step of a limit.

    Parameters
    ----------
    field
        The field whose number it is.
    by
        People or days by which the limit is looser, tighter where negative.
    unit
        Id of the unit whose groups alone are meant; every group where empty.
    """

    field: str
    by: int
    unit: str = ""


class Easing(Model):
    """What rules have in common whose limits can be a step looser or tighter; no file says so, and none is written with it."""

    _eases: tuple[Ease, ...] = PrivateAttr(default=())

    def stepped(self, field: str, by: int, unit: str = "") -> Self:
        """The same rule with one of its limits so much looser."""
        other = self.model_copy()
        total: Counter[tuple[str, str]] = Counter({(ease.field, ease.unit): ease.by for ease in self._eases})
        total[field, unit] += by
        other._eases = tuple(Ease(name, sum_, place) for (name, place), sum_ in total.items() if sum_)
        return other

    def ease(self, field: str) -> int:
        """By how much a limit is looser in every group."""
        return sum(ease.by for ease in self._eases if ease.field == field and not ease.unit)

    def least_ease(self, field: str) -> int:
        """The same in the group where it is least."""
        units = {ease.unit for ease in self._eases if ease.field == field and ease.unit}
        of_units = [sum(ease.by for ease in self._eases if ease.field == field and ease.unit == unit) for unit in units]
        return self.ease(field) + min(of_units, default=0)

    def eases(self, field: str, units: NDArray[np.int32], facts: Facts) -> NDArray[np.int64]:
        """By how much a limit is looser in groups of these units : int64[G]."""
        found = np.full(len(units), self.ease(field), dtype=np.int64)
        for ease in self._eases:
            if ease.field == field and ease.unit:
                found += np.where(units == facts.units.index.get(ease.unit, NO_UNIT), ease.by, 0) * (units != NO_UNIT)
        return found

    def with_ease(self, amount: Said, field: str) -> Said:
        """A limit as it was written, and by how much it is looser or tighter."""
        for ease in self._eases:
            if ease.field == field:
                amount = eased_text(amount, ease.by, ease.unit)
        return amount


def eased_text(amount: Said, by: int, unit: str = "") -> Said:
    """A limit in words, so many looser, tighter where negative."""
    if unit:
        return (LOOSER_IN if by > 0 else TIGHTER_IN)(amount=amount, by=abs(by), unit=plain(unit))
    return (LOOSER if by > 0 else TIGHTER)(amount=amount, by=abs(by))


def spread_over(days: int, per_group: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
    """A number of every group on each of some days : int64[G, days]."""
    return np.repeat(np.asarray(per_group, dtype=np.int64)[:, None], days, axis=1)

"""Irreducible sets: together impossible, without any one of them the others possible.

QuickXplain (Junker, *Preferred explanations and relaxations for over-constrained problems*, AAAI 2004), first among whole rules, then
among the occurrences of those that are left. Every answer comes from a search; what time does not allow to ask stays in the set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from giliran.explaining.occurrences import Mask, Occurrences
from giliran.explaining.searching import Clock, OutOfTimeError, possible


@dataclass(frozen=True)
class Core:
    """Occurrences that cannot hold together.

    Parameters
    ----------
    chosen
        Which : bool[N].
    irreducible
        Whether it is proved that without any one of them the others can.
    """

    chosen: Mask
    irreducible: bool


def irreducible(found: Occurrences, start: Mask, clock: Clock) -> Core:
    """An irreducible set among occurrences that are known to be impossible together.

    Parameters
    ----------
    start
        Occurrences that cannot hold together : bool[N].
    """
    search = _Search(found, start, clock)
    try:
        rules = sorted({found.each[k].origin.rule for k in np.flatnonzero(start).tolist()})
        of_rule = {rule: [k for k in np.flatnonzero(start).tolist() if found.each[k].origin.rule == rule] for rule in rules}
        search.reduce(list(of_rule.values()))
        search.reduce([[k] for k in search.in_order()])
    except OutOfTimeError:
        return Core(search.least, irreducible=False)
    return Core(search.least, irreducible=True)


class _Search:
    """The smallest set so far."""

    def __init__(self, found: Occurrences, start: Mask, clock: Clock) -> None:
        self._found, self._clock = found, clock
        self.least = start.copy()

    def in_order(self) -> list[int]:
        """What is left, day by day, so that what stays comes from the first days and whole groups."""
        days = self._found.program.shape[1]
        left = np.flatnonzero(self.least).tolist()
        return sorted(left, key=lambda k: (min((c % days for c in self._found.each[k].cells), default=-1), k))

    def reduce(self, blocks: Sequence[Sequence[int]]) -> None:
        """Leave only blocks that are all needed."""
        kept = self._needed([], False, list(blocks))
        self.least = self._mask(kept)

    def _needed(self, given: list[Sequence[int]], asked: bool, blocks: list[Sequence[int]]) -> list[Sequence[int]]:
        """Blocks without any of which the given ones and the others would be possible; `asked` if something was given anew."""
        if asked and not self._possible(given):
            return []
        if len(blocks) == 1:
            return blocks
        half = len(blocks) // 2
        first, second = blocks[:half], blocks[half:]
        later = self._needed([*given, *first], bool(first), second)
        return [*self._needed([*given, *later], bool(later), first), *later]

    def _possible(self, blocks: Sequence[Sequence[int]]) -> bool:
        mask = self._mask(blocks)
        if possible(self._found.few(mask), self._clock):
            return True
        if mask.sum() < self.least.sum():
            self.least = mask
        return False

    def _mask(self, blocks: Sequence[Sequence[int]]) -> Mask:
        mask = np.zeros(len(self._found), dtype=np.bool_)
        mask[[k for block in blocks for k in block]] = True
        return mask

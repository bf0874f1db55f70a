"""What searches found, kept for the next instance and for certificates: a part that says the same again is not solved again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from hashlib import blake2b

import numpy as np

from giliran.domain.sealing import seal
from giliran.domain.status import Status
from giliran.engine.base.part import Part
from giliran.engine.base.solution import Solution
from giliran.program import Ints

MOST_COLUMNS = 1_000_000
"""Columns of parts that are kept as they are; more would fill memory, and only their digests are kept."""

PROVEN = frozenset({Status.OPTIMAL, Status.INFEASIBLE})


class Memory:
    """Parts with proven answers or multipliers, found again by what they say: cells, statements and costs, wherever else anything changed.

    Parameters
    ----------
    parts, solutions
        As they were solved.
    weeks
        The week of every day : int64[D].
    """

    def __init__(self, parts: Sequence[Part], solutions: Sequence[Solution], weeks: Ints) -> None:
        known = [p for p, solution in enumerate(solutions) if solution.status in PROVEN or solution.multipliers]
        self._weeks = weeks.tobytes()
        self._solutions = tuple(seal(solutions[p]) for p in known)
        self._parts: tuple[Part, ...] = tuple(seal(parts[p]) for p in known)
        if sum(part.num_columns for part in self._parts) > MOST_COLUMNS:
            _ = self._known
            self._parts = ()

    def find(self, parts: Sequence[Part]) -> dict[int, Solution]:
        """Answers that are proven already, by the index of the part."""
        return {p: replace(found, seconds=0.0) for p, found in self._of(parts, range(len(parts))).items() if found.status in PROVEN}

    def relaxed(self, parts: Sequence[Part], chosen: Iterable[int]) -> dict[int, Solution]:
        """What was found where linear programs had a say, proven or not, by the index of the part, of some of them."""
        return {p: found for p, found in self._of(parts, chosen).items() if found.multipliers}

    def _of(self, parts: Sequence[Part], chosen: Iterable[int]) -> dict[int, Solution]:
        found = {p: self._known.get(_digest(parts[p], self._weeks)) for p in chosen}
        return {p: solution for p, solution in found.items() if solution is not None}

    @cached_property
    def _known(self) -> dict[bytes, Solution]:
        return {_digest(part, self._weeks): solution for part, solution in zip(self._parts, self._solutions, strict=True)}


def _digest(part: Part, weeks: bytes) -> bytes:
    """What tells a part from every other one on the same days : 16 bytes."""
    rows, ladders = part.rows, part.ladders
    arrays = (
        *(part.cells, part.beside, part.lo, part.hi, part.cost),
        *(rows.start, rows.col, rows.coef, rows.lo, rows.hi, rows.tier, rows.weight),
        *(ladders.start, ladders.col, ladders.step, ladders.tier),
    )
    digest = blake2b(weeks, digest_size=16)
    digest.update(repr([array.shape for array in arrays] + [part.broken]).encode())
    for array in arrays:
        digest.update(np.ascontiguousarray(array).view(np.uint8).data if array.size else b"")
    return digest.digest()

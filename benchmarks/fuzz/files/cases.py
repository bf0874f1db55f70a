"""What is mutated: small folders of files of every kind that giliran reads."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from benchmarks.fuzz.dice import Dice
from benchmarks.fuzz.files.parts import Part
from benchmarks.fuzz.files.routes import Route


@dataclass(frozen=True)
class Case:
    """A folder of files.

    Parameters
    ----------
    name
        Of the case.
    weight
        How often it is taken, beside others.
    parts
        Files that are mutated, each now and then.
    beside
        Files that stay as they are.
    route
        How they are read.
    """

    name: str
    weight: int
    parts: tuple[Part, ...]
    beside: tuple[Part, ...]
    route: Route

    def files(self) -> dict[str, bytes]:
        """Every file, unmutated."""
        return {part.name: part.raw for part in (*self.parts, *self.beside)}

    def mutated(self, dice: Dice) -> dict[str, bytes]:
        """Every file, one or two of them mutated."""
        changed = dice.sample(self.parts, min(len(self.parts), dice.pick((1, 1, 1, 2))))
        return {**self.files(), **{part.name: part.mutated(dice) for part in changed}}


@functools.cache
def cases() -> tuple[Case, ...]:
    """Every case."""
    from benchmarks.fuzz.files.instances import drawn, whole
    from benchmarks.fuzz.files.plans import circulars, plans
    from benchmarks.fuzz.files.sections import sections, tables
    from benchmarks.fuzz.files.workbooks import workbooks

    return (*whole(), *sections(), *tables(), *drawn(), *plans(), *circulars(), *workbooks())

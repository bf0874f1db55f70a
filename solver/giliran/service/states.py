"""The plan at hand as a value: each change makes a new one, so that a file of changes can be played again and gone back in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Facts
from giliran.domain.named import Named
from giliran.domain.place import DayKind, Place
from giliran.domain.schedule import Schedule
from giliran.domain.sealing import Sealed


@dataclass(frozen=True)
class Cell:
    """One person and day as they are to be.

    Parameters
    ----------
    person, day
        Indices.
    place
        Where; None leaves it.
    duty
        Ids of all duty rules that name the person that day; None leaves them.
    """

    person: int
    day: int
    place: Place | None = None
    duty: tuple[str, ...] | None = None


@dataclass(frozen=True, eq=False)
class State(Sealed):
    """The plan at hand.

    Parameters
    ----------
    version
        Counts changes from 0.
    plan
        As it is now.
    made
        As it was planned or read, before the changes by hand since then.
    before
        Places as they would be without anybody's hand : int8[E, D]; where it is not the plan's, the cell was set by hand.
    """

    version: int
    plan: Schedule
    made: Schedule
    before: NDArray[np.int8]

    @classmethod
    def begin(cls, plan: Schedule, before: Schedule | None = None) -> State:
        """The first state; `before` is the plan before somebody edited it in a workbook."""
        made = before or plan
        return cls(0, plan, made, made.place)

    @property
    def by_hand(self) -> NDArray[np.bool_]:
        """Cells whose place was set by hand : bool[E, D]."""
        return np.asarray(self.plan.place != self.before)

    @property
    def unedited(self) -> Schedule:
        """The plan without what was set by hand, names as they are: what planning again is told to know edits by."""
        return replace(self.plan, place=self.before)

    def changed(self, cells: Iterable[Cell]) -> State:
        """The state after a change by hand."""
        place, duty = self.plan.place.copy(), _Names(self.plan)
        for cell in cells:
            if cell.place is not None:
                place[cell.person, cell.day] = cell.place
            if cell.duty is not None:
                duty.set(cell.person, cell.day, cell.duty)
        left_out = self.plan.unplanned
        if left_out is not None:
            left_out = left_out & (place == Place.NONE)
        plan = replace(self.plan, place=place, duty=duty.named(), unplanned=left_out)
        return replace(self, version=self.version + 1, plan=plan)

    def planned(self, plan: Schedule) -> State:
        """The state with another plan, in which cells that stand as a hand set them stay known as such."""
        kept = self.by_hand & (plan.place == self.plan.place)
        return State(self.version + 1, plan, plan, np.where(kept, self.before, plan.place).astype(np.int8))

    def again(self, earlier: State) -> State:
        """The state that is as an earlier one was."""
        return replace(earlier, version=self.version + 1)


class _Names:
    """Names for duty while they are changed."""

    def __init__(self, plan: Schedule) -> None:
        self._shape = plan.place.shape
        self._parts: dict[str, CellSet] = dict(plan.named.parts)

    def set(self, person: int, day: int, rules: tuple[str, ...]) -> None:
        """All rules that name a person on a day."""
        for rule in {*self._parts, *rules}:
            part = self._parts.get(rule) or CellSet.none(self._shape)
            table = part.dense.copy()
            if table[person, day] != (rule in rules):
                table[person, day] = rule in rules
                self._parts[rule] = CellSet.of_columns(self._shape, np.flatnonzero(table))

    def named(self) -> Named:
        """The names."""
        return Named(self._parts)


def places_of(facts: Facts, person: int, day: int) -> tuple[Place, ...]:
    """Where somebody may be put by hand on a day: nowhere where there is no work or the person is away."""
    if not facts.present[person, day]:
        return ()
    return (Place.OFFICE, Place.OFF if facts.kind[person, day] == DayKind.CALL else Place.HOME)


def empty(facts: Facts) -> Schedule:
    """A plan in which nobody has a place yet: people who are away are, everybody else is left out on purpose."""
    place = np.where(facts.absent & facts.has_cell, np.int8(Place.ABSENT), np.int8(Place.NONE)).astype(np.int8)
    return Schedule(place, unplanned=np.asarray(facts.present))


def is_empty(facts: Facts, plan: Schedule) -> bool:
    """Whether nobody who is there has a place."""
    return not plan.planned(facts).any()


def columns_of(duty: Mapping[str, CellSet]) -> dict[str, list[int]]:
    """Names for duty as numbers of cells, person times days plus day."""
    return {rule: part.columns.tolist() for rule, part in duty.items()}

"""Lines of a journal: what a change, a plan and a beginning look like in the file, and that a line is what it claims to be."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field, StrictInt, TypeAdapter

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Facts
from giliran.domain.named import Named
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Date, Model
from giliran.instance.ordered import OrderedRecord
from giliran.service.identity import Identity
from giliran.service.limits import LONGEST_WORD, MOST_DUTIES
from giliran.service.states import Cell, State, columns_of

JOURNAL: Literal["giliran-journal/1"] = "giliran-journal/1"
"""Schema of journals."""

Id = Annotated[str, Field(max_length=LONGEST_WORD)]
PlaceWord = Literal["office", "home", "off"]


class PlanRecord(Model):
    """A whole plan.

    Parameters
    ----------
    places
        For each person in the order of the input a digit per day, as `Place` numbers them.
    duty
        For each duty rule the cells it names: person times days plus day, counted from 0.
    team
        For each rule that forms teams everybody's team.
    unplanned
        Cells that are left out on purpose.
    """

    places: list[str]
    duty: dict[str, list[int]]
    team: dict[str, list[int]] = Field(default_factory=dict)
    unplanned: list[int] | None = None

    @classmethod
    def of(cls, plan: Schedule) -> PlanRecord:
        """The record of a plan."""
        return cls(
            places=["".join(map(str, row)) for row in plan.place.tolist()],
            duty=columns_of(plan.named.parts),
            team={rule: team.tolist() for rule, team in plan.team.items()},
            unplanned=None if plan.unplanned is None else np.flatnonzero(plan.unplanned).tolist(),
        )

    def plan(self, shape: tuple[int, int]) -> Schedule:
        """The plan; `ValueError` or `InputError` where it is none of this shape."""
        people, days = shape
        if len(self.places) != people or any(len(row) != days for row in self.places):
            raise ValueError("a plan of another shape")
        place = np.array([[int(digit) for digit in row] for row in self.places], dtype=np.int8).reshape(shape)
        duty = Named({rule: CellSet.of_columns(shape, _columns(cells, shape)) for rule, cells in self.duty.items()})
        team = {rule: np.array(numbers, dtype=np.int16) for rule, numbers in self.team.items()}
        unplanned = None if self.unplanned is None else CellSet.of_columns(shape, _columns(self.unplanned, shape)).dense
        return Schedule(place, duty, team, unplanned)


class CellRecord(Model):
    """One person and day as they are to be; what is None stays."""

    staff_id: Id
    date: Date
    place: PlaceWord | None = None
    duty: Annotated[list[Id], Field(max_length=MOST_DUTIES)] | None = None

    @classmethod
    def of(cls, facts: Facts, cell: Cell) -> CellRecord:
        """The record of a cell."""
        return cls.model_validate(
            {
                "staff_id": facts.staff.ids[cell.person],
                "date": facts.dates[cell.day],
                "place": None if cell.place is None else cell.place.word,
                "duty": None if cell.duty is None else list(cell.duty),
            }
        )

    def cell(self, facts: Facts) -> Cell:
        """The cell; `LookupError` where there is none, as in a journal that somebody has written into."""
        duty = None if self.duty is None else tuple(self.duty)
        place = None if self.place is None else Place[self.place.upper()]
        return Cell(facts.staff.index[self.staff_id], [*facts.dates].index(self.date), place, duty)


class _Line(Model):
    """What every line says: its number, the instance that it is about, and when it was written."""

    n: StrictInt = Field(ge=0)
    instance: str
    at: str


class BeginLine(_Line):
    """The first line: the instance, what the plan was made with beside it, and the plan at the start."""

    schema_: Literal["giliran-journal/1"] = Field(alias="schema")
    event: Literal["begin"] = "begin"
    made_by: str
    identity: Identity
    plan: PlanRecord
    before: PlanRecord | None = None
    ordered: OrderedRecord | None = None

    @property
    def written(self) -> PlanRecord:
        """The plan as its file had it, which somebody may have edited by hand."""
        return self.plan if self.before is None else self.before


class ChangeLine(_Line):
    """A change by hand."""

    event: Literal["change"] = "change"
    cells: list[CellRecord] = Field(min_length=1)


class UndoLine(_Line):
    """The last change or plan is taken back."""

    event: Literal["undo"] = "undo"


class PlanLine(_Line):
    """A plan was made."""

    event: Literal["plan"] = "plan"
    plan: PlanRecord


class SavedLine(_Line):
    """The plan was written to a workbook, of which the file's SHA-256 is known; it changes nothing."""

    event: Literal["saved"] = "saved"
    file: str
    sha256: str


Line = Annotated[BeginLine | ChangeLine | UndoLine | PlanLine | SavedLine, Field(discriminator="event")]
LINE: TypeAdapter[BeginLine | ChangeLine | UndoLine | PlanLine | SavedLine] = TypeAdapter(Line)
"""Reads a line."""


def began(line: BeginLine, facts: Facts) -> State:
    """The state at the start of a journal."""
    return State.begin(line.plan.plan(facts.shape), None if line.before is None else line.before.plan(facts.shape))


def _columns(numbers: list[int], shape: tuple[int, int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    columns = np.array(numbers, dtype=np.int64)
    if len(columns) and not 0 <= columns.min() <= columns.max() < shape[0] * shape[1]:
        raise ValueError("a cell that there is not")
    return columns

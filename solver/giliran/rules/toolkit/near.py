"""What rules about single people see of the people whom they mean: many small rules must not look at everybody each."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from giliran.domain.cell_set import CellSet, People
from giliran.domain.facts import Cells, Facts, Staff
from giliran.rules.base import Statement
from giliran.rules.view import View


@dataclass(frozen=True)
class Near:
    """Facts and answers about the people of a statement, in rows of their own.

    Parameters
    ----------
    facts
        The facts of these people, their days and the published plan before them.
    everybody
        The facts of all people: ids of a selection may be those of others.
    part
        The cells of the statement.
    index
        Row of each of them among everybody : int64[N].
    kept, kept_office, forced_home, forced_office
        As in the view : bool[N, D].
    """

    facts: Facts
    everybody: Facts
    part: CellSet
    index: NDArray[np.int64]
    kept: Cells
    kept_office: Cells
    forced_home: Cells
    forced_office: Cells

    @property
    def cells(self) -> Cells:
        """Cells that the statement means : bool[N, D]."""
        return self.part.table


def near(statement: Statement, view: View) -> Near:
    """The people of a statement."""
    part = view.cell_set(statement)
    return Near(
        facts=_narrowed(view.facts, part.rows),
        everybody=view.facts,
        part=part,
        index=part.index,
        kept=part.of(view.kept),
        kept_office=part.of(view.kept_office),
        forced_home=part.of(view.forced_home),
        forced_office=part.of(view.forced_office),
    )


_PER_CELL = ("posting", "kind", "absent", "reason", "home_only", "office_only", "published", "pinned", "frozen", "past")


def _narrowed(facts: Facts, rows: People) -> Facts:
    """Facts of some people alone, as far as their days and the published plan before them go."""
    if isinstance(rows, slice):
        return facts
    staff = Staff(**{column.name: tuple(getattr(facts.staff, column.name)[e] for e in rows.tolist()) for column in fields(Staff)})
    return replace(facts, staff=staff, **{name: getattr(facts, name)[rows] for name in _PER_CELL})

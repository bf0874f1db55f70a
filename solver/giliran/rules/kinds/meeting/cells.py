"""Which cells a meeting is about, as columns of the grid: a mask of all people for each of many meetings would be quadratic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Facts, Meeting
from giliran.domain.sealing import seal
from giliran.program import Ints

NO_CELLS: Ints = seal(np.zeros(0, dtype=np.int64))
"""Columns of no cell."""


def cells_of(facts: Facts, people: Sequence[int], days: Sequence[int]) -> Ints:
    """Columns of all cells of some people on some days, in order : int64[·]."""
    rows = np.array(sorted(people), dtype=np.int64)
    return (rows[:, None] * facts.num_days + np.array(days, dtype=np.int64)).reshape(-1)


def part(facts: Facts, cells: Iterable[Ints]) -> CellSet:
    """Cells given by their columns."""
    return CellSet.of_columns(facts.shape, np.concatenate([NO_CELLS, *cells]))


def names_at(wanted: Iterable[tuple[Meeting, Ints]]) -> dict[int, list[str]]:
    """Names of the meetings that want each cell, by its column."""
    found: dict[int, list[str]] = {}
    for meeting, cells in wanted:
        for cell in cells.tolist():
            found.setdefault(cell, []).append(meeting.name)
    return found


def positions(facts: Facts) -> Mapping[str, int]:
    """Position of each meeting among the facts by its id."""
    return {meeting.id: k for k, meeting in enumerate(facts.meetings)}

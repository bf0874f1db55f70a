"""Which rules fix cells in or out of the office, asked one by one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from giliran.domain.finding import Finding
from giliran.domain.place import Strength
from giliran.messages import Sentence, plain
from giliran.program import ProgramBuilder
from giliran.rules.view import View

OPPOSITE = Sentence(
    en="impossible: {person} on {day} is put in the office by {office} and out of it by {away}",
    id="tidak dapat disusun: {person} pada {day} diwajibkan WFO oleh {office} dan tidak WFO oleh {away}",
)

OUT, IN = 0, 1


class FixingRules:
    """Finds the rules that fix cells, each rule compiled by itself once per view.

    Parameters
    ----------
    view
        Facts and rules.
    """

    def __init__(self, view: View) -> None:
        self._view = view

    def of(self, cell: int, place: int) -> tuple[str, ...]:
        """Ids of the rules that fix a cell, given by its column, `IN` or `OUT` of the office."""
        return tuple(rule for rule, fixed in self._view.once(("", "fixed by each rule"), self._each) if fixed[cell] == place)

    def _each(self) -> tuple[tuple[str, NDArray[np.int8]], ...]:
        """Rules that fix anything, and what each fixes : int8[E · D]."""
        facts, found = self._view.facts, []
        for rule in self._view.rules:
            out = ProgramBuilder(facts.shape, self._view.tiers.names, facts.present)
            rule.compile(self._view, out)
            fixed = out.build().fixed
            if (fixed >= 0).any():
                found.append((rule.id, fixed))
        return tuple(found)


def opposite_findings(view: View, fixing: FixingRules, cells: NDArray[np.int64]) -> Iterator[Finding]:
    """Cells that rules fix in opposite ways, with the rules that do."""
    facts = view.facts
    for cell in cells.tolist():
        e, d = divmod(cell, facts.num_days)
        office, away = fixing.of(cell, IN), fixing.of(cell, OUT)
        said = OPPOSITE(person=plain(facts.staff.label(e)), day=facts.dates[d], office=office, away=away)
        first = (*office, *away)[0]
        yield view.by_id[first].finding(Strength.MUST, 1, said, unit=int(facts.unit[e, d]), days=(d,), people=(e,))

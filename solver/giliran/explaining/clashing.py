"""Clashes, one after another: sums where arithmetic shows them, irreducible sets elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from giliran.clashes import clash_findings
from giliran.domain.status import Status
from giliran.engine.base.outcome import Outcome, PartResult
from giliran.explaining.candidates import Spot
from giliran.explaining.explanation import Clash, ClashMember, ClashProof
from giliran.explaining.irreducible import Core, irreducible
from giliran.explaining.occurrences import Demands, Mask, Occurrence, Occurrences
from giliran.explaining.searching import Clock, OutOfTimeError, possible, searched
from giliran.messages import Said, Sentence
from giliran.program import FREE, Ints, Program
from giliran.rules.toolkit.personal import days_text, names_text
from giliran.rules.view import View

MOST_CLASHES = 20
"""Clashes after which no more are looked for."""

MOST_REDUCED = 60
"""Occurrences in a sum that are still asked one by one whether all are needed."""

OFFICE = Sentence(en="{people}: in the office on {days}", id="{people}: WFO pada {days}")
AWAY = Sentence(en="{people}: not in the office on {days}", id="{people}: tidak WFO pada {days}")


@dataclass
class Clashing:
    """What was found so far.

    Parameters
    ----------
    view
        The instance's.
    demands
        What must hold.
    clock
        What may be spent.
    found, limits
        Clashes, and the first limit of each rule in them.
    more
        Whether there may be others.
    """

    view: View
    demands: Demands
    clock: Clock
    found: list[Clash] = field(default_factory=list)
    limits: list[Spot] = field(default_factory=list)
    more: bool = False

    def find(self, first: Outcome) -> None:
        """Find clashes, disjoint ones, until what is left is possible or the time is over.

        Parameters
        ----------
        first
            What the engine found about everything that must hold.
        """
        rest, outcome = self.demands, first
        try:
            while outcome.status is Status.INFEASIBLE and len(self.found) < MOST_CLASHES:
                gone: set[Occurrence] = set()
                for part in outcome.parts:
                    if part.status is Status.INFEASIBLE and len(self.found) < MOST_CLASHES:
                        gone |= self._of_part(rest, part, gone)
                if not gone:  # what is impossible there is about no cell: nothing can be left out
                    break
                rest = rest.without(gone)
                outcome = searched(rest.whole, self.clock, outcome)
        except OutOfTimeError:
            self.more = True
        self.more |= outcome.status is Status.INFEASIBLE

    def _of_part(self, rest: Demands, part: PartResult, gone: set[Occurrence]) -> set[Occurrence]:
        """Tell what shows that a part has no plan, unless some of it stands in a clash already; the occurrences of the new clashes."""
        near = self._near(rest, part)
        wanted = np.array([one not in gone for one in near.each], dtype=np.bool_)
        outcome = searched(near.only(wanted), self.clock)
        if outcome.status is not Status.INFEASIBLE:
            return set()
        shown = any(outcome.sums) or near.only(wanted).clash.any()
        chosen = self._by_sum(near, wanted, outcome) if shown else self._by_search(near, wanted)
        return {near.each[k] for k in np.flatnonzero(chosen).tolist()}

    def _near(self, rest: Demands, part: PartResult) -> Occurrences:
        """As few occurrences about a part, and about what these count, and so on, as show that it has no plan."""
        cells = np.zeros(self.view.facts.shape, dtype=np.bool_)
        cells[np.ix_(part.people, part.days)] = True
        cells &= self.view.facts.present
        reached = cells.reshape(-1)
        while reached.any():
            near = rest.within(reached)
            if not possible(near.few(np.ones(len(near), dtype=np.bool_)), self.clock):
                return near
            if not (near.cells & ~reached).any():
                break
            reached = reached | near.cells
        return rest.within(self.view.facts.present.reshape(-1))

    def _by_search(self, near: Occurrences, wanted: Mask) -> Mask:
        core = irreducible(near, wanted, self.clock)
        self._tell(near, core, self._sums(near.only(core.chosen)))
        return core.chosen

    def _tell(self, near: Occurrences, core: Core, sums: tuple[Said, ...]) -> None:
        proof = ClashProof.IRREDUCIBLE if core.irreducible else ClashProof.SUM if sums else ClashProof.IMPOSSIBLE
        self.found.append(Clash(proof, sums, tuple(self._members(near, core.chosen))))

    def _by_sum(self, near: Occurrences, wanted: Mask, outcome: Outcome) -> Mask:
        """Disjoint sums, and cells that rules fix in opposite ways; of small ones no more than is needed."""
        program, gone = near.only(wanted), np.zeros(len(near), dtype=np.bool_)
        behind = [near.of_rows(wanted, list(one.rows)) | near.fixing(_forced(program, one.rows)) for some in outcome.sums for one in some]
        behind += [near.fixing(np.array([cell])) for cell in np.flatnonzero(program.clash).tolist()]
        for chosen in (some & wanted for some in behind):
            if not (chosen & gone).any() and len(self.found) < MOST_CLASHES:
                core = irreducible(near, chosen, self.clock) if chosen.sum() <= MOST_REDUCED else Core(chosen, irreducible=False)
                self._tell(near, core, self._sums(near.only(chosen)))
                gone |= core.chosen
        return gone

    def _sums(self, program: Program) -> tuple[Said, ...]:
        """The sums that show that a program is impossible; none where there are none, or no time to look."""
        try:
            outcome = searched(program, self.clock)
        except OutOfTimeError:
            return ()
        shown = [(part, sums) for part, sums in zip(outcome.parts, outcome.sums, strict=True) if sums]
        outcome = replace(outcome, parts=tuple(part for part, _ in shown), sums=tuple(sums for _, sums in shown))
        return tuple(finding.said for finding in clash_findings(self.view, program, outcome))

    def _members(self, near: Occurrences, chosen: Mask) -> Iterator[ClashMember]:
        """What each rule says, in the order of the rules."""
        of_rule: dict[str, list[Occurrence]] = {}
        for k in np.flatnonzero(chosen).tolist():
            of_rule.setdefault(near.each[k].origin.rule, []).append(near.each[k])
        for rule in (rule for rule in self.view.rules if rule.id in of_rule):
            each, days = of_rule[rule.id], self.view.facts.num_days
            cells = sorted({cell for one in each for cell in one.cells})
            if self.view.limits_of(rule) and each[0].origin.day >= 0:
                self.limits.append(Spot(rule.id, each[0].origin.day, np.unique(np.array(each[0].cells) // days)))
            yield ClashMember(
                rule=rule.id,
                kind=rule.kind,
                row=rule.source.row,
                said=tuple(self._said(each)),
                occurrences=len(each),
                people=tuple(sorted({cell // days for cell in cells})),
                days=tuple(sorted({cell % days for cell in cells})),
            )

    def _said(self, each: Sequence[Occurrence]) -> Iterator[Said]:
        """Occurrences of one rule in words, fixed cells of people with the same days together."""
        rule = self.view.by_id[each[0].origin.rule]
        for one in each:
            if one.office is None:
                yield rule.occurrence(self.view, one.origin.group, one.origin.day, one.origin.person)
        for office, sentence in ((True, OFFICE), (False, AWAY)):
            days_of: dict[int, list[int]] = {}
            for one in each:
                if one.office is office:
                    days_of.setdefault(one.origin.person, []).append(one.origin.day)
            same: dict[tuple[int, ...], list[int]] = {}
            for person, on in sorted(days_of.items()):
                same.setdefault(tuple(sorted(on)), []).append(person)
            for days, people in same.items():
                yield sentence(people=names_text(self.view.facts, people), days=days_text(self.view.facts, days))


def _forced(program: Program, rows: Sequence[int]) -> Ints:
    """Cells of some rows that are fixed, as columns."""
    start, col = program.rows.start, program.rows.col
    cells = np.unique(np.concatenate([col[start[row] : start[row + 1]] for row in rows]))
    cells = cells[cells < program.num_cells]
    return np.asarray(cells[program.fixed[cells] != FREE])

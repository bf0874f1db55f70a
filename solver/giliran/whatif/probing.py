"""A plan at hand, with a few cells held elsewhere: what is tied to them is solved again, all else stays where it is."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Event

import numpy as np
from numpy.typing import NDArray

from giliran.arguments import check_call, check_pair
from giliran.audit import Audit, audit
from giliran.clashes import clash_findings
from giliran.domain.finding import Finding
from giliran.domain.lottery import default_seed, lottery_order
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.status import Status, Stopped
from giliran.errors import InternalError
from giliran.instance import Instance
from giliran.preparing import compile_program
from giliran.program import FREE, Costs, Ints, Ladders, Program, Switches
from giliran.program.segments import owners_of, segment_sums, starts_of
from giliran.solving import SolveOptions

Marks = NDArray[np.bool_]
Cell = tuple[int, int]
"""Person and day."""

_CHANGES = "changes"
"""The tier after all others in which every cell that is not where the plan at hand has it costs 1."""

_LEAST_S = 0.1
"""Seconds that every question gets, however late it is asked."""


@dataclass(frozen=True)
class Answer:
    """The best plan with some cells held, and of several the one nearest to the plan at hand.

    Parameters
    ----------
    status
        `INFEASIBLE` where no plan has these cells so; `UNKNOWN` where time was up.
    values
        What the cells that were solved cost in each tier, up to a constant; empty without a plan.
    proven
        Names of the tiers that are proven.
    moved
        Cells that are not where the plan at hand has them, the held ones among them.
    clashes
        Without a plan, why there is none.
    """

    status: Status
    values: tuple[int, ...] = ()
    proven: frozenset[str] = frozenset()
    moved: tuple[Cell, ...] = ()
    clashes: tuple[Finding, ...] = ()

    @property
    def found(self) -> bool:
        """Whether there is a plan."""
        return self.status in (Status.OPTIMAL, Status.FEASIBLE)


def check_question(instance: Instance, schedule: Schedule, options: SolveOptions | None, cancel: Event | None) -> None:
    """See that a question makes sense: an instance, a schedule for it, options and an event where they are given.

    Raises
    ------
    InputError
        If something is something else, or the schedule is for other people or days.
    """
    check_pair(instance, schedule)
    check_call(instance, options, SolveOptions, {"cancel": cancel}, {})


def broken_rules(instance: Instance, schedule: Schedule) -> int:
    """Number of findings of rules that a plan does not keep; days without a place are counted by themselves."""
    return len(audit(instance, replace(schedule, unplanned=schedule.unplaced(instance.facts))).broken)


class Probe:
    """Asks what it would cost to hold cells of a plan elsewhere.

    Parameters
    ----------
    instance, schedule
        The plan at hand. Names for duty and teams are left out: they follow the places. Whoever has no place counts as not in the office.
    options
        Seconds for all questions together, seed and engine.
    cancel
        Once it is set, questions are not known.
    """

    def __init__(self, instance: Instance, schedule: Schedule, options: SolveOptions, cancel: Event | None = None) -> None:
        from giliran.engine.presolve.split import split

        facts = instance.facts
        self.instance = instance
        gaps = schedule.unplaced(facts)
        self.gaps: int = int(gaps.sum())
        self.plan: Schedule = Schedule(np.where(gaps, facts.resting_place, schedule.place).astype(np.int8))
        self.seed: int = default_seed(facts.dates[0]) if options.seed is None else options.seed
        self.order = lottery_order(facts.staff.ids, self.seed, facts.dates[0])
        self._options, self._cancel = options, cancel
        self._end = None if options.time_limit_s is None else time.monotonic() + options.time_limit_s
        self._program = compile_program(instance)
        self._part_of = split(self._program, self.order).part_of
        self._office = (schedule.office & facts.present).reshape(-1)
        self._known: dict[tuple[bytes, bytes], Answer] = {}

    @property
    def fixed(self) -> NDArray[np.int8]:
        """1 or 0 where rules fix a cell in or out of the office, `FREE` elsewhere : int8[E, D]."""
        return self._program.fixed.reshape(self._program.shape)

    def hold(self, cells: Mapping[Cell, bool], around: Sequence[Cell] = ()) -> Answer:
        """The best plan with these cells in the office, where True, or out of it.

        Parameters
        ----------
        cells
            Where they are held.
        around
            Cells whose surroundings are solved again too.
        """
        if any(self.fixed[cell] not in (FREE, office) for cell, office in cells.items()):
            return Answer(Status.INFEASIBLE)
        tied = self._tied([*cells, *around])
        return self._answer(tied, {self._column(cell): int(office) for cell, office in cells.items()})

    def stand(self, around: Sequence[Cell]) -> Answer:
        """The plan at hand as it is around some cells; `INFEASIBLE` where it breaks a rule there."""
        return self._exactly(self._tied(around), {})

    def hold_exactly(self, cells: Mapping[Cell, bool]) -> Answer:
        """The plan at hand with these cells changed and nothing else."""
        return self._exactly(self._tied([*cells]), {self._column(cell): int(office) for cell, office in cells.items()})

    def _exactly(self, tied: Marks, held: Mapping[int, int]) -> Answer:
        cells = np.flatnonzero(tied[: self._program.num_cells] & self._program.decision)
        at_hand = dict(zip(cells.tolist(), self._office[cells].astype(int).tolist(), strict=True))
        return self._answer(tied, {**at_hand, **held})

    def moved(self, moved: Sequence[Cell]) -> Schedule:
        """The plan at hand with some cells on the other side."""
        place = self.plan.place.copy()
        resting = self.instance.facts.resting_place
        for cell in moved:
            place[cell] = resting[cell] if place[cell] == Place.OFFICE else Place.OFFICE
        return replace(self.plan, place=place)

    def audit_of(self, answer: Answer, stand: Answer, at_hand: Audit) -> Audit:
        """The audit of an answer's plan, held against what the search says of it."""
        found = audit(self.instance, self.moved(answer.moved))
        if stand.status is answer.status is Status.OPTIMAL:
            counted = [found.tiers[name] - at_hand.tiers[name] for name in self._program.tiers]
            solved = [new - old for new, old in zip(answer.values, stand.values, strict=True)]
            if counted != solved:
                raise InternalError(f"the solver counts {solved} more than the plan at hand, the audit {counted}")
        return found

    def _column(self, cell: Cell) -> int:
        return cell[0] * self._program.shape[1] + cell[1]

    def _tied(self, cells: Sequence[Cell]) -> Marks:
        """Columns that statements tie to some cells, these among them : bool[N]."""
        columns = np.array([self._column(cell) for cell in cells], dtype=np.int64)
        parts = np.unique(self._part_of[columns])
        tied = np.isin(self._part_of, parts[parts >= 0])
        tied[columns] = True
        return self._with_choices(np.asarray(tied))

    def _with_choices(self, tied: Marks) -> Marks:
        """The same with auxiliary columns that stand in one row with tied ones, and those beside these: what fixed cells have settled."""
        rows, cells = self._program.rows, self._program.num_cells
        while True:
            touched = segment_sums(tied[rows.col], rows.start) > 0
            beside = rows.col[touched[owners_of(rows.start)]]
            fresh = beside[(beside >= cells) & ~tied[beside]]
            if not len(fresh):
                return tied
            tied[fresh] = True

    def _answer(self, tied: Marks, held: Mapping[int, int]) -> Answer:
        key = (np.packbits(tied).tobytes(), repr(sorted(held.items())).encode())
        if key not in self._known:
            self._known[key] = self._solve(self._local(tied, held), tied)
        return self._known[key]

    def _solve(self, local: Program, tied: Marks) -> Answer:
        from giliran.engine.run import EngineOptions, optimise

        limit = None if self._end is None else max(self._end - time.monotonic(), _LEAST_S)
        options = EngineOptions(limit, 1, self.seed, self._cancel, split=self._options.split, methods=self._options.methods)
        outcome = optimise(local, order=self.order, options=options)
        if outcome.stopped is Stopped.CANCELLED and not (self._cancel and self._cancel.is_set()):
            raise KeyboardInterrupt  # a search keeps its best plan then; a row of questions is to end
        if outcome.status is Status.UNKNOWN:
            return Answer(Status.UNKNOWN)
        if outcome.status is Status.INFEASIBLE:
            return Answer(Status.INFEASIBLE, clashes=clash_findings(self.instance.view, local, outcome))
        cells = tied[: local.num_cells] & local.decision
        moved = np.flatnonzero(cells & (outcome.office.reshape(-1) != self._office))
        people, days = np.divmod(moved, local.shape[1])
        tiers = outcome.tiers[:-1]
        return Answer(
            status=outcome.status,
            values=tuple(tier.value for tier in tiers),
            proven=frozenset(tier.name for tier in tiers if tier.proven),
            moved=tuple(zip(people.tolist(), days.tolist(), strict=True)),
        )

    def _local(self, tied: Marks, held: Mapping[int, int]) -> Program:
        """The statements about tied columns, with all other cells where they are, held ones where they are held, and changes told last."""
        program, cells = self._program, self._program.num_cells
        outside = program.decision & ~tied[:cells]  # also where a rule fixes them elsewhere: the plan at hand breaks it, not the answer
        fixed = np.where(outside, self._office, program.fixed).astype(np.int8)
        fixed[list(held)] = list(held.values())
        charged = tied[program.costs.col]
        costs, base = _taken(program.costs, charged), _taken(program.base, tied[program.base.col])
        mine = np.flatnonzero(tied[:cells] & program.decision)
        was, tier = self._office[mine], len(program.tiers)
        wide = np.full(len(mine), tier, dtype=np.int64)
        return replace(
            program,
            tiers=(*program.tiers, _CHANGES),
            fixed=fixed,
            clash=program.clash & tied[:cells],
            rows=program.rows.without(segment_sums(tied[program.rows.col], program.rows.start) == 0),
            switches=_switches(program.switches, tied),
            ladders=_ladders(program.ladders, tied),
            costs=_joined(costs, Costs(mine, np.where(was, -1, 1).astype(np.int64), wide)),
            base=_joined(base, Costs(mine, was.astype(np.int64), wide)),
            constant=np.concatenate([_sums(base, tier), [int(was.sum())]]),
        )


def _taken(costs: Costs, kept: Marks) -> Costs:
    return Costs(costs.col[kept], costs.cost[kept], costs.tier[kept])


def _joined(first: Costs, second: Costs) -> Costs:
    each = zip((first.col, first.cost, first.tier), (second.col, second.cost, second.tier), strict=True)
    return Costs(*(np.concatenate(pair) for pair in each))


def _sums(costs: Costs, tiers: int) -> Ints:
    total = np.zeros(tiers, dtype=np.int64)
    np.add.at(total, costs.tier, costs.cost)
    return total


def _switches(switches: Switches, tied: Marks) -> Switches:
    kept = tied[switches.first] | tied[switches.second]
    return Switches(switches.first[kept], switches.second[kept], switches.weight[kept], switches.tier[kept])


def _ladders(ladders: Ladders, tied: Marks) -> Ladders:
    kept = segment_sums(tied[ladders.col], ladders.start) > 0
    entries = kept[owners_of(ladders.start)]
    return Ladders(starts_of(np.diff(ladders.start)[kept]), ladders.col[entries], ladders.step[entries], ladders.tier[kept])

"""Optimising programs: arithmetic, split, one search of all parts, and the answers put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells
from giliran.domain.status import Status, Stopped
from giliran.engine.base.arrays import distinct, pick
from giliran.engine.base.evaluate import evaluate
from giliran.engine.base.memory import Memory
from giliran.engine.base.outcome import EngineOptions, Outcome, PartResult, Progress, TierResult
from giliran.engine.base.part import Part
from giliran.engine.base.solution import Solution, planned_only
from giliran.engine.base.sums import Sum
from giliran.engine.dispatch.stages import Stages
from giliran.engine.dispatch.tally import Tally
from giliran.engine.dispatch.tasks import Days, Setting
from giliran.engine.duty.lottery_deal import deal
from giliran.engine.presolve.arithmetic import find_clashes
from giliran.engine.presolve.beside import NO_PART
from giliran.engine.presolve.cheapest import cheapest
from giliran.engine.presolve.split import Split, split
from giliran.errors import InternalError
from giliran.freeing import give_back
from giliran.program import Ints, Program

DAYS_IN_WEEK = 7

__all__ = ["EngineOptions", "Outcome", "PartResult", "Progress", "Question", "Start", "TierResult", "optimise", "optimise_all"]


@dataclass(frozen=True)
class Start:
    """What is known before: of the same or of other statements over the same cells.

    Parameters
    ----------
    memory
        Answers for parts; those that are the same again are taken from it. None where a pickle left it out.
    office, planned
        A plan, and which cells have one : bool[E, D] each. Where it keeps every row of a part that is searched, the search begins with it.
    """

    memory: Memory | None
    office: Cells
    planned: Cells


@dataclass(frozen=True)
class Question:
    """A program whose best places are asked for.

    Parameters
    ----------
    program
        Its statements.
    order
        People in lottery order : int64[E].
    seed
        Of its searches; it settles ties that the lottery of people leaves.
    weeks
        The week of every day : int64[D]; seven days each when None. Decides only how fast it goes.
    apart
        People with different numbers : int64[E], to whom something is promised that the program does not know, never change places by
        lottery. None if nothing is.
    start
        What is known from before.
    """

    program: Program
    order: Ints
    seed: int = 0
    weeks: Ints | None = None
    apart: Ints | None = None
    start: Start | None = None


def optimise(
    program: Program,
    *,
    order: Ints,
    options: EngineOptions,
    weeks: Ints | None = None,
    apart: Ints | None = None,
    start: Start | None = None,
) -> Outcome:
    """The answer to one question, whose seed is that of the options; see `optimise_all`."""
    (found,) = optimise_all([Question(program, order, options.seed, weeks, apart, start)], options)
    return found


def optimise_all(questions: Sequence[Question], options: EngineOptions) -> list[Outcome]:
    """The lexicographically best places of programs, with value and bound of every tier, by one search.

    Parts are searched apart; those that can be planned are planned although others cannot. Ctrl-C ends the search and keeps the best plans.
    What comes of a program does not depend on those beside it, but for the time that they leave it.

    Parameters
    ----------
    questions
        The programs.
    options
        How to solve: the time is that of all programs together, and each has a seed of its own.

    Returns
    -------
    list of Outcome
        In the order of the questions: of the first ones alone, one at least, where the time ends or a cancel comes before the others are
        split.

    Raises
    ------
    ExecutorError
        If the executor fails by itself.
    InternalError
        If the solver contradicts itself or what was put together does not cost what its parts say.
    """
    found = _best(questions, Stages(options))  # the time begins here
    give_back(_cells_of(questions))
    return [_dealt(asked, one) for asked, one in zip(questions, found, strict=False)]


def _best(questions: Sequence[Question], stages: Stages) -> list[Outcome]:
    """The best places before the lottery deals them, as far as there was time; parts are forgotten with the end of it."""
    cut: list[_Cut] = []
    for asked in questions:
        if cut and stages.over:
            break
        cut.append(_cut(asked, stages))
    with stages.interruptible():
        solutions = _searched(cut, stages)
    give_back(_cells_of(questions))
    return [_outcome(one, found, stages) for one, found in zip(cut, solutions, strict=True)]


def _cells_of(questions: Sequence[Question]) -> int:
    return sum(asked.program.num_cells for asked in questions)


@dataclass(frozen=True)
class _Cut:
    """A program in parts, with what is known of them before the search.

    Parameters
    ----------
    asked
        The program.
    pieces
        Its parts.
    clashing
        Sums that show parts impossible, by the index of the part.
    setting
        What the parts have in common.
    known, plans
        Solutions that stand already, and plans to begin with, by the index of the part.
    """

    asked: Question
    pieces: Split
    clashing: Mapping[int, tuple[Sum, ...]]
    setting: Setting
    known: Mapping[int, Solution]
    plans: Mapping[int, Solution]


def _cut(asked: Question, stages: Stages) -> _Cut:
    program, start = asked.program, asked.start
    clashes = find_clashes(program)
    give_back(program.num_cells)
    pieces = split(program, asked.order, whole=not stages.options.split)
    clashing = _clashing(program, pieces, clashes)
    broken = tuple(replace(part, broken=True) if p in clashing else part for p, part in enumerate(pieces.parts))
    pieces = replace(pieces, parts=broken)  # arithmetic is proof
    give_back(program.num_cells)
    days = Days(program.shape[1], np.arange(program.shape[1]) // DAYS_IN_WEEK if asked.weeks is None else asked.weeks)
    known = start.memory.find(pieces.parts) if start and start.memory else {}
    known |= _seen(pieces, start, known) if stages.options.methods else {}
    return _Cut(asked, pieces, clashing, Setting(days, asked.seed), known, _plans(pieces, start, known))


def _searched(cut: Sequence[_Cut], stages: Stages) -> Iterator[tuple[Solution, ...]]:
    """The solutions of the parts of each program, found by one search of all."""
    if len(cut) == 1:
        one, own = cut[0], cut[0].pieces.parts
        tally = Tally(len(own), len(one.pieces.constant), one.asked.program.tiers, one.pieces.constant) if stages.followed else None
        stages.improved = _improved(one, stages)
        return iter([stages.solve(own, [one.setting] * len(own), one.known, one.plans, tally)])
    first_part = [0, *accumulate(len(one.pieces.parts) for one in cut)]
    parts = [part for one, apart in zip(cut, _apart(cut), strict=True) for part in apart]
    settings = [one.setting for one in cut for _ in one.pieces.parts]
    known = {first + p: found for one, first in zip(cut, first_part, strict=False) for p, found in one.known.items()}
    plans = {first + p: found for one, first in zip(cut, first_part, strict=False) for p, found in one.plans.items()}
    tally = Tally(len(parts), max(len(one.pieces.constant) for one in cut)) if stages.followed else None
    solutions = stages.solve(parts, settings, known, plans, tally)
    return (solutions[first:last] for first, last in pairwise(first_part))


def _improved(cut: _Cut, stages: Stages) -> Callable[[tuple[Solution, ...]], None] | None:
    """Hands on what makes the answer of the plans that are known by now; None where nobody wants it."""
    told = stages.options.improved
    if told is None:
        return None
    return lambda solutions: told(lambda: _dealt(cut.asked, _outcome(cut, solutions, stages, ended=False)))


def _dealt(asked: Question, found: Outcome) -> Outcome:
    """An answer whose places are dealt by the lottery."""
    return replace(found, office=deal(asked.program, found.office, found.planned, asked.order, asked.apart))


def _apart(cut: Sequence[_Cut]) -> Iterator[list[Part]]:
    """The parts of each program, whose people have numbers after those of the programs before: nobody is two people.

    Columns are shifted with their cells, since cells are known by having the numbers of their columns.
    """
    people = 0
    for one in cut:
        shift = people * one.asked.program.shape[1]
        yield [replace(part, cells=part.cells + shift, columns=part.columns + shift) for part in one.pieces.parts]
        people += one.asked.program.shape[0]


def _outcome(cut: _Cut, solutions: Sequence[Solution], stages: Stages, *, ended: bool = True) -> Outcome:
    """What the solutions of its parts say about a program; while the search goes on, as if it were cancelled now."""
    program, pieces = cut.asked.program, cut.pieces
    x, planned = _together(program, pieces, solutions)
    tiers = _tiers(program, pieces, solutions, evaluate(program, x, planned))
    give_back(program.num_cells)
    decided = planned[: program.num_cells].reshape(program.shape) & program.decision.reshape(program.shape)
    office = (x[: program.num_cells] == 1).reshape(program.shape) & decided
    stopped = _stopped(solutions, stages) if ended else Stopped.CANCELLED
    return Outcome(
        status=_status(solutions),
        stopped=stopped,
        office=office,
        planned=decided,
        tiers=tiers,
        parts=tuple(_part(program, *each) for each in zip(pieces.parts, solutions, strict=True)),
        sums=_sums(program, pieces, solutions, cut.clashing),
        reproducible=stopped is None and not stages.hurried,
        memory=Memory(pieces.parts if ended else (), solutions if ended else (), cut.setting.days.week),
    )


def _seen(pieces: Split, start: Start | None, known: Mapping[int, Solution]) -> dict[int, Solution]:
    """Parts in which the plan from before is seen to be the best one."""
    found: dict[int, Solution] = {}
    if start is None:
        return found
    office, planned = start.office.reshape(-1), start.planned.reshape(-1)
    for p, part in enumerate(pieces.parts):
        if p not in known and not part.broken and planned[part.cells].all() and np.array_equal(part.columns[: len(part.cells)], part.cells):
            solution = cheapest(part, office[part.cells].astype(np.int64))
            if solution is not None:
                found[p] = solution
    return found


def _plans(pieces: Split, start: Start | None, known: Mapping[int, Solution]) -> dict[int, Solution]:
    """The plan from before for parts that must be searched, where they are cells alone and it keeps every row of theirs."""
    found: dict[int, Solution] = {}
    if start is None:
        return found
    office, planned = start.office.reshape(-1), start.planned.reshape(-1)
    for p, part in enumerate(pieces.parts):
        if p in known or part.broken or len(part.cells) != part.num_columns or not planned[part.cells].all():
            continue
        x = office[part.cells].astype(np.int64)
        if part.kept(x):
            found[p] = planned_only(part, x)
    return found


def _clashing(program: Program, pieces: Split, clashes: Sequence[Sum]) -> dict[int, tuple[Sum, ...]]:
    """What arithmetic shows, by part: of free columns, or else of the fixed cells that its rows hold."""
    found: dict[int, tuple[Sum, ...]] = {}
    dead = np.full(program.num_columns if clashes else 0, NO_PART, dtype=np.int64)
    for p, part in enumerate(pieces.parts if clashes else ()):
        if not part.num_columns:
            dead[part.cells] = p
    for clash in clashes:
        _, entries = pick(program.rows.start, np.array(clash.rows, dtype=np.int64))
        columns = program.rows.col[entries]
        for p in (set(pieces.part_of[columns].tolist()) - {NO_PART}) or (set(dead[columns].tolist()) - {NO_PART}):
            found[p] = (*found.get(p, ()), clash)
    return found


def _sums(
    program: Program, pieces: Split, solutions: Sequence[Solution], known: Mapping[int, tuple[Sum, ...]]
) -> tuple[tuple[Sum, ...], ...]:
    """The sums that prove every part impossible, those of arithmetic where there are any; none for parts with a plan."""
    impossible = [p for p, solution in enumerate(solutions) if solution.status is Status.INFEASIBLE]
    open_ = [p for p in impossible if p not in known]
    if not open_:
        return tuple(known.get(p, ()) for p in range(len(solutions)))
    from giliran.engine.proofs.reasons import Reasons  # loads scipy

    found = dict(known) | dict(zip(open_, Reasons(program).of([pieces.parts[p] for p in open_]), strict=True))
    return tuple(found.get(p, ()) for p in range(len(solutions)))


def _together(program: Program, pieces: Split, solutions: Sequence[Solution]) -> tuple[Ints, NDArray[np.bool_]]:
    """Values of all columns, and which of them have a plan."""
    x = pieces.settled.copy()
    planned = np.ones(len(x), dtype=np.bool_)
    for part, solution in zip(pieces.parts, solutions, strict=True):
        if solution.x is None:
            planned[part.columns] = False
            planned[part.cells] = False
            planned[part.beside] = False
        else:
            x[part.columns] = solution.x
    return x, planned


def _tiers(program: Program, pieces: Split, solutions: Sequence[Solution], costs: Ints | None) -> tuple[TierResult, ...]:
    """Value and bound of each tier: what the plan costs by the program itself, less what the parts have left unproven.

    There are no tiers without any plan.
    """
    if costs is None:
        raise InternalError("the parts together break a row that none of them breaks")
    found = [solution for solution in solutions if solution.x is not None]
    if solutions and not found:
        return ()
    zero = np.zeros_like(costs)
    total = sum((solution.values for solution in found), start=pieces.constant)
    if len(found) == len(solutions) and not np.array_equal(total, costs):
        raise InternalError(f"the parts cost {total.tolist()}, the program says {costs.tolist()}")
    gap = sum((solution.values - solution.bounds for solution in found), start=zero)
    if (gap < 0).any():
        raise InternalError("a bound is above a value")
    conditional = sum((solution.conditional.astype(np.int64) for solution in found), start=zero) > 0
    columns = zip(program.tiers, costs.tolist(), (costs - gap).tolist(), conditional.tolist(), strict=True)
    return tuple(TierResult(name, v, b, c) for name, v, b, c in columns)


def _status(solutions: Sequence[Solution]) -> Status:
    """Infeasible before unknown before unproven."""
    found = {solution.status for solution in solutions}
    for status in (Status.INFEASIBLE, Status.UNKNOWN, Status.FEASIBLE):
        if status in found:
            return status
    return Status.OPTIMAL


def _stopped(solutions: Sequence[Solution], stages: Stages) -> Stopped | None:
    if not any(solution.limited for solution in solutions):
        return None
    if stages.cancelled:
        return Stopped.CANCELLED
    return Stopped.CRASHED if stages.crashed else Stopped.TIME_LIMIT


def _part(program: Program, part: Part, solution: Solution) -> PartResult:
    people, days = np.divmod(np.concatenate([part.cells, part.beside]), program.shape[1])
    found = (solution.values.tolist(), solution.bounds.tolist(), solution.conditional.tolist())  # empty without a plan
    return PartResult(
        people=tuple(distinct(people).tolist()),
        days=tuple(distinct(days).tolist()),
        status=solution.status,
        tiers=tuple(TierResult(*row) for row in zip(program.tiers, *found, strict=False)),
        seconds=solution.seconds,
    )

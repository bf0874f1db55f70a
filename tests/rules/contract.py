"""The contract of every kind: what compile allows and charges is what the audit finds, on every schedule of a tiny instance."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from giliran.domain.place import Strength
from giliran.domain.schedule import Schedule, schedule_of
from giliran.program import HARD, Program, ProgramBuilder
from giliran.rules.base import Goal, Rule, Statement
from giliran.rules.view import View

MOST_CELLS = 14
"""Enumerating more than 2^14 schedules is too slow for a test."""


def compiled(view: View, statements: tuple[Statement, ...]) -> Program:
    """The program of some statements only."""
    out = ProgramBuilder(view.facts.shape, view.tiers.names, view.facts.present)
    for statement in statements:
        statement.compile(view, out)
    return out.build()


def all_schedules(view: View) -> Iterator[tuple[np.ndarray, Schedule]]:
    """Every way to put the present people in or out of the office, as office bits and as a schedule."""
    facts = view.facts
    cells = np.argwhere(facts.present)
    assert len(cells) <= MOST_CELLS, "too many cells to enumerate"
    for bits in itertools.product((False, True), repeat=len(cells)):
        office = np.zeros(facts.shape, dtype=bool)
        office[cells[:, 0], cells[:, 1]] = bits
        yield office, schedule_of(facts, office)


def program_costs(program: Program, office: np.ndarray) -> tuple[int, ...] | None:
    """Least costs per tier, lexicographically, of given places over all values of the auxiliary columns; None if not allowed."""
    x = office.reshape(-1).astype(np.int64)
    fixed = program.fixed[program.decision]
    if program.clash.any() or ((fixed != -1) & (fixed != x[program.decision])).any():
        return None
    ranges = [range(int(lo), int(hi) + 1) for lo, hi in zip(program.aux_lo, program.aux_hi, strict=True)]
    best: tuple[int, ...] | None = None
    for aux in itertools.product(*ranges):
        costs = _costs(program, np.concatenate([x, np.array(aux, dtype=np.int64)]))
        if costs is not None and (best is None or costs < best):
            best = costs
    return best


def _costs(program: Program, values: np.ndarray) -> tuple[int, ...] | None:
    rows, total = program.rows, program.constant.astype(object).copy()
    for r in range(len(rows)):
        part = slice(rows.start[r], rows.start[r + 1])
        activity = sum(int(c) * int(values[k]) for c, k in zip(rows.coef[part], rows.col[part], strict=True))
        miss = max(0, int(rows.lo[r]) - activity, activity - int(rows.hi[r]))
        if rows.tier[r] == HARD and miss:
            return None
        if rows.tier[r] != HARD:
            total[rows.tier[r]] += miss * int(rows.weight[r])
    s = program.switches
    for a, b, weight, tier in zip(s.first, s.second, s.weight, s.tier, strict=True):
        total[tier] += int(weight) * int(values[a] != values[b])
    for col, cost, tier in zip(program.costs.col, program.costs.cost, program.costs.tier, strict=True):
        total[tier] += int(cost) * int(values[col])
    ladders = program.ladders
    for k in range(len(ladders)):
        part = slice(ladders.start[k], ladders.start[k + 1])
        steps = [int(step) for step in ladders.step[part]]
        assert steps == sorted(steps), "a ladder must be convex"
        total[ladders.tier[k]] += sum(steps[: int(values[ladders.col[part]].sum())])
    return tuple(int(t) for t in total)


def audited_costs(view: View, schedule: Schedule, statements: tuple[Statement, ...]) -> tuple[int, ...] | None:
    """The same by audit: None with a `must` finding, else amounts and values per tier."""
    total = [0] * len(view.tiers.names)
    for statement in statements:
        if isinstance(statement, Goal):
            for tier, cost in statement.values(view, schedule).items():
                index, multiplier = view.tiers.place[tier]
                total[index] += cost * multiplier
            continue
        assert isinstance(statement, Rule)
        for finding in statement.audit(view, schedule):
            if finding.strength is Strength.MUST:
                assert finding.amount > 0
                return None
            if finding.cost:
                index, multiplier = view.tiers.place[finding.tier]
                total[index] += finding.cost * multiplier
    return tuple(total)


def assert_contract(view: View, *, only: tuple[str, ...] | None = None) -> int:
    """Compile and audit agree on every schedule; returns how many schedules were allowed."""
    statements = tuple(s for s in view.statements if only is None or s.id in only)
    program = compiled(view, statements)
    allowed = 0
    for office, schedule in all_schedules(view):
        by_program, by_audit = program_costs(program, office), audited_costs(view, schedule, statements)
        assert by_program == by_audit, f"{office.astype(int)}: program {by_program}, audit {by_audit}"
        allowed += by_program is not None
    return allowed

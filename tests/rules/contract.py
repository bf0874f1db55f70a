"""The contract of every kind: what compile allows and charges is what the audit finds, on every schedule of a tiny instance."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from giliran.audit import findings_of
from giliran.certificate.normal import normal_form
from giliran.certificate.parts import Parts, parts_of
from giliran.domain.place import Strength
from giliran.domain.schedule import Schedule, schedule_of
from giliran.program import HARD, Program, ProgramBuilder
from giliran.rules.base import Goal, Rule, Statement
from giliran.rules.view import View
from tests.costs import costs_of_all

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
        for finding in findings_of(statement, view, schedule):
            if finding.strength is Strength.MUST:
                assert finding.amount > 0
                return None
            if finding.cost:
                index, multiplier = view.tiers.place[finding.tier]
                total[index] += finding.cost * multiplier
    return tuple(total)


def undefined_columns(program: Program) -> list[int]:
    """Auxiliary columns that cost something, themselves or in a statement with a cost, and stand in no hard row."""
    rows, first = program.rows, program.num_cells
    owner = np.repeat(np.arange(len(rows)), np.diff(rows.start))
    hard = rows.tier[owner] == HARD
    priced = {*rows.col[~hard].tolist(), *program.costs.col[program.costs.cost != 0].tolist(), *program.ladders.col.tolist()}
    return sorted(col for col in priced - {*rows.col[hard].tolist()} if col >= first)


def reading(program: Program) -> Parts:
    """The program as a checker of certificates reads it, all cells in one part."""
    return parts_of(program, normal_form(program), np.zeros(program.num_cells, dtype=np.int64), 1)


def read_costs(parts: Parts, office: np.ndarray) -> tuple[int, ...] | None:
    """What a checker of certificates reads from the places alone; None where it says that hard rows do not give it the other columns."""
    x, sure = parts.with_aux(office)
    loose = parts.normal.cost[:, parts.loose] @ x[parts.loose]
    return tuple(int(cost) for cost in parts.normal.constant + parts.values(x).sum(axis=0) + loose) if sure.all() else None


def assert_contract(view: View, *, only: tuple[str, ...] | None = None) -> int:
    """Compile and audit agree on every schedule, and hard rows define auxiliary columns; returns how many schedules were allowed."""
    statements = tuple(s for s in view.statements if only is None or s.id in only)
    program = compiled(view, statements)
    assert undefined_columns(program) == [], "auxiliary columns that no hard row defines"
    parts = reading(program) if len(program.aux_lo) else None
    allowed = 0
    schedules = list(all_schedules(view))
    costs = costs_of_all(program, [office for office, _ in schedules])
    for (office, schedule), by_program in zip(schedules, costs, strict=True):
        by_audit = audited_costs(view, schedule, statements)
        assert by_program == by_audit, f"{office.astype(int)}: program {by_program}, audit {by_audit}"
        if by_program is not None and parts is not None:
            read = read_costs(parts, office)
            assert read in (None, by_program), (
                f"{office.astype(int)}: least cost {by_program}, by the hard rows of auxiliary columns {read}"
            )
        allowed += by_program is not None
    return allowed

"""Where multipliers come from: flows, linear programs, and plans that earlier proofs leave."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings

from giliran.certificate.bounds import Checker
from giliran.certificate.certificate import Certificate
from giliran.certificate.normal import normal_form
from giliran.certificate.parts import NO_PART, Parts, parts_of
from giliran.certificate.verify import Standing, parts_of_claims, verify
from giliran.domain.status import Status
from giliran.engine.base.memory import Memory
from giliran.engine.base.outcome import Outcome
from giliran.engine.proofs.multipliers import Subject, certify
from giliran.engine.proofs.optimal_plans import Bundle, Leftover, stacked
from giliran.program import Cost, Program
from tests.certificate.naive import naive_bound
from tests.engine.programs import builder, most_office, programs, row, solved, squares


def certified(program: Program, outcome: Outcome, memory: Memory | None = None) -> Certificate:
    """The certificate of an outcome."""
    people, days = program.shape
    dates = [dt.date(2021, 7, 12) + dt.timedelta(day) for day in range(days)]
    subject = Subject(program, [f"P{e}" for e in range(people)], dates, np.arange(people, dtype=np.int64), 1)
    return certify(subject, outcome.office, outcome.planned, [tier.value for tier in outcome.tiers], memory)


def proved(program: Program, *, split: bool = True) -> tuple[Outcome, Certificate]:
    """The outcome of a program and its certificate."""
    outcome = solved(program, split=split)
    return outcome, certified(program, outcome)


@settings(deadline=None, max_examples=50)
@given(programs())
def test_claims_about_random_programs_hold(program: Program) -> None:
    """Whatever is claimed about a program holds, also by the naive checker; parts without a plan are told apart."""
    outcome, certificate = proved(program)
    verdict = verify(program, certificate, outcome.office, outcome.planned)
    assert verdict.holds
    unplanned = [part for part in outcome.parts if part.status is Status.INFEASIBLE and len(part.people)]
    assert verdict.count(Standing.NO_PLAN) == len(unplanned) or len(program.aux_lo)
    parts = parts_of_claims(program, certificate)
    values = np.array([part.values for part in certificate.parts], dtype=np.int64).reshape(len(certificate.parts), parts.num_tiers)
    for p, part in enumerate(certificate.parts):
        for claim in part.claims:
            assert naive_bound(parts, p, claim, values) == part.values[claim.tier]


def test_a_cell_that_no_value_suits_needs_no_part() -> None:
    """A is at home on both days together, on the second one both in the office and not: there is no plan, and no failure."""
    out = builder(2, 2)
    row(out, [0], hi=0)
    row(out, [0, 1], hi=0)
    both = np.array([[False, True], [False, False]])
    out.fix(office=both, away=both)
    program = out.build()
    outcome, certificate = proved(program)
    assert outcome.status is Status.INFEASIBLE
    assert verify(program, certificate, outcome.office, outcome.planned).count(Standing.NO_PLAN) == len(certificate.parts)


@pytest.mark.parametrize("split", [True, False])
def test_what_was_solved_as_one_is_proved_in_parts(split: bool) -> None:
    """A plan is proved in its parts however it was found."""
    out = builder(6, 2)
    for day in range(2):
        row(out, [2 * e + day for e in range(3)], hi=1, day=day)
        row(out, [2 * e + day for e in range(3, 6)], hi=2, day=day)
    most_office(out)
    squares(out, range(6))
    program = out.build()
    outcome, certificate = proved(program, split=split)
    verdict = verify(program, certificate, outcome.office, outcome.planned)
    assert verdict.standing == (Standing.PROVED, Standing.PROVED)


def test_soft_rows_and_levels_that_people_share_have_multipliers() -> None:
    """A soft cap and the squared headcounts of two days: three people must come twice each, 6 = 3 + 3, 2 above a soft cap of 2 a day."""
    out = builder(3, 4)
    for day in range(4):
        row(out, [4 * e + day for e in range(3)], hi=1, cost=Cost(0), day=day)
        out.ladder([3], [4 * e + day for e in range(3)], [1, 3, 5], Cost(1))
    for e in range(3):
        row(out, list(range(4 * e, 4 * e + 4)), lo=2, person=e)
    program = out.build()
    outcome, certificate = proved(program)
    assert [tier.value for tier in outcome.tiers][:2] == [2, 2 * 4 + 2 * 1]
    verdict = verify(program, certificate, outcome.office, outcome.planned)
    assert verdict.standing == (Standing.PROVED,)
    assert len(certificate.parts[0].claims[1].ladders.which) + len(certificate.parts[0].claims[1].rows.which)


def test_switches_are_proved_inside_a_person() -> None:
    """Two people take turns over four days with as few changes as there can be: each day needs one, each comes twice: one change each."""
    out = builder(2, 4)
    for day in range(4):
        row(out, [day, 4 + day], lo=1, hi=1, day=day)
    for e in range(2):
        row(out, list(range(4 * e, 4 * e + 4)), lo=2, hi=2, person=e)
    cells = np.arange(8).reshape(2, 4)
    out.switch(cells[:, :-1].reshape(-1), cells[:, 1:].reshape(-1), Cost(2))
    program = out.build()
    outcome, certificate = proved(program)
    assert outcome.tiers[2].value == 2
    verdict = verify(program, certificate, outcome.office, outcome.planned)
    assert verdict.standing == (Standing.PROVED,)


def triangle() -> Program:
    """Three people of whom any two may not come together: at most 1 comes, but halves of all three would be 1.5."""
    out = builder(3, 1)
    for pair in ([0, 1], [1, 2], [0, 2]):
        row(out, pair, hi=1)
    most_office(out)
    return out.build()


def test_what_no_multipliers_prove_is_left_open() -> None:
    """Where whole plans cost more than mixtures by a whole unit, nothing is claimed; rounding up proves what is less than a unit away."""
    outcome, certificate = proved(triangle())
    assert outcome.tiers[1].value == 2  # mixtures cost 1.5
    assert verify(triangle(), certificate, outcome.office, outcome.planned).standing == (Standing.PROVED,)
    out = builder(6, 1)
    for first in (0, 3):
        for pair in ([0, 1], [1, 2], [0, 2]):
            row(out, [first + e for e in pair], hi=1)
    row(out, [0, 3], hi=1)
    row(out, list(range(6)), hi=5)
    most_office(out)
    program = out.build()
    outcome, certificate = proved(program)
    assert outcome.tiers[1].value == 4  # mixtures cost 3
    verdict = verify(program, certificate, outcome.office, outcome.planned)
    assert verdict.standing == (Standing.OPEN,) and verdict.holds


def one_part(program: Program) -> Parts:
    """The program as one part."""
    return parts_of(program, normal_form(program), np.zeros(program.num_cells, dtype=np.int64), 1)


def test_leftover_plans_are_those_that_cost_least() -> None:
    """With nothing proved every plan is left; with somebody's days priced only cheapest ones are."""
    out = builder(2, 2)
    row(out, [0, 2], lo=1, hi=1, day=0)
    row(out, [1, 3], lo=1, hi=1, day=1)
    squares(out, range(2))
    program = out.build()
    parts = one_part(program)
    checker = Checker(parts)
    x = np.array([1, 0, 0, 1], dtype=np.int64)
    values = parts.values(x)[0]
    nothing = Bundle((0, 0, 0), {})
    found = Leftover(parts, checker.classes, 0, nothing, []).bundle(2, values, x)
    assert found is not None and found.weights[2] >= 1
    one = Bundle((0, 0, 1), {0: 2, 1: 2})
    left = Leftover(parts, checker.classes, 0, one, [])
    program_left = left._program(x)
    assert program_left is not None
    # Steps 1, 3 less 2 a day: a day costs -1, two cost 0, none 0.
    assert np.bincount(program_left.unit).tolist() == [2, 2]


def test_bundles_are_stacked_in_lowest_terms() -> None:
    """Multipliers are added and divided by what they share; zeros vanish."""
    found = stacked(Bundle((2, 0), {1: 4, 2: -6}), Bundle((1, 2), {2: 3}), 2)
    assert found == Bundle((1, 1), {1: 1}) or found == Bundle((4, 4), {1: 4})
    assert found.weights == (1, 1)


def test_cells_of_no_part_are_marked() -> None:
    """Cells that stand in no statement belong to no part."""
    out = builder(2, 1)
    parts = parts_of(out.build(), normal_form(out.build()), np.full(2, NO_PART, dtype=np.int64), 0)
    assert parts.loose.tolist() == [0, 1]

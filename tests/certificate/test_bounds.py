"""What multipliers prove: the same as a checker that tries everything, and never more than the truth."""

from __future__ import annotations

import itertools

import hypothesis
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from giliran.certificate.bounds import Checker
from giliran.certificate.certificate import Claim, Prices
from giliran.certificate.normal import NO_SUM, Kind, normal_form
from giliran.certificate.parts import NO_PART, Parts, parts_of
from giliran.engine.base.evaluate import evaluate
from giliran.engine.presolve.split import split
from giliran.program import Program
from tests.certificate.naive import naive_bound
from tests.engine.programs import all_offices, best_costs, builder, programs, row

QUICK = settings(deadline=None, max_examples=60)


def cut(program: Program) -> Parts:
    """The program in the engine's parts."""
    pieces = split(program, np.arange(program.shape[0], dtype=np.int64))
    label = np.full(program.num_cells, NO_PART, dtype=np.int64)
    for p, part in enumerate(pieces.parts):
        label[part.cells] = p
    return parts_of(program, normal_form(program), label, len(pieces.parts))


def all_columns(program: Program) -> list[np.ndarray]:
    """Every value of every column."""
    ranges = [range(int(lo), int(hi) + 1) for lo, hi in zip(program.aux_lo, program.aux_hi, strict=True)]
    rest = [np.array(aux, dtype=np.int64) for aux in itertools.product(*ranges)]
    return [np.concatenate([office.reshape(-1).astype(np.int64), aux]) for office in all_offices(program) for aux in rest]


def feasible(program: Program) -> bool:
    """Whether there is a plan at all."""
    return best_costs(program) is not None


@st.composite
def claims(draw: st.DrawFn, parts: Parts, p: int, tier: int) -> Claim:
    """Any claim about a part."""
    sums = parts.normal.sums

    def prices(kind: Kind) -> Prices:
        which = [int(sums.source[k]) for k in range(len(sums)) if sums.kind[k] == kind and parts.of_sum[k] == p and not parts.personal[k]]
        y = draw(st.lists(st.integers(-9, 9), min_size=len(which), max_size=len(which)))
        return Prices(np.array(which, dtype=np.int64), np.array(y, dtype=np.int64))

    held = np.array(draw(st.lists(st.integers(0, 5), min_size=tier, max_size=tier)), dtype=np.int64)
    return Claim(tier, draw(st.integers(1, 4)), held, prices(Kind.ROW), prices(Kind.SWITCH), prices(Kind.LADDER))


@QUICK
@given(programs())
def test_the_normal_form_costs_what_the_program_costs(program: Program) -> None:
    """Constant, linear costs and sums together cost what the program says, for every plan that it allows."""
    normal = normal_form(program)
    for x in all_columns(program):
        costs = evaluate(program, x)
        if costs is None:
            continue
        value = normal.sums.values(x)
        assert ((normal.lo <= x) & (x <= normal.hi)).all()
        hard = normal.sums.tier < 0
        assert not normal.sums.misses(value)[hard].any()
        total = normal.constant + normal.cost @ x
        np.add.at(total, normal.sums.tier[~hard], normal.sums.costs(value)[~hard])
        assert total.tolist() == costs.tolist()


@QUICK
@given(programs(), st.data())
def test_any_multipliers_prove_what_a_naive_checker_says(program: Program, data: st.DataObject) -> None:
    """Arrays and walks over everybody at once prove exactly what trying every plan of every person proves."""
    hypothesis.assume(feasible(program))
    parts = cut(program)
    checker = Checker(parts)
    tier = data.draw(st.integers(0, parts.num_tiers - 1))
    made = [data.draw(claims(parts, p, tier)) for p in range(parts.count)]
    values = np.array(data.draw(st.lists(st.lists(st.integers(-9, 9), min_size=3, max_size=3), min_size=parts.count, max_size=parts.count)))
    values = values.reshape(parts.count, parts.num_tiers).astype(np.int64)
    proof = checker.prove(tier, made, values)
    assert proof.known.all()
    assert proof.bound.tolist() == [naive_bound(parts, p, made[p], values) for p in range(parts.count)]


@QUICK
@given(programs(), st.data())
def test_no_multipliers_prove_too_much(program: Program, data: st.DataObject) -> None:
    """A bound is never above what a plan costs that keeps to the values in the tiers before."""
    hypothesis.assume(feasible(program))
    parts = cut(program)
    tier = data.draw(st.integers(0, parts.num_tiers - 1))
    made = [data.draw(claims(parts, p, tier)) for p in range(parts.count)]
    plans = [parts.values(x) for x in all_columns(program) if evaluate(program, x) is not None]
    held = data.draw(st.sampled_from(plans))
    bound = Checker(parts).prove(tier, made, held).bound
    for values in plans:
        for p in range(parts.count):
            if (values[p, :tier] <= held[p, :tier]).all():
                assert bound[p] <= values[p, tier]


def test_statements_without_a_sum_have_no_number() -> None:
    """Numbers of statements that nobody can break are `NO_SUM`."""
    out = builder(2, 1)
    row(out, [0, 1], lo=0)
    row(out, [0, 1], lo=1)
    normal = normal_form(out.build())
    assert normal.sums.numbers(Kind.ROW, 2).tolist() == [NO_SUM, 0]

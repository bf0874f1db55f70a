"""Nothing is done twice: certificates are made of the plan and of the multipliers that the search had."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from hypothesis import given, settings

from giliran.certificate.verify import Standing, verify
from giliran.certifying import check_certificate, make_certificate
from giliran.domain.lottery import lottery_order
from giliran.domain.status import Status
from giliran.engine.base.memory import Memory
from giliran.engine.base.part import Part
from giliran.engine.columns import relaxation
from giliran.engine.flow import apart, tierwise
from giliran.engine.flow.parts import solve_by_flow
from giliran.engine.presolve import trying
from giliran.engine.presolve.split import split
from giliran.engine.proofs.potentials import flow_duals
from giliran.files.loading import load_instance
from giliran.generating import Family, GenerateOptions, generate_to
from giliran.preparing import compile_program
from giliran.program import Program
from giliran.result import Result
from giliran.solving import SolveOptions, solve
from tests.certificate.test_multipliers import certified
from tests.engine.programs import programs, solved
from tests.engine.test_flow import DAYS, best_by_trying
from tests.engine.test_flow import parts as flows
from tests.numbers import few_or_many

SEARCHED = frozenset(Family) - {Family.AGENCY}


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Units in which linear programs prove everything, sequences and switches included."""
    path = tmp_path_factory.mktemp("kept") / "instance.yaml"
    generate_to(GenerateOptions(150, seed=1, families=SEARCHED), path)
    return solve(load_instance(path), SolveOptions(workers=1))


def standing(result: Result, folder: Path) -> tuple[Standing, ...]:
    """How the certificate of a result stands when it is checked."""
    path = folder / "certificate.json"
    path.write_text(make_certificate(result).text(), encoding="utf-8")
    return check_certificate(result.instance, result.schedule, path).verdict.standing


def no_flow(*_: object) -> NoReturn:
    """In the place of what solves flows."""
    raise AssertionError("a flow is solved again")


def no_program(*_: object, **__: object) -> NoReturn:
    """In the place of what solves linear programs of a part."""
    raise AssertionError("a linear program is solved again")


def test_kept_multipliers_prove_what_new_ones_do(result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what the search has kept no relaxation is solved again, and every part is proved; where nothing is kept they are."""
    assert result.status is Status.OPTIMAL
    monkeypatch.setattr(relaxation, "solve_columns", no_program)
    kept = standing(result, tmp_path)
    assert set(kept) == {Standing.PROVED}
    with pytest.raises(AssertionError, match="solved again"):
        make_certificate(replace(result, memory=None))
    monkeypatch.undo()
    assert standing(replace(result, memory=None), tmp_path) == kept


def test_flows_are_not_solved_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Departments whose floors cross other rows are proved from their plan, whoever found it."""
    path = tmp_path / "instance.yaml"
    generate_to(GenerateOptions(600, seed=2), path)
    found = solve(load_instance(path), SolveOptions(workers=1))
    for module in (apart, tierwise):
        monkeypatch.setattr(module, "cheapest", no_flow)
    monkeypatch.setattr(relaxation, "solve_columns", no_program)
    assert set(standing(replace(found, memory=None), tmp_path)) == {Standing.PROVED}


@few_or_many(8, 25)
def test_the_best_plan_of_a_flow_proves_every_tier(examples: int) -> None:
    """A flow's best plan gives multipliers of all tiers; another plan none from the first tier on in which it is not best."""

    @settings(max_examples=examples)
    @given(flows())
    def proves(part: Part) -> None:
        found = solve_by_flow([part], DAYS, lambda: True)
        if not found:
            return
        assert found[0].x is not None
        best = best_by_trying(part)
        assert len(flow_duals([part], [found[0].x], [0], DAYS)[0]) == len(part.cost)
        for other in np.random.default_rng(1).integers(0, 2, (20, part.num_columns)):
            if part.kept(other):
                told = flow_duals([part], [other], [0], DAYS).get(0, [])
                agree = [value == least for value, least in zip(part.values(other).tolist(), best or (), strict=True)]
                assert len(told) == (agree.index(False) if False in agree else len(agree))

    proves()


@settings(deadline=None, max_examples=30)
@given(programs())
def test_kept_or_new_is_the_same(program: Program) -> None:
    """Random programs: claims hold, and with the search's multipliers as many parts are proved as with new ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trying, "MOST_ENTRIES", 0)
        outcome = solved(program)
    kept, new = (certified(program, outcome, memory) for memory in (outcome.memory, None))
    for certificate in (kept, new):
        assert verify(program, certificate, outcome.office, outcome.planned).holds
    assert verify(program, kept, outcome.office, outcome.planned).standing == verify(program, new, outcome.office, outcome.planned).standing


def test_memory_keeps_what_is_not_proven(result: Result) -> None:
    """Multipliers of a part whose search was ended are found again, though the part is solved again."""
    facts = result.instance.facts
    program = compile_program(result.instance)
    found = split(program, lottery_order(facts.staff.ids, result.seed, facts.dates[0])).parts
    weeks = np.zeros(len(facts.dates), dtype=np.int64)
    assert result.memory is not None
    known = result.memory.find(found)
    ended = [replace(known[p], status=Status.FEASIBLE) for p in range(len(found))]
    memory = Memory(found, ended, weeks)
    assert memory.find(found) == {}
    assert set(memory.relaxed(found, range(len(found)))) == {p for p, solution in known.items() if solution.multipliers}

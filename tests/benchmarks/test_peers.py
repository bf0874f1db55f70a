"""The peers against trying all plans, against giliran, and against the audit."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import fields, replace
from pathlib import Path

import click
import numpy as np
import pytest
from hypothesis import given, settings

from benchmarks.peers.__main__ import check
from benchmarks.peers.child import run_peer
from benchmarks.peers.climb import Found, PeerError, climb
from benchmarks.peers.exchange import Answer, Task, read_answer, read_task, write_answer, write_task
from benchmarks.peers.registry import PEERS
from benchmarks.suites import AGENCY, ROOT, SEQUENCES
from giliran import Instance, load_instance, solve
from giliran.domain.status import Status
from giliran.engine.part import Part
from giliran.engine.split import split
from giliran.generating import GenerateOptions, generate_to, parse_families
from giliran.program import Program
from giliran.solving import SolveOptions, compile_program
from tests.engine.programs import best_costs, builder, most_office, programs, row, squares

BUDGET_S = 60.0


def task_of(program: Program) -> Task:
    """A program with people drawn in the order of their rows."""
    return Task(program, np.arange(program.shape[0], dtype=np.int64))


def ask(program: Program, peer: str, budget_s: float = BUDGET_S) -> Answer:
    """A peer's answer in this process, with one worker."""
    return run_peer(PEERS[peer], task_of(program), workers=1, budget_s=budget_s)


def small() -> Program:
    """Four people over two days, at most two of them in the office on either."""
    out = builder(4, 2)
    for day in range(2):
        row(out, [2 * e + day for e in range(4)], hi=2, day=day)
    most_office(out)
    squares(out, range(4))
    return out.build()


def whole_part(program: Program) -> Part:
    """The program in one part."""
    return split(program, np.arange(program.shape[0], dtype=np.int64), whole=True).parts[0]


@pytest.mark.parametrize("peer", sorted(PEERS))
def test_optimum_of_random_programs(peer: str) -> None:
    """Status and every tier's value are those found by trying all plans."""

    @settings(max_examples=60, deadline=None)
    @given(programs())
    def agrees(program: Program) -> None:
        expected = best_costs(program)
        figures = ask(program, peer).figures
        if expected is None:
            assert figures["status"] == "infeasible"
            return
        assert figures["status"] == "optimal"
        assert figures["proven_tiers"] == len(expected)
        assert [tuple(pair) for pair in figures["tiers"].values()] == [(value, value) for value in expected]

    agrees()


@pytest.fixture(scope="module", params=[SEQUENCES, AGENCY], ids=["b2", "b3"])
def generated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """An instance of 60 people with the rules of a suite."""
    path = tmp_path_factory.mktemp("generated") / "instance.yaml"
    generate_to(GenerateOptions(60, 1, 1, parse_families(request.param)), path)
    return load_instance(path)


@pytest.mark.parametrize("peer", ["highs_mip", "highs_mip_whole"])
def test_peer_agrees_with_giliran(generated: Instance, peer: str) -> None:
    """On a generated instance the peer proves giliran's tier values, and the audit finds them too."""
    ours = solve(generated, SolveOptions(workers=1))
    answer = ask(compile_program(generated), peer)
    check(generated, answer)
    assert answer.figures["tiers"] == {tier.name: [tier.value, tier.bound] for tier in ours.tiers}
    assert answer.figures["proven_tiers"] == len(ours.tiers)


def test_wrong_claim_is_refused(generated: Instance) -> None:
    """A peer that counts its plan wrongly has failed."""
    answer = ask(compile_program(generated), "highs_mip")
    tiers = {name: [value - 1, bound] for name, (value, bound) in answer.figures["tiers"].items()}
    with pytest.raises(click.ClickException, match="the peer counts"):
        check(generated, replace(answer, figures={**answer.figures, "tiers": tiers}))


def test_plan_that_breaks_a_rule_is_refused(generated: Instance) -> None:
    """A peer's plan is audited: everybody in the office is no answer."""
    answer = ask(compile_program(generated), "highs_mip")
    with pytest.raises(click.ClickException, match="breaks"):
        check(generated, replace(answer, x=np.ones_like(answer.x)))


@pytest.mark.parametrize("peer", sorted(PEERS))
def test_no_time_means_no_plan(peer: str) -> None:
    """Without time a peer has no plan and has proven nothing; it is not infeasible."""
    answer = ask(small(), peer, budget_s=0.0)
    assert answer.figures["status"] == "unknown"
    assert (answer.figures["planned_parts"], answer.figures["proven_tiers"]) == (0, 0)
    assert not answer.planned.any()


def test_task_survives_its_file(tmp_path: Path) -> None:
    """What is read is what was written."""
    program = small()
    write_task(tmp_path / "task.npz", task_of(program))
    back = read_task(tmp_path / "task.npz").program
    assert (back.shape, back.tiers, back.rules) == (program.shape, program.tiers, program.rules)
    for name in ("decision", "fixed", "clash", "aux_lo", "aux_hi", "constant"):
        assert np.array_equal(getattr(back, name), getattr(program, name)), name
    for group in ("rows", "switches", "costs", "ladders", "base"):
        ours, theirs = getattr(program, group), getattr(back, group)
        assert all(np.array_equal(getattr(ours, field.name), getattr(theirs, field.name)) for field in fields(ours)), group


def test_answer_survives_its_file(tmp_path: Path) -> None:
    """Values, planned columns and figures come back."""
    answer = ask(small(), "highs_mip")
    write_answer(tmp_path / "answer.npz", answer)
    back = read_answer(tmp_path / "answer.npz")
    assert np.array_equal(back.x, answer.x) and np.array_equal(back.planned, answer.planned)
    assert back.figures == answer.figures


class Stubborn:
    """A solver that answers what it was told to, whatever it is asked."""

    def __init__(self, *found: Found) -> None:
        self.found = list(found)

    def __call__(self, part: Part, unit: object, workers: int) -> Stubborn:
        """Take up a part."""
        return self

    def minimise(self, tier: int | None, best: object, seconds: float) -> Found:
        """The next answer."""
        return self.found.pop(0)

    def hold(self, tier: int, most: int) -> None:
        """Forget it."""


OVERFULL, EMPTY = np.ones(8, dtype=np.int64), np.zeros(8, dtype=np.int64)
HALF = np.array([1, 1, 1, 1, 0, 0, 0, 0], dtype=np.int64)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([Found(Status.OPTIMAL, OVERFULL, None)], "breaks a row"),
        ([Found(Status.OPTIMAL, HALF, -4), Found(Status.OPTIMAL, EMPTY, None)], "not the same in a tier that was proven"),
        ([Found(Status.OPTIMAL, HALF, -4), Found(Status.INFEASIBLE, None, None)], "called infeasible"),
        ([Found(Status.FEASIBLE, HALF, 5)], "its bound is"),
    ],
    ids=["breaks", "slips", "infeasible", "bound"],
)
def test_contradiction_of_a_peer(found: list[Found], said: str) -> None:
    """A peer that contradicts itself has failed; nothing of it is taken for a result."""
    with pytest.raises(PeerError, match=said):
        climb(whole_part(small()), Stubborn(*found), time.monotonic() + BUDGET_S, 1)


def test_bound_of_an_unfinished_tier() -> None:
    """A tier that was not proven has the peer's bound, the ones after it what nothing can be below."""
    part = whole_part(small())
    done = climb(part, Stubborn(Found(Status.FEASIBLE, EMPTY, -6)), time.monotonic() + BUDGET_S, 1)
    # Nobody in the office: no cost but what stands outside the part; the first tier that can cost anything is the second.
    assert (done.status, done.proven) == (Status.FEASIBLE, 1)
    assert (done.values.tolist(), done.bounds.tolist()) == ([0, 0, 0], [0, -6, 0])


def test_peer_from_the_shell(tmp_path: Path) -> None:
    """One line of JSON from a process of its own, in which HiGHS works without ortools being loaded."""
    generate_to(GenerateOptions(20, 1, 1), tmp_path / "instance.yaml")
    command = [sys.executable, "-m", "benchmarks.peers", str(tmp_path / "instance.yaml")]
    command += ["--peer", "highs_mip", "--workers", "1", "--time-limit", "30"]
    environment = {"PYTHONPATH": str(ROOT / "solver"), "PATH": ""}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    line = json.loads(done.stdout)
    assert (line["staff"], line["status"], line["workers"]) == (20, "optimal", 1)
    assert set(line["seconds"]) == {"load", "compile", "split", "solve"}
    loaded = "import sys, benchmarks.peers.child, benchmarks.peers.highs_mip; print('ortools' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"

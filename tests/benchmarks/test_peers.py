"""The peers against trying all plans, against giliran, and against the audit."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from dataclasses import fields, replace
from importlib.util import find_spec
from pathlib import Path

import click
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from benchmarks.measure import run_suite
from benchmarks.peers.__main__ import check
from benchmarks.peers.child import run_peer
from benchmarks.peers.climb import Found, Opener, PeerError, climb
from benchmarks.peers.exchange import Answer, Task, read_answer, read_task, write_answer, write_task
from benchmarks.peers.formulas import formulas_of
from benchmarks.peers.registry import PEERS, NotInstalledError
from benchmarks.peers.spread import minmax
from benchmarks.peers.textbook import Textbook
from benchmarks.protocols import Protocol
from benchmarks.statuses import BROKEN, NOT_INSTALLED
from benchmarks.suites import AGENCY, ROOT, SEQUENCES, Case
from giliran import Instance, load_instance, solve
from giliran.domain.status import Status
from giliran.engine.base.part import Part
from giliran.engine.presolve.split import split
from giliran.generating import GenerateOptions, generate_to, parse_families
from giliran.preparing import compile_program
from giliran.program import HARD, Cost, Ints, Program
from giliran.solving import SolveOptions
from tests.engine.programs import all_offices, best_costs, builder, most_office, programs, row, squares

BUDGET_S = 60.0
HERE = ("cpsat_plain", "highs_mip", "highs_mip_whole")
"""Peers that prove our tiers beside ortools, in the process of the tests."""


def task_of(program: Program) -> Task:
    """A program with people drawn in the order of their rows."""
    everybody = np.arange(program.shape[0], dtype=np.int64)
    return Task(program, everybody, 0 * everybody)


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
    return parts_of(program)[0]


def parts_of(program: Program) -> tuple[Part, ...]:
    """The program in one part, or none where nothing is to be decided."""
    return split(program, np.arange(program.shape[0], dtype=np.int64), whole=True).parts


@pytest.mark.parametrize("peer", HERE)
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


@pytest.mark.parametrize("peer", [*HERE, "cpsat_textbook"])
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


def apart(program: Program, peer: str, folder: Path, budget_s: float) -> Answer:
    """A peer's answer from a process of its own, in which no solver is loaded but its own."""
    write_task(folder / "task.npz", task_of(program))
    command = [sys.executable, "-m", "benchmarks.peers.child", str(folder / "task.npz"), str(folder / "answer.npz"), "--peer", peer]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "solver")}
    subprocess.run([*command, "--workers", "1", "--time-limit", str(budget_s)], cwd=ROOT, env=environment, capture_output=True, check=True)
    return read_answer(folder / "answer.npz")


def rich() -> Program:
    """Three people over two days with everything that a statement can be: rows, a soft row, a ladder, a switch, an auxiliary column."""
    out = builder(3, 2)
    out.fix(office=np.array([[True, False], [False, False], [False, False]]))
    spare = int(out.aux([0], [2])[0])
    row(out, [0, 2, 4, spare], coef=[1, 1, 1, -1], hi=1)
    row(out, [1, 3, 5], lo=2, cost=Cost(0, 3))
    out.charge([spare], 2, Cost(0))
    out.switch([2], [3], Cost(2, 5))
    most_office(out)
    squares(out, range(3))
    return out.build()


@pytest.mark.parametrize("program", [small(), rich()], ids=["small", "rich"])
@pytest.mark.parametrize(
    ("peer", "package"), [("highspy", "highspy"), ("scip", "pyscipopt"), pytest.param("timefold", "timefold", marks=pytest.mark.slow)]
)
def test_optimum_in_a_process_of_its_own(peer: str, package: str, program: Program, tmp_path: Path) -> None:
    """Every tier's value is the one found by trying all plans; who can prove has proven it."""
    if find_spec(package) is None:
        pytest.skip(f"{package} is not installed")
    figures = apart(program, peer, tmp_path, 1.0 if peer == "timefold" else BUDGET_S).figures
    if figures["status"] == NOT_INSTALLED:
        pytest.skip(figures["error"][0])
    assert tuple(value for value, _ in figures["tiers"].values()) == best_costs(program)
    if PEERS[peer].exact:
        assert (figures["status"], figures["proven_tiers"]) == ("optimal", len(program.tiers))
        assert all(value == bound for value, bound in figures["tiers"].values())
    else:
        assert (figures["status"], figures["proven_tiers"]) == ("feasible", 0)
        assert all(bound is None for _, bound in figures["tiers"].values())


def test_absent_peer() -> None:
    """A peer that is not installed says so instead of failing."""

    def missing() -> Opener:
        raise NotInstalledError("nothing is not installed: pip install 'giliran[nothing]'")

    answer = run_peer(replace(PEERS["highs_mip"], opener=missing), task_of(small()), workers=1, budget_s=BUDGET_S)
    assert answer.figures["status"] == NOT_INSTALLED
    assert answer.figures["error"] == ["nothing is not installed: pip install 'giliran[nothing]'"]
    assert not answer.planned.any()


def test_broken_plan_has_no_figures() -> None:
    """A plan that breaks a row is called broken, and none of its values is kept."""
    peer = replace(PEERS["highs_mip"], opener=lambda: Stubborn(Found(Status.OPTIMAL, OVERFULL, None)))
    figures = run_peer(peer, task_of(small()), workers=1, budget_s=BUDGET_S).figures
    assert (figures["status"], figures["error"]) == (BROKEN, ["its plan breaks a row"])
    assert "tiers" not in figures and "seconds" not in figures


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="figures name a commit, and this is no git checkout")
def test_suite_goes_on_after_a_failed_peer(tmp_path: Path) -> None:
    """A peer whose process fails is recorded with its last words, and the next one is asked."""
    generate_to(GenerateOptions(20, 1, 1), tmp_path / "instance.yaml")
    case = Case("tiny", tmp_path / "instance.yaml", None)
    ours, failed, other = run_suite("trial", [case], Protocol(1, 1, BUDGET_S, ("nobody", "highs_mip")))
    assert (ours["status"], failed["status"], other["status"]) == ("optimal", "failed", "optimal")
    assert "nobody" in failed["error"][0]
    assert other["tiers"] == ours["tiers"]


def test_spread_of_sections() -> None:
    """The textbook model has the least sum of spreads after the tiers before it, and keeps its proof to itself."""
    # Three people, two days, one office day for each of two of them: with all in one section somebody has none.
    out = builder(3, 2)
    row(out, [0, 2, 4], hi=1, lo=1)
    row(out, [1, 3, 5], hi=1, lo=1)
    most_office(out)
    squares(out, range(3))
    program = out.build()
    for sections, least in (([0, 0, 0], 1), ([0, 0, 1], 0), ([0, 1, 2], 0)):
        task = replace(task_of(program), sections=np.array(sections))
        figures = run_peer(PEERS["cpsat_textbook"], task, workers=1, budget_s=BUDGET_S).figures
        assert figures["own"]["tiers"]["spread"] == [least, least] and figures["own"]["proven"]
        assert (figures["status"], figures["proven_tiers"]) == ("feasible", 2)
        assert figures["tiers"]["office_target"] == [4, 4]
        assert figures["tiers"]["fair_share"][1] is None


def test_spread_leaves_other_tiers_alone() -> None:
    """Without fair shares the textbook model is the statements as they are."""
    out = builder(2, 1)
    most_office(out)
    task = task_of(replace(out.build(), tiers=("relaxations", "office_target", "wishes")))
    assert minmax(task) is task


@settings(max_examples=60, deadline=None)
@given(programs(), st.randoms(use_true_random=False))
def test_formulas_are_the_part(program: Program, dice: random.Random) -> None:
    """The prices of all sums are what the part costs, up to a constant per tier, and hard ones are 0 where every row is kept."""
    assume(parts_of(program))
    part = whole_part(program)
    plans = [np.array([dice.randint(lo, hi) for lo, hi in zip(part.lo, part.hi, strict=True)], dtype=np.int64) for _ in range(4)]
    given = formulas_of(part)

    def priced(x: Ints) -> dict[int, int]:
        total = dict.fromkeys(range(HARD, len(program.tiers)), 0)
        for formula in given:
            total[formula.tier] += formula.curve[int(np.dot(formula.coef, x[formula.col])) - formula.base]
        return total

    first = priced(plans[0])
    for x in plans:
        costs = priced(x)
        assert (costs[HARD] == 0) == part.kept(x)
        apart = part.values(x) - part.values(plans[0])
        assert [costs[tier] - first[tier] for tier in range(len(program.tiers))] == apart.tolist()


@settings(max_examples=60, deadline=None)
@given(programs())
def test_completed_plan_is_one_of_the_textbook(program: Program) -> None:
    """A plan of the cells, completed, keeps the rows of the textbook model at the price of every tier."""
    assume(parts_of(program))
    part = whole_part(program)
    unit = np.ones(len(program.tiers), dtype=np.int64)
    textbook = Textbook(part, unit)
    models = [textbook.model(tier) for tier in range(len(unit))]
    for office in all_offices(program):
        x = np.concatenate([office.reshape(-1), program.aux_lo]).astype(np.int64)[part.columns]
        if not part.kept(x):
            continue
        y = textbook.complete(x)
        last = models[-1]
        activity = last.matrix @ y
        assert ((last.lo <= y) & (y <= last.hi)).all() and ((last.row_lo <= activity) & (activity <= last.row_hi)).all()
        assert [int(model.cost @ y[: len(model.cost)]) for model in models] == part.values(x).tolist()

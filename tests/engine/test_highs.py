"""The door to HiGHS: right answers by both algorithms, ended in time, and nothing else in the process is touched."""

from __future__ import annotations

import itertools
import signal
import threading
import time
from dataclasses import dataclass, field

import highspy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from giliran.engine.base.budget import UNLIMITED, Budget
from giliran.engine.columns import highs
from giliran.engine.columns.face import NO_BLOCK, OptimalFace
from giliran.engine.columns.highs import Algorithm, Verdict, search_whole, solve_lp
from giliran.errors import InternalError
from giliran.program import INFINITE

EACH = pytest.mark.parametrize("algorithm", Algorithm)

SOON_S = 0.5
"""A cancel may take so long."""


def face_over(rows: np.ndarray, row_lo: np.ndarray, row_hi: np.ndarray, most: int = 1) -> OptimalFace:
    """A face of columns between 0 and `most` under some rows."""
    many, n = rows.shape
    zero = np.zeros(n, dtype=np.int64)
    none = np.zeros(0, dtype=np.int64)
    return OptimalFace(
        lo=zero,
        hi=np.full(n, most, dtype=np.int64),
        block=np.full(n, NO_BLOCK, dtype=np.int64),
        size=none,
        helper=np.zeros(n, dtype=np.bool_),
        rows=sparse.csr_array(rows),
        row_lo=row_lo,
        row_hi=row_hi,
        origin=np.arange(many),
        cost=np.zeros((1, n), dtype=np.int64),
        constant=np.zeros(1, dtype=np.int64),
        place=sparse.eye_array(n, dtype=np.int64, format="csr"),
        base=zero,
    )


def market(columns: int, rows: int) -> OptimalFace:
    """A market split (Cornuéjols, Dawande 1998), which branch and bound does not get through: rows of large numbers, halved exactly."""
    coef = np.random.default_rng(1).integers(0, 100, (rows, columns))
    half = coef.sum(axis=1) // 2
    return face_over(coef, half, half)


def assignment(many: int) -> tuple[np.ndarray, sparse.csr_array]:
    """Costs and rows of an assignment problem large enough to be interrupted."""
    cost = np.random.default_rng(1).integers(0, 1_000, many * many)
    one, other = np.divmod(np.arange(many * many), many)
    entries = (np.ones(2 * many * many, dtype=np.int64), (np.concatenate([one, many + other]), np.tile(np.arange(many * many), 2)))
    return cost, sparse.csr_array(entries)


@EACH
def test_a_program_solved_by_hand(algorithm: Algorithm) -> None:
    """min a + 2b + 3c with a + b + c = 2, a ≥ b: a = b = 1 costs 3; one unit less would save 2, the price of b, as c stays out."""
    rows = sparse.csr_array(np.array([[1, 1, 1], [1, -1, 0]]))
    found = solve_lp(np.array([1, 2, 3]), np.zeros(3), np.ones(3), rows, np.array([2, 0]), np.array([2, INFINITE]), UNLIMITED, algorithm)
    assert found.verdict is Verdict.SOLVED and found.z is not None and found.y is not None
    assert found.value == pytest.approx(3) and found.z == pytest.approx([1, 1, 0], abs=1e-6)
    # Any price of the sum between those of b and c is one; below it nobody would take b.
    assert 2 - 1e-6 <= found.y[0] - found.y[1] <= 3 + 1e-6


@EACH
def test_no_solution_is_told(algorithm: Algorithm) -> None:
    """Two columns of at most 1 do not add up to 3."""
    rows = sparse.csr_array(np.array([[1, 1]]))
    found = solve_lp(np.zeros(2), np.zeros(2), np.ones(2), rows, np.array([3]), np.array([INFINITE]), UNLIMITED, algorithm)
    assert found.verdict is Verdict.IMPOSSIBLE and found.y is None


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 2**32))
def test_algorithms_and_brute_force_agree(seed: int) -> None:
    """Least costs of all algorithms are equal, no whole plan costs less, and branch and bound finds the cheapest whole plan."""
    dice = np.random.default_rng(seed)
    coef, cost = dice.integers(-3, 4, (3, 5)), dice.integers(-9, 10, 5)
    lo = dice.integers(-4, 3, 3)
    face = face_over(coef, lo, lo + dice.integers(0, 4, 3))
    plans = [z for z in itertools.product((0, 1), repeat=5) if ((lo <= coef @ z) & (coef @ z <= face.row_hi)).all()]
    least = min((int(cost @ z) for z in plans), default=None)
    found = search_whole(face, cost, UNLIMITED)
    verdict, z = found.verdict, found.z
    assert (verdict is Verdict.SOLVED) == (least is not None) and (z is None or int(cost @ z) == found.bound == least)
    answers = [solve_lp(cost, face.lo, face.hi, face.rows, lo, face.row_hi, UNLIMITED, algorithm) for algorithm in Algorithm]
    assert {answer.verdict for answer in answers} == {answers[0].verdict}
    assert [answer.value for answer in answers[1:]] == pytest.approx([answers[0].value] * (len(answers) - 1), abs=1e-5)
    assert least is None or (answers[0].verdict is Verdict.SOLVED and answers[0].value <= least + 1e-6)


def test_a_program_with_an_infinite_coefficient() -> None:
    """What HiGHS refuses is a fault of ours, no verdict."""
    with pytest.raises(InternalError):
        solve_lp(np.ones(1), np.zeros(1), np.ones(1), sparse.csr_array([[np.inf]]), np.zeros(1), np.ones(1), UNLIMITED)


def test_a_cancel_ends_branch_and_bound() -> None:
    """Within half a second, from another thread."""
    halt = threading.Event()
    timer = threading.Timer(0.3, halt.set)
    timer.start()
    begin = time.monotonic()
    verdict = search_whole(market(50, 6), np.zeros(50, dtype=np.int64), Budget(None, halt)).verdict
    assert halt.is_set() and verdict is Verdict.OPEN
    assert time.monotonic() - begin < 0.3 + SOON_S


@pytest.mark.slow
@EACH
def test_a_cancel_ends_linear_programs(algorithm: Algorithm) -> None:
    """At any moment of one that takes seconds, within half a second."""
    cost, rows = assignment(500)
    one = np.ones(1_000)
    for after in (0.05, 0.2, 0.5, 1.0):
        halt = threading.Event()
        timer = threading.Timer(after, halt.set)
        timer.start()
        begin = time.monotonic()
        found = solve_lp(cost, np.zeros(len(cost)), np.ones(len(cost)), rows, one, one, Budget(None, halt), algorithm)
        assert found.verdict is Verdict.OPEN or not halt.is_set()
        assert time.monotonic() - begin < after + SOON_S
        timer.cancel()


def test_the_clock_ends_branch_and_bound() -> None:
    """At the deadline, or soon after it."""
    begin = time.monotonic()
    verdict = search_whole(market(50, 6), np.zeros(50, dtype=np.int64), UNLIMITED.within(0.2)).verdict
    assert verdict is Verdict.OPEN and 0.2 <= time.monotonic() - begin < 0.2 + SOON_S


def test_nothing_is_begun_when_time_is_over() -> None:
    """Without time there is no verdict."""
    found = solve_lp(np.ones(1), np.zeros(1), np.ones(1), sparse.csr_array((0, 1)), np.zeros(0), np.zeros(0), UNLIMITED.within(0.0))
    assert found.verdict is Verdict.OPEN


@dataclass
class Deaf:
    """A solver that does not end when it is told to."""

    told: list[str] = field(default_factory=list)
    end: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Go on until the test is over."""
        self.end.wait()

    def setOptionValue(self, name: str, value: float) -> None:  # noqa: N802
        """Take notice, do nothing."""
        self.told.append(f"{name}={value}")


def test_a_solver_that_does_not_hear_is_left_alone() -> None:
    """Whoever waits goes on without an answer."""
    deaf = Deaf()
    begin = time.monotonic()
    assert not highs._run(deaf, UNLIMITED.within(0.05))
    assert deaf.told == ["time_limit=0.0"] and time.monotonic() - begin < SOON_S
    deaf.end.set()


class Failing:
    """A solver that runs out of memory."""

    def run(self) -> None:
        """Raise."""
        raise MemoryError("HiGHS")


def test_errors_come_out_of_the_thread() -> None:
    """What is raised there is raised here."""
    with pytest.raises(MemoryError):
        highs._run(Failing(), UNLIMITED)


def test_the_process_stays_as_it_is(capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing is printed, Ctrl-C is whose it was, and an application's own HiGHS may use as many threads as it likes, before and after."""

    def own(threads: int) -> highspy.HighsStatus:
        solver = highspy._Highs()  # type: ignore[attr-defined, unused-ignore]
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", threads)
        solver.addVar(0.0, 1.0)
        return solver.run()

    handler = signal.getsignal(signal.SIGINT)
    assert own(3) == highspy.HighsStatus.kOk
    face = market(10, 1)
    answers = [solve_lp(np.ones(10), face.lo, face.hi, face.rows, face.row_lo, face.row_hi, UNLIMITED, each).verdict for each in Algorithm]
    assert answers == [Verdict.SOLVED] * len(Algorithm)
    assert search_whole(face, np.ones(10, dtype=np.int64), UNLIMITED).verdict is not Verdict.OPEN
    assert own(3) == highspy.HighsStatus.kOk
    assert signal.getsignal(signal.SIGINT) is handler
    assert capfd.readouterr() == ("", "")

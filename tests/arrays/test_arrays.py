"""Plans for callers with NumPy alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import giliran

AVAILABLE = np.array([[1, 1, 1], [1, 1, 0], [1, 1, 1], [0, 0, 0]], dtype=np.bool_)


def test_limits_of_every_shape() -> None:
    """Numbers for all days, by day, by group, and by group and day are kept; most people are in the office under them."""
    group = np.array([7, 7, 3, 3])
    plan = giliran.solve_arrays(
        AVAILABLE, most=np.array([2, 1, 2]), least=1, group=group, group_most=np.array([1, 2]), group_least=np.array([[0, 0, 1], [1, 0, 0]])
    )
    office = plan.office
    assert plan.status is giliran.Status.OPTIMAL and plan.values == plan.bounds
    assert not (office & ~AVAILABLE).any()
    # Day 0: group 7 needs one and group 3 may have one; day 1: one in all; day 2: group 3 needs its only one, and one of group 7
    assert office.sum(axis=0).tolist() == [2, 1, 2]
    assert office[2, 2] and office[:2, 0].any()
    assert plan.planned.tolist() == AVAILABLE.tolist()


def test_wishes_and_fixed_places() -> None:
    """Fixed places are held, wishes granted where the aim leaves it open; a stronger one wins."""
    wish = np.array([[0, 1, 0], [0, 0, 0], [0, 3, 0], [0, 0, 9]])
    fixed = np.array([[1, 0, 0], [2, 0, 0], [0, 0, 0], [0, 0, 0]], dtype=np.int8)
    office = giliran.solve_arrays(AVAILABLE, most=1, wish=wish, fixed=fixed, fair=False).office
    assert office[:, 0].tolist() == [True, False, False, False]
    assert office[:, 1].tolist() == [False, False, True, False]


def test_as_few_as_possible() -> None:
    """The other aim keeps everybody at home whom nothing asks for."""
    plan = giliran.solve_arrays(AVAILABLE, least=1, aim="most_home")
    assert plan.office.sum(axis=0).tolist() == [1, 1, 1]


def test_no_plan() -> None:
    """Where there is none, the status says so and nothing is planned."""
    plan = giliran.solve_arrays(AVAILABLE, least=2, most=1)
    assert plan.status is giliran.Status.INFEASIBLE and not plan.office.any()
    with pytest.raises(giliran.InfeasibleError):
        plan.result.require()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"available": AVAILABLE.astype(int)}, "available: found an array int64[4, 3]; expected an array of true and false"),
        ({"available": np.zeros((0, 3), dtype=np.bool_)}, "available: found an array bool[0, 3]"),
        ({"most": np.array([1, 2])}, "most: found an array int64[2]; expected a whole number, or an array of them that is int[D]"),
        ({"most": 2.5}, "most: found 2.5; expected a whole number"),
        ({"least": -1}, "least: found -1; numbers of people are not below 0"),
        ({"group_most": 1}, "group: group is missing"),
        ({"wish": np.zeros((4, 2), dtype=int)}, "wish: found an array int64[4, 2]; expected an array of whole numbers, int[E, D]"),
        ({"aim": "least_office"}, "aim: found the text 'least_office'; expected one of most_office, most_home"),
        ({"fixed": np.full((4, 3), 9)}, "fixed: found 9; expected 0 for none, 1 for the office, 2 for home"),
        ({"fixed": np.full((4, 3), -1)}, "fixed: found -1; expected 0"),
        ({"most": 10**30}, "most: found 1000000000000000000000000000000; expected at most 1000000000"),
        ({"most": np.full(3, 2**63 + 5, dtype=np.uint64)}, "most: found 9223372036854775813; expected at most"),
        ({"wish": np.full((4, 3), -(10**15))}, "wish: found -1000000000000000; a wish weighs at most 1000000"),
        ({"fair": "no"}, "fair: found the text 'no'; expected true or false"),
        ({"available": np.ones((2, 801), dtype=np.bool_)}, "available: found 801 days; a plan has at most 800"),
        (
            {"time_limit_s": 2},
            "time_limit_s: an option of SolveOptions\n  Write solve_arrays(available, options=SolveOptions(time_limit_s=2)).",
        ),
        ({"mots": 2}, "mots: solve_arrays knows no such argument\n  Did you mean most?"),
    ],
)
def test_arrays_that_are_none(given: dict[str, Any], said: str) -> None:
    """What does not fit is told by its name, with what was expected, in both languages."""
    with pytest.raises(giliran.InputError) as caught:
        giliran.solve_arrays(**{"available": AVAILABLE, **given})
    assert said in caught.value.text() and caught.value.text() != caught.value.text("id")


def test_everything_wrong_at_once() -> None:
    """All arguments are looked through before anything is refused."""
    with pytest.raises(giliran.InputError) as caught:
        giliran.solve_arrays(AVAILABLE, most=-1, least=2.5, wish=AVAILABLE)  # type: ignore[arg-type]
    assert {problem.where.field for problem in caught.value.problems} == {"most", "least", "wish"}


def test_groups_of_any_whole_numbers() -> None:
    """Limits go to groups in the order of `numpy.unique`, of numbers too that fit only into unsigned integers."""
    group = np.array([2**63 + 5, 2**63 + 5, 0, 0], dtype=np.uint64)  # numpy.unique: 0, then the large one
    office = giliran.solve_arrays(np.ones((4, 1), dtype=np.bool_), group=group, group_most=np.array([0, 2])).office
    assert office[:, 0].tolist() == [True, True, False, False]

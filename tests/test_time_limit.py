"""What a time limit promises, in CPU seconds: a plan, a proof where there is time for it twice, and an end."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from giliran import Instance, Result, SolveOptions, Status, load_instance, solve, warm_up
from giliran.generating import GenerateOptions, generate, parse_families
from giliran.solving import Engine
from tests.cpu_clock import by_cpu

pytestmark = pytest.mark.slow

SHIPPED = sorted((Path(__file__).parent.parent / "instances").glob("*/*/instance.yaml"))
SEQUENCES = "caps,duty,absences,wishes,sequences,skills,ledger"
AGENCY = f"{SEQUENCES},agency"

PROVEN = [(102, 4, SEQUENCES), (300, 2, SEQUENCES), (500, 4, SEQUENCES), (1_000, 1, SEQUENCES), (150, 4, AGENCY), (3_000, 1, AGENCY)]
"""People, weeks and rules of instances that are proven in 0.1 to 5 CPU seconds."""

LARGE = [*PROVEN, (1_000, 4, SEQUENCES), (300, 13, SEQUENCES), (60, 8, SEQUENCES), (10_000, 1, SEQUENCES), (3_000, 2, AGENCY)]
"""And some that a limit of seconds is too short for."""

LATEST_S = 1.0
"""How long after a limit the end may come."""


def made(folder: Path, staff: int, weeks: int, families: str, seed: int = 1) -> Instance:
    """A generated instance."""
    generate(GenerateOptions(staff, weeks, seed, parse_families(families.split(",")))).write(folder)
    return load_instance(folder / "instance.yaml")


def solved(instance: Instance, limit_s: float | None, engine: Engine = Engine.AUTO) -> tuple[Result, float]:
    """The result of one worker, and the CPU seconds that it took."""
    with by_cpu():
        begin = time.monotonic()
        result = solve(instance, SolveOptions(time_limit_s=limit_s, workers=1, engine=engine))
        return result, time.monotonic() - begin


def twice_is_enough(instance: Instance) -> None:
    """Hold the promise of a proof."""
    first, seconds = solved(instance, None)
    again, spent = solved(instance, 2 * seconds + 1)
    assert first.status in (Status.OPTIMAL, Status.INFEASIBLE)
    assert (again.status, again.tiers) == (first.status, first.tiers)
    assert spent <= 2 * seconds + 1 + LATEST_S


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_shipped_instances_are_proven_in_twice_their_time(path: Path) -> None:
    """What is proven without a limit in some CPU seconds is proven under twice as many and one more."""
    twice_is_enough(load_instance(path))


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("staff", "weeks", "families"), PROVEN)
def test_generated_instances_are_proven_in_twice_their_time(staff: int, weeks: int, families: str, seed: int, tmp_path: Path) -> None:
    """The same for sequences, skills and ledger in units, and under a limit for the whole agency."""
    twice_is_enough(made(tmp_path, staff, weeks, families, seed))


@pytest.mark.parametrize("limit_s", [1.0, 2.0, 5.0])
@pytest.mark.parametrize(("staff", "weeks", "families"), LARGE)
def test_a_plan_whenever_cpsat_alone_has_one(staff: int, weeks: int, families: str, limit_s: float, tmp_path: Path) -> None:
    """There is a plan under a limit whenever CP-SAT alone finds one under it, and the end comes soon after it.

    Libraries are loaded before: a process does that once, and CP-SAT alone needs fewer.
    """
    warm_up()
    instance = made(tmp_path, staff, weeks, families)
    (mine, spent), (other, _) = solved(instance, limit_s), solved(instance, limit_s, Engine.CPSAT)
    has_plan = [all(part.status in (Status.OPTIMAL, Status.FEASIBLE) for part in result.parts) for result in (mine, other)]
    assert has_plan[0] or not has_plan[1]
    assert spent <= limit_s + LATEST_S

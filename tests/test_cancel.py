"""A cancel ends every stage within half a second, told in CPU seconds: other work may take the cores meanwhile."""

from __future__ import annotations

import asyncio
import importlib
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from giliran import Instance, Progress, Result, SolveOptions, load_instance, solve, solve_async, solve_iter
from giliran import generate as in_memory
from giliran.generating import GenerateOptions, generate, parse_families
from giliran.solving import Engine

pytestmark = pytest.mark.slow

SOON_S = 0.5

PLAIN = "caps,duty,absences,wishes"
SEQUENCES = f"{PLAIN},sequences,skills,ledger"
UNITS, AGENCY, FLOWS, MONTH, QUARTER = (
    (10_000, 1, SEQUENCES),
    (10_000, 1, f"{SEQUENCES},agency"),
    (20_000, 1, f"{PLAIN},agency"),
    (1_000, 4, SEQUENCES),
    (300, 13, SEQUENCES),
)

STAGES = [
    ("giliran.engine.run:split", UNITS, Engine.AUTO),
    ("giliran.engine.flow.tierwise:_cheapest_of", FLOWS, Engine.AUTO),
    ("giliran.engine.dispatch.tasks:_shown", AGENCY, Engine.AUTO),
    ("giliran.engine.columns.sequence:relax_choices", AGENCY, Engine.AUTO),
    ("giliran.engine.columns.sequence:relax_choices", UNITS, Engine.AUTO),
    ("giliran.engine.columns.sequence:listing_of", MONTH, Engine.AUTO),
    ("giliran.engine.columns.sequence:aggregate", UNITS, Engine.AUTO),
    ("giliran.engine.columns.turns:search_whole", MONTH, Engine.AUTO),
    ("giliran.engine.columns.sequence:with_graphs", QUARTER, Engine.AUTO),
    ("giliran.engine.columns.generation:priced_by_paths", QUARTER, Engine.AUTO),
    ("giliran.engine.columns.turns:search_whole", QUARTER, Engine.AUTO),
    ("giliran.engine.columns.rounds:improved", QUARTER, Engine.AUTO),
    ("giliran.engine.cpsat.search:Encoding", AGENCY, Engine.CPSAT),
    ("giliran.engine.cpsat.search:call", MONTH, Engine.CPSAT),
    ("giliran.engine.duty.joint_naming:name_all", UNITS, Engine.AUTO),
]


@pytest.mark.parametrize("after_s", [0.0, 0.1, 0.3])
@pytest.mark.parametrize(("place", "size", "engine"), STAGES)
def test_a_cancel_ends_every_stage(
    place: str, size: tuple[int, int, str], engine: Engine, after_s: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the moment when somebody cancels, some time after a stage has begun, to the result."""
    staff, weeks, families = size
    generate(GenerateOptions(staff, weeks, 1, parse_families(families.split(",")))).write(tmp_path)
    instance = load_instance(tmp_path / "instance.yaml")
    solve(instance, SolveOptions(time_limit_s=0.1, engine=engine))  # loads whatever is loaded once
    cancel, told = threading.Event(), list[float]()

    def press() -> None:
        told.append(time.process_time())
        cancel.set()

    module, _, name = place.partition(":")
    owner = importlib.import_module(module)
    original, timer = getattr(owner, name), threading.Timer(after_s, press)

    def stage(*args: Any, **kwargs: Any) -> Any:
        if not timer.ident:
            timer.start()
        return original(*args, **kwargs)

    monkeypatch.setattr(owner, name, stage)
    solve(instance, SolveOptions(workers=1, engine=engine), cancel=cancel)
    ended = time.process_time()
    timer.cancel()
    assert timer.ident, "the stage was never reached"
    assert not told or ended - told[0] <= SOON_S


def endless() -> Instance:
    """An instance that is planned at once and not proven in minutes."""
    return in_memory(100, 13, families=SEQUENCES.split(","))


def test_closing_ends_the_search() -> None:
    """From the moment when whoever looked at plans stops looking, to the end of the search."""
    plans = solve_iter(endless(), SolveOptions(workers=1))
    next(plans)
    told = time.process_time()
    plans.close()
    assert time.process_time() - told <= SOON_S


def test_a_cancelled_task_ends_its_search() -> None:
    """From the moment when the task is cancelled to the end of the search."""
    told: list[float] = []

    async def main() -> None:
        def stop(_: Progress) -> None:
            told.append(time.process_time())
            task.cancel()

        task: asyncio.Task[Result] = asyncio.create_task(solve_async(endless(), SolveOptions(workers=1), progress=stop))
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert time.process_time() - told[0] <= SOON_S

"""One measured run in a process of its own: `python -m benchmarks.one INSTANCE` prints one line of JSON."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import click

from benchmarks.alone import ALONE, left_out
from benchmarks.following import Follower
from benchmarks.memory import peak_mb, workers_peak_mb
from giliran.cli.executors import on_this_machine
from giliran.domain.status import Status
from giliran.engine.base.outcome import Method
from giliran.files.loading import load_instance
from giliran.files.writing import export
from giliran.solving import SolveOptions, solve


@click.command()
@click.argument("instance", type=click.Path(exists=True, path_type=Path))
@click.option("--alone", type=click.Choice(sorted(ALONE)), default=None, help="One method alone instead of all.")
@click.option("--seed", type=int, default=None)
@click.option("--workers", type=int, required=True)
@click.option("--time-limit", type=float, required=True)
def main(instance: Path, alone: str | None, seed: int | None, workers: int, time_limit: float) -> None:
    """Load, solve and audit one instance, write its plan and print what it took.

    `total` is from the files to the audited plan, `written` to the written one.
    """
    start = time.perf_counter()
    loaded = load_instance(instance)
    load_s = time.perf_counter() - start
    follower = Follower()
    with on_this_machine(loaded, workers) as place:
        without = frozenset[Method]() if alone is None else left_out(alone)
        options = SolveOptions(time_limit_s=time_limit, workers=workers, seed=seed, without=without)
        result = solve(loaded, options, executor=place.executor, progress=follower)
        total_s = time.perf_counter() - start
        workers_mb = workers_peak_mb()
    cpu = follower.cpu_s
    tiers = [tier.name for tier in result.tiers]
    with tempfile.TemporaryDirectory() as folder:
        export(result, Path(folder) / "plan.csv")
    written_s = time.perf_counter() - start
    facts = loaded.facts
    line = {
        "staff": facts.num_people,
        "days": facts.num_days,
        "free_cells": int(loaded.view.free.sum()),
        "parts": len(result.parts),
        "largest_part": max((len(part.people) for part in result.parts), default=0),
        "status": result.status.value,
        "planned_parts": sum(bool(part.tiers) for part in result.parts),
        "proven_parts": sum(part.status is Status.OPTIMAL for part in result.parts),
        "proven_tiers": sum(tier.proven for tier in result.tiers),
        "tiers": {tier.name: [tier.value, tier.bound] for tier in result.tiers},
        "seconds": {"load": load_s, **result.seconds, "total": total_s, "written": written_s},
        "reached": follower.reached(tiers),
        "reached_cpu": follower.reached_cpu(tiers),
        "cpu_s": cpu,
        "peak_mb": peak_mb() + workers_mb,
        "seed": result.seed,
        "workers": workers,
        "versions": dict(result.versions),
    }
    json.dump(line, sys.stdout)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()

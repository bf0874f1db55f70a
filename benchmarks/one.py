"""One measured run in a process of its own: `python -m benchmarks.one INSTANCE` prints one line of JSON."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import click

from benchmarks.memory import peak_mb, workers_peak_mb
from giliran.cli.executors import on_this_machine
from giliran.files.loading import load_instance
from giliran.files.writing import export
from giliran.solving import SolveOptions, solve


@click.command()
@click.argument("instance", type=click.Path(exists=True, path_type=Path))
@click.option("--seed", type=int, default=None)
@click.option("--workers", type=int, required=True)
@click.option("--time-limit", type=float, required=True)
def main(instance: Path, seed: int | None, workers: int, time_limit: float) -> None:
    """Load, solve and audit one instance, write its plan and print what it took.

    `total` is from the files to the audited plan, `written` to the written one.
    """
    start = time.perf_counter()
    loaded = load_instance(instance)
    load_s = time.perf_counter() - start
    with on_this_machine(loaded, workers) as place:
        options = SolveOptions(time_limit_s=time_limit, workers=workers, seed=seed)
        result = solve(loaded, options, executor=place.executor)
        total_s = time.perf_counter() - start
        workers_mb = workers_peak_mb()
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
        "proven_tiers": sum(tier.proven for tier in result.tiers),
        "tiers": {tier.name: [tier.value, tier.bound] for tier in result.tiers},
        "seconds": {"load": load_s, **result.seconds, "total": total_s, "written": written_s},
        "peak_mb": peak_mb() + workers_mb,
        "seed": result.seed,
        "workers": workers,
        "versions": dict(result.versions),
    }
    json.dump(line, sys.stdout)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()

"""The bounds of an instance alone: `python -m benchmarks.bounding INSTANCE` prints one line of JSON.

Plans of long horizons are made better as long as there is time; what grows with the horizon by itself is the work for the bounds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np

from benchmarks.alone import BOUNDS
from benchmarks.memory import peak_mb
from giliran.domain.lottery import default_seed, lottery_order
from giliran.engine.base.tiers import spans_of
from giliran.engine.columns.relaxation import ColumnResult, bounds_only, plan_over_cells
from giliran.engine.presolve.split import split
from giliran.files.loading import load_instance
from giliran.instance import Instance
from giliran.preparing import compile_program
from giliran.versions import versions

DAYS_IN_WEEK = 7


@click.command()
@click.argument("instance", type=click.Path(exists=True, path_type=Path))
@click.option("--seed", type=int, default=None)
@click.option("--workers", type=int, required=True, help="Not used: parts follow each other in one thread.")
@click.option("--time-limit", type=float, required=True)
def main(instance: Path, seed: int | None, workers: int, time_limit: float) -> None:
    """Bound every tier of every part, and print how many CPU seconds it took."""
    loaded = load_instance(instance)
    facts = loaded.facts
    drawn = default_seed(facts.dates[0]) if seed is None else seed
    begin, begin_cpu_s = time.perf_counter(), time.process_time()
    found = list(bounds_of_parts(loaded, drawn, time.monotonic() + time_limit))
    line = {
        "staff": facts.num_people,
        "days": facts.num_days,
        "parts": len(found),
        "status": "stopped" if any(one.hurried for one in found) else BOUNDS,
        "bounds": np.sum([one.bounds for one in found], axis=0).tolist() if found else [],
        "seconds": {"solve": time.perf_counter() - begin},
        "cpu_s": time.process_time() - begin_cpu_s,
        "peak_mb": peak_mb(),
        "seed": drawn,
        "workers": 1,
        "versions": versions(),
    }
    json.dump(line, sys.stdout)
    sys.stdout.write("\n")


def bounds_of_parts(instance: Instance, seed: int, deadline: float) -> Iterator[ColumnResult]:
    """What relaxations prove about each part that can have a plan; sums leave out what no part decides."""
    facts = instance.facts
    program = compile_program(instance)
    order = lottery_order(facts.staff.ids, seed, facts.dates[0])
    weeks = (facts.dates[0].weekday() + np.arange(facts.num_days)) // DAYS_IN_WEEK
    for part in split(program, order).parts:
        if not part.broken and part.num_columns and len(spans_of(part).active()):
            people, day = np.divmod(part.cells, facts.num_days)
            first = plan_over_cells(part, people, day, weeks, deadline=deadline)
            yield bounds_only(part, people, day, weeks, deadline=deadline, plan=first.x)


if __name__ == "__main__":
    main()

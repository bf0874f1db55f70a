"""`python -m benchmarks linear`: how load, compile and audit grow with what stands in the files many times."""

from __future__ import annotations

import datetime as dt
import math
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

import click

from benchmarks.inputs import INPUTS, write_instance
from benchmarks.measure import Record, append, commit, machine, stored
from benchmarks.tables import NOTHING
from giliran.audit import audit
from giliran.domain.schedule import schedule_of
from giliran.files.loading import load_instance
from giliran.preparing import compile_program

SUITE = "linear"
STAGES = ("load", "compile", "audit")
SIZES = (1_000, 10_000)
PEOPLE = 2_000
"""People of every instance: they are the same however often something is said."""

NOTICED_S = 0.1
"""CPU seconds above those without any, below which a stage has no exponent."""

NOISE_S = 0.02
"""What two runs may differ by: the first size counts for so much at least."""

AIM = 1.1
"""Largest exponent that is aimed at."""

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What comes of some work, and its CPU seconds; other programs of the machine do not count."""
    begin = time.process_time()
    done = work()
    return done, time.process_time() - begin


def measure(kind: str, many: int, people: int) -> dict[str, float]:
    """CPU seconds of each stage for one instance; the plan that is audited has everybody in the office."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_instance(kind, many, people, Path(folder))
        instance, load = timed(lambda: load_instance(path))
    _, compiled = timed(lambda: compile_program(instance))
    plan = schedule_of(instance.facts, instance.facts.present)
    _, audited = timed(lambda: audit(instance, plan))
    return dict(zip(STAGES, (load, compiled, audited), strict=True))


def exponent(sizes: Sequence[int], seconds: Sequence[float], without: float) -> float | None:
    """Slope between the logarithms of the first and the last size, less what it takes without any; None where that is next to nothing."""
    least, most = max(seconds[0] - without, NOISE_S), seconds[-1] - without
    if most < NOTICED_S:
        return None
    return math.log(most / least) / math.log(sizes[-1] / sizes[0])


def records(kinds: Sequence[str], sizes: Sequence[int], people: int) -> Iterator[Record]:
    """One record for each kind of input; the commit is that of the beginning, whatever happens to the tree meanwhile."""
    measured = commit()
    for kind in kinds:
        measure(kind, sizes[0] // 10, people)  # what is loaded and kept once
        runs = [measure(kind, many, people) for many in (0, *sizes)]
        columns = {stage: [run[stage] for run in runs] for stage in STAGES}
        yield {
            "suite": SUITE,
            "when": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "commit": measured,
            "machine": machine(),
            "versions": {"python": platform.python_version(), **{name: version(name) for name in ("numpy", "pydantic", "PyYAML")}},
            "case": kind,
            "people": people,
            "sizes": [0, *sizes],
            "cpu_seconds": columns,
            "exponents": {stage: exponent(sizes, column[1:], column[0]) for stage, column in columns.items()},
        }


def linear_table(found: Sequence[Record]) -> str:
    """One row per kind of input: CPU seconds at the largest size, and the exponent."""
    if not found:
        return NOTHING
    lines = ["| input | " + " | ".join(f"{stage}, s (exponent)" for stage in STAGES) + " |", "| --- | --- | --- | --- |"]
    for record in found:
        cells = [f"{record['cpu_seconds'][stage][-1]:.2f} ({_said(record['exponents'][stage])})" for stage in STAGES]
        lines.append(f"| {record['sizes'][-1]:,} {record['case']} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _said(slope: float | None) -> str:
    return "–" if slope is None else f"{slope:.2f}"


@click.command()
@click.option("--sizes", default=",".join(map(str, SIZES)), show_default=True, help="How often, smallest first.")
@click.option("--people", default=PEOPLE, show_default=True, type=click.IntRange(10), help="People of every instance.")
@click.option("--only", default="", help="Only inputs whose name contains this.")
@click.option("--no-store", is_flag=True, help="Print only.")
@click.option("--report", is_flag=True, help="Print the newest stored figures instead.")
def linear(sizes: str, people: int, only: str, no_store: bool, report: bool) -> None:
    """Measure how load, compile and audit grow; ends with 1 where something grows faster than it may."""
    if report:
        click.echo(linear_table(list({record["case"]: record for record in stored(SUITE)}.values())))
        return
    found = []
    for record in records([kind for kind in INPUTS if only in kind], [int(size) for size in sizes.split(",")], people):
        found.append(record)
        click.echo(linear_table([record]).splitlines()[-1], err=True)
        if not no_store:
            append(record, SUITE)
    click.echo(linear_table(found))
    steep = [(r["case"], stage) for r in found for stage, slope in r["exponents"].items() if slope is not None and slope > AIM]
    for case, stage in steep:
        click.echo(f"{case}: {stage} grows faster than with exponent {AIM}", err=True)
    if steep:
        sys.exit(1)

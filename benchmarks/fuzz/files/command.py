"""`python -m benchmarks fuzz --files`: mutated files of every kind."""

from __future__ import annotations

import datetime as dt
import math
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from benchmarks.fuzz.files.cases import cases
from benchmarks.fuzz.files.findings import Saved, said_of
from benchmarks.fuzz.files.running import Run, run
from benchmarks.fuzz.files.trying import STRIDE, Drawn
from benchmarks.fuzz.files.workers import Limits
from benchmarks.measure import append, commit, machine
from giliran.versions import versions

SUITE = "fuzz-files"


def fuzz_files(minutes: float | None, count: int | None, seed: int, workers: int, findings: Path, limits: Limits, *, store: bool) -> None:
    """Mutate, print, store; ends with 1 where something was found."""
    start = time.monotonic()
    about = _about() if store else {}
    numbers = range(seed * STRIDE, seed * STRIDE + (STRIDE if count is None else count))
    until = math.inf if minutes is None else start + 60 * minutes
    done = run(Drawn(cases()), numbers, findings, until=until, workers=workers, limits=limits, tell=_tell)
    seconds = time.monotonic() - start
    _print(done, seed, seconds)
    if store:
        append({**about, "seed": seed, "seconds": round(seconds, 1), "workers": workers, **done.record}, SUITE)
    if done.faults:
        sys.exit(1)


def _about() -> Mapping[str, Any]:
    """When and on what a run begins; the tree may change while it runs."""
    when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return {"when": when, "commit": commit(), "machine": machine(), "versions": versions()}


def replay_files(file: Path, limits: Limits) -> None:
    """Try a finding again; ends with 1 where it is still one."""
    saved = Saved(file, cases())
    with tempfile.TemporaryDirectory() as again:
        done = run(saved, range(saved.number, saved.number + 1), Path(again), until=math.inf, limits=limits, tell=lambda line: None)
        for path in done.findings:
            click.echo(said_of(path))
    if done.faults:
        sys.exit(1)
    click.echo("holds")


def _tell(line: str) -> None:
    click.echo(line, err=True)


def _print(done: Run, seed: int, seconds: float) -> None:
    words = ", ".join(f"{count} {word}" for word, count in sorted(done.words.items()))
    click.echo(f"seed {seed}: {done.mutations} mutations in {seconds:.0f} s: {words}")
    for kind, count in done.faults.most_common():
        click.echo(f"{count} × {kind}")

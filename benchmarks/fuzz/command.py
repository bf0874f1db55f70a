"""`python -m benchmarks fuzz`: minutes of random instances against the oracle."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from benchmarks.fuzz.replaying import replay
from benchmarks.fuzz.running import run
from benchmarks.measure import append, commit, machine
from giliran.versions import versions

FINDINGS = Path("fuzz-findings")
MINUTES = 2.0
MEMORY_MB = 1_000


@click.command()
@click.option("--files", is_flag=True, help="Mutated files of every kind, held against what readers promise, instead.")
@click.option("--minutes", type=click.FloatRange(0, min_open=True), help="How long; 2 when neither this nor --count is given.")
@click.option("--count", type=click.IntRange(1), help="How many mutations, with --files.")
@click.option("--seed", type=click.IntRange(0), help="Which instances; the date when left out.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes.")
@click.option(
    "--findings", default=FINDINGS, show_default=True, type=click.Path(file_okay=False, path_type=Path), help="A folder for findings."
)
@click.option("--replay", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Try a finding again instead.")
@click.option("--memory", type=click.IntRange(1), help=f"Megabytes for one mutation, with --files; {MEMORY_MB} when left out.")
@click.option("--no-store", is_flag=True, help="Print only.")
def fuzz(
    files: bool,
    minutes: float | None,
    count: int | None,
    seed: int | None,
    workers: int,
    findings: Path,
    file: Path | None,
    memory: int | None,
    no_store: bool,
) -> None:
    """Random instances over all kinds and fields against a brute-force oracle; ends with 1 where the two disagree."""
    if not files and (count or memory):
        raise click.UsageError("--count and --memory go with --files")
    seed = int(dt.datetime.now(dt.UTC).strftime("%Y%m%d")) if seed is None else seed
    if files:
        from benchmarks.fuzz.files.command import fuzz_files, replay_files
        from benchmarks.fuzz.files.workers import Limits

        limits = Limits(memory or MEMORY_MB)
        if file is not None:
            replay_files(file, limits)
        else:
            fuzz_files(minutes or (None if count else MINUTES), count, seed, workers, findings, limits, store=not no_store)
    elif file is not None:
        _again(file)
    else:
        _compare(seed, minutes or MINUTES, workers, findings, store=not no_store)


def _compare(seed: int, minutes: float, workers: int, findings: Path, *, store: bool) -> None:
    when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    about = {} if not store else {"when": when, "commit": commit(), "machine": machine(), "versions": versions()}
    done = run(seed, minutes, findings, workers=workers)
    click.echo(f"seed {seed}: {done.compared} instances compared, {done.refused} refused, {done.too_large} too large")
    if store:
        append({**about, "seed": seed, "minutes": minutes, "workers": workers, **done.record}, "fuzz")
    for path in done.findings:
        click.echo(f"DISAGREEMENT: {path}")
    if done.findings:
        sys.exit(1)


def _again(file: Path) -> None:
    compared = replay(file)
    for each in compared.disagreements:
        click.echo(f"{each.check}: {each.said}")
    if compared.refused or compared.too_large:
        click.echo("refused as input" if compared.refused else "too many schedules to try")
    if compared.disagreements:
        sys.exit(1)
    click.echo("agrees")

"""`python -m benchmarks fuzz`: minutes of random instances against the oracle."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from benchmarks.fuzz.replaying import replay
from benchmarks.fuzz.running import run
from benchmarks.measure import append, commit, machine
from giliran.solving import versions

FINDINGS = Path("fuzz-findings")


@click.command()
@click.option("--minutes", default=2.0, show_default=True, type=click.FloatRange(0, min_open=True), help="How long.")
@click.option("--seed", type=click.IntRange(0), help="Which instances; the date when left out.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes.")
@click.option(
    "--findings", default=FINDINGS, show_default=True, type=click.Path(file_okay=False, path_type=Path), help="A folder for findings."
)
@click.option("--replay", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Try a finding again instead.")
@click.option("--no-store", is_flag=True, help="Print only.")
def fuzz(minutes: float, seed: int | None, workers: int, findings: Path, file: Path | None, no_store: bool) -> None:
    """Random instances over all kinds and fields against a brute-force oracle; ends with 1 where the two disagree."""
    if file is not None:
        _again(file)
        return
    seed = int(dt.datetime.now(dt.UTC).strftime("%Y%m%d")) if seed is None else seed
    when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    about = {} if no_store else {"when": when, "commit": commit(), "machine": machine(), "versions": versions()}
    done = run(seed, minutes, findings, workers=workers)
    click.echo(f"seed {seed}: {done.compared} instances compared, {done.refused} refused, {done.too_large} too large")
    if not no_store:
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

"""`python -m benchmarks run SUITE` measures; `report` prints the figures, `compare` puts the peers beside them."""

from __future__ import annotations

import sys

import click

from benchmarks.comparison import comparison, contradictions, side_by_side, tier_rows, who
from benchmarks.measure import Protocol, Record, append, run_suite, stored
from benchmarks.peers.registry import PEERS
from benchmarks.suites import ROOT, SUITES
from benchmarks.tables import latest, table, write_readme


@click.group()
def main() -> None:
    """Measure giliran."""


@main.command()
@click.option("--runs", default=3, show_default=True, help="Runs of every case, with seeds 1, 2, …")
@click.option("--workers", default=2, show_default=True)
@click.option("--budget", default=120.0, show_default=True, help="Seconds of search per run.")
@click.option("--only", default="", help="Only cases whose name contains this.")
@click.option("--no-store", is_flag=True, help="Print only.")
def quick(runs: int, workers: int, budget: float, only: str, no_store: bool) -> None:
    """Circulars, departments, generated 1,000 and 10,000 staff × 5 days."""
    _measure("quick", Protocol(runs, workers, budget), 1.0, only, store=not no_store)


@main.command()
@click.argument("suite", type=click.Choice(sorted(SUITES)))
@click.option("--runs", default=5, show_default=True, help="Runs of every case, with seeds 1, 2, …")
@click.option("--workers", default=2, show_default=True)
@click.option("--budget", default=120.0, show_default=True, help="Seconds of search per run.")
@click.option("--peer", "peers", multiple=True, type=click.Choice(sorted(PEERS)), help="Repeat for several.")
@click.option("--scale", default=1.0, show_default=True, type=click.FloatRange(0, min_open=True), help="Times as many staff; 0.1 to try.")
@click.option("--only", default="", help="Only cases whose name contains this.")
@click.option("--no-store", is_flag=True, help="Print only.")
def run(suite: str, runs: int, workers: int, budget: float, peers: tuple[str, ...], scale: float, only: str, no_store: bool) -> None:
    """Measure a suite, and peers on the same instances."""
    _measure(suite, Protocol(runs, workers, budget, peers), scale, only, store=not no_store)


@main.command()
@click.argument("suite", type=click.Choice(sorted(SUITES)), default="quick")
@click.option("--readme", is_flag=True, help="Write the table into README.md.")
def report(suite: str, readme: bool) -> None:
    """Print the table of the newest stored runs."""
    text = table(latest(stored(suite)))
    click.echo(text)
    if readme:
        write_readme(ROOT / "README.md", text)


@main.command()
@click.argument("suites", nargs=-1, type=click.Choice(sorted(SUITES)))
@click.option("--tiers", is_flag=True, help="Also value and bound of every tier in every run.")
def compare(suites: tuple[str, ...], tiers: bool) -> None:
    """Print giliran and its peers side by side, from the newest stored runs with peers (default: every suite that has been run)."""
    for suite in suites or tuple(name for name in SUITES if stored(name)):
        records = side_by_side(stored(suite))
        click.echo(f"{comparison(records)}\n")
        if tiers:
            click.echo(f"{tier_rows(records)}\n")


def _measure(suite: str, protocol: Protocol, scale: float, only: str, *, store: bool) -> None:
    """Measure, store, print; ends with 1 when somebody has what another has proven impossible."""
    cases = [case for case in SUITES[suite](scale) if only in case.name]
    records: list[Record] = []
    for record in run_suite(suite, cases, protocol):
        records.append(record)
        seconds = record.get("seconds", {}).get("solve")
        took = f", solve stage {seconds:.2f} s" if seconds is not None else "".join(f", {line}" for line in record.get("error", []))
        click.echo(f"{record['case']} seed {record['run']}, {who(record)}: {record['status']}{took}", err=True)
        if store:
            append(record, suite)
    click.echo(comparison(records) if protocol.peers else table(records))
    bugs = contradictions(records)
    for said in bugs:
        click.echo(f"BUG: {said}", err=True)
    if bugs:
        sys.exit(1)


if __name__ == "__main__":
    main()

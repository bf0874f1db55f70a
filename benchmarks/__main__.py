"""`python -m benchmarks run SUITE` measures; `report` prints the figures, `compare` puts the peers beside them; `fuzz` looks for faults."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from benchmarks.alone import ALONE, BOUNDS
from benchmarks.comparison import comparison, contradictions, side_by_side, tier_rows, who
from benchmarks.desk import desk
from benchmarks.fuzz.command import fuzz
from benchmarks.holding import holds_table
from benchmarks.linear import linear
from benchmarks.measure import Record, append, run_suite, stored
from benchmarks.paper import paper
from benchmarks.peers.registry import PEERS
from benchmarks.plots import NoPlotsError, draw
from benchmarks.protocols import PROTOCOLS, Protocol
from benchmarks.readme import write_readmes
from benchmarks.serving import serve
from benchmarks.shaping import SUITE as SHAPES
from benchmarks.showing import COMPARED, newest, suite_table
from benchmarks.suites import ROOT, SUITES, Case, beside
from benchmarks.whatif import whatif


@click.group()
def main() -> None:
    """Measure giliran."""


@main.command()
@click.option("--runs", type=click.IntRange(1), help="Runs of every case, with seeds 1, 2, …")
@click.option("--workers", type=click.IntRange(1), help="Threads.")
@click.option("--budget", type=float, help="Seconds of search per run.")
@click.option("--only", default="", help="Only cases whose name contains this.")
@click.option("--no-store", is_flag=True, help="Print only.")
def quick(runs: int | None, workers: int | None, budget: float | None, only: str, no_store: bool) -> None:
    """Circulars, departments, generated 1,000 and 10,000 staff × 5 days."""
    if _measure("quick", SUITES["quick"](1.0), _given("quick", runs=runs, workers=workers, budget_s=budget), only, store=not no_store):
        sys.exit(1)


@main.command()
@click.argument("suites", nargs=-1, required=True, type=click.Choice(sorted(SUITES)))
@click.option("--runs", type=click.IntRange(1), help="Runs of every case, with seeds 1, 2, …")
@click.option("--workers", type=click.IntRange(1), help="Threads.")
@click.option("--budget", type=float, help="Seconds of search per run.")
@click.option("--peer", "peers", multiple=True, type=click.Choice([*sorted(PEERS), *ALONE, BOUNDS]), help="Only these; repeat for several.")
@click.option("--no-peers", is_flag=True, help="Giliran alone.")
@click.option("--scale", default=1.0, show_default=True, type=click.FloatRange(0, min_open=True), help="Times as many staff; 0.1 to try.")
@click.option("--only", default="", help="Only cases whose name contains this.")
@click.option(
    "--also",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="With shapes: instance files, or folders of them, too.",
)
@click.option("--no-store", is_flag=True, help="Print only.")
def run(
    suites: tuple[str, ...],
    runs: int | None,
    workers: int | None,
    budget: float | None,
    peers: tuple[str, ...],
    no_peers: bool,
    scale: float,
    only: str,
    also: tuple[Path, ...],
    no_store: bool,
) -> None:
    """Measure suites, and peers on the same instances. What is not given is as the protocol of each suite has it."""
    if peers and no_peers:
        raise click.UsageError("--peer and --no-peers exclude each other")
    if also and SHAPES not in suites:
        raise click.UsageError(f"--also is for {SHAPES}")
    asked = () if no_peers else peers or None
    bugs = []
    for suite in suites:
        protocol = _given(suite, runs=runs, workers=workers, budget_s=budget, peers=asked)
        cases = [*SUITES[suite](scale), *(beside(also) if suite == SHAPES else ())]
        bugs += _measure(suite, cases, protocol if asked is None else replace(protocol, peer_runs=None), only, store=not no_store)
    if bugs:
        sys.exit(1)


@main.command()
@click.argument("suite", type=click.Choice(sorted(SUITES)), default="quick")
@click.option("--readme", is_flag=True, help="Write the tables of all suites into benchmarks/README.md and README.md instead.")
@click.option("--plots", type=click.Path(file_okay=False, path_type=Path), help="Draw all suites into this folder instead.")
def report(suite: str, readme: bool, plots: Path | None) -> None:
    """Print the table of the newest stored runs of a suite."""
    if readme:
        write_readmes(ROOT, stored)
    if plots is not None:
        try:
            drawn = draw(stored, plots)
        except NoPlotsError as error:
            raise click.ClickException(str(error)) from error
        for path in drawn:
            click.echo(str(path))
    if not readme and plots is None:
        click.echo(suite_table(suite, newest(suite, [run for run in stored(suite) if suite not in COMPARED or "peer" not in run])))


@main.command()
def holds() -> None:
    """Print which figures hold, from the newest stored runs."""
    click.echo(holds_table(stored))


@main.command()
@click.argument("suites", nargs=-1, type=click.Choice(sorted(SUITES)))
@click.option("--tiers", is_flag=True, help="Also value and bound of every tier in every run.")
def compare(suites: tuple[str, ...], tiers: bool) -> None:
    """Print giliran and its peers side by side, from the newest stored runs with peers (default: every suite that has been run)."""
    for suite in suites or tuple(name for name in SUITES if stored(name)):
        records = side_by_side(stored(suite))
        click.echo(f"{comparison(records) if suite in COMPARED else suite_table(suite, records)}\n")
        if tiers:
            click.echo(f"{tier_rows(records)}\n")


main.add_command(fuzz)
main.add_command(linear)
main.add_command(whatif)
main.add_command(desk)
main.add_command(serve)
main.add_command(paper)


def _given(suite: str, **options: Any) -> Protocol:
    """The suite's protocol with what was given instead."""
    return replace(PROTOCOLS[suite], **{name: value for name, value in options.items() if value is not None})


def _measure(suite: str, cases: Sequence[Case], protocol: Protocol, only: str, *, store: bool) -> list[str]:
    """Measure, store, print; what somebody has although another has proven it impossible."""
    records: list[Record] = []
    for record in run_suite(suite, [case for case in cases if only in case.name], protocol):
        records.append(record)
        seconds = record.get("seconds", {}).get("solve")
        took = f", solve stage {seconds:.2f} s" if seconds is not None else "".join(f", {line}" for line in record.get("error", []))
        click.echo(f"{record['case']} seed {record['run']}, {who(record)}: {record['status']}{took}", err=True)
        if store:
            append(record, suite)
    click.echo(suite_table(suite, records))
    bugs = contradictions(records)
    for said in bugs:
        click.echo(f"BUG: {said}", err=True)
    return bugs


if __name__ == "__main__":
    main()

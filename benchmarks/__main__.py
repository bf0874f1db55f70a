"""`python -m benchmarks quick` measures; `python -m benchmarks report` prints and writes the README's table."""

from __future__ import annotations

import click

from benchmarks.measure import append, run_suite, stored
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
    _measure("quick", runs, workers, budget, only, no_store)


@main.command()
@click.argument("suite", type=click.Choice(sorted(SUITES)), default="quick")
@click.option("--readme", is_flag=True, help="Write the table into README.md.")
def report(suite: str, readme: bool) -> None:
    """Print the table of the newest stored runs."""
    text = table(latest(stored(suite)))
    click.echo(text)
    if readme:
        write_readme(ROOT / "README.md", text)


def _measure(suite: str, runs: int, workers: int, budget: float, only: str, no_store: bool) -> None:
    cases = [case for case in SUITES[suite]() if only in case.name]
    records = []
    for record in run_suite(suite, cases, runs=runs, workers=workers, budget_s=budget):
        records.append(record)
        seconds = record.get("seconds", {}).get("total")
        click.echo(f"{record['case']} run {record['run']}: {record['status']}" + (f", {seconds:.2f} s" if seconds else ""), err=True)
        if not no_store:
            append(record, suite)
    click.echo(table(records))


if __name__ == "__main__":
    main()

"""`python -m benchmarks desk`: from the list of the personnel office to the plan as a workbook, in two commands of the shell (B6)."""

from __future__ import annotations

import datetime as dt
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import click

from benchmarks.measure import Record, append, commit, environment, machine, stored
from benchmarks.nominative import raw_list
from benchmarks.tables import NOTHING, spread
from giliran.versions import versions

SUITE = "desk"
STAFF = 200
RUNS = 5
AIM_S = 2.0
"""Wall seconds of the second command."""
LANG = "id"


def measure(staff: int, seed: int) -> Record:
    """Both commands, timed from outside; then the plan is read back from its workbook and checked, which is not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "daftar.xlsx").write_bytes(raw_list(staff, seed))
        new = _timed(["new", "--staff", "daftar.xlsx", "--yes", "-o", "dinas.xlsx"], folder)
        plan = _timed(["solve", "dinas.xlsx", "-o", "jadwal.xlsx"], folder)
        checked = _timed(["check", "dinas.xlsx", "jadwal.xlsx"], folder)
    return {
        "staff": staff,
        "seed": seed,
        "new_s": new[0],
        "new_cpu_s": new[1],
        "solve_s": plan[0],
        "solve_cpu_s": plan[1],
        "codes": [new[2], plan[2], checked[2]],
        "versions": versions(),
    }


def _timed(words: Sequence[str], folder: Path) -> tuple[float, float, int]:
    """Wall and CPU seconds of a command in a folder, and its exit code."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    env = {**environment(), "GILIRAN_LANG": LANG, "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    code = subprocess.run([sys.executable, "-m", "giliran", *words], cwd=folder, env=env, capture_output=True, check=False).returncode
    wall, now = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime, code


def records(staff: int, runs: int) -> Iterator[Record]:
    """A record for every seed, each with another list."""
    about = {"suite": SUITE, "when": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), "commit": commit(), "machine": machine()}
    for seed in range(1, runs + 1):
        yield {**about, "case": f"B6 {staff}", "run": seed, "aim_s": AIM_S, **measure(staff, seed)}


def desk_table(found: Sequence[Record]) -> str:
    """What each command takes, and whether the figure is reached in the median run."""
    if not found:
        return NOTHING
    found = [record for record in found if record["when"] == found[-1]["when"]]
    first = found[0]
    good = sum(not any(record["codes"]) for record in found)
    solve = [record["solve_s"] for record in found]
    held = median(solve) <= first["aim_s"] and good == len(found)
    cells = [
        first["case"],
        f"{good} of {len(found)}",
        spread([record["new_s"] for record in found]),
        spread(solve),
        spread([record["solve_cpu_s"] for record in found]),
        f"≤ {first['aim_s']:g}",
        "yes" if held else "**no**",
    ]
    head = [
        "| what | planned and clean | `new`, seconds | `solve`, seconds | CPU seconds | aim | holds |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    about = f"Median (smallest–largest) of {len(found)} seeds; {first['machine']['cpu']}, {first['machine']['cores']} cores; "
    about += f"{', '.join(f'{name} {number}' for name, number in first['versions'].items())}; commit {first['commit']}."
    return "\n".join([*head, f"| {' | '.join(cells)} |", "", about])


@click.command()
@click.option("--staff", default=STAFF, show_default=True, type=click.IntRange(12), help="People of the agency.")
@click.option("--runs", default=RUNS, show_default=True, type=click.IntRange(1), help="Seeds 1, 2, …: another list for each.")
@click.option("--no-store", is_flag=True, help="Print only.")
@click.option("--report", is_flag=True, help="Print the newest stored figures instead.")
def desk(staff: int, runs: int, no_store: bool, report: bool) -> None:
    """Measure the way from a raw list to a plan workbook; ends with 1 where a command fails or the plan is not clean."""
    if report:
        click.echo(desk_table(stored(SUITE)))
        return
    found = []
    for record in records(staff, runs):
        found.append(record)
        click.echo(f"seed {record['run']}: new {record['new_s']:.2f} s, solve {record['solve_s']:.2f} s, codes {record['codes']}", err=True)
        if not no_store:
            append(record, SUITE)
    click.echo(desk_table(found))
    if any(any(record["codes"]) for record in found):
        sys.exit(1)

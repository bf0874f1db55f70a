"""`python -m benchmarks serve`: changed days on the local page, asked over a socket of a process of its own."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import click

from benchmarks.measure import Record, append, commit, environment, machine, stored
from benchmarks.tables import NOTHING, spread
from giliran import check, load_instance, read_schedule
from giliran.generating import Family
from giliran.versions import versions

SUITE = "serve"
STAFF, WEEKS, RUNS, CHANGES = 1000, 4, 3, 50
AIM_S = 0.3
"""Wall seconds of a change, the slowest one of a run."""
FAMILIES = {"caps, duty, absences, wishes": (), "all families": tuple(Family)}


def measure(staff: int, families: Sequence[Family], seed: int) -> Record:
    """Change days at random, one after the other; in the end the page's audit is held against that of the saved workbook."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        more = ["--family", ",".join(families)] if families else []
        _run(folder, "generate", "--staff", str(staff), "--weeks", str(WEEKS), "--seed", str(seed), *more, "-o", "i.yaml")
        _run(folder, "solve", "i.yaml", "-o", "plan.csv", "--time-limit", "30")
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        walls, answers = _changes(folder, seed)
        now = resource.getrusage(resource.RUSAGE_CHILDREN)
        saved = folder / answers["saved"]["file"]
        instance = load_instance(folder / "i.yaml")
        same = dict(check(instance, read_schedule(saved, instance)).tiers) == answers["state"]["tiers"]
    cpu = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    return {"staff": staff, "seed": seed, "change_s": walls, "process_cpu_s": cpu, "same": same, "versions": versions()}


def _run(folder: Path, *words: str) -> None:
    env = {**environment(), "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    subprocess.run([sys.executable, "-m", "giliran", *words], cwd=folder, env=env, capture_output=True, check=True)


def _changes(folder: Path, seed: int) -> tuple[list[float], dict[str, Any]]:
    env = {**environment(), "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    command = [sys.executable, "-m", "giliran", "serve", "i.yaml", "plan.csv", "--port", "0"]
    with subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        assert running.stdout is not None
        port = int(running.stdout.readline().strip().rstrip("/").rpartition(":")[2])
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        state, walls, dice = _asked(line, "GET", "/api/state"), [], random.Random(seed)
        instance = load_instance(folder / "i.yaml")
        present = [(int(e), int(d)) for e, d in zip(*instance.facts.present.nonzero(), strict=True)]
        for e, d in dice.sample(present, CHANGES):
            place = dice.choice(["office", "rest"])
            cell = {"staff_id": instance.facts.staff.ids[e], "date": instance.facts.dates[d].isoformat(), "place": place}
            begin = time.perf_counter()
            state = _asked(line, "POST", "/api/changes", {"version": state["version"], "cells": [cell]})["state"]
            walls.append(time.perf_counter() - begin)
        saved = _asked(line, "POST", "/api/save", {"version": state["version"]})
        line.close()
        running.send_signal(signal.SIGINT)
        running.wait()
    return walls, {"state": state, "saved": saved}


def _asked(line: http.client.HTTPConnection, method: str, path: str, body: object = None) -> Any:
    line.request(method, path, None if body is None else json.dumps(body), {"content-type": "application/json"})
    answer = line.getresponse()
    text = answer.read()
    if answer.status >= http.client.BAD_REQUEST:
        raise click.ClickException(f"{path}: {answer.status} {text[:500]!r}")
    return json.loads(text)


def records(staff: int, runs: int) -> Iterator[Record]:
    """A record for every seed and choice of families."""
    about = {"suite": SUITE, "when": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), "commit": commit(), "machine": machine()}
    for name, families in FAMILIES.items():
        for seed in range(1, runs + 1):
            yield {**about, "case": f"{staff} × {WEEKS} weeks, {name}", "run": seed, "aim_s": AIM_S, **measure(staff, families, seed)}


def serving_table(found: Sequence[Record]) -> str:
    """What a change takes, and whether the slowest one of each run is in time."""
    if not found:
        return NOTHING
    found = [record for record in found if record["when"] == found[-1]["when"]]
    lines = [
        "| what | audits agree | median change, seconds | slowest change, seconds | aim | holds |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for case in dict.fromkeys(record["case"] for record in found):
        own = [record for record in found if record["case"] == case]
        slowest = [max(record["change_s"]) for record in own]
        held = median(slowest) <= AIM_S and all(record["same"] for record in own)
        cells = [
            case,
            f"{sum(record['same'] for record in own)} of {len(own)}",
            spread([median(record["change_s"]) for record in own]),
            spread(slowest),
            f"≤ {AIM_S:g}",
            "yes" if held else "**no**",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    first = found[0]
    about = f"Median (smallest–largest) of {len(own)} seeds, {CHANGES} changes each; {first['machine']['cpu']}, "
    about += f"{first['machine']['cores']} cores; commit {first['commit']}."
    return "\n".join([*lines, "", about])


@click.command()
@click.option("--staff", default=STAFF, show_default=True, type=click.IntRange(12), help="People.")
@click.option("--runs", default=RUNS, show_default=True, type=click.IntRange(1), help="Seeds 1, 2, …")
@click.option("--no-store", is_flag=True, help="Print only.")
@click.option("--report", is_flag=True, help="Print the newest stored figures instead.")
def serve(staff: int, runs: int, no_store: bool, report: bool) -> None:
    """Measure changes on the local page; ends with 1 where its audit is not that of the saved plan."""
    if report:
        click.echo(serving_table(stored(SUITE)))
        return
    found = []
    for record in records(staff, runs):
        found.append(record)
        click.echo(f"{record['case']} seed {record['run']}: slowest change {max(record['change_s']):.2f} s", err=True)
        if not no_store:
            append(record, SUITE)
    click.echo(serving_table(found))
    if not all(record["same"] for record in found):
        sys.exit(1)

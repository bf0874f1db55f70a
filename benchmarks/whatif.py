"""`python -m benchmarks whatif`: how long changed instances take that are solved from the plan at hand."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import click

from benchmarks.measure import Record, append, commit, environment, machine, stored
from benchmarks.suites import PLAIN
from benchmarks.tables import NOTHING, spread
from giliran.files.loading import load_instance
from giliran.instance import Instance
from giliran.messages import Percent
from giliran.result import Result
from giliran.rules.base import Rule
from giliran.solving import SolveOptions, solve

SUITE = "whatif"
CAP = "own/cap"
"""The limit of generated instances."""

RUNS = 5
WORKERS = 2
CHECKED = 5
"""Changes of every run that are solved from scratch too, and not timed."""

CAPS = 100
UNITS = 20


@dataclass(frozen=True)
class Question:
    """Instances with something changed, one after the other.

    Parameters
    ----------
    name
        Name in tables.
    generate
        Arguments of `giliran generate`; the seed of the run is added.
    changes
        The rules that take the place of others, one for each changed instance.
    aim_s
        Seconds that are aimed at, for all together or for each.
    together
        Whether the aim is about all changes together.
    """

    name: str
    generate: tuple[str, ...]
    changes: Callable[[Instance], Iterator[Rule]]
    aim_s: float
    together: bool


def other_limits(instance: Instance) -> Iterator[Rule]:
    """The limit from 20 % on by steps of half a percent."""
    cap = instance.view.by_id[CAP]
    for step in range(CAPS):
        changed = cap.limited(Percent(2000 + 50 * step), "share")
        assert isinstance(changed, Rule)
        yield changed


def one_unit_each(instance: Instance) -> Iterator[Rule]:
    """The limit of one unit a person tighter, unit by unit, those with most people first."""
    view = instance.view
    cap = view.by_id[CAP]
    [limit] = view.limits_of(cap)
    people = limit.groups.count(limit.counted).sum(axis=1)
    for group in sorted(range(len(people)), key=lambda g: (-people[g], g))[:UNITS]:
        [changed] = cap.eased(-1, view.facts.units[int(limit.groups.unit[group])].id).values()
        assert isinstance(changed, Rule)
        yield changed


def _generated(staff: int, weeks: int) -> tuple[str, ...]:
    return ("--staff", str(staff), "--weeks", str(weeks), "--family", ",".join(PLAIN))


def questions(scale: float = 1.0) -> tuple[Question, ...]:
    """What is measured; fewer people for a trial."""
    staff = max(round(10_000 * scale), 200)
    return (
        Question(f"{CAPS} limits, 50 × 10", _generated(50, 2), other_limits, 0.4, together=True),
        Question(f"one unit of {staff:,} × 5", _generated(staff, 1), one_unit_each, 0.1, together=False),
    )


def measure(question: Question, seed: int, workers: int) -> Record:
    """Solve an instance, then every changed one from its plan; wall and CPU seconds of each, the changed instance included."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "instance.yaml"
        command = [sys.executable, "-m", "giliran", "generate", *question.generate, "--seed", str(seed), "-o", str(path)]
        subprocess.run(command, check=True, capture_output=True, env=environment())
        instance = load_instance(path)
    options = SolveOptions(workers=workers)
    base = solve(instance, options)
    rules = list(question.changes(instance))
    wall, cpu, made, found = [], [], [], []
    for rule in rules:
        begin, used = time.perf_counter(), time.process_time()
        changed = instance.with_rules(rule)
        made.append(time.perf_counter() - begin)
        found.append(solve(changed, options, start=base))
        wall.append(time.perf_counter() - begin)
        cpu.append(time.process_time() - used)
    wrong = _disagreeing(instance, rules, found, options)
    return {
        "staff": instance.facts.num_people,
        "days": instance.facts.num_days,
        "parts": len(base.parts),
        "generate": list(question.generate),
        "seed": seed,
        "workers": workers,
        "changes": len(rules),
        "proven": sum(result.status.value in ("optimal", "infeasible") for result in found),
        "checked": len(_sample(rules)),
        "wrong": wrong,
        "base_s": sum(base.seconds.values()),
        "wall_s": wall,
        "cpu_s": cpu,
        "made_s": made,
        "stages_s": {name: sum(result.seconds.get(name, 0.0) for result in found) for name in base.seconds},
        "versions": dict(base.versions),
    }


def _sample(rules: Sequence[Rule]) -> list[int]:
    """Changes that are solved from scratch too, evenly among all."""
    return sorted({k * (len(rules) - 1) // max(CHECKED - 1, 1) for k in range(CHECKED)}) if rules else []


def _disagreeing(instance: Instance, rules: Sequence[Rule], found: Sequence[Result], options: SolveOptions) -> int:
    """Changes of the sample whose status or tiers are others when nothing is known beforehand."""
    return sum(_told(found[k]) != _told(solve(instance.with_rules(rules[k]), options)) for k in _sample(rules))


def _told(result: Result) -> tuple[Any, ...]:
    return result.status, [(tier.name, tier.value, tier.bound) for tier in result.tiers]


def records(asked: Sequence[Question], runs: int, workers: int) -> Iterator[Record]:
    """A record for every question and seed."""
    about = {"suite": SUITE, "when": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), "commit": commit(), "machine": machine()}
    for question in asked:
        for seed in range(1, runs + 1):
            aim = {"aim_s": question.aim_s, "together": question.together}
            yield {**about, "case": question.name, "run": seed, **aim, **measure(question, seed, workers)}


def reached_s(record: Record) -> float:
    """What the aim is about: all changes together, or the median of each."""
    seconds: list[float] = record["wall_s"]
    return sum(seconds) if record["together"] else median(seconds)


def whatif_table(found: Sequence[Record]) -> str:
    """One row for each question: what a change takes, and whether the figure is reached in the median run."""
    if not found:
        return NOTHING
    newest = {record["case"]: record["when"] for record in found}
    found = [record for record in found if record["when"] == newest[record["case"]]]
    lines = ["| what | parts | changes proven | seconds | CPU seconds | aim | holds |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for case in newest:
        runs = [record for record in found if record["case"] == case]
        wall = [reached_s(record) for record in runs]
        cpu = [sum(record["cpu_s"]) if record["together"] else median(record["cpu_s"]) for record in runs]
        proven = sum(record["proven"] for record in runs)
        whole = sum(record["changes"] for record in runs)
        aim = f"≤ {runs[0]['aim_s']:g} {'together' if runs[0]['together'] else 'each'}"
        held = median(wall) <= runs[0]["aim_s"] and proven == whole and not any(record["wrong"] for record in runs)
        cells = [case, f"{runs[0]['parts']:,}", f"{proven:,} of {whole:,}", spread(wall), spread(cpu), aim, "yes" if held else "**no**"]
        lines.append(f"| {' | '.join(cells)} |")
    first = found[0]
    about = f"Median (smallest–largest) of {len({r['run'] for r in found})} seeds; {first['workers']} workers; {first['machine']['cpu']}, "
    about += f"{first['machine']['cores']} cores; {', '.join(f'{k} {v}' for k, v in first['versions'].items())}; commit {first['commit']}."
    return "\n".join([*lines, "", about])


@click.command()
@click.option("--runs", default=RUNS, show_default=True, type=click.IntRange(1), help="Seeds 1, 2, …: another instance for each.")
@click.option("--workers", default=WORKERS, show_default=True, type=click.IntRange(1), help="Threads.")
@click.option("--scale", default=1.0, show_default=True, type=click.FloatRange(0, min_open=True), help="Times as many staff; 0.1 to try.")
@click.option("--only", default="", help="Only questions whose name contains this.")
@click.option("--no-store", is_flag=True, help="Print only.")
@click.option("--report", is_flag=True, help="Print the newest stored figures instead.")
def whatif(runs: int, workers: int, scale: float, only: str, no_store: bool, report: bool) -> None:
    """Measure changed instances solved from the plan at hand; ends with 1 where one is another than from scratch."""
    if report:
        click.echo(whatif_table(stored(SUITE)))
        return
    found = []
    for record in records([question for question in questions(scale) if only in question.name], runs, workers):
        found.append(record)
        click.echo(f"{record['case']} seed {record['run']}: {reached_s(record):.3f} s, {record['wrong']} wrong", err=True)
        if not no_store:
            append(record, SUITE)
    click.echo(whatif_table(found))
    if any(record["wrong"] for record in found):
        sys.exit(1)

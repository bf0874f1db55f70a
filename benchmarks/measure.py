"""Runs a suite, each run in a process of its own, and appends what was measured."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from benchmarks.alone import ALONE, BOUNDS
from benchmarks.protocols import Protocol
from benchmarks.statuses import FAILED
from benchmarks.suites import ROOT, Case

RESULTS = Path(__file__).resolve().parent / "results"
MARGIN_S = 120.0
"""What comes on top of the search's budget before a process is given up: once around the search, once around everything."""

Record = dict[str, Any]


def machine() -> dict[str, Any]:
    """The machine, as far as it matters for a figure."""
    model = platform.processor()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = names[0] if names else model
    return {"cpu": model, "cores": os.cpu_count(), "system": platform.system()}


def commit() -> str:
    """The commit that is measured, with a mark when the tree differs from it in more than results appended since.

    Raises
    ------
    click.ClickException
        Outside a git checkout, where nothing says what is measured.
    """
    if not (ROOT / ".git").exists():
        raise click.ClickException("figures name the commit that was measured: run this in a git checkout")
    head = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    status = ["git", "status", "--porcelain", "--untracked-files=no", "--", ".", ":!benchmarks/results"]
    changed = subprocess.run(status, cwd=ROOT, capture_output=True, text=True, check=True)
    return f"{head}+" if changed.stdout.strip() else head


def run_suite(name: str, cases: Sequence[Case], protocol: Protocol) -> Iterator[Record]:
    """Measure every case with every seed; generated cases are another instance for every seed.

    The peers follow giliran on the same files, so that ratios come from one machine at one time. A record of a peer has `peer`.
    """
    about = {"suite": name, "when": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), "commit": commit(), "machine": machine()}
    for case in cases:
        for seed in range(1, protocol.runs + 1):
            with tempfile.TemporaryDirectory() as folder:
                path = instance_of(case, seed, Path(folder))
                aim = {"aim_s": case.aim_s, "aim_of": case.aim_of.value}
                run = {**about, "case": case.name, "run": seed, "budget_s": protocol.budget_s, **aim}
                yield {**run, **_one("benchmarks.one", [], path, seed, protocol)}
                for peer in protocol.peers_in(seed):
                    yield {**run, "peer": peer, **_one(*_asked(peer), path, seed, protocol)}


def _asked(peer: str) -> tuple[str, list[str]]:
    """The module that runs a peer, and what tells it which."""
    if peer == BOUNDS:
        return "benchmarks.bounding", []
    return ("benchmarks.one", ["--alone", peer]) if peer in ALONE else ("benchmarks.peers", ["--peer", peer])


def instance_of(case: Case, seed: int, folder: Path) -> Path:
    """The instance file of a case with a seed; what is not shipped is made in the folder."""
    if case.path is not None:
        return case.path
    path = _generate(case, seed, folder) if case.write is None else case.write(seed, folder)
    if case.rewrite is not None:
        case.rewrite(path)
    return path


def _generate(case: Case, seed: int, folder: Path) -> Path:
    path = folder / "instance.yaml"
    command = [sys.executable, "-m", "giliran", "generate", *case.generate, "--seed", str(seed), "-o", str(path)]
    subprocess.run(command, check=True, cwd=ROOT, env=environment(), capture_output=True)
    return path


def _one(module: str, more: list[str], path: Path, seed: int, protocol: Protocol) -> Record:
    """One run in a process of its own, ended when it takes far too long."""
    command = [sys.executable, "-m", module, str(path), *more]
    command += ["--seed", str(seed), "--workers", str(protocol.workers), "--time-limit", str(protocol.budget_s)]
    unmeasured = {"seed": seed, "workers": protocol.workers}
    limit_s = protocol.budget_s + 2 * MARGIN_S
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=limit_s, check=False)
    except subprocess.TimeoutExpired:
        return {"status": "gave up", **unmeasured}
    if done.returncode:
        return {"status": FAILED, "error": done.stderr.strip().splitlines()[-1:], **unmeasured}
    measured: Record = json.loads(done.stdout.splitlines()[-1])
    return measured


def environment() -> dict[str, str]:
    """The environment with the package importable from the source tree."""
    paths = [str(ROOT / "solver"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def append(record: Record, suite: str) -> None:
    """Append one measured run, its tiers in their order; stored runs are never edited."""
    RESULTS.mkdir(exist_ok=True)
    with (RESULTS / f"{suite}.jsonl").open("a") as file:
        file.write(json.dumps(dict(sorted(record.items()))) + "\n")


def stored(suite: str) -> list[Record]:
    """All stored runs of a suite, oldest first."""
    path = RESULTS / f"{suite}.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

"""Runs a suite, each run in a process of its own, and appends what was measured."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.suites import ROOT, Case

RESULTS = Path(__file__).resolve().parent / "results"
FIRST_SEED = 1
MARGIN_S = 120.0
"""Loading, compiling and auditing beyond the search's own budget, before a run is given up."""


def machine() -> dict[str, Any]:
    """The machine, as far as it matters for a figure."""
    model = platform.processor()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = names[0] if names else model
    return {"cpu": model, "cores": os.cpu_count(), "system": platform.system()}


def commit() -> str:
    """The commit that is measured, with a mark when the tree differs from it."""
    head = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    changed = subprocess.run(["git", "status", "--porcelain", "--untracked-files=no"], cwd=ROOT, capture_output=True, text=True, check=True)
    return f"{head}+" if changed.stdout.strip() else head


def run_suite(name: str, cases: list[Case], *, runs: int, workers: int, budget_s: float) -> Iterator[dict[str, Any]]:
    """Measure every case `runs` times with seeds 1, 2, …; generated cases are another instance for every seed."""
    about = {"suite": name, "when": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), "commit": commit(), "machine": machine()}
    for case in cases:
        for seed in range(FIRST_SEED, FIRST_SEED + runs):
            with tempfile.TemporaryDirectory() as folder:
                path = case.path or _generate(case, seed, Path(folder))
                yield {
                    **about,
                    "case": case.name,
                    "run": seed,
                    "budget_s": budget_s,
                    "aim_s": case.aim_s,
                    **_one(path, seed, workers, budget_s),
                }


def _generate(case: Case, seed: int, folder: Path) -> Path:
    path = folder / "instance.yaml"
    command = [sys.executable, "-m", "giliran", "generate", *case.generate, "--seed", str(seed), "-o", str(path)]
    subprocess.run(command, check=True, cwd=ROOT, env=_environment(), capture_output=True)
    return path


def _one(path: Path, seed: int, workers: int, budget_s: float) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.one", str(path)]
    command += ["--seed", str(seed), "--workers", str(workers), "--time-limit", str(budget_s)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=_environment(), capture_output=True, text=True, timeout=budget_s + MARGIN_S, check=False
        )
    except subprocess.TimeoutExpired:
        return {"status": "gave up", "seed": seed, "workers": workers}
    if done.returncode:
        return {"status": "failed", "seed": seed, "workers": workers, "error": done.stderr.strip().splitlines()[-1:]}
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _environment() -> dict[str, str]:
    """The environment with the package importable from the source tree."""
    paths = [str(ROOT / "solver"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def append(record: dict[str, Any], suite: str) -> None:
    """Append one measured run; stored runs are never edited."""
    RESULTS.mkdir(exist_ok=True)
    with (RESULTS / f"{suite}.jsonl").open("a") as file:
        file.write(json.dumps(record, sort_keys=True) + "\n")


def stored(suite: str) -> list[dict[str, Any]]:
    """All stored runs of a suite, oldest first."""
    path = RESULTS / f"{suite}.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

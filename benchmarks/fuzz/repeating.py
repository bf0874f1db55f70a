"""The same plan, byte by byte, whatever Python's hashes are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.fuzz.drafting import Document
from benchmarks.suites import ROOT

CLEAN = (0, 1)
"""Exit codes of a plan, and of the proof that there is none."""


def hashed(document: Document) -> Iterator[str]:
    """Plans that two processes with different hash seeds write are the same files."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "instance.json").write_text(json.dumps({"schema": "giliran/1", **document}), encoding="utf-8")
        written = [_written(Path(folder), seed) for seed in ("1", "2")]
    if written[0] != written[1]:
        yield f"hash seeds 1 and 2 give two plans: {written}"
    if written[0][0] not in CLEAN:
        yield f"exit code {written[0][0]}"


def _written(folder: Path, seed: str) -> tuple[int, bytes]:
    plan = folder / f"plan{seed}.csv"
    command = [sys.executable, "-m", "giliran", "solve", str(folder / "instance.json"), "-o", str(plan), "--workers", "1"]
    paths = os.pathsep.join([str(ROOT / "solver"), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    return done.returncode, plan.read_bytes() if plan.exists() else b""

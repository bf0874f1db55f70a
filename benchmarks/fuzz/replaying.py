"""Findings as files: the instance, and what disagreed, to be tried again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.fuzz.comparing import Compared, Disagreement, compare
from benchmarks.fuzz.drafting import Document


def save(folder: Path, seed: int, document: Document, found: Sequence[Disagreement]) -> Path:
    """Write a finding; the file is an instance with what was found beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{seed}.json"
    said = [{"check": each.check, "said": each.said} for each in found]
    path.write_text(json.dumps({"seed": seed, "found": said, "instance": document}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def replay(path: Path) -> Compared:
    """Compare the instance of a finding again."""
    finding = json.loads(path.read_text(encoding="utf-8"))
    return compare(finding["instance"], int(finding["seed"]))

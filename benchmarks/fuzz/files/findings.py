"""Findings as folders: the files as they were read, what happened, and how to try them again."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fuzz.files.cases import Case
from benchmarks.fuzz.files.judging import Fault
from benchmarks.fuzz.files.trying import Trial

_ABOUT = "finding.json"
_FILES = "files"


def save(folder: Path, trial: Trial, fault: Fault) -> Path:
    """Write a finding and say where."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", fault.kind)[:80].strip("-").lower()
    path = folder / f"{trial.number}-{name}"
    (path / _FILES).mkdir(parents=True, exist_ok=True)
    for file, raw in trial.files.items():
        (path / _FILES / file).write_bytes(raw)
    again = f"python -m benchmarks fuzz --files --replay {path / _ABOUT}"
    about = {"kind": fault.kind, "said": fault.said, "case": trial.case.name, "number": trial.number, "replay": again}
    (path / _ABOUT).write_text(json.dumps(about, indent=1, ensure_ascii=True) + "\n", encoding="utf-8")
    return path


def said_of(path: Path) -> str:
    """What a finding in a folder says."""
    about = json.loads((path / _ABOUT).read_text(encoding="utf-8"))
    return f"{about['kind']}\n{about['said']}"


@dataclass(frozen=True)
class Saved:
    """The trial of a finding.

    Parameters
    ----------
    path
        Its `finding.json`, or the folder of it.
    cases
        Among which its own is.
    """

    path: Path
    cases: tuple[Case, ...]

    @property
    def number(self) -> int:
        """Its number."""
        return int(json.loads(self._about.read_text(encoding="utf-8"))["number"])

    @property
    def _about(self) -> Path:
        return self.path / _ABOUT if self.path.is_dir() else self.path

    def trial(self, number: int) -> Trial:
        """The trial, with the files that were saved."""
        about = json.loads(self._about.read_text(encoding="utf-8"))
        case = next(case for case in self.cases if case.name == about["case"])
        return Trial(case, {path.name: path.read_bytes() for path in sorted((self._about.parent / _FILES).iterdir())}, number)

"""A run over mutated files: what became of them, and each kind of fault once."""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.fuzz.files.findings import save
from benchmarks.fuzz.files.workers import Done, Limits, Pool, Source

PROGRESS_S = 60.0
"""Seconds between two lines of progress."""


@dataclass
class Run:
    """What a run has done so far.

    Parameters
    ----------
    words
        What became of the mutations.
    faults
        By kind, how often.
    findings
        Folders written, one for each kind.
    """

    words: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    findings: list[Path] = field(default_factory=list)

    @property
    def mutations(self) -> int:
        """How many there were."""
        return self.words.total()

    @property
    def record(self) -> Mapping[str, Any]:
        """The numbers for the stored record."""
        return {"mutations": self.mutations, **dict(sorted(self.words.items())), "faults": dict(sorted(self.faults.items()))}

    def take(self, done: Done, source: Source, folder: Path) -> None:
        """Count a part; the first fault of each kind is saved."""
        self.words.update(done.words)
        for number, fault in done.faults:
            if fault.kind not in self.faults:
                self.findings.append(save(folder, source.trial(number), fault))
            self.faults[fault.kind] += 1


def run(
    source: Source,
    numbers: range,
    folder: Path,
    *,
    until: float,
    workers: int = 1,
    limits: Limits | None = None,
    tell: Callable[[str], None] = print,
) -> Run:
    """Mutate and read until all is done or the time is over.

    Parameters
    ----------
    source, numbers
        Which mutations.
    folder
        Where findings go.
    until
        Time of the monotonic clock.
    tell
        Gets a line of progress every minute, and one for every finding.
    """
    found, start = Run(), time.monotonic()
    told = start
    with contextlib.suppress(KeyboardInterrupt):  # what was found until then is told and stored all the same
        for done in Pool(source, numbers, workers, limits or Limits()).run(until):
            before = len(found.findings)
            found.take(done, source, folder)
            for path in found.findings[before:]:
                tell(f"FOUND: {path}")
            if time.monotonic() - told > PROGRESS_S:
                told = time.monotonic()
                tell(_progress(found, told - start))
    return found


def _progress(found: Run, seconds: float) -> str:
    return f"{found.mutations} mutations, {found.mutations / seconds:.0f} per second, {len(found.findings)} kinds of faults"

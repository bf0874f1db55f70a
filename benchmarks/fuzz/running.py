"""Minutes of random instances, with what was found."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.fuzz.comparing import Compared, compare
from benchmarks.fuzz.drafting import Document
from benchmarks.fuzz.drawing import draw
from benchmarks.fuzz.replaying import save
from benchmarks.fuzz.shrinking import shrink

Judge = Callable[[Document, int], Compared]

STRIDE = 1_000_000
"""Instances of a seed are numbered from seed × this."""


@dataclass
class Run:
    """What a run has done so far.

    Parameters
    ----------
    compared, refused, too_large
        Instances that were compared; those that are bad input; those with too many schedules to try.
    kinds
        Compared instances per kind.
    findings
        Files written.
    """

    compared: int = 0
    refused: int = 0
    too_large: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    findings: list[Path] = field(default_factory=list)

    @property
    def record(self) -> Mapping[str, Any]:
        """The numbers for the stored record."""
        return {
            "instances": self.compared,
            "refused": self.refused,
            "too_large": self.too_large,
            "kinds": dict(sorted(self.kinds.items())),
            "disagreements": len(self.findings),
        }


def run(seed: int, minutes: float, folder: Path, *, workers: int = 1, most: int | None = None, judge: Judge = compare) -> Run:
    """Draw and compare until the time is over.

    Parameters
    ----------
    folder
        Where findings go.
    workers
        Processes.
    most
        So many instances at most.
    judge
        What compares.
    """
    done = Run()
    with closing(_each(seed, time.monotonic() + 60 * minutes, workers, most, judge)) as found:
        for number, document, compared in found:
            done.refused += compared.refused
            done.too_large += compared.too_large
            if compared.refused or compared.too_large:
                continue
            done.compared += 1
            done.kinds.update(compared.kinds)
            if compared.disagreements:
                done.findings.append(_minimised(folder, number, document, compared, judge))
    return done


def _each(seed: int, until: float, workers: int, most: int | None, judge: Judge) -> Generator[tuple[int, Document, Compared], None, None]:
    numbers = range(seed * STRIDE, (seed + 1) * STRIDE if most is None else seed * STRIDE + most)
    if workers == 1:
        for number in numbers:
            if time.monotonic() > until:
                return
            document = draw(number)
            yield number, document, judge(document, number)
        return
    with ProcessPoolExecutor(workers) as pool:
        for start in range(0, len(numbers), 8 * workers):
            some = numbers[start : start + 8 * workers]
            if time.monotonic() > until:
                return
            documents = [draw(number) for number in some]
            yield from zip(some, documents, pool.map(judge, documents, some), strict=True)


def _minimised(folder: Path, number: int, document: Document, compared: Compared, judge: Judge) -> Path:
    check = compared.disagreements[0].check

    def fails(smaller: Document) -> bool:
        try:
            return any(each.check == check for each in judge(smaller, number).disagreements)
        except Exception:
            return False

    small = shrink(document, fails)
    return save(folder, number, small, judge(small, number).disagreements)

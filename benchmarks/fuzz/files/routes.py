"""How the files of a case are read in this process, and what is done with what was read."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from rich.console import Console

from benchmarks.fuzz.dice import Dice
from benchmarks.fuzz.files.judging import Fault, FoundError, obeyed
from giliran import Instance, Result, Schedule, SolveOptions, export, load_instance, read_schedule, solve
from giliran.audit import Audit, audit
from giliran.certifying import check_certificate, make_certificate
from giliran.circulars import check_circular, describe, load_circular, resolve
from giliran.domain.schedule import schedule_of
from giliran.errors import InputError
from giliran.messages import LANGUAGES
from giliran.records.assignments import schedule_csv
from giliran.reports import report_audit, report_circular, report_result

MOST_CELLS = 60
"""Larger instances are neither audited nor solved here."""
AUDITED, SOLVED, DESCRIBED = 0.05, 0.02, 0.05
"""Shares of what was read."""
TIME_LIMIT_S = 0.5


class Route(Protocol):
    """A way to read the files of a case."""

    def push(self, folder: Path, dice: Dice) -> None:
        """Read, and use what was read; raises whatever is raised."""

    def commands(self, dice: Dice) -> tuple[str, ...]:
        """Words of a command line that reads the same files, which stand in the current folder."""


@dataclass(frozen=True)
class InstanceRoute:
    """The file is an instance; those beside it are named in it.

    Parameters
    ----------
    main
        Its file.
    """

    main: str

    def push(self, folder: Path, dice: Dice) -> None:
        """Load; audit and solve a share."""
        instance = load_instance(folder / self.main, refill=dice.chance(0.05))
        luck = dice.random()
        if luck < AUDITED and instance.facts.present.size <= MOST_CELLS:
            _audited(instance, folder, dice)
        if luck < SOLVED and instance.facts.present.size <= MOST_CELLS:
            _solved(instance, folder, dice)

    def commands(self, dice: Dice) -> tuple[str, ...]:
        """Solve it."""
        return ("solve", self.main, "--time-limit", "1", "--workers", "1")


@dataclass(frozen=True)
class PlanRoute:
    """The file is a plan, or a result, for an instance that is as it was.

    Parameters
    ----------
    main
        The plan.
    tree
        The instance.
    certified
        Whether the file holds its certificate too.
    """

    main: str
    tree: Any
    certified: bool = False

    @cached_property
    def _instance(self) -> Instance:
        return Instance.build(self.tree)

    def push(self, folder: Path, dice: Dice) -> None:
        """Read and audit; check the certificate inside."""
        plan = read_schedule(folder / self.main, self._instance)
        found = audit(self._instance, plan)
        if dice.chance(AUDITED):
            _reported(self._instance, plan, found)
            _read_back(self._instance, plan, folder)
        if self.certified:
            check_certificate(self._instance, plan, folder / self.main, found)

    def commands(self, dice: Dice) -> tuple[str, ...]:
        """Check it."""
        return ("check", "instance.json", self.main, *(("--certificate", self.main) if self.certified else ()))


@dataclass(frozen=True)
class CertificateRoute:
    """The file is a certificate for a plan and an instance that are as they were.

    Parameters
    ----------
    main
        The certificate.
    tree
        The instance.
    """

    main: str
    tree: Any

    @cached_property
    def _solved(self) -> tuple[Instance, Schedule, Audit]:
        instance = Instance.build(self.tree)
        plan = solve(instance, SolveOptions(workers=1)).schedule
        return instance, plan, audit(instance, plan)

    def push(self, folder: Path, dice: Dice) -> None:
        """Hold it against the plan."""
        instance, plan, found = self._solved
        check_certificate(instance, plan, folder / self.main, found).told()

    def commands(self, dice: Dice) -> tuple[str, ...]:
        """Check with it."""
        return ("check", "instance.json", "plan.csv", "--certificate", self.main)


@dataclass(frozen=True)
class CircularRoute:
    """The file is a circular.

    Parameters
    ----------
    main
        Its file.
    small
        Whether it is small enough to be tried in every choice.
    """

    main: str
    small: bool = True

    def push(self, folder: Path, dice: Dice) -> None:
        """Load, try every choice or the defaults, describe."""
        circular = load_circular(folder / self.main)
        if dice.chance(DESCRIBED):
            for lang in LANGUAGES:
                console = _console()
                report_circular(console, describe(circular, lang), lang)
                _shown(console)
        problems = check_circular(circular) if self.small else []
        if problems:
            raise InputError(problems)
        resolve(circular)

    def commands(self, dice: Dice) -> tuple[str, ...]:
        """Show or check it."""
        return ("circulars", self.main) if dice.chance(0.3) else ("circulars", "--check", self.main)


def _console() -> Console:
    return Console(file=io.StringIO(), width=120)


def _shown(console: Console) -> None:
    """See that a report shows everything and obeys nothing."""
    assert isinstance(console.file, io.StringIO)
    fault = obeyed(console.file.getvalue(), "a report")
    if fault is not None:
        raise FoundError(fault)


def _audited(instance: Instance, folder: Path, dice: Dice) -> None:
    """Random places, audited, reported, written and read back."""
    office = np.array([[dice.chance(0.5) for _ in range(instance.facts.shape[1])] for _ in range(instance.facts.shape[0])], dtype=np.bool_)
    plan = schedule_of(instance.facts, office.reshape(instance.facts.shape))
    _reported(instance, plan, audit(instance, plan))
    _read_back(instance, plan, folder)


def _reported(instance: Instance, plan: Schedule, found: Audit) -> None:
    for lang in LANGUAGES:
        console = _console()
        report_audit(console, instance, plan, found, lang)
        _shown(console)
        for finding in found.findings:
            finding.said.text(lang)


def _read_back(instance: Instance, plan: Schedule, folder: Path) -> None:
    path = folder / "out" / "back.csv"
    path.write_text(schedule_csv(instance.view, plan), encoding="utf-8", newline="")
    try:
        _same(read_schedule(path, instance), plan, "a plan that was written as CSV")
    finally:
        path.unlink()


def _same(found: Schedule, expected: Schedule, what: str) -> None:
    if not np.array_equal(found.place, expected.place):
        raise FoundError(Fault(f"{what} is read back as another one", f"{found.place}, {expected.place}"))


def _solved(instance: Instance, folder: Path, dice: Dice) -> None:
    """Solved, reported, written and read back; a plan that keeps every rule is clean."""
    result = solve(instance, SolveOptions(workers=1, time_limit_s=TIME_LIMIT_S))
    for lang in LANGUAGES:
        console = _console()
        report_result(console, result, lang, verbose=True)
        _shown(console)
    proof = make_certificate(result) if dice.chance(0.3) else None
    path = folder / "out" / "back.json"
    export(result, path, dice.pick(LANGUAGES), proof)
    try:
        _held(result, path, proved=proof is not None)
    finally:
        path.unlink()


def _held(result: Result, path: Path, *, proved: bool) -> None:
    plan = read_schedule(path, result.instance)
    _same(plan, result.schedule, "a plan that was written as JSON")
    found = audit(result.instance, plan)
    if proved and not found.broken and not check_certificate(result.instance, plan, path, found).verdict.holds:
        raise FoundError(Fault("our own certificate does not hold", str(path)))

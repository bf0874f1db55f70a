"""One mutation: its files written, read, and what came of it."""

from __future__ import annotations

import shutil
import signal
import warnings
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from types import FrameType

from benchmarks.fuzz.dice import Dice
from benchmarks.fuzz.files import commanding
from benchmarks.fuzz.files.cases import Case
from benchmarks.fuzz.files.commanding import OUT
from benchmarks.fuzz.files.judging import Fault, FoundError, OvertimeError, changed, strange, stray, told
from giliran.errors import InputError

STRIDE = 100_000_000
"""Mutations of a seed are numbered from seed × this."""
MOST_CPU_S = 5.0
"""Seconds of computing for reading one mutation."""
MOST_COMMAND_S = 20.0
"""Seconds of computing for a command in this process, which may also plan."""
COMMANDS, APART = 0.01, 0.0005
"""Shares that go over the command line: in either way, and in a process of their own."""
CHANGED = 0.05
"""Share after which every input is held against what it was; after commands all are."""


@dataclass(frozen=True)
class Trial:
    """What one number stands for.

    Parameters
    ----------
    case
        The case.
    files
        Its files, some of them mutated.
    number
        Decides what else is drawn.
    """

    case: Case
    files: Mapping[str, bytes]
    number: int


@dataclass(frozen=True)
class Drawn:
    """Trials by their numbers: the same cases and numbers give the same files."""

    cases: Sequence[Case]

    @cached_property
    def _edges(self) -> list[int]:
        return list(accumulate(case.weight for case in self.cases))

    def trial(self, number: int) -> Trial:
        """The trial of a number."""
        dice = Dice(2 * number)
        case = self.cases[bisect(self._edges, dice.randrange(self._edges[-1]))]
        return Trial(case, case.mutated(dice), number)


class Bench:
    """A folder for each case, where its files are written and read.

    Parameters
    ----------
    root
        A folder of its own.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._there: dict[str, tuple[Path, Mapping[str, bytes]]] = {}
        signal.signal(signal.SIGPROF, _overtime)
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", category=DeprecationWarning)

    def attempt(self, trial: Trial) -> tuple[str, Fault | None]:
        """What became of a trial, in a word, and what should not have."""
        folder = self._written(trial)
        self._there[trial.case.name] = (folder, trial.files)
        dice = Dice(2 * trial.number + 1)
        luck = dice.random()
        if luck < COMMANDS:
            try:
                return "commands", self._command(trial, folder, dice, apart=luck < APART)
            finally:
                self._forget(trial.case.name)
        word, fault = self._read(trial, folder, dice)
        fault = fault or stray(folder, (*trial.files, OUT)) or stray(folder / OUT, ())
        if fault is None and luck < COMMANDS + CHANGED:
            fault = changed(folder, trial.files)
        if fault is not None:
            self._forget(trial.case.name)
        return word, fault

    def _written(self, trial: Trial) -> Path:
        """The folder of a case with the files of a trial; only what differs from the trial before is written."""
        folder, there = self._there.get(trial.case.name) or (self._root / trial.case.name, {})
        (folder / OUT).mkdir(parents=True, exist_ok=True)
        for name, raw in trial.files.items():
            if there.get(name) != raw:
                (folder / name).write_bytes(raw)
        return folder

    def _forget(self, name: str) -> None:
        folder, _ = self._there.pop(name)
        shutil.rmtree(folder)

    def _read(self, trial: Trial, folder: Path, dice: Dice) -> tuple[str, Fault | None]:
        signal.setitimer(signal.ITIMER_PROF, MOST_CPU_S)
        try:
            trial.case.route.push(folder, dice)
            return "read", None
        except InputError as error:
            signal.setitimer(signal.ITIMER_PROF, 0)
            return "refused", told(error, trial.files)
        except FoundError as found:
            return "broken", found.fault
        except (Exception, OvertimeError) as error:
            return "broken", strange(error)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def _command(self, trial: Trial, folder: Path, dice: Dice, *, apart: bool) -> Fault | None:
        words = commanding.words_of(trial.case.route.commands(dice), sorted(trial.files), dice)
        signal.setitimer(signal.ITIMER_PROF, MOST_COMMAND_S)
        try:
            fault = commanding.attempt(words, folder, trial.files, dice, apart=apart)
            lost = changed(folder, trial.files)
            return fault or (lost and Fault(f"{lost.kind} by {words[:1]}", f"{words} {lost.said}"))
        except (Exception, OvertimeError) as error:
            return strange(error)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)


def _overtime(signum: int, frame: FrameType | None) -> None:
    raise OvertimeError("too much computing")

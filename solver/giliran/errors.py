"""Everything that giliran raises on purpose.

::

    GiliranError
    ├── InputError          the files or arguments are wrong; nothing was written (exit code 2)
    │   └── BatchError      some of several instances are wrong; it has the results of the others
    ├── NoPlanError         there is no plan to give
    │   ├── InfeasibleError proven: no plan keeps every rule (exit code 1)
    │   └── UndecidedError  time or memory ran out before any plan was found (exit code 3)
    ├── ExecutorError       where the work was sent, nobody works any more (exit code 5)
    │   └── WorkersLostError  processes of this machine were ended by the system, most likely for lack of memory (exit code 3)
    └── InternalError       our own inconsistency; please report it (exit code 4)

`giliran.solve` returns a `Result` with a status; `NoPlanError` is raised only where a plan was demanded (`Result.require`).

An error keeps in `args` what its constructor takes, here and wherever else one is defined, and makes its text when it is asked for: so it
arrives whole where it is copied or sent, from a process of a pool or from a cluster.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from giliran.messages import MOST_OF_A_PATH, Lang, Said, Sentence, cut, shown

T = TypeVar("T")

MOST_TOLD = 100
"""Most problems of one file that are told one by one; nobody mends more of them at a time."""

_CELL = re.compile(r"[^!]+![A-Z]{0,3}[0-9]*(?:: |$)", re.ASCII)
"""A field that names a sheet and a cell of it, and so the line too."""
_AND_MORE = Sentence(en="and {count} more {count:problem|problems} in this file", id="dan {count} masalah lain dalam berkas ini")


@dataclass(frozen=True, order=True)
class Where:
    """A place in what a user wrote: file, line (1-based) and field, as far as they are known.

    In a workbook the field is a sheet with a cell, `Pegawai!F14`, the line the row of the sheet: "dinas.xlsx: Pegawai!F14".
    """

    file: str = ""
    line: int = 0
    field: str = ""

    def __str__(self) -> str:
        file = cut(self.file, MOST_OF_A_PATH)
        position = f"{file}:{self.line}" if self.line and file and not _CELL.match(self.field) else file
        return shown(": ".join(part for part in (position, cut(self.field)) if part))


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where, what was found and expected, then advice.

    Parameters
    ----------
    where
        File, line and field.
    said
        What was found and what was expected, one sentence.
    advice
        What to do about it, when we know.
    count
        How many problems it stands for; more than one where it says that there are that many more.
    """

    where: Where
    said: Said
    advice: Said | None = None
    count: int = 1

    def text(self, lang: Lang = "en") -> str:
        """The problem in one language, on one line or two."""
        line = ": ".join(part for part in (str(self.where), self.said.text(lang)) if part)
        return f"{line}\n  {self.advice.text(lang)}" if self.advice else line


class Problems:
    """Everything found to be wrong, in the order in which it was found: `MOST_TOLD` of each file, the rest of it is counted.

    A table may be wrong in a million cells. Whoever finds them asks for `room`, and counts what nobody will be told.
    """

    def __init__(self, found: Iterable[Problem] = ()) -> None:
        self._told: list[Problem] = []
        self._seen: Counter[str] = Counter()
        self._more: Counter[str] = Counter()
        self.extend(found)

    @property
    def all(self) -> tuple[Problem, ...]:
        """Those that are told, and one that counts the others of each file."""
        more = (Problem(Where(file), _AND_MORE(count=count), count=count) for file, count in self._more.items())
        return (*self._told, *more)

    def room(self, file: str) -> int:
        """How many more problems of a file are told one by one."""
        return max(MOST_TOLD - self._seen[file], 0)

    def count(self, file: str, number: int) -> None:
        """So many more of a file for which there is no room."""
        if number:
            self._more[file] += number

    def each(self, file: str, found: Sequence[T], problem: Callable[[T], Problem]) -> None:
        """A problem of a file for each of what was found there; those for which there is no room are never made."""
        room = self.room(file)
        if room:
            self.extend(problem(one) for one in found[:room])
        self.count(file, max(len(found) - room, 0))

    def add(self, where: Where, said: Said, advice: Said | None = None, *, count: int = 1) -> None:
        """One more, which stands for so many."""
        self.extend([Problem(where, said, advice, count)])

    def extend(self, problems: Iterable[Problem]) -> None:
        """Some more, each once; one that counts others is told after a hundred too."""
        for problem in problems:
            if self._seen[problem.where.file] >= MOST_TOLD + (problem.count > 1):
                self._more[problem.where.file] += problem.count
            elif not any(problem.where == other.where and problem.text() == other.text() for other in self._told):
                self._seen[problem.where.file] += 1
                self._told.append(problem)


class GiliranError(Exception):
    """Base of every error that giliran raises on purpose."""


class InputError(GiliranError):
    """Files or arguments that cannot be used, with all their problems at once.

    Parameters
    ----------
    problems
        At least one problem, in the order of the files; of very many in one file the last one may count the rest.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return self.text()

    def text(self, lang: Lang = "en") -> str:
        """Every problem, a line or two each; of very many in one file the first ones, and how many more there are."""
        return "\n".join(problem.text(lang) for problem in self.told())

    def told(self) -> tuple[Problem, ...]:
        """The problems that people are told: `MOST_TOLD` of each file, the rest of it as one that counts them."""
        return Problems(self.problems).all


class SaidError(GiliranError):
    """An error that one sentence tells.

    Parameters
    ----------
    said
        Why, in every language.
    """

    def __init__(self, said: Said) -> None:
        self.said = said
        super().__init__(said)

    def __str__(self) -> str:
        return self.text()

    def text(self, lang: Lang = "en") -> str:
        """Why, in one language."""
        return self.said.text(lang)


class NoPlanError(SaidError):
    """There is no plan to give; `said` tells why."""


class InfeasibleError(NoPlanError):
    """Proven: no plan keeps every rule."""


class UndecidedError(NoPlanError):
    """Time or memory ran out before any plan was found."""


class ExecutorError(GiliranError):
    """The executor that was given failed by itself, such as a cluster whose scheduler went away. Nothing was written."""


class WorkersLostError(ExecutorError):
    """Processes of this machine that worked were ended by the system, most likely for lack of memory. Nothing was written."""


class InternalError(GiliranError):
    """Our own inconsistency, such as an audit that disagrees with the solver."""

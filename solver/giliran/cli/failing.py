"""Errors as exit codes and words, the same for one instance and for many."""

from __future__ import annotations

import os
import traceback
from collections.abc import Mapping
from dataclasses import dataclass

from giliran.cli.exits import Exit
from giliran.errors import ExecutorError, InfeasibleError, InputError, NoPlanError
from giliran.messages import LANGUAGES, Lang, Said, Sentence

DEBUG = "GILIRAN_DEBUG"
"""Set this environment variable to see where an internal error came from."""

_INTERNAL = Sentence(
    en="Internal error, not your fault: {what}\n  Nothing more was written. Please report it; {variable}=1 shows where it happened.",
    id="Kesalahan dalam program, bukan kesalahan Anda: {what}\n"
    "  Tidak ada lagi yang ditulis. Mohon laporkan; {variable}=1 menunjukkan letaknya.",
)
_EXECUTOR = Sentence(
    en="Where the work was sent, nobody works any more: {what}\n  Nothing was written. Start it again, or leave out --dask to solve here.",
    id="Tempat pekerjaan dikirim tidak lagi bekerja: {what}\n"
    "  Tidak ada yang ditulis. Jalankan kembali, atau hapus --dask agar jadwal disusun di sini.",
)


@dataclass(frozen=True)
class Failure:
    """Why there is no answer.

    Parameters
    ----------
    code
        What the exit code says about it.
    problems
        One text per language for each problem, at least one.
    """

    code: Exit
    problems: tuple[Mapping[Lang, str], ...]

    def text(self, lang: Lang) -> str:
        """Every problem, a line or two each."""
        return "\n".join(problem[lang] for problem in self.problems)


def failure_of(error: Exception) -> Failure:
    """Any error as a failure; what was not raised on purpose is our own fault, whatever it is."""
    if isinstance(error, InputError):
        return Failure(Exit.BAD_INPUT, tuple({lang: problem.text(lang) for lang in LANGUAGES} for problem in error.problems))
    if isinstance(error, NoPlanError):
        code = Exit.BROKEN if isinstance(error, InfeasibleError) else Exit.UNDECIDED
        return Failure(code, ({lang: str(error) for lang in LANGUAGES},))
    if isinstance(error, ExecutorError):
        return Failure(Exit.EXECUTOR, (_both(_EXECUTOR(what=str(error))),))
    if os.environ.get(DEBUG):
        traceback.print_exception(error)
    return Failure(Exit.INTERNAL, (_both(_INTERNAL(what=f"{type(error).__name__}: {error}", variable=DEBUG)),))


def _both(said: Said) -> Mapping[Lang, str]:
    return {lang: said.text(lang) for lang in LANGUAGES}

"""Errors as exit codes and words, the same for one instance and for many."""

from __future__ import annotations

import errno
import os
import traceback
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from pathlib import Path

from giliran.cli.exits import Exit
from giliran.errors import ExecutorError, InfeasibleError, InputError, NoPlanError, Problem, Where, WorkersLostError
from giliran.messages import LANGUAGES, Lang, Said, Sentence, reason_of

DEBUG = "GILIRAN_DEBUG"
"""Set this environment variable to see where an internal error came from."""

_INTERNAL = Sentence(
    en="Internal error, not your fault: {what}\n  Nothing more was written. Please report it; {variable}=1 shows where it happened.",
    id="Kesalahan dalam program, bukan kesalahan Anda: {what}\n"
    "  Tidak ada lagi yang ditulis. Mohon laporkan; {variable}=1 menunjukkan letaknya.",
)
_EXECUTOR = Sentence(
    en="Where the work was sent, nobody works any more.\n"
    "  Nothing was written. Start it again, or leave out --dask to solve here; {variable}=1 shows what happened.",
    id="Tempat pekerjaan dikirim tidak lagi bekerja.\n"
    "  Tidak ada yang ditulis. Jalankan kembali, atau hapus --dask agar jadwal disusun di sini; {variable}=1 menunjukkan sebabnya.",
)
_MEMORY = Sentence(
    en="There was not enough memory to finish.\n  Close other programs, use fewer --workers, shorten the horizon, or plan the units in "
    "instances of their own. Nothing more was written.",
    id="Memori tidak cukup untuk menyelesaikan pekerjaan.\n  Tutup program lain, kurangi --workers, perpendek periode, atau susun "
    "setiap unit kerja dalam berkas masukan tersendiri. Tidak ada lagi yang ditulis.",
)
_LOST = Sentence(
    en="A worker process was ended by the system, most likely for lack of memory.\n  Use fewer --workers, close other programs, shorten "
    "the horizon, or plan the units in instances of their own. Nothing more was written.",
    id="Sebuah proses pekerja diakhiri oleh sistem, kemungkinan besar karena memori tidak cukup.\n  Kurangi --workers, tutup program "
    "lain, perpendek periode, atau susun setiap unit kerja dalam berkas masukan tersendiri. Tidak ada lagi yang ditulis.",
)
_DEEP = Sentence(
    en="Something here is nested or chained more deeply than giliran can follow.\n  Nothing more was written. Please report it; "
    "{variable}=1 shows where it happened.",
    id="Ada bagian yang bersarang atau berantai lebih dalam daripada yang dapat diikuti giliran.\n  Tidak ada lagi yang ditulis. Mohon "
    "laporkan; {variable}=1 menunjukkan letaknya.",
)
_NEEDED = Sentence(
    en="the system refuses something that giliran needs: {reason}", id="sistem menolak sesuatu yang diperlukan giliran: {reason}"
)
_REFUSED = Sentence(en="it cannot be used: {reason}", id="tidak dapat dipakai: {reason}")
_NO_PLACE = Sentence(
    en="the working folder is gone: it was deleted or moved, or may not be read",
    id="folder kerja sudah tidak ada: telah dihapus, dipindahkan, atau tidak boleh dibaca",
)
_GO_ELSEWHERE = Sentence(en="Change to a folder that is there, then try again.", id="Pindah ke folder yang ada, lalu coba lagi.")

_HOMELESS = Problem(Where(), _NO_PLACE(), _GO_ELSEWHERE())


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
    """Any error as a failure; what was not raised on purpose is our own fault, unless memory or the system would not do it."""
    if isinstance(error, InputError):
        return Failure(Exit.BAD_INPUT, tuple(map(_texts, [*_adrift(error.problems), *error.told()])))
    if isinstance(error, NoPlanError):
        code = Exit.BROKEN if isinstance(error, InfeasibleError) else Exit.UNDECIDED
        return Failure(code, (_both(error.said),))
    _show(error)
    causes = list(_causes(error))
    if any(isinstance(cause, MemoryError) or getattr(cause, "errno", None) == errno.ENOMEM for cause in causes):
        return Failure(Exit.UNDECIDED, (_both(_MEMORY()),))
    if any(isinstance(cause, WorkersLostError | BrokenExecutor) for cause in causes):
        return Failure(Exit.UNDECIDED, (_both(_LOST()),))
    if isinstance(error, ExecutorError):
        return Failure(Exit.EXECUTOR, (_both(_EXECUTOR(variable=DEBUG)),))
    if isinstance(error, OSError) and error.errno is not None:
        return Failure(Exit.BAD_INPUT, (_refused(error),))
    if any(isinstance(cause, RecursionError) for cause in causes):
        return Failure(Exit.INTERNAL, (_both(_DEEP(variable=DEBUG)),))
    return Failure(Exit.INTERNAL, (_both(_INTERNAL(what=f"{type(error).__name__}: {error}", variable=DEBUG)),))


def _show(error: Exception) -> None:
    """Where an error came from, for those who asked to see it."""
    if os.environ.get(DEBUG):
        traceback.print_exception(error)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and those that it came from: libraries turn lack of memory into errors of their own."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _refused(error: OSError) -> Mapping[Lang, str]:
    """What the system would not do with a file; readers and writers have words of their own for what they expect."""
    file = error.filename if isinstance(error.filename, str) else ""
    problem = Problem(Where(file), (_REFUSED if file else _NEEDED)(reason=reason_of(error)))
    return _texts(problem if _is_somewhere() else _HOMELESS)


def _adrift(problems: Iterable[Problem]) -> list[Problem]:
    """The reason before the problems of files that are named from the working folder, where that is gone."""
    is_relative = any(problem.where.file and not Path(problem.where.file).is_absolute() for problem in problems)
    return [_HOMELESS] if is_relative and not _is_somewhere() else []


def _is_somewhere() -> bool:
    """Whether there is a working folder."""
    try:
        Path.cwd()
    except OSError:
        return False
    return True


def _texts(problem: Problem) -> Mapping[Lang, str]:
    return {lang: problem.text(lang) for lang in LANGUAGES}


def _both(said: Said) -> Mapping[Lang, str]:
    return {lang: said.text(lang) for lang in LANGUAGES}

"""Files out: all that belong together are written, or none of them, and each wholly or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from giliran.errors import InputError, Problem, Where
from giliran.messages import Sentence, reason_of
from giliran.text.leftovers import temporary_beside
from giliran.text.trying import Named, check_replaceable, end_of, is_direct, misplaced, refuse_all, status_of, telling
from giliran.text.undisturbed import undisturbed

_NOT_BACK = Sentence(
    en="a file written beside it failed, and the old content cannot be put back here: {reason}; it is in {kept}",
    id="berkas di sampingnya gagal ditulis, dan isi yang lama tidak dapat dikembalikan: {reason}; isi itu ada di {kept}",
)
_STAYS = Sentence(
    en="a file written beside it failed, and this new one cannot be removed again: {reason}",
    id="berkas di sampingnya gagal ditulis, dan berkas baru ini tidak dapat dihapus lagi: {reason}",
)
_SAVE_IT = Sentence(
    en="Copy it to another name now: the next run removes it.", id="Salin sekarang ke nama lain: penyusunan berikutnya menghapusnya."
)

Content = str | bytes

_PIECE = 1 << 22


def write_text_atomic(path: Named, content: Content) -> None:
    """Write a file wholly or not at all: readers see the old content or the new, never a part; see `write_all_atomic`.

    Raises
    ------
    InputError
        If the folder is missing or the file cannot be written; what was there before is unchanged.
    """
    write_all_atomic([(path, lambda: content)])


def write_all_atomic(files: Sequence[tuple[Named, Callable[[], Content]]]) -> None:
    """Write files that belong together: all of them, or none.

    Each is completed in a temporary file beside its target; when all are, they take the places of the old ones, whose content is kept
    until the last one stands, and is put back where one fails. Text is written in UTF-8 with the line ends that it has. An existing
    file keeps its permissions, a new one gets the usual ones; a symbolic link stays a link. What is not a regular file (a pipe, a
    terminal) comes last and is written to directly. Ctrl-C leaves all old or all new.

    Parameters
    ----------
    files
        Each target, and what makes its content when its turn has come.

    Raises
    ------
    InputError
        If a folder is missing or a file cannot be written; what was there before is unchanged.
    """
    refuse_all(problem for path, _ in files for problem in misplaced(path))
    direct = [(path, content) for path, content in files if is_direct(Path(path))]
    moves = [_Move(path, content) for path, content in files if not is_direct(Path(path))]
    try:
        for move in moves:
            move.complete()
        with undisturbed():
            _place(moves)
        _write_through(direct, moves)
    finally:
        with undisturbed():
            for move in moves:
                move.clear()


def _pieces(content: Content) -> Iterator[bytes]:
    """Some megabytes at a time, so that a large text is not held twice."""
    for at in range(0, len(content), _PIECE):
        piece = content[at : at + _PIECE]
        yield piece.encode("utf-8") if isinstance(piece, str) else piece


class _Move:
    """A file on its way to its place."""

    def __init__(self, path: Named, content: Callable[[], Content]) -> None:
        self._file, self._content, self._target = str(path), content, end_of(path)
        self._new, self._old = temporary_beside(self._target), temporary_beside(self._target)
        self._is_kept = self._is_placed = self._is_stuck = False

    def complete(self) -> None:
        """Write it beside its target, to the disk."""
        content = self._content()
        with telling(self._file):
            old = check_replaceable(self._target, self._file)
            with self._new.open("xb") as stream:
                stream.writelines(_pieces(content))
                stream.flush()
                os.fsync(stream.fileno())
            if old is not None:
                self._new.chmod(stat.S_IMODE(old.st_mode))

    def keep(self) -> None:
        """Keep the old content beside: the same file by a second name, or a copy where the file system has no such names."""
        with telling(self._file):
            if status_of(self._target) is None:
                return
            try:
                self._old.hardlink_to(self._target)
            except (OSError, NotImplementedError):
                shutil.copy2(self._target, self._old)
            self._is_kept = True

    def place(self) -> None:
        """Take the place of the old content."""
        with telling(self._file):
            self._new.replace(self._target)
            self._is_placed = True

    def take_back(self) -> Iterator[Problem]:
        """Put the old content back, or nothing where nothing was; a problem where that fails."""
        if not self._is_placed:
            return
        try:
            if self._is_kept:
                self._old.replace(self._target)
            else:
                self._target.unlink(missing_ok=True)
        except OSError as error:
            self._is_stuck = True
            kept = _NOT_BACK(reason=reason_of(error), kept=str(self._old)) if self._is_kept else _STAYS(reason=reason_of(error))
            yield Problem(Where(self._file), kept, _SAVE_IT() if self._is_kept else None)

    def clear(self) -> None:
        """Remove what is left beside the target."""
        for path in (self._new, *(() if self._is_stuck else (self._old,))):
            with contextlib.suppress(OSError):  # the folder is gone or locked; the next run removes it
                path.unlink(missing_ok=True)


def _place(moves: Sequence[_Move]) -> None:
    """Put every file in its place, or none."""
    try:
        for move in moves:
            move.keep()
        for move in moves:
            move.place()
    except BaseException as error:
        _put_back(moves, error)
        raise


def _write_through(direct: Sequence[tuple[Named, Callable[[], Content]]], moves: Sequence[_Move]) -> None:
    """Write to pipes and terminals; where that fails, the files are as before."""
    try:
        for path, content in direct:
            text = content()
            with telling(str(path)), Path(path).open("wb") as stream:
                stream.writelines(_pieces(text))
    except BaseException as error:
        with undisturbed():
            _put_back(moves, error)
        raise


def _put_back(moves: Sequence[_Move], error: BaseException) -> None:
    """Every file as it was; what cannot be is told with the error that was the reason."""
    stuck = [problem for move in reversed(moves) for problem in move.take_back()]
    if stuck:
        raise InputError([*(error.problems if isinstance(error, InputError) else ()), *stuck]) from error

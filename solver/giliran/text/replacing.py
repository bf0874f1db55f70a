"""Files out: all that belong together are written, or none of them, and each wholly or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from giliran.errors import InputError, Problem, Where
from giliran.messages import Sentence
from giliran.text.files import IS_FOLDER, is_folder, reason_of, refuse
from giliran.text.leftovers import clear_leftovers, temporary_beside
from giliran.text.undisturbed import undisturbed

_NO_FOLDER = Sentence(en="the folder {folder} does not exist", id="folder {folder} tidak ada")
_MAKE_FOLDER = Sentence(en="Make the folder first, or choose another.", id="Buat dahulu foldernya, atau pilih folder lain.")
_NOT_MADE = Sentence(en="the folder cannot be made: {reason}", id="folder tidak dapat dibuat: {reason}")
_UNWRITABLE = Sentence(
    en="the file cannot be written: {reason}; what was there before is unchanged",
    id="berkas tidak dapat ditulis: {reason}; isi yang lama tidak berubah",
)
_READ_ONLY = Sentence(en="it is read-only", id="berkas hanya dapat dibaca")
_OF_ANOTHER = Sentence(
    en="it belongs to somebody else, in a folder where only owners replace files",
    id="berkas itu milik orang lain, di folder yang berkasnya hanya boleh diganti pemiliknya",
)
_CLOSE_IT = Sentence(
    en="Check that you may write here, and that the file is not open in another program such as Excel.",
    id="Periksa izin menulis di sini, dan pastikan berkas tidak sedang dibuka di program lain seperti Excel.",
)
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
Named = str | os.PathLike[str]

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
    refuse_all(problem for path, _ in files for problem in _misplaced(path))
    direct = [(path, content) for path, content in files if _is_direct(Path(path))]
    moves = [_Move(path, content) for path, content in files if not _is_direct(Path(path))]
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


def try_targets(paths: Iterable[Named]) -> Iterator[Problem]:
    """Problems of files that could not be written now; leftovers of killed runs beside them are removed.

    A file is tried by a temporary one beside it, which is how it will be written, and an existing one by opening it.
    """
    folders = set()
    for path in paths:
        found = list(_misplaced(path))
        if not found and not _is_direct(Path(path)):
            target = _end_of(path)
            if target.parent not in folders:
                clear_leftovers(target.parent)
                folders.add(target.parent)
            found = list(_unwritable(path, target))
        yield from found


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, where it is missing.

    Raises
    ------
    InputError
        If it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refuse(str(folder), _NOT_MADE(reason=reason_of(error))) from None


def refuse_all(problems: Iterable[Problem]) -> None:
    """Raise `InputError` if there are problems."""
    told = list(problems)
    if told:
        raise InputError(told)


def _misplaced(path: Named) -> Iterator[Problem]:
    folder = Path(path).parent
    if not is_folder(folder):
        yield Problem(Where(str(path)), _NO_FOLDER(folder=str(folder)), _MAKE_FOLDER())
    elif is_folder(Path(path)):
        yield Problem(Where(str(path)), IS_FOLDER())


def _is_direct(path: Path) -> bool:
    """Whether there is something at a path that is written to, not replaced."""
    try:
        return path.exists() and not path.is_file()
    except OSError:
        return False


def _end_of(path: Named) -> Path:
    """Where the links of a path end."""
    return Path(os.path.realpath(path))


def _unwritable(path: Named, target: Path) -> Iterator[Problem]:
    temporary = temporary_beside(target)
    try:
        with _telling(str(path)):
            _check_replaceable(target, str(path))
            try:
                temporary.open("xb").close()
            finally:
                temporary.unlink(missing_ok=True)
    except InputError as error:
        yield from error.problems


def _check_replaceable(target: Path, file: str) -> None:
    """See that a file may be written to, although replacing it would not need that: whoever made it read-only wants to keep it."""
    if not target.exists():
        return
    if not os.access(target, os.W_OK):
        raise refuse(file, _UNWRITABLE(reason=_READ_ONLY()), _CLOSE_IT())
    target.open("r+b").close()
    user = getattr(os, "geteuid", lambda: 0)()
    folder = target.parent.stat()
    if folder.st_mode & 0o1000 and user not in (0, folder.st_uid, target.stat().st_uid):
        raise refuse(file, _UNWRITABLE(reason=_OF_ANOTHER()), _CLOSE_IT())


def _pieces(content: Content) -> Iterator[bytes]:
    """Some megabytes at a time, so that a large text is not held twice."""
    for at in range(0, len(content), _PIECE):
        piece = content[at : at + _PIECE]
        yield piece.encode("utf-8") if isinstance(piece, str) else piece


class _Move:
    """A file on its way to its place."""

    def __init__(self, path: Named, content: Callable[[], Content]) -> None:
        self._file, self._content, self._target = str(path), content, _end_of(path)
        self._new, self._old = temporary_beside(self._target), temporary_beside(self._target)
        self._is_kept = self._is_placed = self._is_stuck = False

    def complete(self) -> None:
        """Write it beside its target, to the disk."""
        content = self._content()
        with _telling(self._file):
            _check_replaceable(self._target, self._file)
            mode = self._target.stat().st_mode & 0o7777 if self._target.exists() else None
            with self._new.open("xb") as stream:
                stream.writelines(_pieces(content))
                stream.flush()
                os.fsync(stream.fileno())
            if mode is not None:
                self._new.chmod(mode)

    def keep(self) -> None:
        """Keep the old content beside: the same file by a second name, or a copy where the file system has no such names."""
        if not self._target.exists():
            return
        with _telling(self._file):
            try:
                self._old.hardlink_to(self._target)
            except (OSError, NotImplementedError):
                shutil.copy2(self._target, self._old)
            self._is_kept = True

    def place(self) -> None:
        """Take the place of the old content."""
        with _telling(self._file):
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
            with _telling(str(path)), Path(path).open("wb") as stream:
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


@contextlib.contextmanager
def _telling(file: str) -> Iterator[None]:
    """Errors of the system as ours, with the name of the file."""
    try:
        yield
    except OSError as error:
        raise refuse(file, _UNWRITABLE(reason=reason_of(error)), _CLOSE_IT()) from None

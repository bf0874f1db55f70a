"""Files that are to be written, tried before: what is seen early costs no plan that a long search has found."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from giliran.errors import InputError, Problem, Where
from giliran.messages import Sentence, reason_of
from giliran.text.files import IS_FOLDER, is_folder, refuse
from giliran.text.leftovers import clear_leftovers, temporary_beside
from giliran.text.windows import refused_by_windows

_NO_FOLDER = Sentence(en="the folder {folder} does not exist", id="folder {folder} tidak ada")
_MAKE_FOLDER = Sentence(en="Make the folder first, or choose another.", id="Buat dahulu foldernya, atau pilih folder lain.")
_NOT_MADE = Sentence(en="the folder cannot be made: {reason}", id="folder tidak dapat dibuat: {reason}")
_UNWRITABLE = Sentence(
    en="the file cannot be written: {reason}; what was there before is unchanged",
    id="berkas tidak dapat ditulis: {reason}; isi yang lama tidak berubah",
)
_NOTHING_NEW = Sentence(
    en="no file can be written in this folder: {reason}", id="tidak ada berkas yang dapat ditulis di folder ini: {reason}"
)
_CHOOSE_FOLDER = Sentence(
    en="Check that you may write here and that the disk has room, or choose another folder.",
    id="Periksa izin menulis di sini dan sisa ruang disk, atau pilih folder lain.",
)
CHOOSE_OTHER = Sentence(en="Choose another name or folder.", id="Pilih nama atau folder lain.")
"""Advice where a file would be written over what is to stay."""
_READ_ONLY = Sentence(en="it is read-only", id="berkas hanya dapat dibaca")
_OF_ANOTHER = Sentence(
    en="it belongs to somebody else, in a folder where only owners replace files",
    id="berkas itu milik orang lain, di folder yang berkasnya hanya boleh diganti pemiliknya",
)
_CLOSE_IT = Sentence(
    en="Check that you may write here, and that the file is not open in another program such as Excel.",
    id="Periksa izin menulis di sini, dan pastikan berkas tidak sedang dibuka di program lain seperti Excel.",
)
_MAKE_ROOM = Sentence(en="Make room on the disk, or choose another folder.", id="Kosongkan sebagian ruang disk, atau pilih folder lain.")
_NO_ROOM = {number for name in ("ENOSPC", "EDQUOT", "EFBIG") if (number := getattr(errno, name, None))}

Named = str | os.PathLike[str]
"""The name of a file."""


def try_targets(paths: Iterable[Named]) -> Iterator[Problem]:
    """Problems of files that could not be written now; leftovers of killed runs beside them are removed.

    A folder is tried by a temporary file, which is how each is written there, and told once; an existing file is tried by opening it.
    """
    tried: dict[Path, bool] = {}
    for path in paths:
        found = list(misplaced(path))
        yield from found
        if found or is_direct(Path(path)):
            continue
        target = end_of(path)
        if target.parent not in tried:
            clear_leftovers(target.parent)
            refused = list(_refused(temporary_beside(target), Path(path).parent))
            tried[target.parent] = not refused
            yield from refused
        if tried[target.parent]:
            yield from _kept_from(path, target)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, where it is missing.

    Raises
    ------
    InputError
        If it cannot be made, or would not have that name.
    """
    refuse_all(_renamed(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refuse(str(folder), _NOT_MADE(reason=reason_of(error))) from None


def refuse_all(problems: Iterable[Problem]) -> None:
    """Raise `InputError` if there are problems."""
    told = list(problems)
    if told:
        raise InputError(told)


def misplaced(path: Named) -> Iterator[Problem]:
    """Problems of a file that cannot have its name, that is named from a folder that is gone or missing, or that is a folder."""
    folder = Path(path).parent
    renamed = list(_renamed(path))
    if renamed:
        yield from renamed
        return
    refused = _refused_name(path)
    if refused is not None:
        yield Problem(Where(str(path)), _UNWRITABLE(reason=reason_of(refused)))
        return
    if not is_folder(folder):
        yield Problem(Where(str(path)), _NO_FOLDER(folder=str(folder)), _MAKE_FOLDER())
    elif is_folder(Path(path)):
        yield Problem(Where(str(path)), IS_FOLDER())


def _renamed(path: Named) -> Iterator[Problem]:
    """The problem of a file or folder that would not get the name it is given."""
    said = refused_by_windows(path)
    if said is not None:
        yield Problem(Where(str(path)), said, CHOOSE_OTHER())


def _refused_name(path: Named) -> Exception | None:
    """Why the system cannot even be asked for a file: no file has such a name, or it is named from a folder that is gone."""
    try:
        end_of(path)
        if b"\0" in os.fsencode(Path(path).name):
            return ValueError()
    except (OSError, ValueError) as error:
        return error
    return None


def is_direct(path: Path) -> bool:
    """Whether there is something at a path that is written to, not replaced."""
    try:
        return path.exists() and not path.is_file()
    except OSError:
        return False


def end_of(path: Named) -> Path:
    """Where the links of a path end."""
    return Path(os.path.realpath(path))


def _refused(temporary: Path, folder: Path) -> Iterator[Problem]:
    """The problem of a folder that takes no new file."""
    try:
        temporary.open("xb").close()
    except OSError as error:
        yield Problem(Where(str(folder)), _NOTHING_NEW(reason=reason_of(error)), _CHOOSE_FOLDER())
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _kept_from(path: Named, target: Path) -> Iterator[Problem]:
    """What keeps a file from being replaced."""
    try:
        with telling(str(path)):
            check_replaceable(target, str(path))
    except InputError as error:
        yield from error.problems


def status_of(target: Path) -> os.stat_result | None:
    """What is known of the file at the end of all links; None where there is none, as at links that run in a circle."""
    try:
        status = target.lstat()
    except FileNotFoundError:
        return None
    return None if stat.S_ISLNK(status.st_mode) else status


def check_replaceable(target: Path, file: str) -> os.stat_result | None:
    """See that a file may be written to, although replacing it would not need that: whoever made it read-only wants to keep it.

    Gives what is known of the file, None where there is none.
    """
    status = status_of(target)
    if status is None:
        return None
    if not os.access(target, os.W_OK):
        raise refuse(file, _UNWRITABLE(reason=_READ_ONLY()), _CLOSE_IT())
    target.open("r+b").close()
    user = getattr(os, "geteuid", lambda: 0)()
    folder = target.parent.stat()
    if folder.st_mode & stat.S_ISVTX and user not in (0, folder.st_uid, status.st_uid):
        raise refuse(file, _UNWRITABLE(reason=_OF_ANOTHER()), _CLOSE_IT())
    return status


@contextlib.contextmanager
def telling(file: str) -> Iterator[None]:
    """Errors of the system as ours, with the name of the file."""
    try:
        yield
    except OSError as error:
        advice = _MAKE_ROOM() if error.errno in _NO_ROOM else _CLOSE_IT()
        raise refuse(file, _UNWRITABLE(reason=reason_of(error)), advice) from None

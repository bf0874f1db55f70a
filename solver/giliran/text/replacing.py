"""Files out: text becomes a file wholly or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from giliran.messages import Sentence
from giliran.text.files import IS_FOLDER, is_folder, reason_of, refuse

_NO_FOLDER = Sentence(en="the folder {folder} does not exist", id="folder {folder} tidak ada")
_MAKE_FOLDER = Sentence(en="Make the folder first, or choose another.", id="Buat dahulu foldernya, atau pilih folder lain.")
_UNWRITABLE = Sentence(
    en="the file cannot be written: {reason}; what was there before is unchanged",
    id="berkas tidak dapat ditulis: {reason}; isi yang lama tidak berubah",
)
_READ_ONLY = Sentence(en="it is read-only", id="berkas hanya dapat dibaca")
_CLOSE_IT = Sentence(
    en="Check that you may write here, and that the file is not open in another program such as Excel.",
    id="Periksa izin menulis di sini, dan pastikan berkas tidak sedang dibuka di program lain seperti Excel.",
)

_PIECE = 1 << 22


def write_text_atomic(path: str | os.PathLike[str], content: str | bytes) -> None:
    """Write a file wholly or not at all: readers see the old content or the new, never a part.

    The content goes to a temporary file in the same folder, which then takes the place of the old one. Text is written in UTF-8 with
    the line ends that it has. An existing file keeps its permissions, a new one gets the usual ones; a symbolic link stays a link. What
    is not a regular file (a pipe, a terminal) is written to directly.

    Raises
    ------
    InputError
        If the folder is missing or the file cannot be written; what was there before is unchanged.
    """
    target = Path(path)
    if not is_folder(target.parent):
        raise refuse(str(path), _NO_FOLDER(folder=str(target.parent)), _MAKE_FOLDER())
    if is_folder(target):
        raise refuse(str(path), IS_FOLDER())
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:
                stream.writelines(_pieces(content))
        else:
            _replace(Path(os.path.realpath(target)), content, str(path))
    except OSError as error:
        raise refuse(str(path), _UNWRITABLE(reason=reason_of(error)), _CLOSE_IT()) from None


def _pieces(content: str | bytes) -> Iterator[bytes]:
    """Some megabytes at a time, so that a large text is not held twice."""
    for at in range(0, len(content), _PIECE):
        piece = content[at : at + _PIECE]
        yield piece.encode("utf-8") if isinstance(piece, str) else piece


def _replace(target: Path, content: str | bytes, file: str) -> None:
    mode = target.stat().st_mode & 0o7777 if target.exists() else None
    if mode is not None and not os.access(target, os.W_OK):
        raise refuse(file, _UNWRITABLE(reason=_READ_ONLY()), _CLOSE_IT())
    temporary = target.with_name(f".giliran-{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as stream:
            stream.writelines(_pieces(content))
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise

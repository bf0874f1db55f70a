"""Files in: bytes become text whatever program saved them."""

from __future__ import annotations

import codecs
import contextlib
import os
import re
import unicodedata
from pathlib import Path

from giliran.errors import InputError, Problem, Where
from giliran.messages import Said, Sentence, meant, plain, reason_of
from giliran.text.opened import opened
from giliran.text.pieces import is_socket, most_of, read_pieces, size_of

_NOT_FOUND = Sentence(en="there is no such file", id="berkas ini tidak ada")
IS_FOLDER = Sentence(en="this is a folder, a file was expected", id="ini folder, padahal yang diperlukan berkas")
_NO_ENDING = Sentence(en="the name has no ending; {known} was expected", id="nama ini tidak berakhiran; yang diperlukan {known}")
_UNREADABLE = Sentence(en="the file cannot be read: {reason}", id="berkas tidak dapat dibaca: {reason}")
_SOCKET = Sentence(en="this is a socket, a file was expected", id="ini soket, padahal yang diperlukan berkas")
EMPTY = Sentence(en="the file is empty", id="berkas kosong")
_TOO_LARGE = Sentence(
    en="larger than {limit} MB, the most that is read from a file of this kind",
    id="lebih besar dari {limit} MB, batas untuk berkas jenis ini",
)
_ENDLESS = Sentence(
    en="more than {limit} MB come out of this pipe or device; no more is read from what is not a file",
    id="lebih dari {limit} MB keluar dari pipa atau perangkat ini; lebih dari itu hanya dibaca dari berkas",
)
_SAVE_FIRST = Sentence(en="Save it as a file first.", id="Simpan dahulu sebagai berkas.")
_NUL = Sentence(en="the file holds NUL characters, so it is not text", id="berkas memuat karakter NUL, jadi bukan berkas teks")
_SAVE_AS_TEXT = Sentence(
    en="Save it again as text in UTF-8; from Excel as 'CSV UTF-8'.",
    id="Simpan kembali sebagai teks UTF-8; dari Excel pilih 'CSV UTF-8'.",
)

_MEGABYTE = 1_000_000
_MOST_OF_A_WORD = 90
"""Bytes of a part of the name of a file; every system takes names of 255."""
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def refuse(file: str, said: Said, advice: Said | None = None, line: int = 0, field: str = "") -> InputError:
    """One problem of one file, as an error to raise."""
    return InputError([Problem(Where(file, line, field), said, advice)])


def read_text(path: Path, max_bytes: int, too_large: Said | None = None) -> tuple[str, str]:
    """Text of a file, and the encoding in which it was found.

    UTF-8 with or without a byte order mark, UTF-16 with one, and otherwise what Windows programs write: Windows-1252 (Latin-1 where
    a byte has no meaning there). `too_large` is the advice for a file of more than `max_bytes`.

    Raises
    ------
    InputError
        If the file is missing, a folder, unreadable, empty, larger than `max_bytes`, or not text.
    """
    text, encoding = decode(read_bytes(path, max_bytes, too_large))
    check_text(text, str(path))
    return text, encoding


def read_bytes(path: Path, max_bytes: int, too_large: Said | None = None) -> bytearray:
    """Bytes of a text, all of them; raises `InputError` as `read_text` does."""
    raw = read_raw(path, max_bytes, too_large)
    if _marked(raw) != "utf-16":
        check_nul(raw, str(path))
    return raw


def read_raw(path: Path, max_bytes: int, too_large: Said | None = None) -> bytearray:
    """Bytes of any file, all of them; raises `InputError` if it is missing, a folder, unreadable, or larger than `max_bytes`."""
    opened(path)
    check_size(size_of(path), max_bytes, str(path), too_large)
    most = most_of(path, max_bytes)
    raw = _read_bytes(path, most)
    if len(raw) > most < max_bytes:
        raise refuse(str(path), _ENDLESS(limit=most // _MEGABYTE), _SAVE_FIRST())
    check_size(len(raw), max_bytes, str(path), too_large)
    return raw


def check_size(size: int, max_bytes: int, file: str, too_large: Said | None = None) -> None:
    """Raise `InputError` if a text of `size` bytes is larger than files of its kind may be."""
    if size > max_bytes:
        raise refuse(file, _TOO_LARGE(limit=max_bytes // _MEGABYTE), too_large)


def check_text(text: str, file: str) -> None:
    """Raise `InputError` if a text is empty, or holds NUL characters and so is none."""
    if not text or text.isspace():
        raise refuse(file, EMPTY())
    if (at := text.find("\0")) >= 0:
        raise refuse(file, _NUL(), _SAVE_AS_TEXT(), line=text.count("\n", 0, at) + 1)


def check_nul(raw: bytes | bytearray, file: str) -> None:
    """The same of a text in bytes: raise `InputError` if it holds NUL characters."""
    if (at := raw.find(b"\0")) >= 0:
        raise refuse(file, _NUL(), _SAVE_AS_TEXT(), line=raw.count(b"\n", 0, at) + 1)


def file_word(text: str, most: int) -> str:
    """Letters and digits of a text as part of the name of a file, in the one form that file systems agree on; empty where it has none.

    Parameters
    ----------
    most
        Letters that it may have; its bytes in UTF-8 are 90 at most.
    """
    short = re.sub(r"[\W_]+", "_", unicodedata.normalize("NFC", text))[:most].strip("_")
    return short.encode("utf-8", "ignore")[:_MOST_OF_A_WORD].decode("utf-8", "ignore")


def is_folder(path: Path) -> bool:
    """Whether there is a folder at a path; where the system refuses the path, as one too long, there is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_file(path: Path) -> bool:
    """Whether there is a file at a path; where the system refuses the path, or it is no path at all, there is none."""
    return os.path.isfile(path)  # noqa: PTH113  # `Path.is_file` raises then


def _read_bytes(path: Path, most: int) -> bytearray:
    file = str(path)
    try:
        return read_pieces(path, most)
    except FileNotFoundError:
        raise not_there(path) from None
    except IsADirectoryError:
        raise refuse(file, IS_FOLDER()) from None
    except (OSError, ValueError) as error:
        if is_folder(path):
            raise refuse(file, IS_FOLDER()) from None
        if is_socket(path):
            raise refuse(file, _SOCKET()) from None
        raise refuse(file, _UNREADABLE(reason=reason_of(error))) from None


def not_there(path: Path) -> InputError:
    """That there is no file, and which one beside it may be meant."""
    return refuse(str(path), _NOT_FOUND(), _neighbour(path))


def misnamed(path: Path, known: str, said: Said) -> Problem:
    """What is wrong with a name that ends otherwise than in `known`: it is a folder's, or has no ending, or else what is said."""
    if is_folder(path):
        return Problem(Where(str(path)), IS_FOLDER())
    return Problem(Where(str(path)), said if path.suffix else _NO_ENDING(known=plain(known)))


def _neighbour(path: Path) -> Said | None:
    try:
        names = sorted(entry.name for entry in path.parent.iterdir() if entry.is_file())
    except OSError:
        return None
    otherwise = [name for name in names if name.casefold() == path.name.casefold()]
    return meant(path.name, otherwise or names)


def decode(raw: bytes | bytearray) -> tuple[str, str]:
    """Text and encoding of bytes: what their byte order mark says, else UTF-8, else Windows-1252, else Latin-1."""
    for encoding in (_marked(raw) or "utf-8", "windows-1252"):
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode(encoding), encoding
    return raw.decode("latin-1"), "latin-1"


def _marked(raw: bytes | bytearray) -> str | None:
    """The encoding that a byte order mark says."""
    return next((encoding for bom, encoding in _BOMS if raw.startswith(bom)), None)

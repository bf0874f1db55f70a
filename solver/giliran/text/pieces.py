"""The bytes of a file, taken in pieces: no more memory is asked for than the file has bytes, and a pipe may let us wait."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import BinaryIO

from giliran.waiting import Waiting

PIECE = 1 << 20
"""Most bytes that are taken at once."""
MAX_STREAM_BYTES = 200_000_000
"""Most that is read from what is no ordinary file and may never end."""


def is_ordinary(path: Path) -> bool:
    """Whether reading a file takes nothing away from it, and does not wait; what is not there counts as ordinary."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return True
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def is_socket(path: Path) -> bool:
    """Whether there is a socket at a path, which no file can be read from."""
    try:
        return path.is_socket()
    except OSError:
        return False


_WITH_NULS = (b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How files begin that hold NULs and are read all the same: UTF-16, and workbooks."""


def read_pieces(path: Path, most: int) -> bytearray:
    """The bytes of a file, as far as one more than `most` of them; of what holds a NUL, and is neither UTF-16 nor a
    workbook, the beginning is enough.

    Raises
    ------
    OSError
        If the system does not let us.
    """
    raw = bytearray()
    slow = contextlib.nullcontext if is_ordinary(path) else Waiting(path).told
    with slow():
        stream = path.open("rb", buffering=0)
    with stream:
        while len(raw) <= most:
            with slow():
                piece = _piece(stream, min(PIECE, most + 1 - len(raw)))
            if not piece:
                break
            raw += piece
            if b"\0" in piece and not raw.startswith(_WITH_NULS):
                break
    return raw


def _piece(stream: BinaryIO, size: int) -> bytes:
    """The next bytes; `b""` at the end, and where a terminal has nothing to give."""
    return stream.read(size) or b""


def most_of(path: Path, most: int) -> int:
    """Most bytes that are read from a path: less than `most` where it is no ordinary file."""
    return most if is_ordinary(path) else min(most, MAX_STREAM_BYTES)


def size_of(path: Path) -> int:
    """The bytes of an ordinary file; 0 where nobody knows before reading."""
    try:
        status = os.stat(path)  # noqa: PTH116  # any kind of path
    except (OSError, ValueError):
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0

"""A file that only grows: each line is on the disk before anybody relies on it, and nobody else writes into it meanwhile."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path

from giliran.messages import Sentence
from giliran.text.files import refuse
from giliran.text.trying import misplaced, refuse_all, telling

_TAKEN = Sentence(
    en="another giliran is at work on this file; two would write over each other's lines",
    id="giliran lain sedang memakai berkas ini; dua sekaligus akan saling menimpa",
)
_END_IT = Sentence(
    en="Go on in the page that is open already, or end the other one with Ctrl-C first.",
    id="Lanjutkan di halaman yang sudah terbuka, atau akhiri dahulu yang lain dengan Ctrl-C.",
)

_FAR = 1 << 40
"""Where the lock of Windows lies: far beyond all lines, which others may then read."""


class Appending:
    """A file to which whole lines are added, locked against other processes as long as it is open.

    Parameters
    ----------
    path
        The file; made where it is missing.

    Raises
    ------
    InputError
        If the folder is missing, the file cannot be written, or another process has it open in this way.
    """

    def __init__(self, path: Path) -> None:
        refuse_all(misplaced(path))
        self.path = path
        with telling(str(path)):
            self._stream = io.FileIO(path, "a+")
        try:
            _lock(self._stream, path)
            _settle_folder(path.parent)
        except BaseException:
            self._stream.close()
            raise

    @property
    def size(self) -> int:
        """Bytes in the file."""
        return os.fstat(self._stream.fileno()).st_size

    def read(self, most: int = -1) -> bytes:
        """Everything in the file, or so many of its first bytes."""
        with telling(str(self.path)):
            self._stream.seek(0)
            return self._stream.readall() if most < 0 else self._stream.read(most) or b""

    def append(self, line: str) -> None:
        """Add a line and wait until it is on the disk; where that fails, the file is as it was.

        Raises
        ------
        InputError
            If it cannot be written, the disk being full for example.
        """
        end = self.size
        data = memoryview(f"{line}\n".encode())
        with telling(str(self.path)):
            try:
                while data:
                    data = data[self._stream.write(data) :]
                os.fsync(self._stream.fileno())
            except OSError:
                self.cut(end)
                raise

    def cut(self, size: int) -> None:
        """Take away what stands behind the first bytes."""
        with telling(str(self.path)):
            self._stream.truncate(size)
            os.fsync(self._stream.fileno())

    def close(self) -> None:
        """Let others have the file."""
        self._stream.close()


def _settle_folder(folder: Path) -> None:
    """The name of a new file is on the disk too; where folders cannot be opened, the system does that itself."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):  # file systems that do not know how
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _lock(stream: io.FileIO, path: Path) -> None:
    """Hold a file until it is closed; the system lets go of it where the process is killed."""
    try:
        if sys.platform == "win32":
            import msvcrt

            stream.seek(_FAR)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise refuse(str(path), _TAKEN(), _END_IT()) from None

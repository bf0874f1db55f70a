"""stdout and stderr of a run: either may be gone, full or closed, and the command still ends as it would have."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from typing import Any, TextIO, cast

from giliran.messages import Said, reason_of


class Stream:
    """A text stream that never raises when its reader leaves or its disk is full: it remembers, and goes on quietly.

    Attributes
    ----------
    trouble
        Why a part of the text was lost although somebody wants it, such as a full disk; None while there is no such reason. A reader that
        has left wanted no more, and a stream that was closed from the start nothing at all.
    """

    def __init__(self, inner: TextIO | None) -> None:
        self.inner = inner
        self.trouble: Said | None = None
        self._gone = inner is None

    def write(self, text: str) -> int:
        """Pass a text on while somebody takes it."""
        with self._forgiving():
            if self.inner is not None and not self._gone:
                self.inner.write(text)
        return len(text)

    def flush(self) -> None:
        """Pass on what is left."""
        with self._forgiving():
            if self.inner is not None and not self._gone:
                self.inner.flush()

    def isatty(self) -> bool:
        """Whether somebody sits there."""
        try:
            return not self._gone and self.inner is not None and self.inner.isatty()
        except (OSError, ValueError):
            return False

    def release(self) -> None:
        """Flush for the last time; what cannot be flushed is thrown away, so that Python does not complain again when it ends."""
        self.flush()
        if self._gone and self.inner is not None:
            with contextlib.suppress(OSError, ValueError):
                _point_nowhere(self.inner.fileno())

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    @contextlib.contextmanager
    def _forgiving(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            self._gone = True
        except UnicodeError:
            raise
        except (OSError, ValueError) as error:  # ValueError: somebody has closed the file
            self._gone = True
            self.trouble = reason_of(error if isinstance(error, OSError) else OSError(errno.EBADF, ""))


@contextlib.contextmanager
def guarded() -> Iterator[Stream]:
    """Meanwhile nothing that is printed or said raises; the stream of the answer."""
    _fill_gaps()
    before = sys.stdout, sys.stderr
    for stream in before:
        _speak_utf8(stream)
    ours = Stream(before[0]), Stream(before[1])
    sys.stdout, sys.stderr = cast(TextIO, ours[0]), cast(TextIO, ours[1])
    try:
        yield ours[0]
    finally:
        sys.stdout, sys.stderr = before
        for stream in ours:
            stream.release()


def _fill_gaps() -> None:
    """Standard streams that are closed lead nowhere: otherwise the first file that is opened takes their number, and talk of libraries."""
    for number, stream in enumerate((sys.stdin, sys.stdout, sys.stderr)):
        if stream is None:
            try:
                os.fstat(number)
            except OSError:
                with contextlib.suppress(OSError):
                    _point_nowhere(number)


def _point_nowhere(number: int) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    if nowhere != number:
        os.dup2(nowhere, number)
        os.close(nowhere)


def _speak_utf8(stream: TextIO | None) -> None:
    """Pipes and files get UTF-8 whatever the system's code page; a sign that cannot be shown, as in some file names, is replaced."""
    reconfigure = getattr(stream, "reconfigure", None)
    if stream is not None and reconfigure is not None:
        with contextlib.suppress(OSError, ValueError):
            reconfigure(errors="replace") if stream.isatty() else reconfigure(encoding="utf-8", errors="backslashreplace")

"""What is told while nothing comes from a pipe: the library itself says nothing, and whoever talks to a person sets what is said.

Stands by itself, apart from what reads, so that a command line can set it before anything large is loaded.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from pathlib import Path

PATIENCE_S = 1.0
"""Seconds after which somebody is told that nothing comes."""

_TELL: ContextVar[Callable[[Path], object] | None] = ContextVar("_TELL", default=None)


@contextlib.contextmanager
def while_waiting(tell: Callable[[Path], object]) -> Iterator[None]:
    """Meanwhile `tell` gets every pipe or device, once, from which nothing comes for a second; from a thread of its own."""
    token = _TELL.set(tell)
    try:
        yield
    finally:
        _TELL.reset(token)


class Waiting:
    """The waiting for one file, which is told once.

    Parameters
    ----------
    path
        The file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tell = _TELL.get()

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """Wait for something; it is told if that takes long."""
        if self._tell is None:
            yield
            return
        timer = threading.Timer(PATIENCE_S, self._say, (self._tell,))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _say(self, tell: Callable[[Path], object]) -> None:
        self._tell = None
        tell(self._path)

"""Ctrl-C while a command runs."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Interrupts:
    """What Ctrl-C does: it raises `KeyboardInterrupt`, except where work is to come to a good end.

    Attributes
    ----------
    pressed
        Set by the first Ctrl-C; a search that watches it ends with its best plan.
    raised
        Whether a `KeyboardInterrupt` is on its way. Loading a library or calling into one may turn it into another error, which is then no
        error of ours.
    """

    def __init__(self) -> None:
        self.pressed = threading.Event()
        self.raised = False
        self._patient = False

    @contextmanager
    def patient(self) -> Iterator[None]:
        """Meanwhile the first Ctrl-C only sets `pressed`; the second one raises `KeyboardInterrupt`."""
        self._patient = True
        try:
            yield
        finally:
            self._patient = False

    def settle(self) -> None:
        """What was raised has been dealt with."""
        self.raised = False

    def hear(self, number: int, frame: FrameType | None) -> None:
        """Take a Ctrl-C."""
        first = not self.pressed.is_set()
        self.pressed.set()
        if not (first and self._patient):
            self.raised = True
            raise KeyboardInterrupt


@contextmanager
def interrupts() -> Iterator[Interrupts]:
    """Take Ctrl-C over, where Python's own handler is in place and this is the main thread; others' handlers are their affair."""
    taken = Interrupts()
    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield taken
        return
    signal.signal(signal.SIGINT, taken.hear)
    try:
        yield taken
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)

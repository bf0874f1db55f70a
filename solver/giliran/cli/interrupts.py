"""Ctrl-C while a command runs, and other signals that ask it to end."""

from __future__ import annotations

import _thread
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import Any

from giliran.cli.leaving import leave

ENDING: tuple[int, ...] = tuple(number for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if (number := getattr(signal, name, None)) is not None)
"""Signals that end a command at once but cleanly, as far as the system has them: `kill`, `timeout`, a closed terminal, Ctrl-Break."""

STORM_S = 1.0
"""Seconds after an interrupt during which more of them are the same one: what it ended is still being put away."""

_AGAIN_S = 0.01
"""Seconds until an interrupt comes again that code without a caller, such as a finalizer, swallowed."""

_FROM_SIGNAL = 128


class Interrupts:
    """What Ctrl-C does: it raises `KeyboardInterrupt`, except where work is to come to a good end.

    Attributes
    ----------
    pressed
        Set by the first Ctrl-C; a search that watches it ends with its best plan.
    raised
        Whether a `KeyboardInterrupt` is on its way. Loading a library or calling into one may turn it into another error, which is then no
        error of ours.
    code
        The exit code of a command that was interrupted: 128 and the number of the signal, as shells say it.
    """

    def __init__(self) -> None:
        self.pressed: threading.Event = threading.Event()
        self.raised: bool = False
        self.code: int = _FROM_SIGNAL + int(signal.SIGINT)
        self._patient = False
        self._deaf = False
        self._coming_again = False
        self._last = float("-inf")
        self._number = int(signal.SIGINT)

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

    def deafen(self) -> None:
        """The command is ending: there is nothing left to interrupt."""
        self._deaf = True

    def hear(self, number: int, frame: FrameType | None) -> None:
        """Take a Ctrl-C."""
        first = not self.pressed.is_set()
        self.pressed.set()
        if not (first and self._patient):
            self._raise(number)

    def end(self, number: int, frame: FrameType | None) -> None:
        """Take a signal that waits for no plan."""
        self.pressed.set()
        if not self._deaf:
            self.code = _FROM_SIGNAL + number
        self._raise(number)

    def swallowed(self) -> None:
        """An interrupt ended where nobody catches it: it comes again, a moment later and elsewhere, with all that come until then."""
        self._coming_again = True
        again = threading.Timer(_AGAIN_S, self._again)
        again.daemon = True
        again.start()

    def _again(self) -> None:
        self._coming_again = False
        self.settle()
        if not self._deaf:
            _thread.interrupt_main(signal.Signals(self._number))

    def _raise(self, number: int) -> None:
        now = time.monotonic()
        if self._deaf or self._coming_again or (self.raised and now - self._last < STORM_S):
            return
        self.raised, self._last, self._number = True, now, number
        raise KeyboardInterrupt


@contextmanager
def interrupts() -> Iterator[Interrupts]:
    """Take Ctrl-C and its kin over in the main thread, each where nobody else listens; others' handlers are their affair."""
    taken = Interrupts()
    with ExitStack() as stack:
        if threading.current_thread() is threading.main_thread():
            for number in ENDING:
                _take(stack, number, (signal.SIG_DFL,), taken.end)
            _take(stack, signal.SIGINT, (signal.default_int_handler, leave), taken.hear)
            _take_unraisable(stack, taken)
        yield taken


def _take(stack: ExitStack, number: int, expected: tuple[Any, ...], handler: Callable[[int, FrameType | None], None]) -> None:
    """Let a signal be heard until the stack ends, where its handler is one that is expected."""
    before = signal.getsignal(number)
    if before in expected:
        signal.signal(number, handler)
        stack.callback(signal.signal, number, before)


def _take_unraisable(stack: ExitStack, taken: Interrupts) -> None:
    """Until the stack ends, take the interrupts that Python would only print, because the code they hit has no caller to tell."""
    before = sys.unraisablehook

    def hook(found: sys.UnraisableHookArgs) -> None:
        if found.exc_type is KeyboardInterrupt and taken.raised:
            taken.swallowed()
        else:
            before(found)

    sys.unraisablehook = hook
    stack.callback(setattr, sys, "unraisablehook", before)

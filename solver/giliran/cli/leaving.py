"""Leaving at once: what Ctrl-C does before a command begins and after it has ended."""

from __future__ import annotations

INTERRUPTED = 130
"""As `Exit.INTERRUPTED`, known before anything is loaded."""


def leave(number: int, frame: object) -> None:
    """End this process at once; a handler of signals."""
    import os

    os._exit(INTERRUPTED)

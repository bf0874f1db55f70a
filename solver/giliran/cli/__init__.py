"""The command line: `giliran new`, `solve`, `check`, `guide`, `circulars`, `rules`, `generate`, `schema`."""

from __future__ import annotations

from collections.abc import Sequence

from giliran.cli.leaving import INTERRUPTED, leave

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    argv
        Arguments after the program's name; those of the process when None, which then is this program's own: Ctrl-C ends it quietly also
        while it is loaded and when all is done.

    Returns
    -------
    int
        One of `giliran.cli.exits.Exit`, or 128 and the number of the signal that ended the command.
    """
    if argv is None:
        _leave_quietly()
    try:
        from giliran.cli.running import run
    except KeyboardInterrupt:  # nothing has begun, not even a language
        return INTERRUPTED
    return run(argv)


def _leave_quietly() -> None:
    """Where nothing else listens, Ctrl-C ends the process without a word: before a command begins, and when all is written and said."""
    import signal

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, leave)

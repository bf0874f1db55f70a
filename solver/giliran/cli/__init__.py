"""The command line: `giliran solve`, `check`, `circulars`, `rules`, `generate`, `schema`."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["main"]

_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    argv
        Arguments after the program's name; those of the process when None.

    Returns
    -------
    int
        One of `giliran.cli.exits.Exit`.
    """
    try:
        from giliran.cli.running import run
    except KeyboardInterrupt:  # nothing has begun, not even a language
        return _INTERRUPTED
    return run(argv)

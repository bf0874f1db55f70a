"""What the exit code of a command means."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes, the same for every command; a batch ends with the largest of its instances."""

    DONE = 0
    """Done, and clean: a plan without broken rules, proven best or not."""
    BROKEN = 1
    """Proven that no plan keeps every rule, or a rule that must hold is broken, a day without a place, a claim that does not hold."""
    BAD_INPUT = 2
    """Files or arguments cannot be used, and nothing was written; or the answer cannot be printed, as on a full disk."""
    UNDECIDED = 3
    """No plan for everybody was found in the time and memory given."""
    INTERNAL = 4
    """An inconsistency of giliran itself."""
    EXECUTOR = 5
    """Where the work was sent, nobody works any more; nothing was written."""
    INTERRUPTED = 130
    """Interrupted from the keyboard before there was anything to keep, or before all that was asked for was done; another signal
    than that of Ctrl-C ends a command with 128 and its own number, as 143 after `kill`."""

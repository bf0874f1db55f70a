"""What the exit code of a command means."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes, the same for every command; a batch ends with the largest of its instances."""

    DONE = 0
    """Done, and clean: a plan without broken rules, proven best or not."""
    BROKEN = 1
    """Proven that no plan keeps every rule, or a rule that must hold is broken."""
    BAD_INPUT = 2
    """Files or arguments cannot be used; nothing was written."""
    UNDECIDED = 3
    """No plan for everybody was found in the time given."""
    INTERNAL = 4
    """An inconsistency of giliran itself."""
    EXECUTOR = 5
    """Where the work was sent, nobody works any more; nothing was written."""
    INTERRUPTED = 130
    """Interrupted from the keyboard before there was anything to keep, or before all that was asked for was done."""

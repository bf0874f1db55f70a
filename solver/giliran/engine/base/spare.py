"""Workers that have nothing to do, for whoever of the others can use one."""

from __future__ import annotations

import threading


class Spare:
    """How many workers are idle, and how many of them somebody has taken."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle = self._taken = 0

    def count(self, idle: int) -> None:
        """Say how many have no task of their own."""
        with self._lock:
            self._idle = idle

    def take(self) -> bool:
        """Take one; False where there is none."""
        with self._lock:
            free = self._taken < self._idle
            self._taken += free
        return free

    def give_back(self) -> None:
        """Give one back."""
        with self._lock:
            self._taken -= 1

"""Where a person is on a day, and how strongly something is said about it."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Place(IntEnum):
    """What a schedule says of one cell; `NONE` marks a day without a cell, or a cell that is not planned."""

    NONE = 0
    OFFICE = 1
    HOME = 2
    ABSENT = 3
    OFF = 4
    """At rest on a call day; counts nowhere and is not work at home."""

    @property
    def word(self) -> str:
        """The word in files: `office`, `home`, `absent`, `off`."""
        return self.name.lower()


class DayKind(IntEnum):
    """What a calendar makes of a person's day."""

    NONE = 0
    WORK = 1
    CALL = 2
    """One is `office` or `off` that day, never `home`."""


class Strength(StrEnum):
    """How a finding weighs: broken, costly, or only to be told."""

    MUST = "must"
    SHOULD = "should"
    NOTE = "note"
